//! Making room: which articles go first, what goes with them, and giving the room back to the disk.
//!
//! An article goes when it is not saved and either read or listed by no feed any more: what was read
//! before what was not, what is not packed before what is, what arrived first before what arrived
//! last. Its keys stay as a tombstone, so that a feed that still lists it does not bring it back.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use rusqlite::{Transaction, params};

use super::error::{Doing, StoreError};
use super::pages::{self, PictureName};
use super::sql::Millis;
use super::{facts, leads, listings};
use crate::model::{ArticleId, CountryCode};

/// Articles removed in one transaction. A mark that waits for it waits some milliseconds.
const REMOVED_AT_ONCE: usize = 64;

/// Pages given back to the disk in one transaction: a megabyte.
const VACUUMED_AT_ONCE: u32 = 256;

/// How long a tombstone stays after the last feed stopped listing its article: some feeds drop an
/// article and list it again.
const BURIED_FOR: Duration = Duration::days(30);

/// How long it is remembered that an article was read that is neither here nor listed.
const READ_FOR: Duration = Duration::days(400);

/// A database made before schema 6 gives nothing back unless it is written anew. Done once, when this
/// share of it is free.
const WORTH_REWRITING: i64 = 4;

/// What may stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the database and the pictures together.
    pub bytes: Option<u64>,
    /// What arrived before this goes, whatever room there is.
    pub arrived_since: Option<DateTime<Utc>>,
}

/// Bytes taken of the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// By the database file, with what is free in it.
    pub file: u64,
    /// Of it free.
    pub free: u64,
    /// By the files of pictures.
    pub pictures: u64,
}

impl Taken {
    /// Bytes in use: what removing articles makes less.
    pub fn used(&self) -> u64 {
        self.file - self.free + self.pictures
    }
}

/// What one step did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Removed {
    /// Articles that went.
    pub articles: u32,
    /// Whose they were.
    pub countries: BTreeSet<CountryCode>,
    /// Pictures whose files nobody needs any more.
    pub files: Vec<PictureName>,
}

pub(super) fn taken(tx: &Transaction<'_>) -> Result<Taken, StoreError> {
    const DOING: &str = "weighing the database";
    let pragma = |name: &str| {
        tx.pragma_query_value(None, name, |row| row.get::<_, i64>(0))
            .map(i64::unsigned_abs)
            .doing(DOING)
    };
    let page = pragma("page_size")?;
    Ok(Taken {
        file: pragma("page_count")? * page,
        free: pragma("freelist_count")? * page,
        pictures: pages::kept_picture_bytes(tx)?,
    })
}

/// The articles to remove next, the least valuable first; none when all may stay, or nothing may go.
pub(super) fn candidates(
    tx: &Transaction<'_>,
    limits: &Limits,
    open: &[ArticleId],
) -> Result<Vec<i64>, StoreError> {
    let is_too_much = match limits.bytes {
        Some(bytes) => taken(tx)?.used() > bytes,
        None => false,
    };
    if !is_too_much && limits.arrived_since.is_none() {
        return Ok(Vec::new());
    }
    for (read, ready) in [(true, false), (true, true), (false, false), (false, true)] {
        let mut found = of_worth(tx, read, ready, open)?;
        if !is_too_much && let Some(since) = limits.arrived_since {
            // They come in the order in which they arrived.
            found.retain(|(_, arrived)| *arrived < Millis::from(since));
        }
        if !found.is_empty() {
            return Ok(found.into_iter().map(|(id, _)| id).collect());
        }
    }
    Ok(Vec::new())
}

/// That no feed lists an article any more.
const UNLISTED: &str = "NOT EXISTS (SELECT 1 FROM listing JOIN feed ON feed.id = listing.feed
     WHERE listing.article = article.id AND feed.listed AND NOT feed.gone)";

