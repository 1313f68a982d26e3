use std::fs::File;
use std::io::{BufRead, Read};
use std::ops::Range;
use std::path::Path;

use chrono::{DateTime, SecondsFormat, Utc};
use overview_core::feed::{self, Entry, Feed, FeedContext};
use overview_core::page::{self, PageInput};
use overview_core::story::stance::{self, Polarity};
use overview_core::story::{self, Article, ArticleVector, StoryId};
use serde::Deserialize;
use serde_json::{Value, json};

use super::explain::{Explainer, Input};
use crate::args::{Inspect, InspectFile};
use crate::failure::{Failure, Outcome, Result};
use crate::output::text;
use crate::session::Session;

pub(super) fn run(session: &mut Session, args: &Inspect) -> Result<Outcome> {
    match args {
        Inspect::Feed(args) => inspect_feed(session, args),
        Inspect::Page(args) => inspect_page(session, args),
        Inspect::Html(args) => inspect_html(session, args),
        Inspect::Stories { explain } => inspect_stories(session, *explain),
        Inspect::Stance => inspect_stance(session),
    }
}

/// An article as a line of JSON gives it.
#[derive(Deserialize)]
#[serde(default)]
struct Line {
    id: Value,
    publisher: String,
    country: String,
    language: String,
    published: Option<String>,
    title: String,
    summary: String,
    body: String,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            id: Value::Null,
            publisher: String::new(),
            country: String::new(),
            language: "en".to_owned(),
            published: None,
            title: String::new(),
            summary: String::new(),
            body: String::new(),
        }
    }
}

/// Groups all articles of standard input, of whatever age.
fn inspect_stories(session: &mut Session, explain: bool) -> Result<Outcome> {
    let mut input: Vec<Line> = Vec::new();
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line.map_err(|source| Failure::Io {
            doing: "reading articles".to_owned(),
            source,
        })?;
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(&line).map_err(|error| {
            Failure::Invalid(format!("line {} is not an article: {error}", number + 1))
        })?;
        input.push(line);
    }
    let articles: Vec<Input<'_>> = input.iter().map(Line::input).collect();
    let explainer = match explain {
        true => Some(Explainer::new(session.catalogue()?, &articles, session.now)),
        false => None,
    };
    let vectors: Vec<ArticleVector> = articles
        .iter()
        .enumerate()
        .map(|(at, article)| {
            let family = match &explainer {
                Some(explainer) => explainer.family(at, article.publisher),
                None => article.publisher,
            };
            ArticleVector::read(&Article {
                id: &format!("{at:09}"),
                publisher: article.publisher,
                family,
                language: article.language,
                published: article.published,
                title: article.title,
                summary: article.summary,
                body: article.body,
            })
        })
        .collect();
    let vectors: Vec<&ArticleVector> = vectors.iter().collect();
    let groups = story::group(&vectors, None);
    // As they came: an id may be a number.
    let ids: Vec<Value> = input.iter().map(|line| line.id.clone()).collect();
    let explained = explainer
        .map(|explainer| explainer.explain(&articles, &ids, &vectors, &groups))
        .unwrap_or_default();
    let mut lines = vec![Value::Null; ids.len()];
    for group in groups {
        let Some(&first) = group.first() else {
            continue;
        };
        let id = StoryId::first(&text_of(&ids[first])).to_string();
        for member in group {
            let mut line = json!({ "id": ids[member], "story": id });
            if let (Value::Object(line), Some(Value::Object(more))) =
                (&mut line, explained.get(&member))
            {
                line.extend(more.clone());
            }
            lines[member] = line;
        }
    }
    for line in lines {
        session.out.line(text::json(&line.to_string()))?;
    }
    Ok(Outcome::Done)
}

impl Line {
    fn input(&self) -> Input<'_> {
        Input {
            publisher: &self.publisher,
            country: &self.country,
            language: &self.language,
            published: self.published.as_deref().and_then(time),
            title: &self.title,
            summary: &self.summary,
            body: &self.body,
        }
    }
}

/// RFC 3339, or `None`.
fn time(text: &str) -> Option<DateTime<Utc>> {
    let time = DateTime::parse_from_rfc3339(text).ok()?;
    Some(time.to_utc())
}

