//! Which body to show: the page's or the feed's.

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation as _;

use super::lines::letters;
use super::plain::text_of;
use crate::model::{Block, BodySource, PageArticle, PageVerdict};

/// Different words of a feed's body from which it says enough to be compared.
const WORDS_MIN: usize = 12;

/// Share of the feed's words that the page's body must have.
const SHARED_MIN: f32 = 0.5;

/// A body and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenBody {
    /// The body.
    pub blocks: Vec<Block>,
    /// Where it came from.
    pub source: BodySource,
}

/// Takes the page's body where it beats the feed's own and shares its words; else keeps the feed's.
pub fn choose_body(page: &PageArticle, feed: Vec<Block>) -> ChosenBody {
    let is_article = matches!(
        page.verdict,
        PageVerdict::Full
            | PageVerdict::SummaryOnly
            | PageVerdict::Paywall
            | PageVerdict::Gallery
            | PageVerdict::Video
    );
    let (of_page, of_feed) = (text_of(&page.blocks), text_of(&feed));
    let source = if !is_article || page.blocks.is_empty() {
        BodySource::PageIsNone(page.verdict)
    } else if letters(&of_page) <= letters(&of_feed) {
        BodySource::FeedHasAsMuch
    } else if !is_about_the_same(&page.text(), &of_feed) {
        BodySource::PageIsOther
    } else {
        BodySource::Page
    };
    let blocks = match source {
        BodySource::Page => page.blocks.clone(),
        _ => feed,
    };
    ChosenBody { blocks, source }
}

fn is_about_the_same(page: &str, feed: &str) -> bool {
    let feed = words(feed);
    let page = words(page);
    let shared = feed.iter().filter(|word| page.contains(*word)).count();
    feed.len() < WORDS_MIN || shared as f32 >= feed.len() as f32 * SHARED_MIN
}

fn words(text: &str) -> HashSet<String> {
    text.unicode_words().map(str::to_lowercase).collect()
}
