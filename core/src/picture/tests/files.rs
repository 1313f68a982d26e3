//! Files for tests, written by the formats' encoders and, where those write too good a file, by hand.

use std::io::Write as _;

use super::super::raster::Raster;

pub(super) fn rgb(picture: &Raster) -> Vec<u8> {
    picture
        .pixels()
        .flat_map(|[colours @ .., _]| colours)
        .collect()
}

pub(super) fn jpeg(picture: &Raster, quality: u8) -> Vec<u8> {
    jpeg_with(picture, quality, |_| ())
}

pub(super) fn progressive_jpeg(picture: &Raster, quality: u8) -> Vec<u8> {
    jpeg_with(picture, quality, |encoder| encoder.set_progressive(true))
}

pub(super) fn jpeg_with(
    picture: &Raster,
    quality: u8,
    set: impl FnOnce(&mut jpeg_encoder::Encoder<&mut Vec<u8>>),
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut file, quality);
    set(&mut encoder);
    let (width, height) = (picture.width as u16, picture.height as u16);
    encoder
        .encode(&rgb(picture), width, height, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    file
}

/// Puts a segment right behind the beginning.
pub(super) fn with_segment(jpeg: &[u8], marker: u8, data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, data, &jpeg[2..]].concat()
}

pub(super) fn png(picture: &Raster) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut file, picture.width, picture.height);
    encoder.set_color(::png::ColorType::Rgba);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&picture.rgba).unwrap();
    writer.finish().unwrap();
    file
}

/// A chunk of PNG with its checksum.
pub(super) fn png_chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(name);
    sum.update(data);
    let length = (data.len() as u32).to_be_bytes();
    [&length, &name[..], data, &sum.sum().to_be_bytes()].concat()
}

/// A PNG of this header over these filtered rows; what fits together and what does not.
pub(super) fn png_of(size: (u32, u32), colours: u8, interlaced: bool, rows: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(rows).unwrap();
    let mut header = Vec::new();
    header.extend(size.0.to_be_bytes());
    header.extend(size.1.to_be_bytes());
    header.extend([8, colours, 0, 0, interlaced.into()]);
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        png_chunk(b"IHDR", &header),
        png_chunk(b"IDAT", &packed.finish().unwrap()),
        png_chunk(b"IEND", b""),
    ]
    .concat()
}

/// Puts a chunk before the pixels.
pub(super) fn with_png_chunk(png: &[u8], name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    const AFTER_HEADER: usize = 8 + 25;
    [
        &png[..AFTER_HEADER],
        &png_chunk(name, data),
        &png[AFTER_HEADER..],
    ]
    .concat()
}

/// The same, in seven passes (PNG, section 8.2).
pub(super) fn interlaced_png(picture: &Raster) -> Vec<u8> {
    const PASSES: [(usize, usize, usize, usize); 7] = [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ];
    let (width, height) = (picture.width as usize, picture.height as usize);
    let pixels: Vec<[u8; 4]> = picture.pixels().collect();
    let mut rows = Vec::new();
    for (left, top, across, down) in PASSES {
        for y in (top..height).step_by(down) {
            rows.push(0);
            for x in (left..width).step_by(across) {
                rows.extend(pixels[y * width + x]);
            }
        }
    }
    png_of((picture.width, picture.height), 6, true, &rows)
}

/// Frames of 6 x 7 x 6 colours, each as large as the screen; clear pixels stay clear.
pub(super) fn gif(frames: &[Raster]) -> Vec<u8> {
    const CLEAR: u8 = 252;
    const STEPS: [u32; 3] = [6, 7, 6];
    let step = |value: u8, steps: u32| (u32::from(value) * (steps - 1) + 127) / 255;
    let value = |step: u32, steps: u32| (step * 255 / (steps - 1)) as u8;
    let palette: Vec<u8> = (0..252)
        .flat_map(|at| {
            [
                value(at / 42, STEPS[0]),
                value(at / 6 % 7, STEPS[1]),
                value(at % 6, STEPS[2]),
            ]
        })
        .chain([0; 3])
        .collect();
    let index = |[red, green, blue, alpha]: [u8; 4]| match alpha {
        0 => CLEAR,
        _ => (step(red, STEPS[0]) * 42 + step(green, STEPS[1]) * 6 + step(blue, STEPS[2])) as u8,
    };
    let (width, height) = (frames[0].width as u16, frames[0].height as u16);
    let mut file = Vec::new();
    let mut encoder = ::gif::Encoder::new(&mut file, width, height, &[]).unwrap();
    for frame in frames {
        let indices: Vec<u8> = frame.pixels().map(index).collect();
        let palette = palette.clone();
        let frame = ::gif::Frame::from_palette_pixels(width, height, indices, palette, Some(CLEAR));
        encoder.write_frame(&frame).unwrap();
    }
    drop(encoder);
    file
}

