//! The screen of what is the person's own: sites they added and can add, what they did lately and can
//! take back, what they read lately. Pure, as `update` is.

use overview_core::model::{
    Change, ChangeId, CountryCode, FoundFeed, FoundSite, HistoryRow, OwnPublisher, PublisherId,
    PublisherSummary,
};
use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::state::{Place, State};
use super::update::{Effect, back, moved, show_article};

/// The screen.
#[derive(Debug, Clone, Default)]
pub(super) struct Own {
    pub(super) known: Known,
    pub(super) loaded: bool,
    pub(super) selected: usize,
    pub(super) typing: Option<Typing>,
    /// An address is being looked at.
    pub(super) looking: bool,
    pub(super) found: Option<Found>,
}

/// What the store knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Known {
    pub(super) sites: Vec<PublisherSummary>,
    pub(super) changes: Vec<Change>,
    pub(super) history: Vec<HistoryRow>,
}

/// What is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typing {
    Address(String),
    Country(String),
}

/// A site that was found, and what of it is to be added.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) site: FoundSite,
    pub(super) chosen: Vec<bool>,
    pub(super) country: Option<CountryCode>,
}

/// A line that can be selected.
#[derive(Debug, Clone, Copy)]
pub(super) enum Item<'o> {
    Feed(usize, &'o FoundFeed, bool),
    Site(&'o PublisherSummary),
    Change(&'o Change),
    Read(&'o HistoryRow),
}

impl Own {
    /// Everything that can be selected, as it stands on the screen.
    pub(super) fn items(&self) -> Vec<Item<'_>> {
        let mut items = Vec::new();
        if let Some(found) = &self.found {
            let feeds = found.site.feeds.iter().zip(&found.chosen);
            items.extend(
                feeds
                    .enumerate()
                    .map(|(place, (feed, chosen))| Item::Feed(place, feed, *chosen)),
            );
        }
        items.extend(self.known.sites.iter().map(Item::Site));
        items.extend(self.known.changes.iter().map(Item::Change));
        items.extend(self.known.history.iter().map(Item::Read));
        items
    }
}

/// Opens the screen, or leaves it.
pub(super) fn toggle(state: &mut State) -> Vec<Effect> {
    if state.place == Place::Own {
        return back(state);
    }
    state.own = Own::default();
    state.trail.push(state.place);
    state.place = Place::Own;
    vec![Effect::LoadOwn]
}

pub(super) fn on_known(state: &mut State, known: Known) {
    state.own.known = known;
    state.own.loaded = true;
    let last = state.own.items().len().saturating_sub(1);
    state.own.selected = state.own.selected.min(last);
}

pub(super) fn on_found(state: &mut State, found: Result<FoundSite, String>) {
    state.own.looking = false;
    match found {
        Ok(site) if site.feeds.is_empty() => {
            state.status = Some(format!("No feed was found at {}.", site.home));
        }
        Ok(site) => {
            let first = site.feeds.iter().position(|feed| feed.known.is_none());
            let chosen = (0..site.feeds.len()).map(|place| Some(place) == first);
            state.own.found = Some(Found {
                chosen: chosen.collect(),
                country: site.country,
                site,
            });
            state.own.selected = 0;
        }
        Err(why) => state.status = Some(why),
    }
}

pub(super) fn on_added(state: &mut State, name: &str) {
    state.own.found = None;
    state.own.selected = 0;
    state.status = Some(format!("{name} was added. R fetches it."));
}

pub(super) fn step(state: &mut State, by: isize) {
    let places: Vec<usize> = (0..state.own.items().len()).collect();
    let selected = moved(&places, Some(state.own.selected), by);
    state.own.selected = selected.unwrap_or(0);
}

/// Chooses a feed or not, takes a change back, opens what was read.
pub(super) fn enter(state: &mut State) -> Vec<Effect> {
    let items = state.own.items();
    match items.get(state.own.selected) {
        Some(Item::Feed(place, feed, chosen)) => {
            let (place, may, chosen) = (*place, feed.known.is_none(), !chosen);
            if let Some(found) = &mut state.own.found
                && let Some(choice) = found.chosen.get_mut(place)
            {
                *choice = chosen && may;
            }
            Vec::new()
        }
        Some(Item::Change(change)) => vec![Effect::UndoChange(change.id)],
        Some(Item::Read(entry)) => {
            let id = entry.row.id;
            let effects = show_article(state, Some(id));
            state.place = Place::Article;
            effects
        }
        Some(Item::Site(_)) | None => Vec::new(),
    }
}

/// Adds what was found, as it is chosen.
pub(super) fn add(state: &mut State) -> Vec<Effect> {
    let Some(found) = &state.own.found else {
        state.status = Some("/ types the address of a site.".into());
        return Vec::new();
    };
    let Some(country) = found.country else {
        state.status = Some("Nothing tells its country: c types it.".into());
        return Vec::new();
    };
    let feeds = found.site.feeds.iter().zip(&found.chosen);
    let feeds: Vec<_> = feeds
        .filter(|(_, chosen)| **chosen)
        .map(|(feed, _)| feed.url.clone())
        .collect();
    if feeds.is_empty() {
        state.status = Some("Enter chooses a feed.".into());
        return Vec::new();
    }
    vec![Effect::AddSite(Box::new(OwnPublisher {
        name: found.site.name.clone(),
        home: found.site.home.clone(),
        country,
        language: found.site.language.clone().unwrap_or_default(),
        feeds,
    }))]
}

/// Removes the selected site.
pub(super) fn remove(state: &mut State) -> Vec<Effect> {
    let items = state.own.items();
    let Some(Item::Site(site)) = items.get(state.own.selected) else {
        return Vec::new();
    };
    let (id, name): (PublisherId, String) = (site.id.clone(), site.name.clone());
    state.status = Some(format!("{name} was removed. U takes that back."));
    vec![Effect::RemoveSite(id)]
}

/// Takes the latest change back.
pub(super) fn undo(state: &mut State) -> Vec<Effect> {
    let latest: Option<ChangeId> = state.own.known.changes.first().map(|change| change.id);
    match latest {
        Some(id) => vec![Effect::UndoChange(id)],
        None => {
            state.status = Some("There is nothing to take back.".into());
            Vec::new()
        }
    }
}

pub(super) fn on_typing(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    let Some(Typing::Address(text) | Typing::Country(text)) = &mut state.own.typing else {
        return Vec::new();
    };
    match key.code {
        KeyCode::Enter => return typed(state),
        KeyCode::Esc => state.own.typing = None,
        KeyCode::Backspace => {
            text.pop();
        }
        KeyCode::Char(c) if !c.is_control() => text.push(c),
        _ => {}
    }
    Vec::new()
}

fn typed(state: &mut State) -> Vec<Effect> {
    match state.own.typing.take() {
        Some(Typing::Address(address)) if !address.trim().is_empty() => {
            state.own.found = None;
            state.own.looking = true;
            vec![Effect::FindSite(address)]
        }
        Some(Typing::Country(name)) => {
            let wanted = name.trim().to_lowercase();
            let known = state.world.countries.iter().find(|known| {
                known.name.to_lowercase() == wanted
                    || known.country.as_str().eq_ignore_ascii_case(&wanted)
            });
            match (known, &mut state.own.found) {
                (Some(known), Some(found)) => found.country = Some(known.country),
                _ => state.status = Some(format!("{name:?} is no country of the catalogue.")),
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}
