use chrono::{DateTime, TimeDelta, Utc};

/// A story that nobody added to for so long begins anew for a list.
const QUIET: TimeDelta = TimeDelta::hours(6);
/// And so does one that never pauses.
const LONGEST: TimeDelta = TimeDelta::hours(24);

/// Which of some articles stands for their story in a list: the first one since they were last quiet
/// for six hours, and once a day of those that never are. `times` ascend; `None` when there are none.
///
/// So a story keeps its place and its read mark while others add to it, and comes back to the top,
/// unread, when it goes on after a pause. No taste: the formula is all there is.
pub fn lead(times: &[DateTime<Utc>]) -> Option<usize> {
    let mut lead = None;
    let (mut first, mut before) = (None, None);
    for (at, &time) in times.iter().enumerate() {
        let goes_on = first.is_some_and(|first| time - first < LONGEST)
            && before.is_some_and(|before| time - before < QUIET);
        if !goes_on {
            (lead, first) = (Some(at), Some(time));
        }
        before = Some(time);
    }
    lead
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead_of(hours: &[i64]) -> Option<usize> {
        let times: Vec<DateTime<Utc>> = hours
            .iter()
            .map(|hour| DateTime::UNIX_EPOCH + TimeDelta::hours(*hour))
            .collect();
        lead(&times)
    }

    #[test]
    fn the_first_article_leads_until_the_story_pauses() {
        assert_eq!(lead_of(&[]), None);
        assert_eq!(lead_of(&[3]), Some(0));
        assert_eq!(lead_of(&[3, 4, 8, 13]), Some(0));
        assert_eq!(
            lead_of(&[3, 4, 10, 11]),
            Some(2),
            "six hours without a word"
        );
    }

    #[test]
    fn a_story_that_never_pauses_is_led_by_a_newer_article_every_day() {
        assert_eq!(lead_of(&[0, 5, 10, 15, 20, 23]), Some(0));
        assert_eq!(lead_of(&[0, 5, 10, 15, 20, 25, 30]), Some(5));
    }
}
