//! What is shown while a picture is not there yet: a thumbhash, some 25 bytes of it.

use super::kind::glance_size;
use super::raster::Raster;
use super::resample::shrink;

/// The longest hash there is: its constants and the most varying factors.
const LONGEST: usize = 64;

/// The hash of a picture.
pub(super) fn of(picture: &Raster) -> Vec<u8> {
    // Thumbhash takes at most 100 pixels a side, and its cost goes by them.
    let (width, height) = glance_size(picture.width, picture.height);
    let small = shrink(picture, (width, height));
    thumbhash::rgba_to_thumb_hash(width as usize, height as usize, &small.rgba)
}

/// The blurred picture that a placeholder stands for: width, height and four bytes a pixel (red,
/// green, blue, how opaque), about 32 pixels on the longer side. `None` when it is no placeholder.
pub fn placeholder_pixels(hash: &[u8]) -> Option<(u32, u32, Vec<u8>)> {
    if hash.len() > LONGEST {
        return None;
    }
    // A hash without its shorter side's factors would have a side without end.
    let ratio = thumbhash::thumb_hash_to_approximate_aspect_ratio(hash).ok()?;
    if !(1.0 / 32.0..=32.0).contains(&ratio) {
        return None;
    }
    let (width, height, rgba) = thumbhash::thumb_hash_to_rgba(hash).ok()?;
    Some((
        u32::try_from(width).ok()?,
        u32::try_from(height).ok()?,
        rgba,
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::super::tests::draw::{photograph, raster};
    use super::*;

    #[test]
    fn a_placeholder_has_the_shape_and_the_colours_of_its_picture() {
        let sunset = raster(1200, 800, |_, y| {
            if y < 400 {
                [250, 120, 40, 255]
            } else {
                [10, 30, 90, 255]
            }
        });
        let hash = of(&sunset);
        assert!((5..30).contains(&hash.len()), "{}", hash.len());
        let (width, height, rgba) = placeholder_pixels(&hash).unwrap();
        assert_eq!(rgba.len() as u32, width * height * 4);
        assert!((1.2..1.8).contains(&(f64::from(width) / f64::from(height))));
        let (pixels, _) = rgba.as_chunks::<4>();
        let (top, bottom) = (pixels.first().unwrap(), pixels.last().unwrap());
        assert!(top[0] > 180 && top[2] < 120, "{top:?}");
        assert!(bottom[0] < 80 && bottom[2] > 60, "{bottom:?}");
    }

    #[test]
    fn the_longest_hash_is_no_longer_than_what_is_read() {
        assert!(of(&photograph(100, 100)).len() <= LONGEST);
    }

    proptest! {
        #[test]
        fn any_bytes_draw_or_do_not(hash in prop::collection::vec(any::<u8>(), 0..80)) {
            if let Some((width, height, rgba)) = placeholder_pixels(&hash) {
                prop_assert!(width <= 32 && height <= 32);
                prop_assert_eq!(rgba.len() as u32, width * height * 4);
            }
        }
    }
}
