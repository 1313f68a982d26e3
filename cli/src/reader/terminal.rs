//! The terminal: taken over, read from, and left as it was found.

use std::io::{self, Stdout, Write, stdout};
use std::sync::Once;
use std::sync::mpsc::Sender;

use ratatui::Frame;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{self, DisableMouseCapture, EnableMouseCapture, Event};
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, size,
};
use ratatui::crossterm::{cursor, execute};

use super::update::Message;
use crate::interrupt;

/// Asks a terminal that reorders right-to-left text by itself not to: what we write is in visual
/// order. BDSM, ECMA-48 8.3.? as in the terminal working group's "BiDi in Terminal Emulators".
const EXPLICIT_DIRECTION: &[u8] = b"\x1b[8l";
const IMPLICIT_DIRECTION: &[u8] = b"\x1b[8h";

/// The terminal while the reader has it. Gives it back when dropped.
pub(super) struct Terminal {
    inner: ratatui::Terminal<CrosstermBackend<Stdout>>,
}

impl Terminal {
    /// Takes the terminal over and sends what is typed and clicked.
    pub(super) fn enter(messages: Sender<Message>) -> io::Result<Self> {
        restore_on_panic();
        enable_raw_mode()?;
        let mut out = stdout();
        let entered = execute!(out, EnterAlternateScreen, EnableMouseCapture, cursor::Hide)
            .and_then(|()| out.write_all(EXPLICIT_DIRECTION))
            .and_then(|()| ratatui::Terminal::new(CrosstermBackend::new(stdout())));
        let inner = match entered {
            Ok(inner) => inner,
            Err(error) => {
                restore();
                return Err(error);
            }
        };
        let terminal = Self { inner };
        listen(messages.clone())?;
        listen_for_signals(messages)?;
        Ok(terminal)
    }

    pub(super) fn size(&self) -> io::Result<(u16, u16)> {
        size()
    }

    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.inner.draw(draw).map(drop)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back. Nobody is left to tell when it fails.
fn restore() {
    let mut out = stdout();
    let _ = out.write_all(IMPLICIT_DIRECTION);
    let _ = execute!(out, DisableMouseCapture, LeaveAlternateScreen, cursor::Show);
    let _ = disable_raw_mode();
}

/// A panic's message is of no use on the alternate screen.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            restore();
            before(info);
        }));
    });
}

/// Reads what is typed on a thread of its own; it ends with the program.
fn listen(messages: Sender<Message>) -> io::Result<()> {
    std::thread::Builder::new()
        .name("overview-input".to_owned())
        .spawn(move || {
            loop {
                let message = match event::read() {
                    Ok(Event::Key(key)) => Message::Key(key),
                    Ok(Event::Mouse(mouse)) => Message::Mouse(mouse),
                    Ok(Event::Resize(columns, rows)) => Message::Resized(columns, rows),
                    Ok(_) => continue,
                    Err(_) => Message::Ended,
                };
                let ended = matches!(message, Message::Ended);
                if messages.send(message).is_err() || ended {
                    break;
                }
            }
        })
        .map(drop)
}

/// A signal that asks the program to end is a key like any other.
fn listen_for_signals(messages: Sender<Message>) -> io::Result<()> {
    std::thread::Builder::new()
        .name("overview-signals".to_owned())
        .spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            if let Ok(runtime) = runtime {
                let ended = runtime.block_on(asked_to_end());
                if ended.is_ok() {
                    let _ = messages.send(Message::Ended);
                }
            }
        })
        .map(drop)
}

/// As any work is ended, or by a terminal that goes away.
async fn asked_to_end() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut hang_up = signal(SignalKind::hangup())?;
        tokio::select! {
            asked = interrupt::signalled() => asked,
            _ = hang_up.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    interrupt::signalled().await
}
