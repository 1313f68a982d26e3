//! Connections: how each is set up, and the pool that reads.

use std::borrow::Cow;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, MAIN_DB, OpenFlags, Transaction};

use super::error::{Doing, StoreError};

/// How long a connection waits for another process's transaction.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Pages of the log after which SQLite copies them into the database: 16 MB, so that a first sync
/// does it a few times and not fifty.
const LOG_PAGES: i64 = 4_000;

/// Pages the writer keeps in memory, in kB: keys are hashes, so a feed's rows touch pages all over
/// the index.
const CACHE_KB: i64 = 8_000;

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
    connection
        .pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))
        .and_then(|()| connection.pragma_update(None, "synchronous", "normal"))
        .and_then(|()| connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES))
        .and_then(|()| connection.pragma_update(None, "cache_size", -CACHE_KB))
        .doing("setting up the database")?;
    Ok(connection)
}

fn open_reader(path: &Path) -> Result<Connection, StoreError> {
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
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            idle: Mutex::new(Vec::new()),
        }
    }

    /// Runs a query on a connection of its own, in one snapshot.
    pub(super) fn read<T>(
        &self,
        query: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => open_reader(&self.path)?,
        };
        let transaction = connection
            .transaction()
            .doing("starting to read the database")?;
        let result = query(&transaction);
        drop(transaction);
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(connection);
        result
    }
}
