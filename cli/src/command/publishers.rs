use chrono::{DateTime, Utc};
use overview_core::model::{FeedHealth, FeedStatus, PublisherSummary};

use super::own;
use crate::args::Publishers;
use crate::failure::{Outcome, Result};
use crate::names::Names;
use crate::output::figures::{age, ago, count};
use crate::output::{Cell, Column, Layout, Table};
use crate::session::Session;

pub(super) fn run(session: &mut Session, args: &Publishers) -> Result<Outcome> {
    if let Some(change) = &args.change {
        return own::run(session, change);
    }
    let overview = session.open()?;
    let countries = Names::of(&overview).countries(&args.country)?;
    let mut shown = overview.publishers(&countries)?;
    shown.retain(|row| {
        (!args.followed || row.followed == Some(true))
            && (!args.failing || row.feeds.iter().any(is_in_trouble))
    });
    if session.out.is_json() {
        session.out.value(&shown)?;
    } else if shown.is_empty() {
        session.out.note("No publisher.")?;
    } else if args.failing {
        let table = troubles(&shown, session.out.layout(), session.now);
        session.out.table(table)?;
    } else {
        let table = table(&shown, session.out.layout(), session.now);
        session.out.table(table)?;
    }
    Ok(Outcome::Done)
}

fn is_in_trouble(feed: &FeedStatus) -> bool {
    matches!(feed.health, FeedHealth::Failing | FeedHealth::Gone)
}

fn table(rows: &[PublisherSummary], layout: Layout, now: DateTime<Utc>) -> Table {
    let mut table = Table::new(
        layout,
        &[
            Column::left(""),
            Column::left("Id"),
            Column::left("Publisher"),
            Column::left("In"),
            Column::right("Articles"),
            Column::right("Unread"),
            Column::left("Feed"),
        ],
    );
    for row in rows {
        table.row([
            Cell::dim(row.country.as_str()),
            Cell::plain(row.id.as_str()),
            if row.unread > 0 {
                Cell::strong(&row.name)
            } else {
                Cell::plain(&row.name)
            },
            Cell::dim(&row.language),
            Cell::plain(count(row.articles)),
            Cell::plain(count(row.unread)),
            state(row, now),
        ]);
    }
    table
}

/// In a word or two: off, failing, gone, or when it was last read.
fn state(row: &PublisherSummary, now: DateTime<Utc>) -> Cell {
    if !row.enabled {
        return Cell::dim("off");
    }
    if row
        .feeds
        .iter()
        .any(|feed| feed.health == FeedHealth::Failing)
    {
        return Cell::bad("failing");
    }
    if row.feeds.iter().any(|feed| feed.health == FeedHealth::Gone) {
        return Cell::bad("gone");
    }
    match row.feeds.iter().filter_map(|feed| feed.succeeded_at).max() {
        Some(at) => Cell::dim(age(now, at)),
        None => Cell::dim("never"),
    }
}

/// A line a feed, with the reason in full.
fn troubles(rows: &[PublisherSummary], layout: Layout, now: DateTime<Utc>) -> Table {
    let columns = [
        Column::left(""),
        Column::left("Id").at_most(26),
        Column::right("Last good"),
        Column::left("Why"),
    ];
    let mut table = Table::new(layout, &columns).wrapping();
    for row in rows {
        for feed in row.feeds.iter().filter(|feed| is_in_trouble(feed)) {
            let why = feed.reason.as_deref().unwrap_or("gone for good");
            table.row([
                Cell::dim(row.country.as_str()),
                Cell::plain(row.id.as_str()),
                Cell::dim(
                    feed.succeeded_at
                        .map_or_else(|| "never".to_owned(), |at| ago(now, at)),
                ),
                Cell::plain(why),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use overview_core::model::Region;

    use super::*;

    fn row(id: &str, name: &str, health: FeedHealth, reason: Option<&str>) -> PublisherSummary {
        PublisherSummary {
            id: id.into(),
            name: name.to_owned(),
            home: "https://example.org/".parse().unwrap(),
            country: "UA".parse().unwrap(),
            region: Region::Europe,
            language: "uk".to_owned(),
            followed: None,
            enabled: true,
            own: false,
            articles: 1_204,
            unread: 80,
            feeds: vec![FeedStatus {
                url: "https://example.org/rss".parse().unwrap(),
                moved_to: None,
                health,
                reason: reason.map(str::to_owned),
                checked_at: Some("2026-11-23T11:30:00Z".parse().unwrap()),
                succeeded_at: Some("2026-11-20T11:30:00Z".parse().unwrap()),
                next_check_at: None,
            }],
        }
    }

    #[test]
    fn tables_fit_eighty_columns() {
        let layout = Layout {
            width: Some(80),
            isolate: false,
        };
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let mut off = row("dnipro-daily", "Dnipro Daily", FeedHealth::Unknown, None);
        off.enabled = false;
        let rows = [
            row("steppe-post", "Steppe Post", FeedHealth::Good, None),
            off,
            row(
                "kharkiv-herald-of-the-east",
                "Харківський вісник",
                FeedHealth::Failing,
                Some(
                    "fetching https://example.org/rss: the server's name could not be found (NXDOMAIN)",
                ),
            ),
        ];
        insta::assert_snapshot!(
            "publishers",
            crate::output::plain(table(&rows, layout, now))
        );
        insta::assert_snapshot!(
            "failing",
            crate::output::plain(troubles(&rows, layout, now))
        );
    }
}
