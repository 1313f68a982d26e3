//! Namespaces and the elements that mean something, whatever a feed calls them.

use std::rc::Rc;

use super::limits::MAX_PREFIXES;

/// A family of elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ns {
    /// RSS of any version, RDF's channel and items, Atom of any version, CDF. One family, because
    /// feeds mix them and where their names agree so do their meanings, or an attribute tells.
    Feed,
    Content,
    Dc,
    DcTerms,
    Itunes,
    Media,
    Rdf,
    Syndication,
    Xhtml,
    FeedBurner,
    Other,
}

/// Namespaces by the beginning of their address, lower-case and without scheme and `www.`.
/// The longer ones stand first.
const BY_ADDRESS: &[(&str, Ns)] = &[
    ("purl.org/rss/1.0/modules/content", Ns::Content),
    ("purl.org/rss/1.0/modules/syndication", Ns::Syndication),
    ("purl.org/rss/1.0/modules/dcterms", Ns::DcTerms),
    ("purl.org/rss/1.0/modules/", Ns::Other),
    ("purl.org/rss/", Ns::Feed),
    ("purl.org/net/rss1.1", Ns::Feed),
    ("purl.org/atom", Ns::Feed),
    ("w3.org/2005/atom", Ns::Feed),
    ("my.netscape.com/", Ns::Feed),
    ("channel.netscape.com/", Ns::Feed),
    ("backend.userland.com/", Ns::Feed),
    ("blogs.law.harvard.edu/", Ns::Feed),
    ("cyber.law.harvard.edu/", Ns::Feed),
    ("rssboard.org/media-rss", Ns::Media),
    ("rssboard.org/", Ns::Feed),
    ("purl.org/dc/elements", Ns::Dc),
    ("purl.org/dc/terms", Ns::DcTerms),
    ("itunes.com/dtds/podcast", Ns::Itunes),
    ("example.com/dtds/podcast", Ns::Itunes),
    ("search.yahoo.com/mrss", Ns::Media),
    ("w3.org/1999/02/22-rdf-syntax-ns", Ns::Rdf),
    ("w3.org/1999/xhtml", Ns::Xhtml),
    ("rssnamespace.org/feedburner", Ns::FeedBurner),
    ("feedburner.com/", Ns::FeedBurner),
];

/// What prefixes mean where a document does not declare them.
const BY_PREFIX: &[(&str, Ns)] = &[
    ("content", Ns::Content),
    ("dc", Ns::Dc),
    ("dcterms", Ns::DcTerms),
    ("itunes", Ns::Itunes),
    ("media", Ns::Media),
    ("rdf", Ns::Rdf),
    ("sy", Ns::Syndication),
    ("xhtml", Ns::Xhtml),
    ("feedburner", Ns::FeedBurner),
    ("atom", Ns::Feed),
    ("atom03", Ns::Feed),
    ("atom10", Ns::Feed),
    ("a10", Ns::Feed),
    ("rss", Ns::Feed),
];

fn of_address(address: &str) -> Option<Ns> {
    let address = address.trim().to_ascii_lowercase();
    let address = address
        .strip_prefix("http://")
        .or_else(|| address.strip_prefix("https://"))
        .unwrap_or(&address);
    let address = address.strip_prefix("www.").unwrap_or(address);
    BY_ADDRESS
        .iter()
        .find(|(start, _)| address.starts_with(start))
        .map(|(_, ns)| *ns)
}

/// The prefixes in force at some place, the innermost last.
#[derive(Debug, Clone, Default)]
pub(super) struct Prefixes<'t>(Rc<Vec<(&'t str, Ns)>>);

impl<'t> Prefixes<'t> {
    /// Adds a declaration: `xmlns` has the empty prefix. `root` says that it stands on the
    /// outermost element, where an unknown default namespace cannot be but a feed's own.
    pub(super) fn declare(&mut self, prefix: &'t str, address: &str, root: bool) {
        let ns = match of_address(address) {
            Some(ns) => ns,
            None if prefix.is_empty() && (root || address.trim().is_empty()) => Ns::Feed,
            // A known prefix with an address of its own is more often a slip than another meaning.
            None => known_prefix(prefix).unwrap_or(Ns::Other),
        };
        if self.0.len() < MAX_PREFIXES {
            Rc::make_mut(&mut self.0).push((prefix, ns));
        }
    }

