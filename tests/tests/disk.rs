//! Disks that are full or write-protected: a typed error, everything else goes on, and nothing that
//! was stored is lost.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic)]

use chrono::Duration;
use overview_core::model::{ArticleQuery, Mark, Scope};
use overview_core::sync::FeedOutcome;
use overview_core::{OpenOptions, Overview};
use overview_tests::disk::Disk;
use overview_tests::newsroom::Newsroom;
use overview_tests::refresh;

const PUBLISHERS: usize = 24;

fn saved() -> ArticleQuery {
    ArticleQuery {
        scope: Scope {
            saved: true,
            ..Scope::default()
        },
        ..ArticleQuery::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fills_up_during_a_sync_loses_nothing() {
    let Some(disk) = Disk::of(64_000) else { return };
    let newsroom = Newsroom::open(PUBLISHERS, 4);
    let overview = Overview::open(newsroom.options_in(disk.path())).unwrap();
    assert_eq!(refresh(&overview).await.unwrap().progress.failed, 0);
    let id = overview.articles(&ArticleQuery::default()).unwrap().rows[0].id;
    overview.mark(&[id], Mark::Save).unwrap();
    let before = overview.doctor().unwrap().articles;

    // What comes next does not fit.
    disk.resize(disk.used_kilobytes() + 200);
    for publisher in 0..PUBLISHERS {
        newsroom.publish(publisher, &newsroom.entries(publisher, 300), "two");
    }
    newsroom.clock.advance(Duration::hours(3));
    // Feeds fail one by one, or the run as a whole once not even the check times fit.
    match refresh(&overview).await {
        Err(error) => assert_eq!(error.code(), "disk_full", "{error}"),
        Ok(report) => {
            let mut full = 0;
            for feed in &report.feeds {
                if let FeedOutcome::Failed { code, reason } = &feed.outcome {
                    assert_eq!(*code, "disk_full", "{reason}");
                    assert!(reason.contains("storing"), "{reason}");
                    full += 1;
                }
            }
            assert!(full > 0, "so many articles do not fit");
        }
    }
    // A mark is either kept or refused by name, never half done.
    let other = overview.articles(&ArticleQuery::default()).unwrap().rows[1].id;
    let marked = overview.mark(&[other], Mark::Save);
    if let Err(error) = &marked {
        assert_eq!(error.code(), "disk_full", "{error}");
    }
    let kept = 1 + usize::from(marked.is_ok());
    assert_eq!(overview.articles(&saved()).unwrap().rows.len(), kept);
    assert!(overview.doctor().unwrap().articles >= before);
    drop(overview);

    // The full disk opens again; with room the next sync completes.
    let overview = Overview::open(newsroom.options_in(disk.path())).unwrap();
    assert_eq!(overview.articles(&saved()).unwrap().rows.len(), kept);
    disk.resize(64_000);
    newsroom.clock.advance(Duration::hours(3));
    let report = refresh(&overview).await.unwrap();
    assert_eq!(report.progress.failed, 0, "{report:?}");
    let doctor = overview.doctor().unwrap();
    assert_eq!(
        (doctor.articles as usize, doctor.damage),
        (PUBLISHERS * 300, None)
    );
    assert_eq!(overview.articles(&saved()).unwrap().rows.len(), kept);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_protected_directory_is_named() {
    let Some(disk) = Disk::of(8_000) else { return };
    let newsroom = Newsroom::open(1, 4);
    let overview = Overview::open(newsroom.options_in(disk.path())).unwrap();
    refresh(&overview).await.unwrap();
    drop(overview);
    std::fs::create_dir(disk.path().join("empty")).unwrap();
    disk.make_read_only();
    let refused = |options: OpenOptions, code: &str, name: &str| {
        let error = Overview::open(options).err().unwrap();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains(name), "{error}");
    };
    refused(newsroom.options_in(disk.path()), "read_only", "overview.db");
    refused(
        newsroom.options_in(&disk.path().join("empty")),
        "read_only",
        "overview.db",
    );
    refused(
        newsroom.options_in(&disk.path().join("new")),
        "data_dir",
        "new",
    );
}
