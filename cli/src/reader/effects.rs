//! Does what `update` asks for, away from the screen: it never waits for the store or the network.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use overview_core::Overview;
use overview_core::events::{Invalidation, Listener};
use overview_core::model::{
    ArticleId, CountryCode, OwnPublisher, Page, PictureState, SearchQuery, StoryOrder, StoryQuery,
    StoryRow, StoryScope, Stretch,
};
use overview_core::pack::{PackProgress, PackRequest};
use overview_core::picture::{self, Options};
use overview_core::sync::{SyncProgress, SyncRequest};
use overview_core::translation::TranslationState;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::language_effects;
use super::own::Known;
use super::state::Told;
use super::update::{Effect, Message};
use crate::failure::{Failure, Result};
use crate::prose::{PICTURE_COLUMNS, Pixels};

/// The threads that work for the reader.
pub(super) struct Effects {
    overview: Arc<Overview>,
    messages: Sender<Message>,
    /// The number of the list that was asked for last.
    asked: Arc<AtomicU64>,
    /// Queries and marks, in the order they were asked for.
    queue: Option<Sender<Effect>>,
    /// Works them off.
    queries: Option<JoinHandle<()>>,
    /// Ends the sync that runs.
    stop_sync: Mutex<Option<CancellationToken>>,
    /// Ends the pack that runs.
    stop_pack: Mutex<Option<CancellationToken>>,
    /// Ends the download of a model.
    stop_install: Mutex<Option<CancellationToken>>,
    /// Ends what is translated ahead of reading.
    stop_background: Mutex<Option<CancellationToken>>,
}

/// Tells the screen that stored rows changed.
struct Stale(Sender<Message>);

impl Listener for Stale {
    fn invalidated(&self, what: &[Invalidation]) {
        for what in what {
            if let Invalidation::Body(id) = what {
                let _ = self.0.send(Message::BodyChanged(*id));
            }
        }
        if what
            .iter()
            .any(|what| !matches!(what, Invalidation::Body(_)))
        {
            let _ = self.0.send(Message::Stale);
        }
    }
}

impl Effects {
    pub(super) fn start(overview: Arc<Overview>, messages: Sender<Message>) -> Result<Self> {
        overview.set_listener(Some(Arc::new(Stale(messages.clone()))));
        let (queue, work) = mpsc::channel();
        let asked = Arc::new(AtomicU64::new(0));
        let latest = Arc::clone(&asked);
        let (store, answers) = (Arc::clone(&overview), messages.clone());
        let queries = std::thread::Builder::new()
            .name("overview-queries".to_owned())
            .spawn(move || {
                while let Ok(effect) = work.recv() {
                    // While somebody types, only what was asked for last is answered.
                    let outdated = matches!(&effect, Effect::LoadStories { asked, .. }
                        if *asked < latest.load(Ordering::SeqCst));
                    if outdated {
                        continue;
                    }
                    if let Some(answer) = answer(&store, effect) {
                        // What was asked for behind it may be a mark, wanted also when nobody
                        // waits for an answer any more.
                        let _ = answers.send(answer);
                    }
                }
            })
            .map_err(|source| Failure::Io {
                doing: "starting the reader".to_owned(),
                source,
            })?;
        Ok(Self {
            overview,
            messages,
            asked,
            queue: Some(queue),
            queries: Some(queries),
            stop_sync: Mutex::new(None),
            stop_pack: Mutex::new(None),
            stop_install: Mutex::new(None),
            stop_background: Mutex::new(None),
        })
    }

