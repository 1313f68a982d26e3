//! JSON Feed of any version, and RSS in JSON.
//!
//! Values are visited as they are read and never built as a tree, whose nodes would take many times
//! the memory of the document. Each item goes to the feed when it is complete, so that the items
//! before a break are kept.

use std::fmt;

use serde::Deserializer as _;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use url::Url;

use crate::dates;
use crate::model::Media;

use super::document::weight;
use super::limits::{MAX_ADDRESS, MAX_BODY, MAX_ENTRIES, MAX_LABELS, MAX_MEDIA, MAX_OUTPUT};
use super::links::{self, Budget};
use super::scope::language_tag;
use super::{Entry, Feed, FeedContext, FeedError, body, hints, people, text};

/// The kinds of value that nothing is made of. A feed with a number where an object should be is
/// still a feed.
macro_rules! others {
    () => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("any value")
        }

        fn visit_bool<E>(self, _: bool) -> Result<(), E> {
            Ok(())
        }

        fn visit_i64<E>(self, _: i64) -> Result<(), E> {
            Ok(())
        }

        fn visit_u64<E>(self, _: u64) -> Result<(), E> {
            Ok(())
        }

        fn visit_f64<E>(self, _: f64) -> Result<(), E> {
            Ok(())
        }

        fn visit_unit<E>(self) -> Result<(), E> {
            Ok(())
        }
    };
}

/// Those and text.
macro_rules! scalars {
    () => {
        fn visit_str<E>(self, _: &str) -> Result<(), E> {
            Ok(())
        }

        others!();
    };
}

/// Those and lists.
macro_rules! tolerant {
    () => {
        fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<(), A::Error> {
            skip_seq(seq)
        }

        scalars!();
    };
}

/// Reads a JSON document.
pub(super) fn parse(document: &str, context: &FeedContext<'_>) -> Result<Feed, FeedError> {
    let feed = read(document, context);
    let sound = feed.as_ref().is_ok_and(|feed| !feed.truncated);
    if sound
        || !document
            .bytes()
            .any(|b| b < 0x20 && !b.is_ascii_whitespace() || b == b'\n')
    {
        return feed;
    }
    // Line breaks and other control characters inside strings, which JSON forbids.
    let clean = document.replace(|c: char| c < ' ', " ");
    match read(&clean, context) {
        Ok(again) if feed.as_ref().map_or(0, |f| f.entries.len()) < again.entries.len() => {
            Ok(again)
        }
        _ => feed,
    }
}

fn read(document: &str, context: &FeedContext<'_>) -> Result<Feed, FeedError> {
    let mut state = State {
        context,
        feed: Feed::default(),
        base: None,
        budget: Budget::default(),
        output: 0,
        items: 0,
        signs: 0,
        items_seen: false,
        inherited: Vec::new(),
        of_rss: false,
    };
    let mut json = serde_json::Deserializer::from_str(document);
    let read = json
        .deserialize_map(Top(&mut state))
        .and_then(|()| json.end());
    let State {
        mut feed,
        signs,
        items_seen,
        inherited,
        ..
    } = state;
    if !items_seen && signs == 0 {
        return Err(FeedError::NotAFeed(match read {
            Ok(()) => "JSON without the marks of a feed".to_owned(),
            Err(error) => format!("JSON that breaks off at line {}", error.line()),
        }));
    }
    if let Err(error) = read {
        if feed.entries.is_empty() && !items_seen {
            let line = error.line();
            return Err(FeedError::NotAFeed(format!(
                "JSON that breaks off at line {line}"
            )));
        }
        feed.truncated = true;
    }
    if inherited.iter().map(String::len).sum::<usize>() <= 512 && !inherited.is_empty() {
        for entry in feed
            .entries
            .iter_mut()
            .filter(|entry| entry.authors.is_empty())
        {
            entry.authors.clone_from(&inherited);
        }
    }
    feed.entries.shrink_to_fit();
    Ok(feed)
}

struct State<'c> {
    context: &'c FeedContext<'c>,
    feed: Feed,
    base: Option<Url>,
    budget: Budget,
    output: usize,
    /// Items so far, blank ones counted.
    items: usize,
    /// How many things said that this is a feed.
    signs: u32,
    items_seen: bool,
    inherited: Vec<String>,
    /// RSS in JSON, whose texts are RSS's.
    of_rss: bool,
}

