//! A reader that is killed in the middle of a sync, or whose disk fails: the other half of
//! `tests/tests/killed.rs` and `tests/tests/faults.rs`.
//!
//! Syncs a store over and over while a second thread marks articles, a third mutes and makes room, and a
//! fourth imports what another device moves out, and prints each mark once it was acknowledged. Ends only
//! by being killed. With the word `steps` it marks, mutes, makes room and imports `twin.move` beside the
//! catalogue once, without a network, and ends; what fails is not printed.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::panic)]

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use overview_core::catalogue::{AddressRule, Catalogue};
use overview_core::model::{ArticleQuery, Mark, MuteFor, Muted, Scope};
use overview_core::sync::SyncRequest;
use overview_core::{Clock, Error, OpenOptions, Overview};
use overview_tests::twin::Twin;
use tokio_util::sync::CancellationToken;

/// The machine's clock, moved on an hour before each sync, so that every feed is due.
struct Hurried(AtomicI64);

impl Clock for Hurried {
    fn now(&self) -> DateTime<Utc> {
        Utc::now() + chrono::Duration::hours(self.0.load(Ordering::Relaxed))
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, dir, catalogue, hours, rest @ ..] = arguments.as_slice() else {
        panic!("DIR CATALOGUE HOURS [steps]")
    };
    let clock = Arc::new(Hurried(AtomicI64::new(hours.parse().unwrap())));
    let json = std::fs::read_to_string(catalogue).unwrap();
    let options = |dir: &str| {
        let mut options = OpenOptions::new(dir);
        options.catalogue = Some(Catalogue::from_json(&json, AddressRule::AnyHttp).unwrap());
        options.http.allow_private_addresses = true;
        options.http.host_gap = Duration::ZERO;
        options.clock = clock.clone();
        options
    };
    if !rest.is_empty() {
        // A store that does not open acknowledges nothing.
        if let Ok(overview) = Overview::open(options(dir)) {
            steps(&overview, hours.parse().unwrap());
            let moved = Path::new(catalogue).with_file_name("twin.move");
            if import(&overview, &moved).is_ok() {
                println!("imported 1");
            }
        }
        return;
    }
    let overview = Arc::new(Overview::open(options(dir)).unwrap());

    let keeper = Arc::clone(&overview);
    std::thread::spawn(move || keep_for_ever(&keeper));
    let mover = Arc::clone(&overview);
    let other = options(&format!("{dir}-twin"));
    std::thread::spawn(move || import_for_ever(&mover, other));
    let marker = Arc::clone(&overview);
    std::thread::spawn(move || mark_for_ever(&marker));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    loop {
        clock.0.fetch_add(3, Ordering::Relaxed);
        let request = SyncRequest::default();
        runtime
            .block_on(overview.sync(&request, &Default::default(), &|_| ()))
            .unwrap();
    }
}

/// Marks whatever there is, one article after the other, and says so.
fn mark_for_ever(overview: &Overview) {
    let mut out = std::io::stdout().lock();
    loop {
        for mark in [Mark::Read, Mark::Save] {
            let scope = Scope {
                unread: mark == Mark::Read,
                ..Scope::default()
            };
            let query = ArticleQuery {
                scope,
                limit: 5,
                ..ArticleQuery::default()
            };
            for row in overview.articles(&query).unwrap().rows {
                match overview.mark(&[row.id], mark) {
                    Ok(()) => {}
                    // It went to make room meanwhile.
                    Err(Error::NoSuchArticle(_)) => continue,
                    Err(error) => panic!("{error}"),
                }
                let word = if mark == Mark::Read { "read" } else { "saved" };
                writeln!(out, "{word} {}", row.id).unwrap();
                out.flush().unwrap();
            }
        }
    }
}

/// Mutes, shows again and makes room.
fn keep_for_ever(overview: &Overview) {
    for round in 0_u32.. {
        let words = format!("{}th", round % 7);
        let mute = overview.mute(&Muted::Words(words), MuteFor::Good).unwrap();
        overview.settle().unwrap();
        overview.unmute(mute.id).unwrap();
        overview.settle().unwrap();
        if round % 4 == 3 {
            overview.make_room(1).unwrap();
        }
    }
}

/// Takes over what another device moves out, again and again.
fn import_for_ever(overview: &Overview, other: OpenOptions) {
    let file = other.data_dir.join("twin.move");
    let twin = Twin::open(other).unwrap();
    loop {
        twin.move_out(&file).unwrap();
        import(overview, &file).unwrap();
    }
}

fn import(overview: &Overview, file: &Path) -> overview_core::Result<()> {
    overview
        .import(file, &CancellationToken::new(), &|_| ())
        .map(drop)
}

/// One of each, on articles that depend on the seed.
fn steps(overview: &Overview, seed: usize) {
    let query = ArticleQuery::default();
    let rows = overview.articles(&query).map(|page| page.rows);
    let rows = rows.unwrap_or_default();
    for (number, row) in rows.iter().skip(seed).step_by(3).take(9).enumerate() {
        let mark = if number % 2 == 0 {
            Mark::Save
        } else {
            Mark::Read
        };
        if overview.mark(&[row.id], mark).is_ok() {
            let word = if mark == Mark::Read { "read" } else { "saved" };
            println!("{word} {}", row.id);
        }
        if number % 4 == 1
            && let Ok(mute) =
                overview.mute(&Muted::Words(format!("in its {number}")), MuteFor::Good)
        {
            println!("muted {}", mute.id.0);
            let _ = overview.settle();
        }
        if number == 5 {
            let _ = overview.make_room(1);
        }
    }
}
