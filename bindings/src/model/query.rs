//! Which articles are asked for.

use overview_core::model::{ArticleQuery, Cursor, PublisherId, Region, Scope};

use crate::{CountryCode, RowCount, Timestamp};

/// Which articles a list or a bulk mark is about. Each part narrows; an empty list of values
/// does not. Hidden and muted articles are left out unless asked for; what is saved is not muted.
#[uniffi::remote(Record)]
pub struct Scope {
    /// Of publishers of any of these countries.
    #[uniffi(default)]
    pub countries: Vec<CountryCode>,
    /// Of publishers of any of these regions.
    #[uniffi(default)]
    pub regions: Vec<Region>,
    /// Of any of these publishers.
    #[uniffi(default)]
    pub publishers: Vec<PublisherId>,
    /// In any of these languages; `pt` also takes `pt-BR`.
    #[uniffi(default)]
    pub languages: Vec<String>,
    /// Only unread ones.
    #[uniffi(default)]
    pub unread: bool,
    /// Only saved ones.
    #[uniffi(default)]
    pub saved: bool,
    /// Hidden ones instead of the others.
    #[uniffi(default)]
    pub hidden: bool,
    /// Those that mutes hide instead of the others.
    #[uniffi(default)]
    pub muted: bool,
    /// Only of countries and publishers the person follows.
    #[uniffi(default)]
    pub followed: bool,
    /// Sorted at this time or later.
    #[uniffi(default)]
    pub since: Option<Timestamp>,
    /// With all these words in title or text; whatever a person types is taken as words.
    #[uniffi(default)]
    pub text: Option<String>,
}

/// A page of articles to ask for.
#[uniffi::remote(Record)]
pub struct ArticleQuery {
    /// Which articles.
    #[uniffi(default)]
    pub scope: Scope,
    /// Rows wanted, 1 to 50; 0 means the most.
    #[uniffi(default)]
    pub limit: RowCount,
    /// Older than this place: a page's `next`.
    #[uniffi(default)]
    pub after: Option<Cursor>,
    /// Newer than this place: a page's `previous`. Not together with `after`.
    #[uniffi(default)]
    pub before: Option<Cursor>,
}
