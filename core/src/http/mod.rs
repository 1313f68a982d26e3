//! Polite fetching: conditional requests, limits, pacing, TLS. The only user of reqwest.
//!
//! ```text
//! Request -> Client: address -> gate (one request a host, paced launches) -> one hop
//!         -> redirect by hand, back to address -> decode under a limit -> Fetched
//! ```
//!
//! When to ask again is not decided here but in `sync::schedule`, which knows feeds too.

mod address;
mod client;
mod decode;
mod error;
mod exchange;
mod freshness;
mod gate;
mod options;
mod redirect;
mod resolve;
mod sniff;
mod tls;
mod walls;

use std::time::Duration;

use url::Url;

use crate::model::Validators;

pub use client::Client;
pub use error::{HttpError, HttpFailure};
pub use exchange::{Answer, Question, Take};
pub use options::{ClientOptions, HostOverride};

/// What is being fetched: sets the limit on decoded bytes and the `Accept` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// At most 15 MB. Given up early once the bytes cannot be a feed; of a web page only the
    /// first 512 KB are kept, enough to say that it is one.
    Feed,
    /// At most 5 MB.
    Page,
    /// At most 8 MB.
    Image,
}

impl Kind {
    /// The most decoded bytes that are read, in bytes.
    pub fn limit(self) -> usize {
        match self {
            Self::Feed => 15_000_000,
            Self::Page => 5_000_000,
            Self::Image => 8_000_000,
        }
    }

    fn accept(self) -> &'static str {
        match self {
            Self::Feed => {
                "application/rss+xml, application/atom+xml, application/feed+json, \
                 application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
            }
            Self::Page => "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
            Self::Image => "image/webp, image/jpeg, image/png, image/gif, image/*;q=0.5, */*;q=0.1",
        }
    }
}

/// One request.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where.
    pub url: Url,
    /// What for.
    pub kind: Kind,
    /// Ask whether it changed since.
    pub validators: Option<Validators>,
}

/// What the server says about how long the answer stays good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Freshness {
    /// From `Cache-Control: max-age`, else `Expires` minus `Date`.
    pub max_age: Option<Duration>,
    /// From `Retry-After`, either form, made relative to now.
    pub retry_after: Option<Duration>,
}

/// A good answer.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// 304, or new bytes.
    pub body: Body,
    /// Where the answer came from after redirects.
    pub final_url: Url,
    /// The new address, when every redirect on the way was permanent (301, 308).
    pub permanent_url: Option<Url>,
    /// To be kept and sent next time, instead of the old ones. After a 304: the old ones with
    /// what the 304 replaced. `None` when a full answer came without any.
    pub validators: Option<Validators>,
    /// How long it stays good.
    pub freshness: Freshness,
    /// Bytes of the body that came over the wire, before decoding.
    pub wire_bytes: u64,
}

/// The body of a good answer.
#[derive(Debug, Clone)]
pub enum Body {
    /// 304.
    NotModified,
    /// The decoded bytes.
    New {
        /// The bytes.
        bytes: Vec<u8>,
        /// `Content-Type` as sent.
        content_type: Option<String>,
        /// SHA-256 of the bytes.
        hash: [u8; 32],
    },
}
