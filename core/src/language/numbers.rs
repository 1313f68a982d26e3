//! Whether a translation has the numbers of its original. A model that writes 1,234 for 1,234 has
//! made a comma that separates decimals into one that separates thousands.

use std::ops::Range;

/// Languages that write 1,5 where English writes 1.5.
const DECIMAL_COMMA: &[&str] = &[
    "af", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl",
    "hr", "hu", "hy", "id", "is", "it", "ka", "kk", "ky", "lt", "lv", "mk", "nb", "nl", "nn", "no",
    "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "uz", "vi",
];

/// Its digits before and after the decimal mark, without zeros that say nothing.
type Value = (String, String);

/// The numbers in a text, in bytes: digits of any script with the marks between them.
pub(super) fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        if digit(c).is_none() {
            continue;
        }
        let end = at + c.len_utf8();
        let joins = found.last().is_some_and(|last: &Range<usize>| {
            last.end == at || {
                let between = &text[last.end..at];
                let mut marks = between.chars();
                match (marks.next(), marks.next()) {
                    (Some(mark), None) => {
                        is_mark(mark) && (mark != ' ' && !is_thin(mark) || groups(text, at))
                    }
                    _ => false,
                }
            }
        });
        match found.last_mut() {
            Some(last) if joins => last.end = end,
            _ => found.push(at..end),
        }
    }
    found
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | '٫' | '٬' | ' ') || is_thin(c)
}

fn is_thin(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Whether exactly three digits stand from here: a space before them separates thousands.
fn groups(text: &str, at: usize) -> bool {
    let digits = text[at..]
        .chars()
        .take_while(|c| digit(*c).is_some())
        .count();
    let before = text[..at]
        .chars()
        .rev()
        .skip(1)
        .take_while(|c| digit(*c).is_some())
        .count();
    digits == 3 && (1..=3).contains(&before)
}

/// The value of a decimal digit of any script that news are written in.
fn digit(c: char) -> Option<char> {
    const ZEROS: [char; 12] = ['0', '٠', '۰', '०', '০', '๐', '០', '၀', '໐', '௦', '૦', '０'];
    let code = u32::from(c);
    ZEROS.iter().find_map(|zero| {
        let value = code
            .checked_sub(u32::from(*zero))
            .filter(|value| *value < 10)?;
        char::from_digit(value, 10)
    })
}

/// What a number may mean in a language.
fn values(number: &str, language: &str) -> Vec<Value> {
    let written: String = number
        .chars()
        .map(|c| match c {
            '٫' => ',',
            '٬' | '’' => '\'',
            c => digit(c).unwrap_or(c),
        })
        .collect();
    let digits = |part: &str| {
        part.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let value = |whole: &str, decimals: &str| {
        let whole = digits(whole);
        (
            whole.trim_start_matches('0').to_owned(),
            digits(decimals).trim_end_matches('0').to_owned(),
        )
    };
    let last = written.rfind(['.', ',']);
    let Some(at) = last else {
        return vec![value(&written, "")];
    };
    let (whole, decimals) = (&written[..at], &written[at + 1..]);
    let mark = written.as_bytes()[at];
    let repeated = written.bytes().filter(|b| *b == mark).count() > 1;
    let thousands = decimals.len() == 3 && !digits(whole).is_empty() && digits(whole).len() <= 15;
    let whole_value = value(&written, "");
    let decimal_value = value(whole, decimals);
    if repeated {
        return vec![whole_value];
    }
    if !thousands {
        return vec![decimal_value];
    }
    let comma_is_decimal = DECIMAL_COMMA.contains(&super::primary(language).as_str());
    match (mark, comma_is_decimal, super::primary(language) == "en") {
        (b',', true, _) | (b'.', _, true) => vec![decimal_value],
        (b'.', true, _) | (b',', _, true) => vec![whole_value],
        _ => vec![whole_value, decimal_value],
    }
}

/// Whether each number of `original` is in `translated` (English) with the same value, up to a
/// thousand or more that the original says in words ("12 mil", "12,000").
pub(super) fn kept(original: &str, language: &str, translated: &str) -> bool {
    let mut there: Vec<Value> = ranges(translated)
        .into_iter()
        .flat_map(|range| values(&translated[range], "en"))
        .collect();
    ranges(original).into_iter().all(|range| {
        let meant = values(&original[range], language);
        let found = there
            .iter()
            .position(|value| meant.iter().any(|meant| is_same(meant, value)));
        found.map(|found| there.swap_remove(found)).is_some()
    })
}

fn is_same(meant: &Value, found: &Value) -> bool {
    if meant == found {
        return true;
    }
    // 1,2 mil -> 1,200 and 12 mil -> 12,000; only zeros are added.
    let all = |value: &Value| format!("{}{}", value.0, value.1);
    let (meant_digits, found_digits) = (all(meant), all(found));
    let zeros = |text: &str| text.trim_end_matches('0').to_owned();
    let grown = (found.0.len() as i64 - meant.0.len() as i64) as usize;
    found.0.len() > meant.0.len()
        && [3, 6, 9].contains(&grown)
        && found.1.is_empty()
        && found.0.ends_with('0')
        && zeros(&meant_digits) == zeros(&found_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_value_however_written() {
        for (original, language, translated) in [
            (
                "O PIB cresceu 3,7% em 2025, para 1.234.567,89 euros.",
                "pt",
                "GDP grew 3.7% in 2025 to 1,234,567.89 euros.",
            ),
            ("às 14h30", "pt", "at 14:30"),
            ("12 mil pessoas", "pt", "12,000 people"),
            ("1,2 mil milhões", "pt", "1.2 billion"),
            ("7 204 kilomètres", "fr", "7,204 kilometres"),
            ("٣٫٥ مليون", "ar", "3.5 million"),
            ("２０２６年", "ja", "2026"),
            ("1.º lugar", "pt", "1st place"),
        ] {
            assert!(
                kept(original, language, translated),
                "{original} / {translated}"
            );
        }
    }

    #[test]
    fn another_value_is_not_kept() {
        for (original, language, translated) in [
            ("1,234 metros", "pt", "1,234 metres"),
            ("27 municípios", "pt", "72 municipalities"),
            ("de 3 a 5", "pt", "from 3"),
            ("3,7%", "pt", "37%"),
            ("em 2026", "pt", "this year"),
            ("dois de 12 e 12", "pt", "two of 12"),
        ] {
            assert!(
                !kept(original, language, translated),
                "{original} / {translated}"
            );
        }
    }
}
