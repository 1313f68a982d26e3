//! Cuts a border off where the near side ends, or what the viewport shows of it, and closes what is
//! left along the edge.

use std::f64::consts::TAU;

use super::camera::Look;
use super::ring::Ring;
use super::sphere::Direction;

/// Two crossings nearer than this, in radians, are one.
const SAME: f64 = 1e-9;

/// A part of a border that is seen, from where it enters the cap to where it leaves it.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// Its points among those of all runs.
    first: usize,
    end: usize,
    /// Angles along the edge, counter-clockwise.
    enters: f64,
    leaves: f64,
    used: bool,
}

/// Buffers that are used again and again.
#[derive(Debug, Clone, Default)]
pub(super) struct Clipper {
    /// The border in axes of the look.
    seen: Vec<Direction>,
    /// Of all runs, in the unit disc.
    points: Vec<[f64; 2]>,
    runs: Vec<Run>,
}

impl Clipper {
    /// Gives what is seen of a ring, in the unit disc: `each` gets the points of a closed ring one
    /// by one, then `None`.
    ///
    /// This is the algorithm of Weiler and Atherton (1977) for a cap, which has no corners. The
    /// inside is to the left of a border, and the cap to the left of its edge when that is followed
    /// counter-clockwise: so from where a run leaves the cap the edge belongs to the picture as far
    /// as where the next one enters.
    pub(super) fn clip(
        &mut self,
        look: &Look,
        ring: &Ring,
        arc_step: f64,
        mut each: impl FnMut(Option<[f64; 2]>),
    ) {
        self.seen.clear();
        let axes = look.axes;
        self.seen.extend(ring.directions().map(|at| axes.look(at)));
        let is_seen = |at: &Direction| at[2] >= look.cos;
        let count = self.seen.len();
        let before = |at: usize| if at == 0 { count - 1 } else { at - 1 };
        let enters = |at: &usize| is_seen(&self.seen[*at]) && !is_seen(&self.seen[before(*at)]);
        let Some(start) = (0..count).find(enters) else {
            if self.seen.first().is_some_and(is_seen) {
                self.seen.iter().for_each(|&[x, y, _]| each(Some([x, y])));
                each(None);
            } else if ring.encloses(axes.toward) {
                // All around what is seen.
                arc(look.sin, 0.0, TAU, arc_step, &mut each);
                each(None);
            }
            return;
        };
        self.points.clear();
        self.runs.clear();
        // From the start around to the point before it, which is hidden: every run ends.
        for step in 0..count {
            let at = (start + step) % count;
            let (from, to) = (self.seen[before(at)], self.seen[at]);
            match (is_seen(&from), is_seen(&to)) {
                (false, true) => {
                    let enters = crossing(look.cos, from, to);
                    self.runs.push(Run {
                        first: self.points.len(),
                        end: 0,
                        enters,
                        leaves: 0.0,
                        used: false,
                    });
                    self.points.push(on_edge(look.sin, enters));
                    self.points.push([to[0], to[1]]);
                }
                (true, true) => self.points.push([to[0], to[1]]),
                (true, false) => self.leave(look, crossing(look.cos, to, from)),
                (false, false) => {}
            }
        }
        self.join(look, arc_step, each);
    }

    fn leave(&mut self, look: &Look, leaves: f64) {
        self.points.push(on_edge(look.sin, leaves));
        if let Some(run) = self.runs.last_mut() {
            run.leaves = leaves;
            run.end = self.points.len();
        }
    }

    /// Joins runs along the edge until each is in a ring.
    fn join(&mut self, look: &Look, arc_step: f64, mut each: impl FnMut(Option<[f64; 2]>)) {
        while let Some(begin) = self.runs.iter().position(|run| !run.used) {
            let mut at = begin;
            loop {
                let run = &mut self.runs[at];
                run.used = true;
                let leaves = run.leaves;
                let points = &self.points[run.first..run.end];
                points.iter().for_each(|&point| each(Some(point)));
                let next = self
                    .runs
                    .iter()
                    .enumerate()
                    .filter(|(i, run)| *i == begin || !run.used)
                    .map(|(i, run)| (counter_clockwise(leaves, run.enters), i))
                    .min_by(|(a, _), (b, _)| a.total_cmp(b));
                let Some((way, next)) = next else { break };
                arc(look.sin, leaves, way, arc_step, &mut each);
                if next == begin {
                    break;
                }
                at = next;
            }
            each(None);
        }
    }
}

/// How far it is along the edge.
fn counter_clockwise(from: f64, to: f64) -> f64 {
    let way = (to - from).rem_euclid(TAU);
    if way > TAU - SAME { 0.0 } else { way }
}

/// Where an edge crosses that of the cap. Always reckoned from the point that is hidden, so that
/// what goes and comes back the same way crosses at one angle.
fn crossing(cos: f64, hidden: Direction, seen: Direction) -> f64 {
    let rise = seen[2] - hidden[2];
    let share = if rise > 0.0 {
        (cos - hidden[2]) / rise
    } else {
        1.0
    };
    let [x, y]: [f64; 2] = std::array::from_fn(|i| hidden[i] + share * (seen[i] - hidden[i]));
    y.atan2(x)
}

fn on_edge(sin: f64, angle: f64) -> [f64; 2] {
    [sin * angle.cos(), sin * angle.sin()]
}

/// The points between the ends of an arc of the edge.
fn arc(sin: f64, from: f64, way: f64, step: f64, each: &mut impl FnMut(Option<[f64; 2]>)) {
    let steps = (way / step).ceil().max(1.0);
    let mut at = 1.0;
    while at < steps {
        each(Some(on_edge(sin, from + way * at / steps)));
        at += 1.0;
    }
}
