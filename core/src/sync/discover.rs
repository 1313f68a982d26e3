//! From an address that a person typed to the feeds of that site.
//!
//! ```text
//! address -> a feed already? -> it, and its front page for country and language
//!         -> a page          -> the feeds it names -> those it links to -> common places
//! ```
//!
//! Each address is asked once, within the limits of any fetch, and no further than needed: common
//! places are only tried where the page names nothing, and only until one is a feed.

use std::collections::HashSet;

use url::Url;

use crate::catalogue::{Catalogue, Guess, guess};
use crate::clock::Clock;
use crate::feed::{self, Feed, FeedContext};
use crate::http::{Body, Client, Fetched, HttpError, Kind, Request};
use crate::language;
use crate::model::{FoundFeed, FoundSite};
use crate::page::{PageInput, SitePage, read_site};

/// Feeds that a page names of which so many are asked.
const NAMED_MAX: usize = 6;
/// Links that look like feeds of which so many are asked.
const LINKED_MAX: usize = 4;
/// Where feeds are when nothing says where, the likeliest first.
const COMMON_PLACES: [&str; 8] = [
    "/feed",
    "/rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feed.json",
    "/feeds",
];
/// Titles that are shown of a feed.
const TITLES_SHOWN: usize = 3;
/// Titles from which the language is concluded.
const TITLES_READ: usize = 30;

/// A feed that answered, where it was asked for and what it says.
struct Answered {
    url: Url,
    feed: Feed,
}

/// Finds the feeds of a site and what tells its country and language.
///
/// # Errors
/// When the address itself does not answer. A site without a feed is an answer.
pub(crate) async fn discover(
    client: &Client,
    clock: &dyn Clock,
    catalogue: &Catalogue,
    address: &Url,
    opened: bool,
) -> Result<FoundSite, HttpError> {
    let asking = Asking {
        client,
        clock,
        opened,
    };
    let address = &secure(address, opened);
    let fetched = asking.ask(address).await?;
    let mut at = fetched.final_url.clone();
    let (page, feeds) = match read(&fetched, address) {
        Read::Feed(answered) => {
            let front = secure(&front_page(&answered), opened);
            at.clone_from(&front);
            // Only for what it says of itself: without it the feed is enough.
            let page = match asking.ask(&front).await {
                Ok(fetched) => match read(&fetched, &front) {
                    Read::Page(page) => page,
                    _ => SitePage::default(),
                },
                Err(_) => SitePage::default(),
            };
            (page, vec![*answered])
        }
        Read::Page(page) => {
            let feeds = asking.feeds_of(&at, &page).await;
            // An article of the site may have been given.
            let front = feeds.iter().find_map(|found| found.feed.home.clone());
            if let Some(front) = front.filter(|front| is_same_host(front, &at)) {
                at = secure(&front, opened);
            }
            (page, feeds)
        }
        Read::Neither => (
            SitePage::default(),
            asking.feeds_of(&at, &SitePage::default()).await,
        ),
    };
    Ok(found(catalogue, &at, &page, &feeds))
}

enum Read {
    Feed(Box<Answered>),
    Page(SitePage),
    Neither,
}

/// What an answer is.
fn read(fetched: &Fetched, asked: &Url) -> Read {
    let Body::New {
        bytes,
        content_type,
        ..
    } = &fetched.body
    else {
        return Read::Neither;
    };
    let context = FeedContext {
        url: &fetched.final_url,
        content_type: content_type.as_deref(),
        default_zone: None,
    };
    match feed::parse(bytes, &context) {
        Ok(feed) => Read::Feed(Box::new(Answered {
            // What moved for good is kept where it is now; what leads on for a while is asked again.
            url: fetched
                .permanent_url
                .clone()
                .unwrap_or_else(|| asked.clone()),
            feed,
        })),
        Err(feed::FeedError::Empty) => Read::Neither,
        Err(_) => Read::Page(read_site(&PageInput {
            bytes,
            url: &fetched.final_url,
            content_type: content_type.as_deref(),
        })),
    }
}

