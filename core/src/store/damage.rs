//! Whether a query met damage: noted beside the database, so that also who opens it next knows.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::error::StoreError;
use super::salvage;

/// Called when damage is met.
type Told = Box<dyn Fn() + Send + Sync>;

/// What is known of the damage of a database.
pub(super) struct Damage {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    reason: Option<String>,
    told: Option<Told>,
}

impl Damage {
    pub(super) fn of(path: &Path) -> Self {
        let reason = std::fs::read_to_string(salvage::marker(path)).ok();
        Self {
            path: path.to_owned(),
            state: Mutex::new(State { reason, told: None }),
        }
    }

    /// Whom to tell when damage is met.
    pub(super) fn tell(&self, told: Told) {
        self.state().told = Some(told);
    }

    /// Looks whether a result is that of damage.
    pub(super) fn look<T>(&self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        if let Err(StoreError::Damaged { reason, .. }) = &result {
            self.note(reason);
        }
        result
    }

    pub(super) fn note(&self, reason: &str) {
        let mut state = self.state();
        if state.reason.is_some() {
            return;
        }
        state.reason = Some(reason.to_owned());
        // A disk that takes not even this is looked at again by the next query.
        if let Err(error) = std::fs::write(salvage::marker(&self.path), reason) {
            tracing::warn!(%error, "noting that the database is damaged");
        }
        tracing::warn!(reason, "the database is damaged");
        if let Some(told) = &state.told {
            told();
        }
    }

    /// What was met.
    pub(super) fn reason(&self) -> Option<String> {
        self.state().reason.clone()
    }

    /// It was dealt with.
    pub(super) fn clear(&self) {
        self.state().reason = None;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
