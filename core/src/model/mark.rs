use serde::{Deserialize, Serialize};

use super::ReadingPosition;

/// What the person did with an article. Outlives the article: it is kept by the article's keys,
/// and is there again when the article comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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

/// One change of an article's [`ReadState`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

/// What [`mark_all_read`](crate::Overview::mark_all_read) did, and the means to undo it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkAllReceipt {
    /// Names the change for [`undo_mark_all`](crate::Overview::undo_mark_all). Kept on disk for a
    /// day, so that it can be undone in another process.
    pub undo: i64,
    /// How many articles it turned from unread to read.
    pub marked: u32,
}
