//! What is searched for, and what is found.

use overview_core::model::{
    Cursor, Page, SearchHit, SearchOrder, SearchQuery, StoryScope, Stretch,
};

use super::ListedArticle;
use crate::RowCount;

/// A page of what is found.
pub type SearchPage = Page<SearchHit>;

/// How what is found is ordered.
#[uniffi::remote(Enum)]
pub enum SearchOrder {
    /// Newest first.
    Time,
    /// Articles with all words in the title first, in the original or in English; each newest first.
    Rank,
}

/// A page of what is found to ask for.
#[uniffi::remote(Record)]
pub struct SearchQuery {
    /// What a person typed: words, all of them wanted; those between quotation marks stand together.
    /// The last also finds what it begins. Whatever is typed is taken as words.
    pub text: String,
    /// Among which articles.
    #[uniffi(default)]
    pub scope: StoryScope,
    /// In which order.
    pub order: SearchOrder,
    /// Rows wanted, 1 to 50; 0 means the most.
    #[uniffi(default)]
    pub limit: RowCount,
    /// After this place: a page's `next`.
    #[uniffi(default)]
    pub after: Option<Cursor>,
}

/// A stretch of a text: the whole is all of them, one after the other.
#[uniffi::remote(Record)]
pub struct Stretch {
    /// Plain text.
    pub text: String,
    /// It is what was searched for.
    pub found: bool,
}

/// An article that was found.
#[uniffi::remote(Record)]
pub struct SearchHit {
    /// Its row.
    pub row: ListedArticle,
    /// The title to show.
    pub title: Vec<Stretch>,
    /// The place where the words stand, where that is not the title, or the beginning of the teaser;
    /// empty when the article has no text.
    pub excerpt: Vec<Stretch>,
    /// The excerpt is in the article's own language though the title is in English.
    pub in_original: bool,
}

/// A page of what is found.
#[uniffi::remote(Record)]
pub struct SearchPage {
    /// At most 50 rows.
    pub rows: Vec<SearchHit>,
    /// Always absent: what is found is read on, not back.
    pub previous: Option<Cursor>,
    /// Where the next page begins; `None` when there is none.
    pub next: Option<Cursor>,
}
