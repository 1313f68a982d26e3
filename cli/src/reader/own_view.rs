//! The screen of what is the person's own, drawn from the state alone.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::layout;
use super::own::{Found, Item};
use super::state::State;
use super::theme::Theme;
use super::view::{on, two_sided, visual};
use crate::command::history::said;
use crate::output::figures::{ago, counted};
use crate::output::text;

/// A line: a heading, or something that can be selected.
enum Row {
    Heading(String),
    Item(usize),
}

pub(super) fn draw(frame: &mut Frame<'_>, rect: Rect, state: &State, theme: &Theme) {
    let rows = rows(state);
    let height = usize::from(rect.height);
    let selected = rows
        .iter()
        .position(|row| matches!(row, Row::Item(at) if *at == state.own.selected));
    let first = layout::first_row(selected.unwrap_or(0), rows.len(), height);
    for (line, row) in rows.iter().enumerate().skip(first).take(height) {
        let y = rect.y + u16::try_from(line - first).unwrap_or(u16::MAX);
        let place = Rect::new(rect.x, y, rect.width.min(100), 1);
        match row {
            Row::Heading(words) => {
                let words = Line::styled(format!(" {}", visual(words)), theme.strong);
                frame.render_widget(Paragraph::new(words), place);
            }
            Row::Item(at) => item(frame, place, state, *at, theme),
        }
    }
}

fn rows(state: &State) -> Vec<Row> {
    let own = &state.own;
    let mut rows = Vec::new();
    let mut next = 0;
    let mut some = |rows: &mut Vec<Row>, count: usize| {
        rows.extend((next..next + count).map(Row::Item));
        next += count;
    };
    match &own.found {
        Some(found) => {
            rows.push(Row::Heading(heading(found, state)));
            some(&mut rows, found.site.feeds.len());
        }
        None if own.looking => rows.push(Row::Heading("Looking for its feeds …".to_owned())),
        None => rows.push(Row::Heading("/ adds a site by its address".to_owned())),
    }
    let known = &own.known;
    if !known.sites.is_empty() {
        rows.push(Row::Heading("Sites you added: D removes".to_owned()));
        some(&mut rows, known.sites.len());
    }
    if !known.changes.is_empty() {
        rows.push(Row::Heading(
            "Can be taken back: Enter, or U the last".to_owned(),
        ));
        some(&mut rows, known.changes.len());
    }
    if own.loaded {
        let words = match known.history.is_empty() {
            true => "Nothing was opened yet.",
            false => "Read lately",
        };
        rows.push(Row::Heading(words.to_owned()));
        some(&mut rows, known.history.len());
    }
    rows
}

fn heading(found: &Found, state: &State) -> String {
    let country = found.country.map(|code| {
        let mut countries = state.world.countries.iter();
        let known = countries.find(|known| known.country == code);
        known.map_or_else(|| code.to_string(), |known| known.name.clone())
    });
    format!(
        "{}, {}: A adds it, c its country, Enter chooses feeds",
        text::line(&found.site.name),
        country.unwrap_or_else(|| "of no known country".to_owned()),
    )
}

fn item(frame: &mut Frame<'_>, place: Rect, state: &State, at: usize, theme: &Theme) {
    let style = match at == state.own.selected {
        true => theme.selected,
        false => Style::new(),
    };
    let items = state.own.items();
    let (left, right) = match items.get(at) {
        Some(Item::Feed(_, feed, chosen)) => {
            let mark = if *chosen { "[x] " } else { "[ ] " };
            let name = feed.title.as_deref().unwrap_or(feed.url.as_str());
            let right = match feed.known {
                Some(_) => "here already".to_owned(),
                None => counted(feed.entries, "entry", "entries"),
            };
            (format!("{mark}{}", text::line(name)), right)
        }
        Some(Item::Site(site)) => {
            let right = format!("{}  {} unread", site.country, site.unread);
            (text::line(&site.name), right)
        }
        Some(Item::Change(change)) => (said(change), ago(state.now, change.made_at)),
        Some(Item::Read(entry)) => (
            text::line(entry.row.shown_title()),
            ago(state.now, entry.read_at),
        ),
        None => return,
    };
    let left = vec![Span::raw(format!("   {}", visual(&left)))];
    let right = on(style, [Span::styled(format!("{right} "), theme.dim)]).remove(0);
    two_sided(frame, place, on(style, left), right, style);
}
