#![allow(clippy::unwrap_used)]

use super::*;

fn named(text: &str, language: &str) -> Vec<String> {
    countries(text, language)
        .iter()
        .map(|mention| mention.country.to_string())
        .collect()
}

#[test]
fn tables_are_of_the_form_and_small() {
    assert_eq!(super::tables::malformed(), Vec::<String>::new());
    assert!(super::tables::size() < 400_000, "{}", super::tables::size());
}

#[test]
fn names_demonyms_capitals_leaders_and_metonyms() {
    let text = "Kyiv said Ukrainian drones hit Russia; the Kremlin and Volodymyr Zelensky differ.";
    let found: Vec<_> = countries(text, "en")
        .iter()
        .map(|m| (m.country.to_string(), &text[m.range.clone()], m.via))
        .collect();
    assert_eq!(
        found,
        [
            ("UA".to_owned(), "Kyiv", Via::Capital),
            ("UA".to_owned(), "Ukrainian", Via::Demonym),
            ("RU".to_owned(), "Russia", Via::Name),
            ("RU".to_owned(), "Kremlin", Via::Metonym),
            ("UA".to_owned(), "Volodymyr Zelensky", Via::Person),
        ]
    );
    assert_eq!(
        named("A woman in a somali dress", "en"),
        Vec::<String>::new()
    );
}
