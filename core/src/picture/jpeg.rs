//! JPEG (ITU-T T.81, annex B): its segments, and its pixels by `zune-jpeg`.

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::error::PictureError;
use super::format::{Format, Header};
use super::limits;
use super::orientation::Orientation;
use super::resample::Resampler;

/// Passes over the picture that are read. Cameras and web sites make one to ten; each costs time
/// and hardly a byte.
const MAX_SCANS: usize = 64;
/// Rows of blocks while they become pixels, in bytes for each pixel of width.
const ROW_MEMORY: u64 = 256;

mod marker {
    pub(super) const APP0: u8 = 0xe0;
    pub(super) const APP1: u8 = 0xe1;
    pub(super) const APP14: u8 = 0xee;
    pub(super) const APP15: u8 = 0xef;
    pub(super) const DHT: u8 = 0xc4;
    pub(super) const DQT: u8 = 0xdb;
    pub(super) const DRI: u8 = 0xdd;
    pub(super) const SOF_BASELINE: u8 = 0xc0;
    pub(super) const SOF_EXTENDED: u8 = 0xc1;
    pub(super) const SOF_PROGRESSIVE: u8 = 0xc2;
    pub(super) const SOI: u8 = 0xd8;
    pub(super) const EOI: u8 = 0xd9;
    pub(super) const SOS: u8 = 0xda;

    /// Any of the frames, of which three are read.
    pub(super) fn is_frame(marker: u8) -> bool {
        matches!(marker, 0xc0..=0xcf) && !matches!(marker, DHT | 0xc8 | 0xcc)
    }

    /// Restarts, and one for private use: nothing follows them.
    pub(super) fn stands_alone(marker: u8) -> bool {
        matches!(marker, 0x01 | 0xd0..=0xd7)
    }
}

struct Segment<'a> {
    marker: u8,
    /// Without marker and length.
    data: &'a [u8],
    /// From the marker to the end; of a scan with what follows its header.
    whole: &'a [u8],
}

/// The segments to the end of the picture, its mark as the last; an error where they break off
/// before it. What comes after is often another picture, and is not looked at.
fn segments(bytes: &[u8]) -> impl Iterator<Item = Result<Segment<'_>, PictureError>> {
    let mut at = Some(2);
    std::iter::from_fn(move || {
        let Some((segment, next)) = segment(bytes, at.take()?) else {
            return Some(Err(PictureError::truncated(Format::Jpeg)));
        };
        if segment.marker != marker::EOI {
            at = Some(next);
        }
        Some(Ok(segment))
    })
}

fn segment(bytes: &[u8], mut at: usize) -> Option<(Segment<'_>, usize)> {
    // Readers skip what stands between segments, and so the pictures that have it are about.
    loop {
        at += memchr::memchr(0xff, bytes.get(at..)?)?;
        match *bytes.get(at + 1)? {
            0x00 => at += 2,
            0xff => at += 1,
            alone if marker::stands_alone(alone) => at += 2,
            _ => break,
        }
    }
    let marker = *bytes.get(at + 1)?;
    if matches!(marker, marker::EOI | marker::SOI) {
        let whole = bytes.get(at..at + 2)?;
        let data = &[];
        return Some((
            Segment {
                marker,
                data,
                whole,
            },
            at + 2,
        ));
    }
    let length = usize::from(u16::from_be_bytes(*bytes.get(at + 2..)?.first_chunk()?));
    let mut end = at + 2 + length;
    let data = bytes.get(at + 4..end)?;
    if marker == marker::SOS {
        end = after_scan(bytes, end)?;
    }
    let whole = bytes.get(at..end)?;
    Some((
        Segment {
            marker,
            data,
            whole,
        },
        end,
    ))
}

/// Where compressed data ends: at a marker that is neither a restart nor an escaped byte.
fn after_scan(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr::memchr(0xff, bytes.get(at..)?)?;
        match *bytes.get(at + 1)? {
            0xff => at += 1,
            byte if byte == 0 || marker::stands_alone(byte) => at += 2,
            _ => return Some(at),
        }
    }
}

struct Frame {
    width: u32,
    height: u32,
    components: usize,
    progressive: bool,
    /// Samples of all components, in whole blocks.
    samples: u64,
}

/// Reads the header of a frame: T.81, B.2.2.
fn frame(segment: &Segment<'_>) -> Result<Frame, PictureError> {
    let damaged = || PictureError::damaged(Format::Jpeg, "its header is wrong");
    match segment.marker {
        marker::SOF_BASELINE | marker::SOF_EXTENDED | marker::SOF_PROGRESSIVE => {}
        0xc3 | 0xc7 | 0xcb | 0xcf => return Err(PictureError::Unsupported("lossless JPEG")),
        0xc5 | 0xc6 | 0xcd | 0xce => return Err(PictureError::Unsupported("hierarchical JPEG")),
        _ => return Err(PictureError::Unsupported("arithmetic JPEG")),
    }
    let (header, components) = segment.data.split_first_chunk::<6>().ok_or_else(damaged)?;
    let [bits, height @ .., _, _, _] = header;
    if *bits != 8 {
        return Err(PictureError::Unsupported("JPEG of other than 8 bits"));
    }
    let height = u32::from(u16::from_be_bytes(*height));
    let width = u32::from(u16::from_be_bytes([header[3], header[4]]));
    let count = usize::from(header[5]);
    let (components, []) = components.as_chunks::<3>() else {
        return Err(damaged());
    };
    if components.len() != count || ![1, 3, 4].contains(&count) {
        return Err(damaged());
    }
    let factors = components
        .iter()
        .map(|[_, factors, _]| (u64::from(factors >> 4), u64::from(factors & 15)));
    if factors
        .clone()
        .any(|(across, down)| !(1..=4).contains(&across) || !(1..=4).contains(&down))
    {
        return Err(damaged());
    }
    let across = factors.clone().map(|(across, _)| across).max().unwrap_or(1);
    let down = factors.clone().map(|(_, down)| down).max().unwrap_or(1);
    let units = u64::from(width).div_ceil(8 * across) * u64::from(height).div_ceil(8 * down);
    let blocks: u64 = factors.map(|(across, down)| across * down).sum();
    Ok(Frame {
        width,
        height,
        components: count,
        progressive: segment.marker == marker::SOF_PROGRESSIVE,
        samples: units * blocks * 64,
    })
}

