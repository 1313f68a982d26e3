//! The façade, call by call.

use std::collections::HashMap;
use std::sync::Arc;

use overview_core::catalogue::Country;
use overview_core::model::{
    AppSetting, ArticleId, ArticleQuery, CountrySummary, Diagnosis, Mark, MarkAllReceipt, Mute,
    MuteFor, MuteId, Muted, PerspectiveCount, PictureState, Publisher, PublisherId,
    PublisherSummary, ReadingPosition, SalvageReport, Scope, SearchQuery, StorageSettings,
    StorageShare, StorageUse, Story, StoryId, StoryQuery, StoryScope, Take,
};
use overview_core::pack::{PackPlan, PackRequest};
use overview_core::page::{find_position, position_at};
use overview_core::stories::RegroupReport;
use overview_core::sync::SyncRequest;
use overview_core::translation::Effort;
use overview_core::{Error, Overview as Core};

use crate::call::Calls;
use crate::listener::Current;
use crate::model::OfApp;
use crate::runtime::runtime;
use crate::{
    Article, ArticlePage, CountryCode, OpenOptions, OverviewError, OverviewListener, PackTask,
    PictureKey, PlatformTranslator, SearchPage, StoryPage, Subscription, SyncTask,
    TranslationOutcome,
};

/// The news of the world by country, kept on this device. Open one for the life of the app.
///
/// Calls that wait do so on threads of the library: call them from where you like. Queries take
/// about a millisecond and never wait for the network or for a sync.
#[derive(uniffi::Object)]
pub struct Overview {
    pub(crate) calls: Arc<Calls>,
    listener: Arc<Current>,
}

#[uniffi::export]
impl Overview {
    /// Opens the store, or makes it.
    #[uniffi::constructor]
    pub async fn open(options: OpenOptions) -> Result<Arc<Self>, OverviewError> {
        let opening = runtime()?.spawn_blocking(move || {
            let core = Core::open(options.into_core()?)?;
            tracing::info!(version = env!("CARGO_PKG_VERSION"), "opened");
            Ok::<_, OverviewError>(core)
        });
        let core = opening.await.map_err(OverviewError::from_join)??;
        Ok(Arc::new(Self {
            calls: Arc::new(Calls::new(core)),
            listener: Arc::default(),
        }))
    }

    /// Ends what runs, tells the listener no more, and closes the store. Every later call throws
    /// `Closed`. May be called often.
    pub async fn shutdown(&self) -> Result<(), OverviewError> {
        self.listener.silence();
        self.calls.shut_down().await
    }

    /// Lets go of every file, because the app is about to be suspended: ends a running sync or pack,
    /// whose result is `Paused`, writes what was asked for and closes the database. Takes less than
    /// half a second whatever runs; every call throws `Paused` until `resume`. May be called at any
    /// time and often.
    pub async fn pause(&self) -> Result<(), OverviewError> {
        self.calls.at_once(Core::pause).await
    }

    /// Opens the database again after `pause`; begin what it ended anew. May be called at any time
    /// and often.
    pub async fn resume(&self) -> Result<(), OverviewError> {
        self.calls.at_once(Core::resume).await
    }

    /// Every country of the catalogue, by name, with its counts.
    pub async fn countries(&self) -> Result<Vec<CountrySummary>, OverviewError> {
        self.calls.query(Core::countries).await
    }

    /// What the catalogue says of a country: where it lies, which languages its publishers write.
    pub async fn country(&self, code: CountryCode) -> Result<Country, OverviewError> {
        self.calls
            .query(move |core| {
                let country = core.catalogue().country(code).cloned();
                country.ok_or_else(|| unknown("country", &code))
            })
            .await
    }

    /// Publishers with their feeds' health, by country and name; all, or those of some countries.
    pub async fn publishers(
        &self,
        countries: Vec<CountryCode>,
    ) -> Result<Vec<PublisherSummary>, OverviewError> {
        self.calls
            .query(move |core| core.publishers(&countries))
            .await
    }

    /// What the catalogue says of a publisher: who owns it, where it openly stands, and where that
    /// was read. Of one that the person added, only what they said.
    pub async fn publisher(&self, id: PublisherId) -> Result<Publisher, OverviewError> {
        self.calls
            .query(move |core| {
                let publisher = core.publisher(&id);
                publisher.ok_or_else(|| unknown("publisher", &id))
            })
            .await
    }

    /// A page of articles, newest first.
    pub async fn articles(&self, query: ArticleQuery) -> Result<ArticlePage, OverviewError> {
        self.calls.query(move |core| core.articles(&query)).await
    }

