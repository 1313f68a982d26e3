use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::catalogue::Catalogue;
use crate::clock::{Clock, SystemClock};
use crate::events::{Invalidation, Listener, Notifier};
use crate::feed;
use crate::http::{Client, ClientOptions};
use crate::language::Translator;
use crate::language::engine::{Firefox, Platform, Server};
use crate::model::{
    Article, ArticleId, ArticleQuery, ArticleRow, CountryCode, CountrySummary, Diagnosis,
    Direction, Image, Mark, MarkAllReceipt, Page, PictureState, PublisherId, PublisherSummary,
    ReadPage, ReadingPosition, SalvageReport, Scope, StorageUse, TranslatedBy,
};
use crate::own;
use crate::page;
use crate::pause::Sessions;
use crate::storage::{self, Opened};
use crate::store::{Store, StoreError, StoredArticle, StoredPage, StoredPicture};
use crate::sync::{
    self, CheckProgress, FeedCheck, FetchedPicture, Run, SyncEnd, SyncProgress, SyncReport,
    SyncRequest,
};
use crate::translation::Pace;
use crate::upkeep::{self, Upkeep, Work};
use crate::{Error, Result};

/// Articles of an older version that are indexed before opening is over.
const INDEXED_AT_OPENING: u32 = 100;

/// From which time after its publication a change of an article is one: many feeds give the same time
/// twice, some seconds apart.
const AN_EDIT: TimeDelta = TimeDelta::minutes(1);

/// How to open an [`Overview`].
pub struct OpenOptions {
    /// Where everything is kept; made if absent.
    pub data_dir: PathBuf,
    /// Instead of the bundled catalogue.
    pub catalogue: Option<Catalogue>,
    /// How to fetch: limits, and whether plain http and private addresses are open.
    pub http: ClientOptions,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
}

impl OpenOptions {
    /// The bundled catalogue, the polite defaults and the machine's clock.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            catalogue: None,
            http: ClientOptions::default(),
            clock: Arc::new(SystemClock),
        }
    }
}

/// The one façade: open, sync, query, mark.
///
/// Queries and marks are ordinary functions that return in about a millisecond and never wait for
/// the network or for a sync. [`sync`](Self::sync) is the one long call; it may be cancelled at
/// any moment and keeps every feed finished before. Share it by reference or in an `Arc`.
///
/// ```no_run
/// # async fn example() -> overview_core::Result<()> {
/// use overview_core::model::ArticleQuery;
/// use overview_core::{OpenOptions, Overview};
///
/// let overview = Overview::open(OpenOptions::new("/tmp/overview"))?;
/// overview.sync(&Default::default(), &Default::default(), &|_| ()).await?;
/// for country in overview.countries()? {
///     println!("{} {} unread", country.name, country.unread);
/// }
/// let newest = overview.articles(&ArticleQuery::default())?;
/// # Ok(()) }
/// ```
pub struct Overview {
    /// First, because it ends before what it works on.
    upkeep: Upkeep,
    data_dir: PathBuf,
    store: Arc<Store>,
    /// What a person may be looking at, which stays.
    opened: Arc<Opened>,
    catalogue: Arc<Catalogue>,
    /// With the publishers that the person added.
    known: RwLock<Arc<Catalogue>>,
    http: ClientOptions,
    /// Made by the first call that needs the network: reading the trust store takes longer than
    /// showing the first page.
    client: OnceLock<Client>,
    clock: Arc<dyn Clock>,
    notifier: Arc<Notifier>,
    pub(crate) sessions: Sessions,
    offline: AtomicBool,
    metered: AtomicBool,
    pub(crate) firefox: Arc<Firefox>,
    pub(crate) platform: Mutex<Option<Arc<Platform>>>,
    pub(crate) server_engine: Mutex<Option<(Server, Arc<dyn Translator>)>>,
    pub(crate) pace: Pace,
    /// Bodies that an engine could not do, so that they are left alone until the program ends.
    pub(crate) tried: Mutex<HashSet<(ArticleId, TranslatedBy)>>,
}

