use std::collections::BTreeMap;
use std::time::Duration;

use overview_core::Overview;
use overview_core::sync::{FeedOutcome, SyncEnd, SyncProgress, SyncReport, SyncRequest};

use super::pack::make_room;
use crate::args::Sync;
use crate::failure::{Outcome, Result};
use crate::interrupt;
use crate::names::Names;
use crate::output::figures::{bytes, count, counted};
use crate::output::{Cell, Column, Layout, Table, text};
use crate::session::Session;

/// Failures that are named one by one.
const FAILURES_SHOWN: usize = 20;
/// The same when nobody answered: one cause is behind them all.
const FAILURES_SHOWN_OFFLINE: usize = 3;

pub(super) fn run(session: &mut Session, args: &Sync) -> Result<Outcome> {
    let overview = session.open()?;
    let names = Names::of(&overview);
    let request = SyncRequest {
        fetch_only: false,
        countries: names.countries(&args.country)?,
        publishers: names.publishers(&args.publisher)?,
        deadline: args.deadline,
        byte_budget: args.byte_budget.map(|budget| budget.as_u64()),
        metered_byte_budget: None,
        forced: args.force,
    };
    let report = fetch(session, &overview, &request)?;
    make_room(&overview, report.end == SyncEnd::Cancelled)?;
    if session.out.is_json() {
        session.out.value(&report)?;
    } else {
        print(session, &report)?;
        if report.progress.planned == 0 && report.not_due > 0 && !args.force {
            session
                .out
                .note("--force asks the feeds that are not due, too.")?;
        }
    }
    Ok(outcome(&report))
}

/// Syncs with a progress line; Ctrl-C ends it early and in order.
pub(super) fn fetch(
    session: &mut Session,
    overview: &Overview,
    request: &SyncRequest,
) -> Result<SyncReport> {
    session.out.flush()?;
    let starting = "starting the sync";
    let report = interrupt::run(
        &session.out,
        "Fetching",
        starting,
        async |cancel, progress| {
            let shown = |state: &SyncProgress| {
                progress.update(state.done, state.planned, details(state));
            };
            overview.sync(request, cancel, &shown).await
        },
    )?;
    Ok(report?)
}

/// What the progress line says beside how many feeds are done.
fn details(state: &SyncProgress) -> String {
    let mut details = format!("{} new", count(state.new_articles));
    if state.failed > 0 {
        details.push_str(&format!(", {} failed", count(state.failed)));
    }
    details.push_str(&format!(", {}", bytes(state.bytes)));
    if let Some(latest) = &state.latest {
        details.push_str(&format!("  {latest}"));
    }
    text::line(&details)
}

/// The exit code's meaning; `--help` explains it.
pub(super) fn outcome(report: &SyncReport) -> Outcome {
    let SyncProgress { done, failed, .. } = report.progress;
    match report.end {
        SyncEnd::NobodyReached => Outcome::Unreachable,
        SyncEnd::Completed if failed > 0 && failed == done => Outcome::Unreachable,
        SyncEnd::Completed => Outcome::Done,
        SyncEnd::Cancelled | SyncEnd::DeadlineReached | SyncEnd::BudgetReached => Outcome::CutShort,
    }
}

/// The failures and the sum.
pub(super) fn print(session: &mut Session, report: &SyncReport) -> Result<()> {
    let layout = session.out.layout();
    let table = failures(report, layout);
    if !table.is_empty() {
        session.out.table(table)?;
        if let Some(rest) = rest(report) {
            session.out.line(rest)?;
        }
        session.out.line("")?;
    }
    session.out.sentence(&sum(report))?;
    Ok(())
}

fn failed(report: &SyncReport) -> impl Iterator<Item = (&str, &str, &'static str, &str)> {
    report.feeds.iter().filter_map(|feed| match &feed.outcome {
        FeedOutcome::Failed { code, reason } => Some((
            feed.country.as_str(),
            feed.publisher.as_str(),
            *code,
            reason.as_str(),
        )),
        _ => None,
    })
}

fn shown(report: &SyncReport) -> usize {
    if outcome(report) == Outcome::Unreachable {
        FAILURES_SHOWN_OFFLINE
    } else {
        FAILURES_SHOWN
    }
}

fn failures(report: &SyncReport, layout: Layout) -> Table {
    let columns = [
        Column::left(""),
        Column::left("Failed").at_most(26),
        Column::left("Why"),
    ];
    let mut table = Table::new(layout, &columns).wrapping();
    for (country, publisher, _, reason) in failed(report).take(shown(report)) {
        table.row([
            Cell::dim(country),
            Cell::plain(publisher),
            Cell::plain(reason),
        ]);
    }
    table
}

/// The failures that were not named, by kind.
fn rest(report: &SyncReport) -> Option<String> {
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, _, code, _) in failed(report).skip(shown(report)) {
        *kinds.entry(code).or_default() += 1;
    }
    if kinds.is_empty() {
        return None;
    }
    let total: u32 = kinds.values().sum();
    let kinds: Vec<String> = kinds
        .iter()
        .map(|(code, number)| format!("{} {code}", count(*number)))
        .collect();
    Some(format!(
        "and {} more ({}); `overview publishers --failing` names them all",
        count(total),
        kinds.join(", ")
    ))
}

