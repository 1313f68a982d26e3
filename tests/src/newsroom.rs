//! A world with a catalogue: invented publishers of real countries, and an Overview that reads
//! them.

use std::path::Path;
use std::sync::Arc;

use overview_core::catalogue::{AddressRule, Catalogue};
use overview_core::{Clock, OpenOptions, Overview};
use serde_json::json;
use tempfile::TempDir;

use crate::world::feeds::{InventedEntry, entries, rss};
use crate::world::{Answer, Site, World, WorldClock};

/// Countries of the invented publishers, in turn.
const COUNTRIES: [(&str, &str, &str); 3] = [
    ("UA", "Ukraine", "Europe"),
    ("KE", "Kenya", "Sub-Saharan Africa"),
    ("PE", "Peru", "Latin America"),
];

/// Publishers `publisher-0`, `publisher-1` and so on of Ukraine, Kenya and Peru in turn, each with
/// one feed, and a data directory to read them into.
pub struct Newsroom {
    /// Where they are served.
    pub world: World,
    /// The time for all of them.
    pub clock: WorldClock,
    /// The catalogue that lists them.
    pub catalogue: Catalogue,
    /// Where the reader keeps everything.
    pub dir: TempDir,
    publishers: usize,
}

impl Newsroom {
    /// A newsroom of so many publishers, each with a feed of `articles` entries.
    ///
    /// # Panics
    /// When the machine has no loopback or no temporary directory.
    #[allow(clippy::expect_used)]
    pub fn open(publishers: usize, articles: usize) -> Self {
        let world = World::start();
        let listed: Vec<_> = (0..publishers)
            .map(|number| {
                let site = site(&world, number);
                json!({
                    "id": id(number), "name": format!("Publisher {number}"), "language": "en",
                    "home": site.url("/"), "country": COUNTRIES[number % 3].0,
                    "feeds": [site.url("/feed")],
                })
            })
            .collect();
        let countries: Vec<_> = COUNTRIES
            .iter()
            .map(|(code, name, region)| {
                json!({
                    "code": code, "name": name, "region": region, "lat": 0, "lon": 0,
                    "languages": ["en"],
                })
            })
            .collect();
        let document =
            json!({ "version": "newsroom", "countries": countries, "publishers": listed });
        let newsroom = Self {
            catalogue: Catalogue::from_json(&document.to_string(), AddressRule::AnyHttp)
                .expect("the newsroom's catalogue is sound"),
            clock: WorldClock::default(),
            dir: tempfile::tempdir().expect("there is a temporary directory"),
            world,
            publishers,
        };
        for number in 0..newsroom.publishers {
            newsroom.publish(number, &newsroom.entries(number, articles), "one");
        }
        newsroom
    }

    /// The first entries of a publisher, the newest first.
    pub fn entries(&self, publisher: usize, count: usize) -> Vec<InventedEntry> {
        entries(
            &self.site(publisher).url("/"),
            publisher as u64,
            count,
            self.clock.now(),
        )
    }

    /// Serves these entries as a publisher's feed, with an ETag.
    pub fn publish(&self, publisher: usize, entries: &[InventedEntry], etag: &str) {
        let site = self.site(publisher);
        let feed = rss(&format!("Publisher {publisher}"), &site.url("/"), entries);
        site.set(
            "/feed",
            Answer::feed(feed)
                .etag(&format!("\"{etag}\""))
                .conditional(),
        );
    }

    /// Where a publisher's pages are.
    pub fn site(&self, publisher: usize) -> Site {
        site(&self.world, publisher)
    }

    /// How the reader opens it.
    pub fn options(&self) -> OpenOptions {
        self.options_in(self.dir.path())
    }

    /// How another reader opens it.
    pub fn options_in(&self, dir: &Path) -> OpenOptions {
        OpenOptions {
            catalogue: Some(self.catalogue.clone()),
            http: self.world.opened(),
            clock: Arc::new(self.clock.clone()),
            ..OpenOptions::new(dir)
        }
    }

    /// The reader's Overview.
    ///
    /// # Panics
    /// When it cannot be opened.
    #[allow(clippy::expect_used)]
    pub fn reader(&self) -> Overview {
        Overview::open(self.options()).expect("the reader's store opens")
    }
}

/// The id of a publisher.
pub fn id(number: usize) -> String {
    format!("publisher-{number}")
}

fn site(world: &World, number: usize) -> Site {
    world.site(&format!("{}.localhost", id(number)))
}
