//! Servers that translate, as their documents describe them, on loopback; and the model that tests
//! of Firefox Translations use.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// A question to a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Where.
    pub path: String,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// As sent.
    pub body: String,
}

/// What it says.
#[derive(Debug, Clone)]
pub enum Said {
    /// A status, extra headers and a body.
    Answer(u16, Vec<(&'static str, String)>, String),
    /// So many bytes of a good answer whose length promises more.
    Cut(String, usize),
    /// Nothing, ever.
    Nothing,
}

impl Said {
    /// A good answer.
    pub fn ok(body: impl Into<String>) -> Self {
        Self::Answer(200, Vec::new(), body.into())
    }

    /// A bad one.
    pub fn status(status: u16) -> Self {
        Self::Answer(status, Vec::new(), String::new())
    }
}

type Script = dyn Fn(usize, &Asked) -> Said + Send + Sync;

/// A server that answers by a script, and remembers what it was asked.
pub struct TranslationServer {
    /// Its address.
    pub url: Url,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl TranslationServer {
    /// Starts on a free port of loopback. `script` gets the number of the question, from 0.
    ///
    /// # Panics
    /// When this machine has no loopback.
    #[allow(clippy::expect_used)]
    pub async fn start(script: impl Fn(usize, &Asked) -> Said + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("there is loopback");
        let address = listener.local_addr().expect("it is bound");
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let (script, log): (Arc<Script>, _) = (Arc::new(script), Arc::clone(&asked));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (script, log) = (Arc::clone(&script), Arc::clone(&log));
                tokio::spawn(async move { talk(socket, &*script, &log).await });
            }
        });
        let url = format!("http://{address}").parse().expect("an address");
        Self { url, asked }
    }

    /// What it was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

async fn talk(socket: TcpStream, script: &Script, log: &Mutex<Vec<Asked>>) -> Option<()> {
    let mut stream = BufReader::new(socket);
    loop {
        let mut first = String::new();
        if stream.read_line(&mut first).await.ok()? == 0 {
            return None;
        }
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).await.ok()?;
            let Some((name, value)) = line.trim_end().split_once(':') else {
                break;
            };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let length = length
            .and_then(|(_, value)| value.parse().ok())
            .unwrap_or(0);
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.ok()?;
        let asked = Asked {
            path: first.split(' ').nth(1)?.to_owned(),
            headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        };
        let number = {
            let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
            log.push(asked.clone());
            log.len() - 1
        };
        match script(number, &asked) {
            Said::Nothing => std::future::pending().await,
            Said::Cut(body, kept) => {
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
                stream.write_all(head.as_bytes()).await.ok()?;
                stream.write_all(body.get(..kept)?.as_bytes()).await.ok()?;
                stream.shutdown().await.ok()?;
                return None;
            }
            Said::Answer(status, headers, body) => {
                let mut head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n", body.len());
                for (name, value) in headers {
                    head += &format!("{name}: {value}\r\n");
                }
                stream
                    .write_all(format!("{head}\r\n{body}").as_bytes())
                    .await
                    .ok()?;
            }
        }
    }
}

/// LibreTranslate's answer with each text made "English" by `translate`.
///
/// # Panics
/// When the question is not as LibreTranslate's documents have it.
#[allow(clippy::expect_used)]
pub fn libretranslate(asked: &Asked, translate: impl Fn(&str) -> String) -> String {
    let question: serde_json::Value =
        serde_json::from_str(&asked.body).expect("JSON is asked with");
    assert_eq!(question["target"], "en");
    assert_eq!(question["format"], "html");
    assert_ne!(question["source"], "auto");
    let texts = question["q"].as_array().expect("an array of texts");
    let texts: Vec<String> = texts
        .iter()
        .map(|text| translate(text.as_str().expect("a text")))
        .collect();
    serde_json::json!({ "translatedText": texts }).to_string()
}

/// Pretends to translate: each word is replaced by an English one of the same place in the alphabet,
/// so that the same text always gives the same, and addresses, numbers and elements stay.
pub fn pretend(text: &str) -> String {
    const WORDS: [&str; 12] = [
        "the", "people", "of", "town", "with", "their", "market", "which", "said", "river", "and",
        "house",
    ];
    let mut out = String::new();
    let mut word = String::new();
    let mut in_element = false;
    let flush = |word: &mut String, out: &mut String| {
        let is_name = word.starts_with("XX");
        if word.chars().any(|c| c.is_ascii_digit()) || is_name || word.is_empty() {
            out.push_str(word);
        } else {
            let sum: usize = word.bytes().map(usize::from).sum();
            out.push_str(WORDS[sum % WORDS.len()]);
        }
        word.clear();
    };
    for c in text.chars() {
        if in_element || c == '<' || c == '&' {
            flush(&mut word, &mut out);
            in_element = !matches!(c, '>' | ';') && (in_element || c == '<' || c == '&');
            out.push(c);
        } else if c.is_alphanumeric() {
            word.push(c);
        } else {
            flush(&mut word, &mut out);
            out.push(c);
        }
    }
    flush(&mut word, &mut out);
    out
}

/// The folder of a real model from Portuguese, for tests only: `tests/models/setup.sh` fetches it
/// into the user's cache. `None`, with a word on standard error, where it cannot be had.
///
/// # Panics
/// In CI, when it cannot be had.
pub fn portuguese_model() -> Option<PathBuf> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/setup.sh");
    let ran = std::process::Command::new("sh").arg(&script).output();
    let folder = ran
        .as_ref()
        .ok()
        .filter(|ran| ran.status.success())
        .map(|ran| PathBuf::from(String::from_utf8_lossy(&ran.stdout).trim()));
    if folder.is_none() {
        let why = ran.map_or_else(
            |error| error.to_string(),
            |ran| String::from_utf8_lossy(&ran.stderr).into_owned(),
        );
        assert!(
            std::env::var_os("CI").is_none(),
            "CI must have the model: {why}"
        );
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            format!("SKIPPED: no model to test with: {why}\n").as_bytes(),
        );
    }
    folder
}

/// A folder of models with a copy of the one in `model`.
///
/// # Panics
/// When it cannot be copied.
#[allow(clippy::expect_used)]
pub fn folder_with(model: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is a temporary directory");
    let place = folder.path().join("pt-en");
    std::fs::create_dir(&place).expect("it can be written");
    for file in std::fs::read_dir(model).expect("the model is there") {
        let file = file.expect("it can be listed");
        std::fs::copy(file.path(), place.join(file.file_name())).expect("it can be copied");
    }
    folder
}

/// Long enough for anything on loopback.
pub const PATIENCE: Duration = Duration::from_secs(60);
