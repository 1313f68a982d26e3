//! One picture of the globe, as flat arrays that a screen fills and strokes.

use super::camera::Look;
use super::clip::Clipper;
use super::land::{level_for, places};
use super::ring::Ring;
use super::sphere::dot;
use super::{Camera, Globe, Viewport, net};
use crate::model::CountryCode;

/// A ring that is smaller across than this, in units of the viewport, is not drawn.
const INVISIBLE: f64 = 0.3;

/// A country of which no part is as large across as this share of a touch's reach gets a dot.
const DOTTED: f64 = 0.25;

/// One picture. Kept and handed in again, it is filled without asking for memory.
///
/// Points are `x, y` in units of the viewport, y down, and may lie outside of it. Every `ends` counts
/// what comes before the end of each part: of ring `i` the points from `ring_ends[i - 1]` (0 for the
/// first) to `ring_ends[i]`. A shape is a country; fill its rings together by the even-odd rule.
/// Rings are closed: no first point is repeated. Where the near side ends they follow its edge.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// The middle of the globe's disc.
    pub centre: [f32; 2],
    /// The radius of the disc.
    pub radius: f32,
    /// The points of all rings.
    pub points: Vec<f32>,
    /// Points up to the end of each ring.
    pub ring_ends: Vec<u32>,
    /// Rings up to the end of each shape.
    pub shape_ends: Vec<u32>,
    /// Which of [`places`] each shape is. The large come first; small ones are
    /// drawn over them.
    pub shape_places: Vec<u32>,
    /// The [level](super::Tint::level) of each shape's tint.
    pub shape_tints: Vec<u8>,
    /// Which shape is the selected country, when it is seen.
    pub selected_shape: Option<u32>,
    /// A place well inside the selected country, when that is on the near side.
    pub selected_at: Option<[f32; 2]>,
    /// Countries with publishers that are too small to be seen: a point for each.
    pub dots: Vec<f32>,
    /// Which of the places each dot is.
    pub dot_places: Vec<u32>,
    /// The level of each dot's tint.
    pub dot_tints: Vec<u8>,
    /// The points of all lines of the net of meridians and parallels.
    pub net: Vec<f32>,
    /// Points up to the end of each line.
    pub net_ends: Vec<u32>,
    clipper: Clipper,
}

impl Frame {
    fn clear(&mut self) {
        self.points.clear();
        self.ring_ends.clear();
        self.shape_ends.clear();
        self.shape_places.clear();
        self.shape_tints.clear();
        self.selected_shape = None;
        self.selected_at = None;
        self.dots.clear();
        self.dot_places.clear();
        self.dot_tints.clear();
        self.net.clear();
        self.net_ends.clear();
    }
}

impl Globe {
    /// Draws the globe, with a country that is selected.
    pub fn draw(
        &self,
        camera: Camera,
        viewport: Viewport,
        selected: Option<CountryCode>,
        frame: &mut Frame,
    ) {
        let look = Look::new(camera, viewport);
        frame.clear();
        frame.centre = look.centre.map(single);
        frame.radius = single(look.radius);
        net::draw(&look, &mut frame.net, &mut frame.net_ends);
        let land = level_for(camera.zoom, look.radius);
        for (at, (rings, place)) in land.iter().zip(places()).enumerate() {
            let before = frame.ring_ends.len();
            for ring in rings {
                draw_ring(&look, ring, frame);
            }
            let index = count(at);
            let tint = self.tint(at).level();
            let is_selected = selected.is_some() && place.country == selected;
            if is_selected {
                let at = look.screen(place.point.direction());
                frame.selected_at = at.map(|at| at.map(single));
            }
            if frame.ring_ends.len() > before {
                if is_selected {
                    frame.selected_shape = Some(count(frame.shape_ends.len()));
                }
                frame.shape_ends.push(count(frame.ring_ends.len()));
                frame.shape_places.push(index);
                frame.shape_tints.push(tint);
            }
            if self.is_listed(at)
                && across(rings, look.radius) < DOTTED * viewport.reach
                && let Some(dot) = look.screen(place.point.direction())
            {
                frame.dots.extend(dot.map(single));
                frame.dot_places.push(index);
                frame.dot_tints.push(tint);
            }
        }
    }
}

/// How large the largest ring is across, on a globe of this radius.
pub(super) fn across(rings: &[Ring], radius: f64) -> f64 {
    2.0 * radius * rings.iter().map(|ring| ring.sin).fold(0.0, f64::max)
}

fn draw_ring(look: &Look, ring: &Ring, frame: &mut Frame) {
    if 2.0 * look.radius * ring.sin < INVISIBLE {
        return;
    }
    // By the angle between the middles of the two caps and the sum and difference of their radii.
    let apart = dot(ring.middle(), look.axes.toward);
    if apart < ring.cos * look.cos - ring.sin * look.sin {
        return;
    }
    let whole = ring.cos > look.cos && apart > ring.cos * look.cos + ring.sin * look.sin;
    let Frame {
        points,
        ring_ends,
        clipper,
        ..
    } = frame;
    if whole {
        let axes = look.axes;
        points.extend(ring.directions().flat_map(|at| {
            look.place([dot(at, axes.east), dot(at, axes.north)])
                .map(single)
        }));
        ring_ends.push(count(points.len() / 2));
        return;
    }
    // A tenth of a unit off the circle.
    let arc_step = (0.8 / (look.radius * look.sin)).sqrt().clamp(0.01, 0.1);
    clipper.clip(look, ring, arc_step, |point| match point {
        Some(point) => points.extend(look.place(point).map(single)),
        None => ring_ends.push(count(points.len() / 2)),
    });
}

#[allow(clippy::cast_possible_truncation)]
pub(super) fn single(number: f64) -> f32 {
    number as f32
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
