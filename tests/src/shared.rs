//! Material that is not ours to copy and is read from beside the repository.

use std::path::{Path, PathBuf};

/// A path in the folder that `OVERVIEW_SHARED` names, or in `../shared`. `None`, said plainly on
/// standard error, when it is not there.
///
/// # Panics
/// In CI (when `CI` is set), where a skipped suite is a failed one.
pub fn shared(path: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("OVERVIEW_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
        PathBuf::from,
    );
    let found = folder.join(path);
    if found.exists() {
        return Some(found);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "{} is absent, and CI must run what reads it",
        found.display()
    );
    report_skip(&found);
    None
}

#[allow(clippy::print_stderr)] // This is how a test says that it did not run.
fn report_skip(missing: &Path) {
    eprintln!(
        "SKIPPED: {} is absent; OVERVIEW_SHARED names its folder",
        missing.display()
    );
}
