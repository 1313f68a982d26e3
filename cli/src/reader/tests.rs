//! The reader without a terminal and without a store: what keys do, and what is drawn.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use overview_core::language::models::InstalledModel;
use overview_core::model::{
    Article, ArticleId, ArticleRow, BodySource, CountrySummary, Direction, EngineKind, FoundSite,
    Mark, Mute, MuteId, OwnPublisher, Page, PageVerdict, ReadPage, ReadState, Region, StoryOrder,
    StoryRow, TranslatedBy,
};
use overview_core::page::read_fragment;
use overview_core::sync::{SyncEnd, SyncProgress};
use overview_core::translation::BackgroundReport;
use proptest::prelude::*;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{
    KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use super::languages::{Change, Known};
use super::state::{Listing, Place, State};

mod globe;
mod languages;
mod mutes;
mod own;
#[path = "../../tests/pseudo_terminal/mod.rs"]
mod pseudo_terminal;
mod told;

use self::pseudo_terminal::Session;
use super::theme::Theme;
use super::update::{Effect, Message, update};
use super::view;

fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// What stands behind the reader in these tests.
struct Shelf {
    articles: BTreeMap<i64, Article>,
    /// The settings and the models.
    known: Known,
    mutes: Vec<Mute>,
    own: super::own::Known,
    found: Option<FoundSite>,
    added: Option<OwnPublisher>,
}

const COUNTRIES: [(&str, &str, Region); 4] = [
    ("UA", "Ukraine", Region::Europe),
    ("FR", "France", Region::Europe),
    ("EG", "Egypt", Region::MiddleEastNorthAfrica),
    ("JP", "Japan", Region::EastAsia),
];

impl Shelf {
    fn of(count: i64) -> Self {
        let titles = [
            "Rain ends a dry autumn, and the rivers rise for the first time since September",
            "港の朝市が三年ぶりに再開、市民でにぎわう",
            "عودة القطار الليلي إلى الإسكندرية بعد 13 عاماً",
            "A café reopens 👩‍🌾 with naïve résumé notes",
        ];
        let articles = (0..count)
            .map(|id| {
                let place = usize::try_from(id).unwrap() % 4;
                let row = ArticleRow {
                    muted: false,
                    id: ArticleId(id),
                    title: titles[place].to_owned(),
                    teaser: String::new(),
                    publisher: "steppe-post".into(),
                    publisher_name: "Steppe Post".to_owned(),
                    country: COUNTRIES[place].0.parse().unwrap(),
                    language: "en".to_owned(),
                    url: Some(format!("https://steppe.example/{id}").parse().unwrap()),
                    published_at: None,
                    first_seen_at: now(),
                    sort_at: now() - TimeDelta::minutes(id * 7),
                    image: None,
                    ready: false,
                    state: ReadState::default(),
                    translation: None,
                };
                let html = "<p>The first paragraph has a <b>few words</b> that fill more than \
                            one <a href='/line'>line</a> of a narrow screen, and a bit \
                            more.</p><blockquote>Somebody is quoted here.</blockquote><p>عاد \
                            القطار الليلي إلى المحطة القديمة صباح اليوم.</p><p>今日は晴れです。</p>"
                    .repeat(6);
                let article = Article {
                    row,
                    authors: vec!["Olena Invented".to_owned()],
                    categories: Vec::new(),
                    updated_at: None,
                    standfirst: None,
                    lead: None,
                    blocks: read_fragment(&html, &"https://steppe.example/".parse().unwrap()),
                    direction: Direction::LeftToRight,
                    page: None,
                    media: Vec::new(),
                    translation: None,
                };
                (id, article)
            })
            .collect();
        let known = languages::known();
        Self {
            articles,
            known,
            mutes: Vec::new(),
            own: super::own::Known::default(),
            found: None,
            added: None,
        }
    }

    fn countries(&self) -> Vec<CountrySummary> {
        COUNTRIES
            .iter()
            .map(|(code, name, region)| {
                let code = code.parse().unwrap();
                let of = |article: &&Article| article.row.country == code;
                let all = self.articles.values().filter(of);
                let count = |n: usize| u32::try_from(n).unwrap();
                CountrySummary {
                    country: code,
                    name: (*name).to_owned(),
                    region: *region,
                    publishers: 3,
                    articles: count(all.clone().count()),
                    unread: count(all.clone().filter(|it| !it.row.state.read).count()),
                    stories: count(all.clone().count()),
                    unread_stories: count(all.filter(|it| !it.row.state.read).count()),
                    followed: code.as_str() == "UA",
                    refreshed_at: Some(now() - TimeDelta::minutes(5)),
                }
            })
            .collect()
    }

    /// What the effects would answer.
    fn answer(&mut self, effect: Effect) -> Option<Message> {
        Some(match effect {
            Effect::LoadCountries => Message::Countries(self.countries(), (2, false)),
            Effect::LoadStories { asked, more, query } => {
                let scope = &query.scope.articles;
                let rows: Vec<StoryRow> = self
                    .articles
                    .values()
                    .map(|article| article.row.clone())
                    .filter(|row| {
                        scope.countries.is_empty() || scope.countries.contains(&row.country)
                    })
                    .filter(|row| !scope.unread || !row.state.read)
                    .filter(|row| {
                        let text = scope.text.as_deref().unwrap_or_default();
                        row.title.contains(text)
                    })
                    .map(told::row)
                    .filter(|row| !query.scope.overlooked || row.overlooked.is_some())
                    .filter(|row| query.order == StoryOrder::Time || row.articles > 1)
                    .take(query.limit)
                    .collect();
                let page = Page {
                    rows,
                    next: None,
                    previous: None,
                };
                Message::Stories {
                    asked,
                    more,
                    page,
                    notes: HashMap::new(),
                }
            }
            Effect::LoadArticle(id) => {
                Message::Article(Box::new(self.articles.get(&id.0).unwrap().clone()))
            }
            Effect::LoadStory(id) => Message::Story(id, Box::new(told::told(self, id))),
            Effect::LoadPerspectives(_) => Message::Perspectives(told::perspectives()),
            Effect::LoadOwn => Message::Own(Box::new(self.own.clone())),
            Effect::FindSite(_) => {
                let found = self.found.clone().map(Box::new);
                Message::FoundSite(found.ok_or_else(|| "no such site".to_owned()))
            }
            Effect::AddSite(site) => {
                self.added = Some((*site).clone());
                Message::SiteAdded(site.name)
            }
            Effect::RemoveSite(id) => {
                self.own.sites.retain(|site| site.id != id);
                Message::Own(Box::new(self.own.clone()))
            }
            Effect::UndoChange(id) => {
                self.own.changes.retain(|change| change.id != id);
                Message::Own(Box::new(self.own.clone()))
            }
            Effect::LoadMutes => Message::Mutes(self.mutes.clone()),
            Effect::Mute(what, lasts) => {
                let now = now();
                let mute = Mute {
                    id: MuteId(self.mutes.len() as i64 + 1),
                    name: format!("{what:?}"),
                    what,
                    made_at: now,
                    until: lasts.until(now),
                    articles: 1,
                };
                self.mutes.push(mute.clone());
                Message::Muted(Box::new(mute))
            }
            Effect::Unmute(id) => {
                self.mutes.retain(|mute| mute.id != id);
                Message::Mutes(self.mutes.clone())
            }
            Effect::Translate(_) | Effect::LoadTranslation(_) => return None,
            Effect::LoadLanguages => Message::Languages(Box::new(self.known.clone())),
            Effect::AskModels => Message::Models(None),
            Effect::Install(language) => {
                let model = self.known.offered.iter().find(|it| it.language == language);
                let model = model.unwrap().clone();
                let name = model.name();
                let folder = format!("/models/{language}-en").into();
                let installed = &mut self.known.installed;
                installed.retain(|it| it.model.language != language);
                installed.push(InstalledModel { model, folder });
                Message::Installed(Ok(name))
            }
            Effect::RemoveModel(language) => {
                self.known
                    .installed
                    .retain(|it| it.model.language != language);
                Message::Languages(Box::new(self.known.clone()))
            }
            Effect::TestModel { language, .. } => {
                let english = "The train was late this morning because it had rained.";
                let by = TranslatedBy {
                    engine: EngineKind::Firefox,
                    model: format!("{language}-en 1.0"),
                };
                Message::Tested(language, Ok((english.to_owned(), by)))
            }
            Effect::SetTranslation(change) => {
                let settings = &mut self.known.settings;
                match change {
                    Change::Order(order) => settings.order = order,
                    Change::Manifest(url) => settings.manifest = url,
                    Change::Server(_) => settings.server = None,
                }
                Message::TranslationSet(None)
            }
            Effect::TranslateInBackground => Message::InBackground(BackgroundReport::default()),
            Effect::FetchArticle(id) => {
                let mut article = self.articles.get(&id.0).unwrap().clone();
                article.page = Some(ReadPage {
                    fetched_at: now(),
                    verdict: PageVerdict::Full,
                    body: BodySource::Page,
                });
                Message::Article(Box::new(article))
            }
            Effect::Mark(id, mark) => {
                let state = &mut self.articles.get_mut(&id.0).unwrap().row.state;
                match mark {
                    Mark::Read => state.read = true,
                    Mark::Unread => state.read = false,
                    Mark::Save => state.saved = true,
                    Mark::Unsave => state.saved = false,
                    Mark::Position(position) => state.position = Some(position),
                    _ => {}
                }
                Message::Stale
            }
            Effect::MarkAllRead(scope) => {
                for article in self.articles.values_mut() {
                    article.row.state.read |= (scope.countries.is_empty()
                        || scope.countries.contains(&article.row.country))
                        && article
                            .row
                            .title
                            .contains(scope.text.as_deref().unwrap_or(""));
                }
                Message::MarkedAll { undo: 1, marked: 3 }
            }
            Effect::Undo(_) => Message::Unmarked(3),
            Effect::Sync
            | Effect::StopSync
            | Effect::SetOffline(_)
            | Effect::LoadPictures { .. }
            | Effect::Pack(_)
            | Effect::StopPack
            | Effect::StopInstall
            | Effect::Browse(_)
            | Effect::Copy(_)
            | Effect::Follow(..) => return None,
        })
    }

    /// A message, and everything that follows from it.
    fn tell(&mut self, state: &mut State, message: Message) {
        let mut waiting = update(state, message);
        while !waiting.is_empty() {
            let effect = waiting.remove(0);
            if let Some(answer) = self.answer(effect) {
                waiting.extend(update(state, answer));
            }
        }
    }

    fn type_in(&mut self, state: &mut State, keys: &str) {
        for c in keys.chars() {
            let code = match c {
                '\n' => KeyCode::Enter,
                '\u{1b}' => KeyCode::Esc,
                c => KeyCode::Char(c),
            };
            self.tell(state, Message::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        }
    }
}

fn opened(size: (u16, u16), articles: i64) -> (Shelf, State) {
    let mut shelf = Shelf::of(articles);
    let mut state = State::new(size, now());
    shelf.tell(&mut state, Message::Opened);
    (shelf, state)
}

fn drawn(state: &State) -> String {
    let (columns, rows) = state.size;
    let mut terminal = ratatui::Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal
        .draw(|frame| view::draw(frame, state, &Theme::detect(false)))
        .unwrap();
    terminal.backend().to_string()
}

#[test]
fn the_three_places_at_three_sizes() {
    for size in [(60, 16), (100, 30), (160, 40)] {
        let (mut shelf, mut state) = opened(size, 40);
        let mut screens = vec![drawn(&state)];
        shelf.type_in(&mut state, "\nj");
        screens.push(drawn(&state));
        shelf.type_in(&mut state, "\n");
        screens.push(drawn(&state));
        insta::assert_snapshot!(format!("{}x{}", size.0, size.1), screens.join("\n"));
    }
}

fn key(state: &mut State, c: char) -> Vec<Effect> {
    let code = KeyCode::Char(c);
    update(state, Message::Key(KeyEvent::new(code, KeyModifiers::NONE)))
}

#[test]
fn an_article_that_is_opened_is_fetched_whole_and_once() {
    let (mut shelf, mut state) = opened((160, 40), 8);
    shelf.type_in(&mut state, "\n");
    assert!(
        !state.article.fetching,
        "what is shown beside its list is not"
    );
    let effects = update(
        &mut state,
        Message::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)),
    );
    let id = state.article.id.unwrap();
    assert!(effects.contains(&Effect::FetchArticle(id)));
    assert!(drawn(&state).contains("Fetching the whole article"));
    for effect in effects {
        if let Some(answer) = shelf.answer(effect) {
            let then = update(&mut state, answer);
            assert!(!then.contains(&Effect::FetchArticle(id)));
        }
    }
    assert!(!state.article.fetching);
    update(&mut state, Message::NotFetched(id, "no network".to_owned()));
    assert!(drawn(&state).contains("This is what the feed gives: no network"));
}

