use chrono::{DateTime, Utc};
use overview_core::model::{CountrySummary, Region};

use crate::args::Countries;
use crate::failure::{Outcome, Result};
use crate::output::figures::{age, count};
use crate::output::{Cell, Column, Layout, Table};
use crate::session::Session;

pub(super) fn run(session: &mut Session, args: &Countries) -> Result<Outcome> {
    let known = session.open()?.countries()?;
    let shown = select(known, args);
    if session.out.is_json() {
        session.out.value(&shown)?;
        return Ok(Outcome::Done);
    }
    if shown.is_empty() {
        session
            .out
            .note("No country. `overview countries --all` lists every one there is.")?;
        return Ok(Outcome::Done);
    }
    let table = table(&shown, session.out.layout(), session.now);
    session.out.table(table)?;
    Ok(Outcome::Done)
}

fn select(known: Vec<CountrySummary>, args: &Countries) -> Vec<CountrySummary> {
    let in_region =
        |row: &CountrySummary| args.region.is_empty() || args.region.contains(&row.region);
    let in_use = |row: &CountrySummary| row.followed || row.articles > 0;
    let all = args.all || (!args.followed && !known.iter().any(in_use));
    known
        .into_iter()
        .filter(in_region)
        .filter(|row| {
            all || if args.followed {
                row.followed
            } else {
                in_use(row)
            }
        })
        .collect()
}

/// The regions one after another, each with its countries.
fn table(rows: &[CountrySummary], layout: Layout, now: DateTime<Utc>) -> Table {
    let mut table = Table::new(
        layout,
        &[
            Column::left(""),
            Column::left("Country"),
            Column::right("Publishers"),
            Column::right("Articles"),
            Column::right("Stories"),
            Column::right("Unread"),
            Column::right("Fetched"),
            Column::left(""),
        ],
    );
    let none = || Cell::plain("");
    for region in Region::ALL {
        let mut rows = rows.iter().filter(|row| row.region == region).peekable();
        if rows.peek().is_some() {
            table.row([
                none(),
                Cell::dim(region.name()),
                none(),
                none(),
                none(),
                none(),
                none(),
                none(),
            ]);
        }
        for row in rows {
            table.row([
                Cell::dim(row.country.as_str()),
                if row.unread_stories > 0 {
                    Cell::strong(&row.name)
                } else {
                    Cell::plain(&row.name)
                },
                Cell::plain(count(row.publishers)),
                Cell::plain(count(row.articles)),
                Cell::plain(count(row.stories)),
                Cell::plain(count(row.unread_stories)),
                Cell::dim(
                    row.refreshed_at
                        .map_or_else(|| "never".to_owned(), |at| age(now, at)),
                ),
                Cell::plain(if row.followed { "followed" } else { "" }),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn row(
        code: &str,
        name: &str,
        region: Region,
        articles: u32,
        followed: bool,
    ) -> CountrySummary {
        CountrySummary {
            country: code.parse().unwrap(),
            name: name.to_owned(),
            region,
            publishers: 12,
            articles,
            unread: articles / 2,
            followed,
            refreshed_at: (articles > 0).then(|| "2026-11-23T09:30:00Z".parse().unwrap()),
        }
    }

    fn rows() -> Vec<CountrySummary> {
        vec![
            row("FR", "France", Region::Europe, 0, false),
            row("TR", "Türkiye", Region::MiddleEastNorthAfrica, 1, false),
            row("UA", "Ukraine", Region::Europe, 12_345, true),
        ]
    }

    fn codes(known: Vec<CountrySummary>, all: bool, followed: bool, region: &[Region]) -> String {
        let args = Countries {
            all,
            followed,
            region: region.to_vec(),
        };
        let codes: Vec<String> = select(known, &args)
            .iter()
            .map(|row| row.country.to_string())
            .collect();
        codes.join(" ")
    }

    #[test]
    fn countries_in_use_are_listed_unless_others_are_asked_for() {
        assert_eq!(codes(rows(), false, false, &[]), "TR UA");
        assert_eq!(codes(rows(), true, false, &[]), "FR TR UA");
        assert_eq!(codes(rows(), false, true, &[]), "UA");
        assert_eq!(codes(rows(), true, false, &[Region::Europe]), "FR UA");
        let fresh = vec![row("FR", "France", Region::Europe, 0, false)];
        assert_eq!(codes(fresh.clone(), false, false, &[]), "FR");
        assert_eq!(codes(fresh, false, true, &[]), "");
    }

    #[test]
    fn the_table_fits_eighty_columns() {
        let layout = Layout {
            width: Some(80),
            isolate: false,
        };
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        insta::assert_snapshot!(crate::output::plain(table(&rows(), layout, now)));
    }
}
