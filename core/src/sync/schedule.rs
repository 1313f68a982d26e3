//! When a feed is asked again, and with what: pure functions over [`FeedPollState`].
//!
//! | what happened | next check |
//! |---|---|
//! | a good answer | the longest of one hour, the feed's own interval, `max-age` or `Expires` (five hours at most: some servers say years), `Retry-After`; then past skipped hours and days; 24 hours at most |
//! | 429, 503 | as told, and never sooner than the back-off; not even when a person asks |
//! | its host is paused | when the pause ends |
//! | 404, 408, 425, 5xx, bad redirects | one hour, doubled with each failure, 24 hours at most |
//! | another 4xx, a wall against robots | 53 hours, not even when a person asks |
//! | 410 | never |
//! | no way to it (name, connection, TLS, captive portal) | 5 minutes, doubled up to one hour: most often it is the reader's own network |
//! | broke off or timed out | one hour |
//! | no feed | one hour; 24 hours from the third in a row |
//!
//! Intervals get up to a twentieth on top, by the seed, so that devices do not march in step.

use chrono::{DateTime, Datelike, Duration, DurationRound, Timelike, Utc};
use url::Url;

use crate::http::{Body, Fetched, HttpError, HttpFailure, Kind, Request};
use crate::model::{FeedPollState, Move, PollError, UpdateHints};

/// By itself no feed is asked more often.
const BASE: Duration = Duration::hours(1);
/// Whatever a feed or server says, it is asked again after this.
const LONGEST: Duration = Duration::hours(24);
/// What is believed of `max-age` and `Expires`.
const MAX_AGE_BELIEVED: Duration = Duration::hours(5);
/// Leaving alone an address that refuses.
const REFUSED: Duration = Duration::hours(53);
/// First pause when there was no way to the server.
const UNREACHED: Duration = Duration::minutes(5);
/// Least time between two polls when a person asks for them.
const FORCED_GAP: Duration = Duration::minutes(9);
/// The same when the last one failed on the way, as in a tunnel.
const FORCED_GAP_UNREACHED: Duration = Duration::minutes(1);
/// Some servers answer 304 for ever; after this a full answer is asked for.
const VALIDATORS_LAST: Duration = Duration::days(8);
/// A permanent redirect is believed after so many good answers through it,
const MOVE_SIGHTINGS: u32 = 3;
/// spread over at least this.
const MOVE_SPREAD: Duration = Duration::days(2);
/// Answers in a row that are no feed before it is asked only daily, and failures in a row before
/// an adopted address is given up.
const PATIENCE: u32 = 3;

/// Why a poll brought no feed.
#[derive(Debug, Clone, Copy)]
pub enum PollFailure<'a> {
    /// No good answer.
    Http(&'a HttpError),
    /// A good answer that is no feed.
    Parse {
        /// Stable for programs.
        code: &'a str,
        /// In a sentence that says what was being done.
        reason: &'a str,
    },
}

/// Whether a feed may be asked now. `forced`: a person asks, which overrides the schedule but not
/// a server's wish to be left alone, nor a least gap of nine minutes (one, when the last poll
/// failed on the way).
pub fn is_due(state: &FeedPollState, now: DateTime<Utc>, forced: bool) -> bool {
    if state.gone {
        return false;
    }
    // Written by a clock that ran ahead: nothing in it can be waited for.
    if state.checked_at.is_some_and(|at| at > now + BASE) {
        return true;
    }
    let reached = |time: Option<DateTime<Utc>>| time.is_none_or(|t| t <= now);
    if !reached(state.not_before) {
        return false;
    }
    if !forced {
        return reached(state.next_check_at);
    }
    let failed_on_the_way = state.last_error.as_ref().is_some_and(|e| e.connectivity);
    let gap = if failed_on_the_way {
        FORCED_GAP_UNREACHED
    } else {
        FORCED_GAP
    };
    reached(state.checked_at.map(|at| at + gap)) || reached(state.next_check_at)
}

/// The request that polls a feed of this catalogue address; `None` when it is gone for good.
pub fn request_for(state: &FeedPollState, url: &Url, now: DateTime<Utc>) -> Option<Request> {
    if state.gone {
        return None;
    }
    let fresh = state
        .validators_since
        .is_some_and(|since| now - since < VALIDATORS_LAST);
    Some(Request {
        url: state.adopted_url.as_ref().unwrap_or(url).clone(),
        kind: Kind::Feed,
        validators: state.validators.clone().filter(|_| fresh),
    })
}

