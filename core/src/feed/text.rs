//! Character data to text: references, CDATA sections, and titles freed of markup.
//!
//! Everything is decoded exactly once for each layer it was encoded in: XML's references here, and
//! HTML's on top where the value is HTML. What is clean already is borrowed.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

use super::entities;
use super::limits::{MAX_BODY, MAX_LINE};
use super::prolog::Entities;

/// Longest value that an entity of a document type may have. Real ones are a letter or a name;
/// with this, a document cannot blow up by more than a small factor.
const MAX_ENTITY_VALUE: usize = 256;

/// Longest name of a reference. HTML's longest has 31 letters.
const MAX_REFERENCE: usize = 40;

/// Most bytes of character data that are decoded for a line of plain text.
const MAX_RAW_LINE: usize = 8 * MAX_LINE;

/// Whether there are elements between an element's tags.
pub(super) fn has_elements(raw: &str) -> bool {
    let mut rest = raw;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        rest = &rest[at..];
        let Some(length) = not_an_element(rest) else {
            return true;
        };
        rest = &rest[length..];
    }
    false
}

/// The length of the CDATA section, comment or instruction at the beginning.
fn not_an_element(rest: &str) -> Option<usize> {
    let (start, end) = match rest.as_bytes() {
        [b'<', b'!', b'[', ..] => (9, "]]>"),
        [b'<', b'!', ..] => (4, "-->"),
        [b'<', b'?', ..] => (2, "?>"),
        _ => return None,
    };
    let inside = rest.as_bytes().get(start..).unwrap_or(&[]);
    let length = memmem::find(inside, end.as_bytes()).map(|at| start + at + end.len());
    Some(length.unwrap_or(rest.len()))
}

/// The content of a CDATA section at the beginning, and its whole length.
fn cdata(rest: &str) -> Option<(&str, usize)> {
    let inside = rest.strip_prefix("<![CDATA[")?;
    let end = memmem::find(inside.as_bytes(), b"]]>").unwrap_or(inside.len());
    Some((&inside[..end], (9 + end + 3).min(rest.len())))
}

/// What an element says: references decoded, CDATA as it is, tags, comments and illegal characters
/// dropped.
pub(super) fn text<'t>(raw: &'t str, entities: &Entities) -> Cow<'t, str> {
    let trimmed = raw.trim();
    if let Some((inside, length)) = cdata(trimmed)
        && length == trimmed.len()
    {
        return without_illegal(inside);
    }
    if memchr2(b'<', b'&', trimmed.as_bytes()).is_none() {
        return without_illegal(trimmed);
    }
    let mut out = String::with_capacity(trimmed.len().min(MAX_BODY));
    let mut rest = trimmed;
    while let Some(at) = memchr2(b'<', b'&', rest.as_bytes()) {
        push_legal(&mut out, &rest[..at]);
        rest = &rest[at..];
        if out.len() > MAX_BODY {
            return Cow::Owned(out);
        }
        let skip = if rest.starts_with('&') {
            push_reference(&mut out, rest, entities)
        } else if let Some((inside, length)) = cdata(rest) {
            push_legal(&mut out, inside);
            length
        } else {
            not_an_element(rest).unwrap_or_else(|| tag_length(rest))
        };
        rest = rest.get(skip..).unwrap_or("");
    }
    push_legal(&mut out, rest);
    Cow::Owned(out)
}

/// The value of an attribute: references decoded, illegal characters dropped.
pub(super) fn attribute_value<'t>(raw: &'t str, entities: &Entities) -> Cow<'t, str> {
    if !raw.contains('&') {
        return without_illegal(raw);
    }
    let mut out = String::with_capacity(raw.len().min(MAX_BODY));
    let mut rest = raw;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        push_legal(&mut out, &rest[..at]);
        rest = &rest[at..];
        if out.len() > MAX_BODY {
            return Cow::Owned(out);
        }
        let skip = push_reference(&mut out, rest, entities);
        rest = &rest[skip..];
    }
    push_legal(&mut out, rest);
    Cow::Owned(out)
}

/// An element's content as HTML, for elements that stand in the feed unescaped: prefixes of tags,
/// comments and instructions dropped, CDATA sections opened.
pub(super) fn markup(raw: &str, entities: &Entities) -> String {
    let mut rest = raw.trim();
    let mut out = String::with_capacity(rest.len().min(MAX_BODY));
    while let Some(at) = memchr2(b'<', b'&', rest.as_bytes()) {
        push_legal(&mut out, &rest[..at]);
        rest = &rest[at..];
        if out.len() > MAX_BODY {
            return out;
        }
        let skip = if rest.starts_with('&') {
            match reference(rest) {
                // Known to HTML as well: stays as written.
                Some((_, length)) => {
                    out.push_str(&rest[..length]);
                    length
                }
                None => push_reference(&mut out, rest, entities),
            }
        } else if let Some((inside, length)) = cdata(rest) {
            push_legal(&mut out, inside);
            length
        } else if let Some(length) = not_an_element(rest) {
            length
        } else {
            let length = tag_length(rest);
            push_tag(&mut out, &rest[..length]);
            length
        };
        rest = rest.get(skip..).unwrap_or("");
    }
    push_legal(&mut out, rest);
    out
}

