//! Changes, told to the app.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use overview_core::events::{Invalidation, Listener};

use crate::CallbackError;
use crate::call::Calls;

/// Is told what became stale, never the new rows: ask again for what is on the screen.
///
/// Called from one thread of the library, in order, at most ten times a second; changes in between
/// are told together, and the last is always told. Return at once: hand it over to your own thread.
#[uniffi::export(foreign)]
pub trait OverviewListener: Send + Sync {
    /// These changed, each kind once.
    fn invalidated(&self, what: Vec<Invalidation>) -> Result<(), CallbackError>;
}

/// A listener that is told. Release or cancel it, and the listener is told no more. The library
/// holds the listener until then, so a listener that holds the `Overview` keeps both alive.
#[derive(uniffi::Object)]
pub struct Subscription {
    forwarder: Arc<Forwarder>,
    calls: Weak<Calls>,
    current: Weak<Current>,
}

/// The subscription that is in force.
#[derive(Default)]
pub(crate) struct Current(Mutex<Option<Arc<Forwarder>>>);

impl Current {
    /// Puts a listener in the place of the one before.
    pub(crate) fn subscribe(
        self: &Arc<Self>,
        calls: &Arc<Calls>,
        listener: Arc<dyn OverviewListener>,
    ) -> Result<Arc<Subscription>, crate::OverviewError> {
        let core = calls.core()?;
        let forwarder = Arc::new(Forwarder {
            listener,
            active: AtomicBool::new(true),
        });
        // The lock is held over both, so that the last to subscribe is the one that is told.
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        core.set_listener(Some(Arc::clone(&forwarder) as Arc<dyn Listener>));
        let before = current.replace(Arc::clone(&forwarder));
        drop(current);
        if let Some(before) = before {
            before.silence();
        }
        Ok(Arc::new(Subscription {
            forwarder,
            calls: Arc::downgrade(calls),
            current: Arc::downgrade(self),
        }))
    }

    /// Nobody is told any more.
    pub(crate) fn silence(&self) {
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(forwarder) = current.take() {
            forwarder.silence();
        }
    }
}

#[uniffi::export]
impl Subscription {
    /// Tells the listener no more. A call that has begun may still be running.
    pub fn cancel(&self) {
        self.forwarder.silence();
        let Some(current) = self.current.upgrade() else {
            return;
        };
        let mut slot = current.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Another listener may have taken the place since.
        if slot
            .as_ref()
            .is_some_and(|now| Arc::ptr_eq(now, &self.forwarder))
        {
            if let Some(core) = self.calls.upgrade().and_then(|calls| calls.core().ok()) {
                core.set_listener(None);
            }
            *slot = None;
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.cancel();
    }
}

/// Stands between the core and the app's listener.
struct Forwarder {
    listener: Arc<dyn OverviewListener>,
    active: AtomicBool,
}

impl Forwarder {
    fn silence(&self) {
        self.active.store(false, Ordering::SeqCst);
    }
}

impl Listener for Forwarder {
    fn invalidated(&self, what: &[Invalidation]) {
        if !self.active.load(Ordering::SeqCst) {
            return;
        }
        // Whatever the app's code does, the thread that tells must go on.
        let told = AssertUnwindSafe(|| self.listener.invalidated(what.to_vec()));
        match std::panic::catch_unwind(told) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the app's listener failed"),
            Err(_) => tracing::warn!("the app's listener could not be called"),
        }
    }
}
