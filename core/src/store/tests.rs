//! What the store promises, checked on a file of its own.

use chrono::{DateTime, Duration, TimeZone, Utc};
use proptest::prelude::*;
use rusqlite::Connection;
use tempfile::TempDir;

use super::error::Doing;
use super::*;
use crate::catalogue::{AddressRule, Catalogue};
use crate::model::{FeedPollState, Mark, Muted, ReadingPosition, Region};

pub(super) struct Fixture {
    pub(super) store: Store,
    dir: TempDir,
}

pub(super) const CATALOGUE: &str = r#"{
    "version": "2026-11-01+00000001",
    "countries": [
        {"code": "UA", "name": "Ukraine", "region": "Europe", "lat": 49, "lon": 31, "languages": ["uk"]},
        {"code": "KE", "name": "Kenya", "region": "Sub-Saharan Africa", "lat": 0, "lon": 38, "languages": ["en", "sw"]},
        {"code": "PE", "name": "Peru", "region": "Latin America", "lat": -9, "lon": -75, "languages": ["es"]}
    ],
    "publishers": [
        {"id": "dnipro-herald", "name": "Dnipro Herald", "home": "https://dnipro.example/", "country": "UA", "language": "uk", "feeds": ["https://dnipro.example/feed"]},
        {"id": "black-sea-post", "name": "Black Sea Post", "home": "https://blacksea.example/", "country": "UA", "language": "en", "feeds": ["https://blacksea.example/feed"]},
        {"id": "rift-daily", "name": "Rift Daily", "home": "https://rift.example/", "country": "KE", "language": "en", "feeds": ["https://rift.example/feed"]},
        {"id": "andes-hoy", "name": "Andes Hoy", "home": "https://andes.example/", "country": "PE", "language": "es", "feeds": ["https://andes.example/feed"]}
    ]
}"#;

fn catalogue() -> Catalogue {
    Catalogue::from_json(CATALOGUE, AddressRule::HttpsOnly).unwrap()
}

pub(super) fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap()
}

pub(super) fn country(code: &str) -> CountryCode {
    code.parse().unwrap()
}

impl Fixture {
    pub(super) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("overview.db")).unwrap();
        store.apply_catalogue(&catalogue()).unwrap();
        Self { store, dir }
    }

    pub(super) fn path(&self) -> PathBuf {
        self.dir.path().join("overview.db")
    }

    pub(super) fn ingest(&self, publisher: &str, articles: Vec<IncomingArticle>) -> Ingested {
        self.ingest_at(publisher, articles, noon())
    }

    fn ingest_at(
        &self,
        publisher: &str,
        articles: Vec<IncomingArticle>,
        now: DateTime<Utc>,
    ) -> Ingested {
        let feed = self
            .store
            .plan(&[], &[publisher.into()])
            .unwrap()
            .remove(0)
            .id;
        let update = FeedUpdate {
            feed,
            state: FeedPollState::default(),
            articles,
            now,
        };
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(self.store.store_feed(update))
            .unwrap()
    }

    pub(super) fn list(&self, scope: Scope) -> Vec<ArticleRow> {
        self.store
            .articles(&ArticleQuery {
                scope,
                ..Default::default()
            })
            .unwrap()
            .rows
    }

    pub(super) fn titles(&self, scope: Scope) -> Vec<String> {
        self.list(scope).into_iter().map(|row| row.title).collect()
    }

    pub(super) fn id_of(&self, title: &str) -> ArticleId {
        self.list(Scope::default())
            .into_iter()
            .find(|row| row.title == title)
            .unwrap()
            .id
    }

    /// The row itself is gone, as after pruning.
    pub(super) fn forget(&self, id: ArticleId) {
        self.store
            .writer
            .write("pruning", Durability::Process, move |tx| {
                tx.execute("DELETE FROM article WHERE id = ?1", [id.0])
                    .map(drop)
                    .doing("pruning")
            })
            .unwrap();
    }
}

fn key(text: &str) -> [u8; 16] {
    let mut key = [0_u8; 16];
    for (place, byte) in text.bytes().enumerate() {
        key[place % 16] = key[place % 16].wrapping_mul(31).wrapping_add(byte);
    }
    key
}

