//! The fault table: writes that fail in turn, bits that flip, two processes at once. For each: no
//! acknowledged mark or saved article is lost unless its own bytes were destroyed, and no store that
//! does not open again. Kills are in `killed.rs`.
//!
//! A short form under `cargo test`; `make soak` sets `OVERVIEW_SOAK` for the long one.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::panic)]

use std::path::Path;
use std::process::{Command, Stdio};

use overview_core::Overview;
use overview_core::model::ArticleId;
use overview_tests::disk::Disk;
use overview_tests::newsroom::Newsroom;
use overview_tests::twin::Twin;
use overview_tests::wreck::{Said, copy, database, kept_store, said};

fn is_long() -> bool {
    std::env::var_os("OVERVIEW_SOAK").is_some()
}

/// A line of the table.
fn line(fault: &str, rounds: usize, happened: &str) {
    println!("| {fault:<44} | {rounds:>5} | {happened} |");
}

struct Desk {
    newsroom: Newsroom,
    dir: tempfile::TempDir,
    said: Said,
}

impl Desk {
    async fn new() -> Self {
        let newsroom = Newsroom::open(6, 40);
        let dir = tempfile::tempdir().unwrap();
        let said = kept_store(&newsroom, dir.path()).await;
        let catalogue = newsroom.catalogue.to_json().unwrap();
        std::fs::write(newsroom.dir.path().join("catalogue.json"), catalogue).unwrap();
        let other = tempfile::tempdir().unwrap();
        let twin = Twin::open(newsroom.options_in(other.path())).unwrap();
        twin.read_everything().await.unwrap();
        twin.move_out(&newsroom.dir.path().join("twin.move"))
            .unwrap();
        Self {
            newsroom,
            dir,
            said,
        }
    }

