//! Where things stand on the screen: shared by drawing, scrolling and the mouse.

use chrono::FixedOffset;
use overview_core::language::name_of;
use overview_core::model::{Article, ArticleId, Direction, PerspectiveId, StoryId};
use overview_core::translation::TranslationState;
use ratatui::layout::Rect;

use super::position;
use super::state::{Listing, Place, Reads, State, Translating, WorldRow};
use super::stories_view;
use super::update::world_place;
use crate::output::figures::date_in;
use crate::{prose, telling};

/// Lines of one story in a list: its headline, and who told it when and how many more did.
pub(super) const ROW_LINES: usize = 2;

/// Longest line of running text, in columns.
const MEASURE: usize = 72;

/// The parts of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Panes {
    pub(super) header: Rect,
    /// All between the header and the status line.
    pub(super) whole: Rect,
    pub(super) left: Rect,
    /// Beside it, when the terminal is wide.
    pub(super) right: Option<Rect>,
    pub(super) status: Rect,
}

pub(super) fn panes(state: &State) -> Panes {
    let (columns, rows) = state.size;
    let body = Rect::new(0, 2.min(rows), columns, rows.saturating_sub(3));
    let (left, right) = if state.wide() {
        let left = (columns * 2 / 5).clamp(40, 84);
        (
            Rect::new(0, body.y, left, body.height),
            Some(Rect::new(
                left + 1,
                body.y,
                columns.saturating_sub(left + 1),
                body.height,
            )),
        )
    } else {
        (body, None)
    };
    Panes {
        header: Rect::new(0, 0, columns, 1.min(rows)),
        whole: body,
        left,
        right,
        status: Rect::new(0, rows.saturating_sub(1), columns, 1.min(rows)),
    }
}

/// Where the list of countries, the globe, the list of stories, the article and what takes the whole are drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) world: Option<Rect>,
    pub(super) globe: Option<Rect>,
    pub(super) list: Option<Rect>,
    pub(super) article: Option<Rect>,
    /// About a story.
    pub(super) story: Option<Rect>,
    pub(super) languages: Option<Rect>,
    pub(super) mutes: Option<Rect>,
    pub(super) own: Option<Rect>,
}

pub(super) fn shown(state: &State) -> Shown {
    let panes = panes(state);
    let mut shown = Shown::default();
    match (state.place, panes.right) {
        (Place::Globe, _) => {
            let (globe, world) = globe_and_list(panes.whole);
            shown.globe = Some(globe);
            shown.world = world;
        }
        (Place::World, right) => {
            shown.world = Some(panes.left);
            shown.list = right;
        }
        (Place::List, right) => {
            shown.list = Some(panes.left);
            shown.article = right;
        }
        (Place::Article, None) => shown.article = Some(panes.left),
        (Place::Article, right) => {
            shown.list = Some(panes.left);
            shown.article = right;
        }
        (Place::Takes | Place::Why | Place::Coverage | Place::Perspectives, _) => {
            shown.story = Some(panes.whole);
        }
        (Place::Languages, _) => shown.languages = Some(panes.whole),
        (Place::Mutes, _) => shown.mutes = Some(panes.whole),
        (Place::Own, _) => shown.own = Some(panes.whole),
    }
    shown
}

/// The globe as large as it can be beside the list of countries, or alone where it is narrow.
fn globe_and_list(whole: Rect) -> (Rect, Option<Rect>) {
    const LEAST_LIST: u16 = 32;
    if whole.width < 54 {
        return (whole, None);
    }
    // Characters are about twice as high as they are wide.
    let width = (whole.height * 2).min(whole.width - LEAST_LIST - 1);
    let left = whole.x + width + 1;
    let list = Rect::new(left, whole.y, whole.right() - left, whole.height);
    (Rect { width, ..whole }, Some(list))
}

/// The first of `count` rows that is shown, so that the selected one stands in the middle where
/// the list is long enough.
pub(super) fn first_row(selected: usize, count: usize, height: usize) -> usize {
    selected
        .saturating_sub(height / 2)
        .min(count.saturating_sub(height))
}

/// What a click meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hit {
    Listing(Listing),
    Story(StoryId),
    Take(usize),
    OwnLabel,
    Compared(ArticleId),
    Perspective(Option<PerspectiveId>),
}

pub(super) fn hit(state: &State, column: u16, row: u16) -> Option<Hit> {
    let shown = shown(state);
    let inside = |rect: Option<Rect>| rect.filter(|rect| rect.contains((column, row).into()));
    if let Some(rect) = inside(shown.world) {
        let rows = state.world_rows();
        let height = usize::from(rect.height);
        let place = world_place(&rows, state.world.selected);
        let first = first_row(place, rows.len(), height);
        return match rows.get(first + usize::from(row - rect.y))? {
            WorldRow::All(listing) => Some(Hit::Listing(*listing)),
            WorldRow::Country(country) => Some(Hit::Listing(Listing::Country(country.country))),
            WorldRow::Region(..) => None,
        };
    }
    if let Some(rect) = inside(shown.story) {
        return stories_view::hit(state, rect, column, row);
    }
    if let Some(rect) = inside(shown.article) {
        let line = state.article.scroll + usize::from(row - rect.y);
        if state.article.own_line == Some(line) {
            return Some(Hit::OwnLabel);
        }
        let takes = &state.article.take_lines;
        let at = takes.iter().position(|lines| lines.contains(&line))?;
        return Some(Hit::Take(at));
    }
    let rect = inside(shown.list)?;
    let (first, _) = story_window(state, rect);
    let place = first + usize::from(row - rect.y) / ROW_LINES;
    Some(Hit::Story(state.list.rows.get(place)?.id))
}

