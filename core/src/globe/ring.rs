//! A closed border on the sphere.

use super::Point;
use super::sphere::{Axes, Direction, cross, dot, normalized};

/// A border whose inside is to its left, seen from outside the globe, and is well below half of the
/// sphere. So great circles around its middle are straight lines in one plane (the gnomonic
/// projection), where questions about it are those of plane geometry.
#[derive(Debug, Clone, PartialEq)]
pub struct Ring {
    /// Unit vectors, the first not repeated. Single precision: a centimetre on a globe of 100 m.
    pub(super) points: Vec<[f32; 3]>,
    /// At the middle of the cap that holds the ring.
    axes: Axes,
    /// Of the cap's radius.
    pub(super) cos: f64,
    pub(super) sin: f64,
}

/// The cosine of the largest radius of a ring's cap: 80°.
const WIDEST: f64 = 0.1736;

impl Ring {
    /// A ring through these points, in either direction: its inside is the smaller side. `None` for
    /// what is no ring, because it encloses nothing, or reaches too far around the globe.
    pub fn new(points: &[Point]) -> Option<Self> {
        let mut directions: Vec<Direction> = points.iter().map(|p| p.direction()).collect();
        directions.dedup();
        let sum = directions
            .iter()
            .fold([0.0; 3], |sum, at| std::array::from_fn(|i| sum[i] + at[i]));
        let axes = Axes::at(Point::of(normalized(sum)?));
        let cos = directions
            .iter()
            .map(|&at| dot(at, axes.toward))
            .fold(1.0, f64::min);
        if cos < WIDEST || directions.len() < 3 {
            return None;
        }
        let area = area(axes.toward, &directions);
        if area.abs() < 1e-12 {
            return None;
        }
        if area < 0.0 {
            directions.reverse();
        }
        #[allow(clippy::cast_possible_truncation)]
        let points = directions.iter().map(|at| at.map(|part| part as f32));
        Some(Self {
            points: points.collect(),
            axes,
            cos,
            sin: (1.0 - cos * cos).max(0.0).sqrt(),
        })
    }

    /// The middle of the cap that holds it.
    pub fn centre(&self) -> Point {
        Point::of(self.axes.toward)
    }

    /// The radius of that cap, in degrees.
    pub fn radius_degrees(&self) -> f64 {
        self.sin.atan2(self.cos).to_degrees()
    }

    pub(super) fn middle(&self) -> Direction {
        self.axes.toward
    }

    pub(super) fn directions(&self) -> impl Iterator<Item = Direction> + Clone {
        self.points.iter().map(|at| at.map(f64::from))
    }

    /// What it encloses, in steradians: the whole sphere has 4 π.
    pub fn area(&self) -> f64 {
        let points: Vec<Direction> = self.directions().collect();
        area(self.axes.toward, &points)
    }

    /// Whether a point is inside.
    pub fn contains(&self, point: Point) -> bool {
        self.encloses(point.direction())
    }

    pub(super) fn encloses(&self, at: Direction) -> bool {
        let [x, y, z] = self.axes.look(at);
        if z < self.cos {
            return false;
        }
        let (x, y) = (x / z, y / z);
        let flat = self.directions().map(|at| {
            let [x, y, z] = self.axes.look(at);
            (x / z, y / z)
        });
        // Even-odd, by the crossings of a ray to the right.
        let after = flat.clone().skip(1).chain(flat.clone().take(1));
        flat.zip(after)
            .filter(|&((ax, ay), (bx, by))| {
                (ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax)
            })
            .count()
            % 2
            == 1
    }

    /// How far a point is from the border, in degrees.
    pub fn degrees_from_border(&self, point: Point) -> f64 {
        let at = point.direction();
        let after = self.directions().skip(1).chain(self.directions().take(1));
        let squared = self
            .directions()
            .zip(after)
            .map(|(a, b)| squared_distance(at, a, b))
            .fold(f64::INFINITY, f64::min);
        (2.0 * (squared.sqrt() / 2.0).min(1.0).asin()).to_degrees()
    }
}

/// Of a point to a chord, through the sphere: edges are short enough for that.
fn squared_distance(at: Direction, a: Direction, b: Direction) -> f64 {
    let along: Direction = std::array::from_fn(|i| b[i] - a[i]);
    let to: Direction = std::array::from_fn(|i| at[i] - a[i]);
    let length = dot(along, along);
    let share = if length > 0.0 {
        (dot(to, along) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let off: Direction = std::array::from_fn(|i| to[i] - share * along[i]);
    dot(off, off)
}

/// The sum of the triangles between a middle and each edge, by their spherical excess (Van Oosterom
/// and Strackee 1983); positive when the middle is to the left.
fn area(middle: Direction, points: &[Direction]) -> f64 {
    let after = points.iter().skip(1).chain(points.first());
    points
        .iter()
        .zip(after)
        .map(|(&a, &b)| {
            let sides = 1.0 + dot(a, b) + dot(b, middle) + dot(middle, a);
            2.0 * dot(middle, cross(a, b)).atan2(sides)
        })
        .sum()
}
