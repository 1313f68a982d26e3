//! Commands over a store with nothing in it yet, and over one that cannot be used.
#![allow(clippy::unwrap_used, clippy::panic)]

mod program;

use std::io::Read;
use std::net::TcpListener;
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;

use program::Reader;
use serde_json::{Value, json};

#[test]
fn without_a_network_the_first_run_says_so() {
    let reader = Reader::new();
    let ran = reader.run::<&str>([]);
    assert_eq!(ran.code, 4, "{ran:?}");
    for words in [
        "No publisher could be reached",
        "nothing is stored yet",
        "steppe-post",
    ] {
        assert!(ran.out.contains(words), "{words}: {ran:?}");
    }
    assert!(ran.err.contains("fetched first"), "{ran:?}");

    // Nobody is asked twice within a minute, and that is said.
    let ran = reader.run::<&str>([]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.out.contains("try again in a minute"), "{ran:?}");
}

#[test]
fn a_program_that_asks_what_is_new_gets_an_answer_at_once() {
    let ran = Reader::new().run(["--json"]);
    assert_eq!((ran.code, ran.json()), (0, json!([])));
}

#[test]
fn a_sync_that_reaches_nobody_says_why_and_is_exit_code_4() {
    let reader = Reader::new();
    let ran = reader.run(["sync", "--country", "ua"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(
        ran.out.contains("steppe-post") && ran.out.contains("dnipro-daily"),
        "{ran:?}"
    );
    assert!(!ran.out.contains("harbour-news"), "{ran:?}");
    assert!(ran.out.contains("2 feeds failed"), "{ran:?}");

    let ran = reader.run(["publishers", "--failing"]);
    assert!(
        ran.out.contains("steppe-post") && ran.out.contains("never"),
        "{ran:?}"
    );

    // They are not asked again at once.
    let ran = reader.run(["sync", "--country", "Ukraine"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.out.contains("none of the 2 feeds is due yet"),
        "{ran:?}"
    );
    assert!(ran.err.contains("--force"), "{ran:?}");

    let ran = reader.run(["sync", "--publisher", "harbour-news", "--json"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    let report = ran.json();
    assert_eq!(report["end"], "completed");
    assert_eq!(report["progress"]["planned"], 1);
    assert_eq!(report["feeds"][0]["publisher"], "harbour-news");
    assert_eq!(report["feeds"][0]["outcome"]["kind"], "failed");
}

#[test]
fn the_sync_goes_no_further_than_its_deadline() {
    // A publisher that takes the call and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let reader = Reader::new();
    reader.publishers_at(silent.local_addr().unwrap().port());
    let ran = reader.run(["sync", "--deadline", "100ms", "--json"]);
    assert_eq!(ran.code, 5, "{ran:?}");
    assert_eq!(ran.json()["end"], "deadline_reached");
}

#[test]
fn lists_of_an_empty_store_are_empty() {
    let reader = Reader::new();
    let ran = reader.run(["list", "--country", "UA", "--unread", "--since", "24h"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
    assert!(ran.err.contains("overview sync"), "{ran:?}");
    let ran = reader.run(["list", "--json", "--after", "1700000000000.12"]);
    assert_eq!(
        ran.json(),
        json!({"rows": [], "previous": null, "next": null}),
        "{ran:?}"
    );

    let ran = reader.run(["mark", "all-read", "--country", "UA"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("0 articles"), "{ran:?}");
}

#[test]
fn countries_and_publishers_are_those_of_the_catalogue() {
    let reader = Reader::new();
    let ran = reader.run(["countries"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    insta::assert_snapshot!("countries", ran.out);
    insta::assert_snapshot!("publishers", reader.run(["publishers"]).out);
    insta::assert_json_snapshot!("countries_json", reader.run(["countries", "--json"]).json());
    insta::assert_json_snapshot!(
        "publishers_json",
        reader
            .run(["publishers", "--country", "JP", "--json"])
            .json()
    );
    let ran = reader.run(["countries", "--region", "East Asia", "--json"]);
    assert_eq!(ran.json()[0]["country"], "JP");
    assert_eq!(
        reader.run(["countries", "--followed", "--json"]).json(),
        json!([])
    );
}

#[test]
fn following_is_kept() {
    let reader = Reader::new();
    let follows = |args: &[&str]| {
        let ran = reader.run(args.iter().copied().chain(["--json"]));
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.json()
    };
    assert_eq!(
        follows(&["follow"]),
        json!({"countries": [], "publishers": [], "off": []})
    );
    assert_eq!(
        follows(&["follow", "ua", "Japan", "harbour-news"]),
        json!({"countries": ["JP", "UA"], "publishers": ["harbour-news"], "off": []})
    );
    assert_eq!(
        follows(&["unfollow", "JP", "harbour-news"]),
        json!({"countries": ["UA"], "publishers": [], "off": []})
    );
    let off = json!({"countries": ["UA"], "publishers": [], "off": ["dnipro-daily"]});
    assert_eq!(follows(&["unfollow", "--off", "dnipro-daily"]), off);
    assert_eq!(follows(&["follow"]), off);
    insta::assert_snapshot!(reader.run(["follow"]).out);

    let ran = reader.run(["unfollow", "--off", "UA"]);
    assert_eq!(ran.code, 1, "{ran:?}");
}

#[test]
fn a_misspelt_name_changes_nothing_and_is_guessed() {
    let reader = Reader::new();
    let cases = [
        (vec!["follow", "JP", "Ukrane"], "did you mean UA (Ukraine)?"),
        (vec!["follow", "step-post"], "did you mean steppe-post?"),
        (vec!["follow", "Steppe Post"], "did you mean steppe-post?"),
        (
            vec!["sync", "--country", "ZZ"],
            "`overview countries --all` lists",
        ),
        (
            vec!["list", "--publisher", "qqqq"],
            "`overview publishers` lists",
        ),
    ];
    for (args, advice) in cases {
        let ran = reader.run(args.iter().copied().chain(["--json"]));
        assert_eq!(ran.code, 1, "{args:?}: {ran:?}");
        let (code, message) = ran.error();
        assert_eq!(code, "unknown", "{message}");
        assert!(message.contains(advice), "{args:?}: {message}");
    }
    assert_eq!(
        reader.run(["follow", "--json"]).json()["countries"],
        json!([])
    );
}

#[test]
fn an_article_that_is_not_here_is_an_error() {
    let reader = Reader::new();
    for args in [
        vec!["show", "7"],
        vec!["mark", "read", "7"],
        vec!["mark", "position", "7", "10"],
    ] {
        let ran = reader.run(args.iter().copied().chain(["--json"]));
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
        assert_eq!(ran.error().0, "no_such_article");
    }
    let ran = reader.run(["show", "7"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("there is no article 7"), "{ran:?}");
    assert_eq!(reader.run(["mark", "undo"]).code, 1);
}

#[test]
fn the_doctor_tells_where_everything_is() {
    let reader = Reader::new();
    let ran = reader.run(["doctor", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let facts = ran.json();
    assert_eq!(facts["data_dir"], reader.path("data").display().to_string());
    assert_eq!(
        (&facts["catalogue_version"], &facts["publishers"]),
        (&json!("test"), &json!(3))
    );
    assert_eq!(facts["damage"], Value::Null);
    let ran = reader.run(["doctor"]);
    assert!(ran.out.contains("Health"), "{ran:?}");
}

#[test]
fn a_database_that_is_destroyed_is_moved_aside_and_the_doctor_says_so() {
    let reader = Reader::new();
    std::fs::create_dir(reader.path("data")).unwrap();
    std::fs::write(
        reader.path("data").join("overview.db"),
        "not a database ".repeat(100),
    )
    .unwrap();
    let ran = reader.run(["countries"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("The database was damaged"), "{ran:?}");
    let facts = reader.run(["doctor", "--json"]).json();
    assert_eq!(facts["salvage"]["saved"], 0);
    let aside = facts["salvage"]["moved_to"].as_str().unwrap();
    let kept = std::fs::read_to_string(aside).unwrap();
    assert!(kept.starts_with("not a database"));
    let ran = reader.run(["doctor"]);
    assert!(ran.out.contains("Rescued"), "{ran:?}");
    // The person knows now.
    let ran = reader.run(["countries"]);
    assert!(!ran.err.contains("damaged"), "{ran:?}");
}

#[test]
fn a_directory_that_cannot_be_made_is_named() {
    let reader = Reader::new();
    std::fs::write(reader.path("file"), "").unwrap();
    let inside = reader.path("file").join("data");
    let ran = reader.run(["countries", "--data", inside.to_str().unwrap()]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains(inside.to_str().unwrap()), "{ran:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_directory_that_takes_no_files_is_named() {
    // Also root cannot write there, unlike into a directory without write permission.
    let ran = Reader::new().run(["countries", "--data", "/proc/overview"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("/proc/overview"), "{ran:?}");
}

#[test]
fn private_addresses_are_closed_unless_opened_and_that_is_said() {
    let reader = Reader::new();
    let catalogue = reader.path("catalogue.json");
    let catalogue = catalogue.to_str().unwrap();
    let ran = reader.run_bare(["countries", "--json", "--catalogue", catalogue]);
    assert_eq!(
        (ran.code, ran.error().0.as_str()),
        (1, "catalogue"),
        "{ran:?}"
    );
    for args in [&["countries"][..], &["countries", "--json"]] {
        let ran = reader.run(args);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(
            ran.err
                .contains("warning: plain http and private addresses"),
            "{ran:?}"
        );
    }
}

#[test]
fn a_catalogue_that_is_none_is_named() {
    let reader = Reader::new();
    for (name, content) in [("broken.json", "{"), ("other.json", r#"{"version": 1}"#)] {
        std::fs::write(reader.path(name), content).unwrap();
        let file = reader.path(name);
        let ran = reader.run_bare(["countries", "--catalogue", file.to_str().unwrap()]);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.err.contains(name), "{ran:?}");
    }
    assert!(
        !reader.path("data").exists(),
        "nothing is made for a catalogue that is none"
    );
}

#[test]
fn colours_are_for_terminals_and_for_those_who_insist() {
    let reader = Reader::new();
    assert!(!reader.run(["countries"]).out.contains('\u{1b}'));
    assert!(
        reader
            .run(["countries", "--color", "always"])
            .out
            .contains('\u{1b}')
    );
    let run = |key: &str, flag: &str| {
        let mut command = reader.command();
        command.env(key, "1").args(["countries", "--color", flag]);
        program::finish(command, b"").out.contains('\u{1b}')
    };
    assert!(run("CLICOLOR_FORCE", "auto"));
    assert!(!run("CLICOLOR_FORCE", "never"));
    assert!(!run("NO_COLOR", "auto"));
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let reader = Reader::new();
    let mut child = reader
        .command()
        .args(["catalogue", "export"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The document is longer than a pipe holds, so that it is still writing when this closes.
    drop(child.stdout.take());
    let mut err = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut err)
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{err}");
    assert_eq!(err, "");
}

#[test]
fn an_exported_catalogue_can_be_used() {
    let reader = Reader::new();
    let ran = reader.run_bare(["catalogue", "export"]);
    assert_eq!(ran.code, 0);
    std::fs::write(reader.path("mine.json"), &ran.out).unwrap();
    let mine = reader.path("mine.json");
    let again = reader.run_bare(["catalogue", "export", "--catalogue", mine.to_str().unwrap()]);
    assert_eq!(again.out, ran.out);
    assert!(!reader.path("data").exists(), "an export needs no store");
}

#[test]
fn checking_a_catalogue_nobody_serves_is_exit_code_4() {
    let reader = Reader::new();
    let ran = reader.run(["catalogue", "check", "--country", "UA"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.out.contains("2 feeds: 2 dead."), "{ran:?}");
    let ran = reader.run(["catalogue", "check", "--json"]);
    assert_eq!(ran.json().as_array().map(Vec::len), Some(3), "{ran:?}");
    assert_eq!(ran.json()[0]["verdict"], "dead");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_sync_in_order() {
    // A publisher that takes the call and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let reader = Reader::new();
    reader.publishers_at(silent.local_addr().unwrap().port());
    let child = reader
        .command_with_catalogue()
        .args(["sync", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The sync is under way once somebody calls.
    let (called, call) = mpsc::channel();
    std::thread::spawn(move || called.send(silent.accept()));
    let _call = call.recv_timeout(Duration::from_secs(30)).unwrap();
    let killed = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(5), "{output:?}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["end"], "cancelled", "{report}");
    assert_eq!(
        report["feeds"].as_array().map(Vec::len),
        Some(3),
        "{report}"
    );
}
