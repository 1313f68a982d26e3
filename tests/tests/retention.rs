//! Making room: what goes first, what never goes, and that what went does not come back.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use chrono::Duration;
use overview_core::model::{
    ArticleId, ArticleQuery, ArticleRow, Mark, PictureState, Scope, StorageSettings,
};
use overview_core::pack::PackRequest;
use overview_core::{Clock, Error, Overview};
use overview_tests::newsroom::Newsroom;
use overview_tests::refresh;
use overview_tests::sample::Sample;
use overview_tests::world::feeds::InventedEntry;

fn rows(overview: &Overview, scope: Scope) -> Vec<ArticleRow> {
    let mut query = ArticleQuery {
        scope,
        ..ArticleQuery::default()
    };
    let mut rows = Vec::new();
    loop {
        let page = overview.articles(&query).unwrap();
        rows.extend(page.rows);
        match page.next {
            Some(next) => query.after = Some(next),
            None => return rows,
        }
    }
}

fn titles(overview: &Overview) -> BTreeSet<String> {
    let rows = rows(overview, Scope::default());
    rows.into_iter().map(|row| row.title).collect()
}

fn keep(overview: &Overview, budget_bytes: Option<u64>, age_days: Option<u32>) {
    let settings = StorageSettings {
        budget_bytes,
        age_days,
    };
    overview.set_storage_settings(&settings).unwrap();
    overview.settle().unwrap();
}

