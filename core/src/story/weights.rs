use std::collections::HashMap;

use super::background;
use super::vector::{ArticleVector, TermId, TermKind};

/// The background counts as much as a window of so many articles.
const BACKGROUND: f32 = 300.0;
/// Terms in a larger share of texts tell nothing about an event.
const COMMON: f32 = 0.1;
/// Names and numbers say which event it is.
const NAME_BONUS: f32 = 1.25;
/// A full name counts beside the words it is made of.
const FULL_NAME: f32 = 0.5;

/// Weight of one term in one article, of a vector of length 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weight {
    pub(super) term: u32,
    pub(super) weight: f32,
}

/// The articles of a window as vectors of length 1 over terms numbered from 0.
///
/// Sublinear TF-IDF (Salton & Buckley 1988). The IDF mixes the window's own counts with the
/// background's, as a Dirichlet prior does, so that one article more changes little.
pub(super) struct Weighted {
    pub(super) vectors: Vec<Vec<Weight>>,
    pub(super) terms: usize,
}

impl Weighted {
    pub(super) fn new(articles: &[&ArticleVector]) -> Self {
        let mut counts: HashMap<TermId, u32> = HashMap::new();
        for term in articles.iter().flat_map(|article| &article.terms) {
            *counts.entry(term.id).or_default() += 1;
        }
        let total = BACKGROUND + articles.len() as f32;
        // A term of one article joins nothing: it counts for the length only.
        let mut numbers: HashMap<TermId, (u32, f32)> = HashMap::new();
        let mut terms = 0;
        let vectors = articles
            .iter()
            .map(|article| {
                let mut square = 0.0;
                let mut vector = Vec::new();
                for term in &article.terms {
                    let count = counts.get(&term.id).copied().unwrap_or(1);
                    let (number, idf) = *numbers.entry(term.id).or_insert_with(|| {
                        let share =
                            (BACKGROUND * background::share(term.id) + count as f32) / total;
                        let idf = if share > COMMON { 0.0 } else { -share.ln() };
                        let number = terms;
                        terms += u32::from(count > 1 && idf > 0.0);
                        (number, idf)
                    });
                    let weight = (1.0 + f32::from(term.count).ln()) * idf * factor(term.kind);
                    square += weight * weight;
                    if count > 1 && weight > 0.0 {
                        vector.push(Weight {
                            term: number,
                            weight,
                        });
                    }
                }
                let length = square.sqrt().max(f32::MIN_POSITIVE);
                for weight in &mut vector {
                    weight.weight /= length;
                }
                vector.shrink_to_fit();
                vector
            })
            .collect();
        Self {
            vectors,
            terms: terms as usize,
        }
    }
}

pub(super) fn factor(kind: TermKind) -> f32 {
    match kind {
        TermKind::Word => 1.0,
        TermKind::Name => NAME_BONUS,
        TermKind::FullName => FULL_NAME,
    }
}
