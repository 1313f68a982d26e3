//! What the rules keep of an article's text, so that a story is told without reading bodies again.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::model::{ArticleForm, Publisher};

/// Changes when reading changes: what was kept under another number is read anew.
pub const READING_VERSION: u32 = 1;

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
}

impl Reading {
    /// Reads an article.
    pub fn of(input: &ReadingInput<'_>) -> Self {
        Self {
            form: ArticleForm::News,
            first_sentence: input.summary.to_owned(),
        }
    }
}
