//! Work that takes a while: its progress line, and Ctrl-C.

use std::io;

use tokio_util::sync::CancellationToken;

use crate::failure::{Failure, Result};
use crate::output::{Output, Progress};

/// Runs `work` until it is done, with a progress line that begins with `label`. The first Ctrl-C (or
/// a request to end) cancels it, so that it can end in order, and that is said; a second one ends
/// the program at once. When it cannot even start, the error says that it was `starting` it.
pub(crate) fn run<T>(
    out: &Output,
    label: &'static str,
    starting: &'static str,
    work: impl AsyncFnOnce(&CancellationToken, &Progress) -> T,
) -> Result<T> {
    let progress = Progress::start(label, !out.is_json());
    let done = until_done(&progress, async |cancel| work(cancel, &progress).await);
    progress.finish();
    done.map_err(|source| Failure::Io {
        doing: starting.to_owned(),
        source,
    })
}

fn until_done<T>(
    progress: &Progress,
    work: impl AsyncFnOnce(&CancellationToken) -> T,
) -> io::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let cancel = CancellationToken::new();
    runtime.spawn({
        let (cancel, progress) = (cancel.clone(), progress.clone());
        async move {
            // Without a handler Ctrl-C ends the program at once, which loses nothing that is
            // stored.
            if signalled().await.is_ok() {
                progress.stopping();
                cancel.cancel();
                if signalled().await.is_ok() {
                    std::process::exit(130);
                }
            }
        }
    });
    let done = runtime.block_on(work(&cancel));
    // A name look-up that hangs in the system must not hold up the end.
    runtime.shutdown_background();
    Ok(done)
}

/// Ctrl-C, or a supervisor that asks the program to end.
pub(crate) async fn signalled() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut end = signal(SignalKind::terminate())?;
        tokio::select! {
            ended = tokio::signal::ctrl_c() => ended,
            _ = end.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
