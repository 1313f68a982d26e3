//! Pausing: a suspended app may hold no lock on a file, or its system ends it.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

use crate::store::StoreError;
use crate::{Error, Overview, Result};

/// The session there is now, and whose turn it is to end or begin one.
#[derive(Default)]
pub(crate) struct Sessions {
    current: Mutex<Arc<Session>>,
    turn: Mutex<()>,
}

impl Sessions {
    pub(crate) fn current(&self) -> Arc<Session> {
        Arc::clone(&self.current.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn begin(&self) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Arc::default();
    }

    fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What runs between two pauses.
#[derive(Default)]
pub(crate) struct Session {
    paused: CancellationToken,
    /// The lock of the sync that runs. Here, so that a pause lets it go without waiting for whoever
    /// drives the sync.
    sync_lock: Mutex<Option<File>>,
}

/// Lets the lock of a sync go.
pub(crate) struct SyncGuard(Arc<Session>);

impl Session {
    /// Runs work until its end or the next pause.
    pub(crate) async fn run<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        tokio::select! {
            biased;
            () = self.paused.cancelled() => Err(Error::Paused),
            done = work => done,
        }
    }

    /// Two runs over one store would poll every feed twice. The lock is the system's, so it is
    /// gone when its process is.
    pub(crate) fn lock_sync(self: Arc<Self>, data_dir: &Path) -> Result<SyncGuard> {
        let path = data_dir.join("sync.lock");
        let mut lock = self.lock();
        if self.paused.is_cancelled() {
            return Err(Error::Paused);
        }
        let file = File::create(&path).map_err(|source| Error::DataDir {
            path: path.clone(),
            source,
        })?;
        match file.try_lock() {
            Ok(()) => *lock = Some(file),
            Err(TryLockError::WouldBlock) => return Err(Error::SyncRunning),
            Err(TryLockError::Error(source)) => return Err(Error::DataDir { path, source }),
        }
        drop(lock);
        Ok(SyncGuard(self))
    }

    fn pause(&self) {
        self.paused.cancel();
        self.lock().take();
    }

    fn lock(&self) -> MutexGuard<'_, Option<File>> {
        self.sync_lock
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for SyncGuard {
    fn drop(&mut self) {
        self.0.lock().take();
    }
}

impl Overview {
    /// Lets go of every file: ends a running sync or pack, writes what was asked for, closes the
    /// database. Calls fail with [`Error::Paused`] until [`resume`](Self::resume). Takes less than
    /// half a second whatever runs here; a query or a write that would take longer fails the same way,
    /// undone. What was acknowledged is kept. May be called at any time and often.
    ///
    /// # Errors
    /// [`Error::Store`] when others kept disk or processor so long, two seconds, that the database is
    /// still open; it closes by itself.
    pub fn pause(&self) -> Result<()> {
        // A resume may be rescuing a damaged database.
        self.store().hurry();
        let _turn = self.sessions.turn();
        self.sessions.current().pause();
        Ok(self.store().pause()?)
    }

    /// Opens the database again after [`pause`](Self::pause). What a pause ended is not begun again.
    ///
    /// # Errors
    /// As of [`open`](Self::open); it stays paused.
    pub fn resume(&self) -> Result<()> {
        let _turn = self.sessions.turn();
        if !self.sessions.current().paused.is_cancelled() {
            return Ok(());
        }
        if let Err(error) = self.store().resume() {
            let StoreError::Damaged { reason, .. } = &error else {
                return Err(error.into());
            };
            self.store()
                .salvage_paused(reason, self.catalogue(), self.now())?;
            self.store().resume()?;
        }
        // The file may be a new one.
        let known = self
            .store()
            .apply_catalogue(self.catalogue())
            .map_err(Error::from)
            .and_then(|_| self.know_own_publishers());
        if let Err(error) = known {
            let _ = self.store().pause();
            return Err(error);
        }
        self.sessions.begin();
        self.upkeep().nudge();
        Ok(())
    }
}
