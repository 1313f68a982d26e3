use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An ISO 3166-1 alpha-2 country code in upper case. "Their news" means the news by the
/// publishers whose home is there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The two letters.
    pub fn as_str(&self) -> &str {
        // Two ASCII letters by construction, so never the fallback.
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

/// Why a text is not a country code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a two-letter country code (ISO 3166-1 alpha-2, such as UA)")]
pub struct ParseCountryError(pub String);

impl FromStr for CountryCode {
    type Err = ParseCountryError;

    /// Accepts either case. Says nothing of whether such a country exists.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(ParseCountryError(text.to_owned())),
        }
    }
}

impl TryFrom<String> for CountryCode {
    type Error = ParseCountryError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<CountryCode> for String {
    fn from(code: CountryCode) -> Self {
        code.as_str().to_owned()
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One of the ten regions that perspectives speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Region {
    /// Europe without Russia.
    #[serde(rename = "Europe")]
    Europe,
    /// The United States, Canada.
    #[serde(rename = "North America")]
    NorthAmerica,
    /// Mexico, Central America, the Caribbean and South America.
    #[serde(rename = "Latin America")]
    LatinAmerica,
    /// The Middle East and North Africa.
    #[serde(rename = "Middle East & North Africa")]
    MiddleEastNorthAfrica,
    /// Africa south of the Sahara.
    #[serde(rename = "Sub-Saharan Africa")]
    SubSaharanAfrica,
    /// Russia, Central Asia and the Caucasus.
    #[serde(rename = "Russia & Central Asia")]
    RussiaCentralAsia,
    /// South Asia.
    #[serde(rename = "South Asia")]
    SouthAsia,
    /// East Asia.
    #[serde(rename = "East Asia")]
    EastAsia,
    /// Southeast Asia.
    #[serde(rename = "Southeast Asia")]
    SoutheastAsia,
    /// Australia, New Zealand and the Pacific.
    #[serde(rename = "Oceania")]
    Oceania,
}

impl Region {
    /// All regions, in the order lists show them.
    pub const ALL: [Region; 10] = [
        Region::Europe,
        Region::NorthAmerica,
        Region::LatinAmerica,
        Region::MiddleEastNorthAfrica,
        Region::SubSaharanAfrica,
        Region::RussiaCentralAsia,
        Region::SouthAsia,
        Region::EastAsia,
        Region::SoutheastAsia,
        Region::Oceania,
    ];

    /// The name people read, which is also how files and the database spell it.
    pub fn name(self) -> &'static str {
        match self {
            Region::Europe => "Europe",
            Region::NorthAmerica => "North America",
            Region::LatinAmerica => "Latin America",
            Region::MiddleEastNorthAfrica => "Middle East & North Africa",
            Region::SubSaharanAfrica => "Sub-Saharan Africa",
            Region::RussiaCentralAsia => "Russia & Central Asia",
            Region::SouthAsia => "South Asia",
            Region::EastAsia => "East Asia",
            Region::SoutheastAsia => "Southeast Asia",
            Region::Oceania => "Oceania",
        }
    }

    /// The region with this [`name`](Self::name), compared without regard to case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|region| region.name().eq_ignore_ascii_case(name.trim()))
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A row of the list of countries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountrySummary {
    /// Which country.
    pub country: CountryCode,
    /// Its English name.
    pub name: String,
    /// The region it is counted under.
    pub region: Region,
    /// Publishers of this country that are listed and switched on.
    pub publishers: u32,
    /// Stored articles that are not hidden.
    pub articles: u32,
    /// Those of them that are unread.
    pub unread: u32,
    /// Stories that this country's publishers tell: its articles, those of one event counted once.
    pub stories: u32,
    /// Those of them whose lead is unread.
    pub unread_stories: u32,
    /// Whether the person follows the country.
    pub followed: bool,
    /// When a feed of this country last answered well (new or unchanged); `None` before that.
    pub refreshed_at: Option<DateTime<Utc>>,
}
