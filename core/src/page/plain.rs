//! Blocks as plain text: for searching, counting, and readers without a screen of their own.

use crate::model::{Block, Run, plain};

/// The words of blocks, one block or table row a line; pictures and embeds are left out.
pub fn text_of(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    push_lines(&mut lines, blocks);
    lines.join("\n")
}

fn push_lines(lines: &mut Vec<String>, blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Heading { runs, .. } | Block::Paragraph { runs } => push_line(lines, runs),
            Block::Quote {
                blocks,
                attribution,
            } => {
                push_lines(lines, blocks);
                push_line(lines, attribution);
            }
            Block::List { items, .. } => items.iter().for_each(|item| push_lines(lines, item)),
            Block::Table { caption, rows } => {
                push_line(lines, caption);
                for row in rows {
                    let mut cells = Vec::new();
                    row.iter()
                        .for_each(|cell| push_lines(&mut cells, &cell.blocks));
                    lines.push(cells.join(" "));
                }
            }
            Block::Code { text } => lines.push(text.clone()),
            Block::Image(_) | Block::Rule | Block::Embed { .. } => {}
        }
    }
}

fn push_line(lines: &mut Vec<String>, runs: &[Run]) {
    if !runs.is_empty() {
        lines.push(plain(runs));
    }
}
