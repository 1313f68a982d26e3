use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::linkage::agglomerate;
use super::pairs::{Link, links, nearness};
use super::strays::join_strays;
use super::vector::ArticleVector;
use super::weights::Weighted;

/// Clusters merge while the mean similarity of their pairs is at least this.
pub const THRESHOLD: f32 = 0.080;
/// How much the second similarity counts where both are known.
const SECOND: f32 = 0.3;

/// Another measure of how alike two articles are, such as the cosine of multilingual embeddings.
/// Grouping works without one.
pub trait SecondSimilarity {
    /// From 0, nothing in common, to 1, the same; on a scale on which [`THRESHOLD`] stands where a
    /// pair is as likely as not about one event. `None` where it is not known, and the words alone
    /// decide.
    fn between(&self, a: &str, b: &str) -> Option<f32>;

    /// Ids worth comparing with this article though they may share no word with it: those of other
    /// languages above all. Symmetric or not, each pair is compared once.
    fn near(&self, id: &str) -> Vec<String>;
}

/// Groups articles into stories: indices into `articles`, every article in exactly one group,
/// groups and members by time (articles without one first), then id. The result does not depend on
/// the order of `articles`; ids must differ.
pub fn group(
    articles: &[&ArticleVector],
    second: Option<&dyn SecondSimilarity>,
) -> Vec<Vec<usize>> {
    let nodes = Nodes::new(articles);
    let firsts: Vec<&ArticleVector> = nodes.firsts.iter().map(|&at| articles[at]).collect();
    let weighted = Weighted::new(&firsts);
    let published: Vec<Option<DateTime<Utc>>> = firsts.iter().map(|node| node.published).collect();
    let mut links = links(&weighted, &published);
    drop(weighted);
    if let Some(second) = second {
        mix(&mut links, &firsts, second);
    }
    let mut clusters = agglomerate(&nodes.sizes(), links, THRESHOLD);
    join_strays(&firsts, &mut clusters);
    nodes.groups(&clusters)
}

/// Articles with the very same terms are one node, so that thousands of copies cost no more than
/// one and do not make their own words common.
struct Nodes {
    /// Articles in order, and the node of each; `None` for those that stay single.
    order: Vec<(usize, Option<u32>)>,
    /// The first article of each node.
    firsts: Vec<usize>,
}

impl Nodes {
    fn new(articles: &[&ArticleVector]) -> Self {
        let mut order: Vec<usize> = (0..articles.len()).collect();
        order.sort_by_key(|&at| (articles[at].published, &articles[at].id));
        let mut firsts: Vec<usize> = Vec::new();
        let mut open: HashMap<&[super::vector::Term], u32> = HashMap::new();
        let order = order
            .into_iter()
            .map(|at| {
                let article = articles[at];
                if article.is_digest || article.terms.is_empty() {
                    return (at, None);
                }
                let node = match open.get(article.terms.as_slice()) {
                    Some(&node)
                        if nearness(
                            articles[firsts[node as usize]].published,
                            article.published,
                        ) > 0.0 =>
                    {
                        node
                    }
                    _ => {
                        let node = firsts.len() as u32;
                        firsts.push(at);
                        open.insert(&article.terms, node);
                        node
                    }
                };
                (at, Some(node))
            })
            .collect();
        Self { order, firsts }
    }

    fn sizes(&self) -> Vec<u32> {
        let mut sizes = vec![0; self.firsts.len()];
        for node in self.order.iter().filter_map(|(_, node)| *node) {
            sizes[node as usize] += 1;
        }
        sizes
    }

    fn groups(&self, clusters: &[u32]) -> Vec<Vec<usize>> {
        let mut place: HashMap<u32, usize> = HashMap::new();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for &(at, node) in &self.order {
            let new = groups.len();
            let group = match node {
                Some(node) => *place.entry(clusters[node as usize]).or_insert(new),
                None => new,
            };
            if group == new {
                groups.push(Vec::new());
            }
            groups[group].push(at);
        }
        groups
    }
}

/// Replaces the similarity of words by the mixture where the second one is known.
fn mix(links: &mut [Vec<Link>], nodes: &[&ArticleVector], second: &dyn SecondSimilarity) {
    let places: HashMap<&str, u32> = (0..).zip(nodes).map(|(at, node)| (&*node.id, at)).collect();
    for (at, node) in (0..).zip(nodes) {
        for other in second.near(&node.id) {
            if let Some(&other) = places.get(&*other)
                && other != at
            {
                links[at.max(other) as usize].push(Link {
                    other: at.min(other),
                    similarity: 0.0,
                });
            }
        }
    }
    for (links, node) in links.iter_mut().zip(nodes) {
        // Stable: what the words say stands before the link that was only added.
        links.sort_by_key(|link| link.other);
        links.dedup_by_key(|link| link.other);
        for link in links {
            let other = nodes[link.other as usize];
            if let Some(value) = second.between(&node.id, &other.id) {
                let value = value.clamp(0.0, 1.0) * nearness(node.published, other.published);
                link.similarity = (1.0 - SECOND) * link.similarity + SECOND * value;
            }
        }
    }
}
