use serde::Serialize;

use super::{ArticleRow, Cursor, StoryScope};

/// How what is found is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchOrder {
    /// Newest first.
    #[default]
    Time,
    /// Articles with all words in the title first, in the original or in English; each newest first.
    Rank,
}

/// A page of what is found to ask for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchQuery {
    /// What a person typed: words, all of them wanted; those between quotation marks stand together.
    /// The last also finds what it begins. Whatever is typed is taken as words.
    pub text: String,
    /// Among which articles; `scope.articles.text` narrows further.
    pub scope: StoryScope,
    /// In which order.
    pub order: SearchOrder,
    /// Rows wanted, 1 to [`PAGE_SIZE_MAX`](super::PAGE_SIZE_MAX); 0 means the most.
    pub limit: usize,
    /// After this place: a page's `next`.
    pub after: Option<Cursor>,
}

/// A stretch of a text: the whole is all of them, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// Plain text.
    pub text: String,
    /// It is what was searched for.
    pub found: bool,
}

/// An article that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchHit {
    /// Its row.
    pub row: ArticleRow,
    /// The title to show.
    pub title: Vec<Stretch>,
    /// The place where the words stand, where that is not the title, or the beginning of the teaser;
    /// empty when the article has no text.
    pub excerpt: Vec<Stretch>,
    /// The excerpt is in the article's own language though the title is in English.
    pub in_original: bool,
}