#[test]
fn nothing_is_fetched_while_offline() {
    let (mut shelf, mut state) = opened((160, 40), 8);
    assert_eq!(key(&mut state, 'O'), [Effect::SetOffline(true)]);
    assert!(drawn(&state).contains("offline"));
    assert_eq!(key(&mut state, 'R'), []);
    shelf.type_in(&mut state, "\n\n");
    assert!(state.article.article.as_ref().unwrap().page.is_none());
    let id = state.article.id.unwrap();
    assert_eq!(
        key(&mut state, 'O'),
        [Effect::SetOffline(false), Effect::FetchArticle(id)]
    );
}

#[test]
fn links_are_opened_by_their_number() {
    let (mut shelf, mut state) = opened((100, 30), 8);
    shelf.type_in(&mut state, "\n\n");
    let link = Effect::Browse("https://steppe.example/line".to_owned());
    assert_eq!(key(&mut state, 'e'), []);
    assert!(drawn(&state).contains("Link:"));
    assert_eq!(key(&mut state, '1'), [link]);
    assert_eq!(key(&mut state, 'e'), []);
    assert_eq!(key(&mut state, '2'), []);
    assert!(drawn(&state).contains("There is no link 2."));
}

/// The words at the top of the window, without what is set before them.
fn top(state: &State) -> String {
    let reading = &state.article;
    let lines = reading.prose.lines.iter().skip(reading.scroll);
    let words: Vec<&str> = lines.map(|line| line.text.as_str()).collect();
    words
        .join(" ")
        .split_whitespace()
        .take(4)
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn an_article_is_opened_where_it_was_left() {
    let (mut shelf, mut state) = opened((100, 20), 8);
    shelf.type_in(&mut state, "\n\njjjjjjjjjjjjjjjjjj");
    let (id, scroll, words) = (state.article.id, state.article.scroll, top(&state));
    assert_eq!(scroll, 18);
    // To the next and back: each is where it was.
    shelf.type_in(&mut state, "n");
    assert_eq!(state.article.scroll, 0);
    shelf.type_in(&mut state, "p");
    assert_eq!((state.article.id, state.article.scroll), (id, scroll));
    // Set anew for other sizes it stays at the words.
    for (columns, rows) in [(60, 16), (160, 40), (100, 20)] {
        shelf.tell(&mut state, Message::Resized(columns, rows));
        let first = words.split(' ').next().unwrap();
        assert!(
            top(&state).contains(first) || columns == 60,
            "{columns}: {}",
            top(&state)
        );
    }
    // Blocks that come before them move it along.
    let mut article = state.article.article.clone().unwrap();
    let first = article.blocks[0].clone();
    article.blocks.insert(0, first);
    let before = top(&state);
    shelf.tell(&mut state, Message::Article(article));
    assert_eq!(top(&state), before);
    assert!(state.article.scroll > scroll);
    // Left by quitting it is kept as well.
    let effects = key(&mut state, 'q');
    assert!(
        matches!(effects.as_slice(), [Effect::Mark(at, Mark::Position(_))] if Some(*at) == id),
        "{effects:?}"
    );
}

#[test]
fn all_that_is_marked_as_read_looks_read_at_once() {
    let (_, mut state) = opened((160, 40), 8);
    assert!(state.list.rows.iter().any(|row| !row.lead.state.read));
    let effects = key(&mut state, 'A');
    assert!(
        matches!(effects.as_slice(), [Effect::MarkAllRead(_)]),
        "{effects:?}"
    );
    assert!(state.list.rows.iter().all(|row| row.lead.state.read));
}

/// Started by the test below in a terminal of its own.
#[test]
#[ignore = "a test that panics: started by another"]
fn panics_in_the_terminal() {
    let (sender, _messages) = std::sync::mpsc::channel();
    let mut terminal = super::terminal::Terminal::enter(sender).unwrap();
    let (_, state) = opened((100, 30), 8);
    let theme = Theme::detect(true);
    terminal
        .draw(|frame| view::draw(frame, &state, &theme))
        .unwrap();
    panic!("as it was meant to");
}

#[cfg(unix)]
#[test]
fn a_panic_leaves_the_terminal_as_it_was() {
    let program = std::env::current_exe().unwrap();
    let test = "reader::tests::panics_in_the_terminal";
    let arguments = ["--exact", "--ignored", "--nocapture", test];
    let (code, raw) = Session::start(program, (100, 30), &arguments).ended();
    assert_eq!(code, 101);
    assert!(pseudo_terminal::left_as_found(&raw));
    // The message is on the screen that was there before, so it can be read.
    let text = String::from_utf8_lossy(&raw);
    let (_, after) = text.split_once("\x1b[?1049l").unwrap();
    assert!(after.contains("as it was meant to"), "{after}");
}

#[test]
fn the_sample_is_named_on_every_screen() {
    for size in [(60, 16), (100, 30), (160, 40), (20, 5)] {
        let (mut shelf, mut state) = opened(size, 8);
        state.sample = true;
        for keys in ["", "\n", "\n", "?"] {
            shelf.type_in(&mut state, keys);
            assert!(drawn(&state).contains("SAMPLE"), "{size:?} {keys:?}");
        }
    }
}

#[test]
fn an_article_is_read_when_it_is_opened_not_when_it_is_passed() {
    let (mut shelf, mut state) = opened((160, 40), 40);
    shelf.type_in(&mut state, "\njjj");
    assert_eq!(state.place, Place::List);
    let passed = |shelf: &Shelf| shelf.articles.values().filter(|a| a.row.state.read).count();
    assert_eq!(passed(&shelf), 0, "shown beside the list, but not opened");
    shelf.type_in(&mut state, "\n");
    assert_eq!(passed(&shelf), 1);
    let selected = state.list.selected;
    shelf.type_in(&mut state, "r");
    assert_eq!(passed(&shelf), 0, "unread again");
    shelf.type_in(&mut state, "n");
    assert_ne!(state.list.selected, selected);
    assert_eq!(passed(&shelf), 1, "the next one is opened, too");
    shelf.type_in(&mut state, "s\u{1b}\u{1b}");
    assert_eq!(state.place, Place::World);
    assert_eq!(
        shelf
            .articles
            .values()
            .filter(|a| a.row.state.saved)
            .count(),
        1
    );
}

#[test]
fn the_place_is_kept_when_the_list_is_loaded_again() {
    let (mut shelf, mut state) = opened((100, 30), 40);
    shelf.type_in(&mut state, "\njjjj");
    let selected = state.list.selected.unwrap();
    // Newer ones arrive above.
    for id in 0..8 {
        let mut newer = shelf.articles.get(&id).unwrap().clone();
        newer.row.id = ArticleId(id - 100);
        newer.row.sort_at = now();
        shelf.articles.insert(id - 100, newer);
    }
    shelf.tell(&mut state, Message::Stale);
    assert_eq!(state.list.selected, Some(selected));
    // Under "unread only" what was just read stays until the list is opened again.
    shelf.type_in(&mut state, "ujjj\n");
    let read = state.list.selected.unwrap();
    shelf.tell(&mut state, Message::Stale);
    assert_eq!(state.list.selected, Some(read));
    assert!(state.list.rows.iter().any(|row| row.id == read));
}

#[test]
fn typing_filters_and_escape_takes_it_back() {
    let (mut shelf, mut state) = opened((100, 30), 8);
    shelf.type_in(&mut state, "/jap");
    assert_eq!(state.shown_listings().len(), 1);
    shelf.type_in(&mut state, "\n\n");
    assert_eq!(state.list.of, Some(Listing::Country("JP".parse().unwrap())));
    shelf.type_in(&mut state, "/nothing");
    assert!(state.list.rows.is_empty());
    shelf.type_in(&mut state, "\u{1b}");
    assert!(!state.list.rows.is_empty());
    assert!(state.list.filter.is_empty());
}

#[test]
fn an_answer_to_an_older_question_is_dropped() {
    let (mut shelf, mut state) = opened((100, 30), 8);
    let rows = state.list.rows.clone();
    let page = Page {
        rows: Vec::new(),
        next: None,
        previous: None,
    };
    let asked = state.list.asked - 1;
    let more = false;
    shelf.tell(
        &mut state,
        Message::Stories {
            asked,
            more,
            page,
            notes: HashMap::new(),
        },
    );
    assert_eq!(state.list.rows, rows);
}

#[test]
fn an_answer_on_its_way_does_not_undo_a_mark() {
    let (mut shelf, mut state) = opened((100, 30), 8);
    shelf.type_in(&mut state, "\nu");
    // Asked for before the article is opened and saved, answered after.
    let mut waiting = update(&mut state, Message::Stale);
    for code in [KeyCode::Enter, KeyCode::Char('s')] {
        let key = KeyEvent::new(code, KeyModifiers::NONE);
        waiting.extend(update(&mut state, Message::Key(key)));
    }
    while !waiting.is_empty() {
        if let Some(answer) = shelf.answer(waiting.remove(0)) {
            waiting.extend(update(&mut state, answer));
        }
    }
    let shown = state.selected_row().unwrap();
    assert_eq!(shown.state, shelf.articles[&shown.id.0].row.state);
    assert!(shown.state.saved);
}

#[test]
fn a_sync_that_fails_says_why_and_can_be_tried_again() {
    let (mut shelf, mut state) = opened((100, 30), 8);
    shelf.type_in(&mut state, "R");
    assert!(state.sync.is_some());
    shelf.tell(
        &mut state,
        Message::SyncFailed("the disk is full".to_owned()),
    );
    assert_eq!(state.sync, None);
    assert!(drawn(&state).contains("the disk is full"));
    let key = KeyEvent::new(KeyCode::Char('R'), KeyModifiers::NONE);
    assert_eq!(update(&mut state, Message::Key(key)), [Effect::Sync]);
}

/// Something that happens to the reader.
#[derive(Debug, Clone)]
enum Step {
    Key(char),
    Code(usize),
    Click(u16, u16),
    Wheel(bool),
    Resize(u16, u16),
    /// Answers arrive only now.
    Answers,
    Stale,
    /// A sync that runs says how far it is, or ends.
    Syncing(bool),
    /// A model that is installed says how far it is, or fails.
    Installing(bool),
    /// The body of the article that is shown became another.
    BodyChanged,
}

const CODES: [KeyCode; 11] = [
    KeyCode::Tab,
    KeyCode::Right,
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::Backspace,
];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => prop::sample::select("jkgGlhnp/ursfFAUoyRO123? b港LLiDtawceVtf".chars().collect::<Vec<_>>())
            .prop_map(Step::Key),
        4 => (0..CODES.len()).prop_map(Step::Code),
        2 => (0_u16..220, 0_u16..70).prop_map(|(x, y)| Step::Click(x, y)),
        1 => any::<bool>().prop_map(Step::Wheel),
        1 => (1_u16..220, 1_u16..70).prop_map(|(x, y)| Step::Resize(x, y)),
        4 => Just(Step::Answers),
        1 => Just(Step::Stale),
        2 => any::<bool>().prop_map(Step::Syncing),
        1 => any::<bool>().prop_map(Step::Installing),
        1 => Just(Step::BodyChanged),
    ]
}

