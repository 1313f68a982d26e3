use overview_core::model::CountryCode;
use overview_core::sync::{FeedCheck, Verdict};

use crate::args::Catalogue;
use crate::failure::{Outcome, Result};
use crate::interrupt;
use crate::names::Names;
use crate::output::figures::counted;
use crate::output::{Cell, Column, Layout, Table, text};
use crate::session::Session;

pub(super) fn run(session: &mut Session, args: &Catalogue) -> Result<Outcome> {
    match args {
        Catalogue::Export => {
            let json = session
                .catalogue()?
                .to_json()
                .map_err(overview_core::Error::from)?;
            session.out.line(text::json(&json))?;
            Ok(Outcome::Done)
        }
        Catalogue::Check { country } => check(session, country),
    }
}

fn check(session: &mut Session, countries: &[String]) -> Result<Outcome> {
    let overview = session.open()?;
    let countries: Vec<CountryCode> = Names::of(&overview).countries(countries)?;
    let starting = "starting the check";
    let (checks, cancelled) = interrupt::run(
        &session.out,
        "Checking",
        starting,
        async |cancel, progress| {
            let checks = overview
                .check_catalogue(&countries, cancel, &|state| {
                    progress.update(state.done, state.planned, String::new());
                })
                .await;
            (checks, cancel.is_cancelled())
        },
    )?;
    let checks = checks?;

    if session.out.is_json() {
        session.out.value(&checks)?;
    } else {
        let table = table(&checks, session.out.layout());
        if !table.is_empty() {
            session.out.table(table)?;
            session.out.line("")?;
        }
        session.out.line(sum(&checks))?;
    }
    Ok(outcome(&checks, cancelled))
}

fn outcome(checks: &[FeedCheck], cancelled: bool) -> Outcome {
    if cancelled {
        Outcome::CutShort
    } else if checks.iter().all(|check| check.verdict == Verdict::Ok) {
        Outcome::Done
    } else if checks.iter().all(|check| check.verdict == Verdict::Dead) {
        Outcome::Unreachable
    } else {
        Outcome::Trouble
    }
}

/// The feeds that are not as they should be, the worst first.
fn table(checks: &[FeedCheck], layout: Layout) -> Table {
    let columns = [
        Column::left(""),
        Column::left("Publisher").at_most(26),
        Column::left("Verdict"),
        Column::left("Why"),
    ];
    let mut table = Table::new(layout, &columns).wrapping();
    for (verdict, word) in VERDICTS {
        for check in checks.iter().filter(|check| check.verdict == verdict) {
            if verdict == Verdict::Ok {
                continue;
            }
            table.row([
                Cell::dim(check.country.as_str()),
                Cell::plain(check.publisher.as_str()),
                if verdict == Verdict::Dead {
                    Cell::bad(word)
                } else {
                    Cell::plain(word)
                },
                Cell::plain(&check.reason),
            ]);
        }
    }
    table
}

/// `540 feeds: 500 ok, 30 dead, 10 thin.`
fn sum(checks: &[FeedCheck]) -> String {
    let feeds = counted(
        u32::try_from(checks.len()).unwrap_or(u32::MAX),
        "feed",
        "feeds",
    );
    let sums: Vec<String> = VERDICTS
        .into_iter()
        .rev()
        .map(|(verdict, word)| {
            (
                checks
                    .iter()
                    .filter(|check| check.verdict == verdict)
                    .count(),
                word,
            )
        })
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
    if sums.is_empty() {
        format!("{feeds}.")
    } else {
        format!("{feeds}: {}.", sums.join(", "))
    }
}

/// Worst first.
const VERDICTS: [(Verdict, &str); 6] = [
    (Verdict::Dead, "dead"),
    (Verdict::Stale, "stale"),
    (Verdict::WrongLanguage, "wrong language"),
    (Verdict::Thin, "thin"),
    (Verdict::Moved, "moved"),
    (Verdict::Ok, "ok"),
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn check(publisher: &str, verdict: Verdict, reason: &str) -> FeedCheck {
        FeedCheck {
            publisher: publisher.into(),
            country: "UA".parse().unwrap(),
            feed: format!("https://{publisher}.example/rss").parse().unwrap(),
            verdict,
            reason: reason.to_owned(),
            entries: 3,
            newest: Some("2026-11-13T12:00:00Z".parse().unwrap()),
            moved_to: None,
        }
    }

    #[test]
    fn what_is_wrong_is_a_table_with_the_worst_first() {
        let checks = [
            check(
                "steppe-post",
                Verdict::Ok,
                "30 entries, the newest an hour old",
            ),
            check(
                "dnipro-daily",
                Verdict::Stale,
                "the newest of 30 entries is 10 days old",
            ),
            check(
                "kharkiv-herald",
                Verdict::Dead,
                "fetching https://kharkiv-herald.example/rss: \
                the server answered 404 Not Found",
            ),
        ];
        let layout = Layout {
            width: Some(80),
            isolate: false,
        };
        let drawn = crate::output::plain(table(&checks, layout));
        insta::assert_snapshot!(format!("{drawn}\n{}", sum(&checks)));
    }

    #[test]
    fn the_exit_code_tells_trouble_from_no_network() {
        let ok = check("a", Verdict::Ok, "");
        let dead = check("b", Verdict::Dead, "");
        assert_eq!(outcome(&[], false), Outcome::Done);
        assert_eq!(outcome(std::slice::from_ref(&ok), false), Outcome::Done);
        assert_eq!(
            outcome(&[ok.clone(), dead.clone()], false),
            Outcome::Trouble
        );
        assert_eq!(outcome(&[dead.clone(), dead], false), Outcome::Unreachable);
        assert_eq!(outcome(&[ok], true), Outcome::CutShort);
    }
}
