//! The named references of HTML, "&eacute;", which feeds use without declaring them.
//!
//! `entities.tsv` has the 2,125 names of the HTML standard that end in a semicolon, each with the code
//! points it stands for, sorted by name. `quick-xml` has them as a match in code that weighs 130 kB, and a few of
//! them wrong: its "&Abreve;" is U+0010.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::compressed::{Compressed, compressed};

static TABLE: Compressed = compressed!("entities.tsv");

/// What a name between `&` and `;` stands for.
pub(super) fn named(name: &str) -> Option<Cow<'static, str>> {
    if let Some(text) = usual(name) {
        return Some(Cow::Borrowed(text));
    }
    let at = lines()
        .binary_search_by(|(known, _)| (*known).cmp(name))
        .ok()?;
    let (_, points) = lines().get(at)?;
    let text: Option<String> = points.split(' ').map(character).collect();
    text.map(Cow::Owned)
}

/// The few that most references are, and that people write without the semicolon.
pub(super) fn usual(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "nbsp" => "\u{a0}",
        _ => return None,
    })
}

fn character(hex: &str) -> Option<char> {
    char::from_u32(u32::from_str_radix(hex, 16).ok()?)
}

fn lines() -> &'static [(&'static str, &'static str)] {
    static LINES: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    LINES.get_or_init(|| {
        TABLE
            .text()
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .collect()
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use url::Url;

    use super::*;
    use crate::page::{read_fragment, text_of};

    #[test]
    fn names_stand_for_what_they_do_in_a_page() {
        assert_eq!(lines().len(), 2_125);
        assert!(lines().is_sorted_by_key(|(name, _)| *name));
        let base = Url::parse("https://example.org/").unwrap();
        for (name, _) in lines() {
            let text = named(name).unwrap();
            // Pages keep no spaces as they are.
            if !text.contains(char::is_whitespace) {
                let html = format!("<p>a&{name};z</p>");
                let read = text_of(&read_fragment(&html, &base));
                assert_eq!(read, format!("a{text}z"), "&{name};");
            }
        }
        assert_eq!(named("bne").as_deref(), Some("=\u{20e5}"));
        assert_eq!(named("nothing"), None);
        assert_eq!(named(""), None);
    }
}
