//! Pictures of the sample world: flat, calm landscapes, drawn from a motif and a seed.
//!
//! Each picture is a sky with a sun or moon, ridges behind one another, and what the motif adds.
//! The seed (an event's slug) chooses the palette, the ridges and where things stand, so that every
//! event has a picture of its own and always the same one.

mod canvas;
mod motif;
mod palette;

use canvas::Canvas;
use palette::Palette;

/// Size of a lead picture, in pixels.
pub(crate) const LEAD: (u32, u32) = (960, 540);

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // each says what it is
pub enum Scene {
    Coast,
    Harbour,
    Island,
    River,
    Lake,
    Delta,
    Mountains,
    Volcano,
    Desert,
    Savanna,
    Field,
    Orchard,
    Forest,
    City,
    Oldtown,
    Rails,
    Bridge,
    Night,
    Storm,
    Stadium,
    Reef,
    Snow,
    Space,
}

impl Scene {
    /// Every motif with the word that article files use.
    pub const ALL: [(&'static str, Scene); 23] = [
        ("coast", Scene::Coast),
        ("harbour", Scene::Harbour),
        ("island", Scene::Island),
        ("river", Scene::River),
        ("lake", Scene::Lake),
        ("delta", Scene::Delta),
        ("mountains", Scene::Mountains),
        ("volcano", Scene::Volcano),
        ("desert", Scene::Desert),
        ("savanna", Scene::Savanna),
        ("field", Scene::Field),
        ("orchard", Scene::Orchard),
        ("forest", Scene::Forest),
        ("city", Scene::City),
        ("oldtown", Scene::Oldtown),
        ("rails", Scene::Rails),
        ("bridge", Scene::Bridge),
        ("night", Scene::Night),
        ("storm", Scene::Storm),
        ("stadium", Scene::Stadium),
        ("reef", Scene::Reef),
        ("snow", Scene::Snow),
        ("space", Scene::Space),
    ];
}

impl std::str::FromStr for Scene {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, scene)| *scene)
            .ok_or_else(|| format!("there is no scene {word:?}"))
    }
}

/// Draws a picture as PNG; the same for the same arguments. `None` only for a size of zero or one
/// that does not fit into memory.
pub fn draw(scene: Scene, seed: &str, (width, height): (u32, u32)) -> Option<Vec<u8>> {
    let seed = fnv1a(seed);
    let palette = Palette::of(scene, seed);
    let mut canvas = Canvas::new(width, height, seed)?;
    motif::draw(&mut canvas, scene, &palette);
    canvas.png()
}

/// FNV-1a, 64 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>): small, and the same everywhere.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_motif_and_every_seed_has_a_picture_of_its_own() {
        let mut seen = HashSet::new();
        for (_, scene) in Scene::ALL {
            for seed in ["quiet-seas", "elbe-barrier", "moon-ice"] {
                let picture = draw(scene, seed, (192, 108)).unwrap();
                assert_eq!(picture, draw(scene, seed, (192, 108)).unwrap());
                assert!(seen.insert(picture), "{scene:?} {seed}");
            }
        }
    }
}
