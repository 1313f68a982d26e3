//! The one thread that writes.

use std::borrow::Cow;
use std::sync::mpsc;
use std::thread::JoinHandle;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::batch::Batch;
use super::error::{Doing, StoreError};

/// Most pieces of work that share a transaction. A person's mark waits for one such at most.
const SHARED_MAX: usize = 24;

enum Job {
    /// Has a transaction to itself.
    Alone(Box<dyn FnOnce(&mut Connection) + Send>),
    /// May share its transaction with what waits behind it; undone by itself when it fails.
    Shared(Box<dyn Piece>),
}

/// Work in a shared transaction.
trait Piece: Send {
    /// Does it. Fails only when SQLite gave the whole transaction up.
    fn run(&mut self, batch: &mut Batch<'_>) -> rusqlite::Result<()>;
    /// Answers its caller, once the transaction is committed or failed.
    fn answer(self: Box<Self>, committed: Result<(), Failure>);
}

struct Work<T, F> {
    doing: &'static str,
    work: Option<F>,
    result: Option<Result<T, StoreError>>,
    caller: tokio::sync::oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Piece for Work<T, F>
where
    T: Send,
    F: FnOnce(&mut Batch<'_>) -> Result<T, StoreError> + Send,
{
    fn run(&mut self, batch: &mut Batch<'_>) -> rusqlite::Result<()> {
        if let Some(work) = self.work.take() {
            self.result = Some(batch.run(work)?);
        }
        Ok(())
    }

    fn answer(self: Box<Self>, committed: Result<(), Failure>) {
        let result = match (self.result, committed) {
            (Some(Err(own)), _) => Err(own),
            (_, Err(failure)) => Err(StoreError::from_sqlite(self.doing.into(), failure.into())),
            (Some(done), Ok(())) => done,
            (None, Ok(())) => Err(StoreError::Closed {
                doing: self.doing.into(),
            }),
        };
        let _ = self.caller.send(result);
    }
}

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
                        Job::Shared(first) => share(&mut connection, first, &queue),
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
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (caller, answer) = tokio::sync::oneshot::channel();
        self.submit(Job::Shared(Box::new(Work {
            doing,
            work: Some(work),
            result: None,
            caller,
        })));
        answer.await.unwrap_or_else(|_| {
            Err(StoreError::Closed {
                doing: doing.into(),
            })
        })
    }
}

/// One transaction for `first` and for what waits behind it, up to [`SHARED_MAX`]. Each is
/// acknowledged only once all are committed. Gives back the job it met that wants a transaction to
/// itself.
fn share(
    connection: &mut Connection,
    first: Box<dyn Piece>,
    queue: &mpsc::Receiver<Job>,
) -> Option<Job> {
    let mut pieces = vec![first];
    let mut alone = None;
    let committed = (|| {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut batch = Batch::new(&transaction);
        let mut done = 0;
        while let Some(piece) = pieces.get_mut(done) {
            piece.run(&mut batch)?;
            done += 1;
            if done < SHARED_MAX {
                match queue.try_recv() {
                    Ok(Job::Shared(piece)) => pieces.push(piece),
                    Ok(job) => alone = Some(job),
                    Err(_) => {}
                }
            }
        }
        batch.finish()?;
        transaction.commit()
    })()
    .map_err(Failure::from);
    for piece in pieces {
        piece.answer(committed.clone());
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
