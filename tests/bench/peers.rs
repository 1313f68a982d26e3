//! newsboat and sfeed on the same feeds. Neither is part of the product; both are run as their
//! manuals say, from an empty cache.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Milliseconds of a command; `None` when the program is not installed.
fn timed(command: &mut Command) -> Option<f64> {
    let started = Instant::now();
    let status = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .ok()?;
    assert!(status.success(), "{command:?}: {status}");
    Some(started.elapsed().as_secs_f64() * 1_000.0)
}

pub(crate) fn newsboat(dir: &Path, urls: &[String], round: usize) -> Option<f64> {
    let home = dir.join(format!("newsboat-{round}"));
    std::fs::create_dir(&home).unwrap();
    std::fs::write(home.join("config"), "reload-threads 8\n").unwrap();
    std::fs::write(home.join("urls"), urls.join("\n")).unwrap();
    timed(
        Command::new("newsboat")
            .current_dir(&home)
            .env("HOME", &home)
            .args([
                "-q", "-C", "config", "-u", "urls", "-c", "cache.db", "-x", "reload",
            ]),
    )
}

pub(crate) fn sfeed(dir: &Path, urls: &[String], round: usize) -> Option<f64> {
    let home = dir.join(format!("sfeed-{round}"));
    std::fs::create_dir(&home).unwrap();
    let mut rc = format!(
        "sfeedpath=\"{}\"\nmaxjobs=8\nfeeds() {{\n",
        crate::text(&home)
    );
    for (number, url) in urls.iter().enumerate() {
        writeln!(rc, "feed publisher-{number} {url}").unwrap();
    }
    rc.push_str("}\n");
    std::fs::write(home.join("sfeedrc"), rc).unwrap();
    timed(
        Command::new("sfeed_update")
            .current_dir(&home)
            .env("HOME", &home)
            .arg("./sfeedrc"),
    )
}
