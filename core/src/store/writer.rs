//! The one thread that writes.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Instant;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, InterruptHandle, Transaction, TransactionBehavior};

use super::batch::Batch;
use super::connection::INTERRUPT_EVERY;
use super::damage::Damage;
use super::error::{Doing, StoreError};
use super::log;

/// Most pieces of work that share a transaction. A person's mark waits for one such at most.
const SHARED_MAX: usize = 24;

/// Is given nothing when there is no time for it any more.
type Alone = Box<dyn FnOnce(Option<&mut Connection>) + Send>;

enum Job {
    /// Has a transaction to itself.
    Alone(Alone),
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
    running: Mutex<Option<Running>>,
    damage: Arc<Damage>,
}

/// The thread while it is not paused.
struct Running {
    jobs: mpsc::Sender<Job>,
    thread: JoinHandle<()>,
    phase: Arc<Phase>,
    interrupt: InterruptHandle,
    /// Hangs up when the thread ends.
    ended: mpsc::Receiver<()>,
}

/// What the thread and who waits for its end tell each other.
#[derive(Default)]
struct Phase {
    /// What is queued is not done any more.
    hurry: AtomicBool,
    /// All is done or refused, and the log is being copied into the database.
    closing: AtomicBool,
}

impl Writer {
    pub(super) fn start(connection: Connection, damage: Arc<Damage>) -> Result<Self, StoreError> {
        Ok(Self {
            running: Mutex::new(Some(Running::start(connection)?)),
            damage,
        })
    }

    /// Goes on after a pause.
    pub(super) fn resume(&self, connection: Connection) -> Result<(), StoreError> {
        let running = Running::start(connection)?;
        *self.running() = Some(running);
        Ok(())
    }

    /// Takes no more work; what was taken goes on until [`Pausing::finish`].
    pub(super) fn pause(&self) -> Option<Pausing> {
        self.running().take().map(Pausing)
    }

    pub(super) fn is_paused(&self) -> bool {
        self.running().is_none()
    }

    fn running(&self) -> MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn submit(&self, doing: &'static str, job: Job) -> Result<(), StoreError> {
        let running = self.running();
        let Some(running) = running.as_ref() else {
            return Err(StoreError::Paused {
                doing: doing.into(),
            });
        };
        // A writer that died drops the job and with it the answer's sender, which the caller sees.
        let _ = running.jobs.send(job);
        Ok(())
    }

    /// Runs one transaction and waits for it. It is rolled back when `work` fails or panics.
    pub(super) fn write<T: Send + 'static>(
        &self,
        doing: &'static str,
        durability: Durability,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.run(doing, move |connection| {
            transact(connection, doing, durability, work)
        })
    }

    /// Runs work outside any transaction, and waits for it.
    pub(super) fn run<T: Send + 'static>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (sender, receiver) = mpsc::sync_channel(1);
        let job = Job::Alone(Box::new(move |connection| {
            let _ = sender.send(match connection {
                Some(connection) => work(connection),
                None => Err(StoreError::Paused {
                    doing: doing.into(),
                }),
            });
        }));
        self.submit(doing, job)?;
        self.answered(doing, receiver.recv())
    }

    /// Runs `work` in a transaction that it may share with what waits behind it, and waits,
    /// without blocking the thread, until that is committed. `work` is undone alone when it fails.
    pub(super) async fn write_shared<T: Send + 'static>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (caller, answer) = tokio::sync::oneshot::channel();
        let work = Work {
            doing,
            work: Some(work),
            result: None,
            caller,
        };
        self.submit(doing, Job::Shared(Box::new(work)))?;
        self.answered(doing, answer.await)
    }

    /// Tells a long job whether it is to end undone, because a pause waits.
    pub(super) fn ends(&self) -> impl Fn() -> bool + Send + use<> {
        let phase = self
            .running()
            .as_ref()
            .map(|running| Arc::clone(&running.phase));
        move || {
            phase
                .as_ref()
                .is_none_or(|phase| phase.hurry.load(Ordering::SeqCst))
        }
    }

    /// What came of a job; no answer when the thread is gone.
    fn answered<T, E>(
        &self,
        doing: &'static str,
        answer: Result<Result<T, StoreError>, E>,
    ) -> Result<T, StoreError> {
        self.damage.look(answer.unwrap_or_else(|_| {
            Err(StoreError::Closed {
                doing: doing.into(),
            })
        }))
    }
}

