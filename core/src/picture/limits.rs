//! How large and how small a picture may be, and how large it is kept.

use super::error::PictureError;
use super::format::Header;

/// The longest side that is read, in pixels.
pub const MAX_SIDE: u32 = 16_384;

/// The largest area that is read, in pixels. The time of decoding goes by it.
pub const MAX_PIXELS: u64 = 40_000_000;

/// The shortest side that is read, in pixels. Below are pixels that count readers, and spacers.
pub const MIN_SIDE: u32 = 16;

/// What decoding and the result may take together, in bytes. With an input of 8 MB and the program
/// itself that is less than 64 MB.
pub const WORKING_MEMORY: u64 = 48_000_000;

/// The largest area that is kept, in pixels: a picture as wide as a phone, and twice as high.
/// What is higher yet is made narrower.
pub const MAX_KEPT_PIXELS: u64 = 3_000_000;

/// Pixels a byte of the file, above which a large picture is a bomb. Photographs have less than
/// twenty, drawings less than a hundred.
pub const BOMB_PIXELS_PER_BYTE: u64 = 256;

/// Below this area nothing is called a bomb, in pixels: one colour compresses well.
const NEVER_A_BOMB: u64 = 4_000_000;

/// What is left for the result at least, in bytes: a picture of one megapixel.
const LEAST_RESULT: u64 = 4_000_000;

/// Bytes that a pixel of the result takes while it is being made.
const RESULT_BYTES: u64 = 4;

/// Whether the size, as declared in a file of `bytes` bytes, is one of a picture for reading.
pub(super) fn check_size(header: &Header, bytes: usize) -> Result<(), PictureError> {
    let (width, height) = header.upright_size();
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > MAX_SIDE || pixels > MAX_PIXELS {
        return Err(PictureError::TooManyPixels { width, height });
    }
    if width.min(height) < MIN_SIDE {
        return Err(PictureError::TooSmall { width, height });
    }
    if pixels > NEVER_A_BOMB && pixels / BOMB_PIXELS_PER_BYTE > bytes as u64 {
        return Err(PictureError::Bomb {
            width,
            height,
            bytes,
        });
    }
    Ok(())
}

/// Whether there is memory for decoding it, and for a result that is worth it.
pub(super) fn check_memory(header: &Header) -> Result<(), PictureError> {
    let limit = WORKING_MEMORY - LEAST_RESULT;
    if header.decoder_memory > limit {
        let (width, height) = header.upright_size();
        return Err(PictureError::TooLargeDecoded {
            width,
            height,
            bytes: header.decoder_memory,
            limit,
        });
    }
    Ok(())
}

/// The size at which it is kept, before it is turned upright: at most `max_width` wide when it is,
/// at most [`MAX_KEPT_PIXELS`] large or what memory is left for, never larger than it is.
pub(super) fn fit(header: &Header, max_width: u32) -> (u32, u32) {
    let (width, height) = (f64::from(header.width), f64::from(header.height));
    let left = WORKING_MEMORY.saturating_sub(header.decoder_memory) / RESULT_BYTES;
    let area = MAX_KEPT_PIXELS.min(left) as f64;
    let by_width = f64::from(max_width) / f64::from(header.upright_size().0);
    let by_area = (area / (width * height)).sqrt();
    let scale = by_width.min(by_area).min(1.0);
    let side = |length: f64| ((length * scale).round() as u32).max(1);
    (side(width), side(height))
}

#[cfg(test)]
mod tests {
    use super::super::format::Format;
    use super::super::orientation::Orientation;
    use super::*;

    fn header(width: u32, height: u32) -> Header {
        Header {
            format: Format::Png,
            width,
            height,
            orientation: Orientation::default(),
            decoder_memory: 0,
        }
    }

    #[test]
    fn pictures_are_never_made_larger() {
        assert_eq!(fit(&header(800, 600), 1290), (800, 600));
        assert_eq!(fit(&header(2580, 1720), 1290), (1290, 860));
        assert_eq!(fit(&header(16_000, 16), 1290), (1290, 1));
    }

    #[test]
    fn very_high_pictures_are_made_narrower() {
        let (width, height) = fit(&header(1000, 12_000), 1290);
        assert_eq!((width, height), (500, 6000));
    }

    #[test]
    fn the_width_of_a_turned_picture_is_its_upright_one() {
        let turned = Header {
            orientation: Orientation::from_number(6),
            ..header(4000, 3000)
        };
        assert_eq!(fit(&turned, 1000), (1333, 1000));
    }

    #[test]
    fn what_is_too_large_or_too_small_is_refused_by_name() {
        let code = |width, height, bytes| {
            check_size(&header(width, height), bytes)
                .err()
                .map(|error| error.code())
        };
        assert_eq!(code(60_000, 100, 1_000_000), Some("too_many_pixels"));
        assert_eq!(code(16_000, 16_000, 8_000_000), Some("too_many_pixels"));
        assert_eq!(code(1, 1, 43), Some("too_small"));
        assert_eq!(code(2000, 15, 8000), Some("too_small"));
        assert_eq!(code(5000, 5000, 1000), Some("bomb"));
        assert_eq!(code(5000, 5000, 1_000_000), None);
        assert_eq!(code(16, 16, 60), None);
    }

    #[test]
    fn what_would_take_too_much_memory_is_refused() {
        let large = |decoder_memory| Header {
            decoder_memory,
            ..header(4000, 3000)
        };
        let most = large(WORKING_MEMORY - LEAST_RESULT);
        assert_eq!(check_memory(&most), Ok(()));
        assert!(matches!(
            check_memory(&large(WORKING_MEMORY - LEAST_RESULT + 1)),
            Err(PictureError::TooLargeDecoded { .. })
        ));
        // What is left is for the result: as wide as asked, or less.
        assert_eq!(fit(&most, 1000), (1000, 750));
        assert_eq!(fit(&most, 2000), (1155, 866));
    }
}
