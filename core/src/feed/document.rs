//! The structure of an XML feed: containers, items, and what stands in them.
//!
//! One set of rules reads RSS 0.90 to 2.0, RSS 1.1, Atom 0.3 and 1.0 and CDF, since feeds mix them.
//! End tags that are missing or wrong end what they can only have meant to end.

use url::Url;

use super::entry::{self, Fields, Surroundings};
use super::limits::{MAX_CONTAINERS, MAX_ENTRIES, MAX_OUTPUT};
use super::links::{self, Budget};
use super::names::El;
use super::prolog::Entities;
use super::scope::{Field, Scope};
use super::xml::{Content, Reader, Tag, Token};
use super::{Entry, Feed, FeedContext, FeedError, hints};

/// Most elements around the feed's own that are looked into for it.
const MAX_WRAPPERS: usize = 64;

/// Most bytes of the feed's authors that every entry without its own inherits.
const MAX_INHERITED: usize = 512;

/// Reads a repaired document. `html` says that its document type was HTML's.
pub(super) fn parse<'t>(
    text: &'t str,
    entities: &'t Entities,
    html: bool,
    context: &'t FeedContext<'_>,
) -> Result<Feed, FeedError> {
    let mut reader = Reader::new(text);
    let scope = Scope::new(entities, context.url);
    let root = find_root(&mut reader, &scope, html)?;
    let scope = scope.enter(root.tag, true);
    let mut document = Document {
        reader,
        context,
        feed: Feed::default(),
        own: Fields::new(),
        item: Fields::new(),
        containers: Vec::new(),
        base: None,
        budget: Budget::default(),
        output: 0,
        full: false,
        closed: false,
    };
    if root.el == El::Channel {
        document.own.add(Field {
            el: root.el,
            tag: root.tag,
            raw: "",
        });
    }
    if root.el == El::AtomFeed {
        document.feed.language = scope.language.as_deref().map(str::to_owned);
    }
    document.containers.push(Container {
        name: root.tag.name,
        scope: scope.clone(),
    });
    if root.empty {
        document.containers.clear();
    }
    document.run();
    Ok(document.finish(root, &scope))
}

/// The outermost element that is a feed's.
#[derive(Clone, Copy)]
struct Root<'t> {
    tag: Tag<'t>,
    el: El,
    empty: bool,
}

fn find_root<'t>(
    reader: &mut Reader<'t>,
    scope: &Scope<'t>,
    html: bool,
) -> Result<Root<'t>, FeedError> {
    let mut first: Option<&str> = None;
    for _ in 0..MAX_WRAPPERS {
        let token = reader.next();
        let (tag, empty) = match token {
            Token::Start { tag, .. } => (tag, false),
            Token::Empty { tag } => (tag, true),
            Token::End { .. } => continue,
            Token::Eof => break,
        };
        let el = scope.classify_root(tag);
        match el {
            El::Html => return Err(FeedError::Html),
            El::Rss | El::Rdf | El::AtomFeed | El::Channel => return Ok(Root { tag, el, empty }),
            El::Item => {
                // A document of one entry.
                reader.put_back(token);
                return Ok(Root {
                    tag: Tag { name: "", ..tag },
                    el: El::AtomFeed,
                    empty: false,
                });
            }
            _ => {}
        }
        first = first.or(Some(tag.name));
    }
    const OF_PAGES: [&str; 8] = [
        "head", "body", "div", "p", "meta", "script", "title", "table",
    ];
    match first {
        _ if html => Err(FeedError::Html),
        Some(name) if OF_PAGES.iter().any(|page| name.eq_ignore_ascii_case(page)) => {
            Err(FeedError::Html)
        }
        Some(name) => Err(FeedError::NotAFeed(format!(
            "its outermost element is <{name}>"
        ))),
        None => Err(FeedError::NotAFeed("there is no element in it".to_owned())),
    }
}

struct Container<'t> {
    name: &'t str,
    scope: Scope<'t>,
}

struct Document<'t, 'c> {
    reader: Reader<'t>,
    context: &'c FeedContext<'c>,
    feed: Feed,
    /// Elements of the feed itself.
    own: Fields<'t>,
    /// Elements of the item that is being read; kept to spare allocations.
    item: Fields<'t>,
    containers: Vec<Container<'t>>,
    /// What addresses of entries are relative to, known once the first entry begins.
    base: Option<Url>,
    budget: Budget,
    /// Bytes of all entries' strings so far.
    output: usize,
    full: bool,
    /// The feed's own end tag was met. Items behind it still count: some programs append them.
    closed: bool,
}

