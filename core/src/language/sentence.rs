//! Where sentences end. UAX #29's rules by unicode-segmentation, with what they get wrong in news:
//! abbreviations before names, initials, ordinal numbers before months.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

/// The longest sentence that is translated in one go, in characters; what is longer is cut at a
/// comma or a space. The models' window is about 128 tokens.
const SENTENCE_MAX: usize = 320;

/// Abbreviations that stand before something: a sentence does not end with them. Lower case,
/// without their full stop.
const ABBREVIATIONS: &[&str] = &[
    // English
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "st",
    "sen",
    "rep",
    "gov",
    "gen",
    "col",
    "lt",
    "sgt",
    "no",
    "vs",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "inc",
    "approx",
    // Portuguese, Spanish, Catalan, Galician
    "sr",
    "sra",
    "srta",
    "dra",
    "exmo",
    "exma",
    "d",
    "dña",
    "lic",
    "ing",
    "av",
    "núm",
    "nº",
    "pág",
    "art",
    "aprox",
    "ud",
    "uds",
    "ee",
    "eng",
    "profa",
    "min",
    // French
    "m",
    "mm",
    "mme",
    "mlle",
    "me",
    "mgr",
    "env",
    // German, Dutch, Scandinavian
    "hr",
    "fr",
    "frau",
    "str",
    "nr",
    "bzw",
    "ca",
    "evtl",
    "ggf",
    "inkl",
    "z",
    "b",
    "u",
    "a",
    "s",
    "mio",
    "mrd",
    "dhr",
    "mw",
    "mevr",
    "jl",
    "kl",
    "bl",
    "ung",
    "tel",
    "abs",
    // Italian, Romanian
    "sig",
    "dott",
    "avv",
    "on",
    "dl",
    "dna",
    "dvs",
    "pct",
    // Polish, Czech, Slovak, Croatian, Serbian
    "pan",
    "ul",
    "tj",
    "tzn",
    "tzw",
    "prof",
    "mgr",
    "inż",
    "godz",
    "r",
    "w",
    "np",
    "pl",
    "č",
    "mudr",
    "tzv",
    "např",
    "g",
    "gđa",
    "tzv",
    "npr",
    // Ukrainian, Russian, Bulgarian, Serbian in Cyrillic
    "вул",
    "ім",
    "м",
    "р",
    "рр",
    "грн",
    "тис",
    "млн",
    "млрд",
    "ст",
    "проф",
    "акад",
    "ул",
    "им",
    "г",
    "гг",
    "руб",
    "тыс",
    "д",
    "кв",
    "просп",
    "св",
    "о",
    "т",
    "п",
    "бул",
    "гр",
    "инж",
    "лв",
    // Turkish, Greek
    "sn",
    "doç",
    "av",
    "yrd",
    "cad",
    "sok",
    "κ",
    "κος",
    "αρ",
    "σελ",
    "οδ",
];

/// The sentences of a text, in bytes, in order. Together they are the text but for white space.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for (at, bound) in text.split_sentence_bound_indices() {
        let end = at + bound.len();
        let is_line_end = bound.ends_with('\n');
        if !is_line_end && end < text.len() && goes_on(&text[start..end], &text[end..]) {
            continue;
        }
        push(text, start..end, &mut found);
        start = end;
    }
    push(text, start..text.len(), &mut found);
    found
}

fn push(text: &str, sentence: Range<usize>, found: &mut Vec<Range<usize>>) {
    let part = &text[sentence.clone()];
    let start = sentence.start + (part.len() - part.trim_start().len());
    let end = sentence.start + part.trim_end().len();
    if start < end {
        bounded(text, start..end, found);
    }
}

