//! Which country a touch means.

use super::camera::Look;
use super::frame::across;
use super::land::{level_for, places};
use super::ring::Ring;
use super::{Camera, Globe, Viewport};
use crate::model::CountryCode;

/// What is left of a touch's reach inside another country that has publishers.
const WITHIN_ANOTHER: f64 = 0.25;

impl Globe {
    /// Which country is meant by a touch, if any.
    ///
    /// The one that is touched; but a country with publishers of which no part is larger across than
    /// the reach of a touch is also meant from so far beside it, and of several the nearest. Inside
    /// another country with publishers, both are a quarter of that.
    pub fn country_at(
        &self,
        camera: Camera,
        viewport: Viewport,
        x: f64,
        y: f64,
    ) -> Option<CountryCode> {
        let look = Look::new(camera, viewport);
        let land = level_for(camera.zoom, look.radius);
        let touched = look.sphere(x, y).and_then(|at| {
            // Small countries are drawn over large ones.
            let inside =
                |rings: &Vec<Ring>| rings.iter().filter(|ring| ring.encloses(at)).count() % 2 == 1;
            land.iter().rposition(inside)
        });
        let is_smaller = |at: usize, room: f64| {
            let rings = land.get(at).map_or(&[][..], Vec::as_slice);
            self.is_listed(at) && across(rings, look.radius) < room
        };
        let meant = if touched.is_some_and(|at| is_smaller(at, viewport.reach)) {
            touched
        } else {
            let listed = touched.is_some_and(|at| self.is_listed(at));
            let room = viewport.reach * if listed { WITHIN_ANOTHER } else { 1.0 };
            let near = land.iter().enumerate();
            near.filter(|(at, _)| is_smaller(*at, room))
                .map(|(at, rings)| (distance(&look, rings, [x, y]), at))
                .filter(|(distance, _)| *distance <= room)
                .min_by(|(a, _), (b, _)| a.total_cmp(b))
                .map(|(_, at)| at)
                .or(touched)
        };
        places().get(meant?)?.country
    }
}

/// How far a place of the viewport is from the nearest point of rings, on the near side.
fn distance(look: &Look, rings: &[Ring], [x, y]: [f64; 2]) -> f64 {
    rings
        .iter()
        .flat_map(Ring::directions)
        .filter_map(|at| look.screen(at))
        .map(|[ax, ay]| (ax - x).hypot(ay - y))
        .fold(f64::INFINITY, f64::min)
}
