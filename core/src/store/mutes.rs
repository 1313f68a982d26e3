//! Mutes: what a person does not want to see, and what that hides.
//!
//! The verdict is kept beside the article (`muted`, and from it `article.hidden`), so that lists and
//! counts know nothing of mutes. It is found when an article arrives or changes ([`judge`]), and for
//! stored articles in steps, the newest first ([`step`]); until a mute has reached them all, lists leave
//! out what it would hide.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::batch::Batch;
use super::error::{Doing, StoreError};
use super::leads;
use super::list::Filter;
use super::sql::{self, Millis, json};
use super::text::{self, ID_MASK, category_label, publisher_label};
use crate::model::{ArticleId, CountryCode, Mute, MuteId, Muted, PublisherId};
use crate::search::{Typed, indexed, indexed_short};

/// Articles that one step judges.
const STEP: u32 = 1_000;

/// Articles that a list leaves out, before it looks for all that a mute hides.
const NEXT: u32 = 1_000;

/// A mute as it is applied.
pub(super) struct Rule {
    id: i64,
    looks_for: LooksFor,
}

enum LooksFor {
    Words(Typed),
    Publisher(String),
    Country(String),
    /// The category's label.
    Category(String),
}

impl LooksFor {
    fn of(kind: &str, value: &str) -> Option<Self> {
        Some(match kind {
            "words" => Self::Words(Typed::phrase(value)),
            "publisher" => Self::Publisher(value.to_owned()),
            "country" => Self::Country(value.to_owned()),
            "category" => Self::Category(category_label(value)),
            // Of a newer version.
            _ => return None,
        })
    }

    fn hides(&self, article: &Judged) -> bool {
        match self {
            Self::Words(typed) => article.texts.iter().any(|text| typed.is_in(text)),
            Self::Publisher(slug) => article.publisher == *slug,
            Self::Country(code) => article.country == *code,
            Self::Category(label) => article.categories.contains(label),
        }
    }

    /// What finds it in the index of an article's own words, and in that of the English ones.
    fn expressions(&self, tx: &Transaction<'_>) -> Result<[Option<String>; 2], StoreError> {
        let of_publishers = |sql: &str, name: &str| -> Result<Option<String>, StoreError> {
            const DOING: &str = "looking whose articles are muted";
            let mut statement = tx.prepare_cached(sql).doing(DOING)?;
            let labels: Vec<String> = statement
                .query_map([name], |row| {
                    Ok(format!("\"{}\"", publisher_label(row.get(0)?)))
                })
                .and_then(Iterator::collect)
                .doing(DOING)?;
            let any = (!labels.is_empty()).then(|| format!("labels : ({})", labels.join(" OR ")));
            Ok(any)
        };
        Ok(match self {
            Self::Words(typed) if typed.is_empty() => [None, None],
            Self::Words(typed) => {
                // All of it in one of the two, as when an article arrives.
                let words = typed.expression();
                let either = format!("(title : ({words})) OR (teaser : ({words}))");
                [Some(either.clone()), Some(either)]
            }
            Self::Publisher(slug) => [
                of_publishers("SELECT id FROM publisher WHERE slug = ?1", slug)?,
                None,
            ],
            Self::Country(code) => [
                of_publishers("SELECT id FROM publisher WHERE country = ?1", code)?,
                None,
            ],
            Self::Category(label) => [Some(format!("labels : \"{label}\"")), None],
        })
    }
}

/// What of an article mutes look at.
struct Judged {
    texts: Vec<String>,
    publisher: String,
    country: String,
    categories: Vec<String>,
    story: Option<i64>,
}

/// The mutes that hold.
pub(super) fn rules(tx: &Transaction<'_>) -> Result<Vec<Rule>, StoreError> {
    const DOING: &str = "reading what is muted";
    let mut statement = tx
        .prepare_cached("SELECT id, kind, value FROM mute WHERE ended = 0 ORDER BY id")
        .doing(DOING)?;
    let rows = statement
        .query_map([], |row| {
            let (kind, value): (String, String) = (row.get(1)?, row.get(2)?);
            let id = row.get(0)?;
            Ok(LooksFor::of(&kind, &value).map(|looks_for| Rule { id, looks_for }))
        })
        .doing(DOING)?;
    let rules: Vec<Option<Rule>> = rows.collect::<Result<_, _>>().doing(DOING)?;
    Ok(rules.into_iter().flatten().collect())
}

