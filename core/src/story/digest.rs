//! Articles that tell many things in a row: morning briefings, horoscopes, tables, live pages about
//! everything.
//!
//! Not their words give them away but their build: in a report the same names and things come back
//! from paragraph to paragraph (Hearst 1997, TextTiling, measures topic by the words neighbouring
//! blocks share); in a digest every item has its own. Reportage and opinion can ramble as much, so a
//! second sign is asked for: headings between the items, or a headline that lists them.

use std::collections::HashMap;

use super::article::{Article, beginning};
use super::background;
use super::vector::TermId;
use super::words::{Reader, Word};

/// Characters that are read.
const TEXT: usize = 4_000;
/// Fewer paragraphs show no build.
const PARAGRAPHS: usize = 5;
/// In a digest at most this share of all pairs of paragraphs has a significant word in common.
const COHESION: f32 = 0.3;
/// A word is significant if fewer texts than this have it.
const SIGNIFICANT: f32 = 0.05;
/// Items that a headline lists, or headings that part a text.
const LISTED: usize = 3;
/// A heading is a line of at most so many characters.
const HEADING: usize = 70;

pub(super) fn is_digest(article: &Article<'_>, reader: &Reader) -> bool {
    let title = beginning(article.title, 300);
    items(title, &[';', '|', '•', '；']) >= LISTED
        || is_table(article.body)
        || is_series(title)
        || ((is_parted(article.body) || enumerates(title))
            && cohesion(article.body, reader).is_some_and(|cohesion| cohesion < COHESION))
}

/// Whether a headline names a series that tells what there is that day: all that is known of many
/// a digest, whose feed gives no body. English, as headlines are read in.
fn is_series(title: &str) -> bool {
    const WHEN: [&str; 14] = [
        "morning",
        "midday",
        "afternoon",
        "evening",
        "nightly",
        "daily",
        "weekly",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    const WHAT: [&str; 9] = [
        "briefing",
        "brief",
        "bulletin",
        "digest",
        "edition",
        "headlines",
        "newsletter",
        "round-up",
        "roundup",
    ];
    const ALONE: [&str; 3] = ["horoscope", "horoscopes", "crossword"];
    let words: Vec<String> = title
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(|word| {
            word.trim_end_matches("'s")
                .trim_end_matches("’s")
                .to_lowercase()
        })
        .collect();
    let is = |words: &[&str], word: &str| words.contains(&word);
    let named = words.iter().take(4).any(|word| is(&ALONE, word));
    let dated = words
        .iter()
        .take(4)
        .zip(words.iter().skip(1))
        .any(|(when, what)| is(&WHEN, when) && is(&WHAT, what));
    let forecast = words.len() <= 8
        && words
            .windows(2)
            .any(|pair| pair[0] == "weather" && pair[1] == "forecast");
    named || dated || forecast
}

/// Parts of a headline that are longer than a word.
fn items(title: &str, marks: &[char]) -> usize {
    title
        .split(marks)
        .filter(|item| item.split_whitespace().nth(1).is_some())
        .count()
}

/// "Nets, gates, tremors and a night on the tiles", after a colon or not.
fn enumerates(title: &str) -> bool {
    let list = title.rsplit(": ").next().unwrap_or(title);
    // Not the comma of 9,200.
    let commas = [", ", "、", "،", "，"]
        .iter()
        .map(|comma| list.matches(comma).count())
        .sum::<usize>();
    commas + 1 >= LISTED
}

/// Whether every paragraph or two has a heading of its own: a short line without a full stop, with
/// text under it. Rows of a table and items of a list stand under each other, and a clock time, as
/// live pages about one event have, is no words.
fn is_parted(body: &str) -> bool {
    let is_heading: Vec<bool> = beginning(body, TEXT)
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            line.chars().nth(HEADING).is_none()
                && line.chars().any(char::is_alphabetic)
                && line.chars().last().is_some_and(char::is_alphanumeric)
        })
        .collect();
    let parts = is_heading.windows(2).filter(|pair| pair[0] && !pair[1]);
    let headings = parts.count();
    headings >= LISTED && is_heading.len() <= headings * 3
}

/// More figures than words: results, prices, temperatures.
fn is_table(body: &str) -> bool {
    let (mut letters, mut figures) = (0, 0);
    for c in beginning(body, TEXT).chars() {
        letters += usize::from(c.is_alphabetic());
        figures += usize::from(c.is_numeric());
    }
    figures > 60 && figures * 3 > letters
}

/// The share of pairs of paragraphs that have a significant word in common. `None` when there are
/// too few paragraphs to tell.
fn cohesion(body: &str, reader: &Reader) -> Option<f32> {
    let paragraphs: Vec<Vec<u32>> = beginning(body, TEXT)
        .lines()
        .map(|line| significant(&reader.words(line)))
        .filter(|words| words.len() >= 4)
        .collect();
    if paragraphs.len() < PARAGRAPHS {
        return None;
    }
    let mut holders: HashMap<u32, Vec<usize>> = HashMap::new();
    for (at, words) in paragraphs.iter().enumerate() {
        for word in words {
            holders.entry(*word).or_default().push(at);
        }
    }
    let mut pairs: Vec<(usize, usize)> = holders
        .values()
        .flat_map(|at| {
            at.iter()
                .enumerate()
                .flat_map(|(n, a)| at[n + 1..].iter().map(|b| (*a, *b)))
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let possible = paragraphs.len() * (paragraphs.len() - 1) / 2;
    Some(pairs.len() as f32 / possible as f32)
}

/// The words that are about something, each once.
fn significant(words: &[Word]) -> Vec<u32> {
    let mut found: Vec<u32> = words
        .iter()
        .map(|word| TermId::of(&word.stem))
        .filter(|term| background::share(*term) < SIGNIFICANT)
        .map(|term| term.0)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_named_by_its_headline_and_a_briefing_to_the_press_is_none() {
        for title in [
            "Morning Briefing: strikes, storms and a penguin",
            "Your Monday briefing",
            "The Daily Digest for 3 June",
            "Evening headlines",
            "Horoscope: what the stars say today",
            "Today’s crossword",
            "Weather forecast for Thursday",
        ] {
            assert!(is_series(title), "{title}");
        }
        for title in [
            "White House cancels press briefing",
            "Generals brief minister on Monday",
            "Minister was briefed daily, inquiry hears",
            "Weekly magazine sold to rival after losses",
            "Weather forecasters strike over pay in three states of the union",
            "Killer hid as a writer of horoscopes",
            "",
        ] {
            assert!(!is_series(title), "{title}");
        }
    }
}
