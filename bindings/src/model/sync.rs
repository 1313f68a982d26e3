//! A sync: what is asked for, how far it is, what came of it.

use std::time::Duration;

use overview_core::model::PublisherId;
use overview_core::sync::{
    FeedOutcome, FeedReport, SyncEnd, SyncProgress, SyncReport, SyncRequest,
};

use crate::{CountryCode, FailureCode, Timestamp, Url};

/// What to refresh, and within which bounds.
#[uniffi::remote(Record)]
pub struct SyncRequest {
    /// Only publishers of these countries; empty means those followed, or all when none is.
    #[uniffi(default)]
    pub countries: Vec<CountryCode>,
    /// Only these publishers, also when they are switched off; empty means no such bound.
    #[uniffi(default)]
    pub publishers: Vec<PublisherId>,
    /// Stop launching and cut what runs when this much time is over. Of it a fifth is kept for stories.
    #[uniffi(default)]
    pub deadline: Option<Duration>,
    /// Stop launching once this many bytes came over the wire.
    #[uniffi(default)]
    pub byte_budget: Option<u64>,
    /// The same instead of that on a network that `set_metered` said to cost money.
    #[uniffi(default)]
    pub metered_byte_budget: Option<u64>,
    /// A person asked (pull to refresh): also feeds that are not due, still conditionally and
    /// never against a server's `Retry-After`.
    #[uniffi(default)]
    pub forced: bool,
    /// Fetches and stores, and does no more: `regroup` finds stories later.
    #[uniffi(default)]
    pub fetch_only: bool,
}

/// How far a sync is. Sent after every feed.
#[uniffi::remote(Record)]
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
#[uniffi::remote(Enum)]
pub enum SyncEnd {
    /// Every planned feed was checked.
    Completed,
    /// The caller cancelled it. The next run begins with what was left.
    Cancelled,
    /// The deadline passed. The next run begins with what was left.
    DeadlineReached,
    /// The byte budget was used up. The next run begins with what was left.
    BudgetReached,
    /// Many feeds were asked and every one failed: there is no network, or one that lets nothing
    /// through. The rest were left alone, so that their next check is not put off.
    NobodyReached,
}

/// What came of one feed.
#[uniffi::remote(Record)]
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
    pub next_check_at: Option<Timestamp>,
}

/// What happened to one feed.
#[uniffi::remote(Enum)]
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
        code: FailureCode,
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
#[uniffi::remote(Record)]
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
    pub took: Duration,
}
