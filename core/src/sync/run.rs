//! One run: fetch, parse and store each planned feed, many at once, until done or told to stop.

use std::sync::OnceLock;
use std::time::Instant;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio_util::sync::CancellationToken;

use super::plan::Plan;
use super::schedule::PollFailure;
use super::{
    FeedOutcome, FeedReport, SyncEnd, SyncProgress, SyncReport, SyncRequest, entries, schedule,
};
use crate::catalogue::Catalogue;
use crate::clock::Clock;
use crate::feed::{self, Feed, FeedContext, FeedError};
use crate::http::{Body, Client, Fetched};
use crate::model::CountryCode;
use crate::store::{FeedUpdate, Ingested, PlannedFeed, Store, StoreError};

/// Feeds in work at once: fetching, being parsed or waiting for the writer. Bounds memory too.
const IN_WORK: usize = 24;

/// Unchanged feeds whose check times are written together. Losing them costs one conditional
/// request each.
const CHECKS_A_WRITE: usize = 64;

/// When so many feeds were asked and every one failed, the rest are left alone.
const HOPELESS: u32 = 30;

/// What a run works with.
pub(crate) struct Run<'a> {
    pub(crate) store: &'a Store,
    pub(crate) client: &'a Client,
    pub(crate) clock: &'a dyn Clock,
    /// Tells the zone of dates that name none.
    pub(crate) catalogue: &'a Catalogue,
    /// Tells the countries whose articles changed, as soon as they have.
    pub(crate) changed: &'a (dyn Fn(CountryCode) + Send + Sync),
    /// Whether bytes cost money now.
    pub(crate) is_metered: bool,
}

/// What came of one feed, before it is counted.
struct Polled {
    outcome: FeedOutcome,
    update: Option<FeedUpdate>,
    bytes: u64,
}

