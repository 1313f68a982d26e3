//! The screen of languages: which models there are, who translates, and trying it out. Pure, as
//! `update` is.

use std::path::PathBuf;

use overview_core::language::engine::ServerKind;
use overview_core::language::models::{InstalledModel, Model};
use overview_core::language::{name_of, primary, specimen};
use overview_core::model::{EngineKind, TranslatedBy};
use overview_core::translation::TranslationSettings;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use url::Url;

use super::state::{Place, State};
use super::update::Effect;

/// What is set, installed and offered.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Known {
    pub(super) settings: TranslationSettings,
    pub(super) installed: Vec<InstalledModel>,
    /// As the list said that was read last.
    pub(super) offered: Vec<Model>,
}

/// The screen.
#[derive(Debug, Clone, Default)]
pub(super) struct Languages {
    /// Where it was opened.
    pub(super) from: Option<Place>,
    pub(super) known: Known,
    pub(super) selected: Item,
    /// The list of models was asked for.
    pub(super) asking: bool,
    /// What is being typed, and for which setting.
    pub(super) typing: Option<(Setting, String)>,
    /// A model whose key was pressed once.
    pub(super) removing: Option<String>,
    pub(super) tested: Option<Test>,
}

/// A line that can be selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    Setting(Setting),
    /// By the first part of its tag.
    Model(String),
}

impl Default for Item {
    fn default() -> Self {
        Self::Setting(Setting::Order)
    }
}

/// What the person sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setting {
    Order,
    Server,
    Manifest,
}

impl Setting {
    const ALL: [Self; 3] = [Self::Order, Self::Server, Self::Manifest];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Order => "Asked in this order",
            Self::Server => "Server",
            Self::Manifest => "List of models",
        }
    }
}

/// A model that is installed, offered or both.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row<'m> {
    /// The first part of its tag.
    pub(super) language: String,
    pub(super) installed: Option<&'m Model>,
    pub(super) offered: Option<&'m Model>,
}

impl Row<'_> {
    /// Something to install: the first, or another version.
    pub(super) fn is_to_get(&self) -> bool {
        match (self.installed, self.offered) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(here), Some(there)) => here.version != there.version,
        }
    }
}

/// A model that is being downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Installing {
    /// The first part of its language's tag.
    pub(super) language: String,
    /// Bytes that are here, and all.
    pub(super) here: u64,
    pub(super) bytes: u64,
}

/// A sentence that is translated to see how well it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Test {
    pub(super) language: String,
    pub(super) original: &'static str,
    /// `None` while it is under way; the English and who made it, or why nobody did.
    pub(super) outcome: Option<Result<(String, TranslatedBy), String>>,
}

/// A setting that is to become another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    Order(Vec<EngineKind>),
    Server(Option<ServerLine>),
    Manifest(Option<Url>),
}

/// A server as it is typed. Its key stands in a file, so that it is on no screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ServerLine {
    pub(super) kind: ServerKind,
    pub(super) url: Url,
    pub(super) key_file: Option<PathBuf>,
}

impl Languages {
    /// The models by the names of their languages.
    pub(super) fn rows(&self) -> Vec<Row<'_>> {
        let mut rows: Vec<Row<'_>> = Vec::new();
        let installed = self.known.installed.iter().map(|found| &found.model);
        for (model, is_here) in installed
            .map(|model| (model, true))
            .chain(self.known.offered.iter().map(|model| (model, false)))
        {
            let language = primary(&model.language);
            let place = rows.iter().position(|row| row.language == language);
            let place = place.unwrap_or_else(|| {
                rows.push(Row {
                    language,
                    installed: None,
                    offered: None,
                });
                rows.len() - 1
            });
            match is_here {
                true => rows[place].installed = Some(model),
                false => rows[place].offered = Some(model),
            }
        }
        rows.sort_by_key(|row| name_of(&row.language));
        rows
    }

    /// Everything that can be selected, as it stands on the screen.
    pub(super) fn items(&self) -> Vec<Item> {
        let models = self.rows().into_iter().map(|row| Item::Model(row.language));
        Setting::ALL
            .into_iter()
            .map(Item::Setting)
            .chain(models)
            .collect()
    }

    /// What a setting is, as it could be typed.
    pub(super) fn typed(&self, setting: Setting) -> String {
        let settings = &self.known.settings;
        match setting {
            Setting::Order => {
                let codes: Vec<&str> = settings.order.iter().map(|one| one.code()).collect();
                codes.join(" ")
            }
            Setting::Server => settings
                .server
                .as_ref()
                .map(|server| format!("{} {}", server.engine().code(), server.url))
                .unwrap_or_default(),
            Setting::Manifest => settings
                .manifest
                .as_ref()
                .map(Url::to_string)
                .unwrap_or_default(),
        }
    }
}

