//! A person adds a site of their own, reads it, changes it, removes it and adds it again.

#![allow(clippy::unwrap_used)]

use overview_core::model::{
    ArticleQuery, ArticleRow, ChangeKind, FoundSite, Mark, OwnPublisher, PublisherId, Scope,
    SiteSign,
};
use overview_core::{Clock, Error, Overview};
use overview_tests::newsroom::Newsroom;
use overview_tests::refresh;
use overview_tests::world::feeds::{entries, rss};
use overview_tests::world::{Answer, Site, WorldClock};

/// A site with a front page and a feed.
fn site(newsroom: &Newsroom, host: &str, head: &str) -> Site {
    let site = newsroom.world.site(host);
    site.set(
        "/",
        Answer::page(format!(
            "<!doctype html><html lang=\"uk\"><head><title>Start</title>\
             <meta property=\"og:site_name\" content=\"Own Paper\">{head}</head><body></body></html>"
        )),
    );
    site
}

fn feed(site: &Site, path: &str, count: usize) {
    let now = WorldClock::default().now();
    let entries = entries(&site.url("/"), 77, count, now);
    site.set(
        path,
        Answer::feed(rss("Own Paper feed", &site.url("/"), &entries)),
    );
}

fn added(found: &FoundSite) -> OwnPublisher {
    OwnPublisher {
        name: found.name.clone(),
        home: found.home.clone(),
        country: "UA".parse().unwrap(),
        language: "en".to_owned(),
        feeds: found.feeds.iter().map(|feed| feed.url.clone()).collect(),
    }
}

fn of(overview: &Overview, id: &PublisherId) -> Vec<ArticleRow> {
    list(
        overview,
        Scope {
            publishers: vec![id.clone()],
            ..Scope::default()
        },
    )
}

fn list(overview: &Overview, scope: Scope) -> Vec<ArticleRow> {
    let query = ArticleQuery {
        scope,
        ..ArticleQuery::default()
    };
    overview.articles(&query).unwrap().rows
}

