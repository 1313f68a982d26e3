use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};
use overview_core::Clock;

/// A clock that stands still until it is told to move. Clones show the same time.
#[derive(Debug, Clone)]
pub struct WorldClock(Arc<Mutex<DateTime<Utc>>>);

impl WorldClock {
    /// A clock that shows this time.
    pub fn at(time: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(time)))
    }

    /// Moves to this time, forwards or backwards.
    pub fn set(&self, time: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = time;
    }

    /// Moves on by this much.
    pub fn advance(&self, by: Duration) {
        let time = self.now() + by;
        self.set(time);
    }
}

impl Default for WorldClock {
    /// Monday, 5 October 2026, noon UTC: when the world's stories happen.
    fn default() -> Self {
        Self::at(DateTime::from_timestamp(1_791_201_600, 0).unwrap_or_default())
    }
}

impl Clock for WorldClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
