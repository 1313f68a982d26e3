//! What a person sets.

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

/// Something that an app keeps of a person's choices, such as the size of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppSetting {
    /// Lower-case letters, digits and low lines: "text_size".
    pub name: String,
    /// What it is set to, as the app writes it.
    pub value: String,
}

impl AppSetting {
    /// Bytes that a name may have.
    pub const NAME_MAX: usize = 64;

    /// Bytes that a value may have.
    pub const VALUE_MAX: usize = 1_000;

    /// Why it cannot be kept, for people; `None` when it can.
    pub fn problem(&self) -> Option<String> {
        let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if !(1..=Self::NAME_MAX).contains(&self.name.len()) || !self.name.bytes().all(is_part) {
            return Some(format!("“{}” is no name of a setting", self.name));
        }
        (self.value.len() > Self::VALUE_MAX)
            .then(|| format!("{} is longer than {} bytes", self.name, Self::VALUE_MAX))
    }
}
