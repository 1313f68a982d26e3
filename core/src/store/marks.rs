//! Read state: one row for each of an article's keys, copied to the article while it is stored.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction, params};

use super::articles::{self, state};
use super::changes::{self, Kept, UNDO_FOR};
use super::error::{Doing, StoreError};
use super::list::Filter;
use super::sql::Millis;
use crate::model::{ArticleId, Mark, MarkAllReceipt, ReadState, Scope};

/// The state kept for any of these keys; the newest of each part when they disagree.
pub(super) fn of_keys(
    tx: &Transaction<'_>,
    keys: &[[u8; 16]],
) -> Result<Option<ReadState>, StoreError> {
    const DOING: &str = "looking for marks";
    let mut statement = tx
        .prepare_cached(
            "SELECT read, saved, hidden, position,
                    read_since, saved_since, hidden_since, position_since
               FROM mark WHERE key = ?1",
        )
        .doing(DOING)?;
    let mut newest: Option<Since> = None;
    for key in keys {
        let found = statement
            .query_row([key], |row| {
                let since = [row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?];
                Ok((state(row, 0)?, since))
            })
            .optional()
            .doing(DOING)?;
        newest = match (newest, found) {
            (Some(one), Some(other)) => Some(newer(one, other)),
            (one, other) => one.or(other),
        };
    }
    Ok(newest.map(|(state, _)| state))
}

/// A state, and since when each part of it is so.
type Since = (ReadState, [Option<Millis>; 4]);

/// The later of each part.
fn newer((one, at): Since, (other, after): Since) -> Since {
    let read = (at[0], one.read).max((after[0], other.read));
    let saved = (at[1], one.saved).max((after[1], other.saved));
    let hidden = (at[2], one.hidden).max((after[2], other.hidden));
    let position = if after[3] > at[3] {
        (after[3], other.position)
    } else {
        (at[3], one.position)
    };
    let state = ReadState {
        read: read.1,
        saved: saved.1,
        hidden: hidden.1,
        position: position.1,
    };
    (state, [read.0, saved.0, hidden.0, position.0])
}

/// Makes the marks of an article and of all these keys the same: the newest there is.
pub(super) fn spread(
    tx: &Transaction<'_>,
    article: i64,
    keys: &[[u8; 16]],
) -> Result<(), StoreError> {
    const DOING: &str = "carrying marks over";
    let Some(kept) = of_keys(tx, keys)? else {
        return Ok(());
    };
    let mut statement = tx
        .prepare_cached(
            "INSERT INTO mark (key, read, saved, hidden, position, changed_at, read_at,
                               read_since, saved_since, hidden_since, position_since)
             SELECT ?1, read, saved, hidden, position, changed_at, read_at,
                    read_since, saved_since, hidden_since, position_since FROM mark
              WHERE key IN (SELECT key FROM article_key WHERE article = ?2)
              ORDER BY changed_at DESC LIMIT 1
             ON CONFLICT (key) DO NOTHING",
        )
        .doing(DOING)?;
    for key in keys {
        statement.execute(params![key, article]).doing(DOING)?;
    }
    tx.prepare_cached(
        "UPDATE article SET read = ?2, saved = ?3, hidden = (hidden & 2) | ?4, position = ?5
          WHERE id = ?1
            AND (read, saved, hidden & 1, position) IS NOT (?2, ?3, ?4, ?5)",
    )
    .and_then(|mut statement| {
        statement.execute(params![
            article,
            kept.read,
            kept.saved,
            kept.hidden,
            kept.position
        ])
    })
    .map(drop)
    .doing(DOING)
}

