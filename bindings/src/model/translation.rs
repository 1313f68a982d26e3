//! Texts in English, and who translated them.

use overview_core::language::TranslateError;
use overview_core::language::engine::{Server, ServerKind};
use overview_core::language::models::Model;
use overview_core::model::{
    ArticleTranslation, Block, EngineKind, Image, RowTranslation, TranslatedBy,
};
use overview_core::translation::{Effort, TranslationSettings};

use crate::Url;

/// What can translate.
#[uniffi::remote(Enum)]
pub enum EngineKind {
    /// Came with the edition that the articles came with.
    Edition,
    /// A model of Firefox Translations on this device.
    Firefox,
    /// The phone's own translator.
    Platform,
    /// A DeepL account.
    DeepL,
    /// A LibreTranslate server.
    LibreTranslate,
    /// An Apertium APy server.
    Apertium,
}

/// Which engine translated, with which model.
#[uniffi::remote(Record)]
pub struct TranslatedBy {
    /// The kind of engine.
    pub engine: EngineKind,
    /// Its model and version, such as `uk-en 1.2`; empty where it does not tell.
    pub model: String,
}

/// What a list shows of an article instead of the original.
#[uniffi::remote(Record)]
pub struct RowTranslation {
    /// The title in English.
    pub title: String,
    /// The teaser in English; empty where there is none.
    pub teaser: String,
    /// Who translated.
    pub by: TranslatedBy,
}

/// An article's texts in English, block by block as the original's.
#[uniffi::remote(Record)]
pub struct ArticleTranslation {
    /// The sentence or two between headline and body.
    pub standfirst: Option<String>,
    /// The picture above it, with its caption in English.
    pub lead: Option<Image>,
    /// As many as the original has, one for each. What is not translated stands as it is.
    pub blocks: Vec<Block>,
    /// Who translated; several where a better engine came later.
    pub by: Vec<TranslatedBy>,
    /// Texts that are not translated.
    pub missing: u32,
}

/// What the device can afford now, for what is translated ahead of reading: titles after a sync, packs,
/// and texts that a better engine does again. Never holds up an article that is opened.
#[uniffi::remote(Enum)]
pub enum Effort {
    /// As fast as it goes.
    Full,
    /// One thing at a time, with a rest after each as long as the work was; nothing that is in
    /// English already is done better.
    Gentle,
    /// Nothing.
    Paused,
}

/// Which API a server speaks.
#[uniffi::remote(Enum)]
pub enum ServerKind {
    /// DeepL's, free or paid by its address.
    DeepL,
    /// LibreTranslate's.
    LibreTranslate,
    /// Apertium APy's.
    Apertium,
}

/// A server that translates.
#[uniffi::remote(Record)]
pub struct Server {
    /// Which API it speaks.
    pub kind: ServerKind,
    /// Its address, without the API's path.
    pub url: Url,
    /// Its key, where it wants one. Never logged.
    pub key: Option<String>,
}

/// Who translates.
#[uniffi::remote(Record)]
pub struct TranslationSettings {
    /// Who is asked, in this order. Who is not in it is not asked.
    pub order: Vec<EngineKind>,
    /// A server to ask.
    pub server: Option<Server>,
    /// Where models are offered: the address of a list of models.
    pub manifest: Option<Url>,
}

/// A model that translates one language to English, on the device or to be had.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TranslationModel {
    /// What it translates from, BCP 47.
    pub language: String,
    /// Its name and version: `pt-en 1.2`.
    pub name: String,
    /// Under which licence, SPDX.
    pub licence: String,
    /// What it takes on the device.
    pub bytes: u64,
}

impl From<Model> for TranslationModel {
    fn from(model: Model) -> Self {
        Self {
            name: model.name(),
            bytes: model.bytes(),
            language: model.language,
            licence: model.licence,
        }
    }
}

/// A text that was translated to try an engine out.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TranslationTrial {
    /// In English.
    pub text: String,
    /// Who translated.
    pub by: TranslatedBy,
}

/// What translating one article came to.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TranslationOutcome {
    /// Texts that are in English now.
    pub texts: u32,
    /// Texts that are not.
    pub missing: u32,
    /// Why the first of them is not, in an English sentence.
    pub first_failure: Option<String>,
}

/// Why the phone's translator did not translate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum PlatformTranslatorError {
    /// It could, with a language that the person has not installed.
    #[error("{reason}")]
    NotInstalled {
        /// What is missing.
        reason: String,
    },
    /// It cannot translate from this language.
    #[error("{reason}")]
    Unsupported {
        /// Which.
        reason: String,
    },
    /// It failed.
    #[error("{reason}")]
    Failed {
        /// Why.
        reason: String,
    },
}

/// What it threw was something else: an exception of Kotlin, another error of Swift.
impl From<uniffi::UnexpectedUniFFICallbackError> for PlatformTranslatorError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed {
            reason: error.reason,
        }
    }
}

/// The phone's own translator: Apple's Translation, ML Kit. Called on a thread of the library that may
/// wait, one batch at a time; translates to English.
#[uniffi::export(foreign)]
pub trait PlatformTranslator: Send + Sync {
    /// Its model's name and version, may be empty, when it can translate from a language (BCP 47)
    /// now, without asking the person anything.
    fn supports(&self, language: String) -> Result<String, PlatformTranslatorError>;

    /// One translation for each text, in order.
    fn translate(
        &self,
        language: String,
        texts: Vec<String>,
    ) -> Result<Vec<String>, PlatformTranslatorError>;
}

/// The app's translator as the core knows one.
pub(crate) struct OfApp(pub(crate) std::sync::Arc<dyn PlatformTranslator>);

impl overview_core::language::engine::PlatformTranslator for OfApp {
    fn supports(&self, language: &str) -> Result<String, TranslateError> {
        let model = self.0.supports(language.to_owned());
        model.map_err(|error| of_app(error, language))
    }

    fn translate(&self, language: &str, texts: &[String]) -> Result<Vec<String>, TranslateError> {
        let translated = self.0.translate(language.to_owned(), texts.to_vec());
        translated.map_err(|error| of_app(error, language))
    }
}

fn of_app(error: PlatformTranslatorError, language: &str) -> TranslateError {
    let engine = EngineKind::Platform;
    let language = overview_core::language::name_of(language);
    match error {
        PlatformTranslatorError::NotInstalled { .. } => TranslateError::NotInstalled { language },
        PlatformTranslatorError::Unsupported { .. } => {
            TranslateError::UnsupportedPair { engine, language }
        }
        PlatformTranslatorError::Failed { reason } => TranslateError::BadAnswer { engine, reason },
    }
}
