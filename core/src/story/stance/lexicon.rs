//! How pleasant English words are on their own.
//!
//! `lexicon.tsv` is the words of VADER (C. J. Hutto and Eric Gilbert, 2014, MIT), rated from -4 to
//! 4 by ten people each.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::compressed::{Compressed, compressed};

static TABLE: Compressed = compressed!("stance-lexicon.tsv");

/// From -1 to 1; `None` for words that are not in the lexicon.
pub(super) fn valence(word: &str) -> Option<f32> {
    static READ: OnceLock<HashMap<&str, f32>> = OnceLock::new();
    READ.get_or_init(|| {
        TABLE
            .text()
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let (word, rating) = line.split_once('\t')?;
                Some((word, rating.parse::<f32>().ok()? / 4.0))
            })
            .collect()
    })
    .get(word)
    .copied()
}
