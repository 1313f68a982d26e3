//! The one runtime that everything runs on, so that nothing of ours runs on the threads of a user
//! interface.

use std::sync::OnceLock;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use crate::OverviewError;

/// Threads that drive the network. A phone's network needs no more.
const WORKERS: usize = 2;

/// Queries, feeds being parsed and pictures being read at once, at most.
const BLOCKING: usize = 16;

/// The runtime, made by the first call. It lives as long as the process: apps open their store
/// again after a shutdown, and threads that wait cost nothing.
pub(crate) fn runtime() -> Result<&'static Runtime, OverviewError> {
    static RUNTIME: OnceLock<Result<Runtime, String>> = OnceLock::new();
    RUNTIME
        .get_or_init(|| {
            Builder::new_multi_thread()
                .worker_threads(WORKERS)
                .max_blocking_threads(BLOCKING)
                .thread_keep_alive(Duration::from_secs(10))
                .thread_name("overview")
                .enable_all()
                .build()
                .map_err(|error| error.to_string())
        })
        .as_ref()
        .map_err(|error| OverviewError::Unexpected {
            reason: format!("starting the threads of the library: {error}"),
        })
}
