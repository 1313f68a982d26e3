//! What articles are found by: the index of words, and the walk through what is found.

use std::collections::HashSet;

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, Rows, Statement, Transaction, params, params_from_iter};

use super::articles::IncomingArticle;
use super::batch::Batch;
use super::error::{Doing, StoreError};
use super::facts;
use super::list::{self, Edge, Filter, ROW, pages};
use super::sql::from_json;
use super::{mutes, story_list};
use crate::model::{ArticleId, ArticleRow, Block, Cursor, Page, SearchOrder, SearchQuery};
use crate::search::{Typed, indexed, indexed_short, label};

/// Bits of a place that are the article's id.
const ID_BITS: u32 = 28;
/// The id in a place.
pub(super) const ID_MASK: i64 = (1 << ID_BITS) - 1;

/// Where an article stands in the index, which is by time: see the migration.
pub(super) fn place(sort_at: i64, id: i64) -> i64 {
    // Years that no calendar has must not wrap around.
    let seconds = sort_at.div_euclid(1_000).clamp(-(1 << 34), (1 << 34) - 1);
    (seconds << ID_BITS) + (id & ID_MASK)
}

/// The sort time from which on every place is above this one.
pub(super) fn time_above(place: i64) -> i64 {
    ((place >> ID_BITS) + 1) * 1_000
}

/// The same of the index's `rowid`, in SQL.
pub(super) fn time_above_row() -> String {
    format!("((rowid >> {ID_BITS}) + 1) * 1000")
}

/// The word that stands for a publisher.
pub(super) fn publisher_label(publisher: i64) -> String {
    label('p', &publisher.to_string())
}

/// The word that stands for a category.
pub(super) fn category_label(name: &str) -> String {
    label('k', name)
}

/// An article's words as the index holds them. Made where taking long harms nobody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Words {
    title: String,
    teaser: String,
    text: String,
    /// Of its categories; the publisher's comes when it is stored.
    labels: Vec<String>,
}

impl Words {
    pub(super) fn of(article: &IncomingArticle) -> Self {
        Self::new(
            &article.title,
            &article.teaser,
            &article.text,
            &article.categories,
        )
    }

    fn new(title: &str, teaser: &str, text: &str, categories: &[String]) -> Self {
        // Most bodies begin with what the teaser is made of.
        let text = text.strip_prefix(teaser).unwrap_or(text);
        let labels = categories.iter().filter(|name| !name.trim().is_empty());
        Self {
            title: indexed_short(title),
            teaser: indexed_short(teaser),
            text: indexed(text),
            labels: labels.map(|name| category_label(name)).collect(),
        }
    }
}

/// What a batch writes into the index at its end.
pub(super) enum Entry {
    /// An article's own words.
    Own {
        place: i64,
        publisher: i64,
        words: Words,
        /// It may have had some before.
        replaces: bool,
    },
    /// Title and teaser in English; `None` where they are no more.
    English {
        place: i64,
        words: Option<(String, String)>,
    },
}

impl Entry {
    pub(super) fn place(&self) -> i64 {
        match self {
            Self::Own { place, .. } | Self::English { place, .. } => *place,
        }
    }
}

pub(super) fn write(tx: &Transaction<'_>, entries: &[Entry]) -> rusqlite::Result<()> {
    let mut forget = tx.prepare_cached("DELETE FROM article_text WHERE rowid = ?1")?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO article_text (rowid, title, teaser, text, labels) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let mut forget_english = tx.prepare_cached("DELETE FROM article_english WHERE rowid = ?1")?;
    let mut insert_english = tx
        .prepare_cached("INSERT INTO article_english (rowid, title, teaser) VALUES (?1, ?2, ?3)")?;
    for entry in entries {
        match entry {
            Entry::Own {
                place,
                publisher,
                words,
                replaces,
            } => {
                if *replaces {
                    forget.execute([place])?;
                }
                let mut labels = publisher_label(*publisher);
                for label in &words.labels {
                    labels.push(' ');
                    labels.push_str(label);
                }
                insert.execute(params![
                    place,
                    words.title,
                    words.teaser,
                    words.text,
                    labels
                ])?;
            }
            Entry::English { place, words } => {
                forget_english.execute([place])?;
                if let Some((title, teaser)) = words {
                    insert_english.execute(params![
                        place,
                        indexed_short(title),
                        indexed_short(teaser)
                    ])?;
                }
            }
        }
    }
    Ok(())
}

