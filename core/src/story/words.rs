//! Text -> words as grouping counts them.
//!
//! Words are those of Unicode's UAX #29; scripts that write no spaces give pairs of neighbouring
//! signs instead (Nie et al. 2000: for retrieval, bigrams of Chinese do as well as segmentation).

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use snowball_stemmers_rs::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::background;
use crate::compressed::{Compressed, compressed};

/// One word, or one pair of signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Folded to lower case without accents, then stemmed.
    pub(super) stem: String,
    pub(super) kind: Kind,
    /// It follows the word before with nothing but space between.
    pub(super) adjoins: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    /// Capitalised, though that may be because a sentence starts here.
    Opening,
    /// Capitalised inside a sentence.
    Name,
    Number,
}

/// How words of one language are brought to their stems.
pub(super) struct Reader {
    stemmer: Option<Stemmer>,
    stop_words: Option<&'static HashSet<String>>,
}

impl Reader {
    /// By a BCP 47 tag. Unknown languages are read without stemmer and stop words.
    pub(super) fn new(language: &str) -> Self {
        let language = language
            .split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        Self {
            stemmer: algorithm(&language).map(Stemmer::create),
            stop_words: stop_words(&language),
        }
    }

    /// The words of a text in order.
    pub(super) fn words(&self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        let mut signs = Signs::default();
        let shouts = !text.chars().any(char::is_lowercase);
        let mut opens = true;
        let mut end = 0;
        for (start, word) in text.unicode_word_indices() {
            let gap = text.get(end..start).unwrap_or_default();
            let adjoins = end > 0 && gap.chars().all(char::is_whitespace) && !gap.contains('\n');
            opens |= gap.contains(ends_sentence);
            end = start + word.len();
            if word.chars().any(writes_no_spaces) {
                signs.push(word, gap.is_empty(), &mut words);
                opens = false;
                continue;
            }
            if let Some(word) = self.word(word, opens, shouts, adjoins) {
                words.push(word);
            }
            opens = false;
        }
        words
    }

    fn word(&self, word: &str, opens: bool, shouts: bool, adjoins: bool) -> Option<Word> {
        let first = word.chars().next()?;
        let mut folded = fold(word);
        for possessive in ["'s", "'"] {
            if let Some(bare) = folded.strip_suffix(possessive) {
                folded.truncate(bare.len());
                break;
            }
        }
        if self.stop_words.is_some_and(|words| words.contains(&folded)) {
            return None;
        }
        let kind = if first.is_numeric() {
            folded.retain(|c| c != ',');
            Kind::Number
        } else if !first.is_uppercase() {
            Kind::Plain
        } else if opens || shouts {
            Kind::Opening
        } else {
            Kind::Name
        };
        folded.retain(|c| c != '.' || kind == Kind::Number);
        let stem = if is_acronym(word) && !shouts && background::is_common(&folded) {
            // "US" is not "us", nor "WHO" "who".
            format!("{folded}.")
        } else {
            match &self.stemmer {
                Some(stemmer) if kind != Kind::Number => stemmer.stem(&folded).into_owned(),
                _ => folded,
            }
        };
        (!stem.is_empty()).then_some(Word {
            stem,
            kind,
            adjoins,
        })
    }
}

/// The run of signs being read.
#[derive(Default)]
struct Signs {
    last: Option<char>,
}

impl Signs {
    fn push(&mut self, word: &str, continues: bool, words: &mut Vec<Word>) {
        if !continues {
            self.last = None;
        }
        for sign in word.chars().filter(|c| c.is_alphanumeric()) {
            if let Some(last) = self.last {
                words.push(Word {
                    stem: [last, sign].iter().collect(),
                    kind: Kind::Plain,
                    adjoins: false,
                });
            }
            self.last = Some(sign);
        }
    }
}

/// The Snowball project's and stopwords-iso's lists, as `build.rs` writes them: a line a language.
static STOP_WORDS: Compressed = compressed!("stop-words.tsv");

/// Words of a language that say nothing of what a text is about; none for English, whose background
/// table knows how common its words are. Folded when a language is first read.
fn stop_words(language: &str) -> Option<&'static HashSet<String>> {
    /// The words as they are listed, and folded.
    type List = (&'static str, OnceLock<HashSet<String>>);
    static LISTS: OnceLock<HashMap<&str, List>> = OnceLock::new();
    let lists = LISTS.get_or_init(|| {
        let lines = STOP_WORDS.text().lines();
        lines
            .filter_map(|line| line.split_once('\t'))
            .map(|(code, words)| (code, (words, OnceLock::new())))
            .collect()
    });
    let (words, folded) = lists.get(language)?;
    Some(folded.get_or_init(|| words.split('\t').map(fold).collect()))
}

fn fold(word: &str) -> String {
    word.nfkd()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36f}'))
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .collect()
}

fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| *c != '.');
    (2..=4).contains(&letters.clone().count()) && letters.clone().all(char::is_uppercase)
}

fn ends_sentence(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | ':' | ';' | '"' | '“' | '”' | '«' | '»' | '\n' | '|' | '•'
    )
}

/// Han, kana, Thai, Lao, Khmer, Burmese.
fn writes_no_spaces(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "ca" => Algorithm::Catalan,
        "cs" => Algorithm::Czech,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "et" => Algorithm::Estonian,
        "eu" => Algorithm::Basque,
        "fa" => Algorithm::Persian,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "ga" => Algorithm::Irish,
        "hi" => Algorithm::Hindi,
        "hu" => Algorithm::Hungarian,
        "hy" => Algorithm::Armenian,
        "id" => Algorithm::Indonesian,
        "it" => Algorithm::Italian,
        "lt" => Algorithm::Lithuanian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "ne" => Algorithm::Nepali,
        "nl" => Algorithm::Dutch,
        "pl" => Algorithm::Polish,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sr" => Algorithm::Serbian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        "uk" => Algorithm::Ukrainian,
        _ => return None,
    })
}
