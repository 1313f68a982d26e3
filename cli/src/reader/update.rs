//! What happens: pure, from a state and a message to a state and what is to be done.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use overview_core::language::primary;
use overview_core::model::{
    Article, ArticleId, ArticleRow, ChangeId, CountryCode, CountrySummary, FoundSite, Mark, Mute,
    MuteFor, MuteId, Muted, OwnPublisher, Page, PerspectiveCount, PublisherId, ReadingPosition,
    Scope, StoryId, StoryOrder, StoryQuery, StoryRow, StoryScope, Stretch, TranslatedBy,
};
use overview_core::pack::{PackEnd, PackProgress, PackReport};
use overview_core::page::position_at;
use overview_core::sync::{SyncEnd, SyncProgress};
use overview_core::translation::{BackgroundReport, TranslationState};
use ratatui::crossterm::event::{
    KeyCode, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind,
};
use url::Url;

use super::globe;
use super::keys::{self, Action};
use super::languages::{self, Change, Known};
use super::layout;
use super::mutes;
use super::own;
use super::position;
use super::state::{List, Listing, Place, Reading, Reads, State, Told, Translating, WorldRow};
use super::stories;
use crate::prose::Pixels;

/// Rows of one page of stories.
const PAGE: usize = 50;

/// Pictures of one article that are shown.
const PICTURES: usize = 12;

/// Something happened.
#[derive(Debug)]
pub(super) enum Message {
    Opened,
    Key(KeyEvent),
    Mouse(MouseEvent),
    Resized(u16, u16),
    /// Time has passed while the globe turns.
    Tick,
    /// With how many stories there are of which something is claimed about American media, and
    /// whether those are not all.
    Countries(Vec<CountrySummary>, (usize, bool)),
    /// An answer to question `asked`; `more` when it continues the list.
    Stories {
        asked: u64,
        more: bool,
        page: Page<StoryRow>,
        /// What is said of some of them.
        notes: HashMap<ArticleId, Vec<Stretch>>,
    },
    /// What is muted now.
    Mutes(Vec<Mute>),
    /// Something is muted from now on.
    Muted(Box<Mute>),
    /// What is the person's own now.
    Own(Box<own::Known>),
    /// What an address led to, or why to nothing.
    FoundSite(Result<Box<FoundSite>, String>),
    /// A site of this name was added.
    SiteAdded(String),
    Article(Box<Article>),
    /// The story of an article.
    Story(ArticleId, Box<Told>),
    Perspectives(Vec<PerspectiveCount>),
    /// A picture of an article.
    Picture(ArticleId, Url, Arc<Pixels>),
    PackProgress(PackProgress),
    PackEnded(PackReport),
    /// It could not start, or the store failed it; why.
    PackFailed(String),
    /// The page of an article could not be fetched; why.
    NotFetched(ArticleId, String),
    /// An article was translated as far as it could be.
    Translated(Box<Article>, TranslationState),
    /// What is set, installed and offered.
    Languages(Box<Known>),
    /// The list of models was read, or why not.
    Models(Option<String>),
    /// Bytes of a model that are here.
    InstallProgress(u64),
    /// A model by its name, or why it is not installed.
    Installed(Result<String, String>),
    /// A sentence of a language in English and who translated it, or why nobody did.
    Tested(String, Result<(String, TranslatedBy), String>),
    /// A setting was kept, or why not.
    TranslationSet(Option<String>),
    /// What could be translated ahead of reading is.
    InBackground(BackgroundReport),
    /// The body of an article became another.
    BodyChanged(ArticleId),
    /// Stored rows changed.
    Stale,
    MarkedAll {
        undo: i64,
        marked: u32,
    },
    Unmarked(u32),
    SyncProgress(SyncProgress),
    SyncEnded(SyncEnd, SyncProgress),
    /// It could not start, or the store failed it; why.
    SyncFailed(String),
    Said(String),
    /// The terminal is gone, or the system asks the program to end.
    Ended,
}

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Effect {
    LoadCountries,
    LoadStories {
        asked: u64,
        more: bool,
        query: StoryQuery,
    },
    LoadArticle(ArticleId),
    /// The story of an article, and the takes beside it.
    LoadStory(ArticleId),
    LoadPerspectives(StoryScope),
    LoadOwn,
    FindSite(String),
    AddSite(Box<OwnPublisher>),
    RemoveSite(PublisherId),
    UndoChange(ChangeId),
    LoadMutes,
    Mute(Muted, MuteFor),
    Unmute(MuteId),
    /// Its page too.
    FetchArticle(ArticleId),
    /// What is not in English yet.
    Translate(ArticleId),
    /// What is by now.
    LoadTranslation(ArticleId),
    /// These pictures of an article, fetched if need be and if asked for.
    LoadPictures {
        article: ArticleId,
        urls: Vec<Url>,
        fetch: bool,
    },
    Pack(CountryCode),
    StopPack,
    LoadLanguages,
    AskModels,
    /// The model of a language.
    Install(String),
    StopInstall,
    RemoveModel(String),
    TestModel {
        language: String,
        original: &'static str,
    },
    SetTranslation(Change),
    /// What a new engine can do, in lists and packs.
    TranslateInBackground,
    /// Nothing from now on, or again.
    SetOffline(bool),
    Mark(ArticleId, Mark),
    MarkAllRead(Scope),
    Follow(CountryCode, bool),
    Undo(i64),
    Sync,
    StopSync,
    Browse(String),
    Copy(String),
}

