//! A damaged database: what only the person can say is read out of it page by page, written to a new
//! one, and the damaged file is moved aside, with its date. Articles that are not saved are fetched
//! again.
//!
//! The new database is complete before the damaged one is touched, so that a process that ends in
//! between loses nothing: whoever opens next goes on.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{Connection, ToSql, Transaction, params, params_from_iter};

use super::carve::{Pages, Row};
use super::error::{Doing, StoreError};
use super::publishers::CatalogueRows;
use super::{aside, facts, lock, own, pages, publishers, schema, sql};
use crate::catalogue::Catalogue;
use crate::model::{ArticleId, PublisherId, SalvageReport};

const DOING: &str = "rescuing what is left of a damaged database";

/// The name of the fact that tells of it.
const FACT: &str = "salvage";

/// Beside the database, while it waits to be rescued: why.
pub(super) fn marker(path: &Path) -> PathBuf {
    beside(path, "-damaged")
}

/// The new database, before it takes the other's place.
fn rescued(path: &Path) -> PathBuf {
    beside(path, "-rescued")
}

pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Asked for every page and every row whether there is time: a pause waits.
pub(super) type GoOn<'g> = &'g dyn Fn() -> bool;

/// Rescues what is left, unless it is told to stop. The damaged file is left as it is when that fails.
pub(super) fn salvage(
    path: &Path,
    reason: &str,
    catalogue: &Catalogue,
    now: DateTime<Utc>,
    go_on: GoOn<'_>,
) -> Result<(), StoreError> {
    let _alone = lock::alone(path)?;
    if is_cut_off(path) {
        return finish(path);
    }
    let left = read(path, go_on)?;
    let aside = aside::free_name(path, now);
    let building = beside(path, "-rescuing");
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(beside(&building, suffix));
    }
    let mut connection = super::open_and_migrate(&building)?;
    let transaction = connection.transaction().doing(DOING)?;
    CatalogueRows::of(catalogue).apply(&transaction)?;
    let report = left.write(&transaction, &aside, reason, now, go_on)?;
    let text = sql::json(&report).doing(DOING)?;
    facts::set(&transaction, FACT, &text, DOING)?;
    transaction.commit().doing(DOING)?;
    connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .doing(DOING)?;
    connection
        .close()
        .map_err(|(_, error)| error)
        .doing(DOING)?;
    if !go_on() {
        return Err(stopped());
    }
    rename(&building, &rescued(path))?;
    tracing::warn!(?report, "the database was damaged");
    finish(path)
}

fn stopped() -> StoreError {
    StoreError::Paused {
        doing: DOING.into(),
    }
}

/// Whether a rescue by a process that ended is to be gone on with.
pub(super) fn is_cut_off(path: &Path) -> bool {
    rescued(path).exists()
}

/// Puts the new database into the place of the damaged one. Whatever was done of it already is done.
/// For whoever has it alone.
pub(super) fn finish(path: &Path) -> Result<(), StoreError> {
    let new = rescued(path);
    if !new.exists() {
        return Ok(());
    }
    let connection = Connection::open(&new).doing(DOING)?;
    let report = report(&connection)?;
    connection
        .close()
        .map_err(|(_, error)| error)
        .doing(DOING)?;
    let aside = report.map_or_else(|| beside(path, "-aside"), |report| report.moved_to);
    for suffix in ["-wal", "-shm", ""] {
        let from = beside(path, suffix);
        if from.exists() {
            rename(&from, &beside(&aside, suffix))?;
        }
    }
    rename(&new, path)?;
    let _ = std::fs::remove_file(marker(path));
    Ok(())
}

fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    std::fs::rename(from, to).map_err(|error| StoreError::CannotOpen {
        path: to.to_owned(),
        reason: error.to_string(),
    })
}