/// Makes the marks of all keys of an article, and of the article, the newest there is of each part; when it
/// was opened is when it was by any of them.
pub(super) fn settle(tx: &Transaction<'_>, article: i64) -> Result<(), StoreError> {
    const DOING: &str = "putting marks together";
    const ITS_KEYS: &str = "key IN (SELECT key FROM article_key WHERE article = ?1)";
    let newest = ["read", "saved", "hidden", "position"].map(|part| {
        format!(
            "({part}, {part}_since) =
             (SELECT {part}, {part}_since FROM mark WHERE {ITS_KEYS}
               ORDER BY {part}_since DESC, {part} DESC LIMIT 1)"
        )
    });
    let sql = format!(
        "UPDATE mark SET {},
                (changed_at, read_at) =
                (SELECT max(changed_at), max(read_at) FROM mark WHERE {ITS_KEYS})
          WHERE {ITS_KEYS}",
        newest.join(", ")
    );
    tx.prepare_cached(&sql)
        .and_then(|mut statement| statement.execute([article]))
        .doing(DOING)?;
    spread(tx, article, &articles::keys(tx, article)?)
}

pub(super) fn mark(
    tx: &Transaction<'_>,
    ids: &[ArticleId],
    mark: Mark,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    const DOING: &str = "marking an article";
    let set = match mark {
        Mark::Read => "read = 1",
        Mark::Unread => "read = 0",
        Mark::Save => "saved = 1",
        Mark::Unsave => "saved = 0",
        Mark::Hide => "hidden = hidden | 1",
        Mark::Unhide => "hidden = hidden & 2",
        Mark::Position(_) => "position = ?2",
    };
    let position = match mark {
        Mark::Position(position) => Some(position),
        _ => None,
    };
    // A bare `?2` for the type checker: SQLite wants every bound parameter to occur.
    let sql = format!("UPDATE article SET {set} WHERE id = ?1 AND ?2 IS ?2");
    let mut statement = tx.prepare_cached(&sql).doing(DOING)?;
    for id in ids {
        if statement.execute(params![id.0, position]).doing(DOING)? == 0 {
            return Err(StoreError::NoSuchArticle(*id));
        }
        keep(tx, id.0, now)?;
        match mark {
            Mark::Read => opened(tx, id.0, Some(now))?,
            Mark::Unread => opened(tx, id.0, None)?,
            _ => {}
        }
    }
    Ok(())
}

/// What a mark is made of, from the row of an article marked at ?1; completes `INSERT INTO mark`.
const OF_ARTICLE: &str = "(key, read, saved, hidden, position, changed_at,
      read_since, saved_since, hidden_since, position_since)
  SELECT key, read, saved, hidden & 1, position, ?1,
         iif(read, ?1, NULL), iif(saved, ?1, NULL), iif(hidden & 1, ?1, NULL),
         iif(position IS NULL, NULL, ?1)";

/// What is so already is so since when it was.
const CHANGED: &str = "ON CONFLICT (key) DO UPDATE
     SET (read, saved, hidden, position, changed_at) = (excluded.read, excluded.saved,
          excluded.hidden, excluded.position, excluded.changed_at),
         read_since = iif(mark.read IS excluded.read, mark.read_since, ?1),
         saved_since = iif(mark.saved IS excluded.saved, mark.saved_since, ?1),
         hidden_since = iif(mark.hidden IS excluded.hidden, mark.hidden_since, ?1),
         position_since = iif(mark.position IS excluded.position, mark.position_since, ?1)";

/// Copies an article's state to the rows of its keys.
fn keep(tx: &Transaction<'_>, article: i64, now: DateTime<Utc>) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO mark {OF_ARTICLE}
           FROM article_key JOIN article ON article.id = article_key.article
          WHERE article.id = ?2
         {CHANGED}"
    );
    tx.prepare_cached(&sql)
        .and_then(|mut statement| statement.execute(params![Millis::from(now), article]))
        .map(drop)
        .doing("keeping a mark")
}

/// Notes when an article was opened, or that it was not.
fn opened(tx: &Transaction<'_>, article: i64, at: Option<DateTime<Utc>>) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE mark SET read_at = ?2
          WHERE key IN (SELECT key FROM article_key WHERE article = ?1)",
    )
    .and_then(|mut statement| statement.execute(params![article, at.map(Millis::from)]))
    .map(drop)
    .doing("noting when an article was read")
}