pub(super) fn article(title: &str, minutes_ago: i64) -> IncomingArticle {
    IncomingArticle {
        keys: vec![key(&format!("guid {title}")), key(&format!("url {title}"))],
        title: title.to_owned(),
        text: format!("{title} and the harvest"),
        language: "en".to_owned(),
        published_at: Some(noon() - Duration::minutes(minutes_ago)),
        content_hash: key(title),
        ..Default::default()
    }
}

#[test]
fn lists_are_newest_first_and_narrowed_by_every_part_of_a_scope() {
    let world = Fixture::new();
    world.ingest(
        "dnipro-herald",
        vec![article("river", 30), article("bridge", 10)],
    );
    world.ingest("black-sea-post", vec![article("port", 20)]);
    world.ingest("rift-daily", vec![article("rains", 5), article("tea", 400)]);
    let mut spanish = article("cobre", 15);
    spanish.language = "es-PE".to_owned();
    world.ingest("andes-hoy", vec![spanish]);

    let all = ["rains", "bridge", "cobre", "port", "river", "tea"];
    assert_eq!(world.titles(Scope::default()), all);
    let ukraine = Scope {
        countries: vec![country("UA")],
        ..Default::default()
    };
    assert_eq!(world.titles(ukraine.clone()), ["bridge", "port", "river"]);
    let two = Scope {
        countries: vec![country("UA"), country("PE")],
        ..Default::default()
    };
    assert_eq!(world.titles(two), ["bridge", "cobre", "port", "river"]);
    let region = Scope {
        regions: vec![Region::LatinAmerica],
        ..Default::default()
    };
    assert_eq!(world.titles(region), ["cobre"]);
    let publisher = Scope {
        publishers: vec!["dnipro-herald".into()],
        ..Default::default()
    };
    assert_eq!(world.titles(publisher), ["bridge", "river"]);
    let contradiction = Scope {
        publishers: vec!["dnipro-herald".into()],
        countries: vec![country("KE")],
        ..Default::default()
    };
    assert!(world.titles(contradiction).is_empty());
    let spanish = Scope {
        languages: vec!["es".into()],
        ..Default::default()
    };
    assert_eq!(world.titles(spanish), ["cobre"]);
    let recent = Scope {
        since: Some(noon() - Duration::minutes(12)),
        ..Default::default()
    };
    assert_eq!(world.titles(recent), ["rains", "bridge"]);
    let words = Scope {
        text: Some("HARVEST port".into()),
        ..Default::default()
    };
    assert_eq!(world.titles(words), ["port"]);

    world
        .store
        .mark(&[world.id_of("bridge")], Mark::Read, noon())
        .unwrap();
    world
        .store
        .mark(&[world.id_of("port")], Mark::Save, noon())
        .unwrap();
    world
        .store
        .mark(&[world.id_of("river")], Mark::Hide, noon())
        .unwrap();
    let unread = Scope {
        unread: true,
        ..ukraine.clone()
    };
    assert_eq!(world.titles(unread), ["port"]);
    assert_eq!(
        world.titles(Scope {
            saved: true,
            ..Default::default()
        }),
        ["port"]
    );
    assert_eq!(
        world.titles(Scope {
            hidden: true,
            ..ukraine.clone()
        }),
        ["river"]
    );
    assert_eq!(world.titles(ukraine), ["bridge", "port"]);
}

