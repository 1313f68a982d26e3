//! Pages of articles by keyset cursor: `(sort_at, id)`, newest first.
//!
//! A scope becomes streams, each walking one index in order: a country's, a publisher's, or all
//! articles by time. Several streams are merged. So the first rows of a page cost the same however
//! many articles there are.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, Transaction, params_from_iter};

use super::error::{Doing, StoreError};
use super::sql::{self, Millis, placeholders};
use super::{mutes, text};
use crate::model::{
    ArticleId, ArticleQuery, ArticleRow, Cursor, PAGE_SIZE_MAX, Page, PublisherId, RowTranslation,
    Scope,
};
use crate::search::Typed;

/// More streams than this are cheaper as one walk through all articles: with so many countries
/// most rows fit anyway.
const STREAMS_MAX: usize = 48;

/// The columns that [`read_row`] reads.
pub(super) const ROW: &str =
    "article.id, article.title, article.teaser, publisher.slug, publisher.name,
    article.country, article.language, article.url, article.published_at, article.first_seen_at,
    article.sort_at, article.image, article.read, article.saved, article.hidden & 1,
    article.position,
    article.ready, article.english_title, article.english_teaser, article.english_by,
    article.hidden & 2";

/// One index walk.
#[derive(Debug, Clone, PartialEq)]
enum Stream {
    All,
    Country(String),
    Publisher(i64),
}

/// A scope as SQL.
#[derive(Clone)]
pub(super) struct Filter {
    streams: Vec<Stream>,
    /// Which flags the walked index must have.
    hidden: bool,
    muted: bool,
    saved: bool,
    unread: bool,
    /// Only what has some words.
    has_words: bool,
    /// What no index helps with: SQL over `article`, and its values in order.
    rest: String,
    values: Vec<Value>,
    /// Only what stands for its story: see [`Filter::one_a_story`].
    leads: bool,
    /// What the streams would have been where one walk through everything stands for them.
    narrowed: Vec<Stream>,
}

