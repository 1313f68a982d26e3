//! The engines in the person's order, and texts through them.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use std::time::Instant;

use tokio_util::sync::CancellationToken;

use super::choose::{best_of_each, is_better};
use super::pace::Waits;
use super::stays;
use crate::language::engine::Server;
use crate::language::{self, TextKey, TranslateError, Translator, translate_texts};
use crate::model::{EngineKind, Run, TranslatedBy};
use crate::store::StoredTranslation;
use crate::{Overview, Result};

/// Texts translated between two commits, and between two looks at whether to stop.
const TEXTS_AT_ONCE: usize = 6;

/// For whom texts are translated, and until when.
#[derive(Clone, Copy)]
pub(super) struct Request<'r> {
    pub(super) language: &'r str,
    pub(super) waits: Waits,
    pub(super) stop: &'r CancellationToken,
    /// They are read together: where a newer model takes the place of the same engine's texts, it
    /// does so once all are there.
    pub(super) one_article: bool,
}

/// What the engines gave.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) found: HashMap<TextKey, StoredTranslation>,
    pub(super) first_failure: Option<TranslateError>,
}

impl Overview {
    /// Who would translate from a language (BCP 47) now.
    ///
    /// # Errors
    /// Why nobody does; [`TranslateError::NotInstalled`] when a model could be installed.
    pub fn translator_of(&self, language: &str) -> Result<Result<TranslatedBy, TranslateError>> {
        let mut refused = Err(TranslateError::NotInstalled {
            language: language::name_of(language),
        });
        for engine in self.engines()? {
            match engine.supports(language) {
                Ok(by) => return Ok(Ok(by)),
                Err(error @ TranslateError::NotInstalled { .. }) => refused = Err(error),
                Err(_) => {}
            }
        }
        Ok(refused)
    }

    /// The engines, in the person's order. Texts of an edition are kept already.
    fn engines(&self) -> Result<Vec<Arc<dyn Translator>>> {
        let settings = self.translation_settings()?;
        let mut engines: Vec<Arc<dyn Translator>> = Vec::new();
        for kind in &settings.order {
            match kind {
                EngineKind::Edition => {}
                EngineKind::Firefox => engines.push(Arc::clone(&self.firefox) as Arc<_>),
                EngineKind::Platform => {
                    let platform = self.platform.lock().unwrap_or_else(PoisonError::into_inner);
                    engines.extend(platform.clone().map(|platform| platform as Arc<_>));
                }
                EngineKind::DeepL | EngineKind::LibreTranslate | EngineKind::Apertium => {
                    let server = settings
                        .server
                        .as_ref()
                        .filter(|server| server.engine() == *kind);
                    if let Some(server) = server
                        && !self.is_offline()
                    {
                        engines.push(self.server_engine(server)?);
                    }
                }
            }
        }
        Ok(engines)
    }

    /// The one way to the server, which remembers when it wants to be left alone.
    fn server_engine(&self, server: &Server) -> Result<Arc<dyn Translator>> {
        let mut kept = self
            .server_engine
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some((known, engine)) = kept.as_ref()
            && known == server
        {
            return Ok(Arc::clone(engine));
        }
        let engine: Arc<dyn Translator> =
            Arc::from(server.clone().into_engine(self.client()?.clone()));
        *kept = Some((server.clone(), Arc::clone(&engine)));
        Ok(engine)
    }

    /// What is kept of `texts`, and what the engines make of the rest and of what a worse engine
    /// did, which is kept.
    pub(super) async fn translate(
        &self,
        request: Request<'_>,
        texts: Vec<Vec<Run>>,
    ) -> Result<Outcome> {
        let Request { language, stop, .. } = request;
        let mut by_key: HashMap<TextKey, Vec<Run>> = HashMap::new();
        for runs in texts {
            if !stays(&runs, language) {
                by_key.insert(TextKey::of(language, &runs), runs);
            }
        }
        let keys: Vec<[u8; 16]> = by_key.keys().map(|key| key.0).collect();
        let order = self.translation_settings()?.order;
        let kept = best_of_each(self.store().translations(&keys)?, &order);
        let mut outcome = Outcome::default();
        let kept = kept.into_iter().map(|(key, kept)| (TextKey(key), kept));
        outcome.found.extend(kept);
        for engine in self.engines()? {
            let by = match engine.supports(language) {
                Ok(by) => by,
                Err(error) => {
                    outcome.first_failure.get_or_insert(error);
                    continue;
                }
            };
            let mut wanted: Vec<(TextKey, Vec<Run>)> = by_key
                .iter()
                .filter(|(key, _)| {
                    let known = outcome.found.get(key);
                    known.is_none_or(|known| is_better(&order, &by, &known.by))
                })
                .map(|(key, runs)| (*key, runs.clone()))
                .collect();
            wanted.sort_unstable_by_key(|(key, _)| *key);
            let done = self.ask_engine(request, engine.as_ref(), &by, &wanted, &mut outcome);
            done.await?;
            if stop.is_cancelled() {
                break;
            }
        }
        Ok(outcome)
    }

    /// Gives one engine its texts, part by part, and keeps what it answers.
    async fn ask_engine(
        &self,
        request: Request<'_>,
        engine: &dyn Translator,
        by: &TranslatedBy,
        wanted: &[(TextKey, Vec<Run>)],
        outcome: &mut Outcome,
    ) -> Result<()> {
        let Request { language, stop, .. } = request;
        // One row for each text and engine: a newer model's text would stand beside the older's
        // while the article is under way.
        let mut held: Vec<StoredTranslation> = Vec::new();
        for part in wanted.chunks(TEXTS_AT_ONCE) {
            let Some(turn) = self.pace.turn(request.waits, stop).await else {
                return Ok(());
            };
            let began = Instant::now();
            let runs: Vec<Vec<Run>> = part.iter().map(|(_, runs)| runs.clone()).collect();
            let answers = translate_texts(engine, language, &runs).await;
            let mut done = Vec::new();
            let mut nobody = true;
            for ((key, _), answer) in part.iter().zip(answers) {
                match answer {
                    Ok(runs) => {
                        nobody = false;
                        let replaces = outcome.found.get(key);
                        let replaces = replaces.is_some_and(|old| old.by.engine == by.engine);
                        let one = StoredTranslation {
                            key: key.0,
                            by: by.clone(),
                            runs,
                        };
                        match replaces && request.one_article {
                            true => held.push(one),
                            false => done.push(one),
                        }
                    }
                    Err(error) => {
                        outcome.first_failure.get_or_insert(error);
                    }
                }
            }
            self.keep(done, outcome).await?;
            if nobody {
                break;
            }
            let rest = turn.rest_after(began.elapsed());
            if !rest.is_zero() {
                let _ = tokio::time::timeout(rest, stop.cancelled()).await;
            }
        }
        let replaced = wanted.iter().filter(|(key, _)| {
            let known = outcome.found.get(key);
            known.is_some_and(|known| known.by.engine == by.engine && known.by != *by)
        });
        if replaced.count() == held.len() {
            self.keep(held, outcome).await?;
        }
        Ok(())
    }

    async fn keep(&self, done: Vec<StoredTranslation>, outcome: &mut Outcome) -> Result<()> {
        if done.is_empty() {
            return Ok(());
        }
        let now = self.now();
        self.store().store_translations(done.clone(), now).await?;
        let done = done.into_iter().map(|done| (TextKey(done.key), done));
        outcome.found.extend(done);
        Ok(())
    }
}
