//! Language tags (BCP 47).

/// The first part of a tag, in lower case: the language without script and region. Codes that were
/// replaced become today's.
pub fn primary_language(tag: &str) -> String {
    let first = tag.split(['-', '_']).next().unwrap_or_default();
    match first.to_ascii_lowercase().as_str() {
        "iw" => "he".to_owned(),
        "in" => "id".to_owned(),
        // Written in two ways, and one language to every engine.
        "no" | "nn" => "nb".to_owned(),
        "tl" => "fil".to_owned(),
        first => first.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_region_case_and_old_codes_make_no_difference() {
        for (tag, primary) in [
            ("pt-BR", "pt"),
            ("EN_us", "en"),
            ("sr-Latn-RS", "sr"),
            ("iw", "he"),
            ("no", "nb"),
            ("nn-NO", "nb"),
            ("", ""),
        ] {
            assert_eq!(primary_language(tag), primary, "{tag}");
        }
    }
}
