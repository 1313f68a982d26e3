//! Articles: stored, matched with what is known, read.

use chrono::{DateTime, Duration, Utc};
use rusqlite::{OptionalExtension, Transaction, params};
use url::Url;

use super::batch::Batch;
use super::error::{Doing, StoreError};
use super::listings::{self, Listing};
use super::sql::Millis;
use super::text::{self, Words};
use super::{list, marks, mutes};
use crate::model::{ArticleId, ArticleRow, CountryCode, Media, ReadState};

/// An article as a feed brings it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IncomingArticle {
    /// Its identity within the publisher; at least one. Any of them finds the stored article.
    pub keys: Vec<[u8; 16]>,
    /// Plain text.
    pub title: String,
    /// Beginning of the summary, plain text.
    pub teaser: String,
    /// What search finds it by beside the title: plain text.
    pub text: String,
    /// Its address.
    pub url: Option<Url>,
    /// A picture for its row.
    pub image: Option<Url>,
    /// BCP 47.
    pub language: String,
    /// As the feed says.
    pub published_at: Option<DateTime<Utc>>,
    /// As the feed says.
    pub updated_at: Option<DateTime<Utc>>,
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
    /// Of everything above but the keys; differs when the publisher edited the article.
    pub content_hash: [u8; 16],
}

/// What storing a feed's articles changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ingested {
    /// Not known before.
    pub new: u32,
    /// Known, and edited since.
    pub updated: u32,
}

/// A stored article with its body as the feed gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredArticle {
    /// Its row.
    pub row: ArticleRow,
    /// When it was last edited: as the feed says, or when the edit was seen.
    pub updated_at: Option<DateTime<Utc>>,
    /// HTML.
    pub summary: Option<String>,
    /// HTML.
    pub content: Option<String>,
    /// Names.
    pub authors: Vec<String>,
    /// Labels.
    pub categories: Vec<String>,
    /// Pictures and recordings.
    pub media: Vec<Media>,
}

/// Stores the articles of one document in its order.
pub(super) fn ingest(
    batch: &mut Batch<'_>,
    feed: i64,
    publisher: i64,
    country: CountryCode,
    articles: Vec<(IncomingArticle, Words)>,
    now: DateTime<Utc>,
) -> Result<Ingested, StoreError> {
    let tx = batch.tx;
    let mut done = Ingested::default();
    let mut listing = Listing::of(tx, feed)?;
    for (place, (article, words)) in articles.into_iter().enumerate() {
        let Some(known) = find(tx, &article.keys)? else {
            if let Some(removed) = listings::removed(tx, &article.keys)? {
                listing.add(removed, article.content_hash)?;
                continue;
            }
            let (id, sort_at) = insert(tx, publisher, country, &article, place, now)?;
            listing.add(id, article.content_hash)?;
            batch.index(text::place(sort_at, id), publisher, words, false);
            mutes::judge(batch, id)?;
            done.new += 1;
            continue;
        };
        if add_keys(tx, known.id, &article.keys)? {
            marks::spread(tx, known.id, &article.keys)?;
        }
        if !listing.add(known.id, article.content_hash)?
            || !listing.is_edit(known.id, known.content_hash, article.content_hash)?
        {
            continue;
        }
        if says_the_same(tx, known.id, &article)? {
            update_rest(tx, &known, &article)?;
            continue;
        }
        update(tx, known.id, &article, now)?;
        let place = text::place(known.sort_at, known.id);
        batch.index(place, publisher, words, true);
        if known.is_english && !is_english(tx, known.id)? {
            batch.index_english(place, None);
        }
        mutes::judge(batch, known.id)?;
        done.updated += 1;
    }
    listing.finish(now)?;
    Ok(done)
}

struct Known {
    id: i64,
    sort_at: i64,
    /// Its title is in English, too.
    is_english: bool,
    content_hash: [u8; 16],
}

/// The stored article that any of the keys names; the first key that names one decides.
fn find(tx: &Transaction<'_>, keys: &[[u8; 16]]) -> Result<Option<Known>, StoreError> {
    const DOING: &str = "looking for a known article";
    let mut statement = tx
        .prepare_cached(
            "SELECT article.id, content_hash, sort_at, english_title IS NOT NULL FROM article_key
               JOIN article ON article.id = article_key.article WHERE key = ?1",
        )
        .doing(DOING)?;
    for key in keys {
        let known = statement
            .query_row([key], |row| {
                Ok(Known {
                    id: row.get(0)?,
                    content_hash: row.get(1)?,
                    sort_at: row.get(2)?,
                    is_english: row.get(3)?,
                })
            })
            .optional()
            .doing(DOING)?;
        if known.is_some() {
            return Ok(known);
        }
    }
    Ok(None)
}

