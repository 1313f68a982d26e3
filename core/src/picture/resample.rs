//! Making a picture smaller while its rows come in, so that the large one is never in memory.
//!
//! Separable convolution with the cubic of Keys ("Cubic Convolution Interpolation for Digital Image
//! Processing", 1981, a = -1/2, also known as Catmull-Rom), stretched by the scale so that every
//! pixel of the source counts. Colours are weighted by how opaque they are.

use std::collections::VecDeque;

use super::error::PictureError;
use super::format::Format;
use super::raster::Raster;

/// How far the cubic reaches to either side, in pixels of the smaller picture.
const REACH: f32 = 2.0;

/// Which pixels of the source make a pixel of the result, and how much of each.
struct Taps {
    first: usize,
    weights: Vec<f32>,
}

/// Takes the rows of a picture from above, gives a smaller one.
pub(super) struct Resampler {
    from: (usize, usize),
    to: (usize, usize),
    across: Vec<Taps>,
    down: Vec<Taps>,
    /// Rows that were pushed.
    rows: usize,
    /// The row above all of `narrow`.
    first: usize,
    /// Rows that are as narrow as the result, premultiplied, and still needed.
    narrow: VecDeque<Vec<[f32; 4]>>,
    /// A row of the source, premultiplied.
    row: Vec<[f32; 4]>,
    /// A row of the result, premultiplied.
    sum: Vec<[f32; 4]>,
    rgba: Vec<u8>,
}

impl Resampler {
    /// From width and height to width and height, none of them zero, the result not the larger.
    pub(super) fn new(from: (u32, u32), to: (u32, u32)) -> Self {
        let from = (from.0 as usize, from.1 as usize);
        let to = (to.0 as usize, to.1 as usize);
        let (across, down) = if from == to {
            (Vec::new(), Vec::new())
        } else {
            (taps(from.0, to.0), taps(from.1, to.1))
        };
        Self {
            from,
            to,
            across,
            down,
            rows: 0,
            first: 0,
            narrow: VecDeque::new(),
            row: Vec::new(),
            sum: vec![[0.0; 4]; to.0],
            rgba: Vec::with_capacity(to.0 * to.1 * 4),
        }
    }

    /// Width of the rows it takes, in pixels.
    pub(super) fn width(&self) -> usize {
        self.from.0
    }

    /// The next row, four bytes a pixel. Rows after the last are not looked at.
    pub(super) fn push(&mut self, rgba: &[u8]) {
        if self.rows == self.from.1 {
            return;
        }
        self.rows += 1;
        if self.from == self.to {
            self.rgba.extend_from_slice(rgba);
            return;
        }
        let (pixels, _) = rgba.as_chunks::<4>();
        self.row.clear();
        self.row
            .extend(pixels.iter().map(|pixel| premultiplied(*pixel)));
        let narrow = narrowed(&self.row, &self.across);
        self.narrow.push_back(narrow);
        while let Some(taps) = self.down.get(self.rgba.len() / (self.to.0 * 4)) {
            if taps.first + taps.weights.len() > self.rows {
                break;
            }
            while self.first < taps.first {
                self.narrow.pop_front();
                self.first += 1;
            }
            self.sum.fill([0.0; 4]);
            for (row, weight) in self.narrow.iter().zip(&taps.weights) {
                for (sum, pixel) in self.sum.iter_mut().zip(row) {
                    add(sum, pixel, *weight);
                }
            }
            for sum in &self.sum {
                self.rgba.extend_from_slice(&straight(*sum));
            }
        }
    }

    /// The smaller picture.
    ///
    /// # Errors
    ///
    /// When fewer rows came than were announced.
    pub(super) fn finish(self, format: Format) -> Result<Raster, PictureError> {
        if self.rows < self.from.1 {
            return Err(PictureError::truncated(format));
        }
        Ok(Raster {
            width: self.to.0 as u32,
            height: self.to.1 as u32,
            rgba: self.rgba,
        })
    }
}

/// A whole picture made smaller.
pub(super) fn shrink(raster: &Raster, to: (u32, u32)) -> Raster {
    let mut rows = Resampler::new((raster.width, raster.height), to);
    for row in raster.rgba.chunks_exact(raster.width as usize * 4) {
        rows.push(row);
    }
    Raster {
        width: to.0,
        height: to.1,
        rgba: rows.rgba,
    }
}

fn premultiplied([red, green, blue, alpha]: [u8; 4]) -> [f32; 4] {
    let opaque = f32::from(alpha) / 255.0;
    [
        f32::from(red) * opaque,
        f32::from(green) * opaque,
        f32::from(blue) * opaque,
        f32::from(alpha),
    ]
}

