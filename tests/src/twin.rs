//! Another device of the same person: what moves from it arrives whole or not at all.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, Utc};
use overview_core::model::{Mark, MuteFor, Muted, Scope};
use overview_core::{Clock, OpenOptions, Overview, Result};
use tokio_util::sync::CancellationToken;

use crate::wreck::rows;

/// What is muted on it, always at one moment.
const WORDS: [&str; 2] = ["airship", "zeppelin"];

/// Stands still between two moves. Long before the other device's, whose marks are newer and so stay.
struct Standing(AtomicI64);

impl Clock for Standing {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.load(Ordering::Relaxed)).unwrap_or_default()
    }
}

/// The device.
pub struct Twin {
    overview: Overview,
    clock: Arc<Standing>,
}

impl Twin {
    /// Opens its store; the rest is as the other device has it.
    ///
    /// # Errors
    /// As of opening.
    pub fn open(options: OpenOptions) -> Result<Self> {
        let start = options.clock.now() - Duration::days(30);
        let clock = Arc::new(Standing(AtomicI64::new(start.timestamp_millis())));
        let overview = Overview::open(OpenOptions {
            clock: clock.clone(),
            ..options
        })?;
        Ok(Self { overview, clock })
    }

    /// Reads all there is.
    ///
    /// # Errors
    /// As of each.
    pub async fn read_everything(&self) -> Result<()> {
        crate::refresh(&self.overview).await?;
        let rows = rows(&self.overview, &Scope::default())?;
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        self.overview.mark(&ids, Mark::Read)
    }

    /// Mutes anew, and writes everything into a file.
    ///
    /// # Errors
    /// As of each.
    pub fn move_out(&self, file: &Path) -> Result<()> {
        self.clock.0.fetch_add(1, Ordering::Relaxed);
        for mute in self.overview.mutes()? {
            self.overview.unmute(mute.id)?;
        }
        for words in WORDS {
            self.overview
                .mute(&Muted::Words(words.to_owned()), MuteFor::Good)?;
        }
        let cancel = CancellationToken::new();
        self.overview.export(file, &cancel, &|_| ())?;
        Ok(())
    }

    /// When what arrived of it was muted there; `None` when nothing arrived yet.
    ///
    /// # Errors
    /// As of reading.
    ///
    /// # Panics
    /// When half of it arrived.
    pub fn arrived(overview: &Overview) -> Result<Option<DateTime<Utc>>> {
        let mutes = overview.mutes()?;
        let moments: Vec<_> = mutes
            .iter()
            .filter(|mute| {
                WORDS
                    .iter()
                    .any(|words| mute.what == Muted::Words((*words).to_owned()))
            })
            .map(|mute| mute.made_at)
            .collect();
        let different: BTreeSet<_> = moments.iter().collect();
        assert!(
            moments.is_empty() || (moments.len() == WORDS.len() && different.len() == 1),
            "half a move: {moments:?}"
        );
        Ok(moments.first().copied())
    }
}
