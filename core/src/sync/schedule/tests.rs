#![allow(clippy::unwrap_used)]

use std::time::Duration as Std;

use proptest::prelude::*;

use super::*;
use crate::http::Freshness;
use crate::model::Validators;

const FEED: &str = "https://news.example/feed";

fn now() -> DateTime<Utc> {
    // A Monday.
    "2026-10-05T12:10:00Z".parse().unwrap()
}

fn feed() -> Url {
    FEED.parse().unwrap()
}

fn answer(etag: Option<&str>) -> Fetched {
    Fetched {
        body: Body::New {
            bytes: Vec::new(),
            content_type: None,
            hash: [7; 32],
        },
        final_url: feed(),
        permanent_url: None,
        validators: etag.map(|etag| Validators {
            url: FEED.to_owned(),
            etag: Some(etag.to_owned()),
            last_modified: None,
        }),
        freshness: Freshness::default(),
        wire_bytes: 0,
    }
}

fn unmodified(etag: &str) -> Fetched {
    Fetched {
        body: Body::NotModified,
        ..answer(Some(etag))
    }
}

fn fresh_for(max_age: u64) -> Fetched {
    Fetched {
        freshness: Freshness {
            max_age: Some(Std::from_secs(max_age)),
            retry_after: None,
        },
        ..answer(None)
    }
}

fn failed(failure: HttpFailure) -> HttpError {
    HttpError {
        url: FEED.to_owned(),
        redirected_to: None,
        failure,
    }
}

fn fail(state: &FeedPollState, failure: HttpFailure, now: DateTime<Utc>) -> FeedPollState {
    after_failure(state, PollFailure::Http(&failed(failure)), now, 0)
}

fn status(status: u16) -> HttpFailure {
    HttpFailure::Status { status }
}

fn wait(state: &FeedPollState, now: DateTime<Utc>) -> Duration {
    state.next_check_at.unwrap() - now
}

/// Between a wait and a twentieth more.
fn about(wait: Duration, expected: Duration) -> bool {
    wait >= expected && wait <= expected + expected / 20
}

fn ok(fetched: &Fetched, hints: &UpdateHints) -> FeedPollState {
    after_success(&FeedPollState::default(), fetched, Some(hints), now(), 0)
}

#[test]
fn a_feed_never_asked_is_due_and_asked_in_full() {
    let state = FeedPollState::default();
    assert!(is_due(&state, now(), false));
    let request = request_for(&state, &feed(), now()).unwrap();
    assert_eq!(request.url, feed());
    assert_eq!(request.validators, None);
}

#[test]
fn a_silent_feed_is_asked_hourly() {
    let state = ok(&answer(None), &UpdateHints::default());
    assert!(about(wait(&state, now()), BASE));
    assert!(!is_due(&state, now() + Duration::minutes(59), false));
    assert!(is_due(&state, now() + Duration::minutes(64), false));
}

#[test]
fn hints_and_headers_only_lengthen() {
    let hourly = UpdateHints::default();
    let every = |minutes| UpdateHints {
        interval_minutes: Some(minutes),
        ..UpdateHints::default()
    };
    assert!(about(wait(&ok(&fresh_for(60), &every(5)), now()), BASE));
    assert!(about(
        wait(&ok(&answer(None), &every(180)), now()),
        Duration::hours(3)
    ));
    assert!(about(
        wait(&ok(&fresh_for(7200), &hourly), now()),
        Duration::hours(2)
    ));
    let years = fresh_for(16 * 365 * 86400);
    assert!(about(wait(&ok(&years, &hourly), now()), Duration::hours(5)));
    assert_eq!(wait(&ok(&answer(None), &every(u32::MAX)), now()), LONGEST);
}

#[test]
fn hints_hold_while_nothing_changes() {
    let hints = UpdateHints {
        interval_minutes: Some(180),
        ..UpdateHints::default()
    };
    let state = ok(&answer(Some("\"a\"")), &hints);
    let later = now() + Duration::hours(4);
    let state = after_success(&state, &unmodified("\"a\""), None, later, 0);
    assert!(about(wait(&state, later), Duration::hours(3)));
}

