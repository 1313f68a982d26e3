//! Which side of a picture is up: tag 274 of EXIF (EXIF 2.32, section 4.6.4), which is TIFF inside.

use super::raster::Raster;

/// 1 to 8, as EXIF counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Orientation(u8);

impl Default for Orientation {
    fn default() -> Self {
        Self(1)
    }
}

const TAG: u16 = 274;
/// The type of a 16-bit number.
const SHORT: u16 = 3;
const ENTRY: usize = 12;

impl Orientation {
    /// Upright, where the number means nothing.
    pub(super) fn from_number(number: u16) -> Self {
        match number {
            1..=8 => Self(number as u8),
            _ => Self::default(),
        }
    }

    /// Of an EXIF block, with or without its `Exif` mark; upright where it does not say.
    pub(super) fn from_exif(block: &[u8]) -> Self {
        let tiff = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
        read(tiff).map_or_else(Self::default, Self::from_number)
    }

    pub(super) fn is_upright(self) -> bool {
        self.0 == 1
    }

    pub(super) fn swaps_sides(self) -> bool {
        self.0 >= 5
    }

    /// The picture as it is meant to be seen.
    pub(super) fn apply(self, raster: Raster) -> Raster {
        if self.is_upright() {
            return raster;
        }
        let (width, height) = (raster.width as usize, raster.height as usize);
        let (new_width, new_height) = if self.swaps_sides() {
            (height, width)
        } else {
            (width, height)
        };
        let (pixels, _) = raster.rgba.as_chunks::<4>();
        let mut rgba = Vec::with_capacity(raster.rgba.len());
        for y in 0..new_height {
            for x in 0..new_width {
                let (from_x, from_y) = match self.0 {
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (y, height - 1 - x),
                    7 => (width - 1 - y, height - 1 - x),
                    _ => (width - 1 - y, x),
                };
                rgba.extend_from_slice(&pixels[from_y * width + from_x]);
            }
        }
        Raster {
            width: new_width as u32,
            height: new_height as u32,
            rgba,
        }
    }
}

fn read(tiff: &[u8]) -> Option<u16> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let two: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little {
            u16::from_le_bytes(two)
        } else {
            u16::from_be_bytes(two)
        })
    };
    let four: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let directory = if little {
        u32::from_le_bytes(four)
    } else {
        u32::from_be_bytes(four)
    } as usize;
    let entries = usize::from(short(directory)?);
    (0..entries)
        .map_while(|entry| {
            let at = directory.checked_add(2 + entry * ENTRY)?;
            Some((short(at)?, short(at + 2)?, short(at + 8)?))
        })
        .find(|(tag, kind, _)| (*tag, *kind) == (TAG, SHORT))
        .map(|(_, _, number)| number)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// An EXIF block that says this, and a place.
    pub(in super::super) fn exif(number: u16, little: bool) -> Vec<u8> {
        let short = |value: u16| {
            if little {
                value.to_le_bytes()
            } else {
                value.to_be_bytes()
            }
        };
        let long = |value: u32| {
            if little {
                value.to_le_bytes()
            } else {
                value.to_be_bytes()
            }
        };
        let mut tiff = Vec::from(if little { *b"II*\0" } else { *b"MM\0*" });
        tiff.extend(long(8));
        tiff.extend(short(2));
        // Where the GPS block would be; then the orientation.
        for (tag, kind, value) in [(0x8825, 4, 0), (TAG, SHORT, number)] {
            tiff.extend(short(tag));
            tiff.extend(short(kind));
            tiff.extend(long(1));
            tiff.extend(short(value));
            tiff.extend([0, 0]);
        }
        tiff.extend(long(0));
        tiff.extend(b"GPS 48.8584 N 2.2945 E");
        tiff
    }

    #[test]
    fn both_byte_orders_are_read() {
        for number in 1..=8 {
            for little in [true, false] {
                let block = exif(number, little);
                assert_eq!(Orientation::from_exif(&block).0, number as u8);
                let marked = [b"Exif\0\0", &block[..]].concat();
                assert_eq!(Orientation::from_exif(&marked).0, number as u8);
            }
        }
        assert!(Orientation::from_exif(&exif(9, true)).is_upright());
        assert!(Orientation::from_exif(b"").is_upright());
        assert!(Orientation::from_exif(b"II*\0\xff\xff\xff\xff").is_upright());
    }

    #[test]
    fn every_turn_puts_the_same_picture_upright() {
        // The upright picture is AB over CD over EF; each row is how a camera stores it.
        for (number, stored, width) in [
            (1, "ABCDEF", 2),
            (2, "BADCFE", 2),
            (3, "FEDCBA", 2),
            (4, "EFCDAB", 2),
            (5, "ACEBDF", 3),
            (6, "BDFACE", 3),
            (7, "FDBECA", 3),
            (8, "ECAFDB", 3),
        ] {
            let raster = Raster {
                width,
                height: 6 / width,
                rgba: stored.bytes().flat_map(|letter| [letter; 4]).collect(),
            };
            let upright = Orientation(number).apply(raster);
            let letters: String = upright
                .pixels()
                .map(|[letter, ..]| letter as char)
                .collect();
            assert_eq!((letters.as_str(), upright.width), ("ABCDEF", 2), "{number}");
        }
    }
}
