use chrono::{DateTime, Utc};
use overview_core::model::{SearchHit, SearchOrder, SearchQuery, StoryScope, Stretch};

use super::list;
use crate::args::{Search, SearchOrderArg};
use crate::failure::{Outcome, Result};
use crate::names::Names;
use crate::output::{Cell, Layout, Table};
use crate::session::Session;

pub(super) fn run(session: &mut Session, args: &Search) -> Result<Outcome> {
    let overview = session.open()?;
    let names = Names::of(&overview);
    let query = SearchQuery {
        text: args.words.join(" "),
        scope: StoryScope {
            articles: names.scope(&args.scope, session.now)?,
            perspective: args.perspective.as_deref().map(Into::into),
            overlooked: args.overlooked,
            has_takes: args.takes,
            actor: args
                .about
                .as_deref()
                .map(|name| names.country(name))
                .transpose()?,
        },
        order: match args.by {
            SearchOrderArg::Time => SearchOrder::Time,
            SearchOrderArg::Rank => SearchOrder::Rank,
        },
        limit: 0,
        after: args.after,
    };
    let limit = usize::try_from(args.limit).unwrap_or(usize::MAX);
    let page = list::pages(limit, false, query.after, |after, limit| {
        Ok(overview.search(&SearchQuery {
            after,
            limit,
            ..query.clone()
        })?)
    })?;
    if session.out.is_json() {
        session.out.value(&page)?;
        return Ok(Outcome::Done);
    }
    if page.rows.is_empty() {
        list::nothing(session, &overview, "Nothing here has all of these words.")?;
        return Ok(Outcome::Done);
    }
    let table = table(&page.rows, session.out.layout(), session.now);
    session.out.table(table)?;
    list::more(session, None, page.next)?;
    Ok(Outcome::Done)
}

/// Two lines a hit: the title, and where the words stand when that is not the title.
fn table(hits: &[SearchHit], layout: Layout, now: DateTime<Utc>) -> Table {
    let mut table = list::empty_table(layout);
    for hit in hits {
        table.row(list::cells(&hit.row, now));
        let is_in_title = hit.title.iter().any(|stretch| stretch.found);
        if !is_in_title && hit.excerpt.iter().any(|stretch| stretch.found) {
            let empty = || Cell::plain("");
            let excerpt = Cell::dim(around(&hit.excerpt));
            table.row([empty(), empty(), empty(), empty(), empty(), excerpt]);
        }
    }
    table
}

/// The words found, with a little of what stands before them, so that a narrow line shows them.
fn around(excerpt: &[Stretch]) -> String {
    const BEFORE: usize = 24;
    let first = excerpt
        .iter()
        .position(|stretch| stretch.found)
        .unwrap_or(0);
    let before: String = excerpt[..first].iter().map(|it| it.text.as_str()).collect();
    let from = before
        .char_indices()
        .rev()
        .nth(BEFORE)
        .map_or(0, |(at, _)| at);
    let cut = if from > 0 && !before.starts_with('…') {
        "…"
    } else {
        ""
    };
    let rest: String = excerpt[first..].iter().map(|it| it.text.as_str()).collect();
    format!("{cut}{}{rest}", &before[from..])
}
