use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use super::gate::Gate;
use super::record::Recorded;

/// What a server says to one request.
#[derive(Debug, Clone)]
pub struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, Vec<u8>)>,
    pub(super) body: Arc<[u8]>,
    pub(super) framing: Framing,
    pub(super) conditional: bool,
    pub(super) gate: Option<Gate>,
    pub(super) fault: Option<Fault>,
}

/// How the end of a body is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    Length,
    Chunked,
    UntilClose,
}

/// A way to misbehave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Promises the whole body, sends so many bytes of it and hangs up.
    CutAfter(usize),
    /// Promises the whole body, sends so many bytes of it and falls silent.
    SilentAfter(usize),
    /// Takes the request and never says anything.
    Silent,
    /// Takes the request and resets the connection.
    Reset,
    /// Sends the body over and over until the client hangs up.
    Endless,
    /// Sends the body byte by byte, one in so much time.
    Drip(Duration),
    /// Sends these bytes instead of an HTTP answer and hangs up.
    Raw(Vec<u8>),
}

/// A `Content-Encoding` the world can speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
    /// RFC 8878.
    Zstd,
}

impl Answer {
    /// 200 with a body.
    pub fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self {
            body: body.into().into(),
            ..Self::status(200)
        }
    }

    /// 200 with a feed.
    pub fn feed(body: impl Into<Vec<u8>>) -> Self {
        Self::ok(body).header("Content-Type", "application/rss+xml; charset=utf-8")
    }

    /// 200 with a web page.
    pub fn page(body: impl Into<Vec<u8>>) -> Self {
        Self::ok(body).header("Content-Type", "text/html; charset=utf-8")
    }

    /// A status without a body.
    pub fn status(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Arc::default(),
            framing: Framing::Length,
            conditional: false,
            gate: None,
            fault: None,
        }
    }

    /// A redirect of this status.
    pub fn redirect(status: u16, to: &str) -> Self {
        Self::status(status).header("Location", to)
    }

    /// 200 with a gzip stream of so many megabytes of spaces; about a thousandth on the wire.
    pub fn gzip_bomb(megabytes: usize) -> Self {
        Self::ok(gzip_bomb(megabytes)).header("Content-Encoding", "gzip")
    }

    /// A fault instead of an answer.
    pub fn fault(fault: Fault) -> Self {
        Self::status(200).with_fault(fault)
    }

    /// Adds a header, byte for byte.
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers
            .push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    /// Adds an `ETag`, quotes and all.
    pub fn etag(self, etag: &str) -> Self {
        self.header("ETag", etag)
    }

    /// Adds a `Last-Modified`.
    pub fn last_modified(self, date: &str) -> Self {
        self.header("Last-Modified", date)
    }

    /// Answers 304 to whoever asks with these validators.
    pub fn conditional(mut self) -> Self {
        self.conditional = true;
        self
    }

    /// Encodes the body and says so.
    pub fn encoded(mut self, encoding: Encoding) -> Self {
        let (name, body) = match encoding {
            Encoding::Gzip => ("gzip", gzip(&self.body)),
            Encoding::Brotli => ("br", brotli(&self.body)),
            Encoding::Zstd => ("zstd", zstd(&self.body)),
        };
        self.body = body.into();
        self.header("Content-Encoding", name)
    }

    /// Sends the body in chunks instead of telling its length.
    pub fn chunked(mut self) -> Self {
        self.framing = Framing::Chunked;
        self
    }

    /// Ends the body by hanging up instead of telling its length.
    pub fn until_close(mut self) -> Self {
        self.framing = Framing::UntilClose;
        self
    }

    /// Waits at a gate before answering.
    pub fn behind(mut self, gate: &Gate) -> Self {
        self.gate = Some(gate.clone());
        self
    }

    /// Misbehaves while answering.
    pub fn with_fault(mut self, fault: Fault) -> Self {
        self.fault = Some(fault);
        self
    }

    /// What is sent to this request: itself, or its 304.
    pub(super) fn to(&self, request: &Recorded) -> Self {
        if self.conditional && self.status == 200 && self.is_known_to(request) {
            Self {
                status: 304,
                body: Arc::default(),
                ..self.clone()
            }
        } else {
            self.clone()
        }
    }

    /// RFC 9110 §13.2.2: the tag decides where one is sent, else the date.
    fn is_known_to(&self, request: &Recorded) -> bool {
        let mine = |name: &str| {
            let found = self
                .headers
                .iter()
                .find(|(n, _)| n.eq_ignore_ascii_case(name));
            found.map(|(_, value)| String::from_utf8_lossy(value).into_owned())
        };
        match request.header("if-none-match") {
            Some(tags) => mine("ETag").is_some_and(|tag| tags.split(", ").any(|t| t == tag)),
            None => {
                let since = request.header("if-modified-since");
                since.is_some() && since.map(str::to_owned) == mine("Last-Modified")
            }
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut out, 4096, 5, 22);
    encoder.write_all(bytes).unwrap();
    drop(encoder);
    out
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

/// One gzip member. A block ended by a full flush depends on nothing before it, so one megabyte is
/// compressed and repeated.
fn gzip_bomb(megabytes: usize) -> Vec<u8> {
    const GZIP_HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let megabyte = vec![b' '; 1 << 20];
    let mut block = Vec::with_capacity(1 << 16);
    flate2::Compress::new(flate2::Compression::best(), false)
        .compress_vec(&megabyte, &mut block, flate2::FlushCompress::Full)
        .unwrap();
    // An empty last block; then checksum and length, which nobody gets to read.
    let end = [[0x03, 0x00].as_slice(), &[0; 8]].concat();
    [GZIP_HEADER.to_vec(), block.repeat(megabytes), end].concat()
}
