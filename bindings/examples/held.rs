//! What long use holds: `held FOLDER SECONDS` uses a store at random from eight tasks, as the
//! suites of Swift and Kotlin do, and prints ten times what Rust has allocated and not freed, in
//! bytes and pieces, beside what the process has resident.
//!
//! FOLDER is that of a `boundary-world` that runs. So it can be told whether memory that grows in a
//! host's suite is held by Overview, by the host, or by an allocator that keeps what was freed.

#![allow(clippy::print_stdout)]

use std::alloc::System;
use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use overview_bindings::{OpenOptions, Overview, OverviewError};
use overview_core::model::{ArticleId, ArticleQuery, Mark};
use overview_core::pack::PackRequest;
use overview_core::sync::SyncRequest;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const TASKS: u64 = 8;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, seconds] = args.as_slice() else {
        return Err("name the folder of a running boundary-world, and for how many seconds".into());
    };
    let until = Instant::now() + Duration::from_secs(seconds.parse()?);
    let store = tempfile::tempdir()?;
    let hosts = std::fs::read_to_string(format!("{folder}/hosts.tsv"))?;
    let overview = Overview::open(OpenOptions {
        data_dir: store.path().to_path_buf(),
        catalogue: Some(std::fs::read_to_string(format!("{folder}/catalogue.json"))?),
        user_agent: None,
        allow_private_addresses: true,
        hosts: hosts
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(host, address)| (host.to_owned(), address.to_owned()))
            .collect(),
    })
    .await?;
    overview.sync(SyncRequest::default())?.result().await?;
    let page = overview.articles(ArticleQuery::default()).await?;
    let ids: Vec<_> = page.rows.iter().map(|row| row.id).collect();
    let tasks: Vec<_> = (0..TASKS)
        .map(|seed| tokio::spawn(use_it(overview.clone(), ids.clone(), seed, until)))
        .collect();
    let every = (until - Instant::now()) / 10;
    let begun = Instant::now();
    for _ in 0..10 {
        tokio::time::sleep(every).await;
        let counted = COUNTED.stats();
        let status = std::fs::read_to_string("/proc/self/status")?;
        let resident = status.lines().find(|line| line.starts_with("VmRSS"));
        println!(
            "held Rust: after {} s: {} kB in {} pieces, {}",
            begun.elapsed().as_secs(),
            counted
                .bytes_allocated
                .saturating_sub(counted.bytes_deallocated)
                / 1024,
            counted.allocations.saturating_sub(counted.deallocations),
            resident.unwrap_or_default()
        );
    }
    for task in tasks {
        task.await??;
    }
    overview.shutdown().await?;
    Ok(())
}

async fn use_it(
    overview: Arc<Overview>,
    ids: Vec<ArticleId>,
    seed: u64,
    until: Instant,
) -> Result<(), OverviewError> {
    let mut state = seed + 1;
    // Knuth's MMIX generator.
    let mut random = move |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    while Instant::now() < until {
        let id = ids[random(ids.len() as u64) as usize];
        // Pausing is rarer than the rest.
        let kinds = if random(4) == 0 { 11 } else { 10 };
        let used = match random(kinds) {
            0..=4 => {
                let mark = match random(4) {
                    0 => Mark::Read,
                    1 => Mark::Unread,
                    2 => Mark::Save,
                    _ => Mark::Unsave,
                };
                overview.mark(vec![id], mark).await
            }
            5 => {
                let limit = random(51) as usize;
                let query = ArticleQuery {
                    limit,
                    ..ArticleQuery::default()
                };
                overview.articles(query).await.map(drop)
            }
            6 => overview.takes(id).await.map(drop),
            7 => {
                let request = SyncRequest {
                    forced: true,
                    ..SyncRequest::default()
                };
                let task = overview.sync(request)?;
                task.next_progress().await.map(drop)
            }
            8 => {
                let task = overview.pack(PackRequest {
                    newest: 2,
                    ..PackRequest::default()
                })?;
                task.cancel();
                task.result().await.map(drop)
            }
            10 => {
                let paused = overview.pause().await;
                overview.resume().await?;
                paused
            }
            _ => overview.fetch_article(id).await.map(drop),
        };
        match used {
            Ok(())
            | Err(
                OverviewError::Paused { .. }
                | OverviewError::Busy { .. }
                | OverviewError::Unreachable { .. }
                | OverviewError::Refused { .. },
            ) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(())
}
