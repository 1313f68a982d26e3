//! The reader in a real pseudo-terminal: keys in, screen out, on the sample world.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

mod pseudo_terminal;

use pseudo_terminal::{Session, left_as_found};

const PROGRAM: &str = env!("CARGO_BIN_EXE_overview");

#[test]
fn the_sample_world_is_read_with_a_few_keys() {
    let mut session = Session::start(PROGRAM, (100, 30), &["--sample"]);
    session.shows("Argentina");
    session.shows("SAMPLE");
    session.press("/argen\r");
    session.until("only Argentina", |screen| !screen.contains("France"));
    session.press("\r");
    session.shows("Overview  ›  Argentina");
    session.press("\r");
    session.shows("n next");
    session.press("s");
    session.press("\x1b");
    session.shows("▪ saved");
    session.press("?");
    session.shows("Keys");
    session.press("?");
    session.until("no keys", |screen| !screen.contains("┌ Keys"));
    session.press("q");
    let (code, raw) = session.ended();
    assert_eq!(code, 0);
    assert!(left_as_found(&raw));
}

#[test]
fn a_terminal_that_changes_its_size_is_drawn_anew() {
    let mut session = Session::start(PROGRAM, (60, 16), &["--sample"]);
    session.shows("Argentina");
    session.resize(160, 40);
    session.shows("│");
    session.shows("publishers");
    session.press("q");
    assert_eq!(session.ended().0, 0);
}

#[test]
fn a_signal_leaves_the_terminal_as_it_was() {
    let mut session = Session::start(PROGRAM, (100, 30), &["--sample"]);
    session.shows("Argentina");
    let pid = session.process_id().to_string();
    let killed = std::process::Command::new("kill")
        .args(["-TERM", &pid])
        .status()
        .unwrap();
    assert!(killed.success());
    let (code, raw) = session.ended();
    assert_eq!(code, 0);
    assert!(left_as_found(&raw));
}

#[test]
fn the_first_run_without_a_network_shows_the_sample() {
    // Names under .example are never found (RFC 2606).
    let dir = tempfile::tempdir().unwrap();
    let catalogue = dir.path().join("catalogue.json");
    std::fs::write(
        &catalogue,
        r#"{"version": "t", "countries": [{"code": "UA", "name": "Ukraine", "region": "Europe",
            "lat": 49.0, "lon": 31.4, "languages": ["uk"]}],
            "publishers": [{"id": "a", "name": "A", "home": "https://a.example/", "country": "UA",
            "language": "uk", "feeds": ["https://a.example/rss"]}]}"#,
    )
    .unwrap();
    let mut session = Session::start(
        PROGRAM,
        (100, 30),
        &["--catalogue", catalogue.to_str().unwrap()],
    );
    session.shows("SAMPLE");
    session.shows("Argentina");
    session.press("q");
    assert_eq!(session.ended().0, 0);
}
