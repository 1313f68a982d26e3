//! The screen of what is muted, drawn from the state alone.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::layout;
use super::mutes::Item;
use super::state::State;
use super::theme::Theme;
use super::view::{on, two_sided, visual};
use crate::command::mute::{kind, until};
use crate::output::figures::count;
use crate::output::text;

pub(super) fn draw(frame: &mut Frame<'_>, rect: Rect, state: &State, theme: &Theme) {
    let items = state.mutes.items();
    let height = usize::from(rect.height);
    let offers = state.mutes.offers.len();
    // A heading above each part.
    let mut lines: Vec<Option<usize>> = Vec::new();
    if offers > 0 {
        lines.push(None);
        lines.extend((0..offers).map(Some));
    }
    lines.push(None);
    lines.extend((offers..items.len()).map(Some));
    let selected = lines
        .iter()
        .position(|at| *at == Some(state.mutes.selected));
    let first = layout::first_row(selected.unwrap_or(0), lines.len(), height);
    for (line, at) in lines.iter().enumerate().skip(first).take(height) {
        let y = rect.y + u16::try_from(line - first).unwrap_or(u16::MAX);
        let place = Rect::new(rect.x, y, rect.width.min(88), 1);
        let Some(at) = *at else {
            let words = match (line, offers > 0) {
                (0, true) => " Mute: d for a day, w for a week, Enter for good",
                _ if items.len() > offers => " Muted: D ends it, Enter shows what is hidden",
                _ if state.mutes.loaded => " Nothing is muted. / types words to mute.",
                _ => "",
            };
            frame.render_widget(Paragraph::new(Line::styled(words, theme.strong)), place);
            continue;
        };
        let style = match at == state.mutes.selected {
            true => theme.selected,
            false => Style::new(),
        };
        let (name, what, right) = match items.get(at) {
            Some(Item::Offer(what, name)) => (*name, kind(what), String::new()),
            Some(Item::Mute(mute)) => (
                mute.name.as_str(),
                kind(&mute.what),
                format!(
                    "hides {}  {} ",
                    count(mute.articles),
                    until(mute, &state.zone)
                ),
            ),
            None => continue,
        };
        let left = vec![
            Span::styled(format!("   {what:<10}"), theme.dim),
            Span::raw(visual(&text::line(name))),
        ];
        let right = on(style, [Span::styled(right, theme.dim)]).remove(0);
        two_sided(frame, place, on(style, left), right, style);
    }
}
