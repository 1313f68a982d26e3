use std::collections::HashMap;

use super::pairs::nearness;
use super::second_search::MAY_TELL;
use super::vector::{ArticleVector, TermId};
use super::whole::{ByTerm, WholeWeights, length};

/// The nearest story must be so many times as near as the next one.
const MARGIN: f32 = 2.0;

/// Gives articles that are alone to the story they plainly belong to.
///
/// A headline with a teaser, which is all that many feeds give, has too few words to be near each of
/// a story's articles on average. Near their sum (Rocchio 1971) it can be, and if no other story
/// comes close, it is of that one. `clusters` names the cluster of every node after its first node.
/// Every stray is compared with the stories as linkage made them, so their order does not matter.
pub(super) fn join_strays(nodes: &[&ArticleVector], clusters: &mut [u32]) {
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); nodes.len()];
    for (node, &cluster) in (0..).zip(clusters.iter()) {
        members[cluster as usize].push(node);
    }
    let stories: Vec<&Vec<u32>> = members.iter().filter(|it| it.len() > 1).collect();
    if stories.is_empty() {
        return;
    }
    let weights = WholeWeights::new(nodes);
    let sums = Sums::new(nodes, &stories, &weights);
    let mut products = vec![0.0; stories.len()];
    for (node, article) in nodes.iter().enumerate() {
        if members[node].len() != 1 {
            continue;
        }
        sums.multiply(&weights.vector(article), &mut products);
        let (mut nearest, mut most, mut next) = (None, 0.0, 0.0);
        for (story, product) in products.iter().enumerate() {
            let similarity = product / sums.lengths[story];
            if similarity <= next {
                continue;
            }
            let mut times = stories[story]
                .iter()
                .map(|at| nodes[*at as usize].published);
            if !times.any(|published| nearness(published, article.published) > 0.0) {
                continue;
            }
            if similarity > most {
                (nearest, most, next) = (Some(story), similarity, most);
            } else {
                next = similarity;
            }
        }
        if let Some(story) = nearest
            && most >= MAY_TELL
            && most >= MARGIN * next
        {
            clusters[node] = stories[story][0];
        }
    }
}

/// The sum of each story's articles, by term.
struct Sums {
    /// The stories that have a term, ascending, and their weight of it.
    holders: ByTerm<Vec<(u32, f32)>>,
    lengths: Vec<f32>,
}

impl Sums {
    fn new(nodes: &[&ArticleVector], stories: &[&Vec<u32>], weights: &WholeWeights) -> Self {
        let mut holders: ByTerm<Vec<(u32, f32)>> = HashMap::default();
        let mut lengths = Vec::with_capacity(stories.len());
        for (story, members) in (0..).zip(stories) {
            let mut sum: Vec<_> = members
                .iter()
                .flat_map(|node| weights.vector(nodes[*node as usize]))
                .collect();
            // Stable, so that floats are added in the order of the articles.
            sum.sort_by_key(|(term, _)| *term);
            sum.dedup_by(|(term, weight), (kept, total)| {
                let is_same = term == kept;
                if is_same {
                    *total += *weight;
                }
                is_same
            });
            lengths.push(length(sum.iter().map(|(_, weight)| *weight)));
            for (term, weight) in sum {
                holders.entry(term).or_default().push((story, weight));
            }
        }
        Self { holders, lengths }
    }

    /// The products of a vector with every sum.
    fn multiply(&self, vector: &[(TermId, f32)], products: &mut [f32]) {
        products.fill(0.0);
        for (term, weight) in vector {
            for (story, its) in self.holders.get(term).into_iter().flatten() {
                products[*story as usize] += its * weight;
            }
        }
    }
}
