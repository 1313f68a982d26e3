use std::fmt::Display;

use chrono::TimeZone;
use overview_core::Overview;
use overview_core::model::{ArticleRow, Mute, MuteFor, MuteId, Muted, Page};
use serde::Serialize;

use super::list;
use crate::args::{Lasts, List, MuteAdd, MuteChange};
use crate::failure::{Failure, Outcome, Result};
use crate::names::Names;
use crate::output::figures::age;
use crate::output::{Cell, Column, Table};
use crate::session::Session;

pub(super) fn run(session: &mut Session, change: Option<&MuteChange>) -> Result<Outcome> {
    match change {
        None | Some(MuteChange::List) => print(session),
        Some(MuteChange::Add(args)) => add(session, args),
        Some(MuteChange::Remove { ids }) => remove(session, ids),
    }
}

fn add(session: &mut Session, args: &MuteAdd) -> Result<Outcome> {
    let overview = session.open()?;
    let names = Names::of(&overview);
    let mut what = Vec::new();
    for words in &args.words {
        what.push(Muted::Words(words.clone()));
    }
    for name in &args.publisher {
        what.push(Muted::Publisher(names.publisher(name)?));
    }
    for name in &args.country {
        what.push(Muted::Country(names.country(name)?));
    }
    for name in &args.category {
        what.push(Muted::Category(name.clone()));
    }
    if what.is_empty() {
        return Err(Failure::Invalid(
            "say what to mute: words, --publisher, --country or --category".to_owned(),
        ));
    }
    let lasts = match args.lasts {
        Lasts::Day => MuteFor::Day,
        Lasts::Week => MuteFor::Week,
        Lasts::Good => MuteFor::Good,
    };
    for what in &what {
        overview.mute(what, lasts)?;
    }
    // The program ends now; what is hidden is counted, too.
    overview.settle()?;
    print(session)
}

fn remove(session: &mut Session, ids: &[i64]) -> Result<Outcome> {
    let overview = session.open()?;
    for id in ids {
        overview.unmute(MuteId(*id))?;
    }
    overview.settle()?;
    print(session)
}

/// What is muted now.
fn print(session: &mut Session) -> Result<Outcome> {
    let mutes = session.open()?.mutes()?;
    if session.out.is_json() {
        session.out.value(&mutes)?;
        return Ok(Outcome::Done);
    }
    if mutes.is_empty() {
        session.out.note("Nothing is muted.")?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(
        session.out.layout(),
        &[
            Column::right("Id"),
            Column::left(""),
            Column::right("Hides"),
            Column::left("Until"),
            Column::left("Muted"),
        ],
    );
    for mute in &mutes {
        table.row([
            Cell::dim(mute.id.to_string()),
            Cell::dim(kind(&mute.what)),
            Cell::plain(mute.articles.to_string()),
            Cell::dim(until(mute, &chrono::Local)),
            Cell::plain(&mute.name),
        ]);
    }
    session.out.table(table)?;
    Ok(Outcome::Done)
}

/// What sort of thing is muted.
pub(crate) fn kind(what: &Muted) -> &'static str {
    match what {
        Muted::Words(_) => "words",
        Muted::Publisher(_) => "publisher",
        Muted::Country(_) => "country",
        Muted::Category(_) => "category",
    }
}

/// Until when, in a zone.
pub(crate) fn until<Z: TimeZone>(mute: &Mute, zone: &Z) -> String
where
    Z::Offset: Display,
{
    mute.until.map_or_else(
        || "for good".to_owned(),
        |until| {
            let until = until.with_timezone(zone);
            until.format("%Y-%m-%d %H:%M").to_string()
        },
    )
}

#[derive(Serialize)]
struct Hidden {
    #[serde(flatten)]
    row: ArticleRow,
    mutes: Vec<Mute>,
}

/// What mutes hide, each with what hides it.
pub(super) fn hidden(session: &mut Session, args: &List) -> Result<Outcome> {
    let overview = session.open()?;
    let page = list::asked_for(session, &overview, args)?;
    let rows = page.rows.into_iter().map(|row| with_mutes(&overview, row));
    let page = Page {
        rows: rows.collect::<Result<Vec<_>>>()?,
        previous: page.previous,
        next: page.next,
    };
    if session.out.is_json() {
        session.out.value(&page)?;
        return Ok(Outcome::Done);
    }
    if page.rows.is_empty() {
        list::nothing(session, &overview, "No article here is muted.")?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(
        session.out.layout(),
        &[
            Column::right("Id"),
            Column::right("Age"),
            Column::left(""),
            Column::left("Muted by").at_most(24),
            Column::left("Title"),
        ],
    );
    for hidden in &page.rows {
        let names: Vec<&str> = hidden.mutes.iter().map(|mute| mute.name.as_str()).collect();
        table.row([
            Cell::dim(hidden.row.id.to_string()),
            Cell::dim(age(session.now, hidden.row.sort_at)),
            Cell::dim(hidden.row.country.as_str()),
            Cell::dim(names.join(", ")),
            list::title(&hidden.row),
        ]);
    }
    session.out.table(table)?;
    list::more(session, page.previous, page.next)?;
    Ok(Outcome::Done)
}

fn with_mutes(overview: &Overview, row: ArticleRow) -> Result<Hidden> {
    let mutes = overview.mutes_of(row.id)?;
    Ok(Hidden { row, mutes })
}
