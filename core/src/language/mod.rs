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
mod translate;
mod translator;
mod units;

pub(crate) use sentence::sentences;

pub use identify::{Mismatch, identify, mismatch};
pub use passage::{Mark, Passage};
pub use translate::translate_texts;
pub use translator::{Batch, Limits, TranslateError, Translator};
pub use units::{TextKey, has_words, map_image, map_texts, unstyled};

/// The first part of a tag, in lower case: the language without script and region.
pub fn primary(tag: &str) -> String {
    let first = tag.split(['-', '_']).next().unwrap_or_default();
    match first.to_ascii_lowercase().as_str() {
        // Old codes that are still in use.
        "iw" => "he".to_owned(),
        "in" => "id".to_owned(),
        "no" | "nn" => "nb".to_owned(),
        "tl" => "fil".to_owned(),
        first => first.to_owned(),
    }
}

/// The English name of a language (BCP 47); the tag itself where it is not known.
pub fn name_of(tag: &str) -> String {
    identify::english_name(&primary(tag)).map_or_else(|| tag.to_owned(), str::to_owned)
}
