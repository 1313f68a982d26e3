//! When a database is rescued, when it is not, and how a rescue ends early.

use std::cell::Cell;

use super::error::Doing;
use super::tests::{Fixture, country, noon};
use super::*;
use crate::catalogue::{AddressRule, Catalogue};

fn article(number: u8) -> IncomingArticle {
    IncomingArticle {
        keys: vec![[number; 16]],
        title: format!("Article {number}"),
        text: "words".to_owned(),
        published_at: Some(noon()),
        content_hash: [number; 16],
        content: Some(format!("<p>Body {number}</p>")),
        ..IncomingArticle::default()
    }
}

/// A store with a publisher of the person's own, of which an article is saved.
fn own_site() -> PublisherId {
    PublisherId("own-site-example".to_owned())
}

fn kept() -> (Fixture, Catalogue) {
    let world = Fixture::new();
    let id = own_site();
    let home: Url = "https://site.example/".parse().unwrap();
    let own = OwnPublisher {
        name: "Site".to_owned(),
        feeds: vec![home.join("feed").unwrap()],
        home,
        country: country("KE"),
        language: "en".to_owned(),
    };
    world
        .store
        .put_own_publishers(vec![(id.clone(), own)], noon())
        .unwrap();
    world.ingest(id.as_str(), (1..=40).map(article).collect());
    let saved = world.id_of("Article 7");
    world.store.mark(&[saved], Mark::Save, noon()).unwrap();
    let read: Vec<ArticleId> = world
        .list(Scope::default())
        .iter()
        .map(|row| row.id)
        .collect();
    world.store.mark(&read, Mark::Read, noon()).unwrap();
    let catalogue = Catalogue::from_json(super::tests::CATALOGUE, AddressRule::HttpsOnly).unwrap();
    (world, catalogue)
}

fn listed(store: &Store) -> Vec<String> {
    let all = store.publishers(&[]).unwrap();
    all.into_iter().map(|row| row.id.0).collect()
}

#[test]
fn an_own_publisher_that_was_removed_stays_so() {
    let (world, catalogue) = kept();
    let store = &world.store;
    let saved = world.id_of("Article 7");
    assert!(listed(store).contains(&own_site().0));
    store.remove_own_publisher(&own_site(), noon()).unwrap();
    let before = listed(store);
    assert!(!before.contains(&own_site().0));
    store.note_damage("for a test");
    store.salvage_open(&catalogue, noon()).unwrap();
    assert_eq!(store.salvaged().unwrap().unwrap().saved, 1);
    assert!(store.article(saved).unwrap().unwrap().row.state.saved);
    assert_eq!(listed(store), before);
}

/// FTS5 merged segments between two checks, and the second one looked for those it remembered.
#[test]
fn a_text_index_that_was_merged_between_two_checks_is_no_damage() {
    let (world, _) = kept();
    for round in 0..40 {
        assert_eq!(world.store.health(true).unwrap().damage, None, "{round}");
        let articles = (0..3)
            .map(|place| article(41 + 3 * round + place))
            .collect();
        world.ingest(own_site().as_str(), articles);
    }
}

/// Another process would go on writing to the file that is moved aside. A second store stands for it:
/// the system's locks do not tell them apart.
#[test]
fn what_another_has_open_is_rescued_once_it_is_closed() {
    let (world, catalogue) = kept();
    let other = Store::open(&world.path()).unwrap();
    world.store.note_damage("for a test");
    for _ in 0..2 * RESCUES_MAX {
        let refused = world.store.salvage_open(&catalogue, noon());
        assert!(
            matches!(refused, Err(StoreError::Busy { .. })),
            "{refused:?}"
        );
    }
    // Both go on with the same file.
    let id = world.id_of("Article 9");
    other.mark(&[id], Mark::Save, noon()).unwrap();
    let saved = Scope {
        saved: true,
        ..Scope::default()
    };
    assert_eq!(world.titles(saved.clone()).len(), 2);
    assert!(world.store.damage().is_some());
    // A pause closes it as well.
    other.pause().unwrap();
    world.store.salvage_open(&catalogue, noon()).unwrap();
    assert_eq!(world.store.damage(), None);
    assert_eq!(world.titles(saved).len(), 2);
    other.resume().unwrap();
    assert_eq!(
        other.articles(&ArticleQuery::default()).unwrap().rows.len(),
        2
    );
}

/// However late it is told so. It is asked for every page and every row, so none waits for more.
#[test]
fn a_rescue_ends_when_it_is_told_to() {
    let (world, catalogue) = kept();
    let path = world.path();
    world.store.pause().unwrap();
    let before = std::fs::read(&path).unwrap();
    let rescue = |most: u32| {
        let asked = Cell::new(0);
        let go_on = || {
            asked.set(asked.get() + 1);
            asked.get() < most
        };
        let done = salvage::salvage(&path, "for a test", &catalogue, noon(), &go_on);
        (done, asked.get())
    };
    let mut most = 1;
    let needed = loop {
        let (done, asked) = rescue(most);
        if done.is_ok() {
            break asked;
        }
        assert!(matches!(done, Err(StoreError::Paused { .. })), "{done:?}");
        assert_eq!(asked, most, "it did not go on");
        assert_eq!(std::fs::read(&path).unwrap(), before);
        most += 7;
    };
    assert!(
        needed > 40 + 1,
        "every mark, the saved article, and pages: {needed}"
    );
    world.store.resume().unwrap();
    assert_eq!(world.titles(Scope::default()), ["Article 7"]);
}

