//! The sample world is what it says it is.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use overview_core::catalogue::Catalogue;
use overview_core::model::ArticleQuery;
use overview_core::sync::{SyncEnd, SyncRequest};
use overview_core::{OpenOptions, Overview};
use overview_sample::{Article, Broken, Publication, SampleWorld, Server};
use quick_xml::events::Event;

fn noon() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn publication() -> Publication {
    Publication::new(SampleWorld::bundled().unwrap(), noon())
}

#[test]
fn the_manifest_names_every_article_once() {
    let world = SampleWorld::bundled().unwrap();
    let mut named = BTreeSet::new();
    for event in &world.events {
        for name in &event.articles {
            assert!(named.insert(format!("{}/{name}", event.id)), "{name}");
        }
    }
    let there: BTreeSet<String> = world.articles.iter().map(Article::id).collect();
    assert_eq!(named, there);
}

#[test]
fn events_are_told_as_the_manifest_says() {
    let world = SampleWorld::bundled().unwrap();
    for event in &world.events {
        let articles: Vec<&Article> = world
            .articles
            .iter()
            .filter(|article| article.event == event.id)
            .collect();
        let countries: BTreeSet<_> = articles
            .iter()
            .map(|article| world.publisher_of(article).country)
            .collect();
        if event.local {
            assert_eq!(countries.len(), 1, "{}", event.id);
            continue;
        }
        assert!(countries.len() >= 2, "{}: {countries:?}", event.id);
        let american = countries.iter().any(|country| country.as_str() == "US");
        assert_eq!(event.overlooked_by_us, !american, "{}", event.id);
        assert!(american || countries.len() >= 3, "{}", event.id);
        let hours = articles.iter().map(|article| article.hours_ago);
        let (first, last) = (
            hours.clone().fold(f64::MAX, f64::min),
            hours.fold(0.0, f64::max),
        );
        assert!(last - first <= 24.0, "{}: told within a day", event.id);
    }
}

/// Reads to the end as XML, or says where it breaks.
fn well_formed(text: &str) -> Result<(), String> {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut open = 0_i32;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) if open == 0 => return Ok(()),
            Ok(Event::Eof) => return Err("it ends inside an element".to_owned()),
            Ok(Event::Start(tag)) => {
                open += 1;
                for attribute in tag.attributes() {
                    attribute.map_err(|error| error.to_string())?;
                }
            }
            Ok(Event::End(_)) => open -= 1,
            Ok(_) => {}
            Err(error) => return Err(error.to_string()),
        }
    }
}

#[test]
fn feeds_and_pages_are_well_formed_unless_marked_broken() {
    let publication = publication();
    let world = publication.world();
    let text = |host: &str, path: &str| {
        let reply = publication
            .answer(host, path)
            .unwrap_or_else(|| panic!("{host}{path} is there"));
        String::from_utf8(reply.body).unwrap()
    };
    for publisher in &world.publishers {
        let feed = text(&publisher.host(), publisher.feed_path());
        let sound = match publisher.feed {
            overview_sample::Dialect::Json => serde_json::from_str::<serde_json::Value>(&feed)
                .map(drop)
                .map_err(|error| error.to_string()),
            _ => well_formed(&feed),
        };
        match publisher.broken {
            Some(Broken::FeedBareAmpersands | Broken::FeedCutOff) => {}
            _ => assert_eq!(sound, Ok(()), "{}", publisher.id),
        }
    }
    let mut drawn = std::collections::HashSet::new();
    for article in &world.articles {
        let publisher = world.publisher_of(article);
        let page = text(&publisher.host(), &article.path(publisher));
        if publisher.broken == Some(Broken::PageUnclosedTags) {
            assert!(well_formed(&page).is_err(), "{}", article.id());
        } else {
            assert_eq!(well_formed(&page), Ok(()), "{}", article.id());
        }
        // One of each motif: drawing them all takes its time without optimisation.
        if article.scene.is_some_and(|scene| drawn.insert(scene)) {
            let picture = format!("{}.png", article.path(publisher));
            assert!(publication.answer(&publisher.host(), &picture).is_some());
        }
    }
}

