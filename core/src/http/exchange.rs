//! Two more ways to use the network: asking a server that the person set up, and downloading a large
//! file that can be gone on with.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use reqwest::header::{
    ACCEPT_ENCODING, CONTENT_RANGE, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION,
    RANGE, RETRY_AFTER,
};
use tokio::time::{Instant, timeout};
use url::Url;

use super::client::{self, Client};
use super::error::{HttpError, HttpFailure};
use super::freshness;
use super::redirect::Trail;

/// A question to a server that the person set up, on whatever network it is.
pub struct Question {
    /// Where.
    pub url: Url,
    /// Names and values of headers, beside `Content-Type`. Values are never logged.
    pub headers: Vec<(&'static str, String)>,
    /// Of the body.
    pub content_type: &'static str,
    /// What is sent; nothing is asked for with GET.
    pub body: Option<Vec<u8>>,
    /// The most bytes of an answer that are read.
    pub limit: usize,
    /// The longest the whole exchange may take.
    pub patience: Duration,
}

/// What the server answered, good or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub bytes: Vec<u8>,
    /// `Retry-After`, relative to now.
    pub retry_after: Option<Duration>,
}

/// Takes a piece of a download; `true`, and no bytes, when it begins again from the start.
pub type Take<'t, E> = dyn FnMut(bool, &[u8]) -> Result<(), E> + Send + 't;

impl Client {
    /// Asks once, without redirects, politeness or memory: what to do with an answer is the
    /// caller's.
    ///
    /// # Errors
    /// When there is no whole answer within the limits.
    pub async fn ask_server(
        &self,
        question: Question,
        now: DateTime<Utc>,
    ) -> Result<Answer, HttpError> {
        let wire = self.server_wire()?;
        let failed = |failure| HttpError {
            url: question.url.to_string(),
            redirected_to: None,
            failure,
        };
        let mut headers = HeaderMap::new();
        for (name, value) in &question.headers {
            let mut value = HeaderValue::from_str(value)
                .map_err(|_| failed(HttpFailure::BadUrl(format!("no {name} can be like that"))))?;
            value.set_sensitive(true);
            headers.insert(HeaderName::from_static(name), value);
        }
        let request = match question.body.clone() {
            Some(body) => wire
                .post(question.url.clone())
                .header(CONTENT_TYPE, question.content_type)
                .body(body),
            None => wire.get(question.url.clone()),
        };
        let exchange = async {
            let sent = request.headers(headers).send();
            let mut response = self.within_patience(sent).await?;
            let status = response.status().as_u16();
            let retry_after = response
                .headers()
                .contains_key(RETRY_AFTER)
                .then(|| freshness::freshness(response.headers(), now).retry_after)
                .flatten();
            let mut bytes = Vec::new();
            while let Some(chunk) = self.within_patience(response.chunk()).await? {
                if bytes.len() + chunk.len() > question.limit {
                    return Err(HttpFailure::TooLarge {
                        limit: question.limit,
                    });
                }
                bytes.extend_from_slice(&chunk);
            }
            Ok(Answer {
                status,
                bytes,
                retry_after,
            })
        };
        match timeout(question.patience, exchange).await {
            Err(_) => Err(failed(HttpFailure::Timeout {
                after: question.patience,
            })),
            Ok(answer) => answer.map_err(failed),
        }
    }

    /// Downloads what is behind the first `have` bytes of a file of `length` bytes, piece by piece, as
    /// it is on the wire.
    ///
    /// # Errors
    /// Whatever ends the download; what was taken before stays taken. `take`'s own error ends it too.
    pub async fn download<E: From<HttpError>>(
        &self,
        url: &Url,
        have: u64,
        length: u64,
        now: DateTime<Utc>,
        take: &mut Take<'_, E>,
    ) -> Result<(), E> {
        let wire = self.wire()?;
        let error = |failure| HttpError {
            url: url.to_string(),
            redirected_to: None,
            failure,
        };
        let opened = self.options().allow_private_addresses;
        let mut trail = Trail::start(url, opened).map_err(error)?;
        let mut response = loop {
            let at = trail.current().clone();
            let pass = self.gate().enter(&at, trail.was_redirected(), now);
            let _pass = pass.await.map_err(error)?;
            let mut request = wire.get(at).header(ACCEPT_ENCODING, "identity");
            if have > 0 {
                request = request.header(RANGE, format!("bytes={have}-"));
            }
            let response = self.within_patience(request.send()).await.map_err(error)?;
            let status = response.status();
            if !status.is_redirection() {
                break response;
            }
            let location = response.headers().get(LOCATION).map(client::latin1);
            let location = location.ok_or_else(|| error(client::refusal(status)))?;
            trail.follow(status, &location).map_err(error)?;
        };
        let status = response.status();
        let range = response.headers().get(CONTENT_RANGE).map(client::latin1);
        let goes_on = status == StatusCode::PARTIAL_CONTENT
            && range.is_some_and(|range| range.starts_with(&format!("bytes {have}-")));
        let mut got = have;
        if !goes_on {
            if status != StatusCode::OK {
                return Err(error(client::refusal(status)).into());
            }
            got = 0;
            take(true, &[])?;
        }
        let began = Instant::now();
        loop {
            let chunk = self
                .within_patience(response.chunk())
                .await
                .map_err(error)?;
            let Some(chunk) = chunk else { break };
            got += chunk.len() as u64;
            if got > length {
                let limit = usize::try_from(length).unwrap_or(usize::MAX);
                return Err(error(HttpFailure::TooLarge { limit }).into());
            }
            take(false, &chunk)?;
        }
        if got < length {
            return Err(error(HttpFailure::Truncated).into());
        }
        tracing::debug!(%url, bytes = got - have, took = ?began.elapsed(), "downloaded");
        Ok(())
    }
}
