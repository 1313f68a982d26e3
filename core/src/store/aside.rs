//! Damaged databases that were moved aside: kept for a while, because somebody may read more out of
//! them than a rescue did, and then removed.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Duration, NaiveDateTime, Utc};

/// How long one is kept.
const KEPT_FOR: Duration = Duration::days(30);

/// How many are kept: a disk that fails would fill itself with them.
const KEPT: usize = 2;

/// How their names tell when they were moved.
const DATE: &str = "%Y-%m-%dT%H-%M-%SZ";

/// One of them.
struct Aside {
    at: DateTime<Utc>,
    path: PathBuf,
}

/// `overview-damaged-2026-11-28T19-22-01Z.db`, with a number where that is taken.
pub(super) fn free_name(database: &Path, now: DateTime<Utc>) -> PathBuf {
    let date = now.format(DATE);
    let name = |number: u32| {
        let number = if number == 0 {
            String::new()
        } else {
            format!("-{number}")
        };
        database.with_file_name(format!("{}{date}{number}.db", prefix(database)))
    };
    (0..)
        .map(name)
        .find(|name| !name.exists())
        .unwrap_or_else(|| name(0))
}

fn prefix(database: &Path) -> String {
    let stem = database.file_stem().unwrap_or_default().to_string_lossy();
    format!("{stem}-damaged-")
}

/// Their files, with their logs; the newest first.
fn list(database: &Path) -> Vec<Aside> {
    let prefix = prefix(database);
    let folder = database.parent().map(std::fs::read_dir);
    let entries = folder.into_iter().flatten().flatten().flatten();
    let mut found: Vec<Aside> = entries
        .filter_map(|entry| {
            let name = entry.file_name();
            let rest = name.to_str()?.strip_prefix(&prefix)?;
            let (date, rest) = rest.split_at_checked(20)?;
            let at = NaiveDateTime::parse_from_str(date, DATE).ok()?.and_utc();
            rest.contains(".db").then(|| Aside {
                at,
                path: entry.path(),
            })
        })
        .collect();
    found.sort_by(|one, other| (other.at, &other.path).cmp(&(one.at, &one.path)));
    found
}

/// Bytes of them all.
pub(super) fn bytes(database: &Path) -> u64 {
    let length = |aside: &Aside| std::fs::metadata(&aside.path).map_or(0, |file| file.len());
    list(database).iter().map(length).sum()
}

/// Removes those that are old or too many.
pub(super) fn remove_old(database: &Path, now: DateTime<Utc>) {
    let all = list(database);
    let mut moments: Vec<DateTime<Utc>> = all.iter().map(|aside| aside.at).collect();
    moments.dedup();
    let oldest_kept = moments.get(KEPT - 1).or(moments.last()).copied();
    for aside in all {
        if aside.at < now - KEPT_FOR || oldest_kept.is_some_and(|kept| aside.at < kept) {
            remove(&aside);
        }
    }
}

/// Removes all of them.
pub(super) fn remove_all(database: &Path) {
    list(database).iter().for_each(remove);
}

/// One that stays takes room until the next time and does no other harm.
fn remove(aside: &Aside) {
    if let Err(error) = std::fs::remove_file(&aside.path) {
        tracing::warn!(%error, path = %aside.path.display(), "removing a damaged database");
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn the_newest_are_kept_for_a_while() {
        let dir = tempfile::tempdir().unwrap();
        let database = dir.path().join("overview.db");
        let day = |day| Utc.with_ymd_and_hms(2026, 11, day, 12, 0, 0).unwrap();
        std::fs::write(&database, "the one in use").unwrap();
        for at in [day(1), day(3), day(3), day(9)] {
            let name = free_name(&database, at);
            std::fs::write(&name, "12345").unwrap();
            let mut log = name.into_os_string();
            log.push("-wal");
            std::fs::write(log, "67890").unwrap();
        }
        let other = dir.path().join("overview-damaged-by-hand.db");
        std::fs::write(&other, "a person's own copy").unwrap();
        assert_eq!(bytes(&database), 40);
        remove_old(&database, day(10));
        assert_eq!(bytes(&database), 30, "the first of three moments went");
        remove_old(&database, day(4) + KEPT_FOR);
        assert_eq!(bytes(&database), 10);
        remove_all(&database);
        assert_eq!(bytes(&database), 0);
        assert!(database.exists() && other.exists());
    }
}
