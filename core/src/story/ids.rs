//! Stories keep their ids while they grow, split and merge.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::vector::{ArticleVector, fnv};
use crate::model::StoryId;

/// When nothing was added to a story for so long, its id is settled.
pub(super) const SETTLED: TimeDelta = TimeDelta::hours(24);

/// Where the readers of a story that is no more find it: its marks and positions follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Successor {
    /// The id that is gone, or that from now on names another story.
    pub old: StoryId,
    /// The story that most of its articles are in.
    pub new: StoryId,
}

/// Gives every group an id. `groups` hold indices into `articles`, first member first; `before`
/// says which story an article was in, by article id.
///
/// An old id goes to the group with most of the old story's articles (then to the one with the
/// earlier first article), and a group that could have several takes that of the largest share. What
/// is left is named after its first article. A story none of whose articles is younger than
/// a day is named after its first article in any case, so that in the end ids do not tell in
/// which order articles arrived.
pub(super) fn assign(
    articles: &[&ArticleVector],
    groups: &[Vec<usize>],
    before: &HashMap<String, StoryId>,
    now: DateTime<Utc>,
) -> (Vec<StoryId>, Vec<Successor>) {
    let mut ids: Vec<Option<StoryId>> = groups
        .iter()
        .map(|group| {
            let is_settled = group.iter().all(|&at| {
                articles[at]
                    .published
                    .is_none_or(|published| now - published >= SETTLED)
            });
            is_settled.then(|| StoryId::first(&articles[group[0]].id))
        })
        .collect();
    let mut taken: HashSet<StoryId> = ids.iter().copied().flatten().collect();
    let shares = shares(articles, groups, before);
    let mut by_size: Vec<(&(StoryId, usize), &usize)> = shares.iter().collect();
    by_size.sort_by_key(|&(&(old, group), &share)| (std::cmp::Reverse(share), group, old));
    for &(&(old, group), _) in &by_size {
        if ids[group].is_none() && taken.insert(old) {
            ids[group] = Some(old);
        }
    }
    let ids: Vec<StoryId> = ids
        .into_iter()
        .zip(groups)
        .map(|(id, group)| id.unwrap_or_else(|| fresh(&articles[group[0]].id, &mut taken)))
        .collect();
    let mut successors = BTreeMap::new();
    for (&(old, group), _) in by_size {
        successors.entry(old).or_insert(ids[group]);
    }
    let successors = successors
        .into_iter()
        .filter(|(old, new)| old != new)
        .map(|(old, new)| Successor { old, new })
        .collect();
    (ids, successors)
}

/// How many articles of an old story are in a group.
fn shares(
    articles: &[&ArticleVector],
    groups: &[Vec<usize>],
    before: &HashMap<String, StoryId>,
) -> BTreeMap<(StoryId, usize), usize> {
    let mut shares = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        for &member in group {
            if let Some(old) = before.get(&articles[member].id) {
                *shares.entry((*old, at)).or_default() += 1;
            }
        }
    }
    shares
}

/// An id after the first article, or the next one where a part that split off holds that.
fn fresh(article: &str, taken: &mut HashSet<StoryId>) -> StoryId {
    let mut id = StoryId::first(article);
    while !taken.insert(id) {
        id = StoryId(fnv(&id.0.to_le_bytes()));
    }
    id
}
