//! Whether a picture belongs to an article, or is what feeds and pages carry beside it.
//!
//! Rules of thumb over size, transparency and colours, in the order of [`PictureKind`]; the
//! thresholds are below. They are made to let an article's picture through rather than to catch
//! every logo: a chart on white has few colours too, but goes to the edges of its picture.

use std::collections::HashMap;

use super::raster::Raster;
use super::resample::shrink;

/// What a picture is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PictureKind {
    /// Nothing to be seen in it: transparent all over, or small and of one colour.
    TrackingPixel,
    /// Large, and of one colour or nearly.
    Blank,
    /// Small, or of few flat colours, with much empty room around.
    Logo,
    /// Small and square: the face beside an author's name, an icon.
    Avatar,
    /// None of these: a photograph, a drawing, a chart.
    Normal,
}

/// The side to which a picture is shrunk for looking at it as a whole.
const GLANCE_SIDE: u32 = 100;
/// At least this opaque is not transparent, of 255.
const VISIBLE_ALPHA: u8 = 16;
/// A picture of one colour with no side longer than this counts readers, or holds a table open.
const TRACKING_SIDE: u32 = 64;
/// Colours are alike when no channel differs by more.
const ALIKE: u8 = 8;
/// The share of pixels that are like the commonest one, in a picture of one colour.
const BLANK_SHARE: f64 = 0.995;
/// The longest side of a small logo.
const SMALL_LOGO_SIDE: u32 = 160;
/// The largest share of a picture's area that a logo takes, margins cut off.
const LOGO_AREA: f64 = 0.6;
/// This many colours make up most of a flat logo ...
const LOGO_COLOURS: usize = 4;
/// ... and this is most.
const LOGO_COLOUR_SHARE: f64 = 0.75;
/// Colours are counted by the upper bits of their channels: these are left out.
const COARSE_BITS: u32 = 4;
/// The longest side of an avatar.
const AVATAR_SIDE: u32 = 200;
/// How far from square an avatar is at most: the longer side over the shorter.
const AVATAR_RATIO: f64 = 1.1;

/// What a picture is; `size` is what it had before it was made smaller.
pub(super) fn of(picture: &Raster, size: (u32, u32)) -> PictureKind {
    let longest = size.0.max(size.1);
    let glance = shrink(picture, glance_size(picture.width, picture.height));
    if glance.pixels().all(|[.., alpha]| alpha < VISIBLE_ALPHA) {
        return PictureKind::TrackingPixel;
    }
    if is_blank(&glance) {
        return if longest <= TRACKING_SIDE {
            PictureKind::TrackingPixel
        } else {
            PictureKind::Blank
        };
    }
    if has_margins(&glance) && (longest <= SMALL_LOGO_SIDE || has_few_colours(picture)) {
        return PictureKind::Logo;
    }
    let ratio = f64::from(longest) / f64::from(size.0.min(size.1).max(1));
    if longest <= AVATAR_SIDE && ratio <= AVATAR_RATIO {
        return PictureKind::Avatar;
    }
    PictureKind::Normal
}

/// At most [`GLANCE_SIDE`] a side, never larger.
pub(super) fn glance_size(width: u32, height: u32) -> (u32, u32) {
    let longest = width.max(height).max(GLANCE_SIDE);
    let side = |length: u32| (length * GLANCE_SIDE / longest).max(1);
    (side(width), side(height))
}

fn is_visible([.., alpha]: [u8; 4]) -> bool {
    alpha >= VISIBLE_ALPHA
}

/// Whether two pixels look the same.
fn alike(one: [u8; 4], other: [u8; 4]) -> bool {
    match (is_visible(one), is_visible(other)) {
        (true, true) => one
            .iter()
            .zip(other)
            .all(|(one, other)| one.abs_diff(other) <= ALIKE),
        (visible, also) => visible == also,
    }
}

fn is_blank(glance: &Raster) -> bool {
    // The commonest pixel is the median when nearly all are alike.
    let mut pixels: Vec<[u8; 4]> = glance.pixels().collect();
    let middle = pixels.len() / 2;
    let (_, median, _) = pixels.select_nth_unstable(middle);
    let median = *median;
    let same = glance
        .pixels()
        .filter(|pixel| alike(*pixel, median))
        .count();
    same as f64 >= BLANK_SHARE * pixels.len() as f64
}

/// The colour around the picture, when all its corners are alike.
fn ground(picture: &Raster) -> Option<[u8; 4]> {
    let (width, pixels) = (picture.width as usize, picture.pixels());
    let all: Vec<[u8; 4]> = pixels.collect();
    let first = *all.first()?;
    [width - 1, all.len() - width, all.len() - 1]
        .iter()
        .all(|corner| alike(all[*corner], first))
        .then_some(first)
}

