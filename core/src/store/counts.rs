//! Counts by country: sums over publishers, never over articles.

use rusqlite::Transaction;

use super::error::{Doing, StoreError};
use super::sql;
use crate::model::{CountrySummary, Region};

/// A publisher counts when it is not switched off; it is listed among the publishers when it
/// would be fetched as well.
const COUNTRIES: &str = "
    WITH shown AS (
        SELECT publisher.id, publisher.country,
               publisher.listed AND coalesce(publisher_choice.followed, publisher.enabled) AS fetched
          FROM publisher
          LEFT JOIN publisher_choice USING (slug)
         WHERE coalesce(publisher_choice.followed, 1)
    ),
    refreshed AS (
        SELECT publisher, max(succeeded_at) AS at FROM feed GROUP BY publisher
    ),
    counted AS (
        SELECT shown.country, sum(fetched) AS publishers, sum(articles) AS articles,
               sum(unread) AS unread, sum(stories) AS stories,
               sum(unread_stories) AS unread_stories, max(refreshed.at) AS refreshed_at
          FROM shown
          JOIN publisher_count ON publisher_count.publisher = shown.id
          LEFT JOIN refreshed ON refreshed.publisher = shown.id
         GROUP BY shown.country
    )
    SELECT country.code, country.name, country.region,
           coalesce(publishers, 0), coalesce(articles, 0), coalesce(unread, 0),
           coalesce(country_choice.followed, 0), refreshed_at, coalesce(stories, 0),
           coalesce(unread_stories, 0)
      FROM country
      LEFT JOIN counted ON counted.country = country.code
      LEFT JOIN country_choice ON country_choice.country = country.code
     WHERE country.listed OR articles > 0
     ORDER BY country.name";

pub(super) fn countries(tx: &Transaction<'_>) -> Result<Vec<CountrySummary>, StoreError> {
    const DOING: &str = "counting articles by country";
    let mut statement = tx.prepare_cached(COUNTRIES).doing(DOING)?;
    let rows = statement
        .query_map([], |row| {
            Ok(CountrySummary {
                country: row.get(0)?,
                name: row.get(1)?,
                region: region(row, 2)?,
                publishers: row.get(3)?,
                articles: row.get(4)?,
                unread: row.get(5)?,
                followed: row.get(6)?,
                refreshed_at: sql::optional_time(row, 7)?,
                stories: row.get(8)?,
                unread_stories: row.get(9)?,
            })
        })
        .doing(DOING)?;
    rows.collect::<Result<_, _>>().doing(DOING)
}

pub(super) fn region(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Region> {
    let name = row.get_ref(column)?.as_str()?;
    Region::from_name(name).ok_or_else(|| {
        rusqlite::Error::FromSqlConversionFailure(
            column,
            rusqlite::types::Type::Text,
            format!("{name:?} is not a region").into(),
        )
    })
}
