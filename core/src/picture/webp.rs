//! WebP (RFC 9649): its chunks, and its pixels by the `image-webp` crate.
//!
//! The decoder is always given a still picture of one frame that is built anew from the chunks
//! which the pixels need. So it never sees an animation, for which it would hold the canvas three
//! times, nor metadata.

use std::io::Cursor;

use image_webp::WebPDecoder;

use super::error::PictureError;
use super::format::{Format, Header};
use super::orientation::Orientation;
use super::resample::Resampler;

/// `RIFF`, a length, `WEBP`.
const FILE_HEADER: usize = 12;
/// A name and a length.
const CHUNK_HEADER: usize = 8;
/// Position, size, duration and flags of a frame of an animation.
const FRAME_HEADER: usize = 16;
/// Trees of codes, borders, probabilities.
const TABLES_MEMORY: u64 = 1_000_000;

/// A frame and where it stands on the canvas.
struct Still<'a> {
    canvas: (u32, u32),
    place: (u32, u32),
    size: (u32, u32),
    /// How opaque, where the pixels do not say.
    alpha: Option<&'a [u8]>,
    pixels: &'a [u8],
    lossless: bool,
    has_alpha: bool,
    orientation: Orientation,
}

struct Chunk<'a> {
    name: &'a [u8],
    data: &'a [u8],
}

/// Splits the first chunk off. The byte that makes its length even may be missing at the end.
fn chunk(bytes: &[u8]) -> Option<(Chunk<'_>, &[u8])> {
    let length = u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?) as usize;
    let end = CHUNK_HEADER.checked_add(length)?;
    let chunk = Chunk {
        name: bytes.get(..4)?,
        data: bytes.get(CHUNK_HEADER..end)?,
    };
    let next = end.checked_add(length % 2)?;
    Some((chunk, bytes.get(next..).unwrap_or_default()))
}

fn number24(bytes: &[u8], at: usize) -> Option<u32> {
    let [a, b, c] = *bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes([a, b, c, 0]))
}

fn damaged(reason: &str) -> PictureError {
    PictureError::damaged(Format::WebP, reason)
}

/// What of the file makes its first frame.
fn first_frame(bytes: &[u8]) -> Result<Still<'_>, PictureError> {
    let broken = || PictureError::truncated(Format::WebP);
    let length = bytes.get(4..).and_then(|rest| rest.first_chunk());
    let length = u32::from_le_bytes(*length.ok_or_else(broken)?) as usize;
    let end = length.checked_add(CHUNK_HEADER).ok_or_else(broken)?;
    let mut rest = bytes.get(FILE_HEADER..end).ok_or_else(broken)?;

    let mut canvas = None;
    let mut frame = None;
    let (mut alpha, mut pixels) = (None, None);
    let mut orientation = Orientation::default();
    while rest.len() >= CHUNK_HEADER {
        let (chunk, after) = chunk(rest).ok_or_else(broken)?;
        rest = after;
        match chunk.name {
            b"VP8X" => {
                let side = |at| number24(chunk.data, at).map(|side| side + 1);
                canvas = Some((side(4).ok_or_else(broken)?, side(7).ok_or_else(broken)?));
            }
            b"EXIF" => orientation = Orientation::from_exif(chunk.data),
            b"ANMF" if frame.is_none() && pixels.is_none() => frame = Some(chunk.data),
            b"ALPH" if alpha.is_none() => alpha = Some(chunk.data),
            b"VP8 " | b"VP8L" if pixels.is_none() => pixels = Some((chunk.name, chunk.data)),
            _ => {}
        }
    }

    let mut place = (0, 0);
    if let Some(frame) = frame {
        let side = |at| number24(frame, at).ok_or_else(broken);
        place = (side(0)? * 2, side(3)? * 2);
        (alpha, pixels) = (None, None);
        let mut rest = frame.get(FRAME_HEADER..).ok_or_else(broken)?;
        while rest.len() >= CHUNK_HEADER && pixels.is_none() {
            let (chunk, after) = chunk(rest).ok_or_else(broken)?;
            rest = after;
            match chunk.name {
                b"ALPH" => alpha = Some(chunk.data),
                b"VP8 " | b"VP8L" => pixels = Some((chunk.name, chunk.data)),
                _ => {}
            }
        }
    }
    let (name, pixels) = pixels.ok_or_else(|| damaged("it has no pixels"))?;
    let lossless = name == b"VP8L";
    let (size, says_alpha) =
        size(pixels, lossless).ok_or_else(|| damaged("its header is wrong"))?;
    let canvas = canvas.unwrap_or(size);
    let fits = match frame {
        Some(_) => place.0 + size.0 <= canvas.0 && place.1 + size.1 <= canvas.1,
        None => size == canvas,
    };
    if !fits {
        return Err(damaged("its canvas and its pixels differ in size"));
    }
    let alpha = alpha.filter(|_| !lossless);
    Ok(Still {
        canvas,
        place,
        size,
        alpha,
        pixels,
        lossless,
        has_alpha: says_alpha || alpha.is_some(),
        orientation,
    })
}

