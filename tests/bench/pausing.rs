//! How long a pause takes, whatever it interrupts: a system gives an app some seconds.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use overview_core::Overview;
use overview_core::model::{MuteFor, Muted};
use overview_tests::refresh;

use crate::figures::Table;
use crate::publishers::Served;
use crate::reading::timed;
use crate::{syncing, text};

const ROUNDS: u64 = 30;
/// A pause comes so much later in each round.
const STEP: Duration = Duration::from_millis(20);
/// What may be taken of the time that a system gives.
const BOUND: f64 = 500.0;

/// Pauses in the middle of a first sync of all publishers.
pub(crate) fn in_a_sync(dir: &Path, served: &Served, table: &mut Table) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (mut paused, mut cut_off) = (Vec::new(), 0);
    for round in 0..ROUNDS {
        let store = dir.join(format!("paused-{round}"));
        let overview = Arc::new(syncing::open(&text(&store), &text(&served.catalogue), 0));
        let syncing = {
            let overview = Arc::clone(&overview);
            runtime.spawn(async move { refresh(&overview).await })
        };
        std::thread::sleep(STEP * u32::try_from(round).unwrap());
        paused.push(pause(&overview));
        cut_off += u32::from(runtime.block_on(syncing).unwrap().is_err());
    }
    table.row("a pause in a first sync", &paused, "ms", Some(BOUND));
    println!("  {cut_off} of {ROUNDS} syncs were cut off");
}

/// Pauses while all articles are judged by a new mute.
pub(crate) fn in_a_judgement(overview: &Overview, table: &mut Table) {
    let mut paused = Vec::new();
    for round in 0..ROUNDS {
        let words = Muted::Words(format!("pause {round}"));
        overview.mute(&words, MuteFor::Good).unwrap();
        std::thread::sleep(STEP * u32::try_from(round).unwrap());
        paused.push(pause(overview));
        overview.resume().unwrap();
    }
    overview.settle().unwrap();
    table.row(
        "a pause while 100,000 articles are judged",
        &paused,
        "ms",
        Some(BOUND),
    );
}

fn pause(overview: &Overview) -> f64 {
    timed(|| overview.pause().unwrap()).1
}
