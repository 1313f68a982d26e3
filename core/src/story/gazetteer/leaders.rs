//! Heads of state and of government by name, in Latin letters, with or without accents.
//!
//! A short name counts when the full one stands in the same text, or when the reviewed table says
//! that no one else in the news is called so.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use super::tables::{self, Leader};
use super::text;
use unicode_normalization::UnicodeNormalization;

struct Called {
    /// Folded words.
    words: Vec<String>,
    leader: usize,
    short: bool,
    alone: bool,
}

struct Index {
    leaders: Vec<Leader>,
    by_first_word: HashMap<String, Vec<Called>>,
}

/// Offices whose holders are called by it and a given name.
const CROWNS: [&str; 8] = [
    "King",
    "Queen",
    "Emperor",
    "Pope",
    "Sultan",
    "Amir",
    "Prince",
    "Grand Duke",
];

fn index() -> &'static Index {
    static BUILT: OnceLock<Index> = OnceLock::new();
    BUILT.get_or_init(|| {
        let leaders: Vec<Leader> = tables::leaders().collect();
        let rules: Vec<_> = tables::reviewed().collect();
        let dropped: HashSet<&str> = rules
            .iter()
            .filter(|row| row.kind == "drop")
            .flat_map(|row| row.forms())
            .collect();
        let mut index = Index {
            leaders,
            by_first_word: HashMap::new(),
        };
        for at in 0..index.leaders.len() {
            let leader = index.leaders[at];
            for name in ways(&leader).filter(|name| !dropped.contains(name.as_str())) {
                index.add(at, &name, false, false);
            }
            if !CROWNS.contains(&leader.office) {
                index.add(at, leader.called, true, false);
            }
        }
        for row in &rules {
            for form in row.forms() {
                let of = |leader: &Leader| leader.country.as_str() == row.of;
                match row.kind {
                    "called" => {
                        let name = row.conditions().next().unwrap_or_default();
                        let at = index
                            .leaders
                            .iter()
                            .position(|leader| of(leader) && leader.name == name);
                        if let Some(at) = at {
                            index.add(at, form, false, false);
                        }
                    }
                    "alone" => {
                        if let Some(at) = index.leaders.iter().position(of) {
                            index.add(at, form, true, true);
                        }
                    }
                    _ => {}
                }
            }
        }
        index
    })
}

/// The ways to write a name in full: as in the table, and with one given name.
fn ways(leader: &Leader) -> impl Iterator<Item = String> {
    let mut ways = Vec::new();
    let first = leader.name.split(' ').next().unwrap_or_default();
    if CROWNS.contains(&leader.office) {
        ways.push(format!("{} {}", leader.office, leader.name));
        ways.push(format!("{} {first}", leader.office));
    } else if leader.name.contains(' ') {
        ways.push(leader.name.to_owned());
        if !leader.called.starts_with(first) {
            ways.push(format!("{first} {}", leader.called));
        }
    }
    ways.into_iter()
}

impl Index {
    fn add(&mut self, leader: usize, name: &str, short: bool, alone: bool) {
        let words: Vec<String> = words(name).map(|range| fold(&name[range])).collect();
        let Some(first) = words.first() else { return };
        // "Li", "Te": a short name of two letters is no name.
        if short && !alone && name.chars().count() < 4 {
            return;
        }
        self.by_first_word
            .entry(first.clone())
            .or_default()
            .push(Called {
                words,
                leader,
                short,
                alone,
            });
    }
}

/// Every leader a text names and where, in order.
pub(super) fn find(text: &str) -> Vec<(&'static Leader, Range<usize>)> {
    let index = index();
    let tokens: Vec<Range<usize>> = words(text).collect();
    let mut found: Vec<(Range<usize>, &Called)> = Vec::new();
    let mut full: HashSet<usize> = HashSet::new();
    let mut skip_to = 0;
    for (at, token) in tokens.iter().enumerate() {
        let word = &text[token.clone()];
        if at < skip_to || !(text::is_capitalised(word) || matches!(word, "al" | "el")) {
            continue;
        }
        let Some(candidates) = index.by_first_word.get(&fold(word)) else {
            continue;
        };
        let best = candidates
            .iter()
            .filter(|called| matches(text, &tokens[at..], called))
            .max_by_key(|called| (called.words.len(), called.alone));
        if let Some(called) = best {
            let last = at + called.words.len() - 1;
            skip_to = last + 1;
            if !called.short {
                full.insert(called.leader);
            }
            found.push((token.start..tokens[last].end, called));
        }
    }
    found
        .into_iter()
        .filter(|(range, called)| {
            if !called.short {
                return true;
            }
            // "Melania Trump" is someone else.
            let other = text::previous_word(text, range.start).is_some_and(|word| {
                text::is_capitalised(word) && !text::is_before_places(word) && !is_title(word)
            });
            (called.alone || full.contains(&called.leader))
                && (!other || text::is_title_case(text, range.start))
        })
        .map(|(range, called)| (&index.leaders[called.leader], range))
        .collect()
}

/// Words that stand before a short name and are no given name.
fn is_title(word: &str) -> bool {
    [
        "President",
        "Minister",
        "Chancellor",
        "Premier",
        "Mr",
        "Mrs",
        "Ms",
        "Leader",
        "Taoiseach",
        "Secretary",
        "General",
        "And",
        "Of",
        "With",
        "By",
        "To",
        "For",
        "Says",
        "When",
        "As",
        "But",
        "If",
        "That",
        "Why",
        "How",
    ]
    .contains(&word)
}

fn matches(text: &str, tokens: &[Range<usize>], called: &Called) -> bool {
    tokens.len() >= called.words.len()
        && called
            .words
            .iter()
            .zip(tokens)
            .skip(1)
            .all(|(word, token)| fold(&text[token.clone()]) == *word)
        && tokens[..called.words.len()].windows(2).all(|pair| {
            matches!(
                &text[pair[0].end..pair[1].start],
                " " | "\u{a0}" | "-" | "'" | "’" | ". " | "\n"
            )
        })
}

/// Runs of letters; hyphens part words.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(text::is_word)?;
        let end = text[start..]
            .find(|c| !text::is_word(c))
            .map_or(text.len(), |length| start + length);
        at = end;
        Some(start..end)
    })
}

/// Lower case without accents, and plain letters for those that have none.
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfd()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36f}'))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ł' => 'l',
            'ø' => 'o',
            'đ' => 'd',
            'ı' => 'i',
            other => other,
        })
        .collect()
}
