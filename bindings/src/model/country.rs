//! Countries.

use chrono::FixedOffset;
use overview_core::catalogue::Country;
use overview_core::model::{CountrySummary, Region};

use crate::custom::invalid;
use crate::{CountryCode, Timestamp};

/// Seconds east of Greenwich.
pub type UtcOffset = FixedOffset;

uniffi::custom_type!(UtcOffset, i32, {
    remote,
    lower: |offset| offset.local_minus_utc(),
    try_lift: |seconds| FixedOffset::east_opt(seconds)
        .ok_or_else(|| invalid(format!("{seconds} seconds are no offset from UTC"))),
});

/// One of the ten regions that perspectives speak of.
#[uniffi::remote(Enum)]
pub enum Region {
    /// Europe without Russia.
    Europe,
    /// The United States, Canada.
    NorthAmerica,
    /// Mexico, Central America, the Caribbean and South America.
    LatinAmerica,
    /// The Middle East and North Africa.
    MiddleEastNorthAfrica,
    /// Africa south of the Sahara.
    SubSaharanAfrica,
    /// Russia, Central Asia and the Caucasus.
    RussiaCentralAsia,
    /// South Asia.
    SouthAsia,
    /// East Asia.
    EastAsia,
    /// Southeast Asia.
    SoutheastAsia,
    /// Australia, New Zealand and the Pacific.
    Oceania,
}

/// A row of the list of countries.
#[uniffi::remote(Record)]
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
    pub refreshed_at: Option<Timestamp>,
}

/// A country of the catalogue.
#[uniffi::remote(Record)]
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
    pub utc_offset: Option<UtcOffset>,
}
