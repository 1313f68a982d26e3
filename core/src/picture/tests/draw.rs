//! Pictures for tests, drawn by a formula.

use super::super::raster::Raster;

pub(in super::super) fn raster(
    width: u32,
    height: u32,
    pixel: impl Fn(u32, u32) -> [u8; 4],
) -> Raster {
    Raster {
        width,
        height,
        rgba: (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .flat_map(|(x, y)| pixel(x, y))
            .collect(),
    }
}

/// Always the same, and without a pattern.
fn random(x: u32, y: u32) -> u32 {
    let mut state = x.wrapping_mul(0x9e37_79b9) ^ y.wrapping_mul(0x85eb_ca6b) ^ 0x27d4_eb2f;
    for _ in 0..3 {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
    }
    state
}

/// Slopes with waves and grain in them, as a camera's sky and grass.
pub(in super::super) fn photograph(width: u32, height: u32) -> Raster {
    raster(width, height, |x, y| {
        let (across, down) = (x as f32 / width as f32, y as f32 / height as f32);
        let wave = (across * 19.0).sin() * (down * 13.0).cos() * 40.0;
        let grain = (random(x, y) % 9) as f32;
        let mix = |from: f32, to: f32| (from + (to - from) * down + wave + grain) as u8;
        [mix(90.0, 60.0), mix(140.0, 110.0), mix(210.0, 50.0), 255]
    })
}

/// Bars to the edges, on white.
pub(in super::super) fn chart(width: u32, height: u32) -> Raster {
    raster(width, height, |x, y| {
        let bar = x * 12 / width;
        let top = height * (1 + random(bar, 0) % 8) / 10;
        if y + 2 >= height || x < 2 {
            [40, 40, 40, 255]
        } else if bar % 2 == 1 && y > top {
            [30, 90, 170, 255]
        } else if bar == 0 || bar == 11 && y < height / 8 {
            [120, 120, 120, 255]
        } else {
            [255, 255, 255, 255]
        }
    })
}

pub(in super::super) fn noise(width: u32, height: u32) -> Raster {
    raster(width, height, |x, y| {
        let [red, green, blue, _] = random(x, y).to_le_bytes();
        [red, green, blue, 255]
    })
}