/// A GIF of one frame somewhere on, or beside, its screen.
pub(super) fn gif_with_frame_at(
    screen: (u16, u16),
    place: (u16, u16),
    size: (u16, u16),
) -> Vec<u8> {
    let mut file = Vec::new();
    let palette = [200, 20, 30, 0, 0, 0];
    let mut encoder = ::gif::Encoder::new(&mut file, screen.0, screen.1, &palette).unwrap();
    let frame = ::gif::Frame {
        left: place.0,
        top: place.1,
        width: size.0,
        height: size.1,
        buffer: vec![0; usize::from(size.0) * usize::from(size.1)].into(),
        ..Default::default()
    };
    encoder.write_frame(&frame).unwrap();
    drop(encoder);
    file
}

pub(super) fn lossless_webp(picture: &Raster) -> Vec<u8> {
    lossless_webp_with(picture, |_| ())
}

pub(super) fn lossless_webp_with(
    picture: &Raster,
    set: impl FnOnce(&mut image_webp::WebPEncoder<&mut Vec<u8>>),
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = image_webp::WebPEncoder::new(&mut file);
    set(&mut encoder);
    encoder
        .encode(
            &picture.rgba,
            picture.width,
            picture.height,
            image_webp::ColorType::Rgba8,
        )
        .unwrap();
    file
}

/// Red on the left and blue on the right, 32 x 24, as an encoder of lossy WebP wrote it; there is
/// none in Rust.
pub(super) const LOSSY_WEBP: &[u8] =
    b"RIFF\x52\0\0\0WEBPVP8 \x46\0\0\0\xb0\x03\0\x9d\x01\x2a\x20\0\
\x18\0\x3e\xfd\x6a\xaa\x50\x2b\x26\x24\x22\xb7\xfa\xa8\x01\x60\x1f\x89\x64\0\xc2\xaf\x81\xfa\0\x07\
\x86\x5a\x8a\0\0\xfe\xe1\xc3\x7d\x37\x5f\x01\xff\xf8\x20\x9c\xa5\x6d\xe3\xc3\x86\x0f\x2f\xaf\x52\
\xde\xf2\x0d\xbe\xb4\x33\x82\x62\xb3\0\0";

pub(super) fn webp_chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut chunk = [name, &(data.len() as u32).to_le_bytes()[..], data].concat();
    if data.len() % 2 == 1 {
        chunk.push(0);
    }
    chunk
}

pub(super) fn webp_of(chunks: &[Vec<u8>]) -> Vec<u8> {
    let chunks = chunks.concat();
    let length = (chunks.len() as u32 + 4).to_le_bytes();
    [b"RIFF", &length[..], b"WEBP", &chunks].concat()
}

/// The chunk that tells of more than pixels: flags and the size of the canvas.
pub(super) fn vp8x(flags: u8, size: (u32, u32)) -> Vec<u8> {
    let side = |side: u32| (side - 1).to_le_bytes()[..3].to_vec();
    webp_chunk(
        b"VP8X",
        &[vec![flags, 0, 0, 0], side(size.0), side(size.1)].concat(),
    )
}

/// A still, and where on the canvas and how large it is.
pub(super) type WebpFrame<'a> = (&'a [u8], (u32, u32), (u32, u32));

/// An animation whose frames are stills somewhere on the canvas.
pub(super) fn animated_webp(canvas: (u32, u32), frames: &[WebpFrame<'_>]) -> Vec<u8> {
    let number = |number: u32| number.to_le_bytes()[..3].to_vec();
    let mut chunks = vec![vp8x(0x12, canvas), webp_chunk(b"ANIM", &[0; 6])];
    for (still, place, size) in frames {
        let frame = [
            number(place.0 / 2),
            number(place.1 / 2),
            number(size.0 - 1),
            number(size.1 - 1),
            vec![100, 0, 0, 0],
            still[12..].to_vec(),
        ];
        chunks.push(webp_chunk(b"ANMF", &frame.concat()));
    }
    webp_of(&chunks)
}
