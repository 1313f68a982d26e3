//! What a feed of the catalogue is worth, from one look at it. Pure.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use url::Url;

use crate::feed::Feed;
use crate::language;
use crate::model::{CountryCode, Publisher, PublisherId};

/// A feed whose newest entry is older is stale, in days.
const STALE_AFTER_DAYS: i64 = 7;
/// A feed with fewer entries is thin.
const ENOUGH_ENTRIES: usize = 5;
/// A date further ahead than this, in hours, is a mistake and says nothing of how fresh a feed is.
const AHEAD_HOURS: i64 = 24;

/// What is wrong with a feed of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing.
    Ok,
    /// No usable answer: not found, refused, unreachable, or no feed.
    Dead,
    /// It answered from another address, permanently.
    Moved,
    /// The newest entry is over seven days old.
    Stale,
    /// Fewer than five entries.
    Thin,
    /// Most titles are in another language than the catalogue says.
    WrongLanguage,
}

/// What was seen of one feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedCheck {
    /// Whose feed.
    pub publisher: PublisherId,
    /// Its country.
    pub country: CountryCode,
    /// Its address in the catalogue.
    pub feed: Url,
    /// The worst of what was found; `Dead` before `Stale` before `WrongLanguage` before `Thin`
    /// before `Moved`.
    pub verdict: Verdict,
    /// In a sentence, with the figures.
    pub reason: String,
    /// Entries it had.
    pub entries: u32,
    /// Date of the newest.
    pub newest: Option<DateTime<Utc>>,
    /// The new address, when moved.
    pub moved_to: Option<Url>,
}

/// How far a check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CheckProgress {
    /// Feeds to check.
    pub planned: u32,
    /// Feeds checked.
    pub done: u32,
}

/// What came of fetching a feed well.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// What was in it.
    pub feed: &'a Feed,
    /// Where it lives now, when every redirect on the way there was permanent.
    pub permanent_url: Option<&'a Url>,
}

/// Judges one feed of a publisher from what came of fetching it: an answer, or in a sentence why
/// there is none. Pure.
pub fn judge(
    publisher: &Publisher,
    feed_url: &Url,
    outcome: Result<Answer<'_>, String>,
    now: DateTime<Utc>,
) -> FeedCheck {
    let mut check = FeedCheck {
        publisher: publisher.id.clone(),
        country: publisher.country,
        feed: feed_url.clone(),
        verdict: Verdict::Ok,
        reason: String::new(),
        entries: 0,
        newest: None,
        moved_to: None,
    };
    let Answer {
        feed,
        permanent_url,
    } = match outcome {
        Ok(answer) => answer,
        Err(reason) => {
            check.verdict = Verdict::Dead;
            check.reason = reason;
            return check;
        }
    };
    check.entries = u32::try_from(feed.entries.len()).unwrap_or(u32::MAX);
    check.newest = newest(feed, now);
    check.moved_to = permanent_url.filter(|url| *url != feed_url).cloned();

    // The worst first, so that the first one is the verdict and all are told.
    let findings: Vec<(Verdict, String)> = [
        stale(check.newest, now),
        wrong_language(publisher, feed),
        thin(feed),
        check
            .moved_to
            .as_ref()
            .map(|url| (Verdict::Moved, format!("moved to {url}"))),
    ]
    .into_iter()
    .flatten()
    .collect();
    match findings.first() {
        Some((verdict, _)) => {
            check.verdict = *verdict;
            let reasons: Vec<String> = findings.into_iter().map(|(_, reason)| reason).collect();
            check.reason = reasons.join("; ");
        }
        None => check.reason = in_order(check.entries, check.newest, now),
    }
    check
}

/// The youngest date of the entries, leaving out those in the future.
fn newest(feed: &Feed, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let latest = now + TimeDelta::hours(AHEAD_HOURS);
    feed.entries
        .iter()
        .flat_map(|entry| [entry.published, entry.updated])
        .flatten()
        .filter(|date| *date <= latest)
        .max()
}