impl Filter {
    pub(super) fn of(tx: &Transaction<'_>, scope: &Scope) -> Result<Self, StoreError> {
        let mut filter = Self {
            streams: Vec::new(),
            hidden: scope.hidden,
            muted: scope.muted,
            saved: scope.saved,
            unread: scope.unread,
            has_words: false,
            rest: String::new(),
            values: Vec::new(),
            leads: false,
            narrowed: Vec::new(),
        };
        let streams = Selection::of(tx, scope)?.streams();
        // The indexes of saved and hidden articles are small and by time only.
        let by_time = scope.saved || scope.hidden || scope.muted;
        match streams {
            None => filter.streams.push(Stream::All),
            Some(streams) if by_time || streams.len() > STREAMS_MAX => {
                filter.streams.push(Stream::All);
                filter.any_of(&streams);
                filter.narrowed = streams;
            }
            Some(streams) => filter.streams = streams,
        }
        if scope.publishers.is_empty() && !by_time {
            filter.and(
                "publisher NOT IN (SELECT publisher.id FROM publisher_choice
                                     JOIN publisher USING (slug) WHERE followed = 0)",
                [],
            );
        }
        if let Some(since) = scope.since {
            filter.and("article.sort_at >= ?", [Value::from(Millis::from(since).0)]);
        }
        if !scope.languages.is_empty() {
            let (condition, values) = of_languages("article", &scope.languages);
            filter.and(&condition, values);
        }
        let typed = scope.text.as_deref().map(Typed::search);
        if let Some(typed) = typed.filter(|typed| !typed.is_empty()) {
            filter.has_words = true;
            let (found, values) = text::found(&typed);
            filter.and(&format!("article.id IN ({found})"), values);
        }
        if !by_time {
            mutes::leave_out_pending(tx, &mut filter)?;
        }
        Ok(filter)
    }

    /// Narrows to one article a story: each country's lead, and of the leads of several countries the
    /// newest. What is saved, hidden, searched or of one publisher is about articles, and stays.
    pub(super) fn one_a_story(&mut self, scope: &Scope) {
        let by_article = scope.saved || scope.hidden || scope.muted || self.has_words;
        if by_article || !scope.publishers.is_empty() {
            return;
        }
        self.leads = true;
        self.narrowed_leads();
        let one_country = matches!(self.streams.as_slice(), [Stream::Country(_)]);
        if one_country {
            return;
        }
        let (member, mut values) = self.membership("other");
        let unread = if self.unread {
            "AND other.read = 0"
        } else {
            ""
        };
        let mut languages = String::new();
        if !scope.languages.is_empty() {
            let (condition, more) = of_languages("other", &scope.languages);
            languages = format!("AND {condition}");
            values.extend(more);
        }
        let condition = format!(
            "NOT EXISTS (SELECT 1 FROM article AS other INDEXED BY article_by_story
                          WHERE other.story = article.story AND other.hidden = 0 {unread}
                            AND {member} {languages}
                            AND (other.sort_at, other.id) > (article.sort_at, article.id))"
        );
        self.and(&condition, values);
    }

    /// Whether an article may lead in this list: SQL over `alias`, and its values.
    pub(super) fn membership(&self, alias: &str) -> (String, Vec<Value>) {
        let (mut countries, mut publishers) = (Vec::new(), Vec::new());
        for stream in self.streams.iter().chain(&self.narrowed) {
            match stream {
                Stream::All => {}
                Stream::Country(code) => countries.push(Value::from(code.clone())),
                Stream::Publisher(id) => publishers.push(Value::from(*id)),
            }
        }
        if countries.is_empty() && publishers.is_empty() {
            let nobody = self.streams.is_empty();
            let sql = if nobody { "false" } else { "{alias}.leads = 1" };
            return (sql.replace("{alias}", alias), Vec::new());
        }
        let sql = format!(
            "({alias}.leads = 1 AND {alias}.country IN ({}) OR {alias}.publisher IN ({}))",
            placeholders(countries.len()),
            placeholders(publishers.len())
        );
        (sql, countries.into_iter().chain(publishers).collect())
    }

    /// Whether nothing narrows whose articles they are.
    pub(super) fn is_everything(&self) -> bool {
        self.streams == [Stream::All] && self.narrowed.is_empty()
    }

    /// Whether an article is of the scope's countries and publishers: SQL over `alias`, and its values.
    pub(super) fn sources(&self, alias: &str) -> (String, Vec<Value>) {
        let (sql, values) = self.membership(alias);
        (sql.replace(&format!("{alias}.leads = 1"), "true"), values)
    }

    /// What no index helps with: SQL over `article` that begins with AND, and its values.
    pub(super) fn rest(&self) -> (&str, &[Value]) {
        (&self.rest, &self.values)
    }

    /// Whether the person hid it or a mute does, as the scope wants it: SQL over `article`.
    pub(super) fn visibility(scope: &Scope) -> &'static str {
        match (scope.muted, scope.hidden, scope.saved) {
            (true, _, _) => "article.hidden > 0 AND article.hidden & 2",
            (_, true, _) => "article.hidden > 0 AND article.hidden & 1",
            // What the person keeps is not muted.
            (_, _, true) => "article.hidden & 1 = 0",
            _ => "article.hidden = 0",
        }
    }

    /// The publishers that the scope comes down to, where that is few; `None` for any.
    pub(super) fn publishers(&self, tx: &Transaction<'_>) -> Result<Option<Vec<i64>>, StoreError> {
        let mut found = Vec::new();
        for stream in self.streams.iter().chain(&self.narrowed) {
            match stream {
                Stream::All if self.narrowed.is_empty() => return Ok(None),
                Stream::All => {}
                Stream::Publisher(id) => found.push(*id),
                Stream::Country(code) => found.extend(column::<i64>(
                    tx,
                    "SELECT id FROM publisher WHERE country = ?1",
                    [code],
                )?),
            }
        }
        Ok(Some(found))
    }

    pub(super) fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.rest.push_str(" AND ");
        self.rest.push_str(condition);
        self.values.extend(values);
    }

    /// Narrows one walk through everything to what the streams would have given.
    fn any_of(&mut self, streams: &[Stream]) {
        let (mut countries, mut publishers) = (Vec::new(), Vec::new());
        for stream in streams {
            match stream {
                Stream::All => {}
                Stream::Country(code) => countries.push(Value::from(code.clone())),
                Stream::Publisher(id) => publishers.push(Value::from(*id)),
            }
        }
        let condition = format!(
            "(country IN ({}) OR publisher IN ({}))",
            placeholders(countries.len()),
            placeholders(publishers.len())
        );
        self.and(&condition, countries.into_iter().chain(publishers));
    }

    /// Whether the walk itself must look at who leads: where one walk stands for several streams, a
    /// followed publisher's articles need not lead.
    fn narrowed_leads(&mut self) {
        if !self.narrowed.is_empty() {
            let (condition, values) = self.membership("article");
            self.and(&condition, values);
        }
    }

    /// `SELECT id, sort_at` of at most `limit` articles beyond `edge`, nearest first.
    pub(super) fn select(&self, edge: Edge, limit: Option<usize>) -> (String, Vec<Value>) {
        let mut values = Vec::new();
        let each: Vec<String> = self
            .streams
            .iter()
            .map(|stream| self.walk(stream, edge, limit, &mut values))
            .collect();
        let sql = match each.as_slice() {
            // Nothing is followed, or no publisher has that name.
            [] => "SELECT id, sort_at FROM article WHERE false".to_owned(),
            [one] => one.clone(),
            many => {
                let each: Vec<String> = many
                    .iter()
                    .map(|walk| format!("SELECT * FROM ({walk})"))
                    .collect();
                format!(
                    "SELECT id, sort_at FROM ({}) {}",
                    each.join(" UNION ALL "),
                    edge.order(limit)
                )
            }
        };
        (sql, values)
    }

    #[cfg(test)]
    pub(super) fn select_for_test(&self) -> (String, Vec<Value>) {
        self.select(Edge::Newest, Some(PAGE_SIZE_MAX))
    }

    fn walk(
        &self,
        stream: &Stream,
        edge: Edge,
        limit: Option<usize>,
        values: &mut Vec<Value>,
    ) -> String {
        // The index is named so that the plan never depends on statistics.
        let index = match stream {
            _ if self.hidden || self.muted => "article_hidden",
            _ if self.saved => "article_saved",
            Stream::Publisher(_) => "article_by_publisher",
            Stream::Country(_) if self.unread => "article_unread_by_country",
            Stream::Country(_) => "article_by_country",
            Stream::All if self.unread => "article_unread_by_time",
            Stream::All => "article_by_time",
        };
        let mut sql =
            format!("SELECT article.id, article.sort_at FROM article INDEXED BY {index} WHERE ");
        sql.push_str(Self::visibility(&Scope {
            hidden: self.hidden,
            muted: self.muted,
            saved: self.saved,
            ..Scope::default()
        }));
        if self.saved {
            sql.push_str(" AND saved = 1");
        }
        if self.unread {
            sql.push_str(" AND read = 0");
        }
        if self.leads && !matches!(stream, Stream::Publisher(_)) && self.narrowed.is_empty() {
            sql.push_str(" AND leads = 1");
        }
        match stream {
            Stream::All => {}
            Stream::Country(code) => {
                sql.push_str(" AND country = ?");
                values.push(Value::from(code.clone()));
            }
            Stream::Publisher(id) => {
                sql.push_str(" AND publisher = ?");
                values.push(Value::from(*id));
            }
        }
        sql.push_str(&self.rest);
        values.extend(self.values.iter().cloned());
        if let Some((comparison, cursor)) = edge.beyond() {
            sql.push_str(&format!(
                " AND (article.sort_at, article.id) {comparison} (?, ?)"
            ));
            values.extend([Value::from(cursor.sort_at), Value::from(cursor.id)]);
        }
        sql.push(' ');
        sql.push_str(&edge.order(limit));
        sql
    }

    /// Runs `insert` with the ids of every article of the scope.
    pub(super) fn insert_ids(&self, tx: &Transaction<'_>, insert: &str) -> Result<(), StoreError> {
        let (select, values) = self.select(Edge::Newest, None);
        tx.execute(
            &format!("{insert} SELECT id FROM ({select})"),
            params_from_iter(values),
        )
        .map(drop)
        .doing("choosing the articles of a scope")
    }
}

