//! The screens about one event, and the choice of a perspective, drawn.

use overview_core::model::{Label, Telling};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::layout::{self, Hit};
use super::state::{Place, Reads, State};
use super::stories;
use super::theme::Theme;
use super::view::{on, prose_spans, two_sided, visual};
use crate::output::figures::count;
use crate::output::text;
use crate::prose::{self, Kind, wrapped};
use crate::telling;

/// Columns of one of several takes beside each other, at least.
const CARD: usize = 38;
/// The widest that running text becomes.
const MEASURE: usize = 88;
/// Lines of a headline and of what the text begins with.
const HEADLINE_LINES: usize = 4;
const FIRST_LINES: usize = 5;

pub(super) fn draw(frame: &mut Frame<'_>, rect: Rect, state: &State, theme: &Theme) {
    match state.place {
        Place::Takes => compare(frame, rect, state, theme),
        Place::Perspectives => perspectives(frame, rect, state, theme),
        _ => {
            let shown = lines(state);
            let shown = shown
                .iter()
                .skip(state.article.panel_scroll)
                .take(usize::from(rect.height))
                .map(|line| line_of(line, width(state), theme));
            frame.render_widget(Paragraph::new(shown.collect::<Vec<_>>()), rect);
        }
    }
}

pub(super) fn hit(state: &State, rect: Rect, column: u16, row: u16) -> Option<Hit> {
    let (column, row) = (usize::from(column - rect.x), usize::from(row - rect.y));
    match state.place {
        Place::Takes => {
            let cells = cells(state, usize::from(rect.width));
            let line = row + first_line(&cells, state, usize::from(rect.height));
            let cell = cells.iter().find(|cell| {
                (cell.column..cell.column + cell.width).contains(&column)
                    && (cell.line..cell.line + cell.lines.len()).contains(&line)
            })?;
            cell.of.map(Hit::Compared)
        }
        Place::Perspectives => {
            let choices = stories::choices(state);
            let first = first_choice(state, choices.len(), usize::from(rect.height));
            choices.get(first + row).cloned().map(Hit::Perspective)
        }
        _ => None,
    }
}

/// Columns of a page of text.
fn width(state: &State) -> usize {
    MEASURE
        .min(usize::from(state.size.0).saturating_sub(4))
        .max(16)
}

/// A page of text about the story.
pub(super) fn lines(state: &State) -> Vec<prose::Line> {
    let width = width(state);
    let original = state.reads == Reads::Original;
    let (Some(told), Some(subject)) = (&state.article.told, stories::subject(state)) else {
        return Vec::new();
    };
    let title = telling::headline(&subject.row, original);
    let mut lines = wrapped(Kind::Title, &title, "", "", width);
    lines.push(prose::Line::of(
        Kind::Meta,
        "",
        telling::byline(&subject.row, state.now),
    ));
    lines.push(prose::Line::of(Kind::Text, "", ""));
    lines.extend(match state.place {
        Place::Coverage => telling::coverage(&told.story, width, state.now),
        _ => telling::why(&subject.labels, width),
    });
    lines
}

fn line_of(line: &prose::Line, width: usize, theme: &Theme) -> Line<'static> {
    let mut spans = vec![
        Span::raw("  "),
        Span::styled(line.prefix.clone(), prefix_style(line.kind, theme)),
    ];
    spans.extend(prose_spans(line, width, theme));
    Line::from(spans)
}

/// What stands before a line: bars of quotes, labels, marks.
pub(super) fn prefix_style(kind: Kind, theme: &Theme) -> Style {
    match kind {
        Kind::Label(kind) => theme.perspective(kind),
        Kind::OwnLabel(kind) => theme.perspective(kind).add_modifier(Modifier::REVERSED),
        _ => theme.accent,
    }
}

/// One of those that are compared, or a heading between.
struct Cell {
    of: Option<overview_core::model::ArticleId>,
    column: usize,
    line: usize,
    width: usize,
    lines: Vec<prose::Line>,
}

/// The takes in columns, as many as there is room for, and under them all other articles.
fn cells(state: &State, columns: usize) -> Vec<Cell> {
    let compared = stories::compared(&state.article);
    let cards = stories::cards(&state.article).min(compared.len());
    let room = columns.saturating_sub(2);
    let beside = (room / CARD).clamp(1, 4).min(cards.max(1));
    let width = (room / beside).saturating_sub(2).max(8);
    let mut cells: Vec<Cell> = Vec::new();
    let mut line = 0;
    for row in compared[..cards].chunks(beside) {
        let from = cells.len();
        for (at, telling) in row.iter().enumerate() {
            cells.push(Cell {
                of: Some(telling.row.id),
                column: 1 + at * (width + 2),
                line,
                width,
                lines: card(state, telling, width),
            });
        }
        let height = cells[from..].iter().map(|cell| cell.lines.len()).max();
        line += height.unwrap_or(0) + 1;
    }
    if compared.len() > cards {
        let words = format!("All {} articles", compared.len());
        cells.push(Cell {
            of: None,
            column: 1,
            line,
            width: room,
            lines: vec![prose::Line::of(Kind::Heading, "", words)],
        });
        line += 1;
        for telling in &compared[cards..] {
            let lines = other(state, telling, room);
            let height = lines.len();
            cells.push(Cell {
                of: Some(telling.row.id),
                column: 1,
                line,
                width: room,
                lines,
            });
            line += height;
        }
    }
    cells
}

