//! Articles that say of themselves that they correct an earlier one: "Correction: ..." as the first
//! words of headline, summary or body, or "(corrected)" at the end of the headline.
//!
//! Of the wording nothing can be told: the article that is corrected may be a live page, or have
//! been written anew. So the publisher's own word is taken, where style guides put it: before a
//! colon or full stop, or in brackets. "Corrections officers strike" has neither.

use super::article::{Article, beginning};

/// Words for it, lower case: English, as texts are read in, and the languages of articles that
/// nobody translated.
const MARKS: &[&str] = &[
    "correction",
    "corrections",
    "corrected",
    "corrected article",
    "corrected version",
    "corrigendum",
    "erratum",
    "berichtigung",
    "korrektur",
    "korrigiert",
    "rectificatif",
    "corrigé",
    "corrección",
    "fe de errores",
    "fe de erratas",
    "nota corregida",
    "corregido",
    "correção",
    "errata",
    "errata corrige",
    "correzione",
    "rectificatie",
    "correctie",
    "rättelse",
    "rettelse",
    "oikaisu",
    "sprostowanie",
    "oprava",
    "helyesbítés",
    "düzeltme",
    "виправлення",
    "исправление",
    "поправка",
    "διόρθωση",
    "تصحيح",
    "更正",
    "訂正",
    "정정",
];

/// Characters in which a mark stands.
const REACH: usize = 40;

pub(super) fn is_correction(article: &Article<'_>) -> bool {
    [article.title, article.summary, article.body]
        .into_iter()
        .any(opens_with_mark)
        || ends_with_mark(article.title)
}

/// "Correction: the toll", "[Corrected] The toll".
fn opens_with_mark(text: &str) -> bool {
    let head = beginning(text.trim_start(), REACH);
    let (head, ends): (&str, &[char]) = match head.strip_prefix(['(', '[', '【']) {
        Some(inside) => (inside, &[')', ']', '】']),
        None => (head, &[':', '：', '.', '。', '\n']),
    };
    head.split_once(ends).is_some_and(|(mark, _)| is_mark(mark))
}

/// "The toll (corrected article)".
fn ends_with_mark(title: &str) -> bool {
    let title = title.trim_end();
    title
        .strip_suffix([')', ']', '】', '）'])
        .and_then(|title| title.rsplit_once(['(', '[', '【', '（']))
        .is_some_and(|(_, mark)| is_mark(mark))
}

fn is_mark(text: &str) -> bool {
    let text = text.trim();
    text.chars().nth(REACH).is_none() && MARKS.contains(&text.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says_so(title: &str, body: &str) -> bool {
        is_correction(&Article {
            id: "1",
            publisher: "the-gull",
            family: "the-gull",
            language: "en",
            published: None,
            title,
            summary: "",
            body,
        })
    }

    #[test]
    fn an_article_that_calls_itself_a_correction_is_one() {
        assert!(says_so("Correction: Ferry carried 221", ""));
        assert!(says_so("[Corrected] Ferry carried 221", ""));
        assert!(says_so("Ferry carried 221 (corrected article)", ""));
        assert!(says_so(
            "Veerboot had 221 passagiers",
            "Correctie: gisteren."
        ));
        assert!(says_so(
            "El ferry llevaba 221",
            "Corrección. Ayer dijimos 212."
        ));
        assert!(says_so("渡輪載有221人（更正）", ""));
        assert!(says_so("Ferry carried 221", "CORRECTION\nWe said 212."));
    }

    #[test]
    fn articles_about_corrections_are_none() {
        assert!(!says_so("Corrections officers strike for a third day", ""));
        assert!(!says_so("Market correction: what to expect", ""));
        assert!(!says_so(
            "Course correction at the ministry",
            "The correction came late."
        ));
        assert!(!says_so("Ferry aground (pictures)", ""));
        assert!(!says_so("", ""));
        assert!(!says_so(")", "("));
    }
}