impl Running {
    fn start(mut connection: Connection) -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let (hangs_up, ended) = mpsc::channel::<()>();
        let phase = Arc::new(Phase::default());
        let interrupt = connection.get_interrupt_handle();
        let told = Arc::clone(&phase);
        let thread = std::thread::Builder::new()
            .name("overview-writer".to_owned())
            .spawn(move || {
                let _hangs_up = hangs_up;
                let mut next = queue.recv().ok();
                while let Some(job) = next {
                    next = match job {
                        Job::Alone(work) => {
                            let in_time = !told.hurry.load(Ordering::SeqCst);
                            work(in_time.then_some(&mut connection));
                            None
                        }
                        Job::Shared(first) => share(&mut connection, first, &queue, &told.hurry),
                    }
                    .or_else(|| log::next(&connection, &queue));
                }
                told.closing.store(true, Ordering::SeqCst);
                close(connection);
            })
            .map_err(|_| StoreError::Closed {
                doing: Cow::Borrowed("starting the writer"),
            })?;
        Ok(Self {
            jobs,
            thread,
            phase,
            interrupt,
            ended,
        })
    }

    /// Finishes what is queued, however long that takes, and closes the database.
    fn end(self) {
        drop(self.jobs);
        let _ = self.thread.join();
    }
}

/// Copies the log into the database and closes it. A failure there loses nothing: who opens it next
/// reads the log.
fn close(connection: Connection) {
    let copied = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
        row.get::<_, bool>(0)
    });
    if let Err(error) = copied {
        tracing::warn!(%error, "copying the log into the database");
        // Not another time, without end: SQLite cannot be interrupted while it closes.
        let _ = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    }
    if let Err((_, error)) = connection.close() {
        tracing::warn!(%error, "closing the database");
    }
}

/// A writer that takes no more work.
pub(super) struct Pausing(Running);

impl Pausing {
    /// Finishes what is queued and closes the database. What is not done when `patience` ends is
    /// rolled back and refused, and copying the log is given up when `last` comes; whether all is
    /// closed at the deadline. It closes later otherwise.
    pub(super) fn finish(self, patience: Instant, last: Instant, deadline: Instant) -> bool {
        let Running {
            jobs,
            thread,
            phase,
            interrupt,
            ended,
        } = self.0;
        drop(jobs);
        loop {
            let now = Instant::now();
            if now >= deadline {
                return false;
            }
            let wait = if now < patience {
                patience - now
            } else {
                phase.hurry.store(true, Ordering::SeqCst);
                if now >= last || !phase.closing.load(Ordering::SeqCst) {
                    interrupt.interrupt();
                }
                INTERRUPT_EVERY
            };
            if ended.recv_timeout(wait) == Err(RecvTimeoutError::Disconnected) {
                // Its last act was to hang up.
                let _ = thread.join();
                return true;
            }
        }
    }
}

/// One transaction for `first` and for what waits behind it, up to [`SHARED_MAX`]. Each is
/// acknowledged only once all are committed. Gives back the job it met that wants a transaction to
/// itself.
fn share(
    connection: &mut Connection,
    first: Box<dyn Piece>,
    queue: &mpsc::Receiver<Job>,
    hurry: &AtomicBool,
) -> Option<Job> {
    let mut pieces = vec![first];
    let mut alone = None;
    let committed = (|| {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut batch = Batch::new(&transaction);
        let mut done = 0;
        while let Some(piece) = pieces.get_mut(done) {
            if hurry.load(Ordering::SeqCst) {
                let interrupted = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_INTERRUPT);
                return Err(rusqlite::Error::SqliteFailure(interrupted, None));
            }
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
        if let Some(running) = self.running().take() {
            running.end();
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
        // A failure makes later writes slower; this one stands as it is.
        if let Err(error) = connection.pragma_update(None, "synchronous", "normal") {
            tracing::warn!(%error, "writing without a flush again");
        }
    }
    result
}
