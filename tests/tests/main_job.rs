//! The main job, whole: 150 publishers of 60 countries, the 45 real feeds among them, are fetched
//! from a loopback world, stored, listed by country, read and marked, and are there without any
//! network the next time.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;

use overview_core::catalogue::{AddressRule, Catalogue};
use overview_core::model::{ArticleQuery, Mark, Scope};
use overview_core::sync::{FeedOutcome, SyncEnd};
use overview_core::{Clock, OpenOptions, Overview};
use overview_tests::refresh;
use overview_tests::shared::shared;
use overview_tests::world::feeds::{entries, rss};
use overview_tests::world::{Answer, World, WorldClock};
use serde_json::json;

const PUBLISHERS: usize = 150;
const COUNTRIES: usize = 60;
const INVENTED_ENTRIES: usize = 30;

/// Sites of the world, one a publisher; the first ones serve the real feeds.
fn publish(world: &World, clock: &WorldClock, real: &[Vec<u8>]) -> Catalogue {
    let bundled = Catalogue::bundled().unwrap();
    let countries: Vec<_> = bundled.countries().iter().take(COUNTRIES).collect();
    let publishers: Vec<_> = (0..PUBLISHERS)
        .map(|number| {
            let host = format!("publisher-{number}.localhost");
            let site = world.site(&host);
            let home = site.url("/");
            let feed = real.get(number).cloned().unwrap_or_else(|| {
                let entries = entries(&home, number as u64, INVENTED_ENTRIES, clock.now());
                rss(&format!("Publisher {number}"), &home, &entries)
            });
            site.set("/feed", Answer::feed(feed).etag("\"one\"").conditional());
            json!({
                "id": format!("publisher-{number}"), "name": format!("Publisher {number}"),
                "home": home, "country": countries[number % COUNTRIES].code, "language": "en",
                "feeds": [site.url("/feed")],
            })
        })
        .collect();
    let document =
        json!({ "version": "a world", "countries": countries, "publishers": publishers });
    Catalogue::from_json(&document.to_string(), AddressRule::AnyHttp).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_world_is_fetched_stored_read_marked_and_there_offline() {
    let real: Vec<Vec<u8>> = match shared("data/feeds") {
        Some(folder) => {
            let mut files: Vec<_> = std::fs::read_dir(folder)
                .unwrap()
                .map(|file| file.unwrap().path())
                .collect();
            files.sort();
            files
                .iter()
                .map(|file| std::fs::read(file).unwrap())
                .collect()
        }
        None => Vec::new(),
    };
    let world = World::start();
    let clock = WorldClock::default();
    let catalogue = publish(&world, &clock, &real);
    let dir = tempfile::tempdir().unwrap();
    let open = || {
        let mut options = OpenOptions::new(dir.path());
        options.catalogue = Some(catalogue.clone());
        options.http = world.opened();
        options.clock = Arc::new(clock.clone());
        Overview::open(options).unwrap()
    };

    let overview = open();
    let report = refresh(&overview).await.unwrap();
    assert_eq!(report.end, SyncEnd::Completed);
    // One of the real feeds has items with nothing but ids and authors: nothing to show, so
    // nothing to store.
    let mut quiet = 0;
    for feed in &report.feeds {
        match &feed.outcome {
            FeedOutcome::New { new: 1.., .. } => {}
            FeedOutcome::Unchanged => quiet += 1,
            other => panic!("{}: {other:?}", feed.feed),
        }
    }
    assert_eq!(quiet, usize::from(!real.is_empty()));
    assert_eq!(report.feeds.len(), PUBLISHERS);

    let countries = overview.countries().unwrap();
    assert_eq!(countries.len(), COUNTRIES);
    let stored: u32 = countries.iter().map(|country| country.articles).sum();
    assert_eq!(stored, report.progress.new_articles);
    assert!(stored as usize >= (PUBLISHERS - real.len()) * INVENTED_ENTRIES);
    let mut read = Vec::new();
    for country in &countries {
        let scope = Scope {
            countries: vec![country.country],
            ..Scope::default()
        };
        let page = overview
            .articles(&ArticleQuery {
                scope,
                ..Default::default()
            })
            .unwrap();
        let first = page.rows.first().unwrap();
        assert_eq!(first.country, country.country);
        let article = overview.article(first.id).unwrap();
        assert!(
            !article.row.title.is_empty() || !article.blocks.is_empty(),
            "{article:#?}"
        );
        overview.mark(&[first.id], Mark::Read).unwrap();
        overview.mark(&[first.id], Mark::Save).unwrap();
        read.push(article);
    }
    drop(overview);
    drop(world);

    // The next time, with nobody there to answer.
    let world = World::start();
    let options = OpenOptions {
        catalogue: Some(catalogue.clone()),
        http: world.opened(),
        clock: Arc::new(clock.clone()),
        ..OpenOptions::new(dir.path())
    };
    let overview = Overview::open(options).unwrap();
    for article in read {
        let again = overview.article(article.row.id).unwrap();
        assert_eq!(
            (again.blocks, again.row.title),
            (article.blocks, article.row.title)
        );
        assert!(again.row.state.read && again.row.state.saved);
    }
    let unread: u32 = overview
        .countries()
        .unwrap()
        .iter()
        .map(|country| country.unread)
        .sum();
    assert_eq!(unread, stored - COUNTRIES as u32);
    assert!(world.requests().is_empty());
}