/// Whether an answer holds nothing that was not in the last good feed, so need not be parsed.
pub fn is_unchanged(state: &FeedPollState, fetched: &Fetched) -> bool {
    match &fetched.body {
        Body::NotModified => true,
        Body::New { hash, .. } => state.body_hash.as_ref() == Some(hash),
    }
}

/// After an answer that is unchanged or was parsed as a feed. `hints` are the parsed feed's;
/// `None` when nothing was parsed, which keeps those known.
pub fn after_success(
    state: &FeedPollState,
    fetched: &Fetched,
    hints: Option<&UpdateHints>,
    now: DateTime<Utc>,
    seed: u64,
) -> FeedPollState {
    let hints = hints.copied().unwrap_or(state.hints);
    let told_to_wait = fetched.freshness.retry_after.map(bounded);
    let interval = [
        hints
            .interval_minutes
            .map(|minutes| Duration::minutes(minutes.into())),
        fetched
            .freshness
            .max_age
            .map(|age| bounded(age).min(MAX_AGE_BELIEVED)),
        told_to_wait,
    ]
    .into_iter()
    .flatten()
    .fold(BASE, Duration::max);
    let (validators_since, body_hash) = match &fetched.body {
        Body::NotModified => (state.validators_since, state.body_hash),
        Body::New { hash, .. } => (Some(now), Some(*hash)),
    };
    let (moved, adopted_url) = follow_move(state, fetched, now);
    FeedPollState {
        validators: fetched.validators.clone(),
        validators_since,
        body_hash,
        next_check_at: Some(past_skipped(now, jittered(interval, seed), hints)),
        not_before: told_to_wait.map(|wait| now + wait),
        checked_at: Some(now),
        succeeded_at: Some(now),
        failures: 0,
        parse_failures: 0,
        last_error: None,
        hints,
        moved,
        adopted_url,
        gone: false,
    }
}

/// After a poll that brought no feed. What was known of the feed stays.
pub fn after_failure(
    state: &FeedPollState,
    failure: PollFailure<'_>,
    now: DateTime<Utc>,
    seed: u64,
) -> FeedPollState {
    let course = Course::after(failure);
    let mut next = state.clone();
    next.last_error = Some(described(failure, course));
    if let Course::HostPaused(until) = course {
        // Nothing was sent, so this says nothing about the feed.
        let until = until.min(now + LONGEST);
        next.next_check_at = state.next_check_at.max(Some(until));
        next.not_before = state.not_before.max(Some(until));
        return next;
    }
    next.checked_at = Some(now);
    next.not_before = None;
    next.failures = state.failures.saturating_add(1);
    if course == Course::NoFeed {
        next.parse_failures = state.parse_failures.saturating_add(1);
    }
    let wait = match course {
        Course::HostPaused(_) | Course::Interrupted => BASE,
        Course::Unreached => doubled(UNREACHED, next.failures).min(BASE),
        Course::Broken | Course::Gone => doubled(BASE, next.failures),
        Course::NoFeed if next.parse_failures >= PATIENCE => LONGEST,
        Course::NoFeed => BASE,
        Course::Refused => REFUSED,
        Course::Wait(told) => told.max(doubled(BASE, next.failures)),
    };
    next.next_check_at = Some(now + jittered(wait, seed).min(wait.max(LONGEST)));
    match course {
        Course::Refused => next.not_before = Some(now + REFUSED),
        Course::Wait(told) => next.not_before = Some(now + told),
        _ => {}
    }
    let about_the_address = matches!(
        course,
        Course::Broken | Course::Gone | Course::NoFeed | Course::Refused
    );
    if state.adopted_url.is_some()
        && about_the_address
        && (course == Course::Gone || next.failures >= PATIENCE)
    {
        // The address we chose ourselves failed: back to the catalogue's, within the hour.
        next.adopted_url = None;
        next.moved = None;
        next.not_before = None;
        next.next_check_at = Some(now + jittered(BASE, seed));
    } else if course == Course::Gone {
        next.gone = true;
    }
    next
}

/// What a failure means for the next check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    HostPaused(DateTime<Utc>),
    Unreached,
    Interrupted,
    Broken,
    NoFeed,
    Refused,
    Wait(Duration),
    Gone,
}

