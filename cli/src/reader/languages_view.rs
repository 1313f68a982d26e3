//! The screen of languages, drawn.

use overview_core::language::models::Model;
use overview_core::language::name_of;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::languages::{Item, Row, Setting, Test};
use super::layout;
use super::state::State;
use super::theme::Theme;
use super::view::{on, two_sided, visual};
use crate::output::figures::bytes;
use crate::output::text;

/// The widest that the table of models becomes, so that the eye keeps to a line.
const TABLE_WIDTH: u16 = 76;

/// A line of the list: what can be selected, or what stands between.
enum ListLine<'m> {
    Setting(Setting),
    Blank,
    Heading,
    Model(Row<'m>),
    Nothing,
}

pub(super) fn draw(frame: &mut Frame<'_>, rect: Rect, state: &State, theme: &Theme) {
    let tested = tested(state, usize::from(rect.width), theme);
    let room = u16::try_from(tested.len()).unwrap_or(u16::MAX);
    let room = room.min(rect.height / 2);
    let list = Rect {
        height: rect.height - room,
        ..rect
    };
    let lines = lines(state);
    let selected = lines.iter().position(|line| is_selected(line, state));
    let height = usize::from(list.height);
    let first = layout::first_row(selected.unwrap_or(0), lines.len(), height);
    for (place, line) in lines.iter().skip(first).take(height).enumerate() {
        let y = list.y + u16::try_from(place).unwrap_or(u16::MAX);
        let width = match line {
            ListLine::Heading | ListLine::Model(_) => list.width.min(TABLE_WIDTH),
            _ => list.width,
        };
        let at = Rect::new(list.x, y, width, 1);
        draw_line(frame, at, line, state, theme);
    }
    let below = Rect {
        y: list.bottom(),
        height: room,
        ..rect
    };
    frame.render_widget(Paragraph::new(tested), below);
}

fn lines(state: &State) -> Vec<ListLine<'_>> {
    let mut lines = vec![
        ListLine::Setting(Setting::Order),
        ListLine::Setting(Setting::Server),
        ListLine::Setting(Setting::Manifest),
        ListLine::Blank,
    ];
    let rows = state.languages.rows();
    if rows.is_empty() {
        lines.push(ListLine::Nothing);
    } else {
        lines.push(ListLine::Heading);
        lines.extend(rows.into_iter().map(ListLine::Model));
    }
    lines
}

fn is_selected(line: &ListLine<'_>, state: &State) -> bool {
    match (line, &state.languages.selected) {
        (ListLine::Setting(setting), Item::Setting(selected)) => setting == selected,
        (ListLine::Model(row), Item::Model(selected)) => row.language == *selected,
        _ => false,
    }
}

fn draw_line(frame: &mut Frame<'_>, rect: Rect, line: &ListLine<'_>, state: &State, theme: &Theme) {
    let style = match is_selected(line, state) {
        true => theme.selected,
        false => Style::new(),
    };
    let columns = usize::from(rect.width);
    match line {
        ListLine::Blank => {}
        ListLine::Nothing => {
            let words = match state.languages.asking {
                true => "   Asking which models there are …",
                false => "   No model is installed, and none is known to be offered.",
            };
            frame.render_widget(Paragraph::new(Line::styled(words, theme.dim)), rect);
        }
        ListLine::Heading => {
            let asking = match state.languages.asking {
                true => "asking … ",
                false => "",
            };
            let left = vec![Span::styled(
                columned("Language", "", "Installed", "Offered", columns),
                theme.strong,
            )];
            let right = Span::styled(format!("{asking}Size "), theme.strong);
            two_sided(frame, rect, left, right, Style::new());
        }
        ListLine::Setting(setting) => {
            let name = format!(" {:<21}", setting.name());
            let value = value(*setting, state);
            let room = columns.saturating_sub(name.chars().count() + 1);
            let spans = [
                Span::styled(name, theme.strong),
                Span::raw(text::fit(text::line(&value), room)),
            ];
            let line = Line::from(on(style, spans));
            frame.render_widget(Paragraph::new(line).style(style), rect);
        }
        ListLine::Model(row) => {
            let version =
                |model: Option<&Model>| model.map_or("", |model| model.version.as_str()).to_owned();
            let left = columned(
                &name_of(&row.language),
                &row.language,
                &version(row.installed),
                &version(row.offered),
                columns,
            );
            let shown = match row.installed {
                Some(_) => Span::raw(left),
                None => Span::styled(left, theme.dim),
            };
            let right = Span::styled(size(row, state), theme.dim);
            let mut spans = on(style, [shown, right]);
            let right = spans.pop().unwrap_or_default();
            two_sided(frame, rect, spans, right, style);
        }
    }
}