/// What a query of ours asks for is not what stands there: nothing is wrong with the file.
#[test]
fn a_mistake_of_ours_is_no_damage() {
    let (world, _) = kept();
    let mistaken = |sql: &'static str| {
        world.store.readers.read(|tx| {
            tx.query_row(sql, [], |row| row.get::<_, i64>(0))
                .doing("making a mistake")
        })
    };
    for sql in ["SELECT title FROM article", "SELECT NULL"] {
        let error = mistaken(sql).unwrap_err();
        assert!(matches!(error, StoreError::Sqlite { .. }), "{error}");
    }
    // JSON of another version, whole.
    let error = world.store.readers.read(|tx| {
        tx.query_row("SELECT '{}'", [], |row| {
            sql::from_json::<Vec<String>>(row, 0)
        })
        .doing("making a mistake")
    });
    assert!(matches!(error, Err(StoreError::Sqlite { .. })), "{error:?}");
    assert_eq!(world.store.damage(), None);
    assert_eq!(world.store.health(true).unwrap().damage, None);
}

#[test]
fn a_value_that_we_never_write_is_damage() {
    for damage in [
        "UPDATE article SET title = CAST(title AS BLOB) WHERE title = 'Article 3'",
        "UPDATE article SET title = CAST(x'ff41' AS TEXT) WHERE title = 'Article 3'",
        "UPDATE article SET country = 'u' WHERE title = 'Article 3'",
        "UPDATE article SET url = 'no address' WHERE title = 'Article 3'",
    ] {
        let (world, _) = kept();
        world
            .store
            .writer
            .write("damaging it", Durability::Process, move |tx| {
                tx.execute(damage, []).map(drop).doing("damaging it")
            })
            .unwrap();
        let error = world.store.articles(&ArticleQuery::default()).unwrap_err();
        assert!(
            matches!(error, StoreError::Damaged { .. }),
            "{damage}: {error}"
        );
        assert!(world.store.damage().is_some(), "{damage}");
    }
}

/// Gives a file another schema than was written, as a flipped bit does.
fn rewrite(path: &Path, word: &str, by: &str) {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection
        .pragma_update(None, "writable_schema", true)
        .unwrap();
    let changed = connection
        .execute(
            "UPDATE sqlite_schema SET sql = replace(sql, ?1, ?2) WHERE sql LIKE '%' || ?1 || '%'",
            [word, by],
        )
        .unwrap();
    assert!(changed > 0, "{word} stands in the schema");
}

/// A bit of a name: SQLite finds nothing wrong with it, and no statement of ours goes with it.
#[test]
fn a_schema_that_changed_is_damage_and_marks_outlive_it() {
    for (word, by) in [
        ("unread_stories", "unreae_stories"),
        ("content_hash", "cnntent_hash"),
    ] {
        let (world, catalogue) = kept();
        let (path, saved) = (world.path(), world.id_of("Article 7"));
        world.store.pause().unwrap();
        rewrite(&path, word, by);
        world.store.resume().unwrap();
        let _ = world.store.countries();
        let _ = world.store.mark(&[saved], Mark::Unread, noon());
        let _ = world.store.article(saved);
        // What no query met is found by the check.
        if let Some(reason) = world.store.health(true).unwrap().damage {
            world.store.note_damage(&reason);
        }
        let reason = world.store.damage().unwrap_or_default();
        assert!(reason.contains("schema"), "{word}: {reason}");
        world.store.salvage_open(&catalogue, noon()).unwrap();
        assert_eq!(world.store.health(true).unwrap().damage, None, "{word}");
        assert_eq!(world.store.salvaged().unwrap().unwrap().saved, 1, "{word}");
        assert!(world.store.article(saved).unwrap().unwrap().row.state.saved);
    }
}

/// Migrations that were run once would run again.
#[test]
fn a_number_of_the_schema_that_changed_is_damage() {
    let (world, _) = kept();
    let path = world.path();
    world.store.pause().unwrap();
    for number in 1..schema::CURRENT {
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection
            .pragma_update(None, "user_version", number)
            .unwrap();
        drop(connection);
        let refused = world.store.resume().unwrap_err();
        assert_eq!(refused.code(), "damaged", "{number}: {refused}");
    }
}

#[test]
fn a_statement_of_ours_that_is_wrong_is_no_damage() {
    let (world, _) = kept();
    let refused = world.store.readers.read(|tx| {
        tx.query_row("SELECT nonsense FROM article", [], |_| Ok(()))
            .doing("making a mistake")
    });
    assert_eq!(refused.unwrap_err().code(), "sqlite");
    assert_eq!(world.store.damage(), None);
}
