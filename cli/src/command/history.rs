use overview_core::model::{Change, ChangeId, ChangeKind};
use serde_json::json;

use super::list;
use crate::args::{History, Undo};
use crate::failure::{Outcome, Result};
use crate::output::figures::{ago, counted};
use crate::output::{Cell, Column, Table};
use crate::session::Session;

/// What was read, the last first.
pub(super) fn run(session: &mut Session, args: &History) -> Result<Outcome> {
    let overview = session.open()?;
    if args.clear {
        overview.clear_history()?;
    }
    let page = overview.history(
        args.after,
        usize::try_from(args.limit).unwrap_or(usize::MAX),
    )?;
    if session.out.is_json() {
        session.out.value(&page)?;
        return Ok(Outcome::Done);
    }
    if page.rows.is_empty() {
        session.out.note("Nothing was opened yet.")?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(
        session.out.layout(),
        &[
            Column::right("Id"),
            Column::right("Read"),
            Column::left(""),
            Column::left("Title"),
        ],
    );
    for entry in &page.rows {
        table.row([
            Cell::dim(entry.row.id.to_string()),
            Cell::dim(ago(session.now, entry.read_at)),
            Cell::dim(entry.row.country.as_str()),
            list::title(&entry.row),
        ]);
    }
    session.out.table(table)?;
    list::more(session, page.previous, page.next)?;
    Ok(Outcome::Done)
}

/// Takes back what was done in the last day.
pub(super) fn undo(session: &mut Session, args: &Undo) -> Result<Outcome> {
    let overview = session.open()?;
    if args.list {
        let changes = overview.changes()?;
        if session.out.is_json() {
            session.out.value(&changes)?;
        } else if changes.is_empty() {
            session
                .out
                .note("There is nothing to take back from the last day.")?;
        } else {
            let columns = [
                Column::right("Number"),
                Column::right(""),
                Column::left("What"),
            ];
            let mut table = Table::new(session.out.layout(), &columns);
            for change in &changes {
                table.row([
                    Cell::dim(change.id.0.to_string()),
                    Cell::dim(ago(session.now, change.made_at)),
                    Cell::plain(said(change)),
                ]);
            }
            session.out.table(table)?;
        }
        return Ok(Outcome::Done);
    }
    let before = overview.changes()?;
    let wanted = args.number.map(ChangeId);
    let what = overview.undo_change(wanted)?;
    if session.out.is_json() {
        session.out.value(&json!({ "undone": what }))?;
        return Ok(Outcome::Done);
    }
    let mut changes = before.iter();
    if let Some(change) = changes.find(|change| wanted.is_none_or(|id| change.id == id)) {
        session
            .out
            .sentence(&format!("Taken back: {}.", said(change)))?;
    }
    Ok(Outcome::Done)
}

/// A change in a few words.
pub(crate) fn said(change: &Change) -> String {
    let name = crate::output::text::line(&change.name);
    match &change.what {
        ChangeKind::MarkedAllRead { articles } => {
            format!(
                "marked {} as read",
                counted(*articles, "article", "articles")
            )
        }
        ChangeKind::UnfollowedCountry { .. } | ChangeKind::UnfollowedPublisher { .. } => {
            format!("no longer followed {name}")
        }
        ChangeKind::RemovedPublisher { .. } => format!("removed {name}"),
    }
}
