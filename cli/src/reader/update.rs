//! What happens: pure, from a state and a message to a state and what is to be done.

use std::sync::Arc;

use overview_core::language::primary;
use overview_core::model::{
    Article, ArticleId, ArticleQuery, ArticleRow, CountryCode, CountrySummary, Mark, Page,
    ReadingPosition, Scope, TranslatedBy,
};
use overview_core::pack::{PackEnd, PackProgress, PackReport};
use overview_core::page::position_at;
use overview_core::sync::{SyncEnd, SyncProgress};
use overview_core::translation::{BackgroundReport, TranslationState};
use ratatui::crossterm::event::{
    KeyCode, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind,
};
use url::Url;

use super::keys::{self, Action};
use super::languages::{self, Change, Known};
use super::layout;
use super::position;
use super::state::{Country, Place, Reading, Reads, State, Translating, WorldRow};
use crate::prose::Pixels;

/// Rows of one page of articles.
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
    Countries(Vec<CountrySummary>),
    /// An answer to question `asked`; `more` when it continues the list.
    Articles {
        asked: u64,
        more: bool,
        page: Page<ArticleRow>,
    },
    Article(Box<Article>),
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
    LoadArticles {
        asked: u64,
        more: bool,
        query: ArticleQuery,
    },
    LoadArticle(ArticleId),
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
    (state.place == Place::Article && kept != Some(at)).then_some((article.row.id, at))
}

