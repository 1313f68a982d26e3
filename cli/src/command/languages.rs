use std::collections::BTreeMap;

use overview_core::language::engine::{Server, ServerKind};
use overview_core::language::models::{InstalledModel, Model};
use overview_core::language::{name_of, primary};
use overview_core::model::EngineKind;
use overview_core::translation::TranslationSettings;
use overview_core::{Error, Overview};
use serde_json::json;

use crate::args::{Languages, Models, ServerApi};
use crate::failure::{Failure, Outcome, Result};
use crate::interrupt;
use crate::output::figures::bytes;
use crate::output::{Cell, Column, Table};
use crate::session::Session;

pub(super) fn run(session: &mut Session, args: Option<&Languages>) -> Result<Outcome> {
    let overview = session.open()?;
    match args {
        None => list(session, &overview),
        Some(Languages::Install(models)) => install(session, &overview, models),
        Some(Languages::Remove(models)) => remove(session, &overview, models),
        Some(Languages::Test { language, text }) => {
            let (english, by) = interrupt::run(
                &session.out,
                "Translating",
                "starting to translate",
                async |_, _| overview.try_translation(language, text).await,
            )??;
            if session.out.is_json() {
                session
                    .out
                    .value(&json!({ "english": english, "by": by }))?;
            } else {
                session.out.line(&english)?;
                session.out.sentence(&format!("Translated by {by}."))?;
            }
            Ok(Outcome::Done)
        }
        Some(Languages::Manifest { url }) => change(session, &overview, |settings| {
            settings.manifest = url.clone()
        }),
        Some(Languages::Order { engines }) => change(session, &overview, |settings| {
            settings.order = engines.clone()
        }),
        Some(Languages::Server { url, api, key_file }) => {
            let server = match url {
                None => None,
                Some(url) => Some(Server {
                    kind: match api {
                        ServerApi::Libretranslate => ServerKind::LibreTranslate,
                        ServerApi::Deepl => ServerKind::DeepL,
                        ServerApi::Apertium => ServerKind::Apertium,
                    },
                    url: url.clone(),
                    key: key_file.as_deref().map(read_key).transpose()?,
                }),
            };
            change(session, &overview, |settings| {
                settings.server = server.clone()
            })
        }
    }
}

/// A key is read from a file, because arguments can be seen by others.
fn read_key(file: &std::path::Path) -> Result<String> {
    let text = std::fs::read_to_string(file).map_err(|source| Failure::Io {
        doing: format!("reading the key in {}", file.display()),
        source,
    })?;
    Ok(text.trim().to_owned())
}

fn change(
    session: &mut Session,
    overview: &Overview,
    change: impl Fn(&mut TranslationSettings),
) -> Result<Outcome> {
    let mut settings = overview.translation_settings()?;
    change(&mut settings);
    overview.set_translation_settings(&settings)?;
    list(session, overview)
}

/// What is offered where an address is set; as it was last when it cannot be reached.
fn offered(session: &mut Session, overview: &Overview) -> Result<Vec<Model>> {
    if overview.translation_settings()?.manifest.is_none() {
        return Ok(Vec::new());
    }
    let offered = interrupt::run(
        &session.out,
        "Looking for models",
        "asking for models",
        async |_, _| overview.offered_models().await,
    )?;
    match offered {
        Ok(manifest) => Ok(manifest.models),
        Err(error) => {
            session
                .out
                .warn(&format!("The list of models could not be read: {error}"));
            Ok(overview.known_models()?.models)
        }
    }
}