/// The first articles of one worth that may go, and when they arrived.
fn of_worth(
    tx: &Transaction<'_>,
    read: bool,
    ready: bool,
    open: &[ArticleId],
) -> Result<Vec<(i64, Millis)>, StoreError> {
    const DOING: &str = "looking for what may go";
    let unlisted = if read { "true" } else { UNLISTED };
    let sql = format!(
        "SELECT id, first_seen_at FROM article INDEXED BY article_by_worth
          WHERE saved = 0 AND read = ?1 AND ready = ?2 AND {unlisted}
          ORDER BY id LIMIT ?3"
    );
    let mut statement = tx.prepare_cached(&sql).doing(DOING)?;
    let limit = i64::try_from(REMOVED_AT_ONCE + open.len()).unwrap_or(i64::MAX);
    let mut found: Vec<(i64, Millis)> = statement
        .query_map(params![read, ready, limit], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .and_then(Iterator::collect)
        .doing(DOING)?;
    found.retain(|(id, _)| !open.contains(&ArticleId(*id)));
    found.truncate(REMOVED_AT_ONCE);
    Ok(found)
}

/// Removes articles that may still go, with all that is kept of them but their marks.
pub(super) fn remove(
    tx: &Transaction<'_>,
    articles: &[i64],
    now: DateTime<Utc>,
) -> Result<Removed, StoreError> {
    const DOING: &str = "removing an article";
    let mut removed = Removed::default();
    let mut stories = BTreeSet::new();
    for &id in articles {
        // The person may have saved it meanwhile, or a feed listed it.
        let found = tx
            .prepare_cached(&format!(
                "SELECT country, story FROM article
                  WHERE id = ?1 AND saved = 0 AND (read = 1 OR {UNLISTED})"
            ))
            .and_then(|mut statement| {
                let mut rows = statement.query([id])?;
                let row = rows.next()?;
                row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
            })
            .doing(DOING)?;
        let Some((country, story)): Option<(CountryCode, Option<i64>)> = found else {
            continue;
        };
        listings::bury(tx, id, now)?;
        removed.files.extend(pages::release_pictures(tx, id)?);
        tx.prepare_cached("DELETE FROM article WHERE id = ?1")
            .and_then(|mut statement| statement.execute([id]))
            .doing(DOING)?;
        removed.articles += 1;
        removed.countries.insert(country);
        stories.extend(story);
    }
    for story in stories {
        after_removal(tx, story)?;
    }
    Ok(removed)
}

/// A story of which an article went: another leads it, or it is a story no more.
fn after_removal(tx: &Transaction<'_>, story: i64) -> Result<(), StoreError> {
    const DOING: &str = "noting that a story lost an article";
    let left: i64 = tx
        .prepare_cached("SELECT count(*) FROM article INDEXED BY article_by_story WHERE story = ?1")
        .and_then(|mut statement| statement.query_row([story], |row| row.get(0)))
        .doing(DOING)?;
    if left >= 2 {
        tx.prepare_cached("UPDATE story SET articles = ?2 WHERE id = ?1")
            .and_then(|mut statement| statement.execute([story, left]))
            .doing(DOING)?;
        return leads::choose_anew(tx, story);
    }
    for sql in [
        "DELETE FROM story WHERE id = ?1",
        "DELETE FROM perspective_lead WHERE story = ?1",
        // A story of one is that article, which leads it.
        "UPDATE article SET leads = 1 WHERE story = ?1 AND leads = 0",
    ] {
        tx.prepare_cached(sql)
            .and_then(|mut statement| statement.execute([story]))
            .doing(DOING)?;
    }
    Ok(())
}

/// Notes in `fact` when orphans were removed last.
const SWEPT: &str = "swept_at";

/// Things that nothing refers to any more.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Orphans {
    pictures: Vec<String>,
    marks: Vec<[u8; 16]>,
}

/// Pictures that no article shows, and marks of articles read long ago that no feed lists. Reads all of
/// both.
pub(super) fn orphans(tx: &Transaction<'_>, now: DateTime<Utc>) -> Result<Orphans, StoreError> {
    const DOING: &str = "looking for what nothing refers to";
    let pictures = tx
        .prepare_cached(
            "SELECT url FROM picture
              WHERE url NOT IN (SELECT url FROM article_picture)
                AND url NOT IN (SELECT image FROM article WHERE image IS NOT NULL)
                AND fetched_at < ?1",
        )
        .and_then(|mut statement| {
            // A picture of a screen that is open may be of nothing stored.
            let since = Millis::from(now - Duration::days(1));
            statement.query_map([since], |row| row.get(0))?.collect()
        })
        .doing(DOING)?;
    let marks = tx
        .prepare_cached(
            "SELECT key FROM mark
              WHERE changed_at < ?1 AND saved = 0 AND hidden = 0
                AND NOT EXISTS (SELECT 1 FROM article_key WHERE article_key.key = mark.key)
                AND NOT EXISTS (SELECT 1 FROM tombstone WHERE tombstone.key = mark.key)",
        )
        .and_then(|mut statement| {
            let since = Millis::from(now - READ_FOR);
            statement.query_map([since], |row| row.get(0))?.collect()
        })
        .doing(DOING)?;
    Ok(Orphans { pictures, marks })
}

