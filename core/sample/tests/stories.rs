//! The sample world told by the rules: which label each telling has, and what is said of American
//! media. The table is a snapshot that people review.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use overview_core::catalogue::Catalogue;
use overview_core::model::{ArticleForm, ArticleId, Evidence, OverlookedVerdict, Region};
use overview_core::story::{
    Article as Text, ArticleVector, Context, Elsewhere, Member, Reading, ReadingInput, Told,
    Watched, Window, tell,
};
use overview_sample::{Publication, SampleWorld};
use pulldown_cmark::{Event, Parser, TagEnd};
use url::Url;

fn noon() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// Paragraphs of plain text, one a line.
fn plain(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(words) | Event::Code(words) => text += &words,
            Event::SoftBreak => text.push(' '),
            Event::HardBreak
            | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => text.push('\n'),
            _ => {}
        }
    }
    text
}

/// An article as the rules read it: English where it was translated.
struct Read {
    /// `EVENT/NAME`.
    id: String,
    number: ArticleId,
    publisher: String,
    published: DateTime<Utc>,
    body: String,
    reading: Reading,
    vector: ArticleVector,
}

struct World {
    catalogue: Catalogue,
    articles: Vec<Read>,
}

impl World {
    fn new() -> Self {
        let world = SampleWorld::bundled().unwrap();
        let catalogue = world.catalogue().unwrap();
        let publication = Publication::new(world.clone(), noon());
        let read = |(number, article): (usize, &overview_sample::Article)| {
            let publisher = world.publisher_of(article);
            let facts = catalogue.publisher(&publisher.id.as_str().into()).unwrap();
            let (title, summary, body, language) = match &article.translation {
                Some(english) => (&english.title, &english.summary, &english.body, "en"),
                None => (
                    &article.title,
                    &article.summary,
                    &article.body,
                    publisher.language.as_str(),
                ),
            };
            let body = plain(body);
            let published = publication.published_at(article);
            let id = article.id();
            let url: Url = publication.url(article).parse().unwrap();
            Read {
                number: ArticleId(i64::try_from(number).unwrap() + 1),
                publisher: publisher.id.clone(),
                published,
                reading: Reading::of(&ReadingInput {
                    title,
                    summary,
                    body: &body,
                    language,
                    url: Some(&url),
                    categories: std::slice::from_ref(&article.section),
                    publisher: facts,
                }),
                vector: ArticleVector::read(&Text {
                    id: &id,
                    publisher: &publisher.id,
                    family: &publisher.id,
                    language,
                    published: Some(published),
                    title,
                    summary,
                    body: &body,
                }),
                id,
                body,
            }
        };
        let articles = world.articles.iter().enumerate().map(read).collect();
        Self {
            catalogue,
            articles,
        }
    }

    fn region(&self, publisher: &overview_core::model::Publisher) -> Region {
        self.catalogue.country(publisher.country).unwrap().region
    }

    /// The articles as grouping puts them together, each story by time.
    fn stories(&self) -> Vec<Vec<&Read>> {
        let mut window = Window::new();
        for article in &self.articles {
            window.add(article.vector.clone());
        }
        let by_id: BTreeMap<&str, &Read> = self
            .articles
            .iter()
            .map(|article| (article.id.as_str(), article))
            .collect();
        let mut stories: Vec<Vec<&Read>> = window
            .regroup(noon(), None)
            .stories
            .iter()
            .map(|story| story.articles.iter().map(|id| by_id[id.as_str()]).collect())
            .collect();
        for story in &mut stories {
            story.sort_by_key(|article| (article.published, article.number));
        }
        stories.sort_by(|a, b| a[0].id.cmp(&b[0].id));
        stories
    }

    fn tell(&self, story: &[&Read], elsewhere: Option<Elsewhere>, now: DateTime<Utc>) -> Told {
        let members: Vec<Member<'_>> = story
            .iter()
            .map(|article| {
                let publisher = self
                    .catalogue
                    .publisher(&article.publisher.as_str().into())
                    .unwrap();
                Member {
                    id: article.number,
                    publisher,
                    region: self.region(publisher),
                    published: article.published,
                    reading: &article.reading,
                    vector: &article.vector,
                }
            })
            .collect();
        let watched: Vec<Watched<'_>> = self
            .catalogue
            .publishers()
            .iter()
            .map(|publisher| Watched {
                publisher,
                region: self.region(publisher),
                is_healthy: true,
            })
            .collect();
        tell(
            &members,
            &Context {
                watched: &watched,
                registry_version: "sample",
                american_elsewhere: &|| elsewhere.clone(),
                earlier: None,
                now,
            },
        )
    }
}

