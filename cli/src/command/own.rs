//! Publishers of one's own: found, added, edited, removed.

use chrono::{DateTime, Utc};
use overview_core::Overview;
use overview_core::model::{FoundFeed, FoundSite, OwnPublisher, PublisherId, SiteSign};
use serde::Serialize;
use serde_json::json;
use url::Url;

use crate::args::{OwnAdd, OwnEdit, PublishersChange};
use crate::failure::{Failure, Outcome, Result};
use crate::interrupt;
use crate::names::Names;
use crate::output::figures::age;
use crate::output::{Cell, Column, Layout, Table, text};
use crate::session::Session;

pub(super) fn run(session: &mut Session, change: &PublishersChange) -> Result<Outcome> {
    match change {
        PublishersChange::Find { address } => find(session, address),
        PublishersChange::Add(args) => add(session, args),
        PublishersChange::Edit(args) => edit(session, args),
        PublishersChange::Remove { ids } => remove(session, ids),
    }
}

fn look(session: &mut Session, overview: &Overview, address: &str) -> Result<FoundSite> {
    session.out.flush()?;
    let found = interrupt::run(
        &session.out,
        "Looking",
        "starting to look for feeds",
        async |cancel, _| {
            tokio::select! {
                found = overview.find_site(address) => Some(found),
                () = cancel.cancelled() => None,
            }
        },
    )?;
    let stopped = || Failure::Invalid("stopped before anything was found".to_owned());
    Ok(found.ok_or_else(stopped)??)
}

fn find(session: &mut Session, address: &str) -> Result<Outcome> {
    let overview = session.open()?;
    let site = look(session, &overview, address)?;
    if session.out.is_json() {
        session.out.value(&site)?;
        return Ok(Outcome::Done);
    }
    let told = |told: Option<String>, sign: Option<SiteSign>| match (told, sign) {
        (Some(told), Some(sign)) => format!("{told} ({})", by(sign)),
        _ => "nothing tells".to_owned(),
    };
    let country = site.country.map(|code| {
        let known = overview.catalogue().country(code);
        known.map_or_else(|| code.to_string(), |known| known.name.clone())
    });
    let columns = [Column::left(""), Column::left("")];
    let mut table = Table::new(session.out.layout(), &columns);
    for (what, value) in [
        ("Name", site.name.clone()),
        ("Home", site.home.to_string()),
        ("Country", told(country, site.country_sign)),
        ("Language", told(site.language.clone(), site.language_sign)),
    ] {
        table.row([Cell::dim(what), Cell::plain(value)]);
    }
    session.out.table(table)?;
    if site.feeds.is_empty() {
        session.out.note("No feed was found.")?;
        return Ok(Outcome::Done);
    }
    let feeds = feeds(&site.feeds, session.out.layout(), session.now);
    session.out.table(feeds)?;
    session
        .out
        .note("`overview publishers add` with the same address adds it; --feed says which.")?;
    Ok(Outcome::Done)
}

fn feeds(feeds: &[FoundFeed], layout: Layout, now: DateTime<Utc>) -> Table {
    let columns = [
        Column::right(""),
        Column::right("Entries"),
        Column::right("Newest"),
        Column::left("Feed"),
        Column::left("First title"),
    ];
    let mut table = Table::new(layout, &columns);
    for (number, feed) in (1..).zip(feeds) {
        let known = feed.known.as_ref().map(|id| format!(" (of {id})"));
        table.row([
            Cell::dim(number.to_string()),
            Cell::plain(feed.entries.to_string()),
            Cell::dim(feed.newest.map_or_else(String::new, |at| age(now, at))),
            Cell::plain(format!("{}{}", feed.url, known.unwrap_or_default())),
            Cell::dim(feed.titles.first().map_or("", String::as_str)),
        ]);
    }
    table
}

fn by(sign: SiteSign) -> &'static str {
    match sign {
        SiteSign::Domain => "by its address",
        SiteSign::PageLanguage => "by the page's language",
        SiteSign::Locale => "by what the page says of itself",
        SiteSign::FeedLanguage => "by the feed's language",
        SiteSign::Titles => "by its titles",
        SiteSign::Language => "by its language",
    }
}

