use std::fs::File;
use std::io::Read;
use std::path::Path;

use chrono::{DateTime, SecondsFormat, Utc};
use overview_core::feed::{self, Entry, Feed, FeedContext};
use overview_core::page::{self, PageInput};
use serde_json::{Value, json};

use crate::args::{Inspect, InspectFile};
use crate::failure::{Failure, Outcome, Result};
use crate::output::text;
use crate::session::Session;

pub(super) fn run(session: &mut Session, args: &Inspect) -> Result<Outcome> {
    match args {
        Inspect::Feed(args) => inspect_feed(session, args),
        Inspect::Page(args) => inspect_page(session, args),
        Inspect::Html(args) => inspect_html(session, args),
    }
}

fn inspect_page(session: &mut Session, args: &InspectFile) -> Result<Outcome> {
    let bytes = read(&args.file)?;
    let content_type =
        header("PAGE_CHARSET").map(|charset| format!("text/html; charset={charset}"));
    let article = page::read_page(&PageInput {
        bytes: &bytes,
        url: &args.url,
        content_type: content_type.as_deref(),
    });
    if session.out.is_json() {
        session.out.value(&article)?;
    } else {
        session.out.line(text::lines(&article.text()))?;
    }
    Ok(Outcome::Done)
}

fn inspect_html(session: &mut Session, args: &InspectFile) -> Result<Outcome> {
    let bytes = read(&args.file)?;
    let blocks = page::read_fragment(&String::from_utf8_lossy(&bytes), &args.url);
    if session.out.is_json() {
        session.out.value(&json!({ "blocks": blocks }))?;
    } else {
        session.out.line(text::lines(&page::html_of(&blocks)))?;
    }
    Ok(Outcome::Done)
}

/// What a header said that came with the file.
fn header(variable: &str) -> Option<String> {
    std::env::var(variable)
        .ok()
        .filter(|value| !value.is_empty())
}

fn inspect_feed(session: &mut Session, args: &InspectFile) -> Result<Outcome> {
    let bytes = read(&args.file)?;
    let content_type = header("FEED_CONTENT_TYPE");
    let context = FeedContext {
        url: &args.url,
        content_type: content_type.as_deref(),
        default_zone: None,
    };
    let feed = feed::parse(&bytes, &context).map_err(|source| Failure::Feed {
        file: args.file.display().to_string(),
        source,
    })?;
    session.out.value(&document(&feed))?;
    Ok(Outcome::Done)
}

/// A file, or standard input.
fn read(file: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map_err(|source| Failure::Io {
        doing: format!("reading {}", file.display()),
        source,
    })?;
    Ok(bytes)
}

fn document(feed: &Feed) -> Value {
    json!({
        "title": feed.title,
        "items": feed.entries.iter().map(item).collect::<Vec<_>>(),
    })
}

fn item(entry: &Entry) -> Value {
    let date =
        |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    let author = (!entry.authors.is_empty()).then(|| entry.authors.join(", "));
    json!({
        "id": entry.id,
        "title": entry.title,
        "url": entry.url,
        "published": date(entry.published),
        "updated": date(entry.updated),
        "author": author,
        "summary": entry.summary,
        "content": entry.content,
    })
}
