//! The screen of what is muted: what the article at hand offers to mute, and what is. Pure, as
//! `update` is.

use overview_core::model::{Mute, MuteFor, MuteId, Muted};
use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::state::{Listing, Place, State};
use super::update::{Effect, back, enter_list, moved};

/// The screen.
#[derive(Debug, Clone, Default)]
pub(super) struct Mutes {
    /// What the article offers that it was opened from, by the names of these.
    pub(super) offers: Vec<(Muted, String)>,
    pub(super) mutes: Vec<Mute>,
    pub(super) loaded: bool,
    pub(super) selected: usize,
    /// Words to mute, while they are typed.
    pub(super) typing: Option<String>,
    /// What was done last, to be taken back.
    pub(super) last: Option<Done>,
}

/// Something that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Done {
    Added(MuteId),
    Ended(Muted, MuteFor),
}

/// A line that can be selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item<'m> {
    Offer(&'m Muted, &'m str),
    Mute(&'m Mute),
}

impl Mutes {
    /// Everything that can be selected, as it stands on the screen.
    pub(super) fn items(&self) -> Vec<Item<'_>> {
        let offers = self.offers.iter();
        offers
            .map(|(what, name)| Item::Offer(what, name))
            .chain(self.mutes.iter().map(Item::Mute))
            .collect()
    }
}

/// Opens the screen, or leaves it.
pub(super) fn toggle(state: &mut State) -> Vec<Effect> {
    if state.place == Place::Mutes {
        return back(state);
    }
    let mut offers = Vec::new();
    if let Some(row) = state.selected_row() {
        let country = state.world.countries.iter();
        let country = country.clone().find(|known| known.country == row.country);
        let country = country.map_or_else(|| row.country.to_string(), |it| it.name.clone());
        let publisher = Muted::Publisher(row.publisher.clone());
        offers.push((publisher, row.publisher_name.clone()));
        offers.push((Muted::Country(row.country), country));
        let open = state.article.article.as_ref();
        if let Some(article) = open.filter(|article| article.row.id == row.id) {
            for name in &article.categories {
                offers.push((Muted::Category(name.clone()), name.clone()));
            }
        }
    }
    let last = state.mutes.last.take();
    state.mutes = Mutes {
        offers,
        last,
        ..Mutes::default()
    };
    state.trail.push(state.place);
    state.place = Place::Mutes;
    vec![Effect::LoadMutes]
}

pub(super) fn on_mutes(state: &mut State, mutes: Vec<Mute>) {
    state.mutes.mutes = mutes;
    state.mutes.loaded = true;
    let last = state.mutes.items().len().saturating_sub(1);
    state.mutes.selected = state.mutes.selected.min(last);
}

pub(super) fn step(state: &mut State, by: isize) {
    let places: Vec<usize> = (0..state.mutes.items().len()).collect();
    let selected = moved(&places, Some(state.mutes.selected), by);
    state.mutes.selected = selected.unwrap_or(0);
}

/// Mutes what is selected for so long; of what is muted, moves the end.
pub(super) fn add(state: &mut State, lasts: MuteFor) -> Vec<Effect> {
    let items = state.mutes.items();
    let what = match items.get(state.mutes.selected) {
        Some(Item::Offer(what, _)) => (*what).clone(),
        Some(Item::Mute(mute)) => mute.what.clone(),
        None => {
            state.status = Some("/ types words to mute.".into());
            return Vec::new();
        }
    };
    vec![Effect::Mute(what, lasts)]
}

/// Mutes what is offered for good, or lists what is hidden.
pub(super) fn enter(state: &mut State) -> Vec<Effect> {
    match state.mutes.items().get(state.mutes.selected) {
        Some(Item::Mute(_)) => {
            state.trail.clear();
            state.place = Place::List;
            enter_list(state, Listing::Muted)
        }
        _ => add(state, MuteFor::Good),
    }
}

/// Ends the selected mute.
pub(super) fn end(state: &mut State) -> Vec<Effect> {
    let items = state.mutes.items();
    let Some(Item::Mute(mute)) = items.get(state.mutes.selected) else {
        return Vec::new();
    };
    let lasts = mute.until.map_or(MuteFor::Good, MuteFor::Until);
    let (id, name, done) = (
        mute.id,
        mute.name.clone(),
        Done::Ended(mute.what.clone(), lasts),
    );
    state.mutes.last = Some(done);
    state.status = Some(format!("{name} is shown again. U takes that back."));
    vec![Effect::Unmute(id)]
}

pub(super) fn on_added(state: &mut State, mute: &Mute) {
    state.mutes.last = Some(Done::Added(mute.id));
    let name = &mute.name;
    state.status = Some(format!("{name} is muted. U takes that back."));
}

/// Takes back what was done last.
pub(super) fn undo(state: &mut State) -> Vec<Effect> {
    match state.mutes.last.take() {
        Some(Done::Added(id)) => vec![Effect::Unmute(id)],
        Some(Done::Ended(what, lasts)) => vec![Effect::Mute(what, lasts)],
        None => {
            state.status = Some("There is nothing to take back.".into());
            Vec::new()
        }
    }
}

pub(super) fn on_typing(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    let Some(typed) = &mut state.mutes.typing else {
        return Vec::new();
    };
    match key.code {
        KeyCode::Enter => {
            let words = std::mem::take(typed);
            state.mutes.typing = None;
            if words.trim().is_empty() {
                return Vec::new();
            }
            return vec![Effect::Mute(Muted::Words(words), MuteFor::Good)];
        }
        KeyCode::Esc => state.mutes.typing = None,
        KeyCode::Backspace => {
            typed.pop();
        }
        KeyCode::Char(c) if !c.is_control() => typed.push(c),
        _ => {}
    }
    Vec::new()
}
