//! The reader in a real pseudo-terminal: keys in, screen out, on the sample world.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{Read, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// Longest that the screen may take to show something, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

struct Session {
    _home: TempDir,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    raw: Vec<u8>,
}

impl Session {
    fn start(columns: u16, rows: u16, arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let size = PtySize {
            rows,
            cols: columns,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pty = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_overview"));
        command.env_clear();
        command.env("HOME", home.path());
        command.env("TERM", "xterm-256color");
        command.args(arguments);
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let mut reader = pty.master.try_clone_reader().unwrap();
        let (sender, output) = mpsc::channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            _home: home,
            keys: pty.master.take_writer().unwrap(),
            master: pty.master,
            child,
            output,
            screen: vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0),
            raw: Vec::new(),
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Reads on until the screen is as wanted.
    fn until(&mut self, what: &str, wanted: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let contents = self.screen.screen().contents();
            if wanted(&contents) {
                return;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.raw.extend(bytes);
                }
                Err(RecvTimeoutError::Timeout) => panic!("no {what} on\n{contents}"),
                Err(RecvTimeoutError::Disconnected) => panic!("it ended before {what}\n{contents}"),
            }
        }
    }

    fn shows(&mut self, words: &str) {
        self.until(words, |screen| screen.contains(words));
    }

    /// The exit code, and everything that was written.
    fn ended(mut self) -> (u32, Vec<u8>) {
        let status = self.child.wait().unwrap();
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.raw.extend(bytes);
        }
        (status.exit_code(), self.raw)
    }
}

fn left_as_found(raw: &[u8]) -> bool {
    let found = |wanted: &[u8]| raw.windows(wanted.len()).any(|bytes| bytes == wanted);
    found(b"\x1b[?1049l") && found(b"\x1b[?25h") && found(b"\x1b[?1000l")
}

#[test]
fn the_sample_world_is_read_with_a_few_keys() {
    let mut session = Session::start(100, 30, &["--sample"]);
    session.shows("Argentina");
    session.shows("SAMPLE");
    session.press("/argen\r");
    session.until("only Argentina", |screen| !screen.contains("France"));
    session.press("\r");
    session.shows("Overview  ›  Argentina");
    session.press("\r");
    session.shows("n next");
    session.press("s");
    session.press("\x1b");
    session.shows("▪ saved");
    session.press("?");
    session.shows("Keys");
    session.press("?");
    session.until("no keys", |screen| !screen.contains("┌ Keys"));
    session.press("q");
    let (code, raw) = session.ended();
    assert_eq!(code, 0);
    assert!(left_as_found(&raw));
}

#[test]
fn a_terminal_that_changes_its_size_is_drawn_anew() {
    let mut session = Session::start(60, 16, &["--sample"]);
    session.shows("Argentina");
    session
        .master
        .resize(PtySize {
            rows: 40,
            cols: 160,
            pixel_width: 0,
            pixel_height: 0,
        })
        .unwrap();
    session
        .screen
        .screen_mut()
        .set_size(40_u16.try_into().unwrap(), 160_u16.try_into().unwrap());
    session.shows("│");
    session.shows("publishers");
    session.press("q");
    assert_eq!(session.ended().0, 0);
}

#[test]
fn a_signal_leaves_the_terminal_as_it_was() {
    let mut session = Session::start(100, 30, &["--sample"]);
    session.shows("Argentina");
    let pid = session.child.process_id().unwrap().to_string();
    let killed = std::process::Command::new("kill")
        .args(["-TERM", &pid])
        .status()
        .unwrap();
    assert!(killed.success());
    let (code, raw) = session.ended();
    assert_eq!(code, 0);
    assert!(left_as_found(&raw));
}

#[test]
fn the_first_run_without_a_network_shows_the_sample() {
    // Names under .example are never found (RFC 2606).
    let dir = tempfile::tempdir().unwrap();
    let catalogue = dir.path().join("catalogue.json");
    std::fs::write(
        &catalogue,
        r#"{"version": "t", "countries": [{"code": "UA", "name": "Ukraine", "region": "Europe",
            "lat": 49.0, "lon": 31.4, "languages": ["uk"]}],
            "publishers": [{"id": "a", "name": "A", "home": "https://a.example/", "country": "UA",
            "language": "uk", "feeds": ["https://a.example/rss"]}]}"#,
    )
    .unwrap();
    let mut session = Session::start(100, 30, &["--catalogue", catalogue.to_str().unwrap()]);
    session.shows("SAMPLE");
    session.shows("Argentina");
    session.press("q");
    assert_eq!(session.ended().0, 0);
}
