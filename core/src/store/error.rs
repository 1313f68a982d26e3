use std::borrow::Cow;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::values::{self, Unreadable};
use crate::model::ArticleId;

/// Why the database could not be used. Each says what was being done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// No room left on the device.
    #[error("{doing}: the disk is full; nothing stored before is lost")]
    DiskFull {
        /// What was being done.
        doing: Cow<'static, str>,
    },
    /// The file or its folder may not be written.
    #[error("{doing}: the database or its folder cannot be written to")]
    ReadOnly {
        /// What was being done.
        doing: Cow<'static, str>,
    },
    /// The file cannot be opened at all: no such folder, no permission.
    #[error("opening the database {}: {reason}", path.display())]
    CannotOpen {
        /// Which file.
        path: PathBuf,
        /// The system's word.
        reason: String,
    },
    /// The file is not a database, or parts of it are destroyed. It is left as it is.
    #[error("{doing}: the database is damaged ({reason}); the file was left untouched")]
    Damaged {
        /// What was being done.
        doing: Cow<'static, str>,
        /// SQLite's word.
        reason: String,
    },
    /// A database of another program.
    #[error("opening the database {}: this is a database of another program", path.display())]
    NotOurs {
        /// Which file.
        path: PathBuf,
    },
    /// Written by a newer Overview. It is left as it is.
    #[error(
        "opening the database {}: a newer version of Overview wrote it (schema {found}; this \
         version knows schemas up to {known}); it was left untouched",
        path.display()
    )]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest schema this library knows.
        known: u32,
    },
    /// Another process kept the database locked for too long.
    #[error("{doing}: another program has kept the database busy for too long")]
    Busy {
        /// What was being done.
        doing: Cow<'static, str>,
    },
    /// The store is paused, or was before this was done; nothing of it was.
    #[error("{doing}: the store is paused")]
    Paused {
        /// What was being done.
        doing: Cow<'static, str>,
    },
    /// The store was closed, or its writer died.
    #[error("{doing}: the store is closed")]
    Closed {
        /// What was being done.
        doing: Cow<'static, str>,
    },
    /// Whoever asked for it stopped it, or gave it nothing more; nothing of it was done.
    #[error("{doing}: it was stopped, and nothing of it was done")]
    Stopped {
        /// What was being done.
        doing: Cow<'static, str>,
    },
    /// An article to be marked is not here; the whole call did nothing.
    #[error("there is no article {0} in this store")]
    NoSuchArticle(ArticleId),
    /// Anything else SQLite says.
    #[error("{doing}: {source}")]
    Sqlite {
        /// What was being done.
        doing: Cow<'static, str>,
        /// SQLite's word.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// A short word for programs that never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Stopped { .. } => "stopped",
            Self::DiskFull { .. } => "disk_full",
            Self::ReadOnly { .. } => "read_only",
            Self::CannotOpen { .. } => "cannot_open",
            Self::Damaged { .. } => "damaged",
            Self::NotOurs { .. } => "not_ours",
            Self::Newer { .. } => "newer",
            Self::Busy { .. } => "busy",
            Self::Paused { .. } => "paused",
            Self::Closed { .. } => "closed",
            Self::NoSuchArticle(_) => "no_such_article",
            Self::Sqlite { .. } => "sqlite",
        }
    }

    /// The same, naming the file that was being opened.
    pub(super) fn opening(self, path: &Path) -> Self {
        let opening = || Cow::Owned(format!("opening the database {}", path.display()));
        match self {
            Self::DiskFull { .. } => Self::DiskFull { doing: opening() },
            Self::ReadOnly { .. } => Self::ReadOnly { doing: opening() },
            Self::Busy { .. } => Self::Busy { doing: opening() },
            Self::Damaged { reason, .. } => Self::Damaged {
                doing: opening(),
                reason,
            },
            other => other,
        }
    }

    /// Of damage or of a mistake of ours: a value of another type than was asked for, or a statement
    /// that does not go with the schema.
    pub(super) fn may_be_damage(&self) -> bool {
        let Self::Sqlite { source, .. } = self else {
            return false;
        };
        let code = match source {
            rusqlite::Error::SqliteFailure(error, _)
            | rusqlite::Error::SqlInputError { error, .. } => error.code,
            rusqlite::Error::InvalidColumnName(_) => return true,
            other => return matches!(values::unreadable(other), Some(Unreadable::OtherType)),
        };
        matches!(
            code,
            ErrorCode::Unknown | ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch
        )
    }

    pub(super) fn from_sqlite(doing: Cow<'static, str>, source: rusqlite::Error) -> Self {
        if matches!(values::unreadable(&source), Some(Unreadable::Damaged)) {
            return Self::Damaged {
                doing,
                reason: source.to_string(),
            };
        }
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull { doing },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { doing },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged {
                doing,
                reason: source.to_string(),
            },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { doing },
            // Nothing else interrupts.
            Some(ErrorCode::OperationInterrupted) => Self::Paused { doing },
            _ => Self::Sqlite { doing, source },
        }
    }
}

/// Says what was being done when SQLite failed.
pub(super) trait Doing<T> {
    fn doing(self, doing: impl Into<Cow<'static, str>>) -> Result<T, StoreError>;
}

impl<T> Doing<T> for Result<T, rusqlite::Error> {
    fn doing(self, doing: impl Into<Cow<'static, str>>) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::from_sqlite(doing.into(), source))
    }
}
