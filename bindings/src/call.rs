//! How a call reaches the core: on our own runtime, until it is shut down.

use std::future::Future;
use std::sync::{Arc, PoisonError, RwLock};

use overview_core::{Overview, Result};
use tokio_util::sync::CancellationToken;
use tokio_util::task::{AbortOnDropHandle, TaskTracker};

use crate::OverviewError;
use crate::runtime::runtime;

/// The open core, and all that runs for it.
pub(crate) struct Calls {
    /// Gone after a shutdown.
    core: RwLock<Option<Arc<Overview>>>,
    /// Ends what runs.
    stop: CancellationToken,
    /// Knows what runs. A call counts from before it takes the core, so that a shutdown that it
    /// overlaps waits for it.
    running: TaskTracker,
}

impl Calls {
    pub(crate) fn new(core: Overview) -> Self {
        Self {
            core: RwLock::new(Some(Arc::new(core))),
            stop: CancellationToken::new(),
            running: TaskTracker::new(),
        }
    }

    /// The core while it is open.
    pub(crate) fn core(&self) -> Result<Arc<Overview>, OverviewError> {
        let core = self.core.read().unwrap_or_else(PoisonError::into_inner);
        core.clone().ok_or_else(OverviewError::closed)
    }

    /// A token that a shutdown cancels.
    pub(crate) fn stop(&self) -> CancellationToken {
        self.stop.child_token()
    }

    /// A call that may wait for the disk. It goes on to its end when nobody waits for it any more:
    /// it takes a moment, and a mark is made or not made.
    pub(crate) async fn query<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Overview) -> Result<T> + Send + 'static,
    ) -> Result<T, OverviewError> {
        #[cfg(feature = "fault-injection")]
        let query = crate::faults::timed(query);
        let _counted = self.running.token();
        let core = self.core()?;
        let runtime = runtime()?.handle();
        let asked = self
            .running
            .spawn_blocking_on(move || query(&core), runtime);
        Ok(asked.await.map_err(OverviewError::from_join)??)
    }

    /// A call that cannot wait until a thread of the runtime is free: it has one of its own.
    pub(crate) async fn at_once(
        &self,
        call: impl FnOnce(&Overview) -> Result<()> + Send + 'static,
    ) -> Result<(), OverviewError> {
        let counted = self.running.token();
        let core = self.core()?;
        let (caller, answer) = tokio::sync::oneshot::channel();
        std::thread::Builder::new()
            .name("overview-pause".to_owned())
            .spawn(move || {
                let done = call(&core);
                drop((core, counted));
                let _ = caller.send(done);
            })
            .map_err(|error| OverviewError::Unexpected {
                reason: format!("starting a thread: {error}"),
            })?;
        match answer.await {
            Ok(done) => Ok(done?),
            Err(_) => Err(OverviewError::Unexpected {
                reason: "the library panicked while it paused or resumed".to_owned(),
            }),
        }
    }

    /// A call that waits for the network. It ends when nobody waits for it any more.
    pub(crate) async fn fetch<T, F>(
        &self,
        fetch: impl FnOnce(Arc<Overview>) -> F,
    ) -> Result<T, OverviewError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T>> + Send + 'static,
    {
        let _counted = self.running.token();
        let fetching = fetch(self.core()?);
        let stop = self.stop();
        let until_stopped = async move { stop.run_until_cancelled(fetching).await };
        let asked = self.running.spawn_on(until_stopped, runtime()?.handle());
        match AbortOnDropHandle::new(asked).await {
            Ok(Some(answer)) => Ok(answer?),
            Ok(None) => Err(OverviewError::closed()),
            Err(error) => Err(OverviewError::from_join(error)),
        }
    }

    /// Long work that goes on while nobody waits for it: what `begin` makes of the core.
    pub(crate) fn start<F>(
        &self,
        begin: impl FnOnce(Arc<Overview>) -> Result<F, OverviewError>,
    ) -> Result<(), OverviewError>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let _counted = self.running.token();
        let work = begin(self.core()?)?;
        self.running.spawn_on(work, runtime()?.handle());
        Ok(())
    }

    /// Ends what runs, waits for its end and closes the core.
    pub(crate) async fn shut_down(&self) -> Result<(), OverviewError> {
        let core = self.take();
        self.stop.cancel();
        self.running.close();
        self.running.wait().await;
        // Closing the database waits for the disk.
        let closing = runtime()?.spawn_blocking(move || drop(core));
        closing.await.map_err(OverviewError::from_join)
    }

    fn take(&self) -> Option<Arc<Overview>> {
        self.core
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

/// Without a shutdown before: it ends what runs and waits for nothing, because the thread that
/// drops it may be that of a user interface.
impl Drop for Calls {
    fn drop(&mut self) {
        self.stop.cancel();
        let core = self.take();
        if let Ok(runtime) = runtime() {
            runtime.spawn_blocking(move || drop(core));
        }
    }
}
