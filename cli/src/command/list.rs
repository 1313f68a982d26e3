use chrono::{DateTime, Utc};
use overview_core::Overview;
use overview_core::model::{ArticleQuery, ArticleRow, Cursor, PAGE_SIZE_MAX, Page};

use super::{mute, stories};
use crate::args::List;
use crate::failure::{Failure, Outcome, Result};
use crate::names::Names;
use crate::output::figures::age;
use crate::output::{Cell, Column, Layout, Table};
use crate::session::Session;

pub(super) fn run(session: &mut Session, args: &List) -> Result<Outcome> {
    if args.scope.muted {
        return mute::hidden(session, args);
    }
    if !args.articles {
        return stories::list(session, args);
    }
    let overview = session.open()?;
    let page = asked_for(session, &overview, args)?;
    if session.out.is_json() {
        session.out.value(&page)?;
        return Ok(Outcome::Done);
    }
    if page.rows.is_empty() {
        nothing(session, &overview, "No such article here.")?;
        return Ok(Outcome::Done);
    }
    let table = table(&page.rows, session.out.layout(), session.now);
    session.out.table(table)?;
    more(session, page.previous, page.next)?;
    Ok(Outcome::Done)
}

/// The articles that a command asks for.
pub(super) fn asked_for(
    session: &Session,
    overview: &Overview,
    args: &List,
) -> Result<Page<ArticleRow>> {
    let query = ArticleQuery {
        scope: Names::of(overview).scope(&args.scope, session.now)?,
        limit: 0,
        after: args.after,
        before: args.before,
    };
    let limit = usize::try_from(args.limit).unwrap_or(usize::MAX);
    read(overview, query, limit)
}

/// Why a list is empty.
pub(super) fn nothing(session: &mut Session, overview: &Overview, none: &str) -> Result<()> {
    let stored = overview
        .countries()?
        .iter()
        .any(|country| country.articles > 0);
    session.out.note(if stored {
        none
    } else {
        "Nothing is stored here yet. `overview sync` fetches what is new."
    })?;
    Ok(())
}

/// How to get what comes before and after.
pub(super) fn more(
    session: &mut Session,
    previous: Option<Cursor>,
    next: Option<Cursor>,
) -> Result<()> {
    if let Some(previous) = previous {
        session
            .out
            .note(format!("Newer ones: the same with --before {previous}"))?;
    }
    if let Some(next) = next {
        session
            .out
            .note(format!("Older ones: the same with --after {next}"))?;
    }
    Ok(())
}

/// A list as long as asked for, of as many pages as that takes.
fn read(overview: &Overview, query: ArticleQuery, limit: usize) -> Result<Page<ArticleRow>> {
    let before = query.before.is_some();
    pages(limit, before, query.after, |after, limit| {
        Ok(overview.articles(&ArticleQuery {
            after,
            limit,
            ..query.clone()
        })?)
    })
}

/// The pages that make up a list; `page` reads one after a place, of so many rows.
pub(super) fn pages<T>(
    limit: usize,
    before: bool,
    after: Option<Cursor>,
    page: impl Fn(Option<Cursor>, usize) -> Result<Page<T>>,
) -> Result<Page<T>> {
    if before && limit > PAGE_SIZE_MAX {
        return Err(Failure::Invalid(format!(
            "a list that ends at a place has at most {PAGE_SIZE_MAX} rows, not {limit}"
        )));
    }
    let mut list = page(after, limit.min(PAGE_SIZE_MAX))?;
    if before {
        return Ok(list);
    }
    while let (Some(next), missing @ 1..) = (list.next, limit.saturating_sub(list.rows.len())) {
        let page = page(Some(next), missing.min(PAGE_SIZE_MAX))?;
        list.rows.extend(page.rows);
        list.next = page.next;
    }
    Ok(list)
}

/// Also what is new by country is drawn with it.
pub(super) fn table(rows: &[ArticleRow], layout: Layout, now: DateTime<Utc>) -> Table {
    let mut table = empty_table(layout);
    for article in rows {
        table.row(cells(article, now));
    }
    table
}

/// The columns of [`cells`].
pub(super) fn empty_table(layout: Layout) -> Table {
    // The title stands last, so that only it is cut to the width and a right-to-left one has
    // nothing behind it.
    Table::new(
        layout,
        &[
            Column::right(""),
            Column::right("Id"),
            Column::right("Age"),
            Column::left(""),
            Column::left("Publisher").at_most(20),
            Column::left("Title"),
        ],
    )
}