/// Removes them, and tombstones that are not needed any more; the files that go with them.
pub(super) fn remove_orphans(
    tx: &Transaction<'_>,
    orphans: &Orphans,
    now: DateTime<Utc>,
) -> Result<Vec<PictureName>, StoreError> {
    const DOING: &str = "removing what nothing refers to";
    let mut files = Vec::new();
    for url in &orphans.pictures {
        files.extend(pages::remove_picture(tx, url)?);
    }
    for key in &orphans.marks {
        tx.prepare_cached("DELETE FROM mark WHERE key = ?1")
            .and_then(|mut statement| statement.execute([key]))
            .doing(DOING)?;
    }
    listings::forget_unlisted(tx, now - BURIED_FOR)?;
    facts::set(tx, SWEPT, &now.timestamp().to_string(), DOING)?;
    Ok(files)
}

/// When orphans were removed last.
pub(super) fn swept_at(tx: &Transaction<'_>) -> Result<Option<DateTime<Utc>>, StoreError> {
    let seconds = facts::get(tx, SWEPT, "looking when orphans were removed")?;
    let seconds = seconds.and_then(|seconds| seconds.parse().ok());
    Ok(seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0)))
}

/// Hashes of all pictures that are here.
pub(super) fn picture_hashes(
    tx: &Transaction<'_>,
) -> Result<std::collections::HashSet<[u8; 32]>, StoreError> {
    tx.prepare_cached("SELECT DISTINCT hash FROM picture WHERE hash IS NOT NULL")
        .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
        .doing("reading which pictures are here")
}

/// How the database gives free pages back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vacuum {
    /// Not at all now.
    No,
    /// A step of it.
    Step,
    /// All of it is written anew, so that it can from then on.
    Whole,
}

/// What there is to give back: when the disk holds more than is allowed, or a tenth of the file is free.
pub(super) fn vacuum_due(tx: &Transaction<'_>, limits: &Limits) -> Result<Vacuum, StoreError> {
    let taken = taken(tx)?;
    let free_pages = taken.free >> 12;
    let too_much = limits
        .bytes
        .is_some_and(|bytes| taken.file + taken.pictures > bytes);
    if free_pages == 0 || !(too_much || taken.free > taken.file / 10 && free_pages > 256) {
        return Ok(Vacuum::No);
    }
    let mode: i64 = tx
        .pragma_query_value(None, "auto_vacuum", |row| row.get(0))
        .doing("looking how the database gives room back")?;
    Ok(match mode {
        0 if taken.free > taken.file / WORTH_REWRITING.unsigned_abs() => Vacuum::Whole,
        0 => Vacuum::No,
        _ => Vacuum::Step,
    })
}

/// Gives some pages back.
pub(super) fn vacuum_step(tx: &Transaction<'_>) -> Result<(), StoreError> {
    const DOING: &str = "giving room back to the disk";
    // It gives a page back each time it is stepped.
    let mut statement = tx
        .prepare(&format!("PRAGMA incremental_vacuum({VACUUMED_AT_ONCE})"))
        .doing(DOING)?;
    let mut rows = statement.query([]).doing(DOING)?;
    while rows.next().doing(DOING)?.is_some() {}
    Ok(())
}

/// Bytes of each table with its indexes, by its name. Reads the whole file.
pub(super) fn table_bytes(tx: &Transaction<'_>) -> Result<Vec<(String, u64)>, StoreError> {
    tx.prepare(
        "SELECT coalesce(sqlite_schema.tbl_name, dbstat.name), sum(pgsize)
           FROM dbstat LEFT JOIN sqlite_schema USING (name)
          WHERE aggregate = TRUE GROUP BY 1",
    )
    .and_then(|mut statement| {
        statement
            .query_map([], |row| {
                Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
            })?
            .collect()
    })
    .doing("weighing the tables")
}
