//! How much may be kept, as a person sets it.

use serde::{Deserialize, Serialize};

/// How much is kept, as the person set it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StorageSettings {
    /// Bytes that texts and pictures may take together; `None` for no bound.
    pub budget_bytes: Option<u64>,
    /// Days after its arrival that an article goes; `None` for as long as there is room.
    pub age_days: Option<u32>,
}

impl Default for StorageSettings {
    /// 500 MB and 90 days.
    fn default() -> Self {
        Self {
            budget_bytes: Some(500_000_000),
            age_days: Some(90),
        }
    }
}

impl StorageSettings {
    /// The least that may be allowed, in bytes: the database itself takes a few.
    pub const BUDGET_MIN: u64 = 20_000_000;

    /// Why these cannot be kept to, for people; `None` when they can.
    pub fn problem(&self) -> Option<String> {
        if self
            .budget_bytes
            .is_some_and(|bytes| bytes < Self::BUDGET_MIN)
        {
            return Some(format!(
                "Overview needs room for {} MB at least",
                Self::BUDGET_MIN / 1_000_000
            ));
        }
        (self.age_days == Some(0)).then(|| "articles are kept for a day at least".to_owned())
    }
}
