//! `overview inspect feed`: a file in, JSON out.
#![allow(clippy::unwrap_used, clippy::panic)]

mod program;

use program::{Reader, finish};
use serde_json::json;

const FEED: &str = r#"<?xml version="1.0"?>
<rss version="2.0"><channel>
  <title>Steppe Post</title><link>https://steppe.example/</link>
  <item>
    <title>Rain &amp; sun</title><link>/rain</link><guid>rain-1</guid>
    <pubDate>Mon, 23 Nov 2026 09:30:00 +0200</pubDate>
    <author>olena@steppe.example (Olena Invented)</author>
    <description>It rained.</description>
  </item>
  <item><title>Undated</title></item>
</channel></rss>"#;

const ADDRESS: &str = "https://steppe.example/rss";

#[test]
fn a_feed_is_printed_as_it_is_understood() {
    let reader = Reader::new();
    let file = reader.path("feed.xml");
    std::fs::write(&file, FEED).unwrap();
    let ran = reader.run_bare(["inspect", "feed", file.to_str().unwrap(), ADDRESS]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.err, "");
    insta::assert_json_snapshot!(ran.json());

    let mut command = reader.command();
    command.args(["inspect", "feed", "-", ADDRESS]);
    assert_eq!(finish(command, FEED.as_bytes()).out, ran.out);
    assert!(
        !reader.path("data").exists(),
        "looking at a file needs no store"
    );
}

#[test]
fn the_content_type_decides_on_a_charset_that_the_document_does_not_name() {
    let reader = Reader::new();
    let feed = FEED.replace("Rain &amp; sun", "Дощ");
    let (bytes, _, lost) = encoding_rs::WINDOWS_1251.encode(&feed);
    assert!(!lost);
    let mut command = reader.command();
    command.args(["inspect", "feed", "-", ADDRESS]);
    command.env(
        "FEED_CONTENT_TYPE",
        "application/rss+xml; charset=windows-1251",
    );
    assert_eq!(
        finish(command, &bytes).json()["items"][0]["title"],
        json!("Дощ")
    );
}

#[test]
fn what_is_no_feed_is_one_line_and_exit_code_1() {
    let reader = Reader::new();
    let cases: [(&str, &str, &str); 3] = [
        ("empty.xml", "", "empty"),
        (
            "page.html",
            "<!doctype html><html><body><p>Hello</p></body></html>",
            "html",
        ),
        ("noise.bin", "\u{1}\u{2}\u{3} noise", "not_a_feed"),
    ];
    for (name, content, code) in cases {
        let file = reader.path(name);
        std::fs::write(&file, content).unwrap();
        let file = file.to_str().unwrap();
        let ran = reader.run_bare(["inspect", "feed", file, ADDRESS]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
        assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
        assert!(ran.err.contains(name), "{ran:?}");
        let ran = reader.run_bare(["inspect", "feed", file, ADDRESS, "--json"]);
        assert_eq!(ran.error().0, code, "{ran:?}");
    }
    let ran = reader.run_bare(["inspect", "feed", "no/such/file", ADDRESS, "--json"]);
    assert_eq!((ran.code, ran.error().0.as_str()), (1, "io"), "{ran:?}");
}
