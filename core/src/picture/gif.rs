//! GIF (89a): its blocks up to the end of the first frame, and that frame by the `gif` crate.

use ::gif::{ColorOutput, DecodeOptions, MemoryLimit};
use std::num::NonZeroU64;

use super::error::PictureError;
use super::format::{Format, Header};
use super::limits;
use super::orientation::Orientation;
use super::resample::Resampler;

/// Signature, screen size, flags, background, aspect.
const SCREEN: usize = 13;
/// Position, size and flags of a frame.
const FRAME: usize = 9;
/// The tables of LZW.
const TABLES_MEMORY: u64 = 100_000;

/// Reads the blocks up to the end of the first frame, none of the pixels.
pub(super) fn inspect(bytes: &[u8]) -> Result<Header, PictureError> {
    let broken = || PictureError::truncated(Format::Gif);
    let screen = bytes.first_chunk::<SCREEN>().ok_or_else(broken)?;
    let size = |low: u8, high: u8| u32::from(u16::from_le_bytes([low, high]));
    let (width, height) = (size(screen[6], screen[7]), size(screen[8], screen[9]));
    let mut at = SCREEN + colour_table(screen[10]);
    let frame = loop {
        match bytes.get(at).ok_or_else(broken)? {
            b'!' => at = after_blocks(bytes, at + 2).ok_or_else(broken)?,
            b',' => {
                let frame = bytes
                    .get(at + 1..)
                    .and_then(|rest| rest.first_chunk::<FRAME>());
                let frame = frame.ok_or_else(broken)?;
                // One byte more: the length of the first code.
                let data = at + 1 + FRAME + colour_table(frame[8]) + 1;
                after_blocks(bytes, data).ok_or_else(broken)?;
                break frame;
            }
            b';' => return Err(PictureError::damaged(Format::Gif, "it has no frame")),
            _ => {
                return Err(PictureError::damaged(
                    Format::Gif,
                    "a block is of no known kind",
                ));
            }
        }
    };
    let (frame_width, frame_height) = (size(frame[4], frame[5]), size(frame[6], frame[7]));
    let frame_pixels = u64::from(frame_width) * u64::from(frame_height);
    if frame_pixels > limits::MAX_PIXELS {
        return Err(PictureError::TooManyPixels {
            width: frame_width,
            height: frame_height,
        });
    }
    Ok(Header {
        format: Format::Gif,
        width,
        height,
        orientation: Orientation::default(),
        decoder_memory: frame_pixels + TABLES_MEMORY,
    })
}

/// The length of a colour table, in bytes, by the flags before it.
fn colour_table(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}

/// Where a row of blocks ends: each says its length, the last has none.
fn after_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

/// Decodes the first frame; around it is nothing.
pub(super) fn decode(bytes: &[u8], rows: &mut Resampler) -> Result<(), PictureError> {
    let failed = |error: ::gif::DecodingError| PictureError::damaged(Format::Gif, error);
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::Indexed);
    if let Some(limit) = NonZeroU64::new(limits::WORKING_MEMORY) {
        options.set_memory_limit(MemoryLimit::Bytes(limit));
    }
    let mut decoder = options.read_info(bytes).map_err(failed)?;
    let screen_height = usize::from(decoder.height());
    let Some(frame) = decoder.next_frame_info().map_err(failed)? else {
        return Err(PictureError::damaged(Format::Gif, "it has no frame"));
    };
    let (left, top) = (usize::from(frame.left), usize::from(frame.top));
    let (width, height) = (usize::from(frame.width), usize::from(frame.height));
    let transparent = frame.transparent;
    if width == 0 || height == 0 {
        return Err(PictureError::damaged(Format::Gif, "its frame is empty"));
    }
    let mut colours = [[0, 0, 0, 255]; 256];
    let (palette, _) = decoder.palette().map_err(failed)?.as_chunks::<3>();
    for (colour, [red, green, blue]) in colours.iter_mut().zip(palette) {
        *colour = [*red, *green, *blue, 255];
    }
    if let Some(index) = transparent {
        colours[usize::from(index)] = [0; 4];
    }
    let mut indices = vec![0; width * height];
    decoder.read_into_buffer(&mut indices).map_err(failed)?;

    // A frame may reach over the screen, or begin beyond it.
    let shown = width.min(rows.width().saturating_sub(left));
    let mut rgba = vec![0; rows.width() * 4];
    for y in 0..screen_height {
        rgba.fill(0);
        if let Some(row) = y.checked_sub(top).filter(|row| *row < height)
            && let Some(place) = rgba.get_mut(left * 4..(left + shown) * 4)
        {
            let (place, _) = place.as_chunks_mut::<4>();
            for (pixel, index) in place.iter_mut().zip(&indices[row * width..][..shown]) {
                *pixel = colours[usize::from(*index)];
            }
        }
        rows.push(&rgba);
    }
    Ok(())
}
