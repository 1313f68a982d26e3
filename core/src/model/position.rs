use serde::{Deserialize, Serialize};

/// How far an article was read: a block of its body and a share of that block.
///
/// Counted in blocks and not in pixels or lines, so that it means the same on any screen. The
/// digest of the block's words lets [`find_position`](crate::page::find_position) return to the
/// same words when the body is read anew and blocks came or went before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReadingPosition {
    /// The place of the block among the body's, from 0.
    pub block: u32,
    /// How much of the block was passed, in thousandths (0 to 1,000).
    pub thousandths: u16,
    /// Of the block's words; 0 when they are not known.
    pub digest: u32,
}

/// Bits of the thousandths when packed.
const SHARE_BITS: u32 = 10;
/// Bits of the block when packed.
const BLOCK_BITS: u32 = 22;
/// Bits of the digest when packed, so that the whole is never negative.
const DIGEST_BITS: u32 = 31;

impl ReadingPosition {
    /// The greatest block that can be kept.
    pub const BLOCK_MAX: u32 = (1 << BLOCK_BITS) - 1;
    /// The greatest digest that can be kept.
    pub(crate) const DIGEST_MAX: u32 = (1 << DIGEST_BITS) - 1;

    /// In one number, as the store keeps it. What is out of range is cut to the greatest value.
    pub(crate) fn pack(self) -> i64 {
        i64::from(self.digest.min(Self::DIGEST_MAX)) << (BLOCK_BITS + SHARE_BITS)
            | i64::from(self.block.min(Self::BLOCK_MAX)) << SHARE_BITS
            | i64::from(self.thousandths.min(1_000))
    }

    /// The reverse of [`pack`](Self::pack). Before there were blocks the store held thousandths of
    /// the whole body: they come out as a share of the first block.
    pub(crate) fn unpack(packed: i64) -> Self {
        let bits = |from: u32, count: u32| {
            u32::try_from((packed >> from) & ((1 << count) - 1)).unwrap_or_default()
        };
        Self {
            block: bits(SHARE_BITS, BLOCK_BITS),
            thousandths: u16::try_from(bits(0, SHARE_BITS)).map_or(1_000, |share| share.min(1_000)),
            digest: bits(BLOCK_BITS + SHARE_BITS, DIGEST_BITS),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn packing_keeps_everything(
            block in 0..=ReadingPosition::BLOCK_MAX,
            thousandths in 0..=1_000u16,
            digest in 0..=ReadingPosition::DIGEST_MAX,
        ) {
            let position = ReadingPosition { block, thousandths, digest };
            prop_assert!(position.pack() >= 0);
            prop_assert_eq!(ReadingPosition::unpack(position.pack()), position);
        }

        #[test]
        fn whatever_stands_in_a_database_is_a_position(packed in any::<i64>()) {
            prop_assert!(ReadingPosition::unpack(packed).thousandths <= 1_000);
        }
    }
}
