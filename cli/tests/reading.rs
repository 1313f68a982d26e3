//! Commands over a store with articles in it, fetched from publishers on this machine.
#![allow(clippy::unwrap_used, clippy::panic)]

mod program;

use program::Reader;
use serde_json::{Value, json};

const STEPPE: &str = r#"<?xml version="1.0"?>
<rss version="2.0"><channel><title>Steppe Post</title>
  <item><title>Rain ends a dry autumn</title><guid>1</guid><link>/rain</link>
    <author>Olena Invented</author>
    <description>&lt;p&gt;After two months the first showers.&lt;/p&gt;&lt;p&gt;Farmers welcomed them.&lt;/p&gt;</description></item>
  <item><title>A bridge opens</title><guid>2</guid><link>/bridge</link></item>
  <item><title>&#155;2J&#x202e;A headline that would drive the terminal</title><guid>3</guid></item>
</channel></rss>"#;

const HARBOUR: &str = r#"<?xml version="1.0"?>
<rss version="2.0"><channel><title>港ニュース</title>
  <item><title>朝市が始まる</title><guid>1</guid><link>/market</link></item>
</channel></rss>"#;

/// A machine on which a sync has been.
fn reader() -> Reader {
    let reader = Reader::new();
    reader.publishers_at(program::serve(&[
        ("/steppe/rss", STEPPE),
        ("/harbour/rss", HARBOUR),
    ]));
    let ran = reader.run(["sync"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("4 new articles, 1 feed failed"), "{ran:?}");
    assert!(
        ran.out.contains("dnipro-daily") && ran.out.contains("404"),
        "{ran:?}"
    );
    reader
}

fn rows(reader: &Reader, args: &[&str]) -> Vec<Value> {
    let ran = reader.run(["list", "--articles", "--json"].iter().chain(args));
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.json()["rows"].as_array().unwrap().clone()
}

fn titles(reader: &Reader, args: &[&str]) -> Vec<String> {
    let title = |row: &Value| row["title"].as_str().unwrap().to_owned();
    rows(reader, args).iter().map(title).collect()
}

fn id(reader: &Reader, title: &str) -> String {
    rows(reader, &[])
        .iter()
        .find(|row| row["title"] == title)
        .unwrap()["id"]
        .to_string()
}

#[test]
fn what_is_new_is_shown_by_country() {
    let reader = reader();
    let ran = reader.run::<&str>([]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for words in [
        "Ukraine",
        "3 unread",
        "Rain ends a dry autumn",
        "Japan",
        "朝市が始まる",
    ] {
        assert!(ran.out.contains(words), "{words}: {ran:?}");
    }
    assert!(
        ran.out.contains("4 unread stories in 2 countries"),
        "{ran:?}"
    );
    assert!(ran.err.contains("overview follow"), "{ran:?}");

    let sections = reader.run(["--json"]).json();
    assert_eq!(sections[0]["country"], "UA");
    assert_eq!(sections[0]["newest"].as_array().map(Vec::len), Some(3));

    // Who follows a country gets that one.
    assert_eq!(reader.run(["follow", "JP"]).code, 0);
    let ran = reader.run::<&str>([]);
    assert!(
        ran.out.contains("Japan") && !ran.out.contains("Rain ends"),
        "{ran:?}"
    );
}

#[test]
fn lists_narrow_and_page() {
    let reader = reader();
    assert_eq!(titles(&reader, &["--country", "JP"]), ["朝市が始まる"]);
    assert_eq!(
        titles(&reader, &["--region", "east-asia"]),
        ["朝市が始まる"]
    );
    assert_eq!(
        titles(&reader, &["--search", "showers"]),
        ["Rain ends a dry autumn"]
    );
    assert_eq!(titles(&reader, &["--publisher", "steppe-post"]).len(), 3);
    assert_eq!(titles(&reader, &["--since", "1h"]).len(), 4);
    assert!(titles(&reader, &["--followed"]).is_empty());

    let all = titles(&reader, &[]);
    let ran = reader.run(["list", "--articles", "--limit", "3"]);
    let (_, next) = ran
        .err
        .split_once("--after ")
        .unwrap_or_else(|| panic!("{ran:?}"));
    assert_eq!(titles(&reader, &["--after", next.trim()]), all[3..]);
    let ran = reader.run(["list", "--articles", "--json", "--after", next.trim()]);
    let previous = ran.json()["previous"].as_str().unwrap().to_owned();
    assert_eq!(titles(&reader, &["--before", &previous]), all[..3]);
}

#[test]
fn marks_are_there_in_the_next_run() {
    let reader = reader();
    let (rain, bridge) = (
        id(&reader, "Rain ends a dry autumn"),
        id(&reader, "A bridge opens"),
    );

    let ran = reader.run(["mark", "read", &rain, &bridge]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "2 articles marked as read.\n")
    );
    assert_eq!(titles(&reader, &["--unread"]).len(), 2);
    assert_eq!(reader.run(["mark", "unread", &bridge]).code, 0);
    assert_eq!(reader.run(["mark", "save", &rain]).code, 0);
    assert_eq!(titles(&reader, &["--saved"]), ["Rain ends a dry autumn"]);
    assert_eq!(reader.run(["mark", "hide", &bridge]).code, 0);
    assert_eq!(titles(&reader, &["--hidden"]), ["A bridge opens"]);
    assert_eq!(titles(&reader, &[]).len(), 3);
    let ran = reader.run(["mark", "position", &rain, "0", "250", "--json"]);
    let position = ran.json()["mark"]["position"].clone();
    assert_eq!(
        (&position["block"], &position["thousandths"]),
        (&json!(0), &json!(250))
    );
    assert_eq!(ran.json()["ids"], json!([rain.parse::<i64>().unwrap()]));
    let state = json!({"read": true, "saved": true, "hidden": false, "position": position});
    // There is no such block.
    assert_eq!(reader.run(["mark", "position", &rain, "900"]).code, 1);
    assert_eq!(reader.run(["show", &rain, "--json"]).json()["state"], state);

    // One that is not here, and none is marked.
    assert_eq!(reader.run(["mark", "unread", &rain, "4711"]).code, 1);
    assert_eq!(reader.run(["show", &rain, "--json"]).json()["state"], state);
}

#[test]
fn all_can_be_marked_and_that_can_be_undone() {
    let reader = reader();
    let ran = reader.run(["mark", "all-read", "--country", "UA"]);
    assert!(ran.out.starts_with("3 articles marked as read."), "{ran:?}");
    assert_eq!(titles(&reader, &["--unread"]), ["朝市が始まる"]);
    let (_, undo) = ran.out.trim().rsplit_once(' ').unwrap();
    let ran = reader.run(["mark", "undo", undo]);
    assert_eq!(ran.out, "3 articles unread again.\n", "{ran:?}");
    assert_eq!(titles(&reader, &["--unread"]).len(), 4);
    assert_eq!(reader.run(["mark", "undo", undo]).code, 1);
}

#[test]
fn an_article_is_shown_and_marked_only_when_asked() {
    let reader = reader();
    let rain = id(&reader, "Rain ends a dry autumn");
    let ran = reader.run(["show", &rain]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.out
            .starts_with("Rain ends a dry autumn\n\nSteppe Post, Ukraine. Undated"),
        "{ran:?}"
    );
    assert!(ran.out.contains("/rain\n[unread]\n"), "{ran:?}");
    assert!(
        ran.out
            .ends_with("\n\nAfter two months the first showers.\n\nFarmers welcomed them.\n"),
        "{ran:?}"
    );
    assert_eq!(titles(&reader, &["--unread"]).len(), 4);
    assert_eq!(reader.run(["show", "--mark-read", &rain]).code, 0);
    assert_eq!(titles(&reader, &["--unread"]).len(), 3);
}

#[test]
fn a_headline_cannot_drive_the_terminal() {
    let reader = reader();
    for args in [&["list"][..], &["list", "--json"], &[]] {
        let ran = reader.run(args);
        assert!(ran.out.contains("A headline that would drive"), "{ran:?}");
        let drives = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!ran.out.contains(drives), "{ran:?}");
    }
}

#[test]
fn an_article_row_has_the_documented_shape() {
    let reader = reader();
    let mut page = reader
        .run(["list", "--articles", "--json", "--country", "JP"])
        .json();
    for varying in ["url", "first_seen_at", "sort_at"] {
        assert!(page["rows"][0][varying].is_string(), "{page}");
        page["rows"][0][varying] = json!("varies");
    }
    insta::assert_json_snapshot!(page);
    let article = reader
        .run(["show", "--json", &id(&reader, "朝市が始まる")])
        .json();
    for key in [
        "authors",
        "categories",
        "updated_at",
        "standfirst",
        "lead",
        "blocks",
        "direction",
        "page",
        "media",
        "title",
        "state",
    ] {
        assert!(article.get(key).is_some(), "{key}: {article}");
    }
}