impl<'t> Document<'t, '_> {
    fn run(&mut self) {
        while let Some(container) = self.containers.last() {
            if self.full {
                self.feed.truncated = true;
                return;
            }
            let scope = container.scope.clone();
            match self.reader.next() {
                Token::Start { tag, end, .. } => {
                    if !self.closed || scope.classify(tag) == El::Item {
                        self.begin(tag, end, &scope);
                    }
                }
                Token::Empty { tag } => {
                    let el = scope.classify(tag);
                    if el == El::Item {
                        self.item.clear();
                        self.close_item(tag, &scope.enter(tag, false));
                    } else if !self.closed {
                        self.feed_field(Field { el, tag, raw: "" }, &scope);
                    }
                }
                Token::End { name, .. } => {
                    // One that closes an outer container closes those inside as well.
                    let open = self
                        .containers
                        .iter()
                        .rposition(|c| c.name.eq_ignore_ascii_case(name));
                    if let Some(open) = open {
                        self.closed |= open == 0;
                        self.containers.truncate(open.max(1));
                    }
                }
                Token::Eof => {
                    // Atom entries as documents have no container that could be closed.
                    self.feed.truncated |=
                        !self.closed && self.containers.iter().any(|c| !c.name.is_empty());
                    return;
                }
            }
        }
    }

    fn begin(&mut self, tag: Tag<'t>, end: usize, scope: &Scope<'t>) {
        let el = scope.classify(tag);
        match el {
            El::Item => self.read_item(tag, scope),
            El::Rss | El::Rdf | El::AtomFeed | El::Channel | El::Items
                if self.containers.len() < MAX_CONTAINERS =>
            {
                if el == El::Channel {
                    self.feed_field(Field { el, tag, raw: "" }, scope);
                }
                self.containers.push(Container {
                    name: tag.name,
                    scope: scope.enter(tag, false),
                });
            }
            _ => {
                let Content { raw, broken_off } = content(
                    &mut self.reader,
                    &self.containers,
                    None,
                    scope,
                    Field { el, tag, raw: "" },
                    end,
                );
                // A title of the feed that is cut off is better than none.
                if !broken_off || el == El::Title {
                    self.feed_field(Field { el, tag, raw }, scope);
                }
            }
        }
    }

    fn feed_field(&mut self, field: Field<'t>, scope: &Scope<'t>) {
        hints::read(&field, scope, &mut self.feed.hints);
        self.own.add(field);
    }

    fn read_item(&mut self, tag: Tag<'t>, outer: &Scope<'t>) {
        let scope = outer.enter(tag, false);
        self.item.clear();
        loop {
            match self.reader.next() {
                Token::Start {
                    tag: inner,
                    start,
                    end,
                } => {
                    let el = scope.classify(inner);
                    if el == El::Item {
                        // The end tag before it is missing.
                        self.reader.put_back(Token::Start {
                            tag: inner,
                            start,
                            end,
                        });
                        return self.close_item(tag, &scope);
                    }
                    let field = Field {
                        el,
                        tag: inner,
                        raw: "",
                    };
                    let Content { raw, broken_off } = content(
                        &mut self.reader,
                        &self.containers,
                        Some(tag.name),
                        &scope,
                        field,
                        end,
                    );
                    if !broken_off {
                        self.item.add(Field { raw, ..field });
                    }
                }
                Token::Empty { tag } => {
                    self.item.add(Field {
                        el: scope.classify(tag),
                        tag,
                        raw: "",
                    });
                }
                Token::End { name, start } => {
                    if name.eq_ignore_ascii_case(tag.name) {
                        return self.close_item(tag, &scope);
                    }
                    if self
                        .containers
                        .iter()
                        .any(|c| c.name.eq_ignore_ascii_case(name))
                    {
                        self.reader.put_back(Token::End { name, start });
                        return self.close_item(tag, &scope);
                    }
                }
                Token::Eof => {
                    self.feed.truncated = true;
                    // Broken off inside: what there is counts if a reader could find it again.
                    let known = self.item.get(El::Guid).is_some()
                        || self.item.link(&scope, self.context.url).is_some();
                    if known && self.item.get(El::Title).is_some() {
                        self.close_item(tag, &scope);
                    }
                    return;
                }
            }
        }
    }

    fn close_item(&mut self, tag: Tag<'t>, scope: &Scope<'t>) {
        if self.feed.entries.len() >= MAX_ENTRIES {
            self.full = true;
            return;
        }
        // An item with nothing in it is a slip of the program that wrote it.
        if self.item.is_empty() && tag.attributes.is_empty() {
            return;
        }
        let base = self.base.get_or_insert_with(|| {
            let outer = self.containers.last().map_or(scope, |c| &c.scope);
            base_of_entries(&self.own, outer, self.context.url)
        });
        let around = Surroundings {
            base,
            zone: self.context.default_zone,
        };
        let entry = entry::build(tag, &self.item, scope, &around, &mut self.budget);
        self.output += weight(&entry);
        self.full = self.output > MAX_OUTPUT;
        self.feed.entries.push(entry);
    }

    fn finish(mut self, root: Root<'t>, scope: &Scope<'t>) -> Feed {
        let mut feed = std::mem::take(&mut self.feed);
        let base = scope.base.as_deref().unwrap_or(self.context.url);
        feed.title = self.own.line(
            &[El::Title, El::DcTitle, El::ItunesTitle, El::MediaTitle],
            scope,
        );
        feed.home = self.own.link(scope, base).or_else(|| {
            // CDF says it on the element, RSS 1.0 may.
            let channel = self
                .own
                .get(El::Channel)
                .map_or(root.tag, |field| field.tag);
            let address = channel
                .attribute("href", scope.entities)
                .or_else(|| channel.attribute("about", scope.entities))?;
            links::resolve(&address, Some(base))
        });
        feed.language = self
            .own
            .language(scope)
            .or(feed.language)
            .or_else(|| scope.language.as_deref().map(str::to_owned));
        if root.el == El::AtomFeed {
            inherit_authors(&mut feed.entries, &self.own.authors(scope));
        }
        feed.entries.shrink_to_fit();
        feed
    }
}

