//! The core's own values, mirrored field for field: a field that is added there fails the build here
//! until it is added too. Their meaning is written for who uses them from Swift or Kotlin.

mod article;
mod block;
mod change;
mod country;
mod diagnosis;
mod mark;
mod mute;
mod own;
mod pack;
mod picture;
mod publisher;
mod query;
mod search;
mod story;
mod sync;
mod translation;

pub use article::{Article, ArticlePage, ArticleRow, ListedArticle};
pub use country::UtcOffset;
pub use own::HistoryPage;
pub use publisher::OwnershipFact;
pub use search::SearchPage;
pub use story::{PerspectiveLabel, StoryPage};
pub(crate) use translation::OfApp;
pub use translation::{
    PlatformTranslator, PlatformTranslatorError, TranslationModel, TranslationOutcome,
    TranslationTrial,
};
