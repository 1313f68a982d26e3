//! Countries, publishers and feeds of the catalogue, as rows.

use rusqlite::{OptionalExtension, ToSql, Transaction, params, params_from_iter};

use super::error::{Doing, StoreError};
use super::facts;
use super::own::StoredOwn;
use super::sql::{self, placeholders};
use crate::catalogue::Catalogue;
use crate::model::{CountryCode, FeedHealth, FeedStatus, PublisherId, PublisherSummary};

/// Names the catalogue that the rows are from.
const VERSION: &str = "catalogue";

pub(super) fn catalogue_version(tx: &Transaction<'_>) -> Result<Option<String>, StoreError> {
    facts::get(tx, VERSION, "reading which catalogue is in use")
}

/// A catalogue taken apart into rows, to be handed to the writer.
pub(super) struct CatalogueRows {
    version: String,
    countries: Vec<(String, String, &'static str)>,
    publishers: Vec<PublisherRow>,
}

pub(super) struct PublisherRow {
    slug: String,
    name: String,
    home: String,
    country: CountryCode,
    language: String,
    enabled: bool,
    own: bool,
    feeds: Vec<String>,
}

impl CatalogueRows {
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        Self {
            version: catalogue.version().to_owned(),
            countries: catalogue
                .countries()
                .iter()
                .map(|country| {
                    (
                        country.code.to_string(),
                        country.name.clone(),
                        country.region.name(),
                    )
                })
                .collect(),
            publishers: catalogue
                .publishers()
                .iter()
                .map(|publisher| PublisherRow {
                    slug: publisher.id.to_string(),
                    name: publisher.name.clone(),
                    home: publisher.home.to_string(),
                    country: publisher.country,
                    language: publisher.language.clone(),
                    enabled: publisher.enabled,
                    own: false,
                    feeds: publisher.feeds.iter().map(ToString::to_string).collect(),
                })
                .collect(),
        }
    }

    pub(super) fn apply(self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        const DOING: &str = "taking over the catalogue";
        tx.execute_batch(
            "UPDATE country SET listed = 0; UPDATE publisher SET listed = 0;
             UPDATE feed SET listed = 0;",
        )
        .doing(DOING)?;
        for (code, name, region) in &self.countries {
            tx.prepare_cached(
                "INSERT INTO country (code, name, region, listed) VALUES (?1, ?2, ?3, 1)
                 ON CONFLICT (code) DO UPDATE SET name = ?2, region = ?3, listed = 1",
            )
            .and_then(|mut statement| statement.execute(params![code, name, region]))
            .doing(DOING)?;
        }
        for publisher in &self.publishers {
            publisher.apply(tx)?;
        }
        super::own::list_in(tx)?;
        facts::set(tx, VERSION, &self.version, DOING)
    }
}

/// A publisher that moved to another country takes its articles along.
pub(super) fn take_articles_along(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let moved = tx
        .execute(
            "UPDATE article SET country = (SELECT country FROM publisher
                                            WHERE publisher.id = article.publisher)
              WHERE country <> (SELECT country FROM publisher
                                 WHERE publisher.id = article.publisher)",
            [],
        )
        .doing("moving articles with their publisher")?;
    if moved > 0 {
        super::mutes::countries_changed(tx)?;
    }
    Ok(())
}

/// The number and the country of a publisher.
pub(super) fn numbered(
    tx: &Transaction<'_>,
    slug: &dyn ToSql,
) -> Result<Option<(i64, CountryCode)>, StoreError> {
    tx.prepare_cached("SELECT id, country FROM publisher WHERE slug = ?1")
        .and_then(|mut statement| {
            statement
                .query_row([slug], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()
        })
        .doing("looking whose an article is")
}

/// Notes a publisher that is not known as one that left the catalogue: slug, name, home, country and
/// language. `None` when the country is not known either.
pub(super) fn add_unlisted(
    tx: &Transaction<'_>,
    described: [&dyn ToSql; 5],
    own: bool,
) -> Result<Option<(i64, CountryCode)>, StoreError> {
    let [slug, name, home, country, language] = described;
    tx.prepare_cached(
        "INSERT INTO publisher (slug, name, home, country, language, listed, enabled, own)
         SELECT ?1, ?2, ?3, code, ?5, 0, 0, ?6 FROM country WHERE code = ?4",
    )
    .and_then(|mut statement| statement.execute(params![slug, name, home, country, language, own]))
    .doing("noting whose an article is")?;
    numbered(tx, slug)
}

impl PublisherRow {
    pub(super) fn of_own(own: &StoredOwn) -> Self {
        let publisher = &own.publisher;
        Self {
            slug: own.id.to_string(),
            name: publisher.name.clone(),
            home: publisher.home.to_string(),
            country: publisher.country,
            language: publisher.language.clone(),
            enabled: true,
            own: true,
            feeds: publisher.feeds.iter().map(ToString::to_string).collect(),
        }
    }

    pub(super) fn apply(&self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        const DOING: &str = "taking over a publisher of the catalogue";
        let id: i64 = tx
            .prepare_cached(
                "INSERT INTO publisher (slug, name, home, country, language, listed, enabled, own)
                 VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7)
                 ON CONFLICT (slug) DO UPDATE SET name = ?2, home = ?3, country = ?4,
                    language = ?5, listed = 1, enabled = ?6, own = ?7
                 RETURNING id",
            )
            .and_then(|mut statement| {
                statement.query_row(
                    params![
                        self.slug,
                        self.name,
                        self.home,
                        self.country,
                        self.language,
                        self.enabled,
                        self.own
                    ],
                    |row| row.get(0),
                )
            })
            .doing(DOING)?;
        for (rank, url) in (0_u32..).zip(&self.feeds) {
            tx.prepare_cached(
                "INSERT INTO feed (url, publisher, rank, listed) VALUES (?1, ?2, ?3, 1)
                 ON CONFLICT (url) DO UPDATE SET publisher = ?2, rank = ?3, listed = 1
                    WHERE NOT listed OR NOT ?4",
            )
            .and_then(|mut statement| statement.execute(params![url, id, rank, self.own]))
            .doing(DOING)?;
        }
        Ok(())
    }
}

