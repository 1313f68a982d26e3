//! Texts through an engine, so that nothing is lost on the way.
//!
//! ```text
//! runs -> passage with marks -> sentences -> protected parts named -> batches -> engine
//!      -> parts put back -> numbers compared -> what failed once more, numbers named too
//!      -> what still failed piece by piece around its parts -> joined -> runs
//! ```

use std::ops::Range;

use super::identify;
use super::numbers;
use super::passage::{self, Passage, Styles};
use super::protect::{self, Protected};
use super::sentence::sentences;
use super::translator::{Batch, Limits, TranslateError, Translator};
use crate::model::Run;

/// Letters from which the language of an answer can be told.
const JUDGED_LETTERS: usize = 60;

/// Translates texts of one language, each by itself. An answer for each: what failed has its error,
/// and what was done before an engine gave up is kept.
pub async fn translate_texts(
    translator: &dyn Translator,
    language: &str,
    texts: &[Vec<Run>],
) -> Vec<Result<Vec<Run>, TranslateError>> {
    let limits = translator.limits();
    let read: Vec<(Passage, Styles)> = texts.iter().map(|runs| passage::of_runs(runs)).collect();
    let pieces: Vec<Piece> = read
        .iter()
        .enumerate()
        .flat_map(|(text, (passage, styles))| pieces(text, passage, styles, limits))
        .collect();
    let done = translate_pieces(translator, language, &pieces, limits).await;
    let mut results: Vec<Result<Vec<Run>, TranslateError>> = Vec::with_capacity(texts.len());
    let mut next = pieces.iter().zip(done).peekable();
    for (text, (_, styles)) in read.iter().enumerate() {
        let mut joined = Ok(Passage::default());
        while let Some((piece, translated)) = next.next_if(|(piece, _)| piece.text == text) {
            match (&mut joined, translated) {
                (Ok(joined), Ok(translated)) => {
                    if !joined.text.is_empty() {
                        joined.push(piece.separator, None);
                    }
                    joined.append(&translated);
                }
                (joined @ Ok(_), Err(error)) => *joined = Err(error),
                (Err(_), _) => {}
            }
        }
        results.push(joined.map(|joined| passage::to_runs(&joined, styles)));
    }
    results
}

/// What an engine is given in one go.
struct Piece {
    /// Which text it is of.
    text: usize,
    original: Passage,
    /// What stands between it and the one before.
    separator: &'static str,
    /// What is protected, in bytes of it.
    parts: Vec<Range<usize>>,
}

fn pieces(text: usize, passage: &Passage, styles: &Styles, limits: Limits) -> Vec<Piece> {
    let whole = passage.text.chars().count() <= limits.characters
        && !limits.by_sentence
        && !passage.text.contains('\n');
    let ranges = if whole {
        std::iter::once(0..passage.text.len()).collect()
    } else {
        sentences(&passage.text)
    };
    let mut before = 0;
    ranges
        .into_iter()
        .map(|range| {
            let between = &passage.text[before..range.start];
            before = range.end;
            let mut original = passage.slice(range.start, range.end);
            let parts = protect::parts(&original, styles);
            if !limits.keeps_marks {
                // Only a mark over all of it needs no alignment.
                let length = original.text.len();
                original
                    .marks
                    .retain(|mark| mark.start == 0 && mark.end == length);
            }
            Piece {
                text,
                original,
                separator: if between.contains('\n') {
                    "\n"
                } else if between.is_empty() {
                    ""
                } else {
                    " "
                },
                parts,
            }
        })
        .collect()
}

async fn translate_pieces(
    translator: &dyn Translator,
    language: &str,
    pieces: &[Piece],
    limits: Limits,
) -> Vec<Result<Passage, TranslateError>> {
    let asked: Vec<Protected> = pieces
        .iter()
        .map(|piece| protect::protect(&piece.original, &piece.parts))
        .collect();
    let first = ask_all(translator, language, &passages(&asked), limits).await;
    let mut results: Vec<Result<Passage, TranslateError>> = Vec::with_capacity(pieces.len());
    let mut again = Vec::new();
    for (index, (answer, piece)) in first.into_iter().zip(pieces).enumerate() {
        let good = answer.map(|answer| {
            let restored = asked[index].restore(&answer);
            restored
                .filter(|restored| numbers::kept(&piece.original.text, language, &restored.text))
        });
        results.push(match good {
            Ok(Some(good)) => Ok(good),
            Ok(None) => {
                again.push(index);
                Ok(Passage::default())
            }
            Err(error) => Err(error),
        });
    }
    if again.is_empty() {
        return results;
    }
    // Numbers by name too.
    let asked: Vec<Protected> = again
        .iter()
        .map(|index| {
            let piece = &pieces[*index];
            protect::protect(&piece.original, &with_numbers(piece))
        })
        .collect();
    let second = ask_all(translator, language, &passages(&asked), limits).await;
    for ((index, asked), answer) in again.into_iter().zip(&asked).zip(second) {
        results[index] = match answer.map(|answer| asked.restore(&answer)) {
            Ok(Some(good)) => Ok(good),
            Ok(None) => around_parts(translator, language, &pieces[index], limits).await,
            Err(error) => Err(error),
        };
    }
    results
}