/// The next state, and what is to be done.
pub(super) fn update(state: &mut State, message: Message) -> Vec<Effect> {
    let read = being_read(state);
    let mut effects = react(state, message);
    effects.extend(read.and_then(|(id, position)| left(state, id, position)));
    layout::set_article(state);
    clamp_scroll(state);
    effects
}

/// The article that is being read, and where, if that is elsewhere than where it was begun.
fn being_read(state: &State) -> Option<(ArticleId, ReadingPosition)> {
    let article = state.article.article.as_ref()?;
    let kept = article.row.state.position;
    let at = position::of(&state.article)
        // Back at the top of what was begun further down.
        .or_else(|| kept.and_then(|_| position_at(&article.blocks, 0, 0)))?;
    (is_reading(state) && kept != Some(at)).then_some((article.row.id, at))
}

/// An article is open, though something about its story may lie above it.
fn is_reading(state: &State) -> bool {
    state.place == Place::Article || state.trail.contains(&Place::Article)
}

/// Keeps where an article was left that was being read, if it was left.
fn left(state: &mut State, id: ArticleId, position: ReadingPosition) -> Option<Effect> {
    let open = is_reading(state) && state.article.id == Some(id);
    if open && !state.ended {
        return None;
    }
    if let Some(article) = &mut state.article.article
        && article.row.id == id
    {
        article.row.state.position = Some(position);
    }
    let leads = state.list.rows.iter_mut().map(|story| &mut story.lead);
    for row in leads.filter(|row| row.id == id) {
        row.state.position = Some(position);
    }
    Some(Effect::Mark(id, Mark::Position(position)))
}

fn react(state: &mut State, message: Message) -> Vec<Effect> {
    match message {
        Message::Opened => vec![Effect::LoadCountries],
        Message::Key(key) if key.kind != KeyEventKind::Release => on_key(state, key),
        Message::Key(_) => Vec::new(),
        Message::Mouse(mouse) => on_mouse(state, mouse),
        Message::Resized(columns, rows) => {
            state.size = (columns, rows);
            Vec::new()
        }
        Message::Tick => {
            globe::tick(state);
            Vec::new()
        }
        Message::Countries(countries, overlooked) => {
            state.world.overlooked = overlooked;
            on_countries(state, countries)
        }
        Message::Stories {
            asked,
            more,
            page,
            notes,
        } => {
            if asked == state.list.asked {
                if !more {
                    state.list.notes.clear();
                }
                state.list.notes.extend(notes);
            }
            on_stories(state, asked, more, page)
        }
        Message::Mutes(mutes) => {
            mutes::on_mutes(state, mutes);
            Vec::new()
        }
        Message::Muted(mute) => {
            mutes::on_added(state, &mute);
            vec![Effect::LoadMutes]
        }
        Message::Own(known) => {
            own::on_known(state, *known);
            Vec::new()
        }
        Message::FoundSite(found) => {
            own::on_found(state, found.map(|site| *site));
            Vec::new()
        }
        Message::SiteAdded(name) => {
            own::on_added(state, &name);
            vec![Effect::LoadOwn]
        }
        Message::Story(id, told) => {
            if state.article.id == Some(id) {
                stories::on_told(state, told);
            }
            Vec::new()
        }
        Message::Perspectives(rows) => {
            stories::on_perspectives(state, rows);
            Vec::new()
        }
        Message::Article(article) => {
            if state.article.id != Some(article.row.id) {
                return Vec::new();
            }
            let read = is_reading(state);
            let reading = &mut state.article;
            reading.fetching &= article.page.is_none();
            reading.resume = match &reading.article {
                // Set anew for whom reads it: at the same words.
                Some(_) => position::of(reading),
                None => article.row.state.position.filter(|_| read),
            };
            reading.article = Some(article);
            reading.set_for = None;
            let mut effects = fetch_page(state);
            effects.extend(translate(state));
            effects.extend(load_pictures(state));
            effects
        }
        Message::Translated(article, stands) => {
            if state.article.id != Some(article.row.id) {
                return Vec::new();
            }
            let mut leads = state.list.rows.iter_mut().map(|story| &mut story.lead);
            if let Some(row) = leads.find(|row| row.id == article.row.id) {
                row.translation.clone_from(&article.row.translation);
            }
            let reading = &mut state.article;
            reading.translating = Translating::Ended(stands);
            reading.resume = position::of(reading);
            reading.article = Some(article);
            reading.set_for = None;
            Vec::new()
        }
        Message::Languages(known) => languages::on_known(state, *known),
        Message::Models(failed) => languages::on_models(state, failed),
        Message::InstallProgress(here) => {
            if let Some(installing) = &mut state.installing {
                installing.here = here;
            }
            Vec::new()
        }
        Message::Installed(outcome) => on_installed(state, outcome),
        Message::Tested(language, outcome) => {
            languages::on_tested(state, &language, outcome);
            Vec::new()
        }
        Message::TranslationSet(Some(why)) => {
            state.status = Some(why);
            vec![Effect::LoadLanguages]
        }
        Message::TranslationSet(None) => {
            vec![Effect::LoadLanguages, Effect::TranslateInBackground]
        }
        Message::InBackground(report) => {
            let (titles, bodies) = (report.titles + report.replaced_titles, report.bodies);
            if titles + bodies > 0 {
                state.status = Some(format!(
                    "Translated: {titles} titles and {bodies} articles."
                ));
            }
            load_again(state)
        }
        // A better engine did it again. What is under way brings its own answer.
        Message::BodyChanged(id) => {
            let reading = &state.article;
            let english = reading
                .article
                .as_ref()
                .and_then(|it| it.translation.as_ref());
            let done = match reading.translating {
                Translating::Asked => false,
                Translating::Ended(_) => true,
                Translating::NotAsked => english.is_some_and(|english| english.missing == 0),
            };
            match reading.id == Some(id) && !reading.fetching && done {
                true => vec![Effect::LoadTranslation(id)],
                false => Vec::new(),
            }
        }
        Message::Picture(id, url, pixels) => {
            if state.article.id == Some(id) {
                state.article.resume = position::of(&state.article);
                state.article.pictures.insert(url, pixels);
                state.article.set_for = None;
            }
            Vec::new()
        }
        Message::PackProgress(progress) => {
            state.pack = Some(progress);
            Vec::new()
        }
        Message::PackEnded(report) => {
            state.pack = None;
            state.status = Some(pack_words(&report));
            load_again(state)
        }
        Message::PackFailed(words) => {
            state.pack = None;
            state.status = Some(words);
            load_again(state)
        }
        Message::NotFetched(id, why) => {
            if state.article.id == Some(id) {
                state.article.fetching = false;
                state.status = Some(format!("This is what the feed gives: {why}"));
            }
            translate(state).into_iter().collect()
        }
        Message::Stale => load_again(state),
        Message::MarkedAll { undo, marked } => {
            state.undo = Some(undo);
            state.status = Some(format!("{marked} marked as read. U takes it back."));
            Vec::new()
        }
        Message::Unmarked(count) => {
            state.undo = None;
            state.status = Some(format!("{count} unread again."));
            Vec::new()
        }
        Message::SyncProgress(progress) => {
            state.sync = Some(progress);
            Vec::new()
        }
        Message::SyncEnded(end, progress) => {
            state.sync = None;
            state.status = Some(sync_words(end, &progress));
            load_again(state)
        }
        Message::SyncFailed(words) => {
            state.sync = None;
            state.status = Some(words);
            load_again(state)
        }
        Message::Said(words) => {
            state.status = Some(words);
            Vec::new()
        }
        Message::Ended => {
            state.ended = true;
            Vec::new()
        }
    }
}

