//! What an app is told when a call fails.

use overview_core::Error;
use overview_core::http::HttpFailure;
use overview_core::language::models::ModelError;
use overview_core::moving::MovingError;
use overview_core::store::StoreError;
use tokio::task::JoinError;

/// Why a call failed. There is one case for each thing that an app does differently; `reason` says
/// in an English sentence what was being done and what went wrong, for logs and bug reports. Choose
/// the words that people read by the case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum OverviewError {
    /// Fetching is switched off, by `set_offline`. Offer to switch it on.
    #[error("{reason}")]
    Offline {
        /// What was being done.
        reason: String,
    },
    /// Nobody answered: no network, or none that leads there. Offer to try again.
    #[error("{reason}")]
    Unreachable {
        /// What was being done, and what went wrong.
        reason: String,
    },
    /// The server answered, but not with what was asked for. Trying again at once does not help;
    /// offer the page in a browser.
    #[error("{reason}")]
    Refused {
        /// What was being done, and what went wrong.
        reason: String,
    },
    /// Something else is at it: a sync that runs already, another process. Wait for it.
    #[error("{reason}")]
    Busy {
        /// What was being done, and what is in the way.
        reason: String,
    },
    /// No such article, country or publisher, or not any more. Leave its screen.
    #[error("{reason}")]
    NotFound {
        /// What was asked for.
        reason: String,
    },
    /// The call makes no sense: a fault of the app, or a text that somebody typed.
    #[error("{reason}")]
    Invalid {
        /// What is wrong with it.
        reason: String,
    },
    /// The device is full. Nothing stored before is lost. Offer to free space.
    #[error("{reason}")]
    StorageFull {
        /// What was being done.
        reason: String,
    },
    /// The database cannot be read: damaged, or not Overview's. It was left untouched. Offer to
    /// move it aside and begin anew.
    #[error("{reason}")]
    StorageDamaged {
        /// What was being done, and what was found.
        reason: String,
    },
    /// A newer version of the app wrote the database. It was left untouched. Offer the update.
    #[error("{reason}")]
    AppTooOld {
        /// What was found.
        reason: String,
    },
    /// A file that the person chose is not what it should be, or is damaged. Nothing came of it; offer to
    /// choose another.
    #[error("{reason}")]
    UnreadableFile {
        /// What was found.
        reason: String,
    },
    /// The device does not let files be read or written: no permission, protected while locked.
    #[error("{reason}")]
    StorageUnavailable {
        /// What was being done, and what went wrong.
        reason: String,
    },
    /// `pause` was called, or the call was under way then; nothing of it was done. Ask again after
    /// `resume`; show nothing.
    #[error("{reason}")]
    Paused {
        /// What was being done.
        reason: String,
    },
    /// `shutdown` was called. Open again.
    #[error("{reason}")]
    Closed {
        /// What was being done.
        reason: String,
    },
    /// A defect of this library. The store is intact and other calls go on; report it.
    #[error("{reason}")]
    Unexpected {
        /// What went wrong.
        reason: String,
    },
}

impl OverviewError {
    /// A call on what was shut down.
    pub(crate) fn closed() -> Self {
        Self::Closed {
            reason: "this overview was shut down".to_owned(),
        }
    }

    /// Work of ours that did not come to its end.
    pub(crate) fn from_join(error: JoinError) -> Self {
        match error.try_into_panic() {
            Ok(payload) => {
                let said = payload
                    .downcast_ref::<&str>()
                    .map(|text| (*text).to_owned())
                    .or_else(|| payload.downcast_ref::<String>().cloned())
                    .unwrap_or_default();
                Self::Unexpected {
                    reason: format!("the library panicked: {said}"),
                }
            }
            Err(_) => Self::closed(),
        }
    }
}

impl From<Error> for OverviewError {
    fn from(error: Error) -> Self {
        let reason = error.to_string();
        match error {
            Error::Offline => Self::Offline { reason },
            Error::SyncRunning => Self::Busy { reason },
            Error::Paused => Self::Paused { reason },
            Error::NoSuchArticle(_) | Error::NoSuchStory(_) | Error::Unknown { .. } => {
                Self::NotFound { reason }
            }
            Error::Invalid(_) | Error::Catalogue(_) => Self::Invalid { reason },
            Error::Opml(_) => Self::UnreadableFile { reason },
            Error::Moving(error) => match error {
                MovingError::Newer { .. } => Self::AppTooOld { reason },
                MovingError::File { .. } => Self::StorageUnavailable { reason },
                _ => Self::UnreadableFile { reason },
            },
            Error::Http(error) => of_http(&error.failure, reason),
            Error::Store(error) => of_store(&error, reason),
            Error::Translate(error) => match error.code() {
                "unreachable" | "slow_down" => Self::Unreachable { reason },
                _ => Self::Refused { reason },
            },
            Error::Model(ModelError::Http(error)) => of_http(&error.failure, reason),
            Error::Model(ModelError::Disk { source, .. }) => of_io(&source, reason),
            Error::Model(_) => Self::Refused { reason },
            Error::Picture { source, .. } | Error::DataDir { source, .. } => of_io(&source, reason),
            // The core may learn to fail in new ways; until then it is a defect of this list.
            _ => Self::Unexpected { reason },
        }
    }
}

