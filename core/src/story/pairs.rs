use chrono::{DateTime, TimeDelta, Utc};

use super::linkage::Edge;
use super::weights::Weighted;

/// Articles further apart are not compared.
pub const WINDOW: TimeDelta = TimeDelta::hours(72);
/// What a pair loses of its similarity at the end of the window: what happens on the next day is
/// more often the next event.
const LOST_WITH_TIME: f32 = 0.4;
/// Less than this comes from everyday words.
const LEAST: f32 = 0.05;

/// Every pair that is alike enough to matter, by an inverted index: only articles that share a
/// term meet.
pub(super) fn pairs(weighted: &Weighted, published: &[Option<DateTime<Utc>>]) -> Vec<Edge> {
    let mut index: Vec<Vec<(u32, f32)>> = vec![Vec::new(); weighted.terms];
    let mut sums = vec![0.0_f32; weighted.vectors.len()];
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
            let similarity = cosine * nearness(published[node], published[other as usize]);
            if similarity >= LEAST {
                edges.push(Edge {
                    a: other,
                    b: node as u32,
                    similarity,
                });
            }
        }
    }
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
