use std::path::PathBuf;

use crate::catalogue::CatalogueError;
use crate::model::{ArticleId, StoryId};
use crate::store::StoreError;

/// What can go wrong in Overview. Each message says what was being done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The database could not be used.
    #[error(transparent)]
    Store(StoreError),
    /// The catalogue could not be read.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// HTTP could not be set up at all.
    #[error(transparent)]
    Http(#[from] crate::http::HttpError),
    /// The person asked for nothing to be fetched.
    #[error("nothing is fetched while offline is switched on")]
    Offline,
    /// Another process, or another call, is syncing this store.
    #[error("another sync of this store is running")]
    SyncRunning,
    /// [`Overview::pause`](crate::Overview::pause) was called: nothing is done until
    /// [`resume`](crate::Overview::resume).
    #[error("overview is paused")]
    Paused,
    /// No such article here.
    #[error("there is no article {0} in this store")]
    NoSuchArticle(ArticleId),
    /// No such story here.
    #[error("there is no story {0} in this store")]
    NoSuchStory(StoryId),
    /// No such country, publisher or other named thing.
    #[error("{what} {name:?} is not in the catalogue")]
    Unknown {
        /// "country", "publisher".
        what: &'static str,
        /// What was asked for.
        name: String,
    },
    /// A picture's file could not be written or read.
    #[error("{doing} {}: {source}", path.display())]
    Picture {
        /// "keeping the picture", "reading the picture".
        doing: &'static str,
        /// Which file.
        path: PathBuf,
        /// The system's word.
        source: std::io::Error,
    },
    /// A text could not be translated.
    #[error(transparent)]
    Translate(#[from] crate::language::TranslateError),
    /// A model for translating could not be installed or removed.
    #[error(transparent)]
    Model(#[from] crate::language::models::ModelError),
    /// A list of feeds could not be read.
    #[error(transparent)]
    Opml(#[from] crate::feed::opml::OpmlError),
    /// A file for moving house could not be written or read.
    #[error(transparent)]
    Moving(#[from] crate::moving::MovingError),
    /// A request that makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// The data directory could not be made or used.
    #[error("using the data directory {}: {source}", path.display())]
    DataDir {
        /// Which directory.
        path: PathBuf,
        /// The system's word.
        source: std::io::Error,
    },
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NoSuchArticle(id) => Self::NoSuchArticle(id),
            StoreError::Paused { .. } => Self::Paused,
            error => Self::Store(error),
        }
    }
}

impl Error {
    /// A short word for programs that never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Catalogue(_) => "catalogue",
            Self::Http(error) => error.code(),
            Self::Offline => "offline",
            Self::SyncRunning => "sync_running",
            Self::Paused => "paused",
            Self::NoSuchArticle(_) => "no_such_article",
            Self::NoSuchStory(_) => "no_such_story",
            Self::Unknown { .. } => "unknown",
            Self::Picture { .. } => "picture",
            Self::Translate(error) => error.code(),
            Self::Model(error) => error.code(),
            Self::Opml(error) => error.code(),
            Self::Moving(error) => error.code(),
            Self::Invalid(_) => "invalid",
            Self::DataDir { .. } => "data_dir",
        }
    }
}

/// A result with Overview's [`enum@Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What was done with an article that a list named: nothing, where the article went to make room since.
pub(crate) fn unless_gone<T>(done: Result<T>) -> Result<Option<T>> {
    match done {
        Err(Error::NoSuchArticle(_)) => Ok(None),
        done => done.map(Some),
    }
}
