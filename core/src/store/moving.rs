//! What a person takes along to another device: read out whole, and put together with what is there.
//!
//! Of two things about the same, the one that was changed later is kept; at the same moment, the one
//! that compares as greater, so that it makes no difference who comes first, or whether something comes
//! twice.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use rusqlite::{OptionalExtension, Row, ToSql, Transaction, params};
use serde::Deserialize as _;
use serde_json::Value;

use super::articles::{self, IncomingArticle};
use super::batch::Batch;
use super::error::{Doing, StoreError};
use super::own::{self, StoredOwn};
use super::sql::{self, Millis};
use super::text::{self, BodyText, Words};
use super::{choices, marks, mutes, pages, publishers, settings};
use crate::catalogue::{self, AddressRule};
use crate::model::{
    ArticleId, CountryCode, MarkSince, Moved, MovedArticle, MovedCounts, MovedEnglish, MovedPage,
    Muted, OwnPublisher, PublisherId, StorageSettings, TranslatedBy,
};
use crate::store::StoredPage;

/// Whether a setting goes along, and could be set here. The others are what was found on the network.
fn goes_along(name: &str, value: &Value) -> bool {
    match name {
        "storage" => {
            StorageSettings::deserialize(value).is_ok_and(|settings| settings.problem().is_none())
        }
        "translation" => value.is_object(),
        _ => settings::of_app(name, value).is_some(),
    }
}

