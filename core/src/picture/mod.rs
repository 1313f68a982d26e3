//! A publisher's picture, made ready to be kept: pure, bytes in and values out.
//!
//! ```text
//! bytes -> format -> header (jpeg png webp gif: size and structure, nothing decoded) -> limits
//!       -> rows -> resample -> orientation -> kind, placeholder
//!                                          -> on white -> encode -> Picture
//! ```
//!
//! [`prepare`] gives any bytes whatever a small picture or a typed error, within a bounded memory.
//! Nothing outside this module knows the codecs.
//!
//! # What is kept of a picture
//!
//! Its pixels, upright, not wider than asked. No metadata survives: neither where it was taken nor
//! by whom nor with what. Where our compression gains little the publisher's is kept, but copied
//! piece by piece, and only the pieces that the pixels need. Colour profiles are metadata too:
//! colours are taken as sRGB, as nearly all are.
//!
//! Transparent pictures are put on white. Publishers draw them for pages that are white; their
//! black letters would vanish on a dark screen.
//!
//! # Memory and time
//!
//! 64 MB with everything is the bound, the input of at most 8 MB and the program itself counted.
//! Every format's module says from the header what its decoder will need, and what needs more than
//! [`limits::WORKING_MEMORY`] is refused before decoding. So rows are resampled as they come, by
//! our own code, because the kept libraries hold the whole picture, and most of them several
//! times. PNG comes in rows, whatever its size. zune-jpeg gives whole pictures, three bytes a
//! pixel: 14 megapixels are read, and half that when progressive. jpeg-decoder could decode at half
//! the scale, but hands coefficients to other threads over queues without a bound, so a small file
//! can make it hold far more than its pixels.
//!
//! What the header or the structure tells is refused within milliseconds: all that breaks off, all
//! that is too large, damage to a PNG. Damage inside other compressed data is found only by
//! decoding, which costs at most what an accepted picture costs.
//!
//! # AVIF
//!
//! Not read, for want of a decoder in Rust that is fit: rav1d 1.1 can be called only through the
//! unsafe interface it took from C; re_rav1d is a fork of it for one program; rav1d-safe and zenavif
//! are under the AGPL. Publishers send AVIF to those who ask for it.
//!
//! # Licences
//!
//! jpeg-encoder is based in part on the work of the Independent JPEG Group.

mod content;
mod encode;
mod error;
mod format;
mod gif;
mod jpeg;
mod kind;
pub mod limits;
mod orientation;
mod placeholder;
mod png;
mod raster;
mod resample;
mod webp;

pub use content::{ContentHash, ContentHashError, content_hash};
pub use error::PictureError;
pub use format::{Format, MediaType};
pub use kind::PictureKind;
pub use placeholder::placeholder_pixels;

use format::Header;
use raster::Raster;
use resample::Resampler;

/// How a picture is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The widest it will be shown, in device pixels. Pictures are never made larger.
    pub max_width: u32,
}

impl Default for Options {
    /// The width of a large phone.
    fn default() -> Self {
        Self { max_width: 1290 }
    }
}

/// A picture that is ready to be kept and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file: opaque, upright, without metadata.
    pub bytes: Vec<u8>,
    /// What the file is.
    pub media_type: MediaType,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// A thumbhash, some 25 bytes, for [`placeholder_pixels`].
    pub placeholder: Vec<u8>,
    /// Whether it is a picture for an article at all.
    pub kind: PictureKind,
}

/// Makes a picture ready to be kept. What `bytes` are is read off them.
///
/// # Errors
///
/// When they are no picture, or one that is not read, is damaged, too small or too large.
pub fn prepare(bytes: &[u8], options: &Options) -> Result<Picture, PictureError> {
    let (upright, header) = decode(bytes, options)?;
    let kind = kind::of(&upright, header.upright_size());
    let opaque = upright.is_opaque();
    let on_white = upright.on_white();
    let placeholder = placeholder::of(&on_white);
    let (width, height) = (on_white.width, on_white.height);
    let (mut file, mut media_type) = encode::smallest(on_white)?;

    let as_it_came = opaque && header.upright_size() == (width, height);
    if as_it_came
        && header.orientation.is_upright()
        && let Some((own, own_type)) = essential(bytes, &header)
        && encode::is_worth_keeping(own.len(), file.len())
    {
        (file, media_type) = (own, own_type);
    }
    Ok(Picture {
        bytes: file,
        media_type,
        width,
        height,
        placeholder,
        kind,
    })
}

/// The pixels of a picture on white: width, height, and red, green, blue, a byte each, rows from
/// the top. For screens that are not given files.
///
/// # Errors
///
/// As [`prepare`].
pub fn pixels(bytes: &[u8], options: &Options) -> Result<(u32, u32, Vec<u8>), PictureError> {
    let (upright, _) = decode(bytes, options)?;
    let on_white = upright.on_white();
    let colours = on_white
        .pixels()
        .flat_map(|[red, green, blue, _]| [red, green, blue]);
    Ok((on_white.width, on_white.height, colours.collect()))
}

/// Decodes within the limits, upright.
fn decode(bytes: &[u8], options: &Options) -> Result<(Raster, Header), PictureError> {
    let format = format::sniff(bytes)?;
    let header = match format {
        Format::Jpeg => jpeg::inspect(bytes),
        Format::Png => png::inspect(bytes),
        Format::WebP => webp::inspect(bytes),
        Format::Gif => gif::inspect(bytes),
    }?;
    limits::check_size(&header, bytes.len())?;
    limits::check_memory(&header)?;
    let (width, height) = limits::fit(&header, options.max_width);

    let mut rows = Resampler::new((header.width, header.height), (width, height));
    match format {
        Format::Jpeg => jpeg::decode(bytes, &mut rows),
        Format::Png => png::decode(bytes, &mut rows),
        Format::WebP => webp::decode(bytes, &mut rows),
        Format::Gif => gif::decode(bytes, &mut rows),
    }?;
    Ok((header.orientation.apply(rows.finish(format)?), header))
}

/// The publisher's own compression with nothing but what the pixels need, where every reader can
/// be trusted with the format.
fn essential(bytes: &[u8], header: &Header) -> Option<(Vec<u8>, MediaType)> {
    match header.format {
        Format::Jpeg => Some((jpeg::essential(bytes)?, MediaType::Jpeg)),
        Format::Png => Some((png::essential(bytes)?, MediaType::Png)),
        Format::WebP => Some((webp::essential(bytes)?, MediaType::WebP)),
        Format::Gif => None,
    }
}

#[cfg(test)]
mod tests;
