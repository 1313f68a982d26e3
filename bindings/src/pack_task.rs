use std::sync::Arc;

use overview_core::pack::{PackProgress, PackReport, PackRequest};

use crate::OverviewError;
use crate::call::Calls;
use crate::task::Task;

/// A pack that is being fetched. It is cancelled when this object is released, so keep it. What it fetched
/// until then is stored, and the next pack goes on with what was left.
#[derive(uniffi::Object)]
pub struct PackTask(Task<PackProgress, PackReport>);

impl PackTask {
    pub(crate) fn start(calls: &Calls, request: PackRequest) -> Result<Arc<Self>, OverviewError> {
        let task = Task::start(calls, |core, cancel, progress| async move {
            core.pack(&request, &cancel, &progress).await
        })?;
        Ok(Arc::new(Self(task)))
    }
}

#[uniffi::export]
impl PackTask {
    /// How far it is now. Returns at once.
    pub fn progress(&self) -> PackProgress {
        self.0.progress()
    }

    /// Waits for the next state and gives it: the first at once, then at most ten a second, the
    /// last always; nothing after that. For one caller at a time, in a loop.
    pub async fn next_progress(&self) -> Result<Option<PackProgress>, OverviewError> {
        self.0.next_progress().await
    }

    /// Ends it early. Returns at once; the report follows within moments, and says `Cancelled`.
    pub fn cancel(&self) {
        self.0.cancel();
    }

    /// Waits for the end. An article that failed is in the report; an error is what stopped the whole
    /// run. May be called often, also after the end.
    pub async fn result(&self) -> Result<PackReport, OverviewError> {
        self.0.result().await
    }
}
