//! How common English words are at large, so that a small window does not take "people" for the
//! name of an event.
//!
//! `english.tsv` is written by `core/examples/background_words.rs` from the word counts that
//! SymSpell ships (MIT), which are those of Google Books Ngrams (CC BY 3.0) for the words of SCOWL.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::vector::TermId;
use crate::compressed::{Compressed, compressed};

static TABLE: Compressed = compressed!("background.tsv");

/// The share of texts that contain a word the table does not know.
pub(super) const RARE: f32 = 3e-4;

/// The share of texts of 150 words that contain the term.
pub(super) fn share(term: TermId) -> f32 {
    table().get(&term).copied().unwrap_or(RARE)
}

/// Whether a word is one of those that nearly every text contains.
pub(super) fn is_common(stem: &str) -> bool {
    share(TermId::of(stem)) > 0.15
}

fn table() -> &'static HashMap<TermId, f32> {
    static READ: OnceLock<HashMap<TermId, f32>> = OnceLock::new();
    READ.get_or_init(|| {
        let table = TABLE.unpack();
        let lines = table.split(|byte| *byte == b'\n');
        lines
            .filter_map(|line| entry(std::str::from_utf8(line).ok()?))
            .collect()
    })
}

/// `stem TAB share in millionths`
fn entry(line: &str) -> Option<(TermId, f32)> {
    let (stem, millionths) = line.split_once('\t')?;
    let millionths: u32 = millionths.parse().ok()?;
    Some((TermId::of(stem), millionths as f32 / 1e6))
}
