use super::Scene;
use super::canvas::Rgb;

/// The colours of one picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    pub(super) sky: Rgb,
    pub(super) sun: Rgb,
    pub(super) far: Rgb,
    pub(super) mid: Rgb,
    pub(super) near: Rgb,
    pub(super) water: Rgb,
    /// Lines on the water.
    pub(super) ripple: Rgb,
    pub(super) dark: Rgb,
    pub(super) light: Rgb,
    /// The one warm thing.
    pub(super) accent: Rgb,
}

const EVENING: Palette = Palette {
    sky: 0xf1d9b6,
    sun: 0xf7ead2,
    far: 0xcbb6a2,
    mid: 0x91a3a6,
    near: 0x5f7f78,
    water: 0x5e8793,
    ripple: 0x4c7482,
    dark: 0x24323a,
    light: 0xf7eee1,
    accent: 0xc9673c,
};
const MORNING: Palette = Palette {
    sky: 0xdbe8ea,
    sun: 0xf6e3b0,
    far: 0xb5c9c4,
    mid: 0x86a894,
    near: 0x567f63,
    water: 0x7ba8b4,
    ripple: 0x6596a4,
    dark: 0x2c4038,
    light: 0xfbf7ea,
    accent: 0xd99a3e,
};
const ROSE: Palette = Palette {
    sky: 0xf0cfc4,
    sun: 0xfbe9d8,
    far: 0xc8a1a6,
    mid: 0x8f7f96,
    near: 0x595a7a,
    water: 0x6b7f9e,
    ripple: 0x586c8c,
    dark: 0x2b2a40,
    light: 0xfcf1e6,
    accent: 0xd4694f,
};
const GREEN: Palette = Palette {
    sky: 0xe6e9d4,
    sun: 0xf9efc2,
    far: 0xc0cca5,
    mid: 0x93ae7b,
    near: 0x5d8354,
    water: 0x6fa39b,
    ripple: 0x5b9088,
    dark: 0x28392c,
    light: 0xfbfae9,
    accent: 0xcf7a35,
};
const DUSK: Palette = Palette {
    sky: 0x2a3446,
    sun: 0xeae3d0,
    far: 0x3a475b,
    mid: 0x313d50,
    near: 0x222b3a,
    water: 0x33475d,
    ripple: 0x41576f,
    dark: 0x171d28,
    light: 0xe9e2cf,
    accent: 0xcd6a42,
};
const GREY: Palette = Palette {
    sky: 0xb9c3c9,
    sun: 0xd9dfe1,
    far: 0x98a6ae,
    mid: 0x788892,
    near: 0x55666f,
    water: 0x5b717d,
    ripple: 0x4a606c,
    dark: 0x29343b,
    light: 0xf1f3f2,
    accent: 0xd5a24b,
};

impl Palette {
    pub(super) fn of(scene: Scene, seed: u64) -> Self {
        let by_day = [EVENING, MORNING, ROSE, GREEN];
        let day = by_day[usize::from((seed >> 7) as u8 & 3)];
        match scene {
            Scene::Night | Scene::Space => DUSK,
            Scene::Storm => GREY,
            Scene::Snow => Palette {
                near: 0xeef2f3,
                mid: 0xcdd8dd,
                ..MORNING
            },
            Scene::Desert => Palette {
                far: 0xdcb58a,
                mid: 0xcf9c66,
                near: 0xb97f4a,
                ..EVENING
            },
            Scene::Savanna | Scene::Field => Palette {
                near: 0xd8b25d,
                mid: 0xa9b083,
                ..day
            },
            Scene::Rails if seed & 1 == 0 => DUSK,
            _ => day,
        }
    }
}
