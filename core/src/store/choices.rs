//! What the person follows.

use rusqlite::{Transaction, params};

use super::error::{Doing, StoreError};
use crate::model::{CountryCode, PublisherId};

pub(super) fn follow_country(
    tx: &Transaction<'_>,
    country: CountryCode,
    follow: bool,
) -> Result<(), StoreError> {
    let sql = if follow {
        "INSERT OR REPLACE INTO country_choice (country, followed) VALUES (?1, 1)"
    } else {
        "DELETE FROM country_choice WHERE country = ?1"
    };
    tx.execute(sql, params![country])
        .map(drop)
        .doing("following a country")
}

pub(super) fn follow_publisher(
    tx: &Transaction<'_>,
    publisher: &PublisherId,
    follow: Option<bool>,
) -> Result<(), StoreError> {
    match follow {
        Some(follow) => tx.execute(
            "INSERT OR REPLACE INTO publisher_choice (slug, followed) VALUES (?1, ?2)",
            params![publisher.as_str(), follow],
        ),
        None => tx.execute(
            "DELETE FROM publisher_choice WHERE slug = ?1",
            params![publisher.as_str()],
        ),
    }
    .map(drop)
    .doing("following a publisher")
}
