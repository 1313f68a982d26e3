//! The elements of an item to an entry.

use chrono::{DateTime, FixedOffset, Utc};
use url::Url;

use super::Entry;
use super::body;
use super::limits::{MAX_ADDRESS, MAX_LABELS, MAX_LINE, MAX_MEDIA};
use super::links::{self, Budget};
use super::media;
use super::names::El;
use super::people;
use super::scope::{Field, Scope, children, language_tag};
use super::text;
use super::xml::Tag;
use crate::dates;

/// Most links of an item or feed that are looked at.
const MAX_LINKS: usize = 32;

/// Collects what an item or a feed consists of. Nothing is decoded before it is asked for, so
/// elements repeated a million times cost next to nothing.
#[derive(Debug)]
pub(super) struct Fields<'t> {
    first: [Option<Field<'t>>; El::COUNT],
    links: Vec<Field<'t>>,
    authors: Vec<Field<'t>>,
    categories: Vec<Field<'t>>,
    media: Vec<Field<'t>>,
    empty: bool,
}

impl<'t> Fields<'t> {
    pub(super) fn new() -> Self {
        Fields {
            first: [None; El::COUNT],
            links: Vec::new(),
            authors: Vec::new(),
            categories: Vec::new(),
            media: Vec::new(),
            empty: true,
        }
    }

    pub(super) fn clear(&mut self) {
        if self.empty {
            return;
        }
        self.first.fill(None);
        self.links.clear();
        self.authors.clear();
        self.categories.clear();
        self.media.clear();
        self.empty = true;
    }

    /// Whether nothing that means something was added.
    pub(super) fn is_empty(&self) -> bool {
        self.empty
    }

    pub(super) fn add(&mut self, field: Field<'t>) {
        if field.el == El::Unknown || field.is_blank() {
            return;
        }
        self.empty = false;
        let (list, limit) = match field.el {
            El::Link => (&mut self.links, MAX_LINKS),
            El::Author | El::DcCreator | El::ItunesAuthor => (&mut self.authors, MAX_LABELS),
            El::Category => (&mut self.categories, MAX_LABELS),
            El::Enclosure
            | El::ItunesImage
            | El::Image
            | El::MediaGroup
            | El::MediaContent
            | El::MediaThumbnail => (&mut self.media, MAX_MEDIA),
            _ => {
                let slot = &mut self.first[field.el as usize];
                // A blank one does not stand in the way of the next.
                if slot
                    .as_ref()
                    .is_none_or(|known| known.raw.trim().is_empty())
                {
                    *slot = Some(field);
                }
                return;
            }
        };
        if list.len() < limit {
            list.push(field);
        }
    }

    pub(super) fn get(&self, el: El) -> Option<&Field<'t>> {
        self.first[el as usize].as_ref()
    }

    /// The plain text of the first of several elements that has some.
    pub(super) fn line(&self, els: &[El], scope: &Scope<'_>) -> Option<String> {
        els.iter()
            .filter_map(|el| self.get(*el))
            .find_map(|field| body::title(field, scope))
    }

    /// The date of the first of several elements that has a readable one.
    pub(super) fn date(
        &self,
        els: &[El],
        scope: &Scope<'_>,
        zone: Option<FixedOffset>,
    ) -> Option<DateTime<Utc>> {
        els.iter()
            .filter_map(|el| self.get(*el))
            .find_map(|field| dates::parse_date(&field.text(scope)?, zone))
    }

    pub(super) fn language(&self, scope: &Scope<'_>) -> Option<String> {
        self.get(El::Language)
            .and_then(|field| language_tag(&field.text(scope)?))
    }

    /// The best link to a page. RSS gives an address as text, Atom in an attribute; the first of
    /// the best kind counts.
    pub(super) fn link(&self, scope: &Scope<'t>, base: &Url) -> Option<Url> {
        let mut best: Option<(u8, Url)> = None;
        for field in &self.links {
            let (rank, address) = match field.tag.attribute("href", scope.entities) {
                Some(address) => match link_rank(field, scope) {
                    Some(rank) => (rank, address.into_owned()),
                    None => continue,
                },
                None => match field.text(scope) {
                    Some(address) => (0, address),
                    None => continue,
                },
            };
            if best.as_ref().is_some_and(|(known, _)| *known <= rank) {
                continue;
            }
            let own = field.scope(scope);
            let base = own.base.as_deref().unwrap_or(base);
            if let Some(url) = links::resolve(&address, Some(base)) {
                best = Some((rank, url));
            }
        }
        best.map(|(_, url)| url)
    }

    /// The address of the site as written, if it stands on its own.
    pub(super) fn has_absolute_link(&self, scope: &Scope<'t>) -> bool {
        self.links
            .iter()
            .any(|field| match field.tag.attribute("href", scope.entities) {
                Some(address) => link_rank(field, scope).is_some() && links::is_absolute(&address),
                None => field
                    .text(scope)
                    .is_some_and(|address| links::is_absolute(&address)),
            })
    }

    /// The names of those who wrote it.
    pub(super) fn authors(&self, scope: &Scope<'t>) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let of = |els: &[El]| {
            self.authors
                .iter()
                .filter(|field| els.contains(&field.el))
                .filter_map(|field| people::name(field, scope))
                .collect::<Vec<_>>()
        };
        let mut found = of(&[El::Author, El::DcCreator]);
        if found.is_empty() {
            found = of(&[El::ItunesAuthor]);
        }
        // A name says more than an address, whichever stands first.
        if found.iter().any(|name| !name.contains('@')) {
            found.retain(|name| !name.contains('@'));
        }
        for name in found {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn categories(&self, scope: &Scope<'_>) -> Vec<String> {
        let mut labels: Vec<String> = Vec::new();
        for field in &self.categories {
            let attribute = |name| {
                let value = field.tag.attribute(name, scope.entities)?;
                text::line_of_html(&value)
            };
            let label = attribute("label")
                .or_else(|| field.line(scope))
                .or_else(|| attribute("term"));
            if let Some(label) = label
                && !labels.contains(&label)
            {
                labels.push(label);
            }
        }
        labels
    }
}

