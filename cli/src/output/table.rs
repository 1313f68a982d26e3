//! Tables without rules: columns two spaces apart, one line a row.

use comfy_table::{Attribute, CellAlignment, Color, ColumnConstraint, ContentArrangement, Width};
use comfy_table::{Cell as Inner, Row, presets};

use super::text;

/// How wide, and for what kind of reader.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    /// Columns of the terminal; `None` where there is none: as wide as it takes.
    pub(crate) width: Option<u16>,
    /// Whether a terminal is going to order the characters.
    pub(crate) isolate: bool,
}

/// A column: its heading and how its cells stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    heading: &'static str,
    right: bool,
    widest: Option<u16>,
}

impl Column {
    /// Text.
    pub(crate) const fn left(heading: &'static str) -> Self {
        Self {
            heading,
            right: false,
            widest: None,
        }
    }

    /// Numbers and ages.
    pub(crate) const fn right(heading: &'static str) -> Self {
        Self {
            heading,
            right: true,
            widest: None,
        }
    }

    /// Never wider than this: the rest of the row needs the space more.
    pub(crate) const fn at_most(mut self, widest: u16) -> Self {
        self.widest = Some(widest);
        self
    }
}

/// A cell: text of anybody's, and how it looks.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    text: String,
    look: Look,
}

#[derive(Debug, Clone, Copy)]
enum Look {
    Plain,
    Strong,
    Dim,
    Bad,
}

impl Cell {
    /// As it is.
    pub(crate) fn plain(text: impl AsRef<str>) -> Self {
        Self::new(text.as_ref(), Look::Plain)
    }

    /// What the eye should find.
    pub(crate) fn strong(text: impl AsRef<str>) -> Self {
        Self::new(text.as_ref(), Look::Strong)
    }

    /// What it may skip.
    pub(crate) fn dim(text: impl AsRef<str>) -> Self {
        Self::new(text.as_ref(), Look::Dim)
    }

    /// Trouble.
    pub(crate) fn bad(text: impl AsRef<str>) -> Self {
        Self::new(text.as_ref(), Look::Bad)
    }

    fn new(text: &str, look: Look) -> Self {
        Self {
            text: text::line(text),
            look,
        }
    }
}

/// Between the words of a cell that stays on one line: such a cell is cut where the column ends,
/// not at the word before.
const NO_BREAK_SPACE: &str = "\u{a0}";

/// A table being filled.
pub(crate) struct Table {
    inner: comfy_table::Table,
    columns: Vec<Column>,
    isolate: bool,
    indent: u16,
    one_line: bool,
}

impl Table {
    /// A table with headings, unless all of them are empty.
    pub(crate) fn new(layout: Layout, columns: &[Column]) -> Self {
        let mut inner = comfy_table::Table::new();
        inner.load_style(presets::NOTHING);
        // What is printed goes through a stream that takes colours out where none are wanted.
        inner.enforce_styling();
        inner.style_text_only();
        if let Some(width) = layout.width {
            inner.set_content_arrangement(ContentArrangement::Dynamic);
            inner.set_width(width);
        } else {
            inner.set_content_arrangement(ContentArrangement::Disabled);
        }
        if columns.iter().any(|column| !column.heading.is_empty()) {
            let headings = columns
                .iter()
                .map(|column| styled(column.heading.to_owned(), Look::Dim, column.right));
            inner.set_header(Row::from(headings.collect::<Vec<_>>()));
        }
        Self {
            inner,
            columns: columns.to_vec(),
            isolate: layout.isolate,
            indent: 0,
            one_line: true,
        }
    }

    /// Lets long cells go on in the next line instead of ending in "…".
    pub(crate) fn wrapping(mut self) -> Self {
        self.one_line = false;
        self
    }

    /// Moves the whole table to the right.
    pub(crate) fn indented(mut self, columns: u16) -> Self {
        self.indent = columns;
        self
    }

    /// Adds a row.
    pub(crate) fn row<const N: usize>(&mut self, cells: [Cell; N]) {
        let cells = cells.into_iter().zip(&self.columns).map(|(cell, column)| {
            let mut text = cell.text;
            if self.one_line {
                text = text.replace(' ', NO_BREAK_SPACE);
            }
            if self.isolate {
                // Cut here, or the cut would take the end of the isolate with it.
                if let Some(widest) = column.widest {
                    text = text::fit(text, usize::from(widest));
                }
                text = text::isolated(text);
            }
            styled(text, cell.look, column.right)
        });
        let mut row = Row::from(cells.collect::<Vec<_>>());
        if self.one_line {
            row.max_height(1);
        }
        self.inner.add_row(row);
    }

    /// Whether it has no row.
    pub(crate) fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }

    /// The lines, without white space at their ends.
    pub(crate) fn draw(mut self) -> String {
        let last = self.columns.len().saturating_sub(1);
        for (index, column) in self.columns.iter().enumerate() {
            if let Some(inner) = self.inner.column_mut(index) {
                let before = if index == 0 { self.indent } else { 0 };
                let after = if index == last { 0 } else { 2 };
                inner.set_padding((before, after));
                if let Some(widest) = column.widest {
                    let widest = Width::Fixed(widest + before + after);
                    inner.set_constraint(ColumnConstraint::UpperBoundary(widest));
                }
            }
        }
        let mut drawn = String::new();
        for line in self.inner.lines() {
            drawn.push_str(line.replace(NO_BREAK_SPACE, " ").trim_end());
            drawn.push('\n');
        }
        drawn
    }
}

fn styled(text: String, look: Look, right: bool) -> Inner {
    // Styling nothing would leave escapes behind the last word of a line.
    let look = if text.is_empty() { Look::Plain } else { look };
    let cell = Inner::new_owned(text);
    let cell = match look {
        Look::Plain => cell,
        Look::Strong => cell.add_attribute(Attribute::Bold),
        Look::Dim => cell.add_attribute(Attribute::Dim),
        Look::Bad => cell.fg(Color::Red),
    };
    if right {
        cell.set_alignment(CellAlignment::Right)
    } else {
        cell
    }
}
