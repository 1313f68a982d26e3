//! Writing the file that is kept: the smaller of what JPEG and PNG make of it.

use std::collections::HashMap;

use ::png::{BitDepth, ColorType};
use jpeg_encoder::{ColorType as JpegColorType, Encoder, SamplingFactor};

use super::error::PictureError;
use super::format::MediaType;
use super::raster::Raster;

/// Of 100. Below, faces get spots; above, files grow faster than pictures get better.
const JPEG_QUALITY: u8 = 80;

/// The share of pixels that are exactly like the one before, from which a picture is drawn rather
/// than photographed, and PNG is worth its time.
const DRAWN_SHARE: f64 = 0.3;

/// The most colours that a palette has.
const PALETTE: usize = 256;

/// What writing anew must gain to be worth its loss of quality, as a share of the file.
const WORTH_GAIN: f64 = 0.1;

/// Whether a publisher's file of `own` bytes is better kept than one of ours of `ours` bytes.
pub(super) fn is_worth_keeping(own: usize, ours: usize) -> bool {
    ours as f64 > own as f64 * (1.0 - WORTH_GAIN)
}

/// The smaller file of an opaque picture.
pub(super) fn smallest(picture: Raster) -> Result<(Vec<u8>, MediaType), PictureError> {
    let (width, height) = (picture.width, picture.height);
    let drawn = is_drawn(&picture);
    let rgb: Vec<u8> = picture
        .pixels()
        .flat_map(|[red, green, blue, _]| [red, green, blue])
        .collect();
    drop(picture);
    let jpeg = jpeg(&rgb, width, height)?;
    if drawn {
        let png = png(&rgb, width, height)?;
        if png.len() <= jpeg.len() {
            return Ok((png, MediaType::Png));
        }
    }
    Ok((jpeg, MediaType::Jpeg))
}

fn is_drawn(picture: &Raster) -> bool {
    let (pixels, _) = picture.rgba.as_chunks::<4>();
    let same = pixels.windows(2).filter(|pair| pair[0] == pair[1]).count();
    same as f64 >= DRAWN_SHARE * pixels.len() as f64
}

fn jpeg(rgb: &[u8], width: u32, height: u32) -> Result<Vec<u8>, PictureError> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, JPEG_QUALITY);
    // Tables fitted to the picture would save a twentieth, but then this encoder writes the colours
    // one after the other, which some decoders get wrong and all have to buffer.
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    let side = |length: u32| u16::try_from(length).map_err(not_written);
    encoder
        .encode(rgb, side(width)?, side(height)?, JpegColorType::Rgb)
        .map_err(not_written)?;
    Ok(file)
}

fn png(rgb: &[u8], width: u32, height: u32) -> Result<Vec<u8>, PictureError> {
    let mut file = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut file, width, height);
    encoder.set_depth(BitDepth::Eight);
    if let Some((palette, indices)) = palette(rgb) {
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(palette);
        // Neighbours in a palette are not alike, so their differences tell nothing.
        encoder.set_filter(::png::Filter::NoFilter);
        write(encoder, &indices)?;
    } else {
        encoder.set_color(ColorType::Rgb);
        write(encoder, rgb)?;
    }
    Ok(file)
}

fn write(encoder: ::png::Encoder<'_, &mut Vec<u8>>, data: &[u8]) -> Result<(), PictureError> {
    let mut writer = encoder.write_header().map_err(not_written)?;
    writer.write_image_data(data).map_err(not_written)?;
    writer.finish().map_err(not_written)
}

/// The colours and which of them each pixel has, when they are few enough.
fn palette(rgb: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let (pixels, _) = rgb.as_chunks::<3>();
    let mut known: HashMap<[u8; 3], u8> = HashMap::new();
    let mut palette = Vec::new();
    let mut indices = Vec::with_capacity(pixels.len());
    for pixel in pixels {
        let index = match known.get(pixel) {
            Some(index) => *index,
            None => {
                if known.len() == PALETTE {
                    return None;
                }
                let index = known.len() as u8;
                known.insert(*pixel, index);
                palette.extend(pixel);
                index
            }
        };
        indices.push(index);
    }
    Some((palette, indices))
}

fn not_written(error: impl ToString) -> PictureError {
    PictureError::NotWritten(error.to_string())
}
