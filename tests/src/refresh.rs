use overview_core::sync::{SyncReport, SyncRequest};
use overview_core::{Overview, Result};

/// Fetches whatever is due, without bounds and without a person who watches.
///
/// # Errors
/// Those of [`Overview::sync`].
pub async fn refresh(overview: &Overview) -> Result<SyncReport> {
    overview
        .sync(&SyncRequest::default(), &Default::default(), &|_| ())
        .await
}
