//! The schema's numbered migrations. A database carries its number in `user_version`.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::error::{Doing, StoreError};

/// Marks a file as ours ("OVRV"), so that another program's database is never migrated.
const APPLICATION_ID: i32 = 0x4f56_5256;

/// The SQL that turns schema n into schema n + 1. Append only.
const MIGRATIONS: [&str; 7] = [
    include_str!("migrations/001_first.sql"),
    include_str!("migrations/002_page.sql"),
    include_str!("migrations/003_translation.sql"),
    include_str!("migrations/004_story.sql"),
    include_str!("migrations/005_search.sql"),
    include_str!("migrations/006_keeping.sql"),
    include_str!("migrations/007_own.sql"),
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

/// The schema number in the file; 0 when it is empty.
pub(super) fn number(connection: &Connection) -> Result<u32, StoreError> {
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .doing("reading the schema's number")
}
