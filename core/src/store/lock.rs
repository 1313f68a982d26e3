//! Who has a database open: many share it, and one has it alone to rescue it.
//!
//! SQLite's locks do not say it. Whoever holds the file that a rescue moves aside would go on writing
//! to it, and a person's marks would be acknowledged into a file that nobody reads again; nothing can
//! make another process let go of it. So a database is rescued once everybody else has closed it.
//! The lock is the system's and is gone when its process is; a file beside the database carries it,
//! because opening that itself a second time would take SQLite's own locks away.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use super::connection::BUSY_TIMEOUT;
use super::error::StoreError;
use super::salvage;

/// How often it is looked whether another's rescue is over.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Held for as long as the database is open. Nothing where the system has no such locks, or takes no
/// file there: SQLite says better why.
pub(super) struct Lock(#[allow(dead_code)] Option<File>);

/// For whoever opens it. Waits for a rescue by another process as long as for another's transaction,
/// and ends one whose process did not.
///
/// # Errors
/// [`StoreError::Busy`] when that takes longer.
pub(super) fn shared(path: &Path) -> Result<Lock, StoreError> {
    let began = Instant::now();
    loop {
        let taken = if salvage::is_cut_off(path) {
            take(path, File::try_lock)
                .map(|_alone| salvage::finish(path))
                .transpose()?
                .map(|()| None)
        } else {
            take(path, File::try_lock_shared).map(Some)
        };
        match taken {
            Some(Some(lock)) => return Ok(lock),
            Some(None) => {}
            None if began.elapsed() >= BUSY_TIMEOUT => {
                return Err(StoreError::Busy {
                    doing: "opening a database that another process rescues".into(),
                });
            }
            None => std::thread::sleep(LOOK_EVERY),
        }
    }
}

/// For a rescue.
///
/// # Errors
/// [`StoreError::Busy`] while anybody else has it open.
pub(super) fn alone(path: &Path) -> Result<Lock, StoreError> {
    take(path, File::try_lock).ok_or_else(|| StoreError::Busy {
        doing: "rescuing a damaged database that another program has open".into(),
    })
}

/// `None` while another has it.
fn take(path: &Path, lock: fn(&File) -> Result<(), TryLockError>) -> Option<Lock> {
    let Ok(file) = File::create(salvage::beside(path, "-lock")) else {
        return Some(Lock(None));
    };
    match lock(&file) {
        Ok(()) => Some(Lock(Some(file))),
        Err(TryLockError::WouldBlock) => None,
        Err(TryLockError::Error(_)) => Some(Lock(None)),
    }
}
