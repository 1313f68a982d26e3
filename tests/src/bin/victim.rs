//! A reader that is killed in the middle of a sync: the other half of `tests/tests/killed.rs`.
//!
//! Syncs a store over and over while a second thread marks articles, and prints each mark once it
//! was acknowledged. Ends only by being killed.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::panic)]

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use overview_core::catalogue::{AddressRule, Catalogue};
use overview_core::model::{ArticleQuery, Mark, Scope};
use overview_core::sync::SyncRequest;
use overview_core::{Clock, OpenOptions, Overview};

/// The machine's clock, moved on an hour before each sync, so that every feed is due.
struct Hurried(AtomicI64);

impl Clock for Hurried {
    fn now(&self) -> DateTime<Utc> {
        Utc::now() + chrono::Duration::hours(self.0.load(Ordering::Relaxed))
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, dir, catalogue, hours] = arguments.as_slice() else {
        panic!("DIR CATALOGUE HOURS")
    };
    let clock = Arc::new(Hurried(AtomicI64::new(hours.parse().unwrap())));
    let json = std::fs::read_to_string(catalogue).unwrap();
    let mut options = OpenOptions::new(dir);
    options.catalogue = Some(Catalogue::from_json(&json, AddressRule::AnyHttp).unwrap());
    options.http.allow_private_addresses = true;
    options.http.host_gap = Duration::ZERO;
    options.clock = clock.clone();
    let overview = Arc::new(Overview::open(options).unwrap());

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
                overview.mark(&[row.id], mark).unwrap();
                let word = if mark == Mark::Read { "read" } else { "saved" };
                writeln!(out, "{word} {}", row.id).unwrap();
                out.flush().unwrap();
            }
        }
    }
}
