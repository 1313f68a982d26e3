//! Whom a story is about, out of what its articles name.
//!
//! An article's weight of a country is `4 h + 2 l + ln(1 + b)`: `h` and `l` are the strongest
//! mention in the headline and in the lead (summary and first paragraph), `b` the sum of mentions
//! in the rest, each by what it is (`weight`). A headline says what an article is about, a lead
//! nearly so; what a body repeats tells ever less, hence the logarithm. Weights of an article are
//! divided by their sum: a long article has one vote, as a short one has. "Kyiv said" is an actor,
//! "in Kyiv" a place: a city after such a word counts little for whom an article is about and
//! fully for where it happens, which is weighed apart (`place_weight`).
//!
//! A story's weight of a country is the mean over publishers' countries of the mean over their
//! articles, so that five papers of one country do not make their own an actor. A paper's own
//! country counts half in it, because papers look for what an event means at home; whole when the
//! papers of half the other countries put it into headline or lead too.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::countries::{Body, Via, mentions};
use super::dateline::dateline;
use super::ignored::{Ignored, without};
use super::leaders::{self, fold};
use super::people::{Role, last_word, people};
use super::policies::policies;
use super::text;
use crate::model::CountryCode;
use crate::story::article::beginning;

/// Characters of a body that are read.
const BODY: usize = 6_000;
/// Characters of its first paragraph that are lead.
const LEAD: usize = 500;
/// A country with less of a story than this is no actor in it.
const ACTOR: f32 = 0.12;
/// In so large a share of its articles an actor is named in headline or lead.
const PRESENT: f32 = 0.3;

/// Somebody an article is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The full name.
    pub name: String,
    /// What the person is called for short: mostly the family name.
    pub called: String,
    /// The country whose head of state or of government it is, as far as the table knows.
    pub country: Option<CountryCode>,
    /// What a title before the name says.
    pub role: Option<Role>,
}

/// Whom an article or a story is about, the strongest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Actors {
    /// Countries and their share of what is said of countries; of an article, they sum up to one.
    pub countries: Vec<(CountryCode, f32)>,
    /// Persons, likewise.
    pub people: Vec<(Person, f32)>,
    /// Laws, treaties and programmes that have a name: of an article, those that it names twice; of
    /// a story, all of them, those that most articles name first. Only of English texts.
    pub policies: Vec<String>,
    /// The European Union, NATO, the United Nations, by how often they are named. No countries.
    pub bodies: Vec<(Body, f32)>,
    /// Where it happens: of an article, its dateline; of a story, what most datelines say, else the
    /// country named most as a place, else, where no country is named, that of the only publishers.
    pub place: Option<CountryCode>,
    /// Countries by how much is said to happen there.
    places: Vec<(CountryCode, f32)>,
    /// Countries named in the headline or the lead.
    prominent: BTreeSet<CountryCode>,
    /// The publisher's own country.
    home: Option<CountryCode>,
    /// Of a story: the share of articles that name a country in headline or lead.
    presence: BTreeMap<CountryCode, f32>,
}

