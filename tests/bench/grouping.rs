//! Regrouping a window when new articles have come, in a process of its own that reads vectors as a
//! store gives them; and a year of it.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use overview_core::story::{ArticleVector, Window};
use overview_tests::shared::shared;

use crate::figures::Table;
use crate::newsroom::{self, RoundUp};
use crate::{text, this_program};

/// Articles that are new when a window is regrouped.
const NEW: usize = 50;
const ROUNDS: usize = 9;
const DAYS: usize = 365;
const A_DAY: usize = 500;

/// Adds its rows, where the texts are.
pub(crate) fn measure(table: &mut Table) {
    let Some(file) = shared("data/stories/allsides-roundups.jsonl") else {
        return;
    };
    let texts = newsroom::texts(&file);
    let dir = tempfile::tempdir().unwrap();
    for (articles, most_millis) in [(1_500, 100.0), (10_000, 2_000.0)] {
        let vectors = dir.path().join(articles.to_string());
        let written = newsroom::articles(&texts, articles + NEW, now());
        let read: Vec<ArticleVector> = written.iter().map(newsroom::Written::read).collect();
        write(&vectors, &read);
        drop(read);
        let run = Command::new(this_program())
            .args(["regroup", &text(&vectors)])
            .output()
            .unwrap();
        assert!(run.status.success(), "{run:?}");
        let told = String::from_utf8(run.stdout).unwrap();
        let figures: Vec<f64> = told
            .split_whitespace()
            .map(|figure| figure.parse().unwrap())
            .collect();
        let (megabytes, millis) = figures.split_first().unwrap();
        let name = format!("regroup {articles} articles and {NEW} new");
        table.row(&name, millis, "ms", Some(most_millis));
        table.row(
            "  peak memory beyond before",
            &[*megabytes],
            "MB",
            Some(24.0),
        );
    }
    year(table, &texts);
}

/// Regroups what a file has, the last of it new. Tells peak memory in megabytes, then milliseconds.
pub(crate) fn child(vectors: &Path) {
    let mut window = Window::new();
    let stored = read(vectors);
    let known = stored.len() - NEW;
    let new = stored[known..].to_vec();
    stored.into_iter().for_each(|article| window.add(article));
    let mut millis = Vec::new();
    let mut megabytes = 0.0_f64;
    for round in 0..=ROUNDS {
        // The peak counts from here on.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        let before = peak();
        let begin = Instant::now();
        let stories = window.regroup(now(), None).stories.len();
        if round > 0 {
            millis.push(begin.elapsed().as_secs_f64() * 1_000.0);
        } else {
            // Later rounds work in what this one has left to the allocator.
            megabytes = peak() - before;
        }
        for article in &new {
            window.remove(&article.id);
        }
        new.iter().for_each(|article| window.add(article.clone()));
        assert!(stories > known / 20, "{stories}");
    }
    let told: Vec<String> = millis.iter().map(ToString::to_string).collect();
    println!("{megabytes} {}", told.join(" "));
}

/// Every day its articles come out of bytes and are grouped with those of the days before. Texts come
/// again after eight days, when the window has long forgotten them.
fn year(table: &mut Table, texts: &[RoundUp]) {
    let written = newsroom::articles(texts, 8 * A_DAY, now());
    let read: Vec<ArticleVector> = written.iter().map(newsroom::Written::read).collect();
    let mut window = Window::new();
    let mut millis = Vec::new();
    for (day, articles) in (0..DAYS).zip(read.chunks(A_DAY).cycle()) {
        let noon = now() + TimeDelta::days(day as i64);
        let today: Vec<Vec<u8>> = (0..)
            .zip(articles)
            .map(|(at, article)| {
                let article = ArticleVector {
                    id: format!("{day}-{at}"),
                    published: Some(noon - TimeDelta::seconds(at * 86_400 / A_DAY as i64)),
                    ..article.clone()
                };
                article.to_bytes()
            })
            .collect();
        let begin = Instant::now();
        for bytes in today {
            window.add(ArticleVector::from_bytes(&bytes).unwrap());
        }
        window.regroup(noon, None);
        millis.push(begin.elapsed().as_secs_f64() * 1_000.0);
    }
    // From the fourth day on the window is full.
    let name = "500 articles a day: days 4 to 33";
    table.row(name, &millis[3..33], "ms", None);
    let name = "  the last 30 days of a year";
    table.row(name, &millis[DAYS - 30..], "ms", None);
}

fn write(file: &Path, vectors: &[ArticleVector]) {
    let mut bytes = Vec::new();
    for vector in vectors {
        let vector = vector.to_bytes();
        bytes.extend_from_slice(&(vector.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&vector);
    }
    std::fs::write(file, bytes).unwrap();
}

fn read(file: &Path) -> Vec<ArticleVector> {
    let bytes = std::fs::read(file).unwrap();
    let mut rest = bytes.as_slice();
    let mut vectors = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk() {
        let (vector, after) = after.split_at(u32::from_le_bytes(*length) as usize);
        vectors.push(ArticleVector::from_bytes(vector).unwrap());
        rest = after;
    }
    vectors
}

/// The most memory this process had since that was last forgotten; 0 where the system does not tell.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1_024.0
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}
