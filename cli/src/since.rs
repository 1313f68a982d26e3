//! A point in the past as people write it.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};

/// What `--since` was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Since {
    /// `24h`
    Ago(TimeDelta),
    /// `2026-11-20`, from its first moment where the reader is
    Day(NaiveDate),
    /// `2026-11-20T06:00:00+02:00`
    At(DateTime<Utc>),
}

impl Since {
    /// The moment meant. A day begins in `zone`.
    pub(crate) fn moment<Z: TimeZone>(self, now: DateTime<Utc>, zone: &Z) -> DateTime<Utc> {
        match self {
            Since::Ago(ago) => now
                .checked_sub_signed(ago)
                .unwrap_or(DateTime::<Utc>::MIN_UTC),
            Since::Day(day) => {
                let midnight = day.and_time(NaiveTime::MIN);
                // A midnight that summer time leaves out is an hour later.
                zone.from_local_datetime(&midnight)
                    .earliest()
                    .or_else(|| {
                        zone.from_local_datetime(&(midnight + TimeDelta::hours(1)))
                            .earliest()
                    })
                    .map_or_else(|| midnight.and_utc(), |moment| moment.to_utc())
            }
            Since::At(at) => at,
        }
    }
}

impl FromStr for Since {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return Ok(Since::Day(day));
        }
        if let Ok(at) = DateTime::parse_from_rfc3339(text) {
            return Ok(Since::At(at.to_utc()));
        }
        humantime::parse_duration(text)
            .ok()
            .and_then(|ago| TimeDelta::from_std(ago).ok())
            .map(Since::Ago)
            .ok_or_else(|| {
                "neither a time ago (24h, 3days), a day (2026-11-20) nor a moment \
                 (2026-11-20T06:00:00Z)"
                    .to_owned()
            })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use chrono::FixedOffset;

    use super::*;

    fn moment(text: &str) -> String {
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let kyiv = FixedOffset::east_opt(2 * 3600).unwrap();
        text.parse::<Since>()
            .unwrap()
            .moment(now, &kyiv)
            .to_rfc3339()
    }

    #[test]
    fn a_time_ago_a_day_and_a_moment_are_understood() {
        assert_eq!(moment("24h"), "2026-11-22T12:00:00+00:00");
        assert_eq!(moment("2days 1h"), "2026-11-21T11:00:00+00:00");
        assert_eq!(moment("2026-11-20"), "2026-11-19T22:00:00+00:00");
        assert_eq!(
            moment("2026-11-20T06:00:00+02:00"),
            "2026-11-20T04:00:00+00:00"
        );
    }

    #[test]
    fn absurd_times_are_no_panic() {
        assert!("yesterday".parse::<Since>().is_err());
        assert!("2026-02-30".parse::<Since>().is_err());
        for text in ["200000years", "99999999999999999999s"] {
            if let Ok(since) = text.parse::<Since>() {
                since.moment(Utc::now(), &Utc);
            }
        }
    }
}
