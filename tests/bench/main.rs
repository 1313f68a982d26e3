//! The numbers of ARCHITECTURE.md, measured: `make bench`.
//!
//! A child process serves 150 publishers from loopback; every sync runs in a process of its own,
//! so that its memory and its start are its own; newsboat and sfeed read the same feeds in the
//! same run where they are installed (`apt-get install newsboat sfeed`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::panic
)]

mod figures;
mod globe;
mod grouping;
mod moving;
mod newsroom;
mod pages;
mod pausing;
mod peers;
mod publishers;
mod reading;
mod syncing;
mod tongues;
mod translation;
mod year;

use std::path::Path;

use figures::Table;

/// Rounds of everything that is measured against a peer.
const ROUNDS: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => everything(),
        ["translation"] => {
            let mut table = Table::default();
            translation::measure(&mut table);
            table.print();
        }
        ["grouping"] => {
            let mut table = Table::default();
            grouping::measure(&mut table);
            table.print();
        }
        ["globe"] => {
            let mut table = Table::default();
            globe::measure(&mut table);
            table.print();
        }
        ["moving"] => {
            let mut table = Table::default();
            moving::measure(tempfile::tempdir().unwrap().path(), &mut table);
            table.print();
        }
        ["year"] | ["year", _] => {
            let days = arguments.get(1).map_or(365, |days| days.parse().unwrap());
            let mut table = Table::default();
            year::measure(tempfile::tempdir().unwrap().path(), days, &mut table);
            table.print();
        }
        ["reading"] => {
            let mut table = Table::default();
            reading::measure(tempfile::tempdir().unwrap().path(), &mut table);
            table.print();
        }
        ["syncing"] => {
            let dir = tempfile::tempdir().unwrap();
            let served = publishers::Served::start(dir.path());
            let first = (0..ROUNDS).map(|round| {
                syncing::run(
                    &dir.path().join(format!("store-{round}")),
                    &served.catalogue,
                    0,
                )
                .millis
            });
            let first: Vec<f64> = first.collect();
            let bare = (0..ROUNDS).map(|round| {
                let store = dir.path().join(format!("bare-{round}"));
                syncing::without_index(&store, &served.catalogue);
                syncing::run(&store, &served.catalogue, 0).millis
            });
            let bare: Vec<f64> = bare.collect();
            let mut table = Table::default();
            table.row(
                "first sync, 150 feeds x 30 entries",
                &first,
                "ms",
                Some(500.0),
            );
            table.row("the same without writing the index", &bare, "ms", None);
            let share =
                100.0 * (figures::quantile(&first, 0.5) / figures::quantile(&bare, 0.5) - 1.0);
            table.row("what the index adds", &[share], "%", Some(40.0));
            pausing::in_a_sync(dir.path(), &served, &mut table);
            table.print();
        }
        ["regroup", vectors] => grouping::child(Path::new(vectors)),
        ["serve"] => publishers::serve(),
        ["sync", dir, catalogue, hours] => syncing::child(dir, catalogue, hours.parse().unwrap()),
        ["open", dir, catalogue, country] => reading::child(dir, catalogue, country),
        other => panic!("unknown arguments {other:?}"),
    }
}

fn everything() {
    let mut table = Table::default();
    let dir = tempfile::tempdir().unwrap();
    let served = publishers::Served::start(dir.path());
    let (mut first, mut again, mut newsboat, mut sfeed) = (vec![], vec![], vec![], vec![]);
    let (mut found, mut found_again) = (vec![], vec![]);
    let (mut peak, mut stories_peak) = (0, 0);
    for round in 0..ROUNDS {
        let store = dir.path().join(format!("store-{round}"));
        let cold = syncing::run(&store, &served.catalogue, 0);
        assert_eq!(
            cold.new,
            publishers::PUBLISHERS * publishers::ENTRIES,
            "every entry is stored"
        );
        peak = peak.max(cold.peak_kb);
        stories_peak = stories_peak.max(cold.stories_peak_kb);
        found.push(cold.stories_millis);
        first.push(cold.millis);
        let unchanged = syncing::run(&store, &served.catalogue, 3);
        assert_eq!(
            (unchanged.new, unchanged.updated, unchanged.checked),
            (0, 0, publishers::PUBLISHERS)
        );
        again.push(unchanged.millis);
        found_again.push(unchanged.stories_millis);
        newsboat.extend(peers::newsboat(dir.path(), &served.urls, round));
        sfeed.extend(peers::sfeed(dir.path(), &served.urls, round));
    }
    table.row(
        "first sync, 150 feeds x 30 entries",
        &first,
        "ms",
        Some(500.0),
    );
    table.row(
        "refresh with nothing new, 150 x 304",
        &again,
        "ms",
        Some(60.0),
    );
    table.row(
        "peak resident memory of a sync",
        &[f64::from(peak) / 1024.0],
        "MB",
        Some(48.0),
    );
    table.row(
        "its stories: 4,500 articles read and told",
        &found,
        "ms",
        None,
    );
    table.row("stories with nothing new", &found_again, "ms", None);
    table.row(
        "peak resident memory with finding stories",
        &[f64::from(stories_peak) / 1024.0],
        "MB",
        None,
    );
    table.ratio("newsboat, 8 threads, same feeds", &newsboat, &first);
    table.ratio("sfeed, 8 jobs, same feeds", &sfeed, &first);
    drop(served);
    reading::measure(dir.path(), &mut table);
    pages::measure(&mut table);
    translation::measure(&mut table);
    grouping::measure(&mut table);
    moving::measure(&dir.path().join("moving"), &mut table);
    globe::measure(&mut table);
    year::measure(tempfile::tempdir().unwrap().path(), 365, &mut table);
    table.print();
}

/// The path of this very program, to start it as a child.
fn this_program() -> std::path::PathBuf {
    std::env::current_exe().unwrap()
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}
