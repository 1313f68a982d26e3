//! The globe: what turns it is plain values, what draws it an object that keeps its buffers.

use std::sync::{Arc, Mutex, PoisonError};

use overview_core::globe::{
    self, Camera as GlobeCamera, Flick as GlobeFlick, Frame, Globe as Core, Point as GlobePoint,
    Viewport as GlobeViewport,
};
use overview_core::model::CountrySummary;

use crate::CountryCode;

/// Which place is in the middle of the picture, and how large the globe is. North is up.
#[uniffi::remote(Record)]
pub struct GlobeCamera {
    /// Degrees east of the middle, from -180 to 180.
    pub lon: f64,
    /// Degrees north of the middle, from -85 to 85.
    pub lat: f64,
    /// From 1, where the whole globe is seen, to 4.
    pub zoom: f64,
}

/// The picture that the globe is drawn into, in any unit of length. From its upper left corner x
/// runs to the right and y down.
#[uniffi::remote(Record)]
pub struct GlobeViewport {
    /// How wide.
    pub width: f64,
    /// How high. The globe fills the smaller of the two at zoom 1.
    pub height: f64,
    /// How far from a small country a touch may be: 24 points or density-independent pixels, in the
    /// unit of the others.
    pub reach: f64,
}

/// A flick of the globe at some moment after the finger left it.
#[uniffi::remote(Record)]
pub struct GlobeFlick {
    /// Where the globe has turned to.
    pub camera: GlobeCamera,
    /// Nothing more moves.
    pub ended: bool,
}

/// A place on the globe.
#[uniffi::remote(Record)]
pub struct GlobePoint {
    /// Degrees east of Greenwich.
    pub lon: f64,
    /// Degrees north of the equator.
    pub lat: f64,
}

/// A place of the picture.
#[derive(Debug, Clone, Copy, PartialEq, uniffi::Record)]
pub struct GlobeSpot {
    /// From the left, in units of the viewport.
    pub x: f32,
    /// From the top.
    pub y: f32,
}

/// One picture of the globe, as flat arrays: bytes, because neither language has a faster way to many
/// numbers. In `ByteBuffer.order(LITTLE_ENDIAN).asFloatBuffer()` and `withUnsafeBytes` they are
/// numbers again without a copy of each.
///
/// Points are pairs of 32-bit floats, `x, y` in units of the viewport, and may lie outside of it.
/// Every `ends` counts, in 32-bit integers, what comes before the end of each part: the points of
/// ring `i` are those from `ring_ends[i - 1]` (0 for the first) to `ring_ends[i]`. All are little-endian.
///
/// In the order to draw: the disc; the net, stroked; each shape, a country, its rings filled together
/// by the even-odd rule and closed; the dots.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct GlobeFrame {
    /// The middle of the globe's disc, from the left.
    pub centre_x: f32,
    /// And from the top.
    pub centre_y: f32,
    /// The radius of the disc.
    pub radius: f32,
    /// The points of all rings.
    pub points: Vec<u8>,
    /// Points up to the end of each ring.
    pub ring_ends: Vec<u8>,
    /// Rings up to the end of each shape.
    pub shape_ends: Vec<u8>,
    /// One byte a shape, its tint: 0 no publishers, 1 nothing unread, 2 from 1 unread story, 3 from
    /// 10, 4 from 25, 5 from 50.
    pub shape_tints: Vec<u8>,
    /// Which shape is the selected country, when it is seen.
    pub selected_shape: Option<u32>,
    /// A place well inside the selected country, when that is on the near side.
    pub selected_at: Option<GlobeSpot>,
    /// Countries with publishers that are too small to be seen: a point for each.
    pub dots: Vec<u8>,
    /// One byte a dot, its tint.
    pub dot_tints: Vec<u8>,
    /// The points of all lines of the net of meridians and parallels.
    pub net: Vec<u8>,
    /// Points up to the end of each line.
    pub net_ends: Vec<u8>,
}

