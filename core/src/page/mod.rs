//! HTML to blocks: pure, and the only place that knows HTML.
//!
//! ```text
//! bytes -> text (encoding) -> tree -> facts (JSON-LD, OpenGraph, meta, microdata, time)
//!                                  -> lines -> body (which part is the article) -> blocks
//!                                                              facts, body, blocks -> verdict
//! ```
//!
//! A fragment, such as the body that a feed carries, goes from the tree to blocks directly. Blocks
//! come out as plain text ([`text_of`]) and as HTML that can do nothing ([`html_of`]).

mod address;
mod article;
mod blocks;
mod body;
mod candidate;
mod choice;
mod embed;
mod facts;
mod html;
mod inline;
mod lines;
mod linked_data;
mod names;
mod plain;
mod position;
mod reading;
mod site;
mod tag;
mod tree;
mod verdict;

pub use article::{FeedBody, PageInput, read_feed_body, read_fragment, read_page};
pub use choice::{ChosenBody, choose_body};
pub use html::html_of;
pub use plain::text_of;
pub use position::{find_position, position_at};
pub use reading::WordCount;
pub use site::{SitePage, read_site};

#[cfg(test)]
mod tests;
