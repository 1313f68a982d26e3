//! What an element inherits: namespace prefixes, base address, language.

use std::rc::Rc;

use url::Url;

use super::links;
use super::names::{El, Ns, Prefixes, classify};
use super::prolog::Entities;
use super::text;
use super::xml::{Content, Reader, Tag, Token};

/// Longest language tag.
const MAX_LANGUAGE: usize = 64;

/// What is in force at some place of a document.
#[derive(Debug, Clone)]
pub(super) struct Scope<'t> {
    pub(super) prefixes: Prefixes<'t>,
    /// The nearest `xml:base`, absolute.
    pub(super) base: Option<Rc<Url>>,
    /// The nearest `xml:lang`.
    pub(super) language: Option<Rc<str>>,
    pub(super) entities: &'t Entities,
    /// What a relative `xml:base` is relative to where there is none around it.
    pub(super) document: &'t Url,
}

impl<'t> Scope<'t> {
    pub(super) fn new(entities: &'t Entities, document: &'t Url) -> Self {
        Scope {
            prefixes: Prefixes::default(),
            base: None,
            language: None,
            entities,
            document,
        }
    }

    /// What is in force inside an element. `root` says it is the outermost.
    pub(super) fn enter(&self, tag: Tag<'t>, root: bool) -> Self {
        let mut scope = self.clone();
        scope.declare(tag, root);
        if has_xml_attribute(tag) {
            if let Some(base) = tag.attribute("xml:base", self.entities) {
                let outer = self.base.as_deref().unwrap_or(self.document);
                if let Some(base) = links::resolve_base(&base, Some(outer)) {
                    scope.base = Some(Rc::new(base));
                }
            }
            if let Some(language) = tag.attribute("xml:lang", self.entities) {
                scope.language = language_tag(&language).map(Into::into);
            }
        }
        scope
    }

    fn declare(&mut self, tag: Tag<'t>, root: bool) {
        if !declares(tag) {
            return;
        }
        for (key, value) in tag.attributes() {
            match key.split_once(':') {
                Some(("xmlns", prefix)) => self.prefixes.declare(prefix, value, root),
                None if key == "xmlns" => self.prefixes.declare("", value, root),
                _ => {}
            }
        }
    }

    /// What an element is, its own declarations regarded.
    pub(super) fn classify(&self, tag: Tag<'t>) -> El {
        if declares(tag) {
            let mut own = self.clone();
            own.declare(tag, false);
            return own.prefixes.classify(tag.name);
        }
        self.prefixes.classify(tag.name)
    }

    /// The same for the outermost element.
    pub(super) fn classify_root(&self, tag: Tag<'t>) -> El {
        let mut own = self.clone();
        own.declare(tag, true);
        let (ns, local) = own.prefixes.resolve(tag.name);
        // An undeclared or unknown prefix on the outermost element cannot hide what it is.
        match classify(ns, local) {
            El::Unknown => classify(Ns::Feed, local),
            el => el,
        }
    }
}

impl Prefixes<'_> {
    pub(super) fn classify(&self, name: &str) -> El {
        let (ns, local) = self.resolve(name);
        classify(ns, local)
    }
}

/// Whether a tag declares namespaces. Most have no attributes at all.
fn declares(tag: Tag<'_>) -> bool {
    tag.attributes.len() > "xmlns".len()
        && memchr::memmem::find(tag.attributes.as_bytes(), b"xmlns").is_some()
}

fn has_xml_attribute(tag: Tag<'_>) -> bool {
    if tag.attributes.len() <= "xml:".len() {
        return false;
    }
    memchr::memmem::find(tag.attributes.as_bytes(), b"xml:").is_some()
        || tag.attributes.contains("XML:")
}

/// A language tag as a feed declares it, if it can be one.
pub(super) fn language_tag(text: &str) -> Option<String> {
    let tag = text.trim().replace('_', "-");
    let fit = (2..=MAX_LANGUAGE).contains(&tag.len())
        && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    fit.then_some(tag)
}

/// An element and what stands in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field<'t> {
    pub(super) el: El,
    pub(super) tag: Tag<'t>,
    /// Between its tags, as written; empty for `<name/>`.
    pub(super) raw: &'t str,
}

impl<'t> Field<'t> {
    /// What is in force inside it.
    pub(super) fn scope(&self, outer: &Scope<'t>) -> Scope<'t> {
        outer.enter(self.tag, false)
    }

    /// Its text, trimmed; `None` when it is blank.
    pub(super) fn text(&self, scope: &Scope<'_>) -> Option<String> {
        let text = text::text(self.raw, scope.entities);
        let trimmed = text.trim();
        (!trimmed.is_empty()).then(|| trimmed.to_owned())
    }

    /// Its text as a line of plain text.
    pub(super) fn line(&self, scope: &Scope<'_>) -> Option<String> {
        text::line(self.raw, true, scope.entities)
    }

    pub(super) fn is_blank(&self) -> bool {
        self.tag.attributes.is_empty() && self.raw.trim().is_empty()
    }
}

/// The elements directly inside another one, from what stands in it.
pub(super) fn children<'t>(
    raw: &'t str,
    scope: &Scope<'t>,
    limit: usize,
) -> impl Iterator<Item = Field<'t>> {
    let scope = scope.clone();
    let mut reader = Reader::new(raw);
    std::iter::from_fn(move || {
        loop {
            match reader.next() {
                Token::Start { tag, end, .. } => {
                    let Content { raw, .. } = reader.content(tag, end, |_| false);
                    return Some(Field {
                        el: scope.classify(tag),
                        tag,
                        raw,
                    });
                }
                Token::Empty { tag } => {
                    return Some(Field {
                        el: scope.classify(tag),
                        tag,
                        raw: "",
                    });
                }
                Token::End { .. } => {}
                Token::Eof => return None,
            }
        }
    })
    .take(limit)
}
