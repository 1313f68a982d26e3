//! What the rules keep of an article's text, so that a story is told without reading bodies again.

use serde::{Deserialize, Serialize};
use url::Url;

use super::article::beginning;
use super::first_sentence::first_sentence;
use super::form::form;
use super::gazetteer::{Actors, Ignored};
use super::remarks::remarks;
use crate::model::{ArticleForm, Publisher};

/// Changes when reading changes: what was kept under another number is read anew.
pub const READING_VERSION: u32 = 3;

/// Characters that are read of headline and summary.
const HEAD: usize = 2_000;
/// Characters that are read of a body: more than nearly all articles have.
pub(super) const BODY: usize = 20_000;

/// An article as the rules read it. Texts are English where the article is English or was
/// translated, else the original.
#[derive(Debug, Clone, Copy)]
pub struct ReadingInput<'a> {
    /// Headline, plain text.
    pub title: &'a str,
    /// Summary, plain text; may be empty.
    pub summary: &'a str,
    /// Body, plain text, a paragraph a line; may be empty.
    pub body: &'a str,
    /// BCP 47 tag of the three.
    pub language: &'a str,
    /// Its address.
    pub url: Option<&'a Url>,
    /// Sections and tags, as the feed says.
    pub categories: &'a [String],
    /// Who published it.
    pub publisher: &'a Publisher,
}

/// What the rules keep of an article.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// What it is by its form.
    pub form: ArticleForm,
    /// Its first sentence.
    pub first_sentence: String,
    /// Whom it is about, and where it happens.
    #[serde(default)]
    pub actors: Actors,
    /// Sentences in which the author judges somebody. Only of comment and analysis, only in English.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
}

/// A sentence in which an author judges somebody or a policy that it names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Remark {
    /// The full name, as in [`Actors::people`] or [`Actors::policies`].
    pub about: String,
    /// The sentence, word for word as it stands in the body.
    pub text: String,
    /// In favour; else critical.
    pub is_favourable: bool,
    /// How sure the model of sentiment is, 0 to 1.
    pub probability: f32,
}

impl Reading {
    /// Reads an article: the first 20,000 characters of its body, so that any length takes the
    /// same time.
    pub fn of(input: &ReadingInput<'_>) -> Self {
        let title = beginning(input.title, HEAD);
        let summary = beginning(input.summary, HEAD);
        let body = beginning(input.body, BODY);
        let form = form(input);
        let actors = Actors::of_article(
            title,
            summary,
            body,
            input.language,
            Some(input.publisher.country),
            &Ignored::new([&input.publisher.name]),
        );
        Self {
            form,
            first_sentence: first_sentence(body, summary, input.language),
            remarks: remarks(input, form, &actors),
            actors,
        }
    }
}
