//! Sites that a person adds, lists of feeds, moving house, history, what can be taken back.

use overview_core::model::{
    Change, ChangeId, ChangeKind, Cursor, FoundFeed, FoundSite, HistoryRow, MovedCounts,
    OwnPublisher, Page, PublisherId, SiteSign,
};
use overview_core::moving::{MovingProgress, MovingReport};
use overview_core::opml::{OpmlFault, OpmlReport, OpmlRequest};

use super::ListedArticle;
use crate::{CountryCode, Timestamp, Url};

/// A page of what was opened.
pub type HistoryPage = Page<HistoryRow>;

/// A publisher as a person adds it. Nothing else is claimed of it.
#[uniffi::remote(Record)]
pub struct OwnPublisher {
    /// What lists call it.
    pub name: String,
    /// Its front page.
    pub home: Url,
    /// Its home country, one of the catalogue.
    pub country: CountryCode,
    /// Main language of its feeds, BCP 47.
    pub language: String,
    /// Feed addresses, the best first; at least one.
    pub feeds: Vec<Url>,
}

/// What a country or a language was concluded from.
#[uniffi::remote(Enum)]
pub enum SiteSign {
    /// The ending of the site's name, such as `.ua`.
    Domain,
    /// The language the page says that it is in.
    PageLanguage,
    /// What the page tells other sites of itself.
    Locale,
    /// The language the feed says that it is in.
    FeedLanguage,
    /// The titles in the feed.
    Titles,
    /// The language, which is the main one of one country only.
    Language,
}

/// What a site seems to be, to be looked at and confirmed by the person before it is added.
#[uniffi::remote(Record)]
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
#[uniffi::remote(Record)]
pub struct FoundFeed {
    /// Its address.
    pub url: Url,
    /// What it calls itself.
    pub title: Option<String>,
    /// How many entries it has.
    pub entries: u32,
    /// The date of the newest.
    pub newest: Option<Timestamp>,
    /// The first titles, at most three, to tell it from others.
    pub titles: Vec<String>,
    /// The publisher that has it already, from the catalogue or added before.
    pub known: Option<PublisherId>,
}

/// How to take a list over.
#[uniffi::remote(Record)]
pub struct OpmlRequest {
    /// The country of feeds of which nothing tells theirs; without it they are left out, and told.
    #[uniffi(default)]
    pub country: Option<CountryCode>,
    /// Only say what would come of it.
    #[uniffi(default)]
    pub look_only: bool,
}

/// What came of a list, or would.
#[uniffi::remote(Record)]
pub struct OpmlReport {
    /// Feeds that it names.
    pub feeds: u32,
    /// Publishers that are added.
    pub added: u32,
    /// Publishers of the catalogue that are followed now.
    pub followed: u32,
    /// Feeds of publishers that were followed or added before.
    pub known: u32,
    /// Feeds that were left out because nothing tells their country.
    pub without_country: u32,
    /// What could not be taken over, at most 1,000.
    pub faults: Vec<OpmlFault>,
    /// The list broke off, or has more than is read.
    pub truncated: bool,
}

/// Something in a list that could not be taken over.
#[uniffi::remote(Record)]
pub struct OpmlFault {
    /// What it is called there; may be empty.
    pub title: String,
    /// Its address as written; may be empty.
    pub address: String,
    /// Why, in an English sentence without its end.
    pub why: String,
}

/// How far moving is.
#[uniffi::remote(Record)]
pub struct MovingProgress {
    /// Things that move.
    pub planned: u64,
    /// Things that moved.
    pub done: u64,
}

/// What came of moving.
#[uniffi::remote(Record)]
pub struct MovingReport {
    /// Whether it was cancelled: then there is no file, or nothing was taken over.
    pub cancelled: bool,
    /// What is in the file, or what changed by it.
    pub counts: MovedCounts,
}

/// How many things moved, or changed something where they arrived.
#[uniffi::remote(Record)]
pub struct MovedCounts {
    /// Publishers of one's own.
    pub own: u32,
    /// Countries and publishers that are followed, or no longer.
    pub follows: u32,
    /// Mutes.
    pub mutes: u32,
    /// Settings.
    pub settings: u32,
    /// Marks of articles.
    pub marks: u32,
    /// Saved articles.
    pub articles: u32,
    /// What was left out: of a later version, or not to be had here.
    pub left_out: u32,
}

/// What a change did.
#[uniffi::remote(Enum)]
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
#[uniffi::remote(Record)]
pub struct Change {
    /// Names it.
    pub id: ChangeId,
    /// When it was made.
    pub made_at: Timestamp,
    /// What it did.
    pub what: ChangeKind,
    /// The name of the country or publisher; empty for a bulk mark.
    pub name: String,
}

/// An article that was opened, and when last.
#[uniffi::remote(Record)]
pub struct HistoryRow {
    /// Its row.
    pub row: ListedArticle,
    /// When it was marked as read last, by itself and not with others.
    pub read_at: Timestamp,
}

/// A page of what was opened, the last first.
#[uniffi::remote(Record)]
pub struct HistoryPage {
    /// At most 50 rows.
    pub rows: Vec<HistoryRow>,
    /// Always absent: history is read on, not back.
    pub previous: Option<Cursor>,
    /// Where the next page begins; `None` when there is none.
    pub next: Option<Cursor>,
}
