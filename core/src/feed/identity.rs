//! Which entries are the same article, inside one publisher.
//!
//! Every entry has up to two keys, and two entries of one publisher are the same article if either
//! agrees. Publishers change guids and keep addresses, or the other way round; seldom both at once.
//!
//! - The guid's key. Dropped where one document repeats the guid for different articles. A guid
//!   that is an address is compared as one, so that `http` and tracking parameters do not matter;
//!   its fragment does.
//! - The key of the canonical address. Dropped where one document repeats it for different
//!   articles (all of them linking to a live page), and where it is only the site's front page.
//! - An entry left with neither is known by its date and body, or by its date alone where no other
//!   of the document has that and no body is given. An edit of the body then makes it another
//!   article, which cannot be told from a new one.
//!
//! A title is never part of a key: titles are edited all day. Entries without any of these have no
//! key, and cannot be stored.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};
use url::Url;

use super::Entry;
use crate::tracking;

/// A key: half of a SHA-256.
pub type Key = [u8; 16];

/// The keys of one entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct EntryKeys {
    /// Of its guid, or where it has neither guid nor address, of its date and body.
    pub guid: Option<Key>,
    /// Of its canonical address.
    pub url: Option<Key>,
}

impl EntryKeys {
    /// Whether nothing identifies the entry.
    pub fn is_empty(&self) -> bool {
        self.guid.is_none() && self.url.is_none()
    }
}

impl IntoIterator for EntryKeys {
    type Item = Key;
    type IntoIter = std::iter::Flatten<std::array::IntoIter<Option<Key>, 2>>;

    fn into_iter(self) -> Self::IntoIter {
        [self.guid, self.url].into_iter().flatten()
    }
}

/// The keys of the entries of one document, in their order. `publisher` is the publisher's id: the
/// same guid of two publishers gives two keys.
pub fn entry_keys(publisher: &str, entries: &[Entry]) -> Vec<EntryKeys> {
    let guids: Vec<_> = entries
        .iter()
        .map(|e| e.id.as_deref().and_then(canonical_guid))
        .collect();
    let urls: Vec<_> = entries
        .iter()
        .map(|e| e.url.as_ref().and_then(article_address))
        .collect();
    let good_guids = unambiguous(&guids, |at| {
        let entry = &entries[at];
        (
            urls[at].clone(),
            if urls[at].is_none() { body(entry) } else { "" },
        )
    });
    let good_urls = unambiguous(&urls, |at| (guids[at].clone(), entries[at].published));
    let by_date = unambiguous(
        &entries.iter().map(|e| e.published).collect::<Vec<_>>(),
        // Two entries of one date are never the same without more.
        |at| at,
    );
    (0..entries.len())
        .map(|at| {
            let guid = guids[at].as_deref().filter(|_| good_guids[at]);
            let url = urls[at].as_deref().filter(|_| good_urls[at]);
            let mut keys = EntryKeys {
                guid: guid.map(|guid| key("guid", publisher, guid)),
                url: url.map(|url| key("url", publisher, url)),
            };
            if keys.is_empty() {
                keys.guid = by_content(publisher, &entries[at], by_date[at]);
            }
            keys
        })
        .collect()
}

/// For each value whether all entries that share it agree in everything else that `rest` gives.
fn unambiguous<V: std::hash::Hash + Eq, R: PartialEq>(
    values: &[Option<V>],
    rest: impl Fn(usize) -> R,
) -> Vec<bool> {
    let mut first: HashMap<&V, (R, bool)> = HashMap::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        let Some(value) = value else { continue };
        let this = rest(at);
        match first.get_mut(value) {
            Some((known, good)) => *good &= *known == this,
            None => {
                first.insert(value, (this, true));
            }
        }
    }
    let good = |value: &V| first.get(value).is_some_and(|(_, good)| *good);
    values
        .iter()
        .map(|value| value.as_ref().is_some_and(good))
        .collect()
}

fn body(entry: &Entry) -> &str {
    entry
        .content
        .as_deref()
        .or(entry.summary.as_deref())
        .unwrap_or("")
}

