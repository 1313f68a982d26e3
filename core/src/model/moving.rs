use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    Block, BodySource, CountryCode, Direction, Image, Media, Muted, OwnPublisher, PageVerdict,
    PublisherId, TranslatedBy,
};

/// One thing that a person takes along to another device. Times are milliseconds since 1970, UTC;
/// `changed_at` says which of two about the same is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Moved {
    /// A publisher that they added.
    Own {
        /// Its id.
        id: PublisherId,
        /// What they said of it.
        #[serde(flatten)]
        publisher: OwnPublisher,
        /// They removed it since.
        removed: bool,
        /// When.
        changed_at: i64,
    },
    /// Whether they follow a country.
    Country {
        /// Which.
        country: CountryCode,
        /// Whether.
        followed: bool,
        /// When they said so.
        changed_at: i64,
    },
    /// Whether they follow a publisher or switched it off.
    Publisher {
        /// Which.
        publisher: PublisherId,
        /// `None`: as the catalogue has it.
        followed: Option<bool>,
        /// When they said so.
        changed_at: i64,
    },
    /// What they do not want to see.
    Mute {
        /// What.
        what: Muted,
        /// Until when; `None` for good.
        until: Option<i64>,
        /// When they said so.
        changed_at: i64,
    },
    /// What they set, without keys of servers.
    Setting {
        /// Its name.
        name: String,
        /// What it is set to.
        value: serde_json::Value,
        /// When.
        changed_at: i64,
    },
    /// What they did with an article.
    Mark {
        /// One of the article's keys, in hexadecimal.
        key: String,
        /// Read.
        read: bool,
        /// Kept for later.
        saved: bool,
        /// Hidden.
        hidden: bool,
        /// How far it was read, packed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        position: Option<i64>,
        /// When any of that changed.
        changed_at: i64,
        /// When it was opened last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        read_at: Option<i64>,
        /// Since when each part is so: of two devices the later one counts.
        #[serde(default, skip_serializing_if = "MarkSince::is_unknown")]
        since: MarkSince,
    },
    /// A saved article, with its body.
    Article(Box<MovedArticle>),
    /// Something of a later version, passed over.
    #[serde(other)]
    Unknown,
}

/// Since when the parts of a mark are as they are; `None` for since the beginning, and in files that do not
/// say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkSince {
    /// Read or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<i64>,
    /// Saved or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved: Option<i64>,
    /// Hidden or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden: Option<i64>,
    /// How far it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
}

impl MarkSince {
    fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

/// A saved article with all that is needed to read it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MovedArticle {
    /// What names it at its publisher, in hexadecimal.
    pub keys: Vec<String>,
    /// Whose it is.
    pub publisher: PublisherId,
    /// That publisher's name, for where it is not known.
    pub publisher_name: String,
    /// Its front page.
    pub publisher_home: Url,
    /// Its country.
    pub country: CountryCode,
    /// Its main language.
    pub publisher_language: String,
    /// BCP 47.
    pub language: String,
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub teaser: String,
    /// Its address.
    pub url: Option<Url>,
    /// A picture for its row.
    pub image: Option<Url>,
    /// As the feed says.
    pub published_at: Option<i64>,
    /// As the feed says.
    pub updated_at: Option<i64>,
    /// When it was first seen.
    pub first_seen_at: i64,
    /// What lists are ordered by.
    pub sort_at: i64,
    /// Of all that the feed said, in hexadecimal.
    pub content_hash: String,
    /// HTML as the feed gives it.
    pub summary: Option<String>,
    /// HTML as the feed gives it.
    pub content: Option<String>,
    /// Names.
    pub authors: Vec<String>,
    /// Labels.
    pub categories: Vec<String>,
    /// Pictures and recordings.
    pub media: Vec<Media>,
    /// Title and teaser in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub english: Option<MovedEnglish>,
    /// What its page gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<MovedPage>,
}

/// Title and teaser in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedEnglish {
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub teaser: String,
    /// Who translated.
    pub by: TranslatedBy,
}

/// What an article's page gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MovedPage {
    /// When it was fetched.
    pub fetched_at: i64,
    /// Whether it gave the whole article.
    pub verdict: PageVerdict,
    /// Whose body is shown.
    pub source: BodySource,
    /// Names.
    pub authors: Vec<String>,
    /// Which way its lines run.
    pub direction: Direction,
    /// The sentence or two before the body.
    pub standfirst: Option<String>,
    /// The picture above it.
    pub lead: Option<Image>,
    /// Its body, where that is the one shown.
    pub blocks: Option<Vec<Block>>,
    /// The pictures that the article shows.
    pub pictures: Vec<Url>,
}

/// How many things were taken along, or changed something where they arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
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
