//! The globe.

use super::super::layout;
use super::*;

fn press(state: &mut State, code: KeyCode) -> Vec<Effect> {
    update(state, Message::Key(KeyEvent::new(code, KeyModifiers::NONE)))
}

/// Half a second passes.
fn arrive(state: &mut State) {
    state.now += TimeDelta::milliseconds(500);
    update(state, Message::Tick);
}

fn mouse(state: &mut State, kind: MouseEventKind, column: u16, row: u16) -> Vec<Effect> {
    let modifiers = KeyModifiers::NONE;
    let event = MouseEvent {
        kind,
        column,
        row,
        modifiers,
    };
    update(state, Message::Mouse(event))
}

fn selected(state: &State) -> &str {
    let code = state.country();
    let mut countries = COUNTRIES.iter().map(|country| country.0);
    let known = countries.find(|known| code.is_some_and(|code| code.as_str() == *known));
    known.unwrap_or("none")
}

#[test]
fn the_globe_at_three_sizes() {
    for size in [(60, 16), (80, 24), (160, 40)] {
        let (mut shelf, mut state) = opened(size, 40);
        shelf.type_in(&mut state, "g");
        let mut screens = vec![drawn(&state)];
        shelf.type_in(&mut state, "n");
        arrive(&mut state);
        screens.push(drawn(&state));
        shelf.type_in(&mut state, "++ll");
        screens.push(drawn(&state));
        insta::assert_snapshot!(format!("globe_{}x{}", size.0, size.1), screens.join("\n"));
    }
}

#[test]
fn countries_follow_by_name_and_the_globe_turns_to_each() {
    let (mut shelf, mut state) = opened((80, 24), 8);
    shelf.type_in(&mut state, "g");
    assert_eq!(selected(&state), "UA");
    let order = [1; 4].map(|_| {
        press(&mut state, KeyCode::Tab);
        assert!(state.globe.flight.is_some());
        arrive(&mut state);
        assert!(state.globe.flight.is_none());
        selected(&state).to_owned()
    });
    assert_eq!(order, ["EG", "FR", "JP", "UA"]);
    press(&mut state, KeyCode::BackTab);
    arrive(&mut state);
    assert_eq!(selected(&state), "JP");
    assert!((130.0..145.0).contains(&state.globe.camera.lon));
}

#[test]
fn a_flight_that_is_under_way_ends_where_a_key_turns_the_globe() {
    let (mut shelf, mut state) = opened((80, 24), 8);
    shelf.type_in(&mut state, "gn");
    state.now += TimeDelta::milliseconds(100);
    update(&mut state, Message::Tick);
    let before = state.globe.camera;
    press(&mut state, KeyCode::Left);
    assert!(state.globe.flight.is_none());
    assert!((before.lon - state.globe.camera.lon - 10.0).abs() < 1e-9);
    assert_eq!(before.lat, state.globe.camera.lat);
    press(&mut state, KeyCode::Up);
    assert!(state.globe.camera.lat > before.lat);
}

#[test]
fn a_country_is_opened_from_the_globe_and_left_to_it() {
    let (mut shelf, mut state) = opened((80, 24), 8);
    shelf.type_in(&mut state, "gn\n");
    assert_eq!(state.place, Place::List);
    assert_eq!(state.list.of, state.world.selected);
    shelf.type_in(&mut state, "\u{1b}");
    assert_eq!(state.place, Place::Globe);
    shelf.type_in(&mut state, "g\n\u{1b}");
    assert_eq!(state.place, Place::World);
}

#[test]
fn the_mouse_turns_zooms_and_picks() {
    let (mut shelf, mut state) = opened((80, 24), 8);
    shelf.type_in(&mut state, "gn");
    arrive(&mut state);
    let rect = layout::shown(&state).globe.unwrap();
    let (column, row) = (rect.x + rect.width / 2, rect.y + rect.height / 2);
    let button = MouseButton::Left;
    let before = state.globe.camera;
    mouse(&mut state, MouseEventKind::Down(button), column, row);
    mouse(&mut state, MouseEventKind::Drag(button), column - 3, row);
    mouse(&mut state, MouseEventKind::Up(button), column - 3, row);
    assert!(
        state.globe.camera.lon > before.lon,
        "the ground goes with it"
    );
    assert_eq!(state.place, Place::Globe, "a drag picks nothing");
    mouse(&mut state, MouseEventKind::ScrollUp, column, row);
    assert!(state.globe.camera.zoom > 1.0);
    // France, and again.
    let france = "FR".parse().unwrap();
    let point = overview_core::globe::point_of(france).unwrap();
    state.globe.camera = overview_core::globe::Camera::new(point.lon, point.lat, 1.0);
    mouse(&mut state, MouseEventKind::Down(button), column, row);
    mouse(&mut state, MouseEventKind::Up(button), column, row);
    assert_eq!(state.world.selected, Some(Listing::Country(france)));
    assert_eq!(state.place, Place::Globe);
    mouse(&mut state, MouseEventKind::Down(button), column, row);
    mouse(&mut state, MouseEventKind::Up(button), column, row);
    assert_eq!(state.list.of, Some(Listing::Country(france)));
    assert_eq!(state.place, Place::List);
}

#[test]
fn the_list_beside_the_globe_is_the_list_of_countries() {
    let (mut shelf, mut state) = opened((80, 24), 8);
    let rows = format!("{:?}", state.world_rows());
    shelf.type_in(&mut state, "g");
    assert_eq!(format!("{:?}", state.world_rows()), rows);
    let list = layout::shown(&state).world.unwrap();
    let button = MouseButton::Left;
    mouse(
        &mut state,
        MouseEventKind::Down(button),
        list.x + 8,
        list.y + 3,
    );
    assert_eq!(
        selected(&state),
        "UA",
        "the rows: two lists, Europe, Ukraine"
    );
    assert_eq!(state.place, Place::List, "it was selected already");
}
