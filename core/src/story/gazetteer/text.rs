//! Small questions about the place of a word in a text.

/// A letter, digit or mark: what words are made of.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

/// Marks that belong to the letter before: vowel signs and accents.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}'
        | '\u{93a}'..='\u{94d}' | '\u{981}'..='\u{983}' | '\u{9bc}'..='\u{9cd}' | '\u{9d7}')
}

/// The part of a word before a place in a text.
pub(super) fn word_before(text: &str, at: usize) -> &str {
    let before = &text[..at];
    let start = before
        .char_indices()
        .rev()
        .take(40)
        .take_while(|(_, c)| is_word(*c))
        .last()
        .map_or(at, |(start, _)| start);
    &before[start..]
}

/// The part of a word from a place in a text on.
pub(super) fn word_after(text: &str, at: usize) -> &str {
    let after = &text[at..];
    let end = after
        .char_indices()
        .take(40)
        .take_while(|(_, c)| is_word(*c))
        .last()
        .map_or(0, |(start, c)| start + c.len_utf8());
    &after[..end]
}

/// The whole word before a place, when but one space parts them.
pub(super) fn previous_word(text: &str, at: usize) -> Option<&str> {
    let before = text[..at].strip_suffix([' ', '\u{a0}'])?;
    let word = word_before(before, before.len());
    (!word.is_empty()).then_some(word)
}

/// The whole word after a place, when but one space parts them.
pub(super) fn next_word(text: &str, at: usize) -> Option<&str> {
    let after = text[at..].strip_prefix([' ', '\u{a0}'])?;
    let word = word_after(after, 0);
    (!word.is_empty()).then_some(word)
}

pub(super) fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Whether a sentence, a heading or a quotation begins there.
pub(super) fn begins_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([
        ' ', '\u{a0}', '"', '\'', '“', '‘', '«', '„', '(', '*', '_', '\t',
    ]);
    before.chars().next_back().is_none_or(|c| {
        matches!(
            c,
            '.' | '!' | '?' | ':' | '\n' | '…' | '—' | '–' | '|' | '#'
        )
    })
}

/// Characters of a line that are looked at on either side.
const LINE: usize = 200;

/// The line a place stands in, cut at some distance.
fn line(text: &str, at: usize) -> &str {
    let before = &text[..at];
    let start = before
        .char_indices()
        .rev()
        .take(LINE)
        .take_while(|(_, c)| *c != '\n')
        .last()
        .map_or(at, |(start, _)| start);
    let end = text[at..]
        .char_indices()
        .take(LINE)
        .take_while(|(_, c)| *c != '\n')
        .last()
        .map_or(at, |(end, c)| at + end + c.len_utf8());
    &text[start..end]
}

/// Whether the line is in capitals, so that they say nothing.
pub(super) fn shouts(text: &str, at: usize) -> bool {
    let line = line(text, at);
    let (mut upper, mut lower) = (0, 0);
    for c in line.chars() {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    upper >= 8 && lower * 5 < upper
}

/// Whether most words of the line are capitalised, as in a headline, so that it says little.
pub(super) fn is_title_case(text: &str, at: usize) -> bool {
    let (mut capitalised, mut words) = (0, 0);
    for word in line(text, at)
        .split(|c: char| !is_word(c))
        .filter(|word| word.chars().nth(3).is_some())
    {
        words += 1;
        capitalised += usize::from(is_capitalised(word));
    }
    words >= 3 && capitalised * 5 >= words * 4
}

/// Capitalised words that stand before a place and make no name of a person with it.
pub(super) fn is_before_places(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "then",
        "yesterday",
        "today",
        "meanwhile",
        "later",
        "earlier",
        "still",
        "yet",
        "also",
        "what",
        "why",
        "how",
        "will",
        "does",
        "did",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "in",
        "from",
        "to",
        "the",
        "and",
        "of",
        "with",
        "for",
        "as",
        "when",
        "at",
        "near",
        "across",
        "where",
        "while",
        "but",
        "after",
        "before",
        "since",
        "under",
        "over",
        "between",
        "against",
        "by",
        "if",
        "that",
        "both",
        "inside",
        "outside",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "greater",
        "inner",
        "outer",
        "new",
        "old",
        "on",
    ];
    WORDS.contains(&word.to_lowercase().as_str())
}
