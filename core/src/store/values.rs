//! Whether a value that cannot be read is damage, or a query of ours that asks for another type.
//!
//! SQLite keeps no sums over pages, so a bit that flips in a row's header gives a value of another type,
//! and its own check says nothing of that. A query that is wrong says the very same. What tells them
//! apart is the column's own declaration: a store is only rescued, which costs what is not saved, when
//! one of its values is of another type than its column's.

use rusqlite::Transaction;
use rusqlite::types::FromSqlError;

use super::error::{Doing, StoreError};

const DOING: &str = "looking whether values are of their columns' types";

/// What cannot be read, and why.
pub(super) enum Unreadable {
    /// Nothing we write looks so.
    Damaged,
    /// Of another type than was asked for: damage, or a mistake of ours.
    OtherType,
    /// Sound, and of another shape: a mistake of ours, or another version's.
    OtherShape,
}

/// What an error of reading a value says; `None` for any other.
pub(super) fn unreadable(error: &rusqlite::Error) -> Option<Unreadable> {
    Some(match error {
        rusqlite::Error::Utf8Error(..) | rusqlite::Error::IntegralValueOutOfRange(..) => {
            Unreadable::Damaged
        }
        rusqlite::Error::InvalidColumnType(..) => Unreadable::OtherType,
        rusqlite::Error::FromSqlConversionFailure(.., cause) => {
            if let Some(error) = cause.downcast_ref::<serde_json::Error>() {
                if error.is_data() {
                    Unreadable::OtherShape
                } else {
                    Unreadable::Damaged
                }
            } else if let Some(FromSqlError::InvalidType) = cause.downcast_ref() {
                Unreadable::OtherType
            } else {
                Unreadable::Damaged
            }
        }
        _ => return None,
    })
}

/// The first column with a value of another type than its own. Reads every row.
pub(super) fn wrong(tx: &Transaction<'_>) -> Result<Option<String>, StoreError> {
    let columns: Vec<(String, String, String, bool)> = tx
        .prepare(
            "SELECT list.name, info.name, info.type, info.\"notnull\" OR info.pk > 0
               FROM pragma_table_list AS list, pragma_table_info(list.name) AS info
              WHERE list.schema = 'main' AND list.type = 'table'
                AND list.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                AND info.type IN ('INTEGER', 'TEXT', 'BLOB')
              ORDER BY list.name, info.cid",
        )
        .and_then(|mut statement| {
            statement
                .query_map([], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })?
                .collect()
        })
        .doing(DOING)?;
    for of_table in columns.chunk_by(|one, next| one.0 == next.0) {
        let Some((table, ..)) = of_table.first() else {
            continue;
        };
        let cases: Vec<String> = of_table
            .iter()
            .map(|(_, column, kind, needed)| {
                let kind = kind.to_lowercase();
                let or_null = if *needed { "" } else { ", 'null'" };
                format!("WHEN typeof(\"{column}\") NOT IN ('{kind}'{or_null}) THEN '{column}'")
            })
            .collect();
        let sql = format!(
            "SELECT wrong FROM (SELECT CASE {} END AS wrong FROM \"{table}\")
              WHERE wrong IS NOT NULL LIMIT 1",
            cases.join(" ")
        );
        let mut statement = tx.prepare(&sql).doing(DOING)?;
        let mut rows = statement.query([]).doing(DOING)?;
        if let Some(row) = rows.next().doing(DOING)? {
            let column: String = row.get(0).doing(DOING)?;
            return Ok(Some(format!(
                "a value of {table}.{column} is of another type"
            )));
        }
    }
    Ok(None)
}
