//! Why bytes do not become a picture.

use super::format::Format;

/// Why bytes do not become a picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// No picture at all: nothing, a web page, a film.
    #[error("reading a picture: these bytes are no picture")]
    NotAPicture,
    /// A picture of a kind that is not read.
    #[error("reading a picture: {0} is not supported")]
    Unsupported(&'static str),
    /// It breaks off, contradicts itself or cannot be decoded.
    #[error("reading a {format} picture: {reason}")]
    Damaged {
        /// What it is.
        format: Format,
        /// What is wrong, in words.
        reason: String,
    },
    /// A side is longer than [`MAX_SIDE`](super::limits::MAX_SIDE), or the area is larger than
    /// [`MAX_PIXELS`](super::limits::MAX_PIXELS).
    #[error("checking the size of a picture: {width} x {height} pixels are too many")]
    TooManyPixels {
        /// In pixels, as declared.
        width: u32,
        /// In pixels, as declared.
        height: u32,
    },
    /// Decoding it would take more memory than there is for it.
    #[error(
        "checking the size of a picture: decoding {width} x {height} pixels takes {bytes} bytes of memory; at most {limit} are given"
    )]
    TooLargeDecoded {
        /// In pixels, as declared.
        width: u32,
        /// In pixels, as declared.
        height: u32,
        /// What decoding would take, in bytes.
        bytes: u64,
        /// The most that is given, in bytes.
        limit: u64,
    },
    /// So many pixels from so few bytes that nothing can be in it: a decompression bomb.
    #[error(
        "checking the size of a picture: {width} x {height} pixels in {bytes} bytes are a bomb, not a picture"
    )]
    Bomb {
        /// In pixels, as declared.
        width: u32,
        /// In pixels, as declared.
        height: u32,
        /// The length of the file.
        bytes: usize,
    },
    /// A side is shorter than [`MIN_SIDE`](super::limits::MIN_SIDE): a tracking pixel, a spacer.
    #[error("checking the size of a picture: {width} x {height} pixels are too few")]
    TooSmall {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// The picture was read and could not be written.
    #[error("writing a picture again: {0}")]
    NotWritten(String),
}

impl PictureError {
    /// A short word for programs that never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAPicture => "not_a_picture",
            Self::Unsupported(_) => "unsupported",
            Self::Damaged { .. } => "damaged",
            Self::TooManyPixels { .. } => "too_many_pixels",
            Self::TooLargeDecoded { .. } => "too_large_decoded",
            Self::Bomb { .. } => "bomb",
            Self::TooSmall { .. } => "too_small",
            Self::NotWritten(_) => "not_written",
        }
    }

    /// The picture breaks off before its end.
    pub(super) fn truncated(format: Format) -> Self {
        Self::damaged(format, "it breaks off")
    }

    pub(super) fn damaged(format: Format, reason: impl ToString) -> Self {
        Self::Damaged {
            format,
            reason: reason.to_string(),
        }
    }
}
