use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ArticleRow, CountryCode, Label, PerspectiveId, PerspectiveKind, PublisherId, Region};

/// Names a story; in text, 16 hexadecimal digits. Stays while the story grows, splits and merges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StoryId(pub u64);

impl StoryId {
    /// The id of a story that begins with the article of this name: FNV-1a (Fowler, Noll, Vo), 64
    /// bits, the same on every machine and in every version.
    pub fn first(article: &str) -> Self {
        Self(article.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        }))
    }
}

impl fmt::Display for StoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Why a text is not a [`StoryId`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the id of a story (16 hexadecimal digits)")]
pub struct ParseStoryIdError(pub String);

impl FromStr for StoryId {
    type Err = ParseStoryIdError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
        digits
            .then(|| u64::from_str_radix(text, 16).ok().map(Self))
            .flatten()
            .ok_or_else(|| ParseStoryIdError(text.to_owned()))
    }
}

impl TryFrom<String> for StoryId {
    type Error = ParseStoryIdError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<StoryId> for String {
    fn from(id: StoryId) -> Self {
        id.to_string()
    }
}

/// What an article is by its form: told from its address, its sections and its page's own data.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ArticleForm {
    /// A report.
    #[default]
    News,
    /// Comment: opinion, column, editorial, letter.
    Opinion,
    /// Analysis, explainer.
    Analysis,
    /// A statement of an office.
    Official,
}

/// A row of a list of stories: its lead and what the marks beside it show.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StoryRow {
    /// Which story.
    pub id: StoryId,
    /// The article that stands for it in this list.
    pub lead: ArticleRow,
    /// The lead's own label.
    pub label: Option<LabelMark>,
    /// Its articles that are stored.
    pub articles: u32,
    /// Publishers of them, those of one family counted once.
    pub publishers: u32,
    /// Countries of those publishers.
    pub countries: u32,
    /// How many takes are offered beside the lead.
    pub takes: u32,
    /// The sorts of perspectives among them, each once, at most four.
    pub marks: Vec<PerspectiveKind>,
    /// What is claimed of American media, if anything.
    pub overlooked: Option<OverlookedMark>,
}

/// A label as a row shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelMark {
    /// Which perspective.
    pub perspective: PerspectiveId,
    /// Its name.
    pub name: String,
    /// What its mark looks like.
    pub kind: PerspectiveKind,
}

/// A claim about American media as a row shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverlookedMark {
    /// How much is claimed.
    pub claim: OverlookedClaim,
    /// American outlets that ran it.
    pub american_ran: u32,
    /// American outlets that were looked at.
    pub american_of: u32,
    /// Countries with a publisher that ran it, most publishers first.
    pub countries: Vec<CountryCoverage>,
}

/// A perspective among those of a list, with how many of its stories are told under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PerspectiveCount {
    /// Which.
    pub perspective: PerspectiveId,
    /// Its name on screen.
    pub name: String,
    /// What its mark looks like.
    pub kind: PerspectiveKind,
    /// Stories told under it.
    pub stories: u32,
}

/// How much is claimed of American media.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverlookedClaim {
    /// Few ran it where many abroad did.
    UnderCovered,
    /// None ran it.
    Overlooked,
}

/// Which stories a list is about. Each part narrows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoryScope {
    /// The articles that may lead, and of which at least one is in the story.
    pub articles: super::Scope,
    /// Told under this perspective: that take leads, whoever published it.
    pub perspective: Option<PerspectiveId>,
    /// Only those of which something is claimed about American media.
    pub overlooked: bool,
    /// Only those with another take than the lead.
    pub has_takes: bool,
    /// Only those that are about this country.
    pub actor: Option<CountryCode>,
}

/// How a list of stories is ordered. The formulas are public: `docs/stories.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoryOrder {
    /// By the time of the lead, newest first.
    #[default]
    Time,
    /// By distinct countries, then publishers, then time.
    Breadth,
    /// By the strength of the claim about American media.
    Claim,
}

/// A page of stories to ask for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoryQuery {
    /// Which stories.
    pub scope: StoryScope,
    /// In which order.
    pub order: StoryOrder,
    /// Rows wanted, 1 to [`PAGE_SIZE_MAX`](super::PAGE_SIZE_MAX); 0 means the most.
    pub limit: usize,
    /// Beyond this place: a page's `next`.
    pub after: Option<super::Cursor>,
    /// Before this place: a page's `previous`. Not together with `after`.
    pub before: Option<super::Cursor>,
}

