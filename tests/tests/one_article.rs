//! What is one article stays one, whatever its publisher does to guids, addresses and feeds; and an
//! edit changes it in its place.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use chrono::Duration;
use overview_core::catalogue::{AddressRule, Catalogue};
use overview_core::model::{ArticleQuery, ArticleRow, Mark};
use overview_core::page::text_of;
use overview_core::{Clock, OpenOptions, Overview};
use overview_tests::refresh;
use overview_tests::world::feeds::{InventedEntry, entries, rss};
use overview_tests::world::{Answer, World, WorldClock};
use serde_json::json;

/// A publisher of two feeds, and its reader.
struct Desk {
    world: World,
    clock: WorldClock,
    overview: Overview,
    _dir: tempfile::TempDir,
}

const HOST: &str = "desk.localhost";

impl Desk {
    fn open() -> Self {
        let (world, clock) = (World::start(), WorldClock::default());
        let site = world.site(HOST);
        let document = json!({
            "version": "desk",
            "countries": [{
                "code": "KE", "name": "Kenya", "region": "Sub-Saharan Africa", "lat": 0, "lon": 38,
                "languages": ["en"],
            }],
            "publishers": [{
                "id": "desk", "name": "Desk", "language": "en", "home": site.url("/"),
                "country": "KE", "feeds": [site.url("/feed"), site.url("/sport")],
            }],
        });
        let catalogue = Catalogue::from_json(&document.to_string(), AddressRule::AnyHttp).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let overview = Overview::open(OpenOptions {
            catalogue: Some(catalogue),
            http: world.opened(),
            clock: Arc::new(clock.clone()),
            ..OpenOptions::new(dir.path())
        })
        .unwrap();
        let desk = Self {
            world,
            clock,
            overview,
            _dir: dir,
        };
        desk.publish("/sport", &[]);
        desk
    }

    fn entries(&self, count: usize) -> Vec<InventedEntry> {
        entries(&self.world.site(HOST).url("/"), 3, count, self.clock.now())
    }

    fn publish(&self, path: &str, entries: &[InventedEntry]) {
        let site = self.world.site(HOST);
        site.set(path, Answer::feed(rss("Desk", &site.url("/"), entries)));
    }

    /// Hours later, what came of it: new and edited articles.
    async fn refresh(&self) -> (u32, u32) {
        self.clock.advance(Duration::hours(3));
        let report = refresh(&self.overview).await.unwrap();
        let changes = report.feeds.iter().map(|feed| match feed.outcome {
            overview_core::sync::FeedOutcome::New { new, updated } => (new, updated),
            _ => (0, 0),
        });
        changes.fold((0, 0), |sum, (new, updated)| (sum.0 + new, sum.1 + updated))
    }

    fn rows(&self) -> Vec<ArticleRow> {
        self.overview
            .articles(&ArticleQuery::default())
            .unwrap()
            .rows
    }

    /// Three articles, of which the second was read.
    async fn with_three(&self) -> Vec<InventedEntry> {
        let entries = self.entries(3);
        self.publish("/feed", &entries);
        assert_eq!(self.refresh().await, (3, 0));
        self.overview
            .mark(&[self.rows()[1].id], Mark::Read)
            .unwrap();
        entries
    }

    /// They are the same three, and the second is the one that was read.
    fn assert_three(&self, before: &[ArticleRow]) {
        let rows = self.rows();
        let ids = |rows: &[ArticleRow]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
        assert_eq!(ids(&rows), ids(before));
        let read: Vec<bool> = rows.iter().map(|row| row.state.read).collect();
        assert_eq!(read, [false, true, false]);
    }

