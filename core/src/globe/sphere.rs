//! Directions as unit vectors. On the sphere neither the poles nor the antimeridian are a case of
//! their own.

/// A unit vector: x toward 0° E on the equator, y toward 90° E, z toward the north pole.
pub(super) type Direction = [f64; 3];

/// A place on the globe.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Degrees east of Greenwich.
    pub lon: f64,
    /// Degrees north of the equator.
    pub lat: f64,
}

impl Point {
    pub(super) fn direction(self) -> Direction {
        let (sin_lon, cos_lon) = self.lon.to_radians().sin_cos();
        let (sin_lat, cos_lat) = self.lat.to_radians().sin_cos();
        [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
    }

    /// Where a vector points to; its length does not matter.
    pub(super) fn of(direction: Direction) -> Self {
        let [x, y, z] = direction;
        Self {
            lon: y.atan2(x).to_degrees(),
            lat: z.atan2(x.hypot(y)).to_degrees(),
        }
    }
}

pub(super) fn dot(a: Direction, b: Direction) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

pub(super) fn cross(a: Direction, b: Direction) -> Direction {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}

/// Of length 1; `None` for a vector that has no direction.
pub(super) fn normalized(a: Direction) -> Option<Direction> {
    let length = dot(a, a).sqrt();
    (length > 1e-12).then(|| a.map(|part| part / length))
}

/// The axes of a look at the sphere from outside, right-handed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Axes {
    /// To the right.
    pub(super) east: Direction,
    /// Up.
    pub(super) north: Direction,
    /// Toward who looks.
    pub(super) toward: Direction,
}

impl Axes {
    /// With north up; at a pole as one comes to it along the meridian.
    pub(super) fn at(point: Point) -> Self {
        let (sin_lon, cos_lon) = point.lon.to_radians().sin_cos();
        let (sin_lat, cos_lat) = point.lat.to_radians().sin_cos();
        Self {
            east: [-sin_lon, cos_lon, 0.0],
            north: [-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat],
            toward: [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat],
        }
    }

    /// A direction in these axes: right, up and toward.
    pub(super) fn look(&self, at: Direction) -> Direction {
        [
            dot(at, self.east),
            dot(at, self.north),
            dot(at, self.toward),
        ]
    }

    /// The direction of which [`look`](Self::look) is this.
    pub(super) fn back(&self, [x, y, z]: Direction) -> Direction {
        std::array::from_fn(|i| x * self.east[i] + y * self.north[i] + z * self.toward[i])
    }
}
