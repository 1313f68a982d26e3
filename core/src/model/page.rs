use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// The most rows a page has.
pub const PAGE_SIZE_MAX: usize = 50;

/// A place in a list ordered by `(rank, sort_at, id)`, greatest first: a keyset cursor. It stays
/// right while rows arrive or leave. To be handed back, not taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cursor {
    /// What the list is ordered by before time; 0 in a list by time.
    pub(crate) rank: i64,
    /// Sort time of the row at the edge, in milliseconds since 1970.
    pub(crate) sort_at: i64,
    /// Id of that row.
    pub(crate) id: i64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.rank != 0 {
            write!(f, "{}.", self.rank)?;
        }
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
        let parts: Option<Vec<i64>> = text.split('.').map(|part| part.parse().ok()).collect();
        match parts.as_deref() {
            Some(&[sort_at, id]) => Ok(Self {
                rank: 0,
                sort_at,
                id,
            }),
            Some(&[rank, sort_at, id]) => Ok(Self { rank, sort_at, id }),
            _ => Err(ParseCursorError(text.to_owned())),
        }
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