pub(super) fn mark_all_read(
    tx: &Transaction<'_>,
    scope: &Scope,
    now: DateTime<Utc>,
) -> Result<MarkAllReceipt, StoreError> {
    const DOING: &str = "marking all as read";
    let unread = Scope {
        unread: true,
        ..scope.clone()
    };
    let filter = Filter::of(tx, &unread)?;
    tx.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS chosen (article INTEGER PRIMARY KEY);
         DELETE FROM temp.chosen;",
    )
    .doing(DOING)?;
    filter.insert_ids(tx, "INSERT INTO temp.chosen (article)")?;
    tx.execute(
        "DELETE FROM bulk_mark WHERE made_at < ?1",
        [Millis::from(now - UNDO_FOR)],
    )
    .doing("forgetting old bulk marks")?;
    tx.execute(
        "INSERT INTO bulk_mark (made_at) VALUES (?1)",
        [Millis::from(now)],
    )
    .doing(DOING)?;
    let undo = tx.last_insert_rowid();
    tx.execute(
        "INSERT INTO bulk_mark_key (bulk_mark, key)
         SELECT ?1, key FROM article_key JOIN temp.chosen USING (article)",
        [undo],
    )
    .doing(DOING)?;
    let marked = tx
        .execute(
            "UPDATE article SET read = 1 WHERE id IN (SELECT article FROM temp.chosen)",
            [],
        )
        .doing(DOING)?;
    let sql = format!(
        "INSERT INTO mark {OF_ARTICLE}
           FROM temp.chosen
           JOIN article ON article.id = chosen.article
           JOIN article_key ON article_key.article = article.id
          WHERE true
         {CHANGED}"
    );
    tx.execute(&sql, [Millis::from(now)]).doing(DOING)?;
    tx.execute_batch("DROP TABLE temp.chosen").doing(DOING)?;
    let marked = u32::try_from(marked).unwrap_or(u32::MAX);
    if marked > 0 {
        let what = Kept::MarkedAllRead {
            bulk: undo,
            articles: marked,
        };
        changes::note(tx, &what, now)?;
    }
    Ok(MarkAllReceipt { undo, marked })
}

pub(super) fn undo_mark_all(
    tx: &Transaction<'_>,
    undo: Option<i64>,
    now: DateTime<Utc>,
) -> Result<Option<u32>, StoreError> {
    const DOING: &str = "taking back a bulk mark";
    let found: Option<(i64, Millis)> = tx
        .query_row(
            "SELECT id, made_at FROM bulk_mark WHERE made_at >= ?1 AND id = coalesce(?2, id)
              ORDER BY id DESC LIMIT 1",
            params![Millis::from(now - UNDO_FOR), undo],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()
        .doing(DOING)?;
    let Some((bulk, made_at)) = found else {
        return Ok(None);
    };
    // What was marked again since, one by one, stays as the person left it.
    let unmarked = tx
        .execute(
            "UPDATE article SET read = 0
              WHERE read = 1
                AND id IN (SELECT article FROM bulk_mark_key
                             JOIN mark USING (key) JOIN article_key USING (key)
                            WHERE bulk_mark = ?1 AND changed_at = ?2)",
            params![bulk, made_at],
        )
        .doing(DOING)?;
    tx.execute(
        "UPDATE mark SET read = 0, read_since = ?3, changed_at = ?3
          WHERE changed_at = ?2
            AND key IN (SELECT key FROM bulk_mark_key WHERE bulk_mark = ?1)",
        params![bulk, made_at, Millis::from(now)],
    )
    .doing(DOING)?;
    tx.execute("DELETE FROM bulk_mark WHERE id = ?1", [bulk])
        .doing(DOING)?;
    changes::forget_bulk(tx, bulk)?;
    Ok(Some(u32::try_from(unmarked).unwrap_or(u32::MAX)))
}