/// Whatever is pressed, in whatever order answers come: nothing panics, what is selected is there,
/// and every mark that was made is the one that is stored.
fn history(steps: Vec<Step>) -> Result<(), TestCaseError> {
    let mut shelf = Shelf::of(60);
    let mut state = State::new((100, 30), now());
    let mut waiting = update(&mut state, Message::Opened);
    let mut made: BTreeMap<i64, (Option<bool>, Option<bool>)> = BTreeMap::new();
    for step in steps {
        let message = match step {
            Step::Key(c) => Message::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)),
            Step::Code(at) => Message::Key(KeyEvent::new(CODES[at], KeyModifiers::NONE)),
            Step::Click(column, row) => Message::Mouse(MouseEvent {
                kind: MouseEventKind::Down(MouseButton::Left),
                column,
                row,
                modifiers: KeyModifiers::NONE,
            }),
            Step::Wheel(down) => Message::Mouse(MouseEvent {
                kind: if down {
                    MouseEventKind::ScrollDown
                } else {
                    MouseEventKind::ScrollUp
                },
                column: 0,
                row: 5,
                modifiers: KeyModifiers::NONE,
            }),
            Step::Resize(columns, rows) => Message::Resized(columns, rows),
            Step::Stale => Message::Stale,
            Step::Syncing(true) => Message::SyncProgress(SyncProgress::default()),
            Step::Syncing(false) => Message::SyncEnded(SyncEnd::Completed, SyncProgress::default()),
            Step::Installing(true) => Message::InstallProgress(9_000_000),
            Step::Installing(false) => Message::Installed(Err("no network".to_owned())),
            Step::BodyChanged => Message::BodyChanged(state.article.id.unwrap_or(ArticleId(0))),
            Step::Answers => {
                while !waiting.is_empty() {
                    let effect = waiting.remove(0);
                    match &effect {
                        Effect::Mark(id, mark) => {
                            let made = made.entry(id.0).or_default();
                            match mark {
                                Mark::Read => made.0 = Some(true),
                                Mark::Unread => made.0 = Some(false),
                                Mark::Save => made.1 = Some(true),
                                Mark::Unsave => made.1 = Some(false),
                                _ => {}
                            }
                        }
                        Effect::MarkAllRead(scope) => {
                            let text = scope.text.as_deref().unwrap_or("");
                            for (id, article) in &shelf.articles {
                                if (scope.countries.is_empty()
                                    || scope.countries.contains(&article.row.country))
                                    && article.row.title.contains(text)
                                {
                                    made.entry(*id).or_default().0 = Some(true);
                                }
                            }
                        }
                        _ => {}
                    }
                    if let Some(answer) = shelf.answer(effect) {
                        waiting.extend(update(&mut state, answer));
                    }
                }
                // All is quiet: the screen says what is stored.
                for row in &state.list.rows {
                    let stored = &shelf.articles[&row.lead.id.0].row.state;
                    prop_assert_eq!(row.lead.state.saved, stored.saved);
                    prop_assert_eq!(row.lead.state.position, stored.position);
                }
                continue;
            }
        };
        waiting.extend(update(&mut state, message));
        if let Some(id) = state.list.selected {
            prop_assert!(state.list.rows.iter().any(|row| row.id == id));
        }
        if state.place == Place::Languages {
            let items = state.languages.items();
            let known = state.languages.known != Known::default();
            prop_assert!(!known || items.contains(&state.languages.selected));
            prop_assert_ne!(state.languages.from, Some(Place::Languages));
        }
        drawn(&state);
    }
    for (id, (read, saved)) in made {
        let stored = &shelf.articles[&id].row.state;
        prop_assert_eq!(read.unwrap_or(stored.read), stored.read);
        prop_assert_eq!(saved.unwrap_or(stored.saved), stored.saved);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_happens_the_screen_agrees_with_the_state(
        steps in prop::collection::vec(step(), 1..120)
    ) {
        history(steps)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    #[ignore = "a minute long: make soak"]
    fn ten_thousand_steps_do_no_harm(steps in prop::collection::vec(step(), 10_000)) {
        history(steps)?;
    }
}
