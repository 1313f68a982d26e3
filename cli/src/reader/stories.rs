//! The screens about one event: its takes beside each other, why an article has its labels, who ran
//! it; and the choice of a perspective for a list. Pure, as `update` is.

use overview_core::model::{ArticleId, ArticleRow, Mark, PerspectiveCount, Telling};

use super::position;
use super::state::{Listing, Place, Reading, State, Told};
use super::stories_view;
use super::update::{Effect, ask_anew, moved, read, story_scope};

/// Every place on the screen where an article stands.
pub(super) fn rows_of(state: &mut State, id: ArticleId) -> impl Iterator<Item = &mut ArticleRow> {
    let leads = state.list.rows.iter_mut().map(|story| &mut story.lead);
    let open = state.article.article.as_mut();
    let open = open.map(|article| &mut article.row);
    let told = state.article.told.as_mut().into_iter().flat_map(|told| {
        let told = &mut **told;
        let articles = told.story.articles.iter_mut().map(|one| &mut one.row);
        articles.chain(told.takes.iter_mut().map(|take| &mut take.row))
    });
    let rows = leads.chain(open).chain(told);
    rows.filter(move |row| row.id == id)
}

/// The story of the open article arrived, or became another.
pub(super) fn on_told(state: &mut State, told: Box<Told>) {
    let reading = &mut state.article;
    if let Some(article) = &mut reading.article {
        // A mark may have been made after the article was asked for.
        let articles = told.story.articles.iter();
        for telling in articles.filter(|one| one.row.id == article.row.id) {
            article.row.state.read = telling.row.state.read;
            article.row.state.saved = telling.row.state.saved;
        }
        reading.resume = position::of(reading);
    }
    reading.set_for = None;
    let takes = told.takes.len();
    reading.focus = reading.focus.filter(|at| *at < takes);
    reading.told = Some(told);
}

/// The articles of the open story as they are compared: the open one, its takes, all others.
pub(super) fn compared(reading: &Reading) -> Vec<&Telling> {
    let Some(told) = &reading.told else {
        return Vec::new();
    };
    let of = |id: ArticleId| told.story.articles.iter().find(|one| one.row.id == id);
    let mut order: Vec<&Telling> = reading.id.and_then(of).into_iter().collect();
    order.extend(told.takes.iter().filter_map(|take| of(take.row.id)));
    for telling in &told.story.articles {
        if !order.iter().any(|one| one.row.id == telling.row.id) {
            order.push(telling);
        }
    }
    order
}

/// How many of the compared stand in columns: the open article and its takes.
pub(super) fn cards(reading: &Reading) -> usize {
    reading.told.as_ref().map_or(0, |told| told.takes.len() + 1)
}

/// The article that a screen about labels speaks of.
pub(super) fn subject(state: &State) -> Option<&Telling> {
    let from_takes = state.trail.last() == Some(&Place::Takes);
    let id = match from_takes {
        true => state.article.compared.or(state.article.id),
        false => state.article.id,
    }?;
    let told = state.article.told.as_ref()?;
    told.story.articles.iter().find(|one| one.row.id == id)
}

/// Shows something about the story above what is shown; the same key again takes it away.
pub(super) fn go(state: &mut State, place: Place) -> Vec<Effect> {
    if state.place == place {
        back(state);
        return Vec::new();
    }
    if state.article.told.is_none() {
        return Vec::new();
    }
    // From one to another they lie beside each other, not above.
    let beside = matches!(state.place, Place::Why | Place::Coverage)
        || state.place == Place::Takes && place == Place::Coverage;
    if !beside {
        state.trail.push(state.place);
    } else if state.trail.last() == Some(&place) {
        state.trail.pop();
    }
    state.place = place;
    state.article.panel_scroll = 0;
    if place == Place::Takes && state.article.compared.is_none() {
        state.article.compared = state.article.id;
    }
    Vec::new()
}

/// Back to what lies below.
pub(super) fn back(state: &mut State) {
    state.place = state.trail.pop().unwrap_or(Place::List);
    state.article.panel_scroll = 0;
}

/// Moves the selection, or the window.
pub(super) fn step(state: &mut State, by: isize) {
    match state.place {
        Place::Takes => {
            let ids: Vec<ArticleId> = compared(&state.article)
                .iter()
                .map(|telling| telling.row.id)
                .collect();
            state.article.compared = moved(&ids, state.article.compared, by);
        }
        Place::Perspectives => {
            let choices = choices(state);
            let selected = state.perspectives.selected.clone();
            let place = choices.iter().position(|choice| *choice == selected);
            let last = choices.len().saturating_sub(1);
            let place = place.unwrap_or(0).saturating_add_signed(by).min(last);
            state.perspectives.selected = choices.get(place).cloned().flatten();
        }
        _ => {
            let scroll = state.article.panel_scroll;
            state.article.panel_scroll = scroll.saturating_add_signed(by);
        }
    }
}

/// Keeps windows within what they show.
pub(super) fn clamp(state: &mut State) {
    let reading = &mut state.article;
    if reading.told.is_none() {
        reading.compared = None;
    }
    if matches!(state.place, Place::Why | Place::Coverage) {
        let lines = stories_view::lines(state).len();
        let most = lines.saturating_sub(state.body_height());
        state.article.panel_scroll = state.article.panel_scroll.min(most);
    }
}