/// Opens the screen, at the model of a language where one is named; or leaves it.
pub(super) fn toggle(state: &mut State, language: Option<&str>) -> Vec<Effect> {
    if state.place == Place::Languages {
        return close(state);
    }
    state.languages.from = Some(state.place);
    state.place = Place::Languages;
    if let Some(language) = language {
        let wanted = Item::Model(primary(language));
        let screen = &mut state.languages;
        if screen.known == Known::default() || screen.items().contains(&wanted) {
            screen.selected = wanted;
        } else {
            let name = name_of(language);
            state.status = Some(format!(
                "No model for {name} is known: a asks which there are."
            ));
        }
    }
    vec![Effect::LoadLanguages]
}

/// Leaves the screen for where it was opened.
pub(super) fn close(state: &mut State) -> Vec<Effect> {
    state.place = state.languages.from.take().unwrap_or(Place::World);
    state.languages.removing = None;
    state.languages.tested = None;
    Vec::new()
}

/// What is known arrived.
pub(super) fn on_known(state: &mut State, known: Known) -> Vec<Effect> {
    let screen = &mut state.languages;
    let opened = screen.known == Known::default();
    screen.known = known;
    let items = screen.items();
    if !items.contains(&screen.selected) {
        screen.selected = items.last().cloned().unwrap_or_default();
    }
    let unknown = screen.known.settings.manifest.is_some() && screen.known.offered.is_empty();
    if opened && unknown && !state.offline && state.place == Place::Languages {
        return ask(state);
    }
    Vec::new()
}

/// Asks which models there are.
pub(super) fn ask(state: &mut State) -> Vec<Effect> {
    if state.languages.known.settings.manifest.is_none() {
        state.status = Some("No list of models is set: Enter on its line sets one.".into());
        return Vec::new();
    }
    if state.offline {
        state.status = Some("Nothing is fetched while offline: O switches it off.".into());
        return Vec::new();
    }
    if std::mem::replace(&mut state.languages.asking, true) {
        return Vec::new();
    }
    vec![Effect::AskModels]
}

/// The list of models was read, or why not.
pub(super) fn on_models(state: &mut State, failed: Option<String>) -> Vec<Effect> {
    state.languages.asking = false;
    match failed {
        Some(why) => {
            state.status = Some(format!("The list of models could not be read: {why}"));
            Vec::new()
        }
        None => vec![Effect::LoadLanguages],
    }
}

/// Selects the line so many places on.
pub(super) fn step(state: &mut State, by: isize) -> Vec<Effect> {
    let screen = &mut state.languages;
    let items = screen.items();
    let place = items.iter().position(|item| *item == screen.selected);
    let place = place
        .unwrap_or(0)
        .saturating_add_signed(by)
        .min(items.len().saturating_sub(1));
    if let Some(item) = items.get(place) {
        screen.selected = item.clone();
    }
    screen.removing = None;
    Vec::new()
}

/// Enter: types a setting, or gets a model.
pub(super) fn enter(state: &mut State) -> Vec<Effect> {
    match state.languages.selected.clone() {
        Item::Setting(setting) => {
            let text = state.languages.typed(setting);
            state.languages.typing = Some((setting, text));
            Vec::new()
        }
        Item::Model(_) => get(state),
    }
}

/// Gets the selected model, or stops getting one.
pub(super) fn get(state: &mut State) -> Vec<Effect> {
    if state.installing.is_some() {
        state.status = Some("Stopping …".into());
        return vec![Effect::StopInstall];
    }
    let rows = state.languages.rows();
    let selected = rows
        .iter()
        .find(|row| Item::Model(row.language.clone()) == state.languages.selected);
    let Some(row) = selected else {
        state.status = Some("Select a model to install it.".into());
        return Vec::new();
    };
    if let Some(model) = row.offered.filter(|_| row.is_to_get()) {
        let (language, bytes) = (row.language.clone(), model.bytes());
        return install(state, language, bytes);
    }
    let name = name_of(&row.language);
    state.status = Some(match row.offered {
        Some(_) => format!("The model for {name} is installed; there is no newer one."),
        None => format!("No other model for {name} is offered."),
    });
    Vec::new()
}

/// Begins to install the model of a language.
pub(super) fn install(state: &mut State, language: String, bytes: u64) -> Vec<Effect> {
    if state.installing.is_some() {
        state.status = Some("Another model is being installed: L shows it.".into());
        return Vec::new();
    }
    if state.offline {
        state.status = Some("Nothing is fetched while offline: O switches it off.".into());
        return Vec::new();
    }
    state.installing = Some(Installing {
        language: language.clone(),
        here: 0,
        bytes,
    });
    vec![Effect::Install(language)]
}

/// Removes the selected model when asked twice.
pub(super) fn remove(state: &mut State) -> Vec<Effect> {
    let screen = &mut state.languages;
    let rows = screen.rows();
    let installed = rows.iter().find(|row| {
        row.installed.is_some() && Item::Model(row.language.clone()) == screen.selected
    });
    let Some(language) = installed.map(|row| row.language.clone()) else {
        state.status = Some("Select a model that is installed to remove it.".into());
        return Vec::new();
    };
    if screen.removing.take().as_ref() == Some(&language) {
        return vec![Effect::RemoveModel(language)];
    }
    state.status = Some(format!(
        "D again removes the model for {}.",
        name_of(&language)
    ));
    screen.removing = Some(language);
    Vec::new()
}

