//! Pages of any length, built so that a careless reader takes time with the square of it, or memory
//! many times it.

/// The shapes by name, each of about so many bytes.
pub fn shapes(bytes: usize) -> Vec<(&'static str, String)> {
    let all = |part: &str| part.repeat(bytes / part.len());
    let behind = |head: String, part: &str| {
        let left = bytes.saturating_sub(head.len());
        head + &part.repeat(left / part.len())
    };
    let numbered = |part: fn(usize) -> String| {
        let mut html = String::with_capacity(bytes);
        for number in 0.. {
            if html.len() >= bytes {
                break;
            }
            html.push_str(&part(number));
        }
        html
    };
    let sentence = "One sentence that is quite long and ends with a full stop, really.";
    vec![
        ("elements that never close", all("<div>")),
        ("formatting that never closes", all("<b>")),
        (
            "formatting with attributes of its own",
            numbered(|n| format!("<b id={n}><p>x")),
        ),
        ("paragraphs that never close", all("<p>word ")),
        ("links", all("<a href=/x>y</a> ")),
        ("links that never close", all("<a href=/x>y")),
        ("end tags without starts", all("</div>")),
        (
            "attributes",
            format!("<div {}>x", numbered(|n| format!("a{n} "))),
        ),
        (
            "one long attribute",
            behind("<div class='".to_owned(), "share "),
        ),
        (
            "long class names",
            all(&format!("<p class='{}'>x</p>", "word-".repeat(150))),
        ),
        ("text", all("Just words and words. ")),
        ("entities", all("&amp;")),
        ("a comment that never ends", behind("<!--".to_owned(), "-")),
        ("less-than signs", all("<")),
        ("tables in tables", all("<table><tr><td>")),
        ("cells", behind("<table>".to_owned(), "<tr><td>x<td>y")),
        ("lists in lists", all("<ul><li>")),
        ("items", all("<li>x")),
        ("line breaks", all("<br>")),
        (
            "line breaks with nothing between",
            all("<br><span></span> "),
        ),
        (
            "figures",
            all("<figure><img src=/a.jpg><figcaption>word</figcaption></figure>"),
        ),
        ("figures in figures", all("<figure><img src=/a.jpg>")),
        (
            "pictures in one frame",
            behind("<div class=image>".repeat(200), "<img src=/a.jpg>"),
        ),
        ("quotes in quotes", all("<blockquote>x")),
        (
            "linked data",
            behind(
                "<script type=application/ld+json>".to_owned(),
                "[{\"a\":1},",
            ),
        ),
        (
            "deep linked data",
            behind("<script type=application/ld+json>".to_owned(), "["),
        ),
        (
            "a set of pictures",
            behind("<img srcset='".to_owned(), "/a.jpg 1w, "),
        ),
        (
            "blocks below a button",
            behind(
                format!("<p><button>{}", "<span>".repeat(250)),
                "<div></div>",
            ),
        ),
        (
            "ends below a table",
            behind(
                format!("<ul><li><table><td>{}", "<span>".repeat(250)),
                "</li>",
            ),
        ),
        (
            "pictures without scripts",
            all("<img src=data:x><noscript><img src=/a.jpg></noscript>"),
        ),
        (
            "sentences far below",
            behind(
                "<div class='related a b c'>".repeat(250),
                &format!("<p>{sentence}</p>"),
            ),
        ),
        ("articles", all(&format!("<article><p>{sentence}</p>"))),
        (
            "descriptions",
            all(&format!(
                "<meta name=description content='{sentence}'><p>{sentence}</p>"
            )),
        ),
        ("no characters", all("\0")),
    ]
}
