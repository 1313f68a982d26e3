//! Articles are read whole: pages fetched once, kept, and shown without a network.

#![allow(clippy::unwrap_used, clippy::panic)]

use overview_core::model::{Article, ArticleQuery, ArticleRow, BodySource, PageVerdict, Scope};
use overview_core::page::text_of;
use overview_core::{Error, Overview};
use overview_tests::refresh;
use overview_tests::sample::Sample;
use overview_tests::world::{Answer, Fault};

/// The stored articles of a publisher.
fn rows(overview: &Overview, publisher: &str) -> Vec<ArticleRow> {
    let query = ArticleQuery {
        scope: Scope {
            publishers: vec![publisher.into()],
            ..Scope::default()
        },
        ..ArticleQuery::default()
    };
    overview.articles(&query).unwrap().rows
}

fn length(article: &Article) -> usize {
    text_of(&article.blocks).chars().count()
}

/// A publisher whose feed carries no more than a summary.
const SUMMARY: &str = "funkhaus-mitte";

async fn opened() -> (Sample, Overview) {
    let sample = Sample::open();
    let overview = Overview::open(sample.options()).unwrap();
    refresh(&overview).await.unwrap();
    (sample, overview)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_article_is_fetched_once_and_is_there_without_a_network() {
    let (sample, overview) = opened().await;
    let id = rows(&overview, SUMMARY)[0].id;
    let before = overview.article(id).unwrap();
    assert_eq!(before.page, None);
    sample.world.forget_requests();
    let whole = overview.fetch_article(id).await.unwrap();
    let page = whole.page.unwrap();
    assert_eq!(
        (page.verdict, page.body),
        (PageVerdict::Full, BodySource::Page)
    );
    assert!(
        length(&whole) > 3 * length(&before),
        "{} {}",
        length(&whole),
        length(&before)
    );
    assert!(whole.standfirst.is_some() && whole.lead.is_some());
    assert_eq!(overview.fetch_article(id).await.unwrap(), whole);
    assert_eq!(sample.world.requests().len(), 1);
    drop(overview);

    // The program is started again, without a network.
    let overview = Overview::open(sample.options()).unwrap();
    overview.set_offline(true);
    assert_eq!(overview.article(id).unwrap(), whole);
    assert_eq!(overview.fetch_article(id).await.unwrap(), whole);
    assert_eq!(sample.world.requests().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_fetched_while_offline() {
    let (sample, overview) = opened().await;
    let id = rows(&overview, SUMMARY)[0].id;
    sample.world.forget_requests();
    overview.set_offline(true);
    assert!(matches!(
        overview.fetch_article(id).await,
        Err(Error::Offline)
    ));
    assert!(matches!(refresh(&overview).await, Err(Error::Offline)));
    assert_eq!(sample.world.requests().len(), 0);
    overview.set_offline(false);
    assert!(overview.fetch_article(id).await.unwrap().page.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_gone_or_a_wall_leaves_what_the_feed_gave() {
    let (sample, overview) = opened().await;
    let wall = "<title>Just a moment...</title><p>Checking your browser</p>";
    let answers = [
        (Answer::status(410), PageVerdict::Gone),
        (Answer::status(404), PageVerdict::Gone),
        (Answer::page(wall), PageVerdict::Challenge),
        (
            Answer::status(403).header("cf-mitigated", "challenge"),
            PageVerdict::Challenge,
        ),
    ];
    for (row, (answer, verdict)) in rows(&overview, SUMMARY).into_iter().zip(answers) {
        let url = row.url.unwrap();
        let site = sample.world.site(url.host_str().unwrap());
        site.set(url.path(), answer);
        let before = overview.article(row.id).unwrap();
        let after = overview.fetch_article(row.id).await.unwrap();
        assert_eq!(after.blocks, before.blocks);
        let page = after.page.unwrap();
        assert_eq!(
            (page.verdict, page.body),
            (verdict, BodySource::PageIsNone(verdict))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_on_the_way_is_an_error_and_the_next_time_it_is_tried_again() {
    let (sample, overview) = opened().await;
    let row = rows(&overview, SUMMARY).remove(0);
    let url = row.url.unwrap();
    let site = sample.world.site(url.host_str().unwrap());
    let whole = sample
        .publication
        .answer(url.host_str().unwrap(), url.path())
        .unwrap();
    site.set(
        url.path(),
        Answer::page(whole.body.clone()).with_fault(Fault::CutAfter(300)),
    );
    let error = overview.fetch_article(row.id).await.unwrap_err();
    assert!(matches!(error, Error::Http(_)), "{error}");
    assert_eq!(overview.article(row.id).unwrap().page, None);
    site.set(url.path(), Answer::page(whole.body));
    assert!(overview.fetch_article(row.id).await.unwrap().page.is_some());
}
