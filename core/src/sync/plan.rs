//! Which of the wanted feeds are polled now. Pure.

use chrono::{DateTime, Utc};

use super::schedule;
use crate::store::PlannedFeed;

/// The feeds a run polls, and how many it leaves for later.
pub(super) struct Plan {
    pub(super) feeds: Vec<PlannedFeed>,
    pub(super) not_due: u32,
}

impl Plan {
    /// Keeps the order of `wanted`, which is by how much each is wanted.
    pub(super) fn of(wanted: Vec<PlannedFeed>, forced: bool, now: DateTime<Utc>) -> Self {
        let before = wanted.len();
        let feeds: Vec<PlannedFeed> = wanted
            .into_iter()
            .filter(|feed| schedule::is_due(&feed.state, now, forced))
            .collect();
        Self {
            not_due: u32::try_from(before - feeds.len()).unwrap_or(u32::MAX),
            feeds,
        }
    }
}
