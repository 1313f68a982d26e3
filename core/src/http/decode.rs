//! The body as it comes: undone encoding, counted bytes, a limit on what comes out.

use std::io::{self, Write};

use brotli_decompressor::DecompressorWriter;
use flate2::write::MultiGzDecoder;
use zstd::stream::raw::{DParameter, Decoder as ZstdContext, InBuffer, Operation, OutBuffer};

use super::error::HttpFailure;

/// What is asked for in `Accept-Encoding`.
pub(super) const ACCEPTED: &str = "gzip, br, zstd";

/// RFC 9659: a zstd answer over HTTP needs a window of at most 8 MB.
const ZSTD_WINDOW_LOG: u32 = 23;

/// Takes the body chunk by chunk and keeps the decoded bytes.
pub(super) struct BodyDecoder {
    coding: Coding,
    limit: usize,
    empty: bool,
}

enum Coding {
    Plain(Kept),
    Gzip(MultiGzDecoder<Kept>),
    Brotli(Box<DecompressorWriter<Kept>>),
    Zstd(Zstd),
}

/// The decoded bytes, up to the limit.
struct Kept {
    bytes: Vec<u8>,
    limit: usize,
}

struct Zstd {
    context: ZstdContext<'static>,
    kept: Kept,
    /// Between frames: the body may end here.
    complete: bool,
}

/// Marks that the limit was the reason a decoder stopped.
#[derive(Debug, thiserror::Error)]
#[error("the limit is reached")]
struct OverLimit;

impl BodyDecoder {
    /// For a body of this `Content-Encoding`.
    pub(super) fn new(encoding: Option<&str>, limit: usize) -> Result<Self, HttpFailure> {
        let kept = Kept {
            bytes: Vec::new(),
            limit,
        };
        let encoding = encoding.unwrap_or_default().trim().to_ascii_lowercase();
        let coding = match encoding.as_str() {
            "" | "identity" | "none" | "utf-8" => Coding::Plain(kept),
            "gzip" | "x-gzip" => Coding::Gzip(MultiGzDecoder::new(kept)),
            "br" => Coding::Brotli(Box::new(DecompressorWriter::new(kept, 16 * 1024))),
            "zstd" => Coding::Zstd(Zstd::new(kept).map_err(|e| failure(&e, limit))?),
            other => {
                let reason = format!("it is encoded as {other:?}, which was not asked for");
                return Err(HttpFailure::Decode(reason));
            }
        };
        Ok(Self {
            coding,
            limit,
            empty: true,
        })
    }

    /// The next bytes from the wire.
    pub(super) fn push(&mut self, chunk: &[u8]) -> Result<(), HttpFailure> {
        self.empty &= chunk.is_empty();
        let pushed = match &mut self.coding {
            Coding::Plain(kept) => kept.write_all(chunk),
            Coding::Gzip(decoder) => decoder.write_all(chunk),
            Coding::Brotli(decoder) => decoder.write_all(chunk),
            Coding::Zstd(decoder) => decoder.push(chunk),
        };
        pushed.map_err(|e| failure(&e, self.limit))
    }

    /// What came out so far. Some of what was pushed may still be inside a decoder.
    pub(super) fn bytes(&self) -> &[u8] {
        match &self.coding {
            Coding::Plain(kept) => &kept.bytes,
            Coding::Gzip(decoder) => &decoder.get_ref().bytes,
            Coding::Brotli(decoder) => &decoder.get_ref().bytes,
            Coding::Zstd(decoder) => &decoder.kept.bytes,
        }
    }

    /// What came out, without asking whether it is whole.
    pub(super) fn into_beginning(self, at_most: usize) -> Vec<u8> {
        let mut bytes = self.bytes().to_vec();
        bytes.truncate(at_most);
        bytes
    }