/// A model is here, so that what is open can be read in English, and the rest after it.
fn on_installed(state: &mut State, outcome: Result<String, String>) -> Vec<Effect> {
    let language = state
        .installing
        .take()
        .map(|installing| installing.language);
    let name = match outcome {
        Ok(name) => name,
        Err(why) => {
            state.status = Some(format!("Not installed: {why}."));
            return vec![Effect::LoadLanguages];
        }
    };
    state.status = Some(format!("{name} is installed."));
    let mut effects = vec![Effect::LoadLanguages];
    let open = state.article.article.as_ref();
    if open.is_some_and(|article| Some(primary(&article.row.language)) == language) {
        state.article.translating = Translating::NotAsked;
        effects.extend(translate(state));
    }
    effects.push(Effect::TranslateInBackground);
    effects
}

/// Gets the model that the open article wants, or shows which there are.
fn get_model(state: &mut State) -> Vec<Effect> {
    if state.place == Place::Languages {
        return languages::get(state);
    }
    if let Translating::Ended(TranslationState::NotTranslated {
        offer: Some(offer), ..
    }) = &state.article.translating
    {
        let (language, bytes) = (primary(&offer.language), offer.bytes);
        return languages::install(state, language, bytes);
    }
    let article = state.article.article.as_ref();
    let language = article.map(|article| article.row.language.clone());
    languages::toggle(state, language.as_deref())
}

fn sync_words(end: SyncEnd, progress: &SyncProgress) -> String {
    let new = progress.new_articles;
    let failed = match progress.failed {
        0 => String::new(),
        failed => format!(", {failed} feeds failed"),
    };
    match end {
        SyncEnd::NobodyReached => {
            "Nobody could be reached: there seems to be no network. What is stored is here.".into()
        }
        SyncEnd::Completed if progress.planned == 0 => "Nothing is due yet.".into(),
        SyncEnd::Completed => format!("{new} new articles{failed}."),
        SyncEnd::Cancelled => format!("Stopped: {new} new articles so far{failed}."),
        SyncEnd::DeadlineReached | SyncEnd::BudgetReached => {
            format!("Out of time: {new} new articles so far{failed}.")
        }
    }
}

fn on_countries(state: &mut State, countries: Vec<CountrySummary>) -> Vec<Effect> {
    let first = !state.world.loaded;
    state.globe.globe.tint_by(&countries);
    state.world.countries = countries;
    state.world.loaded = true;
    let shown = state.shown_listings();
    let known = state
        .world
        .selected
        .is_some_and(|listing| shown.contains(&listing));
    if !known {
        // The fullest country is the best beginning.
        let fullest = state
            .world
            .countries
            .iter()
            .filter(|country| shown.contains(&Listing::Country(country.country)))
            .max_by_key(|country| (country.followed, country.unread_stories));
        let start = fullest
            .filter(|_| first)
            .map(|it| Listing::Country(it.country));
        state.world.selected = start.or_else(|| shown.first().copied());
    }
    preview_list(state)
}

/// Beside the world the selected list is shown.
fn preview_list(state: &mut State) -> Vec<Effect> {
    if state.place != Place::World || state.list.of == state.world.selected {
        return Vec::new();
    }
    let Some(listing) = state.world.selected else {
        return Vec::new();
    };
    enter_list(state, listing)
}

pub(super) fn enter_list(state: &mut State, listing: Listing) -> Vec<Effect> {
    state.list = List {
        of: Some(listing),
        asked: state.list.asked,
        ..List::default()
    };
    state.article = Reading::default();
    vec![ask(state, false)]
}

