use chrono::{DateTime, TimeDelta, Utc};

use super::weights::{Weighted, cosine};

/// Articles further apart are not compared.
pub const WINDOW: TimeDelta = TimeDelta::hours(72);
/// What a pair loses of its similarity at the end of the window: what happens on the next day is
/// more often the next event.
const LOST_WITH_TIME: f32 = 0.4;
/// Less than this comes from everyday words: two thirds of what joins two articles.
const LEAST: f32 = 0.05;
/// Similarities are halved where the articles are on average so alike to all of their window.
const CROWDED: f32 = 0.05;
/// That average is taken over so many strangers more.
const STRANGERS: f32 = 30.0;

/// How many links are kept, 8 bytes each. Ten thousand ordinary articles have 600,000.
const LINKS: usize = 1_000_000;

/// How alike an article is to another one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    pub(super) other: u32,
    pub(super) similarity: f32,
}

/// Gives every article its links to the earlier ones that are alike enough to matter, ascending, by
/// an inverted index: only articles that share a term meet. `published` ascends, `None` first.
///
/// Where everybody writes about the same subject, two articles are alike without being about the
/// same event. So a pair counts relative to how alike both are to their whole window (the centring
/// of Suzuki et al. 2013, who show that it removes hubs, as a ratio).
pub(super) fn links(weighted: &Weighted, published: &[Option<DateTime<Utc>>]) -> Vec<Vec<Link>> {
    let crowds = crowds(weighted, published);
    let mut index = Index::new(weighted);
    let mut sums = vec![0_u32; weighted.len()];
    let mut kept = Kept::new(LINKS);
    for node in 0..weighted.len() {
        for (term, weight) in weighted.vector(node) {
            let (others, weights) = index.holders(term);
            for (&other, &its) in others.iter().zip(weights) {
                sums[other as usize] += u32::from(its) * weight;
            }
            index.push(term, node, weight);
        }
        let mut links = Vec::new();
        for (other, sum) in sums[..node].iter_mut().enumerate() {
            let products = std::mem::take(sum);
            let crowd = (crowds[node] + crowds[other]) / 2.0;
            let similarity = cosine(u64::from(products)) * CROWDED / (CROWDED + crowd);
            if similarity < LEAST {
                continue;
            }
            let similarity = similarity * nearness(published[node], published[other]);
            if similarity >= LEAST {
                links.push(Link {
                    other: other as u32,
                    similarity,
                });
            }
        }
        kept.add(links);
    }
    kept.links
}

/// The strongest links of each article: all of them, unless that is more than memory has room for.
///
/// The bound halves until the links fit. What it is in the end depends on how many links each
/// article has and not on their order.
struct Kept {
    links: Vec<Vec<Link>>,
    number: usize,
    /// How many there may be.
    room: usize,
    /// How many of them one article may have.
    bound: usize,
}

impl Kept {
    fn new(room: usize) -> Self {
        Self {
            links: Vec::new(),
            number: 0,
            room,
            bound: room.next_power_of_two(),
        }
    }

    fn add(&mut self, mut links: Vec<Link>) {
        keep_strongest(&mut links, self.bound);
        self.number += links.len();
        self.links.push(links);
        while self.number > self.room && self.bound > 0 {
            self.bound /= 2;
            for links in &mut self.links {
                keep_strongest(links, self.bound);
            }
            self.number = self.links.iter().map(Vec::len).sum();
        }
    }
}

fn keep_strongest(links: &mut Vec<Link>, number: usize) {
    if links.len() > number {
        links.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
        links.truncate(number);
        links.sort_by_key(|link| link.other);
    }
    links.shrink_to_fit();
}

/// The articles so far that hold each term.
struct Index {
    /// Where the holders of each term begin in the two below, and where the next one goes.
    ranges: Vec<(u32, u32)>,
    articles: Vec<u32>,
    weights: Vec<u16>,
}

impl Index {
    fn new(weighted: &Weighted) -> Self {
        let mut end = 0;
        let ranges = weighted.holders.iter().map(|holders| {
            let start = end;
            end += holders;
            (start, start)
        });
        let ranges = ranges.collect();
        Self {
            ranges,
            articles: vec![0; end as usize],
            weights: vec![0; end as usize],
        }
    }

    fn holders(&self, term: usize) -> (&[u32], &[u16]) {
        let (start, end) = self.ranges[term];
        let range = start as usize..end as usize;
        (&self.articles[range.clone()], &self.weights[range])
    }

    fn push(&mut self, term: usize, article: usize, weight: u32) {
        let end = &mut self.ranges[term].1;
        self.articles[*end as usize] = article as u32;
        self.weights[*end as usize] = weight as u16;
        *end += 1;
    }
}

/// How alike each article is on average to those of its window: its product with their sum.
fn crowds(weighted: &Weighted, published: &[Option<DateTime<Utc>>]) -> Vec<f32> {
    let undated = published.partition_point(Option::is_none);
    let mut sum = vec![0_u64; weighted.holders.len()];
    let mut crowds = Vec::with_capacity(published.len());
    let mut crowd = |node: usize, sum: &[u64], neighbours: usize| {
        let products = weighted.vector(node);
        let products = products.map(|(term, weight)| {
            let weight = u64::from(weight);
            weight * (sum[term] - weight)
        });
        crowds.push(cosine(products.sum()) / (neighbours as f32 + STRANGERS));
    };
    for (term, weight) in (0..published.len()).flat_map(|node| weighted.vector(node)) {
        sum[term] += u64::from(weight);
    }
    for node in 0..undated {
        crowd(node, &sum, published.len());
    }
    // Articles leave the sum at either end of the window that moves over the dated ones.
    let (mut from, mut to) = (undated, published.len());
    for (term, weight) in (undated..to).flat_map(|node| weighted.vector(node)) {
        sum[term] -= u64::from(weight);
    }
    to = undated;
    for node in undated..published.len() {
        while nearness(published[from], published[node]) == 0.0 {
            for (term, weight) in weighted.vector(from) {
                sum[term] -= u64::from(weight);
            }
            from += 1;
        }
        while to < published.len() && nearness(published[to], published[node]) > 0.0 {
            for (term, weight) in weighted.vector(to) {
                sum[term] += u64::from(weight);
            }
            to += 1;
        }
        crowd(node, &sum, undated + to - from);
    }
    crowds
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn links_that_do_not_fit_leave_by_weakness_and_not_by_turn(
            numbers in prop::collection::vec(0_usize..40, 1..40),
            room in 1_usize..200,
        ) {
            let links = |number: usize| -> Vec<Link> {
                let similarity = |other: u32| 0.1 + (other * 7 % 40) as f32 / 100.0;
                (0..number as u32)
                    .map(|other| Link { other, similarity: similarity(other) })
                    .collect()
            };
            let mut forth = Kept::new(room);
            let mut back = Kept::new(room);
            numbers.iter().for_each(|number| forth.add(links(*number)));
            numbers.iter().rev().for_each(|number| back.add(links(*number)));
            prop_assert!(forth.number <= room);
            prop_assert_eq!(forth.bound, back.bound);
            back.links.reverse();
            prop_assert_eq!(&forth.links, &back.links);
            for (kept, number) in forth.links.iter().zip(numbers) {
                prop_assert_eq!(kept.len(), number.min(forth.bound));
                let weakest = kept.iter().map(|link| link.similarity).fold(1.0, f32::min);
                let stronger = links(number);
                let stronger = stronger.iter().filter(|link| link.similarity > weakest);
                prop_assert!(stronger.count() < kept.len().max(1));
                prop_assert!(kept.is_sorted_by_key(|link| link.other));
            }
        }
    }
}
