//! Sites of one's own, what was read, what can be taken back.

use overview_core::model::{
    Change, ChangeId, ChangeKind, FoundFeed, FoundSite, HistoryRow, SiteSign,
};

use super::*;
use crate::reader::own::Known;

fn found(country: Option<&str>) -> FoundSite {
    let feed = |path: &str, title: &str| FoundFeed {
        url: format!("https://village.example/{path}").parse().unwrap(),
        title: Some(title.to_owned()),
        entries: 12,
        newest: None,
        titles: Vec::new(),
        known: None,
    };
    FoundSite {
        name: "Village Paper".to_owned(),
        home: "https://village.example/".parse().unwrap(),
        country: country.map(|code| code.parse().unwrap()),
        country_sign: country.map(|_| SiteSign::Domain),
        language: Some("en".to_owned()),
        language_sign: Some(SiteSign::PageLanguage),
        feeds: vec![feed("news", "News"), feed("sports", "Sports")],
    }
}

fn state_on_own() -> (Shelf, State) {
    let (mut shelf, mut state) = opened((100, 24), 8);
    let row = state.list.rows[0].lead.clone();
    shelf.own = Known {
        sites: Vec::new(),
        changes: vec![Change {
            id: ChangeId(7),
            made_at: now(),
            what: ChangeKind::MarkedAllRead { articles: 12 },
            name: String::new(),
        }],
        history: vec![HistoryRow {
            row,
            read_at: now(),
        }],
    };
    shelf.type_in(&mut state, "H");
    assert_eq!(state.place, Place::Own);
    (shelf, state)
}

#[test]
fn a_site_is_found_by_its_address_looked_at_and_added() {
    let (mut shelf, mut state) = state_on_own();
    let country = state.world.countries[0].clone();
    shelf.found = Some(found(None));
    shelf.type_in(&mut state, "/village.example");
    shelf.type_in(&mut state, "\n");
    assert_eq!(state.own.found.as_ref().unwrap().chosen, [true, false]);
    shelf.type_in(&mut state, "j");
    shelf.type_in(&mut state, "\n");
    assert_eq!(state.own.found.as_ref().unwrap().chosen, [true, true]);
    shelf.type_in(&mut state, "A");
    assert!(state.status.as_ref().unwrap().contains("c types it"));
    shelf.type_in(&mut state, "c");
    shelf.type_in(&mut state, &country.name);
    shelf.type_in(&mut state, "\n");
    insta::assert_snapshot!(drawn(&state));
    shelf.type_in(&mut state, "A");
    let added = shelf.added.as_ref().unwrap();
    assert_eq!((added.country, added.feeds.len()), (country.country, 2));
    assert!(state.status.as_ref().unwrap().contains("was added"));
    assert!(state.own.found.is_none());
    shelf.type_in(&mut state, "H");
    assert_eq!(state.place, Place::World);
}

#[test]
fn what_was_done_is_taken_back_and_what_was_read_opens() {
    let (mut shelf, mut state) = state_on_own();
    insta::assert_snapshot!(drawn(&state));
    shelf.type_in(&mut state, "\n");
    assert!(state.own.known.changes.is_empty());
    shelf.type_in(&mut state, "U");
    assert!(
        state
            .status
            .as_ref()
            .unwrap()
            .contains("nothing to take back")
    );
    let id = state.own.known.history[0].row.id;
    shelf.type_in(&mut state, "\n");
    assert_eq!((state.place, state.article.id), (Place::Article, Some(id)));
}

#[test]
fn what_cannot_be_found_is_said() {
    let (mut shelf, mut state) = state_on_own();
    shelf.type_in(&mut state, "/nothing");
    shelf.type_in(&mut state, "\n");
    assert!(state.status.as_ref().unwrap().contains("no such site"));
    shelf.type_in(&mut state, "/abc");
    shelf.type_in(&mut state, "\u{1b}");
    assert!(state.own.typing.is_none());
}