/// Asks for the first rows of the list, or for those that follow.
fn ask(state: &mut State, more: bool) -> Effect {
    state.list.asked += 1;
    state.list.waiting = true;
    Effect::LoadStories {
        asked: state.list.asked,
        more,
        query: StoryQuery {
            scope: story_scope(state),
            order: state.order(),
            limit: PAGE,
            after: if more { state.list.next } else { None },
            before: None,
        },
    }
}

/// The first rows of another list of the same stories.
pub(super) fn ask_anew(state: &mut State) -> Vec<Effect> {
    state.list.rows.clear();
    state.list.selected = None;
    vec![ask(state, false)]
}

/// The articles that may lead the list.
fn scope(state: &State) -> Scope {
    let filter = state.list.filter.trim();
    let country = match state.list.of {
        Some(Listing::Country(code)) => Some(code),
        _ => None,
    };
    Scope {
        countries: country.into_iter().collect(),
        unread: state.unread_only,
        muted: state.list.of == Some(Listing::Muted),
        text: (!filter.is_empty()).then(|| filter.to_owned()),
        ..Scope::default()
    }
}

/// What the list shows.
pub(super) fn story_scope(state: &State) -> StoryScope {
    let perspective = state.list.perspective.as_ref();
    StoryScope {
        articles: scope(state),
        perspective: perspective.map(|it| it.perspective.clone()),
        overlooked: state.list.of == Some(Listing::Overlooked),
        ..StoryScope::default()
    }
}

/// The list again.
fn reload(state: &mut State) -> Option<Effect> {
    state.list.of?;
    Some(ask(state, false))
}

/// Everything that is shown, again.
fn load_again(state: &mut State) -> Vec<Effect> {
    let mut effects = vec![Effect::LoadCountries];
    effects.extend(reload(state));
    effects.extend(state.article.id.map(Effect::LoadStory));
    if state.place == Place::Mutes {
        effects.push(Effect::LoadMutes);
    }
    if state.place == Place::Own {
        effects.push(Effect::LoadOwn);
    }
    effects
}

fn on_stories(state: &mut State, asked: u64, more: bool, page: Page<StoryRow>) -> Vec<Effect> {
    if asked != state.list.asked {
        return Vec::new();
    }
    let by_time = state.order() == StoryOrder::Time;
    let list = &mut state.list;
    list.waiting = false;
    if more {
        let there: HashSet<StoryId> = list.rows.iter().map(|row| row.id).collect();
        let new = page.rows.into_iter().filter(|row| !there.contains(&row.id));
        list.rows.extend(new);
        list.next = page.next;
    } else {
        let old = std::mem::take(&mut list.rows);
        let place = old.iter().position(|row| Some(row.id) == list.selected);
        let last = page.rows.last().map(|row| (row.lead.sort_at, row.lead.id));
        list.rows = page.rows;
        let behind = std::mem::replace(&mut list.next, page.next);
        // What was loaded behind the first page stays, and so does what was just read under
        // "unread only": a list must not jump while somebody reads it.
        let mut seen: HashSet<StoryId> = list.rows.iter().map(|row| row.id).collect();
        if page.next.is_some() {
            for (at, row) in old.iter().enumerate() {
                let is_behind = match by_time {
                    true => last.is_some_and(|last| (row.lead.sort_at, row.lead.id) < last),
                    false => at >= PAGE,
                };
                if is_behind && seen.insert(row.id) {
                    list.rows.push(row.clone());
                }
            }
            if list.rows.len() > PAGE {
                list.next = behind;
            }
        }
        if let Some(place) = place
            && let Some(id) = list.selected
            && !seen.contains(&id)
            && let Some(row) = old.get(place)
        {
            // The same article may lead under another id by now.
            let now = list.rows.iter().find(|now| now.lead.id == row.lead.id);
            match now.map(|now| now.id) {
                Some(now) => list.selected = Some(now),
                None => {
                    let place = place.min(list.rows.len());
                    list.rows.insert(place, row.clone());
                }
            }
        }
    }
    let there = |id: &StoryId| list.rows.iter().any(|row| row.id == *id);
    if !list.selected.as_ref().is_some_and(there) {
        list.selected = list.rows.first().map(|row| row.id);
    }
    preview_article(state)
}

/// Beside the list the lead of the selected story is shown. Showing is not reading: it stays unread.
fn preview_article(state: &mut State) -> Vec<Effect> {
    let wanted = state.selected_story().map(|story| story.lead.id);
    // What is read is not taken away, also when another take leads its story by now.
    if state.place == Place::World || is_reading(state) && state.article.id.is_some() {
        return Vec::new();
    }
    show_article(state, wanted)
}

/// Loads an article and its story, unless they are here.
pub(super) fn show_article(state: &mut State, wanted: Option<ArticleId>) -> Vec<Effect> {
    if state.article.id == wanted && state.article.article.is_some() {
        return Vec::new();
    }
    if state.article.id != wanted {
        state.article = Reading::default();
    }
    state.article.id = wanted;
    match wanted {
        // The takes first, so that the article is not drawn without them.
        Some(id) => vec![Effect::LoadStory(id), Effect::LoadArticle(id)],
        None => Vec::new(),
    }
}

