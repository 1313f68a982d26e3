//! Where a picture was taken, and with what, stays with the publisher.

use super::super::orientation::tests::exif;
use super::*;

const SECRETS: [&[u8]; 4] = [b"48.8584", b"Exif", b"secret", b"http://ns.adobe.com"];

/// The same picture as it is, made smaller, and turned: kept, written anew, written anew.
fn assert_forgotten(file: &[u8]) {
    let contains =
        |bytes: &[u8], secret: &[u8]| bytes.windows(secret.len()).any(|window| window == secret);
    assert!(SECRETS.iter().any(|secret| contains(file, secret)));
    for width in [1290, 40] {
        let picture = prepared(file, width);
        for secret in SECRETS {
            assert!(!contains(&picture.bytes, secret), "{width}: {secret:?}");
        }
    }
}

#[test]
fn nothing_of_a_jpeg_survives_but_its_pixels() {
    for (number, quality) in [(1, 5), (1, 95), (6, 5)] {
        let mut file = jpeg(&photograph(160, 120), quality);
        file = with_segment(&file, 0xfe, b"secret comment");
        file = with_segment(&file, 0xe2, b"ICC_PROFILE\0\x01\x01secret profile");
        file = with_segment(&file, 0xe1, b"http://ns.adobe.com/xap/1.0/\0secret");
        file = with_segment(&file, 0xed, b"Photoshop 3.0\0secret");
        file = with_segment(&file, 0xe0, b"JFXX\0\x13secret small picture");
        let exif = [b"Exif\0\0", &exif(number, true)[..]].concat();
        file = with_segment(&file, 0xe1, &exif);
        // Phones put a second picture behind the first.
        file.extend(b"secret picture");
        assert_forgotten(&file);
    }
}

#[test]
fn a_kept_jpeg_shows_the_same_pixels() {
    let bare = jpeg(&photograph(160, 120), 5);
    let file = with_segment(&bare, 0xfe, b"secret comment");
    let picture = prepared(&file, 1290);
    assert_eq!(picture.bytes.len(), bare.len());
    let decoded = |bytes: &[u8]| {
        let mut rows = Resampler::new((160, 120), (160, 120));
        jpeg::decode(bytes, &mut rows).unwrap();
        rows.finish(Format::Jpeg).unwrap()
    };
    assert_eq!(decoded(&picture.bytes), decoded(&file));
}

#[test]
fn nothing_of_a_png_survives_but_its_pixels() {
    for number in [1, 3] {
        let mut file = png(&chart(160, 120));
        file = with_png_chunk(&file, b"tEXt", b"Author\0secret");
        file = with_png_chunk(&file, b"eXIf", &exif(number, false));
        file.extend(b"secret tail");
        assert_forgotten(&file);
    }
}

#[test]
fn nothing_of_a_webp_survives_but_its_pixels() {
    for number in [1, 8] {
        let file = lossless_webp_with(&photograph(160, 120), |encoder| {
            encoder.set_exif_metadata(exif(number, false));
            encoder.set_xmp_metadata(b"secret".to_vec());
            encoder.set_icc_profile(b"secret profile".to_vec());
        });
        assert_forgotten(&file);
    }
    let lossy = webp_of(&[
        vp8x(0x08, (32, 24)),
        LOSSY_WEBP[12..].to_vec(),
        webp_chunk(b"EXIF", &exif(1, true)),
    ]);
    assert_forgotten(&lossy);
    assert_eq!(prepared(&lossy, 1290).bytes, LOSSY_WEBP);
}

#[test]
fn nothing_of_a_gif_survives_but_its_pixels() {
    let file = gif(&[marked(64, 48)]);
    // A comment before the first frame, behind the screen without a colour table.
    let screen = 13
        + if file[10] & 0x80 == 0 {
            0
        } else {
            3 << ((file[10] & 7) + 1)
        };
    let comment = b"!\xfe\x06secret\0";
    assert_forgotten(&[&file[..screen], comment, &file[screen..]].concat());
}
