//! What is said of American media about a story: `docs/stories.md` has the formula. A claim is made
//! only of the panel we follow, with its numbers, and only when every condition holds; what was
//! claimed and no longer holds is withdrawn where everybody can see it.

use std::collections::{BTreeMap, BTreeSet};

use super::country;
use super::coverage::{Ran, count, is_american, is_panel};
use super::hypergeometric;
use super::tell::{Context, Elsewhere, Member, Watched};
use crate::model::{
    ArticleId, Assessment, Condition, CountryCode, Coverage, OverlookedClaim, OverlookedVerdict,
};

/// Of five panel members, so many must answer.
const HEALTHY_OF_FIVE: u32 = 4;
/// Age in hours before anything is claimed: the American day has passed once.
const HOURS: i64 = 24;
/// Countries other than the United States that must have it before "overlooked".
const COUNTRIES: u32 = 3;
/// The most that chance may explain.
const OVERLOOKED_CHANCE: f64 = 0.20;
const UNDER_COVERED_CHANCE: f64 = 0.05;
/// In hundredths: the most American outlets, and the fewest others, for "under-covered".
const UNDER_COVERED_AMERICAN: u32 = 5;
const UNDER_COVERED_ELSEWHERE: u32 = 15;

/// The numbers a claim rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Numbers {
    /// Outlets that could have run it: N.
    all: u32,
    /// American ones of them: U.
    american: u32,
    /// Outlets that ran it: k.
    ran: u32,
    /// American ones of them: u.
    american_ran: u32,
    /// Distinct countries of the others: C.
    countries: u32,
    /// American outlets that ran it and are not in the panel. They are in no number above.
    beside_panel: u32,
    /// Since the first report.
    hours: i64,
}

