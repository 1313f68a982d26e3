//! Where an author judges somebody in words of their own.

use std::ops::Range;

use super::article::beginning;
use super::gazetteer::{Actors, Person};
use super::reading::{BODY, ReadingInput, Remark};
use super::stance::{Polarity, Voice, judge, quotations, voice};
use crate::language::{primary, sentences};
use crate::model::ArticleForm;

/// Remarks that are kept of an article.
const REMARKS: usize = 12;
/// Persons that are looked for, those whom the article is about the most.
const PEOPLE: usize = 8;

/// The sentences of a body in which its author judges a person of the article, in order. None of
/// a report: a sentence about bad news reads like a bad opinion and is none. None of what was not
/// written in English: the words of a translation are a machine's, and are not in the article.
pub(super) fn remarks(input: &ReadingInput<'_>, form: ArticleForm, actors: &Actors) -> Vec<Remark> {
    let is_comment = matches!(form, ArticleForm::Opinion | ArticleForm::Analysis);
    let is_english = |language: &str| primary(language) == "en";
    if !is_comment || !is_english(input.language) || !is_english(&input.publisher.language) {
        return Vec::new();
    }
    let people: Vec<&Person> = actors
        .people
        .iter()
        .map(|(person, _)| person)
        .take(PEOPLE)
        .collect();
    let mut found = Vec::new();
    for paragraph in beginning(input.body, BODY).lines() {
        let quoted = quotations(paragraph);
        for range in sentences(paragraph) {
            let Some(sentence) = paragraph.get(range.clone()) else {
                continue;
            };
            for person in &people {
                let Some(mention) = mention(sentence, person) else {
                    continue;
                };
                // A quotation of several sentences shows only in the paragraph.
                let at = range.start + mention.start;
                if quoted.iter().any(|quotation| quotation.contains(&at)) {
                    continue;
                }
                found.extend(remark(sentence, mention, person));
                if found.len() == REMARKS {
                    return found;
                }
            }
        }
    }
    found
}

fn remark(sentence: &str, mention: Range<usize>, person: &Person) -> Option<Remark> {
    if voice(sentence, mention.clone()) != Voice::Author {
        return None;
    }
    let judgement = judge(sentence, mention);
    judgement.is_confident().then(|| Remark {
        about: person.name.clone(),
        text: sentence.to_owned(),
        is_favourable: judgement.polarity == Polarity::Positive,
        probability: judgement.probability,
    })
}

/// Where a sentence first names a person, in full or for short.
fn mention(sentence: &str, person: &Person) -> Option<Range<usize>> {
    word(sentence, &person.name).or_else(|| word(sentence, &person.called))
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
