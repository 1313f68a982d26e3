//! OPML 1.0 and 2.0, the lists that readers of feeds give each other: read whatever they look like,
//! and written.
//!
//! The same repair and tokenizer as under feeds, so any bytes give what can be read of them: wrong
//! encodings, bare ampersands, missing ends, HTML in texts. What cannot is told with its reason.
//! Attributes of our own have the prefix `overview:`, which other readers pass over.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write as _;

use serde::Serialize;
use url::Url;

use super::limits::{MAX_ADDRESS, MAX_DOCUMENT, MAX_LINE};
use super::prolog::{self, Entities};
use super::xml::{Reader, Tag, Token};
use super::{plain_text, repair, text};
use crate::encoding;
use crate::model::{CountryCode, Region};

/// Most feeds of one list.
pub const OUTLINES_MAX: usize = 50_000;

/// Most faults that are told.
pub const FAULTS_MAX: usize = 1_000;

/// Most folders inside one another whose names are kept.
const FOLDERS_MAX: usize = 16;

/// A list of feeds as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opml {
    /// In the order of the document, each address once.
    pub outlines: Vec<Outline>,
    /// Countries that an exported list says are followed.
    pub followed: Vec<CountryCode>,
    /// It is one of ours: what is followed in it says so.
    pub ours: bool,
    /// What could not be read, at most [`FAULTS_MAX`].
    pub faults: Vec<OpmlFault>,
    /// The document broke off or has more than is read; this is what stands before that.
    pub truncated: bool,
}

/// A feed of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Plain text; may be empty.
    pub title: String,
    /// Its address.
    pub feed: Url,
    /// The front page of its site, where it is given.
    pub home: Option<Url>,
    /// As written.
    pub language: Option<String>,
    /// The names of the folders it is in, the outermost first.
    pub folders: Vec<String>,
    /// The country that we wrote, of the outline or its folder.
    pub country: Option<CountryCode>,
    /// The id of the publisher that we wrote.
    pub publisher: Option<String>,
    /// Whether we wrote that the publisher is followed.
    pub followed: bool,
}

/// Something in a list that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct OpmlFault {
    /// What it is called there; may be empty.
    pub title: String,
    /// Its address as written; may be empty.
    pub address: String,
    /// Why it could not be read, in a sentence without its end.
    pub why: String,
}

/// Why bytes are not OPML at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpmlError {
    /// No bytes, or only white space.
    #[error("the list is empty")]
    Empty,
    /// Something else.
    #[error("this is no list of feeds (OPML): {0}")]
    NotOpml(String),
    /// Longer than the limit.
    #[error("the list has {bytes} bytes; at most {limit} are read")]
    TooLarge {
        /// Its length.
        bytes: usize,
        /// The most that is read.
        limit: usize,
    },
}

impl OpmlError {
    /// A short word for programs that never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotOpml(_) => "not_opml",
            Self::TooLarge { .. } => "too_large",
        }
    }
}

/// Reads a list.
///
/// # Errors
/// When the bytes are none; a list in which nothing can be read is one without feeds.
pub fn parse(bytes: &[u8]) -> Result<Opml, OpmlError> {
    if bytes.len() > MAX_DOCUMENT {
        return Err(OpmlError::TooLarge {
            bytes: bytes.len(),
            limit: MAX_DOCUMENT,
        });
    }
    // Of no address, so that no country's encoding is guessed.
    let nowhere = Url::parse("https://invalid.invalid/")
        .map_err(|error| OpmlError::NotOpml(error.to_string()))?;
    let decoded = encoding::decode(bytes, None, &nowhere);
    let text = decoded
        .text
        .trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    if text.trim().is_empty() {
        return Err(OpmlError::Empty);
    }
    let body = prolog::skip(text);
    if body.text.is_empty() {
        return Err(OpmlError::NotOpml("it is no XML".to_owned()));
    }
    let repaired = repair::repair(body.text);
    let mut list = List {
        opml: Opml {
            truncated: repaired.cut | decoded.cut,
            ..Opml::default()
        },
        seen: HashSet::new(),
        folders: Vec::new(),
        entities: &body.entities,
    };
    list.read(&repaired.text)?;
    Ok(list.opml)
}

/// A folder that is open, or a feed with its end tag apart.
#[derive(Default)]
struct Folder {
    name: Option<String>,
    country: Option<CountryCode>,
}

struct List<'t> {
    opml: Opml,
    seen: HashSet<Url>,
    folders: Vec<Folder>,
    entities: &'t Entities,
}

