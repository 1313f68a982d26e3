//! Publishers that the person added: kept by id, and listed among those of the catalogue.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, Transaction, params};
use url::Url;

use super::choices;
use super::error::{Doing, StoreError};
use super::publishers::{self, PublisherRow};
use super::sql::{self, Millis, json};
use crate::model::{OwnPublisher, PublisherId};

/// A publisher that the person added, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredOwn {
    /// Names it.
    pub id: PublisherId,
    /// What the person said of it.
    pub publisher: OwnPublisher,
    /// It was removed: not listed and not fetched.
    pub removed: bool,
    /// When it was added, edited or removed last.
    pub changed_at: DateTime<Utc>,
}

const OWN: &str = "SELECT slug, name, home, country, language, feeds, removed, changed_at
   FROM own_publisher";

fn read(row: &Row<'_>) -> rusqlite::Result<StoredOwn> {
    Ok(StoredOwn {
        id: PublisherId(row.get(0)?),
        publisher: OwnPublisher {
            name: row.get(1)?,
            home: sql::url(row, 2)?,
            country: row.get(3)?,
            language: row.get(4)?,
            feeds: sql::from_json(row, 5)?,
        },
        removed: row.get(6)?,
        changed_at: sql::time(row, 7)?,
    })
}

pub(super) fn list(tx: &Transaction<'_>) -> Result<Vec<StoredOwn>, StoreError> {
    const DOING: &str = "reading the publishers that were added";
    let mut statement = tx
        .prepare_cached(&format!("{OWN} ORDER BY slug"))
        .doing(DOING)?;
    statement
        .query_map([], read)
        .and_then(Iterator::collect)
        .doing(DOING)
}

pub(super) fn get(tx: &Transaction<'_>, id: &PublisherId) -> Result<Option<StoredOwn>, StoreError> {
    tx.prepare_cached(&format!("{OWN} WHERE slug = ?1"))
        .and_then(|mut statement| statement.query_row([id.as_str()], read).optional())
        .doing("reading a publisher that was added")
}

/// Adds a publisher or changes it; it is yet to be listed.
pub(super) fn write(tx: &Transaction<'_>, own: &StoredOwn) -> Result<(), StoreError> {
    let publisher = &own.publisher;
    tx.prepare_cached(
        "INSERT OR REPLACE INTO own_publisher (slug, name, home, country, language, feeds, removed,
                                               changed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )
    .and_then(|mut statement| {
        statement.execute(params![
            own.id.as_str(),
            publisher.name,
            publisher.home.as_str(),
            publisher.country,
            publisher.language,
            json(&publisher.feeds)?,
            own.removed,
            Millis::from(own.changed_at),
        ])
    })
    .map(drop)
    .doing("keeping a publisher that was added")
}

/// Adds publishers, or changes those of the same ids. One that had been removed is as if it never had
/// been.
pub(super) fn put(
    tx: &Transaction<'_>,
    all: &[(PublisherId, OwnPublisher)],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for (id, publisher) in all {
        if is_removed(tx, id)? == Some(true) {
            choices::follow_publisher(tx, id, None, now)?;
        }
        let own = StoredOwn {
            id: id.clone(),
            publisher: publisher.clone(),
            removed: false,
            changed_at: now,
        };
        write(tx, &own)?;
        list_one(tx, &own)?;
    }
    Ok(())
}

/// Takes a publisher out of lists and syncs, or puts it back; whether there is such. Its articles and
/// their marks stay where they are: removed, it is switched off as a publisher of the catalogue is.
pub(super) fn set_removed(
    tx: &Transaction<'_>,
    id: &PublisherId,
    removed: bool,
    followed: Option<bool>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    if is_removed(tx, id)?.is_none_or(|was| was == removed) {
        return Ok(false);
    }
    tx.execute(
        "UPDATE own_publisher SET removed = ?2, changed_at = ?3 WHERE slug = ?1",
        params![id.as_str(), removed, Millis::from(now)],
    )
    .doing("removing a publisher that was added")?;
    choices::follow_publisher(tx, id, followed, now)?;
    if let Some(own) = get(tx, id)? {
        list_one(tx, &own)?;
    }
    Ok(true)
}

fn is_removed(tx: &Transaction<'_>, id: &PublisherId) -> Result<Option<bool>, StoreError> {
    tx.prepare_cached("SELECT removed FROM own_publisher WHERE slug = ?1")
        .and_then(|mut statement| {
            statement
                .query_row([id.as_str()], |row| row.get(0))
                .optional()
        })
        .doing("looking for a publisher that was added")
}

/// Lists the publishers that were added beside those of the catalogue. A feed that the catalogue has
/// stays the catalogue's.
pub(super) fn list_in(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute_batch(
        "UPDATE feed SET listed = 0 WHERE publisher IN (SELECT id FROM publisher WHERE own);
         UPDATE publisher SET listed = 0 WHERE own;",
    )
    .doing("listing the publishers that were added")?;
    for own in list(tx)?.into_iter().filter(|own| !own.removed) {
        PublisherRow::of_own(&own).apply(tx)?;
    }
    publishers::take_articles_along(tx)
}

/// The same for one of them that was added, edited or removed.
pub(super) fn list_one(tx: &Transaction<'_>, own: &StoredOwn) -> Result<(), StoreError> {
    const DOING: &str = "listing a publisher that was added";
    let publisher: Option<i64> = tx
        .prepare_cached("UPDATE publisher SET listed = 0 WHERE slug = ?1 RETURNING id")
        .and_then(|mut statement| {
            statement
                .query_row([own.id.as_str()], |row| row.get(0))
                .optional()
        })
        .doing(DOING)?;
    if let Some(publisher) = publisher {
        tx.prepare_cached("UPDATE feed SET listed = 0 WHERE publisher = ?1")
            .and_then(|mut statement| statement.execute([publisher]))
            .doing(DOING)?;
    }
    if own.removed {
        return Ok(());
    }
    PublisherRow::of_own(own).apply(tx)?;
    let Some(publisher) = publisher else {
        return Ok(());
    };
    let moved = tx
        .prepare_cached("UPDATE article SET country = ?2 WHERE publisher = ?1 AND country <> ?2")
        .and_then(|mut statement| statement.execute(params![publisher, own.publisher.country]))
        .doing(DOING)?;
    if moved > 0 {
        super::mutes::countries_changed(tx)?;
    }
    Ok(())
}

/// All feeds that are listed, with whose they are.
pub(super) fn publishers_of_feeds(
    tx: &Transaction<'_>,
) -> Result<HashMap<String, PublisherId>, StoreError> {
    const DOING: &str = "listing whose feeds there are";
    let mut statement = tx
        .prepare_cached(
            "SELECT url, slug FROM feed JOIN publisher ON publisher.id = feed.publisher
              WHERE feed.listed",
        )
        .doing(DOING)?;
    statement
        .query_map([], |row| Ok((row.get(0)?, PublisherId(row.get(1)?))))
        .and_then(Iterator::collect)
        .doing(DOING)
}

/// Whose feed it is, of those that are listed.
pub(super) fn publisher_of_feed(
    tx: &Transaction<'_>,
    feed: &Url,
) -> Result<Option<PublisherId>, StoreError> {
    tx.prepare_cached(
        "SELECT slug FROM feed JOIN publisher ON publisher.id = feed.publisher
          WHERE url = ?1 AND feed.listed",
    )
    .and_then(|mut statement| {
        statement
            .query_row([feed.as_str()], |row| row.get(0).map(PublisherId))
            .optional()
    })
    .doing("looking whose feed it is")
}
