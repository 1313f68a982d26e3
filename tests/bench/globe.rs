//! One picture of the globe, at every zoom, all the way round.

use std::time::Instant;

use overview_core::globe::{Camera, Frame, Globe, Viewport};

use crate::figures::{Table, quantile};

pub(crate) fn measure(table: &mut Table) {
    let globe = Globe::default();
    let mut frame = Frame::default();
    let viewport = Viewport {
        width: 1080.0,
        height: 1080.0,
        reach: 48.0,
    };
    for (name, zoom) in [
        ("a picture of the globe, whole", 1.0),
        ("a picture of the globe, zoomed in", 4.0),
    ] {
        let mut taken = Vec::new();
        // The first round reads the outlines and makes the frame's room.
        for round in 0..2 {
            taken.clear();
            for step in 0..720 {
                let turned = f64::from(step) / 2.0 - 180.0;
                let camera = Camera::new(turned, f64::from(step % 120) - 60.0, zoom);
                let begun = Instant::now();
                globe.draw(camera, viewport, None, &mut frame);
                taken.push(begun.elapsed().as_secs_f64() * 1_000.0);
            }
            assert!(round == 0 || !frame.shape_ends.is_empty());
        }
        table.row(name, &taken, "ms", Some(1.0));
        table.row("  p99", &[quantile(&taken, 0.99)], "ms", None);
    }
}
