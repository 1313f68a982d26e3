//! Tokens -> features: which words stand where around the mention.
//!
//! Words and phrases are hashed into slots (Weinberger et al. 2009) with no names kept. After them
//! come a few sums over the lexicon.

use std::collections::BTreeMap;
use std::ops::Range;

use super::lexicon;
use super::tokens::{Kind, NAME, Token, Tokens};

/// Slots that words and phrases are hashed to, as a power of two.
const HASH_BITS: u32 = 18;
const HASHED: u32 = 1 << HASH_BITS;
const SUMS: usize = 14;

/// How many different features there are.
pub const SLOTS: usize = HASHED as usize + SUMS;

/// The weight of the lexicon's sums beside the words, whose vector has length 1.
const SUM_SCALE: f32 = 0.3;
/// Words further from the mention do not say how far.
const FAR: usize = 12;
/// Pairs of words further from the mention do not say on which side.
const NEAR: usize = 8;
/// Runs of three words are read this far from the mention.
const RUN: usize = 6;

/// A feature of a sentence: its slot, below [`SLOTS`], and how much of it there is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Feature {
    /// Which.
    pub slot: u32,
    /// How much.
    pub value: f32,
}

/// The features of a sentence with a mention, in bytes. Sorted by slot, each once.
pub fn features(sentence: &str, mention: Range<usize>) -> Vec<Feature> {
    let tokens = Tokens::read(sentence, mention);
    let around = Around::new(&tokens);
    let mut bag = Bag::default();
    for at in 0..tokens.all.len() {
        if at != tokens.target {
            word(&around, at, &mut bag);
        }
    }
    runs(&around, &mut bag);
    shape(&around, &mut bag);
    let mut features = bag.normalised();
    for (slot, sum) in (HASHED..).zip(lexicon_sums(&around)) {
        if sum > 0.0 {
            let value = sum.sqrt() * SUM_SCALE;
            features.push(Feature { slot, value });
        }
    }
    features
}

/// Tokens as seen from the mention.
struct Around<'a> {
    tokens: &'a Tokens,
    /// From mark to mark around the mention.
    clause: Range<usize>,
}

impl<'a> Around<'a> {
    fn new(tokens: &'a Tokens) -> Self {
        let is_mark = |token: &Token| token.kind == Kind::Mark;
        let (before, after) = tokens.all.split_at(tokens.target);
        let start = before.iter().rposition(is_mark).map_or(0, |at| at + 1);
        let end = after
            .iter()
            .position(is_mark)
            .map_or(tokens.all.len(), |at| tokens.target + at);
        Self {
            tokens,
            clause: start..end,
        }
    }

    fn side(&self, at: usize) -> &'static str {
        if at < self.tokens.target { "<" } else { ">" }
    }

    fn distance(&self, at: usize) -> usize {
        at.abs_diff(self.tokens.target)
    }

    fn text(&self, at: usize) -> Option<&'a str> {
        self.tokens.all.get(at).map(|token| token.text.as_str())
    }
}

fn word(around: &Around<'_>, at: usize, bag: &mut Bag) {
    let Some(token) = around.tokens.all.get(at) else {
        return;
    };
    let text = token.text.as_str();
    let not = if token.negated { "!" } else { "" };
    let side = around.side(at);
    let distance = around.distance(at);
    bag.add(&["word", not, text], 1.0);
    if token.negated {
        bag.add(&["word", "", text], 0.5);
    }
    bag.add(&["side", side, not, text], 1.0);
    if distance <= FAR {
        bag.add(&["near", side, bucket(distance), not, text], 1.0);
    }
    if around.clause.contains(&at) {
        bag.add(&["clause", side, not, text], 1.0);
        bag.add(&["clause", not, text], 1.0);
    }
    if token.kind == Kind::Word {
        stems(text, not, (distance <= RUN).then_some(side), bag);
    }
    if let Some(next) = around.text(at + 1) {
        bag.add(&["pair", text, next], 1.0);
        if distance <= NEAR {
            bag.add(&["pair", side, text, next], 1.0);
        }
    }
}

/// Beginnings and endings, for the forms of a word that training has not seen.
fn stems(word: &str, not: &str, near: Option<&str>, bag: &mut Bag) {
    let bounds: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    if bounds.len() <= 5 {
        return;
    }
    let head = |letters: usize| bounds.get(letters).map_or(word, |&end| &word[..end]);
    bag.add(&["head4", head(4)], 1.0);
    bag.add(&["head5", not, head(5)], 1.0);
    if bounds.len() > 6 {
        bag.add(&["head6", not, head(6)], 1.0);
    }
    bag.add(&["tail4", &word[bounds[bounds.len() - 4]..]], 1.0);
    if let Some(side) = near {
        bag.add(&["head5", side, not, head(5)], 1.0);
    }
}

