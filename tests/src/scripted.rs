//! A translator that counts what it is given, and does what a test wants in the middle of it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use overview_core::language::TranslateError;
use overview_core::language::engine::PlatformTranslator;

use crate::translators::pretend;

type OnCall = dyn Fn(usize) + Send + Sync;

/// Stands for a phone's translator. Every call is counted, and how many ran at once.
#[derive(Default)]
pub struct Scripted {
    model: Mutex<String>,
    texts: Mutex<HashMap<String, usize>>,
    calls: AtomicUsize,
    running: AtomicUsize,
    most_at_once: AtomicUsize,
    on_call: Mutex<Option<Box<OnCall>>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Scripted {
    /// From now on it is another model.
    pub fn set_model(&self, model: &str) {
        model.clone_into(&mut lock(&self.model));
    }

    /// Called in the middle of every call, with its number from 1, on the thread that translates.
    pub fn on_call(&self, act: impl Fn(usize) + Send + Sync + 'static) {
        *lock(&self.on_call) = Some(Box::new(act));
    }

    /// Calls so far.
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    /// The most calls that ran at one time.
    pub fn most_at_once(&self) -> usize {
        self.most_at_once.load(Ordering::SeqCst)
    }

    /// Each text, and how often it came.
    pub fn texts(&self) -> HashMap<String, usize> {
        lock(&self.texts).clone()
    }
}

impl PlatformTranslator for Scripted {
    fn supports(&self, _language: &str) -> Result<String, TranslateError> {
        Ok(lock(&self.model).clone())
    }

    fn translate(&self, _language: &str, texts: &[String]) -> Result<Vec<String>, TranslateError> {
        let running = self.running.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_at_once.fetch_max(running, Ordering::SeqCst);
        let call = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        for text in texts {
            *lock(&self.texts).entry(text.clone()).or_default() += 1;
        }
        if let Some(act) = lock(&self.on_call).as_ref() {
            act(call);
        }
        self.running.fetch_sub(1, Ordering::SeqCst);
        Ok(texts.iter().map(|text| pretend(text)).collect())
    }
}
