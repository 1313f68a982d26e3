//! How much reading there is.

use std::time::Duration;

use unicode_segmentation::UnicodeSegmentation as _;

use super::lines::is_sign;
use super::plain::text_of;
use crate::model::Block;

/// Words a minute of silent reading of non-fiction, and signs a minute where words are written
/// without spaces (Brysbaert, "How many words do we read per minute?", 2019: 238 words; Trauzettel-
/// Klosinski and Dietz, 2012: 255 to 360 signs for Chinese and Japanese; the rounded mean of those).
const WORDS_A_MINUTE: f64 = 238.0;
const SIGNS_A_MINUTE: f64 = 300.0;

/// Words, and signs of scripts that set no spaces between them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordCount {
    /// Words between spaces or punctuation (UAX #29).
    pub words: u32,
    /// Ideographs and kana.
    pub signs: u32,
}

impl WordCount {
    /// Counts a text.
    pub fn of(blocks: &[Block]) -> Self {
        let text = text_of(blocks);
        let mut count = Self::default();
        for word in text.unicode_words() {
            if word.chars().next().is_some_and(is_sign) {
                count.signs += word.chars().count() as u32;
            } else {
                count.words += 1;
            }
        }
        count
    }

    /// How long reading it takes, rounded up to a minute; zero for nothing.
    pub fn reading_time(self) -> Duration {
        let minutes =
            f64::from(self.words) / WORDS_A_MINUTE + f64::from(self.signs) / SIGNS_A_MINUTE;
        Duration::from_secs(minutes.ceil() as u64 * 60)
    }
}