/// What was rescued when the database was damaged; `None` when it never was, or the person knows.
pub(super) fn report(connection: &Connection) -> Result<Option<SalvageReport>, StoreError> {
    let text = facts::get(connection, FACT, "reading what was rescued")?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// The person knows.
pub(super) fn dismiss(tx: &Transaction<'_>) -> Result<(), StoreError> {
    facts::forget(tx, FACT, "noting that a notice was read")
}

type Key = [u8; 16];

/// What is left.
#[derive(Default)]
struct Left {
    /// The newest of each key.
    marks: HashMap<Key, Vec<Value>>,
    keys: HashMap<Key, i64>,
    /// Read, saved, hidden and position of articles that have any.
    states: HashMap<i64, [Value; 4]>,
    /// Rows of small tables of the person's.
    small: HashMap<&'static str, Vec<Vec<Value>>>,
    publishers: HashMap<i64, Vec<Value>>,
    last_article: i64,
    /// Of saved articles.
    articles: HashMap<i64, Vec<Value>>,
    bodies: HashMap<i64, Vec<Value>>,
    pages: HashMap<i64, Vec<Value>>,
    article_pictures: Vec<(i64, String)>,
    pictures: HashMap<String, Vec<Value>>,
}

/// Reads the file twice: which articles are saved is only known in the end.
fn read(path: &Path, go_on: GoOn<'_>) -> Result<Left, StoreError> {
    let mut left = Left::default();
    let mut pages = Pages::open(path).map_err(|error| StoreError::CannotOpen {
        path: path.to_owned(),
        reason: error.to_string(),
    })?;
    let known = schema::names()?;
    let mut roots: HashMap<u32, String> = HashMap::new();
    let is_whole = Cell::new(true);
    let next = || {
        is_whole.set(go_on());
        match is_whole.get() {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    };
    pages.each(|number, rows| {
        if number == 1 {
            // A name that a bit was flipped in says nothing.
            let named = rows.iter().filter_map(root);
            roots.extend(named.filter(|(_, name)| known.contains(name)));
        }
        left.take_small(roots.get(&number), rows);
        rows.iter().for_each(|row| left.take_states(row));
        next()
    });
    if !is_whole.get() {
        return Err(stopped());
    }
    let saved = left.saved();
    pages.each(|_, rows| {
        rows.iter().for_each(|row| left.take_saved(row, &saved));
        next()
    });
    if !is_whole.get() {
        return Err(stopped());
    }
    let shown: HashSet<&String> = left.article_pictures.iter().map(|(_, url)| url).collect();
    left.pictures.retain(|url, _| shown.contains(url));
    Ok(left)
}

/// Where a table or an index begins, from its row in the schema.
fn root(row: &Row) -> Option<(u32, String)> {
    match row.values.as_slice() {
        [
            Value::Text(_),
            Value::Text(name),
            Value::Text(_),
            Value::Integer(page),
            _,
        ] => Some((u32::try_from(*page).ok()?, name.clone())),
        _ => None,
    }
}

/// Whether a row is one of a table.
type Test = fn(&Row) -> bool;

/// Tables of the person's that are small, and how a row of each is told from others.
const SMALL: [(&str, Test); 5] = [
    ("country_choice", |row| {
        row.id.is_none()
            && matches!(row.values.as_slice(), [Value::Text(code), Value::Integer(0 | 1), rest @ ..]
                if code.len() == 2 && is_ints(rest, 1))
    }),
    ("publisher_choice", |row| {
        row.id.is_none()
            && matches!(row.values.as_slice(), [Value::Text(slug), Value::Integer(0 | 1) | Value::Null, rest @ ..]
                if slug.len() > 2 && !slug.contains([':', '/']) && is_ints(rest, 1))
    }),
    ("own_publisher", |row| {
        row.id.is_none()
            && matches!(row.values.as_slice(), [Value::Text(_), Value::Text(_), Value::Text(_),
                Value::Text(country), Value::Text(_), Value::Text(feeds), Value::Integer(0 | 1), Value::Integer(_)]
                if country.len() == 2 && feeds.starts_with('['))
    }),
    ("setting", |row| {
        row.id.is_none()
            && matches!(row.values.as_slice(), [Value::Text(name), Value::Text(json), rest @ ..]
                if name != FACT && is_ints(rest, 1) && serde_json::from_str::<serde_json::Value>(json).is_ok_and(|value| value.is_object()))
    }),
    ("mute", |row| {
        row.id.is_some()
            && matches!(row.values.as_slice(), [Value::Null, Value::Text(kind), Value::Text(_),
                Value::Text(_), Value::Integer(_), _, Value::Integer(_), _, Value::Integer(_)]
                if ["words", "publisher", "country", "category"].contains(&kind.as_str()))
    }),
];

fn is_ints(values: &[Value], most: usize) -> bool {
    values.len() <= most
        && values
            .iter()
            .all(|value| matches!(value, Value::Integer(_)))
}

fn key_of(value: &Value) -> Option<Key> {
    match value {
        Value::Blob(bytes) => bytes.as_slice().try_into().ok(),
        _ => None,
    }
}

fn is_set(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Integer(0))
}

/// A text that would be damage again is not rescued.
fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

fn is_json_or_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => is_json(text),
        _ => false,
    }
}

