//! Draws every motif into a folder, to be looked at: `cargo run --example pictures -- DIR`.
#![allow(clippy::unwrap_used)]

use overview_sample::{Scene, draw};

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    for (name, scene) in Scene::ALL {
        let picture = draw(scene, name, (480, 270)).unwrap();
        std::fs::write(format!("{folder}/{name}.png"), picture).unwrap();
    }
}