/// Draws the globe and says what a touch means. Nothing here waits: call it while drawing. Outlines
/// are Natural Earth's; disputed areas are as it draws them.
#[derive(Debug, Default, uniffi::Object)]
pub struct Globe {
    drawing: Mutex<(Core, Frame)>,
}

#[uniffi::export]
impl Globe {
    /// A globe without tints.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Tints the globe by the list of countries, the same that stands beside it.
    pub fn tint_by(&self, countries: Vec<CountrySummary>) {
        self.with(|globe, _| globe.tint_by(&countries));
    }

    /// The picture.
    #[uniffi::method(default(selected = None))]
    pub fn frame(
        &self,
        camera: GlobeCamera,
        viewport: GlobeViewport,
        selected: Option<CountryCode>,
    ) -> GlobeFrame {
        self.with(|globe, frame| {
            globe.draw(camera, viewport, selected, frame);
            let [centre_x, centre_y] = frame.centre;
            GlobeFrame {
                centre_x,
                centre_y,
                radius: frame.radius,
                points: floats(&frame.points),
                ring_ends: integers(&frame.ring_ends),
                shape_ends: integers(&frame.shape_ends),
                shape_tints: frame.shape_tints.clone(),
                selected_shape: frame.selected_shape,
                selected_at: frame.selected_at.map(|[x, y]| GlobeSpot { x, y }),
                dots: floats(&frame.dots),
                dot_tints: frame.dot_tints.clone(),
                net: floats(&frame.net),
                net_ends: integers(&frame.net_ends),
            }
        })
    }

    /// Which country a touch means: the one that is touched, or a small one near by, the nearest of
    /// several. Also one that is not in the list of countries.
    pub fn country_at(
        &self,
        camera: GlobeCamera,
        viewport: GlobeViewport,
        x: f64,
        y: f64,
    ) -> Option<CountryCode> {
        self.with(|globe, _| globe.country_at(camera, viewport, x, y))
    }
}

impl Globe {
    fn with<R>(&self, work: impl FnOnce(&mut Core, &mut Frame) -> R) -> R {
        // Whatever a panic left is drawn over by the next frame.
        let mut drawing = self.drawing.lock().unwrap_or_else(PoisonError::into_inner);
        let (globe, frame) = &mut *drawing;
        work(globe, frame)
    }
}

/// Where the globe begins: Africa and Europe.
#[uniffi::export]
pub fn globe_begin() -> GlobeCamera {
    GlobeCamera::default()
}

/// A point well inside a country: where to turn the globe to. `None` for one that has no outline.
#[uniffi::export]
pub fn globe_point_of(country: CountryCode) -> Option<GlobePoint> {
    globe::point_of(country)
}

/// The globe turned by a finger that moved so far, in units of the viewport.
#[uniffi::export]
pub fn globe_drag(camera: GlobeCamera, viewport: GlobeViewport, dx: f64, dy: f64) -> GlobeCamera {
    camera.dragged(viewport, dx, dy)
}

/// Where the globe has turned to, `seconds` after a finger left it at a speed in units of the viewport
/// a second. `camera` is that of the moment when it left.
#[uniffi::export]
pub fn globe_flick(
    camera: GlobeCamera,
    viewport: GlobeViewport,
    vx: f64,
    vy: f64,
    seconds: f64,
) -> GlobeFlick {
    camera.flicked(viewport, vx, vy, seconds)
}

/// Zoomed by a factor, from 1 to 4.
#[uniffi::export]
pub fn globe_zoom(camera: GlobeCamera, factor: f64) -> GlobeCamera {
    camera.zoomed(factor)
}

/// On the way to a country along the great circle, after a fraction (0 to 1) of the time, which is
/// yours: fast at first, then slower. `camera` is that of the beginning.
#[uniffi::export]
pub fn globe_fly(camera: GlobeCamera, to: GlobeCamera, fraction: f64) -> GlobeCamera {
    camera.flown(to, fraction)
}

fn floats(numbers: &[f32]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect()
}

fn integers(numbers: &[u32]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect()
}
