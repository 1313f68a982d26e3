#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub(super) mod draw;
mod files;
mod hostile;
mod metadata;

use super::raster::Raster;
use super::resample::shrink;
use super::*;
use draw::{chart, noise, photograph, raster};
use files::*;

const RED: [u8; 4] = [210, 30, 30, 255];
const BLUE: [u8; 4] = [20, 40, 200, 255];

/// Red above blue to the left of green, so that every turn is another picture.
fn marked(width: u32, height: u32) -> Raster {
    raster(width, height, |x, y| {
        match (x < width / 2, y < height / 2) {
            (true, true) => RED,
            (true, false) => BLUE,
            _ => [30, 180, 60, 255],
        }
    })
}

#[track_caller]
fn prepared(bytes: &[u8], max_width: u32) -> Picture {
    prepare(bytes, &Options { max_width }).unwrap()
}

#[track_caller]
fn refused(bytes: &[u8]) -> PictureError {
    match prepare(bytes, &Options::default()) {
        Err(error) => error,
        Ok(picture) => panic!("accepted: {} x {}", picture.width, picture.height),
    }
}

/// The pixels of what is kept, read by the format's decoder.
fn pixels(picture: &Picture) -> Raster {
    let mut rows = Resampler::new(
        (picture.width, picture.height),
        (picture.width, picture.height),
    );
    let bytes = &picture.bytes;
    match picture.media_type {
        MediaType::Jpeg => jpeg::decode(bytes, &mut rows).unwrap(),
        MediaType::Png => png::decode(bytes, &mut rows).unwrap(),
        MediaType::WebP => webp::decode(bytes, &mut rows).unwrap(),
    }
    rows.finish(Format::Jpeg).unwrap()
}

/// The mean difference of two pictures' channels.
fn difference(one: &Raster, other: &Raster) -> f64 {
    assert_eq!((one.width, one.height), (other.width, other.height));
    let sum: u64 = one
        .rgba
        .iter()
        .zip(&other.rgba)
        .map(|(one, other)| u64::from(one.abs_diff(*other)))
        .sum();
    sum as f64 / one.rgba.len() as f64
}

fn near([red, green, blue, _]: [u8; 4], wanted: [u8; 4]) -> bool {
    [red, green, blue]
        .iter()
        .zip(wanted)
        .all(|(one, other)| one.abs_diff(other) <= 24)
}

#[test]
fn every_format_shows_the_same_picture_afterwards() {
    let photo = photograph(320, 200);
    for (file, most) in [
        (jpeg(&photo, 90), 4.0),
        (progressive_jpeg(&photo, 90), 4.0),
        (png(&photo), 4.0),
        (interlaced_png(&photo), 4.0),
        (lossless_webp(&photo), 4.0),
        // Few colours for a photograph.
        (gif(std::slice::from_ref(&photo)), 14.0),
    ] {
        for width in [1000, 320, 160] {
            let picture = prepared(&file, width);
            let expected = if width < 320 { (160, 100) } else { (320, 200) };
            assert_eq!((picture.width, picture.height), expected);
            assert_eq!(picture.kind, PictureKind::Normal);
            let away = difference(&pixels(&picture), &shrink(&photo, expected));
            assert!(away < most, "{:?} {width}: {away}", &file[..8]);
        }
    }
}

#[test]
fn lossy_webp_is_read() {
    let picture = prepared(LOSSY_WEBP, 32);
    assert_eq!((picture.width, picture.height), (32, 24));
    let shown: Vec<[u8; 4]> = pixels(&picture).pixels().collect();
    assert!(near(shown[4], [220, 40, 30, 255]), "{:?}", shown[4]);
    assert!(near(shown[28], [20, 60, 200, 255]), "{:?}", shown[28]);
}

#[test]
fn grey_sixteen_bits_and_printing_colours_are_read() {
    let grey: Vec<u8> = (0..64 * 64).map(|at| (at % 64 * 4) as u8).collect();
    let mut file = Vec::new();
    jpeg_encoder::Encoder::new(&mut file, 90)
        .encode(&grey, 64, 64, jpeg_encoder::ColorType::Luma)
        .unwrap();
    let shown = pixels(&prepared(&file, 64));
    assert!(near(shown.pixels().nth(32).unwrap(), [128; 4]));

    let mut file = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut file, 64, 64);
    encoder.set_color(::png::ColorType::Grayscale);
    encoder.set_depth(::png::BitDepth::Sixteen);
    let wide: Vec<u8> = grey.iter().flat_map(|value| [*value, 0]).collect();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&wide).unwrap();
    writer.finish().unwrap();
    let shown = pixels(&prepared(&file, 64));
    assert!(near(shown.pixels().nth(32).unwrap(), [128; 4]));

    // Cyan and yellow ink make green.
    for printed in [
        jpeg_encoder::ColorType::Cmyk,
        jpeg_encoder::ColorType::CmykAsYcck,
    ] {
        let inks: Vec<u8> = [220, 0, 220, 20].repeat(64 * 64);
        let mut file = Vec::new();
        jpeg_encoder::Encoder::new(&mut file, 95)
            .encode(&inks, 64, 64, printed)
            .unwrap();
        let picture = prepared(&file, 64);
        let shown = pixels(&picture).pixels().next().unwrap();
        assert!(near(shown, [32, 235, 32, 255]), "{shown:?}");
    }
}

