//! `overview catalogue check`: every feed of the catalogue, fetched once and judged. Stores
//! nothing.

use chrono::FixedOffset;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::judge::{Answer, CheckProgress, FeedCheck, judge};
use crate::catalogue::Catalogue;
use crate::clock::Clock;
use crate::feed::{self, FeedContext};
use crate::http::{Body, Client, Kind, Request};
use crate::model::{CountryCode, Publisher};

/// Feeds in work at once.
const IN_WORK: usize = 16;

/// Checks the feeds of these countries' publishers, or of all; also of those that are switched
/// off. A cancelled check gives what was checked before.
pub(crate) async fn check(
    catalogue: &Catalogue,
    countries: &[CountryCode],
    client: &Client,
    clock: &dyn Clock,
    cancel: &CancellationToken,
    progress: &(dyn Fn(&CheckProgress) + Send + Sync),
) -> Vec<FeedCheck> {
    let feeds: Vec<(&Publisher, &Url)> = catalogue
        .publishers()
        .iter()
        .filter(|publisher| countries.is_empty() || countries.contains(&publisher.country))
        .flat_map(|publisher| publisher.feeds.iter().map(move |feed| (publisher, feed)))
        .collect();
    let mut told = CheckProgress {
        planned: u32::try_from(feeds.len()).unwrap_or(u32::MAX),
        done: 0,
    };
    progress(&told);
    let zone = |publisher: &Publisher| {
        catalogue
            .country(publisher.country)
            .and_then(|country| country.utc_offset)
    };
    let mut waiting = feeds.into_iter();
    let mut in_work = FuturesUnordered::new();
    let mut checks = Vec::new();
    loop {
        while in_work.len() < IN_WORK {
            let Some((publisher, url)) = waiting.next() else {
                break;
            };
            in_work.push(one(publisher, url, zone(publisher), client, clock));
        }
        let next = tokio::select! {
            () = cancel.cancelled() => break,
            next = in_work.next() => next,
        };
        let Some(check) = next else { break };
        checks.push(check);
        told.done += 1;
        progress(&told);
    }
    checks.sort_by(|a, b| {
        (a.country, &a.publisher, &a.feed).cmp(&(b.country, &b.publisher, &b.feed))
    });
    checks
}

async fn one(
    publisher: &Publisher,
    url: &Url,
    default_zone: Option<FixedOffset>,
    client: &Client,
    clock: &dyn Clock,
) -> FeedCheck {
    let request = Request {
        url: url.clone(),
        kind: Kind::Feed,
        validators: None,
    };
    let fetched = match client.fetch(&request, clock.now()).await {
        Ok(fetched) => fetched,
        Err(error) => return judge(publisher, url, Err(error.to_string()), clock.now()),
    };
    let Body::New {
        bytes,
        content_type,
        ..
    } = &fetched.body
    else {
        let reason = "it answered that nothing changed, though nothing was said to be known";
        return judge(publisher, url, Err(reason.to_owned()), clock.now());
    };
    let context = FeedContext {
        url: &fetched.final_url,
        content_type: content_type.as_deref(),
        default_zone,
    };
    match feed::parse(bytes, &context) {
        Ok(feed) => {
            let answer = Answer {
                feed: &feed,
                permanent_url: fetched.permanent_url.as_ref(),
            };
            judge(publisher, url, Ok(answer), clock.now())
        }
        Err(error) => judge(publisher, url, Err(error.to_string()), clock.now()),
    }
}
