//! What stands before a document's root element: junk, declaration, comments, document type.

use std::collections::HashMap;

use memchr::memmem;

use super::limits::MAX_EXPANSION;

/// A document after its prolog.
#[derive(Debug, Default)]
pub(super) struct Body<'t> {
    /// From the root element on; empty if there is none.
    pub(super) text: &'t str,
    pub(super) entities: Entities,
    /// The document type says `html`.
    pub(super) html: bool,
}

/// The general entities a document type declares, by name.
#[derive(Debug, Default)]
pub(super) struct Entities(HashMap<String, String>);

impl Entities {
    /// The text an entity stands for, as written: entities in it are not expanded, so nothing grows
    /// by more than one step.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Skips to the root element: the first `<` that a name follows.
pub(super) fn skip(text: &str) -> Body<'_> {
    let mut body = Body::default();
    let mut rest = text;
    // An end that was not found once is not searched again, or a page of openings would take its
    // length squared.
    let mut unclosed = Unclosed::default();
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        rest = &rest[at..];
        rest = if let Some(comment) = rest.strip_prefix("<!--") {
            after(comment, "-->", &mut unclosed.comment)
        } else if rest.starts_with("<?") {
            after(rest, ">", &mut unclosed.instruction)
        } else if starts_with_ignoring_case(rest, "<!doctype") {
            let (subset, after) = document_type(rest, &mut body.html, &mut unclosed.subset);
            declared_entities(subset, &mut body.entities);
            after
        } else if rest
            .as_bytes()
            .get(1)
            .is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_')
        {
            body.text = rest;
            return body;
        } else {
            &rest[1..]
        };
    }
    body
}

#[derive(Default)]
struct Unclosed {
    comment: bool,
    instruction: bool,
    subset: bool,
}

/// What follows the first `end`. Without one, goes on behind the opening, since a broken prolog
/// must not hide the document.
fn after<'t>(text: &'t str, end: &str, unclosed: &mut bool) -> &'t str {
    let found = if *unclosed {
        None
    } else {
        memmem::find(text.as_bytes(), end.as_bytes())
    };
    *unclosed = found.is_none();
    match found {
        Some(at) => &text[at + end.len()..],
        None => text.strip_prefix('<').unwrap_or(text),
    }
}

pub(super) fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.as_bytes()
        .get(..prefix.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
}

/// The internal subset of a document type, and what follows the document type.
fn document_type<'t>(text: &'t str, html: &mut bool, unclosed: &mut bool) -> (&'t str, &'t str) {
    let bytes = text.as_bytes();
    let name = text["<!doctype".len()..].trim_start();
    *html |= starts_with_ignoring_case(name, "html");
    let stop = match memchr::memchr3(b'[', b'>', b'<', &bytes[1..]) {
        Some(at) if bytes[1 + at] != b'<' => 1 + at,
        _ => return ("", &text[1..]),
    };
    let subset = &text[stop + 1..];
    if bytes[stop] == b'>' || *unclosed {
        return ("", subset);
    }
    // `]` in a quoted value is possible and never seen; a `]` that `>` follows ends the subset.
    for end in memchr::memchr_iter(b']', subset.as_bytes()) {
        let rest = subset.as_bytes()[end + 1..].iter().take(64);
        let spaces = rest.take_while(|b| b.is_ascii_whitespace()).count();
        if subset.as_bytes().get(end + 1 + spaces) == Some(&b'>') {
            return (&subset[..end], &subset[end + spaces + 2..]);
        }
    }
    *unclosed = true;
    ("", subset)
}

fn declared_entities(subset: &str, entities: &mut Entities) {
    let mut rest = subset;
    let mut budget = MAX_EXPANSION;
    while let Some(at) = memmem::find(rest.as_bytes(), b"<!ENTITY") {
        rest = &rest[at + "<!ENTITY".len()..];
        let declaration = rest.trim_start();
        let Some(name_end) = declaration.find(|c: char| c.is_ascii_whitespace()) else {
            return;
        };
        let (name, value) = declaration.split_at(name_end);
        let value = value.trim_start();
        let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            continue;
        };
        let Some(end) = value[1..].find(quote) else {
            return;
        };
        let Some(left) = budget.checked_sub(name.len() + end) else {
            return;
        };
        budget = left;
        let value = &value[1..=end];
        entities
            .0
            .entry(name.to_owned())
            .or_insert_with(|| value.to_owned());
        let value = declaration[name_end..].trim_start();
        rest = &value[end + 1..];
    }
}