fn add(session: &mut Session, args: &OwnAdd) -> Result<Outcome> {
    let overview = session.open()?;
    let country = match &args.country {
        Some(name) => Some(Names::of(&overview).country(name)?),
        None => None,
    };
    let site = look(session, &overview, &args.address)?;
    let country = country.or(site.country).ok_or_else(|| {
        Failure::Invalid("nothing tells of which country it is: say it with --country".to_owned())
    })?;
    let main = overview.catalogue().country(country);
    let main = main.and_then(|known| known.languages.first().cloned());
    let own = OwnPublisher {
        name: args.name.clone().unwrap_or_else(|| site.name.clone()),
        home: site.home.clone(),
        country,
        language: args
            .language
            .clone()
            .or_else(|| site.language.clone())
            .or(main)
            .unwrap_or_else(|| "en".to_owned()),
        feeds: chosen(&site, args)?,
    };
    let id = overview.add_publisher(&own)?;
    print(session, &overview, &[id])
}

/// The feeds that were asked for; all there are where only one is.
fn chosen(site: &FoundSite, args: &OwnAdd) -> Result<Vec<Url>> {
    if site.feeds.is_empty() {
        return Err(Failure::Invalid(format!(
            "no feed was found at {}",
            site.home
        )));
    }
    if args.all_feeds || (site.feeds.len() == 1 && args.feed.is_empty()) {
        return Ok(site.feeds.iter().map(|feed| feed.url.clone()).collect());
    }
    if args.feed.is_empty() {
        let named: Vec<String> = (1..)
            .zip(&site.feeds)
            .map(|(number, feed)| format!("{number} {}", feed.url))
            .collect();
        return Err(Failure::Invalid(format!(
            "it has several feeds: say which with --feed NUMBER, or --all-feeds: {}",
            named.join(", ")
        )));
    }
    args.feed
        .iter()
        .map(|wanted| {
            let by_number = wanted.parse::<usize>().ok();
            let found = by_number.and_then(|number| site.feeds.get(number.checked_sub(1)?));
            let found = found.or_else(|| {
                let mut feeds = site.feeds.iter();
                feeds.find(|feed| feed.url.as_str() == wanted)
            });
            let none = || Failure::Invalid(format!("{wanted:?} is none of its feeds"));
            Ok(found.ok_or_else(none)?.url.clone())
        })
        .collect()
}

fn edit(session: &mut Session, args: &OwnEdit) -> Result<Outcome> {
    let overview = session.open()?;
    let names = Names::of(&overview);
    let id = names.publisher(&args.id)?;
    let mut own = overview.own_publisher(&id)?;
    if let Some(name) = &args.name {
        own.name.clone_from(name);
    }
    if let Some(country) = &args.country {
        own.country = names.country(country)?;
    }
    if let Some(language) = &args.language {
        own.language.clone_from(language);
    }
    if !args.feed.is_empty() {
        own.feeds.clone_from(&args.feed);
    }
    overview.edit_publisher(&id, &own)?;
    print(session, &overview, &[id])
}

fn remove(session: &mut Session, ids: &[String]) -> Result<Outcome> {
    let overview = session.open()?;
    // All names are looked up first, so that a misspelt one changes nothing.
    let ids = Names::of(&overview).publishers(ids)?;
    for id in &ids {
        overview.own_publisher(id)?;
    }
    for id in &ids {
        overview.remove_publisher(id)?;
    }
    if session.out.is_json() {
        session.out.value(&json!({ "removed": ids }))?;
    } else {
        let names: Vec<&str> = ids.iter().map(PublisherId::as_str).collect();
        session
            .out
            .sentence(&format!("Removed {}.", names.join(", ")))?;
        session
            .out
            .note("`overview undo` puts the last back for a day.")?;
    }
    Ok(Outcome::Done)
}

#[derive(Serialize)]
struct Named {
    id: PublisherId,
    #[serde(flatten)]
    publisher: OwnPublisher,
}

fn print(session: &mut Session, overview: &Overview, ids: &[PublisherId]) -> Result<Outcome> {
    for id in ids {
        let publisher = overview.own_publisher(id)?;
        if session.out.is_json() {
            let id = id.clone();
            session.out.value(&Named { id, publisher })?;
            continue;
        }
        let feeds = match publisher.feeds.len() {
            1 => "one feed".to_owned(),
            count => format!("{count} feeds"),
        };
        session.out.sentence(&format!(
            "{} is {}, of {} in {}, with {feeds}.",
            text::line(&publisher.name),
            id,
            publisher.country,
            publisher.language,
        ))?;
        session
            .out
            .note(format!("`overview sync -p {id}` fetches it now."))?;
    }
    Ok(Outcome::Done)
}
