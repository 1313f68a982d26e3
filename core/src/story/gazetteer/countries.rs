use std::cmp::Reverse;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::ignored::{Ignored, without};
use super::leaders;
use super::lexicon::{Found, Target, lexicon};
use crate::model::CountryCode;

/// By what a country is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Via {
    /// Its name, or a part of it that stands for it: "Scotland".
    Name,
    /// Its people or what is theirs: "Ukrainian".
    Demonym,
    /// Its capital: "Kyiv said". In other languages than English also a large city.
    Capital,
    /// A large city or a federal state.
    City,
    /// Its head of state or of government.
    Person,
    /// What stands for its government: "the Kremlin".
    Metonym,
}

/// A country that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountryMention {
    /// Which.
    pub country: CountryCode,
    /// Where, in bytes of the text, on boundaries of characters.
    pub range: Range<usize>,
    /// By what.
    pub via: Via,
}

/// An actor above countries. None is a country, and none stands for its members: "the EU said" is
/// no sentence about Belgium.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// The European Union, its Commission, Council and Parliament.
    EuropeanUnion,
    /// The alliance.
    Nato,
    /// The United Nations and its best known organisations.
    UnitedNations,
}

impl Body {
    pub(super) fn of(name: &str) -> Option<Self> {
        match name {
            "EU" => Some(Self::EuropeanUnion),
            "NATO" => Some(Self::Nato),
            "UN" => Some(Self::UnitedNations),
            _ => None,
        }
    }
}

/// An actor above countries that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyMention {
    /// Which.
    pub body: Body,
    /// Where, in bytes of the text, on boundaries of characters.
    pub range: Range<usize>,
}

/// Whom a text names, in the order of the text, without overlaps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Countries.
    pub countries: Vec<CountryMention>,
    /// Actors above them.
    pub bodies: Vec<BodyMention>,
}

/// The countries a text in a language (BCP 47) names, in order, without overlaps.
pub fn countries(text: &str, language: &str) -> Vec<CountryMention> {
    mentions(text, language, &Ignored::default()).countries
}

/// The same with the actors above countries, and without what stands inside ignored names.
pub fn mentions(text: &str, language: &str, ignored: &Ignored) -> Mentions {
    let mut found = lexicon(language).find(text);
    let persons = leaders::find(text);
    if !persons.is_empty() {
        found.extend(persons.into_iter().map(|(leader, range)| Found {
            range,
            target: Target::Country(leader.country, Via::Person),
        }));
        found.sort_by_key(|found| (found.range.start, Reverse(found.range.end)));
        let mut end = 0;
        found.retain(|found| {
            let free = found.range.start >= end;
            if free {
                end = found.range.end;
            }
            free
        });
    }
    let found = without(found, &ignored.ranges(text), |found| found.range.clone());

    let mut mentions = Mentions::default();
    for Found { range, target } in found {
        match target {
            Target::Country(country, via) => mentions.countries.push(CountryMention {
                country,
                range,
                via,
            }),
            Target::Body(body) => mentions.bodies.push(BodyMention { body, range }),
            Target::Nothing => {}
        }
    }
    mentions
}
