//! A loopback world of publishers, and what Overview must do in it.

pub mod chrf;
pub mod disk;
pub mod fuzz;
pub mod gazette;
pub mod hostile_pages;
pub mod newsroom;
mod refresh;
pub mod sample;
pub mod scripted;
pub mod shared;
pub mod translators;
pub mod twin;
pub mod world;
pub mod wreck;

pub use refresh::refresh;
