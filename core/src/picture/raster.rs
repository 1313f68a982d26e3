//! Pixels in memory.

/// Red, green, blue and how opaque, a byte each and not premultiplied, rows from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Raster {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) rgba: Vec<u8>,
}

impl Raster {
    pub(super) fn pixels(&self) -> impl Iterator<Item = [u8; 4]> + '_ {
        let (pixels, _) = self.rgba.as_chunks::<4>();
        pixels.iter().copied()
    }

    pub(super) fn is_opaque(&self) -> bool {
        self.pixels().all(|[.., alpha]| alpha == 255)
    }

    /// The same on white paper.
    pub(super) fn on_white(mut self) -> Self {
        let (pixels, _) = self.rgba.as_chunks_mut::<4>();
        for [colours @ .., alpha] in pixels {
            if *alpha < 255 {
                let opaque = u32::from(*alpha);
                for colour in colours {
                    let mixed = u32::from(*colour) * opaque + 255 * (255 - opaque);
                    *colour = ((mixed + 127) / 255) as u8;
                }
                *alpha = 255;
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_transparent_becomes_white() {
        let raster = Raster {
            width: 3,
            height: 1,
            rgba: vec![9, 9, 9, 0, 0, 0, 0, 128, 1, 2, 3, 255],
        };
        assert!(!raster.is_opaque());
        let on_white = raster.on_white();
        assert!(on_white.is_opaque());
        assert_eq!(
            on_white.rgba,
            [255, 255, 255, 255, 127, 127, 127, 255, 1, 2, 3, 255]
        );
    }
}
