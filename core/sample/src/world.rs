//! What there is: read once from the files that are compiled in.

use std::sync::{Arc, OnceLock};

use include_dir::{Dir, include_dir};
use overview_core::catalogue::Country;
use overview_core::model::{CountryCode, Ownership, PublisherKind};
use serde::Deserialize;

use crate::picture::Scene;

static ARTICLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/articles");
const PUBLISHERS: &str = include_str!("../publishers.toml");
const MANIFEST: &str = include_str!("../manifest.toml");

/// A file of the sample world that cannot be read. The tests read them all, so that no shipped
/// library meets one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("reading the sample world's {file}: {reason}")]
pub struct SampleError {
    /// Which file.
    pub file: String,
    /// What is wrong with it.
    pub reason: String,
}

impl SampleError {
    pub(crate) fn new(file: impl Into<String>, reason: impl ToString) -> Self {
        Self {
            file: file.into(),
            reason: reason.to_string(),
        }
    }
}

/// How a publisher's feed is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    /// RSS 2.0.
    #[default]
    Rss,
    /// Atom 1.0.
    Atom,
    /// JSON Feed 1.1.
    Json,
    /// RSS 1.0.
    Rdf,
}

/// What a feed carries of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// All of it.
    #[default]
    Full,
    /// Its summary; the rest is on the page.
    Summary,
}

/// How a publisher's article pages are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// An `article` element with everything in its place.
    #[default]
    Article,
    /// Nested `div` elements with telling classes, and much around them.
    Story,
    /// A `main` element with little else.
    Plain,
}

/// What is deliberately wrong with a publisher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Broken {
    /// Ampersands in the feed are not escaped.
    FeedBareAmpersands,
    /// The feed ends in the middle of its last entry.
    FeedCutOff,
    /// Paragraphs of the pages are not closed.
    PageUnclosedTags,
}

/// An invented publisher.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publisher {
    /// Its slug; its host is this and `.example`.
    pub id: String,
    /// As it writes itself.
    pub name: String,
    /// Its country, which is real.
    pub country: CountryCode,
    /// Of all its articles, BCP 47.
    pub language: String,
    /// What it mainly is.
    pub kind: PublisherKind,
    /// Who owns it.
    pub ownership: Ownership,
    /// How its feed is written.
    #[serde(default)]
    pub feed: Dialect,
    /// What its feed carries.
    #[serde(default)]
    pub body: Body,
    /// How its pages are built.
    #[serde(default)]
    pub layout: Layout,
    /// What is deliberately wrong with it.
    #[serde(default)]
    pub broken: Option<Broken>,
    /// Its manner, for whoever writes for it.
    pub about: String,
}

impl Publisher {
    /// Where it is published.
    pub fn host(&self) -> String {
        format!("{}.example", self.id)
    }

    /// The address of a path on that host.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host())
    }

    /// Where its feed is on that host.
    pub fn feed_path(&self) -> &'static str {
        match self.feed {
            Dialect::Rss => "/rss.xml",
            Dialect::Atom => "/atom.xml",
            Dialect::Json => "/feed.json",
            Dialect::Rdf => "/index.rdf",
        }
    }
}

/// What an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A report.
    News,
    /// Somebody's view.
    Opinion,
    /// An explanation by the publisher's own journalists.
    Analysis,
    /// A page that grows entry by entry, the newest first.
    Live,
    /// Several unrelated events in a few lines each.
    Digest,
    /// An article that was wrong, put right.
    Correction,
    /// An office's statement, printed as it is.
    Official,
}

/// One event and who tells it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Its slug: the folder of its articles.
    pub id: String,
    /// What happened, in English.
    pub title: String,
    /// Told by publishers of three countries or more, none of them American.
    #[serde(default)]
    pub overlooked_by_us: bool,
    /// Of interest in one place only.
    #[serde(default)]
    pub local: bool,
    /// Its articles, by file name without ending.
    pub articles: Vec<String>,
    /// What a reader of its articles would have to notice.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// The English of an article in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// Headline.
    pub title: String,
    /// Summary.
    pub summary: String,
    /// Section.
    pub section: String,
    /// What the picture shows.
    pub caption: String,
    /// Body, CommonMark, block for block as the original.
    pub body: String,
}

/// One publisher's piece.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Its event.
    pub event: String,
    /// Its file name without ending.
    pub name: String,
    /// Index of its publisher in [`SampleWorld::publishers`].
    pub publisher: usize,
    /// What it is.
    pub form: Form,
    /// Headline.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Empty where it is unsigned.
    pub author: String,
    /// As the publisher names it.
    pub section: String,
    /// How long before the moment of publication it appeared.
    pub hours_ago: f64,
    /// What its picture shows, if it has one.
    pub scene: Option<Scene>,
    /// The same in words.
    pub caption: String,
    /// Body, CommonMark.
    pub body: String,
    /// Printed word for word from this article (`EVENT/NAME`).
    pub copy_of: Option<String>,
    /// Its English, where it is in another language.
    pub translation: Option<Translation>,
}

impl Article {
    /// `EVENT/NAME`.
    pub fn id(&self) -> String {
        format!("{}/{}", self.event, self.name)
    }

    /// Where it is on its publisher's host.
    pub fn path(&self, publisher: &Publisher) -> String {
        let event = self.event.trim_start_matches("local-");
        match self.name.strip_prefix(publisher.id.as_str()) {
            Some("") | None => format!("/{event}"),
            Some(suffix) => format!("/{event}/{}", suffix.trim_start_matches('-')),
        }
    }
}

