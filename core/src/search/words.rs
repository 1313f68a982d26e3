//! A text cut into words.

use std::ops::Range;

use super::fold::{Role, fold, is_hangul};

/// One word of a text, or one stretch of a script without spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// A word, folded.
    Word(String),
    /// The characters of a stretch, each with its marks, folded.
    Run(Vec<String>),
}

impl Part {
    /// Whether an ending may follow that belongs to another word.
    pub(super) fn is_korean(&self) -> bool {
        matches!(self, Self::Word(word) if word.chars().next_back().is_some_and(is_hangul))
    }
}

/// Calls `found` with each word and where it stands, in bytes of `text`; for a stretch, where each of
/// its characters stands.
pub(super) fn cut(text: &str, mut found: impl FnMut(Part, &[Range<usize>])) {
    let mut word = String::new();
    let mut run: Vec<String> = Vec::new();
    let mut places: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        let here = at..at + c.len_utf8();
        let mut dropped = true;
        fold(c, &mut |part, role| {
            dropped = false;
            let ends_word = role == Role::Between || role == Role::Spaceless;
            if ends_word && !word.is_empty() {
                found(Part::Word(std::mem::take(&mut word)), &places);
                places.clear();
            }
            let ends_run = role == Role::Between || role == Role::Letter;
            if ends_run && !run.is_empty() {
                found(Part::Run(std::mem::take(&mut run)), &places);
                places.clear();
            }
            match role {
                Role::Between => {}
                Role::Spaceless => match run.last_mut().filter(|last| belongs(part, last)) {
                    Some(last) => {
                        last.push(part);
                        extend(&mut places, &here);
                    }
                    None => {
                        run.push(part.into());
                        places.push(here.clone());
                    }
                },
                Role::Letter => {
                    word.push(part);
                    extend(&mut places, &here);
                }
                Role::Mark => match run.last_mut() {
                    Some(last) => {
                        last.push(part);
                        extend(&mut places, &here);
                    }
                    None if !word.is_empty() => {
                        word.push(part);
                        extend(&mut places, &here);
                    }
                    None => {}
                },
            }
        });
        if dropped && !places.is_empty() {
            extend(&mut places, &here);
        }
    }
    if !word.is_empty() {
        found(Part::Word(word), &places);
    } else if !run.is_empty() {
        found(Part::Run(run), &places);
    }
}

/// Whether a letter of a script without spaces is part of the character before it, as its vowel or its
/// lower half: vowels that are written as letters before and behind their consonant (Thai, Lao), and
/// consonants that are stacked (Khmer, Burmese). So pairs say more, and are fewer.
fn belongs(letter: char, before: &str) -> bool {
    let is_vowel_behind = matches!(
        letter,
        '\u{E30}' | '\u{E32}' | '\u{E45}' | '\u{EB0}' | '\u{EB2}'
    );
    let mut letters = before.chars();
    let is_vowel_before = letters
        .next()
        .is_some_and(|first| matches!(first, '\u{E40}'..='\u{E44}' | '\u{EC0}'..='\u{EC4}'))
        && letters.next().is_none();
    let is_stacked = before.ends_with(['\u{17D2}', '\u{1039}']);
    is_vowel_behind || is_vowel_before || is_stacked
}

fn extend(places: &mut Vec<Range<usize>>, here: &Range<usize>) {
    match places.last_mut() {
        Some(last) => last.end = here.end,
        None => places.push(here.clone()),
    }
}

/// The words of a text as the index holds them: folded, a space between, a stretch of `n` characters as
/// its `n - 1` pairs and its last character.
pub fn indexed(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // Most of most texts.
        if bytes[at].is_ascii() {
            let word = bytes[at..]
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric())
                .count();
            let next = bytes.get(at + word).is_none_or(u8::is_ascii);
            if word > 0 && next {
                separate(&mut out);
                let from = out.len();
                out.push_str(&text[at..at + word]);
                out[from..].make_ascii_lowercase();
                at += word;
                continue;
            }
            if word == 0 {
                at += 1;
                continue;
            }
        }
        // Up to the next space, where every word ends.
        let end = bytes[at..]
            .iter()
            .position(|byte| matches!(byte, b' ' | b'\n'))
            .map_or(bytes.len(), |length| at + length);
        cut(&text[at..end], |part, _| match part {
            Part::Word(word) => {
                separate(&mut out);
                out.push_str(&word);
            }
            Part::Run(run) => {
                for (first, second) in run.iter().zip(run.iter().skip(1)) {
                    separate(&mut out);
                    out.push_str(first);
                    out.push_str(second);
                }
                if let Some(last) = run.last() {
                    separate(&mut out);
                    out.push_str(last);
                }
            }
        });
        at = end;
    }
    out
}

/// As [`indexed`], for short texts: single characters of scripts without spaces are found as well. They
/// stand behind everything else, where they part nothing.
pub fn indexed_short(text: &str) -> String {
    let mut out = indexed(text);
    if text.is_ascii() {
        return out;
    }
    let mut characters: Vec<String> = Vec::new();
    cut(text, |part, _| {
        if let Part::Run(run) = part {
            characters.extend(run);
        }
    });
    characters.sort_unstable();
    characters.dedup();
    for character in characters {
        separate(&mut out);
        out.push_str(&character);
    }
    out
}

fn separate(out: &mut String) {
    if !out.is_empty() {
        out.push(' ');
    }
}
