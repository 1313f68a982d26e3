//! Makes a document lexically sound, so that the tokenizer behind it cannot fail.
//!
//! After it, every `<` begins a complete tag, comment, CDATA section or instruction. What is sound
//! already, nearly every document, is only looked at and not copied. Ampersands and illegal
//! characters are left: the tokenizer takes them, and `text` makes sense of them.
//!
//! One pass, linear in the worst case: a search for an end that is not there is made once, and the
//! search for the end of a tag stops at a `<` outside quotes. (Quotes toggle between three states
//! by permutations, so no two tags that begin at different places can be in the same state while
//! both are being scanned, and a tag in the unquoted state stops at the next one: at most three
//! scans pass over any byte.)

use std::borrow::Cow;

use memchr::{memchr, memchr3, memmem};

use super::limits::MAX_NAME;
use crate::encoding::MAX_DECODED;

/// A document whose markup is complete.
#[derive(Debug)]
pub(super) struct Repaired<'t> {
    pub(super) text: Cow<'t, str>,
    /// It grew over the limit and is cut.
    pub(super) cut: bool,
}

/// What to do with the bytes from a `<` on.
enum Markup {
    /// Sound: keep this many bytes.
    Keep(usize),
    /// Drop this many bytes and put this there.
    Replace(usize, &'static str),
    /// An end tag that lacks its `>`: keep this many bytes and add it.
    Close(usize),
}

/// Repairs a document, which begins at its root element.
pub(super) fn repair(text: &str) -> Repaired<'_> {
    let bytes = text.as_bytes();
    let mut scan = Scan {
        text,
        no_comment_end: false,
        no_cdata_end: false,
        no_pi_end: false,
    };
    let mut out: Option<String> = None;
    // Up to where `out` has the text already.
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = memchr(b'<', &bytes[at..]) {
        let open = at + found;
        let (skip, insert) = match scan.markup(open) {
            Markup::Keep(length) => {
                at = open + length;
                continue;
            }
            Markup::Replace(length, with) => {
                at = open + length;
                (open, with)
            }
            Markup::Close(length) => {
                at = open + length;
                (at, ">")
            }
        };
        let out = out.get_or_insert_with(|| String::with_capacity(text.len() + text.len() / 8));
        if out.len() + (skip - copied) + insert.len() > MAX_DECODED {
            return Repaired {
                text: Cow::Owned(std::mem::take(out)),
                cut: true,
            };
        }
        out.push_str(&text[copied..skip]);
        out.push_str(insert);
        copied = at;
    }
    let Some(mut out) = out else {
        return Repaired {
            text: Cow::Borrowed(text),
            cut: false,
        };
    };
    let rest = &text[copied..];
    let cut = out.len() + rest.len() > MAX_DECODED;
    if !cut {
        out.push_str(rest);
    }
    Repaired {
        text: Cow::Owned(out),
        cut,
    }
}

struct Scan<'t> {
    text: &'t str,
    no_comment_end: bool,
    no_cdata_end: bool,
    no_pi_end: bool,
}

impl Scan<'_> {
    fn markup(&mut self, open: usize) -> Markup {
        let rest = &self.text.as_bytes()[open..];
        match rest.get(1) {
            Some(b'!') => self.declaration(rest),
            Some(b'?') => match find_once(rest, b"?>", &mut self.no_pi_end) {
                Some(end) => Markup::Keep(end),
                None => Markup::Replace(2, "&lt;?"),
            },
            Some(b'/') => end_tag(rest),
            Some(b) if begins_name(*b) => start_tag(rest),
            _ => Markup::Replace(1, "&lt;"),
        }
    }

    fn declaration(&mut self, rest: &[u8]) -> Markup {
        if rest.starts_with(b"<!--") {
            return match find_once(&rest[4..], b"-->", &mut self.no_comment_end) {
                Some(end) => Markup::Keep(4 + end),
                // Dropping the opening alone saves the entries behind it.
                None => Markup::Replace(4, ""),
            };
        }
        if rest.starts_with(b"<![CDATA[") {
            return match find_once(&rest[9..], b"]]>", &mut self.no_cdata_end) {
                Some(end) => Markup::Keep(9 + end),
                None => Markup::Replace(9, ""),
            };
        }
        if rest
            .get(..9)
            .is_some_and(|head| head.eq_ignore_ascii_case(b"<![CDATA["))
        {
            return match find_once(&rest[9..], b"]]>", &mut self.no_cdata_end) {
                Some(_) => Markup::Replace(9, "<![CDATA["),
                None => Markup::Replace(9, ""),
            };
        }
        // `<!if gte mso 9]>` and a document type in the middle: nothing a reader sees.
        match memchr3(b'>', b'<', b'\n', &rest[2..]) {
            Some(end) if rest[2 + end] == b'>' => Markup::Replace(2 + end + 1, ""),
            _ => Markup::Replace(2, "&lt;!"),
        }
    }
}

/// The end of the first `needle`. Once it is not found, it is not searched again.
fn find_once(text: &[u8], needle: &[u8], absent: &mut bool) -> Option<usize> {
    if *absent {
        return None;
    }
    let found = memmem::find(text, needle).map(|at| at + needle.len());
    *absent = found.is_none();
    found
}

pub(super) fn begins_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':') || byte >= 0x80
}

fn end_tag(rest: &[u8]) -> Markup {
    if !rest.get(2).is_some_and(|b| begins_name(*b)) {
        return match rest
            .get(2..64.min(rest.len()))
            .and_then(|near| memchr3(b'>', b'<', b'\n', near))
        {
            Some(end) if rest[2 + end] == b'>' => Markup::Replace(2 + end + 1, ""),
            _ => Markup::Replace(2, "&lt;/"),
        };
    }
    let near = &rest[..rest.len().min(2 * MAX_NAME)];
    match near[2..].iter().position(|b| matches!(b, b'>' | b'<')) {
        Some(end) if near[2 + end] == b'>' => Markup::Keep(2 + end + 1),
        Some(end)
            if near[2..2 + end]
                .trim_ascii()
                .iter()
                .all(|b| !b.is_ascii_whitespace()) =>
        {
            Markup::Close(2 + end)
        }
        _ => Markup::Replace(2, "&lt;/"),
    }
}

fn start_tag(rest: &[u8]) -> Markup {
    let name = &rest[1..rest.len().min(1 + MAX_NAME + 1)];
    let name_end = name
        .iter()
        .position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/' | b'<'));
    let Some(name_end) = name_end else {
        return Markup::Replace(1, "&lt;");
    };
    let mut at = 1 + name_end;
    loop {
        let Some(stop) = rest[at..]
            .iter()
            .position(|b| matches!(b, b'>' | b'<' | b'"' | b'\''))
        else {
            return Markup::Replace(1, "&lt;");
        };
        at += stop;
        match rest[at] {
            b'>' => return Markup::Keep(at + 1),
            b'<' => return Markup::Replace(1, "&lt;"),
            quote => match memchr(quote, &rest[at + 1..]) {
                Some(end) => at += 1 + end + 1,
                None => return Markup::Replace(1, "&lt;"),
            },
        }
    }
}
