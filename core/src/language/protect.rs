//! What no engine may touch: addresses, handles, hashtags, code, pictographs, quoted names in
//! another script. They are replaced by names that models copy ("XX0"), and put back.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::passage::{Passage, Styles};

/// A passage with its protected parts replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Protected {
    /// With a name in the place of each part.
    pub(super) passage: Passage,
    /// The parts, by the number in their names.
    parts: Vec<Passage>,
}

/// Replaces what is in `ranges`, which are in order and apart.
pub(super) fn protect(passage: &Passage, ranges: &[Range<usize>]) -> Protected {
    let mut replaced = Passage::default();
    let mut parts = Vec::new();
    let mut at = 0;
    for range in ranges {
        replaced.append(&passage.slice(at, range.start));
        replaced.push(&name(parts.len()), passage.mark_at(range.start));
        parts.push(passage.slice(range.start, range.end));
        at = range.end;
    }
    replaced.append(&passage.slice(at, passage.text.len()));
    Protected {
        passage: replaced,
        parts,
    }
}

/// A name that the models were seen to copy, in any script.
fn name(number: usize) -> String {
    format!("XX{number}")
}

impl Protected {
    /// Puts the parts back into a translation, with their own marks; `None` when a name is not there
    /// exactly once.
    pub(super) fn restore(&self, translated: &Passage) -> Option<Passage> {
        let mut places: Vec<(Range<usize>, &Passage)> = Vec::new();
        for (number, part) in self.parts.iter().enumerate() {
            let name = name(number);
            let mut found = translated.text.match_indices(&name).filter(|(at, _)| {
                // Not XX1 in XX12.
                let behind = translated.text[at + name.len()..].chars().next();
                !behind.is_some_and(|c| c.is_ascii_digit())
            });
            let (at, _) = found.next()?;
            if found.next().is_some() {
                return None;
            }
            places.push((at..at + name.len(), part));
        }
        places.sort_by_key(|(range, _)| range.start);
        let mut restored = Passage::default();
        let mut at = 0;
        for (range, part) in places {
            restored.append(&translated.slice(at, range.start));
            restored.append(part);
            at = range.end;
        }
        restored.append(&translated.slice(at, translated.text.len()));
        Some(restored)
    }
}

/// The parts of a passage that are protected, in order and apart.
pub(super) fn parts(passage: &Passage, styles: &Styles) -> Vec<Range<usize>> {
    let text = passage.text.as_str();
    let mut found: Vec<Range<usize>> = passage
        .marks
        .iter()
        .filter(|mark| styles.is_code(mark.id))
        .map(|mark| mark.start..mark.end)
        .collect();
    found.extend(words(text).into_iter().filter_map(|word| {
        let trimmed = trim(text, word);
        is_protected(&text[trimmed.clone()]).then_some(trimmed)
    }));
    found.extend(pictographs(text));
    found.extend(foreign_names(text));
    apart(found)
}

/// In order, the first and longest of those that overlap.
pub(super) fn apart(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|range| range.start < range.end);
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut kept: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        if kept.last().is_none_or(|last| last.end <= range.start) {
            kept.push(range);
        }
    }
    kept
}

fn words(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(begin)) => {
                found.push(begin..at);
                start = None;
            }
            _ => {}
        }
    }
    found.extend(start.map(|begin| begin..text.len()));
    found
}

/// Without the punctuation around it.
fn trim(text: &str, word: Range<usize>) -> Range<usize> {
    let part = &text[word.clone()];
    let opening = |c: char| {
        matches!(
            c,
            '(' | '[' | '{' | '"' | '\'' | '«' | '“' | '„' | '‘' | '<'
        )
    };
    let closing = |c: char| {
        matches!(
            c,
            ')' | ']'
                | '}'
                | '"'
                | '\''
                | '»'
                | '”'
                | '’'
                | '>'
                | '.'
                | ','
                | ';'
                | ':'
                | '!'
                | '?'
                | '…'
                | '،'
                | '؟'
                | '。'
                | '、'
                | '，'
        )
    };
    let start = word.start + (part.len() - part.trim_start_matches(opening).len());
    let end = word.start + part.trim_end_matches(closing).len();
    start..end.max(start)
}

fn is_protected(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let is_address = lower.starts_with("http://")
        || lower.starts_with("https://")
        || lower.starts_with("www.")
        || is_mail_or_host(&lower);
    let tag = |mark: char| {
        word.strip_prefix(mark).is_some_and(|rest| {
            rest.chars().next().is_some_and(char::is_alphanumeric)
                && rest.chars().any(char::is_alphabetic)
        })
    };
    is_address || tag('@') || tag('#')
}

/// `name@host.tld`, `host.tld/path`, `host.com`.
fn is_mail_or_host(word: &str) -> bool {
    const ENDINGS: [&str; 12] = [
        "com", "org", "net", "gov", "edu", "int", "info", "io", "tv", "eu", "uk", "br",
    ];
    if !word.is_ascii() {
        return false;
    }
    let (mailbox, rest) = match word.split_once('@') {
        Some((mailbox, rest)) => (!mailbox.is_empty(), rest),
        None => (false, word),
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let has_path = host.len() < rest.len();
    let labels: Vec<&str> = host.split('.').collect();
    let well_formed = labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        });
    let ending = labels.last().copied().unwrap_or_default();
    well_formed
        && ending.len() >= 2
        && ending.bytes().all(|b| b.is_ascii_alphabetic())
        && (mailbox || has_path || ENDINGS.contains(&ending))
}

/// Emoji and the like, which models drop.
fn pictographs(text: &str) -> Vec<Range<usize>> {
    let is_pictograph = |c: char| {
        matches!(u32::from(c),
            0x2190..=0x21FF | 0x2300..=0x23FF | 0x2500..=0x27BF | 0x2B00..=0x2BFF
            | 0x1F000..=0x1FAFF | 0xE0020..=0xE007F)
    };
    text.grapheme_indices(true)
        .filter(|(_, grapheme)| grapheme.chars().any(is_pictograph))
        .map(|(at, grapheme)| at..at + grapheme.len())
        .collect()
}

/// Names between quotation marks that are written in another script than the text.
fn foreign_names(text: &str) -> Vec<Range<usize>> {
    const PAIRS: [(char, char); 5] = [('«', '»'), ('“', '”'), ('„', '“'), ('"', '"'), ('‘', '’')];
    let Some(own) = whatlang::detect_script(text) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (open, close) in PAIRS {
        let mut from = 0;
        while let Some(at) = text[from..].find(open) {
            let start = from + at + open.len_utf8();
            let Some(length) = text[start..].find(close) else {
                break;
            };
            let inside = &text[start..start + length];
            let is_name = inside.split_whitespace().count() <= 6
                && whatlang::detect_script(inside).is_some_and(|script| script != own);
            if is_name {
                found.push(start..start + length);
            }
            from = start + length + close.len_utf8();
        }
    }
    found
}
