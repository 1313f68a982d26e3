//! The body of an article: what a screen draws. No markup, nothing that could run or load code.

use serde::{Deserialize, Serialize};
use url::Url;

/// A piece of body text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Never empty. Spaces are single; none begins or ends a block.
    pub text: String,
    /// Important: bold.
    #[serde(default, skip_serializing_if = "is_false")]
    pub strong: bool,
    /// Stressed: italic.
    #[serde(default, skip_serializing_if = "is_false")]
    pub emphasis: bool,
    /// Of a program: monospaced.
    #[serde(default, skip_serializing_if = "is_false")]
    pub code: bool,
    /// Where it leads: http or https, without parameters that only follow the reader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Url>,
}

/// A picture of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// The best candidate for a phone: http or https.
    pub url: Url,
    /// What it shows, for who cannot see it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
    /// What the publisher writes below it; may be empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caption: Vec<Run>,
    /// Who made it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub credit: String,
    /// Width in pixels as the page says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height in pixels as the page says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Where it leads: http or https.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Url>,
}

impl Image {
    /// A picture of which only the address is known.
    pub fn at(url: Url) -> Self {
        Self {
            url,
            alt: String::new(),
            caption: Vec::new(),
            credit: String::new(),
            width: None,
            height: None,
            link: None,
        }
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Says what its row or column is.
    #[serde(default, skip_serializing_if = "is_false")]
    pub heading: bool,
    /// Columns it spans, from 1.
    pub columns: u16,
    /// Rows it spans, from 1.
    pub rows: u16,
    /// What stands in it; may be empty.
    pub blocks: Vec<Block>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// The addresses of the pictures in blocks, in order.
pub fn pictures(blocks: &[Block]) -> Vec<&Url> {
    let mut found = Vec::new();
    push_pictures(&mut found, blocks);
    found
}

fn push_pictures<'b>(found: &mut Vec<&'b Url>, blocks: &'b [Block]) {
    for block in blocks {
        match block {
            Block::Image(image) => found.push(&image.url),
            Block::Quote { blocks, .. } => push_pictures(found, blocks),
            Block::List { items, .. } => items.iter().for_each(|item| push_pictures(found, item)),
            Block::Table { rows, .. } => rows
                .iter()
                .flatten()
                .for_each(|cell| push_pictures(found, &cell.blocks)),
            Block::Heading { .. }
            | Block::Paragraph { .. }
            | Block::Code { .. }
            | Block::Rule
            | Block::Embed { .. } => {}
        }
    }
}

/// The text of runs without their styles.
pub fn plain(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Which way lines run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// As in Latin.
    #[default]
    LeftToRight,
    /// As in Arabic.
    RightToLeft,
}

impl Direction {
    /// The direction that a language (BCP 47) is usually written in.
    pub fn of_language(tag: &str) -> Self {
        const RIGHT_TO_LEFT: [&str; 10] =
            ["ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"];
        let language = super::primary_language(tag);
        let script = tag
            .split('-')
            .skip(1)
            .find(|part| part.len() == 4)
            .map(str::to_ascii_lowercase);
        match script.as_deref() {
            Some("arab" | "hebr" | "thaa" | "syrc") => Self::RightToLeft,
            Some(_) => Self::LeftToRight,
            None if RIGHT_TO_LEFT.contains(&language.as_str()) => Self::RightToLeft,
            None => Self::LeftToRight,
        }
    }
}
