//! Fetch, parse, store: plan, run, progress, report.

mod check;
mod discover;
mod entries;
mod judge;
mod page;
mod picture;
mod plan;
mod run;
pub mod schedule;

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;
use url::Url;

use crate::model::{CountryCode, PublisherId};

pub(crate) use check::check;
pub(crate) use discover::discover;
pub use judge::{Answer, CheckProgress, FeedCheck, Verdict, judge};
pub(crate) use page::fetch_page;
pub(crate) use picture::{FetchedPicture, fetch_picture, keep, path_of};
pub(crate) use run::Run;

/// What to refresh, and within which bounds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SyncRequest {
    /// Only publishers of these countries; empty means those followed, or all when none is.
    pub countries: Vec<CountryCode>,
    /// Only these publishers, also when they are switched off; empty means no such bound.
    pub publishers: Vec<PublisherId>,
    /// Stop launching and cut what runs when this much time is over. Of it a fifth is kept for stories,
    /// unless [`fetch_only`](Self::fetch_only) is set.
    pub deadline: Option<Duration>,
    /// Stop launching once this many bytes came over the wire.
    pub byte_budget: Option<u64>,
    /// The same instead of that while the network is
    /// [metered](crate::Overview::set_metered).
    pub metered_byte_budget: Option<u64>,
    /// A person asked (pull to refresh): also feeds that are not due, still conditionally and
    /// never against a server's `Retry-After`.
    pub forced: bool,
    /// Fetches and stores, and does no more: stories and translations come with
    /// [`Overview::regroup`](crate::Overview::regroup) and
    /// [`Overview::translate_in_background`](crate::Overview::translate_in_background).
    pub fetch_only: bool,
}

/// How far a sync is. Sent after every feed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SyncProgress {
    /// Feeds planned.
    pub planned: u32,
    /// Feeds done, well or badly.
    pub done: u32,
    /// Feeds failed.
    pub failed: u32,
    /// Articles that were not known before.
    pub new_articles: u32,
    /// Bytes that came over the wire.
    pub bytes: u64,
    /// The publisher whose feed was just done.
    pub latest: Option<PublisherId>,
}

/// How a sync ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncEnd {
    /// Every planned feed was checked.
    Completed,
    /// The caller cancelled it. The next run begins with what was left.
    Cancelled,
    /// The deadline passed. The next run with a bound begins with what was left.
    DeadlineReached,
    /// The byte budget was used up. The next run begins with what was left.
    BudgetReached,
    /// Many feeds were asked and every one failed: there is no network, or one that lets nothing
    /// through. The rest were left alone, so that their next check is not put off.
    NobodyReached,
}

/// What came of one feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedReport {
    /// Whose feed.
    pub publisher: PublisherId,
    /// Its country.
    pub country: CountryCode,
    /// Its address in the catalogue.
    pub feed: Url,
    /// What happened.
    pub outcome: FeedOutcome,
    /// Not polled again before this.
    pub next_check_at: Option<DateTime<Utc>>,
}

/// What happened to one feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum FeedOutcome {
    /// It had new or changed articles.
    New {
        /// Not known before.
        new: u32,
        /// Known, and edited since.
        updated: u32,
    },
    /// It answered, with nothing new.
    Unchanged,
    /// It failed; its stored articles stay.
    Failed {
        /// What kind of failure, stable for programs: `dns`, `timeout`, `not_a_feed`, ...
        code: &'static str,
        /// Why, in a sentence that says what was being done.
        reason: String,
    },
    /// It was not reached: cancelled, out of time or bytes, or its host asked for a pause.
    Skipped {
        /// Why, in a sentence.
        reason: String,
    },
}

/// The whole story of a sync.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SyncReport {
    /// How it ended.
    pub end: SyncEnd,
    /// The final figures.
    pub progress: SyncProgress,
    /// Feeds in the scope that were not due, so not planned.
    pub not_due: u32,
    /// Every planned feed, in the order they ended.
    pub feeds: Vec<FeedReport>,
    /// How long it took.
    #[serde(serialize_with = "as_millis")]
    pub took: Duration,
}

fn as_millis<S: serde::Serializer>(took: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(took.as_millis()).unwrap_or(u64::MAX))
}
