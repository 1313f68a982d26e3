//! Elements with their place in the text, over quick-xml's events.
//!
//! Only what the structure needs comes from here: tags and where they are. What is between them is
//! taken as a slice of the document, and `text` decodes it if it is wanted at all.

use std::borrow::Cow;

use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;

use super::limits::{MAX_ATTRIBUTES, MAX_OPEN};
use super::prolog::Entities;
use super::text;

/// A start tag, as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag<'t> {
    /// Its name with prefix.
    pub(super) name: &'t str,
    /// Everything between name and `>`.
    pub(super) attributes: &'t str,
}

impl<'t> Tag<'t> {
    fn parse(inside: &'t str) -> Self {
        let end = inside
            .bytes()
            .position(|b| b.is_ascii_whitespace() || b == b'/')
            .unwrap_or(inside.len());
        Tag {
            name: &inside[..end],
            attributes: &inside[end..],
        }
    }

    /// All attributes with their raw values.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'t str, &'t str)> + use<'t> {
        // HTML's rules: values without quotes and names without values occur. The check for
        // duplicates is quadratic; the first of them wins here.
        let mut attributes = Attributes::html(self.attributes, 0);
        attributes.with_checks(false);
        attributes
            .take(MAX_ATTRIBUTES)
            .filter_map(Result::ok)
            .filter_map(|a| match a.value {
                Cow::Borrowed(value) => Some((a.key.0, value)),
                Cow::Owned(_) => None,
            })
    }

    /// The decoded value of an attribute, its name compared without case; `None` when it is
    /// missing or blank. A name without prefix also matches a prefixed attribute, so that
    /// `rdf:about` and `about` are the same.
    pub(super) fn attribute(&self, name: &str, entities: &Entities) -> Option<Cow<'t, str>> {
        if self.attributes.len() < name.len() {
            return None;
        }
        self.attributes().find_map(|(key, value)| {
            let local = match key.rsplit_once(':') {
                Some((_, local)) if !name.contains(':') => local,
                _ => key,
            };
            if !local.eq_ignore_ascii_case(name) {
                return None;
            }
            let value = text::attribute_value(value, entities);
            (!value.trim().is_empty()).then_some(value)
        })
    }
}

/// What the reader met. Text is skipped.
#[derive(Debug, Clone, Copy)]
pub(super) enum Token<'t> {
    /// `<name …>` at byte `start`, its content from `end` on.
    Start {
        tag: Tag<'t>,
        start: usize,
        end: usize,
    },
    /// `<name …/>`.
    Empty { tag: Tag<'t> },
    /// `</name>` at byte `start`.
    End { name: &'t str, start: usize },
    /// Nothing more.
    Eof,
}

/// What stands between two tags.
#[derive(Debug, Clone, Copy)]
pub(super) struct Content<'t> {
    pub(super) raw: &'t str,
    /// The document ended before the element did.
    pub(super) broken_off: bool,
}

/// Reads tags one after another; never goes back.
pub(super) struct Reader<'t> {
    text: &'t str,
    inner: quick_xml::Reader<&'t [u8]>,
    /// Elements open now, whatever the end tags are called.
    open: usize,
    pending: Option<Token<'t>>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        // From the first tag on, so that the tokenizer always stands between two.
        let start = memchr::memchr(b'<', text.as_bytes()).unwrap_or(text.len());
        let text = &text[start..];
        let mut inner = quick_xml::Reader::from_str(text);
        let config = inner.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Reader {
            text,
            inner,
            open: 0,
            pending: None,
        }
    }

    /// The document from one byte to another.
    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or("")
    }

    /// Hands a token back: the next call returns it again.
    pub(super) fn put_back(&mut self, token: Token<'t>) {
        self.pending = Some(token);
    }

    pub(super) fn next(&mut self) -> Token<'t> {
        if let Some(token) = self.pending.take() {
            return token;
        }
        loop {
            self.skip_text();
            let start = self.position();
            // The text is repaired, so an error is one of a kind nobody thought of: the document
            // counts as broken off there.
            let Ok(event) = self.inner.read_event() else {
                return Token::Eof;
            };
            let end = self.position();
            match event {
                Event::Start(_) => {
                    self.open += 1;
                    if self.open > MAX_OPEN {
                        return Token::Eof;
                    }
                    let tag = Tag::parse(self.slice(start + 1, end - 1));
                    return Token::Start { tag, start, end };
                }
                Event::Empty(_) => {
                    return Token::Empty {
                        tag: Tag::parse(self.slice(start + 1, end - 2)),
                    };
                }
                Event::End(_) => {
                    self.open = self.open.saturating_sub(1);
                    let name = Tag::parse(self.slice(start + 2, end - 1)).name;
                    return Token::End { name, start };
                }
                Event::Eof => return Token::Eof,
                _ => {}
            }
        }
    }

    /// What stands between the tags of an element that just began, to its end tag. `stop` says which
    /// tags mean that the end tag is missing; such a tag is left for the next call.
    pub(super) fn content(
        &mut self,
        tag: Tag<'t>,
        start: usize,
        mut stop: impl FnMut(&Token<'t>) -> bool,
    ) -> Content<'t> {
        let mut inside = 0_usize;
        loop {
            let token = self.next();
            match token {
                Token::Start { tag: inner, .. } if inner.name.eq_ignore_ascii_case(tag.name) => {
                    inside += 1;
                }
                Token::End { name, start: end } if name.eq_ignore_ascii_case(tag.name) => {
                    if inside == 0 {
                        return Content {
                            raw: self.slice(start, end),
                            broken_off: false,
                        };
                    }
                    inside -= 1;
                }
                Token::Start { start: end, .. } | Token::End { start: end, .. } if stop(&token) => {
                    self.put_back(token);
                    return Content {
                        raw: self.slice(start, end),
                        broken_off: false,
                    };
                }
                Token::Eof => {
                    return Content {
                        raw: self.slice(start, self.text.len()),
                        broken_off: true,
                    };
                }
                _ => {}
            }
        }
    }

    /// Moves to the next `<`. Text comes as slices, so the tokenizer need not take it to pieces at
    /// every ampersand; it is always between two tags here.
    fn skip_text(&mut self) {
        let rest = self.text.as_bytes().get(self.position()..).unwrap_or(&[]);
        let length = memchr::memchr(b'<', rest).unwrap_or(rest.len());
        if length > 0 {
            std::io::BufRead::consume(&mut self.inner.stream(), length);
        }
    }

    fn position(&self) -> usize {
        usize::try_from(self.inner.buffer_position()).unwrap_or(usize::MAX)
    }
}
