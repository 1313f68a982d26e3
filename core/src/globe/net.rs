//! Meridians and parallels.

use std::sync::OnceLock;

use super::Point;
use super::camera::Look;
use super::frame::{count, single};
use super::sphere::Direction;

/// Degrees from one line to the next.
const EVERY: u16 = 20;
/// Degrees from one point of a line to the next.
const STEP: u16 = 4;
/// Meridians end here, where the last parallels are.
const LAST: i16 = 80;

/// The lines in view, cut off where the near side ends.
pub(super) fn draw(look: &Look, points: &mut Vec<f32>, ends: &mut Vec<u32>) {
    for line in lines() {
        let begin = points.len();
        let mut before: Option<Direction> = None;
        for &at in line {
            let here = look.axes.look(at);
            let edge = before.filter(|before| (before[2] >= look.cos) != (here[2] >= look.cos));
            if let Some(before) = edge {
                let share = (look.cos - before[2]) / (here[2] - before[2]);
                let [x, y]: [f64; 2] =
                    std::array::from_fn(|i| before[i] + share * (here[i] - before[i]));
                // Onto the edge: the way between the two is bent.
                let stretch = look.sin / x.hypot(y).max(1e-9);
                let edge = look.place([x * stretch, y * stretch]);
                points.extend(edge.map(single));
            }
            if here[2] >= look.cos {
                points.extend(look.place([here[0], here[1]]).map(single));
            } else if edge.is_some() {
                ends.push(count(points.len() / 2));
            }
            before = Some(here);
        }
        let ended = ends.last().map_or(0, |&end| end as usize * 2);
        if points.len() > ended.max(begin) {
            ends.push(count(points.len() / 2));
        }
    }
}

fn lines() -> &'static [Vec<Direction>] {
    static LINES: OnceLock<Vec<Vec<Direction>>> = OnceLock::new();
    LINES.get_or_init(|| {
        let steps = |from: i16, to: i16, by: u16| (from..=to).step_by(by.into());
        let at = |lon: i16, lat: i16| {
            Point {
                lon: lon.into(),
                lat: lat.into(),
            }
            .direction()
        };
        let meridians = steps(-180, 179, EVERY)
            .map(|lon| steps(-LAST, LAST, STEP).map(|lat| at(lon, lat)).collect());
        let parallels = steps(-LAST, LAST, EVERY)
            .map(|lat| steps(-180, 180, STEP).map(|lon| at(lon, lat)).collect());
        meridians.chain(parallels).collect()
    })
}