impl Overview {
    /// Opens the store in `options.data_dir`, or makes it.
    ///
    /// Of a database that is damaged is rescued what only the person can say, and the damaged file is
    /// moved aside: see [`salvaged`](Self::salvaged).
    ///
    /// # Errors
    /// A directory that cannot be made or written, a database that is another program's or of a newer
    /// version, or of which nothing can be rescued, for want of room. What is there is left as it is.
    pub fn open(options: OpenOptions) -> Result<Self> {
        let data_dir = options.data_dir;
        std::fs::create_dir_all(&data_dir).map_err(|source| Error::DataDir {
            path: data_dir.clone(),
            source,
        })?;
        let catalogue = match options.catalogue {
            Some(catalogue) => Arc::new(catalogue),
            None => Catalogue::bundled()?,
        };
        let firefox = Arc::new(Firefox::new(data_dir.join("models")));
        let store = open_store(
            &data_dir.join("overview.db"),
            &catalogue,
            options.clock.now(),
        )?;
        let known = own::known(&catalogue, &store)?;
        let no_thread = |source| Error::DataDir {
            path: data_dir.clone(),
            source,
        };
        let notifier = Arc::new(Notifier::start().map_err(no_thread)?);
        let opened = Arc::default();
        let work = Work {
            store: Arc::clone(&store),
            clock: Arc::clone(&options.clock),
            notifier: Arc::clone(&notifier),
            catalogue: Arc::clone(&catalogue),
            data_dir: data_dir.clone(),
            opened: Arc::clone(&opened),
        };
        let upkeep = Upkeep::start(work).map_err(no_thread)?;
        store.on_damage(upkeep.nudger());
        Ok(Self {
            upkeep,
            opened,
            data_dir,
            store,
            known: RwLock::new(known),
            catalogue,
            http: options.http,
            client: OnceLock::new(),
            clock: options.clock,
            notifier,
            sessions: Sessions::default(),
            offline: AtomicBool::new(false),
            metered: AtomicBool::new(false),
            firefox,
            platform: Mutex::default(),
            server_engine: Mutex::default(),
            pace: Pace::default(),
            tried: Mutex::default(),
        })
    }

    /// Every country of the catalogue, by name, with its counts.
    pub fn countries(&self) -> Result<Vec<CountrySummary>> {
        Ok(self.store.countries()?)
    }

    /// Publishers with their feeds' health, by country and name; all, or those of some countries.
    pub fn publishers(&self, countries: &[CountryCode]) -> Result<Vec<PublisherSummary>> {
        self.know_countries(countries)?;
        Ok(self.store.publishers(countries)?)
    }

    /// A page of articles, newest first.
    ///
    /// # Errors
    /// [`Error::Invalid`] when both cursors are given; [`Error::Unknown`] for a country or
    /// publisher that neither the catalogue nor the store knows.
    pub fn articles(&self, query: &ArticleQuery) -> Result<Page<ArticleRow>> {
        if query.after.is_some() && query.before.is_some() {
            return Err(Error::Invalid(
                "a page is either after one place or before one, not both".to_owned(),
            ));
        }
        self.know_scope(&query.scope)?;
        Ok(self.store.articles(query)?)
    }

    /// One article with its body. As it may be on a screen now, it is not removed to make room while
    /// it is among the last twenty.
    pub fn article(&self, id: ArticleId) -> Result<Article> {
        self.opened.note(id);
        self.read_article(id)
    }

    /// The same for nobody's eyes.
    pub(crate) fn read_article(&self, id: ArticleId) -> Result<Article> {
        let stored = self.store.article(id)?.ok_or(Error::NoSuchArticle(id))?;
        let page = self.store.page(id)?;
        let mut article = assemble(stored, page);
        article.translation = self.translation_of(&article)?;
        Ok(article)
    }

    /// Fetches the page of an article, unless that was done since the feed last changed it, and
    /// gives the article with the better body of the two. What was fetched is kept. Needs a tokio
    /// runtime with time and I/O.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an article without an address, [`Error::Offline`] while nothing is to
    /// be fetched, [`Error::Http`] when no answer came. A page that is gone or behind a wall is an
    /// answer: see [`ReadPage`](crate::model::ReadPage).
    pub async fn fetch_article(&self, id: ArticleId) -> Result<Article> {
        let article = self.article(id)?;
        if article.page.is_some() {
            return Ok(article);
        }
        let page = self.page_of(&article).await?;
        self.keep_page(id, page).await?;
        self.notifier.notify(Invalidation::Body(id));
        self.article(id)
    }

