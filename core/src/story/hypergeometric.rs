//! How likely it is that a random choice has so few of a kind.

/// The chance that at most `few` of `drawn` are among the `marked`, when `drawn` are taken at random
/// and without return from `all`: the lower tail of the hypergeometric distribution. Summed exactly,
/// from logarithms of binomial coefficients, so that no number overflows.
///
/// 1 where the numbers make no sense (more marked or drawn than there are).
pub(super) fn at_most(few: u32, all: u32, marked: u32, drawn: u32) -> f64 {
    if marked > all || drawn > all {
        return 1.0;
    }
    let unmarked = all - marked;
    let whole = ln_choose(all, drawn);
    let least = drawn.saturating_sub(unmarked);
    let most = few.min(drawn).min(marked);
    let sum: f64 = (least..=most)
        .map(|i| (ln_choose(marked, i) + ln_choose(unmarked, drawn - i) - whole).exp())
        .sum();
    sum.min(1.0)
}

/// Natural logarithm of "n over k".
fn ln_choose(n: u32, k: u32) -> f64 {
    let k = k.min(n - k.min(n));
    (0..k)
        .map(|i| (f64::from(n - i) / f64::from(i + 1)).ln())
        .sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_figures_of_a_panel_of_thirty_in_a_hundred_and_fifty() {
        for (drawn, expected) in [(3, 0.51), (6, 0.26), (8, 0.16), (10, 0.10), (14, 0.04)] {
            let p = at_most(0, 150, 30, drawn);
            assert!((p - expected).abs() < 0.006, "{drawn}: {p}");
        }
    }

    #[test]
    fn small_ones_by_hand() {
        // 5 of which 2 are marked, 2 drawn: none marked in 3 of 10 pairs, at most one in 9.
        assert!((at_most(0, 5, 2, 2) - 0.3).abs() < 1e-12);
        assert!((at_most(1, 5, 2, 2) - 0.9).abs() < 1e-12);
        assert!((at_most(2, 5, 2, 2) - 1.0).abs() < 1e-12);
        // All are drawn, so the marked ones are among them.
        assert!(at_most(1, 5, 2, 5) < 1e-12);
        assert!((at_most(0, 5, 0, 3) - 1.0).abs() < 1e-12);
        assert!((at_most(0, 2, 5, 1) - 1.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn a_chance_that_grows_with_what_is_allowed(
            all in 0u32..400, marked in 0u32..400, drawn in 0u32..400, few in 0u32..40,
        ) {
            let p = at_most(few, all, marked, drawn);
            prop_assert!((0.0..=1.0).contains(&p));
            prop_assert!(at_most(few + 1, all, marked, drawn) >= p - 1e-9);
            if drawn <= all && marked <= all {
                prop_assert!((at_most(drawn, all, marked, drawn) - 1.0).abs() < 1e-6);
            }
        }
    }
}