#[test]
fn skipped_hours_and_days_are_left_out() {
    // 13 to 15 UTC are skipped; an hour from 12:10 is 13:10.
    let afternoon = UpdateHints {
        skip_hours: 0b111 << 13,
        ..UpdateHints::default()
    };
    let next = ok(&answer(None), &afternoon).next_check_at.unwrap();
    assert_eq!(next.to_rfc3339(), "2026-10-05T16:00:00+00:00");
    let mondays = UpdateHints {
        skip_days: 1,
        ..UpdateHints::default()
    };
    let next = ok(&answer(None), &mondays).next_check_at.unwrap();
    assert_eq!(next.to_rfc3339(), "2026-10-06T00:00:00+00:00");
    let always = UpdateHints {
        skip_hours: u32::MAX,
        skip_days: u8::MAX,
        ..UpdateHints::default()
    };
    assert_eq!(wait(&ok(&answer(None), &always), now()), LONGEST);
}

#[test]
fn validators_are_echoed_renewed_and_forgotten_when_they_vanish() {
    let state = ok(&answer(Some("W/\"a\"")), &UpdateHints::default());
    let sent = request_for(&state, &feed(), now()).unwrap().validators;
    assert_eq!(sent.unwrap().etag.unwrap(), "W/\"a\"");
    let state = after_success(&state, &unmodified("\"b\""), None, now(), 0);
    let sent = request_for(&state, &feed(), now()).unwrap().validators;
    assert_eq!(sent.unwrap().etag.unwrap(), "\"b\"");
    let state = after_success(&state, &answer(None), None, now(), 0);
    assert_eq!(
        request_for(&state, &feed(), now()).unwrap().validators,
        None
    );
}

#[test]
fn a_server_that_answers_304_for_ever_is_asked_in_full_after_eight_days() {
    let mut state = ok(&answer(Some("\"a\"")), &UpdateHints::default());
    let mut time = now();
    while time < now() + Duration::days(8) {
        assert!(
            request_for(&state, &feed(), time)
                .unwrap()
                .validators
                .is_some()
        );
        state = after_success(&state, &unmodified("\"a\""), None, time, 0);
        time += Duration::hours(6);
    }
    assert_eq!(request_for(&state, &feed(), time).unwrap().validators, None);
    let state = after_success(&state, &answer(Some("\"a\"")), None, time, 0);
    assert!(
        request_for(&state, &feed(), time)
            .unwrap()
            .validators
            .is_some()
    );
}

#[test]
fn the_same_bytes_need_no_parsing() {
    let state = ok(&answer(None), &UpdateHints::default());
    assert!(is_unchanged(&state, &answer(None)));
    assert!(!is_unchanged(&FeedPollState::default(), &answer(None)));
    assert!(is_unchanged(
        &FeedPollState::default(),
        &unmodified("\"a\"")
    ));
}

#[test]
fn a_person_may_ask_sooner_but_not_at_once() {
    let state = ok(&answer(None), &UpdateHints::default());
    assert!(!is_due(&state, now() + Duration::minutes(8), true));
    assert!(is_due(&state, now() + Duration::minutes(9), true));
    let tunnel = fail(&state, HttpFailure::Dns("x".to_owned()), now());
    assert!(!is_due(&tunnel, now() + Duration::seconds(59), true));
    assert!(is_due(&tunnel, now() + Duration::seconds(60), true));
}

#[test]
fn a_server_that_asks_for_a_pause_gets_it_from_everyone() {
    let told = HttpFailure::RateLimited {
        status: 429,
        retry_after: Std::from_secs(7200),
    };
    let state = fail(&FeedPollState::default(), told, now());
    assert!(!is_due(&state, now() + Duration::minutes(119), true));
    assert!(is_due(&state, now() + Duration::minutes(120), true));
    let short = HttpFailure::RateLimited {
        status: 503,
        retry_after: Std::from_secs(60),
    };
    let state = fail(&FeedPollState::default(), short, now());
    assert!(about(wait(&state, now()), BASE), "backs off all the same");
}

#[test]
fn a_retry_after_on_a_good_answer_holds_too() {
    let mut fetched = answer(None);
    fetched.freshness.retry_after = Some(Std::from_secs(3 * 3600));
    let state = ok(&fetched, &UpdateHints::default());
    assert!(!is_due(&state, now() + Duration::minutes(179), true));
    assert!(about(wait(&state, now()), Duration::hours(3)));
}

#[test]
fn a_paused_host_says_nothing_about_the_feed() {
    let state = ok(&answer(None), &UpdateHints::default());
    let until = now() + Duration::hours(2);
    let paused = HttpFailure::HostPaused {
        host: "news.example".to_owned(),
        until,
    };
    let after = fail(&state, paused, now() + Duration::minutes(70));
    assert_eq!(after.failures, 0);
    assert_eq!(after.checked_at, state.checked_at);
    assert_eq!(after.next_check_at, Some(until));
    assert_eq!(after.host_paused_until(now()), Some(until));
    assert_eq!(after.host_paused_until(until), None);
    assert!(!is_due(&after, until - Duration::seconds(1), true));
}

