//! What became stale.

use overview_core::events::Invalidation;
use overview_core::model::ArticleId;

use crate::CountryCode;

/// Something a screen may show has changed; whoever shows it asks again.
#[uniffi::remote(Enum)]
pub enum Invalidation {
    /// Articles arrived or changed in these countries.
    Articles(Vec<CountryCode>),
    /// The body of an article became another.
    Body(ArticleId),
    /// Marks of these articles changed. Empty when there are too many to name.
    Marks(Vec<ArticleId>),
    /// What is followed changed.
    Follows,
    /// What is muted changed.
    Mutes,
    /// The catalogue changed.
    Catalogue,
}
