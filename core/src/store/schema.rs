//! The schema's numbered migrations. A database carries its number in `user_version`.

use std::collections::HashSet;
use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::error::{Doing, StoreError};

/// Marks a file as ours ("OVRV"), so that another program's database is never migrated.
const APPLICATION_ID: i32 = 0x4f56_5256;

/// The SQL that turns schema n into schema n + 1. Append only.
const MIGRATIONS: [&str; 9] = [
    include_str!("migrations/001_first.sql"),
    include_str!("migrations/002_page.sql"),
    include_str!("migrations/003_translation.sql"),
    include_str!("migrations/004_story.sql"),
    include_str!("migrations/005_search.sql"),
    include_str!("migrations/006_keeping.sql"),
    include_str!("migrations/007_own.sql"),
    include_str!("migrations/008_since.sql"),
    include_str!("migrations/009_sets.sql"),
];

/// The schema this library writes.
pub(super) const CURRENT: u32 = MIGRATIONS.len() as u32;

/// Brings a database to [`CURRENT`], in one transaction, or says why it cannot be used.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let found = check(connection, path)?;
    if found == CURRENT {
        return Ok(());
    }
    // Another process may be doing the same: whoever comes second finds it done.
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .doing("starting to bring the database up to date")?;
    let found = number(&transaction)?;
    for (index, sql) in MIGRATIONS.iter().enumerate().skip(found as usize) {
        transaction
            .execute_batch(sql)
            .doing(format!("bringing the database to schema {}", index + 1))?;
    }
    transaction
        .pragma_update(None, "application_id", APPLICATION_ID)
        .and_then(|()| transaction.pragma_update(None, "user_version", CURRENT))
        .doing("noting the schema's number")?;
    transaction
        .commit()
        .doing("bringing the database up to date")
}

/// The schema number of a file that is ours or empty.
fn check(connection: &Connection, path: &Path) -> Result<u32, StoreError> {
    const DOING: &str = "opening the database";
    let found = number(connection)?;
    let application_id: i32 = connection
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .doing(DOING)?;
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .doing(DOING)?;
    if tables > 0 && application_id != APPLICATION_ID {
        return Err(StoreError::NotOurs {
            path: path.to_owned(),
        });
    }
    if found > CURRENT {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known: CURRENT,
        });
    }
    Ok(found)
}

/// What the file says of a table or an index: its kind, its name, its table and how it was made. As
/// bytes: a bit that flipped may have left no text.
type Entry = [Option<Vec<u8>>; 4];

/// What of a file's schema is not as the migrations write it; `None` when it is. SQLite's own check
/// only asks whether a schema can be read: a bit that flips in one can give a column another name.
pub(super) fn wrong(connection: &Connection) -> Result<Option<String>, StoreError> {
    let found = entries(connection)?;
    let made = entries(&made(number(connection)?)?)?;
    let differs = |one: &[Entry], other: &[Entry]| {
        let entry = one.iter().find(|entry| !other.contains(entry))?;
        let name = entry[1].as_deref().unwrap_or_default();
        Some(format!(
            "the schema of {} is not as it was written",
            String::from_utf8_lossy(name)
        ))
    };
    Ok(differs(&made, &found).or_else(|| differs(&found, &made)))
}

/// The tables and indexes of today's schema, SQLite's own left out.
pub(super) fn names() -> Result<HashSet<String>, StoreError> {
    let names = entries(&made(CURRENT)?)?.into_iter().filter_map(|entry| {
        let [_, name, ..] = entry;
        String::from_utf8(name?).ok()
    });
    Ok(names.collect())
}

/// An empty database in memory as the migrations make it.
fn made(number: u32) -> Result<Connection, StoreError> {
    const DOING: &str = "making an empty database";
    let connection = Connection::open_in_memory().doing(DOING)?;
    for sql in MIGRATIONS.iter().take(number as usize) {
        connection.execute_batch(sql).doing(DOING)?;
    }
    Ok(connection)
}

fn entries(connection: &Connection) -> Result<Vec<Entry>, StoreError> {
    connection
        .prepare(
            "SELECT CAST(type AS BLOB), CAST(name AS BLOB), CAST(tbl_name AS BLOB), CAST(sql AS BLOB)
               FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        )
        .and_then(|mut statement| {
            statement
                .query_map([], |row| {
                    Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?])
                })?
                .collect()
        })
        .doing("comparing the schema with the one that was written")
}

/// The schema number in the file; 0 when it is empty.
pub(super) fn number(connection: &Connection) -> Result<u32, StoreError> {
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .doing("reading the schema's number")
}
