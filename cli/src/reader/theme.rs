//! How things look: the terminal's own colours, so that light and dark both read well.

use overview_core::model::PerspectiveKind;
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
    /// How many colours the terminal has.
    pub(super) depth: Depth,
    coloured: bool,
}

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Sixteen, or none: no pictures.
    Few,
    /// The 216 of the xterm cube, and more.
    Cube,
    /// All.
    True,
}

impl Depth {
    /// By what terminals say of themselves: `COLORTERM` and `TERM`.
    pub(super) fn detect(colours: bool, colorterm: &str, term: &str) -> Self {
        if !colours {
            Self::Few
        } else if matches!(colorterm, "truecolor" | "24bit") || term.ends_with("-direct") {
            Self::True
        } else if term.contains("256color") {
            Self::Cube
        } else {
            Self::Few
        }
    }

    /// The nearest colour that the terminal has.
    pub(super) fn color(self, [red, green, blue]: [u8; 3]) -> Color {
        match self {
            Self::True => Color::Rgb(red, green, blue),
            Self::Few | Self::Cube => {
                // The cube's steps are at 0, 95, 135, 175, 215 and 255.
                let step = |value: u8| match value {
                    0..=47 => 0,
                    48..=114 => 1,
                    _ => (value - 35) / 40,
                };
                Color::Indexed(16 + 36 * step(red) + 6 * step(green) + step(blue))
            }
        }
    }
}

impl Theme {
    /// A perspective's colour; its shape and name say the same without.
    pub(super) fn perspective(&self, kind: PerspectiveKind) -> Style {
        let color = match kind {
            PerspectiveKind::Region => Color::Blue,
            PerspectiveKind::State => Color::Red,
            PerspectiveKind::Party => Color::Green,
            PerspectiveKind::Opinion => Color::Magenta,
            PerspectiveKind::Publisher => return Style::new(),
        };
        if self.coloured {
            Style::new().fg(color)
        } else {
            Style::new()
        }
    }

    /// Whether meaning may be given by colour.
    pub(super) fn has_colours(&self) -> bool {
        self.coloured
    }

    /// How a country of this [level](overview_core::globe::Tint::level) is drawn on the globe.
    pub(super) fn tint(&self, level: u8) -> Style {
        // From grey to blue, each to be seen on light and on dark.
        const FEW: [Color; 6] = [
            Color::DarkGray,
            Color::Gray,
            Color::Blue,
            Color::LightBlue,
            Color::Cyan,
            Color::LightCyan,
        ];
        const MANY: [[u8; 3]; 6] = [
            [110, 118, 123],
            [140, 152, 159],
            [100, 150, 170],
            [62, 143, 176],
            [30, 140, 192],
            [0, 160, 224],
        ];
        let level = usize::from(level).min(FEW.len() - 1);
        match self.depth {
            _ if !self.coloured => Style::new(),
            Depth::Few => Style::new().fg(FEW[level]),
            depth => Style::new().fg(depth.color(MANY[level])),
        }
    }

    /// How the selected country is drawn on the globe.
    pub(super) fn chosen(&self) -> Style {
        self.warning.add_modifier(Modifier::BOLD)
    }

    /// Colours unless they are not wanted. Text does with sixteen of them; pictures want more.
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
            coloured: colours,
            depth: Depth::detect(
                colours,
                &std::env::var("COLORTERM").unwrap_or_default(),
                &std::env::var("TERM").unwrap_or_default(),
            ),
        }
    }
}
