//! What a person does not want to see.

use overview_core::model::{Mute, MuteFor, MuteId, Muted, PublisherId};

use crate::{CountryCode, Timestamp};

/// What a person does not want to see.
#[uniffi::remote(Enum)]
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
#[uniffi::remote(Enum)]
pub enum MuteFor {
    /// 24 hours.
    Day,
    /// Seven days.
    Week,
    /// Until it is taken back.
    Good,
    /// Until then; to put back what was taken back.
    Until(Timestamp),
}

/// A rule that hides articles. Nothing is deleted by it.
#[uniffi::remote(Record)]
pub struct Mute {
    /// Which.
    pub id: MuteId,
    /// What it hides.
    pub what: Muted,
    /// That for a screen: the words, the category, or the name of publisher or country.
    pub name: String,
    /// Since when.
    pub made_at: Timestamp,
    /// Until when; neither means for good.
    pub until: Option<Timestamp>,
    /// How many of the stored articles it hides.
    pub articles: u32,
}