impl List<'_> {
    fn read(&mut self, text: &str) -> Result<(), OpmlError> {
        let mut reader = Reader::new(text);
        let mut root: Option<String> = None;
        let mut outlines = false;
        let mut ended = false;
        loop {
            let (tag, empty) = match reader.next() {
                Token::Start { tag, .. } => (tag, false),
                Token::Empty { tag } => (tag, true),
                Token::End { name, .. } => {
                    if is(name, "outline") {
                        self.folders.pop();
                    } else if is(name, "body") {
                        self.folders.clear();
                    }
                    ended |= is(name, "opml");
                    continue;
                }
                Token::Eof => break,
            };
            root.get_or_insert_with(|| tag.name.chars().take(40).collect());
            if !is(tag.name, "outline") {
                continue;
            }
            outlines = true;
            if self.opml.outlines.len() >= OUTLINES_MAX {
                self.opml.truncated = true;
                return Ok(());
            }
            self.outline(tag, empty);
        }
        match root {
            Some(root) if is(&root, "opml") => self.opml.truncated |= !ended,
            // Some lists are sent without what should be around them.
            Some(_) if outlines => {}
            Some(root) => return Err(OpmlError::NotOpml(format!("it begins with <{root}>"))),
            None => return Err(OpmlError::NotOpml("it is no XML".to_owned())),
        }
        Ok(())
    }

    fn outline(&mut self, tag: Tag<'_>, empty: bool) {
        let attribute = |name: &str| tag.attribute(name, self.entities);
        let kind = attribute("type").unwrap_or_default().to_ascii_lowercase();
        let title = attribute("title").or_else(|| attribute("text"));
        let ours = tag
            .attributes()
            .any(|(name, _)| name.starts_with("overview:"));
        self.opml.ours |= ours;
        let title = title.map(|title| line(&title, ours)).unwrap_or_default();
        let address = attribute("xmlUrl").or_else(|| {
            let is_feed = matches!(kind.as_str(), "rss" | "atom" | "feed");
            is_feed.then(|| attribute("url")).flatten()
        });
        let country = attribute("overview:country").and_then(|code| code.trim().parse().ok());
        let followed = attribute("overview:followed").is_some_and(|word| word == "true");
        let Some(address) = address else {
            if kind == "include" {
                let address = attribute("url").unwrap_or_default();
                self.fault(
                    &title,
                    &address,
                    "it stands for another list, which is not fetched",
                );
            } else if empty && country.is_none() {
                self.fault(&title, "", "it names no feed");
            }
            if let (true, Some(country)) = (followed, country)
                && !self.opml.followed.contains(&country)
            {
                self.opml.followed.push(country);
            }
            if !empty {
                self.folders.push(Folder {
                    name: Some(title),
                    country,
                });
            }
            return;
        };
        if let Some(feed) = self.address(&title, &address) {
            let home = attribute("htmlUrl").and_then(|home| web_address(&home).ok());
            let outline = Outline {
                home: home.filter(|home| *home != feed),
                language: attribute("language").map(Cow::into_owned),
                folders: self.path(),
                country: country.or_else(|| {
                    let mut around = self.folders.iter().rev();
                    around.find_map(|folder| folder.country)
                }),
                publisher: attribute("overview:publisher").map(Cow::into_owned),
                followed,
                title,
                feed,
            };
            self.opml.outlines.push(outline);
        }
        if !empty {
            // Its end tag is still to come.
            self.folders.push(Folder::default());
        }
    }

    fn path(&self) -> Vec<String> {
        let names = self.folders.iter().filter_map(|folder| folder.name.clone());
        names
            .filter(|name| !name.is_empty())
            .take(FOLDERS_MAX)
            .collect()
    }

    /// An address that was not there before; what is wrong with it is noted.
    fn address(&mut self, title: &str, written: &str) -> Option<Url> {
        match web_address(written) {
            Ok(url) => self.seen.insert(url.clone()).then_some(url),
            Err(why) => {
                self.fault(title, written, why);
                None
            }
        }
    }

    fn fault(&mut self, title: &str, address: &str, why: &str) {
        if self.opml.faults.len() < FAULTS_MAX {
            self.opml.faults.push(OpmlFault {
                title: title.to_owned(),
                address: text::cut(address, 200).to_owned(),
                why: why.to_owned(),
            });
        }
    }
}

fn is(name: &str, wanted: &str) -> bool {
    let local = name.rsplit(':').next().unwrap_or(name);
    local.eq_ignore_ascii_case(wanted)
}

/// A title: plain text, though other programs write HTML.
fn line(written: &str, ours: bool) -> String {
    let plain = if !ours && written.contains(['<', '&']) {
        plain_text(written)
    } else {
        text::plain(written)
    };
    text::cut(plain.trim(), MAX_LINE).to_owned()
}

fn web_address(written: &str) -> Result<Url, &'static str> {
    let written = written.trim();
    if written.len() > MAX_ADDRESS {
        return Err("its address is too long");
    }
    // Escaped twice.
    let written = written.replace("&amp;", "&");
    let bare = written
        .strip_prefix("feed://")
        .map(|rest| format!("https://{rest}"))
        .or_else(|| written.strip_prefix("feed:").map(str::to_owned))
        .unwrap_or(written);
    let mut url = Url::parse(&bare).map_err(|_| "its address is none")?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err("its address is not one of the web");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("its address holds a user name or password");
    }
    url.set_fragment(None);
    Ok(url)
}