impl Actors {
    /// Of one article in a language (BCP 47). `home` is the country of its publisher, `ignored` the
    /// names of publishers, which name no actors.
    pub fn of_article(
        title: &str,
        summary: &str,
        body: &str,
        language: &str,
        home: Option<CountryCode>,
        ignored: &Ignored,
    ) -> Self {
        let body = beginning(body, BODY);
        // One text, so that what tells Georgia from Georgia is found wherever it stands.
        let text = format!("{title}\n{summary}\n{body}");
        let body_start = title.len() + summary.len() + 2;
        let first = body.lines().find(|line| !line.trim().is_empty());
        let lead_end = first.map_or(body_start, |line| {
            let offset = line.as_ptr() as usize - body.as_ptr() as usize;
            body_start + offset + beginning(line, LEAD).len()
        });
        let zone = |start: usize| {
            if start < title.len() {
                Zone::Headline
            } else if start < lead_end {
                Zone::Lead
            } else {
                Zone::Rest
            }
        };

        let mut countries: BTreeMap<CountryCode, Tally> = BTreeMap::new();
        let mut places: BTreeMap<CountryCode, Tally> = BTreeMap::new();
        let mut bodies: BTreeMap<Body, f32> = BTreeMap::new();
        let named = mentions(&text, language, ignored);
        for mention in &named.countries {
            let zone = zone(mention.range.start);
            let within = is_within(&text, mention.range.start);
            countries
                .entry(mention.country)
                .or_default()
                .add(zone, weight(mention.via, within));
            places
                .entry(mention.country)
                .or_default()
                .add(zone, place_weight(mention.via, within));
        }
        for mention in &named.bodies {
            *bodies.entry(mention.body).or_default() += 1.0;
        }
        let prominent = countries
            .iter()
            .filter(|(_, tally)| tally.headline + tally.lead > 0.0)
            .map(|(country, _)| *country)
            .collect();
        Self {
            countries: shares(countries),
            people: persons(&text, language, ignored, zone),
            policies: if language.split('-').next() == Some("en") {
                policies(&text)
            } else {
                Vec::new()
            },
            bodies: ranked(bodies.into_iter().collect()),
            place: dateline(body, language).or_else(|| dateline(summary, language)),
            places: shares(places),
            prominent,
            home,
            presence: BTreeMap::new(),
        }
    }

    /// Of a story, from those of its articles.
    pub fn of_story<'a>(articles: impl IntoIterator<Item = &'a Self>) -> Self {
        let articles: Vec<&Self> = articles.into_iter().collect();
        let mut groups: Groups<'_> = BTreeMap::new();
        for (at, article) in articles.iter().enumerate() {
            // Of unknown country: each for itself.
            let alone = if article.home.is_some() { 0 } else { at };
            groups
                .entry((article.home, alone))
                .or_default()
                .push(article);
        }
        let mut countries: BTreeMap<CountryCode, f32> = BTreeMap::new();
        let mut places: BTreeMap<CountryCode, f32> = BTreeMap::new();
        let mut bodies: BTreeMap<Body, f32> = BTreeMap::new();
        let mut persons: HashMap<String, (Person, f32)> = HashMap::new();
        for ((home, _), members) in &groups {
            let part = 1.0 / (groups.len() * members.len()) as f32;
            for member in members {
                for (country, share) in &member.countries {
                    let own = *home == Some(*country) && groups.len() > 1;
                    let counted = if own && !named_abroad(*country, &groups) {
                        0.5
                    } else {
                        1.0
                    };
                    *countries.entry(*country).or_default() += share * part * counted;
                }
                for (country, share) in &member.places {
                    *places.entry(*country).or_default() += share * part;
                }
                for (body, count) in &member.bodies {
                    *bodies.entry(*body).or_default() += count * part;
                }
                for (person, share) in &member.people {
                    let known = persons
                        .entry(key(&person.name))
                        .or_insert_with(|| (person.clone(), 0.0));
                    known.0.country = known.0.country.or(person.country);
                    known.0.role = known.0.role.or(person.role);
                    known.1 += share * part;
                }
            }
        }
        let mut presence: BTreeMap<CountryCode, f32> = BTreeMap::new();
        for article in &articles {
            for country in &article.prominent {
                *presence.entry(*country).or_default() += 1.0 / articles.len() as f32;
            }
        }
        let countries = ranked(countries.into_iter().collect());
        let mut people: Vec<(Person, f32)> = persons.into_values().collect();
        people.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.name.cmp(&b.0.name)));
        let mut actors = Self {
            countries,
            people,
            policies: named_most(&articles),
            bodies: ranked(bodies.into_iter().collect()),
            place: None,
            places: ranked(places.into_iter().collect()),
            prominent: presence.keys().copied().collect(),
            home: None,
            presence,
        };
        actors.place = told_place(&articles)
            .or_else(|| actors.present(&actors.places).next())
            .or_else(|| {
                let homes: BTreeSet<_> = articles.iter().map(|article| article.home).collect();
                let only = homes.first().copied().flatten()?;
                (homes.len() == 1 && actors.prominent.is_empty()).then_some(only)
            });
        actors
    }

    /// The at most two countries that a story is about: the strongest that hold a share of it worth
    /// speaking of and stand in the headline or lead of enough of its articles.
    pub fn parties(&self) -> Vec<CountryCode> {
        self.present(&self.countries).take(2).collect()
    }

    fn present(&self, ranked: &[(CountryCode, f32)]) -> impl Iterator<Item = CountryCode> {
        ranked
            .iter()
            .filter(|(country, share)| {
                *share >= ACTOR
                    && self.presence.get(country).copied().unwrap_or_default() >= PRESENT
            })
            .map(|(country, _)| *country)
    }
}

