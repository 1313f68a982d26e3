//! Addresses of a page: absolute, http or https, and without what only follows the reader; or none.

use url::Url;

use super::tag::Tag;
use super::tree::Tree;
use crate::tracking;

/// Longest address that is kept, in bytes.
const ADDRESS_MAX: usize = 4_096;

/// What a page's addresses are relative to: its own address, or the `base` it names.
pub(super) fn base(tree: &Tree, url: &Url) -> Url {
    tree.find(0, Tag::Base)
        .find_map(|id| tree.attribute(id, "href"))
        .and_then(|href| resolve(href, url))
        .unwrap_or_else(|| url.clone())
}

/// An address as written in an attribute. What is neither http nor https (`javascript:`, `data:`,
/// `mailto:`) gives `None`, and so does a place on the page itself.
pub(super) fn resolve(written: &str, base: &Url) -> Option<Url> {
    let written = written.trim();
    if written.is_empty() || written.len() > ADDRESS_MAX || written.starts_with('#') {
        return None;
    }
    let mut url = base.join(written).ok()?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return None;
    }
    // Names and passwords in addresses serve only to mislead.
    if !url.username().is_empty() || url.password().is_some() {
        url.set_username("").ok()?;
        url.set_password(None).ok()?;
    }
    tracking::strip(&mut url);
    (url.as_str().len() <= ADDRESS_MAX).then_some(url)
}
