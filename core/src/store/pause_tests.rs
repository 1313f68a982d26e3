//! What a pause does to work that would take longer than it.

use std::sync::mpsc;

use rusqlite::Transaction;

use super::writer::Durability;
use super::*;

/// A statement that takes hours.
fn take_hours(tx: &Transaction<'_>) -> Result<i64, StoreError> {
    use super::error::Doing;
    let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1e12)
               SELECT count(*) FROM n";
    tx.query_row(sql, [], |row| row.get(0))
        .doing("taking hours")
}

fn store() -> (Store, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&dir.path().join("overview.db")).unwrap();
    (store, dir)
}

/// Pauses once the work has begun, and gives what the work says.
fn pause_during<T: Send>(
    store: &Store,
    work: impl FnOnce(mpsc::Sender<()>) -> Result<T, StoreError> + Send,
) -> Result<T, StoreError> {
    std::thread::scope(|scope| {
        let (begins, begun) = mpsc::channel();
        let working = scope.spawn(move || work(begins));
        begun.recv().unwrap();
        store.pause().unwrap();
        working.join().unwrap()
    })
}

#[test]
fn a_long_query_is_interrupted() {
    let (store, _dir) = store();
    let said = pause_during(&store, |begins| {
        store.readers.read(|tx| {
            begins.send(()).unwrap();
            take_hours(tx)
        })
    });
    assert!(matches!(said, Err(StoreError::Paused { .. })), "{said:?}");
    assert!(matches!(store.countries(), Err(StoreError::Paused { .. })));
    store.resume().unwrap();
    assert!(store.countries().unwrap().is_empty());
}

#[test]
fn a_long_write_is_undone_and_what_waits_behind_it_refused() {
    let (store, _dir) = store();
    let said = pause_during(&store, |begins| {
        std::thread::scope(|scope| {
            let (first_begins, first_begun) = mpsc::channel();
            let store = &store;
            let first = scope.spawn(move || {
                store
                    .writer
                    .write("writing long", Durability::Disk, move |tx| {
                        settings::set(tx, "one", "1", DateTime::UNIX_EPOCH)?;
                        first_begins.send(()).unwrap();
                        take_hours(tx)
                    })
            });
            first_begun.recv().unwrap();
            begins.send(()).unwrap();
            let behind = store.set_setting("two", "2".to_owned(), DateTime::UNIX_EPOCH);
            assert!(matches!(
                first.join().unwrap(),
                Err(StoreError::Paused { .. })
            ));
            behind
        })
    });
    assert!(matches!(said, Err(StoreError::Paused { .. })), "{said:?}");
    store.resume().unwrap();
    assert_eq!(store.setting("one").unwrap(), None);
    assert_eq!(store.setting("two").unwrap(), None);
}

#[test]
fn shared_work_is_undone_whole() {
    let (store, _dir) = store();
    let said = pause_during(&store, |begins| {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(store.writer.write_shared("writing long", move |batch| {
                settings::set(batch.tx, "one", "1", DateTime::UNIX_EPOCH)?;
                begins.send(()).unwrap();
                take_hours(batch.tx)
            }))
    });
    assert!(matches!(said, Err(StoreError::Paused { .. })), "{said:?}");
    store.resume().unwrap();
    assert_eq!(store.setting("one").unwrap(), None);
}

/// The things never end, so that whoever waited for the last of them would wait for ever; and none of
/// them needs a statement that could be interrupted.
#[test]
fn an_import_ends_between_two_things() {
    let (store, _dir) = store();
    let how = Merging {
        now: DateTime::UNIX_EPOCH,
        text_of: |_, _, _| String::new(),
        addresses: crate::catalogue::AddressRule::AnyHttp,
    };
    let said = pause_during(&store, |begins| {
        let mut given = 0_u64;
        let next = move || {
            given += 1;
            match given {
                1 => Ok(Some(Moved::Setting {
                    name: "translation".to_owned(),
                    value: serde_json::json!({}),
                    changed_at: 0,
                })),
                2 => {
                    begins.send(()).unwrap();
                    Ok(Some(Moved::Unknown))
                }
                _ => Ok(Some(Moved::Unknown)),
            }
        };
        store.merge(next, how)
    });
    assert!(matches!(said, Err(StoreError::Paused { .. })), "{said:?}");
    store.resume().unwrap();
    assert_eq!(
        store.setting("translation").unwrap(),
        None,
        "all or nothing"
    );
}

#[test]
fn the_log_is_copied_into_the_database() {
    let (store, dir) = store();
    store
        .set_setting("one", "1".to_owned(), DateTime::UNIX_EPOCH)
        .unwrap();
    store.pause().unwrap();
    let mut names: Vec<_> = std::fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["overview.db", "overview.db-lock"]);
    store.resume().unwrap();
    assert_eq!(store.setting("one").unwrap().as_deref(), Some("1"));
}

/// A phone may clear what an app keeps while it is suspended.
#[test]
fn a_database_that_went_is_made_anew() {
    let (store, dir) = store();
    store.pause().unwrap();
    std::fs::remove_file(dir.path().join("overview.db")).unwrap();
    store.resume().unwrap();
    assert!(store.countries().unwrap().is_empty());
}

#[test]
fn what_cannot_be_opened_stays_paused() {
    let (store, dir) = store();
    store.pause().unwrap();
    let path = dir.path().join("overview.db");
    let kept = std::fs::read(&path).unwrap();
    std::fs::write(&path, "another program's file, and no database").unwrap();
    assert!(matches!(store.resume(), Err(StoreError::Damaged { .. })));
    assert!(matches!(store.countries(), Err(StoreError::Paused { .. })));
    std::fs::write(&path, kept).unwrap();
    store.resume().unwrap();
    store.countries().unwrap();
}
