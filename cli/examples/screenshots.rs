//! Runs the reader on the sample world in a pseudo-terminal and draws what it shows as SVG:
//! `make screenshots`. Nothing in the pictures is drawn by hand.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../tests/pseudo_terminal/mod.rs"]
mod pseudo_terminal;

use std::fmt::Write as _;

use pseudo_terminal::Session;

const COLUMNS: u16 = 120;
const ROWS: u16 = 36;
/// Size of a cell in the picture.
const WIDE: f32 = 9.0;
const HIGH: f32 = 19.0;
const INK: &str = "#12181c";
const PAPER: &str = "#ffffff";

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (program, folder) = (arguments.next().unwrap(), arguments.next().unwrap());
    // The terminal begins in the home directory.
    let program = std::path::absolute(program).unwrap();
    let mut session = Session::start(program, (COLUMNS, ROWS), &["--sample"]);
    session.settle();
    std::fs::write(format!("{folder}/world.svg"), svg(session.screen())).unwrap();
    // Past the morning briefing, which no other country tells.
    for press in ["/united k\r", "\r", "j", "\r"] {
        session.press(press);
        session.settle();
    }
    session.shows("▀");
    session.settle();
    std::fs::write(format!("{folder}/article.svg"), svg(session.screen())).unwrap();
    session.press("q");
    assert_eq!(session.ended().0, 0);
}

fn svg(screen: &vt100::Screen) -> String {
    let (width, height) = (
        f32::from(COLUMNS) * WIDE + 32.0,
        f32::from(ROWS) * HIGH + 32.0,
    );
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" \
         font-size=\"15\">\n<rect width=\"100%\" height=\"100%\" rx=\"12\" fill=\"{PAPER}\" \
         stroke=\"#dde2e5\"/>\n"
    );
    for row in 0..ROWS {
        let mut column = 0;
        while column < COLUMNS {
            let Some(cell) = screen.cell(row, column) else {
                break;
            };
            let wide = if cell.is_wide() { 2 } else { 1 };
            let (ink, paper) = colours(cell);
            let x = 16.0 + f32::from(column) * WIDE;
            let y = 16.0 + f32::from(row) * HIGH;
            let across = WIDE * f32::from(wide);
            if paper != PAPER {
                // A little wider than the cell, so that no seam shows between two.
                let _ = writeln!(
                    out,
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" fill=\"{paper}\"/>",
                    across + 0.6,
                    HIGH + 0.6
                );
            }
            let text = cell.contents();
            if text == "▀" {
                // The upper half of a cell: its ink, over the paper of the lower.
                let _ = writeln!(
                    out,
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" fill=\"{ink}\"/>",
                    across + 0.6,
                    HIGH / 2.0 + 0.3
                );
            } else if !text.trim().is_empty() {
                let weight = if cell.bold() {
                    " font-weight=\"700\""
                } else {
                    ""
                };
                let text = text.replace('&', "&amp;").replace('<', "&lt;");
                let baseline = y + 14.0;
                let _ = writeln!(
                    out,
                    "<text x=\"{x}\" y=\"{baseline}\" fill=\"{ink}\"{weight}>{text}</text>"
                );
            }
            column += wide;
        }
    }
    out + "</svg>\n"
}

/// Ink and paper of a cell.
fn colours(cell: &vt100::Cell) -> (String, String) {
    let mut ink = match cell.fgcolor() {
        vt100::Color::Idx(2) => "#1b6440".to_owned(),
        vt100::Color::Idx(3) => "#824100".to_owned(),
        vt100::Color::Idx(6) => "#005c7a".to_owned(),
        vt100::Color::Rgb(red, green, blue) => hex(red, green, blue),
        _ if cell.dim() => "#5e6970".to_owned(),
        _ => INK.to_owned(),
    };
    let mut paper = match cell.bgcolor() {
        vt100::Color::Rgb(red, green, blue) => hex(red, green, blue),
        _ => PAPER.to_owned(),
    };
    if cell.inverse() {
        std::mem::swap(&mut ink, &mut paper);
    }
    (ink, paper)
}

fn hex(red: u8, green: u8, blue: u8) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