fn list(session: &mut Session, overview: &Overview) -> Result<Outcome> {
    let installed = overview.installed_models();
    let offered = offered(session, overview)?;
    let settings = overview.translation_settings()?;
    if session.out.is_json() {
        let server = settings.server.as_ref().map(|server| {
            json!({ "api": server.kind, "url": server.url, "has_key": server.key.is_some() })
        });
        session.out.value(&json!({
            "installed": installed,
            "offered": offered,
            "order": settings.order,
            "server": server,
            "manifest": settings.manifest,
        }))?;
        return Ok(Outcome::Done);
    }
    let table = table(session, &installed, &offered);
    if table.is_empty() {
        session.out.sentence(
            "No model is installed, and none is offered: `overview languages manifest URL` says \
             where models are.",
        )?;
    } else {
        session.out.table(table)?;
    }
    let names: Vec<&str> = settings.order.iter().map(|engine| engine.name()).collect();
    session
        .out
        .sentence(&format!("Asked in this order: {}.", names.join(", ")))?;
    if let Some(server) = &settings.server {
        session.out.sentence(&format!(
            "The server is {} at {}.",
            server.engine().name(),
            server.url
        ))?;
    }
    Ok(Outcome::Done)
}

fn table(session: &Session, installed: &[InstalledModel], offered: &[Model]) -> Table {
    let mut rows: BTreeMap<String, (Option<&Model>, Option<&Model>)> = BTreeMap::new();
    for found in installed {
        rows.entry(primary(&found.model.language)).or_default().0 = Some(&found.model);
    }
    for model in offered {
        rows.entry(primary(&model.language)).or_default().1 = Some(model);
    }
    let mut table = Table::new(
        session.out.layout(),
        &[
            Column::left("Language"),
            Column::left("Code"),
            Column::left("Installed"),
            Column::left("Offered"),
            Column::right("Size"),
        ],
    );
    for (language, (here, there)) in rows {
        let size = there.or(here).map_or(0, Model::bytes);
        let version =
            |model: Option<&Model>| model.map_or("", |model| model.version.as_str()).to_owned();
        table.row([
            Cell::plain(name_of(&language)),
            Cell::dim(&language),
            Cell::strong(version(here)),
            Cell::plain(version(there)),
            Cell::dim(bytes(size)),
        ]);
    }
    table
}

fn install(session: &mut Session, overview: &Overview, models: &Models) -> Result<Outcome> {
    let offered = interrupt::run(
        &session.out,
        "Looking for models",
        "asking for models",
        async |_, _| overview.offered_models().await,
    )??;
    for language in &models.languages {
        let wanted = primary(language);
        let Some(model) = offered
            .models
            .iter()
            .find(|model| primary(&model.language) == wanted)
        else {
            return Err(Failure::Core(Error::Model(
                overview_core::language::models::ModelError::NotOffered {
                    language: name_of(language),
                },
            )));
        };
        let total = u32::try_from(model.bytes() / 1000).unwrap_or(u32::MAX);
        interrupt::run(
            &session.out,
            "Installing",
            "starting to install",
            async |cancel, progress| {
                let shown = |there: u64| {
                    let done = u32::try_from(there / 1000).unwrap_or(u32::MAX);
                    progress.update(done, total, model.name());
                };
                overview.install_model(model, cancel, &shown).await
            },
        )??;
    }
    // What they can do now: titles in lists, and packs.
    interrupt::run(
        &session.out,
        "Translating",
        "starting to translate",
        async |cancel, _| overview.translate_in_background(&[], cancel).await,
    )??;
    list(session, overview)
}

fn remove(session: &mut Session, overview: &Overview, models: &Models) -> Result<Outcome> {
    for language in &models.languages {
        if !overview.remove_model(language)? {
            return Err(Failure::Unknown {
                what: "model",
                name: language.clone(),
                advice: "`overview languages` lists those that are installed".to_owned(),
            });
        }
    }
    list(session, overview)
}

/// As typed: `firefox`, `deepl`.
pub(crate) fn engine(text: &str) -> Result<EngineKind, String> {
    EngineKind::of_code(text).ok_or_else(|| {
        let known: Vec<&str> = EngineKind::ALL.iter().map(|engine| engine.code()).collect();
        format!("engines are {}", known.join(", "))
    })
}
