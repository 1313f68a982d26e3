//! HTTP/1.1 written out by hand: a server made to misbehave must not be kept from it by a library
//! that knows better.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::answer::{Answer, Fault, Framing};
use super::record::{Log, Recorded};
use super::script::Scripts;

#[derive(Debug, Clone)]
pub(super) struct Server {
    pub(super) scripts: Scripts,
    pub(super) log: Log,
    pub(super) connections: Arc<AtomicU64>,
}

/// What becomes of a connection after an answer.
enum After {
    Keep,
    Close,
    Reset,
}

impl Server {
    pub(super) async fn serve(self, listener: TcpListener, tls: Option<TlsAcceptor>) {
        while let Ok((socket, _)) = listener.accept().await {
            let (server, tls) = (self.clone(), tls.clone());
            // A client that hangs up is no news.
            tokio::spawn(async move {
                let _ = match tls {
                    Some(tls) => server.secure(tls, socket).await,
                    None => server.plain(socket).await,
                };
            });
        }
    }

    async fn plain(&self, mut socket: TcpStream) -> io::Result<()> {
        socket.set_nodelay(true)?;
        let after = self.talk(&mut socket, false).await?;
        if matches!(after, After::Reset) {
            socket.set_zero_linger()?;
        }
        Ok(())
    }

    async fn secure(&self, tls: TlsAcceptor, socket: TcpStream) -> io::Result<()> {
        socket.set_nodelay(true)?;
        let mut stream = tls.accept(socket).await?;
        match self.talk(&mut stream, true).await? {
            After::Reset => stream.get_ref().0.set_zero_linger(),
            _ => stream.shutdown().await,
        }
    }

    async fn talk(
        &self,
        stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
        secure: bool,
    ) -> io::Result<After> {
        let connection = self.connections.fetch_add(1, Ordering::Relaxed) + 1;
        let mut stream = BufReader::new(stream);
        while let Some(request) = read_request(&mut stream, secure, connection).await? {
            let _running = self.log.begin(&request);
            let answer = self.scripts.answer(&request);
            if let Some(gate) = &answer.gate {
                gate.pass().await;
            }
            match send(&mut stream, &answer).await? {
                After::Keep => {}
                ended => return Ok(ended),
            }
        }
        Ok(After::Close)
    }
}

async fn read_request(
    stream: &mut (impl AsyncBufReadExt + Unpin),
    secure: bool,
    connection: u64,
) -> io::Result<Option<Recorded>> {
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        let text: String = line.iter().map(|b| char::from(*b)).collect();
        let text = text.trim_end_matches(['\r', '\n']).to_owned();
        if text.is_empty() {
            break;
        }
        lines.push(text);
    }
    let mut lines = lines.into_iter();
    let first = lines.next().unwrap_or_default();
    let mut words = first.split(' ').map(str::to_owned);
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        })
        .collect();
    let mut request = Recorded {
        method: words.next().unwrap_or_default(),
        path: words.next().unwrap_or_default(),
        host: String::new(),
        headers,
        secure,
        connection,
    };
    let host = request.header("host").unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    request.host = name.to_ascii_lowercase();
    Ok(Some(request))
}

async fn send(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    answer: &Answer,
) -> io::Result<After> {
    match &answer.fault {
        Some(Fault::Reset) => return Ok(After::Reset),
        Some(Fault::Silent) => return until_hang_up(stream).await,
        Some(Fault::Raw(bytes)) => {
            stream.write_all(bytes).await?;
            stream.flush().await?;
            return Ok(After::Close);
        }
        _ => {}
    }
    let endless = answer.fault == Some(Fault::Endless);
    let mut bytes = head(answer, endless);
    let body = &answer.body[..];
    match &answer.fault {
        Some(Fault::CutAfter(kept) | Fault::SilentAfter(kept)) => {
            let sent = if answer.framing == Framing::Chunked {
                chunk(body)[..*kept].to_vec()
            } else {
                body[..*kept].to_vec()
            };
            bytes.extend(sent);
            stream.write_all(&bytes).await?;
            stream.flush().await?;
            return match answer.fault {
                Some(Fault::SilentAfter(_)) => until_hang_up(stream).await,
                _ => Ok(After::Close),
            };
        }
        Some(Fault::Drip(every)) => {
            stream.write_all(&bytes).await?;
            stream.flush().await?;
            for byte in body {
                tokio::time::sleep(*every).await;
                stream.write_all(&[*byte]).await?;
                stream.flush().await?;
            }
            return Ok(After::Close);
        }
        Some(Fault::Endless) => {
            stream.write_all(&bytes).await?;
            loop {
                stream.write_all(body).await?;
            }
        }
        _ => {}
    }
    match answer.framing {
        _ if answer.status == 304 => {}
        Framing::Chunked => {
            // Small ones, so that they fall across everything.
            for part in body.chunks(1000) {
                bytes.extend(chunk(part));
            }
            bytes.extend(b"0\r\n\r\n");
        }
        Framing::Length | Framing::UntilClose => bytes.extend(body),
    }
    stream.write_all(&bytes).await?;
    stream.flush().await?;
    Ok(match answer.framing {
        Framing::UntilClose => After::Close,
        _ => After::Keep,
    })
}

fn head(answer: &Answer, endless: bool) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} Scripted\r\n", answer.status).into_bytes();
    for (name, value) in &answer.headers {
        head.extend(name.as_bytes());
        head.extend(b": ");
        head.extend(value);
        head.extend(b"\r\n");
    }
    match answer.framing {
        _ if answer.status == 304 => {}
        _ if endless => head.extend(b"Connection: close\r\n"),
        Framing::Chunked => head.extend(b"Transfer-Encoding: chunked\r\n"),
        Framing::UntilClose => head.extend(b"Connection: close\r\n"),
        Framing::Length => {
            head.extend(format!("Content-Length: {}\r\n", answer.body.len()).into_bytes());
        }
    }
    head.extend(b"\r\n");
    head
}

fn chunk(part: &[u8]) -> Vec<u8> {
    let mut chunk = format!("{:x}\r\n", part.len()).into_bytes();
    chunk.extend(part);
    chunk.extend(b"\r\n");
    chunk
}

async fn until_hang_up(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<After> {
    let mut byte = [0];
    while stream.read(&mut byte).await? > 0 {}
    Ok(After::Close)
}