    /// Fetches the page of an article.
    pub(crate) async fn page_of(&self, article: &Article) -> Result<StoredPage> {
        let id = article.row.id;
        let url =
            article.row.url.as_ref().ok_or_else(|| {
                Error::Invalid(format!("the feed gives no address for article {id}"))
            })?;
        let page = sync::fetch_page(
            self.client()?,
            self.clock.as_ref(),
            url,
            article.blocks.clone(),
            article.direction,
        );
        let mut page = page.await?;
        let stored = self.store.article(id)?.ok_or(Error::NoSuchArticle(id))?;
        let shown = assemble(stored, Some(page.clone()));
        page.pictures = shown.pictures().into_iter().cloned().collect();
        Ok(page)
    }

    pub(crate) async fn keep_page(&self, id: ArticleId, page: StoredPage) -> Result<()> {
        let text = page.blocks.as_deref().map(page::text_of);
        let text = text.map(|text| crate::search::searched(&text).to_owned());
        Ok(self.store.store_page(id, page, text).await?)
    }

    pub(crate) async fn picture_of(&self, url: &Url) -> Result<FetchedPicture> {
        Ok(sync::fetch_picture(self.client()?, self.clock.as_ref(), url).await?)
    }

    /// Makes room by what was read; how many bytes, or `None` when nothing can go.
    pub(crate) fn release_one(&self) -> Result<Option<u64>> {
        let Some(released) = self.store.release()? else {
            return Ok(None);
        };
        storage::remove_files(&self.data_dir, &released.files);
        Ok(Some(released.bytes))
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) fn notifier(&self) -> &Notifier {
        &self.notifier
    }

    pub(crate) fn opened(&self) -> &Opened {
        &self.opened
    }

    pub(crate) fn upkeep(&self) -> &Upkeep {
        &self.upkeep
    }

    pub(crate) fn work(&self) -> Work {
        Work {
            store: Arc::clone(&self.store),
            clock: Arc::clone(&self.clock),
            notifier: Arc::clone(&self.notifier),
            catalogue: Arc::clone(&self.catalogue),
            data_dir: self.data_dir.clone(),
            opened: Arc::clone(&self.opened),
        }
    }

    /// The catalogue with the publishers that the person added.
    pub(crate) fn shared_catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Publishers were added, changed or removed.
    pub(crate) fn know_own_publishers(&self) -> Result<()> {
        let known = own::known(&self.catalogue, &self.store)?;
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
        Ok(())
    }