    pub(super) fn run(&self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Sync => self.sync(),
                Effect::FetchArticle(id) => self.fetch_article(id),
                Effect::Translate(id) => self.translate(id),
                Effect::LoadPictures {
                    article,
                    urls,
                    fetch,
                } => self.load_pictures(article, urls, fetch),
                Effect::Pack(country) => self.pack(country),
                Effect::StopPack => stop(&self.stop_pack),
                Effect::FindSite(address) => self.find_site(address),
                Effect::AskModels => self.ask_models(),
                Effect::Install(language) => self.install(language),
                Effect::StopInstall => stop(&self.stop_install),
                Effect::TestModel { language, original } => self.test(language, original),
                Effect::TranslateInBackground => self.translate_in_background(),
                Effect::SetOffline(offline) => self.overview.set_offline(offline),
                Effect::StopSync => stop(&self.stop_sync),
                effect => {
                    if let Effect::LoadStories { asked, .. } = &effect {
                        self.asked.store(*asked, Ordering::SeqCst);
                    }
                    // It is taken away only when this is dropped, and its thread ends after it.
                    if let Some(queue) = &self.queue {
                        let _ = queue.send(effect);
                    }
                }
            }
        }
    }

    /// Pages are fetched beside the queries, which must not wait for the network.
    fn fetch_article(&self, id: ArticleId) {
        let (overview, messages) = (Arc::clone(&self.overview), self.messages.clone());
        self.beside("overview-page", move |runtime| {
            let _ = messages.send(match runtime.block_on(overview.fetch_article(id)) {
                Ok(article) => Message::Article(Box::new(article)),
                Err(error) => Message::NotFetched(id, error.to_string()),
            });
        });
    }

    fn translate(&self, id: ArticleId) {
        let (overview, messages) = (Arc::clone(&self.overview), self.messages.clone());
        self.beside("overview-english", move |runtime| {
            let translating = async {
                let done = overview.translate_article(id).await?;
                let article = overview.article(id)?;
                let mut stands = overview.translation_state(&article)?;
                // What came of it tells more than what could be expected.
                if let TranslationState::NotTranslated { why, .. } = &mut stands
                    && done.first_failure.is_some()
                {
                    *why = done.first_failure;
                }
                Ok::<_, overview_core::Error>(Message::Translated(Box::new(article), stands))
            };
            let answer = runtime.block_on(translating);
            let _ = messages.send(answer.unwrap_or_else(|error| Message::Said(error.to_string())));
        });
    }

    fn find_site(&self, address: String) {
        let (overview, messages) = (Arc::clone(&self.overview), self.messages.clone());
        self.beside("overview-site", move |runtime| {
            let found = runtime.block_on(overview.find_site(&address));
            let found = found.map(Box::new).map_err(|error| error.to_string());
            let _ = messages.send(Message::FoundSite(found));
        });
    }

    fn ask_models(&self) {
        let (overview, messages) = (Arc::clone(&self.overview), self.messages.clone());
        self.beside("overview-models", move |runtime| {
            let failed = runtime.block_on(overview.offered_models()).err();
            let _ = messages.send(Message::Models(failed.map(|error| error.to_string())));
        });
    }

    fn install(&self, language: String) {
        let cancel = begin(&self.stop_install);
        let (overview, messages) = (Arc::clone(&self.overview), self.messages.clone());
        self.beside("overview-install", move |runtime| {
            let installing = language_effects::install(&overview, &language, &cancel, &messages);
            let _ = messages.send(runtime.block_on(installing));
        });
    }

    fn test(&self, language: String, original: &'static str) {
        let (overview, messages) = (Arc::clone(&self.overview), self.messages.clone());
        self.beside("overview-test", move |runtime| {
            let tested = runtime.block_on(overview.try_translation(&language, original));
            let outcome = tested.map_err(|error| error.to_string());
            let _ = messages.send(Message::Tested(language, outcome));
        });
    }

    fn translate_in_background(&self) {
        // One at a time: what another began, this one goes on with.
        stop(&self.stop_background);
        let cancel = begin(&self.stop_background);
        let (overview, messages) = (Arc::clone(&self.overview), self.messages.clone());
        self.beside("overview-background", move |runtime| {
            let done = runtime.block_on(overview.translate_in_background(&[], &cancel));
            let _ = messages.send(match done {
                Ok(report) => Message::InBackground(report),
                Err(error) => Message::Said(error.to_string()),
            });
        });
    }

    fn load_pictures(&self, article: ArticleId, urls: Vec<Url>, fetch: bool) {
        let (overview, messages) = (Arc::clone(&self.overview), self.messages.clone());
        self.beside("overview-pictures", move |runtime| {
            for url in urls {
                let state = if fetch {
                    runtime.block_on(overview.fetch_picture(&url))
                } else {
                    overview.picture(&url)
                };
                // What is not to be had is told by its caption.
                if let Ok(PictureState::Here { path, .. }) = state
                    && let Some(pixels) = pixels(&path)
                    && messages
                        .send(Message::Picture(article, url, Arc::new(pixels)))
                        .is_err()
                {
                    return;
                }
            }
        });
    }

    fn pack(&self, country: CountryCode) {
        let cancel = begin(&self.stop_pack);
        let (overview, messages) = (Arc::clone(&self.overview), self.messages.clone());
        self.beside("overview-pack", move |runtime| {
            let request = PackRequest {
                countries: vec![country],
                ..PackRequest::default()
            };
            let progress = |progress: &PackProgress| {
                let _ = messages.send(Message::PackProgress(*progress));
            };
            let report = runtime.block_on(overview.pack(&request, &cancel, &progress));
            let _ = messages.send(match report {
                Ok(report) => Message::PackEnded(report),
                Err(error) => Message::PackFailed(error.to_string()),
            });
        });
    }

    /// Runs work that waits for the network on a thread of its own.
    fn beside(&self, name: &str, work: impl FnOnce(&tokio::runtime::Runtime) + Send + 'static) {
        let messages = self.messages.clone();
        let started = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build();
                match runtime {
                    Ok(runtime) => work(&runtime),
                    Err(error) => {
                        let _ = messages.send(Message::Said(error.to_string()));
                    }
                }
            });
        if let Err(error) = started {
            let _ = self.messages.send(Message::Said(error.to_string()));
        }
    }

    fn sync(&self) {
        let cancel = begin(&self.stop_sync);
        let (overview, messages) = (Arc::clone(&self.overview), self.messages.clone());
        let started = std::thread::Builder::new()
            .name("overview-sync".to_owned())
            .spawn(move || {
                let _ = messages.send(fetch(&overview, &cancel, &messages));
            });
        if let Err(error) = started {
            let _ = self.messages.send(not_started(&error));
        }
    }
}

