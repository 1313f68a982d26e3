//! Text of strangers, made safe to print: a headline must not move the cursor, change the title
//! of the window or turn the rest of the line around.

use textwrap::WordSplitter;

/// Isolates text whose direction is its own; ends with [`POP`]. UAX #9.
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP: char = '\u{2069}';

/// One line: white space of any kind becomes a space, control characters go.
pub(crate) fn line(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let kept = clean.len();
        if kept > 0 {
            clean.push(' ');
        }
        let start = clean.len();
        clean.extend(word.chars().filter(|c| is_harmless(*c)));
        if clean.len() == start {
            clean.truncate(kept);
        }
    }
    clean
}

/// Paragraphs, apart by an empty line, each wrapped to `width` columns.
pub(crate) fn paragraphs(text: &str, width: usize) -> String {
    // Splitting at hyphens breaks names and addresses for little gain.
    let options = textwrap::Options::new(width).word_splitter(WordSplitter::NoHyphenation);
    let mut wrapped = String::with_capacity(text.len() + text.len() / 16);
    let mut empty = true;
    for row in text.lines() {
        let row = line(row);
        if row.is_empty() {
            empty = true;
            continue;
        }
        if empty && !wrapped.is_empty() {
            wrapped.push('\n');
        }
        empty = false;
        wrapped.push_str(&textwrap::fill(&row, &options));
        wrapped.push('\n');
    }
    wrapped
}

/// Lines as they are, but for control characters.
pub(crate) fn lines(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\n' | '\t') || is_harmless(*c))
        .collect()
}

/// JSON with nothing in it that a terminal would obey. Outside of strings JSON has no such
/// character, and inside of them the escape means the same.
pub(crate) fn json(json: &str) -> String {
    let mut clean = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && !is_harmless(c) && u32::from(c) <= 0xffff {
            clean.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            clean.push(c);
        }
    }
    clean
}

/// Keeps right-to-left text from reordering its neighbours on a terminal that knows directions.
pub(crate) fn isolated(text: String) -> String {
    if text.chars().any(is_right_to_left) {
        format!("{FIRST_STRONG_ISOLATE}{text}{POP}")
    } else {
        text
    }
}

/// Cuts a line to so many columns, with "…" for what is gone.
pub(crate) fn fit(text: String, columns: usize) -> String {
    if width(&text) <= columns {
        return text;
    }
    let mut kept = String::with_capacity(text.len());
    let mut taken = 1;
    for c in text.chars() {
        let mut bytes = [0; 4];
        taken += width(c.encode_utf8(&mut bytes));
        if taken > columns {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

/// How many columns of a terminal a line takes.
pub(crate) fn width(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// Not: control characters of either set, and the characters that reorder text beyond themselves.
/// Joiners and direction marks are part of how words are written and stay.
fn is_harmless(c: char) -> bool {
    !c.is_control()
        && !matches!(c,
            '\u{2028}' | '\u{2029}' // line and paragraph separator
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' // embeddings, overrides, isolates
            | '\u{206a}'..='\u{206f}' // deprecated formatting
            | '\u{ad}' | '\u{200b}' | '\u{feff}' // invisible, and no two terminals agree how wide
            | '\u{fff9}'..='\u{fffb}')
}

/// The blocks of the scripts that are written from right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_cannot_drive_the_terminal() {
        assert_eq!(line("a\u{1b}[2Jb\u{7}c\u{9b}31md"), "a[2Jbc31md");
        assert_eq!(line("  one\n\ttwo\u{2028}three  "), "one two three");
        assert_eq!(line("\u{202e}txt.exe\u{202c} \u{feff} end"), "txt.exe end");
        assert_eq!(line("\u{1b} \u{7}"), "");
    }

    #[test]
    fn words_stay_as_they_are_written() {
        for text in [
            "خبرنگاری\u{200c}ها",
            "👩\u{200d}🚀",
            "e\u{301}té",
            "ไทย",
            "中文",
        ] {
            assert_eq!(line(text), text);
        }
    }

    #[test]
    fn json_means_the_same_and_is_harmless() {
        let value = serde_json::json!({"title": "a\u{9b}31m\u{7f}\u{202e}b\u{1b}"});
        let printed = json(&serde_json::to_string_pretty(&value).unwrap_or_default());
        assert!(
            printed.chars().all(|c| c == '\n' || is_harmless(c)),
            "{printed:?}"
        );
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&printed).ok(),
            Some(value)
        );
    }

    #[test]
    fn paragraphs_are_wrapped_by_columns() {
        let text = "One two three four.\n\n\n中文新闻中文新闻中文\n";
        assert_eq!(
            paragraphs(text, 10),
            "One two\nthree\nfour.\n\n中文新闻中\n文新闻中文\n"
        );
        assert!(
            paragraphs(&"x".repeat(100), 72)
                .lines()
                .all(|row| width(row) <= 72)
        );
    }

    #[test]
    fn a_line_is_cut_to_its_columns() {
        assert_eq!(fit("Kyiv".to_owned(), 4), "Kyiv");
        assert_eq!(fit("Kyiv Post".to_owned(), 5), "Kyiv…");
        assert_eq!(fit("架空新聞".to_owned(), 6), "架空…");
        assert_eq!(fit("e\u{301}te\u{301}s".to_owned(), 3), "e\u{301}t…");
    }

    #[test]
    fn only_right_to_left_text_is_isolated() {
        assert_eq!(isolated("Kyiv".to_owned()), "Kyiv");
        assert_eq!(isolated("خبر".to_owned()), "\u{2068}خبر\u{2069}");
        assert_eq!(width(&isolated("خبر".to_owned())), 3);
    }
}