/// Judges an article by all mutes: after it arrived, was edited, or became English.
pub(super) fn judge(batch: &mut Batch<'_>, article: i64) -> Result<(), StoreError> {
    const DOING: &str = "judging an article by what is muted";
    let rules = batch.rules()?;
    if rules.is_empty() {
        return Ok(());
    }
    let tx = batch.tx;
    let judged = tx
        .prepare_cached(
            "SELECT title, teaser, english_title, english_teaser, publisher.slug, article.country,
                    categories, story
               FROM article JOIN publisher ON publisher.id = article.publisher
               LEFT JOIN body ON body.article = article.id
              WHERE article.id = ?1",
        )
        .and_then(|mut statement| statement.query_row([article], read_judged).optional())
        .doing(DOING)?;
    let Some(judged) = judged else {
        return Ok(());
    };
    let hits = rules.iter().filter(|rule| rule.looks_for.hides(&judged));
    let hits: BTreeSet<i64> = hits.map(|rule| rule.id).collect();
    let before: BTreeSet<i64> = tx
        .prepare_cached("SELECT mute FROM muted WHERE article = ?1")
        .and_then(|mut statement| {
            let rows = statement.query_map([article], |row| row.get(0))?;
            rows.collect()
        })
        .doing(DOING)?;
    for mute in before.difference(&hits) {
        show(tx, *mute, &[article])?;
    }
    for mute in hits.difference(&before) {
        hide(tx, *mute, &[article])?;
    }
    match judged.story {
        Some(story) if hits != before => leads::choose_anew(tx, story),
        _ => Ok(()),
    }
}

fn read_judged(row: &Row<'_>) -> rusqlite::Result<Judged> {
    let texts = (0..4)
        .filter_map(|column| row.get::<_, Option<String>>(column).transpose())
        .map(|text| text.map(|text| indexed_short(&text)));
    let categories: Option<String> = row.get(6)?;
    let categories: Vec<String> = categories
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default();
    Ok(Judged {
        texts: texts.collect::<rusqlite::Result<_>>()?,
        publisher: row.get(4)?,
        country: row.get(5)?,
        categories: categories.iter().map(|name| category_label(name)).collect(),
        story: row.get(7)?,
    })
}

fn columns_of(what: &Muted) -> (&'static str, &str, String) {
    match what {
        Muted::Words(words) => ("words", words, Typed::phrase(words).key()),
        Muted::Publisher(slug) => ("publisher", slug.as_str(), slug.to_string()),
        Muted::Country(code) => ("country", code.as_str(), code.to_string()),
        Muted::Category(name) => ("category", name, indexed(name)),
    }
}

/// What names a mute: two of one kind and key are one. `None` for words or a category that hide nothing.
pub(super) fn key(what: &Muted) -> Option<(&'static str, String)> {
    let (kind, _, key) = columns_of(what);
    (!key.is_empty()).then_some((kind, key))
}

