//! The sample world on loopback.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use overview_core::http::{ClientOptions, HostOverride};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::publication::Publication;

/// Publishes the world on this machine, on a thread of its own, until it is dropped.
#[derive(Debug)]
pub struct Server {
    hosts: HashMap<String, HostOverride>,
    /// Dropping it ends the server.
    _stop: oneshot::Sender<Infallible>,
}

impl Server {
    /// Starts it on a free port of the loopback interface.
    ///
    /// # Errors
    /// The system's, when there is no loopback interface or no thread to be had.
    pub fn start(publication: Publication) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let hosts = publication.hosts_at(address);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        std::thread::Builder::new()
            .name("overview-sample".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        _ = stopped => {}
                        () = serve(listener, publication) => {}
                    }
                });
            })?;
        Ok(Self { hosts, _stop: stop })
    }

    /// How to read it: its names lead to this server, and there is nobody to be polite to.
    pub fn client_options(&self) -> ClientOptions {
        ClientOptions {
            allow_private_addresses: true,
            launch_pace: Duration::ZERO,
            host_gap: Duration::ZERO,
            hosts: self.hosts.clone(),
            ..ClientOptions::default()
        }
    }
}

async fn serve(listener: std::net::TcpListener, publication: Publication) {
    let Ok(listener) = TcpListener::from_std(listener) else {
        return;
    };
    while let Ok((socket, _)) = listener.accept().await {
        let publication = publication.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let answer = answer(&publication, &request);
            async move { Ok::<_, Infallible>(answer) }
        });
        // A client that hangs up is no news.
        tokio::spawn(async move {
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(socket), service)
                .await;
        });
    }
}

fn answer(publication: &Publication, request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let host = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let reply = publication.answer(host, request.uri().path());
    let mut response = Response::new(Full::default());
    match reply {
        Some(reply) => {
            response.headers_mut().insert(
                CONTENT_TYPE,
                hyper::header::HeaderValue::from_static(reply.content_type),
            );
            *response.body_mut() = Full::new(reply.body.into());
        }
        None => *response.status_mut() = StatusCode::NOT_FOUND,
    }
    response
}
