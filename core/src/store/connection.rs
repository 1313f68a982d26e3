//! Connections: how each is set up, the pool that reads, and the one thread that writes.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

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
            StoreError::Sqlite { source, .. } => StoreError::CannotOpen {
                path: path.to_owned(),
                reason: source.to_string(),
            },
            typed => typed,
        }
    })
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

/// Most pieces of work that share a transaction. A person's mark waits for one such at most.
const SHARED_MAX: usize = 12;

enum Job {
    /// Has a transaction to itself.
    Alone(Box<dyn FnOnce(&mut Connection) + Send>),
    /// May share its transaction with what waits behind it; undone by itself when it fails.
    Shared(Shared),
}

/// Work that may share a transaction. Without one (`Err`) it only answers so. Says whether it went
/// well, and how to answer once it is committed or is not.
type Shared = Box<dyn FnOnce(Result<&Transaction<'_>, Failure>) -> (bool, Finish) + Send>;
type Finish = Box<dyn FnOnce(Result<(), Failure>) + Send>;

/// Why a shared transaction failed, for each of those that shared it.
#[derive(Clone)]
struct Failure(rusqlite::ffi::Error, Option<String>);

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        let text = error.to_string();
        match error {
            rusqlite::Error::SqliteFailure(code, text) => Self(code, text),
            other => Self(
                other
                    .sqlite_error()
                    .copied()
                    .unwrap_or(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_ERROR)),
                Some(text),
            ),
        }
    }
}

impl From<Failure> for rusqlite::Error {
    fn from(Failure(code, text): Failure) -> Self {
        Self::SqliteFailure(code, text)
    }
}

/// How firmly a write must be on the disk before it is acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Durability {
    /// Survives the process being killed. A power cut may take the last moments; a sync fetches
    /// them again.
    Process,
    /// Survives a power cut: the log is flushed before the call returns. For what only the person
    /// can say.
    Disk,
}

/// The one thread that writes. Jobs run in the order they came.
pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(mut connection: Connection) -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let thread = std::thread::Builder::new()
            .name("overview-writer".to_owned())
            .spawn(move || {
                let mut next = queue.recv().ok();
                while let Some(job) = next {
                    next = match job {
                        Job::Alone(work) => {
                            work(&mut connection);
                            None
                        }
                        Job::Shared(work) => share(&mut connection, work, &queue),
                    }
                    .or_else(|| queue.recv().ok());
                }
                // Closing checkpoints the log; a failure there loses nothing.
                if let Err((_, error)) = connection.close() {
                    tracing::warn!(%error, "closing the database");
                }
            })
            .map_err(|_| StoreError::Closed {
                doing: Cow::Borrowed("starting the writer"),
            })?;
        Ok(Self {
            jobs: Some(jobs),
            thread: Some(thread),
        })
    }

    fn submit(&self, job: Job) {
        // A closed queue drops the job and with it the answer's sender, which the caller sees.
        if let Some(jobs) = &self.jobs {
            let _ = jobs.send(job);
        }
    }

    /// Runs one transaction and waits for it. It is rolled back when `work` fails or panics.
    pub(super) fn write<T: Send + 'static>(
        &self,
        doing: &'static str,
        durability: Durability,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (sender, receiver) = mpsc::sync_channel(1);
        self.submit(Job::Alone(Box::new(move |connection| {
            let _ = sender.send(transact(connection, doing, durability, work));
        })));
        receiver.recv().unwrap_or_else(|_| {
            Err(StoreError::Closed {
                doing: doing.into(),
            })
        })
    }

    /// Runs `work` in a transaction that it may share with what waits behind it, and waits,
    /// without blocking the thread, until that is committed. `work` is undone alone when it fails.
    pub(super) async fn write_shared<T: Send + 'static>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        self.submit(Job::Shared(Box::new(move |transaction| {
            let failed = |failure: Failure| StoreError::from_sqlite(doing.into(), failure.into());
            let result = transaction.map_err(failed).and_then(work);
            let well = result.is_ok();
            let finish: Finish = Box::new(move |committed| {
                let _ = sender.send(result.and_then(|value| match committed {
                    Ok(()) => Ok(value),
                    Err(failure) => Err(failed(failure)),
                }));
            });
            (well, finish)
        })));
        receiver.await.unwrap_or_else(|_| {
            Err(StoreError::Closed {
                doing: doing.into(),
            })
        })
    }
}

/// One transaction for `first` and for what waits behind it, up to [`SHARED_MAX`]. Each is acknowledged only
/// once all are committed. Gives back the job it met that wants a transaction to itself.
fn share(connection: &mut Connection, first: Shared, queue: &mpsc::Receiver<Job>) -> Option<Job> {
    let mut done: Vec<Finish> = Vec::new();
    let mut alone = None;
    let committed: Result<(), Failure> = (|| {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut next = Some(first);
        while let Some(work) = next.take() {
            transaction.execute_batch("SAVEPOINT one")?;
            let (well, finish) = work(Ok(&transaction));
            done.push(finish);
            // When SQLite itself gave the whole transaction up, this fails, and all are told.
            transaction.execute_batch(if well {
                "RELEASE one"
            } else {
                "ROLLBACK TO one; RELEASE one"
            })?;
            if done.len() < SHARED_MAX {
                match queue.try_recv() {
                    Ok(Job::Shared(work)) => next = Some(work),
                    Ok(job) => alone = Some(job),
                    Err(_) => {}
                }
            }
        }
        transaction.commit().map_err(Failure::from)
    })();
    for finish in done {
        finish(committed.clone());
    }
    alone
}

impl Drop for Writer {
    /// Finishes what is queued, then closes the database.
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn transact<T>(
    connection: &mut Connection,
    doing: &'static str,
    durability: Durability,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    if durability == Durability::Disk {
        connection
            .pragma_update(None, "synchronous", "full")
            .doing(doing)?;
    }
    let result = (|| {
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .doing(doing)?;
        let value = work(&transaction)?;
        transaction.commit().doing(doing)?;
        Ok(value)
    })();
    if durability == Durability::Disk {
        connection
            .pragma_update(None, "synchronous", "normal")
            .doing(doing)?;
    }
    result
}
