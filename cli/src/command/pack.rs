use overview_core::Overview;
use overview_core::pack::{PackEnd, PackPlan, PackProgress, PackReport, PackRequest};

use crate::args::Pack;
use crate::failure::{Outcome, Result};
use crate::interrupt;
use crate::names::Names;
use crate::output::figures::{bytes, count, counted};
use crate::output::text;
use crate::session::Session;

pub(super) fn run(session: &mut Session, args: &Pack) -> Result<Outcome> {
    let overview = session.open()?;
    let request = PackRequest {
        countries: Names::of(&overview).countries(&args.country)?,
        saved_only: args.saved,
        newest: args.newest,
        hours: args.hours,
        pictures: !args.no_pictures,
        byte_budget: args.byte_budget.as_u64(),
        deadline: args.deadline,
        // A terminal is not told what its network costs.
        unmetered_only: false,
    };
    if args.plan {
        let plan = overview.plan_pack(&request)?;
        if session.out.is_json() {
            session.out.value(&plan)?;
        } else {
            session.out.sentence(&expected(&plan))?;
        }
        return Ok(Outcome::Done);
    }
    session.out.flush()?;
    let report = interrupt::run(
        &session.out,
        "Packing",
        "starting to pack",
        async |cancel, progress| {
            let shown = |state: &PackProgress| {
                progress.update(state.done, state.planned, bytes(state.kept_bytes));
            };
            overview.pack(&request, cancel, &shown).await
        },
    )??;
    make_room(&overview, report.end == PackEnd::Cancelled)?;
    if session.out.is_json() {
        session.out.value(&report)?;
    } else {
        session.out.sentence(&sum(&report))?;
    }
    Ok(match report.end {
        PackEnd::Completed => Outcome::Done,
        PackEnd::NobodyReached => Outcome::Unreachable,
        PackEnd::Cancelled
        | PackEnd::DeadlineReached
        | PackEnd::BudgetReached
        | PackEnd::Metered => Outcome::CutShort,
    })
}

/// The program ends now: what is kept beyond the budget goes before it does, unless it was stopped.
pub(super) fn make_room(overview: &Overview, is_cancelled: bool) -> Result<()> {
    if !is_cancelled {
        overview.settle()?;
    }
    Ok(())
}

fn expected(plan: &PackPlan) -> String {
    let planned = u32::try_from(plan.articles.len()).unwrap_or(u32::MAX);
    format!(
        "{}, {} of them ready; the others take about {}. {} is kept now.",
        counted(planned, "article", "articles"),
        count(plan.ready),
        bytes(plan.expected_bytes),
        bytes(plan.kept_bytes),
    )
}

fn sum(report: &PackReport) -> String {
    let progress = report.progress;
    let mut sum = format!(
        "{} of {} ready, {} kept.",
        count(progress.ready),
        counted(progress.planned, "article", "articles"),
        bytes(progress.kept_bytes),
    );
    sum += match report.end {
        PackEnd::Completed => "",
        PackEnd::Cancelled => " Stopped as asked; the next run goes on.",
        PackEnd::DeadlineReached => " The time was over; the next run goes on.",
        PackEnd::BudgetReached => " There is no room for more: --byte-budget gives more.",
        PackEnd::Metered => " Stopped where the network costs money; the next run goes on.",
        PackEnd::NobodyReached => " Nobody could be reached: there seems to be no network.",
    };
    if let Some(why) = &report.first_failure {
        sum += &format!(
            " {} failed; the first: {}.",
            count(progress.failed),
            text::line(why)
        );
    }
    sum
}
