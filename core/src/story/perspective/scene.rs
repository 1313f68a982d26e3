//! A story as the rules see it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::model::{CountryCode, Region};
use crate::story::country;
use crate::story::gazetteer::{Actors, is_same_person};
use crate::story::tell::Member;

/// Persons who count as the story's own.
const PEOPLE: usize = 3;

/// What the rules ask of a story beside the article.
pub(in crate::story) struct Scene<'a> {
    pub(super) registry_version: &'a str,
    /// The at most two countries it is about, the first the most, and how many texts name each.
    pub(super) parties: Vec<(CountryCode, usize)>,
    /// Where it happens.
    pub(super) place: Option<CountryCode>,
    /// The region of that place, else of the country it is most about.
    pub(super) region: Option<Region>,
    /// Different texts: copies are counted once.
    pub(super) texts: usize,
    /// Countries and regions of its publishers.
    pub(super) countries: usize,
    pub(super) regions: usize,
    /// Whom it is about.
    pub(super) people: Vec<Somebody>,
}

/// A person of a story.
pub(super) struct Somebody {
    pub(super) name: String,
    /// What the person is called for short.
    pub(super) called: String,
    /// Texts that name the person.
    pub(super) named_in: usize,
}

impl<'a> Scene<'a> {
    /// `texts` are the members without copies, `actors` those of the texts together.
    pub(in crate::story) fn new(
        members: &[Member<'a>],
        texts: &[Member<'a>],
        actors: &Actors,
        registry_version: &'a str,
    ) -> Self {
        let countries: BTreeSet<CountryCode> =
            members.iter().map(|one| one.publisher.country).collect();
        let regions: BTreeSet<Region> = members.iter().map(|one| one.region).collect();
        let naming = |country: CountryCode| {
            let names = |text: &&Member<'_>| {
                let countries = &text.reading.actors.countries;
                countries.iter().any(|(named, _)| *named == country)
            };
            texts.iter().filter(names).count()
        };
        let parties: Vec<(CountryCode, usize)> = actors
            .parties()
            .into_iter()
            .map(|country| (country, naming(country)))
            .collect();
        let place = actors.place;
        let region_of = |country: CountryCode| {
            let of_member = members.iter().find(|one| one.publisher.country == country);
            of_member
                .map(|one| one.region)
                .or_else(|| country::region(country))
        };
        let region = place
            .or_else(|| parties.first().map(|(country, _)| *country))
            .and_then(region_of);
        Self {
            registry_version,
            place,
            region,
            texts: texts.len(),
            countries: countries.len(),
            regions: regions.len(),
            people: people(texts, actors),
            parties,
        }
    }
}

/// The persons of a story whom at least half of its texts name, at most three, those whom the most
/// name first.
fn people(texts: &[Member<'_>], actors: &Actors) -> Vec<Somebody> {
    let mut all: Vec<Somebody> = actors
        .people
        .iter()
        .map(|(person, _)| {
            let names = |text: &&Member<'_>| {
                let people = &text.reading.actors.people;
                people
                    .iter()
                    .any(|(other, _)| is_same_person(&other.name, &person.name))
            };
            Somebody {
                name: person.name.clone(),
                called: person.called.clone(),
                named_in: texts.iter().filter(names).count(),
            }
        })
        .collect();
    // `actors.people` are by weight, and the sort is stable.
    all.sort_by_key(|somebody| Reverse(somebody.named_in));
    // Who is called "Whitcombe" in one text and "Dana Whitcombe" in another is one person, under
    // the full name.
    let full: Vec<String> = all
        .iter()
        .map(|somebody| somebody.name.clone())
        .filter(|name| name.contains(' '))
        .collect();
    all.retain(|somebody| {
        let is_short = !somebody.name.contains(' ');
        !(is_short && full.iter().any(|name| is_same_person(name, &somebody.name)))
    });
    all.truncate(PEOPLE);
    all.retain(|somebody| somebody.named_in * 2 >= texts.len());
    all
}
