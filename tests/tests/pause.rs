//! A pause: no file is open, nothing that was acknowledged is lost, whatever runs.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::panic)]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use overview_core::model::{ArticleId, ArticleQuery, Mark, MuteFor, Muted};
use overview_core::pack::PackRequest;
use overview_core::sync::{SyncEnd, SyncRequest};
use overview_core::{Error, Overview};
use overview_tests::refresh;
use overview_tests::sample::Sample;
use overview_tests::world::Gate;
use proptest::prelude::*;
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

/// What a person and the system do, in any order.
#[derive(Debug, Clone, Copy)]
enum Step {
    Pause,
    Resume,
    Mark(usize),
    Mute(u8),
    Sync,
    Pack,
    Regroup,
    Query,
    /// Lets what runs go on for a while.
    Yield,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::Pause),
        3 => Just(Step::Resume),
        3 => (0..40_usize).prop_map(Step::Mark),
        1 => (0..9_u8).prop_map(Step::Mute),
        2 => Just(Step::Sync),
        1 => Just(Step::Pack),
        1 => Just(Step::Regroup),
        2 => Just(Step::Query),
        4 => Just(Step::Yield),
    ]
}

/// Is done, or refused because of a pause, or because another sync runs.
fn settled<T>(result: Result<T, Error>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(Error::Paused | Error::SyncRunning) => None,
        Err(error) => panic!("{error}"),
    }
}

async fn play(steps: Vec<Step>) {
    let (sample, overview) = opened().await;
    let overview = Arc::new(overview);
    let folder = sample.dir.path().canonicalize().unwrap();
    let ids = newest(&overview);
    let (mut marked, mut paused, mut running) = (BTreeSet::new(), false, Vec::new());
    for step in steps {
        let core = Arc::clone(&overview);
        match step {
            Step::Pause => {
                overview.pause().unwrap();
                paused = true;
                assert_eq!(open_files(&folder), Vec::<String>::new());
            }
            Step::Resume => {
                overview.resume().unwrap();
                paused = false;
            }
            Step::Mark(place) => {
                let id = ids[place % ids.len()];
                if settled(overview.mark(&[id], Mark::Save)).is_some() {
                    marked.insert(id);
                } else {
                    assert!(paused);
                }
            }
            Step::Mute(number) => {
                let words = Muted::Words(format!("word {number}"));
                assert_eq!(
                    settled(overview.mute(&words, MuteFor::Day)).is_none(),
                    paused
                );
            }
            Step::Query => {
                assert_eq!(settled(overview.countries()).is_none(), paused);
            }
            Step::Sync => running.push(tokio::spawn(async move {
                let request = SyncRequest {
                    forced: true,
                    ..SyncRequest::default()
                };
                settled(
                    core.sync(&request, &CancellationToken::new(), &|_| ())
                        .await,
                );
            })),
            Step::Pack => running.push(tokio::spawn(async move {
                let request = PackRequest {
                    newest: 3,
                    ..PackRequest::default()
                };
                settled(
                    core.pack(&request, &CancellationToken::new(), &|_| ())
                        .await,
                );
            })),
            Step::Regroup => running.push(tokio::spawn(async move {
                settled(core.regroup(&CancellationToken::new()).await);
            })),
            Step::Yield => tokio::task::yield_now().await,
        }
    }
    for task in running {
        task.await.unwrap();
    }
    overview.resume().unwrap();
    for id in marked {
        assert!(overview.article(id).unwrap().row.state.saved);
    }
    assert_eq!(overview.doctor().unwrap().damage, None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, max_shrink_iters: 4, ..ProptestConfig::default() })]

    #[test]
    fn pauses_and_resumes_at_any_time(steps in prop::collection::vec(step(), 1..30)) {
        tokio::runtime::Runtime::new().unwrap().block_on(play(steps));
    }
}