    /// A page of stories: events, each led by one of its articles. Newest first, or by how many
    /// countries tell it, or by how strong the claim about American media is.
    pub async fn stories(&self, query: StoryQuery) -> Result<StoryPage, OverviewError> {
        self.calls.query(move |core| core.stories(&query)).await
    }

    /// A story by its id, or the one that its articles are in by now: for links.
    pub async fn story(&self, id: StoryId) -> Result<Story, OverviewError> {
        self.calls.query(move |core| core.story(id)).await
    }

    /// The story that an article tells, with every telling, labels and their reasons, coverage and
    /// what is said of American media.
    pub async fn story_of(&self, article: ArticleId) -> Result<Story, OverviewError> {
        self.calls.query(move |core| core.story_of(article)).await
    }

    /// The takes beside an article: the same event under other perspectives, at most eight.
    pub async fn takes(&self, article: ArticleId) -> Result<Vec<Take>, OverviewError> {
        self.calls.query(move |core| core.takes(article)).await
    }

    /// The perspectives under which the stories of a scope are told, the most frequent first.
    pub async fn perspectives(
        &self,
        scope: StoryScope,
    ) -> Result<Vec<PerspectiveCount>, OverviewError> {
        self.calls
            .query(move |core| core.perspectives(&scope))
            .await
    }

    /// A page of the articles in which all the words stand that a person typed: in title, teaser or
    /// body, or in the English title and teaser. Nothing that is typed is an error.
    pub async fn search(&self, query: SearchQuery) -> Result<SearchPage, OverviewError> {
        self.calls.query(move |core| core.search(&query)).await
    }

    /// Mutes something: lists leave it out at once, counts follow within a moment. What is muted
    /// already gets this end instead of its own. On the disk when it returns.
    pub async fn mute(&self, what: Muted, lasts: MuteFor) -> Result<Mute, OverviewError> {
        self.calls.query(move |core| core.mute(&what, lasts)).await
    }

    /// Ends a mute: what only it hid is shown again. On the disk when it returns. To take that back,
    /// `mute` the same until the same time.
    pub async fn unmute(&self, id: MuteId) -> Result<(), OverviewError> {
        self.calls.query(move |core| core.unmute(id)).await
    }

    /// The mutes that hold, the newest first.
    pub async fn mutes(&self) -> Result<Vec<Mute>, OverviewError> {
        self.calls.query(|core| core.mutes()).await
    }

    /// The mutes that hide an article.
    pub async fn mutes_of(&self, article: ArticleId) -> Result<Vec<Mute>, OverviewError> {
        self.calls.query(move |core| core.mutes_of(article)).await
    }

    /// Finds the stories of the last 72 hours anew. A sync does it by itself unless it was to fetch
    /// only. What was done is kept, also when this is cancelled.
    pub async fn regroup(&self) -> Result<RegroupReport, OverviewError> {
        self.calls
            .fetch(move |core| async move {
                core.regroup(&tokio_util::sync::CancellationToken::new())
                    .await
            })
            .await
    }

    /// One article with its body, as it is on this device.
    pub async fn article(&self, id: ArticleId) -> Result<Article, OverviewError> {
        let found = self.calls.query(move |core| core.article(id)).await?;
        Ok(found.into())
    }

    /// Fetches the page of an article, unless that was done, and gives the article with the better
    /// body of the two. A page that is gone or behind a wall is an answer: see `page`.
    pub async fn fetch_article(&self, id: ArticleId) -> Result<Article, OverviewError> {
        let fetched = self
            .calls
            .fetch(move |core| async move { core.fetch_article(id).await })
            .await?;
        Ok(fetched.into())
    }

    /// Translates what an article's screen shows and is not in English, where an engine can; read the
    /// article again afterwards. What was done is kept, also when this is cancelled.
    pub async fn translate_article(
        &self,
        id: ArticleId,
    ) -> Result<TranslationOutcome, OverviewError> {
        self.calls
            .fetch(move |core| async move {
                let done = core.translate_article(id).await?;
                Ok(TranslationOutcome {
                    texts: done.texts,
                    missing: done.missing,
                    first_failure: done.first_failure.map(|why| why.to_string()),
                })
            })
            .await
    }

    /// Gives the phone's own translator, or takes it away. Returns at once.
    pub fn set_platform_translator(
        &self,
        translator: Option<Arc<dyn PlatformTranslator>>,
    ) -> Result<(), OverviewError> {
        let translator = translator.map(|translator| Arc::new(OfApp(translator)) as Arc<_>);
        self.calls.core()?.set_platform_translator(translator);
        Ok(())
    }

