//! The globe: outlines of countries, drawn as they are seen from far away, and which of them a touch
//! means. Pure: a camera and a viewport in, flat arrays out.
//!
//! ```text
//! outlines.bin -> land (rings on the sphere) --\
//! camera, viewport -> look (orthographic) -------> draw -> Frame -> raster (dots of a terminal)
//! unread counts -> tints ----------------------/   country_at -> a country
//! ```
//!
//! What is drawn, where it comes from and what is disputed: `docs/globe.md`.

mod camera;
mod clip;
mod frame;
mod land;
mod net;
pub mod outlines;
mod pick;
mod raster;
mod ring;
mod sphere;
#[cfg(test)]
mod tests;
mod tint;

pub use camera::{Camera, Flick, MOST_LAT, MOST_ZOOM, Viewport};
pub use frame::Frame;
pub use land::places;
pub use raster::{Dot, raster};
pub use ring::Ring;
pub use sphere::Point;
pub use tint::Tint;

use crate::model::{CountryCode, CountrySummary};

/// The globe with the counts that tint it.
#[derive(Debug, Clone, Default)]
pub struct Globe {
    /// For each place; `None` where the list of countries does not have it.
    tints: Vec<Option<Tint>>,
}

impl Globe {
    /// Tints the globe by the list of countries. A country that is not in it has no publishers.
    pub fn tint_by(&mut self, countries: &[CountrySummary]) {
        self.tints.clear();
        self.tints.extend(places().iter().map(|place| {
            let mut countries = countries.iter();
            let country = countries.find(|country| Some(country.country) == place.country)?;
            Some(Tint::of(country.publishers, country.unread_stories))
        }));
    }

    fn tint(&self, place: usize) -> Tint {
        self.tints.get(place).copied().flatten().unwrap_or_default()
    }

    /// Whether the list of countries has a place: it is then picked from beside it, however small.
    fn is_listed(&self, place: usize) -> bool {
        self.tints.get(place).is_some_and(Option::is_some)
    }
}

/// Which of [`places`] a country is.
pub fn place_of(country: CountryCode) -> Option<usize> {
    places()
        .iter()
        .position(|place| place.country == Some(country))
}

/// A point well inside a country: where to turn the globe to, and where its name stands.
pub fn point_of(country: CountryCode) -> Option<Point> {
    places().get(place_of(country)?).map(|place| place.point)
}