#[test]
fn following_narrows_and_switching_off_removes_from_lists_and_counts() {
    let world = Fixture::new();
    world.ingest("dnipro-herald", vec![article("river", 30)]);
    world.ingest("black-sea-post", vec![article("port", 20)]);
    world.ingest("rift-daily", vec![article("rains", 5)]);
    let followed = Scope {
        followed: true,
        ..Default::default()
    };
    assert!(world.titles(followed.clone()).is_empty());
    world
        .store
        .follow_country(country("UA"), true, noon())
        .unwrap();
    world
        .store
        .follow_publisher(&"rift-daily".into(), Some(true), noon())
        .unwrap();
    assert_eq!(world.titles(followed.clone()), ["rains", "port", "river"]);
    world
        .store
        .follow_publisher(&"black-sea-post".into(), Some(false), noon())
        .unwrap();
    assert_eq!(world.titles(followed), ["rains", "river"]);
    let ukraine = Scope {
        countries: vec![country("UA")],
        ..Default::default()
    };
    assert_eq!(world.titles(ukraine), ["river"]);
    let counted = world.store.countries().unwrap();
    let ukraine = counted
        .iter()
        .find(|row| row.country == country("UA"))
        .unwrap();
    assert_eq!(
        (ukraine.publishers, ukraine.articles, ukraine.unread),
        (1, 1, 1)
    );
    assert!(ukraine.followed);
    // Asked for by name it is still there.
    let by_name = Scope {
        publishers: vec!["black-sea-post".into()],
        ..Default::default()
    };
    assert_eq!(world.titles(by_name), ["port"]);
    // A plan without a scope is what is followed, without what is switched off.
    let mut planned: Vec<String> = world
        .store
        .plan(&[], &[])
        .unwrap()
        .iter()
        .map(|feed| feed.publisher.to_string())
        .collect();
    planned.sort();
    assert_eq!(planned, ["dnipro-herald", "rift-daily"]);
}

#[test]
fn an_edit_keeps_id_place_and_marks() {
    let world = Fixture::new();
    world.ingest(
        "rift-daily",
        vec![article("first", 60), article("second", 30)],
    );
    let id = world.id_of("first");
    world.store.mark(&[id], Mark::Read, noon()).unwrap();
    let mut edited = article("first", 1);
    edited.title = "first, corrected".into();
    edited.text = "nothing of the old words".into();
    edited.content_hash = key("corrected");
    let done = world.ingest("rift-daily", vec![edited.clone(), article("second", 30)]);
    assert_eq!(done, Ingested { new: 0, updated: 1 });
    assert_eq!(
        world.titles(Scope::default()),
        ["second", "first, corrected"]
    );
    assert_eq!(world.id_of("first, corrected"), id);
    assert!(world.store.article(id).unwrap().unwrap().row.state.read);
    let old_words = Scope {
        text: Some("first harvest".into()),
        ..Default::default()
    };
    assert!(world.titles(old_words).is_empty());
    assert_eq!(
        world.ingest("rift-daily", vec![edited]),
        Ingested::default()
    );
}

#[test]
fn either_key_finds_the_article_and_marks_follow_new_keys() {
    let world = Fixture::new();
    world.ingest("rift-daily", vec![article("tea", 60)]);
    let id = world.id_of("tea");
    world.store.mark(&[id], Mark::Save, noon()).unwrap();
    // The guid changes, the address stays.
    let mut moved = article("tea", 60);
    moved.keys[0] = key("another guid");
    assert_eq!(
        world.ingest("rift-daily", vec![moved.clone()]),
        Ingested::default()
    );
    // Pruned, and listed again under a new address.
    world.forget(id);
    moved.keys[1] = key("another address");
    world.ingest("rift-daily", vec![moved]);
    let back = world.list(Scope::default());
    assert!(back[0].state.saved, "the mark came back with the article");
    assert_ne!(back[0].id, id, "an id is never used again");
}

#[test]
fn read_state_survives_pruning_and_a_publisher_that_leaves_and_returns() {
    let world = Fixture::new();
    world.ingest("rift-daily", vec![article("tea", 60)]);
    let id = world.id_of("tea");
    world.store.mark(&[id], Mark::Read, noon()).unwrap();
    let position = ReadingPosition {
        block: 3,
        thousandths: 420,
        digest: 77,
    };
    world
        .store
        .mark(&[id], Mark::Position(position), noon())
        .unwrap();
    let without = CATALOGUE
        .replace("00000001", "00000002")
        .replace("rift-daily", "other-daily");
    let without = Catalogue::from_json(&without, AddressRule::HttpsOnly).unwrap();
    assert!(world.store.apply_catalogue(&without).unwrap());
    world.forget(id);
    assert!(world.store.apply_catalogue(&catalogue()).unwrap());
    assert!(
        !world.store.apply_catalogue(&catalogue()).unwrap(),
        "the same one is not applied again"
    );
    world.ingest("rift-daily", vec![article("tea", 60)]);
    let state = world.list(Scope::default())[0].state;
    assert!(state.read);
    assert_eq!(state.position, Some(position));
    let kenya = world
        .store
        .countries()
        .unwrap()
        .into_iter()
        .find(|row| row.name == "Kenya")
        .unwrap();
    assert_eq!((kenya.articles, kenya.unread), (1, 0));
}