/// Whether the way there is broken, or what is there.
fn of_http(failure: &HttpFailure, reason: String) -> OverviewError {
    match failure {
        HttpFailure::Dns(_)
        | HttpFailure::Connect(_)
        | HttpFailure::Tls(_)
        | HttpFailure::Timeout { .. }
        | HttpFailure::Idle { .. }
        | HttpFailure::Truncated
        | HttpFailure::Io(_) => OverviewError::Unreachable { reason },
        HttpFailure::Setup(_) => OverviewError::Unexpected { reason },
        _ => OverviewError::Refused { reason },
    }
}

fn of_store(error: &StoreError, reason: String) -> OverviewError {
    match error {
        StoreError::DiskFull { .. } => OverviewError::StorageFull { reason },
        StoreError::Damaged { .. } | StoreError::NotOurs { .. } => {
            OverviewError::StorageDamaged { reason }
        }
        StoreError::Newer { .. } => OverviewError::AppTooOld { reason },
        StoreError::Busy { .. } => OverviewError::Busy { reason },
        StoreError::Closed { .. } => OverviewError::Closed { reason },
        StoreError::NoSuchArticle(_) => OverviewError::NotFound { reason },
        StoreError::ReadOnly { .. } | StoreError::CannotOpen { .. } => {
            OverviewError::StorageUnavailable { reason }
        }
        _ => OverviewError::Unexpected { reason },
    }
}

fn of_io(error: &std::io::Error, reason: String) -> OverviewError {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            OverviewError::StorageFull { reason }
        }
        _ => OverviewError::StorageUnavailable { reason },
    }
}

/// What a listener or sink of the app may throw. It is written to the log and otherwise does
/// nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum CallbackError {
    /// It failed.
    #[error("{reason}")]
    Failed {
        /// Why.
        reason: String,
    },
}

/// What it threw was something else: an exception of Kotlin, another error of Swift.
impl From<uniffi::UnexpectedUniFFICallbackError> for CallbackError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed {
            reason: error.reason,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::io;
    use std::path::PathBuf;
    use std::time::Duration;

    use overview_core::http::HttpError;
    use overview_core::model::ArticleId;

    use super::*;

    fn http(failure: HttpFailure) -> Error {
        Error::Http(HttpError {
            url: "https://news.example/".to_owned(),
            redirected_to: None,
            failure,
        })
    }

    fn disk(kind: io::ErrorKind) -> Error {
        Error::DataDir {
            path: PathBuf::from("/data"),
            source: io::Error::from(kind),
        }
    }

    /// An error of the core and the case that it is.
    type Pair = (Error, fn(String) -> OverviewError);

    #[test]
    fn each_error_of_the_core_is_the_case_that_an_app_acts_on() {
        let doing = || Cow::Borrowed("marking articles");
        let path = || PathBuf::from("/data/overview.db");
        let reason = || "odd".to_owned();
        let after = Duration::from_secs(1);
        let pairs: Vec<Pair> = vec![
            (Error::Offline, |reason| OverviewError::Offline { reason }),
            (Error::SyncRunning, |reason| OverviewError::Busy { reason }),
            (Error::NoSuchArticle(ArticleId(1)), |reason| {
                OverviewError::NotFound { reason }
            }),
            (Error::Invalid(reason()), |reason| OverviewError::Invalid {
                reason,
            }),
            (http(HttpFailure::Dns(reason())), |reason| {
                OverviewError::Unreachable { reason }
            }),
            (http(HttpFailure::Timeout { after }), |reason| {
                OverviewError::Unreachable { reason }
            }),
            (http(HttpFailure::Truncated), |reason| {
                OverviewError::Unreachable { reason }
            }),
            (http(HttpFailure::Setup(reason())), |reason| {
                OverviewError::Unexpected { reason }
            }),
            (http(HttpFailure::Gone), |reason| OverviewError::Refused {
                reason,
            }),
            (http(HttpFailure::Status { status: 500 }), |reason| {
                OverviewError::Refused { reason }
            }),
            (StoreError::DiskFull { doing: doing() }.into(), |reason| {
                OverviewError::StorageFull { reason }
            }),
            (StoreError::ReadOnly { doing: doing() }.into(), |reason| {
                OverviewError::StorageUnavailable { reason }
            }),
            (
                StoreError::CannotOpen {
                    path: path(),
                    reason: reason(),
                }
                .into(),
                |reason| OverviewError::StorageUnavailable { reason },
            ),
            (
                StoreError::Damaged {
                    doing: doing(),
                    reason: reason(),
                }
                .into(),
                |reason| OverviewError::StorageDamaged { reason },
            ),
            (StoreError::NotOurs { path: path() }.into(), |reason| {
                OverviewError::StorageDamaged { reason }
            }),
            (
                StoreError::Newer {
                    path: path(),
                    found: 9,
                    known: 1,
                }
                .into(),
                |reason| OverviewError::AppTooOld { reason },
            ),
            (StoreError::Busy { doing: doing() }.into(), |reason| {
                OverviewError::Busy { reason }
            }),
            (StoreError::Closed { doing: doing() }.into(), |reason| {
                OverviewError::Closed { reason }
            }),
            (disk(io::ErrorKind::StorageFull), |reason| {
                OverviewError::StorageFull { reason }
            }),
            (disk(io::ErrorKind::PermissionDenied), |reason| {
                OverviewError::StorageUnavailable { reason }
            }),
        ];
        for (error, case) in pairs {
            let said = error.to_string();
            assert_eq!(OverviewError::from(error), case(said));
        }
    }
}
