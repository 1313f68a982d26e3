//! What the reader shows, all of it: a screen is drawn from this alone.

use std::collections::HashMap;
use std::ops::Range;

use chrono::{DateTime, FixedOffset, Offset, Utc};
use overview_core::model::{
    Article, ArticleId, ArticleRow, CountryCode, CountrySummary, Cursor, PerspectiveCount,
    PerspectiveId, ReadingPosition, Region, Story, StoryId, StoryOrder, StoryRow, Stretch, Take,
};
use overview_core::pack::PackProgress;
use overview_core::sync::SyncProgress;
use overview_core::translation::TranslationState;

use super::globe::Turning;
use super::languages::{Installing, Languages};
use super::mutes::Mutes;
use super::own::Own;
use crate::prose::{Pictures, Prose};

/// Where the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The countries, and above them the lists of all.
    World,
    /// The countries on a globe.
    Globe,
    /// A list of stories.
    List,
    Article,
    /// The takes of a story beside each other.
    Takes,
    /// Why an article has its labels.
    Why,
    /// Who ran a story.
    Coverage,
    /// The perspectives that a list can be narrowed to.
    Perspectives,
    Languages,
    /// What is muted.
    Mutes,
    /// Sites that were added, what was read, what can be taken back.
    Own,
}

/// Which stories are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listing {
    /// Of all countries.
    World,
    /// Of which something is claimed about American media.
    Overlooked,
    /// What mutes hide, article by article.
    Muted,
    Country(CountryCode),
}

/// In which language what is not in English is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reads {
    English,
    Original,
    /// The original beside its English, block by block; where there is room.
    Both,
}

/// Columns from which two panes stand side by side.
pub(super) const TWO_PANES: u16 = 108;

/// The whole state.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// Columns and rows of the terminal.
    pub(super) size: (u16, u16),
    /// The moment ages are counted from.
    pub(super) now: DateTime<Utc>,
    /// The zone that dates are shown in.
    pub(super) zone: FixedOffset,
    pub(super) place: Place,
    /// It is the sample world.
    pub(super) sample: bool,
    pub(super) world: World,
    pub(super) globe: Turning,
    pub(super) list: List,
    pub(super) article: Reading,
    /// What lies below a screen about the story, in the order it was left.
    pub(super) trail: Vec<Place>,
    pub(super) perspectives: Perspectives,
    /// Lists are ordered by how many countries have a story, not by time.
    pub(super) by_breadth: bool,
    pub(super) languages: Languages,
    pub(super) mutes: Mutes,
    pub(super) own: Own,
    /// A model that is being downloaded.
    pub(super) installing: Option<Installing>,
    /// What is being typed to filter the list, while it is typed.
    pub(super) typing: bool,
    /// The number of a link, while it is typed.
    pub(super) link: Option<String>,
    pub(super) unread_only: bool,
    /// In which language articles and titles are shown.
    pub(super) reads: Reads,
    /// Nothing is fetched.
    pub(super) offline: bool,
    /// The terminal has colours enough for pictures.
    pub(super) pictures: bool,
    /// The keys are shown.
    pub(super) help: bool,
    /// A line for the person.
    pub(super) status: Option<String>,
    /// A sync that runs.
    pub(super) sync: Option<SyncProgress>,
    /// A pack that runs.
    pub(super) pack: Option<PackProgress>,
    /// The last bulk mark, to be taken back.
    pub(super) undo: Option<i64>,
    pub(super) ended: bool,
}

/// The list of countries.
#[derive(Debug, Clone, Default)]
pub(super) struct World {
    pub(super) countries: Vec<CountrySummary>,
    pub(super) loaded: bool,
    /// Stories of which something is claimed about American media, and whether there are more.
    pub(super) overlooked: (usize, bool),
    pub(super) selected: Option<Listing>,
    pub(super) filter: String,
}

/// A row of the world.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum WorldRow<'a> {
    /// The list of all, and that of what is overlooked.
    All(Listing),
    Region(Region, u32),
    Country(&'a CountrySummary),
}

/// A list of stories.
#[derive(Debug, Clone, Default)]
pub(super) struct List {
    pub(super) of: Option<Listing>,
    /// Only those told under this perspective, led by that take.
    pub(super) perspective: Option<PerspectiveCount>,
    pub(super) rows: Vec<StoryRow>,
    /// What follows the last row, if anything.
    pub(super) next: Option<Cursor>,
    /// Asked for and not here yet; answers to older questions are dropped.
    pub(super) asked: u64,
    pub(super) waiting: bool,
    pub(super) selected: Option<StoryId>,
    pub(super) filter: String,
    /// What is said of a row: where the words stand that it was found by, or what mutes it.
    pub(super) notes: HashMap<ArticleId, Vec<Stretch>>,
}

/// The screen on which a perspective is chosen.
#[derive(Debug, Clone, Default)]
pub(super) struct Perspectives {
    pub(super) rows: Vec<PerspectiveCount>,
    pub(super) loaded: bool,
    /// `None` stands for all.
    pub(super) selected: Option<PerspectiveId>,
}

/// The story of the open article.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) story: Story,
    /// Beside the open article.
    pub(super) takes: Vec<Take>,
}

/// Whether the open article is being translated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Translating {
    #[default]
    NotAsked,
    Asked,
    /// As far as it could be.
    Ended(TranslationState),
}