/// `Checked 412 of 450 feeds in 23 s: 5,120 new articles, 38 feeds failed, 12.3 MB.`
fn sum(report: &SyncReport) -> String {
    let SyncProgress {
        planned,
        done,
        failed,
        new_articles,
        bytes: size,
        ..
    } = report.progress;
    if planned == 0 {
        return match report.not_due {
            0 => "There is no feed to fetch here.".to_owned(),
            1 => "Nothing to do: the one feed is not due yet.".to_owned(),
            not_due => format!(
                "Nothing to do: none of the {} feeds is due yet.",
                count(not_due)
            ),
        };
    }
    let why = match report.end {
        SyncEnd::Completed => "",
        SyncEnd::NobodyReached => "Gave up, as nobody could be reached. ",
        SyncEnd::Cancelled => "Stopped. ",
        SyncEnd::DeadlineReached => "Out of time. ",
        SyncEnd::BudgetReached => "Byte budget used up. ",
    };
    let of = if done == planned {
        counted(done, "feed", "feeds")
    } else {
        format!("{} of {}", count(done), counted(planned, "feed", "feeds"))
    };
    let mut parts = vec![counted(new_articles, "new article", "new articles")];
    if failed > 0 {
        parts.push(format!("{} failed", counted(failed, "feed", "feeds")));
    }
    if report.not_due > 0 {
        parts.push(format!("{} not due yet", count(report.not_due)));
    }
    parts.push(bytes(size));
    let more = if report.end == SyncEnd::Completed {
        ""
    } else {
        " The next sync goes on with the rest."
    };
    format!(
        "{why}Checked {of} in {}: {}.{more}",
        took(report.took),
        parts.join(", ")
    )
}

fn took(took: Duration) -> String {
    if took < Duration::from_secs(10) {
        format!("{:.1} s", took.as_secs_f64())
    } else {
        humantime::format_duration(Duration::from_secs(took.as_secs())).to_string()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use overview_core::sync::FeedReport;

    use super::*;

    fn report(end: SyncEnd, planned: u32, outcomes: Vec<FeedOutcome>) -> SyncReport {
        let failed = outcomes
            .iter()
            .filter(|o| matches!(o, FeedOutcome::Failed { .. }))
            .count();
        SyncReport {
            end,
            progress: SyncProgress {
                planned,
                done: u32::try_from(outcomes.len()).unwrap(),
                failed: u32::try_from(failed).unwrap(),
                new_articles: 1_204,
                bytes: 3_456_789,
                latest: None,
            },
            not_due: 7,
            feeds: outcomes
                .into_iter()
                .map(|outcome| FeedReport {
                    publisher: "steppe-post".into(),
                    country: "UA".parse().unwrap(),
                    feed: "https://steppe.example/rss".parse().unwrap(),
                    outcome,
                    next_check_at: None,
                })
                .collect(),
            took: Duration::from_millis(2_345),
        }
    }

    fn failure() -> FeedOutcome {
        FeedOutcome::Failed {
            code: "dns",
            reason: "fetching https://steppe.example/rss: the name steppe.example could not be \
                     found"
                .to_owned(),
        }
    }

    fn drawn(report: &SyncReport) -> String {
        let layout = Layout {
            width: Some(80),
            isolate: false,
        };
        let table = crate::output::plain(failures(report, layout));
        format!(
            "{table}{}\n\n{}",
            rest(report).unwrap_or_default(),
            sum(report)
        )
    }

    #[test]
    fn one_failure_of_many_is_named_and_is_no_failure_of_the_sync() {
        let good = FeedOutcome::New {
            new: 1_204,
            updated: 3,
        };
        let report = report(
            SyncEnd::Completed,
            3,
            vec![good, FeedOutcome::Unchanged, failure()],
        );
        assert_eq!(outcome(&report), Outcome::Done);
        insta::assert_snapshot!(drawn(&report));
    }

    #[test]
    fn no_network_is_told_in_a_few_lines() {
        let report = report(SyncEnd::Completed, 563, vec![failure(); 563]);
        assert_eq!(outcome(&report), Outcome::Unreachable);
        let drawn = drawn(&report);
        assert!(drawn.contains("and 560 more (560 dns)"), "{drawn}");
    }

    #[test]
    fn a_sync_that_reached_nobody_says_that_it_gave_up() {
        let report = report(SyncEnd::NobodyReached, 563, vec![failure(); 30]);
        assert_eq!(outcome(&report), Outcome::Unreachable);
        assert!(sum(&report).starts_with("Gave up"), "{}", sum(&report));
    }

    #[test]
    fn a_sync_that_was_cut_short_says_why() {
        for (end, why) in [
            (SyncEnd::Cancelled, "Stopped."),
            (SyncEnd::DeadlineReached, "Out of time."),
            (SyncEnd::BudgetReached, "Byte budget used up."),
        ] {
            let report = report(end, 9, vec![failure(), FeedOutcome::Unchanged]);
            assert_eq!(outcome(&report), Outcome::CutShort);
            let sum = sum(&report);
            assert!(
                sum.starts_with(why) && sum.contains("2 of 9 feeds"),
                "{sum}"
            );
        }
    }

    #[test]
    fn nothing_due_is_no_failure() {
        let report = report(SyncEnd::Completed, 0, vec![]);
        assert_eq!(outcome(&report), Outcome::Done);
        assert_eq!(
            sum(&report),
            "Nothing to do: none of the 7 feeds is due yet."
        );
    }
}
