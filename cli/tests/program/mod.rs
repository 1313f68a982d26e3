//! The program as somebody runs it, with a directory of its own and no network.
#![allow(dead_code)] // no test file needs all of it

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The error that `--json` puts on standard error.
    pub(crate) fn error(&self) -> (String, String) {
        let last = self.err.lines().last().unwrap_or_default();
        let value: Value =
            serde_json::from_str(last).unwrap_or_else(|error| panic!("{error}: {self:?}"));
        let part = |name: &str| value["error"][name].as_str().unwrap_or_default().to_owned();
        (part("code"), part("message"))
    }
}

/// A reader's machine.
pub(crate) struct Reader {
    home: TempDir,
}

impl Reader {
    pub(crate) fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let reader = Self { home };
        // A port that nobody listens on.
        reader.publishers_at(1);
        reader
    }

    /// Moves the publishers of the small catalogue to a port of this machine.
    pub(crate) fn publishers_at(&self, port: u16) {
        let catalogue = CATALOGUE.replace("PORT", &port.to_string());
        std::fs::write(self.path("catalogue.json"), catalogue).unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Runs with a small catalogue whose addresses lead nowhere.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        let mut command = self.command_with_catalogue();
        command.args(args);
        finish(command, b"")
    }

    /// Runs with nothing added.
    pub(crate) fn run_bare<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        let mut command = self.command();
        command.args(args);
        finish(command, b"")
    }

    pub(crate) fn command_with_catalogue(&self) -> Command {
        let mut command = self.command();
        command.arg("--catalogue").arg(self.path("catalogue.json"));
        command.arg("--allow-private-addresses");
        command
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_overview"));
        command
            .env_clear()
            .env("HOME", self.home.path())
            .env("OVERVIEW_DATA", self.path("data"))
            .env("COLUMNS", "80")
            .env("TZ", "UTC");
        command
    }
}

/// Publishers that answer: `pages` by path, anything else is not found. Returns their port.
pub(crate) fn serve(pages: &'static [(&str, &str)]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for call in listener.incoming() {
            let mut call = call.unwrap();
            let mut request = BufReader::new(&call).lines().map_while(Result::ok);
            let first = request.next().unwrap_or_default();
            request.find(String::is_empty);
            let path = first.split(' ').nth(1).unwrap_or_default();
            let (status, body) = pages
                .iter()
                .find(|(at, _)| *at == path)
                .map_or(("404 Not Found", ""), |(_, body)| ("200 OK", *body));
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
            // A caller that hung up is no trouble of the publisher.
            let _ = call.write_all(answer.as_bytes());
        }
    });
    port
}

/// Feeds `input` and waits.
pub(crate) fn finish(mut command: Command, input: &[u8]) -> Ran {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its input is free not to.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Invented publishers.
const CATALOGUE: &str = r#"{
  "version": "test",
  "countries": [
    {"code": "JP", "name": "Japan", "region": "East Asia", "lat": 36.0, "lon": 138.0,
     "languages": ["ja"]},
    {"code": "UA", "name": "Ukraine", "region": "Europe", "lat": 49.0, "lon": 31.4,
     "languages": ["uk"]}
  ],
  "publishers": [
    {"id": "steppe-post", "name": "Steppe Post", "home": "http://127.0.0.1:PORT/steppe",
     "country": "UA", "language": "uk", "feeds": ["http://127.0.0.1:PORT/steppe/rss"]},
    {"id": "dnipro-daily", "name": "Dnipro Daily", "home": "http://127.0.0.1:PORT/dnipro",
     "country": "UA", "language": "uk", "feeds": ["http://127.0.0.1:PORT/dnipro/rss"]},
    {"id": "harbour-news", "name": "港ニュース", "home": "http://127.0.0.1:PORT/harbour",
     "country": "JP", "language": "ja", "feeds": ["http://127.0.0.1:PORT/harbour/rss"]}
  ]
}"#;