impl Course {
    fn after(failure: PollFailure<'_>) -> Self {
        let PollFailure::Http(error) = failure else {
            return Self::NoFeed;
        };
        match &error.failure {
            HttpFailure::HostPaused { until, .. } => Self::HostPaused(*until),
            // Captive portals answer every name with a private address, and every connection
            // with their own certificate or sign-in page.
            HttpFailure::Setup(_)
            | HttpFailure::Dns(_)
            | HttpFailure::Connect(_)
            | HttpFailure::Tls(_)
            | HttpFailure::PrivateAddress { .. }
            | HttpFailure::Login { .. } => Self::Unreached,
            HttpFailure::Timeout { .. }
            | HttpFailure::Idle { .. }
            | HttpFailure::Truncated
            | HttpFailure::Io(_) => Self::Interrupted,
            HttpFailure::TooLarge { .. }
            | HttpFailure::Decode(_)
            | HttpFailure::WrongKind { .. } => Self::NoFeed,
            HttpFailure::RateLimited { retry_after, .. } => Self::Wait(bounded(*retry_after)),
            HttpFailure::Gone => Self::Gone,
            HttpFailure::Blocked { .. } => Self::Refused,
            HttpFailure::Status { status } => match status {
                404 | 408 | 425 => Self::Broken,
                400..=499 => Self::Refused,
                _ => Self::Broken,
            },
            HttpFailure::BadUrl(_)
            | HttpFailure::RedirectLoop
            | HttpFailure::TooManyRedirects { .. }
            | HttpFailure::Downgrade => Self::Broken,
        }
    }
}

fn described(failure: PollFailure<'_>, course: Course) -> PollError {
    let (code, text) = match failure {
        PollFailure::Http(error) => (error.code(), error.to_string()),
        PollFailure::Parse { code, reason } => (code, reason.to_owned()),
    };
    PollError {
        code: code.to_owned(),
        text,
        connectivity: matches!(course, Course::Unreached | Course::Interrupted),
    }
}

/// Counts a permanent redirect, or adopts it. An answer without one ends the count.
fn follow_move(
    state: &FeedPollState,
    fetched: &Fetched,
    now: DateTime<Utc>,
) -> (Option<Move>, Option<Url>) {
    let Some(target) = &fetched.permanent_url else {
        return (None, state.adopted_url.clone());
    };
    let seen = match &state.moved {
        Some(moved) if moved.url == *target => Move {
            sightings: moved.sightings.saturating_add(1),
            ..moved.clone()
        },
        _ => Move {
            url: target.clone(),
            sightings: 1,
            first_seen: now,
        },
    };
    if seen.sightings >= MOVE_SIGHTINGS && now - seen.first_seen >= MOVE_SPREAD {
        (None, Some(seen.url))
    } else {
        (Some(seen), state.adopted_url.clone())
    }
}

/// The first moment from `now + interval` on that is in no skipped hour or day; a feed that
/// leaves none within 24 hours is asked then all the same.
fn past_skipped(now: DateTime<Utc>, interval: Duration, hints: UpdateHints) -> DateTime<Utc> {
    let latest = now + LONGEST;
    let skipped = |t: DateTime<Utc>| {
        let hour = 1_u32.checked_shl(t.hour()).unwrap_or(0);
        let day = 1_u8
            .checked_shl(t.weekday().num_days_from_monday())
            .unwrap_or(0);
        hints.skip_hours & hour != 0 || hints.skip_days & day != 0
    };
    let mut time = now + interval;
    while time < latest && skipped(time) {
        let Ok(hour) = time.duration_trunc(Duration::hours(1)) else {
            return latest;
        };
        time = hour + Duration::hours(1);
    }
    time.min(latest)
}

/// `interval` and up to a twentieth of it.
fn jittered(interval: Duration, seed: u64) -> Duration {
    // SplitMix64's finaliser (Steele, Lea and Flood, 2014), so that near seeds fall far apart.
    let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let thousandths = i64::try_from((mixed ^ (mixed >> 31)) % 1000).unwrap_or(0);
    let longest_of_all = interval.min(REFUSED);
    longest_of_all
        + Duration::milliseconds(longest_of_all.num_milliseconds() / 20_000 * thousandths)
}

/// `first`, doubled with each failure after the first, 24 hours at most.
fn doubled(first: Duration, failures: u32) -> Duration {
    let times = 1_i32 << failures.saturating_sub(1).min(10);
    (first * times).min(LONGEST)
}

fn bounded(wait: std::time::Duration) -> Duration {
    Duration::from_std(wait).map_or(LONGEST, |d| d.min(LONGEST))
}

#[cfg(test)]
mod tests;
