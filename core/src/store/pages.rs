//! What articles' pages gave.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction, params};
use url::Url;

use super::error::{Doing, StoreError};
use super::sql::{Millis, from_json, json, optional_json};
use crate::model::{ArticleId, Block, BodySource, Direction, Image, PageVerdict};

/// A page as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPage {
    /// When it was fetched.
    pub fetched_at: DateTime<Utc>,
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

impl StoredPage {
    /// Bytes that its text takes.
    pub fn bytes(&self) -> u64 {
        self.blocks
            .as_ref()
            .and_then(|blocks| json(blocks).ok())
            .map_or(0, |text| text.len() as u64)
    }
}

/// Marks articles whose pages, pictures and, where asked for, translations are all here, and those where something is missing;
/// `which` chooses among articles.
const MARK_READY: &str = "UPDATE article SET ready =
    EXISTS (SELECT 1 FROM page
             WHERE page.article = article.id AND page.content_hash = article.content_hash)
    AND translated <> 1
    AND NOT EXISTS (SELECT 1 FROM article_picture LEFT JOIN picture USING (url)
                     WHERE article_picture.article = article.id AND picture.url IS NULL)";

pub(super) fn write(
    tx: &Transaction<'_>,
    id: ArticleId,
    page: &StoredPage,
) -> Result<(), StoreError> {
    let written = tx
        .prepare_cached(
            "INSERT OR REPLACE INTO page (article, fetched_at, content_hash, verdict, source, authors,
                                          direction, standfirst, lead, blocks)
             SELECT id, ?2, content_hash, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM article WHERE id = ?1",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                id.0,
                Millis::from(page.fetched_at),
                json(&page.verdict)?,
                json(&page.source)?,
                json(&page.authors)?,
                json(&page.direction)?,
                page.standfirst,
                page.lead.as_ref().map(json).transpose()?,
                page.blocks.as_ref().map(json).transpose()?,
            ])
        })
        .doing("storing an article's page")?;
    if written == 0 {
        return Err(StoreError::NoSuchArticle(id));
    }
    const DOING: &str = "noting an article's pictures";
    tx.execute("DELETE FROM article_picture WHERE article = ?1", [id.0])
        .doing(DOING)?;
    for url in &page.pictures {
        tx.prepare_cached("INSERT OR IGNORE INTO article_picture (article, url) VALUES (?1, ?2)")
            .and_then(|mut statement| statement.execute(params![id.0, url.as_str()]))
            .doing(DOING)?;
    }
    mark_ready(tx, id)
}

/// Bytes that pages and pictures take; a picture of two addresses counts once.
pub(super) fn kept_bytes(tx: &Transaction<'_>) -> Result<u64, StoreError> {
    let texts: i64 = tx
        .query_row(
            "SELECT coalesce(sum(octet_length(blocks)), 0) FROM page",
            [],
            |row| row.get(0),
        )
        .doing("weighing what is kept")?;
    Ok(texts.unsigned_abs() + kept_picture_bytes(tx)?)
}

/// Of those, the pictures': one that several addresses gave is kept once.
pub(super) fn kept_picture_bytes(tx: &Transaction<'_>) -> Result<u64, StoreError> {
    tx.prepare_cached(
        "SELECT coalesce(sum(bytes), 0)
           FROM (SELECT max(bytes) AS bytes FROM picture WHERE hash IS NOT NULL GROUP BY hash)",
    )
    .and_then(|mut statement| statement.query_row([], |row| row.get::<_, i64>(0)))
    .map(i64::unsigned_abs)
    .doing("weighing the pictures that are kept")
}

/// How many articles are ready.
pub(super) fn ready_articles(tx: &Transaction<'_>) -> Result<u64, StoreError> {
    tx.query_row("SELECT count(*) FROM article WHERE ready = 1", [], |row| {
        row.get::<_, i64>(0)
    })
    .map(i64::unsigned_abs)
    .doing("counting what is ready")
}