/// Indexes an article anew with the text of its page.
pub(super) fn index_page(
    batch: &mut Batch<'_>,
    id: ArticleId,
    text: &str,
) -> Result<(), StoreError> {
    let known = batch
        .tx
        .prepare_cached(
            "SELECT sort_at, publisher, title, teaser, categories
               FROM article JOIN body ON body.article = article.id WHERE article.id = ?1",
        )
        .and_then(|mut statement| {
            statement
                .query_row([id.0], |row| {
                    let (title, teaser): (String, String) = (row.get(2)?, row.get(3)?);
                    let categories: Vec<String> = from_json(row, 4)?;
                    let words = Words::new(&title, &teaser, text, &categories);
                    Ok((row.get::<_, i64>(0)?, row.get(1)?, words))
                })
                .optional()
        })
        .doing("looking for the words of an article")?;
    if let Some((sort_at, publisher, words)) = known {
        batch.index(place(sort_at, id.0), publisher, words, true);
    }
    Ok(())
}

/// The fact that says which articles are not in the index yet.
const UNINDEXED: &str = "unindexed_up_to";

/// What an article's body says, as text: its page's blocks where there are some, or else the longer of
/// the feed's summary and content.
pub type BodyText = fn(Option<String>, Option<String>, Option<Vec<Block>>) -> String;

/// Puts the newest `limit` articles into the index that an older version stored; whether more are left.
pub(super) fn index_older(
    batch: &mut Batch<'_>,
    limit: u32,
    text_of: BodyText,
) -> Result<bool, StoreError> {
    const DOING: &str = "indexing what an older version stored";
    let tx = batch.tx;
    let Some(up_to) = unindexed(tx)? else {
        return Ok(false);
    };
    let mut statement = tx
        .prepare_cached(
            "SELECT article.id, sort_at, publisher, title, teaser, english_title, english_teaser,
                    categories, summary, content, blocks
               FROM article LEFT JOIN body ON body.article = article.id
               LEFT JOIN page ON page.article = article.id
              WHERE article.id <= ?1 ORDER BY article.id DESC LIMIT ?2",
        )
        .doing(DOING)?;
    let mut rows = statement.query(params![up_to, limit]).doing(DOING)?;
    let (mut last, mut count) = (0, 0);
    while let Some(row) = rows.next().doing(DOING)? {
        (|| {
            last = row.get(0)?;
            count += 1;
            let place = place(row.get(1)?, last);
            let (title, teaser): (String, String) = (row.get(3)?, row.get(4)?);
            let categories: Option<String> = row.get(7)?;
            let categories: Vec<String> = categories
                .and_then(|json| serde_json::from_str(&json).ok())
                .unwrap_or_default();
            let blocks: Option<String> = row.get(10)?;
            let blocks = blocks.and_then(|json| serde_json::from_str(&json).ok());
            let text = text_of(row.get(8)?, row.get(9)?, blocks);
            let words = Words::new(&title, &teaser, &text, &categories);
            batch.index(place, row.get(2)?, words, true);
            let english: (Option<String>, Option<String>) = (row.get(5)?, row.get(6)?);
            if let (Some(title), teaser) = english {
                batch.index_english(place, Some((title, teaser.unwrap_or_default())));
            }
            Ok(())
        })()
        .doing(DOING)?;
        mutes::judge(batch, last)?;
    }
    drop(rows);
    drop(statement);
    let more = count == limit && last > 1;
    if more {
        facts::set(tx, UNINDEXED, &(last - 1).to_string(), DOING)?;
    } else {
        facts::forget(tx, UNINDEXED, DOING)?;
    }
    Ok(more)
}