/// The first story shown in a list, and how many fit.
pub(super) fn story_window(state: &State, rect: Rect) -> (usize, usize) {
    let height = usize::from(rect.height) / ROW_LINES;
    let rows = &state.list.rows;
    let selected = rows
        .iter()
        .position(|row| Some(row.id) == state.list.selected)
        .unwrap_or(0);
    (first_row(selected, rows.len(), height), height.max(1))
}

/// Columns of running text in a pane.
pub(super) fn measure(columns: usize) -> usize {
    MEASURE.min(columns.saturating_sub(4)).max(16)
}

/// Sets the open article for the pane that it is shown in, unless that was done.
pub(super) fn set_article(state: &mut State) {
    let Some(rect) = shown(state).article else {
        return;
    };
    let width = measure(usize::from(rect.width));
    let (zone, now) = (state.zone, state.now);
    let reading = &mut state.article;
    if reading.set_for == Some(width) {
        position::resume(reading);
        return;
    }
    // Of the lines as they were set before, unless what to set is new.
    if reading.set_for.is_some() {
        reading.resume = position::of(reading);
    }
    let Some(article) = &reading.article else {
        return;
    };
    let mut above = vec![meta(article, zone)];
    above.extend(language_note(article, &reading.translating));
    let both = state.reads == Reads::Both
        && state.place == Place::Article
        && article.translation.is_some()
        && article.direction == Direction::LeftToRight;
    let columns = match both {
        true => beside(usize::from(rect.width)),
        false => width,
    };
    let original = state.reads == Reads::Original;
    let below = reading.told.as_ref().map(|told| {
        telling::below(
            &told.story,
            &article.row,
            &told.takes,
            original,
            columns,
            now,
        )
    });
    let (lines, takes, own) = below
        .map(|below| (below.lines, below.takes, below.own))
        .unwrap_or_default();
    reading.prose = match state.reads {
        Reads::Original => prose::set(article, &above, lines, width, &reading.pictures),
        Reads::Both if both => {
            // Beside each other pictures would stand twice.
            let half = columns;
            let none = prose::Pictures::new();
            let english = prose::set(&article.in_english(), &above, lines, half, &none);
            let original = prose::set(article, &above, Vec::new(), half, &none);
            prose::beside(english, original, half)
        }
        Reads::English | Reads::Both => prose::set(
            &article.in_english(),
            &above,
            lines,
            width,
            &reading.pictures,
        ),
    };
    let first = reading.prose.below;
    let moved = takes.into_iter();
    reading.take_lines = moved
        .map(|lines| lines.start + first..lines.end + first)
        .collect();
    reading.own_line = own.map(|line| line + first);
    reading.set_for = Some(width);
    if let Some(line) = reading.at_line.take() {
        reading.scroll = line;
        reading.resume = None;
    }
    position::resume(reading);
}

/// Columns of each of two texts beside each other.
fn beside(columns: usize) -> usize {
    (columns.saturating_sub(4 + prose::GUTTER.chars().count()) / 2).clamp(16, MEASURE)
}

/// Who translated, or why nobody did.
fn language_note(article: &Article, translating: &Translating) -> Option<String> {
    if !article.row.is_foreign() {
        return None;
    }
    let language = name_of(&article.row.language);
    let by_key = |_: &str| "press i".to_owned();
    if let Some(translation) = &article.translation {
        let by = translation.by.clone();
        return prose::translation_note(&TranslationState::Translated { language, by }, by_key);
    }
    match translating {
        Translating::Ended(stands) => prose::translation_note(stands, by_key),
        Translating::NotAsked | Translating::Asked => {
            Some(format!("In {language}, not translated."))
        }
    }
}

/// Who, where and when, and how long it takes to read.
fn meta(article: &Article, zone: FixedOffset) -> String {
    let row = &article.row;
    let mut parts = vec![row.publisher_name.clone()];
    if !article.authors.is_empty() {
        parts.push(article.authors.join(", "));
    }
    parts.push(row.country.to_string());
    parts.push(date_in(zone, row.published_at.unwrap_or(row.sort_at)));
    parts.extend(
        article
            .updated_at
            .map(|at| format!("updated {}", date_in(zone, at))),
    );
    parts.extend(prose::reading_time(&article.blocks));
    parts.join(" · ")
}
