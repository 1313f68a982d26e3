//! LibreTranslate: <https://libretranslate.com/docs>.

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde::Deserialize;

use super::markup;
use super::server::{Line, Server, json};
use crate::http::Client;
use crate::language::passage::Passage;
use crate::language::translator::{Batch, Limits, TranslateError, Translator};
use crate::model::{EngineKind, TARGET_LANGUAGE, TranslatedBy};

/// A LibreTranslate server.
pub struct LibreTranslate {
    line: Line,
}

impl LibreTranslate {
    pub(super) fn new(client: Client, server: Server) -> Self {
        Self {
            line: Line::new(client, server, EngineKind::LibreTranslate),
        }
    }
}

#[derive(Deserialize)]
struct Translated {
    #[serde(rename = "translatedText")]
    texts: Vec<String>,
}

impl Translator for LibreTranslate {
    fn kind(&self) -> EngineKind {
        EngineKind::LibreTranslate
    }

    fn supports(&self, _language: &str) -> Result<TranslatedBy, TranslateError> {
        Ok(TranslatedBy {
            engine: EngineKind::LibreTranslate,
            model: String::new(),
        })
    }

    fn limits(&self) -> Limits {
        // Public servers take 2,000 to 5,000 characters and often no large batches.
        Limits {
            texts: 16,
            characters: 1_900,
            by_sentence: false,
            keeps_marks: true,
        }
    }

    fn translate(&self, batch: Batch) -> BoxFuture<'_, Result<Vec<Passage>, TranslateError>> {
        async move {
            // The language is named: with "auto" one is guessed for all texts together.
            let asked = serde_json::json!({
                "q": batch.passages.iter().map(markup::to_html).collect::<Vec<_>>(),
                "source": source(&batch.language),
                "target": TARGET_LANGUAGE,
                "format": "html",
                "api_key": self.line.server.key.as_deref().unwrap_or_default(),
            });
            let body = asked.to_string().into_bytes();
            let question = || {
                self.line
                    .question("/translate", "application/json", body.clone())
            };
            let answer: Translated = self.line.ask(&batch.language, question, json).await?;
            Ok(answer
                .texts
                .iter()
                .map(|html| markup::of_html(html))
                .collect())
        }
        .boxed()
    }
}

/// Its code of a language.
fn source(language: &str) -> String {
    let traditional = ["zh-Hant", "zh-TW", "zh-HK"];
    if traditional.iter().any(|tag| language.starts_with(tag)) {
        return "zt".to_owned();
    }
    crate::language::primary(language)
}
