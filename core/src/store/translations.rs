//! Texts in English, and what the person set about them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction, params, params_from_iter};

use super::batch::Batch;
use super::error::{Doing, StoreError};
use super::sql::{Millis, json, placeholders};
use super::{mutes, text};
use crate::model::{ArticleId, CountryCode, EngineKind, Run, TranslatedBy};

/// A text in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTranslation {
    /// Which text, in which language.
    pub key: [u8; 16],
    /// Who translated.
    pub by: TranslatedBy,
    /// The text.
    pub runs: Vec<Run>,
}

/// What a list shows of an article that is not in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignRow {
    /// Which.
    pub id: ArticleId,
    /// Its publisher's country.
    pub country: CountryCode,
    /// What it is in, BCP 47.
    pub language: String,
    /// Its title.
    pub title: String,
    /// The beginning of its summary.
    pub teaser: String,
    /// Who translated the title; `None` while nobody has.
    pub by: Option<TranslatedBy>,
    /// Its body is in English too, or was asked for, or is on the device whole.
    pub has_body: bool,
}

/// Keys asked for in one statement.
const KEYS_AT_ONCE: usize = 200;

/// Of each text the translations there are, one of each engine.
pub(super) fn get(
    tx: &Transaction<'_>,
    keys: &[[u8; 16]],
) -> Result<HashMap<[u8; 16], Vec<StoredTranslation>>, StoreError> {
    const DOING: &str = "looking for translations";
    let mut found: HashMap<[u8; 16], Vec<StoredTranslation>> = HashMap::new();
    for keys in keys.chunks(KEYS_AT_ONCE) {
        let sql = format!(
            "SELECT key, engine, model, runs FROM translation WHERE key IN ({})",
            placeholders(keys.len())
        );
        let mut statement = tx.prepare_cached(&sql).doing(DOING)?;
        let rows = statement
            .query_map(params_from_iter(keys), |row| {
                Ok((
                    row.get::<_, [u8; 16]>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, String>(2)?,
                    row.get::<_, String>(3)?,
                ))
            })
            .doing(DOING)?;
        for row in rows {
            let (key, engine, model, runs) = row.doing(DOING)?;
            // A row of an engine or a shape that this version does not know is as good as none.
            let (Some(engine), Ok(runs)) =
                (EngineKind::of_code(&engine), serde_json::from_str(&runs))
            else {
                continue;
            };
            let by = TranslatedBy { engine, model };
            let of_text = found.entry(key).or_default();
            of_text.push(StoredTranslation { key, by, runs });
        }
    }
    Ok(found)
}

pub(super) fn write(
    tx: &Transaction<'_>,
    translations: &[StoredTranslation],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    const DOING: &str = "keeping translations";
    let mut statement = tx
        .prepare_cached(
            "INSERT OR REPLACE INTO translation (key, engine, model, runs, used_at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .doing(DOING)?;
    for translation in translations {
        let runs = json(&translation.runs).doing(DOING)?;
        statement
            .execute(params![
                translation.key,
                translation.by.engine.code(),
                translation.by.model,
                runs,
                Millis::from(now)
            ])
            .doing(DOING)?;
    }
    Ok(())
}

/// Notes that these texts were used, and lets the least recently used ones go beyond `bytes_max`.
pub(super) fn touch_and_trim(
    tx: &Transaction<'_>,
    keys: &[[u8; 16]],
    bytes_max: u64,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    const DOING: &str = "making room among translations";
    for keys in keys.chunks(KEYS_AT_ONCE) {
        let sql = format!(
            "UPDATE translation SET used_at = ? WHERE key IN ({})",
            placeholders(keys.len())
        );
        let values = std::iter::once(rusqlite::types::Value::from(Millis::from(now).0)).chain(
            keys.iter()
                .map(|key| rusqlite::types::Value::from(key.to_vec())),
        );
        tx.prepare_cached(&sql)
            .and_then(|mut statement| statement.execute(params_from_iter(values)))
            .doing(DOING)?;
    }
    let bytes = bytes(tx)?;
    if bytes <= bytes_max {
        return Ok(());
    }
    // A tenth at once, so that this is rare.
    tx.execute(
        "DELETE FROM translation WHERE used_at <= (
             SELECT used_at FROM translation ORDER BY used_at
              LIMIT 1 OFFSET (SELECT count(*) / 10 FROM translation))",
        [],
    )
    .map(drop)
    .doing(DOING)
}

/// Bytes of the texts.
pub(super) fn bytes(tx: &Transaction<'_>) -> Result<u64, StoreError> {
    tx.query_row(
        "SELECT coalesce(sum(octet_length(runs)), 0) FROM translation",
        [],
        |row| row.get::<_, i64>(0),
    )
    .map(i64::unsigned_abs)
    .doing("weighing translations")
}

/// The newest articles of some languages (whole tags) whose titles are not in English yet.
pub(super) fn untranslated(
    tx: &Transaction<'_>,
    languages: &[String],
    countries: &[CountryCode],
    limit: usize,
) -> Result<Vec<ForeignRow>, StoreError> {
    let sql = format!(
        "SELECT id, country, language, title, teaser, english_by, 0
           FROM article INDEXED BY article_untranslated
          WHERE english_title IS NULL AND substr(language, 1, 2) <> 'en' AND hidden = 0
            AND language IN ({}) {}
          ORDER BY sort_at DESC, id DESC LIMIT {limit}",
        placeholders(languages.len()),
        of_countries(countries)
    );
    rows(tx, &sql, languages, countries)
}

