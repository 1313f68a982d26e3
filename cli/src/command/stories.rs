use chrono::{DateTime, Utc};
use overview_core::model::{PerspectiveId, StoryOrder, StoryQuery, StoryRow, StoryScope};

use super::list;
use crate::args::{List, Order};
use crate::failure::{Outcome, Result};
use crate::names::Names;
use crate::output::figures::age;
use crate::output::{Cell, Column, Layout, Table};
use crate::session::Session;
use crate::telling;

pub(super) fn list(session: &mut Session, args: &List) -> Result<Outcome> {
    let overview = session.open()?;
    let names = Names::of(&overview);
    let about = args.about.as_deref().map(|name| names.country(name));
    let query = StoryQuery {
        scope: StoryScope {
            articles: names.scope(&args.scope, session.now)?,
            perspective: args.perspective.as_deref().map(PerspectiveId::from),
            overlooked: args.overlooked,
            has_takes: args.takes,
            actor: about.transpose()?,
        },
        order: match args.order {
            Order::Time => StoryOrder::Time,
            Order::Breadth => StoryOrder::Breadth,
            Order::Claim => StoryOrder::Claim,
        },
        limit: 0,
        after: args.after,
        before: args.before,
    };
    let limit = usize::try_from(args.limit).unwrap_or(usize::MAX);
    let before = query.before.is_some();
    let page = list::pages(limit, before, query.after, |after, limit| {
        Ok(overview.stories(&StoryQuery {
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
        list::nothing(session, &overview, "No such story here.")?;
        return Ok(Outcome::Done);
    }
    let table = table(&page.rows, session.out.layout(), session.now);
    session.out.table(table)?;
    list::more(session, page.previous, page.next)?;
    Ok(Outcome::Done)
}

/// An event a row.
fn table(rows: &[StoryRow], layout: Layout, now: DateTime<Utc>) -> Table {
    // The title stands last: see `list`.
    let mut table = Table::new(
        layout,
        &[
            Column::right(""),
            Column::right("Id"),
            Column::right("Age"),
            Column::left(""),
            Column::left("Publisher").at_most(16),
            Column::right("Takes"),
            Column::right("In"),
            Column::left("US"),
            Column::left("Title"),
        ],
    );
    for row in rows {
        table.row([
            Cell::plain(list::marks(&row.lead)),
            Cell::dim(row.lead.id.to_string()),
            Cell::dim(age(now, row.lead.sort_at)),
            Cell::dim(row.lead.country.as_str()),
            Cell::dim(&row.lead.publisher_name),
            Cell::plain(figure(row.takes, 1)),
            Cell::dim(figure(row.countries, 2)),
            Cell::plain(us(row)),
            list::title(&row.lead),
        ]);
    }
    table
}

/// A number that says something, from `least` on.
fn figure(number: u32, least: u32) -> String {
    match number >= least {
        true => number.to_string(),
        false => String::new(),
    }
}

/// `◌ 0/30`
fn us(row: &StoryRow) -> String {
    row.overlooked
        .as_ref()
        .map(|mark| {
            telling::overlooked(mark)
                .replace(" of ", "/")
                .replace(" US", "")
        })
        .unwrap_or_default()
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used)]

    use overview_core::model::{
        ArticleRow, OverlookedClaim, OverlookedMark, PerspectiveKind, StoryId,
    };

    use super::*;

    /// The story of an invented article.
    pub(crate) fn of(lead: ArticleRow) -> StoryRow {
        let overlooked = (lead.id.0 == 98).then_some(OverlookedMark {
            claim: OverlookedClaim::Overlooked,
            american_ran: 0,
            american_of: 30,
            countries: Vec::new(),
        });
        StoryRow {
            id: StoryId(7),
            label: None,
            articles: 9,
            publishers: 8,
            countries: 7,
            takes: if lead.id.0 == 97 { 0 } else { 6 },
            marks: vec![PerspectiveKind::State, PerspectiveKind::Region],
            overlooked,
            lead,
        }
    }

    #[test]
    fn the_table_of_stories_fits_eighty_columns() {
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let rows: Vec<StoryRow> = list::tests::rows().into_iter().map(of).collect();
        let layout = Layout {
            width: Some(80),
            isolate: false,
        };
        let drawn = crate::output::plain(table(&rows, layout, now));
        for line in drawn.lines() {
            assert!(crate::output::text::width(line) <= 80, "{line}");
        }
        insta::assert_snapshot!(drawn);
    }
}
