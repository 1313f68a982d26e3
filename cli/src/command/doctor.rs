use overview_core::model::Diagnosis;

use super::storage::name_of;
use crate::failure::{Outcome, Result};
use crate::output::figures::{bytes, count};
use crate::output::{Cell, Column, Layout, Table};
use crate::session::Session;

pub(super) fn run(session: &mut Session) -> Result<Outcome> {
    let facts = match session.open() {
        Ok(overview) => overview.doctor()?,
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

#[cfg(test)]
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
            private_addresses_allowed: true,
        };
        let layout = Layout {
            width: Some(80),
            isolate: false,
        };
        insta::assert_snapshot!(crate::output::plain(table(&facts, layout)));
    }
}