#[test]
fn missing_and_broken_feeds_are_kept_with_back_off() {
    for code in [404, 500, 502] {
        let mut state = FeedPollState::default();
        for hours in [1, 2, 4, 8, 16, 24, 24] {
            state = fail(&state, status(code), now());
            let capped = about(wait(&state, now()), Duration::hours(hours));
            assert!(capped, "{code} {hours}");
        }
        assert!(!state.gone);
        let state = after_success(&state, &answer(None), None, now(), 0);
        assert_eq!(state.failures, 0);
        assert!(about(wait(&state, now()), BASE));
    }
}

#[test]
fn a_refusal_is_respected_for_53_hours() {
    let wall = HttpFailure::Blocked {
        status: 403,
        by: "Cloudflare",
    };
    for refusal in [status(400), status(401), status(403), status(451), wall] {
        let state = fail(&FeedPollState::default(), refusal, now());
        assert_eq!(state.not_before, Some(now() + Duration::hours(53)));
        assert!(!is_due(&state, now() + Duration::hours(52), true));
        assert!(is_due(&state, now() + Duration::hours(56), false));
    }
}

#[test]
fn what_is_gone_is_never_asked_again() {
    let state = fail(&FeedPollState::default(), HttpFailure::Gone, now());
    assert!(state.gone);
    assert!(!is_due(&state, now() + Duration::days(1000), true));
    assert!(request_for(&state, &feed(), now()).is_none());
}

#[test]
fn a_lost_network_is_tried_again_soon() {
    let mut state = FeedPollState::default();
    for minutes in [5, 10, 20, 40, 60, 60] {
        state = fail(&state, HttpFailure::Connect("x".to_owned()), now());
        assert!(about(wait(&state, now()), Duration::minutes(minutes)));
    }
    let broke_off = fail(&state, HttpFailure::Truncated, now());
    assert!(about(wait(&broke_off, now()), BASE));
}

#[test]
fn what_is_no_feed_three_times_is_asked_daily() {
    let mut state = ok(&answer(Some("\"good\"")), &UpdateHints::default());
    let page = PollFailure::Parse {
        code: "web_page",
        reason: "reading the feed: this is a web page",
    };
    for expected in [BASE, BASE, LONGEST, LONGEST] {
        state = after_failure(&state, page, now(), 0);
        assert!(about(wait(&state, now()), expected));
    }
    assert_eq!(state.last_error.as_ref().unwrap().code, "web_page");
    assert_eq!(
        state.body_hash,
        Some([7; 32]),
        "the last good one is still known"
    );
}

fn moved_answer() -> Fetched {
    Fetched {
        permanent_url: Some("https://new.example/feed".parse().unwrap()),
        ..answer(None)
    }
}

fn adopted() -> FeedPollState {
    let mut state = FeedPollState::default();
    for day in [0, 1, 2] {
        assert_eq!(state.adopted_url, None);
        let time = now() + Duration::days(day);
        state = after_success(&state, &moved_answer(), None, time, 0);
    }
    state
}

#[test]
fn a_permanent_redirect_is_adopted_after_days_of_good_answers() {
    let state = adopted();
    let request = request_for(&state, &feed(), now()).unwrap();
    assert_eq!(request.url.as_str(), "https://new.example/feed");
}

#[test]
fn sightings_must_be_in_a_row_and_spread() {
    let mut state = FeedPollState::default();
    for minutes in 0..20 {
        let time = now() + Duration::minutes(minutes);
        state = after_success(&state, &moved_answer(), None, time, 0);
    }
    assert_eq!(state.adopted_url, None, "too many too soon prove nothing");
    let mut state = FeedPollState::default();
    for days in [0, 30] {
        let time = now() + Duration::days(days);
        state = after_success(&state, &moved_answer(), None, time, 0);
    }
    assert_eq!(state.adopted_url, None, "two prove nothing either");
    state = after_success(&state, &answer(None), None, now(), 0);
    assert_eq!(state.moved, None);
}

