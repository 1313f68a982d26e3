//! 150 publishers, served by a process of their own.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use overview_core::Clock;
use overview_core::catalogue::Catalogue;
use overview_tests::world::feeds::{entries, rss};
use overview_tests::world::{Answer, World, WorldClock};
use serde_json::json;

pub(crate) const PUBLISHERS: usize = 150;
pub(crate) const ENTRIES: usize = 30;
const COUNTRIES: usize = 60;

/// The child: prints an address a line, then serves until its standard input ends.
pub(crate) fn serve() {
    let (world, clock) = (World::start(), WorldClock::default());
    for number in 0..PUBLISHERS {
        let site = world.site(&format!("publisher-{number}.localhost"));
        let home = site.url("/");
        let made = entries(&home, number as u64, ENTRIES, clock.now());
        let feed = rss(&format!("Publisher {number}"), &home, &made);
        site.set("/feed", Answer::feed(feed).etag("\"bench\"").conditional());
        println!("{}", site.url("/feed"));
    }
    std::io::stdout().flush().unwrap();
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
}

pub(crate) struct Served {
    child: Child,
    pub(crate) urls: Vec<String>,
    /// A catalogue of them.
    pub(crate) catalogue: PathBuf,
}

impl Served {
    pub(crate) fn start(dir: &Path) -> Self {
        let mut child = Command::new(crate::this_program())
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let urls: Vec<String> = lines.take(PUBLISHERS).map(Result::unwrap).collect();
        let catalogue = dir.join("catalogue.json");
        std::fs::write(&catalogue, document(&urls)).unwrap();
        Self {
            child,
            urls,
            catalogue,
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        self.child.wait().unwrap();
    }
}

/// A catalogue of one publisher a feed, over real countries.
pub(crate) fn document(urls: &[String]) -> String {
    let bundled = Catalogue::bundled().unwrap();
    let countries: Vec<_> = bundled.countries().iter().take(COUNTRIES).collect();
    let publishers: Vec<_> = urls
        .iter()
        .enumerate()
        .map(|(number, url)| {
            json!({
                "id": format!("publisher-{number}"), "name": format!("Publisher {number}"),
                "home": "https://publisher.example/", "language": "en", "feeds": [url],
                "country": countries[number % countries.len()].code,
            })
        })
        .collect();
    json!({ "version": "bench", "countries": countries, "publishers": publishers }).to_string()
}
