//! Stories: which articles tell of one event, how each tells it, who ran it.
//!
//! ```text
//! articles of 72 hours -> read (once an article) -> grouped -> told -> what changed is kept
//! ```
//!
//! Nothing is remembered between runs but what is kept, so regrouping after one new article gives
//! what regrouping everything would. Reading and grouping run where taking long harms nobody.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

use crate::catalogue::Catalogue;
use crate::error::unless_gone;
use crate::events::Invalidation;
use crate::language::primary;
use crate::model::{
    Article, ArticleId, CountryCode, Coverage, Label, OverlookedVerdict, Page, PerspectiveCount,
    PerspectiveId, Publisher, PublisherId, Region, Story, StoryId, StoryQuery, StoryRow,
    StoryScope, TARGET_LANGUAGE, Take, Telling,
};
use crate::page::text_of;
use crate::store::{
    MemberWrite, StoredReading, StoredStory, StoryDetails, StoryWrite, WindowArticle,
};
use crate::story::{
    self, ArticleVector, Context, Elsewhere, Member, Nearest, READING_VERSION, RULES_VERSION,
    Reading, ReadingInput, SecondSearch, Told, VECTOR_VERSION, WINDOW, Watched, Window,
};
use crate::{Error, Overview, Result};

/// What reads an article: both of what it gives.
const READ_VERSION: u32 = READING_VERSION * 1_000 + VECTOR_VERSION;
/// Articles read between two commits, and between two looks at whether to stop.
const READ_AT_ONCE: usize = 32;
/// Stories written in one transaction.
const WRITTEN_AT_ONCE: usize = 64;
/// A publisher could have run a story if a feed of it answered so recently.
const HEALTHY: TimeDelta = TimeDelta::hours(24);
/// Stories are found anew so often though nothing was published.
const REGROUP_EVERY: TimeDelta = TimeDelta::hours(1);
/// A story whose newest article is older stays as it is told: it only loses articles to the end of
/// the window from now on.
const FROZEN: TimeDelta = TimeDelta::hours(48);

/// What a regrouping did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct RegroupReport {
    /// Articles read for the first time, or again.
    pub read: u32,
    /// Articles of the window.
    pub articles: u32,
    /// Stories of more than one article.
    pub stories: u32,
    /// Stories that are told otherwise than before.
    pub changed: u32,
    /// Claims about American media.
    pub claims: u32,
}

impl Overview {
    /// A page of stories.
    ///
    /// # Errors
    /// [`Error::Invalid`] when both cursors are given; [`Error::Unknown`] for a country or
    /// publisher that neither the catalogue nor the store knows.
    pub fn stories(&self, query: &StoryQuery) -> Result<Page<StoryRow>> {
        if query.after.is_some() && query.before.is_some() {
            return Err(Error::Invalid(
                "a page is either after one place or before one, not both".to_owned(),
            ));
        }
        self.know_scope(&query.scope.articles)?;
        Ok(self.store().stories(query)?)
    }

    /// The perspectives under which the stories of a scope are told, the most frequent first.
    pub fn perspectives(&self, scope: &StoryScope) -> Result<Vec<PerspectiveCount>> {
        self.know_scope(&scope.articles)?;
        Ok(self.store().perspectives(scope)?)
    }

    /// A story by its id, or the one that its articles are in by now.
    ///
    /// # Errors
    /// [`Error::NoSuchStory`].
    pub fn story(&self, id: StoryId) -> Result<Story> {
        let mut at = id;
        let mut seen = HashSet::new();
        loop {
            if let Some(&first) = self.store().story_members(at)?.first() {
                return self.story_of(first);
            }
            match self.store().story_successor(at)? {
                Some(next) if seen.insert(next) => at = next,
                _ => return Err(Error::NoSuchStory(id)),
            }
        }
    }

