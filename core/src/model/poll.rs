use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

/// What a server gave to ask conditionally with, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Validators {
    /// The address they are good for: never sent to another.
    pub url: String,
    /// `ETag` as sent, quotes and `W/` included.
    pub etag: Option<String>,
    /// `Last-Modified` as sent.
    pub last_modified: Option<String>,
}

/// What is remembered of one feed address between polls: everything that decides when and how it
/// is asked again. Kept per address of the catalogue, so a feed whose address the catalogue
/// changes starts afresh.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedPollState {
    /// To ask conditionally with.
    pub validators: Option<Validators>,
    /// When the last full answer came that the validators belong to.
    pub validators_since: Option<DateTime<Utc>>,
    /// SHA-256 of the last body that was a good feed.
    pub body_hash: Option<[u8; 32]>,
    /// What the last good feed said about polling it.
    pub hints: UpdateHints,
    /// Not polled before this, unless a person asks; `None` is due at once.
    pub next_check_at: Option<DateTime<Utc>>,
    /// Not polled before this even when a person asks: the server wants to be left alone.
    pub not_before: Option<DateTime<Utc>>,
    /// When it was last asked.
    pub checked_at: Option<DateTime<Utc>>,
    /// When it last gave a good answer.
    pub succeeded_at: Option<DateTime<Utc>>,
    /// Failures of any kind since then.
    pub failures: u32,
    /// Answers since then that were no feed.
    pub parse_failures: u32,
    /// Why the last poll failed; `None` when it did not.
    pub last_error: Option<PollError>,
    /// A permanent redirect that is seen but not yet believed.
    pub moved: Option<Move>,
    /// Asked instead of the catalogue's address: a permanent redirect that proved itself.
    pub adopted_url: Option<Url>,
    /// The server said 410: never asked again.
    pub gone: bool,
}

impl FeedPollState {
    /// Until when the feed's whole host wants to be left alone, as far as this feed knows. A run
    /// that begins tells its client, which knows only what happened since it was made.
    pub fn host_paused_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let code = self.last_error.as_ref().map(|e| e.code.as_str());
        let by_host = matches!(code, Some("rate_limited" | "host_paused"));
        self.not_before.filter(|until| by_host && *until > now)
    }
}

/// Why a poll failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollError {
    /// Stable for programs: `dns`, `timeout`, `not_a_feed`, ...
    pub code: String,
    /// In a sentence that says what was being done.
    pub text: String,
    /// Nothing is known to be wrong with the feed: the way to it was.
    pub connectivity: bool,
}

/// Sightings of a permanent redirect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// Where to.
    pub url: Url,
    /// In how many good answers in a row.
    pub sightings: u32,
    /// In the first of them.
    pub first_seen: DateTime<Utc>,
}

/// What a feed itself says about how often it changes. May only ever lengthen the polling interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UpdateHints {
    /// RSS `ttl` or the syndication module's period over frequency, in minutes.
    pub interval_minutes: Option<u32>,
    /// RSS `skipHours`: bit h set means not in hour h, UTC.
    pub skip_hours: u32,
    /// RSS `skipDays`: bit 0 is Monday.
    pub skip_days: u8,
}