impl State<'_> {
    fn base(&self) -> &Url {
        self.base.as_ref().unwrap_or(self.context.url)
    }

    fn push(&mut self, raw: RawItem) {
        self.items += 1;
        let entry = self.entry(raw);
        if entry == Entry::default() {
            return;
        }
        self.output += weight(&entry);
        self.feed.entries.push(entry);
    }

    fn is_full(&self) -> bool {
        self.items >= MAX_ENTRIES || self.output > MAX_OUTPUT
    }

    fn entry(&mut self, raw: RawItem) -> Entry {
        let zone = self.context.default_zone;
        let date = |text: Option<String>| text.and_then(|text| dates::parse_date(&text, zone));
        let published = date(raw.published);
        let updated = date(raw.updated);
        let base = self.base().clone();
        let id = raw
            .id
            .map(|id| id.trim().to_owned())
            .filter(|id| !id.is_empty() && id.len() <= MAX_ADDRESS);
        let url = raw
            .url
            .or(raw.external_url)
            .and_then(|url| links::resolve(&url, Some(&base)))
            .or_else(|| {
                id.as_deref()
                    .filter(|id| links::is_absolute(id))
                    .and_then(|id| links::resolve(id, None))
            });
        let body_base = url.as_ref().unwrap_or(&base);
        let mut finish =
            |html: String| body::finish(links::absolute_html(html, body_base, &mut self.budget));
        let html = raw.content_html.and_then(&mut finish);
        let plain = raw
            .content_text
            .and_then(|text| body::finish(text::escape(&text)));
        let summary = raw.summary.and_then(|summary| {
            if self.of_rss || body::looks_like_html(&summary) {
                finish(summary)
            } else {
                body::finish(text::escape(&summary))
            }
        });
        let mut media = Vec::new();
        let mut picture = |address: Option<String>| {
            let url = address.and_then(|address| links::resolve(&address, Some(&base)));
            if let Some(url) = url
                && !media.iter().any(|known: &Media| known.url == url)
            {
                media.push(Media {
                    url,
                    media_type: Some("image/*".to_owned()),
                    width: None,
                    height: None,
                    length: None,
                });
            }
        };
        picture(raw.image);
        picture(raw.banner_image);
        for attachment in raw.attachments {
            let Some(url) = attachment
                .url
                .and_then(|url| links::resolve(&url, Some(&base)))
            else {
                continue;
            };
            if media.len() < MAX_MEDIA && !media.iter().any(|known| known.url == url) {
                media.push(Media {
                    url,
                    media_type: attachment
                        .media_type
                        .map(|t| text::cut(&t, 100).to_ascii_lowercase()),
                    width: None,
                    height: None,
                    length: attachment.length,
                });
            }
        }
        Entry {
            id,
            title: raw.title.as_deref().and_then(text::line_of_html),
            url,
            published: published.or(updated),
            updated,
            authors: raw.authors,
            categories: raw.categories,
            summary,
            content: html.or(plain),
            media,
            language: raw.language.as_deref().and_then(language_tag),
        }
    }
}

/// An item as it is read.
#[derive(Default)]
struct RawItem {
    id: Option<String>,
    title: Option<String>,
    url: Option<String>,
    external_url: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    content_html: Option<String>,
    content_text: Option<String>,
    summary: Option<String>,
    image: Option<String>,
    banner_image: Option<String>,
    language: Option<String>,
    authors: Vec<String>,
    categories: Vec<String>,
    attachments: Vec<RawAttachment>,
}

#[derive(Default)]
struct RawAttachment {
    url: Option<String>,
    media_type: Option<String>,
    length: Option<u64>,
}

/// The outermost object, and the `rss` and `channel` objects of RSS in JSON.
struct Top<'s, 'c>(&'s mut State<'c>);

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = ();

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let state = self.0;
        while let Some(key) = map.next_key_seed(Key)? {
            match key.as_str() {
                "version" => {
                    let version = map.next_value_seed(Scalar)?.unwrap_or_default();
                    if version.contains("jsonfeed.org") {
                        state.signs += 1;
                    }
                }
                "rss" | "channel" => {
                    state.signs += 1;
                    state.of_rss = true;
                    map.next_value_seed(Top(state))?;
                }
                "title" => {
                    let title = map.next_value_seed(Scalar)?;
                    state.feed.title = title.as_deref().and_then(text::line_of_html);
                }
                "home_page_url" | "link" => {
                    let home = map.next_value_seed(Scalar)?;
                    let home = home.and_then(|home| links::resolve(&home, Some(state.context.url)));
                    state.base = home.clone().filter(|url| url.as_str().len() <= 1_024);
                    state.feed.home = home;
                }
                "feed_url" => {
                    state.signs += 1;
                    map.next_value::<IgnoredAny>()?;
                }
                "language" => {
                    let language = map.next_value_seed(Scalar)?;
                    state.feed.language = language.as_deref().and_then(language_tag);
                }
                "ttl" => {
                    let ttl = map.next_value_seed(Scalar)?;
                    state.feed.hints.interval_minutes = ttl.as_deref().and_then(hints::minutes);
                }
                "author" | "authors" => map.next_value_seed(Names(&mut state.inherited))?,
                "items" | "item" => map.next_value_seed(Items(state))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    tolerant!();
}

/// Reads and forgets.
fn skip_seq<'de, A: SeqAccess<'de>>(mut seq: A) -> Result<(), A::Error> {
    while seq.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

/// The list of items, or the one item that is not in a list.
struct Items<'s, 'c>(&'s mut State<'c>);

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = ();

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        self.0.items_seen = true;
        while !self.0.is_full() {
            let mut item = RawItem::default();
            if seq.next_element_seed(Item(&mut item))?.is_none() {
                return Ok(());
            }
            self.0.push(item);
        }
        if seq.next_element::<IgnoredAny>()?.is_some() {
            self.0.feed.truncated = true;
            skip_seq(seq)?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        self.0.items_seen = true;
        let mut item = RawItem::default();
        Item(&mut item).visit_map(map)?;
        if !self.0.is_full() {
            self.0.push(item);
        }
        Ok(())
    }

    scalars!();
}

struct Item<'i>(&'i mut RawItem);