/// How good a link with an address is as the page of an entry; `None` if it is none.
fn link_rank(field: &Field<'_>, scope: &Scope<'_>) -> Option<u8> {
    let rel = field.tag.attribute("rel", scope.entities);
    let rel = rel.as_deref().map_or("alternate", str::trim);
    let rel = rel.rsplit('/').next().unwrap_or(rel);
    if !rel
        .split_ascii_whitespace()
        .any(|r| r.eq_ignore_ascii_case("alternate"))
    {
        return None;
    }
    let kind = field.tag.attribute("type", scope.entities);
    let page = kind.is_none_or(|kind| kind.to_ascii_lowercase().contains("html"));
    Some(if page { 1 } else { 2 })
}

/// What an entry takes from around it.
pub(super) struct Surroundings<'f> {
    /// What its addresses are relative to where no `xml:base` says otherwise.
    pub(super) base: &'f Url,
    pub(super) zone: Option<FixedOffset>,
}

/// Builds the entry of an item whose elements are collected.
pub(super) fn build<'t>(
    item: Tag<'t>,
    fields: &Fields<'t>,
    scope: &Scope<'t>,
    around: &Surroundings<'_>,
    budget: &mut Budget,
) -> Entry {
    let base = scope.base.as_deref().unwrap_or(around.base);
    let about = item.attribute("about", scope.entities);
    let guid = fields.get(El::Guid);
    let id = guid
        .and_then(|field| identifier(field, scope))
        .or_else(|| fields.get(El::DcIdentifier)?.text(scope))
        .or_else(|| about.as_deref().map(|about| about.trim().to_owned()))
        .filter(|id| id.len() <= MAX_ADDRESS);
    let url = fields
        .get(El::OrigLink)
        .and_then(|field| links::resolve(&field.text(scope)?, Some(base)))
        .or_else(|| fields.link(scope, base))
        .or_else(|| links::resolve(&item.attribute("href", scope.entities)?, Some(base)))
        .or_else(|| permalink(guid?, scope, base))
        .or_else(|| links::resolve(about.as_deref()?, Some(base)));
    let published = fields.date(
        &[El::PubDate, El::Issued, El::DcDate, El::Created],
        scope,
        around.zone,
    );
    let updated = fields
        .date(&[El::Updated, El::Modified], scope, around.zone)
        .or_else(|| dates::parse_date(&item.attribute("lastmod", scope.entities)?, around.zone));
    let (summary, content) = bodies(fields, scope, url.as_ref().unwrap_or(base), budget);
    let mut pictures = Vec::new();
    for field in &fields.media {
        media::collect(field, scope, base, &mut pictures);
    }
    for field in fields
        .links
        .iter()
        .filter(|field| is_enclosure(field, scope))
    {
        media::collect(field, scope, base, &mut pictures);
    }
    let mut authors = fields.authors(scope);
    if authors.is_empty()
        && let Some(source) = fields.get(El::Source)
    {
        let mut of_source = Fields::new();
        for child in children(source.raw, scope, MAX_LABELS) {
            of_source.add(child);
        }
        authors = of_source.authors(scope);
    }
    Entry {
        id,
        title: fields.line(
            &[El::Title, El::DcTitle, El::MediaTitle, El::ItunesTitle],
            scope,
        ),
        url,
        published: published.or(updated),
        updated,
        authors,
        categories: fields.categories(scope),
        summary,
        content,
        media: pictures,
        language: fields.language(scope).or_else(|| {
            let own = item.attribute("xml:lang", scope.entities)?;
            language_tag(&own)
        }),
    }
}