fn push_tag(out: &mut String, tag: &str) {
    let (open, name) = match tag.strip_prefix("</") {
        Some(name) => ("</", name),
        None => ("<", tag.strip_prefix('<').unwrap_or(tag)),
    };
    let end = name
        .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))
        .unwrap_or(0);
    out.push_str(open);
    match name[..end].find(':') {
        Some(colon) => out.push_str(&name[colon + 1..]),
        None => out.push_str(name),
    }
}

/// The length of the tag at the beginning, quotes regarded.
fn tag_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while let Some(stop) = memchr::memchr3(b'>', b'"', b'\'', &bytes[at.min(bytes.len())..]) {
        at += stop;
        match bytes[at] {
            b'>' => return at + 1,
            quote => match memchr(quote, &bytes[at + 1..]) {
                Some(end) => at += end + 2,
                None => break,
            },
        }
    }
    bytes.len()
}

/// A line of plain text of what stands between an element's tags. `html` says whether its
/// character data is HTML once decoded.
pub(super) fn line(raw: &str, html: bool, entities: &Entities) -> Option<String> {
    let raw = cut(raw.trim(), MAX_RAW_LINE);
    // Elements that stand there unescaped are the markup; what is escaped beside them is text.
    let text = text(raw, entities);
    let plain = if html && !has_elements(raw) {
        plain_from_html(&text)
    } else {
        plain(&text)
    };
    (!plain.is_empty()).then_some(plain)
}

/// Plain text with references that were encoded twice decoded, and tags left alone: for what is
/// declared as text and often is not quite.
pub(super) fn line_of_text(raw: &str, entities: &Entities) -> Option<String> {
    let raw = cut(raw.trim(), MAX_RAW_LINE);
    let plain = plain(&attribute_value(&text(raw, entities), entities));
    (!plain.is_empty()).then_some(plain)
}

/// A line of plain text of a piece of HTML.
pub(super) fn line_of_html(html: &str) -> Option<String> {
    let plain = plain_from_html(cut(html.trim(), MAX_RAW_LINE));
    (!plain.is_empty()).then_some(plain)
}

pub(super) fn plain_from_html(html: &str) -> String {
    if memchr2(b'<', b'&', html.as_bytes()).is_none() {
        return plain(html);
    }
    let entities = Entities::default();
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = memchr2(b'<', b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let skip = if rest.starts_with('&') {
            push_reference(&mut out, rest, &entities)
        } else {
            html_tag(&mut out, rest)
        };
        rest = rest.get(skip..).unwrap_or("");
    }
    out.push_str(rest);
    plain(&out)
}

/// Skips the HTML tag at the beginning; what is no tag of HTML stays as text.
fn html_tag(out: &mut String, rest: &str) -> usize {
    if rest.starts_with("<!--") || rest.starts_with("<?") {
        return not_an_element(rest).unwrap_or(1);
    }
    if rest.starts_with("<![CDATA[") {
        return 9;
    }
    let name = rest[1..].trim_start_matches('/');
    let end = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    let name = name[..end].to_ascii_lowercase();
    match kind_of(&name) {
        Kind::Inline => tag_length(rest),
        Kind::Block => {
            out.push(' ');
            tag_length(rest)
        }
        Kind::Hidden => {
            let close = format!("</{name}");
            let length = tag_length(rest);
            memmem::find(&rest.as_bytes()[length..], close.as_bytes())
                .map_or(length, |at| length + at + tag_length(&rest[length + at..]))
        }
        Kind::None => {
            out.push('<');
            1
        }
    }
}

enum Kind {
    Inline,
    Block,
    Hidden,
    None,
}

fn kind_of(name: &str) -> Kind {
    match name {
        "script" | "style" => Kind::Hidden,
        "address" | "article" | "aside" | "blockquote" | "body" | "br" | "center" | "dd"
        | "div" | "dl" | "dt" | "figcaption" | "figure" | "footer" | "h1" | "h2" | "h3" | "h4"
        | "h5" | "h6" | "head" | "header" | "hr" | "html" | "iframe" | "li" | "main" | "nav"
        | "ol" | "option" | "p" | "pre" | "section" | "table" | "tbody" | "td" | "tfoot" | "th"
        | "thead" | "tr" | "ul" | "video" => Kind::Block,
        "a" | "abbr" | "acronym" | "audio" | "b" | "bdi" | "bdo" | "big" | "blink" | "button"
        | "caption" | "cite" | "code" | "data" | "del" | "dfn" | "em" | "embed" | "font"
        | "form" | "i" | "img" | "input" | "ins" | "kbd" | "label" | "link" | "mark"
        | "marquee" | "meta" | "nobr" | "object" | "q" | "rp" | "rt" | "ruby" | "s" | "samp"
        | "select" | "small" | "source" | "span" | "strike" | "strong" | "sub" | "sup" | "svg"
        | "textarea" | "time" | "tt" | "u" | "var" | "wbr" => Kind::Inline,
        _ => Kind::None,
    }
}

