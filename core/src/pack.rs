//! Packs: articles whole, with their pictures, on the device before the train leaves.
//!
//! ```text
//! plan (unread first, then newest) -> several articles at once: page -> pictures
//!      each file is weighed before it is kept; what was read makes room -> ready
//! ```
//!
//! Nothing is remembered between runs but what is kept: the next run passes over what is ready and
//! asks only for what is missing, so a run that was cut off costs no byte twice but those of the
//! files that were under way.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::StreamExt as _;
use futures_util::stream;
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use crate::events::Invalidation;
use crate::model::{ArticleId, ArticleQuery, CountryCode, PAGE_SIZE_MAX, PictureState, Scope};
use crate::sync::FetchedPicture;
use crate::translation::Waits;
use crate::{Error, Overview, Result};

/// Articles in work at once: publishers are asked one thing at a time, so this many publishers.
pub const IN_WORK: usize = 6;

/// Articles that fail in a row, before any comes, from which nobody can be reached.
const FAILURES_MAX: u32 = 12;

/// The longest that a run which ends waits for texts that are being translated.
const LAST_TEXTS: Duration = Duration::from_secs(1);

/// What is wanted on the device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackRequest {
    /// Of these countries; of all when none is named.
    pub countries: Vec<CountryCode>,
    /// Only what is saved.
    pub saved_only: bool,
    /// At most so many articles of each country.
    pub newest: usize,
    /// Only of the last so many hours.
    pub hours: Option<u32>,
    /// With their pictures. Without them no article becomes ready that shows one.
    pub pictures: bool,
    /// The most bytes that all that is kept may take: pages and pictures, of this run and before.
    pub byte_budget: u64,
    /// When to stop launching.
    pub deadline: Option<Duration>,
    /// Only on a network that is not [metered](Overview::set_metered): Wi-Fi, as people say.
    pub unmetered_only: bool,
}

impl Default for PackRequest {
    /// The newest 50 of each country with pictures, in 200 MB.
    fn default() -> Self {
        Self {
            countries: Vec::new(),
            saved_only: false,
            newest: 50,
            hours: None,
            pictures: true,
            byte_budget: 200_000_000,
            deadline: None,
            unmetered_only: false,
        }
    }
}

/// How far a run is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct PackProgress {
    /// Articles that are wanted.
    pub planned: u32,
    /// Of those, done: ready, or as far as they can be.
    pub done: u32,
    /// Of those, ready.
    pub ready: u32,
    /// Articles of which something could not be fetched, or translated, this time.
    pub failed: u32,
    /// Bytes that all that is kept takes now.
    pub kept_bytes: u64,
}

/// Why a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PackEnd {
    /// All that was wanted was tried.
    Completed,
    /// As asked.
    Cancelled,
    /// The time was over.
    DeadlineReached,
    /// There was no room for more.
    BudgetReached,
    /// The network is metered, and the request was for another.
    Metered,
    /// Nobody could be reached.
    NobodyReached,
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackReport {
    /// Why it ended.
    pub end: PackEnd,
    /// How far it came.
    pub progress: PackProgress,
    /// Why the first article failed that did.
    pub first_failure: Option<String>,
}

/// What a run would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackPlan {
    /// The articles, in the order they are fetched.
    pub articles: Vec<ArticleId>,
    /// How many of them are ready already.
    pub ready: u32,
    /// Bytes that the others are likely to take, as those that are ready do on average.
    pub expected_bytes: u64,
    /// Bytes that all that is kept takes now.
    pub kept_bytes: u64,
}

/// Bytes of an article with its pictures while nothing is known of any: the mean of the pages of
/// news sites after pictures were made small.
const ARTICLE_BYTES: u64 = 160_000;

