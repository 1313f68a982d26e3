//! Whose words a sentence is: the author's, or somebody's whom the author quotes or reports.
//!
//! Errs toward somebody else: what is taken from an author does no harm, what is put in an author's
//! mouth does.

use std::ops::Range;

use super::tokens::{lower, pieces};

/// Whose words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// Nothing says that it is not the author's.
    Author,
    /// In quotation marks, wholly or in a part that could hold the judgement.
    Quoted,
    /// Told as what somebody else says, thinks or does to the target in words: "said", "according
    /// to", "accused".
    Reported,
}

/// Quotations of so few words are names, titles or doubts: the "reform".
const SCARE: usize = 2;

/// Ways to say and to think, in all their forms.
#[rustfmt::skip]
const REPORTS: &[&str] = &[
    "say", "says", "said", "saying", "tell", "tells", "told", "telling",
    "state", "stated", "stating", "add", "adds", "added", "adding", "write", "writes", "wrote", "written",
    "writing", "tweet", "tweets", "tweeted", "tweeting", "post", "posted", "explain", "explains", "explained",
    "note", "notes", "noted", "noting", "argue", "argues", "argued", "arguing", "claim", "claims", "claimed",
    "claiming", "insist", "insists", "insisted", "insisting", "reply", "replied", "respond", "responded",
    "announce", "announced", "continued", "conclude", "concludes", "concluded", "recalled", "warn", "warns",
    "warned", "warning", "testify", "testified", "report", "reports", "reported", "reporting", "suggest",
    "suggests", "suggested", "suggesting", "acknowledge", "acknowledged", "acknowledges", "admit", "admits",
    "admitted", "declare", "declares", "declared", "declaring", "allege", "alleges", "alleged", "alleging",
    "assert", "asserts", "asserted", "asserting", "contend", "contends", "contended", "maintain", "maintains",
    "maintained", "believe", "believes", "believed", "think", "thinks", "thought", "fear", "fears", "feared",
    "suspect", "suspects", "suspected", "complain", "complains", "complained", "observed", "observes",
    "remarked", "quipped", "joked", "shouted", "asked", "asks", "predicted", "predicts", "opined",
    "quoted", "quoting", "cited", "citing", "stressed", "emphasized", "emphasised", "reiterated", "vowed",
];

/// Ways to judge somebody in words.
#[rustfmt::skip]
const JUDGES: &[&str] = &[
    "accuse", "accuses", "accused", "accusing", "blame", "blames", "blamed", "blaming", "call", "calls",
    "called", "calling", "brand", "branded", "branding", "dub", "dubbed", "label", "labeled", "labelled",
    "describe", "describes", "described", "describing", "praise", "praises", "praised", "praising",
    "criticize", "criticizes", "criticized", "criticizing", "criticise", "criticises", "criticised",
    "criticising", "slam", "slams", "slammed", "slamming", "blast", "blasts", "blasted", "blasting",
    "condemn", "condemns", "condemned", "condemning", "denounce", "denounces", "denounced", "denouncing",
    "hail", "hails", "hailed", "hailing", "applaud", "applauds", "applauded", "applauding", "mock", "mocks",
    "mocked", "mocking", "ridicule", "ridiculed", "attack", "attacks", "attacked", "attacking", "rip", "ripped",
    "defend", "defends", "defended", "defending", "endorse", "endorses", "endorsed", "endorsing", "lauded",
    "commended", "thanked", "credited", "rebuked", "scolded", "lambasted", "decried", "derided", "likened",
    "compared", "faulted", "chided", "hammered", "urged",
];

/// Words and nouns that attribute without a verb.
#[rustfmt::skip]
const ATTRIBUTES: &[&str] = &[
    "allegedly", "reportedly", "supposedly", "purportedly", "allegation", "allegations", "accusation",
    "accusations", "critics", "supporters", "opponents", "detractors", "spokesman", "spokeswoman",
    "spokesperson", "statement", "testimony", "lawsuit", "prosecutors",
];

/// Words that may stand between "I" and its verb.
const BETWEEN: &[&str] = &[
    "am", "have", "had", "has", "will", "would", "must", "can", "could", "should", "may", "might",
    "do", "did", "don't", "n't", "not", "never", "still", "also", "often", "always", "only",
    "firmly", "really", "'ve", "'ll", "'d", "'m", "just", "to", "want", "like", "are", "be",
];

/// Whose words a sentence is, as far as the mention, in bytes, is concerned.
///
/// A quotation that began sentences ago shows only in the whole paragraph: see [`quotations`].
pub fn voice(sentence: &str, mention: Range<usize>) -> Voice {
    let quoted = quotations(sentence);
    let holds_mention =
        |quotation: &Range<usize>| quotation.start < mention.end && mention.start < quotation.end;
    if quoted
        .iter()
        .any(|it| holds_mention(it) || words(&sentence[it.clone()]) > SCARE)
    {
        return Voice::Quoted;
    }
    if is_reported(sentence, &quoted) {
        return Voice::Reported;
    }
    Voice::Author
}

