//! One spelling for many, character by character.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::dates::digit;

/// What a folded character is to the cutting of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Of a word in a script that separates words.
    Letter,
    /// Of a script that does not.
    Spaceless,
    /// A mark that belongs to the character before it.
    Mark,
    /// Between words.
    Between,
}

/// Gives the characters that stand for `c`; none for what is dropped.
pub(super) fn fold(c: char, emit: &mut impl FnMut(char, Role)) {
    if c.is_ascii() {
        let role = if c.is_ascii_alphanumeric() {
            Role::Letter
        } else {
            Role::Between
        };
        emit(c.to_ascii_lowercase(), role);
    } else if is_han(c) {
        emit(c, Role::Spaceless);
    } else if ('\u{AC00}'..='\u{D7A3}').contains(&c) {
        emit(c, Role::Letter);
    } else if let Some(digit) = digit(c) {
        emit(digit, Role::Letter);
    } else if c == '\u{A0}' || c == '\u{2BC}' || c == '\u{2B9}' {
        // Apostrophes of some alphabets, typed as another sign by most.
        emit(' ', Role::Between);
    } else if !is_dropped(c) {
        for lower in c.to_lowercase() {
            decompose_compatible(lower, |part| {
                if !is_dropped(part) {
                    spell(part, emit);
                }
            });
        }
    }
}

/// Letters that only some keyboards have, and letters that are written two ways.
fn spell(c: char, emit: &mut impl FnMut(char, Role)) {
    let letters = match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'ς' => "σ",
        // Alef with wasla, alef maksura and the Persian, Urdu and Kurdish letters for the same sounds.
        // Alef with hamza or madda comes apart by itself.
        'ٱ' => "ا",
        'ى' | 'ی' | 'ې' => "ي",
        'ک' => "ك",
        'ة' | 'ۃ' | 'ہ' | 'ھ' | 'ە' => "ه",
        _ => {
            // What decomposes to capitals or to digits, such as ™.
            for lower in c.to_lowercase() {
                emit(lower, role(lower));
            }
            return;
        }
    };
    for letter in letters.chars() {
        emit(letter, Role::Letter);
    }
}

fn role(c: char) -> Role {
    if is_combining_mark(c) {
        Role::Mark
    } else if !c.is_alphanumeric() {
        Role::Between
    } else if is_spaceless(c) {
        Role::Spaceless
    } else {
        Role::Letter
    }
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Scripts that put no space between words.
pub(super) fn is_spaceless(c: char) -> bool {
    is_han(c)
        || matches!(c,
            // Thai and Lao, Burmese, Khmer.
            '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
            | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AA7F}'
            // Kana and Bopomofo.
            | '\u{3040}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}' | '\u{31F0}'..='\u{31FF}')
}

/// Korean words carry particles at their end.
pub(super) fn is_hangul(c: char) -> bool {
    ('\u{AC00}'..='\u{D7A3}').contains(&c)
}

/// Marks over and under letters of Latin, Greek, Cyrillic, Hebrew and Arabic; the line that
/// stretches Arabic words; and what is not seen at all. Marks of other scripts are their vowels.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}'
        | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}'..='\u{5C2}' | '\u{5C4}'..='\u{5C5}' | '\u{5C7}'
        | '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}'
        | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}'..='\u{6E8}' | '\u{6EA}'..='\u{6ED}'
        | '\u{8D3}'..='\u{8FF}'
        | '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}
