//! What comes along is put together with what is here: in any order, any number of times.

use chrono::{Duration, TimeZone};
use proptest::prelude::*;

use super::tests::{Fixture, country, noon};
use super::*;
use crate::catalogue::AddressRule;
use crate::model::MarkSince;

/// Something that a person does at some moment.
#[derive(Debug, Clone)]
enum Act {
    Mark(usize, Mark),
    MarkAll,
    Follow(usize, bool),
    FollowPublisher(usize, Option<bool>),
    Add(usize, usize),
    Remove(usize),
    Mute(usize, Option<i64>),
    Set(usize),
    Bound(usize),
}

const ARTICLES: usize = 5;
const COUNTRIES: [&str; 3] = ["UA", "KE", "PE"];
const PUBLISHERS: [&str; 2] = ["dnipro-herald", "rift-daily"];

fn act() -> impl Strategy<Value = Act> {
    let mark = prop_oneof![
        Just(Mark::Read),
        Just(Mark::Unread),
        Just(Mark::Save),
        Just(Mark::Unsave),
        Just(Mark::Hide),
        Just(Mark::Unhide),
    ];
    prop_oneof![
        (0..ARTICLES, mark).prop_map(|(article, mark)| Act::Mark(article, mark)),
        Just(Act::MarkAll),
        (0..3_usize, any::<bool>()).prop_map(|(place, follow)| Act::Follow(place, follow)),
        (0..2_usize, proptest::option::of(any::<bool>()))
            .prop_map(|(place, follow)| Act::FollowPublisher(place, follow)),
        (0..2_usize, 0..3_usize).prop_map(|(site, place)| Act::Add(site, place)),
        (0..2_usize).prop_map(Act::Remove),
        // None is over when it arrives, a day later.
        (0..3_usize, proptest::option::of(2..50_i64)).prop_map(|(w, days)| Act::Mute(w, days)),
        (0..3_usize).prop_map(Act::Set),
        (0..3_usize).prop_map(Act::Bound),
    ]
}

fn own(site: usize, place: usize) -> (PublisherId, OwnPublisher) {
    let home: Url = format!("https://own{site}.example/").parse().unwrap();
    let publisher = OwnPublisher {
        name: format!("Own {place}"),
        feeds: vec![home.join("feed").unwrap()],
        home,
        country: country(COUNTRIES[place]),
        language: "en".to_owned(),
    };
    (PublisherId(format!("own-own{site}-example")), publisher)
}

/// A device on which somebody did this, each at its minute.
fn device(acts: &[(u8, Act)]) -> Fixture {
    let world = Fixture::new();
    let articles = (0..ARTICLES).map(|number| IncomingArticle {
        keys: vec![[number as u8; 16], [number as u8 + 100; 16]],
        title: format!("Article {number}"),
        text: "words".to_owned(),
        published_at: Some(noon() - Duration::hours(number as i64)),
        content_hash: [number as u8; 16],
        content: Some(format!("<p>Body {number}</p>")),
        ..IncomingArticle::default()
    });
    world.ingest("dnipro-herald", articles.collect());
    let ids = ids(&world);
    for (minute, act) in acts {
        let now = noon() + Duration::minutes(i64::from(*minute));
        let store = &world.store;
        match act {
            Act::Mark(article, mark) => store.mark(&[ids[*article]], *mark, now).unwrap(),
            Act::MarkAll => drop(store.mark_all_read(&Scope::default(), now).unwrap()),
            Act::Follow(place, follow) => store
                .follow_country(country(COUNTRIES[*place]), *follow, now)
                .unwrap(),
            Act::FollowPublisher(place, follow) => store
                .follow_publisher(&PUBLISHERS[*place].into(), *follow, now)
                .unwrap(),
            Act::Add(site, place) => store
                .put_own_publishers(vec![own(*site, *place)], now)
                .unwrap(),
            Act::Remove(site) => drop(store.remove_own_publisher(&own(*site, 0).0, now).unwrap()),
            Act::Mute(word, days) => {
                let what = Muted::Words(["tea", "rain", "river"][*word].to_owned());
                let until = days.map(|days| noon() + Duration::days(days));
                let _ = store.mute(&what, until, now).unwrap();
            }
            Act::Bound(days) => store
                .set_setting("storage", format!("{{\"age_days\":{}}}", days + 1), now)
                .unwrap(),
            Act::Set(value) => store
                .set_setting(
                    "translation",
                    format!("{{\"order\":[{value}],\"server\":{{\"url\":\"https://a.example/\",\"key\":\"secret {value}\"}}}}"),
                    now,
                )
                .unwrap(),
        }
    }
    world
}

