//! Which of the wanted feeds are polled now. Pure.

use chrono::{DateTime, Utc};

use super::schedule;
use crate::model::FeedPollState;
use crate::store::PlannedFeed;

/// The feeds a run polls, and how many it leaves for later.
pub(super) struct Plan {
    pub(super) feeds: Vec<PlannedFeed>,
    pub(super) not_due: u32,
}

impl Plan {
    /// Keeps the order of `wanted`, which is by how much each is wanted, with two exceptions: feeds
    /// that are due come before those a person asks for all the same, and in a window of bounded time
    /// or bytes those come first that the last one did not reach. Otherwise windows that are too short
    /// for all would ask the same feeds each time.
    pub(super) fn of(
        wanted: Vec<PlannedFeed>,
        forced: bool,
        is_window: bool,
        now: DateTime<Utc>,
    ) -> Self {
        let before = wanted.len();
        let last = wanted.iter().filter_map(|feed| feed.state.checked_at).max();
        let mut feeds: Vec<PlannedFeed> = wanted
            .into_iter()
            .filter(|feed| schedule::is_due(&feed.state, now, forced))
            .collect();
        // Stable, so that the rest of the order stands. Of what was left, whoever waits longest is
        // first: else short windows would ask the same few in turn.
        feeds.sort_by_key(|feed| {
            let is_due = schedule::is_due(&feed.state, now, false);
            let was_left = is_window && last.is_some_and(|at| was_left(&feed.state, at));
            let waits_since = feed.state.checked_at.filter(|_| was_left);
            (!is_due, !was_left, waits_since)
        });
        Self {
            not_due: u32::try_from(before - feeds.len()).unwrap_or(u32::MAX),
            feeds,
        }
    }
}

/// Whether a feed was due already when another was asked last.
fn was_left(state: &FeedPollState, last: DateTime<Utc>) -> bool {
    match (state.checked_at, state.next_check_at) {
        (None, _) => true,
        (Some(checked), Some(next)) => checked < last && next <= last,
        (Some(_), None) => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::store::FeedId;

    fn feed(number: i64, checked: Option<i64>, next: Option<i64>) -> PlannedFeed {
        let at = |minutes: Option<i64>| minutes.map(|minutes| noon() + Duration::minutes(minutes));
        PlannedFeed {
            id: FeedId::of(number),
            url: "https://a.example/feed".parse().unwrap(),
            publisher: "a".into(),
            country: "KE".parse().unwrap(),
            language: "en".to_owned(),
            state: FeedPollState {
                checked_at: at(checked),
                next_check_at: at(next),
                ..FeedPollState::default()
            },
        }
    }

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_791_201_600, 0).unwrap()
    }

    fn order(plan: &Plan) -> Vec<u64> {
        plan.feeds.iter().map(|feed| feed.id.seed()).collect()
    }

    #[test]
    fn a_window_begins_with_what_the_last_one_left() {
        let wanted = || {
            vec![
                // Asked in the last window, and due again.
                feed(1, Some(-70), Some(-10)),
                feed(2, Some(-71), Some(-11)),
                // Due then, and not asked.
                feed(3, Some(-200), Some(-140)),
                feed(4, None, None),
                // Not due.
                feed(5, Some(-70), Some(50)),
            ]
        };
        let window = Plan::of(wanted(), false, true, noon());
        assert_eq!((order(&window), window.not_due), (vec![4, 3, 1, 2], 1));
        let all = Plan::of(wanted(), false, false, noon());
        assert_eq!(order(&all), [1, 2, 3, 4]);
    }

    #[test]
    fn what_is_due_comes_before_what_is_asked_for_all_the_same() {
        let wanted = vec![
            feed(1, Some(-20), Some(40)),
            feed(2, Some(-70), Some(-10)),
            feed(3, Some(-30), Some(30)),
        ];
        assert_eq!(order(&Plan::of(wanted, true, false, noon())), [2, 1, 3]);
    }

    /// Whatever fits into a window, all are asked after as many windows as it takes.
    #[test]
    fn short_windows_come_to_every_feed() {
        let mut feeds: Vec<PlannedFeed> = (0..50).map(|number| feed(number, None, None)).collect();
        let mut asked = std::collections::BTreeSet::new();
        for window in 0..8 {
            // Longer apart than any feed's interval.
            let now = noon() + Duration::hours(3 * window);
            for done in Plan::of(feeds.clone(), false, true, now)
                .feeds
                .iter()
                .take(7)
            {
                asked.insert(done.id);
                let feed = feeds.iter_mut().find(|feed| feed.id == done.id).unwrap();
                feed.state.checked_at = Some(now);
                feed.state.next_check_at = Some(now + Duration::hours(1));
            }
        }
        assert_eq!(asked.len(), 50);
    }
}
