use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};

use super::group::{SecondSimilarity, group};
use super::ids::{Successor, assign};
use super::pairs::WINDOW;
use super::vector::ArticleVector;
use crate::model::StoryId;

/// The articles of the last 72 hours and their stories. Adding an article costs nothing until
/// [`regroup`](Self::regroup), which reads no text: it works on what [`ArticleVector::read`] kept.
#[derive(Debug, Default)]
pub struct Window {
    articles: BTreeMap<String, ArticleVector>,
    stories: HashMap<String, StoryId>,
}

/// A story of the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Which.
    pub id: StoryId,
    /// Ids of its articles, by time, then id.
    pub articles: Vec<String>,
}

/// What a regrouping gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regrouped {
    /// Every article of the window is in exactly one of them, by the time of their first.
    pub stories: Vec<Story>,
    /// Old stories whose marks go to another id.
    pub successors: Vec<Successor>,
}

impl Window {
    /// Empty.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an article, or replaces the one with its id.
    pub fn add(&mut self, article: ArticleVector) {
        self.articles.insert(article.id.clone(), article);
    }

    /// Takes an article out.
    pub fn remove(&mut self, id: &str) {
        self.articles.remove(id);
        self.stories.remove(id);
    }

    /// Says which story an article was in before, as a store remembers it.
    pub fn remember(&mut self, article: String, story: StoryId) {
        self.stories.insert(article, story);
    }

    /// The articles, by id.
    pub fn articles(&self) -> impl Iterator<Item = &ArticleVector> {
        self.articles.values()
    }

    /// One article.
    pub fn article(&self, id: &str) -> Option<&ArticleVector> {
        self.articles.get(id)
    }

    /// Drops what is older than the window and groups the rest. Dates in the future count as now,
    /// and so do missing ones only in that they never grow old: give articles the time they were
    /// first seen.
    pub fn regroup(
        &mut self,
        now: DateTime<Utc>,
        second: Option<&dyn SecondSimilarity>,
    ) -> Regrouped {
        let oldest = now - WINDOW;
        self.articles.retain(|_, article| {
            article.published = article.published.map(|published| published.min(now));
            article
                .published
                .is_none_or(|published| published >= oldest)
        });
        let articles: Vec<&ArticleVector> = self.articles.values().collect();
        let groups = group(&articles, second);
        let (ids, successors) = assign(&articles, &groups, &self.stories, now);
        let stories: Vec<Story> = ids
            .into_iter()
            .zip(groups)
            .map(|(id, group)| Story {
                id,
                articles: group
                    .into_iter()
                    .map(|at| articles[at].id.clone())
                    .collect(),
            })
            .collect();
        self.stories = stories
            .iter()
            .flat_map(|story| story.articles.iter().map(|id| (id.clone(), story.id)))
            .collect();
        Regrouped {
            stories,
            successors,
        }
    }
}
