//! How near a translation is to another of the same text.

use std::collections::HashMap;

/// chrF (Popović, "chrF: character n-gram F-score for automatic MT evaluation", 2015): n-grams up to
/// 6, beta 2, spaces left out, over all pairs of a translation and its reference; 0 to 100.
pub fn chrf(pairs: &[(String, String)]) -> f64 {
    let grams = |text: &str, n: usize| {
        let letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let mut counts: HashMap<String, usize> = HashMap::new();
        for window in letters.windows(n) {
            *counts.entry(window.iter().collect()).or_default() += 1;
        }
        counts
    };
    let (mut precision, mut recall) = (0.0, 0.0);
    for n in 1..=6 {
        let (mut same, mut said, mut wanted) = (0, 0, 0);
        for (translated, reference) in pairs {
            let (ours, theirs) = (grams(translated, n), grams(reference, n));
            said += ours.values().sum::<usize>();
            wanted += theirs.values().sum::<usize>();
            same += ours
                .iter()
                .map(|(gram, count)| (*count).min(theirs.get(gram).copied().unwrap_or(0)))
                .sum::<usize>();
        }
        precision += same as f64 / said.max(1) as f64 / 6.0;
        recall += same as f64 / wanted.max(1) as f64 / 6.0;
    }
    100.0 * 5.0 * precision * recall / (4.0 * precision + recall).max(f64::EPSILON)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_all_and_nothing_in_common_is_nothing() {
        let pair = |a: &str, b: &str| [(a.to_owned(), b.to_owned())];
        assert!(chrf(&pair("the river rises", "the river rises")) > 99.9);
        assert!(chrf(&pair("xxxxxxxx", "the river rises")) < 0.1);
        let near = chrf(&pair("the river rose", "the river rises"));
        assert!((40.0..95.0).contains(&near), "{near}");
    }
}