fn on_key(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    if state.typing {
        return on_typing(state, key);
    }
    if state.mutes.typing.is_some() {
        return mutes::on_typing(state, key);
    }
    if state.own.typing.is_some() {
        return own::on_typing(state, key);
    }
    if state.place == Place::Languages && state.languages.typing.is_some() {
        return languages::on_typing(state, key);
    }
    if state.link.is_some() {
        return on_link_number(state, key);
    }
    let Some(action) = keys::action(key, state.place) else {
        return Vec::new();
    };
    if state.help {
        state.help = false;
        if action != Action::Quit {
            return Vec::new();
        }
    }
    match (action, key.code) {
        (Action::Take, KeyCode::Char(digit)) => {
            state.status = None;
            let number = digit.to_digit(10).and_then(|digit| digit.checked_sub(1));
            let at = number.and_then(|number| usize::try_from(number).ok());
            stories::open_take(state, at)
        }
        _ => act(state, action),
    }
}

fn on_typing(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    let filter = match state.place {
        Place::World => &mut state.world.filter,
        _ => &mut state.list.filter,
    };
    match key.code {
        KeyCode::Enter => {
            state.typing = false;
            return Vec::new();
        }
        KeyCode::Esc => {
            filter.clear();
            state.typing = false;
        }
        KeyCode::Backspace => {
            filter.pop();
        }
        KeyCode::Char(c) if !c.is_control() => filter.push(c),
        KeyCode::Down | KeyCode::Up => {
            state.typing = false;
            return Vec::new();
        }
        _ => return Vec::new(),
    }
    filtered(state)
}

/// After the filter changed.
fn filtered(state: &mut State) -> Vec<Effect> {
    match state.place {
        Place::World => {
            let shown = state.shown_listings();
            if !state
                .world
                .selected
                .is_some_and(|listing| shown.contains(&listing))
            {
                state.world.selected = shown.first().copied();
            }
            preview_list(state)
        }
        _ => ask_anew(state),
    }
}

fn act(state: &mut State, action: Action) -> Vec<Effect> {
    state.status = None;
    match action {
        Action::Down => step(state, 1),
        Action::Up => step(state, -1),
        Action::PageDown => step(state, page_step(state)),
        Action::PageUp => step(state, -page_step(state)),
        Action::First => step(state, isize::MIN / 2),
        Action::Last => step(state, isize::MAX / 2),
        Action::Open => open(state),
        Action::Back => back(state),
        Action::Globe => {
            globe::toggle(state);
            preview_list(state)
        }
        Action::West => turn(state, -1.0, 0.0),
        Action::East => turn(state, 1.0, 0.0),
        Action::ZoomIn => zoom(state, 1),
        Action::ZoomOut => zoom(state, -1),
        Action::NextCountry => next_country(state, 1),
        Action::PreviousCountry => next_country(state, -1),
        Action::Filter => {
            state.typing = true;
            Vec::new()
        }
        Action::UnreadOnly => {
            state.unread_only = !state.unread_only;
            let mut effects = filtered(state);
            if state.place == Place::World {
                effects.extend(reload(state));
            }
            effects
        }
        Action::ToggleRead => mark(state, |row| {
            if row.state.read {
                Mark::Unread
            } else {
                Mark::Read
            }
        }),
        Action::Save => mark(state, |row| {
            if row.state.saved {
                Mark::Unsave
            } else {
                Mark::Save
            }
        }),
        // Only what the list shows, and never of a list that is not chosen.
        Action::MarkAllRead
            if state.place == Place::World && state.world.selected != state.list.of =>
        {
            Vec::new()
        }
        Action::MarkAllRead if state.list.of.is_none() => Vec::new(),
        Action::MarkAllRead
            if state.list.perspective.is_some() || state.order() != StoryOrder::Time =>
        {
            state.status = Some("This is a part of the news: A marks lists by time, whole.".into());
            Vec::new()
        }
        Action::MarkAllRead => {
            let mut effects = vec![Effect::MarkAllRead(scope(state))];
            for story in &mut state.list.rows {
                story.lead.state.read = true;
            }
            effects.extend(behind_mark(state));
            effects
        }
        Action::Follow => follow(state),
        Action::Undo => match state.undo {
            Some(undo) => vec![Effect::Undo(undo)],
            None => {
                state.status = Some("There is nothing to take back.".into());
                Vec::new()
            }
        },
        // With its digit: see `on_key`.
        Action::Take => Vec::new(),
        Action::NextTake => stories::focus(state, 1),
        Action::PreviousTake => stories::focus(state, -1),
        Action::OpenTake => stories::open_take(state, state.article.focus),
        Action::Compare => stories::go(state, Place::Takes),
        Action::Why => stories::go(state, Place::Why),
        Action::Coverage => stories::go(state, Place::Coverage),
        Action::Perspective => stories::choose_perspective(state),
        Action::Order => stories::next_order(state),
        Action::Overlooked => {
            state.world.selected = Some(Listing::Overlooked);
            state.place = Place::World;
            open(state)
        }
        Action::Link => {
            match state.article.prose.links.len() {
                0 => state.status = Some("There is no link in this article.".into()),
                _ => state.link = Some(String::new()),
            }
            Vec::new()
        }
        Action::Pack => pack(state),
        Action::Offline => {
            state.offline = !state.offline;
            let mut effects = vec![Effect::SetOffline(state.offline)];
            if state.offline && state.sync.is_some() {
                effects.push(Effect::StopSync);
            }
            if state.offline && state.pack.is_some() {
                effects.push(Effect::StopPack);
            }
            effects.extend(fetch_page(state));
            effects
        }
        Action::Browser => link(state, Effect::Browse),
        Action::CopyLink => link(state, Effect::Copy),
        Action::Refresh if state.offline => {
            state.status = Some("Nothing is fetched while offline: O switches it off.".into());
            Vec::new()
        }
        Action::Refresh => match &state.sync {
            Some(_) => {
                state.status = Some("Stopping …".into());
                vec![Effect::StopSync]
            }
            None => {
                state.sync = Some(SyncProgress::default());
                vec![Effect::Sync]
            }
        },
        Action::Original => next_language(state),
        Action::Languages if state.place == Place::Languages => back(state),
        Action::Languages => languages::toggle(state, None),
        Action::GetModel => get_model(state),
        Action::RemoveModel => languages::remove(state),
        Action::TestModel => languages::test(state),
        Action::AskModels => languages::ask(state),
        Action::Mutes => mutes::toggle(state),
        Action::MuteDay => mutes::add(state, MuteFor::Day),
        Action::MuteWeek => mutes::add(state, MuteFor::Week),
        Action::EndMute => mutes::end(state),
        Action::UndoMute => mutes::undo(state),
        Action::TypeMute => {
            state.mutes.typing = Some(String::new());
            Vec::new()
        }
        Action::Own => own::toggle(state),
        Action::TypeAddress => {
            state.own.typing = Some(own::Typing::Address(String::new()));
            Vec::new()
        }
        Action::AddSite => own::add(state),
        Action::TypeCountry => {
            if state.own.found.is_some() {
                state.own.typing = Some(own::Typing::Country(String::new()));
            }
            Vec::new()
        }
        Action::RemoveSite => own::remove(state),
        Action::UndoChange => own::undo(state),
        Action::NextArticle => next_article(state, 1),
        Action::PreviousArticle => next_article(state, -1),
        Action::Help => {
            state.help = true;
            Vec::new()
        }
        Action::Quit => {
            state.ended = true;
            Vec::new()
        }
    }
}