/// Articles in any of these languages: SQL over `alias`, and its values.
fn of_languages(alias: &str, languages: &[String]) -> (String, Vec<Value>) {
    let each = vec![
        format!("{alias}.language = ? COLLATE NOCASE OR {alias}.language LIKE ?");
        languages.len()
    ];
    let values = languages.iter().flat_map(|language| {
        let bare: String = language
            .chars()
            .filter(|c| !matches!(c, '%' | '_'))
            .collect();
        [Value::from(bare.clone()), Value::from(format!("{bare}-%"))]
    });
    (format!("({})", each.join(" OR ")), values.collect())
}

/// Where a page begins, and which way it goes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Edge {
    Newest,
    OlderThan(Cursor),
    NewerThan(Cursor),
}

impl Edge {
    pub(super) fn of(after: Option<Cursor>, before: Option<Cursor>) -> Self {
        match (after, before) {
            (Some(after), _) => Self::OlderThan(after),
            (None, Some(before)) => Self::NewerThan(before),
            (None, None) => Self::Newest,
        }
    }

    pub(super) fn beyond(self) -> Option<(&'static str, Cursor)> {
        match self {
            Self::Newest => None,
            Self::OlderThan(cursor) => Some(("<", cursor)),
            Self::NewerThan(cursor) => Some((">", cursor)),
        }
    }

