//! Where in a text the words of a search stand.

use std::ops::Range;

use super::typed::{Term, Typed};
use super::words::{Part, cut};
use crate::model::Stretch;

/// Characters before the first word found in an excerpt.
const BEFORE: usize = 60;

/// A whole text in stretches, those found apart; `None` when nothing is.
pub fn marked(text: &str, typed: &Typed) -> Option<Vec<Stretch>> {
    let found = places(text, typed);
    (!found.is_empty()).then(|| stretches(text, 0..text.len(), &found))
}

/// About `characters` of a text around the first of what is found, as [`marked`]; `None` when nothing
/// is. What is left out is shown as `…`.
pub fn excerpt(text: &str, typed: &Typed, characters: usize) -> Option<Vec<Stretch>> {
    let found = places(text, typed);
    let first = found.first()?;
    let from = text[..first.start]
        .char_indices()
        .rev()
        .nth(BEFORE)
        .map_or(0, |(at, _)| word_edge(text, at, first.start));
    let end = text[from..]
        .char_indices()
        .nth(characters)
        .map_or(text.len(), |(at, _)| from + at);
    let end = if end == text.len() {
        end
    } else {
        text[from..end]
            .rfind(char::is_whitespace)
            .map(|at| from + at)
            .filter(|at| *at > first.end)
            .unwrap_or(end)
    };
    let mut shown = stretches(text, from..end, &found);
    let ellipsis = || Stretch {
        text: "…".to_owned(),
        found: false,
    };
    if from > 0 {
        shown.insert(0, ellipsis());
    }
    if end < text.len() {
        shown.push(ellipsis());
    }
    Some(shown)
}

/// The beginning of a word at or after a place, if one begins before `limit`.
fn word_edge(text: &str, at: usize, limit: usize) -> usize {
    text[at..limit]
        .char_indices()
        .find(|(_, c)| c.is_whitespace())
        .map_or(at, |(space, c)| at + space + c.len_utf8())
}

fn stretches(text: &str, shown: Range<usize>, found: &[Range<usize>]) -> Vec<Stretch> {
    let mut out = Vec::new();
    let mut push = |range: Range<usize>, found: bool| {
        if let Some(text) = text.get(range).filter(|text| !text.is_empty()) {
            out.push(Stretch {
                text: text.to_owned(),
                found,
            });
        }
    };
    let mut at = shown.start;
    for place in found {
        let (start, end) = (place.start.max(at), place.end.min(shown.end));
        if start < end {
            push(at..start, false);
            push(start..end, true);
            at = end;
        }
    }
    push(at..shown.end, false);
    out
}

/// Where any term stands, in bytes; in order, none overlapping another.
fn places(text: &str, typed: &Typed) -> Vec<Range<usize>> {
    let mut words: Vec<Placed> = Vec::new();
    cut(text, |part, at| match part {
        Part::Word(word) => words.extend(at.first().map(|place| Placed {
            word,
            at: place.clone(),
            first: place.clone(),
            character: None,
        })),
        Part::Run(run) => {
            for (number, (character, first)) in run.iter().zip(at).enumerate() {
                let (word, end) = match (run.get(number + 1), at.get(number + 1)) {
                    (Some(next), Some(second)) => (format!("{character}{next}"), second.end),
                    _ => (character.clone(), first.end),
                };
                words.push(Placed {
                    word,
                    at: first.start..end,
                    first: first.clone(),
                    character: Some(character.clone()),
                });
            }
        }
    });
    let mut found: Vec<Range<usize>> = Vec::new();
    for term in typed.terms() {
        find(term, &words, &mut found);
    }
    found.sort_by_key(|place| (place.start, place.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for place in found {
        match merged.last_mut() {
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => merged.push(place),
        }
    }
    merged
}

/// A word as the index holds it, and where it stands.
struct Placed {
    word: String,
    at: Range<usize>,
    /// Of a pair, its first character.
    first: Range<usize>,
    character: Option<String>,
}

fn find(term: &Term, words: &[Placed], found: &mut Vec<Range<usize>>) {
    let wanted = term.words();
    if let [one] = wanted {
        let alone = words
            .iter()
            .filter(|have| have.character.as_ref() == Some(one));
        found.extend(alone.map(|have| have.first.clone()));
    }
    for window in words.windows(wanted.len().max(1)) {
        let fits = window
            .iter()
            .zip(wanted)
            .enumerate()
            .all(|(at, (have, want))| {
                if term.is_beginning() && at + 1 == wanted.len() {
                    have.word.starts_with(want.as_str())
                } else {
                    have.word == *want
                }
            });
        if let (true, Some(first), Some(last)) = (fits, window.first(), window.last()) {
            // A single character is marked alone, not with its neighbour.
            let is_whole = wanted.last().is_some_and(|want| last.word == *want);
            let end = if is_whole {
                last.at.end
            } else {
                last.first.end
            };
            found.push(first.at.start..end);
        }
    }
}
