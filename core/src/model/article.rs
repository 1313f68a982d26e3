use std::fmt;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    ArticleTranslation, Block, CountryCode, Direction, Image, PublisherId, ReadPage, ReadState,
    RowTranslation, TARGET_LANGUAGE, primary_language,
};

/// Names a stored article. Positive, never reused in one store, and the same for as long as the
/// article is kept, however often it is refetched. Not the same in two stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(pub i64);

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A row of a list of articles: everything a list shows and nothing it does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArticleRow {
    /// Which article.
    pub id: ArticleId,
    /// Plain text; empty when the feed gives none.
    pub title: String,
    /// The beginning of the feed's summary as plain text, at most 300 characters; may be empty.
    pub teaser: String,
    /// Who published it.
    pub publisher: PublisherId,
    /// That publisher's name.
    pub publisher_name: String,
    /// That publisher's country.
    pub country: CountryCode,
    /// The language the article is in, BCP 47, as far as the feed or the catalogue tells.
    pub language: String,
    /// Where it is on the web; `None` when the feed gives no address.
    pub url: Option<Url>,
    /// The date the feed gives, however odd; `None` when it gives none.
    pub published_at: Option<DateTime<Utc>>,
    /// When Overview first saw it.
    pub first_seen_at: DateTime<Utc>,
    /// What lists are ordered by: the earlier of the two, never in the future.
    pub sort_at: DateTime<Utc>,
    /// A picture for the row.
    pub image: Option<Url>,
    /// Everything that its screen shows is on this device: the whole article and its pictures.
    pub ready: bool,
    /// Read, saved, hidden.
    pub state: ReadState,
    /// Hidden by a mute; see [`mutes_of`](crate::Overview::mutes_of).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub muted: bool,
    /// Title and teaser in English, where they were not and are translated.
    #[serde(rename = "english", skip_serializing_if = "Option::is_none")]
    pub translation: Option<RowTranslation>,
}

impl ArticleRow {
    /// Whether it is in another language than everything is translated to.
    pub fn is_foreign(&self) -> bool {
        primary_language(&self.language) != TARGET_LANGUAGE
    }

    /// The title to show: in English where there is one.
    pub fn shown_title(&self) -> &str {
        self.translation
            .as_ref()
            .map_or(&self.title, |translation| &translation.title)
    }

    /// The teaser to show: in English where there is one.
    pub fn shown_teaser(&self) -> &str {
        self.translation
            .as_ref()
            .map_or(&self.teaser, |translation| &translation.teaser)
    }
}

/// A picture, sound or film that comes with an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Its address.
    pub url: Url,
    /// Its media type, such as `image/jpeg`, where the feed tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Width in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Length in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
}

/// A picture as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PictureState {
    /// Not asked for yet.
    Unknown,
    /// Here.
    Here {
        /// Its file.
        path: PathBuf,
        /// Such as `image/jpeg`.
        media_type: String,
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
        /// A thumbhash, to be shown until the file is read.
        placeholder: Vec<u8>,
    },
    /// Not to be had.
    Refused {
        /// Why.
        why: String,
    },
}

/// One article with its body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Article {
    /// What lists show of it.
    #[serde(flatten)]
    pub row: ArticleRow,
    /// Who wrote it, as the feed says, or else its page.
    pub authors: Vec<String>,
    /// Sections and tags, as the feed says.
    pub categories: Vec<String>,
    /// When the publisher last changed it: as the feed says, or when the change was seen. `None` when
    /// it is as it was published.
    pub updated_at: Option<DateTime<Utc>>,
    /// The sentence or two between headline and body, where the page has them.
    pub standfirst: Option<String>,
    /// The picture above it.
    pub lead: Option<Image>,
    /// The body: the page's where that is better, else the longer of what the feed calls content
    /// and summary.
    pub blocks: Vec<Block>,
    /// Which way its lines run.
    pub direction: Direction,
    /// What fetching its page brought; `None` when it was not fetched since the feed last changed
    /// the article.
    pub page: Option<ReadPage>,
    /// Pictures and recordings, as the feed says.
    pub media: Vec<Media>,
    /// Its texts in English, as far as they are here; `None` when nothing of it is, or it is in
    /// English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translation: Option<ArticleTranslation>,
}

impl Article {
    /// The article as it is shown in English: the translated texts in the place of the original's, as
    /// far as there are some.
    pub fn in_english(&self) -> Self {
        let mut shown = self.clone();
        shown.row.title = self.row.shown_title().to_owned();
        shown.row.teaser = self.row.shown_teaser().to_owned();
        if let Some(translation) = &self.translation {
            shown.standfirst.clone_from(&translation.standfirst);
            shown.lead.clone_from(&translation.lead);
            shown.blocks.clone_from(&translation.blocks);
            shown.direction = Direction::LeftToRight;
        }
        shown
    }

    /// The addresses of the pictures that its screen shows, the lead first, each once.
    pub fn pictures(&self) -> Vec<&Url> {
        let mut found: Vec<&Url> = self.lead.iter().map(|lead| &lead.url).collect();
        for url in super::pictures(&self.blocks) {
            if !found.contains(&url) {
                found.push(url);
            }
        }
        found
    }
}
