//! Feeds: which to poll, in which order, and what came of it.

use chrono::{DateTime, Utc};
use rusqlite::{Row, Transaction, params, params_from_iter};
use url::Url;

use super::articles::{self, IncomingArticle, Ingested};
use super::batch::Batch;
use super::error::{Doing, StoreError};
use super::sql::{self, Millis, placeholders};
use super::text::Words;
use crate::model::{
    CountryCode, FeedPollState, Move, PollError, PublisherId, UpdateHints, Validators,
};

/// Names a feed in this store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FeedId(pub(super) i64);

impl FeedId {
    #[cfg(test)]
    pub(crate) fn of(number: i64) -> Self {
        Self(number)
    }

    /// A number of its own, to spread this feed's polls away from the others'.
    pub(crate) fn seed(self) -> u64 {
        self.0.unsigned_abs()
    }
}

/// A feed a sync may poll.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedFeed {
    /// Which feed.
    pub id: FeedId,
    /// Its address in the catalogue.
    pub url: Url,
    /// Whose it is.
    pub publisher: PublisherId,
    /// Home country of the publisher.
    pub country: CountryCode,
    /// Main language of the publisher, BCP 47.
    pub language: String,
    /// What is remembered of earlier polls.
    pub state: FeedPollState,
}

/// What came of one poll.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedUpdate {
    /// Which feed.
    pub feed: FeedId,
    /// What to remember.
    pub state: FeedPollState,
    /// Articles of a document that was not seen before, in its order; empty otherwise.
    pub articles: Vec<IncomingArticle>,
    /// The time of the poll.
    pub now: DateTime<Utc>,
}

const STATE: &str = "adopted_url, validators_url, etag, last_modified, validators_since, body_hash,
    interval_minutes, skip_hours, skip_days, checked_at, succeeded_at, next_check_at, not_before,
    failures, parse_failures, error_code, error_text, error_on_the_way, move_url, move_sightings,
    move_since, gone";

/// The feeds of these countries and publishers, or of what is followed, or of all, in the order in
/// which they are wanted: what the person follows, then the countries read most, then a
/// publisher's best feed before its second, then what was checked longest ago. So a run that was
/// cut off is continued by the next.
pub(super) fn plan(
    tx: &Transaction<'_>,
    countries: &[CountryCode],
    publishers: &[PublisherId],
) -> Result<Vec<PlannedFeed>, StoreError> {
    const DOING: &str = "planning which feeds to check";
    let mut scope = String::new();
    if !publishers.is_empty() {
        scope = format!("AND slug IN ({})", placeholders(publishers.len()));
    } else {
        scope.push_str("AND publisher.listed AND coalesce(chosen.followed, publisher.enabled)");
        if !countries.is_empty() {
            scope.push_str(&format!(
                " AND publisher.country IN ({})",
                placeholders(countries.len())
            ));
        } else if follows_anything(tx)? {
            scope.push_str(" AND (chosen.followed OR country_choice.followed OR publisher.own)");
        }
    }
    let sql = format!(
        "WITH taste AS (
             SELECT country, sum(articles - unread) AS reads
               FROM publisher JOIN publisher_count ON publisher_count.publisher = publisher.id
              GROUP BY country
         )
         SELECT feed.id, feed.url, slug, publisher.country, language, {STATE}
           FROM feed
           JOIN publisher ON publisher.id = feed.publisher
           JOIN taste ON taste.country = publisher.country
           LEFT JOIN publisher_choice AS chosen USING (slug)
           LEFT JOIN country_choice ON country_choice.country = publisher.country
          WHERE feed.listed {scope}
          ORDER BY coalesce(chosen.followed, country_choice.followed OR publisher.own, publisher.own) DESC, reads DESC, rank,
                   checked_at, feed.id"
    );
    let values = countries
        .iter()
        .filter(|_| publishers.is_empty())
        .map(CountryCode::as_str)
        .chain(publishers.iter().map(PublisherId::as_str));
    let mut statement = tx.prepare(&sql).doing(DOING)?;
    statement
        .query_map(params_from_iter(values), |row| {
            Ok(PlannedFeed {
                id: FeedId(row.get(0)?),
                url: sql::url(row, 1)?,
                publisher: PublisherId(row.get(2)?),
                country: row.get(3)?,
                language: row.get(4)?,
                state: read_state(row, 5)?,
            })
        })
        .and_then(Iterator::collect)
        .doing(DOING)
}

