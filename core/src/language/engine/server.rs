//! What the engines that are servers share.

use std::sync::Mutex;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use url::Url;

use super::{Apertium, DeepL, LibreTranslate};
use crate::http::{Answer, Client, HttpError, Question};
use crate::language::translator::{TranslateError, Translator};
use crate::model::EngineKind;

/// The most bytes of an answer.
const ANSWER_BYTES: usize = 4_000_000;
/// The longest an exchange may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often a batch is asked for again after a failure that may pass.
const RETRIES: u32 = 2;
/// The pause before the first of them when the server names none; then twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// A longer pause is not waited for: the original is shown, and the next article asks again after it.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// Left alone for so long after it asked to be, when it does not say.
const DEFAULT_PAUSE: Duration = Duration::from_secs(60);

/// Which API a server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ServerKind {
    /// `POST /translate`, JSON.
    LibreTranslate,
    /// `POST /v2/translate`, JSON, with a key.
    DeepL,
    /// `POST /translate`, a form, one text at a time.
    Apertium,
}

/// A server that the person set up.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    /// Which API it speaks.
    pub kind: ServerKind,
    /// Its address, without the API's path.
    pub url: Url,
    /// Its key, where it wants one. Never logged or shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server")
            .field("kind", &self.kind)
            .field("url", &self.url.as_str())
            .field("key", &self.key.as_ref().map(|_| "…"))
            .finish()
    }
}

impl Server {
    /// The kind of engine it is.
    pub fn engine(&self) -> EngineKind {
        match self.kind {
            ServerKind::LibreTranslate => EngineKind::LibreTranslate,
            ServerKind::DeepL => EngineKind::DeepL,
            ServerKind::Apertium => EngineKind::Apertium,
        }
    }

    /// The engine that asks it.
    pub fn into_engine(self, client: Client) -> Box<dyn Translator> {
        match self.kind {
            ServerKind::LibreTranslate => Box::new(LibreTranslate::new(client, self)),
            ServerKind::DeepL => Box::new(DeepL::new(client, self)),
            ServerKind::Apertium => Box::new(Apertium::new(client, self)),
        }
    }
}

/// A way to ask one server, which remembers when it wants to be left alone.
pub(super) struct Line {
    client: Client,
    pub(super) server: Server,
    engine: EngineKind,
    paused_until: Mutex<Option<Instant>>,
}

impl Line {
    pub(super) fn new(client: Client, server: Server, engine: EngineKind) -> Self {
        Self {
            client,
            server,
            engine,
            paused_until: Mutex::new(None),
        }
    }

    pub(super) fn at(&self, path: &str) -> Url {
        let mut url = self.server.url.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}{path}"));
        url
    }

    /// Asks about texts in `language`, and again after a failure that may pass. `read` is given good
    /// answers.
    pub(super) async fn ask<T>(
        &self,
        language: &str,
        question: impl Fn() -> Question,
        read: impl Fn(&[u8]) -> Result<T, String>,
    ) -> Result<T, TranslateError> {
        let mut pause = FIRST_PAUSE;
        let mut retries = RETRIES;
        loop {
            self.not_paused()?;
            // The time only turns a date in `Retry-After` into a delay.
            let now = chrono::Utc::now();
            let failure = match self.client.ask_server(question(), now).await {
                Ok(answer) if (200..300).contains(&answer.status) => {
                    return read(&answer.bytes).map_err(|reason| TranslateError::BadAnswer {
                        engine: self.engine,
                        reason,
                    });
                }
                Ok(answer) => self.refused(&answer, language),
                Err(error) => self.unreachable(&error),
            };
            let wait = match &failure {
                TranslateError::SlowDown { after, .. } => {
                    self.leave_alone(*after);
                    *after
                }
                TranslateError::Unreachable { .. } => pause,
                _ => return Err(failure),
            };
            if retries == 0 || wait > LONGEST_WAIT {
                return Err(failure);
            }
            tokio::time::sleep(wait).await;
            pause *= 2;
            retries -= 1;
        }
    }

    fn not_paused(&self) -> Result<(), TranslateError> {
        let until = *lock(&self.paused_until);
        match until.map(|until| until.saturating_duration_since(Instant::now())) {
            Some(after) if !after.is_zero() => Err(TranslateError::SlowDown {
                engine: self.engine,
                after,
            }),
            _ => Ok(()),
        }
    }

    fn leave_alone(&self, after: Duration) {
        *lock(&self.paused_until) = Some(Instant::now() + after);
    }

    fn refused(&self, answer: &Answer, language: &str) -> TranslateError {
        let engine = self.engine;
        let said = said(&answer.bytes);
        match answer.status {
            429 | 503 => TranslateError::SlowDown {
                engine,
                after: answer.retry_after.unwrap_or(DEFAULT_PAUSE),
            },
            456 => TranslateError::Quota { engine },
            413 => TranslateError::TooLong {
                engine,
                limit: ANSWER_BYTES,
            },
            500..=599 => TranslateError::Unreachable {
                engine,
                reason: format!("it answered with status {}{said}", answer.status),
            },
            400 if said.to_lowercase().contains("not supported")
                || said.to_lowercase().contains("not installed") =>
            {
                TranslateError::UnsupportedPair {
                    engine,
                    language: crate::language::name_of(language),
                }
            }
            status => TranslateError::Refused {
                engine,
                reason: format!("status {status}{said}"),
            },
        }
    }

    fn unreachable(&self, error: &HttpError) -> TranslateError {
        TranslateError::Unreachable {
            engine: self.engine,
            reason: error.failure.to_string(),
        }
    }

    pub(super) fn question(
        &self,
        path: &str,
        content_type: &'static str,
        body: Vec<u8>,
    ) -> Question {
        Question {
            url: self.at(path),
            headers: Vec::new(),
            content_type,
            body: Some(body),
            limit: ANSWER_BYTES,
            patience: PATIENCE,
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// What a refusal says for people: LibreTranslate's `error`, DeepL's `message`, APy's `explanation`,
/// which stands beside a `message` that repeats the status.
fn said(bytes: &[u8]) -> String {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(bytes) else {
        return String::new();
    };
    ["explanation", "error", "message"]
        .iter()
        .find_map(|name| value.get(name)?.as_str())
        .map(|text| format!(": {}", text.chars().take(200).collect::<String>()))
        .unwrap_or_default()
}

/// JSON of a type.
pub(super) fn json<T: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Result<T, String> {
    serde_json::from_slice(bytes).map_err(|error| match bytes.first() {
        Some(b'<') => "an HTML page instead of JSON".to_owned(),
        _ => format!("no such JSON as was expected ({error})"),
    })
}