    /// The family and the local part of a name.
    pub(super) fn resolve<'n>(&self, name: &'n str) -> (Ns, &'n str) {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let declared = self
            .0
            .iter()
            .rev()
            .find(|(p, _)| *p == prefix)
            .map(|(_, ns)| *ns);
        let ns = match declared {
            Some(ns) => ns,
            None if prefix.is_empty() => Ns::Feed,
            None => known_prefix(prefix).unwrap_or(Ns::Other),
        };
        (ns, local)
    }
}

fn known_prefix(prefix: &str) -> Option<Ns> {
    BY_PREFIX
        .iter()
        .find(|(p, _)| p.eq_ignore_ascii_case(prefix))
        .map(|(_, ns)| *ns)
}

macro_rules! elements {
    ($($(#[$doc:meta])* $element:ident: $($ns:ident $local:literal),+;)+) => {
        /// An element that means something to a reader.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum El {
            $($(#[$doc])* $element,)+
            /// Anything else.
            Unknown,
        }

        impl El {
            /// How many there are.
            pub(super) const COUNT: usize = El::Unknown as usize + 1;
        }

        fn find(ns: Ns, local: &[u8]) -> El {
            $($(const _: () = assert!($local.len() <= LONGEST);)+)+
            match (ns, local) {
                $($((Ns::$ns, $local))|+ => El::$element,)+
                _ => El::Unknown,
            }
        }
    };
}

/// The length of the longest local name in the table.
const LONGEST: usize = 20;

elements! {
    // Structure.
    Rss: Feed b"rss";
    Rdf: Feed b"rdf", Rdf b"rdf";
    AtomFeed: Feed b"feed";
    Channel: Feed b"channel";
    Items: Feed b"items";
    Item: Feed b"item", Feed b"entry";
    Html: Feed b"html", Xhtml b"html";
    // Both of feeds and of entries.
    Title: Feed b"title";
    DcTitle: Dc b"title", DcTerms b"title";
    ItunesTitle: Itunes b"title";
    Link: Feed b"link";
    Author: Feed b"author", Feed b"managingeditor";
    DcCreator: Dc b"creator", Dc b"author", DcTerms b"creator";
    ItunesAuthor: Itunes b"author";
    Language: Feed b"language", Dc b"language", DcTerms b"language";
    // Of entries.
    Guid: Feed b"guid", Feed b"id";
    DcIdentifier: Dc b"identifier", DcTerms b"identifier";
    OrigLink: FeedBurner b"origlink";
    PubDate: Feed b"pubdate", Feed b"published";
    Issued: Feed b"issued", DcTerms b"issued", DcTerms b"available", Feed b"date";
    DcDate: Dc b"date", DcTerms b"date";
    Created: Feed b"created", DcTerms b"created";
    Updated: Feed b"updated";
    Modified: Feed b"modified", DcTerms b"modified", Feed b"lastbuilddate";
    Category: Feed b"category", Dc b"subject", DcTerms b"subject";
    Description: Feed b"description", Feed b"summary", Feed b"abstract";
    DcDescription: Dc b"description", DcTerms b"abstract", DcTerms b"description";
    ItunesSummary: Itunes b"summary";
    ItunesSubtitle: Itunes b"subtitle", Feed b"subtitle", Feed b"tagline";
    Encoded: Content b"encoded";
    Content: Feed b"content";
    Body: Feed b"body", Xhtml b"body", Feed b"fullitem";
    XhtmlDiv: Xhtml b"div";
    Source: Feed b"source";
    Name: Feed b"name";
    Email: Feed b"email";
    Uri: Feed b"uri", Feed b"url", Feed b"homepage";
    // Media.
    Enclosure: Feed b"enclosure";
    Image: Feed b"image";
    ItunesImage: Itunes b"image";
    MediaGroup: Media b"group";
    MediaContent: Media b"content";
    MediaThumbnail: Media b"thumbnail";
    MediaTitle: Media b"title";
    MediaDescription: Media b"description";
    // How often to poll.
    Ttl: Feed b"ttl";
    SkipHours: Feed b"skiphours";
    SkipDays: Feed b"skipdays";
    Hour: Feed b"hour";
    Day: Feed b"day";
    UpdatePeriod: Syndication b"updateperiod";
    UpdateFrequency: Syndication b"updatefrequency";
}

/// Which element a name is, without regard to case.
pub(super) fn classify(ns: Ns, local: &str) -> El {
    let mut lower = [0; LONGEST];
    match lower.get_mut(..local.len()) {
        Some(lower) => {
            lower.copy_from_slice(local.as_bytes());
            lower.make_ascii_lowercase();
            find(ns, lower)
        }
        None => El::Unknown,
    }
}
