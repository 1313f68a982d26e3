//! A sentence as the model reads it: lower-case words, names without their letters, the mention.
//!
//! Names are masked so that the model learns how people are written about, not whom to like.

use std::collections::HashSet;
use std::ops::Range;

/// What stands for the mention.
pub(super) const TARGET: &str = "@target";
/// What stands for a word of the mention's name elsewhere in the sentence.
const AGAIN: &str = "@again";
/// What stands for a run of other names.
pub(super) const NAME: &str = "@name";
const NUMBER: &str = "@number";

/// After a negation this many words are negated, if no mark or "but" comes before.
const NEGATED: usize = 5;

const NEGATIONS: &[&str] = &[
    "not", "n't", "no", "never", "neither", "nor", "without", "cannot", "hardly", "barely",
    "nothing", "nobody", "none", "lack", "lacks", "fails", "failed", "fail", "refused", "denied",
    "denies", "deny", "rejected", "rejects",
];

/// Words that are no names though a sentence opens with them.
const OPENERS: &[&str] = &[
    "i", "he", "she", "it", "they", "we", "the", "a", "an", "but", "and", "in", "on", "at", "that",
    "this", "his", "her", "their", "when", "as", "if", "while", "after", "there", "these", "those",
    "you", "what", "who", "how", "why", "for", "with", "so", "not", "no", "by", "from", "to", "of",
    "or", "its", "my", "our",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Name,
    Number,
    /// Punctuation.
    Mark,
    Target,
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) kind: Kind,
    pub(super) quoted: bool,
    pub(super) negated: bool,
}

/// A sentence in tokens.
#[derive(Debug)]
pub(super) struct Tokens {
    pub(super) all: Vec<Token>,
    /// Where the mention stands in `all`.
    pub(super) target: usize,
    /// The mention in lower case.
    pub(super) mention: String,
}

impl Tokens {
    /// `mention` in bytes. If no token is in it, the mention is taken to stand before the sentence.
    pub(super) fn read(sentence: &str, mention: Range<usize>) -> Self {
        let named = sentence.get(mention.clone()).unwrap_or_default();
        let pieces = pieces(sentence);
        let reader = Reader {
            sentence,
            names_of_mention: named
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| word.chars().count() > 2 && word.starts_with(char::is_uppercase))
                .map(str::to_lowercase)
                .collect(),
            capitalised: capitalised(sentence, &pieces),
        };
        let (mut all, target) = reader.tokens(&pieces, &mention);
        let target = target.unwrap_or_else(|| {
            all.insert(0, Token::new(TARGET.to_owned(), Kind::Target, false));
            0
        });
        negate(&mut all);
        Self {
            all,
            target,
            mention: named.trim().to_lowercase(),
        }
    }
}

impl Token {
    fn new(text: String, kind: Kind, quoted: bool) -> Self {
        Self {
            text,
            kind,
            quoted,
            negated: false,
        }
    }
}

struct Reader<'a> {
    sentence: &'a str,
    names_of_mention: HashSet<String>,
    /// Words with a capital letter where no sentence opens.
    capitalised: HashSet<String>,
}

impl Reader<'_> {
    fn tokens(
        &self,
        pieces: &[Range<usize>],
        mention: &Range<usize>,
    ) -> (Vec<Token>, Option<usize>) {
        let mut all: Vec<Token> = Vec::new();
        let mut target = None;
        let mut quoted = false;
        let mut opens = true;
        for (index, piece) in pieces.iter().enumerate() {
            let text = &self.sentence[piece.clone()];
            let opened = opens;
            opens = opens_sentence(text);
            match text {
                "“" | "«" => quoted = true,
                "”" | "»" => quoted = false,
                "\"" => quoted = !quoted,
                _ => {}
            }
            let is_word = text.starts_with(char::is_alphanumeric);
            let lower = lower(text);
            let is_mention = piece.start < mention.end && piece.end > mention.start;
            if is_mention && lower != "'s" {
                if !is_word {
                    opens = opened;
                } else if target.is_none() {
                    target = Some(all.len());
                    all.push(Token::new(TARGET.to_owned(), Kind::Target, quoted));
                }
                continue;
            }
            let next_is_capital = pieces
                .get(index + 1)
                .is_some_and(|next| self.sentence[next.clone()].starts_with(char::is_uppercase));
            let is_name = text.starts_with(char::is_uppercase)
                && lower != "n't"
                && !OPENERS.contains(&lower.as_str())
                && (!opened || next_is_capital || self.capitalised.contains(&lower));
            if is_name {
                let mask = if self.names_of_mention.contains(&lower) {
                    AGAIN
                } else {
                    NAME
                };
                let goes_on = all.last().is_some_and(|last| {
                    last.text == mask || (mask == AGAIN && last.kind == Kind::Target)
                });
                if !goes_on {
                    all.push(Token::new(mask.to_owned(), Kind::Name, quoted));
                }
            } else if text.starts_with(char::is_numeric) {
                all.push(Token::new(NUMBER.to_owned(), Kind::Number, quoted));
            } else if is_word || lower.len() > 1 && lower.starts_with('\'') {
                all.push(Token::new(lower, Kind::Word, quoted));
            } else {
                all.push(Token::new(text.to_owned(), Kind::Mark, quoted));
            }
        }
        (all, target)
    }
}