/// Adds a mute, or makes one that is there anew, with another end: of two devices the later one says how
/// long.
pub(super) fn add(
    tx: &Transaction<'_>,
    what: &Muted,
    until: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<MuteId, StoreError> {
    let (kind, value, key) = columns_of(what);
    tx.query_row(
        "INSERT INTO mute (kind, value, key, made_at, until, reached)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (kind, key) DO UPDATE
            SET made_at = ?4, until = ?5, ended = 0, reached = CASE WHEN ended THEN ?6 ELSE reached END
         RETURNING id",
        params![
            kind,
            value,
            key,
            Millis::from(now),
            until.map(Millis::from),
            i64::MAX
        ],
        |row| row.get(0).map(MuteId),
    )
    .doing("muting")
}

/// Ends a mute; whether it held. What it hid is shown again by [`step`].
pub(super) fn end(tx: &Transaction<'_>, id: MuteId) -> Result<bool, StoreError> {
    tx.execute(
        "UPDATE mute SET ended = 1 WHERE id = ?1 AND ended = 0",
        [id.0],
    )
    .map(|ended| ended > 0)
    .doing("ending a mute")
}

const MUTE: &str = "SELECT mute.id, kind, value, made_at, until, articles,
        coalesce(publisher.name, country.name, value)
   FROM mute
   LEFT JOIN publisher ON kind = 'publisher' AND publisher.slug = value
   LEFT JOIN country ON kind = 'country' AND country.code = value
  WHERE ended = 0 AND coalesce(until > ?1, 1)";

/// What is muted, out of the columns `kind` and `value` that begin at a column; `None` for a kind of a
/// later version.
pub(super) fn what(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Muted>> {
    let (kind, value): (String, String) = (row.get(column)?, row.get(column + 1)?);
    Ok(Some(match kind.as_str() {
        "words" => Muted::Words(value),
        "publisher" => Muted::Publisher(PublisherId(value)),
        "country" => Muted::Country(row.get(column + 1)?),
        "category" => Muted::Category(value),
        _ => return Ok(None),
    }))
}

fn read_mute(row: &Row<'_>) -> rusqlite::Result<Option<Mute>> {
    let Some(what) = what(row, 1)? else {
        return Ok(None);
    };
    Ok(Some(Mute {
        id: MuteId(row.get(0)?),
        what,
        name: row.get(6)?,
        made_at: sql::time(row, 3)?,
        until: sql::optional_time(row, 4)?,
        articles: row.get(5)?,
    }))
}

/// The mutes that hold, the newest first.
pub(super) fn list(tx: &Transaction<'_>, now: DateTime<Utc>) -> Result<Vec<Mute>, StoreError> {
    const DOING: &str = "listing what is muted";
    let mut statement = tx
        .prepare_cached(&format!("{MUTE} ORDER BY made_at DESC, mute.id DESC"))
        .doing(DOING)?;
    let rows = statement
        .query_map([Millis::from(now)], read_mute)
        .doing(DOING)?;
    let mutes: Vec<Option<Mute>> = rows.collect::<Result<_, _>>().doing(DOING)?;
    Ok(mutes.into_iter().flatten().collect())
}

/// The mutes that hide an article.
pub(super) fn of_article(
    tx: &Transaction<'_>,
    article: ArticleId,
    now: DateTime<Utc>,
) -> Result<Vec<Mute>, StoreError> {
    const DOING: &str = "looking why an article is muted";
    let mut statement = tx
        .prepare_cached(&format!(
            "{MUTE} AND mute.id IN (SELECT mute FROM muted WHERE article = ?2) ORDER BY mute.id"
        ))
        .doing(DOING)?;
    let rows = statement
        .query_map(params![Millis::from(now), article.0], read_mute)
        .doing(DOING)?;
    let mutes: Vec<Option<Mute>> = rows.collect::<Result<_, _>>().doing(DOING)?;
    Ok(mutes.into_iter().flatten().collect())
}

/// When the next mute ends by itself.
pub(super) fn next_end(tx: &Transaction<'_>) -> Result<Option<DateTime<Utc>>, StoreError> {
    tx.query_row("SELECT min(until) FROM mute WHERE ended = 0", [], |row| {
        sql::optional_time(row, 0)
    })
    .doing("looking when a mute ends")
}

/// Whether [`step`] has something to do.
pub(super) fn is_waiting(tx: &Transaction<'_>, now: DateTime<Utc>) -> Result<bool, StoreError> {
    tx.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM mute WHERE ended OR reached IS NOT NULL OR until <= ?1)",
    )
    .and_then(|mut statement| statement.query_row([Millis::from(now)], |row| row.get(0)))
    .doing("looking for a mute to apply")
}

