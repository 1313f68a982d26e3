//! The outlines that the library carries, read when they are first needed.

use std::sync::OnceLock;

use super::outlines::{self, LEVELS, Place, points};
use super::ring::Ring;
use crate::compressed::{Compressed, compressed};

/// Written by `core/examples/globe_outlines.rs`.
static SHIPPED: Compressed = compressed!("outlines.bin");

/// From this zoom on the fine level is drawn, if a degree is large enough in the viewport:
const FINE_ZOOM: f64 = 2.0;
/// so many units of radius.
const FINE_RADIUS: f64 = 256.0;

/// What Natural Earth draws as countries, the larger first.
pub fn places() -> &'static [Place] {
    &file().0
}

fn file() -> &'static (Vec<Place>, &'static [u8]) {
    static READ: OnceLock<(Vec<Place>, &[u8])> = OnceLock::new();
    // A test reads the shipped file; of a broken one there would be a globe without land.
    READ.get_or_init(|| outlines::places(SHIPPED.bytes()).unwrap_or_default())
}

/// The rings of every place, at a level of detail.
pub(super) fn level(level: usize) -> &'static [Vec<Ring>] {
    static READ: [OnceLock<Vec<Vec<Ring>>>; LEVELS] = [const { OnceLock::new() }; LEVELS];
    let Some(read) = READ.get(level) else {
        return &[];
    };
    read.get_or_init(|| {
        let (places, rest) = file();
        let topology = outlines::level(rest, level, places.len()).unwrap_or_default();
        let of_place = |rings: &Vec<Vec<usize>>| {
            let rings = rings.iter().map(|ring| points(&topology.arcs, ring));
            rings.filter_map(|ring| Ring::new(&ring)).collect()
        };
        topology.rings.iter().map(of_place).collect()
    })
}

/// The level that suits a globe of this radius at this zoom.
pub(super) fn level_for(zoom: f64, radius: f64) -> &'static [Vec<Ring>] {
    level(usize::from(zoom >= FINE_ZOOM && radius >= FINE_RADIUS))
}