/// White space collapsed, control characters dropped, cut to a line.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(MAX_LINE));
    let mut first = true;
    for word in text
        .split(char::is_whitespace)
        .filter(|word| !word.is_empty())
    {
        if out.len() + word.len() >= MAX_LINE {
            if first {
                out.push_str(cut(word, MAX_LINE));
            }
            break;
        }
        if !first {
            out.push(' ');
        }
        first = false;
        out.push_str(word);
    }
    if out.contains(char::is_control) {
        out.retain(|c| !c.is_control());
        // A word of nothing but controls leaves two spaces.
        return out.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    out
}

/// A text as HTML that shows it.
pub(super) fn escape(text: &str) -> String {
    quick_xml::escape::minimal_escape(text).into_owned()
}

/// The longest beginning of at most `limit` bytes.
pub(super) fn cut(text: &str, limit: usize) -> &str {
    &text[..text.floor_char_boundary(limit)]
}

/// Decodes the reference at the beginning, which is `&`, and returns the length it had; an
/// ampersand that begins none stands for itself.
fn push_reference(out: &mut String, rest: &str, entities: &Entities) -> usize {
    if let Some((meaning, length)) = reference(rest) {
        match meaning {
            Meaning::Char(c) => out.push(c),
            Meaning::Text(text) => out.push_str(&text),
            Meaning::Nothing => {}
        }
        return length;
    }
    if !entities.is_empty()
        && let Some(end) = memchr(b';', &rest.as_bytes()[..rest.len().min(MAX_ENTITY_VALUE)])
        && let Some(value) = entities.get(&rest[1..end])
        && value.len() <= MAX_ENTITY_VALUE
    {
        out.push_str(&attribute_value(value, &Entities::default()));
        return end + 1;
    }
    out.push('&');
    1
}

enum Meaning {
    Char(char),
    Text(Cow<'static, str>),
    Nothing,
}

/// The reference at the beginning of a text, which is `&`, and its length.
fn reference(rest: &str) -> Option<(Meaning, usize)> {
    let bytes = rest.as_bytes();
    if bytes.get(1) == Some(&b'#') {
        return numeric(rest);
    }
    let window = &bytes[1..bytes.len().min(MAX_REFERENCE)];
    let end = window.iter().position(|b| !b.is_ascii_alphanumeric())?;
    if end == 0 {
        return None;
    }
    let name = &rest[1..=end];
    if window[end] == b';' {
        return entities::named(name)
            .or_else(|| entities::named(&name.to_ascii_lowercase()))
            .map(|text| (Meaning::Text(text), end + 2));
    }
    let bare = entities::usual(name)?;
    (window[end] != b'=').then_some((Meaning::Text(bare.into()), end + 1))
}

fn numeric(rest: &str) -> Option<(Meaning, usize)> {
    let (start, radix) = match rest.as_bytes().get(2) {
        Some(b'x' | b'X') => (3, 16),
        _ => (2, 10),
    };
    let digits = rest.get(start..)?;
    let end = digits
        .bytes()
        .take(16)
        .position(|b| !char::from(b).is_digit(radix))
        .unwrap_or_else(|| digits.len().min(16));
    let code = u32::from_str_radix(digits.get(..end)?, radix).ok()?;
    let semicolon = usize::from(digits.as_bytes().get(end) == Some(&b';'));
    let meaning = match code {
        // What browsers make of them: these code points are Windows-1252 in disguise.
        0x80..=0x9F => Meaning::Char(windows_1252(code)),
        0x9 | 0xA | 0xD => Meaning::Char(char::from_u32(code)?),
        0..=0x1F | 0x7F | 0xFFFE | 0xFFFF => Meaning::Nothing,
        _ => Meaning::Char(char::from_u32(code).unwrap_or('\u{FFFD}')),
    };
    Some((meaning, start + end + semicolon))
}

fn windows_1252(code: u32) -> char {
    let byte = [u8::try_from(code).unwrap_or(b'?')];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
    text.chars().next().unwrap_or('\u{FFFD}')
}

/// Characters XML forbids, and no reader can show.
fn illegal(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')
}

/// In chunks and without stopping inside one, which is what a compiler can make fast.
fn has_illegal(text: &str) -> bool {
    let mut chunks = text.as_bytes().chunks(64);
    chunks.any(|chunk| chunk.iter().fold(false, |found, b| found | illegal(*b)))
}

fn without_illegal(text: &str) -> Cow<'_, str> {
    if has_illegal(text) {
        let mut out = String::with_capacity(text.len());
        push_legal(&mut out, text);
        Cow::Owned(out)
    } else {
        Cow::Borrowed(text)
    }
}

fn push_legal(out: &mut String, text: &str) {
    if has_illegal(text) {
        out.extend(text.chars().filter(|c| !c.is_ascii() || !illegal(*c as u8)));
    } else {
        out.push_str(text);
    }
}