/// Whether the next bound is no end of a sentence.
fn goes_on(sentence: &str, rest: &str) -> bool {
    let ended = sentence;
    let sentence = sentence.trim_end();
    // A question mark in an address; only the marks of Chinese and Japanese need no space.
    let is_wide =
        |c: char| matches!(u32::from(c), 0x3000..=0x303F | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF);
    if ended.len() == sentence.len() && !sentence.ends_with(is_wide) {
        return true;
    }
    let Some(before) = sentence.strip_suffix('.') else {
        return false;
    };
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '«' | '“' | '"' | '-' | '.'))
        .next()
        .unwrap_or_default();
    let mut letters = word.chars();
    let first = letters.next();
    let is_initial = first.is_some_and(char::is_uppercase) && letters.next().is_none();
    let is_ordinal = !word.is_empty()
        && word.len() <= 2
        && word.chars().all(|c| c.is_ascii_digit())
        && rest.trim_start().starts_with(char::is_alphabetic);
    let lower = word.to_lowercase();
    is_initial || is_ordinal || ABBREVIATIONS.contains(&lower.as_str())
}

/// A sentence that is too long in pieces that are not.
fn bounded(text: &str, sentence: Range<usize>, found: &mut Vec<Range<usize>>) {
    let part = &text[sentence.clone()];
    let Some((limit, _)) = part.char_indices().nth(SENTENCE_MAX) else {
        found.push(sentence);
        return;
    };
    let head = &part[..limit];
    let after = |c: char| head.rfind(c).map(|at| at + c.len_utf8());
    let clause = [';', ':', ',', '،', '؛', '、', '，', '；', '：']
        .into_iter()
        .filter_map(after)
        .max()
        .filter(|at| *at * 3 > limit);
    let cut = clause
        .or_else(|| head.rfind(char::is_whitespace).filter(|at| *at > 0))
        .unwrap_or(limit);
    let cut = sentence.start + cut;
    push(text, sentence.start..cut, found);
    push(text, cut..sentence.end, found);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn sentences_of_many_languages() {
        for (text, expected) in [
            ("It rained. They left.", vec!["It rained.", "They left."]),
            (
                "O Sr. Silva chegou às 14h30. A Dra. Costa já tinha saído.",
                vec![
                    "O Sr. Silva chegou às 14h30.",
                    "A Dra. Costa já tinha saído.",
                ],
            ),
            (
                "El 3. de mayo habló J. R. Pérez. Nadie respondió.",
                vec!["El 3. de mayo habló J. R. Pérez.", "Nadie respondió."],
            ),
            (
                "На вул. Шевченка, 12 сталася пожежа. Ніхто не постраждав!",
                vec![
                    "На вул. Шевченка, 12 сталася пожежа.",
                    "Ніхто не постраждав!",
                ],
            ),
            (
                "雨が降った。人々は去った。",
                vec!["雨が降った。", "人々は去った。"],
            ),
            (
                "هطل المطر. هل غادروا؟ نعم.",
                vec!["هطل المطر.", "هل غادروا؟", "نعم."],
            ),
            ("बारिश हुई। वे चले गए।", vec!["बारिश हुई।", "वे चले गए।"]),
            (
                "Am 3. Oktober fiel Regen. Dann nicht.",
                vec!["Am 3. Oktober fiel Regen.", "Dann nicht."],
            ),
            ("one\ntwo", vec!["one", "two"]),
            (
                "See https://a.example/b?c=d. Then go.",
                vec!["See https://a.example/b?c=d.", "Then go."],
            ),
            ("", vec![]),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }

    #[test]
    fn a_long_one_is_cut_at_a_comma() {
        let long = format!(
            "{}, {}.",
            "word ".repeat(50).trim_end(),
            "more ".repeat(60).trim_end()
        );
        let parts = split(&long);
        assert_eq!(parts.len(), 2);
        assert!(parts[0].ends_with(','));
    }

    proptest! {
        #[test]
        fn nothing_but_space_is_lost(text in "(\\PC|[ .!?,\n]){0,900}") {
            let parts = sentences(&text);
            let mut at = 0;
            for part in &parts {
                prop_assert!(text[at..part.start].trim().is_empty());
                prop_assert!(text[part.clone()].chars().count() <= SENTENCE_MAX);
                prop_assert!(part.start < part.end);
                at = part.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