/// What one step did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MuteStep {
    /// There is more to do.
    pub more: bool,
    /// Countries whose lists changed.
    pub countries: BTreeSet<CountryCode>,
}

/// Judges the next articles by a mute that has not reached them, or shows again what one hid that has
/// ended.
pub(super) fn step(tx: &Transaction<'_>, now: DateTime<Utc>) -> Result<MuteStep, StoreError> {
    const DOING: &str = "looking for a mute to apply";
    tx.execute(
        "UPDATE mute SET ended = 1 WHERE ended = 0 AND until <= ?1",
        [Millis::from(now)],
    )
    .doing(DOING)?;
    type Waiting = (i64, bool, Option<i64>, String, String);
    let next: Option<Waiting> = tx
        .query_row(
            "SELECT id, ended, reached, kind, value FROM mute
              WHERE ended OR reached IS NOT NULL ORDER BY ended DESC, id LIMIT 1",
            [],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                ))
            },
        )
        .optional()
        .doing(DOING)?;
    let Some((mute, ended, reached, kind, value)) = next else {
        return Ok(MuteStep::default());
    };
    let changed = if ended {
        show_again(tx, mute)?
    } else {
        let looks_for = LooksFor::of(&kind, &value);
        apply(tx, mute, looks_for.as_ref(), reached.unwrap_or(i64::MAX))?
    };
    let (stories, countries) = touched(tx, &changed)?;
    for story in stories {
        leads::choose_anew(tx, story)?;
    }
    Ok(MuteStep {
        more: true,
        countries,
    })
}

/// The stories and the countries of some articles.
fn touched(
    tx: &Transaction<'_>,
    articles: &[i64],
) -> Result<(BTreeSet<i64>, BTreeSet<CountryCode>), StoreError> {
    const DOING: &str = "looking whose lists a mute changes";
    let mut statement = tx
        .prepare_cached(
            "SELECT DISTINCT story, country FROM article
              WHERE id IN (SELECT value FROM json_each(?1))",
        )
        .doing(DOING)?;
    let mut rows = statement
        .query([json(&articles).doing(DOING)?])
        .doing(DOING)?;
    let (mut stories, mut countries) = (BTreeSet::new(), BTreeSet::new());
    while let Some(row) = rows.next().doing(DOING)? {
        stories.extend(row.get::<_, Option<i64>>(0).doing(DOING)?);
        countries.insert(row.get(1).doing(DOING)?);
    }
    Ok((stories, countries))
}

fn show_again(tx: &Transaction<'_>, mute: i64) -> Result<Vec<i64>, StoreError> {
    const DOING: &str = "showing again what a mute hid";
    let articles: Vec<i64> = tx
        .prepare_cached("SELECT article FROM muted WHERE mute = ?1 ORDER BY article DESC LIMIT ?2")
        .and_then(|mut statement| {
            let rows = statement.query_map(params![mute, STEP], |row| row.get(0))?;
            rows.collect()
        })
        .doing(DOING)?;
    show(tx, mute, &articles)?;
    if articles.len() < STEP as usize {
        tx.execute("DELETE FROM mute WHERE id = ?1", [mute])
            .doing(DOING)?;
    }
    Ok(articles)
}

fn apply(
    tx: &Transaction<'_>,
    mute: i64,
    looks_for: Option<&LooksFor>,
    reached: i64,
) -> Result<Vec<i64>, StoreError> {
    const DOING: &str = "applying a mute";
    let [own, english] = match looks_for {
        Some(looks_for) => looks_for.expressions(tx)?,
        None => [None, None],
    };
    let mut places: Vec<i64> = Vec::new();
    for (table, expression) in [("article_text", own), ("article_english", english)] {
        let Some(expression) = expression else {
            continue;
        };
        let sql = format!(
            "SELECT rowid FROM {table} WHERE {table} MATCH ?1 AND rowid < ?2
              ORDER BY rowid DESC LIMIT ?3"
        );
        let found: Vec<i64> = tx
            .prepare_cached(&sql)
            .and_then(|mut statement| {
                let rows =
                    statement.query_map(params![expression, reached, STEP], |row| row.get(0))?;
                rows.collect()
            })
            .doing(DOING)?;
        places.extend(found);
    }
    places.sort_unstable_by(|a, b| b.cmp(a));
    places.dedup();
    places.truncate(STEP as usize);
    let ids: Vec<i64> = places.iter().map(|place| place & ID_MASK).collect();
    let changed = hide(tx, mute, &ids)?;
    let reached = places.last().filter(|_| places.len() == STEP as usize);
    tx.prepare_cached("UPDATE mute SET reached = ?2 WHERE id = ?1")
        .and_then(|mut statement| statement.execute(params![mute, reached]))
        .doing(DOING)?;
    Ok(changed)
}