impl Numbers {
    fn of(
        ran: &[Ran<'_>],
        population: &BTreeMap<&str, Ran<'_>>,
        coverage: &Coverage,
        context: &Context<'_>,
    ) -> Self {
        let beside = |one: &&Ran<'_>| is_american(one.publisher) && !is_panel(one.publisher);
        let beside_panel = count(ran.iter().filter(beside).count());
        let listed_beside = count(population.values().filter(beside).count());
        let countries: BTreeSet<CountryCode> = ran
            .iter()
            .filter(|one| !is_american(one.publisher))
            .map(|one| one.publisher.country)
            .collect();
        let first = coverage.first.as_ref().map(|first| first.at);
        Self {
            all: coverage.of.saturating_sub(listed_beside),
            american: coverage.american.of,
            ran: coverage.publishers.saturating_sub(beside_panel),
            american_ran: coverage.american.ran,
            countries: count(countries.len()),
            beside_panel,
            hours: first.map_or(0, |first| (context.now - first).num_hours().max(0)),
        }
    }

    /// Outlets elsewhere that ran it.
    fn elsewhere(&self) -> u32 {
        self.ran.saturating_sub(self.american_ran)
    }

    /// Outlets elsewhere that could have.
    fn all_elsewhere(&self) -> u32 {
        self.all.saturating_sub(self.american)
    }

    /// p: how likely so few American outlets are among as many taken at random.
    fn chance(&self) -> f64 {
        hypergeometric::at_most(self.american_ran, self.all, self.american, self.ran)
    }

    /// How much more of the press elsewhere has it than of the American panel, in powers of two,
    /// smoothed by one outlet on each side; times log(1 + C).
    fn strength(&self) -> f32 {
        let share = |ran: u32, of: u32| (f64::from(ran + 1) / f64::from(of + 2)).log2();
        let score =
            share(self.elsewhere(), self.all_elsewhere()) - share(self.american_ran, self.american);
        #[allow(clippy::cast_possible_truncation)] // a number of a few digits
        let strength = (score * f64::from(1 + self.countries).ln()) as f32;
        strength.max(0.0)
    }

    fn has_american(&self) -> bool {
        self.american_ran + self.beside_panel > 0
    }
}

/// What is said of American media about the story of `members`.
pub(super) fn assess(
    members: &[Member<'_>],
    ran: &[Ran<'_>],
    population: &BTreeMap<&str, Ran<'_>>,
    coverage: &Coverage,
    place: Option<CountryCode>,
    context: &Context<'_>,
) -> Assessment {
    let numbers = Numbers::of(ran, population, coverage, context);
    let panel = panel_condition(context);
    let mut found = if panel.holds {
        judged(&numbers, panel, local(ran, place), context)
    } else {
        Found::nothing(OverlookedVerdict::PanelUnhealthy, vec![panel])
    };
    withdraw(&mut found, members, &numbers, context);
    let strength = match claim_of(&found.verdict) {
        Some(_) => numbers.strength(),
        None => 0.0,
    };
    let text = text(&found.verdict, &numbers, context);
    let since = context
        .earlier
        .filter(|earlier| is_same(&earlier.verdict, &found.verdict))
        .map_or(context.now, |earlier| earlier.since);
    Assessment {
        verdict: found.verdict,
        text,
        conditions: found.conditions,
        strength,
        since,
    }
}

/// A verdict before the past is looked at.
struct Found {
    verdict: OverlookedVerdict,
    conditions: Vec<Condition>,
    /// What the second search gave.
    elsewhere: Option<Elsewhere>,
}

impl Found {
    fn nothing(verdict: OverlookedVerdict, conditions: Vec<Condition>) -> Self {
        Self {
            verdict,
            conditions,
            elsewhere: None,
        }
    }
}

/// The country whose press alone ran it, when it happens there.
fn local(ran: &[Ran<'_>], place: Option<CountryCode>) -> Option<CountryCode> {
    let place = place.filter(|place| place.as_str() != "US")?;
    ran.iter()
        .all(|one| one.publisher.country == place)
        .then_some(place)
}

fn judged(
    numbers: &Numbers,
    panel: Condition,
    local: Option<CountryCode>,
    context: &Context<'_>,
) -> Found {
    let with = |conditions: Vec<Condition>| {
        let mut all = vec![panel.clone()];
        all.extend(conditions);
        all
    };
    let overlooked = with(overlooked_conditions(numbers));
    let under_covered = with(under_covered_conditions(numbers));
    let holds = |conditions: &[Condition]| conditions.iter().all(|condition| condition.holds);
    if let Some(country) = local {
        return Found::nothing(OverlookedVerdict::LocalStory { country }, overlooked);
    }
    let (verdict, mut conditions) = if holds(&overlooked) {
        (OverlookedVerdict::Overlooked, overlooked)
    } else if holds(&under_covered) {
        (OverlookedVerdict::UnderCovered, under_covered)
    } else if numbers.has_american() {
        return Found::nothing(OverlookedVerdict::NoClaim, under_covered);
    } else {
        return Found::nothing(OverlookedVerdict::NoClaim, overlooked);
    };
    // A link that was missed would make a false claim, so it is looked for once more, wider.
    let elsewhere = (context.american_elsewhere)();
    conditions.push(Condition {
        name: "American articles that a second, wider search found".to_owned(),
        value: if elsewhere.is_some() { "1" } else { "none" }.to_owned(),
        bar: "none".to_owned(),
        holds: elsewhere.is_none(),
    });
    Found {
        verdict: match elsewhere {
            None => verdict,
            Some(_) => OverlookedVerdict::NoClaim,
        },
        conditions,
        elsewhere,
    }
}

/// Members of the panel whose feeds answered, and all; those of one family once.
fn health(context: &Context<'_>) -> (u32, u32) {
    let panel = || context.watched.iter().filter(|one| is_panel(one.publisher));
    let families = |all: &mut dyn Iterator<Item = &Watched<'_>>| {
        let families: BTreeSet<&str> = all.map(|one| one.publisher.family()).collect();
        count(families.len())
    };
    let healthy = families(&mut panel().filter(|one| one.is_healthy));
    (healthy, families(&mut panel()))
}

fn panel_condition(context: &Context<'_>) -> Condition {
    let (healthy, all) = health(context);
    Condition {
        name: "American outlets that answered".to_owned(),
        value: format!("{healthy} of {all}"),
        bar: format!("at least {}, four of five", needed(all)),
        holds: all > 0 && healthy >= needed(all),
    }
}

/// Four fifths, rounded up, and not none.
fn needed(all: u32) -> u32 {
    (u64::from(all) * u64::from(HEALTHY_OF_FIVE))
        .div_ceil(5)
        .max(1)
        .try_into()
        .unwrap_or(u32::MAX)
}

fn age_condition(numbers: &Numbers) -> Condition {
    Condition {
        name: "hours since the first report".to_owned(),
        value: numbers.hours.to_string(),
        bar: format!("at least {HOURS}"),
        holds: numbers.hours >= HOURS,
    }
}

fn chance_condition(numbers: &Numbers, most: f64) -> Condition {
    let chance = numbers.chance();
    Condition {
        name: format!(
            "chance that so few of {} taken at random are American",
            outlets(numbers.ran)
        ),
        value: percent(chance),
        bar: format!("at most {} %", most * 100.0),
        holds: chance <= most,
    }
}

fn ran_condition(numbers: &Numbers, bar: String, holds: bool) -> Condition {
    let mut value = format!("{} of {}", numbers.american_ran, numbers.american);
    if numbers.beside_panel > 0 {
        value += &format!(", and {} outside the panel", numbers.beside_panel);
    }
    Condition {
        name: "American outlets that ran it".to_owned(),
        value,
        bar,
        holds,
    }
}

fn overlooked_conditions(numbers: &Numbers) -> Vec<Condition> {
    vec![
        ran_condition(
            numbers,
            "none".to_owned(),
            numbers.american > 0 && !numbers.has_american(),
        ),
        Condition {
            name: "countries outside the United States".to_owned(),
            value: numbers.countries.to_string(),
            bar: format!("at least {COUNTRIES}"),
            holds: numbers.countries >= COUNTRIES,
        },
        age_condition(numbers),
        chance_condition(numbers, OVERLOOKED_CHANCE),
    ]
}

fn under_covered_conditions(numbers: &Numbers) -> Vec<Condition> {
    let few = u64::from(numbers.american_ran + numbers.beside_panel) * 100
        <= u64::from(numbers.american) * u64::from(UNDER_COVERED_AMERICAN);
    let many = u64::from(numbers.elsewhere()) * 100
        >= u64::from(numbers.all_elsewhere()) * u64::from(UNDER_COVERED_ELSEWHERE);
    vec![
        ran_condition(
            numbers,
            format!("at most {UNDER_COVERED_AMERICAN} %"),
            numbers.american > 0 && few,
        ),
        Condition {
            name: "outlets elsewhere that ran it".to_owned(),
            value: format!("{} of {}", numbers.elsewhere(), numbers.all_elsewhere()),
            bar: format!("at least {UNDER_COVERED_ELSEWHERE} %"),
            holds: numbers.elsewhere() > 0 && many,
        },
        age_condition(numbers),
        chance_condition(numbers, UNDER_COVERED_CHANCE),
    ]
}

fn claim_of(verdict: &OverlookedVerdict) -> Option<OverlookedClaim> {
    match verdict {
        OverlookedVerdict::Overlooked => Some(OverlookedClaim::Overlooked),
        OverlookedVerdict::UnderCovered => Some(OverlookedClaim::UnderCovered),
        _ => None,
    }
}

/// What was claimed and is not any more stays on record. Where an American article was the reason,
/// it stays for good: that article does not become untrue when it is deleted.
fn withdraw(found: &mut Found, members: &[Member<'_>], numbers: &Numbers, context: &Context<'_>) {
    let Some(earlier) = context.earlier.map(|earlier| &earlier.verdict) else {
        return;
    };
    if let OverlookedVerdict::Withdrawn { article, .. } = earlier {
        if article.is_some() || claim_of(&found.verdict).is_none() {
            found.verdict = earlier.clone();
        }
        return;
    }
    let (Some(claim), None) = (claim_of(earlier), claim_of(&found.verdict)) else {
        return;
    };
    let (article, why) = reason(found, members, numbers, context);
    found.verdict = OverlookedVerdict::Withdrawn {
        claim,
        article,
        why,
    };
}

/// Why a claim is withdrawn, in a sentence.
fn reason(
    found: &Found,
    members: &[Member<'_>],
    numbers: &Numbers,
    context: &Context<'_>,
) -> (Option<ArticleId>, String) {
    if let Some(elsewhere) = &found.elsewhere {
        let name = context
            .watched
            .iter()
            .find(|one| one.publisher.id == elsewhere.publisher)
            .map_or(elsewhere.publisher.as_str(), |one| &one.publisher.name);
        let why = format!("An article of {name} may tell it: a second, wider search found it.");
        return (Some(elsewhere.article), why);
    }
    if found.verdict == OverlookedVerdict::PanelUnhealthy {
        return (None, unhealthy(context));
    }
    let american = members.iter().find(|one| is_american(one.publisher));
    match american {
        Some(member) if numbers.has_american() => {
            let name = &member.publisher.name;
            (Some(member.id), format!("{name} has the story."))
        }
        _ => (None, "The numbers do not bear it any more.".to_owned()),
    }
}

/// The same claim, or for the same reason none.
fn is_same(earlier: &OverlookedVerdict, now: &OverlookedVerdict) -> bool {
    std::mem::discriminant(earlier) == std::mem::discriminant(now)
}

fn text(verdict: &OverlookedVerdict, numbers: &Numbers, context: &Context<'_>) -> String {
    match verdict {
        OverlookedVerdict::Overlooked
        | OverlookedVerdict::UnderCovered
        | OverlookedVerdict::NoClaim => sentence(numbers),
        OverlookedVerdict::LocalStory { country } => {
            format!(
                "Only outlets in {} had this story.",
                country::name(*country)
            )
        }
        OverlookedVerdict::PanelUnhealthy => unhealthy(context),
        OverlookedVerdict::Withdrawn { claim, why, .. } => {
            let claimed = match claim {
                OverlookedClaim::Overlooked => "no American outlet we follow had this story",
                OverlookedClaim::UnderCovered => "few American outlets we follow had this story",
            };
            format!("We said that {claimed}, and take it back. {why}")
        }
    }
}

fn unhealthy(context: &Context<'_>) -> String {
    let (healthy, all) = health(context);
    match (healthy, all) {
        (_, 0) => "We follow no American outlet, so nothing is said of American media.".to_owned(),
        (0, 1) => "The one American outlet we follow did not answer, so nothing is said of \
                   American media."
            .to_owned(),
        (0, all) => format!(
            "None of the {all} American outlets we follow answered, so nothing is said of \
             American media."
        ),
        (healthy, all) => format!(
            "Only {healthy} of the {all} American outlets we follow answered, so nothing is said \
             of American media."
        ),
    }
}

/// The numbers as a sentence.
fn sentence(numbers: &Numbers) -> String {
    let hours = match numbers.hours {
        1 => "1 hour".to_owned(),
        hours => format!("{hours} hours"),
    };
    let others = match (numbers.elsewhere(), numbers.countries) {
        (0, _) => "no outlet elsewhere did".to_owned(),
        (ran, 1) => format!("{} in 1 country did", outlets(ran)),
        (ran, countries) => format!("{} in {countries} countries did", outlets(ran)),
    };
    // An American outlet outside the panel is one that we follow, too.
    let (whose, beside) = match numbers.beside_panel {
        0 => ("we follow", String::new()),
        1 => ("of our panel", "; 1 other American outlet did".to_owned()),
        others => (
            "of our panel",
            format!("; {others} other American outlets did"),
        ),
    };
    let panel = match (numbers.american_ran, numbers.american) {
        (_, 0) => return format!("{}.", capitalised(&others)),
        (0, 1) => format!("The one American outlet {whose} did not have"),
        (_, 1) => format!("The one American outlet {whose} had"),
        (0, of) => format!("None of the {of} American outlets {whose} had"),
        (ran, of) => format!("{ran} of the {of} American outlets {whose} had"),
    };
    let american = format!("{panel} this story after {hours}{beside}");
    format!("{american}; {others}.")
}

fn outlets(number: u32) -> String {
    match number {
        1 => "1 outlet".to_owned(),
        number => format!("{number} outlets"),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// One decimal, so that what is just above a bar does not read as on it.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent < 0.1 {
        "under 0.1 %".to_owned()
    } else {
        format!("{percent:.1} %")
    }
}
