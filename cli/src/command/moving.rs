//! Moving house: all that is the person's own, to a file and from it.

use std::path::Path;

use overview_core::moving::{MovingProgress, MovingReport};
use tokio_util::sync::CancellationToken;

use crate::failure::{Outcome, Result};
use crate::interrupt;
use crate::output::figures::{count, counted};
use crate::session::Session;

pub(super) fn export(session: &mut Session, file: &Path) -> Result<Outcome> {
    moved(session, "Writing", |overview, cancel, progress| {
        overview.export(file, cancel, progress)
    })
}

pub(super) fn import(session: &mut Session, file: &Path) -> Result<Outcome> {
    moved(session, "Reading", |overview, cancel, progress| {
        let report = overview.import(file, cancel, progress)?;
        // The program ends now; what is muted is hidden and counted, too.
        overview.settle()?;
        Ok(report)
    })
}

type Told<'a> = &'a (dyn Fn(&MovingProgress) + Send + Sync);

fn moved(
    session: &mut Session,
    label: &'static str,
    work: impl FnOnce(
        &overview_core::Overview,
        &CancellationToken,
        Told<'_>,
    ) -> overview_core::Result<MovingReport>,
) -> Result<Outcome> {
    let overview = session.open()?;
    session.out.flush()?;
    let report = interrupt::run(
        &session.out,
        label,
        "starting to move",
        async |cancel, progress| {
            let shown = |state: &MovingProgress| {
                let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
                progress.update(small(state.done), small(state.planned), String::new());
            };
            work(&overview, cancel, &shown)
        },
    )??;
    if session.out.is_json() {
        session.out.value(&report)?;
    } else {
        session.out.sentence(&sum(&report))?;
    }
    Ok(match report.cancelled {
        true => Outcome::CutShort,
        false => Outcome::Done,
    })
}

fn sum(report: &MovingReport) -> String {
    if report.cancelled {
        return "Stopped as asked; nothing was changed.".to_owned();
    }
    let counts = &report.counts;
    let mut sum = format!(
        "{}, {}, {}, {}, {} and {}.",
        counted(
            counts.own,
            "publisher of your own",
            "publishers of your own"
        ),
        counted(
            counts.follows,
            "choice what to follow",
            "choices what to follow"
        ),
        counted(counts.mutes, "mute", "mutes"),
        counted(counts.settings, "setting", "settings"),
        counted(counts.marks, "mark", "marks"),
        counted(counts.articles, "saved article", "saved articles"),
    );
    if counts.left_out > 0 {
        sum += &format!(" {} could not be taken over.", count(counts.left_out));
    }
    sum
}

#[cfg(test)]
mod tests {
    use overview_core::model::MovedCounts;

    use super::*;

    #[test]
    fn the_sum_names_everything() {
        let report = MovingReport {
            cancelled: false,
            counts: MovedCounts {
                own: 1,
                follows: 2,
                mutes: 0,
                settings: 1,
                marks: 1_204,
                articles: 3,
                left_out: 1,
            },
        };
        insta::assert_snapshot!(sum(&report));
    }
}
