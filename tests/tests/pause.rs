//! A pause: no file is open, nothing that was acknowledged is lost, whatever runs.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use overview_core::model::{ArticleId, ArticleQuery, Mark};
use overview_core::pack::PackRequest;
use overview_core::sync::{SyncEnd, SyncRequest};
use overview_core::{Error, Overview};
use overview_tests::refresh;
use overview_tests::sample::Sample;
use overview_tests::world::Gate;
use tokio_util::sync::CancellationToken;

/// Files of a folder that this process has open.
fn open_files(folder: &Path) -> Vec<String> {
    let Ok(all) = std::fs::read_dir("/proc/self/fd") else {
        println!("no /proc here: open files are not looked at");
        return Vec::new();
    };
    all.filter_map(|entry| std::fs::read_link(entry.unwrap().path()).ok())
        .filter(|path| path.starts_with(folder))
        .map(|path| path.display().to_string())
        .collect()
}

fn newest(overview: &Overview) -> Vec<ArticleId> {
    let page = overview.articles(&ArticleQuery::default()).unwrap();
    page.rows.iter().map(|row| row.id).collect()
}

async fn opened() -> (Sample, Overview) {
    let sample = Sample::open();
    let overview = Overview::open(sample.options()).unwrap();
    refresh(&overview).await.unwrap();
    (sample, overview)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_open_while_paused_and_nothing_is_lost() {
    let (sample, overview) = opened().await;
    let folder = sample.dir.path().canonicalize().unwrap();
    let ids = newest(&overview);
    overview.mark(&ids[..3], Mark::Read).unwrap();
    if cfg!(target_os = "linux") {
        assert!(!open_files(&folder).is_empty());
    }
    for _ in 0..2 {
        overview.pause().unwrap();
        assert_eq!(open_files(&folder), Vec::<String>::new());
    }
    assert!(matches!(overview.countries(), Err(Error::Paused)));
    assert!(matches!(
        overview.mark(&ids, Mark::Read),
        Err(Error::Paused)
    ));
    assert!(matches!(
        overview.fetch_article(ids[0]).await,
        Err(Error::Paused)
    ));
    assert!(matches!(refresh(&overview).await, Err(Error::Paused)));
    assert!(matches!(overview.doctor(), Err(Error::Paused)));
    assert_eq!(Error::Paused.code(), "paused");

    for _ in 0..2 {
        overview.resume().unwrap();
        assert_eq!(newest(&overview), ids);
    }
    let page = overview.articles(&ArticleQuery::default()).unwrap();
    let read: Vec<_> = page.rows.iter().filter(|row| row.state.read).collect();
    assert_eq!(read.len(), 3);
    assert_eq!(overview.doctor().unwrap().damage, None);
    overview.pause().unwrap();
    drop(overview);
    assert_eq!(
        Overview::open(sample.options())
            .unwrap()
            .doctor()
            .unwrap()
            .damage,
        None
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resume_without_a_pause_does_nothing() {
    let (_sample, overview) = opened().await;
    let ids = newest(&overview);
    overview.resume().unwrap();
    assert_eq!(newest(&overview), ids);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_ends_with_a_pause_and_is_done_later() {
    let sample = Sample::open();
    let gate = Gate::closed();
    for publisher in &sample.publication.world().publishers {
        let reply = sample
            .publication
            .answer(&publisher.host(), publisher.feed_path());
        let feed = overview_tests::world::Answer::feed(reply.unwrap().body).behind(&gate);
        sample
            .world
            .site(&publisher.host())
            .set(publisher.feed_path(), feed);
    }
    let overview = Arc::new(Overview::open(sample.options()).unwrap());
    gate.let_pass(3);
    let syncing = {
        let overview = Arc::clone(&overview);
        tokio::spawn(async move { refresh(&overview).await })
    };
    sample.world.arrived(4).await;
    overview.pause().unwrap();
    let folder = sample.dir.path().canonicalize().unwrap();
    // Neither the database nor the lock of the sync.
    assert_eq!(open_files(&folder), Vec::<String>::new());
    assert!(matches!(syncing.await.unwrap(), Err(Error::Paused)));

    gate.open();
    overview.resume().unwrap();
    assert_eq!(refresh(&overview).await.unwrap().end, SyncEnd::Completed);
    let countries = overview.countries().unwrap();
    assert!(
        countries
            .iter()
            .all(|country| country.publishers == 0 || country.articles > 0)
    );
}

/// A sync whose driver is busy elsewhere gives up its lock all the same, and does not take that of
/// the next.
#[tokio::test]
async fn a_sync_that_nobody_drives_holds_nothing() {
    let sample = Sample::open();
    let overview = Overview::open(sample.options()).unwrap();
    let folder = sample.dir.path().canonicalize().unwrap();
    let request = SyncRequest::default();
    let cancel = CancellationToken::new();
    {
        let mut stalled = Box::pin(overview.sync(&request, &cancel, &|_| ()));
        assert!(poll_once(&mut stalled).is_none());
        assert!(matches!(refresh(&overview).await, Err(Error::SyncRunning)));
        overview.pause().unwrap();
        assert_eq!(open_files(&folder), Vec::<String>::new());
        overview.resume().unwrap();
        let next = overview.sync(&request, &cancel, &|_| ());
        let mut next = Box::pin(next);
        assert!(poll_once(&mut next).is_none());
        assert!(matches!(stalled.await, Err(Error::Paused)));
        assert!(matches!(refresh(&overview).await, Err(Error::SyncRunning)));
        assert_eq!(next.await.unwrap().end, SyncEnd::Completed);
    }
    refresh(&overview).await.unwrap();
}

/// Polls once.
fn poll_once<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::Pin::new(future).poll(&mut context) {
        std::task::Poll::Ready(value) => Some(value),
        std::task::Poll::Pending => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pack_ends_with_a_pause_and_is_done_later() {
    let (sample, overview) = opened().await;
    let overview = Arc::new(overview);
    let gate = Gate::closed();
    for article in &sample.publication.world().articles {
        let publisher = sample.publication.world().publisher_of(article);
        let (host, path) = (publisher.host(), article.path(publisher));
        let page = sample.publication.answer(&host, &path).unwrap().body;
        let page = overview_tests::world::Answer::page(page).behind(&gate);
        sample.world.site(&host).set(&path, page);
    }
    let request = PackRequest {
        newest: 5,
        pictures: false,
        ..PackRequest::default()
    };
    sample.world.forget_requests();
    gate.let_pass(2);
    let packing = {
        let (overview, request) = (Arc::clone(&overview), request.clone());
        tokio::spawn(async move {
            overview
                .pack(&request, &CancellationToken::new(), &|_| ())
                .await
        })
    };
    sample.world.arrived(3).await;
    overview.pause().unwrap();
    let folder = sample.dir.path().canonicalize().unwrap();
    assert_eq!(open_files(&folder), Vec::<String>::new());
    assert!(matches!(packing.await.unwrap(), Err(Error::Paused)));

    gate.open();
    overview.resume().unwrap();
    let report = overview
        .pack(&request, &CancellationToken::new(), &|_| ())
        .await
        .unwrap();
    assert_eq!(report.progress.done, 5);
}

/// From many threads at once: what was acknowledged is on the disk, what was refused says why.
#[tokio::test(flavor = "multi_thread")]
async fn marks_queries_and_pauses_from_many_threads() {
    let (sample, overview) = opened().await;
    let ids = newest(&overview);
    let over = AtomicBool::new(false);
    let mut acknowledged: Vec<BTreeSet<ArticleId>> = Vec::new();
    std::thread::scope(|scope| {
        for pauses in 0..2 {
            let (overview, over) = (&overview, &over);
            scope.spawn(move || {
                while !over.load(Ordering::SeqCst) {
                    overview.pause().unwrap();
                    if pauses == 0 {
                        overview.resume().unwrap();
                    }
                    overview.resume().unwrap();
                    std::thread::yield_now();
                }
            });
        }
        let readers: Vec<_> = (0..2)
            .map(|_| {
                let (overview, over) = (&overview, &over);
                scope.spawn(move || {
                    let mut answers = 0;
                    while !over.load(Ordering::SeqCst) {
                        match overview.countries() {
                            Ok(_) => answers += 1,
                            Err(error) => assert!(matches!(error, Error::Paused), "{error}"),
                        }
                    }
                    answers
                })
            })
            .collect();
        let marking: Vec<_> = (0..4)
            .map(|own| {
                let (overview, ids) = (&overview, &ids);
                scope.spawn(move || {
                    let mut done = BTreeSet::new();
                    for id in ids.iter().skip(own).step_by(4) {
                        // Until it is taken.
                        loop {
                            match overview.mark(&[*id], Mark::Read) {
                                Ok(()) => break,
                                Err(error) => assert!(matches!(error, Error::Paused), "{error}"),
                            }
                        }
                        done.insert(*id);
                    }
                    done
                })
            })
            .collect();
        acknowledged.extend(marking.into_iter().map(|thread| thread.join().unwrap()));
        over.store(true, Ordering::SeqCst);
        let answers: u32 = readers
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .sum();
        println!("{answers} queries were answered between pauses");
    });
    overview.resume().unwrap();
    drop(overview);
    let overview = Overview::open(sample.options()).unwrap();
    let page = overview.articles(&ArticleQuery::default()).unwrap();
    let read: BTreeSet<ArticleId> = page
        .rows
        .iter()
        .filter(|row| row.state.read)
        .map(|row| row.id)
        .collect();
    assert_eq!(read, acknowledged.into_iter().flatten().collect());
    assert_eq!(overview.doctor().unwrap().damage, None);
}