fn stale(newest: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<(Verdict, String)> {
    let age = now - newest?;
    (age > TimeDelta::days(STALE_AFTER_DAYS)).then(|| {
        let days = age.num_days();
        (
            Verdict::Stale,
            format!("the newest entry is {days} days old"),
        )
    })
}

fn wrong_language(publisher: &Publisher, feed: &Feed) -> Option<(Verdict, String)> {
    let titles = feed
        .entries
        .iter()
        .filter_map(|entry| entry.title.as_deref());
    let found = language::mismatch(&publisher.language, titles)?;
    let reason = format!(
        "{} of {} titles are in {}, not in {:?} as the catalogue says",
        found.differing, found.judged, found.found, publisher.language
    );
    Some((Verdict::WrongLanguage, reason))
}

fn thin(feed: &Feed) -> Option<(Verdict, String)> {
    let reason = match feed.entries.len() {
        0 => "there is no entry".to_owned(),
        1 => "there is only 1 entry".to_owned(),
        few if few < ENOUGH_ENTRIES => format!("there are only {few} entries"),
        _ => return None,
    };
    Some((Verdict::Thin, reason))
}

fn in_order(entries: u32, newest: Option<DateTime<Utc>>, now: DateTime<Utc>) -> String {
    match newest.map(|date| (now - date).num_hours()) {
        None => format!("{entries} entries without dates"),
        Some(hours) if hours < 1 => format!("{entries} entries, the newest under an hour old"),
        Some(hours) if hours < 48 => format!("{entries} entries, the newest {hours} hours old"),
        Some(hours) => format!("{entries} entries, the newest {} days old", hours / 24),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;
    use crate::feed::Entry;

    const UKRAINIAN: [&str; 6] = [
        "Парламент ухвалив бюджет на наступний рік після довгої ночі",
        "Через негоду тисячі родин на півночі залишилися без світла",
        "Новий міст через річку відкриють для руху в понеділок",
        "Вчителі та міністерство домовилися про підвищення зарплати",
        "Фермери попереджають, що суха весна зробить хліб дорожчим",
        "Лікарня в горах отримала нове обладнання для операцій",
    ];
    const ENGLISH: [&str; 6] = [
        "Parliament approves next year's budget after a long night",
        "Storm leaves thousands of homes without power in the north",
        "New bridge over the river opens to traffic on Monday",
        "Teachers and the ministry agree on pay after weeks of talks",
        "Farmers warn that a dry spring will make bread more expensive",
        "Mountain hospital receives new equipment for operations",
    ];

    fn now() -> DateTime<Utc> {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    fn publisher() -> Publisher {
        serde_json::from_value(serde_json::json!({
            "id": "steppe-post", "name": "Steppe Post", "country": "UA", "language": "uk",
            "home": "https://steppe.example/", "feeds": ["https://steppe.example/rss"],
        }))
        .unwrap()
    }

    /// A feed with these titles, each an hour older than the one before.
    fn feed(titles: &[&str], newest_hours_ago: i64) -> Feed {
        let entries = titles
            .iter()
            .zip(newest_hours_ago..)
            .map(|(title, hours)| Entry {
                title: Some((*title).to_owned()),
                published: Some(now() - TimeDelta::hours(hours)),
                ..Entry::default()
            });
        Feed {
            entries: entries.collect(),
            ..Feed::default()
        }
    }

    fn judged(feed: &Feed, permanent_url: Option<&str>) -> FeedCheck {
        let publisher = publisher();
        let permanent_url: Option<Url> = permanent_url.map(|url| url.parse().unwrap());
        let answer = Answer {
            feed,
            permanent_url: permanent_url.as_ref(),
        };
        judge(&publisher, &publisher.feeds[0], Ok(answer), now())
    }

    #[test]
    fn a_healthy_feed_is_ok_with_its_figures() {
        let check = judged(&feed(&UKRAINIAN, 3), None);
        assert_eq!(check.verdict, Verdict::Ok);
        assert_eq!(check.reason, "6 entries, the newest 3 hours old");
        assert_eq!(
            (check.entries, check.newest),
            (6, Some(now() - TimeDelta::hours(3)))
        );
        assert_eq!(check.publisher, "steppe-post".into());
    }

    #[test]
    fn no_answer_is_dead_with_the_reason_given() {
        let publisher = publisher();
        let outcome = Err("the server said 404".to_owned());
        let check = judge(&publisher, &publisher.feeds[0], outcome, now());
        assert_eq!(check.verdict, Verdict::Dead);
        assert_eq!(check.reason, "the server said 404");
    }

    #[test]
    fn a_week_is_fresh_enough_and_more_is_stale() {
        assert_eq!(judged(&feed(&UKRAINIAN, 7 * 24), None).verdict, Verdict::Ok);
        let check = judged(&feed(&UKRAINIAN, 8 * 24 + 1), None);
        assert_eq!(check.verdict, Verdict::Stale);
        assert_eq!(check.reason, "the newest entry is 8 days old");
    }

    #[test]
    fn a_date_in_the_future_does_not_make_a_feed_fresh() {
        let mut old = feed(&UKRAINIAN, 30 * 24);
        old.entries[5].published = Some(now() + TimeDelta::days(400));
        assert_eq!(judged(&old, None).verdict, Verdict::Stale);
    }

    #[test]
    fn an_update_counts_as_fresh() {
        let mut old = feed(&UKRAINIAN, 30 * 24);
        old.entries[5].updated = Some(now() - TimeDelta::hours(1));
        assert_eq!(judged(&old, None).verdict, Verdict::Ok);
    }

    #[test]
    fn entries_without_dates_are_not_called_stale() {
        let mut undated = feed(&UKRAINIAN, 0);
        for entry in &mut undated.entries {
            entry.published = None;
        }
        let check = judged(&undated, None);
        assert_eq!(check.verdict, Verdict::Ok);
        assert_eq!(check.reason, "6 entries without dates");
    }

    #[test]
    fn another_language_is_named_with_the_count() {
        let check = judged(&feed(&ENGLISH, 1), None);
        assert_eq!(check.verdict, Verdict::WrongLanguage);
        assert_eq!(
            check.reason,
            "6 of 6 titles are in the Latin script, not in \"uk\" as the catalogue says"
        );
    }

    #[test]
    fn few_entries_are_thin() {
        assert_eq!(judged(&feed(&UKRAINIAN[..5], 1), None).verdict, Verdict::Ok);
        let check = judged(&feed(&UKRAINIAN[..4], 1), None);
        assert_eq!(
            (check.verdict, check.reason.as_str()),
            (Verdict::Thin, "there are only 4 entries")
        );
        let check = judged(&feed(&[], 1), None);
        assert_eq!(
            (check.verdict, check.reason.as_str()),
            (Verdict::Thin, "there is no entry")
        );
    }

    #[test]
    fn a_permanent_move_is_told_and_the_same_address_is_none() {
        let fresh = feed(&UKRAINIAN, 1);
        let check = judged(&fresh, Some("https://new.example/rss"));
        assert_eq!(check.verdict, Verdict::Moved);
        assert_eq!(check.reason, "moved to https://new.example/rss");
        assert_eq!(check.moved_to.unwrap().as_str(), "https://new.example/rss");
        let check = judged(&fresh, Some("https://steppe.example/rss"));
        assert_eq!((check.verdict, check.moved_to), (Verdict::Ok, None));
    }

    #[test]
    fn the_worst_is_the_verdict_and_all_is_told() {
        let check = judged(
            &feed(&ENGLISH[..4], 20 * 24),
            Some("https://new.example/rss"),
        );
        assert_eq!(check.verdict, Verdict::Stale);
        assert_eq!(
            check.reason,
            "the newest entry is 20 days old; 4 of 4 titles are in the Latin script, not in \"uk\" \
             as the catalogue says; there are only 4 entries; moved to https://new.example/rss"
        );
        let check = judged(&feed(&ENGLISH[..4], 1), None);
        assert_eq!(check.verdict, Verdict::WrongLanguage);
    }
}
