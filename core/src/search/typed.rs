//! What a person typed: terms that are all wanted.

use super::words::{Part, cut};

/// More terms than this are left out: nobody types them, and each costs.
const TERMS_MAX: usize = 12;
/// Characters of what is typed that are looked at.
const TYPED_MAX: usize = 400;
/// Letters from which the last word also finds what it begins.
const BEGINNING_MIN: usize = 3;

/// One thing to find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As the index holds them, one after the other.
    words: Vec<String>,
    /// The last may go on.
    is_beginning: bool,
}

/// A search as it was typed, understood. Everything is: what is no word is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    terms: Vec<Term>,
}

impl Typed {
    /// Words, each of which is wanted; words between quotation marks stand together. The last word,
    /// unless a space or a quotation mark follows, and a word before an asterisk also find what they
    /// begin, from three letters on.
    pub fn search(text: &str) -> Self {
        let end = text
            .char_indices()
            .nth(TYPED_MAX)
            .map_or(text.len(), |(end, _)| end);
        let text = &text[..end];
        let mut terms = Vec::new();
        let last = text.matches(is_quote).count();
        for (at, piece) in text.split(is_quote).enumerate() {
            let is_last = at == last;
            let open = is_last && !piece.ends_with(char::is_whitespace);
            let is_quoted = at % 2 == 1;
            if is_quoted {
                terms.extend(terms_of(piece, open));
                continue;
            }
            let chunks: Vec<&str> = piece.split_whitespace().collect();
            for (at, chunk) in chunks.iter().enumerate() {
                let goes_on = (open && at + 1 == chunks.len()) || chunk.ends_with('*');
                terms.extend(terms_of(chunk, goes_on));
            }
        }
        terms.dedup();
        terms.truncate(TERMS_MAX);
        Self { terms }
    }

    /// Words that stand together and are whole: what a mute looks for.
    pub fn phrase(text: &str) -> Self {
        Self {
            terms: terms_of(text, false).into_iter().take(TERMS_MAX).collect(),
        }
    }

    /// Whether nothing is to be found.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// What is to be found.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// One spelling of it, for telling whether two are the same.
    pub fn key(&self) -> String {
        let terms: Vec<String> = self.terms.iter().map(|term| term.words.join(" ")).collect();
        terms.join(" + ")
    }

    /// As an expression of FTS5: all terms.
    pub fn expression(&self) -> String {
        let terms: Vec<String> = self.terms.iter().map(Term::expression).collect();
        terms.join(" AND ")
    }

    /// Whether all of it stands in a text that is given [as the index holds it](super::indexed).
    pub fn is_in(&self, indexed: &str) -> bool {
        !self.is_empty() && self.terms.iter().all(|term| term.is_in(indexed))
    }
}

impl Term {
    /// As an expression of FTS5. Folded words hold no quotation mark.
    pub fn expression(&self) -> String {
        let goes_on = if self.is_beginning { " *" } else { "" };
        format!("\"{}\"{goes_on}", self.words.join(" "))
    }

    /// Whether it stands in a text that is given [as the index holds it](super::indexed).
    pub fn is_in(&self, indexed: &str) -> bool {
        let wanted = self.words.join(" ");
        let mut from = 0;
        while let Some(at) = indexed[from..].find(&wanted).map(|at| from + at) {
            let begins = at == 0 || indexed.as_bytes()[at - 1] == b' ';
            let end = at + wanted.len();
            let ends =
                self.is_beginning || indexed.as_bytes().get(end).is_none_or(|byte| *byte == b' ');
            if begins && ends {
                return true;
            }
            from = at + wanted.chars().next().map_or(1, char::len_utf8);
        }
        false
    }

    pub(super) fn words(&self) -> &[String] {
        &self.words
    }

    pub(super) fn is_beginning(&self) -> bool {
        self.is_beginning
    }
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '『' | '』'
    )
}

/// What was typed together as terms. Words of one kind stand together; where a stretch of a script
/// without spaces meets a word, the two need not.
fn terms_of(text: &str, goes_on: bool) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    let mut together: Vec<String> = Vec::new();
    let mut korean = false;
    let flush = |together: &mut Vec<String>, korean: bool, terms: &mut Vec<Term>| {
        if !together.is_empty() {
            terms.push(Term {
                words: std::mem::take(together),
                is_beginning: korean,
            });
        }
    };
    cut(text, |part, _| {
        if korean {
            flush(&mut together, korean, &mut terms);
        }
        korean = part.is_korean();
        match part {
            Part::Word(word) => together.push(word),
            Part::Run(run) => {
                flush(&mut together, false, &mut terms);
                terms.push(of_run(&run));
            }
        }
    });
    flush(&mut together, korean, &mut terms);
    if goes_on && let Some(last) = terms.last_mut() {
        let letters = last.words.last().map_or(0, |word| word.chars().count());
        let is_long = letters >= BEGINNING_MIN && !last.words.iter().any(|word| has_run(word));
        last.is_beginning |= is_long;
    }
    terms
}

fn has_run(word: &str) -> bool {
    word.chars().any(super::fold::is_spaceless)
}

/// One character is found where short texts hold it alone, or as the last of a stretch; more by their
/// pairs.
fn of_run(run: &[String]) -> Term {
    match run {
        [one] => Term {
            words: vec![one.clone()],
            is_beginning: false,
        },
        more => Term {
            words: more
                .iter()
                .zip(more.iter().skip(1))
                .map(|(first, second)| format!("{first}{second}"))
                .collect(),
            is_beginning: false,
        },
    }
}
