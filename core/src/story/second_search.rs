use std::collections::{HashMap, HashSet};

use super::pairs::nearness;
use super::vector::{ArticleVector, TermId};
use super::whole::{ByTerm, WholeWeights, length};

/// An article at least this alike to a story may tell it. Of American articles that were taken out
/// of their story 97 in 100 are above it: `docs/grouping.md`.
pub const MAY_TELL: f32 = 0.10;

/// A search for articles that tell a story though grouping left them out, to be made before anything
/// is claimed from nobody having told it.
///
/// It looks at each article's details beside its terms, so that a headline and a first paragraph in
/// words of their own hide nothing, and compares with the sum of a story's articles, in which counts
/// what they have in common (Rocchio 1971). Plain TF-IDF: neither crowds nor time lessen it.
pub struct SecondSearch<'a> {
    /// Each with its vector, which every story is compared with.
    articles: Vec<(&'a ArticleVector, Vec<(TermId, f32)>)>,
    weights: WholeWeights,
}

/// The article that comes nearest to a story.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    /// Its id.
    pub article: String,
    /// From 0, not a term in common, to 1.
    pub similarity: f32,
}

impl Nearest {
    /// Whether that is near enough to say nothing of a story nobody told.
    pub fn may_tell(&self) -> bool {
        self.similarity >= MAY_TELL
    }
}

impl<'a> SecondSearch<'a> {
    /// Over all articles that might tell a story, such as those of all American publishers. How
    /// rare a term is, they say as well.
    pub fn new(articles: &[&'a ArticleVector]) -> Self {
        let weights = WholeWeights::new(articles);
        let articles = articles.iter();
        let articles = articles.map(|&article| (article, weights.vector(article)));
        Self {
            articles: articles.collect(),
            weights,
        }
    }

    /// The nearest article; of several the one with the smaller id. `None` when there is none.
    pub fn nearest(&self, story: &[&ArticleVector]) -> Option<Nearest> {
        let mut best: Option<(f32, &str)> = None;
        for (article, similarity) in self.similarities(story) {
            let is_better = best.is_none_or(|(most, id)| {
                similarity > most || (similarity == most && *article.id < *id)
            });
            if is_better {
                best = Some((similarity, &article.id));
            }
        }
        best.map(|(similarity, id)| Nearest {
            article: id.to_owned(),
            similarity,
        })
    }

    /// How alike every article within 72 hours of any of the story's is to the story, which passes
    /// over its own.
    pub fn similarities(&self, story: &[&ArticleVector]) -> Vec<(&'a ArticleVector, f32)> {
        let mut sum: ByTerm<f32> = HashMap::default();
        for article in story {
            for (term, weight) in self.weights.vector(article) {
                *sum.entry(term).or_default() += weight;
            }
        }
        let mut sums: Vec<f32> = sum.values().copied().collect();
        // The map gives them in any order, and a sum of floats is to be made in one.
        sums.sort_unstable_by(f32::total_cmp);
        let length_of_sum = length(sums.into_iter());
        let own: HashSet<&str> = story.iter().map(|article| &*article.id).collect();
        let is_near = |article: &ArticleVector| {
            let mut times = story.iter().map(|member| member.published);
            times.any(|published| nearness(published, article.published) > 0.0)
        };
        self.articles
            .iter()
            .filter(|(article, _)| !own.contains(&*article.id) && is_near(article))
            .map(|(article, vector)| {
                let products = vector
                    .iter()
                    .filter_map(|(term, weight)| Some(weight * sum.get(term)?));
                (*article, products.sum::<f32>() / length_of_sum)
            })
            .collect()
    }
}
