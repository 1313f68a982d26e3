//! Stories of the sample world, through the whole path: feeds, store, grouping, telling, lists.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::Duration;
use overview_core::model::{
    ArticleId, ArticleQuery, Mark, OverlookedClaim, OverlookedVerdict, PAGE_SIZE_MAX, Scope,
    StoryId, StoryOrder, StoryQuery, StoryRow, StoryScope,
};
use overview_core::sync::SyncRequest;
use overview_core::{Clock as _, Overview};
use overview_sample::edition_texts;
use overview_tests::sample::Sample;
use overview_tests::world::Answer;

/// The sample world in English, its stories found; the article of each of its files.
async fn opened(sample: &Sample) -> (Overview, HashMap<String, ArticleId>) {
    let overview = Overview::open(sample.options()).unwrap();
    let request = SyncRequest {
        fetch_only: true,
        ..SyncRequest::default()
    };
    overview
        .sync(&request, &Default::default(), &|_| ())
        .await
        .unwrap();
    let world = sample.publication.world();
    overview
        .import_translations("sample", edition_texts(&sample.publication, world))
        .await
        .unwrap();
    let ids = articles(&overview, sample);
    (overview, ids)
}

fn articles(overview: &Overview, sample: &Sample) -> HashMap<String, ArticleId> {
    let mut by_url = HashMap::new();
    let mut query = ArticleQuery::default();
    loop {
        let page = overview.articles(&query).unwrap();
        for row in page.rows {
            by_url.insert(row.url.unwrap().to_string(), row.id);
        }
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    let articles = &sample.publication.world().articles;
    articles
        .iter()
        .map(|article| {
            let url = sample.publication.url(article);
            (article.id(), by_url[&url])
        })
        .collect()
}

fn all(overview: &Overview, scope: StoryScope, order: StoryOrder) -> Vec<StoryRow> {
    let mut query = StoryQuery {
        scope,
        order,
        limit: 20,
        ..StoryQuery::default()
    };
    let mut rows = Vec::new();
    loop {
        let page = overview.stories(&query).unwrap();
        // The page before this one ends where this one begins.
        if let Some(previous) = page.previous {
            let before = overview
                .stories(&StoryQuery {
                    before: Some(previous),
                    after: None,
                    ..query.clone()
                })
                .unwrap();
            assert_eq!(before.rows.last(), rows.last());
        } else {
            assert!(rows.is_empty());
        }
        rows.extend(page.rows);
        match page.next {
            Some(next) => query.after = Some(next),
            None => return rows,
        }
    }
}

fn of_country(code: &str) -> StoryScope {
    StoryScope {
        articles: Scope {
            countries: vec![code.parse().unwrap()],
            ..Scope::default()
        },
        ..StoryScope::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_stories_without_an_intruder_and_the_claims_are_where_americans_are_silent() {
    let sample = Sample::open();
    let (overview, ids) = opened(&sample).await;
    let world = sample.publication.world();
    let mut wrong = Vec::new();
    let (mut expected, mut claimed) = (BTreeSet::new(), BTreeSet::new());
    for event in &world.events {
        let members: BTreeSet<ArticleId> = event
            .articles
            .iter()
            .map(|name| ids[&format!("{}/{name}", event.id)])
            .collect();
        let stories: BTreeMap<StoryId, BTreeSet<ArticleId>> = members
            .iter()
            .map(|id| {
                let story = overview.story_of(*id).unwrap();
                let articles = story.articles.iter().map(|telling| telling.row.id);
                (story.id, articles.collect())
            })
            .collect();
        if !event.local && (stories.len() != 1 || stories.values().next() != Some(&members)) {
            let names: Vec<Vec<&str>> = stories
                .values()
                .map(|articles| {
                    let names = ids.iter().filter(|(_, id)| articles.contains(id));
                    names.map(|(name, _)| name.as_str()).collect()
                })
                .collect();
            wrong.push(format!("{}: {names:?}", event.id));
        }
        let american = event.articles.iter().any(|name| {
            let article = world
                .articles
                .iter()
                .find(|article| article.event == event.id && article.name == *name)
                .unwrap();
            world.publisher_of(article).country.as_str() == "US"
        });
        if !american && !event.local {
            expected.insert(event.id.clone());
        }
        let story = overview.story_of(*members.first().unwrap()).unwrap();
        if matches!(
            story.assessment.verdict,
            OverlookedVerdict::Overlooked | OverlookedVerdict::UnderCovered
        ) {
            claimed.insert(event.id.clone());
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(claimed, expected);
    let rows = all(
        &overview,
        StoryScope {
            overlooked: true,
            ..StoryScope::default()
        },
        StoryOrder::Claim,
    );
    assert_eq!(rows.len(), claimed.len());
    assert!(rows.iter().all(|row| row.overlooked.is_some()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_country_has_a_row_a_story_led_by_its_own_article_and_counts_agree() {
    let sample = Sample::open();
    let (overview, _) = opened(&sample).await;
    for country in overview.countries().unwrap() {
        let code = country.country.as_str();
        let rows = all(&overview, of_country(code), StoryOrder::Time);
        assert_eq!(rows.len(), country.stories as usize, "{code}");
        assert_eq!(country.stories, country.unread_stories);
        let stories: BTreeSet<StoryId> = rows.iter().map(|row| row.id).collect();
        assert_eq!(stories.len(), rows.len(), "{code} tells a story twice");
        assert!(rows.iter().all(|row| row.lead.country == country.country));
        assert!(rows.is_sorted_by(|a, b| a.lead.sort_at >= b.lead.sort_at));
        // Reading a lead is what counts a story as read.
        if let Some(first) = rows.first() {
            overview.mark(&[first.lead.id], Mark::Read).unwrap();
            let counted = overview.countries().unwrap();
            let now = counted.iter().find(|it| it.country == country.country);
            assert_eq!(now.unwrap().unread_stories, country.stories - 1);
            let mut unread = of_country(code);
            unread.articles.unread = true;
            assert_eq!(
                all(&overview, unread, StoryOrder::Time).len(),
                rows.len() - 1
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_several_countries_has_each_story_once_and_the_world_begins_with_the_broadest() {
    let sample = Sample::open();
    let (overview, _) = opened(&sample).await;
    let several = StoryScope {
        articles: Scope {
            countries: ["UA", "DE", "FR"].map(|code| code.parse().unwrap()).into(),
            ..Scope::default()
        },
        ..StoryScope::default()
    };
    for scope in [several, StoryScope::default()] {
        let rows = all(&overview, scope, StoryOrder::Time);
        let stories: BTreeSet<StoryId> = rows.iter().map(|row| row.id).collect();
        assert_eq!(stories.len(), rows.len());
        assert!(rows.len() > 20);
    }
    let rows = all(&overview, StoryScope::default(), StoryOrder::Breadth);
    let breadth: Vec<(u32, u32)> = rows
        .iter()
        .map(|row| (row.countries, row.publishers))
        .collect();
    assert!(breadth.is_sorted_by(|a, b| a >= b), "{breadth:?}");
    let world = sample.publication.world();
    let told_by_several = world.events.iter().filter(|event| !event.local).count();
    assert!(rows.len() >= told_by_several, "{}", rows.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn ukraine_as_european_media_tell_it() {
    let sample = Sample::open();
    let (overview, _) = opened(&sample).await;
    let counts = overview.perspectives(&of_country("UA")).unwrap();
    let european = counts
        .iter()
        .find(|count| count.perspective.as_str() == "region:europe")
        .unwrap();
    let mut scope = of_country("UA");
    scope.perspective = Some("region:europe".into());
    let rows = all(&overview, scope, StoryOrder::Time);
    assert_eq!(rows.len(), european.stories as usize);
    assert!(!rows.is_empty());
    for row in &rows {
        let story = overview.story_of(row.lead.id).unwrap();
        let told = |code: &str| {
            let telling = &story.articles;
            telling.iter().any(|it| it.row.country.as_str() == code)
        };
        assert!(told("UA"), "{}", row.lead.title);
        let lead = story.articles.iter().find(|it| it.row.id == row.lead.id);
        let mut labels = lead.unwrap().labels.iter();
        assert!(labels.any(|label| label.perspective.as_str() == "region:europe"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn finding_stories_again_changes_nothing_and_an_old_id_still_opens() {
    let sample = Sample::open();
    let (overview, ids) = opened(&sample).await;
    let again = overview.regroup(&Default::default()).await.unwrap();
    assert_eq!((again.read, again.changed), (0, 0));
    let story = overview.story_of(ids["quiet-seas/the-ferryman"]).unwrap();
    assert_eq!(overview.story(story.id).unwrap(), story);
    assert_eq!(
        overview.story(StoryId(7)).unwrap_err().code(),
        "no_such_story"
    );
    // A day later nothing is new, and stories are older: ids stay for who has a link.
    sample.clock.advance(Duration::hours(26));
    overview.regroup(&Default::default()).await.unwrap();
    let later = overview.story(story.id).unwrap();
    assert_eq!(later.articles.len(), story.articles.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn takes_are_of_other_perspectives_each_once_and_never_copies() {
    let sample = Sample::open();
    let (overview, ids) = opened(&sample).await;
    let mut with_takes = 0;
    for id in ids.values() {
        let story = overview.story_of(*id).unwrap();
        let takes = overview.takes(*id).unwrap();
        assert!(takes.len() <= 8);
        let perspectives: BTreeSet<&str> = takes
            .iter()
            .map(|take| take.label.perspective.as_str())
            .collect();
        assert_eq!(perspectives.len(), takes.len());
        for take in &takes {
            assert_ne!(take.row.id, *id);
            let telling = story.articles.iter().find(|it| it.row.id == take.row.id);
            assert_eq!(telling.unwrap().copy_of, None);
            assert!(!take.first_sentence.is_empty());
            assert!(!take.label.why.is_empty());
        }
        with_takes += usize::from(!takes.is_empty());
    }
    assert!(with_takes > 150, "{with_takes}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_publisher_that_is_switched_off_leads_nothing() {
    let sample = Sample::open();
    let (overview, _) = opened(&sample).await;
    let before = all(&overview, of_country("GB"), StoryOrder::Time);
    let leader = &before.iter().find(|row| row.articles > 1).unwrap().lead;
    let publisher = leader.publisher.clone();
    overview.follow_publisher(&publisher, Some(false)).unwrap();
    let without = all(&overview, of_country("GB"), StoryOrder::Time);
    assert!(without.iter().all(|row| row.lead.publisher != publisher));
    let told_by_others = before.iter().filter(|row| {
        let story = overview.story_of(row.lead.id).unwrap();
        story
            .articles
            .iter()
            .any(|it| it.row.country.as_str() == "GB" && it.row.publisher != publisher)
    });
    assert_eq!(without.len(), told_by_others.count());
    overview.follow_publisher(&publisher, None).unwrap();
    assert_eq!(all(&overview, of_country("GB"), StoryOrder::Time), before);
    let page = StoryQuery {
        limit: PAGE_SIZE_MAX,
        after: Some("1.2.3".parse().unwrap()),
        before: Some("1.2.3".parse().unwrap()),
        ..StoryQuery::default()
    };
    assert_eq!(overview.stories(&page).unwrap_err().code(), "invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_is_withdrawn_in_sight_when_an_american_article_arrives() {
    let sample = Sample::open();
    let (overview, ids) = opened(&sample).await;
    let told = ids["honey-pesticide/el-ombu"];
    let before = overview.story_of(told).unwrap();
    assert_eq!(before.assessment.verdict, OverlookedVerdict::Overlooked);

    // The Saltgrass Courier has it two hours later, in other words under another headline.
    sample.clock.advance(Duration::hours(2));
    let world = sample.publication.world();
    let english = world
        .articles
        .iter()
        .find(|it| it.id() == "honey-pesticide/el-ombu");
    let body = &english.unwrap().translation.as_ref().unwrap().body;
    let courier = world
        .publishers
        .iter()
        .find(|it| it.id == "the-saltgrass-courier")
        .unwrap();
    let feed = sample
        .publication
        .answer(&courier.host(), courier.feed_path())
        .unwrap();
    let feed = String::from_utf8(feed.body).unwrap();
    let item = format!(
        "<item><title>What came to light about jars on the shelf</title>\
         <link>{}</link><guid>late</guid><pubDate>{}</pubDate><description>{}</description></item><item>",
        courier.url("/late"),
        sample.clock.now().to_rfc2822(),
        body.chars()
            .take(1_500)
            .collect::<String>()
            .replace(['<', '&'], " "),
    );
    let site = sample.world.site(&courier.host());
    site.set(
        courier.feed_path(),
        Answer::feed(feed.replacen("<item>", &item, 1)).etag("\"two\""),
    );
    let request = SyncRequest {
        forced: true,
        ..SyncRequest::default()
    };
    overview
        .sync(&request, &Default::default(), &|_| ())
        .await
        .unwrap();

    let after = overview.story_of(told).unwrap();
    let OverlookedVerdict::Withdrawn {
        claim,
        article,
        why,
    } = &after.assessment.verdict
    else {
        panic!("{:#?}", after.assessment);
    };
    assert_eq!(*claim, OverlookedClaim::Overlooked);
    let article = overview.article(article.unwrap()).unwrap();
    assert_eq!(article.row.publisher.as_str(), "the-saltgrass-courier");
    assert!(why.contains("Saltgrass Courier"), "{why}");
    let claims = StoryScope {
        overlooked: true,
        ..StoryScope::default()
    };
    let listed = all(&overview, claims, StoryOrder::Claim);
    assert!(
        listed.iter().all(|row| row.id != after.id),
        "a withdrawn claim is listed as one"
    );

    // It stays withdrawn, and stays visible, when the article leaves the window of its feed.
    sample.clock.advance(Duration::hours(3));
    overview.regroup(&Default::default()).await.unwrap();
    let later = overview.story_of(told).unwrap().assessment;
    assert!(
        matches!(later.verdict, OverlookedVerdict::Withdrawn { .. }),
        "{later:#?}"
    );
}