/// One event as its publishers tell it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Story {
    /// Which.
    pub id: StoryId,
    /// Every article of it that is stored, the earliest first.
    pub articles: Vec<Telling>,
    /// Countries it is about, the first the most.
    pub actors: Vec<CountryCode>,
    /// Where it happens, as far as that can be told.
    pub place: Option<CountryCode>,
    /// Who ran it, and who did not.
    pub coverage: Coverage,
    /// What is said of American media, and why.
    pub assessment: Assessment,
    /// The version of the rules that made labels, takes and claims.
    pub rules_version: u32,
}

/// An article as one of those that tell a story.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Telling {
    /// The article.
    pub row: ArticleRow,
    /// Its first sentence, in English where there is one.
    pub first_sentence: String,
    /// What it is by its form.
    pub form: ArticleForm,
    /// Its labels: the first names it, the others are chips.
    pub labels: Vec<Label>,
    /// The earlier article that this is a copy of: wire copy, republication, correction.
    pub copy_of: Option<super::ArticleId>,
}

/// A take: an article of the story shown under a perspective.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Take {
    /// Which perspective, and why.
    pub label: Label,
    /// The other labels of the article.
    pub chips: Vec<Label>,
    /// The article.
    pub row: ArticleRow,
    /// Its first sentence.
    pub first_sentence: String,
    /// Other publishers that print the same text.
    pub also_in: Vec<PublisherId>,
}

/// Who ran a story, out of those whose feeds answered in its time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Coverage {
    /// Publishers that ran it.
    pub publishers: u32,
    /// Publishers that could have: switched on, and their feeds answered.
    pub of: u32,
    /// Countries with a publisher that ran it, most publishers first.
    pub countries: Vec<CountryCoverage>,
    /// Every region with a publisher that could have, in the order of [`Region::ALL`].
    pub regions: Vec<RegionCoverage>,
    /// Who had it first.
    pub first: Option<FirstReport>,
    /// Articles by the hour since that first one, at most 72.
    pub hours: Vec<u32>,
    /// The American panel.
    pub american: PanelCoverage,
}

/// A country's part in a coverage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountryCoverage {
    /// Which country.
    pub country: CountryCode,
    /// Its publishers that ran the story.
    pub ran: u32,
    /// Its publishers that could have.
    pub of: u32,
}

/// A region's part in a coverage; silent when nobody there ran it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionCoverage {
    /// Which region.
    pub region: Region,
    /// Its publishers that ran the story.
    pub ran: u32,
    /// Its publishers that could have.
    pub of: u32,
}

/// Who had a story first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstReport {
    /// Who.
    pub publisher: PublisherId,
    /// When.
    pub at: DateTime<Utc>,
}

/// The American panel's part in a coverage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct PanelCoverage {
    /// Panel members that ran the story.
    pub ran: u32,
    /// Panel members whose feeds answered.
    pub of: u32,
    /// Panel members in all.
    pub all: u32,
}

/// What is said of American media about a story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// The verdict.
    pub verdict: OverlookedVerdict,
    /// The sentence for the screen, with its numbers; never more than the numbers say.
    pub text: String,
    /// Each condition with its number and its bar, in the order they are asked.
    pub conditions: Vec<Condition>,
    /// Stronger claims first: see `docs/stories.md`. 0 when nothing is claimed.
    pub strength: f32,
    /// When it became what it is.
    pub since: DateTime<Utc>,
}

/// The verdict of an [`Assessment`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum OverlookedVerdict {
    /// No American outlet ran it.
    Overlooked,
    /// Fewer American outlets ran it than chance would have.
    UnderCovered,
    /// Nothing is claimed.
    NoClaim,
    /// Only the press of the country where it happens ran it.
    LocalStory {
        /// That country.
        country: CountryCode,
    },
    /// Nothing is claimed of any story now: too few American feeds answer.
    PanelUnhealthy,
    /// It was claimed, and is no longer.
    Withdrawn {
        /// What was claimed.
        claim: OverlookedClaim,
        /// The American article that was found, where that is the reason.
        article: Option<super::ArticleId>,
        /// Why, in a sentence.
        why: String,
    },
}

/// One condition of a claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// What is asked, such as "countries outside the United States".
    pub name: String,
    /// The number found, as text for the screen.
    pub value: String,
    /// The bar, as text for the screen, such as "at least 3".
    pub bar: String,
    /// Whether it holds.
    pub holds: bool,
}
