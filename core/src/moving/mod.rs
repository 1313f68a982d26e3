//! Moving house: all that is the person's own in one file, and from it into another device.
//!
//! ```text
//! store -> Moved, one after the other -> lines of JSON -> gzip -> a file
//! a file -> checked whole -> Moved -> put together with what is there, in one transaction
//! ```
//!
//! `docs/moving.md` describes the file.

mod format;

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tokio_util::sync::CancellationToken;

use crate::events::Invalidation;
use crate::model::{Moved, MovedCounts};
use crate::store::{Merging, StoreError};
use crate::{Overview, Result, upkeep};

pub use format::FORMAT;
use format::{Reader, Writer};

/// Why a file for moving house could not be written or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MovingError {
    /// The system says so.
    #[error("{doing} {}: {reason}", path.display())]
    File {
        /// What was being done.
        doing: &'static str,
        /// Which file.
        path: PathBuf,
        /// The system's word.
        reason: String,
    },
    /// Something else.
    #[error("{} is no file that Overview wrote for moving house", path.display())]
    NotOurs {
        /// Which file.
        path: PathBuf,
    },
    /// A newer Overview wrote it. Nothing was taken over.
    #[error(
        "{}: a newer version of Overview wrote it (format {found}; this version knows formats up to \
         {known}); nothing was taken over",
        path.display()
    )]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The newest format this library knows.
        known: u32,
    },
    /// It is cut off, or bytes of it are others. Nothing was taken over.
    #[error("{}: the file is damaged ({reason}); nothing was taken over", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

impl MovingError {
    /// A short word for programs that never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::File { .. } => "file",
            Self::NotOurs { .. } => "not_ours",
            Self::Newer { .. } => "newer_file",
            Self::Damaged { .. } => "damaged_file",
        }
    }
}

/// How far moving is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct MovingProgress {
    /// Things that move.
    pub planned: u64,
    /// Things that moved.
    pub done: u64,
}

/// What came of moving.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovingReport {
    /// Whether it was cancelled: then there is no file, or nothing was taken over.
    pub cancelled: bool,
    /// What is in the file, or what changed by it.
    pub counts: MovedCounts,
}

/// Things between two words of progress.
const TOLD_EVERY: u64 = 256;

impl Overview {
    /// Writes all that is the person's own into a file: publishers they added, what they follow and
    /// mute, what they read, saved articles with their bodies, settings without keys of servers. The
    /// file is there whole or not at all. Takes about a second for 100,000 marks; call it where that
    /// harms nobody.
    ///
    /// # Errors
    /// [`Error::Moving`](crate::Error::Moving) when the file cannot be written, [`Error::Paused`](crate::Error::Paused) at a
    /// [`pause`](Self::pause).
    pub fn export(
        &self,
        path: &Path,
        cancel: &CancellationToken,
        progress: &(dyn Fn(&MovingProgress) + Send + Sync),
    ) -> Result<MovingReport> {
        let mut writer = Writer::begin(path, self.now())?;
        let mut told = MovingProgress::default();
        let mut counts = MovedCounts::default();
        let mut failure = None;
        let planned = Cell::new(0);
        let whole = self
            .store()
            .moved(&mut |count| planned.set(count), &mut |moved| {
                if let Err(error) = writer.write(&moved) {
                    failure = Some(error);
                    return false;
                }
                count(&mut counts, &moved);
                told.planned = planned.get();
                told.done += 1;
                if told.done % TOLD_EVERY == 1 {
                    progress(&told);
                }
                !cancel.is_cancelled()
            })?;
        if let Some(failure) = failure {
            return Err(failure.into());
        }
        if !whole {
            return Ok(MovingReport {
                cancelled: true,
                counts: MovedCounts::default(),
            });
        }
        writer.finish()?;
        told.planned = told.done;
        progress(&told);
        Ok(MovingReport {
            cancelled: false,
            counts,
        })
    }

    /// Takes over what another device wrote by [`export`](Self::export), all or nothing: of two things
    /// about the same, the one that was changed later is kept. Importing twice is importing once. Takes
    /// some seconds for 100,000 marks, in which nothing else is written; call it where that harms
    /// nobody.
    ///
    /// # Errors
    /// [`Error::Moving`](crate::Error::Moving) for a file that is another's, damaged or of a newer version,
    /// [`Error::Paused`](crate::Error::Paused) at a [`pause`](Self::pause): then nothing was taken over.
    pub fn import(
        &self,
        path: &Path,
        cancel: &CancellationToken,
        progress: &(dyn Fn(&MovingProgress) + Send + Sync),
    ) -> Result<MovingReport> {
        const CANCELLED: MovingReport = MovingReport {
            cancelled: true,
            counts: MovedCounts {
                own: 0,
                follows: 0,
                mutes: 0,
                settings: 0,
                marks: 0,
                articles: 0,
                left_out: 0,
            },
        };
        // The whole of it, before anything is touched.
        let mut reader = Reader::open(path)?;
        let mut planned = 0;
        while reader.next()?.is_some() {
            planned += 1;
            if cancel.is_cancelled() {
                return Ok(CANCELLED);
            }
        }
        progress(&MovingProgress { planned, done: 0 });
        let mut reader = Reader::open(path)?;
        let failure = Arc::new(Mutex::new(None));
        let failed = Arc::clone(&failure);
        let stop = cancel.clone();
        let next = move || {
            let stopped = || StoreError::Stopped {
                doing: "taking over what comes along".into(),
            };
            if stop.is_cancelled() {
                return Err(stopped());
            }
            reader.next().map_err(|error| {
                *failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                stopped()
            })
        };
        let how = Merging {
            now: self.now(),
            text_of: upkeep::text_of,
            addresses: self.address_rule(),
        };
        let counts = match self.store().merge(next, how) {
            Ok(counts) => counts,
            Err(StoreError::Stopped { .. }) => {
                let failure = failure
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .take();
                return match failure {
                    Some(failure) => Err(failure.into()),
                    None => Ok(CANCELLED),
                };
            }
            Err(error) => return Err(error.into()),
        };
        self.know_own_publishers()?;
        self.choose_all_leads_anew()?;
        self.upkeep().nudge();
        for what in [
            Invalidation::Catalogue,
            Invalidation::Follows,
            Invalidation::Mutes,
            Invalidation::Marks(Vec::new()),
        ] {
            self.notifier().notify(what);
        }
        let countries = self.countries()?.into_iter();
        let countries = countries
            .filter(|row| row.articles > 0)
            .map(|row| row.country);
        self.notifier()
            .notify(Invalidation::Articles(countries.collect()));
        progress(&MovingProgress {
            planned,
            done: planned,
        });
        Ok(MovingReport {
            cancelled: false,
            counts,
        })
    }

    /// Publishers may have been switched on or off.
    fn choose_all_leads_anew(&self) -> Result<()> {
        let chosen = self.publishers(&[])?.into_iter();
        let chosen = chosen.filter(|row| row.articles > 0 && (row.followed.is_some() || row.own));
        chosen
            .map(|row| row.id)
            .try_for_each(|id| self.choose_leads_anew(&id))
    }
}

fn count(counts: &mut MovedCounts, moved: &Moved) {
    let one = match moved {
        Moved::Own { .. } => &mut counts.own,
        Moved::Country { .. } | Moved::Publisher { .. } => &mut counts.follows,
        Moved::Mute { .. } => &mut counts.mutes,
        Moved::Setting { .. } => &mut counts.settings,
        Moved::Mark { .. } => &mut counts.marks,
        Moved::Article(_) => &mut counts.articles,
        Moved::Unknown => &mut counts.left_out,
    };
    *one += 1;
}
