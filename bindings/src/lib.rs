//! Overview's core for Swift and Kotlin, by UniFFI.
//!
//! ```text
//! generated Swift, Kotlin -> overview-bindings -> overview_core::Overview
//!     records and enums      mirrors of the core's own (`model`): no copies, no drift; an article as a
//!                            row of a list and whole are our own, so that a page crosses quickly
//!     Overview               a call: conversion, a spawn on our own runtime, one call of the core
//!     SyncTask, PackTask, ModelTask, MovingTask   long work: progress, cancel, result; cancelled
//!                            when dropped
//!     Globe                  its picture as bytes of flat arrays
//!     OverviewListener       what became stale, never the new rows
//!     OverviewError          what an app can do about it
//! ```
//!
//! Nothing is decided here. The core knows nothing of this crate.

mod call;
mod custom;
mod error;
#[cfg(feature = "fault-injection")]
mod faults;
mod globe;
mod languages;
mod listener;
mod log;
mod model;
mod model_task;
mod moving_task;
mod options;
mod overview;
mod own;
mod pack_task;
mod runtime;
mod sync_task;
mod task;

pub use custom::{CountryCode, Day, FailureCode, FilePath, PictureKey, RowCount, Timestamp, Url};
pub use error::{CallbackError, OverviewError};
pub use globe::{
    Globe, GlobeFrame, GlobeSpot, globe_begin, globe_drag, globe_flick, globe_fly, globe_point_of,
    globe_zoom,
};
pub use languages::specimen_sentence;
pub use listener::{OverviewListener, Subscription};
pub use log::{LogLevel, LogRecord, LogSink, set_log_sink};
pub use model::{
    Article, ArticlePage, ArticleRow, HistoryPage, ListedArticle, OwnershipFact, PerspectiveLabel,
    PlatformTranslator, PlatformTranslatorError, SearchPage, StoryPage, TranslationModel,
    TranslationOutcome, TranslationTrial, UtcOffset,
};
pub use model_task::ModelTask;
pub use moving_task::MovingTask;
pub use options::OpenOptions;
pub use overview::Overview;
pub use pack_task::PackTask;
pub use sync_task::SyncTask;

uniffi::setup_scaffolding!("overview");