#[test]
fn photographs_become_jpeg_and_drawings_png() {
    let photo = prepared(&png(&photograph(400, 300)), 400);
    assert_eq!(photo.media_type, MediaType::Jpeg);
    let drawing = prepared(&png(&chart(400, 300)), 400);
    assert_eq!(drawing.media_type, MediaType::Png);
    assert_eq!(drawing.kind, PictureKind::Normal);
    assert_eq!(difference(&pixels(&drawing), &chart(400, 300)), 0.0);
    // Made smaller, its edges have many colours.
    let smaller = prepared(&png(&chart(400, 300)), 300);
    assert_eq!((smaller.width, smaller.height), (300, 225));
    assert!(difference(&pixels(&smaller), &shrink(&chart(400, 300), (300, 225))) < 2.0);
}

#[test]
fn a_better_compression_is_kept() {
    let small = jpeg(&photograph(400, 300), 20);
    let picture = prepared(&small, 1290);
    assert_eq!(picture.bytes.len(), small.len());
    assert_eq!(picture.media_type, MediaType::Jpeg);
    let large = jpeg(&photograph(400, 300), 98);
    assert!(prepared(&large, 1290).bytes.len() < large.len() / 2);

    let drawing = png(&chart(400, 300));
    assert!(prepared(&drawing, 1290).bytes.len() <= drawing.len());
}

#[test]
fn of_an_animation_the_first_frame_is_kept() {
    let frames = [marked(64, 48), noise(64, 48), noise(64, 48)];
    let picture = prepared(&gif(&frames), 64);
    assert!(difference(&pixels(&picture), &frames[0]) < 14.0);

    let stills = frames.clone().map(|frame| lossless_webp(&frame));
    let animation = animated_webp(
        (64, 48),
        &[
            (&stills[0], (0, 0), (64, 48)),
            (&stills[1], (0, 0), (64, 48)),
        ],
    );
    let picture = prepared(&animation, 64);
    assert!(difference(&pixels(&picture), &frames[0]) < 4.0);
}

#[test]
fn a_first_frame_that_does_not_fill_its_screen_stands_on_white() {
    let still = lossless_webp(&raster(20, 20, |_, _| RED));
    for file in [
        gif_with_frame_at((64, 48), (10, 12), (20, 20)),
        animated_webp((64, 48), &[(&still, (10, 12), (20, 20))]),
    ] {
        let shown: Vec<[u8; 4]> = pixels(&prepared(&file, 64)).pixels().collect();
        assert!(near(shown[0], [255; 4]), "{:?}", shown[0]);
        let inside = shown[20 * 64 + 20];
        assert!(near(inside, [205, 25, 30, 255]), "{inside:?}");
    }
    // Frames that reach over the screen are cut, and those beyond it are not seen.
    let over = prepared(&gif_with_frame_at((32, 32), (16, 16), (100, 100)), 64);
    assert_eq!((over.width, over.height), (32, 32));
    let beyond = prepared(&gif_with_frame_at((32, 32), (40, 40), (10, 10)), 64);
    assert_eq!(beyond.kind, PictureKind::TrackingPixel);
}

#[test]
fn what_is_transparent_is_put_on_white() {
    let ring = raster(200, 150, |x, y| {
        if (x / 10 + y / 10) % 2 == 0 {
            [10, 10, 10, 255]
        } else {
            [0; 4]
        }
    });
    for file in [
        png(&ring),
        lossless_webp(&ring),
        gif(std::slice::from_ref(&ring)),
    ] {
        let picture = prepared(&file, 200);
        let shown = pixels(&picture);
        assert!(shown.is_opaque());
        assert!(near(shown.pixels().nth(15).unwrap(), [255; 4]));
        assert!(near(shown.pixels().nth(5).unwrap(), [10; 4]));
    }
}

#[test]
fn cameras_that_were_turned_are_turned_back() {
    let upright = marked(60, 40);
    for number in 1..=8 {
        // Turning by its inverse gives what the camera stores: 6 and 8 are each other's.
        let inverse = match number {
            6 => 8,
            8 => 6,
            other => other,
        };
        let stored = orientation::Orientation::from_number(inverse).apply(upright.clone());
        let exif = orientation::tests::exif(number, number % 2 == 0);
        let marked = [b"Exif\0\0", &exif[..]].concat();
        for file in [
            with_segment(&jpeg(&stored, 95), 0xe1, &marked),
            with_png_chunk(&png(&stored), b"eXIf", &exif),
            lossless_webp_with(&stored, |encoder| encoder.set_exif_metadata(exif.clone())),
        ] {
            let picture = prepared(&file, 60);
            assert_eq!((picture.width, picture.height), (60, 40));
            let away = difference(&pixels(&picture), &upright);
            assert!(away < 6.0, "{number}: {away}");
            // The width that is asked for is the one that is seen.
            let smaller = prepared(&file, 30);
            assert_eq!((smaller.width, smaller.height), (30, 20));
        }
    }
}

#[test]
fn the_placeholder_is_of_the_picture() {
    let picture = prepared(&jpeg(&photograph(600, 400), 90), 300);
    let (width, height, _) = placeholder_pixels(&picture.placeholder).unwrap();
    assert!(width > height);
}

#[test]
fn one_picture_always_becomes_one_file() {
    let file = jpeg(&photograph(600, 400), 90);
    let (one, other) = (prepared(&file, 300), prepared(&file, 300));
    assert_eq!(content_hash(&one.bytes), content_hash(&other.bytes));
}
