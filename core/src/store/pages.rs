//! What articles' pages gave.

use chrono::{DateTime, Utc};
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::{Doing, StoreError};
use super::sql::Millis;
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
}

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
    Ok(())
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
                })
            })
            .optional()
    })
    .doing("reading an article's page")
}

fn json<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

fn from_json<T: DeserializeOwned>(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<T> {
    read(row.get_ref(column)?.as_str()?, column)
}

fn optional_json<T: DeserializeOwned>(
    row: &rusqlite::Row<'_>,
    column: usize,
) -> rusqlite::Result<Option<T>> {
    let text = row.get_ref(column)?.as_str_or_null()?;
    text.map(|text| read(text, column)).transpose()
}

fn read<T: DeserializeOwned>(text: &str, column: usize) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error.into())
    })
}
