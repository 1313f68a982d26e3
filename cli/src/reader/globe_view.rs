//! The globe in braille, drawn.

use overview_core::globe::{Dot, Frame as Picture, Tint, raster};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::globe::{DOTS, viewport};
use super::state::State;
use super::theme::Theme;
use super::view::visual;
use crate::output::figures::count;
use crate::output::text;

/// Where in a character each bit of U+2800 is, by column and row.
const BITS: [(usize, usize); 8] = [
    (0, 0),
    (0, 1),
    (0, 2),
    (1, 0),
    (1, 1),
    (1, 2),
    (0, 3),
    (1, 3),
];

/// Which dots of four by four are set first, so that a part of them is spread evenly (Bayer 1973).
const SPREAD: [[u8; 4]; 4] = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]];

/// Without colours, so many dots of sixteen by tint. The selected country has all.
const DENSITY: [u8; Tint::ALL.len()] = [6, 8, 9, 11, 13, 14];

/// What one character shows.
#[derive(Clone, Copy, PartialEq)]
enum Ink {
    Edge,
    Land(u8),
    Selected,
}

pub(super) fn draw(frame: &mut Frame<'_>, rect: Rect, state: &State, theme: &Theme) {
    let selected = state.country();
    let mut picture = Picture::default();
    let turning = &state.globe;
    turning
        .globe
        .draw(turning.camera, viewport(rect), selected, &mut picture);
    let size = (usize::from(rect.width), usize::from(rect.height));
    let columns = size.0 * usize::from(DOTS.0);
    let rows = size.1 * usize::from(DOTS.1);
    let mut dots = Vec::new();
    raster(&picture, columns, rows, &mut dots);
    let chosen = picture
        .selected_shape
        .and_then(|shape| picture.shape_places.get(shape as usize).copied());
    let screen = Dots {
        dots: &dots,
        columns,
        chosen,
        by_density: !theme.has_colours(),
    };
    let lines = (0..size.1).map(|row| {
        let characters = (0..size.0).map(|column| {
            let (character, ink) = screen.character(column, row);
            let style = match ink {
                None => Style::new(),
                Some(Ink::Edge) => theme.dim,
                Some(Ink::Land(tint)) => theme.tint(tint),
                Some(Ink::Selected) => theme.chosen(),
            };
            Span::styled(character.to_string(), style)
        });
        Line::from_iter(characters)
    });
    frame.render_widget(Paragraph::new(lines.collect::<Vec<_>>()), rect);
    if let Some([x, y]) = picture.selected_at {
        name(frame, rect, state, x, y, theme);
    }
}

/// A picture in dots.
struct Dots<'a> {
    dots: &'a [Dot],
    columns: usize,
    chosen: Option<u32>,
    by_density: bool,
}

impl Dots<'_> {
    fn at(&self, x: usize, y: usize) -> Dot {
        // A globe that goes on beyond the picture has no edge there.
        if x >= self.columns || y >= self.dots.len() / self.columns {
            return Dot::Sea;
        }
        let dot = self.dots.get(y * self.columns + x);
        dot.copied().unwrap_or_default()
    }

    /// What a dot is drawn with, if it is.
    fn ink(&self, x: usize, y: usize) -> Option<Ink> {
        match self.at(x, y) {
            Dot::Outside => None,
            Dot::Sea => {
                let beside = [
                    (x.wrapping_sub(1), y),
                    (x + 1, y),
                    (x, y.wrapping_sub(1)),
                    (x, y + 1),
                ];
                let is_edge = |&(x, y): &(usize, usize)| self.at(x, y) == Dot::Outside;
                beside.iter().any(is_edge).then_some(Ink::Edge)
            }
            Dot::Land { place, .. } if Some(place) == self.chosen => Some(Ink::Selected),
            Dot::Land { place, tint } => {
                // A gap along the border.
                let others = |x: usize, y: usize| match self.at(x, y) {
                    Dot::Land { place: other, .. } => other != place,
                    _ => false,
                };
                let density = DENSITY.get(usize::from(tint)).copied().unwrap_or(16);
                let left_out = self.by_density && SPREAD[y % 4][x % 4] >= density;
                (!left_out && !others(x + 1, y) && !others(x, y + 1)).then_some(Ink::Land(tint))
            }
        }
    }

    fn character(&self, column: usize, row: usize) -> (char, Option<Ink>) {
        let (left, top) = (column * usize::from(DOTS.0), row * usize::from(DOTS.1));
        let inks = BITS.map(|(x, y)| self.ink(left + x, top + y));
        let bits = inks.iter().enumerate().filter(|(_, ink)| ink.is_some());
        let bits: u32 = bits.map(|(bit, _)| 1 << bit).sum();
        let how_many = |ink: &Ink| inks.iter().filter(|it| **it == Some(*ink)).count();
        let most = inks.iter().flatten().max_by_key(|ink| match ink {
            Ink::Selected => usize::MAX,
            Ink::Land(_) => how_many(ink),
            Ink::Edge => 0,
        });
        let character = match bits {
            0 => ' ',
            bits => char::from_u32(0x2800 + bits).unwrap_or(' '),
        };
        (character, most.copied())
    }
}

/// The name of the selected country with what is unread, above it.
fn name(frame: &mut Frame<'_>, rect: Rect, state: &State, x: f32, y: f32, theme: &Theme) {
    let selected = state.country();
    let mut countries = state.world.countries.iter();
    let Some(country) = countries.find(|country| Some(country.country) == selected) else {
        return;
    };
    let words = format!(
        " {} {} ",
        visual(&country.name),
        count(country.unread_stories)
    );
    let width = u16::try_from(text::width(&words)).unwrap_or(rect.width);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let [column, row] = [x / f32::from(DOTS.0), y / f32::from(DOTS.1)].map(|at| at.max(0.0) as u16);
    if width > rect.width || column >= rect.width || row >= rect.height {
        return;
    }
    let left = column.saturating_sub(width / 2).min(rect.width - width);
    let top = row.saturating_sub(2);
    let place = Rect::new(rect.x + left, rect.y + top, width, 1);
    frame.render_widget(Paragraph::new(Line::styled(words, theme.selected)), place);
}
