//! What headers say about time.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use reqwest::header::{CACHE_CONTROL, DATE, EXPIRES, HeaderMap, HeaderName, RETRY_AFTER};

use super::Freshness;

/// Nothing is believed to stay good, or asked to wait, longer than this.
const LONGEST: Duration = Duration::from_secs(366 * 24 * 3600);

/// The pause of a host that says neither how long nor anything that makes sense.
const PAUSE_DEFAULT: Duration = Duration::from_secs(10 * 60);
const PAUSE_LEAST: Duration = Duration::from_secs(60);
const PAUSE_MOST: Duration = Duration::from_secs(24 * 3600);

pub(super) fn freshness(headers: &HeaderMap, now: DateTime<Utc>) -> Freshness {
    Freshness {
        max_age: max_age(headers).or_else(|| expires_in(headers, now)),
        retry_after: retry_after(headers, now),
    }
}

/// How long to leave a host alone that answered 429 or 503.
pub(super) fn pause(headers: &HeaderMap, now: DateTime<Utc>) -> Duration {
    retry_after(headers, now)
        .unwrap_or(PAUSE_DEFAULT)
        .clamp(PAUSE_LEAST, PAUSE_MOST)
}

/// RFC 9111 §5.2.2.1. `s-maxage` is for shared caches, which this is not.
fn max_age(headers: &HeaderMap) -> Option<Duration> {
    headers
        .get_all(CACHE_CONTROL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|directive| directive.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("max-age"))
        .and_then(|(_, value)| seconds(value.trim().trim_matches('"')))
}

fn expires_in(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let expires = date(headers, &EXPIRES)?;
    let sent = date(headers, &DATE).unwrap_or_else(|| now.into());
    Some(expires.duration_since(sent).ok()?.min(LONGEST))
}

/// RFC 9110 §10.2.3: seconds, or a date. A date in the past asks for no wait.
fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Some(wait) = seconds(value) {
        return Some(wait);
    }
    let until = httpdate::parse_http_date(value).ok()?;
    let wait = until.duration_since(now.into()).unwrap_or_default();
    Some(wait.min(LONGEST))
}

/// Digits only; more of them than fit are a very long time (RFC 9111 §1.2.2).
fn seconds(text: &str) -> Option<Duration> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let wait = text.parse().map_or(LONGEST, Duration::from_secs);
    Some(wait.min(LONGEST))
}

fn date(headers: &HeaderMap, name: &HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-10-05T12:00:00Z".parse().unwrap()
    }

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(*name, value.parse().unwrap());
        }
        map
    }

    fn age(pairs: &[(&'static str, &'static str)]) -> Option<u64> {
        freshness(&headers(pairs), now())
            .max_age
            .map(|d| d.as_secs())
    }

    fn wait(value: &'static str) -> Option<u64> {
        let headers = headers(&[("retry-after", value)]);
        freshness(&headers, now()).retry_after.map(|d| d.as_secs())
    }

    #[test]
    fn max_age_is_read_in_every_spelling() {
        assert_eq!(age(&[("cache-control", "max-age=600")]), Some(600));
        assert_eq!(
            age(&[("cache-control", "public, Max-Age=\"600\"")]),
            Some(600)
        );
        assert_eq!(
            age(&[
                ("cache-control", "no-cache"),
                ("cache-control", "max-age = 7")
            ]),
            Some(7)
        );
        assert_eq!(age(&[("cache-control", "s-maxage=600")]), None);
        assert_eq!(age(&[("cache-control", "max-age=-1")]), None);
        assert_eq!(
            age(&[("cache-control", "max-age=99999999999999999999999")]),
            Some(LONGEST.as_secs())
        );
    }

    #[test]
    fn expires_counts_from_the_servers_own_date_and_only_without_max_age() {
        let expires = ("expires", "Mon, 05 Oct 2026 13:30:00 GMT");
        assert_eq!(age(&[expires]), Some(5400));
        assert_eq!(
            age(&[expires, ("date", "Mon, 05 Oct 2026 13:00:00 GMT")]),
            Some(1800)
        );
        assert_eq!(age(&[expires, ("cache-control", "max-age=60")]), Some(60));
        assert_eq!(age(&[("expires", "0")]), None);
        assert_eq!(age(&[("expires", "Thu, 01 Jan 1970 00:00:00 GMT")]), None);
    }

    #[test]
    fn retry_after_is_read_in_both_forms() {
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait("Mon, 05 Oct 2026 12:02:00 GMT"), Some(120));
        assert_eq!(wait("Mon, 05 Oct 2026 11:00:00 GMT"), Some(0));
        assert_eq!(wait("soon"), None);
        assert_eq!(wait("-5"), None);
    }

    #[test]
    fn a_pause_is_never_absurd() {
        let pause = |pairs: &[_]| pause(&headers(pairs), now()).as_secs();
        assert_eq!(pause(&[]), 600);
        assert_eq!(pause(&[("retry-after", "0")]), 60);
        assert_eq!(pause(&[("retry-after", "1800")]), 1800);
        assert_eq!(pause(&[("retry-after", "99999999999999999999")]), 86400);
        assert_eq!(pause(&[("retry-after", "whenever")]), 600);
    }
}
