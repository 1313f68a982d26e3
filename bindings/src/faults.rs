//! For the host suites alone: faults on demand, and what a call costs before it crosses.
#![allow(clippy::panic)]

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use overview_core::Overview as Core;

use crate::{Overview, OverviewError};

#[uniffi::export]
impl Overview {
    /// Panics in the core, on the threads of the library.
    pub async fn panic_in_query(&self) -> Result<(), OverviewError> {
        self.calls
            .query(|_| panic!("a fault that was asked for"))
            .await
    }

    /// Panics on the caller's own thread.
    pub fn panic_at_once(&self) -> Result<(), OverviewError> {
        panic!("a fault that was asked for")
    }

    /// Nanoseconds that the core took for the last call that asked it, in that very call.
    pub fn in_core(&self) -> u64 {
        IN_CORE.load(Ordering::Relaxed)
    }
}

static IN_CORE: AtomicU64 = AtomicU64::new(0);

/// The same query, and how long it took is kept.
pub(crate) fn timed<T>(query: impl FnOnce(&Core) -> T) -> impl FnOnce(&Core) -> T {
    move |core| {
        let begun = Instant::now();
        let found = query(core);
        let took = u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
        IN_CORE.store(took, Ordering::Relaxed);
        found
    }
}
