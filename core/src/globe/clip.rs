//! Cuts a border off where the near side ends, or what the viewport shows of it, and closes what is
//! left along the edge.

use std::f64::consts::TAU;

use super::camera::Look;
use super::ring::Ring;
use super::sphere::{Direction, dot, normalized};

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

/// A place of the edge where a run ends.
#[derive(Debug, Clone, Copy)]
struct Crossing {
    angle: f64,
    run: usize,
    leaves: bool,
}

/// Buffers that are used again and again.
#[derive(Debug, Clone, Default)]
pub(super) struct Clipper {
    /// The border in axes of the look.
    seen: Vec<Direction>,
    /// Of all runs, in the unit disc.
    points: Vec<[f64; 2]>,
    runs: Vec<Run>,
    /// Ends of runs, counter-clockwise.
    crossings: Vec<Crossing>,
}

impl Clipper {
    /// Gives what is seen of a ring, in the unit disc: `each` gets the points of a closed ring one
    /// by one, then `None`. To be filled by the even-odd rule.
    ///
    /// This is the algorithm of Weiler and Atherton (1977) for a cap, which has no corners, by that
    /// rule: every crossing of the edge is between inside and outside, so of the arcs between
    /// crossings each second one belongs to the picture. Their rule, along the edge from where a
    /// border leaves to where one enters, floods the cap where a border crosses itself, as some do
    /// by a hair once they are simplified.
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
        self.join(look, ring, arc_step, each);
    }

    fn leave(&mut self, look: &Look, leaves: f64) {
        self.points.push(on_edge(look.sin, leaves));
        if let Some(run) = self.runs.last_mut() {
            run.leaves = leaves;
            run.end = self.points.len();
        }
    }

    /// Joins runs along the edge until each is in a ring.
    fn join(
        &mut self,
        look: &Look,
        ring: &Ring,
        arc_step: f64,
        mut each: impl FnMut(Option<[f64; 2]>),
    ) {
        self.crossings.clear();
        for (at, run) in self.runs.iter().enumerate() {
            let ends = [(run.enters, false), (run.leaves, true)];
            self.crossings.extend(ends.map(|(angle, leaves)| Crossing {
                angle,
                run: at,
                leaves,
            }));
        }
        self.crossings.sort_by(|a, b| a.angle.total_cmp(&b.angle));
        let begins = self.first_inside(look, ring);
        let count = self.crossings.len();
        while let Some(begin) = self.runs.iter().position(|run| !run.used) {
            // The border is followed forward first; where it crosses itself, perhaps back later.
            let (mut at, mut forward) = (begin, true);
            loop {
                let run = &mut self.runs[at];
                run.used = true;
                let points = &self.points[run.first..run.end];
                if forward {
                    points.iter().for_each(|&point| each(Some(point)));
                } else {
                    points.iter().rev().for_each(|&point| each(Some(point)));
                }
                let end = |one: &Crossing| one.run == at && one.leaves == forward;
                let Some(from) = self.crossings.iter().position(end) else {
                    break;
                };
                let (to, way) = if from % 2 == begins {
                    ((from + 1) % count, self.arc_after(from))
                } else {
                    let to = (from + count - 1) % count;
                    (to, -self.arc_after(to))
                };
                let (from, to) = (self.crossings[from], self.crossings[to]);
                arc(look.sin, from.angle, way, arc_step, &mut each);
                (at, forward) = (to.run, !to.leaves);
                if self.runs[at].used {
                    break;
                }
            }
            each(None);
        }
    }

    /// How long the arc from one crossing to the next is.
    fn arc_after(&self, at: usize) -> f64 {
        let from = self.crossings[at].angle;
        match self.crossings.get(at + 1) {
            Some(to) => to.angle - from,
            None => self.crossings[0].angle + TAU - from,
        }
    }

    /// Whether the arcs that are inside begin at crossings of even or of odd place. Asked of the middle
    /// of the longest arc, which is least in doubt: which way the border runs is not to be trusted
    /// where it crosses itself.
    fn first_inside(&self, look: &Look, ring: &Ring) -> usize {
        let longest = (0..self.crossings.len())
            .max_by(|&a, &b| self.arc_after(a).total_cmp(&self.arc_after(b)))
            .unwrap_or_default();
        let middle = self.crossings[longest].angle + self.arc_after(longest) / 2.0;
        let [x, y] = on_edge(look.sin, middle);
        if ring.encloses(look.axes.back([x, y, look.cos])) {
            longest % 2
        } else {
            (longest + 1) % 2
        }
    }
}

/// Where an edge, an arc of a great circle, crosses that of the cap. Its chord crosses elsewhere, and
/// those of two edges perhaps in the other order. Always reckoned from the point that is hidden, so that
/// what goes and comes back the same way crosses at one angle.
fn crossing(cos: f64, hidden: Direction, seen: Direction) -> f64 {
    // On the great circle, counted from the hidden point toward the other, height is a cosine.
    let shadow = dot(hidden, seen);
    let square = std::array::from_fn(|i| seen[i] - shadow * hidden[i]);
    let Some(ahead) = normalized(square) else {
        return seen[1].atan2(seen[0]);
    };
    let summit = ahead[2].atan2(hidden[2]);
    let highest = hidden[2].hypot(ahead[2]);
    let way = summit - (cos / highest).min(1.0).acos();
    let [x, y] = [0, 1].map(|i| way.cos() * hidden[i] + way.sin() * ahead[i]);
    y.atan2(x)
}

fn on_edge(sin: f64, angle: f64) -> [f64; 2] {
    [sin * angle.cos(), sin * angle.sin()]
}

/// The points between the ends of an arc of the edge.
fn arc(sin: f64, from: f64, way: f64, step: f64, each: &mut impl FnMut(Option<[f64; 2]>)) {
    let steps = (way.abs() / step).ceil().max(1.0);
    let mut at = 1.0;
    while at < steps {
        each(Some(on_edge(sin, from + way * at / steps)));
        at += 1.0;
    }
}