#[test]
fn an_adopted_address_that_fails_is_given_up() {
    let gone = fail(&adopted(), HttpFailure::Gone, now());
    assert!(!gone.gone);
    assert_eq!(request_for(&gone, &feed(), now()).unwrap().url, feed());
    let mut state = adopted();
    for _ in 0..3 {
        assert!(state.adopted_url.is_some());
        state = fail(&state, status(404), now());
    }
    assert_eq!(state.adopted_url, None);
    let mut offline = adopted();
    for _ in 0..20 {
        offline = fail(&offline, HttpFailure::Dns("x".to_owned()), now());
    }
    assert!(
        offline.adopted_url.is_some(),
        "no network says nothing about it"
    );
}

#[test]
fn a_clock_that_ran_ahead_does_not_silence_a_feed() {
    let ahead = now() + Duration::days(400);
    let state = after_success(&FeedPollState::default(), &answer(None), None, ahead, 0);
    assert!(is_due(&state, now(), false));
}

#[test]
fn the_state_survives_a_restart() {
    let state = fail(&adopted(), status(404), now());
    let text = serde_json::to_string(&state).unwrap();
    assert_eq!(serde_json::from_str::<FeedPollState>(&text).unwrap(), state);
    assert_eq!(
        serde_json::from_str::<FeedPollState>("{}").unwrap(),
        FeedPollState::default()
    );
}

fn any_failure() -> impl Strategy<Value = HttpFailure> {
    prop_oneof![
        Just(HttpFailure::Dns(String::new())),
        Just(HttpFailure::Truncated),
        Just(HttpFailure::RedirectLoop),
        Just(HttpFailure::Downgrade),
        Just(HttpFailure::Gone),
        (300_u16..600).prop_map(|status| HttpFailure::Status { status }),
        any::<u64>().prop_map(|limit| HttpFailure::RateLimited {
            status: 429,
            retry_after: Std::from_secs(limit),
        }),
        (-100_000_i64..10_000_000).prop_map(|seconds| HttpFailure::HostPaused {
            host: String::new(),
            until: now() + Duration::seconds(seconds),
        }),
    ]
}

proptest! {
    #[test]
    fn the_next_check_is_within_a_day_and_not_within_the_hour(
        ttl in any::<Option<u32>>(),
        skip_hours in any::<u32>(),
        skip_days in any::<u8>(),
        max_age in any::<Option<u64>>(),
        retry_after in any::<Option<u64>>(),
        minute in 0_i64..100_000,
        seed in any::<u64>(),
    ) {
        let now = now() + Duration::minutes(minute);
        let hints = UpdateHints { interval_minutes: ttl, skip_hours, skip_days };
        let mut fetched = answer(None);
        fetched.freshness = Freshness {
            max_age: max_age.map(Std::from_secs),
            retry_after: retry_after.map(Std::from_secs),
        };
        let state = after_success(&FeedPollState::default(), &fetched, Some(&hints), now, seed);
        prop_assert!(wait(&state, now) >= BASE);
        prop_assert!(wait(&state, now) <= LONGEST);
        prop_assert!(state.not_before <= state.next_check_at);
        let again = after_success(&FeedPollState::default(), &fetched, Some(&hints), now, seed);
        prop_assert_eq!(state, again);
    }

    #[test]
    fn a_longer_ttl_is_never_asked_sooner(
        ttl in 0_u32..3000,
        more in 0_u32..3000,
        skip_hours in any::<u32>(),
        skip_days in any::<u8>(),
        seed in any::<u64>(),
    ) {
        let next = |minutes| {
            let hints = UpdateHints { interval_minutes: Some(minutes), skip_hours, skip_days };
            after_success(&FeedPollState::default(), &answer(None), Some(&hints), now(), seed)
                .next_check_at
        };
        prop_assert!(next(ttl) <= next(ttl + more));
    }

    #[test]
    fn failures_in_any_order_stay_within_bounds(
        failures in prop::collection::vec(any_failure(), 1..40),
        seed in any::<u64>(),
    ) {
        let mut state = FeedPollState::default();
        for failure in failures {
            let refused = matches!(failure, HttpFailure::Status { status: 400..=499 });
            let untouched = matches!(failure, HttpFailure::HostPaused { .. });
            let before = state.next_check_at;
            state = after_failure(&state, PollFailure::Http(&failed(failure)), now(), seed);
            let next = state.next_check_at.unwrap();
            let most = if refused { REFUSED + REFUSED / 20 } else { LONGEST };
            prop_assert!(next <= now() + most || (untouched && Some(next) == before));
            prop_assert!(next >= now() || untouched);
            prop_assert!(state.gone || is_due(&state, next.max(now()), false));
        }
    }
}
