//! What the store remembers about itself, by name: one text a fact.

use rusqlite::{Connection, OptionalExtension, params};

use super::error::{Doing, StoreError};

pub(super) fn get(
    connection: &Connection,
    name: &str,
    doing: &'static str,
) -> Result<Option<String>, StoreError> {
    connection
        .prepare_cached("SELECT value FROM fact WHERE name = ?1")
        .and_then(|mut statement| statement.query_row([name], |row| row.get(0)).optional())
        .doing(doing)
}

pub(super) fn set(
    connection: &Connection,
    name: &str,
    value: &str,
    doing: &'static str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO fact (name, value) VALUES (?1, ?2)")
        .and_then(|mut statement| statement.execute(params![name, value]))
        .map(drop)
        .doing(doing)
}

pub(super) fn forget(
    connection: &Connection,
    name: &str,
    doing: &'static str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM fact WHERE name = ?1")
        .and_then(|mut statement| statement.execute([name]))
        .map(drop)
        .doing(doing)
}