/// Makes a thing of a row; `None` for what does not go along.
type Read = fn(&Row<'_>) -> rusqlite::Result<Option<Moved>>;

/// How to put things together.
#[derive(Clone, Copy)]
pub struct Merging {
    /// The moment: nothing was changed later than now.
    pub now: DateTime<Utc>,
    /// What search looks at of a body.
    pub text_of: BodyText,
    /// Where publishers of one's own may be.
    pub addresses: AddressRule,
}

pub(super) fn each(
    tx: &Transaction<'_>,
    planned: &mut dyn FnMut(u64),
    take: &mut dyn FnMut(Moved) -> bool,
) -> Result<bool, StoreError> {
    const DOING: &str = "gathering what goes along";
    let count: u32 = tx
        .query_row(
            "SELECT (SELECT count(*) FROM own_publisher) + (SELECT count(*) FROM country_choice)
                  + (SELECT count(*) FROM publisher_choice) + (SELECT count(*) FROM mark)
                  + (SELECT count(*) FROM mute WHERE ended = 0)
                  + (SELECT count(*) FROM setting)
                  + (SELECT count(*) FROM article WHERE saved = 1)",
            [],
            |row| row.get(0),
        )
        .doing(DOING)?;
    planned(u64::from(count));
    for own in own::list(tx)? {
        let moved = Moved::Own {
            id: own.id,
            publisher: own.publisher,
            removed: own.removed,
            changed_at: Millis::from(own.changed_at).0,
        };
        if !take(moved) {
            return Ok(false);
        }
    }
    let rows: [(&str, Read); 5] = [
        (
            "SELECT country, followed, changed_at FROM country_choice ORDER BY country",
            |row| {
                Ok(Some(Moved::Country {
                    country: row.get(0)?,
                    followed: row.get(1)?,
                    changed_at: row.get(2)?,
                }))
            },
        ),
        (
            "SELECT slug, followed, changed_at FROM publisher_choice ORDER BY slug",
            |row| {
                Ok(Some(Moved::Publisher {
                    publisher: PublisherId(row.get(0)?),
                    followed: row.get(1)?,
                    changed_at: row.get(2)?,
                }))
            },
        ),
        (
            "SELECT kind, value, until, made_at FROM mute WHERE ended = 0 ORDER BY kind, key",
            mute,
        ),
        (
            "SELECT name, value, changed_at FROM setting ORDER BY name",
            setting,
        ),
        (
            "SELECT key, read, saved, hidden, position, changed_at, read_at,
                    read_since, saved_since, hidden_since, position_since
               FROM mark ORDER BY key",
            |row| {
                Ok(Some(Moved::Mark {
                    key: hex(row.get(0)?),
                    read: row.get(1)?,
                    saved: row.get(2)?,
                    hidden: row.get(3)?,
                    position: row.get(4)?,
                    changed_at: row.get(5)?,
                    read_at: row.get(6)?,
                    since: MarkSince {
                        read: row.get(7)?,
                        saved: row.get(8)?,
                        hidden: row.get(9)?,
                        position: row.get(10)?,
                    },
                }))
            },
        ),
    ];
    for (sql, read) in rows {
        let mut statement = tx.prepare_cached(sql).doing(DOING)?;
        let mut found = statement.query([]).doing(DOING)?;
        while let Some(row) = found.next().doing(DOING)? {
            if let Some(moved) = read(row).doing(DOING)?
                && !take(moved)
            {
                return Ok(false);
            }
        }
    }
    let mut saved = tx
        .prepare_cached("SELECT id FROM article WHERE saved = 1 ORDER BY sort_at, id")
        .doing(DOING)?;
    let mut ids = saved.query([]).doing(DOING)?;
    while let Some(row) = ids.next().doing(DOING)? {
        if let Some(article) = article(tx, row.get(0).doing(DOING)?)?
            && !take(Moved::Article(Box::new(article)))
        {
            return Ok(false);
        }
    }
    Ok(true)
}

fn mute(row: &Row<'_>) -> rusqlite::Result<Option<Moved>> {
    let (until, changed_at) = (row.get(2)?, row.get(3)?);
    Ok(mutes::what(row, 0)?.map(|what| Moved::Mute {
        what,
        until,
        changed_at,
    }))
}

fn setting(row: &Row<'_>) -> rusqlite::Result<Option<Moved>> {
    let name: String = row.get(0)?;
    let mut value: Value = sql::from_json(row, 1)?;
    if !goes_along(&name, &value) {
        return Ok(None);
    }
    take_key(&mut value);
    Ok(Some(Moved::Setting {
        name,
        value,
        changed_at: row.get(2)?,
    }))
}

/// Takes the key of a server out of a setting.
fn take_key(setting: &mut Value) -> Option<Value> {
    setting.get_mut("server")?.as_object_mut()?.remove("key")
}

/// Puts a mark together with the one here, part by part: the later counts, and of one moment that which
/// compares as greater.
static TAKE_OVER: LazyLock<String> = LazyLock::new(|| {
    let parts = [
        ("read", 2, 8),
        ("saved", 3, 9),
        ("hidden", 4, 10),
        ("position", 5, 11),
    ];
    let is_later = parts.map(|(part, value, since)| {
        format!(
            "(coalesce(?{since}, -1), coalesce(?{value}, -1)) >
             (coalesce({part}_since, -1), coalesce({part}, -1))"
        )
    });
    let is_read_later = "coalesce(?7, -1) > coalesce(read_at, -1)";
    let taken: String = parts
        .iter()
        .zip(&is_later)
        .map(|((part, value, since), is_later)| {
            format!(
                ", {part} = iif({is_later}, ?{value}, {part}),
                   {part}_since = iif({is_later}, ?{since}, {part}_since)"
            )
        })
        .collect();
    format!(
        "INSERT INTO mark (key, read, saved, hidden, position, changed_at, read_at,
                           read_since, saved_since, hidden_since, position_since)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (key) DO UPDATE
            SET changed_at = max(changed_at, ?6),
                read_at = iif({is_read_later}, ?7, read_at)
                {taken}
          WHERE ?6 > changed_at OR {is_read_later} OR {}",
        is_later.join(" OR ")
    )
});

