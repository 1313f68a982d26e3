//! The sample world: invented publishers of real countries, the events they tell of, and a server
//! on this machine that publishes them.
//!
//! ```text
//! publishers.toml, manifest.toml, articles/EVENT/PUBLISHER.md (and .en.md, its translation)
//!   -> SampleWorld (what there is)
//!   -> Publication (as published at one moment: feeds, pages, pictures)
//!   -> Server (on loopback)  <- overview_core, as it reads any publisher
//! ```
//!
//! Nothing in it is real: no publisher, person, firm or event. What is real are countries, large
//! cities, seas and the languages. All hosts are under `.example` (RFC 2606).

mod catalogue;
mod edition;
mod feed;
mod page;
mod picture;
mod publication;
mod server;
mod world;

pub use edition::edition_texts;
pub use picture::{Scene, draw};
pub use publication::{Publication, Reply};
pub use server::Server;
pub use world::{
    Article, Body, Broken, Dialect, Event, Form, Layout, Publisher, SampleError, SampleWorld,
    Translation,
};
