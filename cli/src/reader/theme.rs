//! How things look: the terminal's own colours, so that light and dark both read well.

use ratatui::style::{Color, Modifier, Style};

/// Styles by meaning.
#[derive(Debug, Clone, Copy)]
pub(super) struct Theme {
    /// What can be acted upon, and unread marks.
    pub(super) accent: Style,
    /// Headlines that are unread.
    pub(super) strong: Style,
    /// What the eye may skip.
    pub(super) dim: Style,
    /// The selected row.
    pub(super) selected: Style,
    /// Saved.
    pub(super) saved: Style,
    /// Something went wrong, and that this is the sample world.
    pub(super) warning: Style,
}

impl Theme {
    /// Colours unless they are not wanted; sixteen of them do on any terminal.
    pub(super) fn detect(colours: bool) -> Self {
        let coloured = |color| {
            if colours {
                Style::new().fg(color)
            } else {
                Style::new()
            }
        };
        Self {
            accent: coloured(Color::Cyan),
            strong: Style::new().add_modifier(Modifier::BOLD),
            dim: Style::new().add_modifier(Modifier::DIM),
            selected: Style::new().add_modifier(Modifier::REVERSED),
            saved: coloured(Color::Green),
            warning: coloured(Color::Yellow),
        }
    }
}
