//! A body as plain text, for readers without a screen of their own.

use html2text::render::TextDecorator;

/// Wide enough that no line of prose is broken: whoever shows the text knows its width.
const UNBROKEN: usize = 100_000;

/// Elements inside each other that are still read. Articles have a dozen; what has hundreds is
/// broken or hostile, and the renderer's time grows with the square of it.
const NESTING_MAX: usize = 200;

/// The readable text of a fragment of HTML: paragraphs apart by an empty line, subheads (`## `),
/// quotes (`> `) and list items marked as in Markdown, links and pictures left out. `None` when it is too deeply nested to be an article.
pub fn readable_text(html: &str) -> Option<String> {
    if nesting(html) > NESTING_MAX {
        return None;
    }
    let text = html2text::config::with_decorator(Prose)
        .string_from_read(html.as_bytes(), UNBROKEN)
        .ok()?;
    let mut readable = String::with_capacity(text.len());
    let mut blank = 0;
    for line in text.lines().map(str::trim_end) {
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            readable.push_str(line);
            readable.push('\n');
        }
    }
    Some(readable.trim().to_owned())
}

/// The most tags open at once, taking every tag that is not closed for one that is: elements that
/// never close count too much, so paragraphs and the void elements are left out.
fn nesting(html: &str) -> usize {
    const NEVER_DEEP: [&str; 8] = ["p", "br", "img", "hr", "li", "input", "wbr", "source"];
    let (mut open, mut deepest) = (0_usize, 0);
    for tag in html.split('<').skip(1) {
        if tag.starts_with('/') {
            open = open.saturating_sub(1);
        } else if tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let name = tag
                .split(|c: char| !c.is_ascii_alphanumeric())
                .next()
                .unwrap_or("");
            let closes_itself = tag
                .split('>')
                .next()
                .is_some_and(|inside| inside.ends_with('/'));
            if !closes_itself
                && !NEVER_DEEP
                    .iter()
                    .any(|known| name.eq_ignore_ascii_case(known))
            {
                open += 1;
                deepest = deepest.max(open);
            }
        }
    }
    deepest
}

/// Marks subheads, lists and quotes the way letters do, and leaves out what only a screen can show: where
/// links lead, pictures, emphasis.
struct Prose;

impl TextDecorator for Prose {
    type Annotation = ();

    fn decorate_link_start(&mut self, _url: &str) -> (String, ()) {
        Default::default()
    }
    fn decorate_link_end(&mut self) -> String {
        String::new()
    }
    fn decorate_em_start(&self) -> (String, ()) {
        Default::default()
    }
    fn decorate_em_end(&self) -> String {
        String::new()
    }
    fn decorate_strong_start(&self) -> (String, ()) {
        Default::default()
    }
    fn decorate_strong_end(&self) -> String {
        String::new()
    }
    fn decorate_strikeout_start(&self) -> (String, ()) {
        Default::default()
    }
    fn decorate_strikeout_end(&self) -> String {
        String::new()
    }
    fn decorate_code_start(&self) -> (String, ()) {
        Default::default()
    }
    fn decorate_code_end(&self) -> String {
        String::new()
    }
    fn decorate_preformat_first(&self) {}
    fn decorate_preformat_cont(&self) {}
    fn decorate_image(&mut self, _src: &str, _title: &str) -> (String, ()) {
        Default::default()
    }
    fn header_prefix(&self, _level: usize) -> String {
        "## ".to_owned()
    }
    fn quote_prefix(&self) -> String {
        "> ".to_owned()
    }
    fn unordered_item_prefix(&self) -> String {
        "- ".to_owned()
    }
    fn ordered_item_prefix(&self, number: i64) -> String {
        format!("{number}. ")
    }
    fn make_subblock_decorator(&self) -> Self {
        Self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_lists_and_entities_are_readable() {
        let html = "<p>Rain &amp; wind.</p><p>More <a href='https://a.example/'>here</a>.</p>\
                    <ul><li>One</li><li>Two</li></ul><script>alert(1)</script><img src='x.png'>";
        assert_eq!(
            readable_text(html).as_deref(),
            Some("Rain & wind.\n\nMore here.\n- One\n- Two")
        );
        assert_eq!(readable_text("").as_deref(), Some(""));
    }

    #[test]
    fn long_articles_are_read_and_bottomless_ones_are_not() {
        let long = "<p>Rain, <em>again</em>.<br>Wind.<ul><li>One<li>Two</ul>".repeat(500);
        assert!(readable_text(&long).is_some_and(|text| text.contains("Rain, again.")));
        assert_eq!(readable_text(&"<div>".repeat(20_000)), None);
        assert_eq!(readable_text(&"<B><i>".repeat(20_000)), None);
    }
}
