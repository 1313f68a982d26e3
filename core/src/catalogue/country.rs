use chrono::FixedOffset;
use serde::{Deserialize, Serialize};

use crate::model::{CountryCode, Region};

/// A country of the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: CountryCode,
    /// Its English name.
    pub name: String,
    /// The region it is counted under.
    pub region: Region,
    /// Degrees north of a point well inside, for the globe to turn to.
    pub lat: f64,
    /// Degrees east of that point.
    pub lon: f64,
    /// Languages its publishers write in, BCP 47, the main one first.
    pub languages: Vec<String>,
    /// The zone of its feeds' dates that name none: its standard time, so an hour off where and
    /// while summer time is kept. `None` for a country with several zones.
    #[serde(default, with = "offset", skip_serializing_if = "Option::is_none")]
    pub utc_offset: Option<FixedOffset>,
}

/// `+02:00`.
mod offset {
    use chrono::FixedOffset;
    use serde::{Deserialize, Deserializer, Serializer, de};

    #[allow(clippy::ref_option)] // serde passes a reference to the field
    pub(super) fn serialize<S: Serializer>(
        offset: &Option<FixedOffset>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match offset {
            Some(offset) => serializer.collect_str(offset),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<FixedOffset>, D::Error> {
        Option::<String>::deserialize(deserializer)?
            .map(|text| {
                text.parse().map_err(|_| {
                    de::Error::custom(format!("{text:?} is not an offset such as +02:00"))
                })
            })
            .transpose()
    }
}
