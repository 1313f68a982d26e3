//! How hard translation in the background may drive the device.

use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit, watch};
use tokio_util::sync::CancellationToken;

/// What the device can afford now, as the app knows it: heat, battery, its saving mode. It holds for
/// what is translated ahead of reading, never for an article that somebody opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Effort {
    /// As fast as it goes.
    #[default]
    Full,
    /// One thing at a time, with a rest after each as long as the work was; nothing that is in
    /// English already is done better.
    Gentle,
    /// Nothing.
    Paused,
}

/// Who waits for a translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waits {
    /// Somebody who looks at the screen.
    Reader,
    /// A pack: it goes on once the device may work again.
    Pack,
    /// Nobody: what is left is left to the next run.
    Nobody,
}

/// The longest rest, so that a slow server is not made slower.
const LONGEST_REST: Duration = Duration::from_secs(3);

/// Lets work through as the effort allows.
pub(crate) struct Pace {
    effort: watch::Sender<Effort>,
    one: Semaphore,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            effort: watch::Sender::new(Effort::Full),
            one: Semaphore::new(1),
        }
    }
}

/// Leave to do one piece of work.
pub(super) struct Turn<'p> {
    rests: bool,
    _alone: Option<SemaphorePermit<'p>>,
}

impl Turn<'_> {
    /// How long to rest after work that took so long, before the turn is given back.
    pub(super) fn rest_after(&self, worked: Duration) -> Duration {
        if self.rests {
            worked.min(LONGEST_REST)
        } else {
            Duration::ZERO
        }
    }
}

impl Pace {
    pub(crate) fn set(&self, effort: Effort) {
        self.effort.send_replace(effort);
    }

    pub(crate) fn get(&self) -> Effort {
        *self.effort.borrow()
    }

    /// Leave for one piece of work; `None` when it is not to be done, or `stop` came first.
    pub(super) async fn turn(&self, waits: Waits, stop: &CancellationToken) -> Option<Turn<'_>> {
        let free = Turn {
            rests: false,
            _alone: None,
        };
        if waits == Waits::Reader {
            return (!stop.is_cancelled()).then_some(free);
        }
        let mut effort = self.effort.subscribe();
        loop {
            if stop.is_cancelled() {
                return None;
            }
            let now = *effort.borrow_and_update();
            match now {
                Effort::Full => return Some(free),
                Effort::Paused if waits == Waits::Nobody => return None,
                Effort::Paused => {
                    tokio::select! {
                        () = stop.cancelled() => return None,
                        // It ends with this very object.
                        changed = effort.changed() => changed.ok()?,
                    }
                }
                Effort::Gentle => {
                    let alone = tokio::select! {
                        () = stop.cancelled() => return None,
                        // What is allowed may have changed while others had their turn.
                        changed = effort.changed() => {
                            changed.ok()?;
                            continue;
                        }
                        alone = self.one.acquire() => alone.ok()?,
                    };
                    return Some(Turn {
                        rests: true,
                        _alone: Some(alone),
                    });
                }
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn who_reads_never_waits_and_a_pack_waits_for_its_turn() {
        let pace = Pace::default();
        let stop = CancellationToken::new();
        for effort in [Effort::Full, Effort::Gentle, Effort::Paused] {
            pace.set(effort);
            let turn = pace.turn(Waits::Reader, &stop).now_or_never();
            let rest = turn.unwrap().unwrap().rest_after(Duration::from_secs(1));
            assert_eq!(rest, Duration::ZERO, "{effort:?}");
        }
        // Paused: a pack waits, and what nobody waits for is left.
        let mut pack = Box::pin(pace.turn(Waits::Pack, &stop));
        assert!(pack.as_mut().now_or_never().is_none());
        assert!(pace.turn(Waits::Nobody, &stop).await.is_none());
        // Gentle: one at a time, and a rest as long as the work.
        pace.set(Effort::Gentle);
        let turn = pack.await.unwrap();
        assert_eq!(
            turn.rest_after(Duration::from_millis(40)),
            Duration::from_millis(40)
        );
        assert_eq!(turn.rest_after(Duration::from_secs(60)), LONGEST_REST);
        let mut second = Box::pin(pace.turn(Waits::Pack, &stop));
        assert!(second.as_mut().now_or_never().is_none());
        drop(turn);
        assert!(second.as_mut().now_or_never().unwrap().is_some());
    }

    #[tokio::test]
    async fn who_waits_ends_when_stopped() {
        let pace = Pace::default();
        let stop = CancellationToken::new();
        pace.set(Effort::Paused);
        let mut pack = Box::pin(pace.turn(Waits::Pack, &stop));
        assert!(pack.as_mut().now_or_never().is_none());
        stop.cancel();
        assert!(pack.await.is_none());
        assert!(pace.turn(Waits::Reader, &stop).await.is_none());
    }
}
