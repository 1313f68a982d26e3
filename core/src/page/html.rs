//! Blocks as HTML: only elements and attributes that neither run nor load code, all text escaped.
//! Reading the result again gives the same blocks.

use std::fmt::Write as _;

use crate::model::{Block, Cell, Image, Run};

/// Renders blocks as HTML that is safe to show anywhere.
pub fn html_of(blocks: &[Block]) -> String {
    let mut out = String::new();
    push_blocks(&mut out, blocks);
    out
}

fn push_blocks(out: &mut String, blocks: &[Block]) {
    for block in blocks {
        push_block(out, block);
        out.push('\n');
    }
}

fn push_block(out: &mut String, block: &Block) {
    match block {
        Block::Heading { level, runs } => {
            let _ = write!(out, "<h{level}>");
            push_runs(out, runs);
            let _ = write!(out, "</h{level}>");
        }
        Block::Paragraph { runs } => wrapped(out, "p", runs),
        Block::Quote {
            blocks,
            attribution,
        } => {
            out.push_str("<blockquote>\n");
            push_blocks(out, blocks);
            if !attribution.is_empty() {
                wrapped(out, "footer", attribution);
            }
            out.push_str("</blockquote>");
        }
        Block::List { start, items } => {
            let name = if start.is_some() { "ol" } else { "ul" };
            match start {
                Some(start) if *start != 1 => {
                    let _ = write!(out, "<ol start=\"{start}\">");
                }
                _ => {
                    let _ = write!(out, "<{name}>");
                }
            }
            for item in items {
                out.push_str("<li>");
                push_blocks(out, item);
                out.push_str("</li>");
            }
            let _ = write!(out, "</{name}>");
        }
        Block::Image(image) => push_image(out, image),
        Block::Table { caption, rows } => push_table(out, caption, rows),
        Block::Code { text } => {
            // The first line break in `pre` is not part of it, so one more is always there.
            out.push_str("<pre>\n<code>");
            escape(out, text);
            out.push_str("</code></pre>");
        }
        Block::Rule => out.push_str("<hr>"),
        Block::Embed { url, provider } => {
            out.push_str("<figure class=\"embed\"><a href=\"");
            escape(out, url.as_str());
            out.push_str("\">");
            escape(out, provider);
            out.push_str("</a></figure>");
        }
    }
}

fn wrapped(out: &mut String, name: &str, runs: &[Run]) {
    let _ = write!(out, "<{name}>");
    push_runs(out, runs);
    let _ = write!(out, "</{name}>");
}

fn push_image(out: &mut String, image: &Image) {
    out.push_str("<figure>");
    if let Some(link) = &image.link {
        out.push_str("<a href=\"");
        escape(out, link.as_str());
        out.push_str("\">");
    }
    out.push_str("<img src=\"");
    escape(out, image.url.as_str());
    out.push_str("\" alt=\"");
    escape(out, &image.alt);
    out.push('"');
    for (name, value) in [("width", image.width), ("height", image.height)] {
        if let Some(value) = value {
            let _ = write!(out, " {name}=\"{value}\"");
        }
    }
    out.push('>');
    if image.link.is_some() {
        out.push_str("</a>");
    }
    if !image.caption.is_empty() || !image.credit.is_empty() {
        out.push_str("<figcaption>");
        push_runs(out, &image.caption);
        if !image.credit.is_empty() {
            out.push_str("<small>");
            escape(out, &image.credit);
            out.push_str("</small>");
        }
        out.push_str("</figcaption>");
    }
    out.push_str("</figure>");
}

fn push_table(out: &mut String, caption: &[Run], rows: &[Vec<Cell>]) {
    out.push_str("<table>");
    if !caption.is_empty() {
        wrapped(out, "caption", caption);
    }
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            let name = if cell.heading { "th" } else { "td" };
            let _ = write!(out, "<{name}");
            for (name, span) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
                if span != 1 {
                    let _ = write!(out, " {name}=\"{span}\"");
                }
            }
            out.push('>');
            push_blocks(out, &cell.blocks);
            let _ = write!(out, "</{name}>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>");
}

fn push_runs(out: &mut String, runs: &[Run]) {
    for run in runs {
        if let Some(link) = &run.link {
            out.push_str("<a href=\"");
            escape(out, link.as_str());
            out.push_str("\">");
        }
        let styles = [
            (run.strong, "strong"),
            (run.emphasis, "em"),
            (run.code, "code"),
        ];
        for (_, name) in styles.iter().filter(|(on, _)| *on) {
            let _ = write!(out, "<{name}>");
        }
        for (at, line) in run.text.split('\n').enumerate() {
            if at > 0 {
                out.push_str("<br>");
            }
            escape(out, line);
        }
        for (_, name) in styles.iter().rev().filter(|(on, _)| *on) {
            let _ = write!(out, "</{name}>");
        }
        if run.link.is_some() {
            out.push_str("</a>");
        }
    }
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\r' => out.push_str("&#13;"),
            _ => out.push(c),
        }
    }
}
