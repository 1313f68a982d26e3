//! The rules of stance on 300 news reports that people annotated (BASIL): they fire on none, however
//! bad the news is for whom it is about.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use overview_core::catalogue::Catalogue;
use overview_core::model::{Alignment, ArticleForm, ArticleId, Publisher, Stance};
use overview_core::story::{Article, ArticleVector, Context, Member, Reading, ReadingInput, tell};
use overview_tests::shared;
use serde::Deserialize;
use url::Url;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Report {
    source: String,
    title: String,
    url: String,
    date: String,
    uuid: String,
    triplet_uuid: String,
    main_entities: Vec<String>,
    body_paragraphs: Vec<Vec<String>>,
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "json") {
            found.push(path);
        }
    }
}

/// A report as the rules read it. The publisher is given a declared alignment about everybody, so
/// that one sentence would do.
struct Read {
    story: String,
    publisher: Publisher,
    vector: ArticleVector,
    reading: Reading,
    published: DateTime<Utc>,
}

fn read(report: &Report, like: &Publisher) -> Read {
    let body: Vec<String> = report.body_paragraphs.iter().map(|p| p.join(" ")).collect();
    let body = body.join("\n");
    let mut publisher = like.clone();
    publisher.id = report.source.as_str().into();
    publisher.name.clone_from(&report.source);
    publisher.alignments = report
        .main_entities
        .iter()
        .map(|entity| Alignment {
            entity: entity.clone(),
            stance: Stance::Against,
            source: "made up for this test".to_owned(),
            as_of: "2026-11-01".parse().unwrap(),
        })
        .collect();
    let published = format!("{}T12:00:00Z", report.date).parse().unwrap();
    let url = Url::parse(&report.url).ok();
    let id = format!("{}-{}", report.uuid, report.source);
    Read {
        story: report.triplet_uuid.clone(),
        vector: ArticleVector::read(&Article {
            id: &id,
            publisher: &report.source,
            family: &report.source,
            language: "en",
            published: Some(published),
            title: &report.title,
            summary: "",
            body: &body,
        }),
        reading: Reading::of(&ReadingInput {
            title: &report.title,
            summary: "",
            body: &body,
            language: "en",
            // Some of the set are from blogs of a newspaper, none from its opinion pages.
            url: url.as_ref(),
            categories: &[],
            publisher: &publisher,
        }),
        publisher,
        published,
    }
}

#[test]
fn no_stance_on_three_hundred_news_reports() {
    let Some(folder) = shared::shared("data/stories/basil/articles") else {
        return;
    };
    let catalogue = Catalogue::bundled().unwrap();
    let like = catalogue
        .publishers_of("US".parse().unwrap())
        .first()
        .unwrap();
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    let mut reports: Vec<Read> = paths
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            read(&serde_json::from_str(&text).unwrap(), like)
        })
        .collect();
    assert_eq!(reports.len(), 300);
    for report in &reports {
        assert_eq!(
            report.reading.form,
            ArticleForm::News,
            "{:?}",
            report.vector.id
        );
        assert_eq!(report.reading.remarks, []);
    }
    reports.sort_by(|a, b| (&a.story, &a.vector.id).cmp(&(&b.story, &b.vector.id)));
    let mut stances = 0;
    for story in reports.chunk_by(|a, b| a.story == b.story) {
        let members: Vec<Member<'_>> = story
            .iter()
            .enumerate()
            .map(|(number, report)| Member {
                id: ArticleId(i64::try_from(number).unwrap() + 1),
                publisher: &report.publisher,
                region: overview_core::model::Region::NorthAmerica,
                published: report.published,
                reading: &report.reading,
                vector: &report.vector,
            })
            .collect();
        let told = tell(
            &members,
            &Context {
                watched: &[],
                registry_version: "test",
                american_elsewhere: &|| None,
                earlier: None,
                now: members.last().unwrap().published,
            },
        );
        let rules = told
            .labels
            .iter()
            .flatten()
            .map(|label| label.rule.as_str());
        stances += rules
            .filter(|rule| ["critical", "pro"].contains(rule))
            .count();
    }
    assert_eq!(stances, 0);
}
