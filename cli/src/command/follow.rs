use overview_core::Overview;
use overview_core::model::{CountrySummary, PublisherSummary};
use serde_json::json;

use crate::args::{Follow, Unfollow};
use crate::failure::{Failure, Outcome, Result};
use crate::names::{Name, Names};
use crate::output::{Cell, Column, Table};
use crate::session::Session;

pub(super) fn follow(session: &mut Session, args: &Follow) -> Result<Outcome> {
    let overview = session.open()?;
    // All names are looked up first, so that a misspelt one changes nothing.
    for name in resolve(&overview, &args.names)? {
        match name {
            Name::Country(country) => overview.follow_country(country, true)?,
            Name::Publisher(publisher) => overview.follow_publisher(&publisher, Some(true))?,
        }
    }
    print(session, &overview)
}

pub(super) fn unfollow(session: &mut Session, args: &Unfollow) -> Result<Outcome> {
    let overview = session.open()?;
    let names = resolve(&overview, &args.names)?;
    if let Some(Name::Country(country)) = names.iter().find(|name| matches!(name, Name::Country(_)))
        && args.off
    {
        return Err(Failure::Invalid(format!(
            "{country} is a country: only publishers can be switched off"
        )));
    }
    for name in names {
        match name {
            Name::Country(country) => overview.follow_country(country, false)?,
            Name::Publisher(publisher) => {
                overview.follow_publisher(&publisher, args.off.then_some(false))?;
            }
        }
    }
    print(session, &overview)
}

fn resolve(overview: &Overview, names: &[String]) -> Result<Vec<Name>> {
    let known = Names::of(overview);
    names.iter().map(|name| known.either(name)).collect()
}

/// What is followed now.
fn print(session: &mut Session, overview: &Overview) -> Result<Outcome> {
    let countries: Vec<CountrySummary> = overview
        .countries()?
        .into_iter()
        .filter(|row| row.followed)
        .collect();
    let chosen: Vec<PublisherSummary> = overview
        .publishers(&[])?
        .into_iter()
        .filter(|row| row.followed.is_some())
        .collect();
    if session.out.is_json() {
        let ids = |followed| -> Vec<_> {
            chosen
                .iter()
                .filter(|row| row.followed == Some(followed))
                .map(|row| &row.id)
                .collect()
        };
        let codes: Vec<_> = countries.iter().map(|row| row.country).collect();
        let value = json!({ "countries": codes, "publishers": ids(true), "off": ids(false) });
        session.out.value(&value)?;
        return Ok(Outcome::Done);
    }
    if countries.is_empty() && !chosen.iter().any(|row| row.followed == Some(true)) {
        session.out.note(
            "Nothing is followed, so a sync fetches every country. \
             `overview follow UA` follows Ukraine.",
        )?;
    }
    let columns = [Column::left(""), Column::left(""), Column::left("")];
    let mut table = Table::new(session.out.layout(), &columns);
    for row in &countries {
        table.row([
            Cell::dim(row.country.as_str()),
            Cell::strong(&row.name),
            Cell::dim("country"),
        ]);
    }
    for row in &chosen {
        let what = if row.followed == Some(true) {
            "publisher"
        } else {
            "publisher, off"
        };
        table.row([
            Cell::dim(row.id.as_str()),
            Cell::strong(&row.name),
            Cell::dim(what),
        ]);
    }
    if !table.is_empty() {
        session.out.table(table)?;
    }
    Ok(Outcome::Done)
}