/// Plain words of a body.
fn words(markdown: &str) -> String {
    markdown
        .chars()
        .map(|c| if "#>*|-_[]()".contains(c) { ' ' } else { c })
        .collect()
}

#[test]
fn every_article_is_in_the_language_it_says() {
    let world = SampleWorld::bundled().unwrap();
    for article in &world.articles {
        let publisher = world.publisher_of(article);
        let text = words(&article.body);
        let mismatch = overview_core::language::mismatch(&publisher.language, [text.as_str()]);
        assert!(mismatch.is_none(), "{}: {mismatch:?}", article.id());
        // The second detector does not know Ukrainian and takes it for Russian.
        let second = match whichlang::detect_language(&text).three_letter_code() {
            "eng" => "en",
            "deu" => "de",
            "fra" => "fr",
            "spa" => "es",
            "por" => "pt",
            "ara" => "ar",
            "cmn" => "zh",
            "jpn" => "ja",
            "rus" => "uk",
            other => other,
        };
        assert_eq!(second, publisher.language, "{}", article.id());
        match (&article.translation, publisher.language.as_str()) {
            (None, "en") => {}
            (Some(translation), _) => {
                let english = whichlang::detect_language(&words(&translation.body));
                assert_eq!(english, whichlang::Lang::Eng, "{}", article.id());
            }
            (None, language) => panic!("{} is in {language} only", article.id()),
        }
    }
}

#[test]
fn no_real_publisher_is_named() {
    let world = SampleWorld::bundled().unwrap();
    let real = Catalogue::bundled().unwrap();
    // Names of one word ("Mirror", "Independent") occur in any prose.
    let names: Vec<&str> = real
        .publishers()
        .iter()
        .map(|publisher| publisher.name.as_str())
        .filter(|name| name.split_whitespace().count() > 1 || !name.is_ascii())
        .collect();
    for article in &world.articles {
        let english = article.translation.as_ref().map_or("", |t| &t.body);
        for text in [&article.title, &article.summary, &article.body, english] {
            for name in &names {
                assert!(!text.contains(name), "{}: {name}", article.id());
            }
        }
    }
    for publisher in &world.publishers {
        let same = real
            .publishers()
            .iter()
            .find(|other| other.name.eq_ignore_ascii_case(&publisher.name));
        assert_eq!(same, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_read_through_the_real_pipeline() {
    let publication = publication();
    let world = SampleWorld::bundled().unwrap();
    let server = Server::start(publication.clone()).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let overview = Overview::open(OpenOptions {
        catalogue: Some(world.catalogue().unwrap()),
        http: server.client_options(),
        ..OpenOptions::new(dir.path())
    })
    .unwrap();
    let report = overview
        .sync(&SyncRequest::default(), &Default::default(), &|_| ())
        .await
        .unwrap();
    assert_eq!(report.end, SyncEnd::Completed);
    let told: BTreeSet<usize> = world.articles.iter().map(|a| a.publisher).collect();
    let empty = world.publishers.len() - told.len();
    assert_eq!(report.progress.failed as usize, 0, "{report:?} {empty}");
    let mut rows = BTreeMap::new();
    let mut query = ArticleQuery::default();
    loop {
        let page = overview.articles(&query).unwrap();
        for row in page.rows {
            rows.insert(row.url.as_ref().unwrap().to_string(), row);
        }
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    for article in &world.articles {
        let url = publication.url(article);
        let row = rows.get(&url).unwrap_or_else(|| panic!("{url} is stored"));
        let words: Vec<&str> = article.title.split_whitespace().collect();
        assert_eq!(row.title, words.join(" "));
        assert_eq!(row.published_at, Some(publication.published_at(article)));
    }
    assert_eq!(rows.len(), world.articles.len());
}