/// Keeps where an article was left that was being read, if it was left.
fn left(state: &mut State, id: ArticleId, position: ReadingPosition) -> Option<Effect> {
    let open = state.place == Place::Article && state.article.id == Some(id);
    if open && !state.ended {
        return None;
    }
    if let Some(article) = &mut state.article.article
        && article.row.id == id
    {
        article.row.state.position = Some(position);
    }
    let rows = state.country.rows.iter_mut();
    for row in rows.filter(|row| row.id == id) {
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
        Message::Countries(countries) => on_countries(state, countries),
        Message::Articles { asked, more, page } => on_articles(state, asked, more, page),
        Message::Article(article) => {
            if state.article.id != Some(article.row.id) {
                return Vec::new();
            }
            let read = state.place == Place::Article;
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
            if let Some(row) = state
                .country
                .rows
                .iter_mut()
                .find(|row| row.id == article.row.id)
            {
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
    state.world.countries = countries;
    state.world.loaded = true;
    let shown = state.shown_countries();
    let known = state
        .world
        .selected
        .is_some_and(|code| shown.contains(&code));
    if !known {
        // The fullest country is the best beginning.
        let fullest = state
            .world
            .countries
            .iter()
            .filter(|country| shown.contains(&country.country))
            .max_by_key(|country| (country.followed, country.unread));
        let start = fullest.filter(|_| first).map(|country| country.country);
        state.world.selected = start.or_else(|| shown.first().copied());
    }
    preview_country(state)
}

/// Beside the world the selected country's articles are shown.
fn preview_country(state: &mut State) -> Vec<Effect> {
    if state.place != Place::World || state.country.code == state.world.selected {
        return Vec::new();
    }
    let Some(code) = state.world.selected else {
        return Vec::new();
    };
    enter_country(state, code)
}

fn enter_country(state: &mut State, code: CountryCode) -> Vec<Effect> {
    state.country = Country {
        code: Some(code),
        asked: state.country.asked,
        ..Country::default()
    };
    state.article = Reading::default();
    vec![ask(state, false)]
}

/// Asks for the first rows of the list, or for those that follow.
fn ask(state: &mut State, more: bool) -> Effect {
    state.country.asked += 1;
    state.country.waiting = true;
    Effect::LoadArticles {
        asked: state.country.asked,
        more,
        query: ArticleQuery {
            scope: scope(state),
            limit: PAGE,
            after: if more { state.country.next } else { None },
            before: None,
        },
    }
}

/// What the list of articles shows.
fn scope(state: &State) -> Scope {
    let filter = state.country.filter.trim();
    Scope {
        countries: state.country.code.into_iter().collect(),
        unread: state.unread_only,
        text: (!filter.is_empty()).then(|| filter.to_owned()),
        ..Scope::default()
    }
}

/// The list of articles again.
fn reload(state: &mut State) -> Option<Effect> {
    state.country.code?;
    Some(ask(state, false))
}

/// Everything that is shown, again.
fn load_again(state: &mut State) -> Vec<Effect> {
    let mut effects = vec![Effect::LoadCountries];
    effects.extend(reload(state));
    effects
}

fn on_articles(state: &mut State, asked: u64, more: bool, page: Page<ArticleRow>) -> Vec<Effect> {
    if asked != state.country.asked {
        return Vec::new();
    }
    let country = &mut state.country;
    country.waiting = false;
    if more {
        country.rows.extend(page.rows);
        country.next = page.next;
    } else {
        let old = std::mem::take(&mut country.rows);
        let place = old.iter().position(|row| Some(row.id) == country.selected);
        let last = page.rows.last().map(|row| (row.sort_at, row.id));
        country.rows = page.rows;
        let behind = std::mem::replace(&mut country.next, page.next);
        // What was loaded behind the first page stays, and so does what was just read under
        // "unread only": a list must not jump while somebody reads it.
        let mut seen: std::collections::HashSet<ArticleId> =
            country.rows.iter().map(|row| row.id).collect();
        if page.next.is_some() {
            for row in &old {
                if last.is_some_and(|last| (row.sort_at, row.id) < last) && seen.insert(row.id) {
                    country.rows.push(row.clone());
                }
            }
            if country.rows.len() > PAGE {
                country.next = behind;
            }
        }
        if let Some(place) = place
            && let Some(id) = country.selected
            && !seen.contains(&id)
            && let Some(row) = old.get(place)
        {
            let place = place.min(country.rows.len());
            country.rows.insert(place, row.clone());
        }
    }
    let there = |id: &ArticleId| country.rows.iter().any(|row| row.id == *id);
    if !country.selected.as_ref().is_some_and(there) {
        country.selected = country.rows.first().map(|row| row.id);
    }
    preview_article(state)
}

/// Beside the list the selected article is shown. Showing is not reading: it stays unread.
fn preview_article(state: &mut State) -> Vec<Effect> {
    let wanted = state.country.selected;
    if state.place == Place::World || state.article.id == wanted && state.article.article.is_some()
    {
        return Vec::new();
    }
    if state.article.id != wanted {
        state.article = Reading::default();
    }
    state.article.id = wanted;
    wanted.map(Effect::LoadArticle).into_iter().collect()
}

fn on_key(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    if state.typing {
        return on_typing(state, key);
    }
    if state.place == Place::Languages && state.languages.typing.is_some() {
        return languages::on_typing(state, key);
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
        (Action::Link, KeyCode::Char(digit)) => {
            state.status = None;
            numbered_link(state, digit)
        }
        _ => act(state, action),
    }
}

fn on_typing(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    let filter = match state.place {
        Place::World => &mut state.world.filter,
        Place::Country | Place::Article | Place::Languages => &mut state.country.filter,
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
            let shown = state.shown_countries();
            if !state
                .world
                .selected
                .is_some_and(|code| shown.contains(&code))
            {
                state.world.selected = shown.first().copied();
            }
            preview_country(state)
        }
        Place::Country | Place::Article | Place::Languages => {
            state.country.rows.clear();
            state.country.selected = None;
            vec![ask(state, false)]
        }
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
        // Only what the list shows, and never of a country that is not chosen.
        Action::MarkAllRead
            if state.place == Place::World && state.world.selected != state.country.code =>
        {
            Vec::new()
        }
        Action::MarkAllRead if state.country.code.is_none() => Vec::new(),
        Action::MarkAllRead => {
            let mut effects = vec![Effect::MarkAllRead(scope(state))];
            for row in &mut state.country.rows {
                row.state.read = true;
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
        Action::Link => Vec::new(),
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
        Place::World | Place::Languages => state.body_height(),
        Place::Country => state.body_height() / layout::ROW_LINES,
        Place::Article => state.body_height().saturating_sub(2),
    };
    isize::try_from(rows.max(1)).unwrap_or(1)
}

fn step(state: &mut State, by: isize) -> Vec<Effect> {
    match state.place {
        Place::World => {
            let shown = state.shown_countries();
            state.world.selected = moved(&shown, state.world.selected, by);
            preview_country(state)
        }
        Place::Country => select(state, by),
        Place::Languages => languages::step(state, by),
        Place::Article => {
            state.article.scroll = state.article.scroll.saturating_add_signed(by);
            Vec::new()
        }
    }
}

/// The item `by` places on, within the list.
fn moved<T: Copy + PartialEq>(list: &[T], from: Option<T>, by: isize) -> Option<T> {
    let last = list.len().checked_sub(1)?;
    let place = from.and_then(|from| list.iter().position(|item| *item == from));
    let place = place.unwrap_or(0).saturating_add_signed(by).min(last);
    list.get(place).copied()
}

fn select(state: &mut State, by: isize) -> Vec<Effect> {
    let ids: Vec<ArticleId> = state.country.rows.iter().map(|row| row.id).collect();
    state.country.selected = moved(&ids, state.country.selected, by);
    let mut effects = preview_article(state);
    let place = ids
        .iter()
        .position(|id| Some(*id) == state.country.selected);
    // The next page is asked for before the end is reached.
    let near_end = place.is_some_and(|place| place + PAGE / 2 >= ids.len());
    if near_end && state.country.next.is_some() && !state.country.waiting {
        effects.push(ask(state, true));
    }
    effects
}

fn open(state: &mut State) -> Vec<Effect> {
    match state.place {
        Place::World => {
            let Some(code) = state.world.selected else {
                return Vec::new();
            };
            let mut effects = if state.country.code == Some(code) {
                Vec::new()
            } else {
                enter_country(state, code)
            };
            state.place = Place::Country;
            effects.extend(preview_article(state));
            effects
        }
        Place::Country if state.country.selected.is_some() => {
            let mut effects = preview_article(state);
            state.place = Place::Article;
            effects.extend(opened(state));
            effects
        }
        Place::Languages => languages::enter(state),
        Place::Country | Place::Article => Vec::new(),
    }
}

/// An article that was opened is read, wanted whole, and shown where it was left.
fn opened(state: &mut State) -> Vec<Effect> {
    let kept = state.article.article.as_ref();
    state.article.resume = kept.and_then(|article| article.row.state.position);
    state.article.scroll = 0;
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
    let code = match state.place {
        Place::World => state.world.selected,
        Place::Country | Place::Article | Place::Languages => state.country.code,
    };
    let Some(code) = code else { return Vec::new() };
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

/// Opens the link of a number.
fn numbered_link(state: &mut State, digit: char) -> Vec<Effect> {
    let number = digit
        .to_digit(10)
        .and_then(|number| usize::try_from(number).ok());
    let link = number.and_then(|number| state.article.prose.links.get(number.checked_sub(1)?));
    match link {
        Some(link) => vec![Effect::Browse(link.to_string())],
        None => {
            state.status = Some(format!("There is no link {digit}."));
            Vec::new()
        }
    }
}

fn next_article(state: &mut State, by: isize) -> Vec<Effect> {
    let before = state.country.selected;
    let mut effects = select(state, by);
    if state.country.selected != before {
        effects.extend(opened(state));
    }
    effects
}

fn back(state: &mut State) -> Vec<Effect> {
    match state.place {
        Place::Languages => {
            let mut effects = languages::close(state);
            // What arrived meanwhile was for nobody who reads.
            effects.extend(preview_country(state));
            effects.extend(fetch_page(state));
            effects.extend(translate(state));
            effects
        }
        Place::Article => {
            state.place = Place::Country;
            Vec::new()
        }
        Place::Country if !state.country.filter.is_empty() => {
            state.country.filter.clear();
            filtered(state)
        }
        Place::Country => {
            state.place = Place::World;
            Vec::new()
        }
        Place::World => {
            state.world.filter.clear();
            filtered(state)
        }
    }
}

/// Marks the selected article, on the screen at once and in the store.
fn mark(state: &mut State, which: impl Fn(&ArticleRow) -> Mark) -> Vec<Effect> {
    let Some(id) = state.country.selected else {
        return Vec::new();
    };
    let Some(row) = state.country.rows.iter_mut().find(|row| row.id == id) else {
        return Vec::new();
    };
    let mark = which(row);
    match mark {
        Mark::Read => row.state.read = true,
        Mark::Unread => row.state.read = false,
        Mark::Save => row.state.saved = true,
        Mark::Unsave => row.state.saved = false,
        Mark::Hide | Mark::Unhide | Mark::Position(_) => {}
    }
    let mut effects = vec![Effect::Mark(id, mark)];
    effects.extend(behind_mark(state));
    effects
}

/// An answer on its way does not know of a mark: it is dropped, and asked for again behind it.
fn behind_mark(state: &mut State) -> Option<Effect> {
    state.country.waiting.then(|| reload(state)).flatten()
}

/// Follows the country that is selected, or no longer.
fn follow(state: &mut State) -> Vec<Effect> {
    let code = match state.place {
        Place::World => state.world.selected,
        Place::Country | Place::Article | Place::Languages => state.country.code,
    };
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
}

fn on_mouse(state: &mut State, mouse: MouseEvent) -> Vec<Effect> {
    if state.help {
        state.help = matches!(mouse.kind, MouseEventKind::Moved);
        return Vec::new();
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
        Some(layout::Hit::Country(code)) => {
            state.place = Place::World;
            if state.world.selected == Some(code) {
                return open(state);
            }
            state.world.selected = Some(code);
            preview_country(state)
        }
        Some(layout::Hit::Article(id)) => {
            let again = state.place != Place::World && state.country.selected == Some(id);
            state.place = Place::Country;
            state.country.selected = Some(id);
            if again {
                return open(state);
            }
            preview_article(state)
        }
        None => Vec::new(),
    }
}

/// The place of the selected row among the rows of the world.
pub(super) fn world_place(rows: &[WorldRow<'_>], selected: Option<CountryCode>) -> usize {
    rows.iter()
        .position(|row| matches!(row, WorldRow::Country(c) if Some(c.country) == selected))
        .unwrap_or(0)
}
