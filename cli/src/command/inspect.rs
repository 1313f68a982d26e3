use std::fs::File;
use std::io::Read;
use std::path::Path;

use chrono::{DateTime, SecondsFormat, Utc};
use overview_core::feed::{self, Entry, Feed, FeedContext};
use serde_json::{Value, json};

use crate::args::{Inspect, InspectFeed};
use crate::failure::{Failure, Outcome, Result};
use crate::session::Session;

pub(super) fn run(session: &mut Session, args: &Inspect) -> Result<Outcome> {
    let Inspect::Feed(args) = args;
    inspect_feed(session, args)
}

fn inspect_feed(session: &mut Session, args: &InspectFeed) -> Result<Outcome> {
    let bytes = read(&args.file)?;
    let content_type = std::env::var("FEED_CONTENT_TYPE")
        .ok()
        .filter(|value| !value.is_empty());
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