    fn order(self, limit: Option<usize>) -> String {
        let direction = if matches!(self, Self::NewerThan(_)) {
            "ASC"
        } else {
            "DESC"
        };
        let limit = limit.map_or_else(String::new, |rows| format!(" LIMIT {rows}"));
        format!("ORDER BY sort_at {direction}, id {direction}{limit}")
    }
}

/// The countries and publishers a scope comes down to. `None` means all.
struct Selection {
    countries: Option<Vec<String>>,
    publishers: Option<Vec<i64>>,
}

impl Selection {
    fn of(tx: &Transaction<'_>, scope: &Scope) -> Result<Self, StoreError> {
        let mut countries = None;
        if !scope.countries.is_empty() {
            countries = Some(
                scope
                    .countries
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>(),
            );
        }
        if !scope.regions.is_empty() {
            let names: Vec<&str> = scope.regions.iter().map(|region| region.name()).collect();
            let sql = format!(
                "SELECT code FROM country WHERE region IN ({})",
                placeholders(names.len())
            );
            let of_regions: Vec<String> = column(tx, &sql, params_from_iter(names))?;
            countries = Some(match countries {
                None => of_regions,
                Some(named) => named
                    .into_iter()
                    .filter(|code| of_regions.contains(code))
                    .collect(),
            });
        }
        let mut publishers = None;
        if !scope.publishers.is_empty() {
            let slugs: Vec<&str> = scope.publishers.iter().map(PublisherId::as_str).collect();
            let sql = format!(
                "SELECT id, country FROM publisher WHERE slug IN ({})",
                placeholders(slugs.len())
            );
            let named: Vec<(i64, String)> = rows(tx, &sql, params_from_iter(slugs))?;
            publishers = Some(
                named
                    .into_iter()
                    .filter(|(_, code)| countries.as_ref().is_none_or(|all| all.contains(code)))
                    .map(|(id, _)| id)
                    .collect(),
            );
            countries = Some(Vec::new());
        }
        let mut selection = Self {
            countries,
            publishers,
        };
        if scope.followed {
            selection.keep_followed(tx)?;
        }
        Ok(selection)
    }

