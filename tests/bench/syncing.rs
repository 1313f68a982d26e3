//! One sync in a process of its own.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use overview_core::catalogue::{AddressRule, Catalogue};
use overview_core::model::{ArticleQuery, Scope};
use overview_core::sync::{FeedOutcome, SyncRequest};
use overview_core::{Clock, OpenOptions, Overview};

/// The machine's clock, some hours on: feeds are due again.
struct Ahead(i64);

impl Clock for Ahead {
    fn now(&self) -> DateTime<Utc> {
        Utc::now() + chrono::Duration::hours(self.0)
    }
}

pub(crate) fn open(dir: &str, catalogue: &str, hours: i64) -> Overview {
    let mut options = OpenOptions::new(dir);
    let json = std::fs::read_to_string(catalogue).unwrap();
    options.catalogue = Some(Catalogue::from_json(&json, AddressRule::AnyHttp).unwrap());
    options.http.allow_private_addresses = true;
    options.http.host_gap = Duration::ZERO;
    options.http.launch_pace = Duration::ZERO;
    options.clock = Arc::new(Ahead(hours));
    Overview::open(options).unwrap()
}

/// Makes a store that takes what is to be found and writes nothing of it. Words are still cut and
/// folded, which is done beside the thread that writes.
pub(crate) fn without_index(dir: &Path, catalogue: &Path) {
    drop(open(&crate::text(dir), &crate::text(catalogue), 0));
    rusqlite::Connection::open(dir.join("overview.db"))
        .unwrap()
        .execute_batch(
            "DROP TABLE article_text;
             CREATE VIEW article_text (rowid, title, teaser, text, labels) AS
                 SELECT 0, '', '', '', '' WHERE 0;
             CREATE TRIGGER nowhere INSTEAD OF INSERT ON article_text BEGIN SELECT 1; END;",
        )
        .unwrap();
    std::fs::write(dir.join("bare"), "").unwrap();
}

/// What the child prints: milliseconds, new, updated, checked, peak memory in kB.
pub(crate) struct Synced {
    pub(crate) millis: f64,
    pub(crate) new: usize,
    pub(crate) updated: usize,
    pub(crate) checked: usize,
    pub(crate) peak_kb: u32,
    /// Finding the stories afterwards, in milliseconds, and the peak memory with that.
    pub(crate) stories_millis: f64,
    pub(crate) stories_peak_kb: u32,
}

pub(crate) fn run(dir: &Path, catalogue: &Path, hours: i64) -> Synced {
    let output = Command::new(crate::this_program())
        .args([
            "sync",
            &crate::text(dir),
            &crate::text(catalogue),
            &hours.to_string(),
        ])
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let words: Vec<&str> = printed.split_whitespace().collect();
    let [millis, new, updated, checked, peak, stories, stories_peak] = words[..] else {
        panic!("{printed}{}", String::from_utf8_lossy(&output.stderr))
    };
    Synced {
        millis: millis.parse().unwrap(),
        new: new.parse().unwrap(),
        updated: updated.parse().unwrap(),
        checked: checked.parse().unwrap(),
        peak_kb: peak.parse().unwrap(),
        stories_millis: stories.parse().unwrap(),
        stories_peak_kb: stories_peak.parse().unwrap(),
    }
}

pub(crate) fn child(dir: &str, catalogue: &str, hours: i64) {
    let overview = open(dir, catalogue, hours);
    let bare = Path::new(dir).join("bare").exists();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let request = SyncRequest {
        fetch_only: true,
        ..SyncRequest::default()
    };
    let started = Instant::now();
    let report = runtime
        .block_on(overview.sync(&request, &Default::default(), &|_| ()))
        .unwrap();
    let millis = started.elapsed().as_secs_f64() * 1_000.0;
    let peak = peak_kb();
    let started = Instant::now();
    runtime
        .block_on(overview.regroup(&Default::default()))
        .unwrap();
    let stories = started.elapsed().as_secs_f64() * 1_000.0;
    let (mut new, mut updated, mut checked) = (0, 0, 0);
    for feed in &report.feeds {
        match &feed.outcome {
            FeedOutcome::New { new: n, updated: u } => {
                new += n;
                updated += u;
                checked += 1;
            }
            FeedOutcome::Unchanged => checked += 1,
            other => panic!("{}: {other:?}", feed.feed),
        }
    }
    if bare {
        println!(
            "{millis} {new} {updated} {checked} {peak} {stories} {}",
            peak_kb()
        );
        return;
    }
    // Stored means searchable.
    let newest = overview
        .articles(&ArticleQuery {
            limit: 1,
            ..Default::default()
        })
        .unwrap();
    let scope = Scope {
        text: Some(newest.rows[0].title.clone()),
        ..Default::default()
    };
    let found = overview
        .articles(&ArticleQuery {
            scope,
            ..Default::default()
        })
        .unwrap();
    assert!(!found.rows.is_empty(), "what was stored is found");
    println!(
        "{millis} {new} {updated} {checked} {peak} {stories} {}",
        peak_kb()
    );
}

/// The most memory this process had resident, as Linux says; 0 elsewhere.
fn peak_kb() -> u32 {
    std::fs::read_to_string("/proc/self/status")
        .unwrap_or_default()
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}