/// A saved article; `None` when its row and its body do not fit together.
fn article(tx: &Transaction<'_>, id: i64) -> Result<Option<MovedArticle>, StoreError> {
    const DOING: &str = "gathering a saved article";
    let Some(stored) = articles::get(tx, ArticleId(id))? else {
        return Ok(None);
    };
    let (hash, name, home, language): ([u8; 16], String, String, String) = tx
        .prepare_cached(
            "SELECT content_hash, name, home, publisher.language FROM article
               JOIN publisher ON publisher.id = article.publisher WHERE article.id = ?1",
        )
        .and_then(|mut statement| {
            statement.query_row([id], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
        })
        .doing(DOING)?;
    let keys = articles::keys(tx, id)?;
    let page = match pages::get(tx, ArticleId(id))? {
        Some(page) => Some(moved_page(tx, id, page)?),
        None => None,
    };
    let Ok(publisher_home) = home.parse() else {
        return Ok(None);
    };
    let row = stored.row;
    Ok(Some(MovedArticle {
        keys: keys.into_iter().map(hex).collect(),
        publisher: row.publisher,
        publisher_name: name,
        publisher_home,
        country: row.country,
        publisher_language: language,
        language: row.language,
        title: row.title,
        teaser: row.teaser,
        url: row.url,
        image: row.image,
        published_at: row.published_at.map(|time| Millis::from(time).0),
        updated_at: stored.updated_at.map(|time| Millis::from(time).0),
        first_seen_at: Millis::from(row.first_seen_at).0,
        sort_at: Millis::from(row.sort_at).0,
        content_hash: hex(hash),
        summary: stored.summary,
        content: stored.content,
        authors: stored.authors,
        categories: stored.categories,
        media: stored.media,
        english: row.translation.map(|english| MovedEnglish {
            title: english.title,
            teaser: english.teaser,
            by: english.by,
        }),
        page,
    }))
}

fn moved_page(tx: &Transaction<'_>, id: i64, page: StoredPage) -> Result<MovedPage, StoreError> {
    const DOING: &str = "gathering the pictures of a saved article";
    let mut urls = tx
        .prepare_cached("SELECT url FROM article_picture WHERE article = ?1 ORDER BY url")
        .doing(DOING)?;
    let pictures = urls
        .query_map([id], |row| sql::url(row, 0))
        .and_then(Iterator::collect)
        .doing(DOING)?;
    Ok(MovedPage {
        fetched_at: Millis::from(page.fetched_at).0,
        verdict: page.verdict,
        source: page.source,
        authors: page.authors,
        direction: page.direction,
        standfirst: page.standfirst,
        lead: page.lead,
        blocks: page.blocks,
        pictures,
    })
}

/// A transaction in which things are put together.
struct Merge<'m, 'b, 't> {
    batch: &'m mut Batch<'b>,
    tx: &'t Transaction<'b>,
    how: &'m Merging,
    counts: MovedCounts,
    /// Articles whose keys have other marks now.
    marked: BTreeSet<i64>,
}

pub(super) fn merge(
    batch: &mut Batch<'_>,
    next: &mut dyn FnMut() -> Result<Option<Moved>, StoreError>,
    how: &Merging,
) -> Result<MovedCounts, StoreError> {
    let tx = batch.tx;
    let mut merge = Merge {
        batch,
        tx,
        how,
        counts: MovedCounts::default(),
        marked: BTreeSet::new(),
    };
    while let Some(moved) = next()? {
        merge.one(moved)?;
    }
    for article in std::mem::take(&mut merge.marked) {
        marks::settle(tx, article)?;
    }
    Ok(merge.counts)
}

