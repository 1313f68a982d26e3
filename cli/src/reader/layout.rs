//! Where things stand on the screen: shared by drawing, scrolling and the mouse.

use chrono::{DateTime, FixedOffset, Utc};
use overview_core::model::{Article, ArticleId, CountryCode};
use ratatui::layout::Rect;

use super::state::{Place, State, WorldRow};
use super::update::world_place;
use crate::output::text;

/// Lines of one article in a list: its headline, and who told it when.
pub(super) const ROW_LINES: usize = 2;

/// Longest line of running text, in columns.
const MEASURE: usize = 72;

/// The parts of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Panes {
    pub(super) header: Rect,
    pub(super) left: Rect,
    /// Beside it, when the terminal is wide.
    pub(super) right: Option<Rect>,
    pub(super) status: Rect,
}

pub(super) fn panes(state: &State) -> Panes {
    let (columns, rows) = state.size;
    let body = Rect::new(0, 2.min(rows), columns, rows.saturating_sub(3));
    let (left, right) = if state.wide() {
        let left = (columns * 2 / 5).clamp(40, 84);
        (
            Rect::new(0, body.y, left, body.height),
            Some(Rect::new(
                left + 1,
                body.y,
                columns.saturating_sub(left + 1),
                body.height,
            )),
        )
    } else {
        (body, None)
    };
    Panes {
        header: Rect::new(0, 0, columns, 1.min(rows)),
        left,
        right,
        status: Rect::new(0, rows.saturating_sub(1), columns, 1.min(rows)),
    }
}

/// Where the list of countries, that of articles and the article are drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) world: Option<Rect>,
    pub(super) country: Option<Rect>,
    pub(super) article: Option<Rect>,
}

pub(super) fn shown(state: &State) -> Shown {
    let panes = panes(state);
    let mut shown = Shown::default();
    match (state.place, panes.right) {
        (Place::World, right) => {
            shown.world = Some(panes.left);
            shown.country = right;
        }
        (Place::Country, right) => {
            shown.country = Some(panes.left);
            shown.article = right;
        }
        (Place::Article, None) => shown.article = Some(panes.left),
        (Place::Article, right) => {
            shown.country = Some(panes.left);
            shown.article = right;
        }
    }
    shown
}

/// The first of `count` rows that is shown, so that the selected one stands in the middle where
/// the list is long enough.
pub(super) fn first_row(selected: usize, count: usize, height: usize) -> usize {
    selected
        .saturating_sub(height / 2)
        .min(count.saturating_sub(height))
}

/// What a click meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hit {
    Country(CountryCode),
    Article(ArticleId),
}

pub(super) fn hit(state: &State, column: u16, row: u16) -> Option<Hit> {
    let shown = shown(state);
    let inside = |rect: Option<Rect>| rect.filter(|rect| rect.contains((column, row).into()));
    if let Some(rect) = inside(shown.world) {
        let rows = state.world_rows();
        let height = usize::from(rect.height);
        let place = world_place(&rows, state.world.selected);
        let first = first_row(place, rows.len(), height);
        return match rows.get(first + usize::from(row - rect.y))? {
            WorldRow::Country(country) => Some(Hit::Country(country.country)),
            WorldRow::Region(..) => None,
        };
    }
    let rect = inside(shown.country)?;
    let (first, _) = article_window(state, rect);
    let place = first + usize::from(row - rect.y) / ROW_LINES;
    Some(Hit::Article(state.country.rows.get(place)?.id))
}

/// The first article shown in a list, and how many fit.
pub(super) fn article_window(state: &State, rect: Rect) -> (usize, usize) {
    let height = usize::from(rect.height) / ROW_LINES;
    let rows = &state.country.rows;
    let selected = rows
        .iter()
        .position(|row| Some(row.id) == state.country.selected)
        .unwrap_or(0);
    (first_row(selected, rows.len(), height), height.max(1))
}

/// What a line of an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Title,
    Meta,
    Heading,
    Quote,
    Text,
}

/// A laid-out line, in logical order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextLine {
    pub(super) kind: Kind,
    pub(super) text: String,
}

/// How many lines the open article has.
pub(super) fn article_lines(state: &State) -> usize {
    let (Some(rect), Some(article)) = (shown(state).article, &state.article.article) else {
        return 0;
    };
    lines(article, usize::from(rect.width), state.zone).len()
}

/// Columns of running text in a pane.
pub(super) fn measure(columns: usize) -> usize {
    MEASURE.min(columns.saturating_sub(4)).max(16)
}

/// An article as lines for a pane of so many columns.
pub(super) fn lines(article: &Article, columns: usize, zone: FixedOffset) -> Vec<TextLine> {
    let width = measure(columns);
    let mut out = Vec::new();
    // `apart`: an empty line follows.
    let mut push = |kind: Kind, content: &str, apart: bool| {
        let width = if kind == Kind::Quote {
            width - 2
        } else {
            width
        };
        for line in textwrap::wrap(&text::line(content), width) {
            out.push(TextLine {
                kind,
                text: line.into_owned(),
            });
        }
        if apart {
            out.push(TextLine {
                kind: Kind::Text,
                text: String::new(),
            });
        }
    };
    push(Kind::Title, &article.row.title, true);
    let at = article.row.published_at.unwrap_or(article.row.sort_at);
    let mut meta = vec![
        article.row.publisher_name.clone(),
        article.row.country.to_string(),
        date(at, zone),
    ];
    if !article.authors.is_empty() {
        meta.insert(1, article.authors.join(", "));
    }
    push(Kind::Meta, &meta.join(" · "), true);
    let paragraphs = article.text.split("\n\n").filter(|p| !p.trim().is_empty());
    for paragraph in paragraphs {
        let trimmed = paragraph.trim();
        if let Some(heading) = trimmed.strip_prefix("## ") {
            push(Kind::Heading, heading, true);
        } else if let Some(quote) = trimmed.strip_prefix("> ") {
            push(Kind::Quote, &quote.replace("\n> ", " "), true);
        } else if trimmed.contains('\n') {
            // Lists and tables keep their lines.
            let last = trimmed.lines().count();
            for (line, content) in trimmed.lines().enumerate() {
                push(Kind::Text, content, line + 1 == last);
            }
        } else {
            push(Kind::Text, trimmed, true);
        }
    }
    if article.text.trim().is_empty() {
        push(
            Kind::Text,
            "The feed carries no text for this article. o opens it in the browser.",
            true,
        );
    }
    out
}

fn date(at: DateTime<Utc>, zone: FixedOffset) -> String {
    at.with_timezone(&zone)
        .format("%-d %B %Y, %H:%M")
        .to_string()
}