fn by_content(publisher: &str, entry: &Entry, date_is_unique: bool) -> Option<Key> {
    let body = body(entry);
    let date = entry.published.map(|date| date.timestamp().to_string());
    if body.is_empty() && !date_is_unique {
        return None;
    }
    Some(key(
        "content",
        publisher,
        &format!("{}\n{body}", date.unwrap_or_default()),
    ))
}

fn key(kind: &str, publisher: &str, value: &str) -> Key {
    let mut hash = Sha256::new();
    // Each part ends in a byte that none of them contains.
    for part in ["overview entry 1", kind, publisher, value] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let mut key = Key::default();
    for (to, from) in key.iter_mut().zip(hash.finalize()) {
        *to = from;
    }
    key
}

/// A guid for comparison.
fn canonical_guid(guid: &str) -> Option<String> {
    let guid = guid.trim();
    if guid.is_empty() {
        return None;
    }
    let Some(url) = Url::parse(guid).ok().filter(is_web) else {
        return Some(guid.to_owned());
    };
    let mut canonical = canonical_url(&url);
    if let Some(fragment) = url.fragment().filter(|fragment| !fragment.starts_with('!')) {
        canonical.push('#');
        canonical.push_str(fragment);
    }
    Some(canonical)
}

/// The canonical address of an article; `None` for a front page.
fn article_address(url: &Url) -> Option<String> {
    let canonical = canonical_url(url);
    let path = Url::parse(&canonical).ok()?;
    let front_page = path.path().len() <= 1 && path.query().is_none() && path.fragment().is_none();
    (!front_page).then_some(canonical)
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// An address for comparison: `https`, host in lower case, without user, default port, fragment
/// (but `#!…`, which selects the page), tracking parameters and trailing slash. Order and case of
/// everything else stay, since they may matter. Doing it twice changes nothing.
pub fn canonical_url(url: &Url) -> String {
    if !is_web(url) {
        return url.as_str().to_owned();
    }
    let mut out = String::with_capacity(url.as_str().len() + 1);
    out.push_str("https://");
    out.push_str(url.host_str().unwrap_or(""));
    // 443 on http and 80 on https stay: they are no defaults there. After the change of scheme 443
    // would become one, so it goes as well.
    if let Some(port) = url.port().filter(|port| *port != 443) {
        out.push(':');
        out.push_str(&port.to_string());
    }
    let path = url.path().trim_end_matches('/');
    out.push_str(if path.is_empty() { "/" } else { path });
    let mut separator = '?';
    for parameter in url.query().unwrap_or("").split('&') {
        if !parameter.is_empty() && !tracking::is_tracking(parameter) {
            out.push(separator);
            out.push_str(parameter);
            separator = '&';
        }
    }
    if let Some(fragment) = url.fragment().filter(|fragment| fragment.starts_with('!')) {
        out.push('#');
        out.push_str(fragment);
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;

    fn entry(id: Option<&str>, url: Option<&str>) -> Entry {
        Entry {
            id: id.map(str::to_owned),
            url: url.map(|url| Url::parse(url).unwrap()),
            ..Entry::default()
        }
    }

    fn canonical(url: &str) -> String {
        canonical_url(&Url::parse(url).unwrap())
    }

    #[test]
    fn addresses_that_are_the_same() {
        for (url, want) in [
            ("http://Example.ORG:80/a/", "https://example.org/a"),
            (
                "https://example.org/a?utm_source=rss&id=3&fbclid=x#top",
                "https://example.org/a?id=3",
            ),
            (
                "https://example.org/a?id=3&b",
                "https://example.org/a?id=3&b",
            ),
            (
                "https://example.org/a?source=rss_main&from=page",
                "https://example.org/a?from=page",
            ),
            (
                "https://example.org/?at_medium=RSS&at_campaign=KARANGA",
                "https://example.org/",
            ),
            ("https://example.org/#!/a/1", "https://example.org/#!/a/1"),
            (
                "http://example.org:8080/A%c3%a9",
                "https://example.org:8080/A%c3%a9",
            ),
            ("ftp://example.org/a/", "ftp://example.org/a/"),
        ] {
            assert_eq!(canonical(url), want);
        }
    }

    #[test]
    fn repeated_guids_and_addresses_are_no_keys() {
        let keys = entry_keys(
            "p",
            &[
                entry(Some("same"), Some("https://a.example/1")),
                entry(Some("same"), Some("https://a.example/2")),
                entry(Some("3"), Some("https://a.example/live")),
                entry(Some("4"), Some("https://a.example/live#x")),
                entry(Some("5"), Some("https://a.example/")),
            ],
        );
        let has: Vec<_> = keys
            .iter()
            .map(|k| (k.guid.is_some(), k.url.is_some()))
            .collect();
        assert_eq!(
            has,
            [
                (false, true),
                (false, true),
                (true, false),
                (true, false),
                (true, false)
            ]
        );
        // The same article listed twice is no repetition.
        let twice = entry(Some("1"), Some("https://a.example/1"));
        let keys = entry_keys("p", &[twice.clone(), twice.clone()]);
        assert_eq!(keys[0], entry_keys("p", &[twice])[0]);
        assert!(keys[0].guid.is_some() && keys[0].url.is_some());
    }

    #[test]
    fn without_guid_and_address_date_and_body_count() {
        let bare = |title: &str, body: &str, date: i64| Entry {
            title: Some(title.to_owned()),
            summary: Some(body.to_owned()).filter(|body| !body.is_empty()),
            published: DateTime::from_timestamp(date, 0),
            ..Entry::default()
        };
        let keys = |entries: &[Entry]| entry_keys("p", entries);
        assert_eq!(keys(&[bare("a", "x", 1)]), keys(&[bare("b", "x", 1)]));
        assert_ne!(keys(&[bare("a", "x", 1)]), keys(&[bare("a", "y", 1)]));
        assert!(!keys(&[bare("a", "", 1)])[0].is_empty());
        assert!(
            keys(&[bare("a", "", 1), bare("b", "", 1)])
                .iter()
                .all(EntryKeys::is_empty)
        );
        let titled = Entry {
            title: Some("a".to_owned()),
            ..Entry::default()
        };
        assert!(keys(&[titled])[0].is_empty());
    }

    #[test]
    fn publishers_do_not_share_keys() {
        let entries = [entry(Some("1"), Some("https://a.example/1"))];
        let (a, b) = (entry_keys("a", &entries), entry_keys("b", &entries));
        assert_ne!(a[0].guid, b[0].guid);
        assert_ne!(a[0].url, b[0].url);
        assert_ne!(a[0].guid, a[0].url);
    }

    proptest! {
        #[test]
        fn canonical_twice_is_canonical_once(
            scheme in "https?",
            port in prop_oneof![Just(String::new()), "(:80|:443|:8080)"],
            path in "(/[a-z0-9%./ -]{0,6}){0,4}",
            query in "([?][a-z_=&;%A-Z0-9]{0,30})?",
            fragment in "(#[!a-z/]{0,6})?",
        ) {
            let url = format!("{scheme}://Www.Example.org{port}{path}{query}{fragment}");
            if let Ok(url) = Url::parse(&url) {
                let once = canonical_url(&url);
                let again = Url::parse(&once).unwrap();
                prop_assert_eq!(canonical_url(&again), once);
            }
        }

        #[test]
        fn keys_outlive_what_publishers_change(ids in proptest::collection::hash_set("[a-z0-9]{1,8}", 1..12), turn in 0_usize..12) {
            let entries: Vec<_> = ids
                .iter()
                .map(|id| entry(Some(id), Some(&format!("http://a.example/{id}"))))
                .collect();
            let keys = entry_keys("p", &entries);
            // Distinct articles stay distinct.
            let distinct: std::collections::HashSet<_> = keys.iter().flat_map(|k| [k.guid, k.url]).collect();
            prop_assert_eq!(distinct.len(), 2 * entries.len());
            let mut changed = entries.clone();
            for entry in &mut changed {
                entry.title = Some("Edited".to_owned());
                let url = format!("https://a.example/{}/?utm_medium=rss#top", entry.id.as_deref().unwrap());
                entry.url = Some(Url::parse(&url).unwrap());
            }
            let turn = turn % changed.len();
            changed.rotate_left(turn);
            let mut again = entry_keys("p", &changed);
            again.rotate_right(turn);
            prop_assert_eq!(again, keys);
        }
    }
}
