use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{CountryCode, PublisherId};

/// Names a mute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MuteId(pub i64);

impl fmt::Display for MuteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a person does not want to see.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Muted {
    /// Articles with these words, together and whole, in title or teaser, in the original or in English.
    /// In scripts without spaces, wherever the characters stand.
    Words(String),
    /// A publisher's articles.
    Publisher(PublisherId),
    /// The articles of a country's publishers.
    Country(CountryCode),
    /// Articles that their publisher files under this label.
    Category(String),
}

/// For how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "for", content = "until", rename_all = "snake_case")]
pub enum MuteFor {
    /// 24 hours.
    Day,
    /// Seven days.
    Week,
    /// Until it is taken back.
    Good,
    /// Until then; to put back what was taken back.
    Until(DateTime<Utc>),
}

impl MuteFor {
    /// When it ends; `None` for never.
    pub fn until(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::Day => Some(now + chrono::Duration::days(1)),
            Self::Week => Some(now + chrono::Duration::days(7)),
            Self::Good => None,
            Self::Until(time) => Some(time),
        }
    }
}

/// A rule that hides articles. Nothing is deleted by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mute {
    /// Which.
    pub id: MuteId,
    /// What it hides.
    #[serde(flatten)]
    pub what: Muted,
    /// That for a screen: the words, the category, or the name of publisher or country.
    pub name: String,
    /// Since when.
    pub made_at: DateTime<Utc>,
    /// Until when; `None` for good.
    pub until: Option<DateTime<Utc>>,
    /// How many of the stored articles it hides.
    pub articles: u32,
}
