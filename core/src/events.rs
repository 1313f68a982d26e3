//! Change notification: what became stale, never the new rows.

use std::collections::BTreeSet;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::model::{ArticleId, CountryCode};

/// Something a screen may show has changed; whoever shows it asks again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invalidation {
    /// Articles arrived or changed in these countries.
    Articles(Vec<CountryCode>),
    /// The body of an article became another.
    Body(ArticleId),
    /// Marks of these articles changed. Empty when there are too many to name.
    Marks(Vec<ArticleId>),
    /// What is followed changed.
    Follows,
    /// What is muted changed.
    Mutes,
    /// The catalogue changed.
    Catalogue,
}

/// Told of each change, in order, from one thread, outside any lock, at most ten times a second.
/// Changes in between are told together; the last is always told.
pub trait Listener: Send + Sync + 'static {
    /// These changed, each kind once. Must return quickly.
    fn invalidated(&self, what: &[Invalidation]);
}

/// The least time between two rounds of calls.
const PAUSE: Duration = Duration::from_millis(100);

/// More marks than this are told as "some marks".
const MARKS_MAX: usize = 200;

type Slot = Arc<Mutex<Option<Arc<dyn Listener>>>>;

/// Gathers changes and tells the listener from a thread of its own.
pub(crate) struct Notifier {
    listener: Slot,
    changes: mpsc::Sender<Invalidation>,
}

impl Notifier {
    pub(crate) fn start() -> std::io::Result<Self> {
        let listener = Slot::default();
        let (changes, queue) = mpsc::channel();
        let slot = Arc::clone(&listener);
        // Ends by itself when the notifier, the only sender, is dropped.
        std::thread::Builder::new()
            .name("overview-events".to_owned())
            .spawn(move || tell(&queue, &slot))?;
        Ok(Self { listener, changes })
    }

    pub(crate) fn set_listener(&self, listener: Option<Arc<dyn Listener>>) {
        *self.listener.lock().unwrap_or_else(PoisonError::into_inner) = listener;
    }

    pub(crate) fn notify(&self, what: Invalidation) {
        // The thread lives as long as the sender.
        let _ = self.changes.send(what);
    }
}

fn tell(queue: &mpsc::Receiver<Invalidation>, slot: &Slot) {
    let mut quiet_until = Instant::now();
    while let Ok(first) = queue.recv() {
        let mut pending = Pending::default();
        pending.add(first);
        // Too soon after the last call: what comes meanwhile is told with it.
        while let Some(left) = quiet_until.checked_duration_since(Instant::now()) {
            match queue.recv_timeout(left) {
                Ok(what) => pending.add(what),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        queue.try_iter().for_each(|what| pending.add(what));
        // Cloned out, so that the listener is called outside the lock.
        let listener = slot.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(listener) = listener {
            listener.invalidated(&pending.take());
        }
        quiet_until = Instant::now() + PAUSE;
    }
}

/// Changes not told yet, each kind once.
#[derive(Default)]
struct Pending {
    countries: BTreeSet<CountryCode>,
    bodies: BTreeSet<ArticleId>,
    marks: Option<BTreeSet<ArticleId>>,
    many_marks: bool,
    follows: bool,
    mutes: bool,
    catalogue: bool,
}

impl Pending {
    fn add(&mut self, what: Invalidation) {
        match what {
            Invalidation::Articles(countries) => self.countries.extend(countries),
            Invalidation::Body(id) => {
                self.bodies.insert(id);
            }
            Invalidation::Marks(ids) => {
                let marks = self.marks.get_or_insert_default();
                self.many_marks |= ids.is_empty();
                marks.extend(ids);
                self.many_marks |= marks.len() > MARKS_MAX;
            }
            Invalidation::Follows => self.follows = true,
            Invalidation::Mutes => self.mutes = true,
            Invalidation::Catalogue => self.catalogue = true,
        }
    }

    fn take(self) -> Vec<Invalidation> {
        let countries: Vec<_> = self.countries.into_iter().collect();
        let marks = self.marks.map(|ids| {
            Invalidation::Marks(if self.many_marks {
                Vec::new()
            } else {
                ids.into_iter().collect()
            })
        });
        [
            self.catalogue.then_some(Invalidation::Catalogue),
            self.follows.then_some(Invalidation::Follows),
            self.mutes.then_some(Invalidation::Mutes),
            (!countries.is_empty()).then_some(Invalidation::Articles(countries)),
            marks,
        ]
        .into_iter()
        .flatten()
        .chain(self.bodies.into_iter().map(Invalidation::Body))
        .collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    struct Recorder(Mutex<mpsc::Sender<Vec<Invalidation>>>);

    impl Listener for Recorder {
        fn invalidated(&self, what: &[Invalidation]) {
            self.0.lock().unwrap().send(what.to_vec()).unwrap();
        }
    }

    fn country(code: &str) -> CountryCode {
        code.parse().unwrap()
    }

    #[test]
    fn a_burst_is_told_in_few_calls_and_its_last_change_is_told() {
        let (sender, calls) = mpsc::channel();
        let notifier = Notifier::start().unwrap();
        notifier.set_listener(Some(Arc::new(Recorder(Mutex::new(sender)))));
        let started = Instant::now();
        for _ in 0..1_000 {
            notifier.notify(Invalidation::Articles(vec![country("UA")]));
            notifier.notify(Invalidation::Marks(vec![ArticleId(7)]));
        }
        notifier.notify(Invalidation::Articles(vec![country("KE")]));
        drop(notifier);
        let told: Vec<_> = calls.into_iter().collect();
        let windows = started.elapsed().as_millis() / PAUSE.as_millis() + 2;
        assert!(
            (1..=windows).contains(&(told.len() as u128)),
            "{} calls",
            told.len()
        );
        let last = told.last().unwrap();
        assert!(last.iter().any(
            |what| matches!(what, Invalidation::Articles(codes) if codes.contains(&country("KE")))
        ));
    }

    #[test]
    fn kinds_are_gathered_and_many_marks_are_told_as_some() {
        let mut pending = Pending::default();
        pending.add(Invalidation::Articles(vec![country("UA")]));
        pending.add(Invalidation::Articles(vec![country("KE"), country("UA")]));
        pending.add(Invalidation::Marks((0..300).map(ArticleId).collect()));
        pending.add(Invalidation::Follows);
        assert_eq!(
            pending.take(),
            [
                Invalidation::Follows,
                Invalidation::Articles(vec![country("KE"), country("UA")]),
                Invalidation::Marks(vec![]),
            ]
        );
    }
}