    fn moved(entries: &[InventedEntry], change: impl Fn(&mut InventedEntry)) -> Vec<InventedEntry> {
        let mut entries = entries.to_vec();
        entries.iter_mut().for_each(change);
        entries
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guids_and_addresses_that_change_bring_nothing_back() {
    let desk = Desk::open();
    let entries = desk.with_three().await;
    let before = desk.rows();
    let changed_guid = Desk::moved(&entries, |entry| entry.id = format!("new-{}", entry.id));
    let secure = Desk::moved(&changed_guid, |entry| {
        entry.url.set_scheme("https").unwrap()
    });
    let decorated = Desk::moved(&entries, |entry| {
        entry
            .url
            .set_query(Some("utm_source=rss&utm_medium=feed&fbclid=x"));
    });
    let new_guid_decorated = Desk::moved(&decorated, |entry| entry.id = format!("3-{}", entry.id));
    let new_path = Desk::moved(&entries, |entry| {
        entry
            .url
            .set_path(&format!("/archive{}", entry.url.path().to_owned()));
    });
    for version in [
        changed_guid,
        secure,
        decorated,
        new_guid_decorated,
        new_path,
        entries,
    ] {
        desk.publish("/feed", &version);
        assert_eq!(desk.refresh().await, (0, 0));
        desk.assert_three(&before);
    }
    assert!(
        desk.overview
            .article(before[0].id)
            .unwrap()
            .updated_at
            .is_none()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_moves_brings_nothing_back() {
    let desk = Desk::open();
    let entries = desk.with_three().await;
    let before = desk.rows();
    let site = desk.world.site(HOST);
    site.set("/feed", Answer::redirect(308, "/new-feed"));
    for _ in 0..4 {
        let changed = Desk::moved(&entries, |entry| entry.id = format!("moved-{}", entry.id));
        desk.publish("/new-feed", &changed);
        assert_eq!(desk.refresh().await, (0, 0));
        desk.clock.advance(Duration::days(2));
    }
    desk.assert_three(&before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_feeds_of_a_publisher_list_is_one_and_does_not_flicker() {
    let desk = Desk::open();
    let entries = desk.with_three().await;
    let before = desk.rows();
    let whole = text_of(&desk.overview.article(before[0].id).unwrap().blocks);
    // The other feed has a guid, an address and a text of its own.
    let short = Desk::moved(&entries, |entry| {
        entry.id = format!("sport-{}", entry.id);
        entry.url.set_query(Some("utm_campaign=sport"));
        entry.summary = "<p>In short.</p>".to_owned();
        entry.content = entry.summary.clone();
    });
    for round in 0..3 {
        desk.publish(
            "/feed",
            &Desk::moved(&entries, |entry| {
                entry.published -= Duration::seconds(round)
            }),
        );
        desk.publish(
            "/sport",
            &Desk::moved(&short, |entry| entry.published -= Duration::seconds(round)),
        );
        assert_eq!(desk.refresh().await, (0, 0), "round {round}");
        desk.assert_three(&before);
        assert_eq!(
            text_of(&desk.overview.article(before[0].id).unwrap().blocks),
            whole
        );
    }
    // Once the first lists it no more, what the other changes is an edit.
    desk.publish("/feed", &entries[1..]);
    assert_eq!(desk.refresh().await, (0, 0));
    let corrected = Desk::moved(&short, |entry| entry.title.push_str(", corrected"));
    desk.publish("/sport", &corrected);
    assert_eq!(desk.refresh().await, (0, 1));
    desk.assert_three(&before);
    assert!(desk.rows()[0].title.ends_with("corrected"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_document_lists_twice_is_one() {
    let desk = Desk::open();
    let entries = desk.with_three().await;
    let before = desk.rows();
    let mut twice = entries.clone();
    let mut again = entries[0].clone();
    again.title = "The same, told once more".to_owned();
    twice.push(again);
    for round in 0..2 {
        desk.publish(
            "/feed",
            &Desk::moved(&twice, |entry| entry.published -= Duration::seconds(round)),
        );
        assert_eq!(desk.refresh().await, (0, 0));
        desk.assert_three(&before);
        assert_eq!(desk.rows()[0].title, entries[0].title);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_recorded_keeps_the_mark_and_the_place() {
    let desk = Desk::open();
    let entries = desk.with_three().await;
    let before = desk.rows();
    let mut edited = entries.clone();
    edited[1].title = "A title that was corrected".to_owned();
    edited[1].content = "<p>And a body that was corrected.</p>".repeat(9);
    edited[1].published = desk.clock.now();
    edited.swap(0, 1);
    desk.publish("/feed", &edited);
    assert_eq!(desk.refresh().await, (0, 1));
    desk.assert_three(&before);
    let article = desk.overview.article(before[1].id).unwrap();
    assert_eq!(article.row.title, "A title that was corrected");
    assert!(text_of(&article.blocks).starts_with("And a body that was corrected."));
    assert_eq!(article.updated_at, Some(desk.clock.now()));
    assert_eq!(
        desk.overview.article(before[0].id).unwrap().updated_at,
        None
    );
}
