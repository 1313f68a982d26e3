//! What is done in the background, in steps that hold nobody up: applying and ending mutes, indexing
//! what an older version stored, making room. What a step did is on the disk, so it goes on after a restart.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::catalogue::Catalogue;
use crate::clock::Clock;
use crate::events::{Invalidation, Notifier};
use crate::model::Block;
use crate::storage::{self, Opened};
use crate::store::{Store, StoreError};
use crate::{Overview, Result, feed, page, search};

/// Articles indexed in one step.
const INDEXED_AT_ONCE: u32 = 64;
/// The longest the thread sleeps while a mute has an end: a device that slept counts no time.
const LOOK_EVERY: Duration = Duration::from_secs(600);
/// And the shortest, so that what fails is not tried without a pause.
const PAUSE: Duration = Duration::from_secs(1);

/// What there is to do, and with what.
#[derive(Clone)]
pub(crate) struct Work {
    pub(crate) store: Arc<Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) notifier: Arc<Notifier>,
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) data_dir: PathBuf,
    pub(crate) opened: Arc<Opened>,
}

impl Work {
    /// One bounded step; whether there may be more to do.
    pub(crate) fn step(&self) -> std::result::Result<bool, StoreError> {
        if self.store.damage().is_some() {
            self.store.salvage_open(&self.catalogue, self.clock.now())?;
            for stale in [
                Invalidation::Catalogue,
                Invalidation::Follows,
                Invalidation::Mutes,
                Invalidation::Marks(Vec::new()),
            ] {
                self.notifier.notify(stale);
            }
        }
        let muted = self.store.mute_step(self.clock.now())?;
        if !muted.countries.is_empty() {
            let countries = muted.countries.into_iter().collect();
            self.notifier.notify(Invalidation::Articles(countries));
        }
        if muted.more || self.store.index_older(INDEXED_AT_ONCE, text_of)? {
            return Ok(true);
        }
        let now = self.clock.now();
        let kept = storage::keep_to_settings(&self.store, &self.data_dir, &self.opened, now)?;
        if !kept.countries.is_empty() {
            self.notifier.notify(Invalidation::Articles(kept.countries));
        }
        Ok(kept.more)
    }
}

/// The thread that does it. Ends with this value.
pub(crate) struct Upkeep {
    nudge: Option<mpsc::Sender<()>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Upkeep {
    pub(crate) fn start(work: Work) -> std::io::Result<Self> {
        let (nudge, nudged) = mpsc::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::Builder::new()
            .name("overview-upkeep".to_owned())
            .spawn(move || keep_up(&work, &nudged, &stopped))?;
        Ok(Self {
            nudge: Some(nudge),
            stop,
            thread: Some(thread),
        })
    }

    /// Says that there is something to do, from anywhere and for as long as it likes.
    pub(crate) fn nudger(&self) -> Box<dyn Fn() + Send + Sync> {
        let nudge = self.nudge.clone();
        Box::new(move || {
            if let Some(nudge) = &nudge {
                let _ = nudge.send(());
            }
        })
    }

    /// There is something to do.
    pub(crate) fn nudge(&self) {
        if let Some(nudge) = &self.nudge {
            // The thread lives as long as the sender.
            let _ = nudge.send(());
        }
    }
}

impl Drop for Upkeep {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // It may wait without end: others have a way to nudge it, too.
        self.nudge();
        self.nudge = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn keep_up(work: &Work, nudged: &mpsc::Receiver<()>, stop: &AtomicBool) {
    loop {
        loop {
            match work.step() {
                _ if stop.load(Ordering::SeqCst) => return,
                Ok(true) => {}
                Ok(false) => break,
                // Tried again when there is a reason to: a pause ends with a nudge.
                Err(error) => {
                    tracing::debug!(%error, "upkeep waits");
                    break;
                }
            }
        }
        let ends = work.store.next_mute_end().ok().flatten();
        let waited = match ends {
            Some(end) => {
                let left = (end - work.clock.now()).to_std().unwrap_or_default();
                nudged.recv_timeout(left.clamp(PAUSE, LOOK_EVERY))
            }
            None => nudged
                .recv()
                .map_err(|_| mpsc::RecvTimeoutError::Disconnected),
        };
        if waited == Err(mpsc::RecvTimeoutError::Disconnected) || stop.load(Ordering::SeqCst) {
            return;
        }
        while nudged.try_recv().is_ok() {}
    }
}

/// What search looks at of a body.
pub(crate) fn text_of(
    summary: Option<String>,
    content: Option<String>,
    blocks: Option<Vec<Block>>,
) -> String {
    let text = match blocks {
        Some(blocks) => page::text_of(&blocks),
        None => {
            let plain = |html: Option<String>| {
                html.map_or_else(String::new, |html| feed::plain_text(&html))
            };
            let (summary, content) = (plain(summary), plain(content));
            if content.len() < summary.len() {
                summary
            } else {
                content
            }
        }
    };
    search::searched(&text).to_owned()
}

impl Overview {
    /// Does at once what is left to do in the background: applies mutes that began or ended, indexes
    /// what an older version stored, and makes room. Nobody has to call it; it is for programs that end soon,
    /// and for tests.
    pub fn settle(&self) -> Result<()> {
        let work = self.work();
        while work.step()? {}
        Ok(())
    }
}