impl<'de> Visitor<'de> for Item<'_> {
    type Value = ();

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let item = self.0;
        while let Some(key) = map.next_key_seed(Key)? {
            let slot = match key.as_str() {
                "id" | "guid" => &mut item.id,
                "title" => &mut item.title,
                "url" | "link" => &mut item.url,
                "external_url" => &mut item.external_url,
                "date_published" | "pubDate" => &mut item.published,
                "date_modified" => &mut item.updated,
                "content_html" | "content:encoded" => &mut item.content_html,
                "content_text" => &mut item.content_text,
                "summary" | "description" => &mut item.summary,
                "image" => &mut item.image,
                "banner_image" => &mut item.banner_image,
                "language" => &mut item.language,
                "author" | "authors" | "dc:creator" => {
                    map.next_value_seed(Names(&mut item.authors))?;
                    continue;
                }
                "tags" | "category" => {
                    map.next_value_seed(Labels(&mut item.categories))?;
                    continue;
                }
                "attachments" | "enclosure" => {
                    map.next_value_seed(Attachments(&mut item.attachments))?;
                    continue;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            *slot = map.next_value_seed(Scalar)?;
        }
        Ok(())
    }

    tolerant!();
}

/// People: an object with a `name`, a line of text, or a list of either.
struct Names<'n>(&'n mut Vec<String>);

impl Names<'_> {
    fn push(&mut self, name: &str) {
        if let Some(line) = text::line_of_html(name).map(|line| people::name_in(&line))
            && self.0.len() < MAX_LABELS
            && !self.0.contains(&line)
        {
            self.0.push(line);
        }
    }
}

impl<'de> Visitor<'de> for Names<'_> {
    type Value = ();

    fn visit_str<E>(mut self, name: &str) -> Result<(), E> {
        self.push(name);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(Key)? {
            if key == "name" || key == "#value" {
                if let Some(name) = map.next_value_seed(Scalar)? {
                    self.push(&name);
                }
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Names(self.0))?.is_some() {}
        Ok(())
    }

    others!();
}

/// Labels: text or a list of texts.
struct Labels<'l>(&'l mut Vec<String>);

impl<'de> Visitor<'de> for Labels<'_> {
    type Value = ();

    fn visit_str<E>(self, label: &str) -> Result<(), E> {
        if let Some(label) = text::line_of_html(label)
            && self.0.len() < MAX_LABELS
            && !self.0.contains(&label)
        {
            self.0.push(label);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(Key)? {
            if key == "#value" {
                map.next_value_seed(Labels(self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Labels(self.0))?.is_some() {}
        Ok(())
    }

    others!();
}

struct Attachments<'a>(&'a mut Vec<RawAttachment>);

impl<'de> Visitor<'de> for Attachments<'_> {
    type Value = ();

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut attachment = RawAttachment::default();
        while let Some(key) = map.next_key_seed(Key)? {
            match key.as_str() {
                "url" => attachment.url = map.next_value_seed(Scalar)?,
                "mime_type" | "type" => attachment.media_type = map.next_value_seed(Scalar)?,
                "size_in_bytes" | "length" => {
                    let length = map.next_value_seed(Scalar)?;
                    attachment.length = length.and_then(|n| n.trim().parse().ok());
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if self.0.len() < MAX_MEDIA {
            self.0.push(attachment);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Attachments(self.0))?.is_some() {}
        Ok(())
    }

    scalars!();
}

/// A text or a number as text. Of an object that RSS in JSON has for an element with attributes,
/// its `#value`; of a list, its first.
struct Scalar;

impl<'de> Visitor<'de> for Scalar {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text::cut(text, MAX_BODY).to_owned()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let first = seq.next_element_seed(Scalar)?.flatten();
        skip_seq(seq)?;
        Ok(first)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut value = None;
        while let Some(key) = map.next_key_seed(Key)? {
            if key == "#value" {
                value = map.next_value_seed(Scalar)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(value)
    }
}

/// The name of a member.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<String, E> {
        // No known name is longer.
        Ok(text::cut(name, 32).to_owned())
    }
}

macro_rules! seeds {
    ($($visitor:ty => $value:ty),+ $(,)?) => {
        $(impl<'de> DeserializeSeed<'de> for $visitor {
            type Value = $value;

            fn deserialize<D: serde::Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<$value, D::Error> {
                deserializer.deserialize_any(self)
            }
        })+
    };
}

seeds! {
    Top<'_, '_> => (),
    Items<'_, '_> => (),
    Item<'_> => (),
    Names<'_> => (),
    Labels<'_> => (),
    Attachments<'_> => (),
    Scalar => Option<String>,
}
