//! What Overview does, in the words of a reader.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use chrono::Duration;
use overview_core::events::{Invalidation, Listener};
use overview_core::model::{ArticleQuery, FeedHealth, Mark, Scope};
use overview_core::page::{position_at, text_of};
use overview_core::sync::{FeedOutcome, SyncEnd, SyncRequest};
use overview_core::{Error, Overview};
use overview_tests::newsroom::{Newsroom, id};
use overview_tests::refresh;
use overview_tests::world::{Answer, Gate};
use tokio_util::sync::CancellationToken;

fn of_country(code: &str) -> Scope {
    Scope {
        countries: vec![code.parse().unwrap()],
        ..Scope::default()
    }
}

fn titles(overview: &Overview, scope: Scope) -> Vec<String> {
    let query = ArticleQuery {
        scope,
        ..ArticleQuery::default()
    };
    overview
        .articles(&query)
        .unwrap()
        .rows
        .into_iter()
        .map(|row| row.title)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_ukraine_on_a_train() {
    let newsroom = Newsroom::open(6, 60);
    let overview = newsroom.reader();
    let report = refresh(&overview).await.unwrap();
    assert_eq!(
        (report.end, report.progress.new_articles),
        (SyncEnd::Completed, 6 * 60)
    );
    drop(overview);
    newsroom.world.forget_requests();

    // On the train: the program is started again, and there is no network that it would ask.
    let overview = newsroom.reader();
    let ukraine = of_country("UA");
    let mut after = None;
    let mut read = Vec::new();
    loop {
        let query = ArticleQuery {
            scope: ukraine.clone(),
            after,
            ..ArticleQuery::default()
        };
        let page = overview.articles(&query).unwrap();
        read.extend(page.rows);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(read.len(), 2 * 60);
    let article = overview.article(read[0].id).unwrap();
    let text = text_of(&article.blocks);
    assert!(
        text.contains("The next meeting is open to everyone"),
        "{text}"
    );
    overview.mark(&[read[0].id], Mark::Read).unwrap();
    overview.mark(&[read[1].id], Mark::Save).unwrap();
    let third = overview.article(read[2].id).unwrap();
    let position = position_at(&third.blocks, 0, 250).unwrap();
    overview
        .mark(&[read[2].id], Mark::Position(position))
        .unwrap();
    drop(overview);

    let overview = newsroom.reader();
    let unread = Scope {
        unread: true,
        ..ukraine
    };
    assert!(!titles(&overview, unread).contains(&read[0].title));
    let saved = Scope {
        saved: true,
        ..Scope::default()
    };
    assert_eq!(titles(&overview, saved), [read[1].title.clone()]);
    assert_eq!(
        overview.article(read[2].id).unwrap().row.state.position,
        Some(position)
    );
    assert!(newsroom.world.requests().is_empty(), "nothing was fetched");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_refresh_asks_politely_and_finds_nothing_new() {
    let newsroom = Newsroom::open(6, 10);
    let overview = newsroom.reader();
    refresh(&overview).await.unwrap();
    // At once: nothing is due, so nobody is asked.
    newsroom.world.forget_requests();
    let report = refresh(&overview).await.unwrap();
    assert_eq!((report.progress.planned, report.not_due), (0, 6));
    assert!(newsroom.world.requests().is_empty());

    newsroom.clock.advance(Duration::hours(3));
    let before = overview.doctor().unwrap();
    let report = refresh(&overview).await.unwrap();
    assert_eq!((report.progress.done, report.progress.new_articles), (6, 0));
    assert!(
        report
            .feeds
            .iter()
            .all(|feed| feed.outcome == FeedOutcome::Unchanged)
    );
    for request in newsroom.world.requests() {
        assert_eq!(request.header("if-none-match"), Some("\"one\""));
    }
    let after = overview.doctor().unwrap();
    assert_eq!(
        (after.articles, after.marks),
        (before.articles, before.marks)
    );
    let refreshed = overview.countries().unwrap()[0].refreshed_at.unwrap();
    assert_eq!(refreshed, overview_core::Clock::now(&newsroom.clock));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_article_keeps_its_mark_and_its_place() {
    let newsroom = Newsroom::open(1, 5);
    let overview = newsroom.reader();
    refresh(&overview).await.unwrap();
    let before = overview.articles(&ArticleQuery::default()).unwrap().rows;
    overview.mark(&[before[2].id], Mark::Read).unwrap();
    let mut edited = newsroom.entries(0, 5);
    edited[2].title = "Corrected".to_owned();
    newsroom.publish(0, &edited, "two");
    newsroom.clock.advance(Duration::hours(3));
    let report = refresh(&overview).await.unwrap();
    assert!(
        matches!(
            report.feeds[0].outcome,
            FeedOutcome::New { new: 0, updated: 1 }
        ),
        "{report:#?}"
    );
    let after = overview.articles(&ArticleQuery::default()).unwrap().rows;
    assert_eq!(
        (after[2].id, after[2].title.as_str()),
        (before[2].id, "Corrected")
    );
    assert!(after[2].state.read);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_fails_is_named_and_its_articles_stay() {
    let newsroom = Newsroom::open(3, 5);
    let overview = newsroom.reader();
    refresh(&overview).await.unwrap();
    newsroom.site(1).set("/feed", Answer::status(500));
    newsroom.clock.advance(Duration::hours(3));
    let report = refresh(&overview).await.unwrap();
    assert_eq!(
        (report.end, report.progress.failed),
        (SyncEnd::Completed, 1)
    );
    let failed = report
        .feeds
        .iter()
        .find(|feed| feed.publisher.as_str() == id(1))
        .unwrap();
    let FeedOutcome::Failed { code, reason } = &failed.outcome else {
        panic!("{failed:?}")
    };
    assert_eq!(*code, "status");
    assert!(
        reason.contains("publisher-1.localhost") && reason.contains("500"),
        "{reason}"
    );
    assert_eq!(titles(&overview, of_country("KE")).len(), 5);
    let kenya = overview.publishers(&["KE".parse().unwrap()]).unwrap();
    assert_eq!(kenya[0].feeds[0].health, FeedHealth::Failing);
    assert_eq!(kenya[0].feeds[0].reason.as_deref(), Some(reason.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn following_narrows_a_refresh_and_a_list() {
    let newsroom = Newsroom::open(6, 4);
    let overview = newsroom.reader();
    overview
        .follow_country("KE".parse().unwrap(), true)
        .unwrap();
    let report = refresh(&overview).await.unwrap();
    assert_eq!(report.progress.planned, 2);
    let followed = Scope {
        followed: true,
        ..Scope::default()
    };
    assert_eq!(titles(&overview, followed).len(), 8);
    // Named publishers are fetched whether followed or not.
    let request = SyncRequest {
        publishers: vec![id(0).as_str().into()],
        ..SyncRequest::default()
    };
    let report = overview
        .sync(&request, &CancellationToken::new(), &|_| ())
        .await
        .unwrap();
    assert_eq!(report.progress.new_articles, 4);
    let error = overview
        .follow_country("ZZ".parse().unwrap(), true)
        .unwrap_err();
    assert!(
        matches!(
            error,
            Error::Unknown {
                what: "country",
                ..
            }
        ),
        "{error}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn marks_all_as_read_and_thinks_again() {
    let newsroom = Newsroom::open(3, 7);
    let overview = newsroom.reader();
    refresh(&overview).await.unwrap();
    let receipt = overview.mark_all_read(&of_country("PE")).unwrap();
    assert_eq!(receipt.marked, 7);
    let unread = || -> u32 {
        overview
            .countries()
            .unwrap()
            .iter()
            .map(|row| row.unread)
            .sum()
    };
    assert_eq!(unread(), 14);
    assert_eq!(overview.undo_mark_all(Some(receipt.undo)).unwrap(), 7);
    assert_eq!(unread(), 21);
    assert_eq!(overview.undo_mark_all(None).unwrap_err().code(), "invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_refresh_keeps_what_was_finished_and_the_next_goes_on() {
    let newsroom = Newsroom::open(12, 5);
    let gate = Gate::closed();
    for publisher in 4..12 {
        let site = newsroom.site(publisher);
        site.set("/feed", Answer::feed("held back").behind(&gate));
    }
    let overview = newsroom.reader();
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    let report = overview
        .sync(&SyncRequest::default(), &cancel, &move |progress| {
            if progress.done == 4 {
                stop.cancel();
            }
        })
        .await
        .unwrap();
    assert_eq!(report.end, SyncEnd::Cancelled);
    assert_eq!(
        (report.progress.done, report.progress.new_articles),
        (4, 20)
    );
    let skipped = report
        .feeds
        .iter()
        .filter(|feed| matches!(feed.outcome, FeedOutcome::Skipped { .. }));
    assert_eq!(skipped.count(), 8);
    gate.open();
    for publisher in 4..12 {
        newsroom.publish(publisher, &newsroom.entries(publisher, 5), "one");
    }
    let report = refresh(&overview).await.unwrap();
    assert_eq!(
        (report.progress.planned, report.not_due),
        (8, 4),
        "only what was left"
    );
    assert_eq!(report.progress.new_articles, 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_background_window_ends_in_time_and_within_its_bytes() {
    let newsroom = Newsroom::open(6, 5);
    let gate = Gate::closed();
    newsroom
        .site(5)
        .set("/feed", Answer::feed("never").behind(&gate));
    let overview = newsroom.reader();
    let request = SyncRequest {
        deadline: Some(std::time::Duration::from_millis(300)),
        ..SyncRequest::default()
    };
    let report = overview
        .sync(&request, &CancellationToken::new(), &|_| ())
        .await
        .unwrap();
    assert_eq!(
        (report.end, report.progress.done),
        (SyncEnd::DeadlineReached, 5)
    );

    let newsroom = Newsroom::open(60, 30);
    let overview = newsroom.reader();
    let request = SyncRequest {
        byte_budget: Some(1),
        ..SyncRequest::default()
    };
    let report = overview
        .sync(&request, &CancellationToken::new(), &|_| ())
        .await
        .unwrap();
    assert_eq!(report.end, SyncEnd::BudgetReached);
    assert!(report.progress.done < 60, "{}", report.progress.done);
    let rest = refresh(&overview).await.unwrap();
    assert_eq!(
        report.progress.new_articles + rest.progress.new_articles,
        60 * 30
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_does_not_wait_for_a_refresh_and_two_refreshes_do_not_run_at_once() {
    let newsroom = Newsroom::open(3, 5);
    let overview = Arc::new(newsroom.reader());
    refresh(&overview).await.unwrap();
    newsroom.clock.advance(Duration::hours(3));
    let gate = Gate::closed();
    for publisher in 0..3 {
        newsroom
            .site(publisher)
            .set("/feed", Answer::feed("later").behind(&gate));
    }
    newsroom.world.forget_requests();
    let cancel = CancellationToken::new();
    let running = tokio::spawn({
        let (overview, cancel) = (Arc::clone(&overview), cancel.clone());
        async move {
            overview
                .sync(&SyncRequest::default(), &cancel, &|_| ())
                .await
        }
    });
    newsroom.world.arrived(3).await;
    // The refresh hangs; reading and marking do not.
    let rows = overview.articles(&ArticleQuery::default()).unwrap().rows;
    overview.mark(&[rows[0].id], Mark::Read).unwrap();
    assert_eq!(
        overview
            .countries()
            .unwrap()
            .iter()
            .map(|row| row.unread)
            .sum::<u32>(),
        14
    );
    let second = overview
        .sync(&SyncRequest::default(), &cancel, &|_| ())
        .await;
    assert_eq!(second.unwrap_err().code(), "sync_running");
    cancel.cancel();
    assert_eq!(running.await.unwrap().unwrap().end, SyncEnd::Cancelled);
    gate.open();
}

struct Told(Mutex<mpsc::Sender<Invalidation>>);

impl Listener for Told {
    fn invalidated(&self, what: &[Invalidation]) {
        for one in what {
            // The test may have ended.
            let _ = self.0.lock().unwrap().send(one.clone());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_is_told_what_became_stale() {
    let newsroom = Newsroom::open(3, 2);
    let overview = newsroom.reader();
    let (sender, told) = mpsc::channel();
    overview.set_listener(Some(Arc::new(Told(Mutex::new(sender)))));
    refresh(&overview).await.unwrap();
    let id = overview.articles(&ArticleQuery::default()).unwrap().rows[0].id;
    overview.mark(&[id], Mark::Save).unwrap();
    overview
        .follow_country("UA".parse().unwrap(), true)
        .unwrap();
    drop(overview);
    let told: Vec<Invalidation> = told.into_iter().collect();
    let mut countries: Vec<String> = told
        .iter()
        .filter_map(|what| match what {
            Invalidation::Articles(codes) => Some(codes.iter().map(ToString::to_string)),
            _ => None,
        })
        .flatten()
        .collect();
    countries.sort();
    countries.dedup();
    assert_eq!(countries, ["KE", "PE", "UA"]);
    assert!(told.contains(&Invalidation::Marks(vec![id])));
    assert!(told.contains(&Invalidation::Follows));
}