/// The id of the stored article that any of the keys names.
pub(super) fn known(tx: &Transaction<'_>, keys: &[[u8; 16]]) -> Result<Option<i64>, StoreError> {
    Ok(find(tx, keys)?.map(|known| known.id))
}

/// All that names an article, in one order.
pub(super) fn keys(tx: &Transaction<'_>, id: i64) -> Result<Vec<[u8; 16]>, StoreError> {
    tx.prepare_cached("SELECT key FROM article_key WHERE article = ?1 ORDER BY key")
        .and_then(|mut statement| statement.query_map([id], |row| row.get(0))?.collect())
        .doing("reading an article's keys")
}

/// Its id and sort time.
pub(super) fn insert(
    tx: &Transaction<'_>,
    publisher: i64,
    country: CountryCode,
    article: &IncomingArticle,
    place: usize,
    now: DateTime<Utc>,
) -> Result<(i64, i64), StoreError> {
    const DOING: &str = "storing an article";
    let sort_at = Millis::from(sort_time(article.published_at, place, now));
    let state = marks::of_keys(tx, &article.keys)?.unwrap_or_default();
    tx.prepare_cached(
        "INSERT INTO article (publisher, country, language, title, teaser, url, image,
                              published_at, updated_at, first_seen_at, sort_at, content_hash,
                              read, saved, hidden, position)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )
    .and_then(|mut statement| {
        statement.execute(params![
            publisher,
            country,
            article.language,
            article.title,
            article.teaser,
            article.url.as_ref().map(Url::as_str),
            article.image.as_ref().map(Url::as_str),
            article.published_at.map(Millis::from),
            article.updated_at.map(Millis::from),
            Millis::from(now),
            sort_at,
            article.content_hash,
            state.read,
            state.saved,
            state.hidden,
            state.position,
        ])
    })
    .doing(DOING)?;
    let id = tx.last_insert_rowid();
    add_keys(tx, id, &article.keys)?;
    write_body(tx, id, article)?;
    Ok((id, sort_at.0))
}

/// What lists are ordered by: the earlier of publication and first sight. An undated article takes
/// its place in the feed, a second apart, as if published just now.
fn sort_time(published: Option<DateTime<Utc>>, place: usize, now: DateTime<Utc>) -> DateTime<Utc> {
    let undated = || now - Duration::seconds(i64::try_from(place).unwrap_or(0));
    published.map_or_else(undated, |published| published.min(now))
}

/// An edited article keeps its id, its place and its marks. Where the feed gives no time of the edit,
/// it is the time at which it was seen.
fn update(
    tx: &Transaction<'_>,
    id: i64,
    article: &IncomingArticle,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE article
            SET language = ?2, title = ?3, teaser = ?4, url = ?5, image = ?6, published_at = ?7,
                updated_at = coalesce(?8, ?10), content_hash = ?9, ready = 0, translated = 0,
                english_title = CASE WHEN title = ?3 AND teaser = ?4 THEN english_title END,
                english_teaser = CASE WHEN title = ?3 AND teaser = ?4 THEN english_teaser END,
                english_by = CASE WHEN title = ?3 AND teaser = ?4 THEN english_by END
          WHERE id = ?1",
    )
    .and_then(|mut statement| {
        statement.execute(params![
            id,
            article.language,
            article.title,
            article.teaser,
            article.url.as_ref().map(Url::as_str),
            article.image.as_ref().map(Url::as_str),
            article.published_at.map(Millis::from),
            article.updated_at.map(Millis::from),
            article.content_hash,
            Millis::from(now),
        ])
    })
    .doing("storing an edited article")?;
    write_body(tx, id, article)
}

/// Whether what a feed says of an article reads as what is stored: another picture, date or decorated
/// address is no edit.
fn says_the_same(
    tx: &Transaction<'_>,
    id: i64,
    article: &IncomingArticle,
) -> Result<bool, StoreError> {
    tx.prepare_cached(
        "SELECT title = ?2 AND teaser = ?3 AND language = ?4 AND summary IS ?5 AND content IS ?6
                AND authors = ?7 AND categories = ?8
           FROM article JOIN body ON body.article = article.id WHERE article.id = ?1",
    )
    .and_then(|mut statement| {
        statement
            .query_row(
                params![
                    id,
                    article.title,
                    article.teaser,
                    article.language,
                    article.summary,
                    article.content,
                    json(&article.authors),
                    json(&article.categories),
                ],
                |row| row.get(0),
            )
            .optional()
    })
    .map(|same| same.unwrap_or(false))
    .doing("comparing an article with what is stored")
}

