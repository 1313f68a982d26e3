//! A small disk of its own, to be filled up or made read-only.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A file system in memory. Mounting one takes rights that a contributor's account need not have.
pub struct Disk {
    dir: TempDir,
}

impl Disk {
    /// A disk of so many kilobytes. `None`, and a line that says so, where this account may not
    /// mount one.
    ///
    /// # Panics
    /// When `CI` is set and it cannot be mounted: a skipped test is a failure there.
    #[allow(clippy::expect_used, clippy::print_stderr)]
    pub fn of(kilobytes: u32) -> Option<Self> {
        let dir = tempfile::tempdir().expect("there is a temporary directory");
        let size = format!("size={kilobytes}k");
        if mount(["-t", "tmpfs", "-o", &size, "tmpfs"], dir.path()) {
            return Some(Self { dir });
        }
        assert!(
            std::env::var_os("CI").is_none(),
            "CI must be able to mount a small tmpfs"
        );
        eprintln!("SKIPPED: mounting a small disk takes rights that this account does not have");
        None
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Makes it larger (or smaller, down to what is on it).
    ///
    /// # Panics
    /// When the system refuses.
    pub fn resize(&self, kilobytes: u32) {
        let options = format!("remount,size={kilobytes}k");
        assert!(mount(["-o", &options], self.path()), "resizing the disk");
    }

    /// What its files take, in kilobytes.
    ///
    /// # Panics
    /// When it cannot be read.
    #[allow(clippy::expect_used)]
    pub fn used_kilobytes(&self) -> u32 {
        let files = std::fs::read_dir(self.path()).expect("the disk can be read");
        let bytes: u64 = files
            .filter_map(|file| file.and_then(|file| file.metadata()).ok())
            .map(|file| file.len())
            .sum();
        u32::try_from(bytes / 1_024).unwrap_or(u32::MAX)
    }

    /// Lets nothing be written any more.
    ///
    /// # Panics
    /// When the system refuses: something holds a file open for writing.
    pub fn make_read_only(&self) {
        assert!(mount(["-o", "remount,ro"], self.path()), "write protection");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.dir.path()).status();
    }
}

fn mount<const N: usize>(arguments: [&str; N], at: &Path) -> bool {
    Command::new("mount")
        .args(arguments)
        .arg(at)
        .output()
        .is_ok_and(|ran| ran.status.success())
}
