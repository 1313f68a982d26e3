//! The world as a globe: what keys and the mouse do to it.

use chrono::{DateTime, TimeDelta, Utc};
use overview_core::globe::{Camera, Globe, Viewport, point_of};
use overview_core::model::{CountryCode, CountrySummary};
use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Rect;

use super::layout;
use super::state::{Listing, Place, State};
use super::update::{Effect, open};

/// Dots of a character: braille.
pub(super) const DOTS: (u16, u16) = (2, 4);
/// How many dots from a small country it is still meant: three columns.
const REACH: f64 = 6.0;
/// Degrees of one key, at zoom 1.
const STEP: f64 = 10.0;
/// What one key or notch of the wheel zooms by.
const ZOOM: f64 = 1.25;
/// How long the globe turns to a country.
const FLIGHT: TimeDelta = TimeDelta::milliseconds(350);

/// The globe that is shown instead of the list of countries, or was last.
#[derive(Debug, Clone, Default)]
pub(super) struct Turning {
    pub(super) globe: Globe,
    pub(super) camera: Camera,
    /// On the way to a country.
    pub(super) flight: Option<Flight>,
    /// The mouse has hold of it.
    held: Option<Held>,
    /// Leaving a country's stories leads back to it.
    pub(super) is_home: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Flight {
    from: Camera,
    to: Camera,
    begun: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy)]
struct Held {
    column: u16,
    row: u16,
    moved: bool,
}

/// The picture that fits a part of the screen, in dots.
pub(super) fn viewport(rect: Rect) -> Viewport {
    Viewport {
        width: f64::from(rect.width * DOTS.0),
        height: f64::from(rect.height * DOTS.1),
        reach: REACH,
    }
}

/// Shows the globe instead of the list, turned to what is selected there; or the list again.
pub(super) fn toggle(state: &mut State) {
    if state.place == Place::Globe {
        leave(state);
        return;
    }
    state.place = Place::Globe;
    state.globe.is_home = true;
    if let Some(point) = state.country().and_then(point_of) {
        let camera = state.globe.camera;
        state.globe.camera = Camera::new(point.lon, point.lat, camera.zoom);
    }
}

pub(super) fn leave(state: &mut State) {
    state.place = Place::World;
    state.globe.is_home = false;
    state.globe.flight = None;
}

/// So many keys to the east and to the south.
pub(super) fn turn(state: &mut State, east: f64, south: f64) {
    state.globe.flight = None;
    let Camera { lon, lat, zoom } = state.globe.camera;
    let degrees = STEP / zoom;
    state.globe.camera = Camera::new(lon + east * degrees, lat - south * degrees, zoom);
}

/// In by so many notches, or out.
pub(super) fn zoom(state: &mut State, notches: i32) {
    state.globe.flight = None;
    state.globe.camera = state.globe.camera.zoomed(ZOOM.powi(notches));
}

/// To the next country by name, or the one before.
pub(super) fn next(state: &mut State, by: isize) {
    let shown = state.shown_listings();
    let is_shown = |country: &&CountrySummary| shown.contains(&Listing::Country(country.country));
    let countries = state.world.countries.iter();
    let mut countries: Vec<&CountrySummary> = countries.filter(is_shown).collect();
    countries.sort_by(|a, b| a.name.cmp(&b.name));
    let count = isize::try_from(countries.len()).unwrap_or(isize::MAX);
    if count == 0 {
        return;
    }
    let selected = state.country();
    let at = countries
        .iter()
        .position(|country| Some(country.country) == selected);
    let at = match (at.and_then(|at| isize::try_from(at).ok()), by > 0) {
        (Some(at), _) => (at + by).rem_euclid(count),
        (None, true) => 0,
        (None, false) => count - 1,
    };
    let next = usize::try_from(at).ok().and_then(|at| countries.get(at));
    if let Some(code) = next.map(|country| country.country) {
        state.world.selected = Some(Listing::Country(code));
        fly_to(state, code);
    }
}

