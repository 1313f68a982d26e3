//! Which other tellings stand beside an article: `docs/stories.md` has the rule. Chosen by facts
//! alone, the same way every time.

use std::collections::{BTreeMap, HashSet};

use super::country;
use crate::model::{
    ArticleId, Ownership, PerspectiveId, Publisher, PublisherId, Region, Story, Take, Telling,
};

/// Takes that are offered.
const TAKES: usize = 8;

/// What is not yet among the articles shown counts as far. `None` is not known, and never far.
#[derive(Default)]
struct Shown {
    regions: HashSet<Region>,
    ownerships: HashSet<Ownership>,
    perspectives: HashSet<PerspectiveId>,
}

/// One text: the article that stands for it, and who prints it too.
struct Candidate<'a> {
    telling: &'a Telling,
    also_in: Vec<PublisherId>,
    region: Option<Region>,
    ownership: Option<Ownership>,
}

impl Candidate<'_> {
    fn perspective(&self) -> Option<&PerspectiveId> {
        self.telling.labels.first().map(|label| &label.perspective)
    }
}

/// The takes beside an article of a story: one a perspective, at most eight; see `docs/stories.md`
/// for which. What is muted is none, nor does it stand for a text. `publisher` looks facts up.
pub fn takes<'a>(
    story: &Story,
    shown: ArticleId,
    publisher: &dyn Fn(&PublisherId) -> Option<&'a Publisher>,
) -> Vec<Take> {
    let tellings = story.articles.iter();
    let tellings: Vec<&Telling> = tellings
        .filter(|telling| !telling.row.muted || telling.row.id == shown)
        .collect();
    let mut left = candidates(&tellings, publisher);
    let text_of = |id: ArticleId| {
        let telling = tellings.iter().find(|telling| telling.row.id == id);
        telling.map_or(id, |telling| original(telling))
    };
    let mut seen = Shown::default();
    let own = text_of(shown);
    left.retain(|candidate| {
        let is_own = original(candidate.telling) == own;
        if is_own {
            seen.add(candidate);
        }
        !is_own
    });
    // A copy may have other labels than the text it copies, and another publisher.
    if let Some(telling) = tellings.iter().find(|one| one.row.id == shown) {
        seen.add(&candidate(telling, Vec::new(), publisher));
    }
    let mut takes = Vec::new();
    while takes.len() < TAKES {
        left.retain(|candidate| {
            candidate
                .perspective()
                .is_some_and(|perspective| !seen.perspectives.contains(perspective))
        });
        let best = left
            .iter()
            .enumerate()
            .min_by_key(|(_, candidate)| {
                let row = &candidate.telling.row;
                (seen.nearness(candidate), row.sort_at, row.id)
            })
            .map(|(at, _)| at);
        let Some(best) = best else { break };
        let candidate = left.swap_remove(best);
        seen.add(&candidate);
        takes.extend(take(candidate));
    }
    takes
}

/// What an article is a copy of; itself where it is none.
fn original(telling: &Telling) -> ArticleId {
    telling.copy_of.unwrap_or(telling.row.id)
}

/// The texts of some tellings, each once: what the others are copies of stands for it, or the
/// earliest where that one is muted.
fn candidates<'a, 'p>(
    tellings: &[&'a Telling],
    publisher: &dyn Fn(&PublisherId) -> Option<&'p Publisher>,
) -> Vec<Candidate<'a>> {
    let mut texts: BTreeMap<ArticleId, Vec<&Telling>> = BTreeMap::new();
    for &telling in tellings {
        texts.entry(original(telling)).or_default().push(telling);
    }
    texts
        .into_values()
        .filter_map(|mut tellings| {
            tellings.sort_by_key(|telling| {
                let row = &telling.row;
                (telling.copy_of.is_some(), row.sort_at, row.id)
            });
            let (first, rest) = tellings.split_first()?;
            let mut also_in: Vec<PublisherId> = Vec::new();
            for telling in rest {
                let id = &telling.row.publisher;
                if *id != first.row.publisher && !also_in.contains(id) {
                    also_in.push(id.clone());
                }
            }
            Some(candidate(first, also_in, publisher))
        })
        .collect()
}

fn candidate<'a, 'p>(
    telling: &'a Telling,
    also_in: Vec<PublisherId>,
    publisher: &dyn Fn(&PublisherId) -> Option<&'p Publisher>,
) -> Candidate<'a> {
    let facts = publisher(&telling.row.publisher);
    Candidate {
        telling,
        also_in,
        region: country::region(telling.row.country),
        ownership: facts.and_then(|publisher| publisher.ownership.as_ref().map(|fact| fact.value)),
    }
}

impl Shown {
    fn add(&mut self, candidate: &Candidate<'_>) {
        self.regions.extend(candidate.region);
        self.ownerships.extend(candidate.ownership);
        self.perspectives.extend(candidate.perspective().cloned());
    }

    /// 0 for another region and another ownership, 1 for another region, 2 for another ownership,
    /// 3 for neither.
    fn nearness(&self, candidate: &Candidate<'_>) -> u8 {
        let region = candidate
            .region
            .is_some_and(|region| !self.regions.contains(&region));
        let ownership = candidate
            .ownership
            .is_some_and(|ownership| !self.ownerships.contains(&ownership));
        2 * u8::from(!region) + u8::from(!ownership)
    }
}

fn take(candidate: Candidate<'_>) -> Option<Take> {
    let telling = candidate.telling;
    let (label, chips) = telling.labels.split_first()?;
    Some(Take {
        label: label.clone(),
        chips: chips.to_vec(),
        row: telling.row.clone(),
        first_sentence: telling.first_sentence.clone(),
        also_in: candidate.also_in,
    })
}
