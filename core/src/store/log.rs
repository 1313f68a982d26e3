//! The write-ahead log: when it is copied into the database.
//!
//! SQLite would do it in the middle of a commit, and the person's mark that made the log too long would
//! wait until 16 MB were copied and flushed. Here the writer does it once nobody has asked for anything
//! for a moment, and only in the midst of work when the log has become very long.

use std::time::Duration;

use rusqlite::Connection;

/// Pages of the log that are not in the database yet, from which on a quiet moment is used to copy them:
/// 16 MB, so that a first sync does it a few times and not fifty.
const LONG: i64 = 4_000;

/// And from which on it is not put off any more: 64 MB.
const TOO_LONG: i64 = 16_000;

/// How long nobody asked for anything when a moment is quiet.
pub(super) const QUIET: Duration = Duration::from_millis(50);

/// When the log is to be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    No,
    WhenQuiet,
    Now,
}

pub(super) fn due(connection: &Connection) -> Due {
    let pages = connection.query_row("PRAGMA wal_checkpoint(NOOP)", [], |row| {
        Ok(row.get::<_, i64>(1)? - row.get::<_, i64>(2)?)
    });
    match pages {
        Ok(pages) if pages >= TOO_LONG => Due::Now,
        Ok(pages) if pages >= LONG => Due::WhenQuiet,
        _ => Due::No,
    }
}

/// Copies what nobody reads from the log any more. What cannot be copied stays in the log, and is copied
/// another time.
pub(super) fn copy(connection: &Connection) {
    let copied = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    if let Err(error) = copied {
        tracing::debug!(%error, "copying the log into the database");
    }
}