#[test]
fn marking_is_all_or_none() {
    let world = Fixture::new();
    world.ingest("rift-daily", vec![article("tea", 60)]);
    let id = world.id_of("tea");
    let nobody = ArticleId(9_999);
    let error = world
        .store
        .mark(&[id, nobody], Mark::Read, noon())
        .unwrap_err();
    assert_eq!(error.to_string(), "there is no article 9999 in this store");
    assert!(!world.list(Scope::default())[0].state.read);
}

#[test]
fn mark_all_is_undone_but_for_what_was_marked_since() {
    let world = Fixture::new();
    world.ingest(
        "dnipro-herald",
        vec![article("a", 3), article("b", 2), article("c", 1)],
    );
    world.ingest("rift-daily", vec![article("d", 4)]);
    world
        .store
        .mark(&[world.id_of("a")], Mark::Read, noon())
        .unwrap();
    let ukraine = Scope {
        countries: vec![country("UA")],
        ..Default::default()
    };
    let later = noon() + Duration::minutes(1);
    let receipt = world.store.mark_all_read(&ukraine, later).unwrap();
    assert_eq!(receipt.marked, 2);
    assert_eq!(
        world.titles(Scope {
            unread: true,
            ..Default::default()
        }),
        ["d"]
    );
    let position = ReadingPosition {
        block: 0,
        thousandths: 10,
        digest: 0,
    };
    let id = world.id_of("b");
    world
        .store
        .mark(
            &[id],
            Mark::Position(position),
            later + Duration::minutes(1),
        )
        .unwrap();
    let undone = world
        .store
        .undo_mark_all(None, later + Duration::minutes(2))
        .unwrap();
    assert_eq!(undone, Some(1));
    assert_eq!(
        world.titles(Scope {
            unread: true,
            ..Default::default()
        }),
        ["c", "d"]
    );
    assert_eq!(
        world
            .store
            .undo_mark_all(Some(receipt.undo), later)
            .unwrap(),
        None
    );
    let receipt = world.store.mark_all_read(&ukraine, later).unwrap();
    let too_late = later + Duration::days(2);
    assert_eq!(
        world
            .store
            .undo_mark_all(Some(receipt.undo), too_late)
            .unwrap(),
        None
    );
}

#[test]
fn feeds_that_share_a_commit_fail_alone() {
    let world = Fixture::new();
    world.ingest("rift-daily", vec![article("tea", 60)]);
    let feed = |slug: &str| world.store.plan(&[], &[slug.into()]).unwrap().remove(0).id;
    let update = |feed, articles| FeedUpdate {
        feed,
        state: FeedPollState::default(),
        articles,
        now: noon(),
    };
    let mut edited = article("tea", 60);
    edited.teaser = "orchard".to_owned();
    edited.text = "orchard".to_owned();
    edited.content_hash = key("orchard");
    let good = update(feed("rift-daily"), vec![edited, article("rains", 5)]);
    let bad = update(FeedId(9_999), vec![article("nowhere", 5)]);
    let also_good = update(feed("dnipro-herald"), vec![article("river", 5)]);
    let (release, held) = std::sync::mpsc::channel::<()>();
    let (good, bad, also_good) = std::thread::scope(|scope| {
        let (holding, begun) = std::sync::mpsc::channel();
        // The writer is kept busy until all three wait behind it.
        let writer = &world.store.writer;
        scope.spawn(move || {
            writer
                .write("waiting", Durability::Process, move |_| {
                    holding.send(()).unwrap();
                    held.recv().unwrap();
                    Ok(())
                })
                .unwrap();
        });
        begun.recv().unwrap();
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(async {
                let queued = async { release.send(()).unwrap() };
                let (good, bad, also_good, ()) = tokio::join!(
                    world.store.store_feed(good),
                    world.store.store_feed(bad),
                    world.store.store_feed(also_good),
                    queued,
                );
                (good, bad, also_good)
            })
    });
    assert_eq!(good.unwrap(), Ingested { new: 1, updated: 1 });
    assert_eq!(bad.unwrap_err().code(), "sqlite");
    assert_eq!(also_good.unwrap(), Ingested { new: 1, updated: 0 });
    let found = |text: &str| {
        world.titles(Scope {
            text: Some(text.to_owned()),
            ..Default::default()
        })
    };
    assert_eq!(found("orchard"), ["tea"]);
    assert_eq!(found("rains"), ["rains"]);
    assert_eq!(found("river"), ["river"]);
    assert_eq!(found("nowhere"), [""; 0]);
}

