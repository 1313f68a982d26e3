//! Apertium APy: <https://wiki.apertium.org/wiki/Apertium-apy>.

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde::Deserialize;
use url::form_urlencoded;

use super::markup;
use super::server::{Line, Server, json};
use crate::http::Client;
use crate::language::passage::Passage;
use crate::language::translator::{Batch, Limits, TranslateError, Translator};
use crate::model::{EngineKind, TranslatedBy};

/// Languages that have a pair with English, and their ISO 639-3 codes.
const LANGUAGES: &[(&str, &str)] = &[
    ("bs", "hbs"),
    ("ca", "cat"),
    ("cy", "cym"),
    ("eo", "epo"),
    ("es", "spa"),
    ("eu", "eus"),
    ("gl", "glg"),
    ("hr", "hbs"),
    ("is", "isl"),
    ("mk", "mkd"),
    ("sr", "hbs"),
];

/// An Apertium server.
pub struct Apertium {
    line: Line,
}

impl Apertium {
    pub(super) fn new(client: Client, server: Server) -> Self {
        Self {
            line: Line::new(client, server, EngineKind::Apertium),
        }
    }

    fn code(language: &str) -> Result<&'static str, TranslateError> {
        let primary = crate::language::primary(language);
        let found = LANGUAGES.iter().find(|(tag, _)| *tag == primary);
        found
            .map(|(_, code)| *code)
            .ok_or_else(|| TranslateError::UnsupportedPair {
                engine: EngineKind::Apertium,
                language: crate::language::name_of(language),
            })
    }
}

#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "responseData")]
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    #[serde(rename = "translatedText")]
    text: String,
}

impl Translator for Apertium {
    fn kind(&self) -> EngineKind {
        EngineKind::Apertium
    }

    fn supports(&self, language: &str) -> Result<TranslatedBy, TranslateError> {
        let code = Self::code(language)?;
        Ok(TranslatedBy {
            engine: EngineKind::Apertium,
            model: format!("{code}-eng"),
        })
    }

    fn limits(&self) -> Limits {
        // Only the last text of a request counts, so that a batch is one.
        Limits {
            texts: 1,
            characters: 4_000,
            by_sentence: false,
            keeps_marks: true,
        }
    }

    fn translate(&self, batch: Batch) -> BoxFuture<'_, Result<Vec<Passage>, TranslateError>> {
        async move {
            let code = Self::code(&batch.language)?;
            let mut translated = Vec::with_capacity(batch.passages.len());
            for passage in &batch.passages {
                let body = form_urlencoded::Serializer::new(String::new())
                    .append_pair("langpair", &format!("{code}|eng"))
                    .append_pair("markUnknown", "no")
                    .append_pair("format", "html")
                    .append_pair("q", &markup::to_html(passage))
                    .finish()
                    .into_bytes();
                let question = || {
                    let kind = "application/x-www-form-urlencoded";
                    self.line.question("/translate", kind, body.clone())
                };
                let answer: Answer = self.line.ask(&batch.language, question, json).await?;
                translated.push(markup::of_html(&answer.data.text));
            }
            Ok(translated)
        }
        .boxed()
    }
}
