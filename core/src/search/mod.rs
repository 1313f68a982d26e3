//! Words: what a text is found by, what a person typed, where it stands. Pure.
//!
//! One reading of words serves the index, the search and the mutes, so that they never disagree:
//! `words` cuts a text and `fold` spells it one way. Scripts that separate words give words;
//! scripts that do not (Chinese, Japanese, Thai, Lao, Khmer, Burmese) give overlapping pairs of
//! characters, so that any part of two characters is found without a dictionary. What is folded and
//! what is found is told in `docs/search.md`.

mod excerpt;
mod fold;
mod typed;
mod words;

pub use excerpt::{excerpt, marked};
pub use typed::{Term, Typed};
pub use words::{indexed, indexed_short};

/// A label as one word that no text holds: publishers and categories stand in the index as these.
/// `kind` keeps those apart that are spelt alike.
pub fn label(kind: char, name: &str) -> String {
    format!("·{kind}·{}", indexed(name).replace(' ', "·"))
}

/// Characters of a body that search looks at. The beginning of an article names what it is about, and
/// one article cannot fill the index.
const SEARCHED_MAX: usize = 20_000;

/// The part of a body that search looks at.
pub fn searched(text: &str) -> &str {
    let end = text.char_indices().nth(SEARCHED_MAX);
    end.map_or(text, |(end, _)| text[..end].trim_end())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
