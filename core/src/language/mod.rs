//! Which language a text is in, and the same text in English.
//!
//! ```text
//! identify -> units (a paragraph, a caption) -> translate (sentences, protected parts, numbers)
//!          -> an engine behind `Translator`
//! ```

mod align;
pub mod engine;
mod identify;
pub mod models;
mod numbers;
mod passage;
mod protect;
mod sentence;
mod specimen;
mod translate;
mod translator;
mod units;

use crate::model::TARGET_LANGUAGE;
pub use crate::model::primary_language as primary;
pub use identify::{Mismatch, identify, is_foreign_stretch, mismatch};
pub(crate) use sentence::sentences;

pub use passage::{Mark, Passage};
pub use specimen::{SPECIMEN_ENGLISH, specimen};
pub use translate::translate_texts;
pub use translator::{Batch, Limits, TranslateError, Translator};
pub use units::{TextKey, has_words, map_image, map_texts, unstyled};

/// The English name of a language (BCP 47); the tag itself where it is not known.
pub fn name_of(tag: &str) -> String {
    identify::english_name(&primary(tag)).map_or_else(|| tag.to_owned(), str::to_owned)
}
