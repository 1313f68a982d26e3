use overview_core::model::{StoragePart, StorageSettings, StorageShare};
use serde::Serialize;

use crate::args::Storage;
use crate::failure::{Outcome, Result};
use crate::output::figures::{bytes, counted};
use crate::output::{Cell, Column, Layout, Table};
use crate::session::Session;

#[derive(Serialize)]
struct Shown {
    settings: StorageSettings,
    total_bytes: u64,
    shares: Vec<StorageShare>,
}

pub(super) fn run(session: &mut Session, args: &Storage) -> Result<Outcome> {
    let overview = session.open()?;
    let mut settings = overview.storage_settings()?;
    if args.budget.is_some() || args.age.is_some() {
        if let Some(budget) = args.budget {
            settings.budget_bytes = budget.0.map(|size| size.as_u64());
        }
        if let Some(age) = args.age {
            settings.age_days = age.0;
        }
        overview.set_storage_settings(&settings)?;
        // The program ends now.
        overview.settle()?;
    }
    if args.clean {
        overview.remove_moved_aside();
    }
    let shares = overview.storage_shares()?;
    let total_bytes = shares.iter().map(|share| share.bytes).sum();
    let shown = Shown {
        settings,
        total_bytes,
        shares,
    };
    if session.out.is_json() {
        session.out.value(&shown)?;
    } else {
        let table = table(&shown.shares, session.out.layout());
        session.out.table(table)?;
        session.out.sentence(&sentence(&shown))?;
    }
    Ok(Outcome::Done)
}

/// What takes how many bytes, a line each.
pub(super) fn table(shares: &[StorageShare], layout: Layout) -> Table {
    let mut table = Table::new(layout, &[Column::left(""), Column::right("")]);
    for share in shares {
        table.row([
            Cell::plain(name_of(share.part)),
            Cell::plain(bytes(share.bytes)),
        ]);
    }
    table
}

pub(super) fn name_of(part: StoragePart) -> &'static str {
    match part {
        StoragePart::Lists => "lists",
        StoragePart::Texts => "texts",
        StoragePart::Search => "search",
        StoragePart::Translations => "translations",
        StoragePart::Stories => "stories",
        StoragePart::Marks => "marks",
        StoragePart::Pictures => "pictures",
        StoragePart::Models => "models",
        StoragePart::Rest => "the rest",
        StoragePart::Free => "free in the database",
        StoragePart::Log => "log of the database",
        StoragePart::Aside => "damaged databases, moved aside",
    }
}

fn sentence(shown: &Shown) -> String {
    let budget = match shown.settings.budget_bytes {
        Some(budget) => format!("texts and pictures may take {}", bytes(budget)),
        None => "texts and pictures may take all there is".to_owned(),
    };
    let age = match shown.settings.age_days {
        Some(days) => format!("articles go after {}", counted(days, "day", "days")),
        None => "articles stay as long as there is room".to_owned(),
    };
    format!("{} in all; {budget}, {age}.", bytes(shown.total_bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_stay_is_a_sentence() {
        let mut shown = Shown {
            settings: StorageSettings::default(),
            total_bytes: 123_456_789,
            shares: Vec::new(),
        };
        assert_eq!(
            sentence(&shown),
            "123.5 MB in all; texts and pictures may take 500.0 MB, articles go after 90 days."
        );
        shown.settings = StorageSettings {
            budget_bytes: None,
            age_days: None,
        };
        assert_eq!(
            sentence(&shown),
            "123.5 MB in all; texts and pictures may take all there is, articles stay as long as \
             there is room."
        );
    }
}