/// An article as a row.
pub(super) fn cells(row: &ArticleRow, now: DateTime<Utc>) -> [Cell; 6] {
    [
        Cell::plain(marks(row)),
        Cell::dim(row.id.to_string()),
        Cell::dim(age(now, row.sort_at)),
        Cell::dim(row.country.as_str()),
        Cell::dim(&row.publisher_name),
        title(row),
    ]
}

/// The headline, or what stands for it; strong as long as it is unread.
pub(super) fn title(row: &ArticleRow) -> Cell {
    let words = [row.shown_title(), row.shown_teaser()]
        .into_iter()
        .find(|words| !words.trim().is_empty());
    let words = words.unwrap_or("(untitled)");
    if row.state.read {
        Cell::plain(words)
    } else {
        Cell::strong(words)
    }
}

/// As `overview list --help` explains them.
pub(super) fn marks(row: &ArticleRow) -> String {
    let marks = [
        (row.ready, 'r'),
        (row.state.hidden, 'h'),
        (row.state.saved, 's'),
        (!row.state.read, '*'),
    ];
    marks
        .into_iter()
        .filter_map(|(set, mark)| set.then_some(mark))
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used)]

    use overview_core::model::{ArticleId, ReadState};

    use super::*;

    /// Articles of invented publishers in several scripts.
    pub(crate) fn rows() -> Vec<ArticleRow> {
        let row = |id, at: &str, country: &str, publisher: &str, title: &str| ArticleRow {
            id: ArticleId(id),
            title: title.to_owned(),
            teaser: String::new(),
            publisher: "invented".into(),
            publisher_name: publisher.to_owned(),
            country: country.parse().unwrap(),
            language: "en".to_owned(),
            url: None,
            published_at: None,
            first_seen_at: at.parse().unwrap(),
            sort_at: at.parse().unwrap(),
            image: None,
            ready: false,
            translation: None,
            muted: false,
            state: ReadState::default(),
        };
        let mut rows = vec![
            row(
                120_311,
                "2026-11-23T11:59:50Z",
                "UA",
                "Steppe Post",
                "Rain ends a dry autumn",
            ),
            row(
                98,
                "2026-11-23T11:15:00Z",
                "EG",
                "صحيفة النيل",
                "افتتاح مكتبة جديدة على ضفاف النيل",
            ),
            row(
                97,
                "2026-11-23T08:00:00Z",
                "JP",
                "架空新聞",
                "駅前の広場で朝市が始まり、多くの人が訪れて野菜や果物を買い求めたと主催者が伝えた",
            ),
            row(
                96,
                "2026-11-20T08:00:00Z",
                "TH",
                "ข่าวสมมติ",
                "สวนสาธารณะแห่งใหม่เปิดแล้ว",
            ),
            row(
                95,
                "2026-09-01T08:00:00Z",
                "US",
                "The Very Long Name of a Newspaper",
                "A bridge that was closed for repairs since the spring is open again for everyone",
            ),
            row(
                94,
                "2026-11-22T08:00:00Z",
                "XX",
                "Evil\u{1b}]0;owned\u{7}",
                "\u{1b}[2J\u{202e}gone\n",
            ),
            row(
                93,
                "2026-11-22T08:00:00Z",
                "FR",
                "Le Journal",
                "E\u{301}te\u{301} 👩\u{200d}🚀 🇫🇷",
            ),
        ];
        rows[1].state.read = true;
        rows[2].state.saved = true;
        rows[3].state = ReadState {
            read: true,
            saved: true,
            hidden: true,
            position: None,
        };
        rows
    }

    fn drawn(width: Option<u16>) -> String {
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        crate::output::plain(table(
            &rows(),
            Layout {
                width,
                isolate: false,
            },
            now,
        ))
    }

    #[test]
    fn the_table_fits_eighty_columns_in_every_script() {
        let drawn = drawn(Some(80));
        for line in drawn.lines() {
            assert!(crate::output::text::width(line) <= 80, "{line}");
            assert!(!line.contains(char::is_control), "{line:?}");
        }
        insta::assert_snapshot!(drawn);
    }

    #[test]
    fn a_pipe_gets_whole_titles() {
        assert!(drawn(None).contains("since the spring is open again for everyone"));
        assert!(drawn(None).contains("主催者が伝えた"));
    }

    #[test]
    fn unread_titles_are_strong_on_a_terminal() {
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let drawn = table(
            &rows(),
            Layout {
                width: Some(80),
                isolate: true,
            },
            now,
        )
        .draw();
        assert!(
            drawn.contains("\u{1b}[1mRain ends a dry autumn"),
            "{drawn:?}"
        );
        assert!(
            drawn.contains('\u{2068}'),
            "right-to-left cells are isolated"
        );
    }
}