fn is_claim(told: &Told) -> bool {
    matches!(
        told.assessment.verdict,
        OverlookedVerdict::Overlooked | OverlookedVerdict::UnderCovered
    )
}

#[test]
fn each_telling_has_the_label_that_a_reader_expects() {
    let world = World::new();
    let mut table = String::new();
    for story in world.stories().iter().filter(|story| story.len() > 1) {
        let told = world.tell(story, None, noon());
        let actors: Vec<&str> = told.actors.iter().map(|actor| actor.as_str()).collect();
        let place = told.place.map_or("?".to_owned(), |place| place.to_string());
        let event = story[0].id.split('/').next().unwrap();
        writeln!(
            table,
            "{event}: about {}, happens in {place}",
            actors.join(" ")
        )
        .unwrap();
        for (at, article) in story.iter().enumerate() {
            let names: Vec<&str> = told.labels[at].iter().map(|l| l.name.as_str()).collect();
            let label = names.first().copied().unwrap_or("-");
            let chips = names.iter().skip(1).copied().collect::<Vec<_>>().join(", ");
            let copy = told.copy_of[at].map_or(String::new(), |original| {
                let original = story.iter().find(|one| one.number == original).unwrap();
                format!(" = {}", original.publisher)
            });
            let name = article.id.split('/').nth(1).unwrap();
            writeln!(table, "  {name}{copy}: {label} [{chips}]").unwrap();
        }
        writeln!(table, "  {}", told.assessment.text).unwrap();
    }
    insta::assert_snapshot!(table);
}

#[test]
fn quoted_sentences_stand_in_the_article() {
    let world = World::new();
    let mut quoted = 0;
    for story in world.stories() {
        let told = world.tell(&story, None, noon());
        for (article, labels) in story.iter().zip(&told.labels) {
            for evidence in labels.iter().flat_map(|label| &label.evidence) {
                if let Evidence::Sentence { text, probability } = evidence {
                    assert!(
                        article.body.contains(text.as_str()),
                        "{}: {text}",
                        article.id
                    );
                    assert!(*probability >= 0.8);
                    quoted += 1;
                }
            }
        }
    }
    assert!(quoted > 0);
}

/// A stance is said of comment alone, and both sides of it are there.
#[test]
fn comment_is_labelled_by_whom_it_is_for_and_against() {
    let world = World::new();
    let mut found = BTreeMap::new();
    for story in world.stories() {
        let told = world.tell(&story, None, noon());
        for (article, labels) in story.iter().zip(&told.labels) {
            if let Some(first) = labels.first()
                && ["critical", "pro"].contains(&first.rule.as_str())
            {
                assert_ne!(article.reading.form, ArticleForm::News);
                found.insert(article.id.as_str(), first.name.as_str().to_owned());
            }
        }
    }
    let expected = [
        ("quiet-seas/open-lantern-opinion", "Pro-Arkwell Perspective"),
        (
            "quiet-seas/prairie-bell-opinion",
            "Critical of Arkwell's Approach",
        ),
        (
            "solar-tariff/open-lantern-opinion",
            "Critical of Whitcombe's Approach",
        ),
        (
            "solar-tariff/prairie-bell-opinion",
            "Pro-Whitcombe Perspective",
        ),
    ];
    let expected = expected.map(|(article, label)| (article, label.to_owned()));
    assert_eq!(found, BTreeMap::from(expected));
}

#[test]
fn claims_are_where_no_american_publisher_has_it_and_nowhere_else() {
    let world = World::new();
    let now = noon();
    for story in world.stories() {
        let told = world.tell(&story, None, now);
        let american = |article: &&&Read| {
            let publisher = world
                .catalogue
                .publisher(&article.publisher.as_str().into());
            publisher.unwrap().country.as_str() == "US"
        };
        let is_silent = story.len() > 1 && !story.iter().any(|article| american(&article));
        assert_eq!(is_claim(&told), is_silent, "{}", story[0].id);
    }
}
