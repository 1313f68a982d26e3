//! Articles: a row of a list, a page of rows, the whole article.

use std::mem;

use overview_core::model::{
    Article as CoreArticle, ArticleId, ArticleRow as CoreRow, ArticleTranslation, Block,
    BodySource, Cursor, Direction, Image, Media, Page, PageVerdict, PublisherId, ReadPage,
    ReadState, RowTranslation,
};

use crate::custom::invalid;
use crate::{CountryCode, PictureKey, Timestamp, Url};

/// A page of articles.
pub type ArticlePage = Page<ListedArticle>;

/// A row of a list of articles: everything a list shows and nothing it does not. What else is known of it
/// comes with the `Article`.
// Fifty cross at once, and each text of each costs on both sides.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ArticleRow {
    /// Which article.
    pub id: ArticleId,
    /// Plain text; empty when the feed gives none.
    pub title: String,
    /// The title in English, where it was not and is translated.
    pub english_title: Option<String>,
    /// Who published it.
    pub publisher: PublisherId,
    /// That publisher's name.
    pub publisher_name: String,
    /// That publisher's country.
    pub country: CountryCode,
    /// The language the article is in, BCP 47, as far as the feed or the catalogue tells.
    pub language: String,
    /// What lists are ordered by: the date the feed gives or the moment Overview first saw it, the earlier
    /// of the two; never in the future.
    pub sort_at: Timestamp,
    /// A picture for the row.
    pub image: Option<PictureKey>,
    /// Everything that its screen shows is on this device: the whole article and its pictures.
    pub ready: bool,
    /// Read, saved, hidden.
    pub state: ReadState,
    /// Hidden by a mute; `mutesOf` says by which.
    pub muted: bool,
}

/// The core's row, which has more than a list shows.
pub type ListedArticle = CoreRow;

uniffi::custom_type!(ListedArticle, ArticleRow, {
    remote,
    lower: |row| ArticleRow::from(row),
    // Only ever handed out.
    try_lift: |_row| Err(invalid("a row of a list is a thing that only the library gives".to_owned())),
});

/// A field that is added in the core fails the build here: it is a row's, the article's or left out.
impl From<CoreRow> for ArticleRow {
    fn from(row: CoreRow) -> Self {
        let CoreRow {
            id,
            title,
            teaser: _,
            publisher,
            publisher_name,
            country,
            language,
            url: _,
            published_at: _,
            first_seen_at: _,
            sort_at,
            image,
            ready,
            state,
            muted,
            translation,
        } = row;
        Self {
            id,
            title,
            english_title: translation.map(|english| english.title),
            publisher,
            publisher_name,
            country,
            language,
            sort_at,
            image: image.map(PictureKey),
            ready,
            state,
            muted,
        }
    }
}

/// A picture, sound or film that comes with an article.
#[uniffi::remote(Record)]
pub struct Media {
    /// Its address.
    pub url: Url,
    /// Its media type, such as `image/jpeg`, where the feed tells it.
    pub media_type: Option<String>,
    /// Width in pixels.
    pub width: Option<u32>,
    /// Height in pixels.
    pub height: Option<u32>,
    /// Length in bytes.
    pub length: Option<u64>,
}

/// One article with its body.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Article {
    /// What lists show of it.
    pub row: ArticleRow,
    /// The beginning of the feed's summary as plain text, at most 300 characters; may be empty.
    pub teaser: String,
    /// Where it is on the web; `None` when the feed gives no address.
    pub url: Option<Url>,
    /// The date the feed gives, however odd; `None` when it gives none.
    pub published_at: Option<Timestamp>,
    /// When Overview first saw it.
    pub first_seen_at: Timestamp,
    /// Who wrote it, as the feed says, or else its page.
    pub authors: Vec<String>,
    /// Sections and tags, as the feed says.
    pub categories: Vec<String>,
    /// When the publisher last changed it: as the feed says, or when the change was seen. `None` when
    /// it is as it was published.
    pub updated_at: Option<Timestamp>,
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
    /// Title and teaser in English, where they were not and are translated.
    pub row_translation: Option<RowTranslation>,
    /// Its texts in English, as far as they are here; `None` when nothing of it is, or it is in
    /// English.
    pub translation: Option<ArticleTranslation>,
}

impl From<CoreArticle> for Article {
    fn from(article: CoreArticle) -> Self {
        let CoreArticle {
            mut row,
            authors,
            categories,
            updated_at,
            standfirst,
            lead,
            blocks,
            direction,
            page,
            media,
            translation,
        } = article;
        Self {
            teaser: mem::take(&mut row.teaser),
            url: row.url.take(),
            published_at: row.published_at,
            first_seen_at: row.first_seen_at,
            row_translation: row.translation.clone(),
            row: row.into(),
            authors,
            categories,
            updated_at,
            standfirst,
            lead,
            blocks,
            direction,
            page,
            media,
            translation,
        }
    }
}

/// Whether a page gave the whole article, and if not, why.
#[uniffi::remote(Enum)]
pub enum PageVerdict {
    /// All of it.
    Full,
    /// No more than the beginning or a summary.
    SummaryOnly,
    /// The rest is for who pays.
    Paywall,
    /// A demand to agree to something stands before it.
    ConsentWall,
    /// A wall against robots stands before it.
    Challenge,
    /// A list of other pages.
    Index,
    /// Pictures with little text.
    Gallery,
    /// A film with little text.
    Video,
    /// The publisher took it away.
    Gone,
}

/// Where a body came from, and why not from the other.
#[uniffi::remote(Enum)]
pub enum BodySource {
    /// The page: it has more, and it is the same article.
    Page,
    /// The feed: it has as much as the page.
    FeedHasAsMuch,
    /// The feed: the page speaks of something else.
    PageIsOther,
    /// The feed: the page is no article.
    PageIsNone(PageVerdict),
}

/// What fetching an article's page brought.
#[uniffi::remote(Record)]
pub struct ReadPage {
    /// When it was fetched.
    pub fetched_at: Timestamp,
    /// Whether it gave the whole article.
    pub verdict: PageVerdict,
    /// Whose body the article has.
    pub body: BodySource,
}

/// A page of a list, newest first.
#[uniffi::remote(Record)]
pub struct ArticlePage {
    /// At most 50 rows.
    pub rows: Vec<ListedArticle>,
    /// Where the newer neighbour ends; `None` when there are no newer rows.
    pub previous: Option<Cursor>,
    /// Where the older neighbour begins; `None` when there are no older rows.
    pub next: Option<Cursor>,
}