/// What stands in an element of the feed or an item, where a missing end tag is found out by what
/// cannot stand inside.
fn content<'t>(
    reader: &mut Reader<'t>,
    containers: &[Container<'t>],
    item: Option<&'t str>,
    scope: &Scope<'t>,
    field: Field<'t>,
    end: usize,
) -> Content<'t> {
    let simple = is_simple(field.el);
    reader.content(field.tag, end, |token| match token {
        Token::End { name, .. } => {
            item.is_some_and(|item| name.eq_ignore_ascii_case(item))
                || containers.iter().any(|c| c.name.eq_ignore_ascii_case(name))
        }
        Token::Start { tag, .. } => match item {
            Some(item) => {
                tag.name.eq_ignore_ascii_case(item)
                    || (simple && begins_another(scope.prefixes.classify(tag.name)))
            }
            // The first item after an element of the feed that is not closed.
            None => scope.prefixes.classify(tag.name) == El::Item,
        },
        _ => false,
    })
}

/// Elements with a line of text in them, which no other element of a feed can stand in.
fn is_simple(el: El) -> bool {
    matches!(
        el,
        El::Title
            | El::Guid
            | El::PubDate
            | El::Issued
            | El::DcDate
            | El::Created
            | El::Updated
            | El::Modified
            | El::Link
    )
}

/// Elements that begin something else, and that HTML does not have.
fn begins_another(el: El) -> bool {
    matches!(
        el,
        El::Title
            | El::Link
            | El::Guid
            | El::PubDate
            | El::Description
            | El::Encoded
            | El::DcCreator
            | El::DcDate
            | El::Category
            | El::Author
            | El::Enclosure
            | El::Updated
            | El::Content
    )
}

/// What entries' addresses are relative to: the feed's site if it is told in full, else where the
/// document came from.
fn base_of_entries<'t>(own: &Fields<'t>, scope: &Scope<'t>, document: &Url) -> Url {
    if let Some(base) = &scope.base {
        return (**base).clone();
    }
    if let Some(channel) = own.get(El::Channel)
        && let Some(href) = channel.tag.attribute("href", scope.entities)
        && let Some(url) = links::resolve_base(&href, Some(document))
    {
        return url;
    }
    own.has_absolute_link(scope)
        .then(|| own.link(scope, document))
        .flatten()
        .filter(|url| url.as_str().len() <= 1_024)
        .unwrap_or_else(|| document.clone())
}

fn inherit_authors(entries: &mut [Entry], authors: &[String]) {
    if authors.is_empty() || authors.iter().map(String::len).sum::<usize>() > MAX_INHERITED {
        return;
    }
    for entry in entries.iter_mut().filter(|entry| entry.authors.is_empty()) {
        entry.authors = authors.to_vec();
    }
}

/// The bytes of an entry's strings.
pub(super) fn weight(entry: &Entry) -> usize {
    let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let lines = |lines: &[String]| lines.iter().map(|line| line.len() + 24).sum::<usize>();
    text(&entry.id)
        + text(&entry.title)
        + text(&entry.summary)
        + text(&entry.content)
        + entry.url.as_ref().map_or(0, |url| url.as_str().len())
        + lines(&entry.authors)
        + lines(&entry.categories)
        + entry
            .media
            .iter()
            .map(|media| media.url.as_str().len() + 200)
            .sum::<usize>()
}
