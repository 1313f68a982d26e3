//! What the reader shows, all of it: a screen is drawn from this alone.

use chrono::{DateTime, FixedOffset, Offset, Utc};
use overview_core::model::{
    Article, ArticleId, ArticleRow, CountryCode, CountrySummary, Cursor, ReadingPosition, Region,
};
use overview_core::pack::PackProgress;
use overview_core::sync::SyncProgress;
use overview_core::translation::TranslationState;

use super::languages::{Installing, Languages};
use crate::prose::{Pictures, Prose};

/// Where the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    World,
    Country,
    Article,
    Languages,
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
    pub(super) country: Country,
    pub(super) article: Reading,
    pub(super) languages: Languages,
    /// A model that is being downloaded.
    pub(super) installing: Option<Installing>,
    /// What is being typed to filter the list, while it is typed.
    pub(super) typing: bool,
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
    pub(super) selected: Option<CountryCode>,
    pub(super) filter: String,
}

/// A row of the world.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum WorldRow<'a> {
    Region(Region, u32),
    Country(&'a CountrySummary),
}

/// A country's articles.
#[derive(Debug, Clone, Default)]
pub(super) struct Country {
    pub(super) code: Option<CountryCode>,
    pub(super) rows: Vec<ArticleRow>,
    /// What follows the last row, if anything.
    pub(super) next: Option<Cursor>,
    /// Asked for and not here yet; answers to older questions are dropped.
    pub(super) asked: u64,
    pub(super) waiting: bool,
    pub(super) selected: Option<ArticleId>,
    pub(super) filter: String,
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
            country: Country::default(),
            article: Reading::default(),
            languages: Languages::default(),
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

    /// The rows of the world that the filter leaves, regions first.
    pub(super) fn world_rows(&self) -> Vec<WorldRow<'_>> {
        let filter = self.world.filter.to_lowercase();
        let mut rows = Vec::new();
        for region in Region::ALL {
            let countries: Vec<&CountrySummary> = self
                .world
                .countries
                .iter()
                .filter(|country| country.region == region)
                .filter(|country| !self.unread_only || country.unread > 0)
                .filter(|country| {
                    filter.is_empty()
                        || country.name.to_lowercase().contains(&filter)
                        || country.country.as_str().to_lowercase() == filter
                })
                .collect();
            if countries.is_empty() {
                continue;
            }
            let unread = countries.iter().map(|country| country.unread).sum();
            rows.push(WorldRow::Region(region, unread));
            rows.extend(countries.into_iter().map(WorldRow::Country));
        }
        rows
    }

    /// The countries in the order they are shown.
    pub(super) fn shown_countries(&self) -> Vec<CountryCode> {
        self.world_rows()
            .iter()
            .filter_map(|row| match row {
                WorldRow::Country(country) => Some(country.country),
                WorldRow::Region(..) => None,
            })
            .collect()
    }

    /// What is known of the country whose articles are listed.
    pub(super) fn country_summary(&self) -> Option<&CountrySummary> {
        let code = self.country.code?;
        self.world.countries.iter().find(|c| c.country == code)
    }

    /// The selected article's row.
    pub(super) fn selected_row(&self) -> Option<&ArticleRow> {
        let id = self.country.selected?;
        self.country.rows.iter().find(|row| row.id == id)
    }
}