fn everything(overview: &Overview) -> usize {
    list(overview, Scope::default()).len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_is_found_by_the_address_of_its_front_page() {
    let newsroom = Newsroom::open(1, 2);
    let overview = newsroom.reader();
    let own = site(
        &newsroom,
        "own.localhost",
        r#"<link rel="alternate" type="application/rss+xml" href="/news.xml">
           <link rel="alternate" type="application/atom+xml" href="/gone.xml">
           <link rel="alternate" type="application/rss+xml" href="/sports.xml">"#,
    );
    feed(&own, "/news.xml", 5);
    feed(&own, "/sports.xml", 3);
    let found = overview.find_site(own.url("/").as_str()).await.unwrap();
    assert_eq!(found.name, "Own Paper");
    assert_eq!(found.home, own.url("/"));
    assert_eq!(found.language.as_deref(), Some("uk"));
    assert_eq!(found.language_sign, Some(SiteSign::PageLanguage));
    let feeds: Vec<_> = found
        .feeds
        .iter()
        .map(|feed| (&feed.url, feed.entries))
        .collect();
    assert_eq!(
        feeds,
        [(&own.url("/news.xml"), 5), (&own.url("/sports.xml"), 3)]
    );
    assert_eq!(found.feeds[0].titles.len(), 3);
    assert!(found.feeds[0].newest.is_some());
    // Nothing else was tried, because the page says where its feeds are.
    assert_eq!(newsroom.world.requests_for("/feed").len(), 0);
    assert_eq!(overview.own_publishers().unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_is_found_by_its_own_address_by_a_link_and_in_common_places() {
    let newsroom = Newsroom::open(1, 2);
    let overview = newsroom.reader();
    let itself = site(&newsroom, "itself.localhost", "");
    feed(&itself, "/some/where", 4);
    let found = overview
        .find_site(itself.url("/some/where").as_str())
        .await
        .unwrap();
    assert_eq!(found.feeds.len(), 1);
    assert_eq!(found.feeds[0].url, itself.url("/some/where"));
    assert_eq!(found.name, "Own Paper");

    let linked = newsroom.world.site("linked.localhost");
    linked.set(
        "/",
        Answer::page("<title>Linked</title><a href=/here/rss>RSS</a>"),
    );
    feed(&linked, "/here/rss", 4);
    let found = overview.find_site(linked.url("/").as_str()).await.unwrap();
    assert_eq!(found.feeds[0].url, linked.url("/here/rss"));

    let silent = newsroom.world.site("silent.localhost");
    silent.set("/", Answer::page("<p>Nothing to see"));
    feed(&silent, "/rss.xml", 4);
    let found = overview.find_site(silent.url("/").as_str()).await.unwrap();
    assert_eq!(found.feeds[0].url, silent.url("/rss.xml"));
    assert_eq!(found.name, "Own Paper feed");

    // What moved for good is kept where it is now.
    let moved = newsroom.world.site("moved.localhost");
    moved.set("/", Answer::redirect(301, silent.url("/rss.xml").as_str()));
    let found = overview.find_site(moved.url("/").as_str()).await.unwrap();
    assert_eq!(found.feeds[0].url, silent.url("/rss.xml"));

    let none = newsroom.world.site("none.localhost");
    none.set("/", Answer::page("<p>No feed anywhere"));
    let found = overview.find_site(none.url("/").as_str()).await.unwrap();
    assert_eq!(
        (found.feeds.len(), found.name.as_str()),
        (0, "none.localhost")
    );

    let failure = overview
        .find_site(none.url("/not-here").as_str())
        .await
        .unwrap_err();
    assert_eq!(failure.code(), "status");
    overview.set_offline(true);
    assert!(matches!(
        overview.find_site("none.localhost").await,
        Err(Error::Offline)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_address_is_asked_only_where_that_is_open() {
    let newsroom = Newsroom::open(1, 2);
    let mut options = newsroom.options();
    options.http.allow_private_addresses = false;
    let overview = Overview::open(options).unwrap();
    let before = newsroom.world.requests().len();
    let failure = overview
        .find_site(newsroom.world.url("/").as_str())
        .await
        .unwrap_err();
    assert_eq!(failure.code(), "private_address");
    assert_eq!(newsroom.world.requests().len(), before);
    let own = OwnPublisher {
        name: "Own".to_owned(),
        home: newsroom.world.url("/"),
        country: "UA".parse().unwrap(),
        language: "en".to_owned(),
        feeds: vec![newsroom.world.url("/feed")],
    };
    assert_eq!(overview.add_publisher(&own).unwrap_err().code(), "invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_own_publisher_is_read_like_any_other_and_never_loses_what_was_read() {
    let newsroom = Newsroom::open(3, 2);
    let overview = newsroom.reader();
    let own = site(
        &newsroom,
        "own.localhost",
        r#"<link rel="alternate" type="application/rss+xml" href="/news.xml">"#,
    );
    feed(&own, "/news.xml", 4);
    let found = overview.find_site(own.url("/").as_str()).await.unwrap();
    // Something is followed, and the site is read all the same.
    overview
        .follow_publisher(&"publisher-1".into(), Some(true))
        .unwrap();
    let id = overview.add_publisher(&added(&found)).unwrap();
    assert!(id.is_own());
    refresh(&overview).await.unwrap();
    let rows = of(&overview, &id);
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0].publisher_name, "Own Paper");
    assert_eq!(everything(&overview), 6);
    let followed = list(
        &overview,
        Scope {
            followed: true,
            ..Scope::default()
        },
    );
    assert_eq!(followed.len(), 6);
    let summary = overview.publishers(&["UA".parse().unwrap()]).unwrap();
    assert!(
        summary
            .iter()
            .any(|row| row.id == id && row.own && row.enabled)
    );
    let known = overview.publisher(&id).unwrap();
    assert_eq!(
        (known.ownership, known.panel, known.alignments.len()),
        (None, false, 0)
    );

    overview.mark(&[rows[0].id], Mark::Read).unwrap();
    overview.mark(&[rows[1].id], Mark::Save).unwrap();

    // It moves to another country, and its articles with it.
    let kenyan = OwnPublisher {
        country: "KE".parse().unwrap(),
        name: "Own Gazette".to_owned(),
        ..added(&found)
    };
    overview.edit_publisher(&id, &kenyan).unwrap();
    assert_eq!(of(&overview, &id)[0].country.as_str(), "KE");
    assert_eq!(of(&overview, &id)[0].publisher_name, "Own Gazette");

    overview.remove_publisher(&id).unwrap();
    assert_eq!(everything(&overview), 2);
    assert!(
        overview
            .publishers(&[])
            .unwrap()
            .iter()
            .all(|row| row.id != id)
    );
    assert_eq!(
        list(
            &overview,
            Scope {
                saved: true,
                ..Scope::default()
            }
        )
        .len(),
        1
    );
    assert_eq!(
        overview.remove_publisher(&id).unwrap_err().code(),
        "unknown"
    );
    let before = newsroom.world.requests_for("/news.xml").len();
    refresh(&overview).await.unwrap();
    assert_eq!(newsroom.world.requests_for("/news.xml").len(), before);

    // Taken back, all is as it was.
    let changes = overview.changes().unwrap();
    assert_eq!(
        changes[0].what,
        ChangeKind::RemovedPublisher {
            publisher: id.clone()
        }
    );
    assert_eq!(changes[0].name, "Own Gazette");
    overview.undo_change(Some(changes[0].id)).unwrap();
    assert_eq!(everything(&overview), 6);
    assert!(overview.changes().unwrap().is_empty());

    // Removed for longer, and added once more.
    overview.remove_publisher(&id).unwrap();
    assert_eq!(overview.add_publisher(&added(&found)).unwrap(), id);
    drop(overview);
    let overview = newsroom.reader();
    let again = of(&overview, &id);
    assert_eq!(again.len(), 4);
    assert_eq!(again.iter().filter(|row| row.state.read).count(), 1);
    assert_eq!(again.iter().filter(|row| row.state.saved).count(), 1);
    assert_eq!(overview.publisher(&id).unwrap().name, "Own Paper");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_added_is_refused_with_the_reason() {
    let newsroom = Newsroom::open(1, 2);
    let overview = newsroom.reader();
    let known = overview.catalogue().publishers()[0].clone();
    let own = OwnPublisher {
        name: "Own".to_owned(),
        home: newsroom.world.url("/"),
        country: "UA".parse().unwrap(),
        language: "en".to_owned(),
        feeds: known.feeds.clone(),
    };
    let refused = overview.add_publisher(&own).unwrap_err().to_string();
    assert!(
        refused.ends_with("is a feed of publisher-0 already"),
        "{refused}"
    );
    let found = overview.find_site(known.feeds[0].as_str()).await.unwrap();
    assert_eq!(found.feeds[0].known, Some(known.id));
    let feeds = vec![newsroom.world.url("/other")];
    let elsewhere = OwnPublisher {
        country: "FR".parse().unwrap(),
        feeds,
        ..own.clone()
    };
    assert_eq!(
        overview.add_publisher(&elsewhere).unwrap_err().code(),
        "unknown"
    );
    let nameless = OwnPublisher {
        name: String::new(),
        ..own
    };
    assert_eq!(
        overview.add_publisher(&nameless).unwrap_err().code(),
        "invalid"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_is_listed_the_last_first_and_what_was_done_is_taken_back() {
    let newsroom = Newsroom::open(2, 30);
    let overview = newsroom.reader();
    refresh(&overview).await.unwrap();
    let rows = list(&overview, Scope::default());
    let mut read = Vec::new();
    for row in rows.iter().take(5) {
        newsroom.clock.advance(chrono::Duration::minutes(1));
        overview.mark(&[row.id], Mark::Read).unwrap();
        read.insert(0, row.id);
    }
    newsroom.clock.advance(chrono::Duration::minutes(1));
    let receipt = overview.mark_all_read(&Scope::default()).unwrap();
    let ids = |limit, after| {
        let page = overview.history(after, limit).unwrap();
        let ids: Vec<_> = page.rows.iter().map(|entry| entry.row.id).collect();
        (ids, page.next)
    };
    // Bulk marks are no reading.
    assert_eq!(ids(50, None), (read.clone(), None));
    let (first, next) = ids(2, None);
    assert_eq!(first, read[..2]);
    let (second, next) = ids(2, next);
    assert_eq!(second, read[2..4]);
    assert_eq!(ids(2, next), (read[4..].to_vec(), None));
    // What is read again comes first, what was not read after all leaves.
    newsroom.clock.advance(chrono::Duration::minutes(1));
    overview.mark(&[read[4]], Mark::Read).unwrap();
    overview.mark(&[read[0]], Mark::Unread).unwrap();
    assert_eq!(ids(50, None).0, [read[4], read[1], read[2], read[3]]);

    let country = rows[0].country;
    overview.follow_country(country, true).unwrap();
    overview.follow_country(country, false).unwrap();
    let publisher = rows[0].publisher.clone();
    overview.follow_publisher(&publisher, Some(true)).unwrap();
    overview.follow_publisher(&publisher, Some(false)).unwrap();
    let what: Vec<ChangeKind> = overview
        .changes()
        .unwrap()
        .into_iter()
        .map(|change| change.what)
        .collect();
    assert_eq!(
        what,
        [
            ChangeKind::UnfollowedPublisher {
                publisher: publisher.clone()
            },
            ChangeKind::UnfollowedCountry { country },
            ChangeKind::MarkedAllRead {
                articles: receipt.marked
            },
        ]
    );
    overview.undo_change(None).unwrap();
    let followed = overview.publishers(&[]).unwrap();
    assert!(
        followed
            .iter()
            .any(|row| row.id == publisher && row.followed == Some(true))
    );
    overview.undo_change(None).unwrap();
    assert!(
        overview
            .countries()
            .unwrap()
            .iter()
            .any(|row| row.country == country && row.followed)
    );
    overview.undo_change(None).unwrap();
    let unread = list(
        &overview,
        Scope {
            unread: true,
            ..Scope::default()
        },
    );
    assert_eq!(unread.len(), 50);
    assert_eq!(overview.undo_change(None).unwrap_err().code(), "invalid");

    overview.clear_history().unwrap();
    assert!(overview.history(None, 50).unwrap().rows.is_empty());
    assert!(overview.article(read[4]).unwrap().row.state.read);
}