/// Label, who, headline, how it begins.
fn card(state: &State, telling: &Telling, width: usize) -> Vec<prose::Line> {
    let original = state.reads == Reads::Original;
    let mut lines = Vec::new();
    let is_open = state.article.id == Some(telling.row.id);
    lines.push(match telling.labels.first() {
        Some(Label { kind, name, .. }) => {
            let name = text::fit(telling::label(*kind, name), width.saturating_sub(2));
            match is_open {
                true => prose::Line::of(Kind::OwnLabel(*kind), format!(" {name} "), ""),
                false => prose::Line::of(Kind::Label(*kind), name, ""),
            }
        }
        None => prose::Line::of(Kind::Meta, "", "No label"),
    });
    let by = telling::byline(&telling.row, state.now);
    lines.push(prose::Line::of(Kind::Meta, "", text::fit(by, width)));
    let headline = telling::headline(&telling.row, original);
    lines.extend(cut(
        wrapped(Kind::Title, &headline, "", "", width),
        HEADLINE_LINES,
    ));
    let first = match original && telling.row.is_foreign() {
        true => &telling.row.teaser,
        false => &telling.first_sentence,
    };
    if !text::line(first).is_empty() {
        lines.extend(cut(wrapped(Kind::Text, first, "", "", width), FIRST_LINES));
    }
    let take = state.article.told.as_ref().and_then(|told| {
        let take = told
            .takes
            .iter()
            .find(|take| take.row.id == telling.row.id)?;
        telling::also_in(&told.story, take)
    });
    if let Some(also) = take {
        lines.extend(cut(wrapped(Kind::Meta, &also, "", "", width), 2));
    }
    lines
}

/// An article that is no take, in a line or two.
fn other(state: &State, telling: &Telling, width: usize) -> Vec<prose::Line> {
    let headline = telling::headline(&telling.row, state.reads == Reads::Original);
    let mut by = telling::byline(&telling.row, state.now);
    if telling.copy_of.is_some() {
        by += " · the same text";
    }
    vec![
        prose::Line::of(Kind::Text, "", text::fit(headline, width)),
        prose::Line::of(Kind::Meta, "  ", text::fit(by, width.saturating_sub(2))),
    ]
}

/// At most so many lines, with "…" for what is gone.
fn cut(mut lines: Vec<prose::Line>, most: usize) -> Vec<prose::Line> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let width = text::width(&last.text);
            last.text = text::fit(format!("{} …………", last.text), width.max(2));
        }
    }
    lines
}

/// The first line shown, so that the selected one is in sight.
fn first_line(cells: &[Cell], state: &State, height: usize) -> usize {
    let selected = cells.iter().find(|cell| cell.of == state.article.compared);
    let end = cells.iter().map(|cell| cell.line + cell.lines.len()).max();
    let Some(selected) = selected else { return 0 };
    let bottom = selected.line + selected.lines.len();
    let most = end.unwrap_or(0).saturating_sub(height);
    // The whole of it where it fits, its beginning where it does not.
    bottom.saturating_sub(height).min(selected.line).min(most)
}

fn compare(frame: &mut Frame<'_>, rect: Rect, state: &State, theme: &Theme) {
    let cells = cells(state, usize::from(rect.width));
    let first = first_line(&cells, state, usize::from(rect.height));
    for cell in &cells {
        let selected = cell.of.is_some() && cell.of == state.article.compared;
        for (at, line) in cell.lines.iter().enumerate() {
            let Some(row) = (cell.line + at).checked_sub(first) else {
                continue;
            };
            if row >= usize::from(rect.height) {
                break;
            }
            let mut spans = vec![Span::styled(if selected { "▌" } else { " " }, theme.accent)];
            spans.push(Span::styled(
                line.prefix.clone(),
                prefix_style(line.kind, theme),
            ));
            spans.extend(prose_spans(line, cell.width, theme));
            let at = Rect::new(
                rect.x + u16::try_from(cell.column).unwrap_or(0),
                rect.y + u16::try_from(row).unwrap_or(0),
                u16::try_from(cell.width + 1).unwrap_or(rect.width),
                1,
            );
            frame.render_widget(Paragraph::new(Line::from(spans)), at.intersection(rect));
        }
    }
}

fn first_choice(state: &State, count: usize, height: usize) -> usize {
    let choices = stories::choices(state);
    let selected = choices
        .iter()
        .position(|choice| *choice == state.perspectives.selected);
    layout::first_row(selected.unwrap_or(0), count, height)
}

fn perspectives(frame: &mut Frame<'_>, rect: Rect, state: &State, theme: &Theme) {
    let choices = stories::choices(state);
    let height = usize::from(rect.height);
    let first = first_choice(state, choices.len(), height);
    for (line, choice) in choices.iter().enumerate().skip(first).take(height) {
        let y = rect.y + u16::try_from(line - first).unwrap_or(u16::MAX);
        let at = Rect::new(rect.x, y, rect.width.min(72), 1);
        let selected = *choice == state.perspectives.selected;
        let style = if selected {
            theme.selected
        } else {
            Style::new()
        };
        let row = line.checked_sub(1);
        let row = row.and_then(|at| state.perspectives.rows.get(at));
        let (left, right) = match row {
            None => (vec![Span::raw("  All perspectives")], String::new()),
            Some(row) => (
                vec![
                    Span::raw("  "),
                    Span::styled(
                        telling::shape(row.kind).to_string(),
                        theme.perspective(row.kind),
                    ),
                    Span::raw(format!(" {}", visual(&text::line(&row.name)))),
                ],
                format!("{} stories ", count(row.stories)),
            ),
        };
        let right = on(style, [Span::styled(right, theme.dim)]).remove(0);
        two_sided(frame, at, on(style, left), right, style);
    }
    if state.perspectives.loaded && choices.len() == 1 && height > 2 {
        let words = "  No story of this list has a label.";
        let at = Rect::new(rect.x, rect.y + 2, rect.width, 1);
        frame.render_widget(Paragraph::new(Line::styled(words, theme.dim)), at);
    }
}
