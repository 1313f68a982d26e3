use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::background;
use super::vector::{ArticleVector, TermId, TermKind};
use super::weights::{BACKGROUND, COMMON, Hashed, factor};

/// A map by term.
pub(super) type ByTerm<T> = HashMap<TermId, T, BuildHasherDefault<Hashed>>;

/// Plain TF-IDF over all that is known of an article, its details beside its terms: what compares an
/// article with a whole story, in which neither crowds nor time lessen what they have in common.
pub(super) struct WholeWeights {
    counts: ByTerm<u32>,
    articles: f32,
}

impl WholeWeights {
    /// How rare a term is, these articles say, with the background.
    pub(super) fn new(articles: &[&ArticleVector]) -> Self {
        let mut counts: ByTerm<u32> = HashMap::default();
        for (term, _) in articles.iter().flat_map(|article| known(article)) {
            *counts.entry(term).or_default() += 1;
        }
        Self {
            counts,
            articles: articles.len() as f32,
        }
    }

    /// An article as a vector of length 1.
    pub(super) fn vector(&self, article: &ArticleVector) -> Vec<(TermId, f32)> {
        let total = BACKGROUND + self.articles;
        let mut vector: Vec<(TermId, f32)> = known(article)
            .filter_map(|(term, times)| {
                let count = self.counts.get(&term).copied().unwrap_or_default();
                let share = (BACKGROUND * background::share(term) + count as f32) / total;
                (share <= COMMON).then(|| (term, -share.ln() * times))
            })
            .collect();
        let length = length(vector.iter().map(|(_, weight)| *weight));
        for (_, weight) in &mut vector {
            *weight /= length;
        }
        vector
    }
}

/// The length of a vector; never zero, so that it can be divided by.
pub(super) fn length(weights: impl Iterator<Item = f32>) -> f32 {
    let square: f32 = weights.map(|weight| weight * weight).sum();
    square.sqrt().max(f32::MIN_POSITIVE)
}

/// All that is known of an article, with what it weighs before rarity.
fn known(article: &ArticleVector) -> impl Iterator<Item = (TermId, f32)> {
    let terms = article.terms.iter().map(|term| {
        let times = 1.0 + f32::from(term.count).ln();
        (term.id, times * factor(term.kind))
    });
    let details = article.details.iter();
    terms.chain(details.map(|detail| (*detail, factor(TermKind::Word))))
}
