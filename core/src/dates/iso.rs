//! ISO 8601: calendar, ordinal and week dates, basic and extended, with any precision of time.

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::{Parts, full_year, offset, offset_of_digits};

/// Reads a folded text that is all ISO 8601.
pub(super) fn parse(text: &str) -> Option<Parts> {
    let mut rest = Cursor(text.as_bytes());
    let mut parts = date(&mut rest)?;
    if rest.0.is_empty() {
        return Some(parts);
    }
    let marked = rest.take(b't');
    let gap = rest.spaces();
    if !marked && !gap {
        return None;
    }
    time(&mut rest, &mut parts)?;
    rest.spaces();
    zone(&mut rest, &mut parts)?;
    rest.0.is_empty().then_some(parts)
}

struct Cursor<'t>(&'t [u8]);

impl Cursor<'_> {
    fn take(&mut self, byte: u8) -> bool {
        match self.0.strip_prefix(&[byte]) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    fn spaces(&mut self) -> bool {
        let before = self.0.len();
        self.0 = self.0.trim_ascii_start();
        self.0.len() < before
    }

    /// How many digits stand here.
    fn digits(&self) -> usize {
        self.0.iter().take_while(|b| b.is_ascii_digit()).count()
    }

    /// Reads exactly so many digits.
    fn number(&mut self, digits: usize) -> Option<u32> {
        if self.digits() < digits || digits > 9 {
            return None;
        }
        let (number, rest) = self.0.split_at(digits);
        self.0 = rest;
        Some(
            number
                .iter()
                .fold(0, |value, b| value * 10 + u32::from(b - b'0')),
        )
    }
}

fn date(rest: &mut Cursor<'_>) -> Option<Parts> {
    // `-0312`: year and month of two digits each.
    if rest.take(b'-') {
        if rest.digits() != 4 {
            return None;
        }
        let (year, month) = (rest.number(2)?, rest.number(2)?);
        return calendar(year, 2, month, 1);
    }
    match rest.digits() {
        4 => {
            let year = rest.number(4)?;
            if rest.take(b'w') {
                return week(rest, year);
            }
            if !rest.take(b'-') {
                // A year alone; with anything behind it but a time it is something else.
                return (rest.0.is_empty()).then(|| calendar(year, 4, 1, 1))?;
            }
            if rest.take(b'w') {
                return week(rest, year);
            }
            match rest.digits() {
                // An ordinal day, or a month with a zero too many.
                3 => {
                    let day = rest.number(3)?;
                    if rest.take(b'-') {
                        let month = day;
                        let day = rest.number(2)?;
                        return calendar(year, 4, month, day);
                    }
                    ordinal(year, 4, day)
                }
                digits @ (1 | 2) => {
                    let month = rest.number(digits)?;
                    if rest.take(b'-') {
                        let digits = rest.digits().clamp(1, 2);
                        let day = rest.number(digits)?;
                        return calendar(year, 4, month, day);
                    }
                    calendar(year, 4, month, 1)
                }
                4 => {
                    let (month, day) = (rest.number(2)?, rest.number(2)?);
                    calendar(year, 4, month, day)
                }
                _ => None,
            }
        }
        8 => {
            let (year, month, day) = (rest.number(4)?, rest.number(2)?, rest.number(2)?);
            calendar(year, 4, month, day)
        }
        7 => {
            let (year, day) = (rest.number(4)?, rest.number(3)?);
            ordinal(year, 4, day)
        }
        6 => {
            let (year, month, day) = (rest.number(2)?, rest.number(2)?, rest.number(2)?);
            calendar(year, 2, month, day)
        }
        5 => {
            let (year, day) = (rest.number(2)?, rest.number(3)?);
            ordinal(year, 2, day)
        }
        2 => {
            let year = rest.number(2)?;
            if !rest.take(b'-') {
                return None;
            }
            if rest.digits() == 3 {
                let day = rest.number(3)?;
                return ordinal(year, 2, day);
            }
            let month = rest.number(2)?;
            if !rest.take(b'-') || rest.digits() != 2 {
                return None;
            }
            let day = rest.number(2)?;
            calendar(year, 2, month, day)
        }
        _ => None,
    }
}

