//! Texts in English, and what the person set about them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction, params, params_from_iter};

use super::error::{Doing, StoreError};
use super::sql::{Millis, placeholders};
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

/// An article whose title is not in English yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UntranslatedRow {
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
}

/// Keys asked for in one statement.
const KEYS_AT_ONCE: usize = 200;

/// Of each text the translation of the engine that stands first in `order`.
pub(super) fn get(
    tx: &Transaction<'_>,
    keys: &[[u8; 16]],
    order: &[EngineKind],
) -> Result<HashMap<[u8; 16], StoredTranslation>, StoreError> {
    const DOING: &str = "looking for translations";
    let mut found: HashMap<[u8; 16], StoredTranslation> = HashMap::new();
    let rank = |engine: EngineKind| {
        let place = order.iter().position(|known| *known == engine);
        place.unwrap_or(order.len() + engine as usize)
    };
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
            if found
                .get(&key)
                .is_none_or(|known| rank(engine) < rank(known.by.engine))
            {
                let by = TranslatedBy { engine, model };
                found.insert(key, StoredTranslation { key, by, runs });
            }
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
        let runs = serde_json::to_string(&translation.runs)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
            .doing(DOING)?;
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

/// The newest articles of some languages (their first parts) whose titles are not in English yet.
pub(super) fn untranslated(
    tx: &Transaction<'_>,
    languages: &[String],
    countries: &[CountryCode],
    limit: usize,
) -> Result<Vec<UntranslatedRow>, StoreError> {
    const DOING: &str = "looking for what is not translated";
    let of_country = match countries {
        [] => String::new(),
        countries => format!("AND country IN ({})", placeholders(countries.len())),
    };
    let sql = format!(
        "SELECT id, country, language, title, teaser FROM article INDEXED BY article_untranslated
          WHERE english_title IS NULL AND substr(language, 1, 2) <> 'en' AND hidden = 0
            AND CASE instr(language, '-') WHEN 0 THEN lower(language)
                ELSE lower(substr(language, 1, instr(language, '-') - 1)) END IN ({})
            {of_country}
          ORDER BY sort_at DESC, id DESC LIMIT {limit}",
        placeholders(languages.len())
    );
    let values = languages
        .iter()
        .map(String::as_str)
        .chain(countries.iter().map(CountryCode::as_str));
    let mut statement = tx.prepare_cached(&sql).doing(DOING)?;
    statement
        .query_map(params_from_iter(values), |row| {
            Ok(UntranslatedRow {
                id: ArticleId(row.get(0)?),
                country: row.get(1)?,
                language: row.get(2)?,
                title: row.get(3)?,
                teaser: row.get(4)?,
            })
        })
        .and_then(Iterator::collect)
        .doing(DOING)
}

/// The languages of articles whose titles are not in English yet.
pub(super) fn untranslated_languages(tx: &Transaction<'_>) -> Result<Vec<String>, StoreError> {
    const DOING: &str = "looking for languages";
    let mut statement = tx
        .prepare_cached(
            "SELECT DISTINCT language FROM article INDEXED BY article_untranslated
              WHERE english_title IS NULL AND substr(language, 1, 2) <> 'en'",
        )
        .doing(DOING)?;
    statement
        .query_map([], |row| row.get(0))
        .and_then(Iterator::collect)
        .doing(DOING)
}

/// A title and a teaser in English, unless the feed changed the original meanwhile.
pub(super) fn set_row(
    tx: &Transaction<'_>,
    row: &UntranslatedRow,
    title: &str,
    teaser: &str,
    by: &TranslatedBy,
) -> Result<bool, StoreError> {
    const DOING: &str = "keeping a title in English";
    let by = serde_json::to_string(by)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
        .doing(DOING)?;
    tx.prepare_cached(
        "UPDATE article SET english_title = ?2, english_teaser = ?3, english_by = ?4
          WHERE id = ?1 AND title = ?5 AND teaser = ?6",
    )
    .and_then(|mut statement| {
        statement.execute(params![row.id.0, title, teaser, by, row.title, row.teaser])
    })
    .map(|changed| changed > 0)
    .doing(DOING)
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

pub(super) fn setting(tx: &Transaction<'_>, name: &str) -> Result<Option<String>, StoreError> {
    tx.query_row("SELECT value FROM setting WHERE name = ?1", [name], |row| {
        row.get(0)
    })
    .optional()
    .doing("reading a setting")
}

pub(super) fn set_setting(tx: &Transaction<'_>, name: &str, value: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)",
        [name, value],
    )
    .map(drop)
    .doing("keeping a setting")
}
