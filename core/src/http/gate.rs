//! Who may start when: one request a host, a bound over all hosts, paced launches, pauses.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;
use url::{Host, Url};

use super::error::HttpFailure;

pub(super) struct Gate {
    hosts: Mutex<HashMap<String, Arc<HostSlot>>>,
    running: Arc<Semaphore>,
    host_gap: Duration,
    launch_pace: Duration,
    next_launch: Mutex<Instant>,
}

struct HostSlot {
    turn: Arc<Semaphore>,
    state: Mutex<HostState>,
}

#[derive(Default)]
struct HostState {
    paused_until: Option<DateTime<Utc>>,
    last_launch: Option<Instant>,
}

/// The right to talk to one host, until it is dropped.
#[derive(Debug)]
pub(super) struct Pass {
    _turn: OwnedSemaphorePermit,
    _running: OwnedSemaphorePermit,
}

impl Gate {
    pub(super) fn new(max_concurrency: usize, host_gap: Duration, launch_pace: Duration) -> Self {
        Self {
            hosts: Mutex::default(),
            running: Arc::new(Semaphore::new(max_concurrency.max(1))),
            host_gap,
            launch_pace,
            next_launch: Mutex::new(Instant::now()),
        }
    }

    /// Waits for this host's turn, then for room among all. Refused when the host asked for a
    /// pause before or during the wait. `hop` is a redirect's next hop: not spread in time.
    pub(super) async fn enter(
        &self,
        url: &Url,
        hop: bool,
        now: DateTime<Utc>,
    ) -> Result<Pass, HttpFailure> {
        let called = Instant::now();
        let host = key(url);
        let slot = self.slot(&host);
        let refused_while_paused = || {
            let waited = chrono::Duration::from_std(called.elapsed()).unwrap_or_default();
            match lock(&slot.state).paused_until {
                Some(until) if until > now + waited => Err(HttpFailure::HostPaused {
                    host: host.clone(),
                    until,
                }),
                _ => Ok(()),
            }
        };
        refused_while_paused()?;
        let turn = acquire(&slot.turn).await?;
        refused_while_paused()?;
        let last_launch = lock(&slot.state).last_launch;
        if let (Some(last), false) = (last_launch, hop) {
            tokio::time::sleep_until(last + self.host_gap).await;
        }
        // Only now, so that a host with many feeds does not keep room from the others.
        let running = acquire(&self.running).await?;
        if matches!(url.host(), Some(Host::Domain(_))) {
            self.pace().await;
        }
        lock(&slot.state).last_launch = Some(Instant::now());
        Ok(Pass {
            _turn: turn,
            _running: running,
        })
    }

    /// Leaves a host alone until then. A longer pause stays.
    pub(super) fn pause(&self, url: &Url, until: DateTime<Utc>) {
        let slot = self.slot(&key(url));
        let mut state = lock(&slot.state);
        state.paused_until = state.paused_until.max(Some(until));
    }

    pub(super) fn paused_until(&self, url: &Url) -> Option<DateTime<Utc>> {
        let slot = lock(&self.hosts).get(&key(url)).cloned()?;
        lock(&slot.state).paused_until
    }

    fn slot(&self, host: &str) -> Arc<HostSlot> {
        let mut hosts = lock(&self.hosts);
        let slot = hosts.entry(host.to_owned()).or_insert_with(|| {
            Arc::new(HostSlot {
                turn: Arc::new(Semaphore::new(1)),
                state: Mutex::default(),
            })
        });
        Arc::clone(slot)
    }

    async fn pace(&self) {
        let mine = {
            let mut next = lock(&self.next_launch);
            let mine = (*next).max(Instant::now());
            *next = mine + self.launch_pace;
            mine
        };
        tokio::time::sleep_until(mine).await;
    }
}

fn key(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

async fn acquire(semaphore: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, HttpFailure> {
    // Never closed; were it, saying so is better than going on without a permit.
    Arc::clone(semaphore)
        .acquire_owned()
        .await
        .map_err(|e| HttpFailure::Io(e.to_string()))
}

/// What is behind these locks is whole after every statement, so a panic elsewhere spoils nothing.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    fn now() -> DateTime<Utc> {
        "2026-10-05T12:00:00Z".parse().unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn requests_to_one_host_are_spread_in_time() {
        let gate = Gate::new(16, SECOND, Duration::ZERO);
        let start = Instant::now();
        for n in 0..3 {
            let feed = url(&format!("https://news.example/{n}"));
            drop(gate.enter(&feed, false, now()).await.unwrap());
        }
        assert!(start.elapsed() >= 2 * SECOND);
        let other = Instant::now();
        let elsewhere = url("https://other.example/");
        drop(gate.enter(&elsewhere, false, now()).await.unwrap());
        assert!(other.elapsed() < SECOND);
    }

    #[tokio::test(start_paused = true)]
    async fn the_next_hop_of_a_redirect_does_not_wait() {
        let gate = Gate::new(16, SECOND, Duration::ZERO);
        let feed = url("https://news.example/");
        drop(gate.enter(&feed, false, now()).await.unwrap());
        let start = Instant::now();
        drop(gate.enter(&feed, true, now()).await.unwrap());
        assert!(start.elapsed() < SECOND);
    }

    #[tokio::test(start_paused = true)]
    async fn launches_to_names_are_paced_and_to_numbers_are_not() {
        let gate = Gate::new(1000, Duration::ZERO, Duration::from_millis(2));
        let start = Instant::now();
        for n in 0..100 {
            let feed = url(&format!("https://news{n}.example/"));
            gate.enter(&feed, false, now()).await.unwrap();
        }
        let names = start.elapsed();
        assert!(names >= Duration::from_millis(198), "{names:?}");
        let start = Instant::now();
        for n in 0..100 {
            let feed = url(&format!("https://1.1.1.{n}/"));
            gate.enter(&feed, false, now()).await.unwrap();
        }
        assert!(start.elapsed() < Duration::from_millis(10));
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_stops_what_is_queued() {
        let gate = Arc::new(Gate::new(16, Duration::ZERO, Duration::ZERO));
        let feed = url("https://news.example/1");
        let first = gate.enter(&feed, false, now()).await.unwrap();
        let queued = tokio::spawn({
            let (gate, feed) = (Arc::clone(&gate), url("https://news.example/2"));
            async move { gate.enter(&feed, false, now()).await.map(drop) }
        });
        tokio::task::yield_now().await;
        let until = now() + chrono::Duration::minutes(10);
        gate.pause(&feed, until);
        gate.pause(&feed, now());
        drop(first);
        assert_eq!(queued.await.unwrap().unwrap_err().code(), "host_paused");
        assert_eq!(gate.paused_until(&feed), Some(until));
        let later = gate.enter(&feed, false, until).await;
        assert!(later.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn one_busy_host_does_not_take_the_room_of_others() {
        let gate = Arc::new(Gate::new(2, Duration::ZERO, Duration::ZERO));
        let busy = url("https://busy.example/");
        let _held = gate.enter(&busy, false, now()).await.unwrap();
        for _ in 0..5 {
            let (gate, busy) = (Arc::clone(&gate), busy.clone());
            tokio::spawn(async move { gate.enter(&busy, false, now()).await.map(drop) });
        }
        tokio::task::yield_now().await;
        let other = url("https://other.example/");
        let entered = tokio::time::timeout(SECOND, gate.enter(&other, false, now())).await;
        assert!(entered.is_ok());
    }
}
