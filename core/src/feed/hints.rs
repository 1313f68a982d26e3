//! What a feed says about when to poll it.

use super::UpdateHints;
use super::names::El;
use super::scope::{Field, Scope, children};

/// Longest interval a feed can ask for, in minutes: a year. The scheduler has its own, lower one.
const MAX_MINUTES: u32 = 366 * 24 * 60;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Takes in an element of a feed if it is a hint.
pub(super) fn read<'t>(field: &Field<'t>, scope: &Scope<'t>, hints: &mut UpdateHints) {
    match field.el {
        El::Ttl => {
            let minutes = field.text(scope).and_then(|text| minutes(&text));
            hints.interval_minutes = minutes.or(hints.interval_minutes);
        }
        // Period and frequency come in either order; the interval holds what is known so far.
        El::UpdatePeriod => {
            let period = field.text(scope).and_then(|text| period(&text));
            if hints.interval_minutes.is_none() {
                hints.interval_minutes = period;
            }
        }
        El::UpdateFrequency => {
            let times = field
                .text(scope)
                .and_then(|text| text.trim().parse::<u32>().ok());
            if let (Some(minutes), Some(times)) = (hints.interval_minutes, times) {
                hints.interval_minutes = Some((minutes / times.max(1)).max(1));
            }
        }
        El::SkipHours => {
            for child in children(field.raw, scope, 48).filter(|child| child.el == El::Hour) {
                let hour = child.text(scope).and_then(|text| text.parse::<u32>().ok());
                // Some count from 1 to 24.
                if let Some(hour) = hour.filter(|hour| *hour <= 24) {
                    hints.skip_hours |= 1 << (hour % 24);
                }
            }
        }
        El::SkipDays => {
            for child in children(field.raw, scope, 14).filter(|child| child.el == El::Day) {
                if let Some(day) = child.text(scope).and_then(|text| day(&text)) {
                    hints.skip_days |= 1 << day;
                }
            }
        }
        _ => {}
    }
}

/// A `ttl`, which is in minutes.
pub(super) fn minutes(text: &str) -> Option<u32> {
    let minutes = text.trim().parse::<f64>().ok().filter(|m| *m >= 1.0)?;
    Some((minutes as u32).min(MAX_MINUTES))
}

fn period(text: &str) -> Option<u32> {
    const DAY: u32 = 24 * 60;
    match text.trim().to_ascii_lowercase().as_str() {
        "hourly" => Some(60),
        "daily" => Some(DAY),
        "weekly" => Some(7 * DAY),
        "monthly" => Some(30 * DAY),
        "yearly" => Some(365 * DAY),
        _ => None,
    }
}

fn day(text: &str) -> Option<usize> {
    let start = text.get(..3)?;
    DAYS.iter().position(|day| start.eq_ignore_ascii_case(day))
}
