//! Average-linkage agglomeration (UPGMA, Sokal & Michener 1958) of a sparse graph.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::pairs::Link;

/// Merges the two clusters with the highest mean similarity while that is at least `threshold`.
/// `links` gives every node its links to earlier nodes, ascending; what is not linked is not alike
/// at all. Node `n` stands for `sizes[n]` articles. Returns the cluster of every node, named after
/// its first node. Ties go to the clusters with the earlier nodes, so the result depends on the
/// order of nodes and on nothing else.
pub(super) fn agglomerate(sizes: &[u32], mut links: Vec<Vec<Link>>, threshold: f32) -> Vec<u32> {
    // A merge needs a pair at or above the threshold, so clusters never reach beyond what such
    // pairs connect: each component is merged by itself, and only its sums are in memory.
    let component = components(&links, threshold);
    let mut order: Vec<u32> = (0..sizes.len() as u32).collect();
    order.sort_by_key(|&node| component[node as usize]);
    let mut cluster: Vec<u32> = (0..sizes.len() as u32).collect();
    let mut place = vec![0; sizes.len()];
    for nodes in order.chunk_by(|a, b| component[*a as usize] == component[*b as usize]) {
        for (at, &node) in (0..).zip(nodes) {
            place[node as usize] = at;
        }
        let mut inside: Vec<Vec<Link>> = Vec::with_capacity(nodes.len());
        for &node in nodes {
            let mut links = std::mem::take(&mut links[node as usize]);
            links.retain_mut(|link| {
                let is_inside = component[link.other as usize] == component[node as usize];
                link.other = place[link.other as usize];
                is_inside
            });
            inside.push(links);
        }
        if nodes.len() > 1 {
            let sizes = nodes.iter().map(|&node| sizes[node as usize]).collect();
            let mut graph = Graph::new(sizes, inside);
            graph.merge(threshold);
            for (at, &node) in (0..).zip(nodes) {
                cluster[node as usize] = nodes[graph.cluster(at) as usize];
            }
        }
    }
    cluster
}

/// One component while its clusters merge.
struct Graph {
    /// The cluster that a node is in, or one that it was in: follow to the end.
    cluster: Vec<u32>,
    /// Articles of a cluster.
    sizes: Vec<u32>,
    /// What a cluster is alike to, with the sum over all pairs of articles. Another cluster that has merged meanwhile stands here under the
    /// names of its parts until this one is merged itself.
    sums: Vec<Vec<Link>>,
}

impl Graph {
    /// From links to earlier nodes only. The other direction is added to the same lists, so that
    /// no link is ever held a third time.
    fn new(sizes: Vec<u32>, mut links: Vec<Vec<Link>>) -> Self {
        let earlier: Vec<usize> = links.iter().map(Vec::len).collect();
        let mut later = vec![0; links.len()];
        for link in links.iter().flatten() {
            later[link.other as usize] += 1;
        }
        for (links, later) in links.iter_mut().zip(later) {
            links.reserve_exact(later);
        }
        for (node, earlier) in (0..).zip(earlier) {
            for at in 0..earlier {
                let link = &mut links[node as usize][at];
                let pairs = sizes[node as usize] as f32 * sizes[link.other as usize] as f32;
                link.similarity *= pairs;
                let Link { other, similarity } = *link;
                links[other as usize].push(Link {
                    other: node,
                    similarity,
                });
            }
        }
        Self {
            cluster: (0..sizes.len() as u32).collect(),
            sizes,
            sums: links,
        }
    }

    fn merge(&mut self, threshold: f32) {
        let mut heap = BinaryHeap::new();
        for node in 0..self.sizes.len() as u32 {
            let earlier = self.sums[node as usize].iter();
            let earlier = earlier.take_while(|sum| sum.other < node);
            heap.extend(earlier.filter_map(|sum| self.candidate(node, *sum, threshold)));
        }
        while let Some(Candidate { a, b, sizes, .. }) = heap.pop() {
            // Either has merged since.
            if sizes != (self.sizes[a as usize], self.sizes[b as usize]) {
                continue;
            }
            self.cluster[b as usize] = a;
            self.sizes[a as usize] += std::mem::take(&mut self.sizes[b as usize]);
            let sums = self.sums_of_both(a, b);
            let merges = sums.iter();
            heap.extend(merges.filter_map(|sum| self.candidate(a, *sum, threshold)));
            self.sums[a as usize] = sums;
        }
    }

    fn sums_of_both(&mut self, a: u32, b: u32) -> Vec<Link> {
        let mut sums = std::mem::take(&mut self.sums[a as usize]);
        sums.append(&mut std::mem::take(&mut self.sums[b as usize]));
        for sum in &mut sums {
            sum.other = self.cluster(sum.other);
        }
        sums.retain(|sum| sum.other != a);
        sums.sort_by_key(|sum| sum.other);
        sums.dedup_by(|next, kept| {
            let is_same = next.other == kept.other;
            if is_same {
                kept.similarity += next.similarity;
            }
            is_same
        });
        sums.shrink_to_fit();
        sums
    }

    fn candidate(&self, a: u32, sum: Link, threshold: f32) -> Option<Candidate> {
        let (a, b) = (a.min(sum.other), a.max(sum.other));
        let sizes = (self.sizes[a as usize], self.sizes[b as usize]);
        let mean = sum.similarity / (sizes.0 as f32 * sizes.1 as f32);
        (mean >= threshold).then_some(Candidate { mean, a, b, sizes })
    }

    /// The first node of the cluster that a node is in.
    fn cluster(&mut self, node: u32) -> u32 {
        root(&mut self.cluster, node)
    }
}

/// A merge to consider. It is out of date when a size is no longer what it was.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    mean: f32,
    a: u32,
    b: u32,
    sizes: (u32, u32),
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.mean
            .total_cmp(&other.mean)
            .then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

/// For every node the first node it is connected with by links at or above the threshold.
fn components(links: &[Vec<Link>], threshold: f32) -> Vec<u32> {
    let mut of: Vec<u32> = (0..links.len() as u32).collect();
    for (node, links) in (0..).zip(links) {
        for link in links.iter().filter(|link| link.similarity >= threshold) {
            let (a, b) = (root(&mut of, node), root(&mut of, link.other));
            of[a.max(b) as usize] = a.min(b);
        }
    }
    (0..links.len() as u32)
        .map(|node| root(&mut of, node))
        .collect()
}

/// Where following a node's parents ends (Tarjan & van Leeuwen 1984, with path halving).
fn root(of: &mut [u32], mut node: u32) -> u32 {
    while of[node as usize] != node {
        of[node as usize] = of[of[node as usize] as usize];
        node = of[node as usize];
    }
    node
}
