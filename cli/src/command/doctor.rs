use overview_core::model::{Diagnosis, SalvageReport};

use super::storage::name_of;
use crate::failure::{Outcome, Result};
use crate::output::figures::{bytes, count, counted, date};
use crate::output::{Cell, Column, Layout, Table};
use crate::session::Session;

pub(super) fn run(session: &mut Session) -> Result<Outcome> {
    let facts = match session.open() {
        Ok(overview) => {
            let facts = overview.doctor()?;
            if !session.out.is_json() && facts.salvage.is_some() {
                // Who reads this knows.
                overview.dismiss_salvaged()?;
            }
            facts
        }
        Err(failure) => {
            // The paths are what somebody who helps asks for first.
            if !session.out.is_json() {
                let dir = session.data_dir()?;
                let mut table = pairs(session.out.layout());
                table.row([
                    Cell::dim("Overview"),
                    Cell::plain(env!("CARGO_PKG_VERSION")),
                ]);
                table.row([Cell::dim("Data"), Cell::plain(dir.display().to_string())]);
                session.out.table(table)?;
            }
            return Err(failure);
        }
    };
    if session.out.is_json() {
        session.out.value(&facts)?;
    } else {
        let table = table(&facts, session.out.layout());
        session.out.table(table)?;
    }
    Ok(if facts.damage.is_some() {
        Outcome::Trouble
    } else {
        Outcome::Done
    })
}

fn pairs(layout: Layout) -> Table {
    Table::new(layout, &[Column::left(""), Column::left("")]).wrapping()
}

fn table(facts: &Diagnosis, layout: Layout) -> Table {
    let mut table = pairs(layout);
    let mut row = |name: &str, value: Cell| table.row([Cell::dim(name), value]);
    row("Overview", Cell::plain(&facts.version));
    row("SQLite", Cell::plain(&facts.sqlite_version));
    row("Data", Cell::plain(facts.data_dir.display().to_string()));
    row(
        "Database",
        Cell::plain(facts.database.display().to_string()),
    );
    row(
        "",
        Cell::plain(format!(
            "{}, schema {}",
            bytes(facts.database_bytes),
            facts.schema_version
        )),
    );
    row(
        "Health",
        match &facts.damage {
            None => Cell::plain("good"),
            Some(damage) => Cell::bad(damage),
        },
    );
    row("Catalogue", Cell::plain(&facts.catalogue_version));
    row(
        "",
        Cell::plain(format!(
            "{} countries, {} publishers",
            count(facts.countries),
            count(facts.publishers)
        )),
    );
    let feeds = format!(
        "{} fetched, {} failing",
        count(facts.feeds),
        count(facts.failing_feeds)
    );
    row("Feeds", Cell::plain(feeds));
    row("Articles", Cell::plain(count(facts.articles)));
    row("Marks", Cell::plain(count(facts.marks)));
    if let Some(report) = &facts.salvage {
        row("Rescued", Cell::bad(rescued(report)));
        row("", Cell::plain(report.moved_to.display().to_string()));
    }
    for (place, share) in facts.storage.iter().enumerate() {
        row(
            if place == 0 { "Room" } else { "" },
            Cell::plain(format!("{} {}", bytes(share.bytes), name_of(share.part))),
        );
    }
    if facts.private_addresses_allowed {
        row(
            "Addresses",
            Cell::bad("plain http and private addresses are open"),
        );
    }
    table
}

/// What is left of a database that was damaged, in a sentence.
pub(crate) fn rescued(report: &SalvageReport) -> String {
    let mut text = format!(
        "The database was damaged on {}. Kept: {}, {}, {}, {}.",
        date(report.at),
        counted(report.saved, "saved article", "saved articles"),
        counted(report.marks, "mark", "marks"),
        counted(report.follows, "choice", "choices"),
        counted(report.mutes, "mute", "mutes"),
    );
    if report.saved_missing > 0 {
        text += &format!(
            " Lost: the text of {}.",
            counted(report.saved_missing, "saved article", "saved articles")
        );
    }
    text + " Other articles are fetched again."
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use overview_core::model::{StoragePart, StorageShare};

    use super::*;

    #[test]
    fn the_facts_are_a_table() {
        let facts = Diagnosis {
            version: "0.1.0".to_owned(),
            sqlite_version: "3.50.4".to_owned(),
            data_dir: "/home/reader/.local/share/overview".into(),
            database: "/home/reader/.local/share/overview/overview.db".into(),
            database_bytes: 12_345_678,
            schema_version: 1,
            damage: Some("row 7 missing from index article_sort".to_owned()),
            catalogue_version: "2026-11-23+1f2e3d4c".to_owned(),
            countries: 105,
            publishers: 563,
            feeds: 540,
            failing_feeds: 12,
            articles: 10_204,
            marks: 99,
            storage: vec![
                StorageShare {
                    part: StoragePart::Pictures,
                    bytes: 45_600_000,
                },
                StorageShare {
                    part: StoragePart::Texts,
                    bytes: 7_800_000,
                },
            ],
            salvage: Some(SalvageReport {
                at: "2026-11-23T09:30:00Z".parse().unwrap(),
                moved_to: "/home/reader/.local/share/overview/overview-damaged.db".into(),
                reason: "database disk image is malformed".to_owned(),
                marks: 1_204,
                saved: 12,
                saved_missing: 1,
                follows: 3,
                mutes: 2,
                settings: 1,
            }),
            private_addresses_allowed: true,
        };
        let layout = Layout {
            width: Some(80),
            isolate: false,
        };
        insta::assert_snapshot!(crate::output::plain(table(&facts, layout)));
    }
}
