//! Facts about the database for `doctor`.

use std::path::Path;

use rusqlite::Transaction;

use super::damage::never_written;
use super::error::{Doing, StoreError};
use super::schema;

/// What the database says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreHealth {
    /// Version of the SQLite in use.
    pub sqlite_version: String,
    /// Bytes of the file with its log.
    pub bytes: u64,
    /// Number of the schema.
    pub schema_version: u32,
    /// What SQLite's own check found; `None` when nothing, or when it was not asked for.
    pub damage: Option<String>,
    /// Feeds that are polled.
    pub feeds: u32,
    /// Feeds whose last check failed.
    pub failing_feeds: u32,
    /// Stored articles.
    pub articles: u32,
    /// Marks kept.
    pub marks: u32,
}

pub(super) fn check(
    tx: &Transaction<'_>,
    path: &Path,
    thorough: bool,
) -> Result<StoreHealth, StoreError> {
    const DOING: &str = "examining the database";
    let count = |sql: &str| {
        tx.query_row(sql, [], |row| row.get::<_, u32>(0))
            .doing(DOING)
    };
    let damage = if thorough { damage(tx)? } else { None };
    let file = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        std::fs::metadata(name).map_or(0, |metadata| metadata.len())
    };
    Ok(StoreHealth {
        sqlite_version: rusqlite::version().to_owned(),
        bytes: file("") + file("-wal"),
        schema_version: schema::number(tx)?,
        damage,
        feeds: count(
            "SELECT count(*) FROM feed JOIN publisher ON publisher.id = feed.publisher
               LEFT JOIN publisher_choice USING (slug)
              WHERE feed.listed AND NOT gone
                AND coalesce(publisher_choice.followed, publisher.enabled)",
        )?,
        failing_feeds: count("SELECT count(*) FROM feed WHERE listed AND error_code IS NOT NULL")?,
        articles: count("SELECT count(*) FROM article")?,
        marks: count("SELECT count(*) FROM mark")?,
    })
}

/// SQLite's check of pages, of indexes against their tables, and of the full-text index, whether the
/// schema is the one that was written, and whether values are of their columns' types. Takes seconds on
/// a large file.
fn damage(tx: &Transaction<'_>) -> Result<Option<String>, StoreError> {
    const DOING: &str = "checking the database for damage";
    let mut statement = tx.prepare("PRAGMA integrity_check(5)").doing(DOING)?;
    let findings: rusqlite::Result<Vec<String>> = statement
        .query_map([], |row| row.get(0))
        .and_then(Iterator::collect);
    let findings = match findings {
        Ok(findings) => findings,
        // Damage can be so bad that it ends the check: a length that was destroyed asks for all memory.
        Err(error)
            if matches!(
                error.sqlite_error_code(),
                Some(
                    rusqlite::ErrorCode::DatabaseCorrupt
                        | rusqlite::ErrorCode::NotADatabase
                        | rusqlite::ErrorCode::OutOfMemory
                )
            ) =>
        {
            return Ok(Some(error.to_string()));
        }
        Err(error) => return Err(error).doing(DOING),
    };
    if findings.iter().any(|line| line != "ok") {
        return Ok(Some(findings.join("; ")));
    }
    never_written(tx)
}