    /// What is known of a picture on this device: of a row's `image`, or of the picture in an article,
    /// whose key is its `url` as text.
    pub async fn picture(&self, key: PictureKey) -> Result<PictureState, OverviewError> {
        self.calls.query(move |core| core.picture(&key.0)).await
    }

    /// Fetches a picture, unless that was done, and keeps it: small, upright, without metadata. One
    /// that is gone or none is an answer.
    pub async fn fetch_picture(&self, key: PictureKey) -> Result<PictureState, OverviewError> {
        self.calls
            .fetch(move |core| async move { core.fetch_picture(&key.0).await })
            .await
    }

    /// Marks articles; on the disk when it returns. All or none.
    pub async fn mark(&self, ids: Vec<ArticleId>, mark: Mark) -> Result<(), OverviewError> {
        self.calls.query(move |core| core.mark(&ids, mark)).await
    }

    /// Marks everything unread in a scope as read; on the disk when it returns.
    pub async fn mark_all_read(&self, scope: Scope) -> Result<MarkAllReceipt, OverviewError> {
        self.calls
            .query(move |core| core.mark_all_read(&scope))
            .await
    }

    /// Takes back one `mark_all_read` of the last day, the latest when none is named; how many
    /// articles became unread again. One that was marked again since stays as it is.
    #[uniffi::method(default(undo = None))]
    pub async fn undo_mark_all(&self, undo: Option<i64>) -> Result<u32, OverviewError> {
        self.calls.query(move |core| core.undo_mark_all(undo)).await
    }

    /// Remembers how far an article was read: so many thousandths of the block at the top of the
    /// screen. On the disk when it returns.
    pub async fn keep_position(
        &self,
        id: ArticleId,
        block: u32,
        thousandths: u16,
    ) -> Result<(), OverviewError> {
        self.calls
            .query(move |core| {
                let blocks = core.article(id)?.blocks;
                let at = usize::try_from(block).unwrap_or(usize::MAX);
                let position = position_at(&blocks, at, thousandths).ok_or_else(|| {
                    Error::Invalid(format!(
                        "{thousandths} thousandths of block {block} of {} are no place",
                        blocks.len()
                    ))
                })?;
                core.mark(&[id], Mark::Position(position))
            })
            .await
    }

    /// Where an article was left, in the body that it has now: the same words, also when blocks
    /// came or went before them. Nothing when it was never scrolled.
    pub async fn position(&self, id: ArticleId) -> Result<Option<ReadingPosition>, OverviewError> {
        self.calls
            .query(move |core| {
                let article = core.article(id)?;
                let kept = article.row.state.position;
                let place = kept.and_then(|kept| find_position(&article.blocks, kept));
                Ok(place.and_then(|(block, thousandths)| {
                    position_at(&article.blocks, block, thousandths)
                }))
            })
            .await
    }

    /// Follows a country (`true`), or no longer.
    pub async fn follow_country(
        &self,
        country: CountryCode,
        follow: bool,
    ) -> Result<(), OverviewError> {
        self.calls
            .query(move |core| core.follow_country(country, follow))
            .await
    }

    /// Follows a publisher (`true`) or switches it off (`false`): it is not fetched any more, and
    /// its articles leave the lists and counts of its country. Neither leaves it as the catalogue
    /// has it.
    pub async fn follow_publisher(
        &self,
        publisher: PublisherId,
        follow: Option<bool>,
    ) -> Result<(), OverviewError> {
        self.calls
            .query(move |core| core.follow_publisher(&publisher, follow))
            .await
    }

    /// Starts to refresh. Only one sync runs at a time: the result of another is `Busy`.
    pub fn sync(&self, request: SyncRequest) -> Result<Arc<SyncTask>, OverviewError> {
        SyncTask::start(&self.calls, request)
    }

    /// Starts to fetch whole articles with their pictures, to be read without a network.
    pub fn pack(&self, request: PackRequest) -> Result<Arc<PackTask>, OverviewError> {
        PackTask::start(&self.calls, request)
    }

    /// What `pack` would fetch: unread before read, newest first.
    pub async fn plan_pack(&self, request: PackRequest) -> Result<PackPlan, OverviewError> {
        self.calls.query(move |core| core.plan_pack(&request)).await
    }

    /// Fetches nothing from now on (`true`), or fetches again. What runs already goes on: cancel
    /// it. Not kept when the app ends. Returns at once.
    pub fn set_offline(&self, offline: bool) -> Result<(), OverviewError> {
        self.calls.core()?.set_offline(offline);
        Ok(())
    }

    /// Whether nothing is to be fetched. Returns at once.
    pub fn is_offline(&self) -> Result<bool, OverviewError> {
        Ok(self.calls.core()?.is_offline())
    }

