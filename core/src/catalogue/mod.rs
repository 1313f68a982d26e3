//! Which publishers there are: the bundled list, or a person's own.
//!
//! ```text
//! catalogue/*.toml -> build.rs -> JSON in the library -> Catalogue::bundled
//! a person's file  -> Catalogue::from_json (checked)  -> Catalogue -> Catalogue::to_json
//! ```

mod check;
mod country;
mod own;

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::compressed::{Compressed, compressed};
use crate::model::{CountryCode, Publisher, PublisherId};

pub use check::AddressRule;
pub use country::Country;
pub(crate) use own::{Guess, as_publisher, fault, guess, own_id};

/// What `build.rs` made of `catalogue/*.toml`.
static BUNDLED: Compressed = compressed!("catalogue.json");

/// Why a catalogue cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("reading the catalogue: {0}")]
pub struct CatalogueError(pub String);

/// The list of countries and publishers in use. Does not change once it is made.
#[derive(Debug, Clone)]
pub struct Catalogue {
    version: String,
    /// By name.
    countries: Vec<Country>,
    /// By country and id.
    publishers: Vec<Publisher>,
    /// Places in `publishers`, by id.
    by_id: Vec<usize>,
    hash: OnceLock<[u8; 32]>,
}

/// The document that export writes and a person's file holds. Fields it does not know are skipped,
/// so that a file written for a later version still opens.
#[derive(Deserialize)]
struct Document {
    version: String,
    countries: Vec<Country>,
    publishers: Vec<Publisher>,
}

#[derive(Serialize)]
struct DocumentRef<'a> {
    version: &'a str,
    countries: &'a [Country],
    publishers: &'a [Publisher],
}

impl Catalogue {
    /// The catalogue inside the library, read once.
    pub fn bundled() -> Result<Arc<Self>, CatalogueError> {
        static PARSED: OnceLock<Result<Arc<Catalogue>, CatalogueError>> = OnceLock::new();
        PARSED
            .get_or_init(|| {
                // Its own tests put it through every check of `from_json`, which is slower.
                let document: Document = serde_json::from_slice(&BUNDLED.unpack())
                    .map_err(|error| CatalogueError(format!("the bundled list: {error}")))?;
                Ok(Arc::new(Self::assemble(document)))
            })
            .clone()
    }

    /// Reads a catalogue from JSON as [`to_json`](Self::to_json) writes it, and checks all of it.
    /// An error names the country or publisher and the field.
    pub fn from_json(json: &str, addresses: AddressRule) -> Result<Self, CatalogueError> {
        let document = check::read(json)?;
        check::check(&document, addresses)?;
        Ok(Self::assemble(document))
    }

    /// The catalogue as indented JSON, for people to read and for
    /// [`from_json`](Self::from_json).
    pub fn to_json(&self) -> Result<String, CatalogueError> {
        serde_json::to_string_pretty(&self.document())
            .map_err(|error| CatalogueError(format!("writing it as JSON: {error}")))
    }

    /// What a person calls this catalogue; for the bundled one the day it was reviewed and the
    /// beginning of a SHA-256 of its content, such as `2026-11-23+1f2e3d4c`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// SHA-256 of the content, the version included: two catalogues with the same hash are the
    /// same. Made on the first call, about a millisecond for the bundled one.
    pub fn hash(&self) -> [u8; 32] {
        *self.hash.get_or_init(|| {
            let bytes = serde_json::to_vec(&self.document()).unwrap_or_default();
            Sha256::digest(bytes).into()
        })
    }

    /// Every country, by name.
    pub fn countries(&self) -> &[Country] {
        &self.countries
    }

    /// One country.
    pub fn country(&self, code: CountryCode) -> Option<&Country> {
        self.countries.iter().find(|country| country.code == code)
    }

    /// Every publisher, by country and id; also those that are switched off.
    pub fn publishers(&self) -> &[Publisher] {
        &self.publishers
    }

    /// One publisher.
    pub fn publisher(&self, id: &PublisherId) -> Option<&Publisher> {
        let place = self
            .by_id
            .binary_search_by(|place| {
                self.publishers
                    .get(*place)
                    .map(|found| &found.id)
                    .cmp(&Some(id))
            })
            .ok()?;
        self.publishers.get(*self.by_id.get(place)?)
    }

    /// The publishers of one country, by id; also those that are switched off.
    pub fn publishers_of(&self, code: CountryCode) -> &[Publisher] {
        let start = self.publishers.partition_point(|p| p.country < code);
        let end = self.publishers.partition_point(|p| p.country <= code);
        self.publishers.get(start..end).unwrap_or_default()
    }

    /// The American outlets that are counted when Overview says what American media ran.
    pub fn us_panel(&self) -> impl Iterator<Item = &Publisher> {
        self.publishers.iter().filter(|p| p.panel && p.enabled)
    }

    /// The same with publishers that a person added: what stories are told by. Those of countries that
    /// it does not have are left out.
    pub(crate) fn with_own(&self, own: impl IntoIterator<Item = Publisher>) -> Self {
        let own = own
            .into_iter()
            .filter(|publisher| self.country(publisher.country).is_some());
        Self::assemble(Document {
            version: self.version.clone(),
            countries: self.countries.clone(),
            publishers: self.publishers.iter().cloned().chain(own).collect(),
        })
    }

    fn assemble(document: Document) -> Self {
        let Document {
            version,
            mut countries,
            mut publishers,
        } = document;
        countries.sort_by(|a, b| (&a.name, a.code).cmp(&(&b.name, b.code)));
        publishers.sort_by(|a, b| (a.country, &a.id).cmp(&(b.country, &b.id)));
        let mut by_id: Vec<(usize, &PublisherId)> =
            publishers.iter().map(|p| &p.id).enumerate().collect();
        by_id.sort_by_key(|(_, id)| *id);
        let by_id = by_id.into_iter().map(|(place, _)| place).collect();
        Self {
            version,
            countries,
            publishers,
            by_id,
            hash: OnceLock::new(),
        }
    }

    fn document(&self) -> DocumentRef<'_> {
        DocumentRef {
            version: &self.version,
            countries: &self.countries,
            publishers: &self.publishers,
        }
    }
}

impl PartialEq for Catalogue {
    fn eq(&self, other: &Self) -> bool {
        self.version == other.version
            && self.countries == other.countries
            && self.publishers == other.publishers
    }
}

#[cfg(test)]
mod tests;