/// Pairs and runs of three around the mention, with it in its place.
fn runs(around: &Around<'_>, bag: &mut Bag) {
    let target = around.tokens.target;
    for at in target.saturating_sub(RUN)..target + RUN {
        if let (Some(a), Some(b), Some(c)) =
            (around.text(at), around.text(at + 1), around.text(at + 2))
        {
            bag.add(&["run", a, b, c], 1.0);
        }
    }
    if let (Some(a), Some(b)) = (around.text(target), around.text(target + 1)) {
        bag.add(&["pair", a, b], 1.0);
    }
}

/// What kind of mention, where in what kind of sentence.
fn shape(around: &Around<'_>, bag: &mut Bag) {
    let tokens = around.tokens;
    let role = match tokens.mention.as_str() {
        "he" | "she" | "they" => "subject",
        "his" | "their" | "her" => "possessive",
        "him" | "them" => "object",
        "i" | "we" | "my" | "me" => "self",
        _ => "name",
    };
    let is_quoted = tokens.all.get(tokens.target).is_some_and(|it| it.quoted);
    let names = tokens.all.iter().filter(|it| it.text == NAME).count();
    bag.add(&["role", role], 1.0);
    bag.add(&["place", few(tokens.target / 3)], 1.0);
    bag.add(&["length", few(tokens.all.len() / 10)], 1.0);
    bag.add(&["names", few(names)], 1.0);
    bag.add(&["mention is quoted", yes(is_quoted)], 1.0);
    let has_quotation = tokens.all.iter().any(|it| it.quoted);
    bag.add(&["has quotation", yes(has_quotation)], 1.0);
    bag.add(&["bias"], 1.0);
}

/// Sums of the lexicon's good and bad words: all, by side and closeness, in the clause, by
/// closeness, quoted, not quoted. Good ones at even places.
fn lexicon_sums(around: &Around<'_>) -> [f32; SUMS] {
    let mut sums = [0.0; SUMS];
    for (at, token) in around.tokens.all.iter().enumerate() {
        let Some(mut valence) = lexicon::valence(&token.text) else {
            continue;
        };
        if token.negated {
            valence *= -0.6;
        }
        let bad = usize::from(valence <= 0.0);
        let amount = valence.abs();
        let distance = around.distance(at) as f32;
        let side = if at < around.tokens.target { 2 } else { 4 };
        sums[bad] += amount;
        sums[side + bad] += amount / (1.0 + distance / 4.0);
        if around.clause.contains(&at) {
            sums[6 + bad] += amount;
        }
        sums[8 + bad] += amount / (1.0 + distance / 2.0);
        sums[if token.quoted { 10 } else { 12 } + bad] += amount;
    }
    sums
}

fn bucket(distance: usize) -> &'static str {
    match distance {
        0..=1 => "1",
        2 => "2",
        3..=4 => "4",
        5..=7 => "7",
        8..=12 => "12",
        _ => "far",
    }
}

fn few(count: usize) -> &'static str {
    ["0", "1", "2", "3", "4", "5"]
        .get(count)
        .copied()
        .unwrap_or("6+")
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// Hashed features as they are found.
#[derive(Default)]
struct Bag(BTreeMap<u32, f32>);

impl Bag {
    fn add(&mut self, parts: &[&str], value: f32) {
        *self.0.entry(slot(parts)).or_default() += value;
    }

    /// Scaled to length 1, so that long sentences do not shout.
    fn normalised(self) -> Vec<Feature> {
        let length = self
            .0
            .values()
            .map(|value| value * value)
            .sum::<f32>()
            .sqrt();
        self.0
            .into_iter()
            .map(|(slot, value)| Feature {
                slot,
                // A word that comes ten times says no more than twice.
                value: value.min(2.0) / length.max(1.0),
            })
            .collect()
    }
}

/// FNV-1a over the parts, mixed by the finaliser of MurmurHash3.
fn slot(parts: &[&str]) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (hash >> (64 - HASH_BITS)) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn slots_are_sorted_and_in_bounds(sentence in "(\\PC|bad |good |not |, ){0,80}", from in 0usize..80, length in 0usize..20) {
            let features = features(&sentence, from..from + length);
            prop_assert!(features.is_sorted_by(|a, b| a.slot < b.slot));
            prop_assert!(features.iter().all(|it| (it.slot as usize) < SLOTS));
            prop_assert!(features.iter().all(|it| it.value.is_finite() && it.value > 0.0));
        }
    }
}