    fn keep_followed(&mut self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        let followed: Vec<String> =
            column(tx, "SELECT country FROM country_choice WHERE followed", [])?;
        let chosen: Vec<(i64, String, bool)> = rows(
            tx,
            "SELECT publisher.id, country, coalesce(followed, 1)
               FROM publisher LEFT JOIN publisher_choice USING (slug)
              WHERE followed IS NOT NULL OR own AND listed",
            [],
        )?;
        let inside = |code: &String, all: &Option<Vec<String>>| {
            all.as_ref().is_none_or(|all| all.contains(code))
        };
        if let Some(publishers) = &mut self.publishers {
            let followed_by_country: Vec<i64> =
                rows::<(i64, String)>(tx, "SELECT id, country FROM publisher", [])?
                    .into_iter()
                    .filter(|(_, code)| followed.contains(code))
                    .map(|(id, _)| id)
                    .collect();
            publishers.retain(
                |id| match chosen.iter().find(|(chosen, _, _)| chosen == id) {
                    Some((_, _, follow)) => *follow,
                    None => followed_by_country.contains(id),
                },
            );
        } else {
            let publishers = chosen
                .into_iter()
                .filter(|(_, code, follow)| {
                    *follow && inside(code, &self.countries) && !followed.contains(code)
                })
                .map(|(id, _, _)| id)
                .collect();
            let countries = followed
                .iter()
                .filter(|code| inside(code, &self.countries))
                .cloned()
                .collect();
            self.countries = Some(countries);
            self.publishers = Some(publishers);
        }
        Ok(())
    }

    /// `None` when nothing narrows.
    fn streams(self) -> Option<Vec<Stream>> {
        if self.countries.is_none() && self.publishers.is_none() {
            return None;
        }
        let countries = self.countries.into_iter().flatten().map(Stream::Country);
        let publishers = self.publishers.into_iter().flatten().map(Stream::Publisher);
        Some(countries.chain(publishers).collect())
    }
}

