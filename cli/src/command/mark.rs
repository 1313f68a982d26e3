use overview_core::model::{ArticleId, Mark as Change, Scope};
use overview_core::page::position_at;
use serde_json::json;

use crate::args::Mark;
use crate::failure::{Outcome, Result};
use crate::names::Names;
use crate::output::figures::counted;
use crate::session::Session;

pub(super) fn run(session: &mut Session, args: &Mark) -> Result<Outcome> {
    match args {
        Mark::Read(ids) => mark(session, &ids.ids, Change::Read, "marked as read"),
        Mark::Unread(ids) => mark(session, &ids.ids, Change::Unread, "marked as unread"),
        Mark::Save(ids) => mark(session, &ids.ids, Change::Save, "saved"),
        Mark::Unsave(ids) => mark(session, &ids.ids, Change::Unsave, "no longer saved"),
        Mark::Hide(ids) => mark(session, &ids.ids, Change::Hide, "hidden"),
        Mark::Unhide(ids) => mark(session, &ids.ids, Change::Unhide, "no longer hidden"),
        Mark::Position(position) => {
            let article = session.open()?.article(position.id)?;
            let block = usize::try_from(position.block).unwrap_or(usize::MAX);
            let place = position_at(&article.blocks, block, position.thousandths);
            let place = place.ok_or_else(|| {
                overview_core::Error::Invalid(format!(
                    "article {} has {} blocks, and no block {}",
                    position.id,
                    article.blocks.len(),
                    position.block
                ))
            })?;
            let change = Change::Position(place);
            mark(session, &[position.id], change, "has its position kept")
        }
        Mark::AllRead(scope) => {
            let overview = session.open()?;
            let scope: Scope = Names::of(&overview).scope(scope, session.now)?;
            let receipt = overview.mark_all_read(&scope)?;
            if session.out.is_json() {
                session.out.value(&receipt)?;
            } else {
                let marked = counted(receipt.marked, "article", "articles");
                session.out.line(format!("{marked} marked as read."))?;
                if receipt.marked > 0 {
                    let undo = receipt.undo;
                    session
                        .out
                        .line(format!("To undo within a day: overview mark undo {undo}"))?;
                }
            }
            Ok(Outcome::Done)
        }
        Mark::Undo { number } => {
            let unmarked = session.open()?.undo_mark_all(*number)?;
            if session.out.is_json() {
                session.out.value(&json!({ "unmarked": unmarked }))?;
            } else {
                let unmarked = counted(unmarked, "article", "articles");
                session.out.line(format!("{unmarked} unread again."))?;
            }
            Ok(Outcome::Done)
        }
    }
}

fn mark(session: &mut Session, ids: &[ArticleId], change: Change, done: &str) -> Result<Outcome> {
    session.open()?.mark(ids, change)?;
    if session.out.is_json() {
        session.out.value(&json!({ "mark": change, "ids": ids }))?;
    } else {
        let marked = counted(
            u32::try_from(ids.len()).unwrap_or(u32::MAX),
            "article",
            "articles",
        );
        session.out.line(format!("{marked} {done}."))?;
    }
    Ok(Outcome::Done)
}
