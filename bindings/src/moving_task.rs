use std::sync::Arc;

use overview_core::Overview as Core;
use overview_core::moving::{MovingProgress, MovingReport};
use tokio_util::sync::CancellationToken;

use crate::call::Calls;
use crate::task::Task;
use crate::{FilePath, OverviewError};

/// All that is the person's own, on its way into a file or out of one. It is cancelled when this object
/// is released, so keep it; then there is no file, or nothing was taken over.
#[derive(uniffi::Object)]
pub struct MovingTask(Task<MovingProgress, MovingReport>);

type Told = Box<dyn Fn(&MovingProgress) + Send + Sync>;

impl MovingTask {
    pub(crate) fn export(calls: &Calls, file: FilePath) -> Result<Arc<Self>, OverviewError> {
        Self::start(calls, move |core, cancel, progress| {
            core.export(&file, cancel, progress)
        })
    }

    pub(crate) fn import(calls: &Calls, file: FilePath) -> Result<Arc<Self>, OverviewError> {
        Self::start(calls, move |core, cancel, progress| {
            core.import(&file, cancel, progress)
        })
    }

    fn start(
        calls: &Calls,
        work: impl FnOnce(&Core, &CancellationToken, &Told) -> overview_core::Result<MovingReport>
        + Send
        + 'static,
    ) -> Result<Arc<Self>, OverviewError> {
        let task = Task::start(calls, |core, cancel, progress: Told| async move {
            // It works on files from its beginning to its end.
            let moving = tokio::task::spawn_blocking(move || work(&core, &cancel, &progress));
            match moving.await {
                Ok(moved) => moved,
                Err(error) => match error.try_into_panic() {
                    Ok(payload) => std::panic::resume_unwind(payload),
                    Err(_) => Err(overview_core::Error::Paused),
                },
            }
        })?;
        Ok(Arc::new(Self(task)))
    }
}

#[uniffi::export]
impl MovingTask {
    /// How far it is now. Returns at once.
    pub fn progress(&self) -> MovingProgress {
        self.0.progress()
    }

    /// Waits for the next state and gives it: the first at once, then at most ten a second, the
    /// last always; nothing after that. For one caller at a time, in a loop.
    pub async fn next_progress(&self) -> Result<Option<MovingProgress>, OverviewError> {
        self.0.next_progress().await
    }

    /// Ends it early. Returns at once; the report follows within moments, and says so.
    pub fn cancel(&self) {
        self.0.cancel();
    }

    /// Waits for the end. May be called often, also after the end.
    pub async fn result(&self) -> Result<MovingReport, OverviewError> {
        self.0.result().await
    }
}