/// Publishes some entries of the one publisher, hours later, and fetches them.
async fn publish(newsroom: &Newsroom, overview: &Overview, entries: &[InventedEntry]) -> u32 {
    newsroom.clock.advance(Duration::hours(3));
    let etag = newsroom.clock.now().timestamp().to_string();
    newsroom.publish(0, entries, &etag);
    refresh(overview).await.unwrap().progress.new_articles
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_old_goes_but_not_what_is_saved_or_unread_and_listed() {
    let newsroom = Newsroom::open(1, 0);
    let overview = newsroom.reader();
    let entries = newsroom.entries(0, 12);
    assert_eq!(publish(&newsroom, &overview, &entries).await, 12);
    let id = |place: usize| {
        let rows = rows(&overview, Scope::default());
        rows.iter()
            .find(|row| row.title == entries[place].title)
            .unwrap()
            .id
    };
    // 0 to 3 are read, of which 3 is saved; 4 is saved, 5 hidden. 6 and 7 are listed no more.
    let read: Vec<ArticleId> = (0..4).map(id).collect();
    overview.mark(&read, Mark::Read).unwrap();
    overview.mark(&[id(3), id(4)], Mark::Save).unwrap();
    overview.mark(&[id(5)], Mark::Hide).unwrap();
    let mut listed = entries.clone();
    listed.drain(6..8);
    publish(&newsroom, &overview, &listed).await;
    keep(&overview, None, Some(30));
    assert_eq!(titles(&overview).len(), 11, "nothing is old");

    newsroom.clock.advance(Duration::days(31));
    overview.settle().unwrap();
    let expected: BTreeSet<String> = [3, 4, 8, 9, 10, 11]
        .map(|place: usize| entries[place].title.clone())
        .into();
    assert_eq!(titles(&overview), expected);
    let hidden = Scope {
        hidden: true,
        ..Scope::default()
    };
    assert_eq!(rows(&overview, hidden).len(), 1, "it is unread and listed");
    assert_eq!(overview.doctor().unwrap().damage, None);

    // While the feed lists them, and for a while after, they do not come back.
    let mut changed = listed.clone();
    changed[0].title.push_str(", corrected");
    changed[1].id.push_str("-again");
    assert_eq!(publish(&newsroom, &overview, &changed).await, 0);
    assert_eq!(titles(&overview), expected);
    assert_eq!(publish(&newsroom, &overview, &listed[3..]).await, 0);
    overview.settle().unwrap();
    assert_eq!(publish(&newsroom, &overview, &listed).await, 0);
    assert_eq!(titles(&overview), expected);
    // After long they would, but as read.
    assert_eq!(publish(&newsroom, &overview, &listed[3..]).await, 0);
    newsroom.clock.advance(Duration::days(40));
    overview.settle().unwrap();
    assert_eq!(publish(&newsroom, &overview, &listed).await, 3);
    let unread = Scope {
        unread: true,
        ..Scope::default()
    };
    let unread: BTreeSet<String> = rows(&overview, unread)
        .into_iter()
        .map(|row| row.title)
        .collect();
    assert!(
        listed[..3]
            .iter()
            .all(|entry| !unread.contains(&entry.title))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_open_stays() {
    let newsroom = Newsroom::open(1, 0);
    let overview = newsroom.reader();
    let entries = newsroom.entries(0, 3);
    publish(&newsroom, &overview, &entries).await;
    let ids: Vec<ArticleId> = rows(&overview, Scope::default())
        .iter()
        .map(|row| row.id)
        .collect();
    overview.mark(&ids, Mark::Read).unwrap();
    newsroom.clock.advance(Duration::days(99));
    overview.article(ids[1]).unwrap();
    overview.settle().unwrap();
    let left = rows(&overview, Scope::default());
    assert_eq!(left.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[1]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_takes_the_least_valuable_and_gives_the_room_back() {
    let sample = Sample::open();
    let overview = Overview::open(sample.options()).unwrap();
    refresh(&overview).await.unwrap();
    let packed = PackRequest {
        newest: 3,
        ..PackRequest::default()
    };
    overview
        .pack(&packed, &Default::default(), &|_| ())
        .await
        .unwrap();
    let all = rows(&overview, Scope::default());
    let (ready, plain): (Vec<_>, Vec<_>) = all.iter().partition(|row| row.ready);
    assert!(ready.len() > 2 && plain.len() > 4);
    let ids = |rows: &[&ArticleRow]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
    overview.mark(&ids(&ready), Mark::Read).unwrap();
    overview.mark(&ids(&plain[..4]), Mark::Read).unwrap();
    overview.mark(&[ready[0].id], Mark::Save).unwrap();
    assert!(matches!(
        overview.set_storage_settings(&StorageSettings {
            budget_bytes: Some(StorageSettings::BUDGET_MIN - 1),
            age_days: None
        }),
        Err(Error::Invalid(_))
    ));

    let kept: Vec<_> = pictures(&overview, ready[0].id);
    let gone: Vec<_> = pictures(&overview, ready[1].id);
    drop(overview);
    // Nobody has opened anything yet.
    let overview = Overview::open(sample.options()).unwrap();
    overview.make_room(1).unwrap();
    let left = rows(&overview, Scope::default());
    for row in &plain[..4] {
        assert!(!left.iter().any(|it| it.id == row.id), "{}", row.title);
    }
    for row in &plain[4..] {
        assert!(left.iter().any(|it| it.id == row.id), "{}", row.title);
    }
    assert!(left.iter().any(|it| it.id == ready[0].id));
    assert!(!left.iter().any(|it| it.id == ready[1].id));
    assert!(kept.iter().all(|path| path.exists()));
    assert!(
        gone.iter()
            .all(|path| kept.contains(path) || !path.exists())
    );
    let facts = overview.doctor().unwrap();
    assert_eq!(facts.damage, None);
    assert_eq!(facts.articles as usize, left.len());
    let total: u64 = facts.storage.iter().map(|share| share.bytes).sum();
    assert!(total > 0);
    // Stories are whole: each of those listed opens, and so do its articles.
    for story in overview.stories(&Default::default()).unwrap().rows {
        for article in overview.story(story.id).unwrap().articles {
            overview.article(article.row.id).unwrap();
        }
    }
}

/// The files of an article's pictures.
fn pictures(overview: &Overview, id: ArticleId) -> Vec<std::path::PathBuf> {
    let article = overview.article(id).unwrap();
    let of = |url| match overview.picture(url).unwrap() {
        PictureState::Here { path, .. } => Some(path),
        _ => None,
    };
    article.pictures().into_iter().filter_map(of).collect()
}
