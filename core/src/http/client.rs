use std::error::Error as StdError;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName,
    HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
};
use reqwest::{Response, StatusCode};
use sha2::{Digest, Sha256};
use tokio::time::{Instant, timeout};
use url::Url;

use super::decode::{self, BodyDecoder};
use super::error::{HttpError, HttpFailure};
use super::freshness;
use super::gate::Gate;
use super::options::ClientOptions;
use super::redirect::Trail;
use super::resolve::GuardedResolver;
use super::sniff;
use super::{Body, Fetched, Kind, Request, tls, walls};
use crate::model::Validators;

/// Fetches politely. Clones share their connections, turns and pauses.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    options: ClientOptions,
    user_agent: HeaderValue,
    gate: Gate,
    /// Made at the first fetch: reading the system's certificates takes longer than a reader who
    /// only reads what is stored should wait.
    wire: OnceLock<Result<reqwest::Client, HttpError>>,
    /// For servers that the person set up, which may be in their own network.
    server_wire: OnceLock<Result<reqwest::Client, HttpError>>,
}

/// What one hop brought.
enum Hop {
    Done(Box<Fetched>),
    Redirect {
        status: StatusCode,
        location: String,
    },
}

impl Client {
    /// Checks the options; nothing touches the network or the disk yet.
    ///
    /// # Errors
    ///
    /// `setup`, when the user agent is not one a header can carry.
    pub fn new(options: ClientOptions) -> Result<Self, HttpError> {
        let user_agent = HeaderValue::from_str(&options.user_agent()).map_err(HttpError::setup)?;
        let gate = Gate::new(
            options.max_concurrency,
            options.host_gap,
            options.launch_pace,
        );
        Ok(Self {
            inner: Arc::new(Inner {
                options,
                user_agent,
                gate,
                wire: OnceLock::new(),
                server_wire: OnceLock::new(),
            }),
        })
    }

    /// Asks for one address, following redirects, within every limit. Waits for its host's turn
    /// first. Dropping the future ends the request.
    ///
    /// # Errors
    ///
    /// Whatever is not a full good answer or a 304 that was asked for; see [`HttpFailure`].
    pub async fn fetch(&self, request: &Request, now: DateTime<Utc>) -> Result<Fetched, HttpError> {
        let wire = self.wire()?;
        let mut trail = Trail::start(&request.url, self.inner.options.allow_private_addresses)
            .map_err(|failure| error(request, None, failure))?;
        match self.follow(wire, request, &mut trail, now).await {
            Ok(fetched) => Ok(fetched),
            Err(failure) => Err(error(request, Some(&trail), failure)),
        }
    }

    /// Until when the host of this address wants to be left alone, if it asked.
    pub fn host_paused_until(&self, url: &Url, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let until = self.inner.gate.paused_until(url)?;
        (until > now).then_some(until)
    }

    /// Leaves the host of this address alone until then: what was learnt in an earlier run.
    pub fn pause_host(&self, url: &Url, until: DateTime<Utc>) {
        self.inner.gate.pause(url, until);
    }

    async fn follow(
        &self,
        wire: &reqwest::Client,
        request: &Request,
        trail: &mut Trail,
        now: DateTime<Utc>,
    ) -> Result<Fetched, HttpFailure> {
        let started = Instant::now();
        let total = self.inner.options.total_timeout;
        let mut left = total;
        loop {
            let clock = now + elapsed(started);
            let url = trail.current().clone();
            let pass = self.inner.gate.enter(&url, trail.was_redirected(), clock);
            let pass = pass.await?;
            let launched = Instant::now();
            let asked = self.ask(wire, request, trail, now + elapsed(started));
            let hop = timeout(left, asked).await;
            // Given back before the next hop waits for its turn, so that two hosts which lead to
            // each other cannot wait for each other.
            drop(pass);
            left = left.saturating_sub(launched.elapsed());
            match hop {
                Err(_) => return Err(HttpFailure::Timeout { after: total }),
                Ok(Err(failure)) => return Err(failure),
                Ok(Ok(Hop::Done(fetched))) => return Ok(*fetched),
                Ok(Ok(Hop::Redirect { status, location })) => trail.follow(status, &location)?,
            }
        }
    }

