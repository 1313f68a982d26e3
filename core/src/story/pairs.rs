use chrono::{DateTime, TimeDelta, Utc};

use super::linkage::Edge;
use super::weights::Weighted;

/// Articles further apart are not compared.
pub const WINDOW: TimeDelta = TimeDelta::hours(72);
/// What a pair loses of its similarity at the end of the window: what happens on the next day is
/// more often the next event.
const LOST_WITH_TIME: f32 = 0.4;
/// Less than this comes from everyday words: half of what joins two articles.
const LEAST: f32 = 0.04;
/// Similarities are halved where the articles are on average so alike to all of their window.
const CROWDED: f32 = 0.05;
/// That average is taken over so many strangers more.
const STRANGERS: f32 = 30.0;

/// Every pair that is alike enough to matter, by an inverted index: only articles that share a
/// term meet. `published` ascends, `None` first.
///
/// Where everybody writes about the same subject, two articles are alike without being about the
/// same event. So a pair counts relative to how alike both are to their whole window (the centring
/// of Suzuki et al. 2013, who show that it removes hubs, as a ratio).
pub(super) fn pairs(weighted: &Weighted, published: &[Option<DateTime<Utc>>]) -> Vec<Edge> {
    let mut index: Vec<Vec<(u32, f32)>> = vec![Vec::new(); weighted.terms];
    let mut sums = vec![0.0_f32; weighted.vectors.len()];
    let mut crowd = vec![0.0_f32; weighted.vectors.len()];
    let mut met: Vec<u32> = Vec::new();
    let mut edges = Vec::new();
    for (node, vector) in weighted.vectors.iter().enumerate() {
        for weight in vector {
            let Some(postings) = index.get_mut(weight.term as usize) else {
                continue;
            };
            for &(other, its) in &*postings {
                let sum = &mut sums[other as usize];
                if *sum == 0.0 {
                    met.push(other);
                }
                *sum += its * weight.weight;
            }
            postings.push((node as u32, weight.weight));
        }
        for other in met.drain(..) {
            let cosine = std::mem::take(&mut sums[other as usize]);
            let nearness = nearness(published[node], published[other as usize]);
            if nearness == 0.0 {
                continue;
            }
            crowd[node] += cosine;
            crowd[other as usize] += cosine;
            let similarity = cosine * nearness;
            if similarity >= LEAST {
                edges.push(Edge {
                    a: other,
                    b: node as u32,
                    similarity,
                });
            }
        }
    }
    for (sum, neighbours) in crowd.iter_mut().zip(neighbours(published)) {
        *sum /= neighbours as f32 + STRANGERS;
    }
    for edge in &mut edges {
        let crowd = (crowd[edge.a as usize] + crowd[edge.b as usize]) / 2.0;
        edge.similarity *= CROWDED / (CROWDED + crowd);
    }
    edges.retain(|edge| edge.similarity >= LEAST);
    edges.shrink_to_fit();
    edges
}

/// 1 at the same time, falling in a line, 0 beyond the window.
pub(super) fn nearness(a: Option<DateTime<Utc>>, b: Option<DateTime<Utc>>) -> f32 {
    let (Some(a), Some(b)) = (a, b) else {
        return 1.0;
    };
    let apart = (a - b).abs();
    if apart > WINDOW {
        return 0.0;
    }
    1.0 - LOST_WITH_TIME * apart.num_seconds() as f32 / WINDOW.num_seconds() as f32
}

/// How many articles are in the window of each, itself included.
fn neighbours(published: &[Option<DateTime<Utc>>]) -> Vec<usize> {
    let undated = published.partition_point(Option::is_none);
    let dated = &published[undated..];
    let (mut from, mut to) = (0, 0);
    let mut counts = vec![published.len(); undated];
    for &at in dated {
        while nearness(dated[from], at) == 0.0 {
            from += 1;
        }
        while to < dated.len() && nearness(dated[to], at) > 0.0 {
            to += 1;
        }
        counts.push(undated + to - from);
    }
    counts
}