pub(super) fn summaries(
    tx: &Transaction<'_>,
    countries: &[CountryCode],
) -> Result<Vec<PublisherSummary>, StoreError> {
    const DOING: &str = "listing publishers";
    let narrowed = if countries.is_empty() {
        String::new()
    } else {
        format!(
            "AND publisher.country IN ({})",
            placeholders(countries.len())
        )
    };
    let mut feeds = feeds_by_publisher(tx)?.into_iter().peekable();
    let mut statement = tx
        .prepare_cached(&format!(
            "SELECT publisher.id, slug, publisher.name, home, publisher.country, country.region,
                    language, publisher_choice.followed,
                    publisher.listed AND coalesce(publisher_choice.followed, enabled),
                    articles, unread, own
               FROM publisher
               JOIN country ON country.code = publisher.country
               JOIN publisher_count ON publisher_count.publisher = publisher.id
               LEFT JOIN publisher_choice USING (slug)
              WHERE (publisher.listed OR articles > 0 AND NOT own) {narrowed}
              ORDER BY publisher.id"
        ))
        .doing(DOING)?;
    let mut summaries: Vec<PublisherSummary> = statement
        .query_map(params_from_iter(countries), |row| {
            let id: i64 = row.get(0)?;
            while feeds.next_if(|(publisher, _)| *publisher < id).is_some() {}
            let mut own = Vec::new();
            while let Some((_, feed)) = feeds.next_if(|(publisher, _)| *publisher == id) {
                own.push(feed);
            }
            Ok(PublisherSummary {
                id: PublisherId(row.get(1)?),
                name: row.get(2)?,
                home: sql::url(row, 3)?,
                country: row.get(4)?,
                region: super::counts::region(row, 5)?,
                language: row.get(6)?,
                followed: row.get(7)?,
                enabled: row.get(8)?,
                articles: row.get(9)?,
                unread: row.get(10)?,
                own: row.get(11)?,
                feeds: own,
            })
        })
        .and_then(Iterator::collect)
        .doing(DOING)?;
    // By id among those of one name, and not by which was stored first.
    summaries.sort_by(|a, b| (a.country, &a.name, &a.id).cmp(&(b.country, &b.name, &b.id)));
    Ok(summaries)
}

/// Listed feeds with whose they are, by publisher and rank.
fn feeds_by_publisher(tx: &Transaction<'_>) -> Result<Vec<(i64, FeedStatus)>, StoreError> {
    const DOING: &str = "listing feeds";
    let mut statement = tx
        .prepare_cached(
            "SELECT publisher, url, adopted_url, gone, error_text, checked_at, succeeded_at,
                    next_check_at
               FROM feed WHERE listed ORDER BY publisher, rank",
        )
        .doing(DOING)?;
    statement
        .query_map([], |row| {
            let gone: bool = row.get(3)?;
            let reason: Option<String> = row.get(4)?;
            let checked_at = sql::optional_time(row, 5)?;
            Ok((
                row.get(0)?,
                FeedStatus {
                    url: sql::url(row, 1)?,
                    moved_to: sql::optional_url(row, 2)?,
                    health: match (gone, &reason, checked_at) {
                        (true, _, _) => FeedHealth::Gone,
                        (_, Some(_), _) => FeedHealth::Failing,
                        (_, None, Some(_)) => FeedHealth::Good,
                        (_, None, None) => FeedHealth::Unknown,
                    },
                    reason,
                    checked_at,
                    succeeded_at: sql::optional_time(row, 6)?,
                    next_check_at: sql::optional_time(row, 7)?,
                },
            ))
        })
        .and_then(Iterator::collect)
        .doing(DOING)
}
