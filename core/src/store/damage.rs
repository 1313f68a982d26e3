//! Whether a query met damage: noted beside the database, so that also who opens it next knows.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::error::{Doing, StoreError};
use super::{connection, salvage, values};

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
    /// Values were looked at since it was opened.
    judged: bool,
    told: Option<Told>,
}

impl Damage {
    pub(super) fn of(path: &Path) -> Self {
        let reason = std::fs::read_to_string(salvage::marker(path)).ok();
        Self {
            path: path.to_owned(),
            state: Mutex::new(State {
                reason,
                ..State::default()
            }),
        }
    }

    /// Whom to tell when damage is met.
    pub(super) fn tell(&self, told: Told) {
        self.state().told = Some(told);
    }

    /// Looks whether a result is that of damage.
    pub(super) fn look<T>(&self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        let result = match result {
            Err(error) if error.is_of_other_type() => Err(self.judge(error)),
            other => other,
        };
        if let Err(StoreError::Damaged { reason, .. }) = &result {
            self.note(reason);
        }
        result
    }

    /// Whether a value of another type than was asked for is damage: looked at once, because a mistake of
    /// ours would come again and again.
    fn judge(&self, error: StoreError) -> StoreError {
        if self.state().judged {
            return error;
        }
        self.state().judged = true;
        let found = connection::open_reader(&self.path).and_then(|mut connection| {
            let tx = connection.transaction().doing("judging a value")?;
            values::wrong(&tx)
        });
        match found {
            Ok(Some(reason)) => StoreError::Damaged {
                doing: "reading a value".into(),
                reason,
            },
            Err(damaged @ StoreError::Damaged { .. }) => damaged,
            Ok(None) | Err(_) => {
                tracing::error!(%error, "a value is of another type than was asked for");
                error
            }
        }
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
        let mut state = self.state();
        state.reason = None;
        state.judged = false;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