fn straight([red, green, blue, alpha]: [f32; 4]) -> [u8; 4] {
    // `as` keeps to 0 and 255.
    let byte = |value: f32| (value + 0.5) as u8;
    if alpha < 0.5 {
        return [0; 4];
    }
    let scale = 255.0 / alpha.min(255.0);
    [
        byte(red * scale),
        byte(green * scale),
        byte(blue * scale),
        byte(alpha),
    ]
}

fn narrowed(row: &[[f32; 4]], across: &[Taps]) -> Vec<[f32; 4]> {
    let narrow = across.iter().map(|taps| {
        let mut sum = [0.0; 4];
        for (pixel, weight) in row[taps.first..].iter().zip(&taps.weights) {
            add(&mut sum, pixel, *weight);
        }
        sum
    });
    narrow.collect()
}

/// Channel by channel and not in a loop over them: every pixel of every picture comes through here, and tests,
/// which are not optimised, wait for it.
fn add(sum: &mut [f32; 4], pixel: &[f32; 4], weight: f32) {
    sum[0] += pixel[0] * weight;
    sum[1] += pixel[1] * weight;
    sum[2] += pixel[2] * weight;
    sum[3] += pixel[3] * weight;
}

fn taps(from: usize, to: usize) -> Vec<Taps> {
    let scale = from as f32 / to as f32;
    let reach = REACH * scale.max(1.0);
    (0..to)
        .map(|at| {
            // Pixels are areas; their middles are at halves.
            let middle = (at as f32 + 0.5) * scale;
            let first = (middle - reach).floor().max(0.0) as usize;
            let end = ((middle + reach).ceil() as usize).clamp(first + 1, from);
            let first = first.min(end - 1);
            let mut weights: Vec<f32> = (first..end)
                .map(|pixel| cubic((pixel as f32 + 0.5 - middle) / scale.max(1.0)))
                .collect();
            let total: f32 = weights.iter().sum();
            for weight in &mut weights {
                *weight /= total;
            }
            Taps { first, weights }
        })
        .collect()
}

fn cubic(x: f32) -> f32 {
    let x = x.abs();
    if x < 1.0 {
        (1.5 * x - 2.5) * x * x + 1.0
    } else if x < 2.0 {
        ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::draw::raster;
    use super::*;

    #[test]
    fn the_same_size_is_the_same_picture() {
        let picture = raster(7, 5, |x, y| [x as u8, y as u8, 3, 200]);
        assert_eq!(shrink(&picture, (7, 5)), picture);
    }

    #[test]
    fn a_slope_stays_a_slope() {
        let picture = raster(256, 64, |x, _| [x as u8, 0, 255 - x as u8, 255]);
        let small = shrink(&picture, (64, 16));
        for (at, [red, _, blue, alpha]) in small.pixels().take(64).enumerate().skip(2).take(60) {
            let expected = at as f32 * 4.0 + 1.5;
            assert!((f32::from(red) - expected).abs() <= 1.0, "{at}: {red}");
            assert!(
                (f32::from(blue) - 255.0 + expected).abs() <= 1.0,
                "{at}: {blue}"
            );
            assert_eq!(alpha, 255);
        }
    }

    #[test]
    fn nothing_of_the_source_is_passed_over() {
        // One white column in twenty black ones must be seen in every result of a fifth.
        let picture = raster(400, 40, |x, _| match x % 20 {
            7 => [255; 4],
            _ => [0, 0, 0, 255],
        });
        let small = shrink(&picture, (20, 2));
        assert!(small.pixels().all(|[red, ..]| (5..40).contains(&red)));
    }

    #[test]
    fn the_colour_of_what_is_transparent_does_not_bleed() {
        let picture = raster(64, 64, |x, _| {
            if x < 32 {
                [255, 0, 0, 0]
            } else {
                [0, 0, 255, 255]
            }
        });
        for [red, _, _, alpha] in shrink(&picture, (16, 16)).pixels() {
            assert!(red == 0, "{red} {alpha}");
        }
    }

    #[test]
    fn missing_rows_are_an_error() {
        let mut rows = Resampler::new((2, 3), (1, 1));
        rows.push(&[0; 8]);
        rows.push(&[0; 8]);
        assert_eq!(
            rows.finish(Format::Gif),
            Err(PictureError::truncated(Format::Gif))
        );
    }

    proptest! {
        #[test]
        fn one_colour_stays_one_colour_at_any_size(
            width in 1u32..300, height in 1u32..300,
            across in 0.0f64..1.0, down in 0.0f64..1.0,
            colour in any::<[u8; 3]>(),
        ) {
            let to = (1 + (f64::from(width - 1) * across) as u32, 1 + (f64::from(height - 1) * down) as u32);
            let [red, green, blue] = colour;
            let small = shrink(&raster(width, height, |_, _| [red, green, blue, 255]), to);
            prop_assert_eq!(small.rgba.len(), to.0 as usize * to.1 as usize * 4);
            prop_assert!(small.pixels().all(|pixel| pixel == [red, green, blue, 255]));
        }
    }
}
