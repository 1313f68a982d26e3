//! What several feeds share: a transaction, and one writing of their search text at its end.

use rusqlite::{Transaction, params};

use super::error::StoreError;

/// A transaction that several pieces of work share, each in a savepoint of its own.
///
/// Search text waits until the last of them is done. FTS5 writes what it holds out as a segment at
/// every savepoint, also at those SQLite opens by itself for a statement with triggers, and then
/// merges the segments: writing each article's text beside its row took a third of a first sync.
pub(super) struct Batch<'a> {
    /// Where everything else is written at once.
    pub(super) tx: &'a Transaction<'a>,
    texts: Vec<SearchText>,
}

struct SearchText {
    article: i64,
    title: String,
    text: String,
    /// The article had one before.
    replaces: bool,
}

impl<'a> Batch<'a> {
    pub(super) fn new(tx: &'a Transaction<'a>) -> Self {
        Self {
            tx,
            texts: Vec::new(),
        }
    }

    /// Lets an article be found by these words once the batch is committed.
    pub(super) fn index(&mut self, article: i64, title: String, text: String, replaces: bool) {
        self.texts.push(SearchText {
            article,
            title,
            text,
            replaces,
        });
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
        let queued = self.texts.len();
        let result = work(self);
        self.tx.execute_batch(if result.is_ok() {
            "RELEASE one"
        } else {
            self.texts.truncate(queued);
            "ROLLBACK TO one; RELEASE one"
        })?;
        Ok(result)
    }

    /// Writes the search text of all. Last before the commit.
    pub(super) fn finish(self) -> rusqlite::Result<()> {
        if self.texts.is_empty() {
            return Ok(());
        }
        let mut forget = self
            .tx
            .prepare_cached("DELETE FROM article_text WHERE rowid = ?1")?;
        let mut insert = self
            .tx
            .prepare_cached("INSERT INTO article_text (rowid, title, text) VALUES (?1, ?2, ?3)")?;
        for text in self.texts {
            if text.replaces {
                forget.execute([text.article])?;
            }
            insert.execute(params![text.article, text.title, text.text])?;
        }
        Ok(())
    }
}