fn fly_to(state: &mut State, country: CountryCode) {
    let Some(point) = point_of(country) else {
        return;
    };
    let from = state.globe.camera;
    state.globe.flight = Some(Flight {
        from,
        to: Camera::new(point.lon, point.lat, from.zoom),
        begun: state.now,
    });
}

/// Some time has passed.
pub(super) fn tick(state: &mut State) {
    let Some(Flight { from, to, begun }) = state.globe.flight else {
        return;
    };
    let passed = (state.now - begun).as_seconds_f64() / FLIGHT.as_seconds_f64();
    state.globe.camera = from.flown(to, passed);
    if passed >= 1.0 {
        state.globe.flight = None;
    }
}

/// The left button turns it, or picks a country where it is let go at once; the wheel zooms.
pub(super) fn on_mouse(state: &mut State, mouse: MouseEvent) -> Vec<Effect> {
    let (column, row) = (mouse.column, mouse.row);
    let rect = layout::shown(state).globe;
    let inside = rect.filter(|rect| rect.contains((column, row).into()));
    match (mouse.kind, inside) {
        (MouseEventKind::ScrollUp, Some(_)) => zoom(state, 1),
        (MouseEventKind::ScrollDown, Some(_)) => zoom(state, -1),
        (MouseEventKind::ScrollUp, None) => next(state, -1),
        (MouseEventKind::ScrollDown, None) => next(state, 1),
        (MouseEventKind::Down(MouseButton::Left), Some(_)) => {
            state.globe.flight = None;
            state.globe.held = Some(Held {
                column,
                row,
                moved: false,
            });
        }
        (MouseEventKind::Down(MouseButton::Left), None) => {
            if let Some(layout::Hit::Listing(listing)) = layout::hit(state, column, row) {
                return choose(state, listing, true);
            }
        }
        (MouseEventKind::Drag(MouseButton::Left), _) => {
            if let (Some(held), Some(rect)) = (state.globe.held, rect) {
                let dx = f64::from(DOTS.0) * (f64::from(column) - f64::from(held.column));
                let dy = f64::from(DOTS.1) * (f64::from(row) - f64::from(held.row));
                state.globe.camera = state.globe.camera.dragged(viewport(rect), dx, dy);
                state.globe.held = Some(Held {
                    column,
                    row,
                    moved: true,
                });
            }
        }
        (MouseEventKind::Up(MouseButton::Left), _) => {
            let held = state.globe.held.take();
            if let (Some(held), Some(rect)) = (held, inside)
                && !held.moved
            {
                return pick(state, rect, column, row);
            }
        }
        _ => {}
    }
    Vec::new()
}

/// What a click on the globe means.
fn pick(state: &mut State, rect: Rect, column: u16, row: u16) -> Vec<Effect> {
    // The middle of the character.
    let x = f64::from((column - rect.x) * DOTS.0) + f64::from(DOTS.0) / 2.0;
    let y = f64::from((row - rect.y) * DOTS.1) + f64::from(DOTS.1) / 2.0;
    let Turning { globe, camera, .. } = &state.globe;
    let Some(code) = globe.country_at(*camera, viewport(rect), x, y) else {
        return Vec::new();
    };
    let mut countries = state.world.countries.iter();
    if countries.any(|country| country.country == code) {
        return choose(state, Listing::Country(code), false);
    }
    state.status = Some(format!("Nobody in {code} is in the catalogue."));
    Vec::new()
}

/// Selects, as a click does; opens what is selected.
fn choose(state: &mut State, listing: Listing, turns: bool) -> Vec<Effect> {
    state.status = None;
    if state.world.selected == Some(listing) {
        return open(state);
    }
    state.world.selected = Some(listing);
    if let (Listing::Country(code), true) = (listing, turns) {
        fly_to(state, code);
    }
    Vec::new()
}
