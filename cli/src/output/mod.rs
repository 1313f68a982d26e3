//! Everything that is printed goes through here.
//!
//! ```text
//! values -> figures, text, Table -> Output -> standard output (results)
//!                                          -> standard error  (notes, warnings, progress)
//! ```

pub(crate) mod figures;
mod progress;
mod table;
pub(crate) mod text;

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::args::ColorWhen;
pub(crate) use progress::Progress;
pub(crate) use table::{Cell, Column, Layout, Table};

/// What the eye should find.
pub(crate) const STRONG: Style = Style::new().bold();
/// What it may skip.
pub(crate) const PLAIN: Style = Style::new();
pub(crate) const DIM: Style = Style::new().dimmed();
/// What is said of American media.
pub(crate) const CLAIM: Style = AnsiColor::Yellow.on_default();
const WARNING: Style = AnsiColor::Yellow.on_default();
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// Text in a style. A stream that wants no colours drops the style.
pub(crate) fn paint(style: Style, text: impl AsRef<str>) -> String {
    format!("{style}{}{style:#}", text.as_ref())
}

/// Standard output for results, standard error for the rest.
pub(crate) struct Output {
    out: BufWriter<AutoStream<Stdout>>,
    err_color: ColorChoice,
    /// Whether a program reads.
    json: bool,
    layout: Layout,
}

impl Output {
    /// Looks at the terminal and the environment.
    pub(crate) fn new(json: bool, color: ColorWhen) -> Self {
        let wanted = match color {
            ColorWhen::Auto => ColorChoice::Auto,
            ColorWhen::Always => ColorChoice::AlwaysAnsi,
            ColorWhen::Never => ColorChoice::Never,
        };
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let width = std::env::var("COLUMNS")
            .ok()
            .and_then(|columns| columns.parse().ok());
        let width = width.or_else(|| {
            let (width, _) = terminal_size::terminal_size_of(&stdout)?;
            Some(width.0)
        });
        Self {
            out: BufWriter::new(AutoStream::new(stdout, wanted)),
            err_color: wanted,
            json,
            layout: Layout {
                // Narrower, and every column would be a stack of single letters.
                width: width
                    .filter(|width| *width > 0)
                    .map(|width: u16| width.max(40)),
                isolate: terminal,
            },
        }
    }

    /// Whether a program reads, so that the result is [`value`](Self::value), not text.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Whether a screen can be shown: text is wanted, and both ends are a terminal.
    pub(crate) fn is_for_a_person_at_a_terminal(&self) -> bool {
        !self.json && io::stdout().is_terminal() && io::stdin().is_terminal()
    }

    /// Whether what is printed has colours.
    pub(crate) fn has_colours(&self) -> bool {
        self.out.get_ref().current_choice() != ColorChoice::Never
    }

    /// How wide tables are.
    pub(crate) fn layout(&self) -> Layout {
        self.layout
    }

    /// How wide running text is: comfortable to read, and inside the terminal.
    pub(crate) fn text_width(&self) -> usize {
        self.layout
            .width
            .map_or(76, |width| usize::from(width).min(76))
    }

    /// A result for a program.
    pub(crate) fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> io::Result<()> {
        let json = serde_json::to_string_pretty(value)?;
        self.line(text::json(&json))
    }

    /// A line, or several. Text of strangers in it must have been through [`text`].
    pub(crate) fn line(&mut self, line: impl AsRef<str>) -> io::Result<()> {
        writeln!(self.out, "{}", line.as_ref())
    }

    /// A sentence or two, wrapped.
    pub(crate) fn sentence(&mut self, sentence: &str) -> io::Result<()> {
        let wrapped = text::paragraphs(sentence, self.text_width());
        write!(self.out, "{wrapped}")
    }

    /// A table.
    pub(crate) fn table(&mut self, table: Table) -> io::Result<()> {
        write!(self.out, "{}", table.draw())
    }

    /// Bytes that are written as they are: a manual page, completions.
    pub(crate) fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    /// What to do next, for a person only. Not part of the result, so that a pipe does not get it.
    pub(crate) fn note(&mut self, note: impl AsRef<str>) -> io::Result<()> {
        if self.json {
            return Ok(());
        }
        self.out.flush()?;
        self.tell(&paint(DIM, note));
        Ok(())
    }

    /// What a person must know whatever they asked for.
    pub(crate) fn warn(&mut self, warning: &str) {
        self.tell(&format!("{} {warning}", paint(WARNING, "warning:")));
    }

    /// Why nothing came of it.
    pub(crate) fn error(&mut self, code: &str, message: &str) {
        if self.json {
            let error = serde_json::json!({"error": {"code": code, "message": message}});
            self.tell(&text::json(&error.to_string()));
        } else {
            self.tell(&format!(
                "{} {}",
                paint(ERROR, "error:"),
                text::line(message)
            ));
        }
    }

    /// Sends what is buffered on its way.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// A line on standard error. When nobody listens there either, there is nobody to tell.
    fn tell(&self, line: &str) {
        let mut err = AutoStream::new(io::stderr(), self.err_color);
        let _ = writeln!(err, "{line}");
    }
}

/// A table as a reader without colours gets it.
#[cfg(test)]
pub(crate) fn plain(table: Table) -> String {
    anstream::adapter::strip_str(&table.draw()).to_string()
}
