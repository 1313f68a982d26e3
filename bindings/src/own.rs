//! What is the person's own: sites that they add, lists of feeds, moving house, history, undo.

use std::sync::Arc;

use overview_core::model::{
    Change, ChangeId, ChangeKind, Cursor, FoundSite, OwnPublisher, PublisherId,
};
use overview_core::opml::{OpmlReport, OpmlRequest};

use crate::{FilePath, HistoryPage, MovingTask, Overview, OverviewError, RowCount};

#[uniffi::export]
impl Overview {
    /// Looks for the feeds of a site by an address as a person types it, of its front page, an article
    /// or a feed. Gives what was found, with the country and the language that it seems to be of, to be
    /// confirmed; adds nothing. A site without a feed is an answer.
    pub async fn find_site(&self, address: String) -> Result<FoundSite, OverviewError> {
        self.calls
            .fetch(move |core| async move { core.find_site(&address).await })
            .await
    }

    /// Adds a publisher, or puts back the same one as the person says it now: its articles and what was
    /// read of them are there again. On the disk when it returns; sync to fetch it.
    pub async fn add_publisher(
        &self,
        publisher: OwnPublisher,
    ) -> Result<PublisherId, OverviewError> {
        self.calls
            .query(move |core| core.add_publisher(&publisher))
            .await
    }

    /// Changes what the person said of a publisher that they added. On the disk when it returns.
    pub async fn edit_publisher(
        &self,
        id: PublisherId,
        publisher: OwnPublisher,
    ) -> Result<(), OverviewError> {
        self.calls
            .query(move |core| core.edit_publisher(&id, &publisher))
            .await
    }

    /// Removes a publisher that the person added: not fetched any more, its articles out of the lists
    /// but for what is saved. `undo_change` puts it back. On the disk when it returns.
    pub async fn remove_publisher(&self, id: PublisherId) -> Result<(), OverviewError> {
        self.calls
            .query(move |core| core.remove_publisher(&id))
            .await
    }

    /// What the person said of a publisher that they added.
    pub async fn own_publisher(&self, id: PublisherId) -> Result<OwnPublisher, OverviewError> {
        self.calls.query(move |core| core.own_publisher(&id)).await
    }

    /// Takes over a list of feeds (OPML), the bytes of a file: feeds of the catalogue make their
    /// publishers followed, others become publishers of one's own. Fetches nothing. All or nothing; what
    /// could not be read is in the report.
    pub async fn import_opml(
        &self,
        list: Vec<u8>,
        request: OpmlRequest,
    ) -> Result<OpmlReport, OverviewError> {
        self.calls
            .query(move |core| core.import_opml(&list, &request))
            .await
    }

    /// What is followed and what was added as a list (OPML 2.0) that other readers understand.
    pub async fn export_opml(&self) -> Result<String, OverviewError> {
        self.calls.query(|core| core.export_opml()).await
    }

    /// Starts to write all that is the person's own into a file: publishers they added, follows, mutes,
    /// marks, saved articles with their bodies, settings without keys. The file is there whole or not at
    /// all.
    pub fn move_out(&self, file: FilePath) -> Result<Arc<MovingTask>, OverviewError> {
        MovingTask::export(&self.calls, file)
    }

    /// Starts to take over such a file, all or nothing: of two things about the same the newer is kept.
    /// Twice is once. A file of a newer app ends it as `AppTooOld`, another as `UnreadableFile`.
    pub fn move_in(&self, file: FilePath) -> Result<Arc<MovingTask>, OverviewError> {
        MovingTask::import(&self.calls, file)
    }

    /// A page of the articles that were opened, the last first, those that are still here.
    #[uniffi::method(default(after = None, limit = 0))]
    pub async fn history(
        &self,
        after: Option<Cursor>,
        limit: RowCount,
    ) -> Result<HistoryPage, OverviewError> {
        self.calls
            .query(move |core| core.history(after, limit))
            .await
    }

    /// Forgets what was opened when; what was read stays read. On the disk when it returns.
    pub async fn clear_history(&self) -> Result<(), OverviewError> {
        self.calls.query(|core| core.clear_history()).await
    }

    /// What was done in the last day and can be taken back, the latest first.
    pub async fn changes(&self) -> Result<Vec<Change>, OverviewError> {
        self.calls.query(|core| core.changes()).await
    }

    /// Takes back a change, the latest when none is named; what it was. On the disk when it returns.
    #[uniffi::method(default(change = None))]
    pub async fn undo_change(&self, change: Option<ChangeId>) -> Result<ChangeKind, OverviewError> {
        self.calls.query(move |core| core.undo_change(change)).await
    }
}
