//! The line that moves while a person waits.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A progress line on standard error; nothing at all where that is no terminal.
#[derive(Clone)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Begins. `visible` is false where a program reads.
    pub(crate) fn start(doing: &'static str, visible: bool) -> Self {
        // `stderr` hides itself where it is no terminal.
        let target = if visible {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        bar.set_prefix(doing);
        // A template that does not parse would only cost the looks.
        if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix} {wide_msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    /// So many of so many are done; `details` fill the line.
    pub(crate) fn update(&self, done: u32, planned: u32, details: String) {
        if self.0.length().is_none()
            && let Ok(style) =
                ProgressStyle::with_template("{spinner} {prefix} {bar:20} {pos}/{len}  {wide_msg}")
        {
            self.0.set_style(style.progress_chars("━━ "));
        }
        self.0.set_length(u64::from(planned));
        self.0.set_position(u64::from(done));
        self.0.set_message(details);
    }

    /// Says that it heard the first Ctrl-C.
    pub(crate) fn stopping(&self) {
        self.0.println("Stopping. Ctrl-C again ends at once.");
    }

    /// Takes the line away for good.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
