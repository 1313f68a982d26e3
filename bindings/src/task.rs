//! Long work that can be watched and cancelled.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use overview_core::{Overview, Result};
use tokio::sync::{Mutex, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::OverviewError;
use crate::call::Calls;
use crate::runtime::runtime;

/// The least time between two states that are told while the work goes on.
const PAUSE: Duration = Duration::from_millis(100);

/// How far it is, and what came of it.
struct State<P, R> {
    progress: P,
    result: Option<Result<R, OverviewError>>,
}

/// Work that runs until its end, a cancel, or until nobody holds this any more.
pub(crate) struct Task<P, R> {
    cancel: CancellationToken,
    state: watch::Receiver<State<P, R>>,
    watching: Arc<Mutex<Watching<P, R>>>,
}

/// Who asks for one state after the other.
struct Watching<P, R> {
    state: watch::Receiver<State<P, R>>,
    told_at: Option<Instant>,
    over: bool,
}

impl<P, R> Task<P, R>
where
    P: Clone + Default + Send + Sync + 'static,
    R: Clone + Send + Sync + 'static,
{
    /// Starts `work`, which is handed the core, what cancels it and whom to tell how far it is.
    pub(crate) fn start<W, F>(calls: &Calls, work: W) -> Result<Self, OverviewError>
    where
        W: FnOnce(Arc<Overview>, CancellationToken, Box<dyn Fn(&P) + Send + Sync>) -> F,
        F: Future<Output = Result<R>> + Send + 'static,
    {
        let cancel = calls.stop();
        let (told, state) = watch::channel(State {
            progress: P::default(),
            result: None,
        });
        let progress = {
            let told = told.clone();
            Box::new(move |progress: &P| {
                told.send_modify(|state| state.progress = progress.clone());
            })
        };
        calls.start(|core| {
            let work = work(core, cancel.clone(), progress);
            // In a task of its own, so that its panic is an answer too.
            let working = runtime()?.spawn(work);
            let until_told = async move {
                let result = match working.await {
                    Ok(result) => result.map_err(OverviewError::from),
                    Err(error) => Err(OverviewError::from_join(error)),
                };
                told.send_modify(|state| state.result = Some(result));
            };
            Ok(until_told)
        })?;
        let watching = Watching {
            state: state.clone(),
            told_at: None,
            over: false,
        };
        Ok(Self {
            cancel,
            state,
            watching: Arc::new(Mutex::new(watching)),
        })
    }

    /// How far it is.
    pub(crate) fn progress(&self) -> P {
        self.state.borrow().progress.clone()
    }

    /// The next state, at most ten a second and the last always; `None` after it.
    pub(crate) async fn next_progress(&self) -> Result<Option<P>, OverviewError> {
        let watching = Arc::clone(&self.watching);
        // On the runtime, for its timer.
        let next = runtime()?.spawn(async move { watching.lock().await.next().await });
        next.await.map_err(OverviewError::from_join)
    }

    pub(crate) fn cancel(&self) {
        self.cancel.cancel();
    }

    /// What came of it, as often as asked.
    pub(crate) async fn result(&self) -> Result<R, OverviewError> {
        let mut state = self.state.clone();
        match state.wait_for(|state| state.result.is_some()).await {
            Ok(state) => state
                .result
                .clone()
                .unwrap_or_else(|| Err(OverviewError::closed())),
            Err(_) => Err(OverviewError::closed()),
        }
    }
}

impl<P, R> Drop for Task<P, R> {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}

impl<P: Clone, R> Watching<P, R> {
    async fn next(&mut self) -> Option<P> {
        if self.over {
            return None;
        }
        if let Some(told_at) = self.told_at {
            let mut ended = self.state.clone();
            let ended = pin!(ended.wait_for(|state| state.result.is_some()));
            // The end is told at once.
            let _ = tokio::time::timeout_at(told_at + PAUSE, ended).await;
            // An error says that nobody is left to tell: what stands is the last state.
            let _ = self.state.changed().await;
        }
        let gone = self.state.has_changed().is_err();
        let state = self.state.borrow_and_update();
        self.over = state.result.is_some() || gone;
        let progress = state.progress.clone();
        drop(state);
        self.told_at = Some(Instant::now());
        Some(progress)
    }
}
