//! Types that cross the boundary as another: as what, says `uniffi.toml` for each language.
//!
//! A value that cannot be is refused as [`OverviewError::Invalid`], as if the call itself had said
//! so: UniFFI hands on an error of the call's own type.

mod address;

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use overview_core::model::{
    ArticleId, ChangeId, Cursor, MuteId, PerspectiveId, PublisherId, StoryId,
};

use crate::OverviewError;

/// A moment, to the millisecond: `Date`, `java.time.Instant`.
pub type Timestamp = DateTime<Utc>;

uniffi::custom_type!(Timestamp, i64, {
    remote,
    lower: |moment| moment.timestamp_millis(),
    try_lift: |millis| DateTime::from_timestamp_millis(millis).ok_or_else(|| {
        invalid(format!("{millis} milliseconds since 1970 are no moment that is counted"))
    }),
});

/// A day without a time: `DateComponents`, `java.time.LocalDate`.
pub type Day = NaiveDate;

uniffi::custom_type!(Day, String, {
    remote,
    lower: |day| day.to_string(),
    try_lift: |text| text.parse().map_err(|_| invalid(format!("{text:?} is not a day"))),
});

/// An address on the web: `URL`, `java.net.URI`.
pub type Url = url::Url;

uniffi::custom_type!(Url, String, {
    remote,
    lower: |url| address::to_rfc3986(url.into()),
    try_lift: |text| read_address(&text),
});

/// Names a picture: its address as text. To be handed back, and not worth an address object for each row of
/// a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureKey(pub(crate) Url);

uniffi::custom_type!(PictureKey, String, {
    lower: |key| address::to_rfc3986(key.0.into()),
    try_lift: |text| read_address(&text).map(PictureKey),
});

/// A file or folder: a file `URL`, `java.io.File`.
pub type FilePath = PathBuf;

uniffi::custom_type!(FilePath, String, {
    remote,
    // Paths on phones are UTF-8; of another only the readable part is shown, and none comes back.
    lower: |path| path.to_string_lossy().into_owned(),
    try_lift: |text| Ok(PathBuf::from(text)),
});

/// An ISO 3166-1 alpha-2 code such as `UA`; lower case is accepted.
pub type CountryCode = overview_core::model::CountryCode;

uniffi::custom_type!(CountryCode, String, {
    remote,
    lower: |code| code.as_str().to_owned(),
    try_lift: |text| text.parse().map_err(|error| invalid(format!("{error}"))),
});

// Names a publisher: lower-case words joined by hyphens, such as `kyiv-post`.
uniffi::custom_type!(PublisherId, String, {
    remote,
    lower: |id| id.0,
    try_lift: |text| Ok(PublisherId(text)),
});

// Names an article of this store: positive, the same for as long as the article is kept.
uniffi::custom_type!(ArticleId, i64, {
    remote,
    lower: |id| id.0,
    try_lift: |id| Ok(ArticleId(id)),
});

// Names a mute of this store.
uniffi::custom_type!(MuteId, i64, {
    remote,
    lower: |id| id.0,
    try_lift: |id| Ok(MuteId(id)),
});

// Names a change that can be taken back.
uniffi::custom_type!(ChangeId, i64, {
    remote,
    lower: |id| id.0,
    try_lift: |id| Ok(ChangeId(id)),
});

// Names a story: 16 hexadecimal digits, as in a link to it.
uniffi::custom_type!(StoryId, String, {
    remote,
    lower: |id| id.to_string(),
    try_lift: |text| text.parse().map_err(|error| invalid(format!("{error}"))),
});

// Names a perspective, such as `region:europe` or `state:ru`.
uniffi::custom_type!(PerspectiveId, String, {
    remote,
    lower: |id| id.0,
    try_lift: |text| Ok(PerspectiveId(text)),
});

// A place in a list, from a page; to be handed back, not taken apart.
uniffi::custom_type!(Cursor, String, {
    remote,
    lower: |cursor| cursor.to_string(),
    try_lift: |text| text.parse().map_err(|error| invalid(format!("{error}"))),
});

/// How many rows or articles.
pub type RowCount = usize;

uniffi::custom_type!(RowCount, u32, {
    remote,
    lower: |count| u32::try_from(count).unwrap_or(u32::MAX),
    try_lift: |count| Ok(usize::try_from(count)?),
});

/// What kind of failure, stable for programs: `dns`, `timeout`, `not_a_feed`.
pub type FailureCode = &'static str;

uniffi::custom_type!(FailureCode, String, {
    remote,
    lower: |code| code.to_owned(),
    // Only ever handed out.
    try_lift: |text| Err(invalid(format!("{text:?} is a code that only the library gives"))),
});

fn read_address(text: &str) -> Result<Url, uniffi::deps::anyhow::Error> {
    let read = address::from_rfc3986(text).parse();
    read.map_err(|error| invalid(format!("{text:?} is not an address: {error}")))
}

/// What `try_lift` says of a value that cannot be.
pub(crate) fn invalid(reason: String) -> uniffi::deps::anyhow::Error {
    OverviewError::Invalid { reason }.into()
}
