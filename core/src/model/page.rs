use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// The most rows a page has.
pub const PAGE_SIZE_MAX: usize = 50;

/// A place in a list ordered by `(sort_at, id)`, newest first: a keyset cursor. It stays right
/// while articles arrive or leave. To be handed back, not taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cursor {
    /// Sort time of the row at the edge, in milliseconds since 1970.
    pub(crate) sort_at: i64,
    /// Id of that row.
    pub(crate) id: i64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.sort_at, self.id)
    }
}

/// Why a text is not a [`Cursor`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a place in a list: it must be one that an earlier page gave")]
pub struct ParseCursorError(pub String);

impl FromStr for Cursor {
    type Err = ParseCursorError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_once('.')
            .and_then(|(sort_at, id)| {
                Some(Self {
                    sort_at: sort_at.parse().ok()?,
                    id: id.parse().ok()?,
                })
            })
            .ok_or_else(|| ParseCursorError(text.to_owned()))
    }
}

impl Serialize for Cursor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A page of a list, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// At most [`PAGE_SIZE_MAX`] rows.
    pub rows: Vec<T>,
    /// Where the newer neighbour ends; `None` when there are no newer rows.
    pub previous: Option<Cursor>,
    /// Where the older neighbour begins; `None` when there are no older rows.
    pub next: Option<Cursor>,
}
