//! Dates as feeds and pages write them.
//!
//! ```text
//! text -> chrono (RFC 3339, RFC 2822) -> fold -> number alone -> ISO 8601 -> words in any order
//! ```
//!
//! The last step takes the text apart into numbers, words and signs, finds the time, the zone and
//! the month by what they look like, and what is left is day and year. Rules where it is ambiguous:
//!
//! - `05/10/2026` is day first, as in most of the world; month first with `AM`/`PM` or a zone of
//!   North America; whatever makes sense if only one does. `03-10-05` is year first, as in ISO 8601.
//! - Two-digit years below 50 are of this century (RFC 2822).
//! - `IST` is India, `BST` British summer, `CST` and `AST` American, `AMT` Armenia. Single letters
//!   are RFC 822's (`A` is an hour behind), not the military ones, which have the sign reversed.
//! - *Listopad* is November (Polish, Czech), except beside a Croatian weekday.
//! - An hour, minute, second or day that is out of range rolls over (`24:00`, `30 February`).
//! - A date without a time is midnight; a month without a day is its first, a year alone its first.
//! - Years of the Buddhist era (2400 to 2800) are converted. Others outside 1900 to 2399 are none.
//! - Without a zone: the caller's; else Korea's if it is written in Hangul; else UTC.

mod fold;
mod iso;
mod months;
mod words;
mod zones;

pub(crate) use fold::digit;

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveDateTime, Utc};

/// Longest date, in bytes. Longer ones have something else in them.
const MAX_LENGTH: usize = 200;

/// Reads a date. `default_zone` is that of dates which name none; `None` means UTC.
///
/// `None` when no date can be made out; never a guess at a missing year.
pub fn parse_date(text: &str, default_zone: Option<FixedOffset>) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if text.len() < 4 || text.len() > MAX_LENGTH {
        return None;
    }
    if let Some(date) = well_formed(text) {
        return Some(date);
    }
    let folded = fold::fold(text);
    let folded = folded.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ','));
    if let Some(date) = number_alone(folded) {
        return Some(date);
    }
    let parts = iso::parse(folded).or_else(|| words::parse(folded))?;
    parts.resolve(default_zone)
}

/// What chrono reads: most dates of most feeds.
fn well_formed(text: &str) -> Option<DateTime<Utc>> {
    let date = if text.as_bytes()[0].is_ascii_digit() && text.contains(['T', 't']) {
        DateTime::parse_from_rfc3339(text).ok()
    } else if one_letter_zone(text) {
        // chrono takes every letter for UTC.
        None
    } else {
        DateTime::parse_from_rfc2822(text).ok()
    }?;
    // chrono keeps a leap second as one with too many nanoseconds; here it is the next minute.
    let nanoseconds = Duration::nanoseconds(i64::from(date.timestamp_subsec_nanos()));
    let date = DateTime::from_timestamp(date.timestamp(), 0)?.checked_add_signed(nanoseconds)?;
    in_range(date.date_naive()).then_some(date)
}

fn one_letter_zone(text: &str) -> bool {
    matches!(text.as_bytes(), [.., b' ', letter] if letter.is_ascii_alphabetic())
}

fn in_range(date: NaiveDate) -> bool {
    use chrono::Datelike as _;
    (1900..2400).contains(&date.year())
}

/// Seconds, milliseconds or microseconds since 1970, and dates without any sign between the parts.
fn number_alone(text: &str) -> Option<DateTime<Utc>> {
    let (digits, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !digits
        .bytes()
        .chain(fraction.bytes())
        .all(|b| b.is_ascii_digit())
    {
        return None;
    }
    if matches!(digits.len(), 12 | 14) && fraction.is_empty() {
        let number = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
        let date =
            NaiveDate::from_ymd_opt(number(0, 4)?.try_into().ok()?, number(4, 6)?, number(6, 8)?);
        let time = date.filter(|date| in_range(*date)).and_then(|date| {
            date.and_hms_opt(number(8, 10)?, number(10, 12)?, number(12, 14).unwrap_or(0))
        });
        if let Some(time) = time {
            return Some(time.and_utc());
        }
    }
    let number = digits.parse::<i64>().ok()?;
    let date = match digits.len() {
        9..=11 => DateTime::from_timestamp(number, 0),
        12..=14 => DateTime::from_timestamp_millis(number),
        15..=17 => DateTime::from_timestamp_micros(number),
        _ => None,
    };
    date.filter(|date| in_range(date.date_naive()))
}

/// What a date was taken apart into.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Parts {
    year: i32,
    month: u32,
    /// Counted from 1; may be beyond the end of the month.
    day: u32,
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: i64,
    /// Seconds east of UTC.
    offset: Option<i32>,
}

impl Parts {
    fn resolve(self, default_zone: Option<FixedOffset>) -> Option<DateTime<Utc>> {
        let first = NaiveDate::from_ymd_opt(self.year, self.month, 1)?;
        let date = first.checked_add_signed(Duration::days(i64::from(self.day) - 1))?;
        if !in_range(date) || self.day == 0 {
            return None;
        }
        let offset = self
            .offset
            .unwrap_or_else(|| default_zone.map_or(0, |z| z.local_minus_utc()));
        let seconds = self.hour * 3600 + self.minute * 60 + self.second - i64::from(offset);
        let time: NaiveDateTime = date.and_hms_opt(0, 0, 0)?;
        let time = time
            .checked_add_signed(Duration::seconds(seconds))?
            .checked_add_signed(Duration::nanoseconds(self.nanosecond))?;
        Some(time.and_utc())
    }
}

/// A year as written with so many digits.
fn full_year(value: u64, digits: usize) -> Option<i32> {
    let year = i32::try_from(value).ok()?;
    let year = match digits {
        1 | 2 if year < 50 => 2000 + year,
        1 | 2 => 1900 + year,
        // Buddhist era.
        _ if (2400..2800).contains(&year) => year - 543,
        _ => year,
    };
    (1900..2400).contains(&year).then_some(year)
}

/// An offset from its hours and minutes, in seconds; those that no place has count as UTC.
fn offset(sign: char, hours: i32, minutes: i32) -> i32 {
    let seconds = hours * 3600 + minutes * 60;
    match seconds {
        0..=50_400 if sign == '+' => seconds,
        0..=50_400 => -seconds,
        _ => 0,
    }
}

/// The offset in digits: `3`, `03`, `330`, `0330`.
fn offset_of_digits(sign: char, value: u64, digits: usize) -> Option<i32> {
    let value = i32::try_from(value).ok()?;
    match digits {
        1 | 2 => Some(offset(sign, value, 0)),
        3 | 4 => Some(offset(sign, value / 100, value % 100)),
        // With seconds.
        6 => Some(offset(sign, value / 10_000, value / 100 % 100)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