fn calendar(year: u32, digits: usize, month: u32, day: u32) -> Option<Parts> {
    let year = full_year(year.into(), digits)?;
    let fit = (1..=12).contains(&month) && (1..=31).contains(&day);
    fit.then(|| Parts {
        year,
        month,
        day,
        ..Parts::default()
    })
}

fn ordinal(year: u32, digits: usize, day: u32) -> Option<Parts> {
    let date = NaiveDate::from_yo_opt(full_year(year.into(), digits)?, day)?;
    Some(of_date(date))
}

fn week(rest: &mut Cursor<'_>, year: u32) -> Option<Parts> {
    let week = rest.number(2)?;
    rest.take(b'-');
    let day = rest.number(1).unwrap_or(1);
    let day = Weekday::try_from(u8::try_from(day.checked_sub(1)?).ok()?).ok()?;
    Some(of_date(NaiveDate::from_isoywd_opt(
        full_year(year.into(), 4)?,
        week,
        day,
    )?))
}

fn of_date(date: NaiveDate) -> Parts {
    Parts {
        year: date.year(),
        month: date.month(),
        day: date.day(),
        ..Parts::default()
    }
}

fn time(rest: &mut Cursor<'_>, parts: &mut Parts) -> Option<()> {
    let mut unit = 3600_i64;
    match rest.digits() {
        4 => {
            parts.hour = rest.number(2)?.into();
            parts.minute = rest.number(2)?.into();
            unit = 60;
        }
        6 => {
            parts.hour = rest.number(2)?.into();
            parts.minute = rest.number(2)?.into();
            parts.second = rest.number(2)?.into();
            unit = 1;
        }
        digits @ (1 | 2) => {
            parts.hour = rest.number(digits)?.into();
            if rest.take(b':') {
                let digits = rest.digits().clamp(1, 2);
                parts.minute = rest.number(digits)?.into();
                unit = 60;
                if rest.take(b':') {
                    let digits = rest.digits().clamp(1, 2);
                    parts.second = rest.number(digits)?.into();
                    unit = 1;
                }
            }
        }
        _ => return None,
    }
    if matches!(rest.0, [b'.' | b',', digit, ..] if digit.is_ascii_digit()) {
        rest.0 = &rest.0[1..];
        parts.nanosecond = fraction(rest, unit)?;
    }
    Some(())
}

/// A fraction of a unit of so many seconds, in nanoseconds.
fn fraction(rest: &mut Cursor<'_>, unit: i64) -> Option<i64> {
    let digits = rest.digits();
    let kept = digits.min(9);
    let value = i64::from(rest.number(kept)?);
    rest.0 = &rest.0[digits - kept..];
    Some(value * 10_i64.pow(9 - u32::try_from(kept).ok()?) * unit)
}

fn zone(rest: &mut Cursor<'_>, parts: &mut Parts) -> Option<()> {
    if rest.take(b'z') {
        parts.offset = Some(0);
        // `Z+00:00` and `Z0` have been seen; what follows a Z is junk.
        return Some(());
    }
    let sign = match rest.0.first() {
        Some(b'+') => '+',
        Some(b'-') => '-',
        _ => return Some(()),
    };
    rest.0 = &rest.0[1..];
    let digits = rest.digits();
    let value = rest.number(digits)?;
    parts.offset = Some(if rest.take(b':') {
        let minutes = rest.number(2)?;
        offset(
            sign,
            i32::try_from(value).ok()?,
            i32::try_from(minutes).ok()?,
        )
    } else {
        offset_of_digits(sign, value.into(), digits)?
    });
    Some(())
}
