//! Files that are wrong on purpose or by accident.

use proptest::prelude::*;

use super::*;

/// One small file of each kind.
fn small_files() -> Vec<Vec<u8>> {
    let picture = photograph(24, 18);
    let still = lossless_webp(&picture);
    vec![
        jpeg(&picture, 50),
        progressive_jpeg(&picture, 50),
        jpeg_with(&picture, 50, |encoder| encoder.set_restart_interval(1)),
        png(&picture),
        interlaced_png(&picture),
        gif(&[marked(24, 18), marked(24, 18)]),
        still.clone(),
        LOSSY_WEBP.to_vec(),
        animated_webp((30, 20), &[(&still, (2, 2), (24, 18))]),
        webp_of(&[
            vp8x(0x10, (32, 24)),
            webp_chunk(b"ALPH", &[&[0], &[99; 32 * 24][..]].concat()),
            LOSSY_WEBP[12..].to_vec(),
        ]),
    ]
}

#[test]
fn all_small_files_are_read() {
    for file in small_files() {
        assert!(prepared(&file, 100).width >= 24);
    }
}

#[test]
fn a_picture_that_breaks_off_is_refused_wherever_it_does() {
    for file in small_files() {
        for length in 0..file.len() {
            let whole = prepare(&file[..length], &Options::default());
            // Of a GIF what comes after the first frame is not needed.
            if !file.starts_with(b"GIF") {
                assert!(whole.is_err(), "{length} of {}", file.len());
            }
        }
    }
    let frames = gif(&[marked(24, 18)]);
    for length in 0..frames.len() - 1 {
        assert!(
            prepare(&frames[..length], &Options::default()).is_err(),
            "{length}"
        );
    }
}

#[test]
fn a_picture_that_breaks_off_says_so() {
    for file in small_files() {
        let error = refused(&file[..file.len() / 2]);
        assert_eq!(error.code(), "damaged", "{error}");
    }
}

#[test]
fn no_pictures_and_drawings_in_text_are_refused_by_name() {
    assert_eq!(refused(b""), PictureError::NotAPicture);
    assert_eq!(
        refused(b"<!doctype html><title>404</title>"),
        PictureError::NotAPicture
    );
    assert_eq!(
        refused(b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\"/>"),
        PictureError::Unsupported("SVG")
    );
    assert_eq!(
        refused(b"\0\0\0\x20ftypavif\0\0\0\0avifmif1"),
        PictureError::Unsupported("AVIF")
    );
}

#[test]
fn unread_kinds_of_jpeg_are_refused_by_name() {
    let file = jpeg(&marked(24, 18), 50);
    let at = file
        .windows(2)
        .position(|pair| pair == [0xff, 0xc0])
        .unwrap();
    for (marker, name) in [
        (0xc3, "lossless JPEG"),
        (0xc5, "hierarchical JPEG"),
        (0xc9, "arithmetic JPEG"),
    ] {
        let mut other = file.clone();
        other[at + 1] = marker;
        assert_eq!(refused(&other), PictureError::Unsupported(name));
    }
    // Colours in passes of their own.
    let separate = jpeg_with(&marked(24, 18), 50, |encoder| {
        encoder.set_optimized_huffman_tables(true);
    });
    assert_eq!(refused(&separate).code(), "unsupported");
    let mut deep = file;
    deep[at + 4] = 12;
    assert_eq!(refused(&deep).code(), "unsupported");
}

#[test]
fn pixels_that_count_readers_are_refused() {
    for picture in [raster(1, 1, |_, _| [0; 4]), raster(600, 3, |_, _| RED)] {
        for file in [
            png(&picture),
            lossless_webp(&picture),
            gif(std::slice::from_ref(&picture)),
            jpeg(&picture, 90),
        ] {
            assert_eq!(refused(&file).code(), "too_small");
        }
    }
}

/// Where the header of a GIF's frame is that begins in the corner.
fn frame_header(gif: &[u8], (width, height): (u8, u8)) -> usize {
    let header = [b',', 0, 0, 0, 0, width, 0, height, 0];
    gif.windows(header.len())
        .position(|window| window == header)
        .unwrap()
}

#[test]
fn bombs_are_refused_before_they_are_decoded() {
    let row = [0; 1000];
    let declared = |size| png_of(size, 6, false, &row);
    assert_eq!(
        refused(&declared((60_000, 60_000))).code(),
        "too_many_pixels"
    );
    assert_eq!(refused(&declared((60_000, 20))).code(), "too_many_pixels");
    assert_eq!(
        refused(&declared((u32::MAX, u32::MAX))).code(),
        "too_many_pixels"
    );
    assert_eq!(refused(&declared((6000, 6000))).code(), "bomb");

    let mut screen = gif(&[marked(24, 18)]);
    screen[6..10].copy_from_slice(&[0xff; 4]);
    assert_eq!(refused(&screen).code(), "too_many_pixels");
    let mut frame = gif(&[marked(24, 18)]);
    let at = frame_header(&frame, (24, 18));
    frame[at + 5..at + 9].copy_from_slice(&[0xff; 4]);
    assert_eq!(refused(&frame).code(), "too_many_pixels");

    let still = lossless_webp(&marked(24, 18));
    let canvas = animated_webp((1 << 24, 1 << 24), &[(&still, (0, 0), (24, 18))]);
    assert_eq!(refused(&canvas).code(), "too_many_pixels");

    let mut wide = jpeg(&marked(24, 18), 50);
    let at = wide
        .windows(2)
        .position(|pair| pair == [0xff, 0xc0])
        .unwrap();
    wide[at + 5..at + 9].copy_from_slice(&[0xff; 4]);
    assert_eq!(refused(&wide).code(), "too_many_pixels");
}