#[test]
fn what_a_person_types_never_errs() {
    let world = Fixture::new();
    world.ingest(
        "rift-daily",
        vec![article("tea \"quoted\" AND NEAR(x)", 60)],
    );
    for typed in [
        "\"",
        "AND",
        "tea AND",
        "NEAR(",
        "*",
        "a*b",
        "-",
        "\0",
        "tea\" OR \"x",
        "(",
        "{x}:",
        "título",
    ] {
        let scope = Scope {
            text: Some(typed.to_owned()),
            ..Default::default()
        };
        world
            .store
            .articles(&ArticleQuery {
                scope,
                ..Default::default()
            })
            .unwrap();
    }
    let scope = Scope {
        text: Some("quoted TEA".into()),
        ..Default::default()
    };
    assert_eq!(world.titles(scope).len(), 1);
}

#[test]
fn undated_articles_keep_the_order_of_their_feed_and_future_ones_are_not_ahead() {
    let world = Fixture::new();
    let undated = |title| IncomingArticle {
        published_at: None,
        ..article(title, 0)
    };
    world.ingest(
        "rift-daily",
        vec![undated("one"), undated("two"), article("future", -600)],
    );
    assert_eq!(world.titles(Scope::default()), ["future", "one", "two"]);
    assert!(
        world
            .list(Scope::default())
            .iter()
            .all(|row| row.sort_at <= noon())
    );
}

/// SQLite only ever writes over it, so that it would stay as long as it ever was.
#[test]
fn the_log_is_made_short_when_nobody_reads_it() {
    let world = Fixture::new();
    let store = &world.store;
    let long = "x".repeat(2_000_000);
    store.set_setting("long", long.clone(), noon()).unwrap();
    assert!(store.log_bytes() > log::KEPT);
    let emptied = store.readers.read(|tx| {
        // Reads, so that the snapshot is taken.
        counts::countries(tx)?;
        store.set_setting("short", "{}".to_owned(), noon())?;
        store.empty_log()
    });
    assert!(!emptied.unwrap(), "somebody reads it");
    assert!(store.log_bytes() > log::KEPT);
    assert!(store.empty_log().unwrap());
    assert_eq!(store.log_bytes(), 0);
    assert!(!store.empty_log().unwrap(), "it is short");
    assert_eq!(store.setting("long").unwrap(), Some(long));
    assert_eq!(store.setting("short").unwrap().as_deref(), Some("{}"));
}

#[test]
fn files_that_are_not_ours_are_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let open = |name: &str| Store::open(&dir.path().join(name)).err().unwrap();

    std::fs::write(
        dir.path().join("text.db"),
        "not a database at all, but long enough".repeat(40),
    )
    .unwrap();
    assert_eq!(open("text.db").code(), "damaged");

    let other = Connection::open(dir.path().join("other.db")).unwrap();
    other
        .execute_batch("CREATE TABLE theirs (x); PRAGMA user_version = 1;")
        .unwrap();
    drop(other);
    assert_eq!(open("other.db").code(), "not_ours");

    let world = Fixture::new();
    world.ingest("rift-daily", vec![article("tea", 60)]);
    let path = world.path();
    let Fixture { store, dir: _kept } = world;
    drop(store);
    let newer = Connection::open(&path).unwrap();
    newer
        .pragma_update(None, "user_version", schema::CURRENT + 1)
        .unwrap();
    drop(newer);
    let before = std::fs::read(&path).unwrap();
    let error = Store::open(&path).err().unwrap();
    assert_eq!(error.code(), "newer");
    assert!(
        error
            .to_string()
            .contains(&format!("schema {}", schema::CURRENT + 1))
    );
    assert_eq!(std::fs::read(&path).unwrap(), before, "left untouched");

    assert_eq!(open("no-such-folder/overview.db").code(), "cannot_open");
}

