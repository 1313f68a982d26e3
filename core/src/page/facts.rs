//! What a page says of its article: JSON-LD first, then OpenGraph and other `meta` elements, then
//! microdata, then what the page shows.

use chrono::{DateTime, Utc};
use serde_json::Value;
use url::Url;

use super::address::resolve;
use super::candidate;
use super::linked_data::{self, each, strings};
use super::tag::Tag;
use super::tree::{NodeId, Tree, squeeze};
use crate::dates;
use crate::model::{Direction, Image};

/// Longest text of a fact, in bytes: more is not a title or a name.
const LINE_MAX: usize = 2_000;

/// Authors that are kept.
const AUTHORS_MAX: usize = 16;

/// Narrowest lead picture whose width is known, in pixels.
const LEAD_WIDTH_MIN: u32 = 200;

/// Everything but the body.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) title: String,
    pub(super) authors: Vec<String>,
    pub(super) published_at: Option<DateTime<Utc>>,
    pub(super) modified_at: Option<DateTime<Utc>>,
    pub(super) section: Option<String>,
    pub(super) language: Option<String>,
    pub(super) direction: Direction,
    pub(super) lead: Option<Image>,
    /// The article in a sentence or two, in each of the ways the page says it.
    pub(super) descriptions: Vec<String>,
    /// The body as JSON-LD has it.
    pub(super) declared_body: Option<String>,
    /// Whether it may be read without paying, where the page says.
    pub(super) is_free: Option<bool>,
    /// The page says that it is an article.
    pub(super) is_article: bool,
    /// The page says that it is a film.
    pub(super) is_video: bool,
    /// The page says that it is a set of pictures, or of other pages.
    pub(super) is_collection: bool,
}

impl Facts {
    pub(super) fn of(tree: &Tree, base: &Url) -> Self {
        let objects = linked_data::objects(tree);
        let null = Value::Null;
        let article = linked_data::article(&objects);
        let data = article.unwrap_or(&null);
        let page = Page::new(tree);
        let h1 = tree
            .find(0, Tag::H1)
            .map(|id| tree.line(id))
            .find(|line| !line.is_empty());
        let publisher = data["publisher"]["name"].as_str().unwrap_or_default();
        let date = |names: &[&str], metas: &[&str], item: &str| {
            let written = names.iter().filter_map(|name| data[*name].as_str());
            let written = written.chain(metas.iter().filter_map(|name| page.meta(name)));
            let shown = page.item(tree, item);
            written
                .map(str::to_owned)
                .chain(shown)
                .find_map(|text| dates::parse_date(&text, None))
        };
        let language = data["inLanguage"]
            .as_str()
            .or_else(|| data["inLanguage"]["alternateName"].as_str())
            .or(page.language.as_deref())
            .or_else(|| page.meta("og:locale"))
            .and_then(language_tag);
        let kind = page
            .meta("og:type")
            .unwrap_or_default()
            .to_ascii_lowercase();
        Self {
            title: title(data, &page, h1),
            authors: authors(tree, data, &page, publisher),
            published_at: date(
                &["datePublished", "dateCreated", "uploadDate"],
                &[
                    "article:published_time",
                    "og:article:published_time",
                    "datePublished",
                    "date",
                    "dc.date",
                    "parsely-pub-date",
                    "sailthru.date",
                    "publish-date",
                    "pubdate",
                ],
                "datePublished",
            )
            .or_else(|| page.shown_time(tree)),
            modified_at: date(
                &["dateModified"],
                &[
                    "article:modified_time",
                    "og:updated_time",
                    "last-modified",
                    "dateModified",
                ],
                "dateModified",
            ),
            section: strings(&data["articleSection"])
                .next()
                .or_else(|| page.meta("article:section"))
                .map(line)
                .filter(|section| !section.is_empty()),
            direction: page.direction.unwrap_or_else(|| {
                language
                    .as_deref()
                    .map_or(Direction::LeftToRight, Direction::of_language)
            }),
            language,
            lead: lead(data, &page, base),
            descriptions: [
                data["description"].as_str(),
                page.meta("og:description"),
                page.meta("description"),
                page.meta("twitter:description"),
            ]
            .into_iter()
            .flatten()
            .map(line)
            .filter(|text| !text.is_empty())
            .collect(),
            declared_body: data["articleBody"].as_str().map(str::to_owned),
            is_free: match &data["isAccessibleForFree"] {
                Value::Bool(free) => Some(*free),
                Value::String(text) => Some(!text.eq_ignore_ascii_case("false")),
                _ => None,
            },
            is_article: article.is_some() || kind == "article",
            is_video: kind.starts_with("video")
                || (article.is_none() && linked_data::has(&objects, "VideoObject")),
            is_collection: article.is_none()
                && ([
                    "CollectionPage",
                    "ImageGallery",
                    "ItemList",
                    "SearchResultsPage",
                ]
                .iter()
                .any(|kind| linked_data::has(&objects, kind))
                    || kind == "website"),
        }
    }
}

