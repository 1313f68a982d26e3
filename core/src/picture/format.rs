//! What a picture is, from its bytes; names and headers are not asked.

use std::fmt;

use super::error::PictureError;
use super::orientation::Orientation;

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Baseline and progressive, of 8 bits.
    Jpeg,
    /// Of every depth, interlaced or not.
    Png,
    /// Lossy and lossless; of an animation the first frame.
    WebP,
    /// The first frame.
    Gif,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::WebP => "WebP",
            Self::Gif => "GIF",
        })
    }
}

/// A format that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaType {
    /// `image/jpeg`
    Jpeg,
    /// `image/png`
    Png,
    /// `image/webp`
    WebP,
}

impl MediaType {
    /// As in a `Content-Type` header.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
        }
    }

    /// The usual end of a file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
        }
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is known of a picture before it is decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) format: Format,
    /// As stored, before it is turned upright.
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) orientation: Orientation,
    /// The most that the decoder will hold at once, in bytes.
    pub(super) decoder_memory: u64,
}

impl Header {
    /// Width and height as a reader sees them.
    pub(super) fn upright_size(&self) -> (u32, u32) {
        if self.orientation.swaps_sides() {
            (self.height, self.width)
        } else {
            (self.width, self.height)
        }
    }
}

/// How far into a text an `<svg` is looked for, in bytes.
const SVG_BEGINNING: usize = 1024;

/// What the bytes are.
pub(super) fn sniff(bytes: &[u8]) -> Result<Format, PictureError> {
    const READ: [(&[u8], Format); 4] = [
        (b"\xff\xd8\xff", Format::Jpeg),
        (b"\x89PNG\r\n\x1a\n", Format::Png),
        (b"GIF87a", Format::Gif),
        (b"GIF89a", Format::Gif),
    ];
    const NOT_READ: [(&[u8], &str); 8] = [
        (b"BM", "BMP"),
        (b"II*\0", "TIFF"),
        (b"MM\0*", "TIFF"),
        (b"\0\0\x01\0", "ICO"),
        (b"\xff\x0a", "JPEG XL"),
        (b"\0\0\0\x0cJXL ", "JPEG XL"),
        (b"\0\0\0\x0cjP  ", "JPEG 2000"),
        (b"8BPS", "a Photoshop file"),
    ];
    if let Some((_, format)) = READ.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Ok(*format);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(Format::WebP);
    }
    if let Some((_, name)) = NOT_READ.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(PictureError::Unsupported(name));
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Err(match bytes.get(8..12) {
            Some(b"avif" | b"avis") => PictureError::Unsupported("AVIF"),
            Some(b"heic" | b"heix" | b"mif1" | b"msf1") => PictureError::Unsupported("HEIF"),
            _ => PictureError::NotAPicture,
        });
    }
    // By choice: a document with scripts and addresses in it, of which a feed reader needs none.
    let beginning = &bytes[..bytes.len().min(SVG_BEGINNING)];
    let text = String::from_utf8_lossy(beginning);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let is_page = text
        .get(..14)
        .is_some_and(|start| start.eq_ignore_ascii_case("<!doctype html"))
        || text.starts_with("<html");
    if text.starts_with('<') && !is_page && text.contains("<svg") {
        return Err(PictureError::Unsupported("SVG"));
    }
    Err(PictureError::NotAPicture)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_told_by_its_bytes() {
        assert_eq!(sniff(b"\xff\xd8\xff\xe0"), Ok(Format::Jpeg));
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n"), Ok(Format::Png));
        assert_eq!(sniff(b"GIF89a"), Ok(Format::Gif));
        assert_eq!(sniff(b"RIFF\0\0\0\0WEBPVP8 "), Ok(Format::WebP));
    }

    #[test]
    fn what_is_not_read_is_named() {
        for (bytes, name) in [
            (&b"BM......"[..], "BMP"),
            (b"\0\0\0\x20ftypavif\0\0\0\0", "AVIF"),
            (b"\0\0\0\x20ftypheic\0\0\0\0", "HEIF"),
            (b"II*\0", "TIFF"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
            (b"\xef\xbb\xbf <?xml version='1.0'?><!-- x --><svg/>", "SVG"),
        ] {
            assert_eq!(sniff(bytes), Err(PictureError::Unsupported(name)));
        }
    }

    #[test]
    fn what_is_no_picture_is_said_to_be_none() {
        for bytes in [
            &b""[..],
            b" ",
            b"<!DOCTYPE html><html><svg></svg>",
            b"<html><body><svg/>",
            b"GIF8",
            b"RIFF\0\0\0\0WAVE",
            b"\0\0\0\x20ftypmp42",
            b"{\"error\": 404}",
        ] {
            assert_eq!(sniff(bytes), Err(PictureError::NotAPicture));
        }
    }
}