/// Translates a sentence of the selected language.
pub(super) fn test(state: &mut State) -> Vec<Effect> {
    let Item::Model(language) = state.languages.selected.clone() else {
        state.status = Some("Select a language to try it out.".into());
        return Vec::new();
    };
    let Some(original) = specimen(&language) else {
        state.status = Some(format!(
            "There is no sentence to try: `overview languages test {language} TEXT` takes yours."
        ));
        return Vec::new();
    };
    state.languages.tested = Some(Test {
        language: language.clone(),
        original,
        outcome: None,
    });
    vec![Effect::TestModel { language, original }]
}

/// What came of a sentence.
pub(super) fn on_tested(
    state: &mut State,
    language: &str,
    outcome: Result<(String, TranslatedBy), String>,
) {
    if let Some(test) = &mut state.languages.tested
        && test.language == language
    {
        test.outcome = Some(outcome);
    }
}

/// A key while a setting is typed.
pub(super) fn on_typing(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    let Some((setting, text)) = &mut state.languages.typing else {
        return Vec::new();
    };
    match key.code {
        KeyCode::Esc => state.languages.typing = None,
        KeyCode::Backspace => {
            text.pop();
        }
        KeyCode::Char(c) if !c.is_control() => text.push(c),
        KeyCode::Enter => match read(*setting, text) {
            Ok(change) => {
                state.languages.typing = None;
                state.status = None;
                return vec![Effect::SetTranslation(change)];
            }
            // What was typed stays, to be put right.
            Err(why) => state.status = Some(why),
        },
        _ => {}
    }
    Vec::new()
}

/// A setting as it was typed; nothing unsets it.
///
/// # Errors
/// What is wrong with it, for the person.
fn read(setting: Setting, text: &str) -> Result<Change, String> {
    let address = |text: &str| match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(url),
        _ => Err(format!("`{text}` is no http or https address.")),
    };
    let mut words = text.split([' ', ',']).filter(|word| !word.is_empty());
    match setting {
        Setting::Order => {
            let codes = || EngineKind::ALL.map(EngineKind::code).join(", ");
            let mut order: Vec<EngineKind> = Vec::new();
            for word in words {
                let engine = EngineKind::of_code(word)
                    .ok_or_else(|| format!("`{word}` is none of {}.", codes()))?;
                if !order.contains(&engine) {
                    order.push(engine);
                }
            }
            match order.is_empty() {
                true => Err(format!("Name one at least of {}.", codes())),
                false => Ok(Change::Order(order)),
            }
        }
        Setting::Server => {
            let Some(kind) = words.next() else {
                return Ok(Change::Server(None));
            };
            let kind = match kind {
                "libretranslate" => ServerKind::LibreTranslate,
                "deepl" => ServerKind::DeepL,
                "apertium" => ServerKind::Apertium,
                other => {
                    return Err(format!(
                        "`{other}` is none of libretranslate, deepl and apertium."
                    ));
                }
            };
            let url = words.next().ok_or("Its address is missing.")?;
            Ok(Change::Server(Some(ServerLine {
                kind,
                url: address(url)?,
                key_file: words.next().map(PathBuf::from),
            })))
        }
        Setting::Manifest => Ok(Change::Manifest(match words.next() {
            Some(url) => Some(address(url)?),
            None => None,
        })),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_they_are_typed() {
        let manifest = "https://models.example/list.json";
        assert_eq!(
            read(Setting::Manifest, manifest).unwrap(),
            Change::Manifest(Some(manifest.parse().unwrap()))
        );
        assert_eq!(
            read(Setting::Manifest, " ").unwrap(),
            Change::Manifest(None)
        );
        assert!(read(Setting::Manifest, "ftp://a.example/").is_err());
        assert_eq!(
            read(Setting::Order, "deepl, firefox deepl").unwrap(),
            Change::Order(vec![EngineKind::DeepL, EngineKind::Firefox])
        );
        assert!(read(Setting::Order, "").unwrap_err().contains("edition"));
        assert!(read(Setting::Order, "babel").unwrap_err().contains("babel"));
        assert_eq!(read(Setting::Server, "").unwrap(), Change::Server(None));
        assert_eq!(
            read(Setting::Server, "deepl https://api.example/ /home/me/key").unwrap(),
            Change::Server(Some(ServerLine {
                kind: ServerKind::DeepL,
                url: "https://api.example/".parse().unwrap(),
                key_file: Some("/home/me/key".into()),
            }))
        );
        assert!(read(Setting::Server, "deepl").is_err());
        assert!(read(Setting::Server, "bing https://b.example/").is_err());
    }
}
