//! The write-ahead log: when it is copied into the database, and when its file is made short.
//!
//! SQLite would copy it in the middle of a commit, and the person's mark that made the log too long would
//! wait until 16 MB were copied and flushed. Here the writer does it once nobody has asked for anything
//! for a moment, and only in the midst of work when the log has become very long.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use rusqlite::Connection;

use super::connection::BUSY_TIMEOUT;
use super::error::{Doing, StoreError};

/// Pages of the log that are not in the database yet, from which on a quiet moment is used to copy them:
/// 16 MB, so that a first sync does it a few times and not fifty.
const LONG: i64 = 4_000;

/// And from which on it is not put off any more: 24 MB. Beside the database there must be room for it.
const TOO_LONG: i64 = 6_000;

/// How long nobody asked for anything when a moment is quiet.
const QUIET: Duration = Duration::from_millis(50);

/// A log this short stays as it is: a hundredth of the least budget there is.
pub(super) const KEPT: u64 = 200_000;

/// Waits for the writer's next job, and uses the time for the log. `None` when there are no more.
pub(super) fn next<T>(connection: &Connection, queue: &Receiver<T>) -> Option<T> {
    let pages = uncopied(connection);
    if pages >= TOO_LONG {
        copy(connection);
    } else if pages >= LONG {
        match queue.recv_timeout(QUIET) {
            Ok(job) => return Some(job),
            Err(RecvTimeoutError::Timeout) => copy(connection),
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    queue.recv().ok()
}

/// Pages of the log that are not in the database yet; none where SQLite cannot say.
fn uncopied(connection: &Connection) -> i64 {
    connection
        .query_row("PRAGMA wal_checkpoint(NOOP)", [], |row| {
            Ok(row.get::<_, i64>(1)? - row.get::<_, i64>(2)?)
        })
        .unwrap_or_default()
}

/// Copies what nobody reads from the log any more. What cannot be copied stays in the log, and is copied
/// another time.
fn copy(connection: &Connection) {
    let copied = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    if let Err(error) = copied {
        tracing::debug!(%error, "copying the log into the database");
    }
}

/// Bytes of the log's file.
pub(super) fn bytes(database: &Path) -> u64 {
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).map_or(0, |metadata| metadata.len())
}

/// Copies the log into the database and cuts its file off; whether that could be done at once.
pub(super) fn empty(connection: &mut Connection) -> Result<bool, StoreError> {
    const DOING: &str = "emptying the log of the database";
    // Waits for nobody: marks wait behind this.
    connection.busy_timeout(Duration::ZERO).doing(DOING)?;
    let emptied = connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
            row.get::<_, bool>(0).map(|is_busy| !is_busy)
        })
        .doing(DOING);
    connection.busy_timeout(BUSY_TIMEOUT).doing(DOING)?;
    match emptied {
        Err(StoreError::Busy { .. }) => Ok(false),
        other => other,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::mpsc;
    use std::time::Instant;

    use super::super::connection::{open_reader, open_writer};
    use super::*;

    /// A database whose log has so many pages.
    fn with_log(pages: i64) -> (tempfile::TempDir, Connection) {
        let dir = tempfile::tempdir().unwrap();
        let writer = open_writer(&dir.path().join("any.db")).unwrap();
        writer
            .execute_batch("CREATE TABLE bytes (some BLOB)")
            .unwrap();
        writer
            .execute("INSERT INTO bytes VALUES (zeroblob(?1))", [pages * 4_096])
            .unwrap();
        (dir, writer)
    }

    #[test]
    fn a_job_goes_before_a_long_log() {
        let (_dir, writer) = with_log(LONG);
        let (jobs, queue) = mpsc::channel();
        jobs.send("mark").unwrap();
        assert_eq!(next(&writer, &queue), Some("mark"));
        assert!(uncopied(&writer) >= LONG);
        drop(jobs);
        assert_eq!(next(&writer, &queue), None, "closing copies it");
        assert!(uncopied(&writer) >= LONG);
    }

    #[test]
    fn a_long_log_is_copied_once_nobody_asks_for_anything() {
        let (dir, writer) = with_log(LONG);
        let (jobs, queue) = mpsc::channel::<&str>();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                let reader = open_reader(&dir.path().join("any.db")).unwrap();
                let given_up = Instant::now() + Duration::from_secs(60);
                while uncopied(&reader) > 0 && Instant::now() < given_up {
                    std::thread::yield_now();
                }
                jobs.send("mark").unwrap();
            });
            assert_eq!(next(&writer, &queue), Some("mark"));
        });
        assert_eq!(uncopied(&writer), 0);
    }

    #[test]
    fn a_log_that_is_too_long_goes_before_a_job() {
        let (_dir, writer) = with_log(TOO_LONG);
        let (jobs, queue) = mpsc::channel();
        jobs.send("mark").unwrap();
        assert_eq!(next(&writer, &queue), Some("mark"));
        assert_eq!(uncopied(&writer), 0);
    }

    #[test]
    fn a_short_log_stays() {
        let (_dir, writer) = with_log(10);
        let (jobs, queue) = mpsc::channel::<&str>();
        drop(jobs);
        assert_eq!(next(&writer, &queue), None);
        assert!(uncopied(&writer) >= 10);
    }
}
