//! The commands over the loopback world: publishers that behave, then some that do not.
#![allow(clippy::unwrap_used, clippy::panic)]

mod program;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use overview_tests::newsroom::{Newsroom, id};
use overview_tests::world::{Answer, Fault};
use program::{Ran, Reader};

const PUBLISHERS: usize = 9;
const ARTICLES: usize = 6;

/// A newsroom, and a reader whose catalogue lists it.
fn world() -> (Newsroom, Reader) {
    let newsroom = Newsroom::open(PUBLISHERS, ARTICLES);
    let reader = Reader::new();
    std::fs::write(
        reader.path("catalogue.json"),
        newsroom.catalogue.to_json().unwrap(),
    )
    .unwrap();
    (newsroom, reader)
}

fn done(ran: Ran) -> Ran {
    assert_eq!(ran.code, 0, "{ran:?}");
    ran
}

#[test]
fn a_reader_fetches_reads_marks_and_is_offline_the_next_time() {
    let (newsroom, reader) = world();
    let ran = done(reader.run(["sync", "--country", "UA", "--country", "KE"]));
    assert!(ran.out.contains("36 new articles"), "{ran:?}");
    done(reader.run(["follow", "UA"]));
    let ran = done(reader.run(["sync"]));
    let planned = "none of the 3 feeds is due";
    assert!(ran.out.contains(planned), "only what is followed: {ran:?}");

    // From here on there is no network.
    drop(newsroom);
    let rows = done(reader.run([
        "list",
        "--articles",
        "--country",
        "UA",
        "--unread",
        "--json",
    ]))
    .json();
    let rows = rows["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 18);
    let first = rows[0]["id"].to_string();
    let title = rows[0]["title"].as_str().unwrap();
    let shown = done(reader.run(["show", &first, "--json"])).json();
    assert_eq!(shown["title"], title);
    let ran = done(reader.run(["show", &first]));
    assert!(ran.out.contains("Publisher"), "{ran:?}");
    done(reader.run(["mark", "save", &first]));
    done(reader.run(["mark", "all-read", "--country", "KE"]));
    let countries = done(reader.run(["countries", "--all", "--json"])).json();
    let unread = |code: &str| {
        let mut of = countries.as_array().unwrap().iter();
        let country = of.find(|c| c["country"] == code).unwrap();
        (country["articles"].as_u64(), country["unread"].as_u64())
    };
    assert_eq!(unread("KE"), (Some(18), Some(0)));
    assert_eq!(unread("UA").0, Some(18));
    assert_eq!(unread("PE"), (Some(0), Some(0)));
    let saved = done(reader.run(["list", "--articles", "--saved", "--json"])).json();
    assert_eq!(saved["rows"][0]["id"].to_string(), first);

    let ran = reader.run(["sync", "--country", "PE"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    let again = done(reader.run(["list", "--articles", "--country", "UA", "--json"])).json();
    assert_eq!(
        again["rows"].as_array().unwrap().len(),
        18,
        "nothing is lost"
    );
}

#[test]
fn publishers_that_fail_are_named_and_the_others_are_read() {
    let (newsroom, reader) = world();
    let faults = [
        Answer::page("<!DOCTYPE html><title>Log in</title>"),
        Answer::gzip_bomb(200),
        Answer::redirect(302, "/feed"),
        Answer::status(503),
    ];
    for (number, answer) in faults.iter().enumerate() {
        newsroom.site(number).set("/feed", answer.clone());
    }
    let ran = done(reader.run(["sync"]));
    assert!(
        ran.out.contains("30 new articles, 4 feeds failed"),
        "{ran:?}"
    );
    let failing = done(reader.run(["publishers", "--failing", "--json"])).json();
    let failing: Vec<_> = failing
        .as_array()
        .unwrap()
        .iter()
        .map(|publisher| publisher["id"].as_str().unwrap().to_owned())
        .collect();
    let mut expected: Vec<_> = (0..faults.len()).map(id).collect();
    expected.sort_by_key(|id| failing.iter().position(|other| other == id));
    assert_eq!(failing, expected);
    let read = done(reader.run(["list", "--articles", "--publisher", &id(4), "--json"])).json();
    assert_eq!(read["rows"].as_array().unwrap().len(), ARTICLES);
}

#[test]
fn a_second_ctrl_c_ends_at_once() {
    let (newsroom, reader) = world();
    done(reader.run(["countries"]));
    for number in 0..PUBLISHERS {
        let silent = Answer::feed("").with_fault(Fault::Silent);
        newsroom.site(number).set("/feed", silent);
    }
    // Another program holds the database, so that what was fetched cannot be noted in order.
    newsroom.publish(0, &newsroom.entries(0, 3), "one");
    let other = rusqlite::Connection::open(reader.path("data").join("overview.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut child = reader
        .command_with_catalogue()
        .arg("sync")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(newsroom.world.arrived(PUBLISHERS));
    // The first ends what is being fetched; any later one ends the program.
    let deadline = Instant::now() + Duration::from_secs(30);
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        assert!(Instant::now() < deadline, "it does not end");
        let pid = child.id().to_string();
        let _ = Command::new("kill").args(["-INT", &pid]).status();
        std::thread::yield_now();
    };
    assert_eq!(status.code(), Some(130));
}
