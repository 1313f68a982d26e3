//! Faults on demand, for the host suites.
#![allow(clippy::panic)]

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
}
