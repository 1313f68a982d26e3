//! A reader's process is killed at a random moment of a sync while marks are being made, words muted, room
//! is made and another device's things are taken over: no acknowledged mark is lost, what moves arrives
//! whole or not at all, the database opens, the next sync completes.
//!
//! A dozen rounds under `cargo test`; `make kill` does 200, `make soak` 1,000.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::panic)]

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use overview_core::model::{ArticleId, ArticleQuery};
use overview_core::sync::{SyncEnd, SyncRequest};
use overview_tests::newsroom::Newsroom;
use overview_tests::twin::Twin;

const PUBLISHERS: usize = 24;
const ARTICLES: usize = 30;

#[test]
fn no_acknowledged_mark_is_lost() {
    let rounds: u64 = std::env::var("OVERVIEW_KILLS").map_or(12, |text| text.parse().unwrap());
    let newsroom = Newsroom::open(PUBLISHERS, ARTICLES);
    let catalogue = newsroom.dir.path().join("catalogue.json");
    std::fs::write(&catalogue, newsroom.catalogue.to_json().unwrap()).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (mut acknowledged, mut cut_off, mut moves) = (0, 0, 0);
    let mut moved = None;
    for round in 0..rounds {
        // A store that is new every fourth round, so that migrations and first syncs are hit too.
        if round % 4 == 0 {
            moved = None;
        }
        let dir = newsroom.dir.path().join(format!("reader-{}", round / 4));
        // New editions, so that there is something to store.
        for publisher in 0..PUBLISHERS {
            let count = ARTICLES + usize::try_from(round % 4).unwrap() * 5;
            newsroom.publish(
                publisher,
                &newsroom.entries(publisher, count),
                &format!("{round}"),
            );
        }
        let hours = (round * 6).to_string();
        let mut victim = Command::new(env!("CARGO_BIN_EXE_victim"))
            .args([dir.as_os_str(), catalogue.as_os_str(), hours.as_ref()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(victim.stdout.take().unwrap());
        // The moment is random, not a condition that a test waits for.
        let killer = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_micros(moment(round)));
            victim.kill().unwrap();
            victim.wait().unwrap()
        });
        let lines: Vec<String> = said.lines().map_while(Result::ok).collect();
        killer.join().unwrap();

        let overview = overview_core::Overview::open(newsroom.options_in(&dir)).unwrap();
        assert_eq!(overview.doctor().unwrap().damage, None, "round {round}");
        let arrived = Twin::arrived(&overview).unwrap();
        assert!(arrived >= moved, "round {round}: {arrived:?}");
        moves += usize::from(arrived > moved);
        moved = arrived;
        for line in &lines {
            let (word, id) = line.split_once(' ').unwrap();
            let state = match overview.article(ArticleId(id.parse().unwrap())) {
                Ok(article) => article.row.state,
                // What was read may have gone to make room; what was saved may not.
                Err(_) if word == "read" => continue,
                Err(error) => panic!("round {round}: {line}: {error}"),
            };
            assert!(
                if word == "read" {
                    state.read
                } else {
                    state.saved
                },
                "round {round}: {line}"
            );
        }
        acknowledged += lines.len();
        let request = SyncRequest {
            forced: true,
            ..SyncRequest::default()
        };
        newsroom.clock.advance(chrono::Duration::days(3));
        let report = runtime
            .block_on(overview.sync(&request, &Default::default(), &|_| ()))
            .unwrap();
        assert_eq!(
            (report.end, report.progress.failed),
            (SyncEnd::Completed, 0),
            "round {round}"
        );
        cut_off += usize::from(report.progress.new_articles > 0);
        let listed = overview.articles(&ArticleQuery::default()).unwrap();
        assert!(!listed.rows.is_empty());
    }
    println!(
        "{rounds} kills: {acknowledged} acknowledged marks, none lost; {cut_off} first syncs cut \
         off before their end, all completed by the next; something moved in {moves} of them, whole"
    );
}

/// Microseconds until a round's kill, 1 to 400 ms, the same in every run.
fn moment(round: u64) -> u64 {
    let mixed = (round + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    1_000 + (mixed >> 33) % 399_000
}