fn passages(asked: &[Protected]) -> Vec<Passage> {
    asked.iter().map(|asked| asked.passage.clone()).collect()
}

fn with_numbers(piece: &Piece) -> Vec<Range<usize>> {
    let mut all = piece.parts.clone();
    all.extend(numbers::ranges(&piece.original.text));
    protect::apart(all)
}

/// Translates what stands between the protected parts and the numbers, so that these cannot be lost.
async fn around_parts(
    translator: &dyn Translator,
    language: &str,
    piece: &Piece,
    limits: Limits,
) -> Result<Passage, TranslateError> {
    let mut between = Vec::new();
    let mut at = 0;
    let parts = with_numbers(piece);
    for part in &parts {
        between.push(piece.original.slice(at, part.start));
        at = part.end;
    }
    between.push(piece.original.slice(at, piece.original.text.len()));
    let has_words = |passage: &Passage| passage.text.chars().any(char::is_alphabetic);
    let asked: Vec<Passage> = between
        .iter()
        .filter(|passage| has_words(passage))
        .map(Passage::trimmed)
        .collect();
    let mut answers = ask_all(translator, language, &asked, limits)
        .await
        .into_iter();
    let mut joined = Passage::default();
    let mut parts = parts.into_iter();
    for stretch in &between {
        let lead = stretch.text.len() - stretch.text.trim_start().len();
        let tail = stretch.text.trim_end().len().max(lead);
        joined.append(&stretch.slice(0, lead));
        if has_words(stretch) {
            match answers.next() {
                Some(answer) => joined.append(&answer?),
                None => joined.append(&stretch.trimmed()),
            }
        } else {
            joined.append(&stretch.trimmed());
        }
        joined.append(&stretch.slice(tail, stretch.text.len()));
        if let Some(part) = parts.next() {
            joined.append(&piece.original.slice(part.start, part.end));
        }
    }
    Ok(joined)
}

/// Asks for all, batch by batch; after an error that ends the engine the rest has that error.
async fn ask_all(
    translator: &dyn Translator,
    language: &str,
    passages: &[Passage],
    limits: Limits,
) -> Vec<Result<Passage, TranslateError>> {
    let mut results: Vec<Result<Passage, TranslateError>> = Vec::with_capacity(passages.len());
    let mut rest = passages;
    while !rest.is_empty() {
        let size = batch_size(rest, limits);
        let (batch, others) = rest.split_at(size);
        rest = others;
        let answer = translator.translate(Batch {
            language: language.to_owned(),
            passages: batch.to_vec(),
        });
        match answer
            .await
            .and_then(|answer| checked(translator, language, batch, answer))
        {
            Ok(answer) => results.extend(answer.into_iter().map(Ok)),
            Err(error) => {
                let ends = error.ends_the_engine();
                results.extend(batch.iter().map(|_| Err(error.clone())));
                if ends {
                    results.extend(rest.iter().map(|_| Err(error.clone())));
                    break;
                }
            }
        }
    }
    results
}

fn batch_size(passages: &[Passage], limits: Limits) -> usize {
    let mut characters = 0;
    let fitting = passages
        .iter()
        .take(limits.texts.max(1))
        .take_while(|passage| {
            characters += passage.text.chars().count();
            characters <= limits.characters
        });
    fitting.count().max(1)
}

/// One answer for each, none empty, and in English as far as that can be told.
fn checked(
    translator: &dyn Translator,
    language: &str,
    asked: &[Passage],
    answer: Vec<Passage>,
) -> Result<Vec<Passage>, TranslateError> {
    let bad = |reason: String| TranslateError::BadAnswer {
        engine: translator.kind(),
        reason,
    };
    if answer.len() != asked.len() {
        return Err(bad(format!("{} texts for {}", answer.len(), asked.len())));
    }
    let answer: Vec<Passage> = answer.iter().map(Passage::trimmed).collect();
    if answer.iter().any(|passage| passage.text.is_empty()) {
        return Err(bad("an empty text".to_owned()));
    }
    let mut together = String::new();
    for passage in &answer {
        together.push_str(&passage.text);
        together.push('\n');
    }
    let letters = together.chars().filter(|c| c.is_alphabetic()).count();
    if letters >= JUDGED_LETTERS && identify::is_surely(&together, language) {
        return Err(bad("the text is not in English".to_owned()));
    }
    Ok(answer)
}
