//! Real feeds, which are not part of the repository: each gives its entries.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr
)]

use overview_core::feed::identity::{EntryKeys, entry_keys};
use overview_core::feed::{FeedContext, parse};
use overview_tests::shared::shared;
use url::Url;

#[test]
fn every_real_feed_gives_its_entries() {
    let Some(folder) = shared("data/feeds") else {
        return;
    };
    let url = Url::parse("https://feeds.example.org/feed").unwrap();
    let context = FeedContext {
        url: &url,
        content_type: None,
        default_zone: None,
    };
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let feed = parse(&std::fs::read(&path).unwrap(), &context)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!feed.entries.is_empty(), "{name} has entries");
        assert!(
            feed.title.is_some() || name.contains("authors"),
            "{name} has a title"
        );
        // One of them is cut off, which its name says.
        assert_eq!(feed.truncated, name.contains("partial"), "{name} broke off");
        let keys = entry_keys("publisher", &feed.entries);
        // `authors.json` has items of authors alone.
        if name != "authors.json" {
            assert!(
                !keys.iter().any(EntryKeys::is_empty),
                "{name}: every entry is identified"
            );
            assert!(
                feed.entries.iter().all(|e| e.url.is_some()),
                "{name}: every entry has an address"
            );
        }
        count += 1;
    }
    assert_eq!(count, 45);
}