fn columned(name: &str, code: &str, installed: &str, offered: &str, columns: usize) -> String {
    // The versions are short; what is too long is told by `overview languages`.
    let wide = if columns >= 80 { 14 } else { 10 };
    let cell = |words: &str, width: usize| {
        let words = text::fit(text::line(words), width - 1);
        let rest = width.saturating_sub(text::width(&words));
        words + &" ".repeat(rest)
    };
    format!(
        "   {}{}{}{}",
        cell(name, wide + 4),
        cell(code, 5),
        cell(installed, wide),
        cell(offered, wide)
    )
}

/// What a model takes, or how much of it is here.
fn size(row: &Row<'_>, state: &State) -> String {
    if let Some(installing) = &state.installing
        && installing.language == row.language
    {
        let percent = installing.here.saturating_mul(100) / installing.bytes.max(1);
        return format!("{} % of {} ", percent.min(100), bytes(installing.bytes));
    }
    let model = row.offered.filter(|_| row.is_to_get()).or(row.installed);
    format!("{} ", bytes(model.map_or(0, Model::bytes)))
}

fn value(setting: Setting, state: &State) -> String {
    let settings = &state.languages.known.settings;
    match setting {
        Setting::Order => {
            let names: Vec<&str> = settings.order.iter().map(|engine| engine.name()).collect();
            names.join(", ")
        }
        Setting::Server => settings
            .server
            .as_ref()
            .map(|server| {
                let key = match server.key {
                    Some(_) => ", with a key",
                    None => "",
                };
                format!("{} at {}{key}", server.engine().name(), server.url)
            })
            .unwrap_or_else(|| "none".to_owned()),
        Setting::Manifest => settings
            .manifest
            .as_ref()
            .map_or_else(|| "none".to_owned(), ToString::to_string),
    }
}

/// A sentence that was tried, and what came of it.
fn tested(state: &State, columns: usize, theme: &Theme) -> Vec<Line<'static>> {
    let Some(Test {
        language,
        original,
        outcome,
    }) = &state.languages.tested
    else {
        return Vec::new();
    };
    let room = columns.saturating_sub(4).max(8);
    let mut lines = vec![Line::default()];
    let mut say = |words: &str, style: Style| {
        for line in text::paragraphs(words, room).lines() {
            lines.push(Line::styled(format!("   {}", visual(line)), style));
        }
    };
    say(original, theme.dim);
    match outcome {
        None => say("Translating …", theme.accent),
        Some(Ok((english, by))) => {
            say(english, theme.strong);
            say(&format!("From {} by {by}.", name_of(language)), theme.dim);
        }
        Some(Err(why)) => say(
            &format!("From {}, not translated: {why}.", name_of(language)),
            theme.warning,
        ),
    }
    lines
}

/// What is being typed, for the status line.
pub(super) fn typing(setting: Setting, typed: &str, theme: &Theme) -> Line<'static> {
    let example = match setting {
        Setting::Order => "",
        Setting::Server => "  libretranslate, deepl or apertium, its address, a file with its key",
        Setting::Manifest => "  an address; nothing for none",
    };
    Line::from(vec![
        Span::styled(format!(" {}: ", setting.name()), theme.accent),
        Span::raw(typed.to_owned()),
        Span::styled("▏", theme.accent),
        Span::styled(example, theme.dim),
    ])
}