    async fn ask(
        &self,
        wire: &reqwest::Client,
        request: &Request,
        trail: &Trail,
        now: DateTime<Utc>,
    ) -> Result<Hop, HttpFailure> {
        let url = trail.current();
        let asked_with = request
            .validators
            .as_ref()
            .filter(|v| v.url == url.as_str());
        let headers = self.headers(request.kind, asked_with);
        let sent = wire.get(url.clone()).headers(headers).send();
        let response = self.within_patience(sent).await?;
        let status = response.status();
        let headers = response.headers();
        if let Some(by) = walls::challenge(status.as_u16(), headers) {
            let status = status.as_u16();
            return Err(HttpFailure::Blocked { status, by });
        }
        match status {
            StatusCode::NOT_MODIFIED if asked_with.is_some() => Ok(Hop::Done(Box::new(Fetched {
                body: Body::NotModified,
                final_url: url.clone(),
                permanent_url: trail.permanent().cloned(),
                validators: renewed(asked_with, headers, url),
                freshness: freshness::freshness(headers, now),
                wire_bytes: 0,
            }))),
            StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT => match headers.get(LOCATION) {
                Some(location) => Ok(Hop::Redirect {
                    status,
                    location: String::from_utf8_lossy(location.as_bytes()).into_owned(),
                }),
                None => Err(refusal(status)),
            },
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                let retry_after = freshness::pause(headers, now);
                let pause = chrono::Duration::from_std(retry_after).unwrap_or_default();
                self.inner.gate.pause(url, now + pause);
                Err(HttpFailure::RateLimited {
                    status: status.as_u16(),
                    retry_after,
                })
            }
            // Half an answer that nobody asked for is none.
            StatusCode::PARTIAL_CONTENT => Err(refusal(status)),
            _ if status.is_success() => {
                let validators = renewed(None, headers, url);
                let freshness = freshness::freshness(headers, now);
                let content_type = headers.get(CONTENT_TYPE).map(latin1);
                let (bytes, wire_bytes) = self.body(response, request.kind).await?;
                Ok(Hop::Done(Box::new(Fetched {
                    body: Body::New {
                        hash: Sha256::digest(&bytes).into(),
                        bytes,
                        content_type,
                    },
                    final_url: url.clone(),
                    permanent_url: trail.permanent().cloned(),
                    validators,
                    freshness,
                    wire_bytes,
                })))
            }
            _ => Err(refusal(status)),
        }
    }

    fn headers(&self, kind: Kind, validators: Option<&Validators>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(kind.accept()));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(decode::ACCEPTED));
        let mut echo = |name: HeaderName, value: Option<&String>| {
            if let Some(value) = value.and_then(|text| from_latin1(text)) {
                headers.insert(name, value);
            }
        };
        echo(IF_NONE_MATCH, validators.and_then(|v| v.etag.as_ref()));
        echo(
            IF_MODIFIED_SINCE,
            validators.and_then(|v| v.last_modified.as_ref()),
        );
        headers
    }

    /// The decoded body and how many bytes of it were on the wire.
    async fn body(
        &self,
        mut response: Response,
        kind: Kind,
    ) -> Result<(Vec<u8>, u64), HttpFailure> {
        let encoding = response
            .headers()
            .get(CONTENT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        let mut decoder = BodyDecoder::new(encoding.as_deref(), kind.limit())?;
        let mut wire_bytes = 0;
        let mut page = None;
        while let Some(chunk) = self.within_patience(response.chunk()).await? {
            wire_bytes += chunk.len() as u64;
            decoder.push(&chunk)?;
            if kind != Kind::Feed {
                continue;
            }
            let so_far = decoder.bytes();
            if let Some(found) = sniff::cannot_be_feed(so_far) {
                return Err(HttpFailure::WrongKind { found });
            }
            if page.is_none() && so_far.len() >= sniff::ENOUGH {
                page = Some(sniff::html_beginning(so_far));
            }
            if page == Some(true) && so_far.len() >= sniff::HTML_KEPT {
                return Ok((decoder.into_beginning(sniff::HTML_KEPT), wire_bytes));
            }
        }
        Ok((decoder.finish()?, wire_bytes))
    }

    /// One exchange with the server, no longer than it may be silent.
    pub(super) async fn within_patience<T>(
        &self,
        exchange: impl Future<Output = Result<T, reqwest::Error>>,
    ) -> Result<T, HttpFailure> {
        let options = &self.inner.options;
        // The first exchange may have to connect, which has its own, shorter limit.
        match timeout(options.idle_timeout, exchange).await {
            Err(_) => Err(HttpFailure::Idle {
                after: options.idle_timeout,
            }),
            Ok(Err(e)) => Err(HttpFailure::from_reqwest(&e, options.connect_timeout)),
            Ok(Ok(value)) => Ok(value),
        }
    }

    pub(super) fn wire(&self) -> Result<&reqwest::Client, HttpError> {
        let private = self.inner.options.allow_private_addresses;
        let made = self
            .inner
            .wire
            .get_or_init(|| self.inner.make_wire(private));
        made.as_ref().map_err(Clone::clone)
    }

    pub(super) fn server_wire(&self) -> Result<&reqwest::Client, HttpError> {
        let made = self
            .inner
            .server_wire
            .get_or_init(|| self.inner.make_wire(true));
        made.as_ref().map_err(Clone::clone)
    }

    pub(super) fn options(&self) -> &ClientOptions {
        &self.inner.options
    }

    pub(super) fn gate(&self) -> &Gate {
        &self.inner.gate
    }
}