impl Overview {
    /// What [`pack`](Self::pack) would fetch: unread before read, newest first.
    pub fn plan_pack(&self, request: &PackRequest) -> Result<PackPlan> {
        let mut articles = Vec::new();
        let mut ready = 0;
        let countries: Vec<Option<CountryCode>> = match request.countries.as_slice() {
            [] => vec![None],
            countries => countries.iter().copied().map(Some).collect(),
        };
        for country in countries {
            let first = articles.len();
            for unread in [true, false] {
                let mut query = ArticleQuery {
                    scope: Scope {
                        countries: country.into_iter().collect(),
                        saved: request.saved_only,
                        unread,
                        since: request
                            .hours
                            .map(|hours| self.now() - TimeDelta::hours(i64::from(hours))),
                        ..Scope::default()
                    },
                    limit: PAGE_SIZE_MAX,
                    ..ArticleQuery::default()
                };
                while articles.len() - first < request.newest {
                    let page = self.articles(&query)?;
                    for row in page.rows {
                        // The second time everything comes, the unread ones again.
                        let wanted = (unread || row.state.read) && row.url.is_some();
                        if wanted && articles.len() - first < request.newest {
                            ready += u32::from(row.ready);
                            articles.push(row.id);
                        }
                    }
                    match page.next {
                        Some(next) => query.after = Some(next),
                        None => break,
                    }
                }
            }
        }
        let kept_bytes = self.store().kept_bytes()?;
        let missing = articles.len() as u64 - u64::from(ready);
        let each = match self.store().ready_articles()? {
            0 => ARTICLE_BYTES,
            count => (kept_bytes / count).max(1),
        };
        Ok(PackPlan {
            articles,
            ready,
            expected_bytes: missing * each,
            kept_bytes,
        })
    }

    /// Fetches whole articles and their pictures within a budget. Needs a tokio runtime with time and
    /// I/O. Dropping the future is the same as a cancel that does not wait for a report.
    ///
    /// # Errors
    /// Only what stops the whole run: the database, a full disk, [`Error::Offline`], a
    /// [`pause`](Self::pause). An article that fails is in the report.
    pub async fn pack(
        &self,
        request: &PackRequest,
        cancel: &CancellationToken,
        progress: &(dyn Fn(&PackProgress) + Send + Sync),
    ) -> Result<PackReport> {
        let packing = self.pack_on(request, cancel, progress);
        let done = self.sessions.current().run(packing).await;
        self.upkeep().nudge();
        done
    }

    async fn pack_on(
        &self,
        request: &PackRequest,
        cancel: &CancellationToken,
        progress: &(dyn Fn(&PackProgress) + Send + Sync),
    ) -> Result<PackReport> {
        let plan = self.plan_pack(request)?;
        if self.is_offline() {
            return Err(Error::Offline);
        }
        let pack = Pack {
            overview: self,
            request,
            kept: AtomicU64::new(plan.kept_bytes),
            full: AtomicBool::new(false),
            stop: CancellationToken::new(),
            translating: AtomicU32::new(0),
        };
        let mut told = PackProgress {
            planned: u32::try_from(plan.articles.len()).unwrap_or(u32::MAX),
            kept_bytes: plan.kept_bytes,
            ..PackProgress::default()
        };
        progress(&told);
        let mut first_failure = None;
        let mut reached = false;
        let mut work = stream::iter(plan.articles)
            .map(|id| pack.article(id))
            .buffer_unordered(IN_WORK);
        let deadline = async {
            match request.deadline {
                Some(after) => tokio::time::sleep(after).await,
                None => std::future::pending().await,
            }
        };
        tokio::pin!(deadline);
        let end = loop {
            let done = tokio::select! {
                biased;
                () = cancel.cancelled() => break PackEnd::Cancelled,
                () = &mut deadline => break PackEnd::DeadlineReached,
                done = work.next() => done,
            };
            let Some(done) = done else {
                break if pack.full.load(Ordering::SeqCst) {
                    PackEnd::BudgetReached
                } else {
                    PackEnd::Completed
                };
            };
            match done {
                Ok(Packed::Ready) => {
                    reached = true;
                    told.ready += 1;
                }
                Ok(Packed::WithoutPictures) => reached = true,
                Ok(Packed::Unfinished(why)) => {
                    reached = true;
                    told.failed += 1;
                    first_failure.get_or_insert(why);
                }
                Ok(Packed::Metered) => break PackEnd::Metered,
                // Those in work may still fit, and were half paid for.
                Ok(Packed::NoRoom) => {
                    pack.full.store(true, Ordering::SeqCst);
                    continue;
                }
                Err(Error::Http(error)) => {
                    told.failed += 1;
                    first_failure.get_or_insert_with(|| error.to_string());
                    if !reached && told.failed >= FAILURES_MAX {
                        break PackEnd::NobodyReached;
                    }
                }
                Err(error) => return Err(error),
            }
            told.done += 1;
            told.kept_bytes = pack.kept.load(Ordering::SeqCst);
            progress(&told);
        };
        // What is being translated is kept once its texts under way are done: they were paid for.
        pack.stop.cancel();
        let rest = async {
            while pack.translating.load(Ordering::SeqCst) > 0 && work.next().await.is_some() {}
        };
        let _ = tokio::time::timeout(LAST_TEXTS, rest).await;
        drop(work);
        told.kept_bytes = self.store().kept_bytes()?;
        Ok(PackReport {
            end,
            progress: told,
            first_failure,
        })
    }
}

