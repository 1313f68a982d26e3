//! Summaries and contents as HTML, and titles as plain text, from the ways feeds encode them.

use std::borrow::Cow;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::limits::MAX_BODY;
use super::scope::{Field, Scope};
use super::text;

/// How an element says that its text is to be read: Atom's `type`, and `mode` of Atom 0.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Text that is shown as it is.
    Text,
    /// Escaped HTML.
    Html,
    /// Elements that are HTML.
    Inline,
    /// Base64 of HTML, or of text.
    Base64 { text: bool },
    /// Nothing said.
    Unsaid,
    /// No text at all: a picture, say.
    Binary,
}

fn form(field: &Field<'_>, scope: &Scope<'_>) -> Form {
    if field.tag.attributes.is_empty() {
        return if text::has_elements(field.raw) {
            Form::Inline
        } else {
            Form::Unsaid
        };
    }
    let kind = field
        .tag
        .attribute("type", scope.entities)
        .map(|t| t.trim().to_ascii_lowercase());
    let kind = kind
        .as_deref()
        .map(|t| t.split(';').next().unwrap_or(t).trim());
    let mode = field
        .tag
        .attribute("mode", scope.entities)
        .map(|m| m.trim().to_ascii_lowercase());
    let plain = matches!(kind, Some("text" | "text/plain"));
    if mode.as_deref() == Some("base64") || kind == Some("base64") {
        return Form::Base64 { text: plain };
    }
    if text::has_elements(field.raw) {
        return Form::Inline;
    }
    match kind {
        _ if plain => Form::Text,
        None => Form::Unsaid,
        Some("html" | "text/html" | "xhtml" | "application/xhtml+xml") => Form::Html,
        Some(t) if t.starts_with("text/") => Form::Text,
        Some(t) if t.ends_with("xml") || !t.contains('/') => Form::Html,
        // Atom: any other type is base64; what is text of it begins to make sense below.
        Some(t) if mode.is_none() && !t.starts_with("application/") => Form::Binary,
        Some(_) if mode.is_none() => Form::Base64 { text: false },
        Some(_) => Form::Html,
    }
}

/// A title as a line of plain text.
pub(super) fn title(field: &Field<'_>, scope: &Scope<'_>) -> Option<String> {
    match form(field, scope) {
        Form::Text => text::line_of_text(field.raw, scope.entities),
        Form::Base64 { .. } => match decode_base64(field, scope) {
            Some(decoded) => text::line_of_html(&decoded),
            None => field.line(scope),
        },
        Form::Html | Form::Inline | Form::Unsaid | Form::Binary => field.line(scope),
    }
}

/// A body as HTML. `html` says what it is if nothing is said of it.
pub(super) fn html(field: &Field<'_>, scope: &Scope<'_>, html: bool) -> Option<String> {
    let body = match form(field, scope) {
        Form::Inline => without_wrapper(text::markup(field.raw, scope.entities)),
        Form::Text => text::escape(&text::text(field.raw, scope.entities)),
        Form::Base64 { text } => match decode_base64(field, scope) {
            Some(decoded) if text => text::escape(&decoded),
            Some(decoded) => decoded,
            None => text::text(field.raw, scope.entities).into_owned(),
        },
        Form::Binary => return None,
        Form::Html => text::text(field.raw, scope.entities).into_owned(),
        Form::Unsaid => {
            let text = text::text(field.raw, scope.entities);
            if html || looks_like_html(&text) {
                text.into_owned()
            } else {
                text::escape(&text)
            }
        }
    };
    finish(body)
}

/// Trims and bounds a body.
pub(super) fn finish(mut body: String) -> Option<String> {
    let trimmed = text::cut(body.trim(), MAX_BODY);
    if trimmed.is_empty() {
        return None;
    }
    if trimmed.len() != body.len() {
        body = trimmed.to_owned();
    }
    body.shrink_to_fit();
    Some(body)
}

/// Whether a text that should be plain has HTML's tags in it all the same.
pub(super) fn looks_like_html(text: &str) -> bool {
    [
        "</", "<p>", "<br", "<img ", "&#", "&amp;", "&nbsp;", "&quot;",
    ]
    .iter()
    .any(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some())
}

/// Without the `div` that Atom demands around XHTML and that is no part of the content.
fn without_wrapper(markup: String) -> String {
    let inner = markup
        .strip_prefix("<div")
        .filter(|rest| rest.starts_with([' ', '>', '\n', '\t']))
        .and_then(|rest| rest.split_once('>'))
        .and_then(|(_, rest)| rest.trim_end().strip_suffix("</div>"))
        // Only if it is one, and not the first of several.
        .filter(|inner| {
            let mut depth = 0_i64;
            inner.match_indices("div").all(|(at, _)| {
                let before = &inner[..at];
                if before.ends_with("</") {
                    depth -= 1;
                } else if before.ends_with('<') {
                    depth += 1;
                }
                depth >= 0
            })
        });
    match inner {
        Some(inner) => inner.trim().to_owned(),
        None => markup,
    }
}

fn decode_base64(field: &Field<'_>, scope: &Scope<'_>) -> Option<String> {
    const LENIENT: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let text = text::text(text::cut(field.raw, 2 * MAX_BODY), scope.entities);
    let compact: Cow<'_, str> = if text.bytes().any(|b| b.is_ascii_whitespace()) {
        text.split_ascii_whitespace().collect::<String>().into()
    } else {
        text
    };
    let bytes = GeneralPurpose::new(&STANDARD, LENIENT)
        .decode(compact.as_bytes())
        .ok()?;
    String::from_utf8(bytes).ok()
}
