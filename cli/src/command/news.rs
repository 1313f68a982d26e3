//! Without a command: what is new, by country.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use overview_core::Overview;
use overview_core::model::{CountrySummary, Scope, StoryQuery, StoryRow, StoryScope};
use overview_core::sync::{SyncEnd, SyncRequest};
use serde::Serialize;

use super::{list, sync};
use crate::failure::{Outcome, Result};
use crate::output::figures::{age, ago, counted};
use crate::output::{Cell, Column, DIM, Layout, STRONG, Table, paint, text};
use crate::reader::{self, Opening};
use crate::sample;
use crate::session::Session;
use crate::telling;

/// How long a first run fetches before it shows what it has.
const FIRST_SYNC: Duration = Duration::from_secs(60);
/// Countries shown to somebody who follows none.
const BUSIEST: usize = 8;
/// Headlines of each country.
const HEADLINES: usize = 3;
/// From this age on, what is here is called old.
const OLD: TimeDelta = TimeDelta::hours(6);

/// A country with its newest unread stories.
#[derive(Debug, Serialize)]
struct Section {
    #[serde(flatten)]
    country: CountrySummary,
    newest: Vec<StoryRow>,
}

pub(super) fn run(session: &mut Session) -> Result<Outcome> {
    let mut overview = session.open()?;
    let mut countries = overview.countries()?;
    let mut outcome = Outcome::Done;
    // A program that asks what is new gets an answer, not a wait.
    if !session.out.is_json() && countries.iter().all(|country| country.articles == 0) {
        if let Some(ended) = first_sync(session, &overview)? {
            outcome = ended;
            if outcome != Outcome::Unreachable {
                return Ok(outcome);
            }
            session.use_sample();
            overview = session.open()?;
        }
        countries = overview.countries()?;
        session.now = Utc::now();
    }
    if session.out.is_for_a_person_at_a_terminal() {
        session.out.flush()?;
        reader::run(Opening {
            overview: Arc::new(overview),
            sample: session.is_sample(),
            colours: session.out.has_colours(),
        })?;
        return Ok(Outcome::Done);
    }
    let follows = countries.iter().any(|country| country.followed);
    let sections = chosen(&countries)
        .into_iter()
        .map(|country| section(&overview, country))
        .collect::<Result<Vec<_>>>()?;
    if session.out.is_json() {
        session.out.value(&sections)?;
        return Ok(Outcome::Done);
    }
    if session.is_sample() {
        session.out.sentence(sample::NOTICE)?;
        session.out.line("")?;
    }
    if sections.is_empty() {
        session.out.line("Nothing unread.")?;
    }
    for section in &sections {
        session.out.line(heading(section, session.now))?;
        let table = headlines(&section.newest, session.out.layout(), session.now);
        session.out.table(table)?;
        session.out.line("")?;
    }
    session.out.line(sum(&countries, session.now))?;
    session.out.note(advice(&countries, follows, session.now))?;
    Ok(outcome)
}

/// Fills an empty store. `Some` when there is nothing to show after it.
fn first_sync(session: &mut Session, overview: &Overview) -> Result<Option<Outcome>> {
    session.out.note(
        "Nothing is stored here yet, so the news is fetched first: up to a minute. \
         Ctrl-C stops and shows what came.",
    )?;
    let request = SyncRequest {
        deadline: Some(FIRST_SYNC),
        // A person waits, also when an earlier first run failed a minute ago.
        forced: true,
        ..SyncRequest::default()
    };
    let report = sync::fetch(session, overview, &request)?;
    if overview
        .countries()?
        .iter()
        .any(|country| country.articles > 0)
    {
        if report.end != SyncEnd::Completed {
            session
                .out
                .note("That is not all of it: `overview sync` fetches the rest.")?;
        }
        return Ok(None);
    }
    // Nobody is asked twice within a minute, however often the program is started.
    let asked_before = report.progress.planned == 0 && report.not_due > 0;
    let outcome = if asked_before {
        Outcome::Unreachable
    } else {
        sync::outcome(&report)
    };
    if !asked_before {
        sync::print(session, &report)?;
    }
    session.out.sentence(match outcome {
        Outcome::Unreachable if asked_before => {
            "Nothing is stored yet, and the publishers were asked a moment ago. \
             `overview publishers --failing` says why they failed; try again in a minute."
        }
        Outcome::Unreachable => {
            "No publisher could be reached, and nothing is stored yet. With a network, \
             `overview` or `overview sync` fetches the news; after that it is here without one. \
             Until then, here is the sample world."
        }
        _ => "Nothing is stored yet. `overview sync` fetches the news.",
    })?;
    Ok(Some(outcome))
}

/// The countries that are followed, or the busiest when none is; only with something unread.
fn chosen(countries: &[CountrySummary]) -> Vec<&CountrySummary> {
    let unread = countries
        .iter()
        .filter(|country| country.unread_stories > 0);
    if countries.iter().any(|country| country.followed) {
        return unread.filter(|country| country.followed).collect();
    }
    let mut busiest: Vec<_> = unread.collect();
    busiest.sort_by_key(|country| std::cmp::Reverse(country.unread_stories));
    busiest.truncate(BUSIEST);
    busiest
}

