//! Addresses: what they are relative to, and making them absolute.

use url::Url;

use super::limits::{MAX_ADDRESS, MAX_BODY_LINKS};

/// Resolves an address as written in a feed. Addresses that no browser would open as a page
/// (`javascript:`, `data:`, `mailto:`) and overlong ones give `None`.
pub(super) fn resolve(address: &str, base: Option<&Url>) -> Option<Url> {
    let address = address.trim();
    if address.is_empty() || address.len() > MAX_ADDRESS {
        return None;
    }
    let url = match Url::parse(address) {
        Ok(url) => url,
        Err(url::ParseError::RelativeUrlWithoutBase) => {
            // `www.example.com/a`: meant as a host by whoever leaves the scheme out.
            if starts_with_www(address)
                && let Ok(url) = Url::parse(&format!("http://{address}"))
            {
                url
            } else {
                base?.join(address).ok()?
            }
        }
        Err(_) => return None,
    };
    let fit = matches!(url.scheme(), "http" | "https" | "ftp" | "gopher" | "gemini");
    (fit && url.as_str().len() <= 2 * MAX_ADDRESS).then_some(url)
}

/// Resolves an `xml:base`, which has to be one that something can be relative to.
pub(super) fn resolve_base(address: &str, base: Option<&Url>) -> Option<Url> {
    resolve(address, base).filter(|url| url.as_str().len() <= MAX_ADDRESS / 4)
}

fn starts_with_www(address: &str) -> bool {
    address
        .get(..4)
        .is_some_and(|head| head.eq_ignore_ascii_case("www."))
}

/// Whether an address written in a feed stands on its own.
pub(super) fn is_absolute(address: &str) -> bool {
    let address = address.trim();
    ["http://", "https://"].iter().any(|scheme| {
        address
            .get(..scheme.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    })
}

/// Makes relative addresses in the tags of an HTML text absolute. `budget` counts those that are
/// made; when it is used up the rest stay.
pub(super) fn absolute_html(html: String, base: &Url, budget: &mut Budget) -> String {
    let bytes = html.as_bytes();
    let mut out: Option<String> = None;
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'=', &bytes[at..]) {
        let equals = at + found;
        at = equals + 1;
        if !names_an_address(&bytes[..equals]) {
            continue;
        }
        let Some(quote @ (b'"' | b'\'')) = bytes.get(at).copied() else {
            continue;
        };
        let Some(length) =
            memchr::memchr(quote, &bytes[at + 1..bytes.len().min(at + 1 + MAX_ADDRESS)])
        else {
            continue;
        };
        let (start, end) = (at + 1, at + 1 + length);
        at = end;
        let written = html[start..end].trim();
        if !is_relative(written) || budget.0 == 0 {
            continue;
        }
        let decoded = super::text::attribute_value(written, &super::prolog::Entities::default());
        let Some(url) = resolve(&decoded, Some(base)) else {
            continue;
        };
        budget.0 -= 1;
        let out = out.get_or_insert_with(|| String::with_capacity(html.len() + 1024));
        out.push_str(&html[copied..start]);
        out.push_str(&url.as_str().replace('&', "&amp;"));
        copied = end;
    }
    match out {
        Some(mut out) => {
            out.push_str(&html[copied..]);
            out
        }
        None => html,
    }
}

/// How many addresses inside bodies may still be made absolute.
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Budget(MAX_BODY_LINKS)
    }
}

/// Whether what stands before a `=` is an attribute that holds an address.
fn names_an_address(before: &[u8]) -> bool {
    ["href", "src", "poster", "cite"].iter().any(|name| {
        before.len() > name.len() && {
            let (head, tail) = before.split_at(before.len() - name.len());
            tail.eq_ignore_ascii_case(name.as_bytes())
                && head.last().is_some_and(u8::is_ascii_whitespace)
        }
    })
}

/// Relative: no scheme, no mere fragment, not empty.
fn is_relative(address: &str) -> bool {
    if address.is_empty() || address.starts_with('#') {
        return false;
    }
    let head = address.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')));
    !head.is_some_and(|at| at > 0 && address[at..].starts_with(':'))
}
