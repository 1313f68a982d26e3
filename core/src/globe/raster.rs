//! The globe in dots, for screens of characters.

use super::Frame;

/// What each dot of a picture shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Dot {
    /// Beside the globe.
    #[default]
    Outside,
    /// Water.
    Sea,
    /// A shape or dot of the frame: which of the places, and the level of its tint.
    Land {
        /// Which of [`places`](super::places).
        place: u32,
        /// The level of its [`Tint`](super::Tint).
        tint: u8,
    },
}

/// Fills a picture of so many columns and rows with a frame whose units are dots, row by row.
pub fn raster(frame: &Frame, columns: usize, rows: usize, dots: &mut Vec<Dot>) {
    dots.clear();
    dots.resize(columns * rows, Dot::Outside);
    let [cx, cy] = frame.centre;
    for row in 0..rows {
        let y = middle(row) - cy;
        let half = (frame.radius * frame.radius - y * y).max(0.0).sqrt();
        fill(dots, columns, row, cx - half, cx + half, Dot::Sea);
    }
    let mut crossings: Vec<Vec<f32>> = vec![Vec::new(); rows];
    let (mut first_ring, mut first_point) = (0, 0);
    for (shape, &last) in frame.shape_ends.iter().enumerate() {
        let last = last as usize;
        let rings = frame.ring_ends.get(first_ring..last).unwrap_or_default();
        for &end in rings {
            let points = frame.points.get(first_point..2 * end as usize);
            first_point = 2 * end as usize;
            cross(points.unwrap_or_default(), &mut crossings);
        }
        first_ring = last;
        let dot = land(shape, &frame.shape_places, &frame.shape_tints);
        for (row, at) in crossings.iter_mut().enumerate() {
            at.sort_by(f32::total_cmp);
            for pair in at.chunks_exact(2) {
                fill(dots, columns, row, pair[0], pair[1], dot);
            }
            at.clear();
        }
    }
    for (at, point) in frame.dots.chunks_exact(2).enumerate() {
        let dot = land(at, &frame.dot_places, &frame.dot_tints);
        if let (Some(column), Some(row)) = (index(point[0], columns), index(point[1], rows)) {
            dots[row * columns + column] = dot;
        }
    }
}

fn land(at: usize, places: &[u32], tints: &[u8]) -> Dot {
    match (places.get(at), tints.get(at)) {
        (Some(&place), Some(&tint)) => Dot::Land { place, tint },
        _ => Dot::Sea,
    }
}

/// Where a ring crosses the middle of each row.
fn cross(ring: &[f32], crossings: &mut [Vec<f32>]) {
    let points = ring.chunks_exact(2).map(|point| (point[0], point[1]));
    let after = points.clone().skip(1).chain(points.clone().take(1));
    for ((ax, ay), (bx, by)) in points.zip(after) {
        let (top, bottom) = (ay.min(by), ay.max(by));
        let first = rounded_up(top - 0.5);
        let end = rounded_up(bottom - 0.5).min(crossings.len());
        for (row, at) in crossings.iter_mut().enumerate().take(end).skip(first) {
            at.push(ax + (middle(row) - ay) / (by - ay) * (bx - ax));
        }
    }
}

/// Dots of a row whose middles are from one x to another.
fn fill(dots: &mut [Dot], columns: usize, row: usize, from: f32, to: f32, dot: Dot) {
    let first = rounded_up(from - 0.5);
    let end = rounded_up(to - 0.5).min(columns);
    let row = dots.get_mut(row * columns..(row + 1) * columns);
    if let Some(dots) = row.and_then(|row| row.get_mut(first..end)) {
        dots.fill(dot);
    }
}

fn middle(index: usize) -> f32 {
    index as f32 + 0.5
}

/// Never below 0.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn rounded_up(number: f32) -> usize {
    number.ceil().max(0.0) as usize
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn index(number: f32, count: usize) -> Option<usize> {
    (number >= 0.0 && (number as usize) < count).then_some(number as usize)
}