/// Has a mute hide articles, and counts; those that it did not hide before. A statement for all: each has
/// a journal of its own to be undone by.
fn hide(tx: &Transaction<'_>, mute: i64, articles: &[i64]) -> Result<Vec<i64>, StoreError> {
    const DOING: &str = "hiding what is muted";
    let changed: Vec<i64> = tx
        .prepare_cached(
            "INSERT OR IGNORE INTO muted (mute, article)
             SELECT ?1, id FROM article WHERE id IN (SELECT value FROM json_each(?2))
             RETURNING article",
        )
        .and_then(|mut statement| {
            let rows = statement.query_map(params![mute, json(&articles)?], |row| row.get(0))?;
            rows.collect()
        })
        .doing(DOING)?;
    let ids = json(&changed).doing(DOING)?;
    count(tx, "-", &ids)?;
    tx.prepare_cached(
        "UPDATE article SET hidden = hidden | 2
          WHERE id IN (SELECT value FROM json_each(?1)) AND hidden & 2 = 0",
    )
    .and_then(|mut statement| statement.execute([&ids]))
    .doing(DOING)?;
    tx.prepare_cached("UPDATE mute SET articles = articles + json_array_length(?2) WHERE id = ?1")
        .and_then(|mut statement| statement.execute(params![mute, ids]))
        .doing(DOING)?;
    Ok(changed)
}

/// Has a mute hide articles no more, and counts; what no other mute hides is shown again.
fn show(tx: &Transaction<'_>, mute: i64, articles: &[i64]) -> Result<(), StoreError> {
    const DOING: &str = "showing again what a mute hid";
    let ids = json(&articles).doing(DOING)?;
    tx.prepare_cached(
        "DELETE FROM muted WHERE mute = ?1 AND article IN (SELECT value FROM json_each(?2))",
    )
    .and_then(|mut statement| statement.execute(params![mute, ids]))
    .and_then(|_| {
        tx.prepare_cached("UPDATE mute SET articles = articles - changes() WHERE id = ?1")
    })
    .and_then(|mut statement| statement.execute([mute]))
    .doing(DOING)?;
    let shown: Vec<i64> = tx
        .prepare_cached(
            "UPDATE article SET hidden = hidden & 1
              WHERE id IN (SELECT value FROM json_each(?1)) AND hidden & 2
                AND NOT EXISTS (SELECT 1 FROM muted WHERE article = article.id)
             RETURNING id",
        )
        .and_then(|mut statement| {
            let rows = statement.query_map([ids], |row| row.get(0))?;
            rows.collect()
        })
        .doing(DOING)?;
    count(tx, "+", &json(&shown).doing(DOING)?)
}

/// Counts articles as shown or as hidden; those of them that nothing hides now.
fn count(tx: &Transaction<'_>, sign: &str, ids: &str) -> Result<(), StoreError> {
    tx.prepare_cached(&format!(
        "UPDATE publisher_count
            SET articles = publisher_count.articles {sign} those.articles,
                unread = publisher_count.unread {sign} those.unread,
                stories = publisher_count.stories {sign} those.stories,
                unread_stories = publisher_count.unread_stories {sign} those.unread_stories
           FROM (SELECT publisher, count(*) AS articles, sum(read = 0) AS unread,
                        sum(leads) AS stories, sum(leads AND read = 0) AS unread_stories
                   FROM article WHERE id IN (SELECT value FROM json_each(?1)) AND hidden = 0
                  GROUP BY publisher) AS those
          WHERE those.publisher = publisher_count.publisher"
    ))
    .and_then(|mut statement| statement.execute([ids]))
    .map(drop)
    .doing("counting what is muted")
}