fn is_web(text: &str) -> bool {
    text.starts_with("http")
}

impl Left {
    /// A page is one of a small table when all of its rows look so: rows of indexes look like some.
    fn take_small(&mut self, root: Option<&String>, rows: &[Row]) {
        for (table, is_row) in SMALL {
            if root.is_none_or(|root| root == table) && !rows.is_empty() && rows.iter().all(is_row)
            {
                let own = self.small.entry(table).or_default();
                own.extend(rows.iter().map(|row| {
                    let mut values = row.values.clone();
                    if let (Some(id), Some(first)) = (row.id, values.first_mut()) {
                        *first = Value::Integer(id);
                    }
                    values
                }));
            }
        }
    }

    /// Marks, keys, publishers, and what an article's row says of its marks.
    fn take_states(&mut self, row: &Row) {
        match (row.id, row.values.as_slice()) {
            (
                None,
                [
                    key,
                    Value::Integer(0 | 1),
                    Value::Integer(0 | 1),
                    Value::Integer(0..=3),
                    Value::Null | Value::Integer(_),
                    Value::Integer(at),
                    rest @ ..,
                ],
            ) if *at > 0 && rest.len() <= 5 => {
                if let Some(key) = key_of(key) {
                    let newest = self.marks.entry(key).or_default();
                    let before = match newest.get(5) {
                        Some(Value::Integer(before)) => *before,
                        _ => i64::MIN,
                    };
                    if *at >= before {
                        newest.clone_from(&row.values);
                    }
                }
            }
            (None, [key, Value::Integer(article)]) => {
                if let Some(key) = key_of(key) {
                    self.keys.insert(key, *article);
                }
            }
            (Some(id), values) if is_article(values) => {
                self.last_article = self.last_article.max(id);
                if values[13..17].iter().any(is_set) {
                    let state = [13, 14, 15, 16].map(|at: usize| values[at].clone());
                    self.states.insert(id, state);
                }
            }
            (
                Some(id),
                [
                    Value::Null,
                    Value::Text(_),
                    Value::Text(_),
                    Value::Text(home),
                    Value::Text(_),
                    Value::Text(_),
                    Value::Integer(_),
                    Value::Integer(_),
                    ..,
                ],
            ) if is_web(home) => {
                self.publishers.insert(id, row.values.clone());
            }
            _ => {}
        }
    }

    /// The articles whose mark or whose row says that they are saved.
    fn saved(&self) -> HashSet<i64> {
        let by_mark = self.keys.iter().filter(|(key, _)| {
            self.marks
                .get(*key)
                .is_some_and(|mark| mark.get(2).is_some_and(is_set))
        });
        let by_row = self.states.iter().filter(|(_, state)| is_set(&state[1]));
        by_mark
            .map(|(_, article)| *article)
            .chain(by_row.map(|(article, _)| *article))
            .collect()
    }

    fn take_saved(&mut self, row: &Row, saved: &HashSet<i64>) {
        match (row.id, row.values.as_slice()) {
            (Some(id), values) if saved.contains(&id) => {
                if is_article(values) {
                    self.articles.insert(id, row.values.clone());
                } else if let [
                    Value::Null,
                    Value::Null | Value::Text(_),
                    Value::Null | Value::Text(_),
                    Value::Text(authors),
                    Value::Text(categories),
                    Value::Text(_),
                ] = values
                    && is_json(authors)
                    && is_json(categories)
                {
                    self.bodies.insert(id, row.values.clone());
                } else if let [
                    Value::Null,
                    Value::Integer(_),
                    Value::Blob(_),
                    Value::Text(_),
                    Value::Text(_),
                    Value::Text(_),
                    Value::Text(_),
                    _,
                    lead,
                    blocks,
                ] = values
                    && values[3..7]
                        .iter()
                        .chain([lead, blocks])
                        .all(is_json_or_null)
                {
                    self.pages.insert(id, row.values.clone());
                }
            }
            (None, [Value::Integer(article), Value::Text(url)])
                if is_web(url) && saved.contains(article) =>
            {
                self.article_pictures.push((*article, url.clone()));
            }
            (None, [Value::Text(url), Value::Integer(_), _, _, _, _, _, _, _]) if is_web(url) => {
                self.pictures.insert(url.clone(), row.values.clone());
            }
            _ => {}
        }
    }

