//! The body of an article: what a screen draws. No markup, nothing that could run or load code.

use overview_core::model::{Block, Cell, Direction, Image, Run};

use crate::Url;

/// A piece of body text.
#[uniffi::remote(Enum)]
pub enum Block {
    /// A subhead.
    Heading {
        /// 1 to 6, as the publisher has it.
        level: u8,
        /// Its text; never empty.
        runs: Vec<Run>,
    },
    /// A paragraph.
    Paragraph {
        /// Its text; never empty. A line break is `\n`.
        runs: Vec<Run>,
    },
    /// Somebody else's words set apart.
    Quote {
        /// What is quoted; never empty.
        blocks: Vec<Block>,
        /// Who said it, where the markup says so; may be empty.
        attribution: Vec<Run>,
    },
    /// A list.
    // Another name: in Kotlin it would hide the type of lists.
    #[uniffi(name = "ItemList")]
    List {
        /// The number of the first item; `None` when items have dots, not numbers.
        start: Option<i64>,
        /// What stands in each item; none is empty. Lists nest.
        items: Vec<Vec<Block>>,
    },
    /// A picture.
    Image(Image),
    /// A table of data.
    Table {
        /// What it shows; may be empty.
        caption: Vec<Run>,
        /// From top to bottom; never empty.
        rows: Vec<Vec<Cell>>,
    },
    /// Text whose spaces and line breaks count.
    Code {
        /// Its lines.
        text: String,
    },
    /// A line across.
    Rule,
    /// Something that lives elsewhere: a film, a post, a map. Shown as a link.
    Embed {
        /// Where it is: http or https.
        url: Url,
        /// Whose it is, such as `YouTube`; the host where the name is not known.
        provider: String,
    },
}

/// A stretch of text of one style.
#[uniffi::remote(Record)]
pub struct Run {
    /// Never empty. Spaces are single; none begins or ends a block.
    pub text: String,
    /// Important: bold.
    pub strong: bool,
    /// Stressed: italic.
    pub emphasis: bool,
    /// Of a program: monospaced.
    pub code: bool,
    /// Where it leads: http or https, without parameters that only follow the reader.
    pub link: Option<Url>,
}

/// A picture of an article.
// Another name: SwiftUI has an Image, and the block of a picture is an Image too.
#[uniffi::remote(Record)]
#[uniffi(name = "Picture")]
pub struct Image {
    /// The best candidate for a phone: http or https.
    pub url: Url,
    /// What it shows, for who cannot see it; may be empty.
    pub alt: String,
    /// What the publisher writes below it; may be empty.
    pub caption: Vec<Run>,
    /// Who made it; may be empty.
    pub credit: String,
    /// Width in pixels as the page says.
    pub width: Option<u32>,
    /// Height in pixels as the page says.
    pub height: Option<u32>,
    /// Where it leads: http or https.
    pub link: Option<Url>,
}

/// A cell of a table.
#[uniffi::remote(Record)]
pub struct Cell {
    /// Says what its row or column is.
    pub heading: bool,
    /// Columns it spans, from 1.
    pub columns: u16,
    /// Rows it spans, from 1.
    pub rows: u16,
    /// What stands in it; may be empty.
    pub blocks: Vec<Block>,
}

/// Which way lines run.
#[uniffi::remote(Enum)]
pub enum Direction {
    /// As in Latin.
    LeftToRight,
    /// As in Arabic.
    RightToLeft,
}
