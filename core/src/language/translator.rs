//! What an engine is, whichever it is.

use std::time::Duration;

use futures_util::future::BoxFuture;

use super::passage::Passage;
use crate::model::{EngineKind, TranslatedBy};

/// Why an engine did not translate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TranslateError {
    /// It could, with a model that is not on this device.
    #[error("no model for {language} is installed")]
    NotInstalled {
        /// From which language, in English.
        language: String,
    },
    /// It cannot translate from this language.
    #[error("{} does not translate from {language}", engine.name())]
    UnsupportedPair {
        /// Which engine.
        engine: EngineKind,
        /// From which language, in English.
        language: String,
    },
    /// What was paid for is used up.
    #[error("the quota of {} is used up", engine.name())]
    Quota {
        /// Which engine.
        engine: EngineKind,
    },
    /// It wants to be asked less often.
    #[error("{} asks to be left alone for {} s", engine.name(), after.as_secs())]
    SlowDown {
        /// Which engine.
        engine: EngineKind,
        /// For how long.
        after: Duration,
    },
    /// No answer came.
    #[error("{} could not be reached: {reason}", engine.name())]
    Unreachable {
        /// Which engine.
        engine: EngineKind,
        /// Why.
        reason: String,
    },
    /// It will not: a wrong key, most often.
    #[error("{} refused: {reason}", engine.name())]
    Refused {
        /// Which engine.
        engine: EngineKind,
        /// Why.
        reason: String,
    },
    /// The text is longer than it takes.
    #[error("{} takes at most {limit} characters at once", engine.name())]
    TooLong {
        /// Which engine.
        engine: EngineKind,
        /// The limit.
        limit: usize,
    },
    /// What it answered is no translation of what was asked.
    #[error("{} gave no usable answer: {reason}", engine.name())]
    BadAnswer {
        /// Which engine.
        engine: EngineKind,
        /// What is wrong with it.
        reason: String,
    },
    /// A model's files cannot be used.
    #[error("the model {model} cannot be used: {reason}")]
    BrokenModel {
        /// Which.
        model: String,
        /// Why.
        reason: String,
    },
}

impl TranslateError {
    /// A short word for programs that never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotInstalled { .. } => "not_installed",
            Self::UnsupportedPair { .. } => "unsupported_pair",
            Self::Quota { .. } => "quota",
            Self::SlowDown { .. } => "slow_down",
            Self::Unreachable { .. } => "unreachable",
            Self::Refused { .. } => "refused",
            Self::TooLong { .. } => "too_long",
            Self::BadAnswer { .. } => "bad_answer",
            Self::BrokenModel { .. } => "broken_model",
        }
    }

    /// Whether asking the same engine again for something else makes sense now.
    pub(super) fn ends_the_engine(&self) -> bool {
        !matches!(self, Self::TooLong { .. } | Self::BadAnswer { .. })
    }
}

/// How much an engine takes at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Texts in one batch.
    pub texts: usize,
    /// Characters in one batch.
    pub characters: usize,
    /// Give it sentences, not paragraphs.
    pub by_sentence: bool,
    /// It keeps marks on the words that translate the marked ones.
    pub keeps_marks: bool,
}

/// A batch of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// What all texts are in, BCP 47.
    pub language: String,
    /// The texts; none is empty.
    pub passages: Vec<Passage>,
}

/// Translates to [English](crate::model::TARGET_LANGUAGE).
pub trait Translator: Send + Sync {
    /// What kind of engine it is.
    fn kind(&self) -> EngineKind;

    /// Whether it translates from a language (BCP 47) now, and with which model.
    ///
    /// # Errors
    /// [`TranslateError::NotInstalled`] or [`TranslateError::UnsupportedPair`].
    fn supports(&self, language: &str) -> Result<TranslatedBy, TranslateError>;

    /// How much it takes at once.
    fn limits(&self) -> Limits;

    /// Translates a batch within its limits: one answer for each text, in their order. Never asked
    /// twice at once for the same batch; dropping the future gives up.
    fn translate(&self, batch: Batch) -> BoxFuture<'_, Result<Vec<Passage>, TranslateError>>;
}
