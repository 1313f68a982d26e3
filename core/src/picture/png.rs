//! PNG (W3C, third edition): its chunks, and its rows by the `png` crate.

use std::io::Cursor;

use ::png::{ColorType, Decoder, Limits, Transformations};

use super::error::PictureError;
use super::format::{Format, Header};
use super::limits;
use super::orientation::Orientation;
use super::resample::Resampler;

const SIGNATURE: usize = 8;
/// Length, name and checksum of a chunk.
const AROUND: usize = 12;
/// Two rows, as they are and as filtered, eight bytes a pixel, and the window of inflating.
const ROWS_MEMORY: u64 = limits::MAX_SIDE as u64 * 8 * 4 + 200_000;

struct Chunk<'a> {
    name: [u8; 4],
    data: &'a [u8],
    /// With length, name and checksum.
    whole: &'a [u8],
}

impl Chunk<'_> {
    /// Whether the checksum is right. Looking costs a hundredth of decoding, and finds damage by
    /// accident before it.
    fn is_whole(&self) -> bool {
        let (data, sum) = self.whole.split_at(self.whole.len() - 4);
        let mut expected = flate2::Crc::new();
        expected.update(&data[4..]);
        sum == expected.sum().to_be_bytes()
    }
}

/// The chunks to the last; an error where they break off before `IEND`.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = Result<Chunk<'_>, PictureError>> {
    let mut rest = bytes.get(SIGNATURE..);
    std::iter::from_fn(move || {
        let at = rest.take()?;
        let Some(chunk) = chunk(at) else {
            return Some(Err(PictureError::truncated(Format::Png)));
        };
        if &chunk.name != b"IEND" {
            rest = at.get(chunk.whole.len()..);
        }
        Some(Ok(chunk))
    })
}

fn chunk(bytes: &[u8]) -> Option<Chunk<'_>> {
    let length = u32::from_be_bytes(*bytes.first_chunk()?) as usize;
    let name = *bytes.get(4..)?.first_chunk()?;
    let whole = bytes.get(..length.checked_add(AROUND)?)?;
    Some(Chunk {
        name,
        data: whole.get(8..8 + length)?,
        whole,
    })
}

/// Reads the chunks, none of the pixels.
pub(super) fn inspect(bytes: &[u8]) -> Result<Header, PictureError> {
    let mut size = None;
    let mut has_pixels = false;
    let mut orientation = Orientation::default();
    for (at, chunk) in chunks(bytes).enumerate() {
        let chunk = chunk?;
        match &chunk.name {
            b"IHDR" if at == 0 => {
                let [width @ .., _, _, _, _] = chunk.data.first_chunk::<8>().ok_or_else(short)?;
                let height = chunk.data[4..].first_chunk().ok_or_else(short)?;
                let interlaced = chunk.data.get(12).ok_or_else(short)?;
                size = Some((
                    u32::from_be_bytes(*width),
                    u32::from_be_bytes(*height),
                    *interlaced != 0,
                ));
            }
            b"IDAT" if !chunk.is_whole() => {
                return Err(PictureError::damaged(Format::Png, "a checksum is wrong"));
            }
            b"IDAT" => has_pixels = true,
            b"eXIf" => orientation = Orientation::from_exif(chunk.data),
            _ => {}
        }
    }
    let Some((width, height, interlaced)) = size else {
        return Err(PictureError::damaged(Format::Png, "it has no header"));
    };
    if !has_pixels {
        return Err(PictureError::damaged(Format::Png, "it has no pixels"));
    }
    let decoder_memory = if interlaced {
        u64::from(width) * u64::from(height) * 4
    } else {
        0
    };
    Ok(Header {
        format: Format::Png,
        width,
        height,
        orientation,
        decoder_memory: decoder_memory + ROWS_MEMORY,
    })
}

fn short() -> PictureError {
    PictureError::damaged(Format::Png, "its header is too short")
}

/// Decodes it row by row.
pub(super) fn decode(bytes: &[u8], rows: &mut Resampler) -> Result<(), PictureError> {
    let failed = |error: ::png::DecodingError| PictureError::damaged(Format::Png, error);
    let limit = Limits {
        bytes: limits::WORKING_MEMORY as usize,
    };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), limit);
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(failed)?;
    let (colours, _) = reader.output_color_type();
    let mut rgba = Vec::with_capacity(rows.width() * 4);
    if reader.info().interlaced {
        // Its rows do not come in order.
        let size = reader.output_buffer_size();
        let size = size.filter(|size| *size as u64 <= limits::WORKING_MEMORY);
        let size = size.ok_or_else(|| PictureError::damaged(Format::Png, "it is too large"))?;
        let mut whole = vec![0; size];
        let line = reader.next_frame(&mut whole).map_err(failed)?.line_size;
        for row in whole.chunks_exact(line.max(1)) {
            to_rgba(row, colours, &mut rgba);
            rows.push(&rgba);
        }
    } else {
        while let Some(row) = reader.next_row().map_err(failed)? {
            to_rgba(row.data(), colours, &mut rgba);
            rows.push(&rgba);
        }
    }
    Ok(())
}

fn to_rgba(row: &[u8], colours: ColorType, rgba: &mut Vec<u8>) {
    rgba.clear();
    match colours {
        ColorType::Grayscale => rgba.extend(row.iter().flat_map(|&grey| [grey, grey, grey, 255])),
        ColorType::GrayscaleAlpha => {
            let (pixels, _) = row.as_chunks::<2>();
            rgba.extend(
                pixels
                    .iter()
                    .flat_map(|&[grey, alpha]| [grey, grey, grey, alpha]),
            );
        }
        // Palettes are expanded to this.
        ColorType::Rgb | ColorType::Indexed => {
            let (pixels, _) = row.as_chunks::<3>();
            rgba.extend(
                pixels
                    .iter()
                    .flat_map(|&[red, green, blue]| [red, green, blue, 255]),
            );
        }
        ColorType::Rgba => rgba.extend_from_slice(row),
    }
}

/// The same file with only what its pixels need.
pub(super) fn essential(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = bytes.get(..SIGNATURE)?.to_vec();
    for chunk in chunks(bytes) {
        let chunk = chunk.ok()?;
        if matches!(&chunk.name, b"IHDR" | b"PLTE" | b"tRNS" | b"IDAT" | b"IEND") {
            file.extend_from_slice(chunk.whole);
        }
    }
    Some(file)
}