    /// Says that bytes cost money on the network there is now (`true`), or that they do not. Say it
    /// whenever the network changes. Returns at once.
    pub fn set_metered(&self, metered: bool) -> Result<(), OverviewError> {
        self.calls.core()?.set_metered(metered);
        Ok(())
    }

    /// Whether bytes were said to cost money now. Returns at once.
    pub fn is_metered(&self) -> Result<bool, OverviewError> {
        Ok(self.calls.core()?.is_metered())
    }

    /// Says what the device can afford, for what is translated ahead of reading: say it whenever
    /// heat, battery or the saving mode change. `Full` until it is said. What runs follows at its
    /// next text: a pack waits while it is `Paused`, and what a sync left is done after the next.
    /// Returns at once.
    pub fn set_effort(&self, effort: Effort) -> Result<(), OverviewError> {
        self.calls.core()?.set_effort(effort);
        Ok(())
    }

    /// What the device was said to afford. Returns at once.
    pub fn effort(&self) -> Result<Effort, OverviewError> {
        Ok(self.calls.core()?.effort())
    }

    /// What is taken of the device, and for what.
    pub async fn storage_use(&self) -> Result<StorageUse, OverviewError> {
        self.calls.query(Core::storage_use).await
    }

    /// What was rescued when the database was damaged, to be told to the person; `None` when it never
    /// was, or the notice was dismissed. Screens hear of it as a change of the catalogue.
    pub async fn salvaged(&self) -> Result<Option<SalvageReport>, OverviewError> {
        self.calls.query(Core::salvaged).await
    }

    /// The person knows what `salvaged` says.
    pub async fn dismiss_salvaged(&self) -> Result<(), OverviewError> {
        self.calls.query(Core::dismiss_salvaged).await
    }

    /// What takes how many bytes of the device, the most first. Reads the whole database, which takes
    /// a moment.
    pub async fn storage_shares(&self) -> Result<Vec<StorageShare>, OverviewError> {
        self.calls.query(Core::storage_shares).await
    }

    /// Removes the least valuable until texts and pictures take at most so many bytes, whatever the
    /// settings say, as far as that goes: the device is short of room.
    pub async fn make_room(&self, bytes: u64) -> Result<(), OverviewError> {
        self.calls.query(move |core| core.make_room(bytes)).await
    }

    /// Removes the damaged databases that were moved aside, which are otherwise kept for a month. What
    /// was not rescued from them can then be rescued no more.
    pub async fn remove_moved_aside(&self) -> Result<(), OverviewError> {
        self.calls
            .query(|core| {
                core.remove_moved_aside();
                Ok(())
            })
            .await
    }

    /// How much is kept, as the person set it.
    pub async fn storage_settings(&self) -> Result<StorageSettings, OverviewError> {
        self.calls.query(Core::storage_settings).await
    }

    /// Keeps what the person set; what has to go by it goes in the background. A budget of under 20 MB
    /// is refused.
    pub async fn set_storage_settings(
        &self,
        settings: StorageSettings,
    ) -> Result<(), OverviewError> {
        self.calls
            .query(move |core| core.set_storage_settings(&settings))
            .await
    }

    /// What this app keeps of the person's choices, by name.
    pub async fn app_settings(&self) -> Result<HashMap<String, String>, OverviewError> {
        self.calls
            .query(|core| Ok(core.app_settings()?.into_iter().collect()))
            .await
    }

    /// Keeps choices of the person's that the app knows, such as the size of text, so that they move
    /// house; what is not named stays. Names are of lower-case letters, digits and low lines, and
    /// values of 1,000 bytes at most.
    pub async fn set_app_settings(
        &self,
        settings: HashMap<String, String>,
    ) -> Result<(), OverviewError> {
        let settings = settings
            .into_iter()
            .map(|(name, value)| AppSetting { name, value })
            .collect();
        self.calls
            .query(move |core| core.set_app_settings(settings))
            .await
    }

    /// Facts for who helps, and the database's check of itself, which takes a moment. Holds nothing
    /// of what was read.
    pub async fn doctor(&self) -> Result<Diagnosis, OverviewError> {
        self.calls.query(Core::doctor).await
    }

    /// Tells a listener of changes from now on, instead of the one before.
    pub fn subscribe(
        &self,
        listener: Arc<dyn OverviewListener>,
    ) -> Result<Arc<Subscription>, OverviewError> {
        self.listener.subscribe(&self.calls, listener)
    }
}

fn unknown(what: &'static str, name: &dyn std::fmt::Display) -> Error {
    Error::Unknown {
        what,
        name: name.to_string(),
    }
}
