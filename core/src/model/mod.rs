//! The words of Overview as plain values: no I/O, no clock, no decisions.

mod article;
mod block;
mod country;
mod diagnosis;
mod language_tag;
mod mark;
mod moving;
mod mute;
mod own;
mod page;
mod page_article;
mod perspective;
mod poll;
mod position;
mod publisher;
mod query;
mod search;
mod settings;
mod story;
mod translation;

pub use article::{Article, ArticleId, ArticleRow, Media, PictureState};
pub use block::{Block, Cell, Direction, Image, Run, pictures, plain};
pub use country::{CountryCode, CountrySummary, ParseCountryError, Region};
pub use diagnosis::{Diagnosis, SalvageReport, StoragePart, StorageShare, StorageUse};
pub use language_tag::primary_language;
pub use mark::{Mark, MarkAllReceipt, ReadState};
pub use moving::{MarkSince, Moved, MovedArticle, MovedCounts, MovedEnglish, MovedPage};
pub use mute::{Mute, MuteFor, MuteId, Muted};
pub use own::{
    Change, ChangeId, ChangeKind, FoundFeed, FoundSite, HistoryRow, OwnPublisher, SiteSign,
};
pub use page::{Cursor, PAGE_SIZE_MAX, Page, ParseCursorError};
pub use page_article::{BodySource, PageArticle, PageVerdict, ReadPage};
pub use perspective::{Evidence, Label, PerspectiveId, PerspectiveKind};
pub use poll::{FeedPollState, Move, PollError, UpdateHints, Validators};
pub use position::ReadingPosition;
pub use publisher::{
    Alignment, Fact, FeedHealth, FeedStatus, Ownership, Publisher, PublisherId, PublisherKind,
    PublisherSummary, Stance,
};
pub use query::{ArticleQuery, Scope};
pub use search::{SearchHit, SearchOrder, SearchQuery, Stretch};
pub use settings::{AppSetting, StorageSettings};
pub use story::{
    ArticleForm, Assessment, Condition, CountryCoverage, Coverage, FirstReport, LabelMark,
    OverlookedClaim, OverlookedMark, OverlookedVerdict, PanelCoverage, ParseStoryIdError,
    PerspectiveCount, RegionCoverage, Story, StoryId, StoryOrder, StoryQuery, StoryRow, StoryScope,
    Take, Telling,
};
pub use translation::{
    ArticleTranslation, EngineKind, RowTranslation, TARGET_LANGUAGE, TranslatedBy,
};