fn section(overview: &Overview, country: &CountrySummary) -> Result<Section> {
    let query = StoryQuery {
        scope: StoryScope {
            articles: Scope {
                countries: vec![country.country],
                unread: true,
                ..Scope::default()
            },
            ..StoryScope::default()
        },
        limit: HEADLINES,
        ..StoryQuery::default()
    };
    Ok(Section {
        country: country.clone(),
        newest: overview.stories(&query)?.rows,
    })
}

/// `Ukraine  1,204 unread, fetched 5 min ago`
fn heading(section: &Section, now: DateTime<Utc>) -> String {
    let country = &section.country;
    let fetched = country
        .refreshed_at
        .map(|at| format!(", fetched {}", ago(now, at)))
        .unwrap_or_default();
    let unread = counted(country.unread_stories, "unread", "unread");
    format!(
        "{}  {}",
        paint(STRONG, text::line(&country.name)),
        paint(DIM, format!("{} {unread}{fetched}", country.country))
    )
}

fn headlines(rows: &[StoryRow], layout: Layout, now: DateTime<Utc>) -> Table {
    let columns = [
        Column::right(""),
        Column::right(""),
        Column::left("").at_most(20),
        Column::right(""),
        Column::left(""),
    ];
    let mut table = Table::new(layout, &columns).indented(2);
    for row in rows {
        table.row([
            Cell::dim(row.lead.id.to_string()),
            Cell::dim(age(now, row.lead.sort_at)),
            Cell::dim(&row.lead.publisher_name),
            Cell::plain(told(row)),
            list::title(&row.lead),
        ]);
    }
    table
}

/// `3 takes, ◌`: how many other perspectives tell it, and that American media do not.
fn told(row: &StoryRow) -> String {
    let takes = (row.takes > 0).then(|| counted(row.takes, "take", "takes"));
    let claim = row.overlooked.as_ref().map(telling::overlooked);
    let parts: Vec<String> = [takes, claim].into_iter().flatten().collect();
    parts.join(", ")
}

/// `12,345 unread in 90 countries, fetched 5 min ago.`
fn sum(countries: &[CountrySummary], now: DateTime<Utc>) -> String {
    let unread = countries.iter().fold(0_u32, |sum, country| {
        sum.saturating_add(country.unread_stories)
    });
    let with_unread = countries
        .iter()
        .filter(|country| country.unread_stories > 0)
        .count();
    let with_unread = u32::try_from(with_unread).unwrap_or(u32::MAX);
    let fetched = match countries
        .iter()
        .filter_map(|country| country.refreshed_at)
        .max()
    {
        Some(at) => format!(", fetched {}", ago(now, at)),
        None => String::new(),
    };
    let unread = counted(unread, "unread story", "unread stories");
    format!(
        "{unread} in {}{fetched}.",
        counted(with_unread, "country", "countries")
    )
}

/// What to do next.
fn advice(countries: &[CountrySummary], follows: bool, now: DateTime<Utc>) -> String {
    let mut advice = Vec::new();
    let newest = countries
        .iter()
        .filter_map(|country| country.refreshed_at)
        .max();
    if newest.is_none_or(|at| now - at > OLD) {
        advice.push("overview sync               fetch what is new");
    }
    advice.push("overview list --country UA  a country's news, newest first");
    advice.push("overview show ID            read an article");
    advice.push("overview story ID           who else tells it, and how");
    if !follows {
        advice.push("overview follow UA JP       choose your countries; these are the busiest");
    }
    advice.join("\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use overview_core::model::Region;

    use super::*;

    fn country(code: &str, name: &str, unread: u32, followed: bool) -> CountrySummary {
        CountrySummary {
            country: code.parse().unwrap(),
            name: name.to_owned(),
            region: Region::Europe,
            publishers: 3,
            articles: 2_000,
            unread,
            stories: 1_900,
            unread_stories: unread,
            followed,
            refreshed_at: Some("2026-11-23T11:55:00Z".parse().unwrap()),
        }
    }

    fn codes(countries: &[CountrySummary]) -> Vec<&str> {
        chosen(countries)
            .into_iter()
            .map(|country| country.country.as_str())
            .collect()
    }

    #[test]
    fn followed_countries_come_alone_and_the_busiest_otherwise() {
        let mut countries = vec![
            country("FR", "France", 5, false),
            country("JP", "Japan", 0, true),
            country("UA", "Ukraine", 9, true),
        ];
        assert_eq!(codes(&countries), ["UA"]);
        countries
            .iter_mut()
            .for_each(|country| country.followed = false);
        assert_eq!(codes(&countries), ["UA", "FR"]);
        let many: Vec<_> = (0..40).map(|n| country("FR", "France", n, false)).collect();
        assert_eq!(chosen(&many).len(), BUSIEST);
    }

    #[test]
    fn what_is_new_is_a_few_lines_a_country() {
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let countries = [
            country("UA", "Ukraine", 1_204, false),
            country("FR", "France", 1, false),
        ];
        let newest = list::tests::rows()
            .into_iter()
            .take(HEADLINES)
            .map(super::super::stories::tests::of)
            .collect();
        let section = Section {
            country: countries[0].clone(),
            newest,
        };
        let layout = Layout {
            width: Some(80),
            isolate: false,
        };
        let drawn = format!(
            "{}\n{}\n{}\n{}",
            anstream::adapter::strip_str(&heading(&section, now)),
            crate::output::plain(headlines(&section.newest, layout, now)),
            sum(&countries, now),
            advice(&countries, false, now),
        );
        insta::assert_snapshot!(drawn);
    }
}