/// Reads the segments, none of the pixels.
pub(super) fn inspect(bytes: &[u8]) -> Result<Header, PictureError> {
    let damaged = |reason: &str| PictureError::damaged(Format::Jpeg, reason);
    let mut found: Option<Frame> = None;
    let mut orientation = None;
    let mut scans = 0;
    let mut metadata = 0;
    for segment in segments(bytes) {
        let segment = segment?;
        match segment.marker {
            marker::APP0..=marker::APP15 => {
                metadata += segment.data.len() as u64;
                if segment.marker == marker::APP1 && segment.data.starts_with(b"Exif\0\0") {
                    orientation.get_or_insert(Orientation::from_exif(segment.data));
                }
            }
            marker::SOI => return Err(damaged("a picture begins inside it")),
            marker::SOS => {
                let Some(frame) = &found else {
                    return Err(damaged("its pixels come before its header"));
                };
                // zune-jpeg 0.5 gets the colours wrong when they come one after the other, and does
                // not say so (zune-image issues 419, 422, 448).
                let colours = segment.data.first().copied().map(usize::from);
                if !frame.progressive && colours != Some(frame.components) {
                    return Err(PictureError::Unsupported("JPEG of separate colours"));
                }
                scans += 1;
                if scans > MAX_SCANS {
                    return Err(damaged("it has too many passes"));
                }
            }
            marker if marker::is_frame(marker) => {
                if found.is_some() {
                    return Err(damaged("it has two headers"));
                }
                found = Some(frame(&segment)?);
            }
            _ => {}
        }
    }
    let frame = found.ok_or_else(|| damaged("it has no header"))?;
    if scans == 0 {
        return Err(damaged("it has no pixels"));
    }
    let pixels = u64::from(frame.width) * u64::from(frame.height) * 3;
    // Passes that refine the picture leave their coefficients, two bytes each, for the next.
    let coefficients = if frame.progressive {
        frame.samples * 2
    } else {
        0
    };
    Ok(Header {
        format: Format::Jpeg,
        width: frame.width,
        height: frame.height,
        orientation: orientation.unwrap_or_default(),
        decoder_memory: pixels + coefficients + metadata + u64::from(frame.width) * ROW_MEMORY,
    })
}

/// Decodes it. What ends early, but has its mark of the end, is shown with what it has: the decoder
/// does not tell.
pub(super) fn decode(bytes: &[u8], rows: &mut Resampler) -> Result<(), PictureError> {
    let failed = |error| PictureError::damaged(Format::Jpeg, error);
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(limits::MAX_SIDE as usize)
        .set_max_height(limits::MAX_SIDE as usize)
        .jpeg_set_max_scans(MAX_SCANS)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let rgb = decoder.decode().map_err(failed)?;
    if decoder.info().map(|info| usize::from(info.width)) != Some(rows.width()) {
        return Err(PictureError::damaged(
            Format::Jpeg,
            "its size is told in two ways",
        ));
    }
    drop(decoder);
    let mut rgba = Vec::with_capacity(rows.width() * 4);
    for row in rgb.chunks_exact(rows.width() * 3) {
        let (pixels, _) = row.as_chunks::<3>();
        rgba.clear();
        rgba.extend(
            pixels
                .iter()
                .flat_map(|&[red, green, blue]| [red, green, blue, 255]),
        );
        rows.push(&rgba);
    }
    Ok(())
}

/// The same picture with only what its pixels need; `None` where not every reader shows it alike.
pub(super) fn essential(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = vec![0xff, marker::SOI];
    for segment in segments(bytes) {
        let segment = segment.ok()?;
        match segment.marker {
            // That there are red, green and blue, or not, without the small picture beside it.
            marker::APP0 if segment.data.starts_with(b"JFIF\0") => {
                file.extend(b"\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
            }
            marker::APP14 if segment.data.starts_with(b"Adobe") && segment.data.len() == 12 => {
                file.extend(segment.whole);
            }
            marker::DQT | marker::DHT | marker::DRI | marker::SOS | marker::EOI => {
                file.extend(segment.whole);
            }
            marker::SOF_BASELINE | marker::SOF_PROGRESSIVE => {
                // Four colours are those of print.
                if segment.data.get(5) == Some(&4) {
                    return None;
                }
                file.extend(segment.whole);
            }
            marker if marker::is_frame(marker) => return None,
            _ => {}
        }
    }
    Some(file)
}