    /// The whole body, or `Truncated` when the encoded stream is not at its end. No bytes at all
    /// are an empty body, whatever the encoding.
    pub(super) fn finish(self) -> Result<Vec<u8>, HttpFailure> {
        if self.empty {
            return Ok(Vec::new());
        }
        let kept = match self.coding {
            Coding::Plain(kept) => Ok(kept),
            Coding::Gzip(decoder) => decoder.finish(),
            Coding::Brotli(mut decoder) => match decoder.close() {
                Ok(()) => decoder
                    .into_inner()
                    .map_err(|_| io::ErrorKind::Other.into()),
                Err(e) => Err(e),
            },
            Coding::Zstd(decoder) if decoder.complete => Ok(decoder.kept),
            Coding::Zstd(_) => Err(io::ErrorKind::UnexpectedEof.into()),
        };
        match kept {
            Ok(kept) => Ok(kept.bytes),
            Err(e) if over_limit(&e) => Err(HttpFailure::TooLarge { limit: self.limit }),
            // The decoders complain of half a checksum or of invalid data; what was invalid
            // before the end made `push` fail.
            Err(_) => Err(HttpFailure::Truncated),
        }
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() > self.limit - self.bytes.len() {
            return Err(io::Error::other(OverLimit));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Zstd {
    fn new(kept: Kept) -> io::Result<Self> {
        let mut context = ZstdContext::new()?;
        context.set_parameter(DParameter::WindowLogMax(ZSTD_WINDOW_LOG))?;
        Ok(Self {
            context,
            kept,
            complete: true,
        })
    }

    fn push(&mut self, chunk: &[u8]) -> io::Result<()> {
        let mut out = [0; 16 * 1024];
        let mut input = InBuffer::around(chunk);
        loop {
            let mut output = OutBuffer::around(&mut out[..]);
            let before = input.pos();
            let wanted = self.context.run(&mut input, &mut output)?;
            let produced = output.pos();
            self.kept.write_all(&out[..produced])?;
            // A call that neither read nor wrote says nothing about the frame.
            if produced > 0 || input.pos() > before {
                self.complete = wanted == 0;
            }
            // A full buffer may mean that more is waiting to come out.
            if input.pos() == chunk.len() && produced < out.len() {
                return Ok(());
            }
        }
    }
}

fn over_limit(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<OverLimit>())
}

fn failure(error: &io::Error, limit: usize) -> HttpFailure {
    if over_limit(error) {
        HttpFailure::TooLarge { limit }
    } else if error.kind() == io::ErrorKind::UnexpectedEof {
        HttpFailure::Truncated
    } else {
        HttpFailure::Decode(error.to_string())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn decode(encoding: &str, wire: &[u8], limit: usize) -> Result<Vec<u8>, HttpFailure> {
        let mut decoder = BodyDecoder::new(Some(encoding), limit)?;
        for chunk in wire.chunks(7) {
            decoder.push(chunk)?;
        }
        decoder.finish()
    }

    fn text() -> Vec<u8> {
        b"Grain ships leave the harbour again. ".repeat(500)
    }

    /// `text()` by the reference brotli encoder would need the encoder here; this is a stream of
    /// one uncompressed block, made by hand after RFC 7932 §9.
    fn brotli_hello() -> Vec<u8> {
        vec![0x0b, 0x02, 0x80, b'h', b'e', b'l', b'l', b'o', 0x03]
    }

    #[test]
    fn every_coding_gives_the_bytes_back() {
        let text = text();
        let zstd = zstd::encode_all(&text[..], 3).unwrap();
        assert_eq!(decode("", &text, 1 << 20).unwrap(), text);
        assert_eq!(decode("gzip", &gzip(&text), 1 << 20).unwrap(), text);
        assert_eq!(decode("X-GZIP", &gzip(&text), 1 << 20).unwrap(), text);
        assert_eq!(decode("zstd", &zstd, 1 << 20).unwrap(), text);
        assert_eq!(decode("br", &brotli_hello(), 1 << 20).unwrap(), b"hello");
    }

    #[test]
    fn nothing_is_an_empty_body_in_every_coding() {
        for name in ["", "gzip", "br", "zstd"] {
            assert_eq!(decode(name, b"", 10).unwrap(), b"", "{name}");
        }
    }

    #[test]
    fn two_gzip_members_are_one_body() {
        let wire = [gzip(b"first "), gzip(b"second")].concat();
        assert_eq!(decode("gzip", &wire, 100).unwrap(), b"first second");
    }

    #[test]
    fn a_stream_that_breaks_off_is_truncated_not_whole() {
        let text = text();
        let zstd = zstd::encode_all(&text[..], 3).unwrap();
        let brotli = brotli_hello();
        for (name, wire) in [("gzip", gzip(&text)), ("zstd", zstd), ("br", brotli)] {
            for keep in [wire.len() - 1, wire.len() / 2] {
                let cut = decode(name, &wire[..keep], 1 << 20);
                assert_eq!(cut, Err(HttpFailure::Truncated), "{name} {keep}");
            }
        }
    }

    #[test]
    fn rubbish_cannot_be_decoded() {
        for name in ["gzip", "zstd", "br"] {
            let rubbish = decode(
                name,
                b"\xffnothing of the kind, but long enough to tell",
                1000,
            );
            assert_eq!(rubbish.unwrap_err().code(), "decode", "{name}");
        }
        assert_eq!(decode("compress", b"", 10).unwrap_err().code(), "decode");
    }

    #[test]
    fn the_limit_holds_to_the_byte() {
        let text = text();
        let zstd = zstd::encode_all(&text[..], 3).unwrap();
        for (name, wire) in [("", text.clone()), ("gzip", gzip(&text)), ("zstd", zstd)] {
            assert_eq!(decode(name, &wire, text.len()).unwrap(), text);
            let over = decode(name, &wire, text.len() - 1);
            let limit = text.len() - 1;
            assert_eq!(over, Err(HttpFailure::TooLarge { limit }), "{name}");
        }
    }
}
