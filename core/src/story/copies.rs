//! Copies of one text: wire reports, republication, corrections.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use super::article::{Article, beginning};
use super::vector::{ArticleVector, fnv};

/// Characters of the text that are compared.
const TEXT: usize = 2_000;
/// Words in a shingle.
const SHINGLE: usize = 4;
/// Hashes kept.
const KEPT: usize = 96;
/// The share of the shorter text that must stand in the longer one.
const CONTAINED: f32 = 0.7;
/// Fewer shingles than this prove nothing.
const ENOUGH: usize = 6;

/// The wording of a text: the smallest hashes of its runs of four words (Broder 1997, "On the
/// resemblance and containment of documents").
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Sketch {
    /// Ascending.
    hashes: Vec<u32>,
    /// Whether larger hashes were dropped.
    is_cut: bool,
}

impl Sketch {
    pub(super) fn of(article: &Article<'_>) -> Self {
        let body = beginning(article.body, TEXT);
        // A publisher rewrites the headline of a wire report, so it counts only where there is
        // nothing else.
        let text = match (body.trim().is_empty(), article.summary.trim().is_empty()) {
            (false, _) => body,
            (true, false) => beginning(article.summary, TEXT),
            (true, true) => beginning(article.title, TEXT),
        };
        let words: Vec<u64> = text
            .unicode_words()
            .map(|word| fnv(word.to_lowercase().as_bytes()))
            .collect();
        let mut hashes: Vec<u32> = words
            .windows(SHINGLE)
            .map(|shingle| {
                let mixed = shingle.iter().fold(0_u64, |mixed, word| {
                    (mixed.rotate_left(17) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
                });
                (mixed >> 32) as u32
            })
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        let is_cut = hashes.len() > KEPT;
        hashes.truncate(KEPT);
        hashes.shrink_to_fit();
        Self { hashes, is_cut }
    }

    /// The hashes as they are stored, ascending, and whether larger ones were dropped.
    pub fn parts(&self) -> (&[u32], bool) {
        (&self.hashes, self.is_cut)
    }

    /// From what [`parts`](Self::parts) gave.
    pub fn from_parts(hashes: Vec<u32>, is_cut: bool) -> Self {
        Self { hashes, is_cut }
    }

    /// Up to where all hashes are known.
    fn limit(&self) -> u32 {
        match self.hashes.last() {
            Some(&last) if self.is_cut => last,
            _ => u32::MAX,
        }
    }

    /// Whether most of the shorter text stands in the other.
    fn is_copy(&self, other: &Self) -> bool {
        let limit = self.limit().min(other.limit());
        let known = |sketch: &Self| sketch.hashes.partition_point(|hash| *hash <= limit);
        let (mine, its) = (known(self), known(other));
        let shorter = mine.min(its);
        if shorter < ENOUGH {
            return false;
        }
        let mut common = 0;
        let (mut a, mut b) = (0, 0);
        while a < mine && b < its {
            let (x, y) = (self.hashes[a], other.hashes[b]);
            common += u32::from(x == y);
            a += usize::from(x <= y);
            b += usize::from(y <= x);
        }
        common as f32 >= CONTAINED * shorter as f32
    }
}

/// The groups of copies among the members of one story: indices into `members`, every member in
/// exactly one group. The first of a group is the take to show, the earliest by time, then id; the
/// others are where it is "also in". How many publishers that is, [`families`] counts.
pub fn copies(members: &[&ArticleVector]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|&at| (members[at].published, &members[at].id));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    // Equal sketches first: a text that thousands copied is compared once.
    let mut same: HashMap<&Sketch, usize> = HashMap::new();
    // The groups whose first text has a hash: a copy shares most of them, so some group is found.
    let mut having: HashMap<u32, Vec<usize>> = HashMap::new();
    for at in order {
        let sketch = &members[at].sketch;
        if sketch.hashes.len() >= ENOUGH
            && let Some(&group) = same.get(sketch)
        {
            groups[group].push(at);
            continue;
        }
        let mut candidates: Vec<usize> = sketch
            .hashes
            .iter()
            .filter_map(|hash| having.get(hash))
            .flatten()
            .copied()
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let found = candidates
            .into_iter()
            .find(|&group| members[groups[group][0]].sketch.is_copy(sketch));
        let group = match found {
            Some(group) => {
                groups[group].push(at);
                group
            }
            None => {
                for hash in &sketch.hashes {
                    having.entry(*hash).or_default().push(groups.len());
                }
                groups.push(vec![at]);
                groups.len() - 1
            }
        };
        same.insert(sketch, group);
    }
    fold_corrections(members, groups)
}

/// Joins each correction to what its publisher had told already, whatever the wording: the first
/// group with an article of it that is no correction.
fn fold_corrections(members: &[&ArticleVector], groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let (corrections, mut groups): (Vec<Vec<usize>>, Vec<Vec<usize>>) = groups
        .into_iter()
        .partition(|group| group.iter().all(|&at| members[at].is_correction));
    let mut alone = Vec::new();
    for correction in corrections {
        let publisher = &members[correction[0]].publisher;
        let corrected = groups.iter_mut().find(|group| {
            let mut group = group.iter();
            group.any(|&at| !members[at].is_correction && members[at].publisher == *publisher)
        });
        match corrected {
            // Last, even when a live page that goes on has a later time: it is not the take.
            Some(group) => group.extend(correction),
            None => alone.push(correction),
        }
    }
    groups.append(&mut alone);
    groups
}

/// How many publisher families these articles come from.
pub fn families<'a>(members: impl IntoIterator<Item = &'a ArticleVector>) -> usize {
    let mut families: Vec<&str> = members.into_iter().map(|member| &*member.family).collect();
    families.sort_unstable();
    families.dedup();
    families.len()
}
