//! Which articles were opened, the last first.

use chrono::{DateTime, Utc};
use rusqlite::{Transaction, params};

use super::error::{Doing, StoreError};
use super::list;
use super::sql::{self, Millis};
use crate::model::{ArticleId, Cursor, HistoryRow, Page};

/// A page of what was opened and is still stored.
pub(super) fn page(
    tx: &Transaction<'_>,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page<HistoryRow>, StoreError> {
    const DOING: &str = "listing what was read";
    let limit = list::rows_of_a_page(limit);
    let (at, id) = after.map_or((i64::MAX, i64::MAX), |cursor| (cursor.sort_at, cursor.id));
    let mut statement = tx
        .prepare_cached(
            "SELECT DISTINCT read_at, article
               FROM mark INDEXED BY mark_by_reading CROSS JOIN article_key USING (key)
              WHERE read_at IS NOT NULL AND read_at <= ?1 AND (read_at < ?1 OR article < ?2)
              ORDER BY read_at DESC, article DESC LIMIT ?3",
        )
        .doing(DOING)?;
    let wanted = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let found: Vec<(DateTime<Utc>, i64)> = statement
        .query_map(params![at, id, wanted], |row| {
            Ok((sql::time(row, 0)?, row.get(1)?))
        })
        .and_then(Iterator::collect)
        .doing(DOING)?;
    let next = (found.len() > limit)
        .then(|| found.get(limit - 1))
        .flatten()
        .map(|(read_at, id)| Cursor {
            rank: 0,
            sort_at: Millis::from(*read_at).0,
            id: *id,
        });
    let mut rows = Vec::new();
    for (read_at, id) in found.into_iter().take(limit) {
        if let Some(row) = list::row(tx, ArticleId(id))? {
            rows.push(HistoryRow { row, read_at });
        }
    }
    Ok(Page {
        rows,
        previous: None,
        next,
    })
}

/// Forgets what was opened when. Marks stay.
pub(super) fn clear(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE mark SET read_at = NULL WHERE read_at IS NOT NULL",
        [],
    )
    .map(drop)
    .doing("forgetting what was read when")
}