#[test]
fn list_queries_walk_an_index_and_never_touch_bodies() {
    let world = Fixture::new();
    let scopes = [
        Scope::default(),
        Scope {
            unread: true,
            ..Default::default()
        },
        Scope {
            countries: vec![country("UA")],
            ..Default::default()
        },
        Scope {
            countries: vec![country("UA"), country("KE")],
            unread: true,
            ..Default::default()
        },
        Scope {
            publishers: vec!["rift-daily".into()],
            ..Default::default()
        },
        Scope {
            saved: true,
            ..Default::default()
        },
        Scope {
            hidden: true,
            countries: vec![country("UA")],
            ..Default::default()
        },
    ];
    for scope in scopes {
        let plan = world
            .store
            .readers
            .read(|tx| {
                let (sql, values) = list::Filter::of(tx, &scope)?.select_for_test();
                let mut statement = tx.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).doing("")?;
                statement
                    .query_map(rusqlite::params_from_iter(values), |row| {
                        row.get::<_, String>(3)
                    })
                    .and_then(Iterator::collect::<Result<Vec<_>, _>>)
                    .doing("")
            })
            .unwrap()
            .join("\n");
        assert!(!plan.contains("body"), "{plan}");
        assert!(
            !plan.contains("TEMP B-TREE FOR ORDER BY") || scope.countries.len() > 1,
            "{plan}"
        );
        assert!(!plan.contains("SCAN article\n"), "{plan}");
    }
}

#[derive(Debug, Clone)]
enum Step {
    Ingest {
        publisher: usize,
        first: u8,
        count: u8,
        minutes: i64,
    },
    Mark(u8, Mark),
    MarkAll(usize),
    Undo,
    Forget(u8),
    /// One of those that a mute hides.
    ForgetMuted(u8),
    Switch(usize, Option<bool>),
    Mute(Muted),
    Unmute(u8),
    Judge,
}

const PUBLISHERS: [&str; 4] = ["dnipro-herald", "black-sea-post", "rift-daily", "andes-hoy"];