/// The policies of all articles, those that most of them name first, then by name.
fn named_most(articles: &[&Actors]) -> Vec<String> {
    let mut named: BTreeMap<String, (&str, usize)> = BTreeMap::new();
    for policy in articles.iter().flat_map(|article| &article.policies) {
        named.entry(fold(policy)).or_insert((policy, 0)).1 += 1;
    }
    let mut policies: Vec<(&str, usize)> = named.into_values().collect();
    policies.sort_by_key(|(_, times)| Reverse(*times));
    policies
        .into_iter()
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// What most datelines say: more than any other, and in a story of several articles more than one.
fn told_place(articles: &[&Actors]) -> Option<CountryCode> {
    let mut told: BTreeMap<CountryCode, usize> = BTreeMap::new();
    for place in articles.iter().filter_map(|article| article.place) {
        *told.entry(place).or_default() += 1;
    }
    let (place, count) = told.iter().max_by_key(|(_, count)| **count)?;
    let tied = told.values().filter(|other| *other == count).count() > 1;
    (!tied && (*count > 1 || articles.len() == 1)).then_some(*place)
}

type Groups<'a> = BTreeMap<(Option<CountryCode>, usize), Vec<&'a Actors>>;

/// Whether the papers of half the other countries put a country into headline or lead.
fn named_abroad(country: CountryCode, groups: &Groups<'_>) -> bool {
    let abroad = groups
        .iter()
        .filter(|((home, _), _)| *home != Some(country));
    let (mut all, mut naming) = (0, 0);
    for (_, members) in abroad {
        all += 1;
        naming += usize::from(members.iter().any(|one| one.prominent.contains(&country)));
    }
    naming > 0 && naming * 2 >= all
}

/// How much a mention says that a country acts.
fn weight(via: Via, within: bool) -> f32 {
    match via {
        Via::Name => 1.0,
        Via::Demonym | Via::Metonym | Via::Person => 0.9,
        Via::Capital | Via::City if within => 0.2,
        Via::Capital => 0.8,
        Via::City => 0.5,
    }
}

/// How much a mention says that something happens in a country.
fn place_weight(via: Via, within: bool) -> f32 {
    match via {
        Via::Capital | Via::City => 1.0,
        Via::Name if within => 1.0,
        Via::Name => 0.6,
        Via::Demonym => 0.3,
        Via::Metonym | Via::Person => 0.1,
    }
}

/// Whether a word before a name says that something is there.
fn is_within(text: &str, start: usize) -> bool {
    text::previous_word(text, start).is_some_and(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "in" | "at"
                | "near"
                | "outside"
                | "around"
                | "off"
                | "across"
                | "en"
                | "em"
                | "à"
                | "au"
                | "aux"
                | "a"
                | "w"
                | "we"
                | "v"
                | "ve"
                | "u"
                | "у"
                | "в"
                | "во"
                | "i"
                | "på"
                | "di"
                | "στη"
                | "στην"
                | "στο"
                | "في"
        )
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zone {
    Headline,
    Lead,
    Rest,
}

#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    headline: f32,
    lead: f32,
    rest: f32,
}

impl Tally {
    fn add(&mut self, zone: Zone, weight: f32) {
        match zone {
            Zone::Headline => self.headline = self.headline.max(weight),
            Zone::Lead => self.lead = self.lead.max(weight),
            Zone::Rest => self.rest += weight,
        }
    }

    fn weight(self) -> f32 {
        4.0 * self.headline + 2.0 * self.lead + self.rest.ln_1p()
    }
}

/// Weights divided by their sum, the greatest first.
fn shares<T: Ord>(tallies: BTreeMap<T, Tally>) -> Vec<(T, f32)> {
    let weights: Vec<(T, f32)> = tallies
        .into_iter()
        .map(|(of, tally)| (of, tally.weight()))
        .collect();
    let sum: f32 = weights.iter().map(|(_, weight)| weight).sum();
    ranked(
        weights
            .into_iter()
            .map(|(of, weight)| (of, weight / sum))
            .collect(),
    )
}

fn ranked<T: Ord>(mut weights: Vec<(T, f32)>) -> Vec<(T, f32)> {
    weights.sort_by(|a, b| match b.1.total_cmp(&a.1) {
        Ordering::Equal => a.0.cmp(&b.0),
        other => other,
    });
    weights
}

/// First and last word of a name, folded: articles leave out middle names.
fn key(name: &str) -> String {
    let name = fold(name);
    let mut words = name.split([' ', '\u{a0}']);
    let first = words.next().unwrap_or_default();
    format!("{first} {}", words.next_back().unwrap_or_default())
}

/// Whether two full names may be one person's: the same first and last word, or the same family
/// name where one of them is no more than that.
pub fn is_same_person(one: &str, other: &str) -> bool {
    if key(one) == key(other) {
        return true;
    }
    let is_short = |name: &str| !name.trim().contains([' ', '\u{a0}']);
    (is_short(one) || is_short(other)) && fold(last_word(one)) == fold(last_word(other))
}

fn persons(
    text: &str,
    language: &str,
    ignored: &Ignored,
    zone: impl Fn(usize) -> Zone,
) -> Vec<(Person, f32)> {
    let passed = ignored.ranges(text);
    let mut tallies: BTreeMap<String, (Person, Tally)> = BTreeMap::new();
    for (leader, range) in without(leaders::find(text), &passed, |(_, range)| range.clone()) {
        let (_, tally) = tallies.entry(key(leader.name)).or_insert_with(|| {
            let person = Person {
                name: leader.name.to_owned(),
                called: leader.called.to_owned(),
                country: Some(leader.country),
                role: office(leader.office),
            };
            (person, Tally::default())
        });
        tally.add(zone(range.start), 1.0);
    }
    if language.split('-').next() == Some("en") {
        for found in people(text) {
            let known = key(&found.name);
            if tallies.contains_key(&known) {
                continue;
            }
            let ranges = without(found.ranges, &passed, Clone::clone);
            let mut tally = Tally::default();
            for range in &ranges {
                tally.add(zone(range.start), 1.0);
            }
            if !ranges.is_empty() {
                let person = Person {
                    called: last_word(&found.name).to_owned(),
                    name: found.name,
                    country: None,
                    role: found.role,
                };
                tallies.insert(known, (person, tally));
            }
        }
    }
    let sum: f32 = tallies.values().map(|(_, tally)| tally.weight()).sum();
    let mut people: Vec<(Person, f32)> = tallies
        .into_values()
        .map(|(person, tally)| (person, tally.weight() / sum))
        .collect();
    people.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.name.cmp(&b.0.name)));
    people
}

fn office(office: &str) -> Option<Role> {
    match office {
        "President" => Some(Role::President),
        "Prime Minister" | "Premier" | "Taoiseach" => Some(Role::PrimeMinister),
        "Chancellor" => Some(Role::Chancellor),
        _ => None,
    }
}
