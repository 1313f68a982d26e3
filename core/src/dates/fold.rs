//! One spelling for many: lower case, ASCII digits, no accents.

use unicode_normalization::char::decompose_canonical;

/// Where the digits 0 to 9 of other scripts begin.
const ZEROS: [char; 14] = [
    '\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}', '\u{B66}', '\u{BE6}',
    '\u{C66}', '\u{E50}', '\u{ED0}', '\u{1040}', '\u{17E0}', '\u{FF10}',
];

/// Folds a text. The tables of month names are written folded.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            out.push(if c.is_ascii_whitespace() {
                ' '
            } else {
                c.to_ascii_lowercase()
            });
        } else if let Some(digit) = digit(c) {
            out.push(digit);
        } else if let Some(same) = same_as(c) {
            out.push(same);
        } else if c.is_whitespace() {
            out.push(' ');
        } else if c < '\u{900}' || ('\u{1E00}'..'\u{2000}').contains(&c) {
            // Latin, Greek, Cyrillic, Hebrew, Arabic: letters without their marks. Further scripts
            // have vowels among the marks.
            for lower in c.to_lowercase() {
                decompose_canonical(lower, |part| {
                    if !is_mark(part) {
                        out.push(part);
                    }
                });
            }
        } else if !is_invisible(c) {
            out.push(c);
        }
    }
    out
}

pub(crate) fn digit(c: char) -> Option<char> {
    let zero = ZEROS
        .iter()
        .find(|zero| (**zero..=char::from_u32(**zero as u32 + 9).unwrap_or(**zero)).contains(&c))?;
    char::from_digit(c as u32 - *zero as u32, 10)
}

/// Signs that only look different.
fn same_as(c: char) -> Option<char> {
    Some(match c {
        '：' | '\u{2236}' => ':',
        '／' => '/',
        '，' | '、' | '،' => ',',
        '．' | '۔' => '.',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '－' => '-',
        '＋' => '+',
        '（' => '(',
        '）' => ')',
        'ı' => 'i',
        'ł' | 'Ł' => 'l',
        'ø' | 'Ø' => 'o',
        'đ' | 'Đ' => 'd',
        'ß' => 's',
        '’' | '‘' => '\'',
        // Persian spells these two otherwise than Arabic.
        'ک' => 'ك',
        'ی' | 'ى' => 'ي',
        _ => return None,
    })
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{640}' | '\u{64B}'..='\u{65F}')
        || is_invisible(c)
}

/// Direction marks, joiners and the byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}