fn has_margins(glance: &Raster) -> bool {
    let Some(ground) = ground(glance) else {
        return false;
    };
    let width = glance.width as usize;
    let places = || {
        let pixels = glance.pixels().enumerate();
        let drawn = pixels.filter(|(_, pixel)| !alike(*pixel, ground));
        drawn.map(|(at, _)| (at % width, at / width))
    };
    let extent = |of: fn((usize, usize)) -> usize| {
        let least = places().map(of).min()?;
        let most = places().map(of).max()?;
        Some(most - least + 1)
    };
    let (Some(across), Some(down)) = (extent(|(x, _)| x), extent(|(_, y)| y)) else {
        return false;
    };
    (across * down) as f64 <= LOGO_AREA * (glance.width * glance.height) as f64
}

/// Whether what is drawn has few colours, whatever it is drawn on.
fn has_few_colours(picture: &Raster) -> bool {
    let Some(ground) = ground(picture) else {
        return false;
    };
    let mut counts: HashMap<[u8; 3], usize> = HashMap::new();
    let drawn = picture.pixels();
    let drawn = drawn.filter(|pixel| is_visible(*pixel) && !alike(*pixel, ground));
    for [colours @ .., _] in drawn {
        *counts
            .entry(colours.map(|colour| colour >> COARSE_BITS))
            .or_default() += 1;
    }
    let mut counts: Vec<usize> = counts.into_values().collect();
    counts.sort_unstable_by(|one, other| other.cmp(one));
    let all: usize = counts.iter().sum();
    let most: usize = counts.iter().take(LOGO_COLOURS).sum();
    most as f64 >= LOGO_COLOUR_SHARE * all as f64
}

#[cfg(test)]
mod tests {
    use super::super::tests::draw::{self, chart, noise, raster};
    use super::*;

    const CLEAR: [u8; 4] = [0; 4];
    const WHITE: [u8; 4] = [255; 4];
    const RED: [u8; 4] = [200, 20, 30, 255];

    fn kind(picture: &Raster) -> PictureKind {
        of(picture, (picture.width, picture.height))
    }

    fn disc(side: u32, radius: u32, on: [u8; 4], ground: [u8; 4]) -> Raster {
        raster(side, side, |x, y| {
            let (x, y) = (x.abs_diff(side / 2), y.abs_diff(side / 2));
            if x * x + y * y < radius * radius {
                on
            } else {
                ground
            }
        })
    }

    #[test]
    fn photographs_drawings_and_charts_are_normal() {
        assert_eq!(kind(&draw::photograph(640, 480)), PictureKind::Normal);
        assert_eq!(kind(&chart(640, 480)), PictureKind::Normal);
        assert_eq!(kind(&noise(300, 200)), PictureKind::Normal);
        // A thing before a white wall has margins, but many colours.
        let thing = draw::photograph(600, 600);
        let pixels: Vec<[u8; 4]> = thing.pixels().collect();
        let product = raster(600, 600, |x, y| {
            if (150..450).contains(&x) && (150..450).contains(&y) {
                pixels[(y * 600 + x) as usize]
            } else {
                WHITE
            }
        });
        assert_eq!(kind(&product), PictureKind::Normal);
    }

    #[test]
    fn what_shows_nothing_counts_readers() {
        assert_eq!(
            kind(&raster(600, 400, |_, _| CLEAR)),
            PictureKind::TrackingPixel
        );
        assert_eq!(
            kind(&raster(32, 20, |_, _| WHITE)),
            PictureKind::TrackingPixel
        );
    }

    #[test]
    fn one_colour_or_nearly_is_blank() {
        assert_eq!(kind(&raster(600, 400, |_, _| RED)), PictureKind::Blank);
        let nearly = raster(600, 400, |x, y| {
            [120 + (x % 3) as u8, 121, 119 + (y % 2) as u8, 255]
        });
        assert_eq!(kind(&nearly), PictureKind::Blank);
        let line_of_text = raster(600, 400, |x, y| {
            if (180..220).contains(&y) && x % 7 < 3 {
                RED
            } else {
                WHITE
            }
        });
        assert_ne!(kind(&line_of_text), PictureKind::Blank);
    }

    #[test]
    fn few_colours_with_room_around_are_a_logo() {
        assert_eq!(kind(&disc(500, 150, RED, WHITE)), PictureKind::Logo);
        assert_eq!(kind(&disc(500, 150, RED, CLEAR)), PictureKind::Logo);
        assert_eq!(kind(&disc(120, 40, RED, CLEAR)), PictureKind::Logo);
        // Without room around it may be a flag, or a map.
        assert_ne!(kind(&disc(500, 250, RED, WHITE)), PictureKind::Logo);
    }

    #[test]
    fn small_and_square_is_an_avatar() {
        assert_eq!(kind(&draw::photograph(128, 128)), PictureKind::Avatar);
        assert_eq!(kind(&draw::photograph(96, 100)), PictureKind::Avatar);
        assert_eq!(kind(&draw::photograph(128, 72)), PictureKind::Normal);
        assert_eq!(kind(&draw::photograph(240, 240)), PictureKind::Normal);
        // Its size is what it came with, not what it is kept at.
        let kept = draw::photograph(128, 128);
        assert_eq!(of(&kept, (1280, 1280)), PictureKind::Normal);
    }
}
