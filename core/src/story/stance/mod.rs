//! The sentiment of a sentence toward somebody or something it names, and whose voice it is.
//!
//! ```text
//! sentence, mention --tokens--> tokens --features--> features --model--> Judgement
//! sentence, mention --voice--> Author | Quoted | Reported
//! ```
//!
//! A linear model over words and phrases around the mention, trained on NewsMTSC by
//! `core/examples/train_stance.rs`. It reads English. It knows how a sentence sounds, not who is
//! speaking nor whether the news is bad: **nothing about an author may be concluded from straight
//! news**. Data, figures and limits: `docs/stance.md`.

mod features;
mod lexicon;
mod model;
mod tokens;
mod voice;

use std::ops::Range;

pub use features::{Feature, SLOTS, features};
pub use model::{InvalidWeights, Model, Polarity};
pub use voice::{Voice, quotations, voice};

/// From this probability on, a judgement may be shown; below it, abstain.
pub const CONFIDENT: f32 = 0.8;

/// What a sentence says of its target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// The likeliest sentiment.
    pub polarity: Polarity,
    /// How likely, from 0 to 1.
    pub probability: f32,
}

impl Judgement {
    /// Not neutral, and sure enough to be shown.
    pub fn is_confident(self) -> bool {
        self.polarity != Polarity::Neutral && self.probability >= CONFIDENT
    }
}

/// Judges the sentiment of an English sentence toward what stands at `mention`, in bytes.
///
/// Whatever is no range of whole characters in the sentence is taken for a target that is not
/// mentioned. Whose sentiment it is tells [`voice`].
pub fn judge(sentence: &str, mention: Range<usize>) -> Judgement {
    Model::shipped().judge(&features(sentence, mention))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn judged(sentence: &str, target: &str) -> Judgement {
        let at = sentence.find(target).unwrap_or_default();
        judge(sentence, at..at + target.len())
    }

    #[test]
    fn plain_praise_and_blame_are_told_apart() {
        for (sentence, target, polarity) in [
            (
                "Horvat is a shameless liar who betrayed the voters and disgraced the office.",
                "Horvat",
                Polarity::Negative,
            ),
            (
                "Horvat is an honest, brave and brilliant leader who deserves our thanks.",
                "Horvat",
                Polarity::Positive,
            ),
            (
                "Horvat will meet the committee in the capital on Tuesday.",
                "Horvat",
                Polarity::Neutral,
            ),
        ] {
            assert_eq!(judged(sentence, target).polarity, polarity, "{sentence}");
        }
    }

    #[test]
    fn who_the_target_is_does_not_matter() {
        for sentence in [
            "On Monday X lied about the shameful budget.",
            "The minister praised X for a brave and honest speech.",
        ] {
            let of = |name: &str| judged(&sentence.replace('X', name), name);
            assert_eq!(of("Trump"), of("Horvat"));
            assert_eq!(of("Barack Obama"), of("Horvat"));
        }
    }

    proptest! {
        #[test]
        fn anything_is_judged(sentence in "(\\PC|[ .,\"“”'’\n]|not |said ){0,200}", from in 0usize..300, to in 0usize..300) {
            let judgement = judge(&sentence, from..to);
            prop_assert!((1.0 / 3.0 - 1e-3..=1.0).contains(&judgement.probability));
            voice(&sentence, from..to);
            for quotation in quotations(&sentence) {
                prop_assert!(sentence.get(quotation).is_some());
            }
        }
    }
}