impl Drop for Effects {
    fn drop(&mut self) {
        self.overview.set_listener(None);
        self.run(vec![
            Effect::StopSync,
            Effect::StopPack,
            Effect::StopInstall,
        ]);
        stop(&self.stop_background);
        // Every mark that was made is on the disk before the program ends.
        self.queue = None;
        if let Some(queries) = self.queries.take() {
            // A panic there was told when it happened.
            let _ = queries.join();
        }
    }
}

/// What ends work that begins now.
fn begin(running: &Mutex<Option<CancellationToken>>) -> CancellationToken {
    let cancel = CancellationToken::new();
    let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
    *running = Some(cancel.clone());
    cancel
}

/// Cancels what runs, if anything does.
fn stop(running: &Mutex<Option<CancellationToken>>) {
    let running = running.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(running) = &*running {
        running.cancel();
    }
}

/// A kept picture for the screen.
fn pixels(path: &Path) -> Option<Pixels> {
    let bytes = std::fs::read(path).ok()?;
    let options = Options {
        max_width: PICTURE_COLUMNS,
    };
    let (width, height, rgb) = picture::pixels(&bytes, &options).ok()?;
    let (pixels, _) = rgb.as_chunks::<3>();
    Some(Pixels {
        width: usize::try_from(width).ok()?,
        height: usize::try_from(height).ok()?,
        rgb: pixels.to_vec(),
    })
}

