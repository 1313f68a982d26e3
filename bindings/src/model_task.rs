use std::sync::Arc;

use crate::OverviewError;
use crate::call::Calls;
use crate::task::Task;

/// A model that is being installed. It is cancelled when this object is released, so keep it. What came of
/// it until then is kept, and the next try goes on with what is missing; the model before works until
/// the new one is whole.
#[derive(uniffi::Object)]
pub struct ModelTask(Task<u64, ()>);

impl ModelTask {
    pub(crate) fn start(calls: &Calls, language: String) -> Result<Arc<Self>, OverviewError> {
        let task = Task::start(calls, |core, cancel, progress| async move {
            let told = move |bytes: u64| progress(&bytes);
            core.install_model_of(&language, &cancel, &told).await
        })?;
        Ok(Arc::new(Self(task)))
    }
}

#[uniffi::export]
impl ModelTask {
    /// Bytes that are there now. Returns at once.
    pub fn progress(&self) -> u64 {
        self.0.progress()
    }

    /// Waits for the next state and gives the bytes that are there: the first at once, then at most
    /// ten a second, the last always; nothing after that. For one caller at a time, in a loop.
    pub async fn next_progress(&self) -> Result<Option<u64>, OverviewError> {
        self.0.next_progress().await
    }

    /// Ends it early. Returns at once; the result follows within moments, as `Refused`.
    pub fn cancel(&self) {
        self.0.cancel();
    }

    /// Waits until the model is installed. May be called often, also after the end.
    pub async fn result(&self) -> Result<(), OverviewError> {
        self.0.result().await
    }
}
