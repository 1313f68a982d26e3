//! A loopback world of publishers, and what Overview must do in it.

pub mod disk;
pub mod fuzz;
pub mod newsroom;
pub mod sample;
pub mod shared;
pub mod world;
