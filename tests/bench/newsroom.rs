//! Many articles of many stories, made from real ones by script.
//!
//! The texts are the round-ups of AllSides: what three publishers wrote about one event each. An
//! edition of them is a round-up with other names, numbers and some other words, the same in all of
//! its articles, drawn from the whole set, so that words are as frequent and stories as alike as in
//! the texts themselves. Nothing of it is shown to anybody.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use overview_core::story::{Article, ArticleVector};
use serde_json::Value;

/// What was written about one event: headline and body each.
pub(crate) type RoundUp = Vec<(String, String)>;

/// An article that grouping can read.
pub(crate) struct Written {
    id: String,
    publisher: String,
    published: DateTime<Utc>,
    title: String,
    body: String,
}

impl Written {
    pub(crate) fn read(&self) -> ArticleVector {
        ArticleVector::read(&Article {
            id: &self.id,
            publisher: &self.publisher,
            family: &self.publisher,
            language: "en",
            published: Some(self.published),
            title: &self.title,
            summary: "",
            body: &self.body,
        })
    }
}

/// The round-ups in the folder of shared data.
pub(crate) fn texts(file: &Path) -> Vec<RoundUp> {
    let lines = std::fs::read_to_string(file).unwrap();
    lines
        .lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            let told = line["news"].as_object().unwrap().values();
            told.map(|told| (text(&told["newsTitle"]), text(&told["newBody"])))
                .collect()
        })
        .collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::Array(lines) => lines.iter().map(text).collect::<Vec<_>>().join("\n"),
        other => other.as_str().unwrap_or_default().to_owned(),
    }
}

/// So many articles of the last 72 hours, those of a story within some hours of each other.
pub(crate) fn articles(texts: &[RoundUp], number: usize, now: DateTime<Utc>) -> Vec<Written> {
    let all: Vec<&str> = texts
        .iter()
        .flatten()
        .flat_map(|(title, body)| [title, body])
        .flat_map(|text| text.split_whitespace())
        .collect();
    let (names, plain): (Vec<&str>, Vec<&str>) = all
        .into_iter()
        .partition(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    let mut written = Vec::new();
    for edition in 0_u64.. {
        for (at, story) in (0_u64..).zip(texts) {
            let begins = mix(edition << 32 | at) % (69 * 3_600);
            for (n, (title, body)) in (0_u64..).zip(story) {
                if written.len() == number {
                    return written;
                }
                let reworded = |edition: u64, text: &str| {
                    let word = |word: &str| {
                        let known = word
                            .bytes()
                            .fold(edition << 32 | at, |hash, byte| mix(hash ^ u64::from(byte)));
                        let is_name =
                            word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
                        // One word in three of a story is another one in another edition.
                        let other = match (edition, is_name) {
                            (0, _) => None,
                            (_, true) => Some(&names),
                            (_, false) => (known % 3 == 0).then_some(&plain),
                        };
                        match other {
                            Some(words) => words[(known >> 8) as usize % words.len()].to_owned(),
                            None => word.to_owned(),
                        }
                    };
                    text.lines()
                        .map(|line| {
                            line.split_whitespace()
                                .map(word)
                                .collect::<Vec<_>>()
                                .join(" ")
                        })
                        .collect::<Vec<_>>()
                        .join("\n")
                };
                let ago = begins + mix(edition ^ at << 20 ^ n << 50) % (3 * 3_600);
                written.push(Written {
                    id: format!("{edition}-{at}-{n}"),
                    publisher: format!("publisher {}", (at + n * 7) % 150),
                    published: now - TimeDelta::seconds(ago as i64),
                    title: reworded(edition, title),
                    // The second half is background of its own.
                    body: format!(
                        "{}\n{}",
                        reworded(edition, body),
                        reworded((edition << 4) | ((n + 1) << 20), body)
                    ),
                });
            }
        }
    }
    written
}

/// SplitMix64 (Steele, Lea, Flood 2014).
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ value >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ value >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ value >> 31
}
