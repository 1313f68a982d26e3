//! Overview's shared core: the news of the world by country, fetched politely, kept on disk,
//! read offline.
//!
//! [`Overview`] is the one way in. Everything below it is layered, and a layer only knows the
//! ones to its right (a test keeps it so):
//!
//! ```text
//! { overview, pack, translation } -> sync -> { http, feed, page, picture, language, catalogue, store } -> model
//! ```
//!
//! The values that cross the façade live in [`model`]: plain data, no I/O.

mod app_settings;
pub mod catalogue;
mod clock;
mod compressed;
pub mod dates;
mod encoding;
mod error;
pub mod events;
pub mod feed;
pub mod globe;
pub mod http;
pub mod language;
pub mod model;
pub mod moving;
mod mutes;
pub mod opml;
mod overview;
mod own;
pub mod pack;
pub mod page;
mod pause;
pub mod picture;
pub mod search;
mod searching;
pub mod storage;
pub mod store;
pub mod stories;
pub mod story;
pub mod sync;
mod tracking;
pub mod translation;
mod upkeep;

pub use clock::{Clock, SystemClock};
pub use error::{Error, Result};
pub use overview::{OpenOptions, Overview};