impl Merge<'_, '_, '_> {
    fn one(&mut self, moved: Moved) -> Result<(), StoreError> {
        match moved {
            Moved::Own {
                id,
                publisher,
                removed,
                changed_at,
            } => self.own(StoredOwn {
                id,
                publisher,
                removed,
                changed_at: self.time(changed_at),
            }),
            Moved::Country {
                country,
                followed,
                changed_at,
            } => self.country(country, followed, self.time(changed_at)),
            Moved::Publisher {
                publisher,
                followed,
                changed_at,
            } => self.publisher(&publisher, followed, self.time(changed_at)),
            Moved::Mute {
                what,
                until,
                changed_at,
            } => self.mute(&what, until, self.time(changed_at)),
            Moved::Setting {
                name,
                value,
                changed_at,
            } => self.setting(&name, value, self.time(changed_at)),
            mark @ Moved::Mark { .. } => self.mark(&mark),
            Moved::Article(article) => self.article(*article),
            Moved::Unknown => self.leave_out(),
        }
    }

    fn leave_out(&mut self) -> Result<(), StoreError> {
        self.counts.left_out += 1;
        Ok(())
    }

    /// Nothing was changed in the future: a clock was wrong, and must not win for ever.
    fn time(&self, millis: i64) -> DateTime<Utc> {
        DateTime::from(Millis(millis)).min(self.how.now)
    }

    fn own(&mut self, own: StoredOwn) -> Result<(), StoreError> {
        let known: bool = self
            .tx
            .query_row(
                "SELECT EXISTS (SELECT 1 FROM country WHERE code = ?1)",
                [own.publisher.country],
                |row| row.get(0),
            )
            .doing("looking whether a country is known")?;
        let is_sound = own.id.is_own() && own.id.is_well_formed();
        let fault = catalogue::fault(&own.publisher, self.how.addresses);
        if !known || !is_sound || fault.is_some() {
            return self.leave_out();
        }
        let here = own::get(self.tx, &own.id)?;
        let rank = |own: &StoredOwn| (own.changed_at, own.removed, described(&own.publisher));
        if here.is_some_and(|here| rank(&here) >= rank(&own)) {
            return Ok(());
        }
        own::write(self.tx, &own)?;
        own::list_one(self.tx, &own)?;
        self.counts.own += 1;
        Ok(())
    }

    fn country(
        &mut self,
        country: CountryCode,
        followed: bool,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let here: Option<(Millis, bool)> = self
            .tx
            .query_row(
                "SELECT changed_at, followed FROM country_choice WHERE country = ?1",
                params![country],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .doing("looking whether a country is followed")?;
        if here.is_none_or(|here| here < (at.into(), followed)) {
            choices::follow_country(self.tx, country, followed, at)?;
            self.counts.follows += u32::from(here.map(|(_, before)| before) != Some(followed));
        }
        Ok(())
    }

    fn publisher(
        &mut self,
        publisher: &PublisherId,
        followed: Option<bool>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let here: Option<(Millis, Option<bool>)> = self
            .tx
            .query_row(
                "SELECT changed_at, followed FROM publisher_choice WHERE slug = ?1",
                params![publisher.as_str()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .doing("looking whether a publisher is followed")?;
        if here.is_none_or(|here| here < (at.into(), followed)) {
            choices::follow_publisher(self.tx, publisher, followed, at)?;
            self.counts.follows += u32::from(here.map(|(_, before)| before) != Some(followed));
        }
        Ok(())
    }

    fn mute(
        &mut self,
        what: &Muted,
        until: Option<i64>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        const DOING: &str = "taking over a mute";
        let until: Option<DateTime<Utc>> = until.map(|until| Millis(until).into());
        if until.is_some_and(|until| until <= self.how.now) {
            return Ok(());
        }
        let Some(key) = mutes::key(what) else {
            return self.leave_out();
        };
        let here: Option<(i64, Option<i64>)> = self
            .tx
            .query_row(
                "SELECT made_at, until FROM mute WHERE kind = ?1 AND key = ?2 AND ended = 0",
                params![key.0, key.1],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .doing(DOING)?;
        // For good is longest.
        let rank = |at: i64, until: Option<i64>| (at, until.unwrap_or(i64::MAX));
        let theirs = (Millis::from(at).0, until.map(|until| Millis::from(until).0));
        if here.is_some_and(|here| rank(here.0, here.1) >= rank(theirs.0, theirs.1)) {
            return Ok(());
        }
        mutes::add(self.tx, what, until, at)?;
        self.counts.mutes += 1;
        Ok(())
    }

    fn setting(
        &mut self,
        name: &str,
        mut value: Value,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        const DOING: &str = "taking over a setting";
        if !goes_along(name, &value) {
            return self.leave_out();
        }
        take_key(&mut value);
        let here: Option<(Millis, Value)> = self
            .tx
            .query_row(
                "SELECT changed_at, value FROM setting WHERE name = ?1",
                [name],
                |row| Ok((row.get(0)?, sql::from_json(row, 1)?)),
            )
            .optional()
            .doing(DOING)?;
        let mut key = None;
        if let Some((changed_at, mut here)) = here {
            key = take_key(&mut here);
            let rank = |at: Millis, value: &Value| (at, value.to_string());
            if rank(changed_at, &here) >= rank(at.into(), &value) {
                return Ok(());
            }
            // Keys do not go along: that of the same server stays.
            let server = |value: &Value| value.get("server").cloned();
            if server(&here) != server(&value) {
                key = None;
            }
        }
        if let (Some(key), Some(server)) =
            (key, value.get_mut("server").and_then(Value::as_object_mut))
        {
            server.insert("key".to_owned(), key);
        }
        settings::set(self.tx, name, &value.to_string(), at)?;
        self.counts.settings += 1;
        Ok(())
    }

    fn mark(&mut self, mark: &Moved) -> Result<(), StoreError> {
        let Moved::Mark {
            key,
            read,
            saved,
            hidden,
            position,
            changed_at,
            read_at,
            since,
        } = mark
        else {
            return Ok(());
        };
        let Some(key) = unhex(key) else {
            return self.leave_out();
        };
        let latest = |millis: i64| Millis::from(self.time(millis));
        // Files that do not say since when say so of all that is set.
        let since = [
            since.read.or(read.then_some(*changed_at)),
            since.saved.or(saved.then_some(*changed_at)),
            since.hidden.or(hidden.then_some(*changed_at)),
            since.position.or(position.and(Some(*changed_at))),
        ]
        .map(|at| at.map(latest));
        let changed = self
            .tx
            .prepare_cached(&TAKE_OVER)
            .and_then(|mut statement| {
                statement.execute(params![
                    key,
                    read,
                    saved,
                    hidden,
                    position,
                    latest(*changed_at),
                    read_at.map(latest),
                    since[0],
                    since[1],
                    since[2],
                    since[3],
                ])
            })
            .doing("taking over a mark")?;
        if changed > 0 {
            self.counts.marks += 1;
            let article: Option<i64> = self
                .tx
                .prepare_cached("SELECT article FROM article_key WHERE key = ?1")
                .and_then(|mut statement| statement.query_row([key], |row| row.get(0)).optional())
                .doing("looking whose mark it is")?;
            self.marked.extend(article);
        }
        Ok(())
    }

    fn article(&mut self, article: MovedArticle) -> Result<(), StoreError> {
        let keys: Vec<[u8; 16]> = article.keys.iter().filter_map(|key| unhex(key)).collect();
        let hash = unhex(&article.content_hash);
        let (Some(hash), false) = (hash, keys.is_empty()) else {
            return self.leave_out();
        };
        // What it is marked as came before it.
        let state = marks::of_keys(self.tx, &keys)?.unwrap_or_default();
        if let Some(known) = articles::known(self.tx, &keys)? {
            if articles::add_keys(self.tx, known, &keys)? {
                marks::spread(self.tx, known, &keys)?;
            }
            return self.page(known, article.page);
        }
        if !state.saved {
            return Ok(());
        }
        let Some((publisher, country)) = self.publisher_of(&article)? else {
            return self.leave_out();
        };
        let sort_at: DateTime<Utc> = Millis(article.sort_at).into();
        let blocks = article.page.as_ref().and_then(|page| page.blocks.clone());
        let incoming = IncomingArticle {
            text: (self.how.text_of)(article.summary.clone(), article.content.clone(), blocks),
            keys,
            title: article.title,
            teaser: article.teaser,
            url: article.url,
            image: article.image,
            language: article.language,
            published_at: article.published_at.map(|time| Millis(time).into()),
            updated_at: article.updated_at.map(|time| Millis(time).into()),
            summary: article.summary,
            content: article.content,
            authors: article.authors,
            categories: article.categories,
            media: article.media,
            content_hash: hash,
        };
        let words = Words::of(&incoming);
        let (id, sort_at) = articles::insert(self.tx, publisher, country, &incoming, 0, sort_at)?;
        self.tx
            .execute(
                "UPDATE article SET first_seen_at = ?2 WHERE id = ?1",
                params![id, article.first_seen_at],
            )
            .doing("taking over a saved article")?;
        self.batch
            .index(text::place(sort_at, id), publisher, words, false);
        if let Some(english) = article.english {
            self.english(id, sort_at, english)?;
        }
        mutes::judge(self.batch, id)?;
        self.page(id, article.page)?;
        self.counts.articles += 1;
        Ok(())
    }

    fn english(&mut self, id: i64, sort_at: i64, english: MovedEnglish) -> Result<(), StoreError> {
        const DOING: &str = "taking over a title in English";
        let MovedEnglish { title, teaser, by } = english;
        let by: TranslatedBy = by;
        self.tx
            .execute(
                "UPDATE article SET english_title = ?2, english_teaser = ?3, english_by = ?4
                  WHERE id = ?1",
                params![id, title, teaser, sql::json(&by).doing(DOING)?],
            )
            .doing(DOING)?;
        let words = Some((title, teaser));
        self.batch.index_english(text::place(sort_at, id), words);
        Ok(())
    }

    /// The page of an article, where none was fetched here.
    fn page(&self, id: i64, page: Option<MovedPage>) -> Result<(), StoreError> {
        let Some(page) = page else { return Ok(()) };
        if pages::get(self.tx, ArticleId(id))?.is_some() {
            return Ok(());
        }
        pages::write(
            self.tx,
            ArticleId(id),
            &StoredPage {
                fetched_at: Millis(page.fetched_at).into(),
                verdict: page.verdict,
                source: page.source,
                authors: page.authors,
                direction: page.direction,
                standfirst: page.standfirst,
                lead: page.lead,
                blocks: page.blocks,
                pictures: page.pictures,
            },
        )
    }

    /// Whose it is; a publisher that is not known here is noted as one that left the catalogue.
    fn publisher_of(
        &self,
        article: &MovedArticle,
    ) -> Result<Option<(i64, CountryCode)>, StoreError> {
        let id = &article.publisher;
        let known = publishers::numbered(self.tx, &id.as_str())?;
        if known.is_some() || !id.is_well_formed() {
            return Ok(known);
        }
        let described = [
            &id.as_str() as &dyn ToSql,
            &article.publisher_name,
            &article.publisher_home.as_str(),
            &article.country,
            &article.publisher_language,
        ];
        publishers::add_unlisted(self.tx, described, id.is_own())
    }
}

/// Tells two apart, whatever differs.
fn described(publisher: &OwnPublisher) -> String {
    serde_json::to_string(publisher).unwrap_or_default()
}

fn hex(key: [u8; 16]) -> String {
    HEXLOWER.encode(&key)
}

fn unhex(text: &str) -> Option<[u8; 16]> {
    HEXLOWER_PERMISSIVE
        .decode(text.as_bytes())
        .ok()?
        .try_into()
        .ok()
}
