//! Connections: how each is set up, and the pool that reads.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, InterruptHandle, MAIN_DB, OpenFlags, Transaction};

use super::damage::Damage;
use super::error::{Doing, StoreError};

/// How long a connection waits for another process's transaction.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Pages the writer keeps in memory, in kB: keys are hashes, so a feed's rows touch pages all over
/// the index.
const CACHE_KB: i64 = 8_000;

/// How long between two interrupts of what does not end.
pub(super) const INTERRUPT_EVERY: Duration = Duration::from_millis(2);

pub(super) fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    let connection = open(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    )?;
    // SQLite quietly opens a file for reading when it may not write to it.
    if connection
        .is_readonly(MAIN_DB)
        .doing("opening the database")?
    {
        return Err(StoreError::ReadOnly {
            doing: "opening the database".into(),
        });
    }
    set_up(&connection)?;
    let pages: i64 = connection
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .doing("opening the database")?;
    // It only counts for a file that has no page yet, and writes to any other.
    if pages == 0 {
        connection
            .pragma_update(None, "auto_vacuum", "incremental")
            .doing("setting up the database")?;
    }
    connection
        .pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))
        .and_then(|()| connection.pragma_update(None, "synchronous", "normal"))
        // The writer does it, when nobody waits: see `store::log`.
        .and_then(|()| connection.pragma_update(None, "wal_autocheckpoint", 0))
        .and_then(|()| connection.pragma_update(None, "cache_size", -CACHE_KB))
        .doing("setting up the database")?;
    Ok(connection)
}

pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    set_up(&connection)?;
    Ok(connection)
}

fn open(path: &Path, mode: OpenFlags) -> Result<Connection, StoreError> {
    // Each connection is used by one thread at a time, so SQLite's own mutex would be idle work.
    Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(|error| {
        match StoreError::from_sqlite(Cow::Borrowed("opening the database"), error) {
            StoreError::Sqlite { source, .. } => why_not(path, &source),
            typed => typed,
        }
    })
}

/// SQLite only says that it could not open a file; the system says why.
fn why_not(path: &Path, source: &rusqlite::Error) -> StoreError {
    let attempt = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path);
    match attempt {
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
            ) =>
        {
            StoreError::ReadOnly {
                doing: "opening the database".into(),
            }
        }
        Err(error) => StoreError::CannotOpen {
            path: path.to_owned(),
            reason: error.to_string(),
        },
        Ok(_) => StoreError::CannotOpen {
            path: path.to_owned(),
            reason: source.to_string(),
        },
    }
}

fn set_up(connection: &Connection) -> Result<(), StoreError> {
    connection.set_prepared_statement_cache_capacity(64);
    connection
        .busy_timeout(BUSY_TIMEOUT)
        .and_then(|()| connection.pragma_update(None, "foreign_keys", true))
        .and_then(|()| connection.pragma_update(None, "temp_store", "memory"))
        .doing("setting up the database")
}

/// Connections for queries. As many as there are queries at once; each is kept for the next.
pub(super) struct Readers {
    path: PathBuf,
    damage: Arc<Damage>,
    state: Mutex<State>,
    /// A query ended.
    ended: Condvar,
}

#[derive(Default)]
struct State {
    paused: bool,
    idle: Vec<Connection>,
    /// Queries that run, by number; what interrupts them once they have a connection.
    running: HashMap<u64, Option<InterruptHandle>>,
    last: u64,
}

impl Readers {
    pub(super) fn new(path: PathBuf, damage: Arc<Damage>) -> Self {
        Self {
            path,
            damage,
            state: Mutex::default(),
            ended: Condvar::new(),
        }
    }

    /// Runs a query on a connection of its own, in one snapshot.
    pub(super) fn read<T>(
        &self,
        query: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.damage.look(self.read_once(query, false))
    }

    /// The same on a connection that read nothing before. FTS5 remembers where its segments are, and
    /// looks whether that is still so before every search, but not before its check: what another
    /// connection merged since then would be called damage.
    pub(super) fn read_anew<T>(
        &self,
        query: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.damage.look(self.read_once(query, true))
    }

    fn read_once<T>(
        &self,
        query: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
        anew: bool,
    ) -> Result<T, StoreError> {
        let mut reading = self.begin()?;
        if anew {
            reading.connection = None;
        }
        let connection = match &mut reading.connection {
            Some(connection) => connection,
            absent => absent.insert(open_reader(&self.path)?),
        };
        if let Some(running) = self.state().running.get_mut(&reading.number) {
            *running = Some(connection.get_interrupt_handle());
        }
        let transaction = connection
            .transaction()
            .doing("starting to read the database")?;
        query(&transaction)
    }

    /// Closes every connection and refuses queries. Those that run may go on until `patience`
    /// ends and are interrupted then; whether all were over at the deadline.
    pub(super) fn pause(&self, patience: Instant, deadline: Instant) -> bool {
        let mut state = self.state();
        state.paused = true;
        let idle = std::mem::take(&mut state.idle);
        drop(state);
        drop(idle);
        let mut state = self.state();
        while !state.running.is_empty() {
            let now = Instant::now();
            if now >= deadline {
                return false;
            }
            let wait = if now < patience {
                patience - now
            } else {
                // Again and again, because it only reaches the statement of that moment.
                for interrupt in state.running.values().flatten() {
                    interrupt.interrupt();
                }
                INTERRUPT_EVERY
            };
            let waited = self.ended.wait_timeout(state, wait);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }

    pub(super) fn resume(&self) {
        self.state().paused = false;
    }

    fn begin(&self) -> Result<Reading<'_>, StoreError> {
        let mut state = self.state();
        if state.paused {
            return Err(StoreError::Paused {
                doing: "reading the database".into(),
            });
        }
        state.last += 1;
        let number = state.last;
        state.running.insert(number, None);
        Ok(Reading {
            readers: self,
            number,
            connection: state.idle.pop(),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A query that runs.
struct Reading<'r> {
    readers: &'r Readers,
    number: u64,
    connection: Option<Connection>,
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        let mut state = self.readers.state();
        if !state.paused
            && let Some(connection) = self.connection.take()
        {
            state.idle.push(connection);
        } else {
            // Closed before it counts as over.
            drop(state);
            drop(self.connection.take());
            state = self.readers.state();
        }
        state.running.remove(&self.number);
        drop(state);
        self.readers.ended.notify_all();
    }
}