    fn write(
        mut self,
        tx: &Transaction<'_>,
        aside: &Path,
        reason: &str,
        now: DateTime<Utc>,
        go_on: GoOn<'_>,
    ) -> Result<SalvageReport, StoreError> {
        let mut report = SalvageReport {
            at: now,
            moved_to: aside.to_owned(),
            reason: reason.to_owned(),
            marks: 0,
            saved: 0,
            saved_missing: 0,
            follows: 0,
            mutes: 0,
            settings: 0,
        };
        for (table, rows) in std::mem::take(&mut self.small) {
            let kept = write_rows(tx, table, &rows, go_on)?;
            match table {
                "country_choice" | "publisher_choice" | "own_publisher" => report.follows += kept,
                "mute" => report.mutes += kept,
                _ => report.settings += kept,
            }
        }
        own::list_in(tx)?;
        // All of what is here was judged; what comes is judged when it arrives.
        tx.execute("UPDATE mute SET reached = NULL, articles = 0", [])
            .doing(DOING)?;
        self.marks_from_rows(now);
        let marks: Vec<Vec<Value>> = self.marks.values().cloned().collect();
        report.marks = write_rows(tx, "mark", &marks, go_on)?;
        let saved_marks: HashSet<i64> = self.saved();
        for (id, article) in std::mem::take(&mut self.articles) {
            report.saved += u32::from(self.write_article(tx, id, article, go_on)?);
        }
        let saved = u32::try_from(saved_marks.len()).unwrap_or(u32::MAX);
        report.saved_missing = saved.saturating_sub(report.saved);
        // An old id is never given to another article.
        tx.execute("DELETE FROM sqlite_sequence WHERE name = 'article'", [])
            .and_then(|_| {
                tx.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES ('article', ?1)",
                    [self.last_article],
                )
            })
            .and_then(|_| {
                tx.execute(
                    "INSERT OR REPLACE INTO fact (name, value)
                     SELECT 'unindexed_up_to', max(id) FROM article HAVING max(id) IS NOT NULL",
                    [],
                )
            })
            .doing(DOING)?;
        Ok(report)
    }

    /// Marks that only their articles' rows still tell of.
    fn marks_from_rows(&mut self, now: DateTime<Utc>) {
        for (key, article) in &self.keys {
            let Some([read, saved, hidden, position]) = self.states.get(article) else {
                continue;
            };
            let hidden = match hidden {
                Value::Integer(bits) => Value::Integer(bits & 1),
                _ => Value::Integer(0),
            };
            if is_set(read) || is_set(saved) || is_set(&hidden) || is_set(position) {
                self.marks.entry(*key).or_insert_with(|| {
                    vec![
                        Value::Blob(key.to_vec()),
                        read.clone(),
                        saved.clone(),
                        hidden,
                        position.clone(),
                        Value::Integer(now.timestamp_millis()),
                    ]
                });
            }
        }
    }

    /// Whether it could be written: its publisher is known.
    fn write_article(
        &self,
        tx: &Transaction<'_>,
        id: i64,
        mut article: Vec<Value>,
        go_on: GoOn<'_>,
    ) -> Result<bool, StoreError> {
        let publisher = match article[1] {
            Value::Integer(old) => self.publishers.get(&old),
            _ => None,
        };
        let publisher = publisher.map(|row| publisher_now(tx, row)).transpose()?;
        let Some(publisher) = publisher.flatten() else {
            return Ok(false);
        };
        article[0] = Value::Integer(id);
        article[1] = Value::Integer(publisher);
        // Muted no more, in no story, and ready when that is found.
        if let Value::Integer(bits) = article[15] {
            article[15] = Value::Integer(bits & 1);
        }
        article.truncate(17 + 5);
        if let Some(ready) = article.get_mut(17) {
            *ready = Value::Integer(0);
        }
        if write_rows(tx, "article", &[article], go_on)? == 0 {
            return Ok(false);
        }
        for (key, _) in self.keys.iter().filter(|(_, article)| **article == id) {
            tx.execute(
                "INSERT OR IGNORE INTO article_key (key, article) VALUES (?1, ?2)",
                params![key, id],
            )
            .doing(DOING)?;
        }
        let numbered = |row: &Vec<Value>| {
            let mut row = row.clone();
            row[0] = Value::Integer(id);
            row
        };
        match self.bodies.get(&id) {
            Some(body) => write_rows(tx, "body", &[numbered(body)], go_on)?,
            // An article without its body still has its title and its teaser.
            None => write_rows(
                tx,
                "body",
                &[vec![
                    Value::Integer(id),
                    Value::Null,
                    Value::Null,
                    Value::Text("[]".to_owned()),
                    Value::Text("[]".to_owned()),
                    Value::Text("[]".to_owned()),
                ]],
                go_on,
            )?,
        };
        if let Some(page) = self.pages.get(&id) {
            write_rows(tx, "page", &[numbered(page)], go_on)?;
        }
        for (_, url) in self.article_pictures.iter().filter(|(of, _)| *of == id) {
            let row = vec![Value::Integer(id), Value::Text(url.clone())];
            write_rows(tx, "article_picture", &[row], go_on)?;
            if let Some(picture) = self.pictures.get(url) {
                write_rows(tx, "picture", std::slice::from_ref(picture), go_on)?;
            }
        }
        pages::mark_ready(tx, ArticleId(id))?;
        Ok(true)
    }
}

