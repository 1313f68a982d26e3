//! The phone's own translator, through a seam that an app implements.

use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use crate::language::passage::Passage;
use crate::language::translator::{Batch, Limits, TranslateError, Translator};
use crate::model::{EngineKind, TranslatedBy};

/// What an app gives: Apple's Translation, ML Kit. Synchronous, because that is what crosses a
/// language boundary safely; it is called on a thread that may wait.
pub trait PlatformTranslator: Send + Sync {
    /// The model's name and version when it can translate from a language (BCP 47) without asking
    /// the person anything; may be empty.
    ///
    /// # Errors
    /// [`TranslateError::NotInstalled`] or [`TranslateError::UnsupportedPair`].
    fn supports(&self, language: &str) -> Result<String, TranslateError>;

    /// One translation for each text, in order. Plain text.
    ///
    /// # Errors
    /// Any [`TranslateError`].
    fn translate(&self, language: &str, texts: &[String]) -> Result<Vec<String>, TranslateError>;
}

/// The engine around it.
pub struct Platform {
    translator: Arc<dyn PlatformTranslator>,
}

impl Platform {
    /// Translates with `translator`.
    pub fn new(translator: Arc<dyn PlatformTranslator>) -> Self {
        Self { translator }
    }
}

impl Translator for Platform {
    fn kind(&self) -> EngineKind {
        EngineKind::Platform
    }

    fn supports(&self, language: &str) -> Result<TranslatedBy, TranslateError> {
        Ok(TranslatedBy {
            engine: EngineKind::Platform,
            model: self.translator.supports(language)?,
        })
    }

    fn limits(&self) -> Limits {
        Limits {
            texts: 50,
            characters: 5_000,
            by_sentence: false,
            keeps_marks: false,
        }
    }

    fn translate(&self, batch: Batch) -> BoxFuture<'_, Result<Vec<Passage>, TranslateError>> {
        let translator = Arc::clone(&self.translator);
        async move {
            let texts: Vec<String> = batch
                .passages
                .into_iter()
                .map(|passage| passage.text)
                .collect();
            // A mark over the whole of a text survives, see `translate`.
            let work = move || translator.translate(&batch.language, &texts);
            match tokio::task::spawn_blocking(work).await {
                Ok(answer) => Ok(answer?.into_iter().map(Passage::plain).collect()),
                Err(error) => Err(TranslateError::BadAnswer {
                    engine: EngineKind::Platform,
                    reason: error.to_string(),
                }),
            }
        }
        .boxed()
    }
}
