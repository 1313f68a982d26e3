//! The sentence an article begins with.

use super::gazetteer::dateline;
use crate::language::sentences;

/// Lines that are looked at: captions, bylines and headings stand before the first sentence.
const LINES: usize = 8;
/// What is shorter and does not end as sentences do is a heading.
const HEADING: usize = 60;
/// Characters before the dash of a dateline.
const DATELINE: usize = 80;
/// Characters of a line that are read.
const LINE: usize = 2_000;

/// The first sentence of the body, without its dateline, else of the summary; empty where neither
/// has one. At most as long as the sentence splitter lets one be.
pub(super) fn first_sentence(body: &str, summary: &str, language: &str) -> String {
    let body = body.lines().map(str::trim).filter(|line| !line.is_empty());
    body.take(LINES)
        .chain(summary.lines().map(str::trim).take(LINES))
        .find_map(|line| of_line(line, language))
        .or_else(|| {
            let summary = summary.trim();
            let range = sentences(super::article::beginning(summary, LINE))
                .into_iter()
                .next()?;
            Some(&summary[range])
        })
        .unwrap_or_default()
        .to_owned()
}

fn of_line<'a>(line: &'a str, language: &str) -> Option<&'a str> {
    let line = without_dateline(super::article::beginning(line, LINE), language);
    let first = line.get(sentences(line).into_iter().next()?)?;
    let ends = |c: char| {
        matches!(
            c,
            '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।' | '۔' | '։' | '።'
        )
    };
    let is_sentence = first
        .trim_end_matches(['"', '\'', '”', '’', '»', '“', ')', '」', '』', '*', '_'])
        .ends_with(ends)
        || first.chars().nth(HEADING).is_some();
    is_sentence.then_some(first)
}

/// "KYIV, Ukraine (AP) — The …", "【東京共同】…", "新华社北京11月3日电 …".
fn without_dateline<'a>(line: &'a str, language: &str) -> &'a str {
    let rest = bracketed(line)
        .or_else(|| cabled(line))
        .or_else(|| dashed(line, language));
    rest.map(str::trim_start)
        .filter(|rest| !rest.is_empty())
        .unwrap_or(line)
}

fn bracketed(line: &str) -> Option<&str> {
    let (_, rest) = line.strip_prefix(['【', '［'])?.split_once(['】', '］'])?;
    Some(rest)
}

fn cabled(line: &str) -> Option<&str> {
    let (head, rest) = line.split_once(['电', '電'])?;
    (head.contains('社') && head.chars().count() < 30).then_some(rest)
}

fn dashed<'a>(line: &'a str, language: &str) -> Option<&'a str> {
    let (at, dash) = [" — ", " – ", " -- ", " - ", ".- "]
        .into_iter()
        .filter_map(|dash| Some((line.find(dash)?, dash)))
        .min()?;
    let head = &line[..at];
    let first = head.split([' ', ',', '/', '(']).next().unwrap_or_default();
    let is_shouted = first.chars().filter(|c| c.is_uppercase()).count() >= 3
        && !first.chars().any(char::is_lowercase);
    let is_dateline = head.chars().nth(DATELINE).is_none()
        && !head.contains(". ")
        && (is_shouted || dateline(line, language).is_some());
    is_dateline.then(|| &line[at + dash.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_dateline_caption_or_heading() {
        for (body, summary, expected) in [
            ("It rained. They left.", "", "It rained."),
            (
                "KYIV, Ukraine (AP) — It rained. They left.",
                "",
                "It rained.",
            ),
            ("BEIJING, Yuanshan — A word. Two.", "", "A word."),
            (
                "Kyiv, June 3 - It rained on Kyiv.",
                "",
                "It rained on Kyiv.",
            ),
            (
                "The minister — a lawyer — resigned.",
                "",
                "The minister — a lawyer — resigned.",
            ),
            ("【東京共同】雨が降った。人々は去った。", "", "雨が降った。"),
            ("Photo: Jane Roe\nIt rained.", "", "It rained."),
            ("", "It rained. They left.", "It rained."),
            (
                "",
                "A summary without its stop",
                "A summary without its stop",
            ),
            ("Heading\n\n", "", ""),
            ("", "", ""),
        ] {
            assert_eq!(first_sentence(body, summary, "en"), expected, "{body}");
        }
    }
}
