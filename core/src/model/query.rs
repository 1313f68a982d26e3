use chrono::{DateTime, Utc};

use super::{CountryCode, Cursor, PublisherId, Region};

/// Which articles a list or a bulk mark is about. Each part narrows; an empty list of values
/// does not. Hidden and muted articles are left out unless asked for; what is saved is not muted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// Of publishers of any of these countries.
    pub countries: Vec<CountryCode>,
    /// Of publishers of any of these regions.
    pub regions: Vec<Region>,
    /// Of any of these publishers.
    pub publishers: Vec<PublisherId>,
    /// In any of these languages; `pt` also takes `pt-BR`.
    pub languages: Vec<String>,
    /// Only unread ones.
    pub unread: bool,
    /// Only saved ones.
    pub saved: bool,
    /// Hidden ones instead of the others.
    pub hidden: bool,
    /// Those that mutes hide instead of the others.
    pub muted: bool,
    /// Only of countries and publishers the person follows.
    pub followed: bool,
    /// Sorted at this time or later.
    pub since: Option<DateTime<Utc>>,
    /// With all these words in title or text; whatever a person types is taken as words.
    pub text: Option<String>,
}

/// A page of articles to ask for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticleQuery {
    /// Which articles.
    pub scope: Scope,
    /// Rows wanted, 1 to [`PAGE_SIZE_MAX`](super::PAGE_SIZE_MAX); 0 means the most.
    pub limit: usize,
    /// Older than this place: a page's `next`.
    pub after: Option<Cursor>,
    /// Newer than this place: a page's `previous`. Not together with `after`.
    pub before: Option<Cursor>,
}
