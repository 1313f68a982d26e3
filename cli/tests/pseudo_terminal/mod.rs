//! The program in a real pseudo-terminal, for tests and for the pictures of the README.
#![allow(dead_code)] // neither needs all of it

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// Longest that the screen may take to show something, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Whether the alternate screen, the hidden cursor and the mouse were given back.
pub(crate) fn left_as_found(raw: &[u8]) -> bool {
    let found = |wanted: &[u8]| raw.windows(wanted.len()).any(|bytes| bytes == wanted);
    found(b"\x1b[?1049l") && found(b"\x1b[?25h") && found(b"\x1b[?1000l")
}

/// A program, the keys it gets and the screen it draws, with a home directory of its own.
pub(crate) struct Session {
    _home: TempDir,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    raw: Vec<u8>,
}

impl Session {
    pub(crate) fn start(
        program: impl AsRef<OsStr>,
        (columns, rows): (u16, u16),
        arguments: &[&str],
    ) -> Self {
        let home = tempfile::tempdir().unwrap();
        let pty = native_pty_system().openpty(size(columns, rows)).unwrap();
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.env("HOME", home.path());
        command.env("TERM", "xterm-256color");
        // With pictures.
        command.env("COLORTERM", "truecolor");
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
            screen: vt100::Parser::new(cells(rows), cells(columns), 0),
            raw: Vec::new(),
        }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Reads on until the screen is as wanted.
    pub(crate) fn until(&mut self, what: &str, wanted: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let contents = self.screen.screen().contents();
            if wanted(&contents) {
                return;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(bytes),
                Err(RecvTimeoutError::Timeout) => panic!("no {what} on\n{contents}"),
                Err(RecvTimeoutError::Disconnected) => panic!("it ended before {what}\n{contents}"),
            }
        }
    }

    pub(crate) fn shows(&mut self, words: &str) {
        self.until(words, |screen| screen.contains(words));
    }

    /// Reads until the screen has been quiet for a moment.
    pub(crate) fn settle(&mut self) {
        let mut patience = PATIENCE;
        while let Ok(bytes) = self.output.recv_timeout(patience) {
            self.take(bytes);
            patience = Duration::from_secs(1);
        }
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.master.resize(size(columns, rows)).unwrap();
        let screen = self.screen.screen_mut();
        screen.set_size(cells(rows), cells(columns));
    }

    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.screen.screen()
    }

    pub(crate) fn process_id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    fn take(&mut self, bytes: Vec<u8>) {
        self.screen.process(&bytes);
        self.raw.extend(bytes);
    }

    /// The exit code, and everything that was written.
    pub(crate) fn ended(mut self) -> (u32, Vec<u8>) {
        let status = self.child.wait().unwrap();
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.raw.extend(bytes);
        }
        (status.exit_code(), self.raw)
    }
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}
