//! What a front page says of its site: its name, its language, and where its feeds are.

use url::Url;

use super::address;
use super::article::PageInput;
use super::tag::Tag;
use super::tree::{Tree, squeeze};
use crate::encoding;

/// Links to feeds that are kept, of either sort.
const FEEDS_MAX: usize = 16;

/// Longest name that is kept, in characters.
const NAME_MAX: usize = 100;

/// What a front page says of its site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SitePage {
    /// What the site calls itself.
    pub name: Option<String>,
    /// The language that the page says it is in, as written.
    pub language: Option<String>,
    /// What it tells other sites, such as `en_GB`, as written.
    pub locale: Option<String>,
    /// Feeds that it names for programs (`link rel=alternate`), in its order, those of comments last.
    pub feeds: Vec<Url>,
    /// Addresses of its links for people that look like feeds.
    pub links: Vec<Url>,
}

/// Reads a front page. Never fails; a page that says nothing gives nothing.
pub fn read_site(input: &PageInput<'_>) -> SitePage {
    let decoded = encoding::decode(input.bytes, input.content_type, input.url);
    let tree = Tree::parse(&decoded.text);
    let base = address::base(&tree, input.url);
    let mut site = SitePage::default();
    let mut title = None;
    let mut of_comments = Vec::new();
    for id in 0..tree.len() {
        match tree.tag(id) {
            Some(Tag::Html) => {
                let language = tree
                    .attribute(id, "lang")
                    .filter(|tag| !tag.trim().is_empty());
                site.language = site.language.take().or_else(|| language.map(str::to_owned));
            }
            Some(Tag::Title) if title.is_none() => {
                let text: String = tree.children(id).map(|text| tree.text(text)).collect();
                title = named(&text);
            }
            Some(Tag::Meta) => {
                let name = tree
                    .attribute(id, "property")
                    .or_else(|| tree.attribute(id, "name"))
                    .or_else(|| tree.attribute(id, "http-equiv"));
                let content = tree.attribute(id, "content").unwrap_or_default();
                match name.map(str::to_ascii_lowercase).as_deref() {
                    Some("og:site_name") => site.name = site.name.or_else(|| named(content)),
                    Some("og:locale") if !content.trim().is_empty() => {
                        site.locale = site.locale.or_else(|| Some(content.trim().to_owned()));
                    }
                    Some("content-language") if !content.trim().is_empty() => {
                        let first = content.split(',').next().unwrap_or_default().trim();
                        site.language = site.language.or_else(|| Some(first.to_owned()));
                    }
                    _ => {}
                }
            }
            Some(Tag::Link) if is_alternate(&tree, id) => {
                let url = tree
                    .attribute(id, "href")
                    .and_then(|href| address::resolve(href, &base));
                let title = tree.attribute(id, "title").unwrap_or_default();
                if let Some(url) = url {
                    if is_of_comments(&url, title) {
                        push(&mut of_comments, url);
                    } else {
                        push(&mut site.feeds, url);
                    }
                }
            }
            Some(Tag::A) => {
                let url = tree
                    .attribute(id, "href")
                    .and_then(|href| address::resolve(href, &base));
                if let Some(url) = url.filter(looks_like_a_feed) {
                    push(&mut site.links, url);
                }
            }
            _ => {}
        }
    }
    for url in of_comments {
        push(&mut site.feeds, url);
    }
    let feeds = &site.feeds;
    site.links.retain(|url| !feeds.contains(url));
    site.name = site.name.or(title);
    site
}

fn push(urls: &mut Vec<Url>, url: Url) {
    if urls.len() < FEEDS_MAX && !urls.contains(&url) {
        urls.push(url);
    }
}

/// A line of text that may be a name.
fn named(text: &str) -> Option<String> {
    let text = squeeze(text);
    let text: String = text.trim().chars().take(NAME_MAX).collect();
    (!text.is_empty()).then_some(text)
}

/// A `link` to a feed: the type says so, or `rel=feed`.
fn is_alternate(tree: &Tree, id: usize) -> bool {
    let rel = tree
        .attribute(id, "rel")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let mut words = rel.split_ascii_whitespace();
    if words.clone().any(|word| word == "feed") {
        return true;
    }
    let kind = tree.attribute(id, "type").unwrap_or_default();
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    words.any(|word| word == "alternate")
        && matches!(
            kind.as_str(),
            "application/rss+xml"
                | "application/atom+xml"
                | "application/feed+json"
                | "application/rdf+xml"
                | "application/xml"
                | "text/xml"
                | "text/rss+xml"
        )
}

fn is_of_comments(url: &Url, title: &str) -> bool {
    let title = title.to_lowercase();
    url.path().contains("/comments/") || title.ends_with("comments feed")
}

/// By its last words: `/rss`, `/feed/`, `news.xml`, `?format=atom`.
fn looks_like_a_feed(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    let mut words = path.split(|c: char| !c.is_ascii_alphanumeric());
    let named =
        words.any(|word| matches!(word, "rss" | "rss2" | "atom" | "feed" | "feeds" | "rdf"));
    let query = url.query().unwrap_or_default().to_ascii_lowercase();
    let asked = ["feed=", "format=rss", "format=atom", "type=rss", "rss=1"]
        .iter()
        .any(|sign| query.contains(sign));
    named || asked || path.ends_with(".rss") || path.ends_with("/index.xml")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn read(html: &str) -> SitePage {
        read_site(&PageInput {
            bytes: html.as_bytes(),
            url: &"https://dnipro.example/start".parse().unwrap(),
            content_type: None,
        })
    }

    fn texts(urls: &[Url]) -> Vec<&str> {
        urls.iter().map(Url::as_str).collect()
    }

    #[test]
    fn a_front_page_names_its_feeds_and_itself() {
        let site = read(
            r#"<!doctype html><html lang="uk"><head><title>Головна | Дніпро</title>
            <meta property="og:site_name" content=" Дніпро  сьогодні ">
            <meta property="og:locale" content="uk_UA">
            <link rel="alternate" type="application/rss+xml" title="Comments Feed" href="/comments/feed/">
            <link rel="ALTERNATE" type="application/rss+xml; charset=utf-8" href="/feed/">
            <link rel="alternate" type="application/feed+json" href="feed.json">
            <link rel="alternate" hreflang="en" href="/en">
            <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
            </head><body><a href="/rss">RSS</a><a href="/feed/">again</a>
            <a href="/feedback">no feed</a></body></html>"#,
        );
        assert_eq!(site.name.as_deref(), Some("Дніпро сьогодні"));
        assert_eq!(site.language.as_deref(), Some("uk"));
        assert_eq!(site.locale.as_deref(), Some("uk_UA"));
        assert_eq!(
            texts(&site.feeds),
            [
                "https://dnipro.example/feed/",
                "https://dnipro.example/feed.json",
                "https://dnipro.example/comments/feed/",
            ]
        );
        assert_eq!(texts(&site.links), ["https://dnipro.example/rss"]);
    }

    #[test]
    fn a_page_that_says_nothing_gives_nothing() {
        assert_eq!(read(""), SitePage::default());
        assert_eq!(read("<p>words"), SitePage::default());
        assert_eq!(
            read("<title>Only a title</title>").name.as_deref(),
            Some("Only a title")
        );
    }
}
