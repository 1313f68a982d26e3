use tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Rect, Stroke, Transform};

/// A colour as `0xRRGGBB`.
pub(super) type Rgb = u32;

/// A surface that is 960 wide and 540 high whatever its size in pixels, and a stream of numbers.
pub(super) struct Canvas {
    pixmap: Pixmap,
    scale: Transform,
    state: u64,
}

pub(super) const WIDTH: f32 = 960.0;
pub(super) const HEIGHT: f32 = 540.0;

impl Canvas {
    pub(super) fn new(width: u32, height: u32, seed: u64) -> Option<Self> {
        #[allow(clippy::cast_precision_loss)] // sizes of pictures
        let scale = Transform::from_scale(width as f32 / WIDTH, height as f32 / HEIGHT);
        Some(Self {
            pixmap: Pixmap::new(width, height)?,
            scale,
            state: seed,
        })
    }

    pub(super) fn png(&self) -> Option<Vec<u8>> {
        self.pixmap.encode_png().ok()
    }

    /// The next number of the seed's stream, from `low` to `high`: splitmix64
    /// (Steele, Lea and Flood, 2014).
    pub(super) fn number(&mut self, low: f32, high: f32) -> f32 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        #[allow(clippy::cast_precision_loss)] // 24 bits fit exactly
        let unit = (z >> 40) as f32 / 16_777_216.0;
        low + unit * (high - low)
    }

    pub(super) fn rect(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Rgb) {
        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
            self.pixmap
                .fill_rect(rect, &paint(colour), self.scale, None);
        }
    }

    pub(super) fn circle(&mut self, x: f32, y: f32, radius: f32, colour: Rgb) {
        if let Some(path) = PathBuilder::from_circle(x, y, radius) {
            self.fill(&path, colour);
        }
    }

    pub(super) fn ellipse(&mut self, x: f32, y: f32, rx: f32, ry: f32, colour: Rgb) {
        let rect = Rect::from_xywh(x - rx, y - ry, 2.0 * rx, 2.0 * ry);
        if let Some(path) = rect.and_then(PathBuilder::from_oval) {
            self.fill(&path, colour);
        }
    }

    pub(super) fn polygon(&mut self, points: &[(f32, f32)], colour: Rgb) {
        let mut builder = PathBuilder::new();
        for (place, (x, y)) in points.iter().enumerate() {
            if place == 0 {
                builder.move_to(*x, *y);
            } else {
                builder.line_to(*x, *y);
            }
        }
        builder.close();
        if let Some(path) = builder.finish() {
            self.fill(&path, colour);
        }
    }

    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32), width: f32, colour: Rgb) {
        let mut builder = PathBuilder::new();
        builder.move_to(from.0, from.1);
        builder.line_to(to.0, to.1);
        if let Some(path) = builder.finish() {
            let stroke = Stroke {
                width,
                ..Stroke::default()
            };
            self.pixmap
                .stroke_path(&path, &paint(colour), &stroke, self.scale, None);
        }
    }

    /// Hills from edge to edge: a soft line around `y`, filled to the bottom.
    pub(super) fn ridge(&mut self, y: f32, height: f32, waves: u8, colour: Rgb) {
        let mut builder = PathBuilder::new();
        builder.move_to(0.0, HEIGHT);
        let step = WIDTH / f32::from(waves);
        let mut last = y + self.number(-height, height);
        builder.line_to(0.0, last);
        for wave in 0..waves {
            let x = step * f32::from(wave);
            let next = y + self.number(-height, height);
            builder.cubic_to(x + step * 0.45, last, x + step * 0.55, next, x + step, next);
            last = next;
        }
        builder.line_to(WIDTH, HEIGHT);
        builder.close();
        if let Some(path) = builder.finish() {
            self.fill(&path, colour);
        }
    }

    /// Peaks from edge to edge, filled to the bottom.
    pub(super) fn peaks(&mut self, y: f32, height: f32, count: u8, colour: Rgb, snow: Option<Rgb>) {
        let step = WIDTH / f32::from(count);
        for peak in 0..=count {
            let x = step * f32::from(peak) + self.number(-step * 0.3, step * 0.3);
            let top = y - height * self.number(0.55, 1.0);
            let half = step * self.number(0.8, 1.1);
            self.polygon(&[(x - half, HEIGHT), (x, top), (x + half, HEIGHT)], colour);
            if let Some(snow) = snow {
                let cap = (HEIGHT - top) * 0.16;
                let side = half * cap / (HEIGHT - top);
                self.polygon(
                    &[
                        (x - side, top + cap),
                        (x, top),
                        (x + side, top + cap),
                        (x + side * 0.35, top + cap * 0.72),
                        (x - side * 0.1, top + cap * 1.05),
                        (x - side * 0.5, top + cap * 0.75),
                    ],
                    snow,
                );
            }
        }
        self.rect(0.0, y, WIDTH, HEIGHT - y, colour);
    }

    fn fill(&mut self, path: &tiny_skia::Path, colour: Rgb) {
        self.pixmap
            .fill_path(path, &paint(colour), FillRule::Winding, self.scale, None);
    }
}

fn paint(colour: Rgb) -> Paint<'static> {
    let [_, red, green, blue] = colour.to_be_bytes();
    let mut paint = Paint::default();
    paint.set_color(Color::from_rgba8(red, green, blue, 255));
    paint.anti_alias = true;
    paint
}