/// The id as the feed gives it. A relative one is made absolute where the feed says to what.
fn identifier(guid: &Field<'_>, scope: &Scope<'_>) -> Option<String> {
    if text::has_elements(guid.raw) {
        return Some(text::markup(guid.raw, scope.entities));
    }
    let id = guid.text(scope)?;
    match &scope.base {
        Some(base) if !id.contains(':') && !says_no_permalink(guid, scope) => {
            Some(links::resolve(&id, Some(base)).map_or(id, String::from))
        }
        _ => Some(id),
    }
}

fn says_no_permalink(guid: &Field<'_>, scope: &Scope<'_>) -> bool {
    let said = guid.tag.attribute("isPermaLink", scope.entities);
    said.is_some_and(|said| !said.trim().eq_ignore_ascii_case("true"))
}

/// RSS: a guid is the address of the page unless it says that it is not. Many say nothing and are
/// none, so without a word only what is an address by itself counts.
fn permalink(guid: &Field<'_>, scope: &Scope<'_>, base: &Url) -> Option<Url> {
    let text = guid.text(scope)?;
    let said = guid.tag.attribute("isPermaLink", scope.entities);
    match said
        .as_deref()
        .map(|said| said.trim().eq_ignore_ascii_case("true"))
    {
        Some(true) => links::resolve(&text, Some(base)),
        None if links::is_absolute(&text) => links::resolve(&text, None),
        _ => None,
    }
}

fn is_enclosure(link: &Field<'_>, scope: &Scope<'_>) -> bool {
    link.tag
        .attribute("rel", scope.entities)
        .is_some_and(|rel| {
            rel.rsplit('/')
                .next()
                .unwrap_or("")
                .trim()
                .eq_ignore_ascii_case("enclosure")
        })
}

/// The shorter and the full body.
fn bodies<'t>(
    fields: &Fields<'t>,
    scope: &Scope<'t>,
    base: &Url,
    budget: &mut Budget,
) -> (Option<String>, Option<String>) {
    let mut first = |candidates: &[El]| {
        candidates
            .iter()
            .filter_map(|el| fields.get(*el))
            .find_map(|field| {
                let own = field.scope(scope);
                let html = body::html(field, &own, is_html_by_itself(field))?;
                let base = own.base.as_deref().unwrap_or(base);
                body::finish(links::absolute_html(html, base, budget))
            })
    };
    let summary = first(&[
        El::Description,
        El::DcDescription,
        El::ItunesSummary,
        El::ItunesSubtitle,
        El::MediaDescription,
    ])
    .or_else(|| {
        // The description of a video inside its group.
        let group = fields
            .media
            .iter()
            .find(|field| field.el == El::MediaGroup)?;
        let text = children(group.raw, scope, MAX_MEDIA)
            .find(|child| child.el == El::MediaDescription)?
            .text(scope)?;
        body::finish(text::escape(text::cut(&text, 32 * MAX_LINE)))
    });
    let content = first(&[El::Encoded, El::Content, El::Body, El::XhtmlDiv]);
    (summary, content)
}

/// Whether a body that says nothing of its type is HTML: RSS's are, the others are text.
fn is_html_by_itself(field: &Field<'_>) -> bool {
    match field.el {
        El::Encoded | El::Body | El::XhtmlDiv => true,
        El::Description => {
            let local = field.tag.name.rsplit(':').next().unwrap_or("");
            local.eq_ignore_ascii_case("description") || local.eq_ignore_ascii_case("abstract")
        }
        _ => false,
    }
}
