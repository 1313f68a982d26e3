//! Whom a text is about and where it happens: countries, people, datelines. Pure: no store, no
//! network, no clock, and the same answer for the same text.
//!
//! ```text
//! gazetteer/*.tsv --tables--> forms --lexicon--> one automaton a language
//! text --countries--> mentions of countries     text --people--> named persons (English)
//!                                               text --policies--> named laws (English)
//!      --dateline---> where it was written      articles --actors--> a story's actors and place
//! ```
//!
//! What the tables hold, how old they are and how they are renewed: `docs/gazetteer.md`.
//!
//! A text is in a language: its names of countries are looked for, whatever else it holds. A text
//! that was translated is English. Precision goes before recall: a form that is also a name of
//! people, a word or another place counts only beside what tells it apart, or not at all.

mod actors;
mod countries;
mod dateline;
mod ignored;
mod inflection;
mod leaders;
mod lexicon;
mod people;
mod policies;
mod tables;
#[cfg(test)]
mod tests;
mod text;

pub use actors::{Actors, Person, is_same_person};
pub use countries::{Body, BodyMention, CountryMention, Mentions, Via, countries, mentions};
pub use dateline::dateline;
pub use ignored::Ignored;
pub use people::{PersonMention, Role, people};
pub use policies::{is_same_policy, policies};