impl Run<'_> {
    /// Runs until every due feed is done, `cancel` says stop, or the request's bounds are met.
    pub(crate) async fn run(
        &self,
        request: &SyncRequest,
        cancel: &CancellationToken,
        progress: &(dyn Fn(&SyncProgress) + Send + Sync),
    ) -> Result<SyncReport, StoreError> {
        let started = Instant::now();
        let wanted = self.store.plan(&request.countries, &request.publishers)?;
        let is_window = request.deadline.is_some() || self.byte_budget(request).is_some();
        let plan = Plan::of(wanted, request.forced, is_window, self.clock.now());
        let mut tally = Tally::new(plan.feeds.len(), progress);
        // The client knows only of pauses since it was made.
        for feed in &plan.feeds {
            if let Some(until) = feed.state.host_paused_until(self.clock.now()) {
                self.client.pause_host(&feed.url, until);
            }
        }

        // `stop` ends what is being fetched; what was fetched is still parsed and stored.
        let stop = cancel.child_token();
        let why = OnceLock::new();
        self.work(request, plan.feeds, &stop, &why, &mut tally)
            .await?;
        let end = match why.into_inner() {
            Some(end) => end,
            None if cancel.is_cancelled() => SyncEnd::Cancelled,
            None => SyncEnd::Completed,
        };
        Ok(tally.report(end, plan.not_due, started.elapsed()))
    }

    /// The most bytes that may come on the network there is.
    fn byte_budget(&self, request: &SyncRequest) -> Option<u64> {
        let metered = request.metered_byte_budget.filter(|_| self.is_metered);
        metered.or(request.byte_budget)
    }

    /// Works through `feeds` until they are done or `stop` says so; `why` is set when a bound of
    /// the request said it.
    async fn work(
        &self,
        request: &SyncRequest,
        feeds: Vec<PlannedFeed>,
        stop: &CancellationToken,
        why: &OnceLock<SyncEnd>,
        tally: &mut Tally<'_>,
    ) -> Result<(), StoreError> {
        let out_of_time = async {
            match request.deadline {
                Some(deadline) => tokio::time::sleep(deadline).await,
                None => std::future::pending().await,
            }
            let _ = why.set(SyncEnd::DeadlineReached);
            stop.cancel();
        };
        let work = async {
            let mut waiting = feeds.into_iter();
            let mut in_work = FuturesUnordered::new();
            let mut checks = Vec::new();
            loop {
                while in_work.len() < IN_WORK && !stop.is_cancelled() {
                    let Some(feed) = waiting.next() else { break };
                    in_work.push(self.one(feed, stop));
                }
                let Some((feed, polled)) = in_work.next().await else {
                    break;
                };
                checks.extend(polled.update);
                if checks.len() >= CHECKS_A_WRITE {
                    self.store.store_checks(std::mem::take(&mut checks)).await?;
                }
                tally.count(feed, polled.outcome, polled.bytes);
                let so_far = &tally.progress;
                let spent = self
                    .byte_budget(request)
                    .is_some_and(|budget| so_far.bytes >= budget);
                let hopeless = so_far.done >= HOPELESS && so_far.failed == so_far.done;
                if (spent || hopeless) && so_far.done < so_far.planned {
                    let _ = why.set(if spent {
                        SyncEnd::BudgetReached
                    } else {
                        SyncEnd::NobodyReached
                    });
                    stop.cancel();
                }
            }
            self.store.store_checks(checks).await?;
            for feed in waiting {
                tally.skip(feed, "the sync ended before its turn".to_owned());
            }
            Ok::<_, StoreError>(())
        };
        tokio::pin!(out_of_time, work);
        // Whichever comes first; after the deadline the work still winds down.
        tokio::select! {
            done = &mut work => done,
            () = &mut out_of_time => work.as_mut().await,
        }
    }

    /// One feed from request to stored rows. Changed feeds are stored here, each in its own
    /// transaction; states of unchanged and failed ones are handed back, to be written together.
    async fn one(&self, mut feed: PlannedFeed, stop: &CancellationToken) -> (PlannedFeed, Polled) {
        let Some(request) = schedule::request_for(&feed.state, &feed.url, self.clock.now()) else {
            let outcome = FeedOutcome::Skipped {
                reason: "it is gone for good".to_owned(),
            };
            return (
                feed,
                Polled {
                    outcome,
                    update: None,
                    bytes: 0,
                },
            );
        };
        let fetched = tokio::select! {
            biased;
            () = stop.cancelled() => {
                return (feed, Polled {
                    outcome: FeedOutcome::Skipped { reason: "the sync ended while it was being fetched".to_owned() },
                    update: None,
                    bytes: 0,
                });
            }
            fetched = self.client.fetch(&request, self.clock.now()) => fetched,
        };
        let now = self.clock.now();
        let seed = feed.id.seed();
        let polled = match fetched {
            Err(error) => {
                feed.state =
                    schedule::after_failure(&feed.state, PollFailure::Http(&error), now, seed);
                Polled {
                    outcome: FeedOutcome::Failed {
                        code: error.code(),
                        reason: error.to_string(),
                    },
                    update: Some(self.check(&feed)),
                    bytes: 0,
                }
            }
            Ok(fetched) => self.answered(&mut feed, fetched, seed).await,
        };
        (feed, polled)
    }

    /// A good answer: unchanged, or a document to parse and store.
    async fn answered(&self, feed: &mut PlannedFeed, fetched: Fetched, seed: u64) -> Polled {
        let now = self.clock.now();
        let bytes = fetched.wire_bytes;
        if schedule::is_unchanged(&feed.state, &fetched) {
            feed.state = schedule::after_success(&feed.state, &fetched, None, now, seed);
            return Polled {
                outcome: FeedOutcome::Unchanged,
                update: Some(self.check(feed)),
                bytes,
            };
        }
        let (fetched, parsed) = match self.parse(feed.country, fetched).await {
            Ok(parsed) => parsed,
            Err((code, reason)) => {
                let failure = PollFailure::Parse {
                    code,
                    reason: &reason,
                };
                feed.state = schedule::after_failure(&feed.state, failure, now, seed);
                return Polled {
                    outcome: FeedOutcome::Failed { code, reason },
                    update: Some(self.check(feed)),
                    bytes,
                };
            }
        };
        let state = schedule::after_success(&feed.state, &fetched, Some(&parsed.hints), now, seed);
        let update = FeedUpdate {
            feed: feed.id,
            state: state.clone(),
            articles: entries::articles(&parsed, feed),
            now,
        };
        match self.store.store_feed(update).await {
            Ok(ingested) => {
                feed.state = state;
                let outcome = match ingested {
                    Ingested { new: 0, updated: 0 } => FeedOutcome::Unchanged,
                    Ingested { new, updated } => {
                        (self.changed)(feed.country);
                        FeedOutcome::New { new, updated }
                    }
                };
                Polled {
                    outcome,
                    update: None,
                    bytes,
                }
            }
            // The state stays as it was, so the next run fetches the document again.
            Err(error) => Polled {
                outcome: FeedOutcome::Failed {
                    code: error.code(),
                    reason: error.to_string(),
                },
                update: None,
                bytes,
            },
        }
    }

    /// Parses on a thread where taking long harms nobody. Hands the answer back without its bytes.
    async fn parse(
        &self,
        country: CountryCode,
        mut fetched: Fetched,
    ) -> Result<(Fetched, Feed), (&'static str, String)> {
        let url = fetched.final_url.clone();
        let default_zone = self
            .catalogue
            .country(country)
            .and_then(|country| country.utc_offset);
        let parsed = tokio::task::spawn_blocking(move || {
            let Body::New {
                bytes,
                content_type,
                ..
            } = &mut fetched.body
            else {
                return (fetched, Err(FeedError::Empty));
            };
            let bytes = std::mem::take(bytes);
            let context = FeedContext {
                url: &fetched.final_url,
                content_type: content_type.as_deref(),
                default_zone,
            };
            let parsed = feed::parse(&bytes, &context);
            (fetched, parsed)
        })
        .await;
        match parsed {
            Ok((fetched, Ok(parsed))) => Ok((fetched, parsed)),
            Ok((_, Err(error))) => Err((error.code(), format!("reading the feed {url}: {error}"))),
            // The parser is total; should it ever panic all the same, only this feed pays.
            Err(panic) => Err(("parser", format!("reading the feed {url}: {panic}"))),
        }
    }

    fn check(&self, feed: &PlannedFeed) -> FeedUpdate {
        FeedUpdate {
            feed: feed.id,
            state: feed.state.clone(),
            articles: Vec::new(),
            now: self.clock.now(),
        }
    }
}