/// The address as it is asked: plain http is only spoken where it was opened.
fn secure(url: &Url, opened: bool) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    if !opened && url.scheme() == "http" {
        // Cannot fail between these two.
        let _ = url.set_scheme("https");
    }
    url
}

struct Asking<'a> {
    client: &'a Client,
    clock: &'a dyn Clock,
    opened: bool,
}

impl Asking<'_> {
    async fn ask(&self, url: &Url) -> Result<Fetched, HttpError> {
        let request = Request {
            url: url.clone(),
            // Of a page it keeps the beginning, where everything is that is looked for.
            kind: Kind::Feed,
            validators: None,
        };
        self.client.fetch(&request, self.clock.now()).await
    }

    async fn feed(&self, url: &Url) -> Option<Answered> {
        let url = secure(url, self.opened);
        match read(&self.ask(&url).await.ok()?, &url) {
            Read::Feed(answered) => Some(*answered),
            _ => None,
        }
    }

    /// The feeds of a page.
    async fn feeds_of(&self, at: &Url, page: &SitePage) -> Vec<Answered> {
        let mut feeds = Vec::new();
        let named = page.feeds.iter().take(NAMED_MAX);
        for url in named {
            feeds.extend(self.feed(url).await);
        }
        if feeds.is_empty() {
            for url in page.links.iter().take(LINKED_MAX) {
                feeds.extend(self.feed(url).await);
            }
        }
        if feeds.is_empty() {
            for place in COMMON_PLACES {
                let Ok(url) = at.join(place) else { continue };
                if page.feeds.contains(&url) || page.links.contains(&url) {
                    continue;
                }
                if let Some(found) = self.feed(&url).await {
                    feeds.push(found);
                    break;
                }
            }
        }
        let mut seen = HashSet::new();
        feeds.retain(|answered| seen.insert(answered.url.clone()));
        feeds
    }
}

/// The front page of a feed: what it names, else the beginning of its address.
fn front_page(answered: &Answered) -> Url {
    let own = answered.feed.home.clone();
    own.or_else(|| answered.url.join("/").ok())
        .unwrap_or_else(|| answered.url.clone())
}

fn is_same_host(a: &Url, b: &Url) -> bool {
    bare_host(a) == bare_host(b)
}

fn bare_host(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

fn found(catalogue: &Catalogue, at: &Url, page: &SitePage, feeds: &[Answered]) -> FoundSite {
    let mut home = at.clone();
    home.set_fragment(None);
    let titles: Vec<&str> = feeds
        .iter()
        .flat_map(|answered| &answered.feed.entries)
        .filter_map(|entry| entry.title.as_deref())
        .take(TITLES_READ)
        .collect();
    let written_in = (!titles.is_empty())
        .then(|| language::identify(&titles.join(". "), &[]))
        .flatten();
    let (country, language) = guess(
        catalogue,
        &Guess {
            home: Some(&home),
            page_language: page.language.as_deref(),
            locale: page.locale.as_deref(),
            feed_languages: feeds
                .iter()
                .filter_map(|answered| answered.feed.language.as_deref())
                .collect(),
            titles: written_in.as_deref(),
        },
    );
    let of_feed = feeds
        .iter()
        .find_map(|answered| answered.feed.title.clone());
    FoundSite {
        name: page
            .name
            .clone()
            .or(of_feed)
            .unwrap_or_else(|| bare_host(&home).to_owned()),
        country: country.map(|(code, _)| code),
        country_sign: country.map(|(_, sign)| sign),
        language_sign: language.as_ref().map(|(_, sign)| *sign),
        language: language.map(|(tag, _)| tag),
        feeds: feeds.iter().map(shown).collect(),
        home,
    }
}

fn shown(answered: &Answered) -> FoundFeed {
    let entries = &answered.feed.entries;
    FoundFeed {
        url: answered.url.clone(),
        title: answered.feed.title.clone(),
        entries: u32::try_from(entries.len()).unwrap_or(u32::MAX),
        newest: entries.iter().filter_map(|entry| entry.published).max(),
        titles: entries
            .iter()
            .filter_map(|entry| entry.title.clone())
            .take(TITLES_SHOWN)
            .collect(),
        known: None,
    }
}