#[test]
fn what_would_take_too_much_memory_is_refused_before_it_is_decoded() {
    // 36 million bytes a coefficient pass, in a file that is large enough to be no bomb.
    let mut file = progressive_jpeg(&marked(24, 18), 50);
    let at = file
        .windows(2)
        .position(|pair| pair == [0xff, 0xc2])
        .unwrap();
    file[at + 5..at + 9].copy_from_slice(&[0x0c, 0x00, 0x0c, 0x00]);
    for _ in 0..2 {
        file = with_segment(&file, 0xfe, &[0; 40_000]);
    }
    assert_eq!(refused(&file).code(), "too_large_decoded");
}

#[test]
fn endless_passes_are_refused() {
    let file = progressive_jpeg(&marked(24, 18), 50);
    let scan = file
        .windows(2)
        .position(|pair| pair == [0xff, 0xda])
        .unwrap();
    let end = file.len() - 2;
    let passes = file[scan..end].repeat(100);
    let endless = [&file[..end], &passes, &file[end..]].concat();
    assert_eq!(refused(&endless).code(), "damaged");
}

#[test]
fn headers_that_lie_about_the_size_are_refused() {
    let picture = photograph(48, 36);
    // More rows than there are.
    let rows = [0; 36 * (1 + 48 * 4)];
    assert!(prepare(&png_of((48, 36), 6, false, &rows), &Options::default()).is_ok());
    assert_eq!(
        refused(&png_of((48, 72), 6, false, &rows)).code(),
        "damaged"
    );
    assert_eq!(
        refused(&png_of((96, 36), 6, false, &rows)).code(),
        "damaged"
    );
    assert_eq!(refused(&png_of((48, 72), 6, true, &rows)).code(), "damaged");

    // Of a JPEG the decoder does not tell, and shows what there is.
    let mut more = jpeg(&picture, 80);
    let at = more
        .windows(2)
        .position(|pair| pair == [0xff, 0xc0])
        .unwrap();
    more[at + 5..at + 7].copy_from_slice(&[0, 128]);
    assert_eq!(prepared(&more, 48).height, 128);

    let mut screen = gif(&[marked(48, 36)]);
    let at = frame_header(&screen, (48, 36));
    screen[at + 7..at + 9].copy_from_slice(&[0x00, 0x04]);
    assert_eq!(refused(&screen).code(), "damaged");

    let still = lossless_webp(&picture);
    let canvas = webp_of(&[vp8x(0, (48, 40)), still[12..].to_vec()]);
    assert_eq!(refused(&canvas).code(), "damaged");
    let outside = animated_webp((60, 40), &[(&still, (20, 0), (48, 36))]);
    assert_eq!(refused(&outside).code(), "damaged");
    let mut larger = LOSSY_WEBP.to_vec();
    larger[26] = 0xff;
    assert_eq!(refused(&larger).code(), "damaged");
}

#[test]
fn every_refusal_says_what_was_being_done() {
    for bytes in [
        &b""[..],
        b"<svg/>",
        b"GIF89a",
        &png(&raster(2, 2, |_, _| RED)),
    ] {
        let said = refused(bytes).to_string();
        assert!(
            ["reading", "checking"]
                .iter()
                .any(|verb| said.starts_with(verb)),
            "{said}"
        );
    }
}

fn beginnings() -> Vec<Vec<u8>> {
    let mut beginnings = small_files();
    beginnings.extend([
        b"\xff\xd8\xff".to_vec(),
        b"\x89PNG\r\n\x1a\n".to_vec(),
        b"GIF89a".to_vec(),
        b"RIFF\xff\0\0\0WEBPVP8 ".to_vec(),
        b"RIFF\xff\0\0\0WEBPVP8L".to_vec(),
        b"RIFF\xff\0\0\0WEBPVP8X".to_vec(),
        b"\0\0\0\x20ftypavif".to_vec(),
        b"<svg ".to_vec(),
    ]);
    beginnings
}

proptest! {
    #[test]
    fn any_bytes_are_a_picture_or_an_error(
        beginning in prop::sample::select(beginnings()),
        keep in 0.0f64..1.0,
        tail in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let keep = (beginning.len() as f64 * keep) as usize;
        let _ = prepare(&[&beginning[..keep], &tail].concat(), &Options::default());
        let _ = prepare(&[&beginning[..], &tail].concat(), &Options::default());
    }

    #[test]
    fn any_damage_is_a_picture_or_an_error(
        file in prop::sample::select(small_files()),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        max_width in 0u32..2000,
    ) {
        let mut file = file;
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if let Ok(picture) = prepare(&file, &Options { max_width }) {
            prop_assert!(picture.width <= max_width.max(1));
            // What is kept can be read again, if it is not as small as that.
            if picture.width >= limits::MIN_SIDE && picture.height >= limits::MIN_SIDE {
                let again = prepare(&picture.bytes, &Options { max_width });
                prop_assert!(again.is_ok(), "{again:?}");
            }
        }
    }
}