impl Inner {
    fn make_wire(&self, allow_private: bool) -> Result<reqwest::Client, HttpError> {
        let options = &self.options;
        let tls =
            tls::configuration(&options.extra_roots, allow_private).map_err(HttpError::setup)?;
        let resolver = GuardedResolver {
            hosts: Arc::new(options.hosts.clone()),
            allow_private,
        };
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(Arc::new(resolver))
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .http1_only()
            .user_agent(self.user_agent.clone())
            .connect_timeout(options.connect_timeout)
            .pool_max_idle_per_host(1)
            .pool_idle_timeout(Duration::from_secs(10));
        // A proxy would look up and connect in our place, past what these two say.
        if allow_private || !options.hosts.is_empty() {
            builder = builder.no_proxy();
        }
        builder.build().map_err(|e| {
            let cause = e.source().map(|c| format!(": {c}")).unwrap_or_default();
            HttpError::setup(format!("{e}{cause}"))
        })
    }
}

fn error(request: &Request, trail: Option<&Trail>, failure: HttpFailure) -> HttpError {
    HttpError {
        url: request.url.to_string(),
        redirected_to: trail
            .filter(|trail| trail.was_redirected())
            .map(|trail| trail.current().to_string()),
        failure,
    }
}

pub(super) fn refusal(status: StatusCode) -> HttpFailure {
    match status {
        StatusCode::GONE => HttpFailure::Gone,
        // Network authentication required: a captive portal that says so.
        StatusCode::NETWORK_AUTHENTICATION_REQUIRED => HttpFailure::Login {
            to: "of the network this device is in (status 511)".to_owned(),
        },
        _ => HttpFailure::Status {
            status: status.as_u16(),
        },
    }
}

/// RFC 9111 §4.3.4: a 304 replaces what it names and confirms the rest.
fn renewed(old: Option<&Validators>, headers: &HeaderMap, url: &Url) -> Option<Validators> {
    let kept = |name: HeaderName, old: Option<&String>| {
        headers.get(name).map(latin1).or_else(|| old.cloned())
    };
    let etag = kept(ETAG, old.and_then(|v| v.etag.as_ref()));
    let last_modified = kept(LAST_MODIFIED, old.and_then(|v| v.last_modified.as_ref()));
    (etag.is_some() || last_modified.is_some()).then(|| Validators {
        url: url.to_string(),
        etag,
        last_modified,
    })
}

pub(super) fn latin1(value: &HeaderValue) -> String {
    value.as_bytes().iter().map(|b| char::from(*b)).collect()
}

fn from_latin1(text: &str) -> Option<HeaderValue> {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(c).ok()).collect();
    HeaderValue::from_bytes(&bytes?).ok()
}

fn elapsed(since: Instant) -> chrono::Duration {
    chrono::Duration::from_std(since.elapsed()).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_header_comes_back_byte_for_byte() {
        let odd = HeaderValue::from_bytes(b"W/\"caf\xe9 \xff\"").unwrap();
        assert_eq!(from_latin1(&latin1(&odd)).unwrap(), odd);
        assert_eq!(from_latin1("not latin: \u{416}"), None);
    }

    #[test]
    fn a_client_is_shared_between_threads() {
        fn shared<T: Send + Sync + Clone + 'static>() {}
        shared::<Client>();
    }

    #[test]
    fn a_user_agent_no_header_can_carry_is_refused() {
        let options = ClientOptions {
            user_agent: Some("line\nbreak".to_owned()),
            ..ClientOptions::default()
        };
        assert_eq!(Client::new(options).err().unwrap().code(), "setup");
    }
}
