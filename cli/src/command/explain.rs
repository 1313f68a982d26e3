//! `overview inspect stories --explain`: articles of standard input told as the rules tell stories.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use overview_core::catalogue::Catalogue;
use overview_core::model::{
    ArticleId, ArticleRow, CountryCode, Publisher, PublisherId, PublisherKind, ReadState, Region,
    Story, Telling,
};
use overview_core::story::{
    self, ArticleVector, Context, Elsewhere, Member, Nearest, Reading, ReadingInput, SecondSearch,
    StoryId, Told, Watched,
};
use serde_json::{Value, json};
use url::Url;

/// An article as it came.
pub(super) struct Input<'a> {
    pub(super) publisher: &'a str,
    pub(super) country: &'a str,
    pub(super) language: &'a str,
    pub(super) published: Option<DateTime<Utc>>,
    pub(super) title: &'a str,
    pub(super) summary: &'a str,
    pub(super) body: &'a str,
}

/// What is known of the publishers of the input.
pub(super) struct Explainer {
    catalogue: Arc<Catalogue>,
    /// Of each article, in their order; `None` where not even a country is known.
    publishers: Vec<Option<Publisher>>,
    readings: Vec<Reading>,
    now: DateTime<Utc>,
}

impl Explainer {
    /// `now` where no article has a date; else the newest of them is now.
    pub(super) fn new(
        catalogue: Arc<Catalogue>,
        articles: &[Input<'_>],
        now: DateTime<Utc>,
    ) -> Self {
        let publishers: Vec<Option<Publisher>> = articles
            .iter()
            .map(|article| publisher(&catalogue, article))
            .collect();
        let readings = articles
            .iter()
            .zip(&publishers)
            .map(|(article, publisher)| match publisher {
                Some(publisher) => Reading::of(&ReadingInput {
                    title: article.title,
                    summary: article.summary,
                    body: article.body,
                    language: article.language,
                    url: None,
                    categories: &[],
                    publisher,
                }),
                None => Reading::default(),
            })
            .collect();
        let newest = articles
            .iter()
            .filter_map(|article| article.published)
            .max();
        Self {
            catalogue,
            publishers,
            readings,
            now: newest.unwrap_or(now),
        }
    }

    /// The owner whose publishers count once.
    pub(super) fn family<'s>(&'s self, at: usize, publisher: &'s str) -> &'s str {
        let known = self.publishers.get(at).and_then(Option::as_ref);
        known.map_or(publisher, Publisher::family)
    }

    /// What is said of each article, by its place: an object to be printed with its story.
    pub(super) fn explain(
        &self,
        articles: &[Input<'_>],
        ids: &[Value],
        vectors: &[&ArticleVector],
        groups: &[Vec<usize>],
    ) -> BTreeMap<usize, Value> {
        let mut by_id: BTreeMap<&str, &Publisher> = BTreeMap::new();
        for publisher in self.publishers.iter().flatten() {
            by_id.insert(publisher.id.as_str(), publisher);
        }
        let watched = self.watched(&by_id);
        let american: Vec<&ArticleVector> = vectors
            .iter()
            .zip(&self.publishers)
            .filter(|(_, publisher)| publisher.as_ref().is_some_and(is_american))
            .map(|(vector, _)| *vector)
            .collect();
        let second = SecondSearch::new(&american);
        let place_of: HashMap<&str, usize> = vectors
            .iter()
            .enumerate()
            .map(|(at, vector)| (&*vector.id, at))
            .collect();
        let mut explained = BTreeMap::new();
        for group in groups {
            let mut members: Vec<(usize, Member<'_>)> = group
                .iter()
                .filter_map(|&at| {
                    let publisher = self.publishers.get(at)?.as_ref()?;
                    let member = Member {
                        id: article_id(at),
                        publisher,
                        region: self.region(publisher.country)?,
                        published: articles.get(at)?.published.unwrap_or(self.now),
                        reading: self.readings.get(at)?,
                        vector: vectors.get(at)?,
                    };
                    Some((at, member))
                })
                .collect();
            members.sort_by_key(|(at, member)| (member.published, *at));
            if members.is_empty() {
                continue;
            }
            let elsewhere = || {
                let story: Vec<&ArticleVector> =
                    members.iter().map(|(_, member)| member.vector).collect();
                let found = second.nearest(&story).filter(Nearest::may_tell)?;
                let at = *place_of.get(&*found.article)?;
                Some(Elsewhere {
                    article: article_id(at),
                    publisher: self.publishers.get(at)?.as_ref()?.id.clone(),
                    similarity: found.similarity,
                })
            };
            let context = Context {
                watched: &watched,
                registry_version: self.catalogue.version(),
                american_elsewhere: &elsewhere,
                earlier: None,
                now: self.now,
            };
            let as_members: Vec<Member<'_>> = members.iter().map(|(_, member)| *member).collect();
            let told = story::tell(&as_members, &context);
            let story = self.story(articles, &members, &told);
            let facts = |id: &PublisherId| by_id.get(id.as_str()).copied();
            for ((at, member), telling) in members.iter().zip(&story.articles) {
                let takes: Vec<Value> = story::takes(&story, member.id, &facts)
                    .iter()
                    .map(|take| {
                        json!({
                            "id": place(take.row.id).and_then(|at| ids.get(at)),
                            "label": take.label,
                            "chips": take.chips,
                            "first_sentence": take.first_sentence,
                            "also_in": take.also_in,
                        })
                    })
                    .collect();
                let copy_of = telling.copy_of.and_then(place);
                explained.insert(
                    *at,
                    json!({
                        "form": telling.form,
                        "first_sentence": telling.first_sentence,
                        "labels": telling.labels,
                        "copy_of": copy_of.and_then(|at| ids.get(at)),
                        "takes": takes,
                        "actors": story.actors,
                        "place": story.place,
                        "coverage": story.coverage,
                        "assessment": story.assessment,
                    }),
                );
            }
        }
        explained
    }

    /// Who has an article here could have run every story. Where panel members of the catalogue are
    /// among them, the others of the panel are missed: they did not answer.
    fn watched<'s>(&'s self, by_id: &BTreeMap<&str, &'s Publisher>) -> Vec<Watched<'s>> {
        let mut watched: Vec<Watched<'s>> = by_id
            .values()
            .filter_map(|publisher| {
                Some(Watched {
                    publisher,
                    region: self.region(publisher.country)?,
                    is_healthy: true,
                })
            })
            .collect();
        let panel: Vec<&Publisher> = self.catalogue.us_panel().collect();
        if panel.iter().any(|one| by_id.contains_key(one.id.as_str())) {
            let missing = panel
                .into_iter()
                .filter(|one| !by_id.contains_key(one.id.as_str()));
            watched.extend(missing.filter_map(|publisher| {
                Some(Watched {
                    publisher,
                    region: self.region(publisher.country)?,
                    is_healthy: false,
                })
            }));
        }
        watched
    }

    fn region(&self, country: CountryCode) -> Option<Region> {
        self.catalogue.country(country).map(|known| known.region)
    }

    fn story(&self, articles: &[Input<'_>], members: &[(usize, Member<'_>)], told: &Told) -> Story {
        let tellings = members
            .iter()
            .zip(told.labels.iter().zip(&told.copy_of))
            .filter_map(|((at, member), (labels, copy_of))| {
                let article = articles.get(*at)?;
                Some(Telling {
                    row: ArticleRow {
                        id: member.id,
                        title: article.title.to_owned(),
                        teaser: article.summary.to_owned(),
                        publisher: member.publisher.id.clone(),
                        publisher_name: member.publisher.name.clone(),
                        country: member.publisher.country,
                        language: article.language.to_owned(),
                        url: None,
                        published_at: article.published,
                        first_seen_at: member.published,
                        sort_at: member.published,
                        image: None,
                        ready: false,
                        state: ReadState::default(),
                        muted: false,
                        translation: None,
                    },
                    first_sentence: member.reading.first_sentence.clone(),
                    form: member.reading.form,
                    labels: labels.clone(),
                    copy_of: *copy_of,
                })
            })
            .collect();
        Story {
            id: StoryId(0),
            articles: tellings,
            actors: told.actors.clone(),
            place: told.place,
            coverage: told.coverage.clone(),
            assessment: told.assessment.clone(),
            rules_version: story::RULES_VERSION,
        }
    }
}

fn is_american(publisher: &Publisher) -> bool {
    publisher.country.as_str() == "US"
}

/// Articles are numbered from 1.
fn article_id(at: usize) -> ArticleId {
    ArticleId(i64::try_from(at).map_or(i64::MAX, |at| at.saturating_add(1)))
}

fn place(id: ArticleId) -> Option<usize> {
    usize::try_from(id.0).ok()?.checked_sub(1)
}

/// Of the catalogue by its id or name, else one of which only the country is known.
fn publisher(catalogue: &Catalogue, article: &Input<'_>) -> Option<Publisher> {
    let name = article.publisher.trim();
    let known = catalogue
        .publishers()
        .iter()
        .find(|known| known.id.as_str() == name)
        .or_else(|| {
            let named = |known: &&Publisher| known.name.to_lowercase() == name.to_lowercase();
            catalogue.publishers().iter().find(named)
        });
    if let Some(known) = known {
        return Some(known.clone());
    }
    let country: CountryCode = article.country.trim().parse().ok()?;
    Some(Publisher {
        id: PublisherId(name.to_owned()),
        name: name.to_owned(),
        // Nobody goes there: names under .invalid are never found (RFC 2606).
        home: Url::parse("https://unknown.invalid/").ok()?,
        country,
        language: article.language.to_owned(),
        feeds: Vec::new(),
        kind: PublisherKind::National,
        ownership: None,
        alignments: Vec::new(),
        panel: country.as_str() == "US",
        family: None,
        enabled: true,
        note: None,
    })
}
