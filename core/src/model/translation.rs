//! Who translated, and what a translation gives.

use serde::{Deserialize, Serialize};

use super::{Block, Image};

/// The language everything is translated to, BCP 47.
pub const TARGET_LANGUAGE: &str = "en";

/// What can translate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

impl EngineKind {
    /// All, as they are asked unless the person says otherwise: what is better first.
    pub const ALL: [Self; 6] = [
        Self::Edition,
        Self::Firefox,
        Self::Platform,
        Self::DeepL,
        Self::LibreTranslate,
        Self::Apertium,
    ];

    /// A word for programs and columns that never changes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Edition => "edition",
            Self::Firefox => "firefox",
            Self::Platform => "platform",
            Self::DeepL => "deepl",
            Self::LibreTranslate => "libretranslate",
            Self::Apertium => "apertium",
        }
    }

    /// The kind of a [`code`](Self::code).
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Edition => "the edition",
            Self::Firefox => "Firefox Translations",
            Self::Platform => "this device",
            Self::DeepL => "DeepL",
            Self::LibreTranslate => "LibreTranslate",
            Self::Apertium => "Apertium",
        }
    }
}

/// Which engine translated, with which model.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TranslatedBy {
    /// The kind of engine.
    pub engine: EngineKind,
    /// Its model and version, such as `uk-en 1.2`; empty where it does not tell.
    pub model: String,
}

impl std::fmt::Display for TranslatedBy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.engine.name())?;
        if !self.model.is_empty() {
            write!(f, " ({})", self.model)?;
        }
        Ok(())
    }
}

/// What a list shows of an article instead of the original.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowTranslation {
    /// The title in English.
    pub title: String,
    /// The teaser in English; empty where there is none.
    pub teaser: String,
    /// Who translated.
    pub by: TranslatedBy,
}

/// An article's texts in English, block by block as the original's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