    /// The story that an article tells; of that article alone while it was not compared with others.
    ///
    /// # Errors
    /// [`Error::NoSuchArticle`].
    pub fn story_of(&self, article: ArticleId) -> Result<Story> {
        let store = self.store();
        let (id, members) = match store.story_of(article)? {
            Some(id) => (id, store.story_members(id)?),
            None => {
                let name = store.article_name(article)?.unwrap_or_default();
                (StoryId::first(&name), vec![article])
            }
        };
        let mut articles = Vec::with_capacity(members.len());
        for member in members {
            let Some(row) = store.article_row(member)? else {
                if member == article {
                    return Err(Error::NoSuchArticle(article));
                }
                // It went to make room since the members were listed.
                continue;
            };
            let kept = store.telling(member)?;
            // What another version kept is read again at the next regrouping.
            let reading: Reading = serde_json::from_str(&kept.facts).unwrap_or_default();
            let first_sentence = match reading.first_sentence {
                sentence if sentence.is_empty() => row.shown_teaser().to_owned(),
                sentence => sentence,
            };
            articles.push(Telling {
                row,
                first_sentence,
                form: reading.form,
                labels: kept.labels,
                copy_of: kept.copy_of,
            });
        }
        let stored = store.story(id)?;
        Ok(match stored {
            Some(stored) => Story {
                id,
                articles,
                actors: stored.actors,
                place: stored.place,
                coverage: stored.coverage,
                assessment: stored.assessment,
                rules_version: stored.rules_version,
            },
            None => Story {
                id,
                coverage: Coverage::default(),
                assessment: story::nothing_claimed(self.now()),
                articles,
                actors: Vec::new(),
                place: None,
                rules_version: RULES_VERSION,
            },
        })
    }

    /// The takes beside an article: the same event under other perspectives, at most eight.
    pub fn takes(&self, article: ArticleId) -> Result<Vec<Take>> {
        let story = self.story_of(article)?;
        Ok(self.takes_of(&story, article))
    }

    /// The takes beside an article of a story that is at hand.
    pub fn takes_of(&self, story: &Story, article: ArticleId) -> Vec<Take> {
        let catalogue = self.shared_catalogue();
        story::takes(story, article, &|id| catalogue.publisher(id))
    }

    /// Finds the stories of the last 72 hours anew: after new articles, or after titles became
    /// English. Cheap when little changed. A sync does it by itself. Needs a tokio runtime.
    ///
    /// Ends early when cancelled; what was read is kept.
    pub async fn regroup(&self, cancel: &CancellationToken) -> Result<RegroupReport> {
        let now = self.now();
        let since = now - WINDOW;
        let mut report = RegroupReport {
            read: self.read_articles(since, cancel).await?,
            ..RegroupReport::default()
        };
        if cancel.is_cancelled() {
            return Ok(report);
        }
        let job = Job {
            articles: self.store().story_window(READ_VERSION, since)?,
            watched: self.store().watched(now - HEALTHY)?,
            earlier: self.store().stories_since(since)?,
            catalogue: self.shared_catalogue(),
            now,
        };
        report.articles = count(job.articles.len());
        let work = tokio::task::spawn_blocking(move || job.run());
        let done = work.await.map_err(|error| {
            Error::Invalid(format!("finding the stories of the last days: {error}"))
        })?;
        report.stories = done.stories;
        report.claims = done.claims;
        report.changed = count(done.writes.len());
        for writes in done.writes.chunks(WRITTEN_AT_ONCE) {
            self.store().store_stories(writes.to_vec()).await?;
        }
        self.store()
            .finish_stories(done.successors, done.gone, now)
            .await?;
        if !done.countries.is_empty() {
            let countries = done.countries.into_iter().collect();
            self.notifier().notify(Invalidation::Articles(countries));
        }
        Ok(report)
    }