/// Takes away the page of the oldest article that was read and is not saved, and the pictures that
/// no other article shows. `None` when there is none.
pub(super) fn release(tx: &Transaction<'_>) -> Result<Option<Released>, StoreError> {
    const DOING: &str = "making room";
    let before = kept_bytes(tx)?;
    let oldest: Option<i64> = tx
        .query_row(
            "SELECT article.id FROM page JOIN article ON article.id = page.article
              WHERE read = 1 AND saved = 0 ORDER BY sort_at, article.id LIMIT 1",
            [],
            |row| row.get(0),
        )
        .optional()
        .doing(DOING)?;
    let Some(oldest) = oldest else {
        return Ok(None);
    };
    tx.execute("UPDATE article SET ready = 0 WHERE id = ?1", [oldest])
        .and_then(|_| tx.execute("DELETE FROM page WHERE article = ?1", [oldest]))
        .doing(DOING)?;
    let files = release_pictures(tx, oldest)?;
    Ok(Some(Released {
        bytes: before.saturating_sub(kept_bytes(tx)?),
        files,
    }))
}

/// Names a picture's file: the hash of its content, and its media type.
pub type PictureName = ([u8; 32], String);

/// Takes away the pictures that only this article shows; the files that nobody needs any more.
pub(super) fn release_pictures(
    tx: &Transaction<'_>,
    article: i64,
) -> Result<Vec<PictureName>, StoreError> {
    const DOING: &str = "releasing an article's pictures";
    let only_here: Vec<String> = tx
        .prepare_cached(
            "SELECT url FROM article_picture
              WHERE article = ?1
                AND NOT EXISTS (SELECT 1 FROM article_picture AS other
                                 WHERE other.url = article_picture.url AND other.article <> ?1)",
        )
        .and_then(|mut statement| statement.query_map([article], |row| row.get(0))?.collect())
        .doing(DOING)?;
    let mut files = Vec::new();
    for url in &only_here {
        files.extend(remove_picture(tx, url)?);
    }
    tx.prepare_cached("DELETE FROM article_picture WHERE article = ?1")
        .and_then(|mut statement| statement.execute([article]))
        .doing(DOING)?;
    Ok(files)
}

/// Forgets a picture; its file, when no other address has the same.
pub(super) fn remove_picture(
    tx: &Transaction<'_>,
    url: &str,
) -> Result<Option<PictureName>, StoreError> {
    const DOING: &str = "forgetting a picture";
    let gone: Option<(Option<[u8; 32]>, Option<String>)> = tx
        .prepare_cached("DELETE FROM picture WHERE url = ?1 RETURNING hash, media_type")
        .and_then(|mut statement| {
            statement
                .query_row([url], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()
        })
        .doing(DOING)?;
    let Some((Some(hash), Some(media_type))) = gone else {
        return Ok(None);
    };
    let used: bool = tx
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM picture WHERE hash = ?1)")
        .and_then(|mut statement| statement.query_row([hash], |row| row.get(0)))
        .doing(DOING)?;
    Ok((!used).then_some((hash, media_type)))
}

/// What was taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// Bytes that are free by it.
    pub bytes: u64,
    /// Pictures whose files nobody needs any more.
    pub files: Vec<PictureName>,
}

/// Marks one article, or no longer.
pub(super) fn mark_ready(tx: &Transaction<'_>, id: ArticleId) -> Result<(), StoreError> {
    tx.execute(&format!("{MARK_READY} WHERE id = ?1"), [id.0])
        .map(drop)
        .doing("noting whether an article is ready")
}

/// Marks the articles that show a picture, now that it is here.
pub(super) fn mark_ready_by_picture(tx: &Transaction<'_>, url: &Url) -> Result<(), StoreError> {
    tx.execute(
        &format!("{MARK_READY} WHERE id IN (SELECT article FROM article_picture WHERE url = ?1)"),
        [url.as_str()],
    )
    .map(drop)
    .doing("noting which articles are ready")
}

/// The page of an article, unless the feed changed the article since it was fetched.
pub(super) fn get(tx: &Transaction<'_>, id: ArticleId) -> Result<Option<StoredPage>, StoreError> {
    tx.prepare_cached(
        "SELECT fetched_at, verdict, source, authors, direction, standfirst, lead, blocks
           FROM page JOIN article ON article.id = page.article
          WHERE page.article = ?1 AND page.content_hash = article.content_hash",
    )
    .and_then(|mut statement| {
        statement
            .query_row([id.0], |row| {
                Ok(StoredPage {
                    fetched_at: super::sql::time(row, 0)?,
                    verdict: from_json(row, 1)?,
                    source: from_json(row, 2)?,
                    authors: from_json(row, 3)?,
                    direction: from_json(row, 4)?,
                    standfirst: row.get(5)?,
                    lead: optional_json(row, 6)?,
                    blocks: optional_json(row, 7)?,
                    pictures: Vec::new(),
                })
            })
            .optional()
    })
    .doing("reading an article's page")
}
