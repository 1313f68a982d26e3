//! Marks as the HTML that servers keep: `<a id="1">`.

use crate::language::passage::Passage;

/// The text with its marks as elements.
pub(super) fn to_html(passage: &Passage) -> String {
    let mut html = String::with_capacity(passage.text.len() + 16);
    for (text, id) in passage.stretches() {
        if let Some(id) = id {
            html.push_str(&format!("<a id=\"{id}\">"));
        }
        for c in text.chars() {
            match c {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                c => html.push(c),
            }
        }
        if id.is_some() {
            html.push_str("</a>");
        }
    }
    html
}

/// What a server made of it. Elements of other names are dropped, and marks that were not asked for.
pub(super) fn of_html(html: &str) -> Passage {
    let mut passage = Passage::default();
    let mut id = None;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        passage.push(&unescaped(&rest[..at]), id);
        let Some(length) = rest[at..].find('>') else {
            rest = "";
            break;
        };
        let element = &rest[at + 1..at + length];
        if let Some(attributes) = element.strip_prefix("a ") {
            id = number(attributes);
        } else if element.trim() == "/a" {
            id = None;
        }
        rest = &rest[at + length + 1..];
    }
    passage.push(&unescaped(rest), id);
    passage
}

/// The digits of `id="1"`.
fn number(attributes: &str) -> Option<usize> {
    let (_, value) = attributes.split_once("id=")?;
    let digits: String = value
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}

fn unescaped(text: &str) -> String {
    const ENTITIES: [(&str, &str); 6] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ];
    ENTITIES
        .iter()
        .fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_back() {
        let mut passage = Passage::plain("A < B, ");
        passage.push("see", Some(3));
        passage.push(" there & \"then\"", None);
        let html = to_html(&passage);
        assert_eq!(html, "A &lt; B, <a id=\"3\">see</a> there &amp; \"then\"");
        assert_eq!(of_html(&html), passage);
        assert_eq!(of_html("<p>x <a id='0'>y</a><b>z").text, "x yz");
        assert_eq!(of_html("x <a id=").text, "x ");
    }
}