/// The newest article that is not in the index yet.
pub(super) fn unindexed(tx: &Transaction<'_>) -> Result<Option<i64>, StoreError> {
    let value = facts::get(tx, UNINDEXED, "looking what is not in the index")?;
    Ok(value.and_then(|value| value.parse().ok()))
}

/// `SELECT` of the ids of all articles with some words, and its values.
pub(super) fn found(typed: &Typed) -> (String, Vec<Value>) {
    let expression = Value::from(typed.expression());
    let sql = format!(
        "SELECT rowid & {ID_MASK} FROM article_text WHERE article_text MATCH ?
          UNION SELECT rowid & {ID_MASK} FROM article_english WHERE article_english MATCH ?"
    );
    (sql, vec![expression.clone(), expression])
}

/// More publishers than this are looked at row by row instead of asked of the index.
const PUBLISHERS_MAX: usize = 32;

/// A page of what is found.
pub(super) fn search(
    tx: &Transaction<'_>,
    query: &SearchQuery,
    typed: &Typed,
) -> Result<Page<ArticleRow>, StoreError> {
    if typed.is_empty() {
        return Ok(Page {
            rows: Vec::new(),
            previous: None,
            next: None,
        });
    }
    let search = Search::of(tx, query, typed)?;
    let edge = Edge::of(query.after, None);
    let page = pages(
        edge,
        query.limit,
        |(cursor, _): &(Cursor, ArticleRow)| *cursor,
        |edge, limit| search.fetch(tx, edge, limit),
    )?;
    Ok(Page {
        rows: page.rows.into_iter().map(|(_, row)| row).collect(),
        // What is found is read on, not back.
        previous: None,
        next: page.next,
    })
}

struct Search {
    order: SearchOrder,
    /// What is wanted anywhere, and in the title; of the article's own words and of the English ones.
    anywhere: [String; 2],
    in_title: [String; 2],
    /// Which of those found are wanted: SQL over `article`, and its values.
    accepted: String,
    values: Vec<Value>,
}

