//! Publishers that misbehave, and stores that cannot be used: each ends in an error of its own
//! that says what was being done, the rest goes on, and nothing stored before is lost. Names that
//! do not resolve, bad certificates and redirects to private addresses are in `http_manners.rs`.

#![allow(clippy::unwrap_used, clippy::panic)]

use chrono::Duration;
use overview_core::model::{ArticleQuery, Mark, Scope};
use overview_core::sync::{FeedOutcome, SyncEnd};
use overview_core::{OpenOptions, Overview};
use overview_tests::newsroom::{Newsroom, id};
use overview_tests::refresh;
use overview_tests::world::{Answer, Fault};

#[tokio::test(flavor = "multi_thread")]
async fn whatever_publishers_send_the_rest_goes_on_and_nothing_is_lost() {
    let bad: [(&str, Answer); 11] = [
        ("not_a_feed", Answer::feed("Words, and no feed at all.")),
        (
            "html",
            Answer::page("<!DOCTYPE html><html><title>Sorry</title><p>Log in</p></html>"),
        ),
        ("empty", Answer::feed("")),
        (
            "too_large",
            Answer::feed("<rss>").with_fault(Fault::Endless),
        ),
        ("too_large", Answer::gzip_bomb(200)),
        ("redirect_loop", Answer::redirect(302, "/feed")),
        (
            "truncated",
            Answer::feed("<rss><channel>".repeat(400)).with_fault(Fault::CutAfter(90)),
        ),
        ("status", Answer::status(404)),
        ("status", Answer::status(500)),
        ("gone", Answer::status(410)),
        ("rate_limited", Answer::status(429)),
    ];
    let newsroom = Newsroom::open(bad.len() + 1, 4);
    let overview = newsroom.reader();
    assert_eq!(refresh(&overview).await.unwrap().progress.failed, 0);

    for (number, (_, answer)) in bad.iter().enumerate() {
        newsroom.site(number).set("/feed", answer.clone());
    }
    newsroom.publish(bad.len(), &newsroom.entries(bad.len(), 6), "two");
    newsroom.clock.advance(Duration::hours(3));
    let report = refresh(&overview).await.unwrap();
    assert_eq!(report.end, SyncEnd::Completed);
    assert_eq!(report.progress.failed as usize, bad.len());
    assert_eq!(report.progress.new_articles, 2, "the good one goes on");
    for (number, (expected, _)) in bad.iter().enumerate() {
        let feed = report
            .feeds
            .iter()
            .find(|feed| feed.publisher.as_str() == id(number))
            .unwrap();
        let FeedOutcome::Failed { code, reason } = &feed.outcome else {
            panic!("{feed:?}")
        };
        assert_eq!(code, expected, "{reason}");
        assert!(
            reason.contains(&format!("publisher-{number}.localhost")),
            "{reason}"
        );
        let scope = Scope {
            publishers: vec![id(number).as_str().into()],
            ..Scope::default()
        };
        let kept = overview
            .articles(&ArticleQuery {
                scope,
                ..ArticleQuery::default()
            })
            .unwrap();
        assert_eq!(kept.rows.len(), 4, "its articles stay");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_cannot_be_used_is_refused_and_left_as_it_is() {
    let newsroom = Newsroom::open(1, 4);
    let overview = newsroom.reader();
    refresh(&overview).await.unwrap();
    let id = overview.articles(&ArticleQuery::default()).unwrap().rows[0].id;
    overview.mark(&[id], Mark::Save).unwrap();
    drop(overview);
    let file = newsroom.dir.path().join("overview.db");
    let sound = std::fs::read(&file).unwrap();

    let refused = |bytes: &[u8], code: &str| {
        std::fs::write(&file, bytes).unwrap();
        let error = Overview::open(newsroom.options()).err().unwrap();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains("overview.db"), "{error}");
        assert_eq!(std::fs::read(&file).unwrap(), bytes, "left as it is");
    };
    let mut newer = sound.clone();
    // The schema's number stands at byte 60 of the header.
    newer[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
    refused(&newer, "newer");

    // Its own bytes again, and everything is there.
    std::fs::write(&file, &sound).unwrap();
    let overview = newsroom.reader();
    assert!(overview.article(id).unwrap().row.state.saved);

    // No directory can be made below a file.
    let below = OpenOptions::new(file.join("below"));
    let error = Overview::open(below).err().unwrap();
    assert_eq!(error.code(), "data_dir");
    assert!(error.to_string().contains("below"), "{error}");
}