/// The articles by number.
fn ids(world: &Fixture) -> Vec<ArticleId> {
    let mut all: Vec<(String, ArticleId)> = Vec::new();
    for hidden in [false, true] {
        let scope = Scope {
            hidden,
            ..Scope::default()
        };
        let query = ArticleQuery {
            scope,
            ..ArticleQuery::default()
        };
        let rows = world.store.articles(&query).unwrap().rows;
        all.extend(rows.into_iter().map(|row| (row.title, row.id)));
    }
    all.sort();
    all.into_iter().map(|(_, id)| id).collect()
}

fn taken(world: &Fixture) -> Vec<Moved> {
    let mut all = Vec::new();
    let whole = world.store.moved(&mut |_| (), &mut |moved| {
        all.push(moved);
        true
    });
    assert!(whole.unwrap());
    all
}

fn later() -> DateTime<Utc> {
    noon() + Duration::days(1)
}

fn put(world: &Fixture, moved: Vec<Moved>) -> MovedCounts {
    let mut left = moved.into_iter();
    let how = Merging {
        now: later(),
        text_of: |summary, content, _| content.or(summary).unwrap_or_default(),
        addresses: AddressRule::HttpsOnly,
    };
    world.store.merge(move || Ok(left.next()), how).unwrap()
}

