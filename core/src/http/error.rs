use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::resolve::LookupError;

/// A request that brought no good answer: which, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {failure}", self.doing())]
pub struct HttpError {
    /// The address that was asked for; empty when HTTP could not be set up at all.
    pub url: String,
    /// The address after redirects, when it was another.
    pub redirected_to: Option<String>,
    /// What went wrong.
    pub failure: HttpFailure,
}

impl HttpError {
    pub(super) fn setup(reason: impl ToString) -> Self {
        Self {
            url: String::new(),
            redirected_to: None,
            failure: HttpFailure::Setup(reason.to_string()),
        }
    }

    /// A short name of the failure, stable for programs.
    pub fn code(&self) -> &'static str {
        self.failure.code()
    }

    /// How long the server wants to be left alone, when it said so or is taken to have said so.
    pub fn retry_after(&self) -> Option<Duration> {
        match self.failure {
            HttpFailure::RateLimited { retry_after, .. } => Some(retry_after),
            _ => None,
        }
    }

    fn doing(&self) -> String {
        match (&self.redirected_to, self.url.is_empty()) {
            (_, true) => "setting up HTTP".to_owned(),
            (None, _) => format!("fetching {}", self.url),
            (Some(to), _) => format!("fetching {} (redirected to {to})", self.url),
        }
    }
}

/// Why a request brought no good answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HttpFailure {
    /// The client could not be made.
    #[error("{0}")]
    Setup(String),
    /// The address is not one that can be fetched.
    #[error("the address cannot be used: {0}")]
    BadUrl(String),
    /// No address for the name.
    #[error("the name could not be resolved ({0})")]
    Dns(String),
    /// No connection.
    #[error("no connection ({0})")]
    Connect(String),
    /// No secure connection: a certificate that does not hold, most often.
    #[error("no secure connection ({0})")]
    Tls(String),
    /// The whole request took too long.
    #[error("not done after {} s", after.as_secs_f32())]
    Timeout {
        /// The limit.
        after: Duration,
    },
    /// The server was silent for too long.
    #[error("the server was silent for {} s", after.as_secs_f32())]
    Idle {
        /// The limit.
        after: Duration,
    },
    /// More decoded bytes than the limit.
    #[error("the answer has more than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// A redirect led back to an address already visited.
    #[error("the redirects go in a circle")]
    RedirectLoop,
    /// Too many redirects.
    #[error("more than {limit} redirects")]
    TooManyRedirects {
        /// How many are followed.
        limit: usize,
    },
    /// The server insists on leaving https for http.
    #[error("the server leads from https back to plain http")]
    Downgrade,
    /// An address of a private network, or of this machine.
    #[error("{address} is an address of a private network or of this device")]
    PrivateAddress {
        /// Which, and by which name.
        address: String,
    },
    /// A status that is no good answer.
    #[error("the server answered with status {status}")]
    Status {
        /// The status.
        status: u16,
    },
    /// 410.
    #[error("the server says it is gone for good (status 410)")]
    Gone,
    /// 429 or 503: the whole host wants to be left alone.
    #[error("the server asks to be left alone for {} s (status {status})", retry_after.as_secs())]
    RateLimited {
        /// The status.
        status: u16,
        /// For how long: what `Retry-After` says, within one minute and 24 hours; 10 minutes
        /// when it says nothing that makes sense.
        retry_after: Duration,
    },
    /// A wall against robots stands before it.
    #[error("{by} asks for a challenge only a browser can answer (status {status})")]
    Blocked {
        /// The status.
        status: u16,
        /// Whose wall.
        by: &'static str,
    },
    /// The connection ended before the body did.
    #[error("the answer was cut short")]
    Truncated,
    /// The body is not encoded as the server says.
    #[error("the answer could not be decoded ({0})")]
    Decode(String),
    /// The first bytes cannot be what was asked for.
    #[error("the answer is {found}")]
    WrongKind {
        /// With its article: "a PDF document".
        found: &'static str,
    },
    /// The host asked for a pause earlier; nothing was sent.
    #[error("{host} asked to be left alone until {}", until.format("%Y-%m-%d %H:%M:%S UTC"))]
    HostPaused {
        /// Host and port.
        host: String,
        /// When it may be asked again.
        until: DateTime<Utc>,
    },
    /// A redirect to a page where someone should sign in: a paywall or a captive portal.
    #[error("it leads to a sign-in page, {to}")]
    Login {
        /// Which.
        to: String,
    },
    /// Anything else that went wrong between here and the server.
    #[error("the exchange with the server failed ({0})")]
    Io(String),
}

impl HttpFailure {
    /// A short name of the failure, stable for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Setup(_) => "setup",
            Self::BadUrl(_) => "bad_url",
            Self::Dns(_) => "dns",
            Self::Connect(_) => "connect",
            Self::Tls(_) => "tls",
            Self::Timeout { .. } => "timeout",
            Self::Idle { .. } => "idle",
            Self::TooLarge { .. } => "too_large",
            Self::RedirectLoop => "redirect_loop",
            Self::TooManyRedirects { .. } => "too_many_redirects",
            Self::Downgrade => "downgrade",
            Self::PrivateAddress { .. } => "private_address",
            Self::Status { .. } => "status",
            Self::Gone => "gone",
            Self::RateLimited { .. } => "rate_limited",
            Self::Blocked { .. } => "blocked",
            Self::Truncated => "truncated",
            Self::Decode(_) => "decode",
            Self::WrongKind { .. } => "wrong_kind",
            Self::HostPaused { .. } => "host_paused",
            Self::Login { .. } => "login",
            Self::Io(_) => "io",
        }
    }

    /// Sorts out what reqwest reports, by the causes it wraps.
    pub(super) fn from_reqwest(error: &reqwest::Error, connect_timeout: Duration) -> Self {
        let mut deepest = error.to_string();
        let mut cut_short = false;
        let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
        while let Some(current) = cause {
            deepest = current.to_string();
            if let Some(found) = Self::from_cause(current) {
                return found;
            }
            cut_short |= current
                .downcast_ref::<io::Error>()
                .is_some_and(|e| e.kind() == io::ErrorKind::UnexpectedEof);
            cause = current.source();
        }
        if error.is_connect() && error.is_timeout() {
            let limit = connect_timeout.as_secs_f32();
            Self::Connect(format!("not connected after {limit} s"))
        } else if error.is_connect() {
            Self::Connect(deepest)
        } else if cut_short {
            Self::Truncated
        } else {
            Self::Io(deepest)
        }
    }

    fn from_cause(cause: &(dyn StdError + 'static)) -> Option<Self> {
        if let Some(lookup) = cause.downcast_ref::<LookupError>() {
            return Some(match lookup {
                LookupError::Private(address) => Self::PrivateAddress {
                    address: address.clone(),
                },
                LookupError::Failed(reason) => Self::Dns(reason.clone()),
            });
        }
        // An io::Error gives the source of what it wraps as its own, so look inside, and on.
        let mut layer = cause;
        loop {
            if let Some(tls) = layer.downcast_ref::<rustls::Error>() {
                return Some(Self::Tls(tls.to_string()));
            }
            layer = layer.downcast_ref::<io::Error>()?.get_ref()?;
        }
    }
}
