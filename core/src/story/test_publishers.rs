//! Publishers for tests of the rules. None exists.
#![allow(clippy::unwrap_used)]

use crate::model::{Alignment, Fact, Ownership, Publisher, Stance};

const SOURCE: &str = "invented for a test";

/// A national publisher of a country, with nothing else known.
pub(super) fn publisher(id: &str, country: &str) -> Publisher {
    Publisher {
        id: id.into(),
        name: id.to_uppercase(),
        home: format!("https://{id}.example/").parse().unwrap(),
        country: country.parse().unwrap(),
        language: "en".to_owned(),
        feeds: Vec::new(),
        kind: crate::model::PublisherKind::National,
        family: None,
        ownership: None,
        alignments: Vec::new(),
        panel: country == "US",
        enabled: true,
        note: None,
    }
}

pub(super) fn owned(mut publisher: Publisher, value: Ownership) -> Publisher {
    publisher.ownership = Some(Fact {
        value,
        source: SOURCE.to_owned(),
        as_of: "2026-11-01".parse().unwrap(),
    });
    publisher
}

pub(super) fn aligned(mut publisher: Publisher, entity: &str, stance: Stance) -> Publisher {
    publisher.alignments.push(Alignment {
        entity: entity.to_owned(),
        stance,
        source: SOURCE.to_owned(),
        as_of: "2026-11-01".parse().unwrap(),
    });
    publisher
}
