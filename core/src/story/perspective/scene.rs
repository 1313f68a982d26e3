//! A story as the rules see it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::model::{CountryCode, Region};
use crate::story::country;
use crate::story::gazetteer::{Actors, is_same_person, is_same_policy};
use crate::story::tell::Member;

/// Persons, and policies, that count as the story's own.
const TARGETS: usize = 3;

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
    pub(super) people: Vec<Target>,
    /// Which named laws, treaties and programmes it is about.
    pub(super) policies: Vec<Target>,
}

/// A person or a policy of a story.
pub(super) struct Target {
    pub(super) kind: TargetKind,
    pub(super) name: String,
    /// What a person is called for short; a policy's name with its article.
    pub(super) called: String,
    /// Texts that name it.
    pub(super) named_in: usize,
}

/// What a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TargetKind {
    Person,
    Policy,
}

impl Target {
    /// Whether a name means this one.
    pub(super) fn is(&self, name: &str) -> bool {
        match self.kind {
            TargetKind::Person => is_same_person(name, &self.name),
            TargetKind::Policy => is_same_policy(name, &self.name),
        }
    }

    /// Its name as a sentence gives it in full.
    pub(super) fn whole(&self) -> &str {
        match self.kind {
            TargetKind::Person => &self.name,
            TargetKind::Policy => &self.called,
        }
    }

    /// Its name as an id gives it.
    pub(super) fn short(&self) -> &str {
        match self.kind {
            TargetKind::Person => &self.called,
            TargetKind::Policy => &self.name,
        }
    }
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
            policies: policies(texts, actors),
            parties,
        }
    }
}

/// The persons of a story whom at least half of its texts name, at most three, those whom the most
/// name first.
fn people(texts: &[Member<'_>], actors: &Actors) -> Vec<Target> {
    let mut all: Vec<Target> = actors
        .people
        .iter()
        .map(|(person, _)| {
            let names = |text: &&Member<'_>| {
                let people = &text.reading.actors.people;
                people
                    .iter()
                    .any(|(other, _)| is_same_person(&other.name, &person.name))
            };
            Target {
                kind: TargetKind::Person,
                name: person.name.clone(),
                called: person.called.clone(),
                named_in: texts.iter().filter(names).count(),
            }
        })
        .collect();
    // `actors.people` are by weight, and the sort is stable.
    all.sort_by_key(|person| Reverse(person.named_in));
    // Who is called "Whitcombe" in one text and "Dana Whitcombe" in another is one person, under
    // the full name.
    let full: Vec<String> = all
        .iter()
        .map(|person| person.name.clone())
        .filter(|name| name.contains(' '))
        .collect();
    all.retain(|person| {
        let is_short = !person.name.contains(' ');
        !(is_short && full.iter().any(|name| is_same_person(name, &person.name)))
    });
    all.truncate(TARGETS);
    all.retain(|person| person.named_in * 2 >= texts.len());
    all
}

/// The policies of a story that at least half of its texts name, at most three.
fn policies(texts: &[Member<'_>], actors: &Actors) -> Vec<Target> {
    let named_in = |policy: &str| {
        let names = |text: &&Member<'_>| {
            let policies = &text.reading.actors.policies;
            policies.iter().any(|other| is_same_policy(other, policy))
        };
        texts.iter().filter(names).count()
    };
    // `actors.policies` are by how many name them.
    let all = actors.policies.iter().take(TARGETS).map(|policy| Target {
        kind: TargetKind::Policy,
        name: policy.clone(),
        called: format!("the {policy}"),
        named_in: named_in(policy),
    });
    all.filter(|policy| policy.named_in * 2 >= texts.len())
        .collect()
}
