//! Documents made to exhaust a parser. Every one ends in entries or an error; how long it takes is
//! printed, and bounded only by patience.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr
)]

use std::time::{Duration, Instant};

use overview_core::feed::identity::entry_keys;
use overview_core::feed::{FeedContext, MAX_DOCUMENT, MAX_ENTRIES, parse};
use url::Url;

/// As large as is read at all in an optimised build; in others enough to show a quadratic step.
const SIZE: usize = if cfg!(debug_assertions) {
    1024 * 1024
} else {
    MAX_DOCUMENT
};

const HEAD: &str = "<rss version='2.0'><channel><title>t</title>";

fn filled(head: &str, unit: &str, tail: &str) -> Vec<u8> {
    let room = SIZE - head.len() - tail.len();
    let mut document = String::with_capacity(SIZE);
    document.push_str(head);
    document.push_str(&unit.repeat(room / unit.len()));
    document.push_str(tail);
    document.into_bytes()
}

fn shapes() -> Vec<(&'static str, Vec<u8>)> {
    let rss = |unit: &str| filled(HEAD, unit, "");
    let in_item = |unit: &str| filled(&format!("{HEAD}<item>"), unit, "</item></channel></rss>");
    let dtd = format!("<!DOCTYPE rss [<!ENTITY a \"{}\">]>{HEAD}", "x".repeat(250));
    vec![
        ("nested elements", rss("<a>")),
        (
            "nested in a body",
            filled(&format!("{HEAD}<item><description>"), "<div>", ""),
        ),
        ("bare brackets", rss("< ")),
        ("bare ampersands", in_item("&")),
        (
            "references",
            filled(&format!("{HEAD}<item><description>"), "&eacute;", ""),
        ),
        (
            "growing entities",
            filled(
                &dtd,
                &format!(
                    "<item><title>{0}</title><category>{0}</category></item>",
                    "&a;".repeat(99)
                ),
                "",
            ),
        ),
        ("attributes", filled("<rss ", "a='b' ", "></rss>")),
        ("namespaces", filled("<rss ", "xmlns:a='b' ", "></rss>")),
        (
            "fields that declare a namespace",
            in_item("<a:b xmlns:a='b'/>"),
        ),
        ("unclosed attributes", rss("<a b=\"")),
        ("unclosed items", rss("<item><title>a")),
        ("empty items", rss("<item/>")),
        (
            "links with a base",
            in_item("<link xml:base='b' href='a'/>"),
        ),
        ("unclosed comments", rss("<!--")),
        ("unclosed sections", rss("<![CDATA[")),
        ("end tags", rss("</a>")),
        ("unclosed end tags", rss("</a")),
        ("prolog of comments", filled("", "<!--", "")),
        ("prolog of document types", filled("", "<!DOCTYPE a [", "")),
        ("nested lists", filled("{\"items\":", "[", "")),
        ("list of nothing", filled("{\"items\":[0", ",0", "]}")),
        (
            "words for dates",
            rss(&format!(
                "<item><pubDate>{}</pubDate></item>",
                "ma ".repeat(60)
            )),
        ),
        ("one encoding as another", vec![0xE9; SIZE]),
    ]
}

#[test]
fn hostile_documents_end() {
    let url = Url::parse("https://feeds.example.org/feed").unwrap();
    let context = FeedContext {
        url: &url,
        content_type: None,
        default_zone: None,
    };
    for (name, document) in shapes() {
        let start = Instant::now();
        let entries = parse(&document, &context).map_or(0, |feed| {
            entry_keys("publisher", &feed.entries);
            feed.entries.len()
        });
        let took = start.elapsed();
        println!("{name}: {took:?}, {entries} entries");
        assert!(entries <= MAX_ENTRIES);
        // A quadratic step takes minutes, anything linear a second on a busy machine.
        assert!(took < Duration::from_secs(60), "{name} took {took:?}");
    }
}
