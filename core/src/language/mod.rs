//! Which language a text is in. Pure.

mod identify;

pub use identify::{Mismatch, mismatch};