/// The article that is open, or shown beside its list.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    pub(super) id: Option<ArticleId>,
    pub(super) article: Option<Box<Article>>,
    /// It in lines, for a pane of so many columns of text.
    pub(super) prose: Prose,
    pub(super) set_for: Option<usize>,
    /// Its page is being fetched.
    pub(super) fetching: bool,
    /// Translating it was asked for.
    pub(super) translating: Translating,
    /// Those of its pictures that are here.
    pub(super) pictures: Pictures,
    /// Lines above the window.
    pub(super) scroll: usize,
    /// Where to scroll to once its lines are set.
    pub(super) resume: Option<ReadingPosition>,
    /// The line to show first once they are set: a take stands where the one before it stood.
    pub(super) at_line: Option<usize>,
    pub(super) told: Option<Box<Told>>,
    /// The lines of each take under the headline.
    pub(super) take_lines: Vec<Range<usize>>,
    /// The line of the article's own label.
    pub(super) own_line: Option<usize>,
    /// The take that Enter opens.
    pub(super) focus: Option<usize>,
    /// The article that is selected among all that tell the story.
    pub(super) compared: Option<ArticleId>,
    /// Lines above the window of a screen about the story.
    pub(super) panel_scroll: usize,
}

impl State {
    pub(super) fn new(size: (u16, u16), now: DateTime<Utc>) -> Self {
        Self {
            size,
            now,
            zone: Utc.fix(),
            place: Place::World,
            sample: false,
            world: World::default(),
            globe: Turning::default(),
            list: List::default(),
            article: Reading::default(),
            trail: Vec::new(),
            perspectives: Perspectives::default(),
            by_breadth: false,
            link: None,
            languages: Languages::default(),
            mutes: Mutes::default(),
            own: Own::default(),
            installing: None,
            typing: false,
            unread_only: false,
            reads: Reads::English,
            offline: false,
            pictures: false,
            help: false,
            status: None,
            sync: None,
            pack: None,
            undo: None,
            ended: false,
        }
    }

    /// Whether two panes stand side by side.
    pub(super) fn wide(&self) -> bool {
        self.size.0 >= TWO_PANES
    }

    /// Rows between the header and the status line.
    pub(super) fn body_height(&self) -> usize {
        usize::from(self.size.1.saturating_sub(3)).max(1)
    }

    /// The rows of the world that the filter leaves, under their regions.
    pub(super) fn world_rows(&self) -> Vec<WorldRow<'_>> {
        let filter = self.world.filter.to_lowercase();
        let mut rows = Vec::new();
        if filter.is_empty() && !self.world.countries.is_empty() {
            rows.push(WorldRow::All(Listing::World));
            rows.push(WorldRow::All(Listing::Overlooked));
        }
        for region in Region::ALL {
            let countries: Vec<&CountrySummary> = self
                .world
                .countries
                .iter()
                .filter(|country| country.region == region)
                .filter(|country| !self.unread_only || country.unread_stories > 0)
                .filter(|country| {
                    filter.is_empty()
                        || country.name.to_lowercase().contains(&filter)
                        || country.country.as_str().to_lowercase() == filter
                })
                .collect();
            if countries.is_empty() {
                continue;
            }
            let unread = countries.iter().map(|country| country.unread_stories).sum();
            rows.push(WorldRow::Region(region, unread));
            rows.extend(countries.into_iter().map(WorldRow::Country));
        }
        rows
    }

    /// What can be listed, in the order it is shown.
    pub(super) fn shown_listings(&self) -> Vec<Listing> {
        self.world_rows()
            .iter()
            .filter_map(|row| match row {
                WorldRow::All(listing) => Some(*listing),
                WorldRow::Country(country) => Some(Listing::Country(country.country)),
                WorldRow::Region(..) => None,
            })
            .collect()
    }

    /// The country that is meant: the selected one, or that whose stories are listed.
    pub(super) fn country(&self) -> Option<CountryCode> {
        let listing = match self.place {
            Place::World | Place::Globe => self.world.selected,
            _ => self.list.of,
        };
        match listing? {
            Listing::Country(code) => Some(code),
            Listing::World | Listing::Overlooked | Listing::Muted => None,
        }
    }

    /// What is known of the country whose stories are listed.
    pub(super) fn country_summary(&self) -> Option<&CountrySummary> {
        let Some(Listing::Country(code)) = self.list.of else {
            return None;
        };
        self.world.countries.iter().find(|c| c.country == code)
    }

    /// How the list is ordered.
    pub(super) fn order(&self) -> StoryOrder {
        match (self.list.of, self.by_breadth) {
            (Some(Listing::Overlooked), _) => StoryOrder::Claim,
            (_, true) => StoryOrder::Breadth,
            (_, false) => StoryOrder::Time,
        }
    }

    /// The selected story's row.
    pub(super) fn selected_story(&self) -> Option<&StoryRow> {
        let id = self.list.selected?;
        self.list.rows.iter().find(|row| row.id == id)
    }

    /// The article that keys act upon: the open one, or the lead of the selected story.
    pub(super) fn selected_row(&self) -> Option<&ArticleRow> {
        let lead = self.selected_story().map(|story| &story.lead);
        if matches!(self.place, Place::World | Place::List) {
            return lead;
        }
        let id = self.article.id?;
        let open = self.article.article.as_ref().map(|article| &article.row);
        // The list is asked for again behind every mark, the article is not.
        lead.into_iter().chain(open).find(|row| row.id == id)
    }
}