/// Why an article is not ready where nothing failed: its feed has other words for it by now.
const CHANGED: &str = "the publisher changed the article while it was fetched";

/// What came of one article.
enum Packed {
    Ready,
    /// All that was asked for is here.
    WithoutPictures,
    /// All that could be fetched is here, and something is missing all the same.
    Unfinished(String),
    NoRoom,
    Metered,
}

/// A run.
struct Pack<'r> {
    overview: &'r Overview,
    request: &'r PackRequest,
    /// Bytes of all that is kept, with what is about to be.
    kept: AtomicU64,
    /// There was no room for an article.
    full: AtomicBool,
    /// Nothing more is begun.
    stop: CancellationToken,
    /// Articles that are being translated.
    translating: AtomicU32,
}

impl Pack<'_> {
    async fn article(&self, id: ArticleId) -> Result<Packed> {
        let overview = self.overview;
        let mut article = overview.read_article(id)?;
        let is_english_here = !article.row.is_foreign()
            || article
                .translation
                .as_ref()
                .is_some_and(|english| english.missing == 0);
        if article.row.ready
            && (is_english_here || overview.translator_of(&article.row.language)?.is_err())
        {
            return Ok(Packed::Ready);
        }
        if self.full.load(Ordering::SeqCst) || self.stop.is_cancelled() {
            return Ok(Packed::NoRoom);
        }
        if self.request.unmetered_only && overview.is_metered() {
            return Ok(Packed::Metered);
        }
        if article.page.is_none() {
            let page = overview.page_of(&article).await?;
            if !self.reserve(page.bytes())? {
                return Ok(Packed::NoRoom);
            }
            overview.keep_page(id, page).await?;
            article = overview.read_article(id)?;
        }
        if self.request.pictures {
            for url in article.pictures() {
                if overview.picture(url)? != PictureState::Unknown {
                    continue;
                }
                let fetched = overview.picture_of(url).await?;
                let bytes = match &fetched {
                    FetchedPicture::File(_, file) => u64::from(file.bytes),
                    FetchedPicture::Refused(_) => 0,
                };
                if !self.reserve(bytes)? {
                    return Ok(Packed::NoRoom);
                }
                overview.keep_picture(url, fetched).await?;
            }
        }
        let mut why = None;
        if article.row.is_foreign() && overview.translator_of(&article.row.language)?.is_ok() {
            self.translating.fetch_add(1, Ordering::SeqCst);
            let done = overview.translate_article_until(id, Waits::Pack, &self.stop);
            let done = done.await;
            self.translating.fetch_sub(1, Ordering::SeqCst);
            why = done?.translated.first_failure.map(|why| why.to_string());
        }
        let row = overview.read_article(id)?.row;
        // Its mark in the lists, and the English that it was given.
        overview
            .notifier()
            .notify(Invalidation::Articles(vec![row.country]));
        Ok(match why {
            _ if row.ready => Packed::Ready,
            Some(why) => Packed::Unfinished(why),
            None if !self.request.pictures => Packed::WithoutPictures,
            None => Packed::Unfinished(CHANGED.to_owned()),
        })
    }

    /// Takes room for so many bytes, if need be from what was read; whether there was any.
    fn reserve(&self, bytes: u64) -> Result<bool> {
        loop {
            let taken = self
                .kept
                .try_update(Ordering::SeqCst, Ordering::SeqCst, |kept| {
                    kept.checked_add(bytes)
                        .filter(|sum| *sum <= self.request.byte_budget)
                });
            if taken.is_ok() {
                return Ok(true);
            }
            match self.overview.release_one()? {
                Some(freed) => {
                    self.kept.fetch_sub(freed, Ordering::SeqCst);
                }
                None => return Ok(false),
            }
        }
    }
}
