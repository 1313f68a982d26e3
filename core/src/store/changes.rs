//! What the person did in the last day and can take back.

use chrono::{DateTime, Duration, Utc};
use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};

use super::error::{Doing, StoreError};
use super::sql::{self, Millis, json};
use super::{choices, marks, own};
use crate::model::{Change, ChangeId, ChangeKind, CountryCode, PublisherId};

/// How long a change can be taken back.
pub(super) const UNDO_FOR: Duration = Duration::days(1);

/// A change with what was before, as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Kept {
    MarkedAllRead {
        bulk: i64,
        articles: u32,
    },
    UnfollowedCountry {
        country: CountryCode,
    },
    UnfollowedPublisher {
        publisher: PublisherId,
        before: Option<bool>,
    },
    RemovedPublisher {
        publisher: PublisherId,
        before: Option<bool>,
    },
}

impl From<Kept> for ChangeKind {
    fn from(kept: Kept) -> Self {
        match kept {
            Kept::MarkedAllRead { articles, .. } => Self::MarkedAllRead { articles },
            Kept::UnfollowedCountry { country } => Self::UnfollowedCountry { country },
            Kept::UnfollowedPublisher { publisher, .. } => Self::UnfollowedPublisher { publisher },
            Kept::RemovedPublisher { publisher, .. } => Self::RemovedPublisher { publisher },
        }
    }
}

/// Notes a change, and forgets those that are too old to be taken back.
pub(super) fn note(
    tx: &Transaction<'_>,
    what: &Kept,
    now: DateTime<Utc>,
) -> Result<ChangeId, StoreError> {
    const DOING: &str = "noting a change that can be taken back";
    tx.execute(
        "DELETE FROM change WHERE made_at < ?1",
        [Millis::from(now - UNDO_FOR)],
    )
    .doing(DOING)?;
    tx.execute(
        "INSERT INTO change (made_at, what) VALUES (?1, ?2)",
        params![Millis::from(now), json(what).doing(DOING)?],
    )
    .doing(DOING)?;
    Ok(ChangeId(tx.last_insert_rowid()))
}

/// A bulk mark was taken back by its own number.
pub(super) fn forget_bulk(tx: &Transaction<'_>, bulk: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM change WHERE what ->> 'bulk' = ?1", [bulk])
        .map(drop)
        .doing("forgetting a change that was taken back")
}

/// What can be taken back, the latest first.
pub(super) fn list(tx: &Transaction<'_>, now: DateTime<Utc>) -> Result<Vec<Change>, StoreError> {
    const DOING: &str = "listing what can be taken back";
    let mut statement = tx
        .prepare_cached(
            "SELECT id, made_at, what,
                    coalesce((SELECT name FROM publisher WHERE slug = what ->> 'publisher'),
                             (SELECT name FROM country WHERE code = what ->> 'country'), '')
               FROM change WHERE made_at >= ?1 ORDER BY id DESC",
        )
        .doing(DOING)?;
    statement
        .query_map([Millis::from(now - UNDO_FOR)], |row| {
            Ok(Change {
                id: ChangeId(row.get(0)?),
                made_at: sql::time(row, 1)?,
                what: kept(row, 2)?.into(),
                name: row.get(3)?,
            })
        })
        .and_then(Iterator::collect)
        .doing(DOING)
}

fn kept(row: &Row<'_>, column: usize) -> rusqlite::Result<Kept> {
    sql::from_json(row, column)
}

/// Takes back a change, the latest when none is named; what it was, or `None` when there is none to
/// take back.
pub(super) fn undo(
    tx: &Transaction<'_>,
    id: Option<ChangeId>,
    now: DateTime<Utc>,
) -> Result<Option<ChangeKind>, StoreError> {
    const DOING: &str = "taking back a change";
    let found: Option<(i64, Kept)> = tx
        .query_row(
            "SELECT id, what FROM change WHERE made_at >= ?1 AND id = coalesce(?2, id)
              ORDER BY id DESC LIMIT 1",
            params![Millis::from(now - UNDO_FOR), id.map(|id| id.0)],
            |row| Ok((row.get(0)?, kept(row, 1)?)),
        )
        .optional()
        .doing(DOING)?;
    let Some((id, what)) = found else {
        return Ok(None);
    };
    match &what {
        Kept::MarkedAllRead { bulk, .. } => {
            marks::undo_mark_all(tx, Some(*bulk), now)?;
        }
        Kept::UnfollowedCountry { country } => choices::follow_country(tx, *country, true, now)?,
        Kept::UnfollowedPublisher { publisher, before } => {
            choices::follow_publisher(tx, publisher, *before, now)?;
        }
        Kept::RemovedPublisher { publisher, before } => {
            own::set_removed(tx, publisher, false, *before, now)?;
        }
    }
    tx.execute("DELETE FROM change WHERE id = ?1", [id])
        .doing(DOING)?;
    Ok(Some(what.into()))
}
