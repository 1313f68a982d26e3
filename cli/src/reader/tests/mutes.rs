//! Muting from an article, and what is muted.

use overview_core::model::{MuteFor, Muted, Stretch};

use super::*;

fn state_on_mutes() -> (Shelf, State) {
    let (mut shelf, mut state) = opened((100, 24), 8);
    shelf.type_in(&mut state, "\n");
    shelf.type_in(&mut state, "m");
    assert_eq!(state.place, Place::Mutes);
    (shelf, state)
}

#[test]
fn an_article_offers_its_publisher_and_its_country() {
    let (mut shelf, mut state) = state_on_mutes();
    let offers: Vec<Muted> = state.mutes.offers.iter().map(|it| it.0.clone()).collect();
    assert!(matches!(
        offers[..],
        [Muted::Publisher(_), Muted::Country(_), ..]
    ));
    shelf.type_in(&mut state, "jd");
    let mute = &state.mutes.mutes[0];
    assert!(matches!(mute.what, Muted::Country(_)));
    assert_eq!(mute.until, MuteFor::Day.until(now()));
    assert!(state.status.as_ref().unwrap().contains("U takes that back"));
    insta::assert_snapshot!(drawn(&state));
    shelf.type_in(&mut state, "U");
    assert!(state.mutes.mutes.is_empty());
    shelf.type_in(&mut state, "m");
    assert_eq!(state.place, Place::List);
}

#[test]
fn words_are_typed_and_mutes_end_and_come_back() {
    let (mut shelf, mut state) = state_on_mutes();
    shelf.type_in(&mut state, "/world cup");
    shelf.type_in(&mut state, "\n");
    assert_eq!(state.mutes.mutes[0].what, Muted::Words("world cup".into()));
    shelf.type_in(&mut state, "GD");
    assert!(state.mutes.mutes.is_empty());
    shelf.type_in(&mut state, "U");
    assert_eq!(state.mutes.mutes[0].until, None);
    // What is hidden is a list.
    shelf.type_in(&mut state, "G");
    shelf.type_in(&mut state, "\n");
    assert_eq!(
        (state.place, state.list.of),
        (Place::List, Some(Listing::Muted))
    );
}

#[test]
fn what_is_searched_for_is_marked_and_shown_where_it_stands() {
    let (mut shelf, mut state) = opened((100, 24), 8);
    shelf.type_in(&mut state, "\n");
    state.list.filter = "rain september".into();
    let id = state.list.rows[1].lead.id;
    let stretch = |text: &str, found| Stretch {
        text: text.to_owned(),
        found,
    };
    let note = vec![
        stretch("a long way before it, and ", false),
        stretch("rain", true),
        stretch(" again", false),
    ];
    state.list.notes.insert(id, note);
    let screen = drawn(&state);
    assert!(screen.contains("it, and rain again"), "{screen}");
    assert!(!screen.contains("a long way"), "{screen}");
}
