//! Numbers, ages and dates as a person reads them.

use bytesize::ByteSize;
use chrono::{DateTime, FixedOffset, Local, TimeDelta, Utc};

/// `12,345`
pub(crate) fn count(number: impl Into<u64>) -> String {
    let digits = number.into().to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 feed`, `1,200 feeds`
pub(crate) fn counted(number: u32, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// `12.3 MB`
pub(crate) fn bytes(number: u64) -> String {
    ByteSize::b(number).display().si().to_string()
}

/// `19 MB`: what a download takes, where more digits say nothing.
pub(crate) fn megabytes(number: u64) -> String {
    format!("{} MB", number.div_ceil(1_000_000))
}

/// `now`, `5 min`, `3 h`, `2 d`; the month from a hundred days on. A moment ahead of the clock is now.
pub(crate) fn age(now: DateTime<Utc>, at: DateTime<Utc>) -> String {
    let age = now - at;
    if age < TimeDelta::minutes(1) {
        "now".to_owned()
    } else if age < TimeDelta::hours(1) {
        format!("{} min", age.num_minutes())
    } else if age < TimeDelta::days(1) {
        format!("{} h", age.num_hours())
    } else if age < TimeDelta::days(100) {
        format!("{} d", age.num_days())
    } else {
        at.format("%Y-%m").to_string()
    }
}

/// As [`age`], in a sentence: `3 h ago`, `just now`, `in 2026-03`.
pub(crate) fn ago(now: DateTime<Utc>, at: DateTime<Utc>) -> String {
    match age(now, at) {
        age if age == "now" => "just now".to_owned(),
        age if age.ends_with(|last: char| last.is_ascii_digit()) => format!("in {age}"),
        age => format!("{age} ago"),
    }
}

/// `23 November 2026, 14:05` where the reader is.
pub(crate) fn date(at: DateTime<Utc>) -> String {
    date_in(*Local::now().offset(), at)
}

/// The same in a zone.
pub(crate) fn date_in(zone: FixedOffset, at: DateTime<Utc>) -> String {
    at.with_timezone(&zone)
        .format("%-d %B %Y, %H:%M")
        .to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let counts = [0_u32, 7, 999, 1_000, 12_345, 1_234_567].map(count);
        assert_eq!(counts, ["0", "7", "999", "1,000", "12,345", "1,234,567"]);
        assert_eq!(counted(1, "feed", "feeds"), "1 feed");
        assert_eq!(counted(0, "feed", "feeds"), "0 feeds");
        assert_eq!(bytes(12_345_678), "12.3 MB");
    }

    #[test]
    fn ages_are_short() {
        let now: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        let cases = [
            (-3_600, "now", "just now"),
            (0, "now", "just now"),
            (59, "now", "just now"),
            (60, "1 min", "1 min ago"),
            (3_599, "59 min", "59 min ago"),
            (3_600, "1 h", "1 h ago"),
            (86_400, "1 d", "1 d ago"),
            (99 * 86_400, "99 d", "99 d ago"),
            (100 * 86_400, "2026-08", "in 2026-08"),
        ];
        for (seconds, short, sentence) in cases {
            let at = now - TimeDelta::seconds(seconds);
            assert_eq!(age(now, at), short);
            assert_eq!(ago(now, at), sentence);
        }
    }
}
