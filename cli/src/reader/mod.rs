//! The full-screen reader.
//!
//! ```text
//! keys, mouse, sizes --\                               /-> screen (view, from the state alone)
//! answers, progress  ----> Message -> update(State) --+
//!                                                      \-> Effect -> effects (the store, a sync,
//!                                                          the browser) -> Message ...
//! ```
//!
//! `state` and `update` are pure: what a key does is tested without a terminal. Only `effects`
//! touches the store and only `terminal` the terminal.

mod effects;
mod globe;
mod globe_view;
mod keys;
mod language_effects;
mod languages;
mod languages_view;
mod layout;
mod mutes;
mod mutes_view;
mod own;
mod own_view;
mod position;
mod state;
mod stories;
mod stories_view;
mod terminal;
mod theme;
mod update;
mod view;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use overview_core::Overview;

use crate::command::rescued;
use crate::failure::Result;
use crate::sample;
use effects::Effects;
use state::State;
use terminal::Terminal;
use theme::{Depth, Theme};
use update::{Message, update};

/// How often a globe that turns by itself is drawn.
const PICTURE_EVERY: Duration = Duration::from_millis(30);

/// What the reader begins with.
pub(crate) struct Opening {
    /// What is read.
    pub(crate) overview: Arc<Overview>,
    /// It is the sample world, which is said on every screen.
    pub(crate) sample: bool,
    /// Whether colours are wanted.
    pub(crate) colours: bool,
}

/// Shows the reader until it is left.
pub(crate) fn run(opening: Opening) -> Result<()> {
    let theme = Theme::detect(opening.colours);
    let (sender, messages) = mpsc::channel();
    let mut terminal = Terminal::enter(sender.clone())?;
    let mut state = State::new(terminal.size()?, chrono::Utc::now());
    state.zone = *chrono::Local::now().offset();
    state.sample = opening.sample;
    state.pictures = theme.depth != Depth::Few;
    state.status = match opening.overview.salvaged()? {
        Some(report) => Some(rescued(&report)),
        None => opening.sample.then(|| sample::NOTICE.to_owned()),
    };
    let effects = Effects::start(opening.overview, sender)?;
    effects.run(update(&mut state, Message::Opened));
    while !state.ended {
        terminal.draw(|frame| view::draw(frame, &state, &theme))?;
        // Sleeps until something happens, or while the globe turns until its next picture; then
        // takes all that happened at once.
        let first = match state.globe.flight {
            None => messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(_) => messages.recv_timeout(PICTURE_EVERY),
        };
        let first = match first {
            Ok(message) => message,
            Err(RecvTimeoutError::Timeout) => Message::Tick,
            Err(RecvTimeoutError::Disconnected) => break,
        };
        state.now = chrono::Utc::now();
        effects.run(update(&mut state, first));
        while let Ok(next) = messages.try_recv() {
            effects.run(update(&mut state, next));
        }
    }
    Ok(())
}