fn fetch(overview: &Overview, cancel: &CancellationToken, messages: &Sender<Message>) -> Message {
    let request = SyncRequest {
        forced: true,
        ..SyncRequest::default()
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return not_started(&error),
    };
    let progress = |progress: &SyncProgress| {
        let _ = messages.send(Message::SyncProgress(progress.clone()));
    };
    let report = runtime.block_on(overview.sync(&request, cancel, &progress));
    runtime.shutdown_background();
    match report {
        Ok(report) => Message::SyncEnded(report.end, report.progress),
        Err(error) => Message::SyncFailed(error.to_string()),
    }
}

fn not_started(error: &std::io::Error) -> Message {
    Message::SyncFailed(format!("The sync could not start: {error}"))
}

/// What is the person's own.
fn own(overview: &Overview) -> overview_core::Result<Message> {
    let mut sites = overview.publishers(&[])?;
    sites.retain(|site| site.own);
    Ok(Message::Own(Box::new(Known {
        sites,
        changes: overview.changes()?,
        history: overview.history(None, 0)?.rows,
    })))
}

/// Adds a site; in the country's main language where nothing told another.
fn add_site(overview: &Overview, mut site: OwnPublisher) -> overview_core::Result<Message> {
    if site.language.is_empty() {
        let country = overview.catalogue().country(site.country);
        let main = country.and_then(|country| country.languages.first());
        site.language = main.cloned().unwrap_or_else(|| "en".to_owned());
    }
    overview.add_publisher(&site)?;
    Ok(Message::SiteAdded(site.name))
}

/// What comes of one piece of work, if the screen has to know.
fn answer(overview: &Overview, effect: Effect) -> Option<Message> {
    let said = |error: overview_core::Error| Message::Said(error.to_string());
    match effect {
        Effect::LoadCountries => Some(countries(overview).unwrap_or_else(said)),
        Effect::LoadStories { asked, more, query } => Some(stories(overview, &query).map_or_else(
            said,
            |(page, notes)| Message::Stories {
                asked,
                more,
                page,
                notes,
            },
        )),
        Effect::LoadOwn => Some(own(overview).unwrap_or_else(said)),
        Effect::AddSite(site) => Some(add_site(overview, *site).unwrap_or_else(said)),
        Effect::RemoveSite(id) => Some(
            overview
                .remove_publisher(&id)
                .and_then(|()| own(overview))
                .unwrap_or_else(said),
        ),
        Effect::UndoChange(id) => Some(
            overview
                .undo_change(Some(id))
                .and_then(|_| own(overview))
                .unwrap_or_else(said),
        ),
        Effect::LoadMutes => Some(overview.mutes().map_or_else(said, Message::Mutes)),
        Effect::Mute(what, lasts) => Some(
            overview
                .mute(&what, lasts)
                .map_or_else(said, |mute| Message::Muted(Box::new(mute))),
        ),
        Effect::Unmute(id) => Some(match overview.unmute(id) {
            Ok(()) => overview.mutes().map_or_else(said, Message::Mutes),
            Err(error) => said(error),
        }),
        Effect::LoadArticle(id) => Some(
            overview
                .article(id)
                .map_or_else(said, |article| Message::Article(Box::new(article))),
        ),
        Effect::LoadStory(id) => Some(overview.story_of(id).map_or_else(said, |story| {
            let takes = overview.takes_of(&story, id);
            Message::Story(id, Box::new(Told { story, takes }))
        })),
        Effect::LoadPerspectives(scope) => Some(
            overview
                .perspectives(&scope)
                .map_or_else(said, Message::Perspectives),
        ),
        Effect::Mark(id, mark) => overview.mark(&[id], mark).err().map(said),
        Effect::Follow(country, follow) => overview.follow_country(country, follow).err().map(said),
        Effect::MarkAllRead(scope) => Some(overview.mark_all_read(&scope).map_or_else(
            said,
            |receipt| Message::MarkedAll {
                undo: receipt.undo,
                marked: receipt.marked,
            },
        )),
        Effect::Undo(undo) => Some(
            overview
                .undo_mark_all(Some(undo))
                .map_or_else(said, Message::Unmarked),
        ),
        Effect::Browse(url) => Some(Message::Said(match open::that_detached(&url) {
            Ok(()) => format!("Opening {url}"),
            Err(error) => format!("No browser could be opened for {url}: {error}"),
        })),
        Effect::Copy(url) => Some(Message::Said(match copy(&url) {
            Ok(()) => format!("Copied {url}"),
            Err(error) => format!("Copying failed: {error}"),
        })),
        Effect::LoadTranslation(id) => {
            let loaded = || {
                let article = overview.article(id)?;
                let stands = overview.translation_state(&article)?;
                Ok(Message::Translated(Box::new(article), stands))
            };
            Some(loaded().unwrap_or_else(said))
        }
        Effect::LoadLanguages => Some(language_effects::known(overview)),
        Effect::RemoveModel(language) => Some(match overview.remove_model(&language) {
            Ok(_) => language_effects::known(overview),
            Err(error) => said(error),
        }),
        Effect::SetTranslation(change) => Some(Message::TranslationSet(language_effects::set(
            overview, change,
        ))),
        // Each has a thread of its own, or needs none: see `run`.
        Effect::Sync
        | Effect::StopSync
        | Effect::Pack(_)
        | Effect::StopPack
        | Effect::FetchArticle(_)
        | Effect::Translate(_)
        | Effect::LoadPictures { .. }
        | Effect::AskModels
        | Effect::FindSite(_)
        | Effect::Install(_)
        | Effect::StopInstall
        | Effect::TestModel { .. }
        | Effect::TranslateInBackground
        | Effect::SetOffline(_) => None,
    }
}

