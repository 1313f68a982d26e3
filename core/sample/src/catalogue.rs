//! The sample world's publishers as a catalogue.

use overview_core::catalogue::{AddressRule, Catalogue, CatalogueError};
use serde_json::json;

use crate::world::{Publisher, SampleWorld};

/// Where the facts about invented publishers come from: nowhere else.
const SOURCE: &str = "invented for the sample world";
const AS_OF: &str = "2026-11-23";

impl SampleWorld {
    /// The publishers as a catalogue. Their countries are those of the bundled one.
    ///
    /// # Errors
    /// A publisher of a country that the bundled catalogue does not have.
    pub fn catalogue(&self) -> Result<Catalogue, CatalogueError> {
        let bundled = Catalogue::bundled()?;
        let countries: Vec<_> = bundled
            .countries()
            .iter()
            .chain(&self.countries)
            .filter(|country| self.publishers.iter().any(|p| p.country == country.code))
            .collect();
        let publishers: Vec<_> = self.publishers.iter().map(listed).collect();
        let document =
            json!({ "version": "sample", "countries": countries, "publishers": publishers });
        Catalogue::from_json(&document.to_string(), AddressRule::AnyHttp)
    }
}

fn listed(publisher: &Publisher) -> serde_json::Value {
    let alignments: Vec<_> = match publisher.id.as_str() {
        "prairie-bell" => vec![("Dana Whitcombe", "for")],
        "open-lantern" => vec![("Dana Whitcombe", "against")],
        _ => Vec::new(),
    }
    .into_iter()
    .map(|(entity, stance)| {
        json!({ "entity": entity, "stance": stance, "source": SOURCE, "as_of": AS_OF })
    })
    .collect();
    json!({
        "id": publisher.id,
        "name": publisher.name,
        "home": publisher.url("/"),
        "country": publisher.country,
        "language": publisher.language,
        "feeds": [publisher.url(publisher.feed_path())],
        "kind": publisher.kind,
        "ownership": { "value": publisher.ownership, "source": SOURCE, "as_of": AS_OF },
        "alignments": alignments,
        "panel": publisher.country.as_str() == "US",
        "note": "Invented for the sample world.",
    })
}