/// Width, height and whether it has transparency, by the pixels' own header: RFC 6386 section 9.1,
/// RFC 9649 section 3.4.
fn size(pixels: &[u8], lossless: bool) -> Option<((u32, u32), bool)> {
    if lossless {
        let (0x2f, rest) = pixels.split_first()? else {
            return None;
        };
        let bits = u32::from_le_bytes(*rest.first_chunk()?);
        let size = ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
        return Some((size, bits >> 28 & 1 == 1));
    }
    let header = pixels.first_chunk::<10>()?;
    if header[3..6] != [0x9d, 0x01, 0x2a] {
        return None;
    }
    let side = |low, high| u32::from(u16::from_le_bytes([low, high])) & 0x3fff;
    let size = (side(header[6], header[7]), side(header[8], header[9]));
    (size.0 > 0 && size.1 > 0).then_some((size, false))
}

/// Reads the chunks, none of the pixels.
pub(super) fn inspect(bytes: &[u8]) -> Result<Header, PictureError> {
    let still = first_frame(bytes)?;
    let pixels = u64::from(still.size.0) * u64::from(still.size.1);
    // Twice a pixel, to count in halves: planes of 1.5 bytes and what they become; for what the
    // planes do not say a lossless picture more and a byte from it; lossless ones without
    // transparency become rows of three bytes from four.
    let half_bytes = match (still.lossless, still.has_alpha) {
        (true, true) => 8,
        (true, false) => 14,
        (false, false) => 9,
        (false, true) => 21,
    };
    let copies = 2 * (still.pixels.len() + still.alpha.map_or(0, <[u8]>::len)) as u64;
    Ok(Header {
        format: Format::WebP,
        width: still.canvas.0,
        height: still.canvas.1,
        orientation: still.orientation,
        decoder_memory: pixels * half_bytes / 2 + copies + TABLES_MEMORY,
    })
}

/// Decodes the first frame; around it is nothing.
pub(super) fn decode(bytes: &[u8], rows: &mut Resampler) -> Result<(), PictureError> {
    let failed = |error: image_webp::DecodingError| PictureError::damaged(Format::WebP, error);
    let still = first_frame(bytes)?;
    let (width, height) = (still.size.0 as usize, still.size.1 as usize);
    let mut decoder = WebPDecoder::new(Cursor::new(still.file())).map_err(failed)?;
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    if decoder.dimensions() != still.size {
        return Err(damaged("its size is told in two ways"));
    }
    let mut whole = vec![0; width * height * channels];
    decoder.read_image(&mut whole).map_err(failed)?;
    drop(decoder);

    let (left, top) = (still.place.0 as usize, still.place.1 as usize);
    let mut rgba = vec![0; rows.width() * 4];
    for y in 0..still.canvas.1 as usize {
        rgba.fill(0);
        if let Some(row) = y.checked_sub(top).filter(|row| *row < height)
            && let Some(place) = rgba.get_mut(left * 4..(left + width) * 4)
        {
            let row = &whole[row * width * channels..][..width * channels];
            let (place, _) = place.as_chunks_mut::<4>();
            for (pixel, from) in place.iter_mut().zip(row.chunks_exact(channels)) {
                pixel[3] = 255;
                pixel[..channels].copy_from_slice(from);
            }
        }
        rows.push(&rgba);
    }
    Ok(())
}

/// The same picture with only what its pixels need; `None` for an animation.
pub(super) fn essential(bytes: &[u8]) -> Option<Vec<u8>> {
    let still = first_frame(bytes).ok()?;
    (still.size == still.canvas).then(|| still.file())
}

impl Still<'_> {
    /// A file of this frame alone.
    fn file(&self) -> Vec<u8> {
        let mut file =
            Vec::with_capacity(self.pixels.len() + 64 + self.alpha.map_or(0, <[u8]>::len));
        file.extend(b"RIFF\0\0\0\0WEBP");
        if let Some(alpha) = self.alpha {
            let mut extended = [0; 10];
            // That there is an alpha chunk.
            extended[0] = 0x10;
            extended[4..7].copy_from_slice(&(self.size.0 - 1).to_le_bytes()[..3]);
            extended[7..].copy_from_slice(&(self.size.1 - 1).to_le_bytes()[..3]);
            append(&mut file, b"VP8X", &extended);
            append(&mut file, b"ALPH", alpha);
        }
        let name = if self.lossless { b"VP8L" } else { b"VP8 " };
        append(&mut file, name, self.pixels);
        let length = (file.len() - CHUNK_HEADER) as u32;
        file[4..8].copy_from_slice(&length.to_le_bytes());
        file
    }
}

fn append(file: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    file.extend(name);
    file.extend((data.len() as u32).to_le_bytes());
    file.extend(data);
    if data.len() % 2 == 1 {
        file.push(0);
    }
}