/// Leaves out of a list what mutes hide that have not reached every article yet.
pub(super) fn leave_out_pending(
    tx: &Transaction<'_>,
    filter: &mut Filter,
) -> Result<(), StoreError> {
    const DOING: &str = "reading what is being muted";
    let pending: Vec<(String, String, i64)> = tx
        .prepare_cached(
            "SELECT kind, value, reached FROM mute
              WHERE ended = 0 AND reached IS NOT NULL ORDER BY id",
        )
        .and_then(|mut statement| {
            let rows =
                statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            rows.collect()
        })
        .doing(DOING)?;
    for (kind, value, reached) in pending {
        let Some(looks_for) = LooksFor::of(&kind, &value) else {
            continue;
        };
        match &looks_for {
            LooksFor::Publisher(slug) => filter.and(
                "publisher NOT IN (SELECT id FROM publisher WHERE slug = ?)",
                [Value::from(slug.clone())],
            ),
            LooksFor::Country(code) => {
                filter.and("article.country <> ?", [Value::from(code.clone())]);
            }
            LooksFor::Words(_) | LooksFor::Category(_) => {
                let [own, english] = looks_for.expressions(tx)?;
                for (table, expression) in [("article_text", own), ("article_english", english)] {
                    if let Some(expression) = expression {
                        let (condition, values) = not_found(table, &expression, reached);
                        filter.and(&condition, values);
                    }
                }
            }
        }
    }
    Ok(())
}

/// SQL and its values: that an expression does not find an article in an index. The newest are judged
/// already, so on the first pages nobody asks the index; then it is asked for the next few, and for all
/// only beyond those, because a word may be in every article.
fn not_found(table: &str, expression: &str, reached: i64) -> (String, [Value; 6]) {
    let next = format!("FROM {table} WHERE {table} MATCH ? AND rowid < ? ORDER BY rowid DESC");
    // Where there are no more than the next few, nothing is beyond them.
    let condition = format!(
        "(article.sort_at >= ? OR
          article.id NOT IN (SELECT rowid & {ID_MASK} {next} LIMIT {NEXT}) AND
          (article.sort_at >= coalesce((SELECT {above} {next} LIMIT 1 OFFSET {NEXT} - 1), {least}) OR
           article.id NOT IN (SELECT rowid & {ID_MASK} FROM {table} WHERE {table} MATCH ?)))",
        above = text::time_above_row(),
        least = i64::MIN + 1,
    );
    let found_by = || Value::from(expression.to_owned());
    let reached_at = || Value::from(reached);
    let values = [
        Value::from(text::time_above(reached)),
        found_by(),
        reached_at(),
        found_by(),
        reached_at(),
        found_by(),
    ];
    (condition, values)
}

/// Publishers changed countries: mutes of countries begin anew.
pub(super) fn countries_changed(tx: &Transaction<'_>) -> Result<(), StoreError> {
    const DOING: &str = "muting countries anew";
    let hidden: Vec<(i64, i64)> = tx
        .prepare(
            "SELECT mute, article FROM muted JOIN mute ON mute.id = mute
              WHERE kind = 'country' ORDER BY mute, article",
        )
        .and_then(|mut statement| {
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        })
        .doing(DOING)?;
    for of_one in hidden.chunk_by(|one, next| one.0 == next.0) {
        let articles: Vec<i64> = of_one.iter().map(|(_, article)| *article).collect();
        show(tx, of_one[0].0, &articles)?;
    }
    tx.execute(
        "UPDATE mute SET reached = ?1 WHERE kind = 'country' AND ended = 0",
        [i64::MAX],
    )
    .map(drop)
    .doing(DOING)
}
