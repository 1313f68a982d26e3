//! DeepL: <https://developers.deepl.com/docs/api-reference/translate>.

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde::Deserialize;

use super::markup;
use super::server::{Line, Server, json};
use crate::http::Client;
use crate::language::passage::Passage;
use crate::language::translator::{Batch, Limits, TranslateError, Translator};
use crate::model::{EngineKind, TranslatedBy};

/// What it translates from.
const LANGUAGES: &[&str] = &[
    "ar", "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "he", "hu", "id", "it", "ja", "ko",
    "lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "th", "tr", "uk", "vi", "zh",
];

/// A DeepL account.
pub struct DeepL {
    line: Line,
}

impl DeepL {
    pub(super) fn new(client: Client, server: Server) -> Self {
        Self {
            line: Line::new(client, server, EngineKind::DeepL),
        }
    }
}

#[derive(Deserialize)]
struct Translated {
    translations: Vec<Text>,
}

#[derive(Deserialize)]
struct Text {
    text: String,
}

impl Translator for DeepL {
    fn kind(&self) -> EngineKind {
        EngineKind::DeepL
    }

    fn supports(&self, language: &str) -> Result<TranslatedBy, TranslateError> {
        if LANGUAGES.contains(&crate::language::primary(language).as_str()) {
            return Ok(TranslatedBy {
                engine: EngineKind::DeepL,
                model: String::new(),
            });
        }
        Err(TranslateError::UnsupportedPair {
            engine: EngineKind::DeepL,
            language: crate::language::name_of(language),
        })
    }

    fn limits(&self) -> Limits {
        // 50 texts, and 128 KiB with their markup.
        Limits {
            texts: 50,
            characters: 20_000,
            by_sentence: false,
            keeps_marks: true,
        }
    }

    fn translate(&self, batch: Batch) -> BoxFuture<'_, Result<Vec<Passage>, TranslateError>> {
        async move {
            let asked = serde_json::json!({
                "text": batch.passages.iter().map(markup::to_html).collect::<Vec<_>>(),
                "source_lang": crate::language::primary(&batch.language).to_uppercase(),
                "target_lang": "EN-US",
                "tag_handling": "html",
            });
            let body = asked.to_string().into_bytes();
            let key = self.line.server.key.clone().unwrap_or_default();
            let question = || {
                let mut question =
                    self.line
                        .question("/v2/translate", "application/json", body.clone());
                question
                    .headers
                    .push(("authorization", format!("DeepL-Auth-Key {key}")));
                question
            };
            let answer: Translated = self.line.ask(&batch.language, question, json).await?;
            Ok(answer
                .translations
                .iter()
                .map(|text| markup::of_html(&text.text))
                .collect())
        }
        .boxed()
    }
}