type Notes = HashMap<ArticleId, Vec<Stretch>>;

/// A page of stories, and what is said of its rows: where the words stand that were typed, or by what
/// they are muted.
fn stories(
    overview: &Overview,
    query: &StoryQuery,
) -> overview_core::Result<(Page<StoryRow>, Notes)> {
    let page = overview.stories(query)?;
    let mut notes = Notes::new();
    if query.scope.articles.muted {
        for row in &page.rows {
            let mutes = overview.mutes_of(row.lead.id)?;
            let names: Vec<String> = mutes.into_iter().map(|mute| mute.name).collect();
            let text = format!("muted by {}", names.join(", "));
            notes.insert(row.lead.id, vec![Stretch { text, found: false }]);
        }
    } else if let Some(text) = &query.scope.articles.text
        && query.order == StoryOrder::Time
    {
        let mut scope = query.scope.clone();
        scope.articles.text = None;
        let found = overview.search(&SearchQuery {
            text: text.clone(),
            scope,
            limit: query.limit,
            after: query.after,
            ..SearchQuery::default()
        })?;
        for hit in found.rows {
            if !hit.title.iter().any(|stretch| stretch.found) {
                notes.insert(hit.row.id, hit.excerpt);
            }
        }
    }
    Ok((page, notes))
}

/// The countries, and how many stories of theirs are overlooked: those of one page, counted.
fn countries(overview: &Overview) -> overview_core::Result<Message> {
    let countries = overview.countries()?;
    let page = overview.stories(&StoryQuery {
        scope: StoryScope {
            overlooked: true,
            ..StoryScope::default()
        },
        order: StoryOrder::Claim,
        ..StoryQuery::default()
    })?;
    let overlooked = (page.rows.len(), page.next.is_some());
    Ok(Message::Countries(countries, overlooked))
}

/// Through the terminal (OSC 52), which also works over ssh.
fn copy(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    write!(out, "\x1b]52;c;{}\x07", STANDARD.encode(text))?;
    out.flush()
}