/// The next take under the headline, or none; it is scrolled to where it is out of sight.
pub(super) fn focus(state: &mut State, by: isize) -> Vec<Effect> {
    let height = state.body_height();
    let reading = &mut state.article;
    let takes = reading.told.as_ref().map_or(0, |told| told.takes.len());
    // One more place: no take.
    let places = isize::try_from(takes + 1).unwrap_or(1);
    let at = reading.focus.map_or(0, |at| at + 1);
    let at = (isize::try_from(at).unwrap_or(0) + by).rem_euclid(places);
    reading.focus = usize::try_from(at).ok().and_then(|at| at.checked_sub(1));
    if let Some(range) = reading.focus.and_then(|at| reading.take_lines.get(at)) {
        if range.start < reading.scroll {
            reading.scroll = range.start;
        }
        if range.end > reading.scroll + height {
            reading.scroll = range.end.saturating_sub(height);
        }
    }
    Vec::new()
}

/// Opens a take where the article stood before it.
pub(super) fn open_take(state: &mut State, at: Option<usize>) -> Vec<Effect> {
    let Some(at) = at else { return Vec::new() };
    let takes = state.article.told.as_ref().map(|told| &told.takes);
    match takes.and_then(|takes| takes.get(at)) {
        Some(take) => {
            let id = take.row.id;
            open_instead(state, Some(id))
        }
        None => {
            state.status = Some(format!("There is no take {}.", at + 1));
            Vec::new()
        }
    }
}

/// Opens the selected one of those that are compared.
pub(super) fn open_compared(state: &mut State) -> Vec<Effect> {
    let id = state.article.compared;
    if id.is_some() && id == state.article.id && state.trail.contains(&Place::Article) {
        back(state);
        return Vec::new();
    }
    open_instead(state, id)
}

/// Another article of the story, at the line where the window is.
pub(super) fn open_instead(state: &mut State, id: Option<ArticleId>) -> Vec<Effect> {
    let Some(id) = id else { return Vec::new() };
    let was_read = state.place == Place::Article || state.trail.contains(&Place::Article);
    let at_line = was_read.then_some(state.article.scroll);
    state.trail.clear();
    let unread = rows_of(state, id).any(|row| !row.state.read);
    let mut effects = Vec::new();
    if unread {
        rows_of(state, id).for_each(|row| row.state.read = true);
        effects.push(Effect::Mark(id, Mark::Read));
    }
    if state.article.id != Some(id) {
        state.article = Reading {
            id: Some(id),
            at_line,
            ..Reading::default()
        };
    }
    state.place = Place::Article;
    effects.push(Effect::LoadStory(id));
    if state.article.article.is_none() {
        effects.push(Effect::LoadArticle(id));
    } else {
        effects.extend(read(state));
    }
    effects
}

/// Lists by breadth instead of by time, or by time again.
pub(super) fn next_order(state: &mut State) -> Vec<Effect> {
    if state.list.of == Some(Listing::Overlooked) {
        state.status = Some("What is overlooked is listed by the strength of the claim.".into());
        return Vec::new();
    }
    state.by_breadth = !state.by_breadth;
    state.status = Some(
        match state.by_breadth {
            true => {
                "By breadth: how many countries have it, then publishers, then time. Stories of \
                 one article are left out."
            }
            false => "Newest first.",
        }
        .into(),
    );
    match state.list.of {
        Some(_) => ask_anew(state),
        None => Vec::new(),
    }
}

/// Shows the perspectives under which the list is told.
pub(super) fn choose_perspective(state: &mut State) -> Vec<Effect> {
    if state.place == Place::Perspectives {
        back(state);
        return Vec::new();
    }
    let mut scope = story_scope(state);
    scope.perspective = None;
    let chosen = state.list.perspective.as_ref();
    state.perspectives.selected = chosen.map(|chosen| chosen.perspective.clone());
    state.perspectives.loaded = false;
    state.perspectives.rows = chosen.cloned().into_iter().collect();
    state.trail.push(state.place);
    state.place = Place::Perspectives;
    vec![Effect::LoadPerspectives(scope)]
}

pub(super) fn on_perspectives(state: &mut State, rows: Vec<PerspectiveCount>) {
    state.perspectives.rows = rows;
    state.perspectives.loaded = true;
    let choices = choices(state);
    if !choices.contains(&state.perspectives.selected) {
        state.perspectives.selected = None;
    }
}

/// What can be chosen: all, then each perspective.
pub(super) fn choices(state: &State) -> Vec<Option<overview_core::model::PerspectiveId>> {
    let rows = state.perspectives.rows.iter();
    let mut choices = vec![None];
    choices.extend(rows.map(|row| Some(row.perspective.clone())));
    choices
}

/// Narrows the list to the selected perspective, or to none.
pub(super) fn take_perspective(state: &mut State) -> Vec<Effect> {
    let selected = state.perspectives.selected.as_ref();
    let mut rows = state.perspectives.rows.iter();
    let chosen = rows.find(|row| Some(&row.perspective) == selected).cloned();
    back(state);
    state.list.perspective = chosen;
    state.article = Reading::default();
    ask_anew(state)
}