/// The publishers, the events and the articles.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleWorld {
    /// Those that the bundled catalogue does not have.
    pub countries: Vec<Country>,
    /// By country, as the file has them.
    pub publishers: Vec<Publisher>,
    /// As the manifest has them.
    pub events: Vec<Event>,
    /// By event and name.
    pub articles: Vec<Article>,
}

impl SampleWorld {
    /// The world that is compiled in, read once.
    ///
    /// # Errors
    /// The first file that is not as it should be.
    pub fn bundled() -> Result<Arc<Self>, SampleError> {
        static WORLD: OnceLock<Result<Arc<SampleWorld>, SampleError>> = OnceLock::new();
        WORLD.get_or_init(|| Self::read().map(Arc::new)).clone()
    }

    fn read() -> Result<Self, SampleError> {
        let Publishers { country, publisher } = read_toml("publishers.toml", PUBLISHERS)?;
        let Manifest { event } = read_toml("manifest.toml", MANIFEST)?;
        let mut articles = Vec::new();
        for folder in ARTICLES.dirs() {
            for file in folder.files() {
                let path = file.path().to_string_lossy().replace('\\', "/");
                let Some(id) = path.strip_suffix(".md") else {
                    return Err(SampleError::new(path, "only .md files belong here"));
                };
                if !id.ends_with(".en") {
                    articles.push(article(id, &publisher)?);
                }
            }
        }
        articles.sort_by(|a: &Article, b| (&a.event, &a.name).cmp(&(&b.event, &b.name)));
        fill_copies(&mut articles)?;
        Ok(Self {
            countries: country,
            publishers: publisher,
            events: event,
            articles,
        })
    }

    /// The publisher of an article.
    pub fn publisher_of(&self, article: &Article) -> &Publisher {
        // `article` looked it up, so that it is there.
        &self.publishers[article.publisher]
    }
}

#[derive(Deserialize)]
struct Publishers {
    #[serde(default)]
    country: Vec<Country>,
    publisher: Vec<Publisher>,
}

#[derive(Deserialize)]
struct Manifest {
    event: Vec<Event>,
}

/// Between the two `+++` lines of an article.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    publisher: String,
    form: Form,
    title: String,
    summary: String,
    hours_ago: f64,
    #[serde(default)]
    author: String,
    #[serde(default)]
    section: String,
    #[serde(default)]
    scene: String,
    #[serde(default)]
    caption: String,
    copy_of: Option<String>,
}

/// The same of a translation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TranslatedFront {
    title: String,
    summary: String,
    section: String,
    caption: String,
}

fn article(id: &str, publishers: &[Publisher]) -> Result<Article, SampleError> {
    let file = format!("articles/{id}.md");
    let fail = |reason: String| SampleError::new(&file, reason);
    let (event, name) = id.split_once('/').ok_or_else(|| fail("no event".into()))?;
    let (front, body): (Front, String) = text(&format!("{id}.md"))?;
    let publisher = publishers
        .iter()
        .position(|publisher| publisher.id == front.publisher)
        .ok_or_else(|| fail(format!("no publisher {}", front.publisher)))?;
    let scene = match front.scene.as_str() {
        "" => None,
        scene => Some(scene.parse().map_err(fail)?),
    };
    let translation = match publishers.get(publisher) {
        Some(publisher) if publisher.language != "en" => {
            let (front, body): (TranslatedFront, String) = text(&format!("{id}.en.md"))?;
            Some(Translation {
                title: front.title,
                summary: front.summary,
                section: front.section,
                caption: front.caption,
                body,
            })
        }
        _ => None,
    };
    Ok(Article {
        event: event.to_owned(),
        name: name.to_owned(),
        publisher,
        form: front.form,
        title: front.title,
        summary: front.summary,
        author: front.author,
        section: front.section,
        hours_ago: front.hours_ago,
        scene,
        caption: front.caption,
        body,
        copy_of: front.copy_of,
        translation,
    })
}

/// Front matter and the text behind it.
fn text<T: for<'de> Deserialize<'de>>(path: &str) -> Result<(T, String), SampleError> {
    let file = format!("articles/{path}");
    let text = ARTICLES
        .get_file(path)
        .and_then(|file| file.contents_utf8())
        .ok_or_else(|| SampleError::new(&file, "it is absent"))?;
    let (front, body) = text
        .strip_prefix("+++\n")
        .and_then(|text| text.split_once("\n+++"))
        .ok_or_else(|| SampleError::new(&file, "it has no front matter between +++ lines"))?;
    Ok((read_toml(&file, front)?, body.trim().to_owned()))
}

fn read_toml<T: for<'de> Deserialize<'de>>(file: &str, text: &str) -> Result<T, SampleError> {
    toml::from_str(text).map_err(|error| SampleError::new(file, error))
}

/// Gives copies the words, the picture and the section of what they copy.
fn fill_copies(articles: &mut [Article]) -> Result<(), SampleError> {
    for place in 0..articles.len() {
        let Some(of) = articles[place].copy_of.clone() else {
            continue;
        };
        let Some(original) = articles.iter().find(|article| article.id() == of).cloned() else {
            return Err(SampleError::new(
                articles[place].id(),
                format!("no article {of} to copy"),
            ));
        };
        let copy = &mut articles[place];
        copy.body = original.body;
        if copy.section.is_empty() {
            copy.section = original.section;
        }
        if copy.scene.is_none() {
            copy.scene = original.scene;
            copy.caption = original.caption;
        }
    }
    Ok(())
}
