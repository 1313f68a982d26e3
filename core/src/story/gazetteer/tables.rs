//! The tables of `core/gazetteer`, read into rows. They are compiled in and reviewed, so a row that
//! is not of the form is left out here and found by the tests.

use crate::compressed::{Compressed, compressed};
use crate::model::CountryCode;

static NAMES: Compressed = compressed!("names.tsv");
static CITIES: Compressed = compressed!("cities.tsv");
static ENGLISH: Compressed = compressed!("english-places.tsv");
static ENGLISH_CITIES: Compressed = compressed!("english-cities.tsv");
static LEADERS: Compressed = compressed!("leaders.tsv");
static REVIEWED: Compressed = compressed!("reviewed.tsv");

/// A row of `reviewed.tsv`; what the kinds mean stands at its head.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reviewed {
    pub(super) language: &'static str,
    /// A country, a body or "-".
    pub(super) of: &'static str,
    pub(super) kind: &'static str,
    forms: &'static str,
    condition: &'static str,
}

impl Reviewed {
    pub(super) fn forms(&self) -> impl Iterator<Item = &'static str> {
        self.forms.split('|')
    }

    /// The texts of the condition.
    pub(super) fn conditions(&self) -> impl Iterator<Item = &'static str> {
        self.condition.split('|')
    }
}

/// A row of `leaders.tsv`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leader {
    pub(super) country: CountryCode,
    pub(super) office: &'static str,
    pub(super) name: &'static str,
    /// What the person is called for short: mostly the family name.
    pub(super) called: &'static str,
}

fn rows(table: &'static Compressed) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .text()
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

/// Country and name, of every name in the language.
pub(super) fn names(language: &str) -> impl Iterator<Item = (CountryCode, &'static str)> {
    by_language(&NAMES, language)
}

/// Country and city, of every capital and large city in a language other than English.
pub(super) fn cities(language: &str) -> impl Iterator<Item = (CountryCode, &'static str)> {
    by_language(&CITIES, language)
}

fn by_language(
    table: &'static Compressed,
    language: &str,
) -> impl Iterator<Item = (CountryCode, &'static str)> {
    rows(table)
        .filter(move |row| row.first() == Some(&language))
        .filter_map(|row| match row.as_slice() {
            [_, code, names] => Some((code.parse().ok()?, *names)),
            _ => None,
        })
        .flat_map(|(code, names)| names.split('|').map(move |name| (code, name)))
}

/// Country, kind ("capital", "demonym") and English form.
pub(super) fn english() -> impl Iterator<Item = (CountryCode, &'static str, &'static str)> {
    rows(&ENGLISH).filter_map(|row| match row.as_slice() {
        [code, kind, form] => Some((code.parse().ok()?, *kind, *form)),
        _ => None,
    })
}

/// Country and large city, in English.
pub(super) fn english_cities() -> impl Iterator<Item = (CountryCode, &'static str)> {
    rows(&ENGLISH_CITIES)
        .filter_map(|row| match row.as_slice() {
            [code, names] => Some((code.parse().ok()?, *names)),
            _ => None,
        })
        .flat_map(|(code, names)| names.split('|').map(move |name| (code, name)))
}

pub(super) fn leaders() -> impl Iterator<Item = Leader> {
    rows(&LEADERS).filter_map(|row| match row.as_slice() {
        [code, office, name, called, _since] => Some(Leader {
            country: code.parse().ok()?,
            office,
            name,
            called,
        }),
        _ => None,
    })
}

pub(super) fn reviewed() -> impl Iterator<Item = Reviewed> {
    rows(&REVIEWED).filter_map(|row| match row.as_slice() {
        [language, of, kind, forms] => Some(Reviewed {
            language,
            of,
            kind,
            forms,
            condition: "",
        }),
        [language, of, kind, forms, condition] => Some(Reviewed {
            language,
            of,
            kind,
            forms,
            condition,
        }),
        _ => None,
    })
}

/// Lines that are neither a comment nor a row.
#[cfg(test)]
pub(super) fn malformed() -> Vec<String> {
    let wrong = |table: &'static Compressed, fits: &dyn Fn(&[&str]) -> bool| -> Vec<String> {
        rows(table)
            .filter(|row| !fits(row))
            .map(|row| row.join("\t"))
            .collect()
    };
    let code = |text: &str| text.parse::<CountryCode>().is_ok();
    let mut all = wrong(&NAMES, &|row| row.len() == 3 && code(row[1]));
    all.extend(wrong(&CITIES, &|row| row.len() == 3 && code(row[1])));
    all.extend(wrong(&ENGLISH, &|row| {
        row.len() == 3 && code(row[0]) && ["capital", "demonym"].contains(&row[1])
    }));
    all.extend(wrong(&ENGLISH_CITIES, &|row| {
        row.len() == 2 && code(row[0])
    }));
    all.extend(wrong(&LEADERS, &|row| row.len() == 5 && code(row[0])));
    let kinds = [
        "name", "demonym", "capital", "city", "metonym", "dateline", "drop", "body", "none",
        "needs", "unless", "person", "initial", "called", "alone",
    ];
    all.extend(wrong(&REVIEWED, &|row| {
        (row.len() == 4 || row.len() == 5)
            && (code(row[1]) || ["-", "EU", "NATO", "UN"].contains(&row[1]))
            && kinds.contains(&row[2])
            && ["needs", "unless", "called"].contains(&row[2])
                == (row.len() == 5 && !row[4].is_empty())
    }));
    all
}

/// Bytes of all tables.
#[cfg(test)]
pub(super) fn size() -> usize {
    [
        &NAMES,
        &CITIES,
        &ENGLISH,
        &ENGLISH_CITIES,
        &LEADERS,
        &REVIEWED,
    ]
    .iter()
    .map(|table| table.bytes().len())
    .sum()
}