    pub(crate) fn http_options(&self) -> &ClientOptions {
        &self.http
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// What is known of a picture. A file that was removed counts as not asked for.
    pub fn picture(&self, url: &Url) -> Result<PictureState> {
        Ok(match self.store.picture(url)? {
            None => PictureState::Unknown,
            Some(StoredPicture::Refused(why)) => PictureState::Refused { why },
            Some(StoredPicture::File(file)) => {
                let path = sync::path_of(&self.data_dir, &file.hash, &file.media_type);
                if path.exists() {
                    PictureState::Here {
                        path,
                        media_type: file.media_type,
                        width: file.width,
                        height: file.height,
                        placeholder: file.placeholder,
                    }
                } else {
                    PictureState::Unknown
                }
            }
        })
    }

    /// Fetches a picture, unless that was done, and keeps it: small, upright, without metadata. Needs
    /// a tokio runtime with time and I/O.
    ///
    /// # Errors
    /// [`Error::Offline`] while nothing is to be fetched, [`Error::Http`] when no answer came,
    /// [`Error::Picture`] when it could not be written. A picture that is none, is gone or is too
    /// large is an answer: see [`PictureState`].
    pub async fn fetch_picture(&self, url: &Url) -> Result<PictureState> {
        let known = self.picture(url)?;
        if known != PictureState::Unknown {
            return Ok(known);
        }
        let fetched = self.picture_of(url).await?;
        self.keep_picture(url, fetched).await?;
        self.picture(url)
    }

    /// The file first, then the note of it: what is noted is there.
    pub(crate) async fn keep_picture(&self, url: &Url, fetched: FetchedPicture) -> Result<()> {
        let noted = match fetched {
            FetchedPicture::Refused(why) => StoredPicture::Refused(why),
            FetchedPicture::File(bytes, file) => {
                let path = sync::path_of(&self.data_dir, &file.hash, &file.media_type);
                sync::keep(&path, &bytes).map_err(|source| Error::Picture {
                    doing: "keeping the picture",
                    path,
                    source,
                })?;
                StoredPicture::File(file)
            }
        };
        Ok(self
            .store
            .store_picture(url.clone(), noted, self.clock.now())
            .await?)
    }

    /// Fetches nothing from now on (`true`), or fetches again. What runs already goes on: cancel
    /// it. Not kept when the program ends.
    pub fn set_offline(&self, offline: bool) {
        self.offline.store(offline, Ordering::SeqCst);
    }

    /// Says that bytes cost money on the network there is now (`true`), or that they do not. What is
    /// asked for only where they do not ([`PackRequest::unmetered_only`]) waits. Phones know;
    /// until it is said, no network is metered.
    ///
    /// [`PackRequest::unmetered_only`]: crate::pack::PackRequest::unmetered_only
    pub fn set_metered(&self, metered: bool) {
        self.metered.store(metered, Ordering::SeqCst);
    }

    /// Marks articles; on the disk when it returns. All or none: an id that is not here fails the
    /// whole call.
    pub fn mark(&self, ids: &[ArticleId], mark: Mark) -> Result<()> {
        if let Mark::Position(position) = mark
            && (position.thousandths > 1_000 || position.block > ReadingPosition::BLOCK_MAX)
        {
            return Err(Error::Invalid(format!(
                "a reading position is a block up to {} and 0 to 1000 thousandths of it, not {} \
                 and {}",
                ReadingPosition::BLOCK_MAX,
                position.block,
                position.thousandths
            )));
        }
        self.store.mark(ids, mark, self.clock.now())?;
        self.notifier.notify(Invalidation::Marks(ids.to_vec()));
        Ok(())
    }

    /// Marks everything unread in a scope as read; on the disk when it returns.
    pub fn mark_all_read(&self, scope: &Scope) -> Result<MarkAllReceipt> {
        self.know_scope(scope)?;
        let receipt = self.store.mark_all_read(scope, self.clock.now())?;
        self.notifier.notify(Invalidation::Marks(Vec::new()));
        Ok(receipt)
    }

    /// Takes back one [`mark_all_read`](Self::mark_all_read), the latest when `undo` is `None`;
    /// how many articles became unread again. An article that was marked again since stays as it
    /// is.
    ///
    /// # Errors
    /// [`Error::Invalid`] when there is none to take back: none was made in the last day, or it
    /// was taken back already.
    pub fn undo_mark_all(&self, undo: Option<i64>) -> Result<u32> {
        let unmarked = self
            .store
            .undo_mark_all(undo, self.clock.now())?
            .ok_or_else(|| {
                Error::Invalid("there is nothing to take back from the last day".to_owned())
            })?;
        self.notifier.notify(Invalidation::Marks(Vec::new()));
        Ok(unmarked)
    }

    /// Follows a country (`true`), or no longer.
    pub fn follow_country(&self, country: CountryCode, follow: bool) -> Result<()> {
        self.know_countries(&[country])?;
        self.store
            .follow_country(country, follow, self.clock.now())?;
        self.notifier.notify(Invalidation::Follows);
        Ok(())
    }

    /// Follows a publisher (`true`) or switches it off (`false`): it is not fetched any more, and
    /// its articles leave the lists and counts of its country. `None` leaves it as the catalogue
    /// has it.
    pub fn follow_publisher(&self, publisher: &PublisherId, follow: Option<bool>) -> Result<()> {
        self.know_publishers(std::slice::from_ref(publisher))?;
        self.store
            .follow_publisher(publisher, follow, self.clock.now())?;
        self.choose_leads_anew(publisher)?;
        self.notifier.notify(Invalidation::Follows);
        Ok(())
    }

    /// Refreshes: polls the due feeds in the request's scope, many at once, and stores what is
    /// new, feed by feed; then finds stories, translates ahead of reading, where an engine can (see
    /// [`translate_in_background`](Self::translate_in_background)), and finds stories once more in
    /// what became English. Needs a tokio runtime with time and I/O. Dropping the future is the same
    /// as a cancel that does not wait for a report.
    ///
    /// # Errors
    /// Only what stops the whole run: the database, another sync of the same store, a
    /// [`pause`](Self::pause). A feed that fails is in the report.
    pub async fn sync(
        &self,
        request: &SyncRequest,
        cancel: &CancellationToken,
        progress: &(dyn Fn(&SyncProgress) + Send + Sync),
    ) -> Result<SyncReport> {
        self.know_countries(&request.countries)?;
        self.know_publishers(&request.publishers)?;
        let session = self.sessions.current();
        let _alone = Arc::clone(&session).lock_sync(&self.data_dir)?;
        let done = session
            .run(self.sync_alone(request, cancel, progress))
            .await;
        // What arrived may be more than there is room for.
        self.upkeep.nudge();
        done
    }

    async fn sync_alone(
        &self,
        request: &SyncRequest,
        cancel: &CancellationToken,
        progress: &(dyn Fn(&SyncProgress) + Send + Sync),
    ) -> Result<SyncReport> {
        let run = Run {
            store: &self.store,
            client: self.client()?,
            clock: self.clock.as_ref(),
            catalogue: &self.catalogue,
            changed: &|country| self.notifier.notify(Invalidation::Articles(vec![country])),
            is_metered: self.is_metered(),
        };
        let started = Instant::now();
        let mut fetching = request.clone();
        if !request.fetch_only {
            fetching.deadline = request.deadline.map(|time| time - time / 5);
        }
        let report = run.run(&fetching, cancel, progress).await?;
        if request.fetch_only || cancel.is_cancelled() {
            return Ok(report);
        }
        let stop = cancel.child_token();
        let is_complete = report.end == SyncEnd::Completed;
        let telling = async {
            self.regroup_if_due(&stop).await?;
            if is_complete {
                self.translate_in_background(&request.countries, &stop)
                    .await?;
                self.regroup_if_due(&stop).await?;
            }
            Ok::<_, Error>(())
        };
        tokio::pin!(telling);
        if let Some(time) = request.deadline {
            tokio::select! {
                done = &mut telling => return done.map(|()| report),
                () = tokio::time::sleep(time.saturating_sub(started.elapsed())) => stop.cancel(),
            }
        }
        telling.await?;
        Ok(report)
    }

    /// Fetches every feed of the catalogue once, politely, and judges it. Stores nothing.
    pub async fn check_catalogue(
        &self,
        countries: &[CountryCode],
        cancel: &CancellationToken,
        progress: &(dyn Fn(&CheckProgress) + Send + Sync),
    ) -> Result<Vec<FeedCheck>> {
        self.know_countries(countries)?;
        let client = self.client()?;
        Ok(sync::check(
            &self.catalogue,
            countries,
            client,
            self.clock.as_ref(),
            cancel,
            progress,
        )
        .await)
    }

    /// Facts about this installation, and SQLite's own check of the file, which takes a moment.
    pub fn doctor(&self) -> Result<Diagnosis> {
        let health = self.store.health(true)?;
        let (storage, salvage) = (self.storage_shares()?, self.salvaged()?);
        if let Some(damage) = &health.damage {
            // What is left is rescued in the background, or when it is opened next.
            self.store.note_damage(damage);
        }
        Ok(Diagnosis {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            sqlite_version: health.sqlite_version,
            data_dir: self.data_dir.clone(),
            database: self.store.path().to_owned(),
            database_bytes: health.bytes,
            schema_version: health.schema_version,
            damage: health.damage,
            catalogue_version: self.catalogue.version().to_owned(),
            countries: count(self.catalogue.countries()),
            publishers: count(self.catalogue.publishers()),
            feeds: health.feeds,
            failing_feeds: health.failing_feeds,
            articles: health.articles,
            marks: health.marks,
            storage,
            salvage,
            private_addresses_allowed: self.http.allow_private_addresses,
        })
    }

    /// What was rescued when the database was damaged, to be told to the person; `None` when it never
    /// was, or the notice was dismissed.
    pub fn salvaged(&self) -> Result<Option<SalvageReport>> {
        Ok(self.store.salvaged()?)
    }

    /// The person knows what [`salvaged`](Self::salvaged) says.
    pub fn dismiss_salvaged(&self) -> Result<()> {
        Ok(self.store.dismiss_salvaged()?)
    }

    /// What is taken of the device, and for what.
    pub fn storage_use(&self) -> Result<StorageUse> {
        let health = self.store.health(false)?;
        Ok(StorageUse {
            database_bytes: health.bytes,
            kept_bytes: self.store.kept_bytes()?,
            kept_picture_bytes: self.store.kept_picture_bytes()?,
            articles: health.articles,
            ready_articles: self.store.ready_articles()?,
        })
    }

    /// Whom to tell of changes; `None` to tell nobody.
    pub fn set_listener(&self, listener: Option<Arc<dyn Listener>>) {
        self.notifier.set_listener(listener);
    }

    /// The catalogue in use, without the publishers that the person added.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Where everything is kept.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// Whether nothing is to be fetched.
    pub fn is_offline(&self) -> bool {
        self.offline.load(Ordering::SeqCst)
    }

    /// Whether bytes were said to cost money now.
    pub fn is_metered(&self) -> bool {
        self.metered.load(Ordering::SeqCst)
    }

    /// The way to the network, of which there is no other.
    pub(crate) fn client(&self) -> Result<&Client> {
        if self.is_offline() {
            return Err(Error::Offline);
        }
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let client = Client::new(self.http.clone())?;
        Ok(self.client.get_or_init(|| client))
    }

    pub(crate) fn know_scope(&self, scope: &Scope) -> Result<()> {
        self.know_countries(&scope.countries)?;
        self.know_publishers(&scope.publishers)
    }

    /// A misspelt country is an error, not an empty list. One that left the catalogue may still
    /// have articles.
    pub(crate) fn know_countries(&self, countries: &[CountryCode]) -> Result<()> {
        for code in countries {
            if self.catalogue.country(*code).is_none()
                && !self
                    .store
                    .countries()?
                    .iter()
                    .any(|known| known.country == *code)
            {
                return Err(Error::Unknown {
                    what: "country",
                    name: code.to_string(),
                });
            }
        }
        Ok(())
    }

    pub(crate) fn know_publishers(&self, publishers: &[PublisherId]) -> Result<()> {
        for id in publishers {
            if self.catalogue.publisher(id).is_none()
                && !self
                    .store
                    .publishers(&[])?
                    .iter()
                    .any(|known| known.id == *id)
            {
                return Err(Error::Unknown {
                    what: "publisher",
                    name: id.to_string(),
                });
            }
        }
        Ok(())
    }
}

/// Opens the database. What is left of a damaged one is rescued, once: one that is damaged right after
/// is an error, so that no program tries for ever.
fn open_store(path: &Path, catalogue: &Catalogue, now: DateTime<Utc>) -> Result<Arc<Store>> {
    let open = || {
        let store = Store::open(path)?;
        store.apply_catalogue(catalogue)?;
        // What an older version stored is found from the first search on, the rest soon after.
        store.index_older(INDEXED_AT_OPENING, upkeep::text_of)?;
        Ok(store)
    };
    let opened = match Store::damage_noted(path) {
        Some(reason) => Err(StoreError::Damaged {
            doing: "opening the database".into(),
            reason,
        }),
        None => open(),
    };
    let store = match opened {
        Err(StoreError::Damaged { reason, .. }) => {
            Store::salvage(path, &reason, catalogue, now)?;
            open()?
        }
        opened => opened?,
    };
    Ok(Arc::new(store))
}

fn count<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// An article of what its feed and its page gave.
fn assemble(stored: StoredArticle, page: Option<StoredPage>) -> Article {
    let mut article = Article {
        standfirst: None,
        lead: None,
        blocks: Vec::new(),
        direction: Direction::of_language(&stored.row.language),
        page: None,
        authors: stored.authors,
        categories: stored.categories,
        updated_at: stored.updated_at.filter(|at| {
            stored
                .row
                .published_at
                .is_none_or(|first| *at > first + AN_EDIT)
        }),
        media: stored.media,
        translation: None,
        row: stored.row,
    };
    let mut of_page = None;
    if let Some(page) = page {
        article.page = Some(ReadPage {
            fetched_at: page.fetched_at,
            verdict: page.verdict,
            body: page.source,
        });
        if article.authors.is_empty() {
            article.authors = page.authors;
        }
        article.direction = page.direction;
        article.standfirst = page.standfirst;
        article.lead = page.lead;
        of_page = page.blocks;
    }
    article.blocks = of_page.unwrap_or_else(|| {
        let html = longer(stored.summary, stored.content);
        let lead = article.lead.take().or_else(|| {
            let known = article.row.image.clone();
            known.map(Image::at)
        });
        let body = page::read_feed_body(&html, article.row.url.as_ref(), lead);
        article.lead = body.lead;
        body.blocks
    });
    article
}

/// Some feeds put the whole text into the summary.
fn longer(summary: Option<String>, content: Option<String>) -> String {
    let length = |html: &Option<String>| {
        html.as_deref()
            .map_or(0, |html| feed::plain_text(html).len())
    };
    let content_is = length(&content) >= length(&summary);
    if content_is { content } else { summary }.unwrap_or_default()
}
