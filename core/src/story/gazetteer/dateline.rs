use super::lexicon::{Lexicon, Place, lexicon};
use crate::model::CountryCode;

/// Characters in which a dateline ends.
const HEAD: usize = 100;

/// The country a report was written in, by its dateline: "KYIV, Ukraine (Reuters) —",
/// "Kyiv, June 3 -", "新华社北京11月3日电". `text` is the beginning of the body, `language` its BCP 47
/// tag. `None` without a dateline, and where its place is not known.
pub fn dateline(text: &str, language: &str) -> Option<CountryCode> {
    let lexicon = lexicon(language);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let line = line.trim_start_matches(['*', '_', '#', ' ']);
    let end = line
        .char_indices()
        .nth(HEAD)
        .map_or(line.len(), |(end, _)| end);
    let beginning = &line[..end];
    east_asian(beginning, lexicon).or_else(|| spaced(beginning, lexicon))
}

/// "【ワシントン共同】", "［ニューヨーク　３日　ロイター］", "新华社北京11月3日电", "（中央社記者王小明台北3日電）".
fn east_asian(line: &str, lexicon: &Lexicon) -> Option<CountryCode> {
    let bracketed = [('【', '】'), ('［', '］'), ('（', '）')]
        .iter()
        .find_map(|(open, close)| line.strip_prefix(*open)?.split_once(*close))
        .map(|(inside, _)| inside);
    let cabled = line
        .split_once(['电', '電'])
        .map(|(head, _)| head)
        .filter(|head| head.contains('社') && head.chars().count() < 30);
    let head = bracketed.or(cabled)?;
    lexicon
        .longest_place_in(&head.to_lowercase())
        .map(|place| place.country)
}

fn spaced(line: &str, lexicon: &Lexicon) -> Option<CountryCode> {
    let (head, rest) = parted(line)?;
    let (outside, has_agency) = without_brackets(head);
    let mut has_more = has_agency;
    let mut places: Vec<&[Place]> = Vec::new();
    let mut parts = outside.split([',', ';']).map(str::trim);
    // "BEIRUT/JERUSALEM": the first stands for both.
    let first = parts.next()?.split('/').next().unwrap_or_default();
    let first = first.trim_matches(|c: char| !c.is_alphanumeric());
    if first.is_empty() || first.split_whitespace().count() > 4 {
        return None;
    }
    let city = lexicon.place(first);
    for part in parts.filter(|part| !part.is_empty()) {
        let known = match lexicon.place(part) {
            [] => lexicon.place(part.trim_end_matches('.')),
            known => known,
        };
        if !known.is_empty() && places.is_empty() {
            places.push(known);
        } else if !(part.contains(|c: char| c.is_numeric()) || is_agency(part)) {
            // Words that are neither place nor date nor agency: a sentence with a dash in it.
            return None;
        }
        has_more = true;
    }
    let shouted = first.chars().any(char::is_uppercase) && !first.chars().any(char::is_lowercase);
    let capitalised = first.chars().next().is_some_and(char::is_uppercase);
    let uncased = first
        .chars()
        .all(|c| !c.is_uppercase() && !c.is_lowercase());
    let starts = rest
        .chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(|c| !c.is_lowercase());
    if !(shouted || uncased || (capitalised && starts)) {
        return None;
    }
    let country = places.first().copied().unwrap_or_default();
    let both = city
        .iter()
        .find(|place| country.iter().any(|other| other.country == place.country));
    let place = match (both, country.first(), city.first()) {
        (Some(both), _, _) => both,
        (None, Some(country), _) => country,
        (None, None, Some(city)) => city,
        (None, None, None) => return None,
    };
    // "Ukraine — ...": a country alone is the subject of a sentence, unless it is set as a dateline.
    (!place.is_country || !country.is_empty() || has_more || shouted).then_some(place.country)
}

/// The head of a line and the rest, at the first dash that parts a sentence.
fn parted(line: &str) -> Option<(&str, &str)> {
    let marks = ["—", "–", "―", " - ", "--", ".-", ") - "];
    let (at, mark) = marks
        .iter()
        .filter_map(|mark| Some((line.find(mark)?, *mark)))
        .min_by_key(|(at, _)| *at)?;
    Some((&line[..at], &line[at + mark.len()..]))
}

/// A text without what stands in brackets, and whether anything did.
fn without_brackets(head: &str) -> (String, bool) {
    let mut outside = String::new();
    let (mut depth, mut any) = (0_u32, false);
    for c in head.chars() {
        match c {
            '(' | '[' => {
                depth += 1;
                any = true;
            }
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    (outside, any)
}

fn is_agency(part: &str) -> bool {
    const AGENCIES: [&str; 34] = [
        "reuters",
        "ap",
        "the associated press",
        "associated press",
        "afp",
        "dpa",
        "efe",
        "ansa",
        "lusa",
        "pti",
        "ani",
        "xinhua",
        "tass",
        "bloomberg",
        "upi",
        "apa",
        "belga",
        "tt",
        "ntb",
        "ritzau",
        "anp",
        "pap",
        "čtk",
        "ctk",
        "mti",
        "ukrinform",
        "укрінформ",
        "тасс",
        "рбк",
        "interfax",
        "kyodo",
        "yonhap",
        "europa press",
        "agencies",
    ];
    let part = part
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    AGENCIES.contains(&part.as_str())
}