/// The parts of a page that facts are read from, found in one walk.
#[derive(Default)]
struct Page {
    /// Name or property in lower case, and content.
    metas: Vec<(String, String)>,
    items: Vec<(String, NodeId)>,
    times: Vec<NodeId>,
    links: Vec<(String, String)>,
    bylines: Vec<NodeId>,
    title: Option<String>,
    language: Option<String>,
    direction: Option<Direction>,
}

impl Page {
    fn new(tree: &Tree) -> Self {
        let mut page = Self::default();
        for id in 0..tree.len() {
            let Some(tag) = tree.tag(id) else { continue };
            match tag {
                Tag::Meta => {
                    let content = tree.attribute(id, "content");
                    let names = ["property", "name", "itemprop"];
                    for name in names.iter().filter_map(|name| tree.attribute(id, name)) {
                        if let Some(content) = content {
                            page.metas
                                .push((name.to_ascii_lowercase(), content.to_owned()));
                        }
                    }
                }
                Tag::Title if page.title.is_none() => {
                    page.title = Some(tree.children(id).map(|text| tree.text(text)).collect());
                }
                Tag::Link => {
                    if let (Some(rel), Some(href)) =
                        (tree.attribute(id, "rel"), tree.attribute(id, "href"))
                    {
                        page.links.push((rel.to_ascii_lowercase(), href.to_owned()));
                    }
                }
                Tag::Time => page.times.push(id),
                Tag::Html | Tag::Body => {
                    page.language = page
                        .language
                        .take()
                        .or_else(|| tree.attribute(id, "lang").map(str::to_owned));
                    page.direction = page.direction.or_else(|| match tree.attribute(id, "dir") {
                        Some(dir) if dir.eq_ignore_ascii_case("rtl") => {
                            Some(Direction::RightToLeft)
                        }
                        Some(dir) if dir.eq_ignore_ascii_case("ltr") => {
                            Some(Direction::LeftToRight)
                        }
                        _ => None,
                    });
                }
                _ => {}
            }
            if tag != Tag::Meta {
                if let Some(item) = tree.attribute(id, "itemprop") {
                    page.items.push((item.to_owned(), id));
                }
                if tree.attribute(id, "rel") == Some("author")
                    || tree.attribute(id, "class").is_some_and(|class| {
                        class.split_ascii_whitespace().any(|name| {
                            matches!(
                                name,
                                "byline" | "author-name" | "byline__name" | "article-author"
                            )
                        })
                    })
                {
                    page.bylines.push(id);
                }
            }
        }
        page
    }

    fn meta(&self, name: &str) -> Option<&str> {
        self.metas
            .iter()
            .find(|(known, content)| known.eq_ignore_ascii_case(name) && !content.trim().is_empty())
            .map(|(_, content)| content.trim())
    }

    /// What an element of microdata says.
    fn item(&self, tree: &Tree, name: &str) -> Option<String> {
        let (_, id) = self.items.iter().find(|(item, _)| item == name)?;
        ["datetime", "content"]
            .iter()
            .find_map(|attribute| tree.attribute(*id, attribute))
            .map(str::to_owned)
            .or_else(|| Some(tree.line(*id)))
    }

    /// The first time that is written for machines.
    fn shown_time(&self, tree: &Tree) -> Option<DateTime<Utc>> {
        self.times
            .iter()
            .filter_map(|id| tree.attribute(*id, "datetime"))
            .find_map(|text| dates::parse_date(text, None))
    }
}

fn title(data: &Value, page: &Page, h1: Option<String>) -> String {
    let told = data["headline"]
        .as_str()
        .or_else(|| page.meta("og:title"))
        .map(line);
    let window = page.title.as_deref().map(line).unwrap_or_default();
    match (told.filter(|title| !title.is_empty()), h1) {
        // The page's own headline, where what it tells others is that with the site's name, or is
        // cut short.
        (Some(told), Some(h1))
            if told.starts_with(h1.as_str())
                || h1.starts_with(told.trim_end_matches(['.', '…'])) =>
        {
            h1
        }
        (Some(told), _) => told,
        (None, Some(h1)) => h1,
        (None, None) => window,
    }
}

