//! `docs/perspectives.md`, written from the rules.

use std::fmt::Write as _;

use super::RULES;
use crate::model::PerspectiveKind;

const HEAD: &str = "# Perspectives

Written from the table of rules in `core/src/story/perspective.rs` by `make docs`; a test compares.

Beside an article stand other tellings of the same event, each an article of a real publisher under
a label. A label is given by a rule, and every label can be asked why: it prints its rule, what the
rule relied on (facts of the catalogue with source and day, sentences word for word, counts in the
story's own articles), what it does not say, and the version of the catalogue.

The rules are asked in the order below. The first that fires names the take; the others are its
chips. Where none fires there is no label. **No rule concludes a stance from a straight news
report**: how a report sounds says more of the news than of its author. Measured on 300 news reports
(BASIL), the rules `critical` and `pro` fire 0 times; a test holds that.

";

const FOOT: &str = "## Words

- **Text**: articles with the same wording (wire copy, republication) are one text, and so is a
  correction with what its publisher had told before.
- **Form**: report, comment, analysis, an office's statement; read from the article's address, its
  sections, a mark in its headline, and what its publisher is. Never from how it sounds.
- **Author's own voice**: a sentence that neither stands in quotation marks nor is reported as
  somebody's. Only English texts are read for it. How sentences are judged: `docs/stance.md`.
- **Countries a story is about**: at most two. How they are counted: `docs/gazetteer.md`.

Which takes stand beside an article, and in which order: `docs/stories.md`.
";

/// The text of `docs/perspectives.md`.
pub fn perspectives_document() -> String {
    let mut text = HEAD.to_owned();
    text += "| # | rule | perspective | label | mark |\n|---|---|---|---|---|\n";
    for (number, rule) in RULES.iter().enumerate() {
        let perspective = rule.perspective.replace(", ", "`, `");
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| {} | [{id}](#{id}) | `{perspective}` | {} | {} |",
            number + 1,
            rule.wording,
            mark(rule.kind),
            id = rule.id,
        );
    }
    text.push('\n');
    for rule in RULES {
        let _ = write!(
            text,
            "## {}\n\n**{}**\n\n- **Fires**: {}\n- **Never claims**: {}\n- **If it is wrong**: {}\n\n",
            rule.id, rule.wording, rule.fires, rule.not_claimed, rule.correction,
        );
    }
    text + FOOT
}

fn mark(kind: PerspectiveKind) -> &'static str {
    match kind {
        PerspectiveKind::Opinion => "opinion",
        PerspectiveKind::State => "state",
        PerspectiveKind::Party => "party to the event",
        PerspectiveKind::Region => "region",
        PerspectiveKind::Publisher => "publisher",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_is_what_the_rules_say() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/perspectives.md");
        let there = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            there == perspectives_document(),
            "docs/perspectives.md is not what the rules say: run `make docs`, and read what changed"
        );
    }

    #[test]
    fn every_rule_says_all_and_has_its_own_name() {
        let mut names = std::collections::BTreeSet::new();
        for rule in RULES {
            assert!(names.insert(rule.id), "{}", rule.id);
            for text in [rule.fires, rule.not_claimed, rule.correction, rule.wording] {
                assert!(!text.is_empty() && !text.contains("  "), "{text}");
            }
        }
    }
}
