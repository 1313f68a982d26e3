//! What several feeds share: a transaction, and one writing of their search text at its end.

use rusqlite::Transaction;

use super::error::StoreError;
use super::mutes::{self, Rule};
use super::text::{self, Entry, Words};

/// A transaction that several pieces of work share, each in a savepoint of its own.
///
/// Search text waits until the last of them is done. FTS5 writes what it holds out as a segment at
/// every savepoint, also at those SQLite opens by itself for a statement with triggers, and then
/// merges the segments: writing each article's text beside its row took a third of a first sync. It
/// also writes a segment whenever a row does not follow the one before, so all are written in order.
pub(super) struct Batch<'a> {
    /// Where everything else is written at once.
    pub(super) tx: &'a Transaction<'a>,
    entries: Vec<Entry>,
    /// What mutes hide, once somebody asked.
    rules: Option<std::rc::Rc<[Rule]>>,
}

impl<'a> Batch<'a> {
    pub(super) fn new(tx: &'a Transaction<'a>) -> Self {
        Self {
            tx,
            entries: Vec::new(),
            rules: None,
        }
    }

    /// Lets an article be found by these words once the batch is committed.
    pub(super) fn index(&mut self, place: i64, publisher: i64, words: Words, replaces: bool) {
        self.entries.push(Entry::Own {
            place,
            publisher,
            words,
            replaces,
        });
    }

    /// Lets it be found by its English title and teaser, or no longer.
    pub(super) fn index_english(&mut self, place: i64, words: Option<(String, String)>) {
        self.entries.push(Entry::English { place, words });
    }

    /// What mutes hide now.
    pub(super) fn rules(&mut self) -> Result<std::rc::Rc<[Rule]>, StoreError> {
        if let Some(rules) = &self.rules {
            return Ok(std::rc::Rc::clone(rules));
        }
        let rules: std::rc::Rc<[Rule]> = mutes::rules(self.tx)?.into();
        self.rules = Some(std::rc::Rc::clone(&rules));
        Ok(rules)
    }

    /// Runs one piece of work; what it wrote and queued is undone when it fails.
    ///
    /// # Errors
    /// Not the work's own, which is the value, but that SQLite gave the whole transaction up.
    pub(super) fn run<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, StoreError>,
    ) -> rusqlite::Result<Result<T, StoreError>> {
        self.tx.execute_batch("SAVEPOINT one")?;
        let queued = self.entries.len();
        let result = work(self);
        self.tx.execute_batch(if result.is_ok() {
            "RELEASE one"
        } else {
            self.entries.truncate(queued);
            "ROLLBACK TO one; RELEASE one"
        })?;
        Ok(result)
    }

    /// Writes the search text of all. Last before the commit.
    pub(super) fn finish(mut self) -> rusqlite::Result<()> {
        if self.entries.is_empty() {
            return Ok(());
        }
        self.entries.sort_by_key(Entry::place);
        text::write(self.tx, &self.entries)
    }
}
