//! Articles, marks and feed states on disk: SQLite in WAL mode. The only place with SQL.
//!
//! One thread writes, in short transactions; queries run on connections of their own and never
//! wait for it. Migrations are numbered and append only; every table is explained in
//! them. Read state lives in `mark`, keyed by what identifies an article at its publisher, so
//! that it outlives the article.

mod articles;
mod aside;
mod batch;
mod carve;
mod changes;
mod choices;
mod connection;
mod counts;
mod damage;
mod error;
mod facts;
mod feeds;
mod health;
mod history;
mod leads;
mod list;
mod listings;
mod lock;
mod log;
mod marks;
mod moving;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod moving_tests;
mod mutes;
mod own;
mod pages;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod pause_tests;
mod pictures;
mod publishers;
mod retention;
mod salvage;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod salvage_tests;
mod schema;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod search_tests;
mod settings;
mod sql;
mod stories;
mod story_list;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
mod text;
mod translations;
mod values;
mod writer;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use crate::catalogue::Catalogue;
use url::Url;

use crate::model::{
    AppSetting, ArticleId, ArticleQuery, ArticleRow, Change, ChangeId, ChangeKind, CountryCode,
    CountrySummary, Cursor, HistoryRow, Mark, MarkAllReceipt, Moved, MovedCounts, Mute, MuteId,
    Muted, OwnPublisher, Page, PerspectiveCount, PublisherId, PublisherSummary, SalvageReport,
    Scope, SearchQuery, StoryId, StoryQuery, StoryRow, StoryScope, TranslatedBy,
};
use crate::search::Typed;

pub use articles::{IncomingArticle, Ingested, StoredArticle};
use batch::Batch;
use changes::Kept;
use connection::Readers;
use damage::Damage;
use error::Doing;
pub use error::StoreError;
pub use feeds::{FeedId, FeedUpdate, PlannedFeed};
pub use health::StoreHealth;
use lock::Lock;
pub use moving::Merging;
pub use mutes::MuteStep;
pub use own::StoredOwn;
pub use pages::{PictureName, Released, StoredPage};
pub use pictures::{PictureFile, StoredPicture};
use retention::Vacuum;
pub use retention::{Limits, Orphans, Removed, Taken};
pub use stories::{
    MemberWrite, StoredReading, StoredStory, StoredTelling, StoryDetails, StoryWrite, WindowArticle,
};
pub use text::BodyText;
use text::Words;
pub use translations::{ForeignRow, StoredTranslation};
use writer::{Durability, Writer};

/// How often a program rescues one database. More is a disk that fails, and would never end.
const RESCUES_MAX: u32 = 3;

/// The database of one data directory.
pub struct Store {
    path: PathBuf,
    damage: Arc<Damage>,
    /// Whose turn it is to open or close files.
    turn: Mutex<()>,
    /// Ends a rescue early: a pause waits.
    hurry: AtomicBool,
    /// How often it was rescued since it was opened.
    rescues: AtomicU32,
    // Before the writer, so that they are closed when it checkpoints the log.
    readers: Readers,
    writer: Writer,
    /// After both, so that it is held for as long as they are open.
    lock: Mutex<Option<Lock>>,
}

