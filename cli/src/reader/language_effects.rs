//! What the screen of languages asks for, done away from the screen.

use std::sync::mpsc::Sender;

use overview_core::language::engine::Server;
use overview_core::language::primary;
use overview_core::{Error, Overview};
use tokio_util::sync::CancellationToken;

use super::languages::{Change, Known, ServerLine};
use super::update::Message;

/// What is set, installed and offered.
pub(super) fn known(overview: &Overview) -> Message {
    let known = || {
        Ok::<_, Error>(Known {
            settings: overview.translation_settings()?,
            installed: overview.installed_models(),
            offered: overview.known_models()?.models,
        })
    };
    match known() {
        Ok(known) => Message::Languages(Box::new(known)),
        Err(error) => Message::Said(error.to_string()),
    }
}

/// Downloads the model of a language as it was offered last.
pub(super) async fn install(
    overview: &Overview,
    language: &str,
    cancel: &CancellationToken,
    messages: &Sender<Message>,
) -> Message {
    let installing = async {
        let known = overview.known_models()?.models;
        let model = known
            .into_iter()
            .find(|model| primary(&model.language) == primary(language));
        let Some(model) = model else {
            return Err(Error::Invalid("this model is not offered any more".into()));
        };
        let progress = |here: u64| {
            let _ = messages.send(Message::InstallProgress(here));
        };
        overview.install_model(&model, cancel, &progress).await?;
        Ok(model.name())
    };
    Message::Installed(installing.await.map_err(|error| error.to_string()))
}

/// Keeps a setting; `None` when it is kept.
pub(super) fn set(overview: &Overview, change: Change) -> Option<String> {
    let kept = || -> Result<(), String> {
        let said = |error: Error| error.to_string();
        let mut settings = overview.translation_settings().map_err(said)?;
        match change {
            Change::Order(order) => settings.order = order,
            Change::Manifest(url) => settings.manifest = url,
            Change::Server(None) => settings.server = None,
            Change::Server(Some(line)) => {
                settings.server = Some(server(line, settings.server.as_ref())?);
            }
        }
        overview.set_translation_settings(&settings).map_err(said)
    };
    kept().err()
}

/// A server with its key: from the file, or as it is known of the same server.
fn server(line: ServerLine, before: Option<&Server>) -> Result<Server, String> {
    let key = match &line.key_file {
        Some(file) => Some(
            std::fs::read_to_string(file)
                .map_err(|error| format!("The key in {} cannot be read: {error}", file.display()))?
                .trim()
                .to_owned(),
        ),
        None => before
            .filter(|before| before.kind == line.kind && before.url == line.url)
            .and_then(|before| before.key.clone()),
    };
    Ok(Server {
        kind: line.kind,
        url: line.url,
        key,
    })
}