    /// A reader that does some things once, started by a shell with these commands before.
    fn reader(&self, dir: &Path, seed: usize, before: &str) -> std::process::Child {
        let script = format!("{before} exec \"$@\"");
        Command::new("bash")
            .args(["-c", &script, "bash", env!("CARGO_BIN_EXE_victim")])
            .arg(dir)
            .arg(self.newsroom.dir.path().join("catalogue.json"))
            .args([&seed.to_string(), "steps"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// What was acknowledged holds, and so does what was there before.
    fn assert_kept(&self, dir: &Path, acknowledged: &str, round: &str) {
        let overview = Overview::open(self.newsroom.options_in(dir)).unwrap();
        assert_eq!(overview.doctor().unwrap().damage, None, "{round}");
        let arrived = Twin::arrived(&overview).unwrap();
        for line in acknowledged.lines() {
            let (word, id) = line.split_once(' ').unwrap();
            let id: i64 = id.parse().unwrap();
            match word {
                "imported" => assert!(arrived.is_some(), "{round}"),
                "muted" => {
                    let mutes = overview.mutes().unwrap();
                    assert!(mutes.iter().any(|mute| mute.id.0 == id), "{round}: {line}");
                }
                "saved" => {
                    let state = overview.article(ArticleId(id)).unwrap().row.state;
                    assert!(state.saved, "{round}: {line}");
                }
                // It may have gone to make room.
                _ => {
                    if let Ok(article) = overview.article(ArticleId(id)) {
                        assert!(article.row.state.read, "{round}: {line}");
                    }
                }
            }
        }
        let now = said(&overview).unwrap();
        assert!(self.said.saved.is_subset(&now.saved), "{round}");
        assert!(self.said.mutes.is_subset(&now.mutes), "{round}");
        assert_eq!(self.said.follows, now.follows, "{round}");
        assert_eq!(overview.salvaged().unwrap(), None, "{round}");
    }
}

fn output(child: std::process::Child) -> String {
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

/// What readers did while a fault wandered from write to write.
#[derive(Default)]
struct Tally {
    rounds: usize,
    failing: usize,
    acknowledged: usize,
}

impl Tally {
    fn add(&mut self, said: &str) {
        let lines = said.lines().count();
        self.rounds += 1;
        self.acknowledged += lines;
        self.failing += usize::from(lines < 12);
    }

    fn end(self, fault: &str) {
        let Self {
            rounds,
            failing,
            acknowledged,
        } = self;
        assert!(failing > 0 && acknowledged > 0);
        line(
            fault,
            rounds,
            &format!("{failing} readers failed on the way, {acknowledged} acknowledged, none lost"),
        );
    }
}

/// The system refuses to make any file longer than so much: with each kilobyte more it is a later write
/// that fails.
#[tokio::test(flavor = "multi_thread")]
async fn an_input_output_error_at_each_write_in_turn() {
    let desk = Desk::new().await;
    let (most, step) = if is_long() { (1_200, 4) } else { (1_000, 110) };
    let mut tally = Tally::default();
    for kilobytes in (4..most).step_by(step) {
        let dir = tempfile::tempdir().unwrap();
        copy(desk.dir.path(), dir.path());
        let limit = format!("trap '' XFSZ; ulimit -f {kilobytes};");
        let said = output(desk.reader(dir.path(), tally.rounds % 3, &limit));
        desk.assert_kept(dir.path(), &said, &format!("{kilobytes} kB"));
        tally.add(&said);
    }
    tally.end("EIO at a write, each in turn");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_at_each_write_in_turn() {
    let Some(disk) = Disk::of(64_000) else { return };
    let desk = Desk::new().await;
    let (most, step) = if is_long() { (1_200, 4) } else { (1_000, 110) };
    let mut tally = Tally::default();
    for kilobytes in (4..most).step_by(step) {
        disk.resize(64_000);
        for entry in std::fs::read_dir(disk.path()).unwrap().flatten() {
            if entry.path().is_dir() {
                std::fs::remove_dir_all(entry.path()).unwrap();
            } else {
                std::fs::remove_file(entry.path()).unwrap();
            }
        }
        copy(desk.dir.path(), disk.path());
        disk.resize(disk.used_kilobytes() + kilobytes);
        let said = output(desk.reader(disk.path(), tally.rounds % 3, ""));
        disk.resize(64_000);
        desk.assert_kept(disk.path(), &said, &format!("{kilobytes} kB"));
        tally.add(&said);
    }
    tally.end("ENOSPC at a write, each in turn");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bit_that_flips_in_a_random_page() {
    let desk = Desk::new().await;
    let rounds = if is_long() { 200 } else { 12 };
    let length = std::fs::metadata(database(desk.dir.path())).unwrap().len();
    let (mut unnoticed, mut rescued, mut lost, mut untold) = (0, 0, 0, 0);
    for round in 0..rounds {
        let dir = tempfile::tempdir().unwrap();
        copy(desk.dir.path(), dir.path());
        let path = database(dir.path());
        let mut bytes = std::fs::read(&path).unwrap();
        let at = usize::try_from(random(round) % length).unwrap();
        bytes[at] ^= 1 << (random(round + 1_000) % 8);
        std::fs::write(&path, bytes).unwrap();
        let overview = match Overview::open(desk.newsroom.options_in(dir.path())) {
            Ok(overview) => overview,
            // The bit made it another program's, or a later version's.
            Err(error) => {
                assert!(["not_ours", "newer"].contains(&error.code()), "{error}");
                assert!(at < 100, "byte {at}: {error}");
                untold += 1;
                continue;
            }
        };
        for _ in 0..3 {
            let _ = said(&overview);
            let _ = overview.doctor();
            let _ = overview.settle();
        }
        let now = said(&overview).unwrap();
        assert_eq!(overview.doctor().unwrap().damage, None, "byte {at}");
        let missing = desk.said.saved.difference(&now.saved).count();
        // One bit stands in one article, or in what leads to one page of them.
        assert!(missing <= 6, "byte {at}: {missing} saved articles differ");
        lost += usize::from(missing > 0);
        match overview.salvaged().unwrap() {
            Some(_) => rescued += 1,
            None => unnoticed += 1,
        }
    }
    line(
        "a bit flipped in a random page",
        usize::try_from(rounds).unwrap(),
        &format!(
            "{rescued} rescued and told, {unnoticed} without effect on the file's order, {untold} \
             refused as another's and left alone; in {lost} a saved article's own bytes were hit"
        ),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_with_the_same_store() {
    let desk = Desk::new().await;
    let rounds = if is_long() { 40 } else { 4 };
    let mut acknowledged = 0;
    for round in 0..rounds {
        let dir = tempfile::tempdir().unwrap();
        copy(desk.dir.path(), dir.path());
        let readers = [0, 1].map(|seed| desk.reader(dir.path(), seed, ""));
        let said: String = readers.into_iter().map(output).collect();
        acknowledged += said.lines().count();
        desk.assert_kept(dir.path(), &said, &format!("round {round}"));
    }
    assert!(acknowledged > 0);
    line(
        "two processes with the same store",
        rounds,
        &format!("{acknowledged} acknowledged, none lost"),
    );
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
fn random(n: u64) -> u64 {
    let mut z = n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
