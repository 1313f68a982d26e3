//! Which of several engines' texts is shown, and which engine does better than what is kept.

use std::collections::HashMap;

use crate::model::{EngineKind, TranslatedBy};
use crate::store::StoredTranslation;

/// All that is kept of some texts, by key.
pub(super) type Kept = HashMap<[u8; 16], Vec<StoredTranslation>>;

/// The place of an engine in the person's order; behind all of it where it is not in it.
pub(super) fn rank(order: &[EngineKind], engine: EngineKind) -> usize {
    let place = order.iter().position(|known| *known == engine);
    place.unwrap_or(order.len() + engine as usize)
}

/// Whether what `best` would give is to replace what `known` gave: another engine that stands before
/// it, or another model of the same.
pub(super) fn is_better(order: &[EngineKind], best: &TranslatedBy, known: &TranslatedBy) -> bool {
    match best.engine == known.engine {
        true => best.model != known.model,
        false => rank(order, best.engine) < rank(order, known.engine),
    }
}

/// Of each text the translation of the engine that stands first.
pub(super) fn best_of_each(
    kept: Kept,
    order: &[EngineKind],
) -> HashMap<[u8; 16], StoredTranslation> {
    kept.into_iter()
        .filter_map(|(key, of_text)| {
            let best = of_text
                .into_iter()
                .min_by_key(|one| rank(order, one.by.engine))?;
            Some((key, best))
        })
        .collect()
}

/// What an article shows: all of one engine, the first that has every text that any has, so that no
/// article changes its words in the middle while a better engine is at work. Where none has all, of
/// each text the best.
pub(super) fn of_one_engine(
    mut kept: Kept,
    order: &[EngineKind],
) -> HashMap<[u8; 16], StoredTranslation> {
    let mut engines: Vec<EngineKind> = EngineKind::ALL.to_vec();
    engines.sort_by_key(|engine| rank(order, *engine));
    let has_all = |engine: &EngineKind| {
        kept.values()
            .all(|of_text| of_text.iter().any(|one| one.by.engine == *engine))
    };
    if let Some(engine) = engines.iter().copied().find(has_all) {
        for of_text in kept.values_mut() {
            of_text.retain(|one| one.by.engine == engine);
        }
    }
    best_of_each(kept, order)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn kept(texts: &[&[EngineKind]]) -> Kept {
        let texts = texts.iter().zip(0_u8..).map(|(engines, place)| {
            let key = [place; 16];
            let of_text = engines.iter().map(|engine| StoredTranslation {
                key,
                by: TranslatedBy {
                    engine: *engine,
                    model: String::new(),
                },
                runs: Vec::new(),
            });
            (key, of_text.collect())
        });
        texts.collect()
    }

    fn engines(chosen: &HashMap<[u8; 16], StoredTranslation>) -> Vec<EngineKind> {
        let mut found: Vec<_> = chosen.iter().collect();
        found.sort_by_key(|(key, _)| **key);
        found.into_iter().map(|(_, one)| one.by.engine).collect()
    }

    #[test]
    fn one_engine_speaks_until_the_better_has_everything() {
        use EngineKind::{Apertium, Firefox};
        let order = &EngineKind::ALL;
        let half = kept(&[&[Apertium, Firefox], &[Apertium]]);
        assert_eq!(engines(&of_one_engine(half.clone(), order)), [Apertium; 2]);
        assert_eq!(
            engines(&best_of_each(half, order)),
            [Firefox, Apertium],
            "what is still to be done"
        );
        let whole = kept(&[&[Apertium, Firefox], &[Apertium, Firefox]]);
        assert_eq!(engines(&of_one_engine(whole.clone(), order)), [Firefox; 2]);
        // The person's order decides, also over engines that are not in it.
        assert_eq!(engines(&of_one_engine(whole, &[Apertium])), [Apertium; 2]);
        // Nobody has all.
        let apart = kept(&[&[Apertium], &[Firefox]]);
        assert_eq!(engines(&of_one_engine(apart, order)), [Apertium, Firefox]);
        assert!(of_one_engine(Kept::new(), order).is_empty());
    }

    #[test]
    fn better_is_an_engine_before_or_another_model() {
        let by = |engine, model: &str| TranslatedBy {
            engine,
            model: model.to_owned(),
        };
        let order = [EngineKind::DeepL, EngineKind::Firefox];
        let old = by(EngineKind::Firefox, "uk-en 1.0");
        assert!(is_better(
            &order,
            &by(EngineKind::Firefox, "uk-en 2.0"),
            &old
        ));
        assert!(is_better(&order, &by(EngineKind::DeepL, ""), &old));
        assert!(!is_better(&order, &old, &old));
        assert!(!is_better(&order, &old, &by(EngineKind::DeepL, "")));
        assert!(is_better(&order, &old, &by(EngineKind::Edition, "1")));
    }
}