/// What stands in quotation marks, in bytes, marks apart; in order, none in another.
///
/// A quotation without an end goes on to the end of the text, one without a start begins with it:
/// news closes no quotation that the next paragraph continues.
pub fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    let mut is_first_mark = true;
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|next| next.1);
        let mark = mark(c, before, after, open.is_some());
        before = Some(c);
        match mark {
            Some(Mark::Opens) if open.is_none() => open = Some(at + c.len_utf8()),
            Some(Mark::Closes) => match open.take() {
                Some(start) => found.push(start..at),
                None if is_first_mark => found.push(0..at),
                None => {}
            },
            _ => {}
        }
        is_first_mark &= mark.is_none();
    }
    found.extend(open.map(|start| start..text.len()));
    found.retain(|quotation| !quotation.is_empty());
    found
}

enum Mark {
    Opens,
    Closes,
}

/// What a sign does between its neighbours. Straight quotation marks open before a word and close
/// after one; single ones are apostrophes unless they can be nothing else.
fn mark(c: char, before: Option<char>, after: Option<char>, is_open: bool) -> Option<Mark> {
    let is_open_side =
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '-'));
    let is_close_side = after.is_none_or(|c| !c.is_alphanumeric());
    match c {
        '“' | '«' | '„' => Some(Mark::Opens),
        '”' | '»' => Some(Mark::Closes),
        '"' if is_open_side && after.is_some_and(|c| !c.is_whitespace()) => Some(Mark::Opens),
        '"' if is_open_side && !is_open => Some(Mark::Opens),
        '"' => Some(Mark::Closes),
        '‘' if is_open_side => Some(Mark::Opens),
        '\'' if is_open_side && after.is_some_and(char::is_alphabetic) && !is_open => {
            Some(Mark::Opens)
        }
        '’' | '\'' if is_open && is_close_side && before.is_some_and(|c| c != 's') => {
            Some(Mark::Closes)
        }
        _ => None,
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

fn is_reported(sentence: &str, quoted: &[Range<usize>]) -> bool {
    let words: Vec<String> = pieces(sentence)
        .into_iter()
        .filter(|piece| !quoted.iter().any(|it| it.contains(&piece.start)))
        .map(|piece| lower(&sentence[piece]))
        .collect();
    words.iter().enumerate().any(|(at, word)| {
        let word = word.as_str();
        let next = words.get(at + 1).map(String::as_str);
        ATTRIBUTES.contains(&word)
            || (word == "according" && next == Some("to"))
            || ((REPORTS.contains(&word) || JUDGES.contains(&word))
                && !is_first_person(&words[..at]))
    })
}

/// Whether what follows is what "I" or "we" say.
fn is_first_person(before: &[String]) -> bool {
    before
        .iter()
        .rev()
        .find(|word| !BETWEEN.contains(&word.as_str()))
        .is_some_and(|word| matches!(word.as_str(), "i" | "we"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sentence: &str) -> Voice {
        let at = sentence.find("Horvat").unwrap_or_default();
        voice(sentence, at..at + "Horvat".len())
    }

    #[test]
    fn what_the_author_says() {
        for sentence in [
            "Horvat has betrayed everyone who trusted him.",
            "I think Horvat is a fraud.",
            "I would not call Horvat a fool.",
            "We must still say that Horvat failed.",
            "Horvat's “reform” is a disgrace.",
            "It’s Horvat’s own voters’ money that he wastes.",
            "It's the workers' money that Horvat wastes in the '90s style.",
        ] {
            assert_eq!(of(sentence), Voice::Author, "{sentence}");
        }
    }

    #[test]
    fn what_is_quoted() {
        for sentence in [
            "“Horvat is a liar,” the mayor concluded.",
            "\"Horvat is a liar,\" the mayor concluded.",
            "‘Horvat is a liar,’ the mayor concluded.",
            "Horvat is a liar and a cheat,” she added.",
            "Horvat is a liar and a cheat,\" she added.",
            "She had one more thing: “Horvat is a liar.",
            "The mayor's view of Horvat: \"a coward and a cheat\".",
            "«Horvat is a liar», the mayor concluded.",
        ] {
            assert_eq!(of(sentence), Voice::Quoted, "{sentence}");
        }
    }

    #[test]
    fn what_is_reported() {
        for sentence in [
            "The mayor said Horvat was a liar.",
            "According to the mayor, Horvat lied.",
            "Horvat, critics fear, is a coward.",
            "The mayor accused Horvat of lying.",
            "Horvat allegedly lied.",
            "Voters believe Horvat lied.",
        ] {
            assert_eq!(of(sentence), Voice::Reported, "{sentence}");
        }
    }

    #[test]
    fn a_paragraph_shows_what_its_sentences_hide() {
        let paragraph = "He wrote: “Horvat lied. Horvat stole. Horvat fled.” That was all.";
        let quoted: Vec<&str> = quotations(paragraph)
            .into_iter()
            .map(|range| &paragraph[range])
            .collect();
        assert_eq!(quoted, ["Horvat lied. Horvat stole. Horvat fled."]);
    }
}
