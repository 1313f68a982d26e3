//! The sample world served by script: a country's news in its own words, and publishers of it that
//! fail while the others go on.

#![allow(clippy::unwrap_used)]

use chrono::Duration;
use overview_core::Overview;
use overview_core::model::{ArticleQuery, Scope};
use overview_core::page::text_of;
use overview_core::sync::FeedOutcome;
use overview_sample::Form;
use overview_tests::refresh;
use overview_tests::sample::Sample;
use overview_tests::world::Answer;

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn of(publisher: &str) -> ArticleQuery {
    ArticleQuery {
        scope: Scope {
            publishers: vec![publisher.into()],
            ..Scope::default()
        },
        ..ArticleQuery::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_publisher_that_falls_silent_keeps_its_articles_and_the_others_go_on() {
    let sample = Sample::open();
    let overview = Overview::open(sample.options()).unwrap();
    let first = refresh(&overview).await.unwrap();
    let world = sample.publication.world();
    assert_eq!(
        (first.progress.failed, first.progress.new_articles as usize),
        (0, world.articles.len())
    );
    let before = overview.articles(&of("el-ombu")).unwrap().rows.len();
    assert!(before > 0);

    let down = world.publishers.iter().find(|p| p.id == "el-ombu").unwrap();
    sample
        .world
        .site(&down.host())
        .set(down.feed_path(), Answer::status(503));
    sample.clock.advance(Duration::hours(6));
    let second = refresh(&overview).await.unwrap();
    assert_eq!(
        (second.progress.failed, second.progress.new_articles),
        (1, 0)
    );
    let unchanged = second
        .feeds
        .iter()
        .filter(|feed| feed.outcome == FeedOutcome::Unchanged)
        .count();
    assert_eq!(unchanged, world.publishers.len() - 1);
    assert_eq!(
        overview.articles(&of("el-ombu")).unwrap().rows.len(),
        before
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_in_the_feed_reads_as_it_was_written() {
    let sample = Sample::open();
    let overview = Overview::open(sample.options()).unwrap();
    refresh(&overview).await.unwrap();
    let world = sample.publication.world();
    let whole = world.articles.iter().filter(|article| {
        let publisher = world.publisher_of(article);
        publisher.body == overview_sample::Body::Full
            && publisher.broken.is_none()
            && article.form == Form::News
    });
    let mut read = 0;
    for article in whole {
        let publisher = world.publisher_of(article);
        let url = sample.publication.url(article);
        let rows = overview.articles(&of(&publisher.id)).unwrap().rows;
        let row = rows
            .iter()
            .find(|row| row.url.as_ref().map(ToString::to_string).as_deref() == Some(url.as_str()));
        let text = one_line(&text_of(&overview.article(row.unwrap().id).unwrap().blocks));
        for paragraph in article.body.split("\n\n") {
            // Marks of emphasis, links, lists and tables go; plain paragraphs and subheads stay.
            let listed = paragraph.starts_with("- ") || paragraph.starts_with("1. ");
            if listed || paragraph.contains(['*', '|', '[', '`', '>', '_', '\\']) {
                continue;
            }
            let paragraph = one_line(paragraph.trim_start_matches("## "));
            assert!(
                text.contains(&paragraph),
                "{}: {paragraph}\n{text}",
                article.id()
            );
        }
        read += 1;
    }
    assert!(read > 20, "{read}");
}
