//! Average-linkage agglomeration (UPGMA, Sokal & Michener 1958) of a sparse graph.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// How alike two nodes are; pairs without an edge are not alike at all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edge {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) similarity: f32,
}

/// Merges the two clusters with the highest mean similarity while that is at least `threshold`.
/// Node `n` stands for `sizes[n]` articles. Returns the cluster of every node, numbered by their
/// first nodes. Ties go to the clusters with the earlier nodes, so the result depends on the order
/// of nodes and on nothing else.
pub(super) fn agglomerate(sizes: &[u32], edges: &[Edge], threshold: f32) -> Vec<u32> {
    let nodes = sizes.len();
    // The first node of a cluster names it.
    let mut cluster: Vec<u32> = (0..nodes as u32).collect();
    let components = components(nodes, edges, threshold);
    // Sums of similarities between clusters. A merge needs a pair at or above the threshold, so
    // clusters never reach beyond what such pairs connect, and other edges need not be kept.
    let mut sums: Vec<BTreeMap<u32, f32>> = vec![BTreeMap::new(); nodes];
    let mut heap = BinaryHeap::new();
    let mut sizes = sizes.to_vec();
    for edge in edges {
        let (a, b) = (edge.a.min(edge.b), edge.a.max(edge.b));
        if components[a as usize] != components[b as usize] {
            continue;
        }
        let sum = edge.similarity * sizes[a as usize] as f32 * sizes[b as usize] as f32;
        sums[a as usize].insert(b, sum);
        sums[b as usize].insert(a, sum);
        if edge.similarity >= threshold {
            heap.push(Candidate {
                mean: edge.similarity,
                a,
                b,
                sizes: (sizes[a as usize], sizes[b as usize]),
            });
        }
    }
    while let Some(candidate) = heap.pop() {
        let (a, b) = (candidate.a, candidate.b);
        // Either has merged since.
        if candidate.sizes != (sizes[a as usize], sizes[b as usize]) {
            continue;
        }
        let absorbed = std::mem::take(&mut sums[b as usize]);
        let size = sizes[a as usize] + sizes[b as usize];
        sizes[a as usize] = size;
        sizes[b as usize] = 0;
        cluster[b as usize] = a;
        for (other, sum) in absorbed {
            sums[other as usize].remove(&b);
            if other != a {
                *sums[a as usize].entry(other).or_default() += sum;
            }
        }
        let changed = std::mem::take(&mut sums[a as usize]);
        for (&other, &sum) in &changed {
            sums[other as usize].insert(a, sum);
            let mean = sum / (size as f32 * sizes[other as usize] as f32);
            if mean >= threshold {
                let (a, b) = (a.min(other), a.max(other));
                heap.push(Candidate {
                    mean,
                    a,
                    b,
                    sizes: (sizes[a as usize], sizes[b as usize]),
                });
            }
        }
        sums[a as usize] = changed;
    }
    for node in 0..nodes {
        let mut first = cluster[node];
        while cluster[first as usize] != first {
            first = cluster[first as usize];
        }
        cluster[node] = first;
    }
    cluster
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

/// For every node the first node it is connected with.
fn components(nodes: usize, edges: &[Edge], threshold: f32) -> Vec<u32> {
    fn first(of: &mut [u32], mut node: u32) -> u32 {
        while of[node as usize] != node {
            of[node as usize] = of[of[node as usize] as usize];
            node = of[node as usize];
        }
        node
    }
    let mut of: Vec<u32> = (0..nodes as u32).collect();
    for edge in edges.iter().filter(|edge| edge.similarity >= threshold) {
        let (a, b) = (first(&mut of, edge.a), first(&mut of, edge.b));
        of[a.max(b) as usize] = a.min(b);
    }
    for node in 0..nodes as u32 {
        of[node as usize] = first(&mut of, node);
    }
    of
}
