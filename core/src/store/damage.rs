//! Whether a query met damage: noted beside the database, so that also who opens it next knows.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction};

use super::error::{Doing, StoreError};
use super::{connection, salvage, schema, values};

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
    /// The schema and the values were looked at since it was opened.
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
            Err(error) if error.may_be_damage() => Err(self.judge(error)),
            other => other,
        };
        if let Err(StoreError::Damaged { reason, .. }) = &result {
            self.note(reason);
        }
        result
    }

    /// Whether what looks like a mistake of ours is damage: looked at once, because a mistake would come
    /// again and again.
    fn judge(&self, error: StoreError) -> StoreError {
        if std::mem::replace(&mut self.state().judged, true) {
            return error;
        }
        match connection::open_reader(&self.path) {
            Ok(connection) => judged(connection, error),
            Err(_) => error,
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

/// What of a file that SQLite can read is not as we write it: its schema, or a value. Reads every row.
pub(super) fn never_written(tx: &Transaction<'_>) -> Result<Option<String>, StoreError> {
    match schema::wrong(tx)? {
        Some(reason) => Ok(Some(reason)),
        None => values::wrong(tx),
    }
}

/// What an error that may be damage is, by the schema and the values of the file that it came from.
pub(super) fn judged(mut connection: Connection, error: StoreError) -> StoreError {
    let found = connection
        .transaction()
        .doing("looking for damage")
        .and_then(|tx| never_written(&tx));
    match found {
        Ok(Some(reason)) => StoreError::Damaged {
            doing: "using the database".into(),
            reason,
        },
        Err(damaged @ StoreError::Damaged { .. }) => damaged,
        Ok(None) | Err(_) => {
            tracing::error!(%error, "a statement of ours does not go with the database");
            error
        }
    }
}
