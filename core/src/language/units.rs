//! The texts of an article that are translated one by one: a paragraph, a subhead, a caption.

use sha2::{Digest, Sha256};

use crate::model::{Block, Cell, Image, Run};

/// Names a text in a language, with its styles and links, wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextKey(pub [u8; 16]);

impl TextKey {
    /// The key of `runs` in `language` (BCP 47; only its first part counts).
    pub fn of(language: &str, runs: &[Run]) -> Self {
        let mut hash = Sha256::new();
        let mut part = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        part(super::primary(language).as_bytes());
        for run in runs {
            part(run.text.as_bytes());
            part(&[
                u8::from(run.strong),
                u8::from(run.emphasis),
                u8::from(run.code),
            ]);
            part(
                run.link
                    .as_ref()
                    .map_or("", |link| link.as_str())
                    .as_bytes(),
            );
        }
        let mut key = [0; 16];
        key.copy_from_slice(&hash.finalize()[..16]);
        Self(key)
    }
}

/// A text without styles.
pub fn unstyled(text: &str) -> Vec<Run> {
    vec![Run {
        text: text.to_owned(),
        ..Run::default()
    }]
}

/// Whether there is anything to translate: a word.
pub fn has_words(runs: &[Run]) -> bool {
    runs.iter()
        .any(|run| !run.code && run.text.chars().any(char::is_alphabetic))
}

/// The blocks with each text that has words as `translate` gives it; `None` leaves it as it is.
/// Code, and where things lead, stay.
pub fn map_texts(
    blocks: &[Block],
    translate: &mut dyn FnMut(&[Run]) -> Option<Vec<Run>>,
) -> Vec<Block> {
    blocks.iter().map(|block| map(block, translate)).collect()
}

fn map(block: &Block, translate: &mut dyn FnMut(&[Run]) -> Option<Vec<Run>>) -> Block {
    match block {
        Block::Heading { level, runs } => Block::Heading {
            level: *level,
            runs: text(runs, translate),
        },
        Block::Paragraph { runs } => Block::Paragraph {
            runs: text(runs, translate),
        },
        Block::Quote {
            blocks,
            attribution,
        } => Block::Quote {
            blocks: map_texts(blocks, translate),
            attribution: text(attribution, translate),
        },
        Block::List { start, items } => Block::List {
            start: *start,
            items: items
                .iter()
                .map(|item| map_texts(item, translate))
                .collect(),
        },
        Block::Image(image) => Block::Image(map_image(image, translate)),
        Block::Table { caption, rows } => Block::Table {
            caption: text(caption, translate),
            rows: rows
                .iter()
                .map(|row| row.iter().map(|cell| map_cell(cell, translate)).collect())
                .collect(),
        },
        Block::Code { .. } | Block::Rule | Block::Embed { .. } => block.clone(),
    }
}

fn map_cell(cell: &Cell, translate: &mut dyn FnMut(&[Run]) -> Option<Vec<Run>>) -> Cell {
    Cell {
        blocks: map_texts(&cell.blocks, translate),
        ..cell.clone()
    }
}

/// A picture with its caption and its alternative text as `translate` gives them.
pub fn map_image(image: &Image, translate: &mut dyn FnMut(&[Run]) -> Option<Vec<Run>>) -> Image {
    let alt = match image.alt.as_str() {
        "" => String::new(),
        alt => crate::model::plain(&text(&unstyled(alt), translate)),
    };
    Image {
        alt,
        caption: text(&image.caption, translate),
        ..image.clone()
    }
}

fn text(runs: &[Run], translate: &mut dyn FnMut(&[Run]) -> Option<Vec<Run>>) -> Vec<Run> {
    if !has_words(runs) {
        return runs.to_vec();
    }
    translate(runs)
        .filter(|translated| !translated.is_empty())
        .unwrap_or_else(|| runs.to_vec())
}
