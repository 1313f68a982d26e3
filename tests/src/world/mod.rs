//! A world of publishers on this machine: an HTTP server that says what its script says, badly
//! when asked to, and remembers what it was asked.
//!
//! ```text
//! test -> World::set(path, Answer) -> Scripts <- Server <- connection <- client under test
//!                                     Log     <-------- every request, for assertions
//! ```
//!
//! It runs on its own thread, so that it serves asynchronous tests, blocking ones and other
//! processes alike.

#![allow(clippy::unwrap_used)]

mod answer;
mod certificates;
mod clock;
pub mod feeds;
mod gate;
mod record;
mod script;
mod server;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use overview_core::http::{ClientOptions, HostOverride};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use url::Url;

pub use answer::{Answer, Encoding, Fault};
pub use certificates::BadCertificate;
pub use clock::WorldClock;
pub use gate::Gate;
pub use record::Recorded;

use certificates::Authority;
use record::Log;
use script::{ANY_HOST, Scripts};
use server::Server;

/// The running world. Ends when dropped.
#[derive(Debug)]
pub struct World {
    plain: SocketAddr,
    secure: SocketAddr,
    authority: Arc<Authority>,
    scripts: Scripts,
    log: Log,
    /// Taken only when dropped.
    runtime: Option<Runtime>,
}

/// One host of the world.
#[derive(Debug, Clone)]
pub struct Site {
    host: String,
    plain: SocketAddr,
    scripts: Scripts,
}

impl World {
    /// Starts a world in which every path is 404. Works inside and outside of a runtime.
    pub fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("world")
            .enable_all()
            .build()
            .unwrap();
        let authority = Arc::new(Authority::new());
        let server = Server {
            scripts: Scripts::default(),
            log: Log::new(),
            connections: Arc::new(AtomicU64::new(0)),
        };
        let listen = |tls: Option<TlsAcceptor>| {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            listener.set_nonblocking(true).unwrap();
            let address = listener.local_addr().unwrap();
            let server = server.clone();
            runtime.spawn(async move {
                let listener = TcpListener::from_std(listener).unwrap();
                server.serve(listener, tls).await;
            });
            address
        };
        let tls = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(&authority) as _);
        Self {
            plain: listen(None),
            secure: listen(Some(TlsAcceptor::from(Arc::new(tls)))),
            authority,
            scripts: server.scripts.clone(),
            log: server.log.clone(),
            runtime: Some(runtime),
        }
    }

    /// Where plain http is spoken.
    pub fn address(&self) -> SocketAddr {
        self.plain
    }

    /// Where https is spoken, with a good certificate for any name.
    pub fn secure_address(&self) -> SocketAddr {
        self.secure
    }

    /// The certificate to trust for that, DER.
    pub fn root_der(&self) -> Vec<u8> {
        self.authority.root_der()
    }

    /// The plain http address of a path, by number.
    pub fn url(&self, path: &str) -> Url {
        format!("http://{}{path}", self.plain).parse().unwrap()
    }

    /// From now on a path is answered so, whatever the host.
    pub fn set(&self, path: &str, answer: Answer) {
        self.scripts.set(ANY_HOST, path, answer);
    }

    /// Once, in the order given and before what was `set`, a path is answered so.
    pub fn then(&self, path: &str, answer: Answer) {
        self.scripts.then(ANY_HOST, path, answer);
    }

    /// One host of the world. Names that end in `.localhost` need no look-up.
    pub fn site(&self, host: &str) -> Site {
        Site {
            host: host.to_owned(),
            plain: self.plain,
            scripts: self.scripts.clone(),
        }
    }

    /// Gives a host a bad certificate; before its first connection.
    pub fn spoil_certificate(&self, host: &str, how: BadCertificate) {
        self.authority.spoil(host, how);
    }

    /// Every request so far, in the order of arrival.
    pub fn requests(&self) -> Vec<Recorded> {
        self.log.requests()
    }

    /// The requests for one path, query included.
    pub fn requests_for(&self, path: &str) -> Vec<Recorded> {
        let mut requests = self.log.requests();
        requests.retain(|request| request.path == path);
        requests
    }

    /// Forgets the requests so far.
    pub fn forget_requests(&self) {
        self.log.forget();
    }

    /// The most requests that were being answered at once, by one host.
    pub fn most_at_once(&self, host: &str) -> usize {
        self.log.most_at_once(Some(host))
    }

    /// The most requests that were being answered at once, by all hosts.
    pub fn most_at_once_in_all(&self) -> usize {
        self.log.most_at_once(None)
    }

    /// Waits until so many requests have arrived since the start or the last `forget_requests`.
    pub async fn arrived(&self, requests: usize) {
        self.log.arrived(requests).await;
    }

    /// Options of a client that may use this world over plain http: open, in no hurry to wait.
    pub fn opened(&self) -> ClientOptions {
        ClientOptions {
            allow_private_addresses: true,
            extra_roots: vec![self.root_der()],
            host_gap: Duration::ZERO,
            launch_pace: Duration::ZERO,
            ..ClientOptions::default()
        }
    }

    /// Options of a client as closed as a reader's, to which these public names lead here, over
    /// https.
    pub fn closed(&self, public_names: &[&str]) -> ClientOptions {
        let here = HostOverride::Connect(self.secure);
        ClientOptions {
            allow_private_addresses: false,
            hosts: public_names
                .iter()
                .map(|name| ((*name).to_owned(), here.clone()))
                .collect(),
            ..self.opened()
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Dropping it here would block, which an asynchronous test may not do.
            runtime.shutdown_background();
        }
    }
}

impl Site {
    /// The host's name.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The plain http address of a path.
    pub fn url(&self, path: &str) -> Url {
        let port = self.plain.port();
        format!("http://{}:{port}{path}", self.host)
            .parse()
            .unwrap()
    }

    /// The https address of a path, for a client to which the name leads here.
    pub fn secure_url(&self, path: &str) -> Url {
        format!("https://{}{path}", self.host).parse().unwrap()
    }

    /// From now on a path of this host is answered so.
    pub fn set(&self, path: &str, answer: Answer) -> &Self {
        self.scripts.set(&self.host, path, answer);
        self
    }

    /// Once, in the order given and before what was `set`, a path of this host is answered so.
    pub fn then(&self, path: &str, answer: Answer) -> &Self {
        self.scripts.then(&self.host, path, answer);
        self
    }
}