fn follows_anything(tx: &Transaction<'_>) -> Result<bool, StoreError> {
    tx.query_row(
        "SELECT EXISTS (SELECT 1 FROM country_choice WHERE followed)
             OR EXISTS (SELECT 1 FROM publisher_choice WHERE followed)",
        [],
        |row| row.get(0),
    )
    .doing("reading what is followed")
}

/// The columns of [`STATE`], from `first` on.
fn read_state(row: &Row<'_>, first: usize) -> rusqlite::Result<FeedPollState> {
    let mut column = first;
    let mut next = || {
        column += 1;
        column - 1
    };
    // In the order of STATE.
    let adopted_url = sql::optional_url(row, next())?;
    let validators_url: Option<String> = row.get(next())?;
    let etag = row.get(next())?;
    let last_modified = row.get(next())?;
    Ok(FeedPollState {
        adopted_url,
        validators: validators_url.map(|url| Validators {
            url,
            etag,
            last_modified,
        }),
        validators_since: sql::optional_time(row, next())?,
        body_hash: row.get(next())?,
        hints: UpdateHints {
            interval_minutes: row.get(next())?,
            skip_hours: row.get(next())?,
            skip_days: row.get(next())?,
        },
        checked_at: sql::optional_time(row, next())?,
        succeeded_at: sql::optional_time(row, next())?,
        next_check_at: sql::optional_time(row, next())?,
        not_before: sql::optional_time(row, next())?,
        failures: row.get(next())?,
        parse_failures: row.get(next())?,
        last_error: {
            let (code, text, connectivity): (Option<String>, Option<String>, bool) =
                (row.get(next())?, row.get(next())?, row.get(next())?);
            code.zip(text).map(|(code, text)| PollError {
                code,
                text,
                connectivity,
            })
        },
        moved: {
            let url = sql::optional_url(row, next())?;
            let sightings = row.get(next())?;
            let first_seen = sql::optional_time(row, next())?;
            url.zip(first_seen).map(|(url, first_seen)| Move {
                url,
                sightings,
                first_seen,
            })
        },
        gone: row.get(next())?,
    })
}

/// Stores a poll's articles and the feed's state.
pub(super) fn store(
    batch: &mut Batch<'_>,
    update: FeedUpdate,
    words: Vec<Words>,
) -> Result<Ingested, StoreError> {
    const DOING: &str = "storing what came of a feed";
    let tx = batch.tx;
    let ingested = if update.articles.is_empty() {
        Ingested::default()
    } else {
        let (publisher, country) = tx
            .prepare_cached(
                "SELECT publisher.id, country FROM feed
                   JOIN publisher ON publisher.id = feed.publisher WHERE feed.id = ?1",
            )
            .and_then(|mut statement| {
                statement.query_row([update.feed.0], |row| Ok((row.get(0)?, row.get(1)?)))
            })
            .doing(DOING)?;
        let articles = update.articles.into_iter().zip(words).collect();
        articles::ingest(
            batch,
            update.feed.0,
            publisher,
            country,
            articles,
            update.now,
        )?
    };
    let state = &update.state;
    let validators = state.validators.as_ref();
    let error = state.last_error.as_ref();
    let moved = state.moved.as_ref();
    tx.prepare_cached(&format!(
        "UPDATE feed SET ({STATE}) =
             (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
              ?21, ?22, ?23)
          WHERE id = ?1"
    ))
    .and_then(|mut statement| {
        statement.execute(params![
            update.feed.0,
            state.adopted_url.as_ref().map(Url::as_str),
            validators.map(|v| &v.url),
            validators.and_then(|v| v.etag.as_ref()),
            validators.and_then(|v| v.last_modified.as_ref()),
            state.validators_since.map(Millis::from),
            state.body_hash,
            state.hints.interval_minutes,
            state.hints.skip_hours,
            state.hints.skip_days,
            state.checked_at.map(Millis::from),
            state.succeeded_at.map(Millis::from),
            state.next_check_at.map(Millis::from),
            state.not_before.map(Millis::from),
            state.failures,
            state.parse_failures,
            error.map(|error| &error.code),
            error.map(|error| &error.text),
            error.is_some_and(|error| error.connectivity),
            moved.map(|moved| moved.url.as_str()),
            moved.map_or(0, |moved| moved.sightings),
            moved.map(|moved| Millis::from(moved.first_seen)),
            state.gone,
        ])
    })
    .doing(DOING)?;
    Ok(ingested)
}