/// A country of a list that is written, with its publishers.
#[derive(Debug, Clone, PartialEq)]
pub struct OpmlCountry {
    /// Which.
    pub code: CountryCode,
    /// Its name.
    pub name: String,
    /// Its region.
    pub region: Region,
    /// Whether it is followed.
    pub followed: bool,
    /// Its feeds.
    pub feeds: Vec<OpmlFeed>,
}

/// A feed of a list that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpmlFeed {
    /// Its publisher's name.
    pub title: String,
    /// Its publisher's id.
    pub publisher: String,
    /// Its address.
    pub feed: Url,
    /// Its publisher's front page.
    pub home: Url,
    /// BCP 47.
    pub language: String,
    /// Whether its publisher is followed by itself.
    pub followed: bool,
}

/// Writes OPML 2.0, a folder for each country.
pub fn write(countries: &[OpmlCountry], created: chrono::DateTime<chrono::Utc>) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <opml version=\"2.0\" \
         xmlns:overview=\"https://github.com/overview-app/overview/docs/opml\">\n  <head>\n",
    );
    let created = created.to_rfc2822();
    let _ = writeln!(out, "    <title>Overview</title>");
    let _ = writeln!(out, "    <dateCreated>{created}</dateCreated>");
    out.push_str("  </head>\n  <body>\n");
    for country in countries {
        out.push_str("    <outline");
        push(&mut out, "text", &country.name);
        push(&mut out, "overview:country", country.code.as_str());
        push(&mut out, "overview:region", country.region.name());
        if country.followed {
            push(&mut out, "overview:followed", "true");
        }
        out.push_str(">\n");
        for feed in &country.feeds {
            out.push_str("      <outline type=\"rss\"");
            push(&mut out, "text", &feed.title);
            push(&mut out, "title", &feed.title);
            push(&mut out, "xmlUrl", feed.feed.as_str());
            push(&mut out, "htmlUrl", feed.home.as_str());
            push(&mut out, "language", &feed.language);
            push(&mut out, "overview:country", country.code.as_str());
            push(&mut out, "overview:publisher", &feed.publisher);
            if feed.followed {
                push(&mut out, "overview:followed", "true");
            }
            out.push_str("/>\n");
        }
        out.push_str("    </outline>\n");
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

fn push(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"");
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            // XML 1.0 has no way to write these.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_list_is_written_as_it_is_read() {
        let country = OpmlCountry {
            code: "UA".parse().unwrap(),
            name: "Ukraine".to_owned(),
            region: Region::Europe,
            followed: true,
            feeds: vec![OpmlFeed {
                title: "A \"quoted\" <paper> & more".to_owned(),
                publisher: "own-dnipro-example".to_owned(),
                feed: "https://dnipro.example/feed?a=1&b=2".parse().unwrap(),
                home: "https://dnipro.example/".parse().unwrap(),
                language: "uk".to_owned(),
                followed: true,
            }],
        };
        let text = write(std::slice::from_ref(&country), chrono::DateTime::UNIX_EPOCH);
        insta::assert_snapshot!(text);
        let read = parse(text.as_bytes()).unwrap();
        assert_eq!(read.followed, [country.code]);
        assert!(read.ours && !read.truncated && read.faults.is_empty());
        let outline = &read.outlines[0];
        assert_eq!(outline.title, "A \"quoted\" <paper> & more");
        assert_eq!(outline.feed, country.feeds[0].feed);
        assert_eq!(outline.country, Some(country.code));
        assert_eq!(outline.folders, ["Ukraine"]);
        assert_eq!(outline.publisher.as_deref(), Some("own-dnipro-example"));
        assert!(outline.followed);
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_list_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = parse(&bytes);
        }

        #[test]
        fn any_title_comes_back(title in "[^\u{0}-\u{1f}\u{7f}-\u{9f}&<\u{fffe}\u{ffff}\\p{Z}]{1,40}") {
            let country = OpmlCountry {
                code: "UA".parse().unwrap(),
                name: "Ukraine".to_owned(),
                region: Region::Europe,
                followed: false,
                feeds: vec![OpmlFeed {
                    title: title.clone(),
                    publisher: "own-a".to_owned(),
                    feed: "https://a.example/".parse().unwrap(),
                    home: "https://a.example/home".parse().unwrap(),
                    language: "en".to_owned(),
                    followed: false,
                }],
            };
            let read = parse(write(&[country], chrono::DateTime::UNIX_EPOCH).as_bytes()).unwrap();
            prop_assert_eq!(&read.outlines[0].title, &title);
        }
    }
}