fn page_step(state: &State) -> isize {
    let rows = match state.place {
        Place::World | Place::Languages | Place::Perspectives | Place::Mutes | Place::Own => {
            state.body_height()
        }
        Place::Globe => 3,
        Place::List => state.body_height() / layout::ROW_LINES,
        Place::Takes => 4,
        Place::Article | Place::Why | Place::Coverage => state.body_height().saturating_sub(2),
    };
    isize::try_from(rows.max(1)).unwrap_or(1)
}

fn step(state: &mut State, by: isize) -> Vec<Effect> {
    match state.place {
        Place::World => {
            let shown = state.shown_listings();
            state.world.selected = moved(&shown, state.world.selected, by);
            preview_list(state)
        }
        // As far as it can be.
        Place::Globe => turn(state, 0.0, by as f64),
        Place::List => select(state, by),
        Place::Takes | Place::Why | Place::Coverage | Place::Perspectives => {
            stories::step(state, by);
            Vec::new()
        }
        Place::Languages => languages::step(state, by),
        Place::Mutes => {
            mutes::step(state, by);
            Vec::new()
        }
        Place::Own => {
            own::step(state, by);
            Vec::new()
        }
        Place::Article => {
            state.article.scroll = state.article.scroll.saturating_add_signed(by);
            Vec::new()
        }
    }
}

fn turn(state: &mut State, east: f64, south: f64) -> Vec<Effect> {
    globe::turn(state, east, south);
    Vec::new()
}

fn zoom(state: &mut State, notches: i32) -> Vec<Effect> {
    globe::zoom(state, notches);
    Vec::new()
}

fn next_country(state: &mut State, by: isize) -> Vec<Effect> {
    globe::next(state, by);
    Vec::new()
}

/// The item `by` places on, within the list.
pub(super) fn moved<T: Copy + PartialEq>(list: &[T], from: Option<T>, by: isize) -> Option<T> {
    let last = list.len().checked_sub(1)?;
    let place = from.and_then(|from| list.iter().position(|item| *item == from));
    let place = place.unwrap_or(0).saturating_add_signed(by).min(last);
    list.get(place).copied()
}

fn select(state: &mut State, by: isize) -> Vec<Effect> {
    let ids: Vec<StoryId> = state.list.rows.iter().map(|row| row.id).collect();
    state.list.selected = moved(&ids, state.list.selected, by);
    let lead = state.selected_story().map(|story| story.lead.id);
    let mut effects = show_article(state, lead);
    let place = ids.iter().position(|id| Some(*id) == state.list.selected);
    // The next page is asked for before the end is reached.
    let near_end = place.is_some_and(|place| place + PAGE / 2 >= ids.len());
    if near_end && state.list.next.is_some() && !state.list.waiting {
        effects.push(ask(state, true));
    }
    effects
}

pub(super) fn open(state: &mut State) -> Vec<Effect> {
    match state.place {
        Place::World | Place::Globe => {
            let Some(listing) = state.world.selected else {
                return Vec::new();
            };
            let mut effects = if state.list.of == Some(listing) {
                Vec::new()
            } else {
                enter_list(state, listing)
            };
            state.place = Place::List;
            effects.extend(preview_article(state));
            effects
        }
        Place::List if state.list.selected.is_some() => {
            let mut effects = preview_article(state);
            state.place = Place::Article;
            effects.extend(opened(state));
            effects
        }
        Place::Languages => languages::enter(state),
        Place::Mutes => mutes::enter(state),
        Place::Own => own::enter(state),
        Place::Takes => stories::open_compared(state),
        Place::Perspectives => stories::take_perspective(state),
        Place::List | Place::Article | Place::Why | Place::Coverage => Vec::new(),
    }
}

/// An article that was opened is read, wanted whole, and shown where it was left.
fn opened(state: &mut State) -> Vec<Effect> {
    let kept = state.article.article.as_ref();
    state.article.resume = kept.and_then(|article| article.row.state.position);
    state.article.scroll = 0;
    read(state)
}

