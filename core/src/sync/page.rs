//! Fetches the page of one article and decides whose body to show.

use url::Url;

use crate::clock::Clock;
use crate::http::{Body, Client, HttpError, HttpFailure, Kind, Request};
use crate::model::{Block, BodySource, Direction, PageVerdict};
use crate::page::{PageInput, choose_body, read_page};
use crate::store::StoredPage;

/// Fetches and reads a page. `feed` is the body that the feed gave, `direction` that of the feed's
/// language.
///
/// # Errors
/// What is the network's or the server's trouble of the moment. A page that is gone, or behind a
/// wall, is an answer.
pub(crate) async fn fetch_page(
    client: &Client,
    clock: &dyn Clock,
    url: &Url,
    feed: Vec<Block>,
    direction: Direction,
) -> Result<StoredPage, HttpError> {
    let request = Request {
        url: url.clone(),
        kind: Kind::Page,
        validators: None,
    };
    let none = |verdict| StoredPage {
        fetched_at: clock.now(),
        verdict,
        source: BodySource::PageIsNone(verdict),
        authors: Vec::new(),
        direction,
        standfirst: None,
        lead: None,
        blocks: None,
        pictures: Vec::new(),
    };
    let fetched = match client.fetch(&request, clock.now()).await {
        Ok(fetched) => fetched,
        Err(error) => {
            return match error.failure {
                HttpFailure::Gone | HttpFailure::Status { status: 404 } => {
                    Ok(none(PageVerdict::Gone))
                }
                HttpFailure::Blocked { .. } => Ok(none(PageVerdict::Challenge)),
                HttpFailure::Login { .. } => Ok(none(PageVerdict::Paywall)),
                _ => Err(error),
            };
        }
    };
    let Body::New {
        bytes,
        content_type,
        ..
    } = fetched.body
    else {
        // Nothing was asked about conditionally.
        return Ok(none(PageVerdict::SummaryOnly));
    };
    let page = read_page(&PageInput {
        bytes: &bytes,
        url: &fetched.final_url,
        content_type: content_type.as_deref(),
    });
    let chosen = choose_body(&page, feed);
    let is_same = !matches!(
        chosen.source,
        BodySource::PageIsOther | BodySource::PageIsNone(_)
    );
    Ok(StoredPage {
        fetched_at: clock.now(),
        verdict: page.verdict,
        source: chosen.source,
        direction: page.direction,
        authors: if is_same { page.authors } else { Vec::new() },
        standfirst: page.standfirst.filter(|_| is_same),
        lead: page.lead.filter(|_| is_same),
        blocks: (chosen.source == BodySource::Page).then_some(chosen.blocks),
        pictures: Vec::new(),
    })
}
