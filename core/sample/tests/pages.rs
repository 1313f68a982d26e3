//! What the core reads from the pages of the sample world is what was written for them.
#![allow(clippy::unwrap_used, clippy::panic)]

use chrono::{DateTime, Utc};
use overview_core::model::{Block, PageArticle, PageVerdict, plain};
use overview_core::page::{PageInput, html_of, read_page};
use overview_sample::{Article, Publication, SampleWorld};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use url::Url;

fn publication() -> Publication {
    let at: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
    Publication::new(SampleWorld::bundled().unwrap(), at)
}

fn read(publication: &Publication, article: &Article) -> PageArticle {
    let url = Url::parse(&publication.url(article)).unwrap();
    let reply = publication
        .answer(url.host_str().unwrap(), url.path())
        .unwrap();
    read_page(&PageInput {
        bytes: &reply.body,
        url: &url,
        content_type: Some(reply.content_type),
    })
}

/// One line of text; French keeps its no-break spaces.
fn line(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// The subheads of a text in CommonMark.
fn subheads(markdown: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => found.extend(heading.take().map(|text| line(&text))),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    found
}

/// Its words, without marks of any kind.
fn words(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::End(_) | Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_page_gives_its_facts_exactly() {
    let publication = publication();
    let world = SampleWorld::bundled().unwrap();
    for article in &world.articles {
        let id = article.id();
        let page = read(&publication, article);
        assert_eq!(page.title, line(&article.title), "{id}");
        let authors: Vec<String> = [line(&article.author)]
            .into_iter()
            .filter(|name| !name.is_empty())
            .collect();
        assert_eq!(page.authors, authors, "{id}");
        assert_eq!(
            page.published_at,
            Some(publication.published_at(article)),
            "{id}"
        );
        assert_eq!(
            page.section.unwrap_or_default(),
            line(&article.section),
            "{id}"
        );
        assert_eq!(
            page.standfirst.unwrap_or_default(),
            line(&article.summary),
            "{id}"
        );
        let publisher = &world.publishers[article.publisher];
        assert_eq!(
            page.language.as_deref(),
            Some(publisher.language.as_str()),
            "{id}"
        );
        let shown = page
            .lead
            .map(|lead| (lead.url.to_string(), plain(&lead.caption)));
        let drawn = article.scene.map(|_| {
            (
                format!("{}.png", publication.url(article)),
                line(&article.caption),
            )
        });
        assert_eq!(shown, drawn, "{id}");
    }
}

#[test]
fn every_page_gives_its_text_and_its_subheads_exactly() {
    let publication = publication();
    let world = SampleWorld::bundled().unwrap();
    for article in &world.articles {
        let id = article.id();
        let page = read(&publication, article);
        let headings: Vec<String> = page
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Heading { runs, .. } => Some(plain(runs)),
                _ => None,
            })
            .collect();
        assert_eq!(headings, subheads(&article.body), "{id}");
        let text: String = overview_core::page::text_of(&page.blocks)
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        assert_eq!(text, words(&article.body), "{id}");
        assert!(
            !page
                .blocks
                .iter()
                .any(|block| matches!(block, Block::Image(_))),
            "the only picture of {id} is the lead"
        );
        assert!(
            matches!(page.verdict, PageVerdict::Full),
            "{id}: {:?}",
            page.verdict
        );
    }
}

/// One article of each layout, with its facts above its blocks: to be read by a person.
#[test]
fn an_article_of_each_layout_as_it_is_read() {
    let publication = publication();
    let world = SampleWorld::bundled().unwrap();
    let mut seen = Vec::new();
    for article in &world.articles {
        let publisher = world.publisher_of(article);
        let layout = format!("{:?}", publisher.layout).to_lowercase();
        let page = read(&publication, article);
        let is_rich = page.blocks.iter().any(|block| {
            matches!(
                block,
                Block::Quote { .. } | Block::List { .. } | Block::Table { .. }
            )
        });
        if seen.contains(&layout) || !is_rich {
            continue;
        }
        let lead = page.lead.as_ref().unwrap();
        let facts = [
            page.title.clone(),
            page.authors.join(", "),
            page.published_at.unwrap().to_rfc3339(),
            page.section.clone().unwrap_or_default(),
            page.language.clone().unwrap_or_default(),
            format!("{} | {} | {}", lead.url, plain(&lead.caption), lead.credit),
        ];
        let text = format!("{}\n\n{}", facts.join("\n"), html_of(&page.blocks));
        insta::assert_snapshot!(layout.clone(), text);
        seen.push(layout);
    }
    assert_eq!(seen.len(), 3, "{seen:?}");
}
