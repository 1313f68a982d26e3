//! What the fuzz targets do with their bytes, so that a plain test can do the same with the corpus.

use chrono::FixedOffset;
use overview_core::dates::parse_date;
use overview_core::feed::identity::{canonical_url, entry_keys};
use overview_core::feed::{FeedContext, MAX_ENTRIES, parse};
use overview_core::page::{PageInput, html_of, read_fragment, read_page};
use url::Url;

/// Parses a feed and checks what holds of every feed whatever the bytes.
///
/// # Panics
///
/// When it does not hold.
pub fn feed(bytes: &[u8]) {
    let Ok(url) = Url::parse("https://feeds.example.org/all/rss.xml") else {
        return;
    };
    let context = FeedContext {
        url: &url,
        content_type: None,
        default_zone: None,
    };
    let first = parse(bytes, &context);
    assert_eq!(
        first,
        parse(bytes, &context),
        "parsing twice gives two results"
    );
    let Ok(feed) = first else { return };
    assert!(feed.entries.len() <= MAX_ENTRIES);
    let keys = entry_keys("publisher", &feed.entries);
    assert_eq!(keys.len(), feed.entries.len());
    for entry in &feed.entries {
        for text in entry
            .title
            .iter()
            .chain(&entry.authors)
            .chain(&entry.categories)
        {
            assert_eq!(text.trim(), text, "not trimmed");
            assert!(
                !text.contains(char::is_control),
                "control characters in {text:?}"
            );
            assert!(text.len() <= 2_000, "not cut");
        }
        if let Some(url) = &entry.url {
            let once = canonical_url(url);
            let again = Url::parse(&once).map(|url| canonical_url(&url));
            assert_eq!(again, Ok(once), "canonical form is not stable");
        }
    }
}

/// Reads a page and a fragment, and checks that what is rendered of it is read back the same.
///
/// # Panics
///
/// When it is not.
pub fn page(bytes: &[u8]) {
    let Ok(url) = Url::parse("https://news.example.org/world/story.html") else {
        return;
    };
    let article = read_page(&PageInput {
        bytes,
        url: &url,
        content_type: None,
    });
    for blocks in [
        article.blocks,
        read_fragment(&String::from_utf8_lossy(bytes), &url),
    ] {
        let html = html_of(&blocks);
        assert_eq!(read_fragment(&html, &url), blocks, "{html}");
    }
}

/// Reads a date with and without a default zone.
///
/// # Panics
///
/// When the two are further apart than a zone can be.
pub fn date(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let utc = parse_date(&text, None);
    let kathmandu = parse_date(&text, FixedOffset::east_opt(5 * 3600 + 45 * 60));
    assert_eq!(
        utc.is_some(),
        kathmandu.is_some(),
        "the default zone decides whether it is a date"
    );
    if let (Some(utc), Some(local)) = (utc, kathmandu) {
        assert!((utc - local).num_hours().abs() <= 15, "{utc} and {local}");
    }
}
