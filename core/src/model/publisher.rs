use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{CountryCode, Region};

/// A publisher's stable name in lower-case ASCII words joined by hyphens, such as `kyiv-post`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublisherId(pub String);

impl PublisherId {
    /// The slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it names a publisher that the person added: no publisher of a catalogue is called so.
    pub fn is_own(&self) -> bool {
        self.0.starts_with("own-")
    }

    /// Whether the slug has the shape that ids must have.
    pub fn is_well_formed(&self) -> bool {
        !self.0.is_empty()
            && self.0.split('-').all(|word| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            })
    }
}

impl fmt::Display for PublisherId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<&str> for PublisherId {
    fn from(slug: &str) -> Self {
        Self(slug.to_owned())
    }
}

/// Who owns or controls a publisher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ownership {
    /// Privately owned company.
    Private,
    /// Charity, trust or foundation, financed mostly by its readers or donors.
    Nonprofit,
    /// Public-service medium, editorially separate from the government.
    Public,
    /// Owned or editorially controlled by a state.
    State,
    /// Owned by a political party or campaign.
    Party,
}

/// What a publisher mainly is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublisherKind {
    /// A news site with a national audience.
    #[default]
    National,
    /// An agency whose copy others print.
    Wire,
    /// A news site of one city or part of a country.
    Local,
    /// Written for readers abroad, often by journalists in exile.
    Exile,
    /// Mainly comment.
    Opinion,
    /// A government's or party's own office.
    Official,
}

/// A fact with where it comes from and when it was true. Nothing about a publisher's owner or
/// leaning is shown without both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact<T> {
    /// What is claimed.
    pub value: T,
    /// Where it was read.
    pub source: String,
    /// The day it was read or last confirmed.
    pub as_of: NaiveDate,
}

/// Which way a documented alignment points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Openly for.
    For,
    /// Openly against.
    Against,
}

/// A publisher's documented, openly declared stance toward a person, party or government.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alignment {
    /// Whom it is about.
    pub entity: String,
    /// Which way.
    pub stance: Stance,
    /// Where it is documented.
    pub source: String,
    /// The day that was read or last confirmed.
    pub as_of: NaiveDate,
}

/// One news site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publisher {
    /// Stable id; never reused for another site.
    pub id: PublisherId,
    /// The name as the publisher writes it.
    pub name: String,
    /// Its front page.
    pub home: Url,
    /// Home country: who makes the news, not the language it is in.
    pub country: CountryCode,
    /// Main language of [`feeds`](Self::feeds), BCP 47.
    pub language: String,
    /// Feed addresses, the best first.
    pub feeds: Vec<Url>,
    /// What it mainly is.
    #[serde(default)]
    pub kind: PublisherKind,
    /// Who owns it, where that is known and undisputed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ownership: Option<Fact<Ownership>>,
    /// Openly declared stances.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alignments: Vec<Alignment>,
    /// Counted when Overview says which American outlets ran a story: only for healthy national ones.
    #[serde(default, skip_serializing_if = "is_false")]
    pub panel: bool,
    /// Publishers of one owner have the same family, and count once where publishers of a story are
    /// counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// `false` for a publisher that is listed but not fetched unless the person follows it.
    #[serde(default = "enabled_by_default", skip_serializing_if = "is_true")]
    pub enabled: bool,
    /// What a reader of the list should know: why it is off, a known trouble with its feed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Publisher {
    /// Its family; a publisher without one is its own.
    pub fn family(&self) -> &str {
        self.family.as_deref().unwrap_or(self.id.as_str())
    }
}

fn enabled_by_default() -> bool {
    true
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde passes a reference
fn is_true(value: &bool) -> bool {
    *value
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde passes a reference
fn is_false(value: &bool) -> bool {
    !*value
}

/// How a feed's last check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedHealth {
    /// Never checked.
    Unknown,
    /// Answered well.
    Good,
    /// Failed; it will be tried again.
    Failing,
    /// Gone for good (410), or moved to something that is no feed: not polled any more.
    Gone,
}

/// What is known of one feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedStatus {
    /// The address of the catalogue.
    pub url: Url,
    /// Where it is read from now, after a permanent move.
    pub moved_to: Option<Url>,
    /// How the last check ended.
    pub health: FeedHealth,
    /// Why, in a sentence, when not good.
    pub reason: Option<String>,
    /// The last check, whatever came of it.
    pub checked_at: Option<DateTime<Utc>>,
    /// The last check that ended well.
    pub succeeded_at: Option<DateTime<Utc>>,
    /// Not polled before this.
    pub next_check_at: Option<DateTime<Utc>>,
}

/// A row of the list of publishers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublisherSummary {
    /// Which publisher.
    pub id: PublisherId,
    /// Its name.
    pub name: String,
    /// Its front page.
    pub home: Url,
    /// Its home country.
    pub country: CountryCode,
    /// The region of that country.
    pub region: Region,
    /// Main language of its feeds, BCP 47.
    pub language: String,
    /// What the person chose: `Some(true)` followed, `Some(false)` switched off, `None` as the
    /// catalogue has it.
    pub followed: Option<bool>,
    /// Whether it is fetched when its country is: listed, and not switched off.
    pub enabled: bool,
    /// Whether the person added it.
    pub own: bool,
    /// Stored articles that are not hidden.
    pub articles: u32,
    /// Those of them that are unread.
    pub unread: u32,
    /// Its feeds, the best first.
    pub feeds: Vec<FeedStatus>,
}
