use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::text;

/// Names that are not about what they say: those of publishers. "The Kyiv Post reports" is no
/// sentence about Ukraine. Made once, used for many texts.
#[derive(Debug, Clone, Default)]
pub struct Ignored {
    names: Option<AhoCorasick>,
}

impl Ignored {
    /// Names of publishers, agencies, columns: whatever is to be passed over, in any ASCII case.
    pub fn new<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> Self {
        let names: Vec<String> = names
            .into_iter()
            .map(|name| name.as_ref().trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect();
        Self {
            names: AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .ascii_case_insensitive(true)
                .build(names)
                .ok(),
        }
    }

    /// Where whole names stand, in order.
    pub(super) fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let Some(names) = &self.names else {
            return Vec::new();
        };
        names
            .find_iter(text)
            .map(|hit| hit.range())
            .filter(|range| {
                text::word_before(text, range.start).is_empty()
                    && text::word_after(text, range.end).is_empty()
            })
            .collect()
    }
}

/// Leaves out what overlaps one of the ranges; both are in order.
pub(super) fn without<T>(
    found: Vec<T>,
    ranges: &[Range<usize>],
    place: impl Fn(&T) -> Range<usize>,
) -> Vec<T> {
    found
        .into_iter()
        .filter(|item| {
            let place = place(item);
            let next = ranges.partition_point(|range| range.end <= place.start);
            ranges
                .get(next)
                .is_none_or(|range| range.start >= place.end)
        })
        .collect()
}
