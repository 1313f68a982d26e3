//! Publishers, what is known of them, and their feeds.

use overview_core::model::{
    Alignment, Fact, FeedHealth, FeedStatus, Ownership, Publisher, PublisherId, PublisherKind,
    PublisherSummary, Region, Stance,
};

use crate::custom::Day;
use crate::{CountryCode, Timestamp, Url};

/// Who owns a publisher, with where that was read.
pub type OwnershipFact = Fact<Ownership>;

/// Who owns or controls a publisher.
#[uniffi::remote(Enum)]
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
#[uniffi::remote(Enum)]
pub enum PublisherKind {
    /// A news site with a national audience.
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

/// Which way a documented alignment points.
#[uniffi::remote(Enum)]
pub enum Stance {
    /// Openly for.
    For,
    /// Openly against.
    Against,
}

/// A publisher's documented, openly declared stance toward a person, party or government.
#[uniffi::remote(Record)]
pub struct Alignment {
    /// Whom it is about.
    pub entity: String,
    /// Which way.
    pub stance: Stance,
    /// Where it is documented.
    pub source: String,
    /// The day that was read or last confirmed.
    pub as_of: Day,
}

/// How a feed's last check ended.
#[uniffi::remote(Enum)]
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
#[uniffi::remote(Record)]
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
    pub checked_at: Option<Timestamp>,
    /// The last check that ended well.
    pub succeeded_at: Option<Timestamp>,
    /// Not polled before this.
    pub next_check_at: Option<Timestamp>,
}

/// A row of the list of publishers.
#[uniffi::remote(Record)]
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

/// A fact with where it comes from and when it was true. Nothing about a publisher's owner or
/// leaning is shown without both.
#[uniffi::remote(Record)]
pub struct OwnershipFact {
    /// What is claimed.
    pub value: Ownership,
    /// Where it was read.
    pub source: String,
    /// The day it was read or last confirmed.
    pub as_of: Day,
}

/// One news site.
#[uniffi::remote(Record)]
pub struct Publisher {
    /// Stable id; never reused for another site.
    pub id: PublisherId,
    /// The name as the publisher writes it.
    pub name: String,
    /// Its front page.
    pub home: Url,
    /// Home country: who makes the news, not the language it is in.
    pub country: CountryCode,
    /// Main language of `feeds`, BCP 47.
    pub language: String,
    /// Feed addresses, the best first.
    pub feeds: Vec<Url>,
    /// What it mainly is.
    pub kind: PublisherKind,
    /// Who owns it, where that is known and undisputed.
    pub ownership: Option<OwnershipFact>,
    /// Openly declared stances.
    pub alignments: Vec<Alignment>,
    /// Counted when Overview says which American outlets ran a story: only for healthy national ones.
    pub panel: bool,
    /// Publishers of one owner that share their texts have the same family, and count once where
    /// publishers of a story are counted.
    pub family: Option<String>,
    /// `false` for a publisher that is listed but not fetched unless the person follows it.
    pub enabled: bool,
    /// What a reader of the list should know: why it is off, a known trouble with its feed.
    pub note: Option<String>,
}
