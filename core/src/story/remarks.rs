//! Where an author judges somebody in words of their own.

use std::ops::Range;

use super::article::beginning;
use super::gazetteer::Actors;
use super::reading::{BODY, ReadingInput, Remark};
use super::stance::{Polarity, Voice, judge, quotations, voice};
use crate::language::{primary, sentences};
use crate::model::ArticleForm;

/// Remarks that are kept of an article.
const REMARKS: usize = 12;
/// Persons, and policies, that are looked for: those that the article is about the most.
const TARGETS: usize = 8;

/// The sentences of a body in which its author judges a person or a policy of the article, in
/// order. None of a report: a sentence about bad news reads like a bad opinion and is none. None of
/// what was not written in English: the words of a translation are a machine's, and are not in the
/// article.
pub(super) fn remarks(input: &ReadingInput<'_>, form: ArticleForm, actors: &Actors) -> Vec<Remark> {
    let is_comment = matches!(form, ArticleForm::Opinion | ArticleForm::Analysis);
    let is_english = |language: &str| primary(language) == "en";
    if !is_comment || !is_english(input.language) || !is_english(&input.publisher.language) {
        return Vec::new();
    }
    let people = actors.people.iter().take(TARGETS);
    let people = people.map(|(person, _)| Target::person(&person.name, &person.called));
    let policies = actors.policies.iter().take(TARGETS);
    let targets: Vec<Target<'_>> = people
        .chain(policies.map(|name| Target::policy(name)))
        .collect();
    let mut found = Vec::new();
    for paragraph in beginning(input.body, BODY).lines() {
        let quoted = quotations(paragraph);
        for range in sentences(paragraph) {
            let Some(sentence) = paragraph.get(range.clone()) else {
                continue;
            };
            for target in &targets {
                let Some(mention) = target.mention(sentence) else {
                    continue;
                };
                // A quotation of several sentences shows only in the paragraph.
                let at = range.start + mention.start;
                if quoted.iter().any(|quotation| quotation.contains(&at)) {
                    continue;
                }
                found.extend(remark(sentence, mention, target.name));
                if found.len() == REMARKS {
                    return found;
                }
            }
        }
    }
    found
}

fn remark(sentence: &str, mention: Range<usize>, about: &str) -> Option<Remark> {
    if voice(sentence, mention.clone()) != Voice::Author {
        return None;
    }
    let judgement = judge(sentence, mention);
    judgement.is_confident().then(|| Remark {
        about: about.to_owned(),
        text: sentence.to_owned(),
        is_favourable: judgement.polarity == Polarity::Positive,
        probability: judgement.probability,
    })
}

/// What sentences are looked for that judge it.
struct Target<'a> {
    name: &'a str,
    /// What it is called for short.
    called: &'a str,
    /// For short it has an article: "the Act", while a person is "Whitcombe".
    has_article: bool,
}

impl<'a> Target<'a> {
    fn person(name: &'a str, called: &'a str) -> Self {
        Self {
            name,
            called,
            has_article: false,
        }
    }

    fn policy(name: &'a str) -> Self {
        Self {
            name,
            called: name.rsplit(' ').next().unwrap_or(name),
            has_article: true,
        }
    }

    /// Where a sentence first names it, in full or for short.
    fn mention(&self, sentence: &str) -> Option<Range<usize>> {
        word(sentence, self.name).or_else(|| {
            let short = word(sentence, self.called)?;
            let before = sentence[..short.start].trim_end();
            let is_meant = !self.has_article || before.ends_with("the") || before.ends_with("The");
            is_meant.then_some(short)
        })
    }
}

/// The first place of a name that is no part of a longer word.
fn word(text: &str, name: &str) -> Option<Range<usize>> {
    if name.is_empty() {
        return None;
    }
    text.match_indices(name)
        .map(|(at, name)| at..at + name.len())
        .find(|range| {
            let before = text[..range.start].chars().next_back();
            let after = text[range.end..].chars().next();
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !is_letter(before) && !is_letter(after)
        })
}
