//! Who ran a story, out of those who could have.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::tell::{Context, Member};
use crate::model::{
    CountryCode, CountryCoverage, Coverage, FirstReport, PanelCoverage, Publisher, Region,
    RegionCoverage,
};

/// Hours of the spread: as far as a story reaches.
const HOURS: usize = 72;

/// A publisher that ran the story: of a family, the first that did, an American one before others.
#[derive(Clone, Copy)]
pub(super) struct Ran<'a> {
    family: &'a str,
    pub(super) publisher: &'a Publisher,
    pub(super) region: Region,
}

/// The publishers that ran it, those of one family once, by when they did.
pub(super) fn ran<'a>(members: &[Member<'a>]) -> Vec<Ran<'a>> {
    let mut families: Vec<Ran<'a>> = Vec::new();
    for member in members {
        let one = Ran {
            family: &member.vector.family,
            publisher: member.publisher,
            region: member.region,
        };
        match families.iter_mut().find(|known| known.family == one.family) {
            None => families.push(one),
            // What an American sister printed must not be missed when it is asked what American
            // media did.
            Some(known) => {
                if american_rank(one.publisher) > american_rank(known.publisher) {
                    *known = one;
                }
            }
        }
    }
    families
}

/// 2 for the American panel, 1 for another American publisher, 0 for the rest.
fn american_rank(publisher: &Publisher) -> u8 {
    match (is_american(publisher), publisher.panel) {
        (true, true) => 2,
        (true, false) => 1,
        (false, _) => 0,
    }
}

pub(super) fn is_american(publisher: &Publisher) -> bool {
    publisher.country.as_str() == "US"
}

pub(super) fn is_panel(publisher: &Publisher) -> bool {
    publisher.panel && is_american(publisher)
}

/// Those who could have run it, by family: their feeds answered, or they did run it.
pub(super) fn population<'a>(ran: &[Ran<'a>], context: &Context<'a>) -> BTreeMap<&'a str, Ran<'a>> {
    let mut all: BTreeMap<&str, Ran<'_>> = BTreeMap::new();
    for watched in context.watched.iter().filter(|watched| watched.is_healthy) {
        let one = Ran {
            family: watched.publisher.family(),
            publisher: watched.publisher,
            region: watched.region,
        };
        let known = all.entry(one.family).or_insert(one);
        if american_rank(one.publisher) > american_rank(known.publisher) {
            *known = one;
        }
    }
    // Who ran it stands for its family, so that no country has more who did than who could.
    all.extend(ran.iter().map(|one| (one.family, *one)));
    all
}

/// The coverage of a story; `members` by time, at least one.
pub(super) fn coverage(
    members: &[Member<'_>],
    ran: &[Ran<'_>],
    population: &BTreeMap<&str, Ran<'_>>,
    context: &Context<'_>,
) -> Coverage {
    let mut countries: BTreeMap<CountryCode, (u32, u32)> = BTreeMap::new();
    let mut regions: BTreeMap<Region, (u32, u32)> = BTreeMap::new();
    for one in population.values() {
        countries.entry(one.publisher.country).or_default().1 += 1;
        regions.entry(one.region).or_default().1 += 1;
    }
    for one in ran {
        countries.entry(one.publisher.country).or_default().0 += 1;
        regions.entry(one.region).or_default().0 += 1;
    }
    let mut countries: Vec<CountryCoverage> = countries
        .into_iter()
        .filter(|(_, (ran, _))| *ran > 0)
        .map(|(country, (ran, of))| CountryCoverage { country, ran, of })
        .collect();
    countries.sort_by(|a, b| b.ran.cmp(&a.ran).then(a.country.cmp(&b.country)));
    let regions = Region::ALL
        .into_iter()
        .filter_map(|region| regions.get(&region).map(|(ran, of)| (region, *ran, *of)))
        .map(|(region, ran, of)| RegionCoverage { region, ran, of })
        .collect();
    let first = members.first().map(|member| FirstReport {
        publisher: member.publisher.id.clone(),
        at: member.published,
    });
    Coverage {
        publishers: count(ran.len()),
        of: count(population.len()),
        countries,
        regions,
        hours: first
            .as_ref()
            .map_or_else(Vec::new, |first| hours(members, first.at)),
        first,
        american: panel(ran, population, context),
    }
}

/// Articles by the hour since the first, as far as there are any.
fn hours(members: &[Member<'_>], first: DateTime<Utc>) -> Vec<u32> {
    let mut hours: Vec<u32> = Vec::new();
    for member in members {
        let hour = (member.published - first)
            .max(TimeDelta::zero())
            .num_hours();
        let Some(hour) = usize::try_from(hour).ok().filter(|hour| *hour < HOURS) else {
            continue;
        };
        if hours.len() <= hour {
            hours.resize(hour + 1, 0);
        }
        hours[hour] += 1;
    }
    hours
}

fn panel(
    ran: &[Ran<'_>],
    population: &BTreeMap<&str, Ran<'_>>,
    context: &Context<'_>,
) -> PanelCoverage {
    let in_panel = |ran: &&Ran<'_>| is_panel(ran.publisher);
    let answered = population.values().filter(in_panel);
    let all: BTreeSet<&str> = context
        .watched
        .iter()
        .map(|watched| watched.publisher)
        .filter(|publisher| is_panel(publisher))
        .map(Publisher::family)
        .chain(answered.clone().map(|ran| ran.family))
        .collect();
    PanelCoverage {
        ran: count(ran.iter().filter(in_panel).count()),
        of: count(answered.count()),
        all: count(all.len()),
    }
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