/// What lists and counts show.
fn shown(world: &Fixture) -> (Vec<CountrySummary>, Vec<PublisherSummary>, Vec<ArticleRow>) {
    let mut rows = Vec::new();
    for (saved, hidden) in [(false, false), (true, false), (false, true)] {
        let scope = Scope {
            saved,
            hidden,
            ..Scope::default()
        };
        let query = ArticleQuery {
            scope,
            ..ArticleQuery::default()
        };
        rows.extend(world.store.articles(&query).unwrap().rows);
    }
    let store = &world.store;
    (
        store.countries().unwrap(),
        store.publishers(&[]).unwrap(),
        rows,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn order_and_repetition_make_no_difference(
        first in proptest::collection::vec((0..20_u8, act()), 0..12),
        second in proptest::collection::vec((0..20_u8, act()), 0..12),
        third in proptest::collection::vec((0..20_u8, act()), 0..6),
    ) {
        let (a, b) = (taken(&device(&first)), taken(&device(&second)));
        let (ab, ba) = (device(&third), device(&third));
        put(&ab, a.clone());
        put(&ab, b.clone());
        put(&ba, b.clone());
        put(&ba, a.clone());
        let of = |world: &Fixture| {
            let (countries, publishers, mut rows) = shown(world);
            // Ids of publishers that both added may differ in order; names and counts may not.
            rows.sort_by_key(|row| (row.sort_at, row.id));
            (countries, publishers, rows)
        };
        prop_assert_eq!(taken(&ab), taken(&ba));
        prop_assert_eq!(of(&ab), of(&ba));
        let before = taken(&ab);
        let counts = put(&ab, a);
        prop_assert_eq!(counts, MovedCounts::default());
        prop_assert_eq!(put(&ab, b), MovedCounts::default());
        prop_assert_eq!(taken(&ab), before);
    }

    #[test]
    fn an_empty_device_becomes_the_same(acts in proptest::collection::vec((0..20_u8, act()), 0..16)) {
        let here = taken(&device(&acts));
        let other = Fixture::new();
        put(&other, here.clone());
        prop_assert_eq!(taken(&other), here);
    }
}

/// What is done to one part of a mark does not undo what was done to another elsewhere, however much later.
#[test]
fn parts_of_a_mark_are_put_together_one_by_one() {
    let state = |world: &Fixture| {
        let row = world.store.article_row(ids(world)[0]).unwrap();
        row.unwrap().state
    };
    let here = device(&[(1, Act::Mark(0, Mark::Save))]);
    let there = device(&[(5, Act::Mark(0, Mark::Read))]);
    let (of_here, of_there) = (taken(&here), taken(&there));
    put(&here, of_there);
    put(&there, of_here);
    assert!(state(&here).saved && state(&here).read);
    assert_eq!(state(&here), state(&there));
    // Taking it back counts, when that was later, and leaves it read.
    let taken_back = device(&[
        (1, Act::Mark(0, Mark::Save)),
        (9, Act::Mark(0, Mark::Unsave)),
    ]);
    put(&here, taken(&taken_back));
    assert!(!state(&here).saved && state(&here).read);
}

#[test]
fn what_is_newer_is_kept_and_what_was_dated_ahead_does_not_win_for_ever() {
    let world = device(&[(1, Act::Mark(0, Mark::Read)), (3, Act::Follow(0, true))]);
    let mark = |read, changed_at: DateTime<Utc>| Moved::Mark {
        key: "00".repeat(16),
        read,
        saved: false,
        hidden: false,
        position: None,
        changed_at: changed_at.timestamp_millis(),
        read_at: None,
        since: MarkSince {
            read: Some(changed_at.timestamp_millis()),
            ..MarkSince::default()
        },
    };
    let is_read = || {
        world
            .store
            .article_row(ids(&world)[0])
            .unwrap()
            .unwrap()
            .state
            .read
    };
    put(&world, vec![mark(false, noon())]);
    assert!(is_read());
    put(&world, vec![mark(false, noon() + Duration::minutes(2))]);
    assert!(!is_read());
    let ahead = Utc.with_ymd_and_hms(2099, 1, 1, 0, 0, 0).unwrap();
    put(&world, vec![mark(true, ahead)]);
    assert!(is_read());
    world
        .store
        .mark(
            &ids(&world)[..1],
            Mark::Unread,
            later() + Duration::minutes(1),
        )
        .unwrap();
    put(&world, vec![mark(true, later())]);
    assert!(!is_read());
}

#[test]
fn keys_of_servers_stay_where_they_are() {
    let there = device(&[(5, Act::Set(1))]);
    let moved = taken(&there);
    assert!(!serde_json::to_string(&moved).unwrap().contains("secret"));
    let here = device(&[(1, Act::Set(0))]);
    assert_eq!(put(&here, moved).settings, 1);
    let kept = here.store.setting("translation").unwrap().unwrap();
    assert!(kept.contains("secret 0") && kept.contains("[1]"), "{kept}");
}

#[test]
fn what_makes_no_sense_is_left_out() {
    let world = Fixture::new();
    let (id, publisher) = own(0, 0);
    let moved = vec![
        Moved::Unknown,
        Moved::Own {
            id: "dnipro-herald".into(),
            publisher: publisher.clone(),
            removed: false,
            changed_at: 0,
        },
        Moved::Own {
            id,
            publisher: OwnPublisher {
                country: country("FR"),
                ..publisher
            },
            removed: false,
            changed_at: 0,
        },
        Moved::Mute {
            what: Muted::Words("...".to_owned()),
            until: None,
            changed_at: 0,
        },
        Moved::Setting {
            name: "another".to_owned(),
            value: serde_json::json!({}),
            changed_at: 0,
        },
        Moved::Setting {
            name: "storage".to_owned(),
            value: serde_json::json!({ "budget_bytes": 1 }),
            changed_at: 0,
        },
        Moved::Mark {
            key: "no key".to_owned(),
            read: true,
            saved: true,
            hidden: false,
            position: None,
            changed_at: 0,
            read_at: None,
            since: MarkSince::default(),
        },
    ];
    let counts = put(&world, moved);
    assert_eq!(
        counts,
        MovedCounts {
            left_out: 7,
            ..MovedCounts::default()
        }
    );
    assert_eq!(taken(&world), []);
}

#[test]
fn what_stops_half_way_changes_nothing() {
    let there = device(&[(1, Act::Mark(0, Mark::Save)), (2, Act::Follow(1, true))]);
    let here = Fixture::new();
    let mut left = taken(&there).into_iter();
    let mut given = 0;
    let next = move || {
        given += 1;
        if given > 2 {
            return Err(StoreError::Stopped {
                doing: "trying".into(),
            });
        }
        Ok(left.next())
    };
    let how = Merging {
        now: later(),
        text_of: |_, _, _| String::new(),
        addresses: AddressRule::HttpsOnly,
    };
    let stopped = here.store.merge(next, how).unwrap_err();
    assert_eq!(stopped.code(), "stopped");
    assert_eq!(taken(&here), []);
}
