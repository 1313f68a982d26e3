//! What a person did with an article.

use overview_core::model::{Mark, MarkAllReceipt, ReadState, ReadingPosition};

/// What the person did with an article. Outlives the article: it is kept by the article's keys,
/// and is there again when the article comes back.
#[uniffi::remote(Record)]
pub struct ReadState {
    /// Read.
    pub read: bool,
    /// Kept for later; never pruned.
    pub saved: bool,
    /// Hidden from lists and counts.
    pub hidden: bool,
    /// How far it was read; `None` when never scrolled.
    pub position: Option<ReadingPosition>,
}

/// One change of an article's `ReadState`.
#[uniffi::remote(Enum)]
pub enum Mark {
    /// Mark as read.
    Read,
    /// Mark as unread.
    Unread,
    /// Keep for later.
    Save,
    /// No longer keep for later.
    Unsave,
    /// Take out of lists and counts.
    Hide,
    /// Show again.
    Unhide,
    /// Remember how far it was read.
    Position(ReadingPosition),
}

/// What `mark_all_read` did, and the means to undo it.
#[uniffi::remote(Record)]
pub struct MarkAllReceipt {
    /// Names the change for `undo_mark_all`. Kept on disk for a
    /// day, so that it can be undone in another process.
    pub undo: i64,
    /// How many articles it turned from unread to read.
    pub marked: u32,
}

/// How far an article was read: a block of its body and a share of that block.
///
/// Counted in blocks and not in pixels or lines, so that it means the same on any screen. The
/// digest of the block's words lets `find_position` return to the
/// same words when the body is read anew and blocks came or went before them.
#[uniffi::remote(Record)]
pub struct ReadingPosition {
    /// The place of the block among the body's, from 0.
    pub block: u32,
    /// How much of the block was passed, in thousandths (0 to 1,000).
    pub thousandths: u16,
    /// Of the block's words; 0 when they are not known.
    pub digest: u32,
}
