//! Where the globe is looked at from, and what turns it.

use super::Point;
use super::sphere::{Axes, Direction, cross, dot, normalized};

/// How far in one can zoom.
pub const MOST_ZOOM: f64 = 4.0;

/// The globe is not turned farther toward a pole than this, in degrees: north stays up.
pub const MOST_LAT: f64 = 85.0;

/// A flick loses this much of its speed, to a factor e, in so many seconds: what scrolling on phones
/// has settled on.
const FLICK_FADES: f64 = 0.325;

/// A flick slower than this many degrees a second has ended.
const FLICK_ENDS: f64 = 2.0;

/// Which place is in the middle of the picture, and how large the globe is. North is up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// Degrees east of the middle, from -180 to 180.
    pub lon: f64,
    /// Degrees north of the middle, from -85 to 85.
    pub lat: f64,
    /// From 1, where the whole globe is seen, to 4.
    pub zoom: f64,
}

/// The picture that the globe is drawn into, in any unit of length: pixels, points, dots. From its
/// upper left corner x runs to the right and y down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// How wide.
    pub width: f64,
    /// How high. The globe fills the smaller of the two at zoom 1.
    pub height: f64,
    /// How far from a small country a touch may be: 24 density-independent pixels.
    pub reach: f64,
}

/// A flick of the globe at some moment after the finger left it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flick {
    /// Where the globe has turned to.
    pub camera: Camera,
    /// Nothing more moves.
    pub ended: bool,
}

impl Default for Camera {
    /// Africa and Europe.
    fn default() -> Self {
        Self {
            lon: 15.0,
            lat: 20.0,
            zoom: 1.0,
        }
    }
}

impl Camera {
    /// One within bounds: longitude goes around, the others stop, and what is no number is as in
    /// [`Camera::default`].
    pub fn new(lon: f64, lat: f64, zoom: f64) -> Self {
        let default = Self::default();
        let or = |number: f64, other: f64| if number.is_finite() { number } else { other };
        Self {
            lon: (or(lon, default.lon) + 180.0).rem_euclid(360.0) - 180.0,
            lat: or(lat, default.lat).clamp(-MOST_LAT, MOST_LAT),
            zoom: or(zoom, default.zoom).clamp(1.0, MOST_ZOOM),
        }
    }

    /// What is in the middle.
    pub fn middle(self) -> Point {
        Point {
            lon: self.lon,
            lat: self.lat,
        }
    }

    /// Where a point of the near side is drawn; `None` for one of the far side.
    pub fn project(self, viewport: Viewport, point: Point) -> Option<[f64; 2]> {
        let look = Look::new(self, viewport);
        look.screen(point.direction())
    }

    /// Which point is drawn here; `None` beside the globe.
    pub fn unproject(self, viewport: Viewport, x: f64, y: f64) -> Option<Point> {
        Look::new(self, viewport).sphere(x, y).map(Point::of)
    }

    /// Turned by a finger that moved so far: what was in the middle goes with it.
    #[must_use]
    pub fn dragged(self, viewport: Viewport, dx: f64, dy: f64) -> Self {
        let degrees = self.degrees_per_unit(viewport);
        // A meridian is shorter to go around toward the poles; near them the globe would spin.
        let shorter = self.lat.to_radians().cos().max(0.3);
        Self::new(
            self.lon - dx * degrees / shorter,
            self.lat + dy * degrees,
            self.zoom,
        )
    }

    /// Where the globe has turned to, `seconds` after a finger left it at a speed in units of the
    /// viewport a second. The speed fades exponentially.
    pub fn flicked(self, viewport: Viewport, vx: f64, vy: f64, seconds: f64) -> Flick {
        let faded = (-seconds.max(0.0) / FLICK_FADES).exp();
        let way = FLICK_FADES * (1.0 - faded);
        let speed = vx.hypot(vy) * faded * self.degrees_per_unit(viewport);
        Flick {
            camera: self.dragged(viewport, vx * way, vy * way),
            // Also when the speed is no number.
            ended: !(speed >= FLICK_ENDS),
        }
    }

    /// Zoomed by a factor.
    #[must_use]
    pub fn zoomed(self, factor: f64) -> Self {
        Self::new(self.lon, self.lat, self.zoom * factor)
    }

    /// On the way to another camera along the great circle, after a fraction (0 to 1) of the time:
    /// fast at first, then slower.
    #[must_use]
    pub fn flown(self, to: Self, fraction: f64) -> Self {
        if !(fraction < 1.0) {
            return Self::new(to.lon, to.lat, to.zoom);
        }
        let left = 1.0 - fraction.max(0.0);
        let share = 1.0 - left * left * left;
        let (a, b) = (self.middle().direction(), to.middle().direction());
        let middle = Point::of(between(a, b, share));
        let zoom = self.zoom * (to.zoom / self.zoom).powf(share);
        Self::new(middle.lon, middle.lat, zoom)
    }

    /// Degrees of the sphere that one unit of the viewport is in the middle of the globe.
    fn degrees_per_unit(self, viewport: Viewport) -> f64 {
        (1.0 / Look::new(self, viewport).radius).to_degrees()
    }
}

/// The direction after a share of the great circle from one to another.
fn between(a: Direction, b: Direction, share: f64) -> Direction {
    // Of all ways to the opposite point the one over the north pole.
    let side = normalized(cross(a, b))
        .or_else(|| normalized(cross(a, [0.0, 0.0, 1.0])))
        .unwrap_or([1.0, 0.0, 0.0]);
    let ahead = cross(side, a);
    let angle = dot(b, ahead).atan2(dot(b, a)) * share;
    std::array::from_fn(|i| angle.cos() * a[i] + angle.sin() * ahead[i])
}

/// A camera before a viewport: the orthographic projection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) axes: Axes,
    /// Of the globe's disc in the viewport.
    pub(super) centre: [f64; 2],
    pub(super) radius: f64,
    /// Of the cap around the middle that the viewport shows: 0 and 1 when it is all the near side.
    pub(super) cos: f64,
    pub(super) sin: f64,
}

impl Look {
    pub(super) fn new(camera: Camera, viewport: Viewport) -> Self {
        let size = |length: f64| {
            if length.is_finite() {
                length.max(1.0)
            } else {
                1.0
            }
        };
        let (width, height) = (size(viewport.width), size(viewport.height));
        let camera = Camera::new(camera.lon, camera.lat, camera.zoom);
        let radius = camera.zoom * width.min(height) / 2.0;
        // Some more than to the corners, so that no cut shows.
        let seen = 1.05 * width.hypot(height) / 2.0 / radius;
        let sin = seen.min(1.0);
        Self {
            axes: Axes::at(camera.middle()),
            centre: [width / 2.0, height / 2.0],
            radius,
            cos: (1.0 - sin * sin).max(0.0).sqrt(),
            sin,
        }
    }

    /// Where a direction of the near side is drawn.
    pub(super) fn screen(&self, at: Direction) -> Option<[f64; 2]> {
        let [x, y, z] = self.axes.look(at);
        (z >= 0.0).then(|| self.place([x, y]))
    }

    /// Where a point of the unit disc is drawn.
    pub(super) fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [
            self.centre[0] + self.radius * x,
            self.centre[1] - self.radius * y,
        ]
    }

    /// What is drawn at a place of the viewport.
    pub(super) fn sphere(&self, x: f64, y: f64) -> Option<Direction> {
        let x = (x - self.centre[0]) / self.radius;
        let y = (self.centre[1] - y) / self.radius;
        let squared = x * x + y * y;
        (squared <= 1.0).then(|| self.axes.back([x, y, (1.0 - squared).sqrt()]))
    }
}