    /// As [`regroup`](Self::regroup), unless nothing is new and the hour is the same: claims count
    /// hours, and old articles leave the window.
    pub(crate) async fn regroup_if_due(&self, cancel: &CancellationToken) -> Result<()> {
        let now = self.now();
        let is_recent = self
            .store()
            .regrouped_at()?
            .is_some_and(|at| (now - at).abs() < REGROUP_EVERY);
        let pending = self
            .store()
            .articles_to_read(READ_VERSION, now - WINDOW, 1)?;
        if !is_recent || !pending.is_empty() {
            self.regroup(cancel).await?;
        }
        Ok(())
    }

    /// Reads the articles that this version did not read yet.
    async fn read_articles(&self, since: DateTime<Utc>, cancel: &CancellationToken) -> Result<u32> {
        let mut read = 0;
        loop {
            let ids = self
                .store()
                .articles_to_read(READ_VERSION, since, READ_AT_ONCE)?;
            if ids.is_empty() || cancel.is_cancelled() {
                return Ok(read);
            }
            let inputs = self.reading_inputs(&ids)?;
            let catalogue = self.shared_catalogue();
            let reading = tokio::task::spawn_blocking(move || {
                inputs
                    .iter()
                    .map(|input| input.read(&catalogue))
                    .collect::<Vec<_>>()
            });
            let readings = reading.await.map_err(|error| {
                Error::Invalid(format!("reading articles to compare them: {error}"))
            })?;
            read += count(readings.len());
            self.store().store_readings(readings).await?;
        }
    }

    /// What reading needs of some articles; of those that went to make room meanwhile, nothing.
    fn reading_inputs(&self, ids: &[ArticleId]) -> Result<Vec<OwnedInput>> {
        let mut inputs = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(article) = unless_gone(self.read_article(*id))? {
                let name = self.store().article_name(*id)?.unwrap_or_default();
                inputs.push(OwnedInput::of(&article, name));
            }
        }
        Ok(inputs)
    }

    /// Lets another article lead where one of this publisher did, or could now.
    pub(crate) fn choose_leads_anew(&self, publisher: &PublisherId) -> Result<()> {
        let stories = self.store().stories_of_publisher(publisher)?;
        Ok(self.store().choose_leads(stories)?)
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// What reading needs of an article, taken out of the store.
struct OwnedInput {
    id: ArticleId,
    name: String,
    publisher: PublisherId,
    published: DateTime<Utc>,
    language: String,
    title: String,
    summary: String,
    body: String,
    url: Option<url::Url>,
    categories: Vec<String>,
}

impl OwnedInput {
    /// In English as far as there is some: a foreign article with a translated title only is read by
    /// title and teaser, because two languages in one text tell nothing of each other.
    fn of(article: &Article, name: String) -> Self {
        let row = &article.row;
        let mut body = String::new();
        let mut language = primary(&row.language);
        if !row.is_foreign() {
            body = text_of(&article.blocks);
        } else if let Some(english) = &article.translation {
            body = text_of(&english.blocks);
            language = TARGET_LANGUAGE.to_owned();
        } else if row.translation.is_some() {
            language = TARGET_LANGUAGE.to_owned();
        } else {
            body = text_of(&article.blocks);
        }
        let english = article.translation.as_ref();
        let standfirst = match english {
            Some(english) => english.standfirst.clone(),
            None if row.translation.is_some() => None,
            None => article.standfirst.clone(),
        };
        let mut summary = standfirst.unwrap_or_else(|| row.shown_teaser().to_owned());
        // Some feeds give nothing but the beginning of the body as a summary.
        let beginning: String = summary.chars().take(60).collect();
        if body.starts_with(&beginning) {
            summary.clear();
        }
        Self {
            id: row.id,
            name,
            publisher: row.publisher.clone(),
            published: row.sort_at,
            language,
            title: row.shown_title().to_owned(),
            summary,
            body,
            url: row.url.clone(),
            categories: article.categories.clone(),
        }
    }

    fn read(&self, catalogue: &Catalogue) -> StoredReading {
        let publisher = catalogue.publisher(&self.publisher);
        let vector = ArticleVector::read(&story::Article {
            id: &self.name,
            publisher: self.publisher.as_str(),
            family: publisher.map_or(self.publisher.as_str(), Publisher::family),
            language: &self.language,
            published: Some(self.published),
            title: &self.title,
            summary: &self.summary,
            body: &self.body,
        });
        let reading = publisher.map(|publisher| {
            Reading::of(&ReadingInput {
                title: &self.title,
                summary: &self.summary,
                body: &self.body,
                language: &self.language,
                url: self.url.as_ref(),
                categories: &self.categories,
                publisher,
            })
        });
        StoredReading {
            article: self.id,
            version: READ_VERSION,
            vector: vector.to_bytes(),
            // Plain structs of texts and numbers always serialise.
            facts: serde_json::to_string(&reading.unwrap_or_default()).unwrap_or_default(),
        }
    }
}

/// All that a regrouping works on, and nothing else: pure.
struct Job {
    articles: Vec<WindowArticle>,
    watched: Vec<(PublisherId, bool)>,
    earlier: Vec<StoredStory>,
    catalogue: Arc<Catalogue>,
    now: DateTime<Utc>,
}

/// What a regrouping gave.
#[derive(Default)]
struct Outcome {
    writes: Vec<StoryWrite>,
    successors: Vec<(StoryId, StoryId)>,
    gone: Vec<StoryId>,
    countries: BTreeSet<CountryCode>,
    stories: u32,
    claims: u32,
}

/// An article of the window, unpacked.
struct Unpacked<'a> {
    article: &'a WindowArticle,
    publisher: &'a Publisher,
    region: Region,
    reading: Reading,
}