/// Titles are "1-20": a publisher and a number.
fn muted() -> impl Strategy<Value = Muted> {
    prop_oneof![
        (0..40u8).prop_map(|number| Muted::Words(number.to_string())),
        (0..4usize).prop_map(|publisher| Muted::Publisher(PUBLISHERS[publisher].into())),
        (0..3usize).prop_map(|n| Muted::Country(country(["UA", "KE", "PE"][n]))),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..4usize, 0..40u8, 1..12u8, 0..90i64).prop_map(|(publisher, first, count, minutes)| {
            Step::Ingest { publisher, first, count, minutes }
        }),
        4 => (0..60u8, prop_oneof![
            Just(Mark::Read), Just(Mark::Unread), Just(Mark::Save), Just(Mark::Hide), Just(Mark::Unhide)
        ]).prop_map(|(nth, mark)| Step::Mark(nth, mark)),
        1 => (0..3usize).prop_map(Step::MarkAll),
        1 => Just(Step::Undo),
        1 => (0..60u8).prop_map(Step::Forget),
        1 => (0..60u8).prop_map(Step::ForgetMuted),
        1 => (0..4usize, prop::option::of(any::<bool>())).prop_map(|(p, f)| Step::Switch(p, f)),
        2 => muted().prop_map(Step::Mute),
        1 => (0..4u8).prop_map(Step::Unmute),
        1 => Just(Step::Judge),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// Whatever happens, the kept counts are what counting would give, marks agree with rows, and
    /// walking pages in either direction gives every row once and in order.
    #[test]
    fn counts_marks_and_pages_stay_true(steps in prop::collection::vec(step(), 1..40), limit in 1..9usize) {
        let world = Fixture::new();
        let mut now = noon();
        for step in steps {
            now += Duration::minutes(1);
            let nth = |n: u8| {
                let rows = world.list(Scope::default());
                (!rows.is_empty()).then(|| rows[n as usize % rows.len()].id)
            };
            match step {
                Step::Ingest { publisher, first, count, minutes } => {
                    let articles = (first..first + count)
                        .map(|n| article(&format!("{publisher}-{n}"), minutes + i64::from(n) % 5))
                        .collect();
                    world.ingest_at(PUBLISHERS[publisher], articles, now);
                }
                Step::Mark(n, mark) => {
                    if let Some(id) = nth(n) {
                        world.store.mark(&[id], mark, now).unwrap();
                    }
                }
                Step::MarkAll(n) => {
                    let code = ["UA", "KE", "PE"][n];
                    let scope = Scope { countries: vec![country(code)], ..Default::default() };
                    world.store.mark_all_read(&scope, now).unwrap();
                }
                Step::Undo => { world.store.undo_mark_all(None, now).unwrap(); }
                Step::Forget(n) => if let Some(id) = nth(n) { world.forget(id); },
                Step::ForgetMuted(n) => {
                    let rows = world.list(Scope { muted: true, ..Scope::default() });
                    if let Some(row) = rows.get(usize::from(n) % rows.len().max(1)) {
                        world.forget(row.id);
                    }
                }
                Step::Switch(p, follow) => {
                    world.store.follow_publisher(&PUBLISHERS[p].into(), follow, noon()).unwrap();
                }
                Step::Mute(what) => { world.store.mute(&what, None, now).unwrap(); }
                Step::Unmute(n) => {
                    let mutes = world.store.mutes(now).unwrap();
                    if let Some(mute) = mutes.get(usize::from(n)) {
                        world.store.unmute(mute.id).unwrap();
                    }
                }
                Step::Judge => { world.store.mute_step(now).unwrap(); }
            }
        }
        while world.store.mute_step(now).unwrap().more {}
        let misjudged: i64 = world.store.readers.read(|tx| tx.query_row(
            "SELECT (SELECT count(*) FROM article
                      WHERE (hidden & 2 > 0) <> EXISTS (SELECT 1 FROM muted WHERE article = id))
                  + (SELECT count(*) FROM mute
                      WHERE articles <> (SELECT count(*) FROM muted WHERE mute = mute.id))",
            [], |row| row.get(0)).doing("")).unwrap();
        prop_assert_eq!(misjudged, 0);
        let miscounted: i64 = world.store.readers.read(|tx| tx.query_row(
            "SELECT count(*) FROM publisher_count AS kept
              WHERE articles <> (SELECT count(*) FROM article WHERE publisher = kept.publisher AND hidden = 0)
                 OR unread <> (SELECT count(*) FROM article
                                WHERE publisher = kept.publisher AND hidden = 0 AND read = 0)",
            [], |row| row.get(0)).doing("")).unwrap();
        prop_assert_eq!(miscounted, 0);
        let disagreeing: i64 = world.store.readers.read(|tx| tx.query_row(
            "SELECT count(*) FROM article JOIN article_key ON article_key.article = article.id
               JOIN mark USING (key)
              WHERE (article.read, article.saved, article.hidden & 1)
                 IS NOT (mark.read, mark.saved, mark.hidden)",
            [], |row| row.get(0)).doing("")).unwrap();
        prop_assert_eq!(disagreeing, 0);
        let listed: u32 = world.store.countries().unwrap().iter().map(|row| row.articles).sum();

        let page = |after, before| {
            world.store.articles(&ArticleQuery { scope: Scope::default(), limit, after, before }).unwrap()
        };
        let mut pages = vec![page(None, None)];
        while let Some(next) = pages.last().unwrap().next {
            pages.push(page(Some(next), None));
        }
        let walked: Vec<_> = pages.iter().flat_map(|page| &page.rows).map(|row| (row.sort_at, row.id)).collect();
        prop_assert_eq!(walked.len(), listed as usize);
        prop_assert!(walked.windows(2).all(|pair| pair[0] > pair[1]));
        // And back.
        let mut back = pages.pop().unwrap();
        while let Some(previous) = back.previous {
            let expected = pages.pop().unwrap();
            back = page(None, Some(previous));
            prop_assert_eq!(&back.rows, &expected.rows);
        }
        prop_assert!(pages.is_empty());
    }
}