fn text_of(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

/// A sentence as a line of JSON gives it.
#[derive(Deserialize)]
struct Sentence {
    #[serde(default)]
    id: Value,
    sentence: String,
    #[serde(default)]
    mention: String,
    from: Option<usize>,
    to: Option<usize>,
}

impl Sentence {
    /// The mention in bytes: at its place in characters, or where its words are first found.
    fn place(&self) -> Option<Range<usize>> {
        let byte = |character: usize| {
            let starts = self.sentence.char_indices().map(|(at, _)| at);
            starts.chain([self.sentence.len()]).nth(character)
        };
        let given = self
            .from
            .zip(self.to)
            .and_then(|(from, to)| Some(byte(from)?..byte(to)?))
            .filter(|given| given.start < given.end);
        let is_mention = |given: &Range<usize>| self.sentence[given.clone()] == self.mention;
        if given.as_ref().is_some_and(is_mention) {
            return given;
        }
        if self.mention.is_empty() {
            return given;
        }
        let start = self.sentence.find(&self.mention);
        let found = start.map(|start| start..start + self.mention.len());
        found.or(given)
    }
}

/// Judges each sentence of standard input.
fn inspect_stance(session: &mut Session) -> Result<Outcome> {
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line.map_err(|source| Failure::Io {
            doing: "reading sentences".to_owned(),
            source,
        })?;
        if line.trim().is_empty() {
            continue;
        }
        let number = number + 1;
        let line: Sentence = serde_json::from_str(&line).map_err(|error| {
            Failure::Invalid(format!("line {number} is not a sentence: {error}"))
        })?;
        let mention = line.place().ok_or_else(|| {
            Failure::Invalid(format!("line {number}: its sentence has no such mention"))
        })?;
        let judgement = stance::judge(&line.sentence, mention);
        let polarity = match judgement.polarity {
            Polarity::Negative => -1,
            Polarity::Neutral => 0,
            Polarity::Positive => 1,
        };
        // Rounded down: what is not confident must not look so.
        let p = (f64::from(judgement.probability) * 1e4).floor() / 1e4;
        session
            .out
            .line(json!({ "id": line.id, "polarity": polarity, "p": p }).to_string())?;
    }
    Ok(Outcome::Done)
}

fn inspect_page(session: &mut Session, args: &InspectFile) -> Result<Outcome> {
    let bytes = read(&args.file)?;
    let content_type =
        header("PAGE_CHARSET").map(|charset| format!("text/html; charset={charset}"));
    let article = page::read_page(&PageInput {
        bytes: &bytes,
        url: &args.url,
        content_type: content_type.as_deref(),
    });
    if session.out.is_json() {
        session.out.value(&article)?;
    } else {
        session.out.line(text::lines(&article.text()))?;
    }
    Ok(Outcome::Done)
}

fn inspect_html(session: &mut Session, args: &InspectFile) -> Result<Outcome> {
    let bytes = read(&args.file)?;
    let blocks = page::read_fragment(&String::from_utf8_lossy(&bytes), &args.url);
    if session.out.is_json() {
        session.out.value(&json!({ "blocks": blocks }))?;
    } else {
        session.out.line(text::lines(&page::html_of(&blocks)))?;
    }
    Ok(Outcome::Done)
}

/// What a header said that came with the file.
fn header(variable: &str) -> Option<String> {
    std::env::var(variable)
        .ok()
        .filter(|value| !value.is_empty())
}

fn inspect_feed(session: &mut Session, args: &InspectFile) -> Result<Outcome> {
    let bytes = read(&args.file)?;
    let content_type = header("FEED_CONTENT_TYPE");
    let context = FeedContext {
        url: &args.url,
        content_type: content_type.as_deref(),
        default_zone: None,
    };
    let feed = feed::parse(&bytes, &context).map_err(|source| Failure::Feed {
        file: args.file.display().to_string(),
        source,
    })?;
    session.out.value(&document(&feed))?;
    Ok(Outcome::Done)
}

/// A file, or standard input.
fn read(file: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map_err(|source| Failure::Io {
        doing: format!("reading {}", file.display()),
        source,
    })?;
    Ok(bytes)
}

fn document(feed: &Feed) -> Value {
    json!({
        "title": feed.title,
        "items": feed.entries.iter().map(item).collect::<Vec<_>>(),
    })
}

fn item(entry: &Entry) -> Value {
    let date =
        |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    let author = (!entry.authors.is_empty()).then(|| entry.authors.join(", "));
    json!({
        "id": entry.id,
        "title": entry.title,
        "url": entry.url,
        "published": date(entry.published),
        "updated": date(entry.updated),
        "author": author,
        "summary": entry.summary,
        "content": entry.content,
    })
}