/// The newest articles whose titles are in English.
pub(super) fn translated(
    tx: &Transaction<'_>,
    countries: &[CountryCode],
    limit: usize,
) -> Result<Vec<ForeignRow>, StoreError> {
    let sql = format!(
        "SELECT id, country, language, title, teaser, english_by, translated > 0 OR ready
           FROM article
          WHERE english_title IS NOT NULL AND hidden = 0 {}
          ORDER BY sort_at DESC, id DESC LIMIT {limit}",
        of_countries(countries)
    );
    rows(tx, &sql, &[], countries)
}

/// The newest articles of some languages (whole tags) whose bodies are wanted in English and are not
/// here, or that are on the device whole since a time when nobody could translate them.
pub(super) fn wanted_bodies(
    tx: &Transaction<'_>,
    languages: &[String],
    countries: &[CountryCode],
    limit: usize,
) -> Result<Vec<(ArticleId, String)>, StoreError> {
    const DOING: &str = "looking for bodies to translate";
    let sql = format!(
        "SELECT id, language FROM article
          WHERE hidden = 0 AND (translated = 1 OR (translated = 0 AND ready = 1))
            AND language IN ({}) {}
          ORDER BY sort_at DESC, id DESC LIMIT {limit}",
        placeholders(languages.len()),
        of_countries(countries)
    );
    let mut statement = tx.prepare_cached(&sql).doing(DOING)?;
    statement
        .query_map(values(languages, countries), |row| {
            Ok((ArticleId(row.get(0)?), row.get(1)?))
        })
        .and_then(Iterator::collect)
        .doing(DOING)
}

fn of_countries(countries: &[CountryCode]) -> String {
    match countries {
        [] => String::new(),
        countries => format!("AND country IN ({})", placeholders(countries.len())),
    }
}

fn values<'v>(
    languages: &'v [String],
    countries: &'v [CountryCode],
) -> rusqlite::ParamsFromIter<impl Iterator<Item = &'v str>> {
    let languages = languages.iter().map(String::as_str);
    params_from_iter(languages.chain(countries.iter().map(CountryCode::as_str)))
}

fn rows(
    tx: &Transaction<'_>,
    sql: &str,
    languages: &[String],
    countries: &[CountryCode],
) -> Result<Vec<ForeignRow>, StoreError> {
    const DOING: &str = "looking for what is not in English";
    let mut statement = tx.prepare_cached(sql).doing(DOING)?;
    statement
        .query_map(values(languages, countries), |row| {
            let by: Option<String> = row.get(5)?;
            Ok(ForeignRow {
                id: ArticleId(row.get(0)?),
                country: row.get(1)?,
                language: row.get(2)?,
                title: row.get(3)?,
                teaser: row.get(4)?,
                by: by.and_then(|by| serde_json::from_str(&by).ok()),
                has_body: row.get(6)?,
            })
        })
        .and_then(Iterator::collect)
        .doing(DOING)
}

/// The languages (whole tags) of articles that are not in English.
pub(super) fn foreign_languages(tx: &Transaction<'_>) -> Result<Vec<String>, StoreError> {
    languages_of(
        tx,
        "SELECT DISTINCT language FROM article WHERE substr(language, 1, 2) <> 'en'",
    )
}

/// Those of articles whose titles are not in English yet.
pub(super) fn untranslated_languages(tx: &Transaction<'_>) -> Result<Vec<String>, StoreError> {
    languages_of(
        tx,
        "SELECT DISTINCT language FROM article INDEXED BY article_untranslated
          WHERE english_title IS NULL AND substr(language, 1, 2) <> 'en'",
    )
}

fn languages_of(tx: &Transaction<'_>, sql: &str) -> Result<Vec<String>, StoreError> {
    const DOING: &str = "looking for languages";
    let mut statement = tx.prepare_cached(sql).doing(DOING)?;
    statement
        .query_map([], |row| row.get(0))
        .and_then(Iterator::collect)
        .doing(DOING)
}

/// A title and a teaser in English, unless the feed changed the original meanwhile.
pub(super) fn set_row(
    batch: &mut Batch<'_>,
    row: &ForeignRow,
    title: &str,
    teaser: &str,
    by: &TranslatedBy,
) -> Result<bool, StoreError> {
    const DOING: &str = "keeping a title in English";
    let by = json(by).doing(DOING)?;
    let sort_at = batch
        .tx
        .prepare_cached(
            "UPDATE article SET english_title = ?2, english_teaser = ?3, english_by = ?4
              WHERE id = ?1 AND title = ?5 AND teaser = ?6 RETURNING sort_at",
        )
        .and_then(|mut statement| {
            statement
                .query_row(
                    params![row.id.0, title, teaser, by, row.title, row.teaser],
                    |row| row.get(0),
                )
                .optional()
        })
        .doing(DOING)?;
    let Some(sort_at) = sort_at else {
        return Ok(false);
    };
    let words = Some((title.to_owned(), teaser.to_owned()));
    batch.index_english(text::place(sort_at, row.id.0), words);
    mutes::judge(batch, row.id.0)?;
    Ok(true)
}

/// Notes whether an article's body is wanted in English and not here, or here.
pub(super) fn set_wanted(
    tx: &Transaction<'_>,
    id: ArticleId,
    here: bool,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE article SET translated = ?2 WHERE id = ?1",
        params![id.0, if here { 2 } else { 1 }],
    )
    .doing("noting a translation")?;
    super::pages::mark_ready(tx, id)
}
