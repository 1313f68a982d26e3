//! What the person follows.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction, params};

use super::error::{Doing, StoreError};
use super::sql::Millis;
use crate::model::{CountryCode, PublisherId};

pub(super) fn follow_country(
    tx: &Transaction<'_>,
    country: CountryCode,
    follow: bool,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT OR REPLACE INTO country_choice (country, followed, changed_at) VALUES (?1, ?2, ?3)",
        params![country, follow, Millis::from(now)],
    )
    .map(drop)
    .doing("following a country")
}

pub(super) fn follow_publisher(
    tx: &Transaction<'_>,
    publisher: &PublisherId,
    follow: Option<bool>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT OR REPLACE INTO publisher_choice (slug, followed, changed_at) VALUES (?1, ?2, ?3)",
        params![publisher.as_str(), follow, Millis::from(now)],
    )
    .map(drop)
    .doing("following a publisher")
}

pub(super) fn is_country_followed(
    tx: &Transaction<'_>,
    country: CountryCode,
) -> Result<bool, StoreError> {
    tx.query_row(
        "SELECT coalesce((SELECT followed FROM country_choice WHERE country = ?1), 0)",
        params![country],
        |row| row.get(0),
    )
    .doing("looking whether a country is followed")
}

pub(super) fn publisher_choice(
    tx: &Transaction<'_>,
    publisher: &PublisherId,
) -> Result<Option<bool>, StoreError> {
    tx.query_row(
        "SELECT followed FROM publisher_choice WHERE slug = ?1",
        params![publisher.as_str()],
        |row| row.get(0),
    )
    .optional()
    .map(Option::flatten)
    .doing("looking whether a publisher is followed")
}