/// What is opened is read, wanted whole, in English and with its pictures.
pub(super) fn read(state: &mut State) -> Vec<Effect> {
    let unread = state.selected_row().is_some_and(|row| !row.state.read);
    let mut effects = if unread {
        mark(state, |_| Mark::Read)
    } else {
        Vec::new()
    };
    effects.extend(fetch_page(state));
    effects.extend(translate(state));
    effects.extend(load_pictures(state));
    effects
}

/// Asks for the English of the article that is open: once, and once it is whole.
fn translate(state: &mut State) -> Option<Effect> {
    let reading = &mut state.article;
    let article = reading.article.as_ref()?;
    let is_whole = !reading.fetching;
    let done = article
        .translation
        .as_ref()
        .is_some_and(|english| english.missing == 0);
    let wanted = state.place == Place::Article
        && is_whole
        && reading.translating == Translating::NotAsked
        && article.row.is_foreign()
        && !done;
    if !wanted {
        return None;
    }
    reading.translating = Translating::Asked;
    Some(Effect::Translate(article.row.id))
}

/// The original instead of the English, both beside each other, or the English again.
fn next_language(state: &mut State) -> Vec<Effect> {
    let wide = state.place == Place::Article && state.wide();
    state.reads = match state.reads {
        Reads::English => Reads::Original,
        Reads::Original if wide => Reads::Both,
        Reads::Original | Reads::Both => Reads::English,
    };
    state.status = Some(
        match state.reads {
            Reads::English => "In English, where it is translated.",
            Reads::Original => "As it was published.",
            Reads::Both => "English, and beside it as it was published.",
        }
        .into(),
    );
    state.article.resume = position::of(&state.article);
    state.article.set_for = None;
    Vec::new()
}

/// Asks for the page of the article that is open: once, and not of one that is only shown beside
/// its list.
fn fetch_page(state: &mut State) -> Vec<Effect> {
    let reading = &mut state.article;
    let wanted = state.place == Place::Article
        && !state.offline
        && !reading.fetching
        && reading
            .article
            .as_ref()
            .is_some_and(|article| article.page.is_none() && article.row.url.is_some());
    if !wanted {
        return Vec::new();
    }
    reading.fetching = true;
    reading.id.map(Effect::FetchArticle).into_iter().collect()
}

/// Asks for the pictures of the article that is shown; what is only shown beside its list has those
/// that are here already.
fn load_pictures(state: &State) -> Option<Effect> {
    let article = state.article.article.as_ref().filter(|_| state.pictures)?;
    let urls: Vec<Url> = article
        .pictures()
        .into_iter()
        .filter(|url| !state.article.pictures.contains_key(url))
        .take(PICTURES)
        .cloned()
        .collect();
    (!urls.is_empty()).then_some(Effect::LoadPictures {
        article: article.row.id,
        urls,
        fetch: state.place == Place::Article && !state.offline,
    })
}

/// Packs the country that is selected, or stops.
fn pack(state: &mut State) -> Vec<Effect> {
    if state.pack.is_some() {
        state.status = Some("Stopping …".into());
        return vec![Effect::StopPack];
    }
    if state.offline {
        state.status = Some("Nothing is fetched while offline: O switches it off.".into());
        return Vec::new();
    }
    let Some(code) = state.country() else {
        state.status = Some("Choose a country: it is packed as a whole.".into());
        return Vec::new();
    };
    state.pack = Some(PackProgress::default());
    vec![Effect::Pack(code)]
}

fn pack_words(report: &PackReport) -> String {
    let progress = report.progress;
    let ready = format!(
        "{} of {} ready to be read offline",
        progress.ready, progress.planned
    );
    match (report.end, &report.first_failure) {
        (PackEnd::NobodyReached, _) => {
            "Nobody could be reached: there seems to be no network.".into()
        }
        (PackEnd::BudgetReached, _) => format!("{ready}; there is no room for more."),
        (PackEnd::Cancelled, _) => format!("Stopped: {ready}."),
        (_, Some(why)) => format!("{ready}; {} failed: {why}", progress.failed),
        _ => format!("{ready}."),
    }
}

/// The number of a link is typed: it opens as soon as no other number begins like it.
fn on_link_number(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    let Some(mut typed) = state.link.take() else {
        return Vec::new();
    };
    let count = state.article.prose.links.len();
    match key.code {
        KeyCode::Char(digit) if digit.is_ascii_digit() => typed.push(digit),
        KeyCode::Enter if !typed.is_empty() => return numbered_link(state, &typed),
        _ => return Vec::new(),
    }
    match typed.parse::<usize>() {
        Ok(number) if number > 0 && number * 10 <= count => {
            state.link = Some(typed);
            Vec::new()
        }
        _ => numbered_link(state, &typed),
    }
}

/// Opens the link of a number.
fn numbered_link(state: &mut State, typed: &str) -> Vec<Effect> {
    let number = typed.parse::<usize>().ok();
    let link = number.and_then(|number| state.article.prose.links.get(number.checked_sub(1)?));
    match link {
        Some(link) => vec![Effect::Browse(link.to_string())],
        None => {
            state.status = Some(format!("There is no link {typed}."));
            Vec::new()
        }
    }
}

fn next_article(state: &mut State, by: isize) -> Vec<Effect> {
    let before = state.list.selected;
    let mut effects = select(state, by);
    if state.list.selected != before {
        effects.extend(opened(state));
    }
    effects
}

