//! Marks from an original to its translation, by the model's own attention.
//!
//! Each word of the translation takes the mark of the original's token that its own tokens attend to
//! most, as
//! Bergamot's HTML transfer does (Jon et al., "Bergamot: a multilingual neural machine translator",
//! 2022); a gap of one short word inside a mark is closed, so that a link is not cut in two.

use std::collections::BTreeMap;
use std::ops::Range;

use fxtranslate::engine::Aligned;
use unicode_normalization::UnicodeNormalization as _;

use super::passage::Passage;

/// A word so short, in characters, between two of one mark belongs to it.
const GAP_MAX: usize = 3;

/// The translation with the marks of `original`.
pub(super) fn project(original: &Passage, aligned: &Aligned) -> Passage {
    let source = utf16_places(&aligned.source_normalized);
    let target = utf16_places(&aligned.target_text);
    let places = places(&original.text, &aligned.source_normalized);
    // The mark of each token of the original.
    let marks: Vec<Option<usize>> = aligned
        .source_tokens
        .iter()
        .map(|token| {
            let range = byte_range(&source, token.begin, token.end);
            majority(range.map(|at| places.get(&at).and_then(|place| original.mark_at(*place))))
        })
        .collect();
    let text = aligned.target_text.as_str();
    let words = words(text);
    let mut chosen: Vec<Option<usize>> = vec![None; words.len()];
    for (word, chosen) in words.iter().zip(&mut chosen) {
        let mut weights: BTreeMap<Option<usize>, f32> = BTreeMap::new();
        for (index, token) in aligned.target_tokens.iter().enumerate() {
            let range = byte_range(&target, token.begin, token.end);
            if range.end <= word.start || range.start >= word.end || range.is_empty() {
                continue;
            }
            let row = aligned.alignments[index].iter().zip(&marks);
            if let Some((weight, mark)) = row.max_by(|a, b| a.0.total_cmp(b.0)) {
                *weights.entry(*mark).or_default() += weight;
            }
        }
        *chosen = weights
            .into_iter()
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .and_then(|(mark, _)| mark);
    }
    keep_each_mark(original, aligned, &words, &target, &marks, &mut chosen);
    close_gaps(text, &words, &mut chosen);
    let mut passage = Passage::default();
    let mut at = 0;
    let mut before = None;
    for (word, mark) in words.iter().zip(chosen) {
        // The space between two words of one mark is its own.
        let space = (mark == before).then_some(mark).flatten();
        passage.push(&text[at..word.start], space);
        passage.push(&text[word.clone()], mark);
        at = word.end;
        before = mark;
    }
    passage.push(&text[at..], None);
    passage
}

/// A mark that no word took goes to the word that attends most to any of it: a link is never lost.
fn keep_each_mark(
    original: &Passage,
    aligned: &Aligned,
    words: &[Range<usize>],
    target: &[usize],
    marks: &[Option<usize>],
    chosen: &mut [Option<usize>],
) {
    let mut wanted: Vec<usize> = original.marks.iter().map(|mark| mark.id).collect();
    wanted.sort_unstable();
    wanted.dedup();
    for id in wanted {
        if chosen.contains(&Some(id)) {
            continue;
        }
        let attention = |word: &Range<usize>| -> f32 {
            let tokens = aligned.target_tokens.iter().zip(&aligned.alignments);
            let of_word = tokens.filter(|(token, _)| {
                let range = byte_range(target, token.begin, token.end);
                !range.is_empty() && range.start < word.end && word.start < range.end
            });
            of_word
                .flat_map(|(_, row)| row.iter().zip(marks))
                .filter(|(_, mark)| **mark == Some(id))
                .map(|(weight, _)| *weight)
                .fold(0.0, f32::max)
        };
        // Not the only word of another mark.
        let free = |word: usize| {
            let taken = chosen[word];
            taken.is_none() || chosen.iter().filter(|other| **other == taken).count() > 1
        };
        let best = (0..words.len())
            .filter(|word| free(*word))
            .max_by(|a, b| attention(&words[*a]).total_cmp(&attention(&words[*b])));
        if let Some(word) = best {
            chosen[word] = Some(id);
        }
    }
}

fn close_gaps(text: &str, words: &[Range<usize>], chosen: &mut [Option<usize>]) {
    for at in 1..chosen.len().saturating_sub(1) {
        let is_short = text[words[at].clone()].chars().count() <= GAP_MAX;
        if chosen[at].is_none() && is_short && chosen[at - 1] == chosen[at + 1] {
            chosen[at] = chosen[at - 1];
        }
    }
}

/// Words without the punctuation around them.
fn words(text: &str) -> Vec<Range<usize>> {
    use unicode_segmentation::UnicodeSegmentation as _;
    text.unicode_word_indices()
        .map(|(at, word)| at..at + word.len())
        .collect()
}

fn majority(marks: impl Iterator<Item = Option<usize>>) -> Option<usize> {
    let mut counts: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    for mark in marks {
        *counts.entry(mark).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(mark, count)| (*count, mark.is_some()))
        .and_then(|(mark, _)| mark)
}

/// For each UTF-16 unit of a text, and its end, the byte it is at.
fn utf16_places(text: &str) -> Vec<usize> {
    let mut places = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        places.extend(std::iter::repeat_n(at, c.len_utf16()));
    }
    places.push(text.len());
    places
}

fn byte_range(places: &[usize], begin: usize, end: usize) -> Range<usize> {
    let at = |unit: usize| places[unit.min(places.len() - 1)];
    at(begin)..at(end)
}

/// For each byte where a character of the normalised text begins, the byte of the original that it
/// came from. Both are walked together, after the same normal form; a space is SentencePiece's mark.
fn places(original: &str, normalized: &str) -> BTreeMap<usize, usize> {
    let folded: Vec<(char, usize)> = original
        .char_indices()
        .flat_map(|(at, c)| c.nfkc().map(move |c| (c, at)))
        .collect();
    let plain = |c: char| {
        if c == '▁' || c.is_whitespace() {
            ' '
        } else {
            c
        }
    };
    let mut found = BTreeMap::new();
    let mut next = 0;
    // SentencePiece puts a space before the first word.
    let begin = normalized.len() - normalized.trim_start_matches(['▁', ' ']).len();
    for (at, c) in normalized.char_indices() {
        if at < begin {
            continue;
        }
        let wanted = plain(c);
        // A few characters may have been dropped or made one.
        let ahead = folded[next.min(folded.len())..]
            .iter()
            .take(4)
            .position(|(c, _)| plain(*c) == wanted);
        match ahead {
            Some(skipped) => {
                next += skipped;
                found.insert(at, folded[next].1);
                next += 1;
            }
            None => {
                if let Some((_, place)) = folded.get(next) {
                    found.insert(at, *place);
                }
            }
        }
    }
    found
}
