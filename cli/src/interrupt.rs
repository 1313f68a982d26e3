//! Work that takes a while, and Ctrl-C.

use std::io;

use tokio_util::sync::CancellationToken;

/// Runs `work` until it is done. The first Ctrl-C (or a request to end) cancels it, so that it can
/// end in order, and calls `stopping`; a second one ends the program at once.
pub(crate) fn run<T>(
    stopping: impl Fn() + Send + 'static,
    work: impl AsyncFnOnce(&CancellationToken) -> T,
) -> io::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let cancel = CancellationToken::new();
    runtime.spawn({
        let cancel = cancel.clone();
        async move {
            // Without a handler Ctrl-C ends the program at once, which loses nothing that is
            // stored.
            if signalled().await.is_ok() {
                stopping();
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
async fn signalled() -> io::Result<()> {
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