pub(super) fn back(state: &mut State) -> Vec<Effect> {
    match state.place {
        Place::Languages => {
            let mut effects = languages::close(state);
            // What arrived meanwhile was for nobody who reads.
            effects.extend(preview_list(state));
            effects.extend(fetch_page(state));
            effects.extend(translate(state));
            effects
        }
        Place::Takes
        | Place::Why
        | Place::Coverage
        | Place::Perspectives
        | Place::Mutes
        | Place::Own => {
            stories::back(state);
            Vec::new()
        }
        Place::Article => {
            // From a take to the article that was opened in the list, and from there to the list.
            let lead = state.selected_story().map(|story| story.lead.id);
            if lead.is_some() && lead != state.article.id {
                return stories::open_instead(state, lead);
            }
            state.place = Place::List;
            Vec::new()
        }
        Place::List if !state.list.filter.is_empty() => {
            state.list.filter.clear();
            filtered(state)
        }
        Place::List if state.list.perspective.is_some() => {
            state.list.perspective = None;
            filtered(state)
        }
        Place::List => {
            state.place = match state.globe.is_home {
                true => Place::Globe,
                false => Place::World,
            };
            Vec::new()
        }
        Place::Globe => {
            globe::leave(state);
            preview_list(state)
        }
        Place::World => {
            state.world.filter.clear();
            filtered(state)
        }
    }
}

/// Marks the article that is open, or leads the selected story; on the screen at once and in the
/// store.
fn mark(state: &mut State, which: impl Fn(&ArticleRow) -> Mark) -> Vec<Effect> {
    let Some(row) = state.selected_row() else {
        return Vec::new();
    };
    let (id, mark) = (row.id, which(row));
    for row in stories::rows_of(state, id) {
        match mark {
            Mark::Read => row.state.read = true,
            Mark::Unread => row.state.read = false,
            Mark::Save => row.state.saved = true,
            Mark::Unsave => row.state.saved = false,
            Mark::Hide | Mark::Unhide | Mark::Position(_) => {}
        }
    }
    let mut effects = vec![Effect::Mark(id, mark)];
    effects.extend(behind_mark(state));
    effects
}

/// An answer on its way does not know of a mark: it is dropped, and asked for again behind it.
fn behind_mark(state: &mut State) -> Option<Effect> {
    state.list.waiting.then(|| reload(state)).flatten()
}

/// Follows the country that is selected, or no longer.
fn follow(state: &mut State) -> Vec<Effect> {
    let code = state.country();
    let known = state.world.countries.iter_mut();
    let Some(country) = known.into_iter().find(|c| Some(c.country) == code) else {
        return Vec::new();
    };
    country.followed = !country.followed;
    let (code, followed) = (country.country, country.followed);
    state.status = Some(if followed {
        format!("Following {}: R fetches what is followed.", country.name)
    } else {
        format!("No longer following {}.", country.name)
    });
    vec![Effect::Follow(code, followed)]
}

fn link(state: &mut State, effect: impl Fn(String) -> Effect) -> Vec<Effect> {
    let url = state.selected_row().and_then(|row| row.url.clone());
    match url {
        Some(url) => vec![effect(url.to_string())],
        None => {
            state.status = Some("This article has no address.".into());
            Vec::new()
        }
    }
}

fn clamp_scroll(state: &mut State) {
    let lines = state.article.prose.lines.len();
    let most = lines.saturating_sub(state.body_height());
    state.article.scroll = state.article.scroll.min(most);
    stories::clamp(state);
}

fn on_mouse(state: &mut State, mouse: MouseEvent) -> Vec<Effect> {
    if state.help {
        state.help = matches!(mouse.kind, MouseEventKind::Moved);
        return Vec::new();
    }
    if state.place == Place::Globe {
        return globe::on_mouse(state, mouse);
    }
    match mouse.kind {
        MouseEventKind::ScrollDown => step(state, 3),
        MouseEventKind::ScrollUp => step(state, -3),
        MouseEventKind::Down(MouseButton::Left) => click(state, mouse.column, mouse.row),
        _ => Vec::new(),
    }
}

/// A click selects; on what is selected already it opens.
fn click(state: &mut State, column: u16, row: u16) -> Vec<Effect> {
    match layout::hit(state, column, row) {
        Some(layout::Hit::Listing(listing)) => {
            state.place = Place::World;
            if state.world.selected == Some(listing) {
                return open(state);
            }
            state.world.selected = Some(listing);
            preview_list(state)
        }
        Some(layout::Hit::Story(id)) => {
            let again = state.place != Place::World && state.list.selected == Some(id);
            state.place = Place::List;
            state.list.selected = Some(id);
            if again {
                return open(state);
            }
            preview_article(state)
        }
        Some(layout::Hit::Take(at)) => stories::open_take(state, Some(at)),
        Some(layout::Hit::OwnLabel) => stories::go(state, Place::Why),
        Some(layout::Hit::Compared(id)) => {
            let again = state.article.compared == Some(id);
            state.article.compared = Some(id);
            if again {
                return stories::open_compared(state);
            }
            Vec::new()
        }
        Some(layout::Hit::Perspective(chosen)) => {
            state.perspectives.selected = chosen;
            stories::take_perspective(state)
        }
        None => Vec::new(),
    }
}

/// The place of the selected row among the rows of the world.
pub(super) fn world_place(rows: &[WorldRow<'_>], selected: Option<Listing>) -> usize {
    rows.iter()
        .position(|row| match row {
            WorldRow::All(listing) => Some(*listing) == selected,
            WorldRow::Country(c) => Some(Listing::Country(c.country)) == selected,
            WorldRow::Region(..) => false,
        })
        .unwrap_or(0)
}
