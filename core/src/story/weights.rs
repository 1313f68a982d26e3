use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::background;
use super::vector::{ArticleVector, Term, TermId, TermKind};

/// The background counts as much as a window of so many articles.
pub(super) const BACKGROUND: f32 = 300.0;
/// Terms in a larger share of texts tell nothing about an event.
pub(super) const COMMON: f32 = 0.1;
/// Names and numbers say which event it is.
const NAME_BONUS: f32 = 1.25;
/// A full name counts beside the words it is made of.
const FULL_NAME: f32 = 0.5;
/// Weights are kept in whole steps of one part in so many: half the memory of a float, and sums of
/// their products come out the same in whatever order they are made.
const STEPS: f32 = 4_096.0;

/// The articles of a window as vectors of length 1 over terms numbered from 0.
///
/// Sublinear TF-IDF (Salton & Buckley 1988). The IDF mixes the window's own counts with the
/// background's, as a Dirichlet prior does, so that one article more changes little.
pub(super) struct Weighted {
    /// Where the vector of each article begins in the two below, and at last where they end.
    starts: Vec<u32>,
    terms: Vec<u32>,
    weights: Vec<u16>,
    /// How many articles have each term.
    pub(super) holders: Vec<u32>,
}

impl Weighted {
    pub(super) fn new(articles: &[&ArticleVector]) -> Self {
        let mut counts: HashMap<TermId, Count, BuildHasherDefault<Hashed>> = HashMap::default();
        for term in articles.iter().flat_map(|article| &article.terms) {
            counts.entry(term.id).or_default().articles += 1;
        }
        // A term of one article joins nothing: it counts for the length only.
        let kept = counts.values().filter(|count| count.articles > 1);
        let postings = kept.map(|count| count.articles as usize).sum();
        let total = BACKGROUND + articles.len() as f32;
        for (term, count) in &mut counts {
            let share = (BACKGROUND * background::share(*term) + count.articles as f32) / total;
            count.idf = if share > COMMON { 0.0 } else { -share.ln() };
        }
        let mut weighted = Self {
            starts: Vec::with_capacity(articles.len() + 1),
            terms: Vec::with_capacity(postings),
            weights: Vec::with_capacity(postings),
            holders: Vec::new(),
        };
        let mut known: Vec<(u32, f32)> = Vec::new();
        weighted.starts.push(0);
        for article in articles {
            let mut square = 0.0;
            known.clear();
            for term in &article.terms {
                let Some(count) = counts.get_mut(&term.id) else {
                    continue;
                };
                let weight = weight(term, count.idf);
                square += weight * weight;
                if count.articles > 1 && weight > 0.0 {
                    let number = *count.number.get_or_insert_with(|| {
                        weighted.holders.push(0);
                        weighted.holders.len() as u32 - 1
                    });
                    known.push((number, weight));
                }
            }
            let length = square.sqrt().max(f32::MIN_POSITIVE);
            for &(number, weight) in &known {
                let steps = (weight / length * STEPS).round() as u16;
                if steps > 0 {
                    weighted.holders[number as usize] += 1;
                    weighted.terms.push(number);
                    weighted.weights.push(steps);
                }
            }
            weighted.starts.push(weighted.terms.len() as u32);
        }
        weighted
    }

    /// How many articles.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Terms and their weights, in steps.
    pub(super) fn vector(&self, article: usize) -> impl Iterator<Item = (usize, u32)> {
        let range = self.starts[article] as usize..self.starts[article + 1] as usize;
        let terms = self.terms[range.clone()].iter();
        terms
            .zip(&self.weights[range])
            .map(|(term, weight)| (*term as usize, u32::from(*weight)))
    }
}

/// A sum of products of steps as a cosine.
pub(super) fn cosine(products: u64) -> f32 {
    products as f32 / (STEPS * STEPS)
}

/// What a window knows of a term.
#[derive(Default)]
struct Count {
    articles: u32,
    idf: f32,
    number: Option<u32>,
}

fn weight(term: &Term, idf: f32) -> f32 {
    (1.0 + f32::from(term.count).ln()) * idf * factor(term.kind)
}

pub(super) fn factor(kind: TermKind) -> f32 {
    match kind {
        TermKind::Word => 1.0,
        TermKind::Name => NAME_BONUS,
        TermKind::FullName => FULL_NAME,
    }
}

/// Term ids are hashes already; multiplying spreads them over the upper bits, which a map looks at
/// as well.
#[derive(Default)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, value: u32) {
        self.0 = (self.0 ^ u64::from(value)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
