//! Which feed lists which articles, and which of those were removed and stay away.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction, params};

use super::error::{Doing, StoreError};
use super::sql::Millis;

/// Of everything a feed said of an article.
pub(super) type Hash = [u8; 16];

/// What one feed listed before, and what it lists now.
pub(super) struct Listing<'a> {
    tx: &'a Transaction<'a>,
    feed: i64,
    before: HashMap<i64, Hash>,
    now: HashSet<i64>,
}

impl<'a> Listing<'a> {
    pub(super) fn of(tx: &'a Transaction<'a>, feed: i64) -> Result<Self, StoreError> {
        let before = tx
            .prepare_cached("SELECT article, hash FROM listing WHERE feed = ?1")
            .and_then(|mut statement| {
                statement
                    .query_map([feed], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect()
            })
            .doing("reading what a feed listed")?;
        Ok(Self {
            tx,
            feed,
            before,
            now: HashSet::new(),
        })
    }

    /// Notes that the feed lists an article; false when this document did so already, whose first
    /// entry counts.
    pub(super) fn add(&mut self, article: i64, hash: Hash) -> Result<bool, StoreError> {
        if !self.now.insert(article) {
            return Ok(false);
        }
        if self.before.get(&article) != Some(&hash) {
            self.tx
                .prepare_cached(
                    "INSERT OR REPLACE INTO listing (feed, article, hash) VALUES (?1, ?2, ?3)",
                )
                .and_then(|mut statement| statement.execute(params![self.feed, article, hash]))
                .doing("noting what a feed lists")?;
        }
        Ok(true)
    }

    /// Whether `hash` is an edit of what is stored with the hash `stored`. It is none when this feed
    /// said the same before, nor when another feed said what is stored and says it still: two feeds of
    /// one publisher often tell the same article differently, for good.
    pub(super) fn is_edit(
        &self,
        article: i64,
        stored: Hash,
        hash: Hash,
    ) -> Result<bool, StoreError> {
        let before = self.before.get(&article);
        if stored == hash || before == Some(&hash) {
            return Ok(false);
        }
        if before == Some(&stored) {
            return Ok(true);
        }
        self.tx
            .prepare_cached(
                "SELECT NOT EXISTS (SELECT 1 FROM listing
                                     WHERE article = ?1 AND feed <> ?2 AND hash = ?3)",
            )
            .and_then(|mut statement| {
                statement.query_row(params![article, self.feed, stored], |row| row.get(0))
            })
            .doing("looking which feed an article is from")
    }

    /// Forgets what the feed lists no more.
    pub(super) fn finish(self, now: DateTime<Utc>) -> Result<(), StoreError> {
        const DOING: &str = "noting what a feed lists no more";
        for article in self.before.keys().filter(|id| !self.now.contains(id)) {
            self.tx
                .prepare_cached("DELETE FROM listing WHERE feed = ?1 AND article = ?2")
                .and_then(|mut statement| statement.execute([self.feed, *article]))
                .doing(DOING)?;
            self.tx
                .prepare_cached(
                    "UPDATE tombstone SET unlisted_at = ?2
                      WHERE article = ?1
                        AND NOT EXISTS (SELECT 1 FROM listing WHERE listing.article = ?1)",
                )
                .and_then(|mut statement| statement.execute(params![article, Millis::from(now)]))
                .doing(DOING)?;
        }
        Ok(())
    }
}

/// The removed article that any of the keys names. It counts as listed again, under all of them.
pub(super) fn removed(tx: &Transaction<'_>, keys: &[[u8; 16]]) -> Result<Option<i64>, StoreError> {
    const DOING: &str = "looking for a removed article";
    let mut statement = tx
        .prepare_cached("SELECT article FROM tombstone WHERE key = ?1")
        .doing(DOING)?;
    for key in keys {
        let found: Option<i64> = statement
            .query_row([key], |row| row.get(0))
            .optional()
            .doing(DOING)?;
        let Some(article) = found else { continue };
        tx.prepare_cached(
            "UPDATE tombstone SET unlisted_at = NULL
              WHERE article = ?1 AND unlisted_at IS NOT NULL",
        )
        .and_then(|mut statement| statement.execute([article]))
        .doing(DOING)?;
        for key in keys {
            tx.prepare_cached(
                "INSERT INTO tombstone (key, article) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            )
            .and_then(|mut statement| statement.execute(params![key, article]))
            .doing(DOING)?;
        }
        return Ok(Some(article));
    }
    Ok(None)
}

/// Lets an article stay away that is about to be removed.
pub(super) fn bury(
    tx: &Transaction<'_>,
    article: i64,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO tombstone (key, article, unlisted_at)
         SELECT key, article,
                CASE WHEN EXISTS (SELECT 1 FROM listing WHERE listing.article = ?1)
                     THEN NULL ELSE ?2 END
           FROM article_key WHERE article = ?1",
    )
    .and_then(|mut statement| statement.execute(params![article, Millis::from(now)]))
    .map(drop)
    .doing("noting that an article was removed")
}

/// Forgets removed articles that no feed listed since a time.
pub(super) fn forget_unlisted(
    tx: &Transaction<'_>,
    since: DateTime<Utc>,
) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM tombstone WHERE unlisted_at < ?1")
        .and_then(|mut statement| statement.execute([Millis::from(since)]))
        .map(drop)
        .doing("forgetting what was removed long ago")
}
