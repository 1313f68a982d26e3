use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

/// A request as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// `GET`, always so far.
    pub method: String,
    /// The host asked for, without its port, in lower case.
    pub host: String,
    /// Path and query, as sent.
    pub path: String,
    /// Names in lower case, in the order sent; values with a character a byte.
    pub headers: Vec<(String, String)>,
    /// Whether it came over TLS.
    pub secure: bool,
    /// Which connection it came over, counted from 1.
    pub connection: u64,
}

impl Recorded {
    /// The value of the first header of this name, given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut of_name = self.headers.iter().filter(|(n, _)| n == name);
        of_name.next().map(|(_, value)| value.as_str())
    }
}

/// What the world has seen.
#[derive(Debug, Clone)]
pub(super) struct Log(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    state: Mutex<State>,
    count: watch::Sender<usize>,
}

#[derive(Debug, Default)]
struct State {
    requests: Vec<Recorded>,
    running: HashMap<String, usize>,
    most: HashMap<String, usize>,
    running_total: usize,
    most_total: usize,
}

/// A request being answered.
pub(super) struct Running {
    log: Log,
    host: String,
}

impl Log {
    pub(super) fn new() -> Self {
        Self(Arc::new(Inner {
            state: Mutex::default(),
            count: watch::Sender::new(0),
        }))
    }

    pub(super) fn begin(&self, request: &Recorded) -> Running {
        let mut state = self.state();
        let host = request.host.clone();
        let now = state.running.entry(host.clone()).or_default();
        *now += 1;
        let now = *now;
        let most = state.most.entry(host.clone()).or_default();
        *most = now.max(*most);
        state.running_total += 1;
        state.most_total = state.most_total.max(state.running_total);
        state.requests.push(request.clone());
        self.0.count.send_replace(state.requests.len());
        Running {
            log: self.clone(),
            host,
        }
    }

    pub(super) fn requests(&self) -> Vec<Recorded> {
        self.state().requests.clone()
    }

    pub(super) fn forget(&self) {
        let mut state = self.state();
        state.requests.clear();
        state.most.clear();
        state.most_total = 0;
        self.0.count.send_replace(0);
    }

    pub(super) fn most_at_once(&self, host: Option<&str>) -> usize {
        let state = self.state();
        match host {
            Some(host) => state.most.get(host).copied().unwrap_or(0),
            None => state.most_total,
        }
    }

    pub(super) async fn arrived(&self, requests: usize) {
        let mut count = self.0.count.subscribe();
        count.wait_for(|seen| *seen >= requests).await.unwrap();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut state = self.log.state();
        state.running_total -= 1;
        if let Some(running) = state.running.get_mut(&self.host) {
            *running -= 1;
        }
    }
}