fn negate(tokens: &mut [Token]) {
    let mut left = 0;
    for token in tokens {
        if NEGATIONS.contains(&token.text.as_str()) {
            left = NEGATED;
            continue;
        }
        if token.kind == Kind::Mark || token.text == "but" {
            left = 0;
        }
        token.negated = left > 0;
        left = left.saturating_sub(1);
    }
}

fn capitalised(sentence: &str, pieces: &[Range<usize>]) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut opens = true;
    for piece in pieces {
        let text = &sentence[piece.clone()];
        if !opens && text.starts_with(char::is_uppercase) {
            found.insert(lower(text));
        }
        opens = opens_sentence(text);
    }
    found
}

fn opens_sentence(mark: &str) -> bool {
    matches!(mark, "." | "!" | "?" | ":" | "\"" | "“" | "‘" | "•")
}

pub(super) fn lower(text: &str) -> String {
    text.to_lowercase().replace('’', "'")
}

/// Words, the endings n't and 's apart, and single marks.
pub(super) fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut end = start + first.len_utf8();
        if !first.is_alphanumeric() {
            found.push(start..end);
            continue;
        }
        while let Some(&(at, c)) = chars.peek() {
            let after = at + c.len_utf8();
            let joins = matches!(c, '.' | '-' | '&' | '\'' | '’')
                && text[after..].starts_with(char::is_alphanumeric);
            if !c.is_alphanumeric() && !joins {
                break;
            }
            chars.next();
            end = after;
        }
        push_word(text, start..end, &mut found);
    }
    found
}

fn push_word(text: &str, word: Range<usize>, found: &mut Vec<Range<usize>>) {
    let letters = &text[word.clone()];
    let cut = letters.rfind(['\'', '’']).and_then(|apostrophe| {
        let ending = letters[apostrophe..].trim_start_matches(['\'', '’']);
        match ending {
            "t" | "T" if letters[..apostrophe].ends_with(['n', 'N']) => Some(apostrophe - 1),
            "s" | "S" | "re" | "ve" | "ll" | "d" | "m" => Some(apostrophe),
            _ => None,
        }
    });
    match cut {
        Some(cut) if cut > 0 => {
            found.push(word.start..word.start + cut);
            found.push(word.start + cut..word.end);
        }
        _ => found.push(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(sentence: &str, mention: &str) -> String {
        let at = sentence.find(mention).unwrap_or(sentence.len());
        let tokens = Tokens::read(sentence, at..at + mention.len());
        tokens
            .all
            .iter()
            .map(|token| {
                let not = if token.negated { "!" } else { "" };
                let quoted = if token.quoted { "~" } else { "" };
                format!("{quoted}{not}{}", token.text)
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn names_are_masked_and_negation_ends_at_a_mark() {
        assert_eq!(
            read(
                "On Monday, Ann Lee didn’t trust Bob Roe, whom Lee’s 3 aides liked.",
                "Ann Lee"
            ),
            "on @name , @target did n't !trust !@name , whom @again 's @number aides liked ."
        );
    }

    #[test]
    fn quotations_are_known() {
        assert_eq!(
            read("He called her “a fraud” twice.", "her"),
            "he called @target ~“ ~a ~fraud ” twice ."
        );
    }

    #[test]
    fn no_mention_stands_before_the_sentence() {
        assert_eq!(read("It rained.", "Nobody"), "@target it rained .");
        assert_eq!(read("", ""), "@target");
    }
}
