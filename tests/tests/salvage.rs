//! A database that is damaged: what the person said is rescued, the file is moved aside, and the person
//! is told. Never twice for one damage, and never for what is none.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::Path;

use overview_core::Overview;
use overview_core::model::{ArticleId, Mark, Scope};
use overview_core::sync::SyncRequest;
use overview_tests::newsroom::Newsroom;
use overview_tests::wreck::{Said, copy, database, kept_store, moved_aside, rows, said};

const PAGE: usize = 4_096;

/// A store, and another that is damaged in some way.
struct Wreck {
    newsroom: Newsroom,
    dir: tempfile::TempDir,
    before: Said,
}

impl Wreck {
    async fn new() -> Self {
        let newsroom = Newsroom::open(6, 60);
        let dir = tempfile::tempdir().unwrap();
        let before = kept_store(&newsroom, dir.path()).await;
        Self {
            newsroom,
            dir,
            before,
        }
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn damage(&self, damage: impl FnOnce(&mut Vec<u8>)) {
        let path = database(self.path());
        let mut bytes = std::fs::read(&path).unwrap();
        damage(&mut bytes);
        std::fs::write(path, bytes).unwrap();
    }

    fn open(&self) -> Overview {
        Overview::open(self.newsroom.options_in(self.path())).unwrap()
    }

    fn rescued(&self) -> Overview {
        let overview = self.open();
        use_it(&overview);
        overview
    }

    /// Hours later, of all countries, though one is followed.
    async fn refresh(&self, overview: &Overview) {
        self.newsroom.clock.advance(chrono::Duration::hours(3));
        let request = SyncRequest {
            countries: ["UA", "KE", "PE"].map(|code| code.parse().unwrap()).into(),
            ..SyncRequest::default()
        };
        let report = overview
            .sync(&request, &Default::default(), &|_| ())
            .await
            .unwrap();
        assert_eq!(report.progress.done, 6);
    }

    /// All is known that was, once the feeds were read again.
    async fn assert_nothing_lost(&self, overview: &Overview) {
        let kept = said(overview).unwrap();
        assert!(kept.saved == self.before.saved, "before any network");
        self.refresh(overview).await;
        assert!(said(overview).unwrap() == self.before);
        assert_eq!(overview.doctor().unwrap().damage, None);
        let report = overview.salvaged().unwrap().unwrap();
        assert_eq!(report.saved as usize, self.before.saved.len());
        assert_eq!(
            (report.saved_missing, report.mutes, report.follows),
            (0, 1, 1)
        );
        assert!(report.marks as usize >= 2 * self.before.read.len());
        assert!(report.moved_to.exists());
        assert_eq!(overview.doctor().unwrap().salvage, Some(report));
        overview.dismiss_salvaged().unwrap();
        assert_eq!(overview.salvaged().unwrap(), None);
        assert_eq!(moved_aside(self.path()), 1);
    }
}

/// Uses it until the damage is met and dealt with.
fn use_it(overview: &Overview) {
    for _ in 0..3 {
        let met = [
            rows(overview, &Scope::default()).err(),
            said(overview).err(),
            overview.doctor().err(),
            overview.settle().err(),
            overview.settle().err(),
        ];
        for error in met.into_iter().flatten() {
            assert!(["damaged", "paused"].contains(&error.code()), "{error}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_header_of_zeros_is_noticed_when_it_is_opened() {
    let wreck = Wreck::new().await;
    wreck.damage(|bytes| bytes[..100].fill(0));
    let overview = wreck.open();
    wreck.assert_nothing_lost(&overview).await;
    // It is not rescued again.
    drop(overview);
    drop(wreck.open());
    assert_eq!(moved_aside(wreck.path()), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_page_may_be_lost() {
    let wreck = Wreck::new().await;
    wreck.damage(|bytes| bytes[..PAGE].fill(0xa5));
    let overview = wreck.rescued();
    wreck.assert_nothing_lost(&overview).await;
}

/// Each page in turn: what stands on it may be lost, and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_overwritten_takes_no_more_than_itself() {
    let wreck = Wreck::new().await;
    let pages = std::fs::metadata(database(wreck.path())).unwrap().len() as usize / PAGE;
    let every = pages / 12;
    for number in (1..pages).step_by(every.max(1)) {
        let dir = tempfile::tempdir().unwrap();
        copy(wreck.path(), dir.path());
        let damaged = Wreck {
            newsroom: Newsroom::open(1, 0),
            dir,
            before: wreck.before.clone(),
        };
        damaged.damage(|bytes| bytes[number * PAGE..(number + 1) * PAGE].fill(0x5a));
        let overview = Overview::open(wreck.newsroom.options_in(damaged.path())).unwrap();
        use_it(&overview);
        let kept = said(&overview).unwrap();
        // A saved article stands on a few pages, and a page holds a few of them.
        let lost = wreck.before.saved.difference(&kept.saved).count();
        assert!(lost <= 6, "page {number}: {lost} saved articles");
        assert_eq!(overview.doctor().unwrap().damage, None, "page {number}");
        if lost > 0 {
            assert!(overview.salvaged().unwrap().is_some(), "page {number}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_cut_off_keeps_what_is_left_of_it() {
    let wreck = Wreck::new().await;
    wreck.damage(|bytes| bytes.truncate(bytes.len() * 4 / 5));
    let overview = wreck.rescued();
    let kept = said(&overview).unwrap();
    assert!(!kept.saved.is_empty() && kept.saved.is_subset(&wreck.before.saved));
    let report = overview.salvaged().unwrap().unwrap();
    assert!(report.saved > 0);
    wreck.refresh(&overview).await;
    assert!(said(&overview).unwrap().read.len() * 2 > wreck.before.read.len());
    assert_eq!(overview.doctor().unwrap().damage, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_that_lies_is_found_by_the_doctor() {
    let wreck = Wreck::new().await;
    let connection = rusqlite::Connection::open(database(wreck.path())).unwrap();
    // Rows that the index does not know.
    connection
        .execute_batch(
            "PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(sql, 'saved = 1', 'saved = 7')
              WHERE name = 'article_saved';
             PRAGMA writable_schema = RESET;
             REINDEX article_saved;
             PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(sql, 'saved = 7', 'saved = 1')
              WHERE name = 'article_saved';",
        )
        .unwrap();
    drop(connection);
    let overview = wreck.open();
    assert!(said(&overview).unwrap().saved.is_empty(), "the index lies");
    let found = overview.doctor().unwrap().damage.unwrap();
    assert!(found.contains("article_saved"), "{found}");
    overview.settle().unwrap();
    wreck.assert_nothing_lost(&overview).await;
}

/// As after a crash, with a log that was lost.
#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_is_missing_or_destroyed_takes_what_was_only_in_it() {
    let wreck = Wreck::new().await;
    let overview = wreck.open();
    let id = rows(&overview, &Scope::default()).unwrap()[1].id;
    overview.mark(&[id], Mark::Save).unwrap();
    let copied = tempfile::tempdir().unwrap();
    copy(wreck.path(), copied.path());
    let log = copied.path().join("overview.db-wal");
    assert!(std::fs::metadata(&log).unwrap().len() > 0);
    std::fs::write(&log, [0x5a; 5_000]).unwrap();
    let _ = std::fs::remove_file(copied.path().join("overview.db-shm"));
    let overview = Overview::open(wreck.newsroom.options_in(copied.path())).unwrap();
    assert_eq!(said(&overview).unwrap(), wreck.before);
    assert_eq!(overview.doctor().unwrap().damage, None);
}

/// What is committed and still only in the log is rescued with the rest.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_only_in_the_log_is_rescued() {
    let wreck = Wreck::new().await;
    let overview = wreck.open();
    let all = rows(&overview, &Scope::default()).unwrap();
    let id = all.iter().find(|row| !row.state.saved).unwrap().id;
    overview.mark(&[id], Mark::Save).unwrap();
    let copied = tempfile::tempdir().unwrap();
    copy(wreck.path(), copied.path());
    let _ = std::fs::remove_file(copied.path().join("overview.db-shm"));
    let path = database(copied.path());
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..PAGE].fill(0);
    std::fs::write(&path, bytes).unwrap();
    let log = copied.path().join("overview.db-wal");
    assert!(std::fs::metadata(&log).unwrap().len() > 0);
    std::fs::write(copied.path().join("overview.db-damaged"), "for a test").unwrap();
    let overview = Overview::open(wreck.newsroom.options_in(copied.path())).unwrap();
    assert!(overview.article(id).unwrap().row.state.saved);
    assert_eq!(overview.salvaged().unwrap().unwrap().reason, "for a test");
}

/// A process that ends while it rescues: whoever opens next goes on, and nothing is done twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_rescue_that_was_cut_off_is_gone_on_with() {
    let wreck = Wreck::new().await;
    wreck.damage(|bytes| bytes[..100].fill(0));
    let whole = tempfile::tempdir().unwrap();
    copy(wreck.path(), whole.path());
    drop(Overview::open(wreck.newsroom.options_in(whole.path())).unwrap());
    // As it is right before the files change places: the new one is whole, the log gone already.
    std::fs::copy(
        database(whole.path()),
        wreck.path().join("overview.db-rescued"),
    )
    .unwrap();
    std::fs::write(wreck.path().join("overview.db-damaged"), "cut off").unwrap();
    std::fs::write(wreck.path().join("overview.db-rescuing"), "half of one").unwrap();
    let overview = wreck.open();
    assert_eq!(
        moved_aside(wreck.path()),
        0,
        "it has the name that was noted"
    );
    assert!(overview.salvaged().unwrap().unwrap().moved_to.exists());
    assert_eq!(said(&overview).unwrap().saved, wreck.before.saved);
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_are_not_given_again() {
    let wreck = Wreck::new().await;
    let newest = rows(&wreck.open(), &Scope::default())
        .unwrap()
        .iter()
        .map(|row| row.id)
        .max()
        .unwrap();
    wreck.damage(|bytes| bytes[..100].fill(0));
    let overview = wreck.open();
    let saved = rows(&overview, &Scope::default()).unwrap();
    assert!(saved.iter().all(|row| row.state.saved));
    wreck.refresh(&overview).await;
    let known: Vec<ArticleId> = saved.iter().map(|row| row.id).collect();
    for row in rows(&overview, &Scope::default()).unwrap() {
        assert!(row.id > newest || known.contains(&row.id));
    }
}

/// Neither moved aside nor written to.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_ours_is_left_alone() {
    let newsroom = Newsroom::open(1, 1);
    let path = database(newsroom.dir.path());
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch("PRAGMA journal_mode = wal; CREATE TABLE theirs (a);")
        .unwrap();
    drop(connection);
    let before = std::fs::read(&path).unwrap();
    let error = Overview::open(newsroom.options()).err().unwrap();
    assert_eq!(error.code(), "not_ours");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}
