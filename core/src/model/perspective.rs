use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Names a perspective in lower-case words, such as `region:europe`, `state:ru`, `national:ua`,
/// `critical:whitcombe`, `wire`. What each means: `docs/perspectives.md`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PerspectiveId(pub String);

impl PerspectiveId {
    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PerspectiveId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<&str> for PerspectiveId {
    fn from(words: &str) -> Self {
        Self(words.to_owned())
    }
}

/// What sort of perspective it is: what its mark on screen looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PerspectiveKind {
    /// Comment: critical of somebody, in favour, or neither.
    Opinion,
    /// Media that a state owns or controls.
    State,
    /// The press of a country that the event is about.
    Party,
    /// The press of another region than the event's.
    Region,
    /// Wire, public broadcaster, a declared alignment: what the publisher is.
    Publisher,
}

/// Why an article has a label, with all that is needed to check it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Label {
    /// Which perspective.
    pub perspective: PerspectiveId,
    /// Its name on screen, such as "Russian State Media".
    pub name: String,
    /// What its mark looks like.
    pub kind: PerspectiveKind,
    /// The rule that fired, as `docs/perspectives.md` numbers it, such as `state-media`.
    pub rule: String,
    /// The answer to "Why this label?", in a sentence or two.
    pub why: String,
    /// What it does not say, in a sentence.
    pub not_claimed: String,
    /// What the rule relied on.
    pub evidence: Vec<Evidence>,
    /// The catalogue whose facts were used.
    pub registry_version: String,
}

/// One thing that a rule relied on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "evidence", rename_all = "snake_case")]
pub enum Evidence {
    /// A fact of the catalogue.
    Registry {
        /// What it says, such as "ownership: state".
        statement: String,
        /// Where it was read; empty for what the publisher says of itself, such as its country.
        source: String,
        /// The day it was read or last confirmed.
        as_of: Option<NaiveDate>,
    },
    /// A sentence of the article, word for word.
    Sentence {
        /// The sentence.
        text: String,
        /// How sure the model of its tone is, 0 to 1.
        probability: f32,
    },
    /// What the articles of the story say, counted.
    Story {
        /// Such as "Ukraine is named in 6 of 7 headlines".
        statement: String,
    },
}
