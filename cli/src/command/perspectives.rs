use overview_core::model::StoryScope;

use crate::args::ScopeArgs;
use crate::failure::{Outcome, Result};
use crate::names::Names;
use crate::output::figures::count;
use crate::output::{Cell, Column, Table};
use crate::session::Session;
use crate::telling;

pub(super) fn run(session: &mut Session, args: &ScopeArgs) -> Result<Outcome> {
    let overview = session.open()?;
    let scope = StoryScope {
        articles: Names::of(&overview).scope(args, session.now)?,
        ..StoryScope::default()
    };
    let perspectives = overview.perspectives(&scope)?;
    if session.out.is_json() {
        session.out.value(&perspectives)?;
        return Ok(Outcome::Done);
    }
    if perspectives.is_empty() {
        session.out.note("No story here has a label.")?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(
        session.out.layout(),
        &[
            Column::right("Stories"),
            Column::left("Id"),
            Column::left("Perspective"),
        ],
    );
    for one in &perspectives {
        table.row([
            Cell::plain(count(one.stories)),
            Cell::dim(one.perspective.as_str()),
            Cell::plain(telling::label(one.kind, &one.name)),
        ]);
    }
    session.out.table(table)?;
    session
        .out
        .note("overview list --perspective ID lists what is told under one.")?;
    Ok(Outcome::Done)
}
