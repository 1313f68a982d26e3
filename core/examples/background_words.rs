//! Writes `core/src/story/english.tsv` from a list of English words and their counts:
//!
//! ```text
//! cargo run -p overview-core --example background_words -- frequency_dictionary_en_82_765.txt
//! ```
//!
//! The list is the one of SymSpell (MIT), as in the Python package symspellpy 6.10.1: the words of
//! SCOWL with their counts in Google Books Ngrams (CC BY 3.0).

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::collections::BTreeMap;

use snowball_stemmers_rs::{Algorithm, Stemmer};

/// Words of a text, on average.
const TEXT: f64 = 150.0;
/// Rarer words are left out: the reader of the table takes this for what it does not find.
const RARE: f64 = 3e-4;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args()
        .nth(1)
        .ok_or("name the list of words and counts")?;
    let list = std::fs::read_to_string(path)?;
    let stemmer = Stemmer::create(Algorithm::English);
    let mut counts: BTreeMap<String, f64> = BTreeMap::new();
    let mut total = 0.0;
    for line in list.trim_start_matches('\u{feff}').lines() {
        let (word, count) = line.split_once(' ').ok_or("a line without a count")?;
        let count: f64 = count.trim().parse()?;
        total += count;
        *counts.entry(stemmer.stem(word).into_owned()).or_default() += count;
    }
    for (stem, count) in counts {
        // Words are taken to fall like rain: the chance that a text has none of this one is e^-n.
        let share = 1.0 - (-TEXT * count / total).exp();
        if share > RARE {
            println!("{stem}\t{:.0}", share * 1e6);
        }
    }
    Ok(())
}