impl Store {
    /// Opens the database at `path`, or makes it, and brings it to today's schema.
    ///
    /// # Errors
    /// A file that is damaged, another program's or of a newer version is refused and left as it
    /// is.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let lock = lock::shared(path)?;
        let damage = Arc::new(Damage::of(path));
        Ok(Self {
            writer: Writer::start(open_and_migrate(path)?, Arc::clone(&damage))?,
            readers: Readers::new(path.to_owned(), Arc::clone(&damage)),
            path: path.to_owned(),
            damage,
            lock: Mutex::new(Some(lock)),
            turn: Mutex::default(),
            hurry: AtomicBool::new(false),
            rescues: AtomicU32::new(0),
        })
    }

    /// Rescues what is left of a damaged database: the file is moved aside, and what only the person
    /// can say is in a new one. For before it is opened.
    ///
    /// # Errors
    /// [`StoreError::Busy`] while another process has it open, and what keeps the new one from being
    /// written; the damaged one is left as it is.
    pub fn salvage(
        path: &Path,
        reason: &str,
        catalogue: &Catalogue,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        salvage::salvage(path, reason, catalogue, now, &|| true)
    }

    /// Why a database waits to be rescued, as whoever met the damage noted.
    pub fn damage_noted(path: &Path) -> Option<String> {
        Damage::of(path).reason()
    }

    /// What damage was met since it was opened, or before.
    pub fn damage(&self) -> Option<String> {
        self.damage.reason()
    }

    /// Notes damage that a check found.
    pub fn note_damage(&self, reason: &str) {
        self.damage.note(reason);
    }

    /// Whom to tell when damage is met.
    pub fn on_damage(&self, told: Box<dyn Fn() + Send + Sync>) {
        self.damage.tell(told);
    }

    /// The same as [`salvage`](Self::salvage) for a store that is open and met damage: calls fail as
    /// while it is paused, and go on with the new database. A pause ends it early; then who opens or
    /// resumes next begins anew.
    ///
    /// # Errors
    /// As of that one. The store is open again, and the damage is still to be dealt with.
    pub fn salvage_open(
        &self,
        catalogue: &Catalogue,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let _turn = self.turn();
        let Some(reason) = self.damage.reason() else {
            return Ok(());
        };
        if self.writer.is_paused() {
            return Ok(());
        }
        if self.rescues.fetch_add(1, Ordering::SeqCst) >= RESCUES_MAX {
            // A disk that damages what is written is helped by nothing here.
            return Err(StoreError::Damaged {
                doing: "rescuing the database once more".into(),
                reason,
            });
        }
        let done = self
            .close()
            .and_then(|()| self.rescue(&reason, catalogue, now));
        if matches!(
            done,
            Err(StoreError::Busy { .. } | StoreError::Paused { .. })
        ) {
            // Another has it open, or there was no time: it says nothing of the disk.
            self.rescues.fetch_sub(1, Ordering::SeqCst);
        }
        if !self.hurry.load(Ordering::SeqCst) {
            self.reopen()?;
        }
        done?;
        self.damage.clear();
        Ok(())
    }

    /// The same for a store that is paused and could not be resumed.
    ///
    /// # Errors
    /// As of [`salvage`](Self::salvage), and [`StoreError::Paused`] when a pause waits for it.
    pub fn salvage_paused(
        &self,
        reason: &str,
        catalogue: &Catalogue,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let _turn = self.turn();
        self.rescue(reason, catalogue, now)
    }

    fn rescue(
        &self,
        reason: &str,
        catalogue: &Catalogue,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let go_on = || !self.hurry.load(Ordering::SeqCst);
        salvage::salvage(&self.path, reason, catalogue, now, &go_on)
    }

    /// What was rescued when the database was damaged; `None` when it never was, or the notice was
    /// dismissed.
    pub fn salvaged(&self) -> Result<Option<SalvageReport>, StoreError> {
        self.readers.read(|tx| salvage::report(tx))
    }

    /// Bytes of damaged databases that were moved aside.
    pub fn aside_bytes(&self) -> u64 {
        aside::bytes(&self.path)
    }

    /// Removes those of them that are older than a month, and all but the last two.
    pub fn remove_old_aside(&self, now: DateTime<Utc>) {
        aside::remove_old(&self.path, now);
    }

    /// Removes all of them.
    pub fn remove_aside(&self) {
        aside::remove_all(&self.path);
    }

    /// Dismisses that notice.
    pub fn dismiss_salvaged(&self) -> Result<(), StoreError> {
        self.writer.write(
            "noting that a notice was read",
            Durability::Disk,
            salvage::dismiss,
        )
    }

    fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says that a pause is about to come, so that a rescue ends. [`pause`](Self::pause) is to follow.
    pub fn hurry(&self) {
        self.hurry.store(true, Ordering::SeqCst);
    }

    /// Writes what was taken, copies the log into the database and closes every connection, so that
    /// no file of it is open; calls are refused from its beginning on. What takes longer than a
    /// moment is interrupted and refused.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when disk or processor were kept busy by others so long, two seconds, that
    /// the database is still open; it closes by itself.
    pub fn pause(&self) -> Result<(), StoreError> {
        self.hurry();
        let turn = self.turn();
        self.hurry.store(false, Ordering::SeqCst);
        let done = self.close();
        drop(turn);
        done
    }

    fn close(&self) -> Result<(), StoreError> {
        let now = Instant::now();
        let [patience, last, deadline] =
            [150, 350, 2_000].map(|ms| now + Duration::from_millis(ms));
        let writing = self.writer.pause();
        // Readers first: a log that is being read cannot be copied whole.
        let read = self.readers.pause(patience, deadline);
        let written = writing.is_none_or(|writing| writing.finish(patience, last, deadline));
        if read && written {
            self.lock().take();
            Ok(())
        } else {
            Err(StoreError::Busy {
                doing: "closing the database for a pause".into(),
            })
        }
    }

    /// Opens the database again after [`pause`](Self::pause).
    ///
    /// # Errors
    /// As of [`open`](Self::open); the store stays paused.
    pub fn resume(&self) -> Result<(), StoreError> {
        let _turn = self.turn();
        self.reopen()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Lock>> {
        self.lock.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reopen(&self) -> Result<(), StoreError> {
        if self.writer.is_paused() {
            let lock = lock::shared(&self.path)?;
            self.writer.resume(open_and_migrate(&self.path)?)?;
            *self.lock() = Some(lock);
            self.readers.resume();
        }
        Ok(())
    }

    /// Fills the lists of countries, publishers and feeds from a catalogue, unless they are from
    /// that very one. Choices, articles and the states of feeds that stay are kept.
    pub fn apply_catalogue(&self, catalogue: &Catalogue) -> Result<bool, StoreError> {
        const DOING: &str = "taking over the catalogue";
        if self.readers.read(publishers::catalogue_version)?.as_deref() == Some(catalogue.version())
        {
            return Ok(false);
        }
        let rows = publishers::CatalogueRows::of(catalogue);
        self.writer
            .write(DOING, Durability::Process, move |tx| rows.apply(tx))?;
        Ok(true)
    }

    /// Every country with a listed publisher or stored articles, by name.
    pub fn countries(&self) -> Result<Vec<CountrySummary>, StoreError> {
        self.readers.read(counts::countries)
    }

    /// Publishers with their feeds, by country and name; of all countries when none is named.
    pub fn publishers(
        &self,
        countries: &[CountryCode],
    ) -> Result<Vec<PublisherSummary>, StoreError> {
        self.readers.read(|tx| publishers::summaries(tx, countries))
    }

    /// A page of articles.
    pub fn articles(&self, query: &ArticleQuery) -> Result<Page<ArticleRow>, StoreError> {
        self.readers.read(|tx| list::page(tx, query))
    }

    /// One article with its body; `None` when it is not here.
    pub fn article(&self, id: ArticleId) -> Result<Option<StoredArticle>, StoreError> {
        self.readers.read(|tx| articles::get(tx, id))
    }

    /// One article's row; `None` when it is not here.
    pub fn article_row(&self, id: ArticleId) -> Result<Option<ArticleRow>, StoreError> {
        self.readers.read(|tx| list::row(tx, id))
    }

    /// What an article's page gave; `None` when it was not fetched since the feed last changed the
    /// article.
    pub fn page(&self, id: ArticleId) -> Result<Option<StoredPage>, StoreError> {
        self.readers.read(|tx| pages::get(tx, id))
    }

    /// Keeps what an article's page gave, instead of what it gave before. `text` is what search finds it
    /// by from now on, where the page's body is the one shown.
    pub async fn store_page(
        &self,
        id: ArticleId,
        page: StoredPage,
        text: Option<String>,
    ) -> Result<(), StoreError> {
        self.writer
            .write_shared("storing an article's page", move |batch| {
                pages::write(batch.tx, id, &page)?;
                match text {
                    Some(text) => text::index_page(batch, id, &text),
                    None => Ok(()),
                }
            })
            .await
    }

    /// Bytes that pages and pictures take.
    pub fn kept_bytes(&self) -> Result<u64, StoreError> {
        self.readers.read(pages::kept_bytes)
    }

    /// Of the bytes that are kept, the pictures'.
    pub fn kept_picture_bytes(&self) -> Result<u64, StoreError> {
        self.readers.read(pages::kept_picture_bytes)
    }

    /// How many articles are ready to be read without a network.
    pub fn ready_articles(&self) -> Result<u64, StoreError> {
        self.readers.read(pages::ready_articles)
    }

    /// Takes away the page and the pictures of the oldest article that was read and is not saved;
    /// `None` when there is none.
    pub fn release(&self) -> Result<Option<Released>, StoreError> {
        self.writer
            .write("making room", Durability::Process, pages::release)
    }

    /// What is known of a picture; `None` when it was not asked for yet.
    pub fn picture(&self, url: &Url) -> Result<Option<StoredPicture>, StoreError> {
        self.readers.read(|tx| pictures::get(tx, url))
    }

    /// Notes what came of asking for a picture, and which articles are ready by it. Its file is to be
    /// there already.
    pub async fn store_picture(
        &self,
        url: Url,
        picture: StoredPicture,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.writer
            .write_shared("storing a picture", move |batch| {
                pictures::write(batch.tx, &url, &picture, now)
            })
            .await
    }

    /// Marks articles, all or none; on the disk when it returns.
    pub fn mark(
        &self,
        ids: &[ArticleId],
        mark: Mark,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let ids = ids.to_vec();
        self.writer
            .write("marking articles", Durability::Disk, move |tx| {
                marks::mark(tx, &ids, mark, now)
            })
    }

    /// Marks everything unread in a scope as read; on the disk when it returns.
    pub fn mark_all_read(
        &self,
        scope: &Scope,
        now: DateTime<Utc>,
    ) -> Result<MarkAllReceipt, StoreError> {
        let scope = scope.clone();
        self.writer
            .write("marking all as read", Durability::Disk, move |tx| {
                marks::mark_all_read(tx, &scope, now)
            })
    }

    /// Takes back a bulk mark, the latest when `undo` is `None`; `None` when there is none to
    /// take back.
    pub fn undo_mark_all(
        &self,
        undo: Option<i64>,
        now: DateTime<Utc>,
    ) -> Result<Option<u32>, StoreError> {
        self.writer
            .write("taking back a bulk mark", Durability::Disk, move |tx| {
                marks::undo_mark_all(tx, undo, now)
            })
    }

    /// Follows a country, or no longer.
    pub fn follow_country(
        &self,
        country: CountryCode,
        follow: bool,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.writer
            .write("following a country", Durability::Disk, move |tx| {
                if !follow && choices::is_country_followed(tx, country)? {
                    changes::note(tx, &Kept::UnfollowedCountry { country }, now)?;
                }
                choices::follow_country(tx, country, follow, now)
            })
    }

    /// Follows a publisher, switches it off, or leaves it as the catalogue has it.
    pub fn follow_publisher(
        &self,
        publisher: &PublisherId,
        follow: Option<bool>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let publisher = publisher.clone();
        self.writer
            .write("following a publisher", Durability::Disk, move |tx| {
                let before = choices::publisher_choice(tx, &publisher)?;
                let rank =
                    |choice: Option<bool>| choice.map_or(1, |followed| 2 * u8::from(followed));
                if rank(follow) < rank(before) {
                    let publisher = publisher.clone();
                    changes::note(tx, &Kept::UnfollowedPublisher { publisher, before }, now)?;
                }
                choices::follow_publisher(tx, &publisher, follow, now)
            })
    }

    /// The publishers that the person added, also those that were removed, by id.
    pub fn own_publishers(&self) -> Result<Vec<StoredOwn>, StoreError> {
        self.readers.read(own::list)
    }

    /// Adds publishers, or changes those of the same ids; on the disk when it returns.
    pub fn put_own_publishers(
        &self,
        publishers: Vec<(PublisherId, OwnPublisher)>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.writer
            .write("adding a publisher", Durability::Disk, move |tx| {
                own::put(tx, &publishers, now)
            })
    }

    /// Removes a publisher that the person added: it is not listed and not fetched any more. Whether
    /// there was one. On the disk when it returns.
    pub fn remove_own_publisher(
        &self,
        publisher: &PublisherId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let publisher = publisher.clone();
        self.writer
            .write("removing a publisher", Durability::Disk, move |tx| {
                let before = choices::publisher_choice(tx, &publisher)?;
                let removed = own::set_removed(tx, &publisher, true, Some(false), now)?;
                if removed {
                    changes::note(tx, &Kept::RemovedPublisher { publisher, before }, now)?;
                }
                Ok(removed)
            })
    }

    /// Whose feed it is, of those that are listed.
    pub fn publisher_of_feed(&self, feed: &Url) -> Result<Option<PublisherId>, StoreError> {
        self.readers.read(|tx| own::publisher_of_feed(tx, feed))
    }

    /// All feeds that are listed, by address, with whose they are.
    pub fn publishers_of_feeds(&self) -> Result<HashMap<String, PublisherId>, StoreError> {
        self.readers.read(own::publishers_of_feeds)
    }

    /// Adds publishers and follows others and countries, all or nothing; on the disk when it returns.
    pub fn take_list(
        &self,
        own: Vec<(PublisherId, OwnPublisher)>,
        followed: Vec<PublisherId>,
        countries: Vec<CountryCode>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.writer
            .write("taking over a list of feeds", Durability::Disk, move |tx| {
                own::put(tx, &own, now)?;
                for publisher in &followed {
                    choices::follow_publisher(tx, publisher, Some(true), now)?;
                }
                for country in countries {
                    choices::follow_country(tx, country, true, now)?;
                }
                Ok(())
            })
    }

    /// What can be taken back, the latest first.
    pub fn changes(&self, now: DateTime<Utc>) -> Result<Vec<Change>, StoreError> {
        self.readers.read(|tx| changes::list(tx, now))
    }

    /// Takes back a change, the latest when none is named; `None` when there is none to take back.
    pub fn undo_change(
        &self,
        change: Option<ChangeId>,
        now: DateTime<Utc>,
    ) -> Result<Option<ChangeKind>, StoreError> {
        self.writer
            .write("taking back a change", Durability::Disk, move |tx| {
                changes::undo(tx, change, now)
            })
    }

    /// A page of what was opened, the last first.
    pub fn history(
        &self,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page<HistoryRow>, StoreError> {
        self.readers.read(|tx| history::page(tx, after, limit))
    }

    /// Forgets what was opened when; on the disk when it returns.
    pub fn clear_history(&self) -> Result<(), StoreError> {
        self.writer.write(
            "forgetting what was read when",
            Durability::Disk,
            history::clear,
        )
    }

    /// The translations of each text that has one, by key: one of each engine.
    pub fn translations(
        &self,
        keys: &[[u8; 16]],
    ) -> Result<HashMap<[u8; 16], Vec<StoredTranslation>>, StoreError> {
        self.readers.read(|tx| translations::get(tx, keys))
    }

    /// Keeps translations, each in the place of the same engine's before.
    pub async fn store_translations(
        &self,
        translations: Vec<StoredTranslation>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.writer
            .write_shared("keeping translations", move |batch| {
                translations::write(batch.tx, &translations, now)
            })
            .await
    }

    /// Notes that texts were used, and lets the least recently used go beyond so many bytes.
    pub async fn use_translations(
        &self,
        keys: Vec<[u8; 16]>,
        bytes_max: u64,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.writer
            .write_shared("making room among translations", move |batch| {
                translations::touch_and_trim(batch.tx, &keys, bytes_max, now)
            })
            .await
    }

    /// Bytes that translations take.
    pub fn translation_bytes(&self) -> Result<u64, StoreError> {
        self.readers.read(translations::bytes)
    }

    /// The newest articles of some languages (whole tags) and countries (all, when none is named)
    /// whose titles are not in English yet.
    pub fn untranslated(
        &self,
        languages: &[String],
        countries: &[CountryCode],
        limit: usize,
    ) -> Result<Vec<ForeignRow>, StoreError> {
        self.readers
            .read(|tx| translations::untranslated(tx, languages, countries, limit))
    }

    /// The newest articles of some countries (all, when none is named) whose titles are in English
    /// and were not.
    pub fn translated(
        &self,
        countries: &[CountryCode],
        limit: usize,
    ) -> Result<Vec<ForeignRow>, StoreError> {
        self.readers
            .read(|tx| translations::translated(tx, countries, limit))
    }

    /// The newest articles of some languages and countries (all, when none is named) whose bodies are
    /// wanted in English and not here, or are here whole and nobody could translate them then.
    pub fn wanted_bodies(
        &self,
        languages: &[String],
        countries: &[CountryCode],
        limit: usize,
    ) -> Result<Vec<(ArticleId, String)>, StoreError> {
        self.readers
            .read(|tx| translations::wanted_bodies(tx, languages, countries, limit))
    }

    /// The languages (whole tags) of articles that are not in English.
    pub fn foreign_languages(&self) -> Result<Vec<String>, StoreError> {
        self.readers.read(translations::foreign_languages)
    }

    /// The languages of articles whose titles are not in English yet.
    pub fn untranslated_languages(&self) -> Result<Vec<String>, StoreError> {
        self.readers.read(translations::untranslated_languages)
    }

    /// Titles and teasers in English: what lists show.
    pub async fn store_english_rows(
        &self,
        rows: Vec<(ForeignRow, String, String, TranslatedBy)>,
    ) -> Result<u32, StoreError> {
        self.writer
            .write_shared("keeping titles in English", move |batch| {
                let mut changed = 0;
                for (row, title, teaser, by) in &rows {
                    changed += u32::from(translations::set_row(batch, row, title, teaser, by)?);
                }
                Ok(changed)
            })
            .await
    }

    /// Notes that an article's body is wanted in English, and whether it is here.
    pub async fn want_translation(&self, id: ArticleId, here: bool) -> Result<(), StoreError> {
        self.writer
            .write_shared("noting a translation", move |batch| {
                translations::set_wanted(batch.tx, id, here)
            })
            .await
    }

    /// What the person set under a name, as JSON.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.readers.read(|tx| settings::get(tx, name))
    }

    /// Keeps what the person set; on the disk when it returns.
    pub fn set_setting(
        &self,
        name: &'static str,
        value: String,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.writer
            .write("keeping a setting", Durability::Disk, move |tx| {
                settings::set(tx, name, &value, now)
            })
    }

    /// What apps keep of the person's choices, by name.
    pub fn app_settings(&self) -> Result<BTreeMap<String, String>, StoreError> {
        self.readers.read(settings::of_apps)
    }

    /// Keeps what the person set in an app; on the disk when it returns. What is so already keeps the
    /// time at which it was set.
    pub fn set_app_settings(
        &self,
        settings: Vec<AppSetting>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.writer
            .write("keeping a setting", Durability::Disk, move |tx| {
                settings::set_of_apps(tx, &settings, now)
            })
    }

    /// A page of stories.
    pub fn stories(&self, query: &StoryQuery) -> Result<Page<StoryRow>, StoreError> {
        self.readers.read(|tx| story_list::page(tx, query))
    }

    /// The perspectives under which stories of a scope are told.
    pub fn perspectives(&self, scope: &StoryScope) -> Result<Vec<PerspectiveCount>, StoreError> {
        self.readers.read(|tx| story_list::perspectives(tx, scope))
    }

    /// A story of several articles, and its articles; `None` when there is no such.
    pub fn story(&self, id: StoryId) -> Result<Option<StoredStory>, StoreError> {
        self.readers.read(|tx| stories::get(tx, id))
    }

    /// The articles of a story, the earliest first.
    pub fn story_members(&self, id: StoryId) -> Result<Vec<ArticleId>, StoreError> {
        self.readers.read(|tx| stories::members(tx, id))
    }

    /// The story an article is in; `None` when it was not compared yet.
    pub fn story_of(&self, article: ArticleId) -> Result<Option<StoryId>, StoreError> {
        self.readers.read(|tx| stories::of_article(tx, article))
    }

    /// Names an article to grouping.
    pub fn article_name(&self, article: ArticleId) -> Result<Option<String>, StoreError> {
        self.readers.read(|tx| stories::name(tx, article))
    }

    /// Where the readers of a story find it whose id is gone.
    pub fn story_successor(&self, id: StoryId) -> Result<Option<StoryId>, StoreError> {
        self.readers.read(|tx| stories::successor(tx, id))
    }

    /// Labels of an article, and what was kept of its text.
    pub fn telling(&self, article: ArticleId) -> Result<StoredTelling, StoreError> {
        self.readers.read(|tx| stories::telling(tx, article))
    }

    /// Articles since a time that this version of reading did not read, the newest first.
    pub fn articles_to_read(
        &self,
        version: u32,
        since: DateTime<Utc>,
        limit: usize,
    ) -> Result<Vec<ArticleId>, StoreError> {
        self.readers
            .read(|tx| stories::unread_by(tx, version, since, limit))
    }

    /// Keeps what was read of articles.
    pub async fn store_readings(&self, readings: Vec<StoredReading>) -> Result<(), StoreError> {
        self.writer
            .write_shared("keeping what was read of articles", move |batch| {
                stories::write_readings(batch.tx, &readings)
            })
            .await
    }

    /// The articles since a time that this version of reading read.
    pub fn story_window(
        &self,
        version: u32,
        since: DateTime<Utc>,
    ) -> Result<Vec<WindowArticle>, StoreError> {
        self.readers.read(|tx| stories::window(tx, version, since))
    }

    /// The stories that had an article since a time.
    pub fn stories_since(&self, time: DateTime<Utc>) -> Result<Vec<StoredStory>, StoreError> {
        self.readers.read(|tx| stories::since(tx, time))
    }

    /// The publishers that are fetched, and whether a feed of each answered since a time.
    pub fn watched(&self, since: DateTime<Utc>) -> Result<Vec<(PublisherId, bool)>, StoreError> {
        self.readers.read(|tx| stories::watched(tx, since))
    }

    /// When stories were found last; `None` before the first time.
    pub fn regrouped_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.readers.read(stories::regrouped_at)
    }

    /// Keeps stories that changed.
    pub async fn store_stories(&self, stories: Vec<StoryWrite>) -> Result<(), StoreError> {
        self.writer
            .write_shared("keeping stories", move |batch| {
                stories::write(batch.tx, &stories)
            })
            .await
    }

    /// Notes that all stories are found: where the readers of those that are gone find them, and
    /// when it was.
    pub async fn finish_stories(
        &self,
        successors: Vec<(StoryId, StoryId)>,
        gone: Vec<StoryId>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.writer
            .write_shared("noting that stories were found", move |batch| {
                stories::forget(batch.tx, &gone)?;
                stories::write_successors(batch.tx, &successors)?;
                stories::set_regrouped_at(batch.tx, now)
            })
            .await
    }

    /// The stories that a publisher's articles tell.
    pub fn stories_of_publisher(
        &self,
        publisher: &PublisherId,
    ) -> Result<Vec<StoryId>, StoreError> {
        self.readers
            .read(|tx| stories::stories_of_publisher(tx, publisher))
    }

    /// Chooses anew who leads stories, after a publisher was switched on or off.
    pub fn choose_leads(&self, stories: Vec<StoryId>) -> Result<(), StoreError> {
        self.writer
            .write("noting who leads stories", Durability::Process, move |tx| {
                stories
                    .iter()
                    .try_for_each(|id| leads::choose_anew(tx, stories::column(*id)))
            })
    }

    /// A page of what is found by words; see [`Typed::search`].
    pub fn search(
        &self,
        query: &SearchQuery,
        typed: &Typed,
    ) -> Result<Page<ArticleRow>, StoreError> {
        self.readers.read(|tx| text::search(tx, query, typed))
    }

    /// Puts the newest articles into the index that an older version stored without it; whether more
    /// are left.
    pub fn index_older(&self, limit: u32, text_of: BodyText) -> Result<bool, StoreError> {
        const DOING: &str = "indexing what an older version stored";
        if self.readers.read(text::unindexed)?.is_none() {
            return Ok(false);
        }
        self.writer.write(DOING, Durability::Process, move |tx| {
            let mut batch = Batch::new(tx);
            let more = text::index_older(&mut batch, limit, text_of)?;
            batch.finish().doing(DOING)?;
            Ok(more)
        })
    }

    /// Mutes something, or gives a mute of the same another end; on the disk when it returns. Lists
    /// leave it out at once, the verdicts follow by [`mute_step`](Self::mute_step).
    pub fn mute(
        &self,
        what: &Muted,
        until: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<MuteId, StoreError> {
        let what = what.clone();
        self.writer.write("muting", Durability::Disk, move |tx| {
            let id = mutes::add(tx, &what, until, now)?;
            // The newest at once: those are what is on the screen.
            mutes::step(tx, now)?;
            Ok(id)
        })
    }

    /// Ends a mute; whether it held. On the disk when it returns; what it hid is shown again by
    /// [`mute_step`](Self::mute_step).
    pub fn unmute(&self, id: MuteId) -> Result<bool, StoreError> {
        self.writer
            .write("ending a mute", Durability::Disk, move |tx| {
                mutes::end(tx, id)
            })
    }

    /// Does the next bounded step of what mutes that began, changed or ended leave to do.
    pub fn mute_step(&self, now: DateTime<Utc>) -> Result<MuteStep, StoreError> {
        if !self.readers.read(|tx| mutes::is_waiting(tx, now))? {
            return Ok(MuteStep::default());
        }
        self.writer
            .write("applying mutes", Durability::Process, move |tx| {
                mutes::step(tx, now)
            })
    }

    /// The mutes that hold, the newest first.
    pub fn mutes(&self, now: DateTime<Utc>) -> Result<Vec<Mute>, StoreError> {
        self.readers.read(|tx| mutes::list(tx, now))
    }

    /// The mutes that hide an article.
    pub fn mutes_of(
        &self,
        article: ArticleId,
        now: DateTime<Utc>,
    ) -> Result<Vec<Mute>, StoreError> {
        self.readers.read(|tx| mutes::of_article(tx, article, now))
    }

    /// When the next mute ends by itself.
    pub fn next_mute_end(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.readers.read(mutes::next_end)
    }

    /// Gives all that a person takes along, one after the other, until `take` says that it is enough;
    /// whether it was given whole. First `planned` is told how much it is.
    pub fn moved(
        &self,
        planned: &mut dyn FnMut(u64),
        take: &mut dyn FnMut(Moved) -> bool,
    ) -> Result<bool, StoreError> {
        self.readers.read(|tx| moving::each(tx, planned, take))
    }

    /// Puts what comes along together with what is here, all or nothing: of two things about the same
    /// the newer is kept. On the disk when it returns. `next` gives the things, and an error to stop.
    pub fn merge(
        &self,
        mut next: impl FnMut() -> Result<Option<Moved>, StoreError> + Send + 'static,
        how: Merging,
    ) -> Result<MovedCounts, StoreError> {
        const DOING: &str = "taking over what comes along";
        let ends = self.writer.ends();
        self.writer.write(DOING, Durability::Disk, move |tx| {
            let mut batch = Batch::new(tx);
            // An interrupt reaches a statement that runs, and there is none between two things.
            let mut next = || match ends() {
                true => Err(StoreError::Paused {
                    doing: DOING.into(),
                }),
                false => next(),
            };
            let counts = moving::merge(&mut batch, &mut next, &how)?;
            batch.finish().doing(DOING)?;
            Ok(counts)
        })
    }

    /// The feeds a sync may poll, most wanted first; see [`PlannedFeed`].
    pub fn plan(
        &self,
        countries: &[CountryCode],
        publishers: &[PublisherId],
    ) -> Result<Vec<PlannedFeed>, StoreError> {
        self.readers
            .read(|tx| feeds::plan(tx, countries, publishers))
    }

    /// Stores what came of one feed: its articles, if it had new ones, and its state, together or
    /// not at all. Feeds that wait at the same time share a commit.
    pub async fn store_feed(&self, update: FeedUpdate) -> Result<Ingested, StoreError> {
        // Here and not on the thread that writes.
        let words: Vec<Words> = update.articles.iter().map(Words::of).collect();
        self.writer
            .write_shared("storing a feed", move |batch| {
                feeds::store(batch, update, words)
            })
            .await
    }

    /// Stores the states of feeds that had nothing new, in one transaction.
    pub async fn store_checks(&self, updates: Vec<FeedUpdate>) -> Result<(), StoreError> {
        if updates.is_empty() {
            return Ok(());
        }
        self.writer
            .write_shared("noting what was checked", move |batch| {
                for update in updates {
                    let words = update.articles.iter().map(Words::of).collect();
                    feeds::store(batch, update, words)?;
                }
                Ok(())
            })
            .await
    }

    /// Bytes that the database and the pictures take.
    pub fn taken(&self) -> Result<Taken, StoreError> {
        self.readers.read(retention::taken)
    }

    /// Bytes of each table with its indexes, by its name. Reads the whole file.
    pub fn table_bytes(&self) -> Result<Vec<(String, u64)>, StoreError> {
        self.readers.read(retention::table_bytes)
    }

    /// Removes some of what may not stay, the least valuable first; `None` when there is nothing to
    /// remove. What is saved, open, or unread and still listed by a feed stays.
    pub fn remove_step(
        &self,
        limits: &Limits,
        open: &[ArticleId],
        now: DateTime<Utc>,
    ) -> Result<Option<Removed>, StoreError> {
        let candidates = self
            .readers
            .read(|tx| retention::candidates(tx, limits, open))?;
        if candidates.is_empty() {
            return Ok(None);
        }
        self.writer
            .write("removing articles", Durability::Process, move |tx| {
                retention::remove(tx, &candidates, now).map(Some)
            })
    }

    /// Removes what nothing refers to any more, when that was last done before a time; the files of
    /// pictures that go with it. `None` when it was not due.
    pub fn sweep(
        &self,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Option<Vec<PictureName>>, StoreError> {
        let swept_at = self.readers.read(retention::swept_at)?;
        if swept_at.is_some_and(|at| at > since) {
            return Ok(None);
        }
        let orphans = self.readers.read(|tx| retention::orphans(tx, now))?;
        self.writer.write(
            "removing what nothing refers to",
            Durability::Process,
            move |tx| retention::remove_orphans(tx, &orphans, now).map(Some),
        )
    }

    /// The hashes of all pictures that are here.
    pub fn picture_hashes(&self) -> Result<std::collections::HashSet<[u8; 32]>, StoreError> {
        self.readers.read(retention::picture_hashes)
    }

    /// Gives some of what is free in the database back to the disk; whether there may be more.
    pub fn vacuum_step(&self, limits: &Limits) -> Result<bool, StoreError> {
        const DOING: &str = "giving room back to the disk";
        match self.readers.read(|tx| retention::vacuum_due(tx, limits))? {
            Vacuum::No => Ok(false),
            Vacuum::Step => self
                .writer
                .write(DOING, Durability::Process, retention::vacuum_step)
                .map(|()| true),
            Vacuum::Whole => self
                .writer
                .run(DOING, |connection| {
                    connection
                        .execute_batch("PRAGMA auto_vacuum = incremental; VACUUM")
                        .doing(DOING)
                })
                .map(|()| true),
        }
    }

    /// Bytes of the database's log.
    pub fn log_bytes(&self) -> u64 {
        log::bytes(&self.path)
    }

    /// Copies the log into the database and makes its file short, when it is longer than may stay;
    /// whether it did. A log that somebody reads, or that another process writes, is left for the next
    /// time. SQLite itself only ever writes over it, so that it stays as long as it ever was.
    pub fn empty_log(&self) -> Result<bool, StoreError> {
        if self.log_bytes() <= log::KEPT {
            return Ok(false);
        }
        self.writer
            .run("emptying the log of the database", log::empty)
    }

    /// Facts for `doctor`, with SQLite's own check of the file when `thorough`.
    pub fn health(&self, thorough: bool) -> Result<StoreHealth, StoreError> {
        self.readers
            .read_anew(|tx| health::check(tx, &self.path, thorough))
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// The connection of the writer, at today's schema.
fn open_and_migrate(path: &Path) -> Result<rusqlite::Connection, StoreError> {
    connection::open_writer(path)
        .and_then(
            |mut connection| match schema::migrate(&mut connection, path) {
                Ok(()) => Ok(connection),
                Err(error) if error.may_be_damage() => Err(damage::judged(connection, error)),
                Err(error) => Err(error),
            },
        )
        .map_err(|error| error.opening(path))
}