impl Job {
    fn run(self) -> Outcome {
        let catalogue = &*self.catalogue;
        let region_of = |country: CountryCode| catalogue.country(country).map(|known| known.region);
        let mut window = Window::new();
        let mut unpacked: HashMap<&str, Unpacked<'_>> = HashMap::new();
        for article in &self.articles {
            // A publisher that left the catalogue has no facts to tell by; its articles stay single.
            let Some(publisher) = catalogue.publisher(&article.publisher) else {
                continue;
            };
            let (Some(region), Ok(vector), Ok(reading)) = (
                region_of(publisher.country),
                ArticleVector::from_bytes(&article.reading.vector),
                serde_json::from_str(&article.reading.facts),
            ) else {
                continue;
            };
            if let Some(story) = article.story {
                window.remember(article.name.clone(), story);
            }
            window.add(vector);
            unpacked.insert(
                &article.name,
                Unpacked {
                    article,
                    publisher,
                    region,
                    reading,
                },
            );
        }
        let watched: Vec<Watched<'_>> = self
            .watched
            .iter()
            .filter_map(|(id, is_healthy)| {
                let publisher = catalogue.publisher(id)?;
                Some(Watched {
                    publisher,
                    region: region_of(publisher.country)?,
                    is_healthy: *is_healthy,
                })
            })
            .collect();
        let regrouped = window.regroup(self.now, None);
        let mut earlier: HashMap<StoryId, &StoredStory> =
            self.earlier.iter().map(|story| (story.id, story)).collect();
        for successor in &regrouped.successors {
            if let Some(before) = earlier.get(&successor.old).copied() {
                earlier.entry(successor.new).or_insert(before);
            }
        }
        let mut outcome = Outcome {
            successors: regrouped
                .successors
                .iter()
                .map(|successor| (successor.old, successor.new))
                .collect(),
            ..Outcome::default()
        };
        let american_articles: Vec<&ArticleVector> = window
            .articles()
            .filter(|vector| {
                unpacked
                    .get(&*vector.id)
                    .is_some_and(|known| known.publisher.country.as_str() == "US")
            })
            .collect();
        let american = SecondSearch::new(&american_articles);
        for group in &regrouped.stories {
            let members: Vec<(&Unpacked<'_>, &ArticleVector)> = group
                .articles
                .iter()
                .filter_map(|name| Some((unpacked.get(&**name)?, window.article(name)?)))
                .collect();
            let Some(newest) = members.iter().map(|(known, _)| known.article.sort_at).max() else {
                continue;
            };
            let before = earlier.get(&group.id).copied();
            if self.now - newest > FROZEN
                && members
                    .iter()
                    .all(|(known, _)| known.article.told.is_some())
            {
                outcome.stories += u32::from(before.is_some());
                continue;
            }
            let elsewhere = || {
                let story: Vec<&ArticleVector> =
                    members.iter().map(|(_, vector)| *vector).collect();
                let found = american.nearest(&story).filter(Nearest::may_tell)?;
                let known = unpacked.get(&*found.article)?;
                Some(Elsewhere {
                    article: known.article.reading.article,
                    publisher: known.article.publisher.clone(),
                    similarity: found.similarity,
                })
            };
            let context = Context {
                watched: &watched,
                registry_version: catalogue.version(),
                american_elsewhere: &elsewhere,
                earlier: before.map(|story| &story.assessment),
                now: self.now,
            };
            let as_members: Vec<Member<'_>> = members
                .iter()
                .map(|(known, vector)| Member {
                    id: known.article.reading.article,
                    publisher: known.publisher,
                    region: known.region,
                    published: known.article.sort_at,
                    reading: &known.reading,
                    vector,
                })
                .collect();
            let told = story::tell(&as_members, &context);
            let write = write_of(group.id, &as_members, told);
            outcome.stories += u32::from(write.details.is_some());
            let claims = write
                .details
                .as_ref()
                .is_some_and(|details| details.claim.is_some());
            outcome.claims += u32::from(claims);
            let unchanged = write
                .members
                .iter()
                .zip(&members)
                .all(|(write, (known, _))| known.article.told == Some(write.told))
                && match (&write.details, before) {
                    (Some(details), Some(before)) => {
                        before.id == group.id && before.told == details.told
                    }
                    (None, before) => before.is_none_or(|before| before.id != group.id),
                    (Some(_), None) => false,
                };
            if !unchanged {
                let countries = members.iter().map(|(known, _)| known.publisher.country);
                outcome.countries.extend(countries);
                outcome.writes.push(write);
            }
        }
        let present: HashSet<StoryId> = regrouped.stories.iter().map(|story| story.id).collect();
        outcome.gone = self
            .earlier
            .iter()
            .map(|story| story.id)
            .filter(|id| !present.contains(id))
            .collect();
        outcome
    }
}

fn write_of(id: StoryId, members: &[Member<'_>], told: Told) -> StoryWrite {
    let candidates: Vec<(ArticleId, CountryCode, DateTime<Utc>)> = members
        .iter()
        .map(|member| (member.id, member.publisher.country, member.published))
        .collect();
    let leads = Leads::of(&candidates);
    let mut by_perspective: BTreeMap<PerspectiveId, Vec<(ArticleId, DateTime<Utc>)>> =
        BTreeMap::new();
    for (member, labels) in members.iter().zip(&told.labels) {
        for label in labels {
            by_perspective
                .entry(label.perspective.clone())
                .or_default()
                .push((member.id, member.published));
        }
    }
    let perspective_leads = by_perspective
        .into_iter()
        .filter_map(|(perspective, articles)| {
            let times: Vec<DateTime<Utc>> = articles.iter().map(|(_, time)| *time).collect();
            let (article, _) = articles.get(story::lead(&times)?)?;
            Some((perspective, *article))
        })
        .collect();
    let details = (members.len() > 1).then(|| details_of(members, &told, &leads));
    let members = members
        .iter()
        .zip(told.labels)
        .zip(told.copy_of)
        .map(|((member, labels), copy_of)| {
            let leads = leads.countries.contains(&member.id);
            MemberWrite {
                told: digest(&(id, leads, &labels, copy_of, RULES_VERSION)),
                article: member.id,
                leads,
                labels,
                copy_of,
            }
        })
        .collect();
    StoryWrite {
        id,
        members,
        details,
        perspective_leads,
    }
}

fn details_of(members: &[Member<'_>], told: &Told, leads: &Leads) -> StoryDetails {
    let first_labels: Vec<&Label> = told
        .labels
        .iter()
        .zip(&told.copy_of)
        .filter(|(_, copy_of)| copy_of.is_none())
        .filter_map(|(labels, _)| labels.first())
        .collect();
    let perspectives: BTreeSet<&PerspectiveId> = first_labels
        .iter()
        .map(|label| &label.perspective)
        .collect();
    let marks: BTreeSet<_> = first_labels.iter().map(|label| label.kind).collect();
    let countries: BTreeSet<CountryCode> = members
        .iter()
        .map(|member| member.publisher.country)
        .collect();
    let times = || members.iter().map(|member| member.published);
    let mut details = StoryDetails {
        lead: leads
            .world
            .or_else(|| members.first().map(|member| member.id))
            .unwrap_or(ArticleId(0)),
        first_at: times().min().unwrap_or_default(),
        last_at: times().max().unwrap_or_default(),
        articles: count(members.len()),
        publishers: told.families,
        countries: count(countries.len()),
        perspectives: count(perspectives.len()),
        marks: marks.into_iter().take(4).collect(),
        claim: match told.assessment.verdict {
            OverlookedVerdict::Overlooked => Some(crate::model::OverlookedClaim::Overlooked),
            OverlookedVerdict::UnderCovered => Some(crate::model::OverlookedClaim::UnderCovered),
            _ => None,
        },
        place: told.place,
        actors: told.actors.clone(),
        coverage: told.coverage.clone(),
        assessment: told.assessment.clone(),
        rules_version: RULES_VERSION,
        told: [0; 16],
    };
    details.told = digest(&(
        &details.coverage,
        &details.assessment,
        &details.actors,
        (details.place, details.lead, details.perspectives),
        (details.articles, details.publishers, RULES_VERSION),
    ));
    details
}

/// Who leads a story.
struct Leads {
    /// In each country's list.
    countries: Vec<ArticleId>,
    /// In the world's.
    world: Option<ArticleId>,
}

impl Leads {
    /// `candidates` by time, then id.
    fn of(candidates: &[(ArticleId, CountryCode, DateTime<Utc>)]) -> Self {
        let times: Vec<DateTime<Utc>> = candidates.iter().map(|(_, _, time)| *time).collect();
        let world = story::lead(&times).and_then(|at| candidates.get(at));
        let mut by_country: BTreeMap<CountryCode, Vec<(ArticleId, DateTime<Utc>)>> =
            BTreeMap::new();
        for (id, country, time) in candidates {
            by_country.entry(*country).or_default().push((*id, *time));
        }
        let countries = by_country.values().filter_map(|own| {
            let times: Vec<DateTime<Utc>> = own.iter().map(|(_, time)| *time).collect();
            own.get(story::lead(&times)?).map(|(id, _)| *id)
        });
        Self {
            countries: countries.collect(),
            world: world.map(|(id, _, _)| *id),
        }
    }
}

/// Tells whether anything changed.
fn digest(value: &impl Serialize) -> [u8; 16] {
    let bytes = serde_json::to_vec(value).unwrap_or_default();
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    let mut half = [0; 16];
    half.copy_from_slice(&hash[..16]);
    half
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::OpenOptions;

    #[test]
    fn an_article_that_went_to_make_room_is_not_read_and_stops_nobody() {
        let dir = tempfile::tempdir().unwrap();
        let overview = Overview::open(OpenOptions::new(dir.path())).unwrap();
        let gone = ArticleId(7);
        assert!(overview.reading_inputs(&[gone]).unwrap().is_empty());
        assert!(matches!(
            overview.story_of(gone),
            Err(Error::NoSuchArticle(id)) if id == gone
        ));
    }
}