fn column<T: rusqlite::types::FromSql>(
    tx: &Transaction<'_>,
    sql: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<T>, StoreError> {
    Ok(rows::<(T,)>(tx, sql, values)?
        .into_iter()
        .map(|(value,)| value)
        .collect())
}

fn rows<T>(
    tx: &Transaction<'_>,
    sql: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<T>, StoreError>
where
    T: for<'a> TryFrom<&'a Row<'a>, Error = rusqlite::Error>,
{
    const DOING: &str = "working out which publishers are meant";
    let mut statement = tx.prepare_cached(sql).doing(DOING)?;
    statement
        .query_map(values, |row| T::try_from(row))
        .and_then(Iterator::collect)
        .doing(DOING)
}

pub(super) fn page(
    tx: &Transaction<'_>,
    query: &ArticleQuery,
) -> Result<Page<ArticleRow>, StoreError> {
    let filter = Filter::of(tx, &query.scope)?;
    let edge = Edge::of(query.after, query.before);
    pages(edge, query.limit, cursor, |edge, limit| {
        fetch(tx, &filter, edge, limit)
    })
}

/// How many rows a page has when so many are asked for; 0 means the most.
pub(super) fn rows_of_a_page(limit: usize) -> usize {
    match limit {
        0 => PAGE_SIZE_MAX,
        limit => limit.min(PAGE_SIZE_MAX),
    }
}

/// A page of what `fetch` gives: at most so many rows beyond an edge, nearest first.
pub(super) fn pages<T>(
    edge: Edge,
    limit: usize,
    cursor: impl Fn(&T) -> Cursor,
    fetch: impl Fn(Edge, usize) -> Result<Vec<T>, StoreError>,
) -> Result<Page<T>, StoreError> {
    let limit = rows_of_a_page(limit);
    // One more than asked for tells whether there are more.
    let mut rows = fetch(edge, limit + 1)?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let (mut newer, mut older) = (false, more);
    if let Edge::NewerThan(_) = edge {
        rows.reverse();
        (newer, older) = (more, true);
    }
    // On the side the page came from there may be nothing left by now.
    if let (Some(first), Edge::OlderThan(_)) = (rows.first(), edge) {
        newer = !fetch(Edge::NewerThan(cursor(first)), 1)?.is_empty();
    }
    if let (Some(last), Edge::NewerThan(_)) = (rows.last(), edge) {
        older = !fetch(Edge::OlderThan(cursor(last)), 1)?.is_empty();
    }
    Ok(Page {
        previous: rows.first().filter(|_| newer).map(&cursor),
        next: rows.last().filter(|_| older).map(&cursor),
        rows,
    })
}

fn cursor(row: &ArticleRow) -> Cursor {
    Cursor {
        rank: 0,
        sort_at: Millis::from(row.sort_at).0,
        id: row.id.0,
    }
}

fn fetch(
    tx: &Transaction<'_>,
    filter: &Filter,
    edge: Edge,
    limit: usize,
) -> Result<Vec<ArticleRow>, StoreError> {
    const DOING: &str = "listing articles";
    let (select, values) = filter.select(edge, Some(limit));
    let sql = format!(
        "SELECT {ROW} FROM ({select}) AS chosen
           CROSS JOIN article ON article.id = chosen.id
           CROSS JOIN publisher ON publisher.id = article.publisher {}",
        match edge {
            Edge::NewerThan(_) => "ORDER BY chosen.sort_at, chosen.id",
            _ => "ORDER BY chosen.sort_at DESC, chosen.id DESC",
        }
    );
    let mut statement = tx.prepare_cached(&sql).doing(DOING)?;
    statement
        .query_map(params_from_iter(values), read_row)
        .and_then(Iterator::collect)
        .doing(DOING)
}

/// One row by id.
pub(super) fn row(tx: &Transaction<'_>, id: ArticleId) -> Result<Option<ArticleRow>, StoreError> {
    tx.prepare_cached(&format!(
        "SELECT {ROW} FROM article JOIN publisher ON publisher.id = article.publisher
          WHERE article.id = ?1"
    ))
    .and_then(|mut statement| statement.query_row([id.0], read_row).optional())
    .doing("reading an article")
}

/// The columns of a title in English.
fn translation(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<RowTranslation>> {
    let (Some(title), Some(by)) = (
        row.get::<_, Option<String>>(first)?,
        row.get_ref(first + 2)?.as_str_or_null()?,
    ) else {
        return Ok(None);
    };
    let teaser = row.get::<_, Option<String>>(first + 1)?.unwrap_or_default();
    // One of an engine that this version does not know is as good as none.
    Ok(serde_json::from_str(by)
        .ok()
        .map(|by| RowTranslation { title, teaser, by }))
}

pub(super) fn read_row(row: &Row<'_>) -> rusqlite::Result<ArticleRow> {
    Ok(ArticleRow {
        id: ArticleId(row.get(0)?),
        title: row.get(1)?,
        teaser: row.get(2)?,
        publisher: PublisherId(row.get(3)?),
        publisher_name: row.get(4)?,
        country: row.get(5)?,
        language: row.get(6)?,
        url: sql::optional_url(row, 7)?,
        published_at: sql::optional_time(row, 8)?,
        first_seen_at: sql::time(row, 9)?,
        sort_at: sql::time(row, 10)?,
        image: sql::optional_url(row, 11)?,
        state: super::articles::state(row, 12)?,
        ready: row.get(16)?,
        translation: translation(row, 17)?,
        muted: row.get(20)?,
    })
}
