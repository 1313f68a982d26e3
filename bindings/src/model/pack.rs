//! A pack: what is wanted offline, how far it is, what came of it.

use std::time::Duration;

use overview_core::model::ArticleId;
use overview_core::pack::{PackEnd, PackPlan, PackProgress, PackReport, PackRequest};

use crate::{CountryCode, RowCount};

/// What is wanted on the device.
#[uniffi::remote(Record)]
pub struct PackRequest {
    /// Of these countries; of all when none is named.
    #[uniffi(default)]
    pub countries: Vec<CountryCode>,
    /// Only what is saved.
    #[uniffi(default)]
    pub saved_only: bool,
    /// At most so many articles of each country.
    #[uniffi(default = 50)]
    pub newest: RowCount,
    /// Only of the last so many hours.
    #[uniffi(default)]
    pub hours: Option<u32>,
    /// With their pictures. Without them no article becomes ready that shows one.
    #[uniffi(default = true)]
    pub pictures: bool,
    /// The most bytes that all that is kept may take: pages and pictures, of this run and before.
    #[uniffi(default = 200000000)]
    pub byte_budget: u64,
    /// When to stop launching.
    #[uniffi(default)]
    pub deadline: Option<Duration>,
    /// Only on a network that is not metered: Wi-Fi, as people say.
    #[uniffi(default)]
    pub unmetered_only: bool,
}

/// How far a run is.
#[uniffi::remote(Record)]
pub struct PackProgress {
    /// Articles that are wanted.
    pub planned: u32,
    /// Of those, done: ready, or as far as they can be.
    pub done: u32,
    /// Of those, ready.
    pub ready: u32,
    /// Articles of which something could not be fetched this time.
    pub failed: u32,
    /// Bytes that all that is kept takes now.
    pub kept_bytes: u64,
}

/// Why a run ended.
#[uniffi::remote(Enum)]
pub enum PackEnd {
    /// All that was wanted was tried.
    Completed,
    /// As asked.
    Cancelled,
    /// The time was over.
    DeadlineReached,
    /// There was no room for more.
    BudgetReached,
    /// The network is metered, and the request was for another.
    Metered,
    /// Nobody could be reached.
    NobodyReached,
}

/// What came of a run.
#[uniffi::remote(Record)]
pub struct PackReport {
    /// Why it ended.
    pub end: PackEnd,
    /// How far it came.
    pub progress: PackProgress,
    /// Why the first article failed that did.
    pub first_failure: Option<String>,
}

/// What a run would do.
#[uniffi::remote(Record)]
pub struct PackPlan {
    /// The articles, in the order they are fetched.
    pub articles: Vec<ArticleId>,
    /// How many of them are ready already.
    pub ready: u32,
    /// Bytes that the others are likely to take, as those that are ready do on average.
    pub expected_bytes: u64,
    /// Bytes that all that is kept takes now.
    pub kept_bytes: u64,
}
