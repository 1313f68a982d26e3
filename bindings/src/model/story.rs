//! Stories: one event as its publishers tell it, who ran it, what is said of American media.

use overview_core::model::{
    ArticleForm, ArticleId, Assessment, Condition, CountryCoverage, Coverage, Cursor, Evidence,
    FirstReport, Label, LabelMark, OverlookedClaim, OverlookedMark, OverlookedVerdict, Page,
    PanelCoverage, PerspectiveCount, PerspectiveId, PerspectiveKind, PublisherId, Region,
    RegionCoverage, Scope, Story, StoryId, StoryOrder, StoryQuery, StoryRow, StoryScope, Take,
    Telling,
};
use overview_core::stories::RegroupReport;

use super::ListedArticle;
use crate::{CountryCode, Day, RowCount, Timestamp};

/// A page of stories.
pub type StoryPage = Page<StoryRow>;

/// Why an article has a label. Not `Label`, which SwiftUI has.
pub type PerspectiveLabel = Label;

/// What sort of perspective it is: what its mark on screen looks like.
#[uniffi::remote(Enum)]
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
#[uniffi::remote(Record)]
pub struct PerspectiveLabel {
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
#[uniffi::remote(Enum)]
pub enum Evidence {
    /// A fact of the catalogue.
    Registry {
        /// What it says, such as "ownership: state".
        statement: String,
        /// Where it was read; empty for what the publisher says of itself, such as its country.
        source: String,
        /// The day it was read or last confirmed.
        as_of: Option<Day>,
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

/// What an article is by its form: told from its address, its sections and its page's own data.
#[uniffi::remote(Enum)]
pub enum ArticleForm {
    /// A report.
    News,
    /// Comment: opinion, column, editorial, letter.
    Opinion,
    /// Analysis, explainer.
    Analysis,
    /// A statement of an office.
    Official,
}

/// A row of a list of stories: its lead and what the marks beside it show.
#[uniffi::remote(Record)]
pub struct StoryRow {
    /// Which story.
    pub id: StoryId,
    /// The article that stands for it in this list.
    pub lead: ListedArticle,
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
#[uniffi::remote(Record)]
pub struct LabelMark {
    /// Which perspective.
    pub perspective: PerspectiveId,
    /// Its name.
    pub name: String,
    /// What its mark looks like.
    pub kind: PerspectiveKind,
}

/// A claim about American media as a row shows it.
#[uniffi::remote(Record)]
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
#[uniffi::remote(Record)]
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
#[uniffi::remote(Enum)]
pub enum OverlookedClaim {
    /// Few ran it where many abroad did.
    UnderCovered,
    /// None ran it.
    Overlooked,
}

/// Which stories a list is about. Each part narrows.
#[uniffi::remote(Record)]
pub struct StoryScope {
    /// The articles that may lead, and of which at least one is in the story.
    #[uniffi(default)]
    pub articles: Scope,
    /// Told under this perspective: that take leads, whoever published it.
    #[uniffi(default)]
    pub perspective: Option<PerspectiveId>,
    /// Only those of which something is claimed about American media.
    #[uniffi(default)]
    pub overlooked: bool,
    /// Only those with another take than the lead.
    #[uniffi(default)]
    pub has_takes: bool,
    /// Only those that are about this country.
    #[uniffi(default)]
    pub actor: Option<CountryCode>,
}

/// How a list of stories is ordered. The formulas are public: `docs/stories.md`.
#[uniffi::remote(Enum)]
pub enum StoryOrder {
    /// By the time of the lead, newest first.
    Time,
    /// By distinct countries, then publishers, then time.
    Breadth,
    /// By the strength of the claim about American media.
    Claim,
}

/// A page of stories to ask for.
#[uniffi::remote(Record)]
pub struct StoryQuery {
    /// Which stories.
    #[uniffi(default)]
    pub scope: StoryScope,
    /// In which order.
    pub order: StoryOrder,
    /// Rows wanted, 1 to 50; 0 means the most.
    #[uniffi(default)]
    pub limit: RowCount,
    /// Beyond this place: a page's `next`.
    #[uniffi(default)]
    pub after: Option<Cursor>,
    /// Before this place: a page's `previous`. Not together with `after`.
    #[uniffi(default)]
    pub before: Option<Cursor>,
}

/// One event as its publishers tell it.
#[uniffi::remote(Record)]
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
#[uniffi::remote(Record)]
pub struct Telling {
    /// The article.
    pub row: ListedArticle,
    /// Its first sentence, in English where there is one.
    pub first_sentence: String,
    /// What it is by its form.
    pub form: ArticleForm,
    /// Its labels: the first names it, the others are chips.
    pub labels: Vec<PerspectiveLabel>,
    /// The earlier article that this is a copy of: wire copy, republication, correction.
    pub copy_of: Option<ArticleId>,
}

/// A take: an article of the story shown under a perspective.
#[uniffi::remote(Record)]
pub struct Take {
    /// Which perspective, and why.
    pub label: PerspectiveLabel,
    /// The other labels of the article.
    pub chips: Vec<PerspectiveLabel>,
    /// The article.
    pub row: ListedArticle,
    /// Its first sentence.
    pub first_sentence: String,
    /// Other publishers that print the same text.
    pub also_in: Vec<PublisherId>,
}

/// Who ran a story, out of those whose feeds answered in its time.
#[uniffi::remote(Record)]
pub struct Coverage {
    /// Publishers that ran it.
    pub publishers: u32,
    /// Publishers that could have: switched on, and their feeds answered.
    pub of: u32,
    /// Countries with a publisher that ran it, most publishers first.
    pub countries: Vec<CountryCoverage>,
    /// Every region with a publisher that could have, in the order of `Region::ALL`.
    pub regions: Vec<RegionCoverage>,
    /// Who had it first.
    pub first: Option<FirstReport>,
    /// Articles by the hour since that first one, at most 72.
    pub hours: Vec<u32>,
    /// The American panel.
    pub american: PanelCoverage,
}

/// A country's part in a coverage.
#[uniffi::remote(Record)]
pub struct CountryCoverage {
    /// Which country.
    pub country: CountryCode,
    /// Its publishers that ran the story.
    pub ran: u32,
    /// Its publishers that could have.
    pub of: u32,
}

/// A region's part in a coverage; silent when nobody there ran it.
#[uniffi::remote(Record)]
pub struct RegionCoverage {
    /// Which region.
    pub region: Region,
    /// Its publishers that ran the story.
    pub ran: u32,
    /// Its publishers that could have.
    pub of: u32,
}

/// Who had a story first.
#[uniffi::remote(Record)]
pub struct FirstReport {
    /// Who.
    pub publisher: PublisherId,
    /// When.
    pub at: Timestamp,
}

/// The American panel's part in a coverage.
#[uniffi::remote(Record)]
pub struct PanelCoverage {
    /// Panel members that ran the story.
    pub ran: u32,
    /// Panel members whose feeds answered.
    pub of: u32,
    /// Panel members in all.
    pub all: u32,
}

/// What is said of American media about a story.
#[uniffi::remote(Record)]
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
    pub since: Timestamp,
}

/// The verdict of an `Assessment`.
#[uniffi::remote(Enum)]
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
        article: Option<ArticleId>,
        /// Why, in a sentence.
        why: String,
    },
}

/// One condition of a claim.
#[uniffi::remote(Record)]
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

/// A page of a list of stories.
#[uniffi::remote(Record)]
pub struct StoryPage {
    /// At most 50 rows.
    pub rows: Vec<StoryRow>,
    /// Where the neighbour before ends; `None` when there is none.
    pub previous: Option<Cursor>,
    /// Where the neighbour behind begins; `None` when there is none.
    pub next: Option<Cursor>,
}

/// What a regrouping did.
#[uniffi::remote(Record)]
pub struct RegroupReport {
    /// Articles read for the first time, or again.
    pub read: u32,
    /// Articles of the window.
    pub articles: u32,
    /// Stories of more than one article.
    pub stories: u32,
    /// Stories that are told otherwise than before.
    pub changed: u32,
    /// Claims about American media.
    pub claims: u32,
}
