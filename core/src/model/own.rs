use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{CountryCode, PublisherId};

/// A publisher as a person adds it: what only they can say. Nothing else is known of it, so nothing
/// else is claimed: it has no owner, no stance and no family.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnPublisher {
    /// What lists call it.
    pub name: String,
    /// Its front page.
    pub home: Url,
    /// Its home country.
    pub country: CountryCode,
    /// Main language of its feeds, BCP 47.
    pub language: String,
    /// Feed addresses, the best first; at least one.
    pub feeds: Vec<Url>,
}

/// What a country or a language was concluded from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteSign {
    /// The ending of the site's name, such as `.ua`.
    Domain,
    /// The language the page says that it is in.
    PageLanguage,
    /// What the page tells other sites of itself (`og:locale`).
    Locale,
    /// The language the feed says that it is in.
    FeedLanguage,
    /// The titles in the feed.
    Titles,
    /// The language, which is the main one of one country only.
    Language,
}

/// What a site seems to be, to be looked at and confirmed by the person before it is added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundSite {
    /// What it calls itself; its host where it does not say.
    pub name: String,
    /// Its front page.
    pub home: Url,
    /// The country it seems to be of, among those of the catalogue.
    pub country: Option<CountryCode>,
    /// What tells.
    pub country_sign: Option<SiteSign>,
    /// The language it seems to be in, BCP 47.
    pub language: Option<String>,
    /// What tells.
    pub language_sign: Option<SiteSign>,
    /// Its feeds, the likeliest first; none when none was found.
    pub feeds: Vec<FoundFeed>,
}

/// A feed that was found and read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundFeed {
    /// Its address.
    pub url: Url,
    /// What it calls itself.
    pub title: Option<String>,
    /// How many entries it has.
    pub entries: u32,
    /// The date of the newest.
    pub newest: Option<DateTime<Utc>>,
    /// The first titles, at most three, to tell it from others.
    pub titles: Vec<String>,
    /// The publisher that has it already, from the catalogue or added before.
    pub known: Option<PublisherId>,
}

/// Names a change that can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChangeId(pub i64);

/// What a change did.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChangeKind {
    /// Marked all of a list as read.
    MarkedAllRead {
        /// How many articles it turned from unread to read.
        articles: u32,
    },
    /// No longer follows a country.
    UnfollowedCountry {
        /// Which.
        country: CountryCode,
    },
    /// No longer follows a publisher, or switched it off.
    UnfollowedPublisher {
        /// Which.
        publisher: PublisherId,
    },
    /// Removed a publisher that the person had added.
    RemovedPublisher {
        /// Which.
        publisher: PublisherId,
    },
}

/// A change of the last day that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Names it.
    pub id: ChangeId,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// What it did.
    #[serde(flatten)]
    pub what: ChangeKind,
    /// The name of the country or publisher; empty for a bulk mark.
    pub name: String,
}

/// An article that was opened, and when last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryRow {
    /// Its row.
    pub row: super::ArticleRow,
    /// When it was marked as read last, by itself and not with others.
    pub read_at: DateTime<Utc>,
}