/// Keeps what nobody reads of an article that reads as before. Its page stays good.
fn update_rest(
    tx: &Transaction<'_>,
    known: &Known,
    article: &IncomingArticle,
) -> Result<(), StoreError> {
    const DOING: &str = "storing an article's new addresses";
    tx.prepare_cached(
        "UPDATE article
            SET url = ?2, image = ?3, published_at = ?4, updated_at = coalesce(?5, updated_at),
                content_hash = ?6
          WHERE id = ?1",
    )
    .and_then(|mut statement| {
        statement.execute(params![
            known.id,
            article.url.as_ref().map(Url::as_str),
            article.image.as_ref().map(Url::as_str),
            article.published_at.map(Millis::from),
            article.updated_at.map(Millis::from),
            article.content_hash,
        ])
    })
    .and_then(|_| {
        tx.prepare_cached(
            "UPDATE page SET content_hash = ?2 WHERE article = ?1 AND content_hash = ?3",
        )?
        .execute(params![known.id, article.content_hash, known.content_hash])
    })
    .doing(DOING)?;
    write_body(tx, known.id, article)
}

fn is_english(tx: &Transaction<'_>, id: i64) -> Result<bool, StoreError> {
    tx.prepare_cached("SELECT english_title IS NOT NULL FROM article WHERE id = ?1")
        .and_then(|mut statement| statement.query_row([id], |row| row.get(0)))
        .doing("looking whether a title is in English")
}

/// Gives an article keys it lacks; whether there were any. A key that already names another
/// article stays with that one.
pub(super) fn add_keys(
    tx: &Transaction<'_>,
    id: i64,
    keys: &[[u8; 16]],
) -> Result<bool, StoreError> {
    const DOING: &str = "noting an article's keys";
    let mut statement = tx
        .prepare_cached(
            "INSERT INTO article_key (key, article) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )
        .doing(DOING)?;
    let mut added = false;
    for key in keys {
        added |= statement.execute(params![key, id]).doing(DOING)? > 0;
    }
    Ok(added)
}

fn write_body(tx: &Transaction<'_>, id: i64, article: &IncomingArticle) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO body (article, summary, content, authors, categories, media)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )
    .and_then(|mut statement| {
        statement.execute(params![
            id,
            article.summary,
            article.content,
            json(&article.authors),
            json(&article.categories),
            json(&article.media),
        ])
    })
    .map(drop)
    .doing("storing an article's body")
}

pub(super) fn get(
    tx: &Transaction<'_>,
    id: ArticleId,
) -> Result<Option<StoredArticle>, StoreError> {
    const DOING: &str = "reading an article";
    let Some(row) = list::row(tx, id)? else {
        return Ok(None);
    };
    tx.prepare_cached(
        "SELECT summary, content, authors, categories, media, updated_at
           FROM body JOIN article ON article.id = body.article WHERE article = ?1",
    )
    .and_then(|mut statement| {
        statement.query_row([id.0], |columns| {
            Ok(StoredArticle {
                row,
                summary: columns.get(0)?,
                content: columns.get(1)?,
                authors: from_json(columns.get_ref(2)?.as_str()?),
                categories: from_json(columns.get_ref(3)?.as_str()?),
                media: from_json(columns.get_ref(4)?.as_str()?),
                updated_at: super::sql::optional_time(columns, 5)?,
            })
        })
    })
    .optional()
    .doing(DOING)
}

/// Lists that only ever travel whole are kept as JSON.
fn json<T: serde::Serialize>(list: &[T]) -> String {
    serde_json::to_string(list).unwrap_or_else(|_| "[]".to_owned())
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Vec<T> {
    serde_json::from_str(text).unwrap_or_default()
}

/// The marks columns of a row.
pub(super) fn state(row: &rusqlite::Row<'_>, first: usize) -> rusqlite::Result<ReadState> {
    Ok(ReadState {
        read: row.get(first)?,
        saved: row.get(first + 1)?,
        hidden: row.get(first + 2)?,
        position: row.get(first + 3)?,
    })
}
