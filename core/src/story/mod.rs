//! One event, many tellings: which articles are about the same event. Pure: no store, no network,
//! no clock.
//!
//! ```text
//! Article --words--> terms, sketch, digest? = ArticleVector          (once an article)
//! ArticleVectors --weights--> vectors --pairs--> edges --linkage--> groups --ids--> stories
//!                                                                   groups --copies--> also in
//! ```
//!
//! TF-IDF over headline, summary and lead, against a background table of English; pairs within 72
//! hours by an inverted index; average-linkage agglomeration at one threshold. What was measured
//! and which other ways were tried: `docs/grouping.md`.

mod article;
mod background;
mod copies;
mod correction;
mod country;
mod coverage;
mod digest;
mod first_sentence;
mod form;
pub mod gazetteer;
mod group;
mod hypergeometric;
mod ids;
mod lead;
mod linkage;
mod overlooked;
mod pairs;
mod perspective;
mod reading;
mod remarks;
mod second_search;
pub mod stance;
mod stored;
mod strays;
mod takes;
#[cfg(test)]
mod takes_tests;
mod tell;
#[cfg(test)]
mod tell_tests;
#[cfg(test)]
mod test_publishers;
#[cfg(test)]
mod tests;
mod vector;
mod weights;
mod whole;
mod window;
mod words;

pub use crate::model::StoryId;
pub use article::Article;
pub use copies::{Sketch, copies, families};
pub use group::{SecondSimilarity, THRESHOLD, group};
pub use ids::Successor;
pub use lead::lead;
pub use pairs::WINDOW;
pub use perspective::perspectives_document;
pub use reading::{READING_VERSION, Reading, ReadingInput, Remark};
pub use second_search::{MAY_TELL, Nearest, SecondSearch};
pub use stored::{StoredVectorError, VECTOR_VERSION};
pub use takes::takes;
pub use tell::{Context, Elsewhere, Member, RULES_VERSION, Told, Watched, nothing_claimed, tell};
pub use vector::{ArticleVector, Term, TermId, TermKind};
pub use window::{Regrouped, Story, Window};
