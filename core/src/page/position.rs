//! Where somebody stopped reading, in a body that may have been read anew since.

use std::cmp::Reverse;

use sha2::{Digest as _, Sha256};

use super::text_of;
use crate::model::{Block, ReadingPosition};

/// The position of a reader who passed so many thousandths of a block; `None` when there is no
/// such block or share.
pub fn position_at(blocks: &[Block], block: usize, thousandths: u16) -> Option<ReadingPosition> {
    let there = blocks.get(block)?;
    let place = u32::try_from(block)
        .ok()
        .filter(|place| *place <= ReadingPosition::BLOCK_MAX)?;
    (thousandths <= 1_000).then(|| ReadingPosition {
        block: place,
        thousandths,
        digest: digest(there),
    })
}

/// The block and share that a position stands for: of the blocks with the same words the nearest,
/// else the block of the same place, else the last. `None` only where there is no block.
pub fn find_position(blocks: &[Block], position: ReadingPosition) -> Option<(usize, u16)> {
    let last = blocks.len().checked_sub(1)?;
    let place = usize::try_from(position.block).unwrap_or(last);
    let same = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| position.digest != 0 && digest(block) == position.digest)
        // Of two as near the later one: bodies grow more often than they shrink.
        .min_by_key(|(at, _)| (at.abs_diff(place), Reverse(*at)));
    Some(match same {
        Some((at, _)) => (at, position.thousandths),
        None if place > last => (last, 1_000),
        None => (place, position.thousandths),
    })
}

/// Of the letters and digits of a block, so that spacing and marks may change. 0 stands for none:
/// a picture has no words.
fn digest(block: &Block) -> u32 {
    let words: String = text_of(std::slice::from_ref(block))
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    if words.is_empty() {
        return 0;
    }
    let hash = Sha256::digest(words.as_bytes());
    let first = hash.iter().take(4);
    let number = first.fold(0, |number, byte| number << 8 | u32::from(*byte));
    (number & ReadingPosition::DIGEST_MAX).max(1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::*;
    use crate::page::read_fragment;

    fn blocks(paragraphs: &[&str]) -> Vec<Block> {
        let html: String = paragraphs.iter().map(|p| format!("<p>{p}</p>")).collect();
        read_fragment(&html, &Url::parse("https://news.example/").unwrap())
    }

    #[test]
    fn stays_at_the_words_when_blocks_come_and_go_before_them() {
        let body = blocks(&["One.", "Two.", "Three.", "Two."]);
        let position = position_at(&body, 1, 400).unwrap();
        assert_eq!(find_position(&body, position), Some((1, 400)));
        let longer = blocks(&["New.", "One.", "“Two”.", "Three.", "Two."]);
        assert_eq!(find_position(&longer, position), Some((2, 400)));
        let last = position_at(&body, 3, 0).unwrap();
        assert_eq!(find_position(&longer, last), Some((4, 0)));
        // Words that are gone leave the place.
        assert_eq!(
            find_position(&blocks(&["A.", "B."]), position),
            Some((1, 400))
        );
        assert_eq!(find_position(&blocks(&["A."]), position), Some((0, 1_000)));
        assert_eq!(find_position(&[], position), None);
    }

    #[test]
    fn is_not_made_of_what_is_not_there() {
        let body = blocks(&["One."]);
        assert_eq!(position_at(&body, 1, 0), None);
        assert_eq!(position_at(&body, 0, 1_001), None);
    }

    proptest! {
        #[test]
        fn is_found_again_in_the_same_body(
            words in prop::collection::vec("[a-c]{1,2}", 1..12),
            place in 0..12usize,
            share in 0..=1_000u16,
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let body = blocks(&words);
            if let Some(position) = position_at(&body, place, share) {
                prop_assert_eq!(find_position(&body, position), Some((place, share)));
            }
        }
    }
}