fn authors(tree: &Tree, data: &Value, page: &Page, publisher: &str) -> Vec<String> {
    let mut authors = Vec::new();
    for author in each(&data["author"]).chain(each(&data["creator"])) {
        let names = strings(author).chain(strings(&author["name"]));
        names.for_each(|name| add_author(&mut authors, name, publisher));
    }
    if authors.is_empty() {
        const METAS: [&str; 6] = [
            "author",
            "article:author",
            "parsely-author",
            "dc.creator",
            "sailthru.author",
            "byl",
        ];
        let names = METAS
            .iter()
            .filter_map(|name| page.meta(name).map(str::to_owned));
        names
            .chain(page.item(tree, "author"))
            .for_each(|name| add_author(&mut authors, &name, publisher));
    }
    if authors.is_empty()
        && let Some(byline) = page.bylines.first()
    {
        let name = without_by(&tree.line(*byline));
        // A byline with a date, a place and a portrait is not a name.
        if !name.is_empty()
            && name.chars().count() <= 60
            && !name.chars().any(|c| c.is_ascii_digit())
        {
            authors.push(name);
        }
    }
    authors
}

fn add_author(authors: &mut Vec<String>, name: &str, publisher: &str) {
    let name = without_by(&line(name));
    let is_name = !name.is_empty()
        && name.len() <= 200
        && !name.contains("://")
        && !name.eq_ignore_ascii_case(publisher)
        && !authors
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&name));
    if is_name && authors.len() < AUTHORS_MAX {
        authors.push(name);
    }
}

/// `By Jane Doe` is by Jane Doe, in the languages that say it in front.
fn without_by(name: &str) -> String {
    const BY: [&str; 8] = ["By ", "by ", "BY ", "Von ", "Par ", "Por ", "Di ", "De "];
    BY.iter()
        .find_map(|by| name.strip_prefix(by))
        .unwrap_or(name)
        .trim()
        .to_owned()
}

/// The picture that the page shows others.
fn lead(data: &Value, page: &Page, base: &Url) -> Option<Image> {
    let number = |value: &Value| match value {
        Value::Number(number) => number.as_u64().and_then(|n| u32::try_from(n).ok()),
        Value::String(text) => candidate::pixels(text),
        other => other["value"].as_u64().and_then(|n| u32::try_from(n).ok()),
    };
    let shared = page
        .meta("og:image:secure_url")
        .or_else(|| page.meta("og:image"))
        .or_else(|| page.meta("og:image:url"))
        .and_then(|written| resolve(written, base))
        .map(|url| {
            let side = |name| page.meta(name).and_then(candidate::pixels);
            (url, side("og:image:width"), side("og:image:height"))
        });
    let declared = || {
        each(&data["image"])
            .filter_map(|image| {
                let url = image
                    .as_str()
                    .or_else(|| image["url"].as_str())
                    .or_else(|| image["contentUrl"].as_str())?;
                Some((
                    resolve(url, base)?,
                    number(&image["width"]),
                    number(&image["height"]),
                ))
            })
            .max_by_key(|(_, width, _)| *width)
    };
    let other = || {
        page.meta("twitter:image")
            .or_else(|| page.meta("twitter:image:src"))
            .or_else(|| {
                let (_, href) = page.links.iter().find(|(rel, _)| rel == "image_src")?;
                Some(href.as_str())
            })
            .and_then(|written| resolve(written, base))
            .map(|url| (url, None, None))
    };
    let (url, width, height) = shared.or_else(declared).or_else(other)?;
    if width.is_some_and(|width| width < LEAD_WIDTH_MIN) || candidate::is_furniture(&url) {
        return None;
    }
    let alt = page
        .meta("og:image:alt")
        .or_else(|| page.meta("twitter:image:alt"));
    Some(Image {
        alt: alt.map(line).unwrap_or_default(),
        width,
        height,
        ..Image::at(url)
    })
}

/// `de_AT` and `de-AT` are `de-AT`; what is no tag is none.
fn language_tag(written: &str) -> Option<String> {
    let tag = written.trim().replace('_', "-");
    oxilangtag::LanguageTag::parse_and_normalize(&tag)
        .ok()
        .map(|tag| tag.into_inner())
}

/// One line of text. Some publishers escape twice.
fn line(text: &str) -> String {
    let text = &text[..text.floor_char_boundary(LINE_MAX)];
    if text.contains('&') || text.contains('<') {
        squeeze(&Tree::parse(text).line(0))
    } else {
        squeeze(text)
    }
}
