use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Block, Direction, Image};

/// What was read from an article's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageArticle {
    /// The headline; empty when there is none.
    pub title: String,
    /// Who wrote it, as the page says.
    pub authors: Vec<String>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was last changed.
    pub modified_at: Option<DateTime<Utc>>,
    /// The publisher's section, in its own words.
    pub section: Option<String>,
    /// BCP 47, as the page says.
    pub language: Option<String>,
    /// Which way its lines run.
    pub direction: Direction,
    /// The picture above it.
    pub lead: Option<Image>,
    /// The sentence or two between headline and body.
    pub standfirst: Option<String>,
    /// The body, without headline, lead picture and standfirst.
    pub blocks: Vec<Block>,
    /// Whether that is the whole article.
    pub verdict: PageVerdict,
}

/// Whether a page gave the whole article, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageVerdict {
    /// All of it.
    Full,
    /// No more than the beginning or a summary.
    SummaryOnly,
    /// The rest is for who pays.
    Paywall,
    /// A demand to agree to something stands before it.
    ConsentWall,
    /// A wall against robots stands before it.
    Challenge,
    /// A list of other pages.
    Index,
    /// Pictures with little text.
    Gallery,
    /// A film with little text.
    Video,
    /// The publisher took it away.
    Gone,
}

/// Where a body came from, and why not from the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodySource {
    /// The page: it has more, and it is the same article.
    Page,
    /// The feed: it has as much as the page.
    FeedHasAsMuch,
    /// The feed: the page speaks of something else.
    PageIsOther,
    /// The feed: the page is no article.
    PageIsNone(PageVerdict),
}

/// What fetching an article's page brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ReadPage {
    /// When it was fetched.
    pub fetched_at: DateTime<Utc>,
    /// Whether it gave the whole article.
    pub verdict: PageVerdict,
    /// Whose body the article has.
    pub body: BodySource,
}