fn is_article(values: &[Value]) -> bool {
    values.len() >= 17
        && matches!(values, [Value::Null, Value::Integer(_), Value::Text(country), Value::Text(_), Value::Text(_), Value::Text(_), ..] if country.len() == 2)
        && key_of(&values[12]).is_some()
}

/// The number of a publisher now; `None` when its country is not known any more.
fn publisher_now(tx: &Transaction<'_>, row: &[Value]) -> Result<Option<i64>, StoreError> {
    let found = match publishers::numbered(tx, &row[1])? {
        None => {
            let described = [&row[1] as &dyn ToSql, &row[2], &row[3], &row[4], &row[5]];
            // One that the person removed is listed no more, for all its saved articles.
            let is_own = matches!(&row[1], Value::Text(slug) if PublisherId(slug.clone()).is_own());
            publishers::add_unlisted(tx, described, is_own)?
        }
        known => known,
    };
    Ok(found.map(|(id, _)| id))
}

/// Writes rows to a table's first columns; how many fit. A table that this version does not have takes
/// none, and neither does a row that its table refuses.
fn write_rows(
    tx: &Transaction<'_>,
    table: &str,
    rows: &[Vec<Value>],
    go_on: GoOn<'_>,
) -> Result<u32, StoreError> {
    let columns: Vec<(String, bool)> = tx
        .prepare_cached(
            "SELECT name, \"notnull\" AND dflt_value IS NULL FROM pragma_table_info(?1)",
        )
        .and_then(|mut statement| {
            statement
                .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
        .doing(DOING)?;
    let mut written = 0;
    for row in rows {
        if !go_on() {
            return Err(stopped());
        }
        let mut values = row.clone();
        // Columns of later schemas: times, of which none is known.
        while values.len() < columns.len() && columns[values.len()].1 {
            values.push(Value::Integer(0));
        }
        values.truncate(columns.len());
        if values.is_empty() {
            continue;
        }
        let names: Vec<&str> = columns
            .iter()
            .take(values.len())
            .map(|(name, _)| name.as_str())
            .collect();
        let sql = format!(
            "INSERT OR REPLACE INTO {table} ({}) VALUES ({})",
            names.join(", "),
            sql::placeholders(values.len())
        );
        let done = tx
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.execute(params_from_iter(&values)));
        match done {
            Ok(_) => written += 1,
            Err(error)
                if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => {}
            Err(error) => return Err(error).doing(DOING),
        }
    }
    Ok(written)
}
