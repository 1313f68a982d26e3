use std::collections::BTreeMap;

use super::leaders::fold;
use super::people::{is_name_word, joins, tokens};
use super::text;

/// Words that a named law, treaty or programme ends in.
const KINDS: [&str; 24] = [
    "Accord",
    "Accords",
    "Act",
    "Agenda",
    "Agreement",
    "Amendment",
    "Bill",
    "Charter",
    "Convention",
    "Deal",
    "Decree",
    "Directive",
    "Framework",
    "Initiative",
    "Law",
    "Mandate",
    "Pact",
    "Plan",
    "Programme",
    "Program",
    "Protocol",
    "Reform",
    "Strategy",
    "Treaty",
];
/// Words of a name before its kind: "Clean Rivers Act" has two.
const WORDS: usize = 6;

/// The laws, treaties and programmes that an English text calls by a name of their own, twice or
/// more, by their first mention. No table is used: such a name is a run of capitalised words inside
/// a sentence that ends in what it is, as "Clean Rivers Act" does; later "the Act" counts as well.
pub fn policies(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let mut found: Vec<(String, usize)> = Vec::new();
    let mut shorts: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, token) in tokens.iter().enumerate() {
        let kind = &text[token.clone()];
        if !KINDS.contains(&kind) || text::is_title_case(text, token.start) {
            continue;
        }
        let mut start = at;
        while start > 0 && at - start < WORDS && joins(text, &tokens[start - 1], &tokens[start]) {
            let before = &tokens[start - 1];
            let word = &text[before.clone()];
            let is_name = is_name_word(word) && !text::begins_sentence(text, before.start);
            if !is_name || matches!(word, "The" | "A" | "An") {
                break;
            }
            start -= 1;
        }
        if start == at {
            if text::previous_word(text, token.start)
                .is_some_and(|word| word == "the" || word == "The")
            {
                *shorts.entry(kind).or_default() += 1;
            }
            continue;
        }
        let name = &text[tokens[start].start..token.end];
        match found
            .iter_mut()
            .find(|(known, _)| is_same_policy(known, name))
        {
            Some((_, times)) => *times += 1,
            None => found.push((name.to_owned(), 1)),
        }
    }
    // "The Act" is the first of several.
    for (kind, times) in shorts {
        if let Some((_, named)) = found.iter_mut().find(|(name, _)| name.ends_with(kind)) {
            *named += times;
        }
    }
    found
        .into_iter()
        .filter(|(_, times)| *times >= 2)
        .map(|(name, _)| name)
        .collect()
}

/// Whether two names are of one policy: alike but for capitals and accents.
pub fn is_same_policy(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_law_that_comes_back_is_found() {
        let text = "MPs passed the Clean Rivers Act last night. Water firms say the Act will cost \
            them dear. Nobody read the Harbour Safety Bill, and a plan was made. A New Deal waits.";
        assert_eq!(policies(text), ["Clean Rivers Act"]);
        let text = "Three states signed the Trinational Accord in May. Under the Trinational Accord \
            dams open together.";
        assert_eq!(policies(text), ["Trinational Accord"]);
    }

    #[test]
    fn headlines_sentences_and_plain_words_name_nothing() {
        for text in [
            "Senate Passes Long Debated Clean Rivers Act\nSenate Passes Long Debated Clean Rivers Act",
            "Plan after plan failed. Plan B failed, too. The Plan failed; the plan fails.",
            "They act. We act on the law, the law acts on us.",
            "",
        ] {
            assert_eq!(policies(text), Vec::<String>::new(), "{text}");
        }
    }
}