/// Counts what is done and tells it.
struct Tally<'a> {
    progress: SyncProgress,
    feeds: Vec<FeedReport>,
    tell: &'a (dyn Fn(&SyncProgress) + Send + Sync),
}

impl<'a> Tally<'a> {
    fn new(planned: usize, tell: &'a (dyn Fn(&SyncProgress) + Send + Sync)) -> Self {
        let planned = u32::try_from(planned).unwrap_or(u32::MAX);
        let progress = SyncProgress {
            planned,
            ..SyncProgress::default()
        };
        tell(&progress);
        Self {
            progress,
            feeds: Vec::new(),
            tell,
        }
    }

    fn count(&mut self, feed: PlannedFeed, outcome: FeedOutcome, bytes: u64) {
        self.progress.bytes += bytes;
        match &outcome {
            FeedOutcome::New { new, .. } => self.progress.new_articles += new,
            FeedOutcome::Failed { .. } => self.progress.failed += 1,
            FeedOutcome::Unchanged | FeedOutcome::Skipped { .. } => {}
        }
        if !matches!(outcome, FeedOutcome::Skipped { .. }) {
            self.progress.done += 1;
            self.progress.latest = Some(feed.publisher.clone());
            (self.tell)(&self.progress);
        }
        self.feeds.push(FeedReport {
            publisher: feed.publisher,
            country: feed.country,
            feed: feed.url,
            next_check_at: feed.state.next_check_at,
            outcome,
        });
    }

    fn skip(&mut self, feed: PlannedFeed, reason: String) {
        self.count(feed, FeedOutcome::Skipped { reason }, 0);
    }

    fn report(self, end: SyncEnd, not_due: u32, took: std::time::Duration) -> SyncReport {
        SyncReport {
            end,
            progress: self.progress,
            not_due,
            feeds: self.feeds,
            took,
        }
    }
}