impl Search {
    fn of(tx: &Transaction<'_>, query: &SearchQuery, typed: &Typed) -> Result<Self, StoreError> {
        let scope = &query.scope.articles;
        let mut filter = story_list::story_filter(tx, &query.scope)?;
        if let Some(perspective) = &query.scope.perspective {
            filter.and(
                "EXISTS (SELECT 1 FROM label
                          WHERE label.article = article.id AND label.perspective = ?)",
                [Value::from(perspective.as_str().to_owned())],
            );
        }
        let words = typed.expression();
        let mut own = format!("({words})");
        let mut accepted = Filter::visibility(scope).to_owned();
        if scope.saved {
            accepted.push_str(" AND article.saved = 1");
        }
        if scope.unread {
            accepted.push_str(" AND article.read = 0");
        }
        let (sources, mut values) = filter.sources("article");
        if !filter.is_everything() {
            accepted.push_str(&format!(" AND {sources}"));
        } else {
            values.clear();
        }
        let (rest, more) = filter.rest();
        accepted.push_str(rest);
        values.extend(more.iter().cloned());
        let publishers = filter.publishers(tx)?;
        if let Some(publishers) = publishers.filter(|few| (1..=PUBLISHERS_MAX).contains(&few.len()))
        {
            let labels: Vec<String> = publishers
                .iter()
                .map(|id| format!("\"{}\"", publisher_label(*id)))
                .collect();
            own = format!("{own} AND labels : ({})", labels.join(" OR "));
        }
        Ok(Self {
            order: query.order,
            in_title: [
                format!("title : ({words}) AND {own}"),
                format!("title : ({words})"),
            ],
            anywhere: [own, words],
            accepted,
            values,
        })
    }

    fn fetch(
        &self,
        tx: &Transaction<'_>,
        edge: Edge,
        limit: usize,
    ) -> Result<Vec<(Cursor, ArticleRow)>, StoreError> {
        let (rank, from) = match edge {
            Edge::OlderThan(cursor) => (cursor.rank, place(cursor.sort_at, cursor.id)),
            Edge::Newest => (1, i64::MAX),
            // Nobody asks for what comes before a page.
            Edge::NewerThan(_) => return Ok(Vec::new()),
        };
        let mut rows = Vec::new();
        match self.order {
            SearchOrder::Time => {
                self.walk(tx, &self.anywhere, from, |_| true, limit, 0, &mut rows)?;
            }
            SearchOrder::Rank => {
                let mut titled = HashSet::new();
                if rank == 1 {
                    let seen = |at| {
                        titled.insert(at);
                        true
                    };
                    self.walk(tx, &self.in_title, from, seen, limit, 1, &mut rows)?;
                }
                if rows.len() < limit {
                    if from != i64::MAX {
                        titled.clear();
                        let not_taken = |at| {
                            titled.insert(at);
                            false
                        };
                        self.walk(tx, &self.in_title, i64::MAX, not_taken, limit, 1, &mut rows)?;
                    }
                    let from = if rank == 1 { i64::MAX } else { from };
                    let not_titled = |at| !titled.contains(&at);
                    self.walk(tx, &self.anywhere, from, not_titled, limit, 0, &mut rows)?;
                }
            }
        }
        Ok(rows)
    }

    /// Walks what two indexes find as one list, the newest first, and takes what is wanted, by its place
    /// and then by its row.
    #[allow(clippy::too_many_arguments)]
    fn walk(
        &self,
        tx: &Transaction<'_>,
        expressions: &[String; 2],
        from: i64,
        mut wanted: impl FnMut(i64) -> bool,
        limit: usize,
        rank: i64,
        taken: &mut Vec<(Cursor, ArticleRow)>,
    ) -> Result<(), StoreError> {
        const DOING: &str = "searching";
        let mut own = walk_statement(tx, "article_text").doing(DOING)?;
        let mut english = walk_statement(tx, "article_english").doing(DOING)?;
        let mut found = [
            Found::start(&mut own, &expressions[0], from)?,
            Found::start(&mut english, &expressions[1], from)?,
        ];
        let mut accept = tx
            .prepare_cached(&format!(
                "SELECT {ROW} FROM article
                   CROSS JOIN publisher ON publisher.id = article.publisher
                  WHERE article.id = ? AND {}",
                self.accepted
            ))
            .doing(DOING)?;
        while taken.len() < limit {
            let next = found[0].place.max(found[1].place);
            let Some(at) = next else { break };
            for found in &mut found {
                if found.place == next {
                    found.step()?;
                }
            }
            if !wanted(at) {
                continue;
            }
            let id = Value::from(at & ID_MASK);
            let values = std::iter::once(id).chain(self.values.iter().cloned());
            let row = accept
                .query_row(params_from_iter(values), list::read_row)
                .optional()
                .doing(DOING)?;
            if let Some(row) = row {
                let cursor = Cursor {
                    rank,
                    sort_at: row.sort_at.timestamp_millis(),
                    id: row.id.0,
                };
                taken.push((cursor, row));
            }
        }
        Ok(())
    }
}

fn walk_statement<'t>(
    tx: &'t Transaction<'_>,
    table: &str,
) -> rusqlite::Result<rusqlite::CachedStatement<'t>> {
    tx.prepare_cached(&format!(
        "SELECT rowid FROM {table} WHERE {table} MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC"
    ))
}

/// What one index finds, the newest first.
struct Found<'s> {
    rows: Rows<'s>,
    place: Option<i64>,
}

impl<'s> Found<'s> {
    fn start(
        statement: &'s mut Statement<'_>,
        expression: &str,
        from: i64,
    ) -> Result<Self, StoreError> {
        let rows = statement
            .query(params![expression, from])
            .doing("searching")?;
        let mut found = Self { rows, place: None };
        found.step()?;
        Ok(found)
    }

    fn step(&mut self) -> Result<(), StoreError> {
        let next = self.rows.next().doing("searching")?;
        self.place = next
            .map(|row: &Row<'_>| row.get(0))
            .transpose()
            .doing("searching")?;
        Ok(())
    }
}
