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

#[test]
fn sentences_are_judged_in_their_order() {
    let reader = Reader::new();
    let judge = |lines: &str| {
        let mut command = reader.command();
        command.args(["inspect", "stance"]);
        finish(command, lines.as_bytes())
    };
    // In characters, in bytes too far, without a place, and with more than is asked for.
    let bad = "“É” aside, Horvat is a shameless liar who betrayed and disgraced the office.";
    let lines = [
        json!({"id": 1, "sentence": bad, "mention": "Horvat", "from": 11, "to": 17}),
        json!({"id": "b", "sentence": bad, "mention": "Horvat", "from": 1_000, "to": 1_006}),
        json!({"id": "c", "sentence": bad, "mention": "Horvat", "polarity": 0}),
    ];
    let ran = judge(&lines.each_ref().map(ToString::to_string).join("\n"));
    assert_eq!(ran.code, 0, "{ran:?}");
    let judged: Vec<serde_json::Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(judged.len(), 3);
    for (judged, id) in judged.iter().zip([json!(1), json!("b"), json!("c")]) {
        assert_eq!(judged["id"], id);
        assert_eq!(judged["polarity"], -1);
        assert!(judged["p"].as_f64().unwrap() >= 0.8, "{judged}");
    }

    for bad in [
        "{}",
        "no JSON",
        r#"{"id": 4, "sentence": "It rained.", "mention": "Horvat"}"#,
    ] {
        let ran = judge(&format!("{}\n{bad}\n", lines[0]));
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.err.contains("line 2"), "{ran:?}");
    }
}
