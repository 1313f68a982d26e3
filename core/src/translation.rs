//! Everything in English: titles at sync, bodies when opened or packed.
//!
//! ```text
//! texts -> keys -> what is kept -> the engines in the person's order, each for what the one before
//!       did not do -> kept
//! ```
//!
//! The original is never replaced: a translation stands beside it, block by block, and a position in
//! one is the same position in the other.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::events::Invalidation;
use crate::http::{Body, Kind, Request};
use crate::language::engine::{Platform, PlatformTranslator, Server};
use crate::language::models::{self, InstalledModel, Model, ModelError, ModelManifest};
use crate::language::{
    self, TextKey, TranslateError, Translator, has_words, map_image, map_texts, primary,
    translate_texts, unstyled,
};
use crate::model::{
    Article, ArticleId, ArticleTranslation, CountryCode, EngineKind, Run, TranslatedBy,
};
use crate::store::{StoredTranslation, UntranslatedRow};
use crate::{Error, Overview, Result};

/// The most bytes that translations may take.
const BYTES_MAX: u64 = 64_000_000;
/// The most titles that one sync translates: two days of what a person follows.
const ROWS_MAX: usize = 1_000;
/// Texts translated between two commits, and between two looks at whether to stop.
const TEXTS_AT_ONCE: usize = 6;
/// Rows of lists translated between two commits.
const ROWS_AT_ONCE: usize = 24;

/// The name under which the settings are kept.
const SETTING: &str = "translation";

/// Who translates, as the person set it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TranslationSettings {
    /// Who is asked, in this order. Who is not in it is not asked.
    pub order: Vec<EngineKind>,
    /// A server to ask.
    pub server: Option<Server>,
    /// Where models are offered: the address of a [`ModelManifest`] as JSON.
    pub manifest: Option<Url>,
}

impl Default for TranslationSettings {
    fn default() -> Self {
        Self {
            order: EngineKind::ALL.to_vec(),
            server: None,
            manifest: None,
        }
    }
}

/// A text that came with its English: what an edition brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionText {
    /// What the original is in, BCP 47.
    pub language: String,
    /// The original.
    pub original: Vec<Run>,
    /// The same in English.
    pub english: Vec<Run>,
}

/// How an article stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TranslationState {
    /// It is in English.
    Original,
    /// It is in another language, and in English here.
    Translated {
        /// From which language, in English: "Ukrainian".
        language: String,
        /// Who translated.
        by: Vec<TranslatedBy>,
    },
    /// It is in another language only.
    NotTranslated {
        /// Which language, in English.
        language: String,
        /// Why; `None` when it was not tried yet and could be.
        why: Option<TranslateError>,
    },
}

/// What translating one article came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translated {
    /// Texts that are in English now.
    pub texts: u32,
    /// Texts that are not.
    pub missing: u32,
    /// Why the first of them is not.
    pub first_failure: Option<TranslateError>,
}

/// What the engines gave.
struct Outcome {
    found: HashMap<TextKey, StoredTranslation>,
    first_failure: Option<TranslateError>,
}

impl Overview {
    /// What the person set.
    pub fn translation_settings(&self) -> Result<TranslationSettings> {
        let kept = self.store().setting(SETTING)?;
        // Settings of a later version that this one cannot read are left alone, and not followed.
        Ok(kept
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default())
    }

    /// Keeps what the person set.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a server that is neither http nor https.
    pub fn set_translation_settings(&self, settings: &TranslationSettings) -> Result<()> {
        for url in settings
            .server
            .iter()
            .map(|server| &server.url)
            .chain(&settings.manifest)
        {
            if !matches!(url.scheme(), "http" | "https") {
                return Err(Error::Invalid(format!("{url} is neither http nor https")));
            }
        }
        let text = serde_json::to_string(settings)
            .map_err(|error| Error::Invalid(format!("these settings cannot be kept: {error}")))?;
        self.store().set_setting(SETTING, text)?;
        *self
            .server_engine
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = None;
        Ok(())
    }

    /// Gives the phone's own translator, or takes it away.
    pub fn set_platform_translator(&self, translator: Option<Arc<dyn PlatformTranslator>>) {
        *self.platform.lock().unwrap_or_else(PoisonError::into_inner) =
            translator.map(|translator| Arc::new(Platform::new(translator)));
    }

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

    /// How an article stands, for a line above it.
    pub fn translation_state(&self, article: &Article) -> Result<TranslationState> {
        if !article.row.is_foreign() {
            return Ok(TranslationState::Original);
        }
        let language = language::name_of(&article.row.language);
        if let Some(translation) = &article.translation {
            return Ok(TranslationState::Translated {
                language,
                by: translation.by.clone(),
            });
        }
        let why = self.translator_of(&article.row.language)?.err();
        Ok(TranslationState::NotTranslated { language, why })
    }

    /// Translates what an article's screen shows and is not translated, or was by a worse engine than
    /// there is now. What was done is kept, also when the future is dropped.
    pub async fn translate_article(&self, id: ArticleId) -> Result<Translated> {
        self.translate_article_until(id, &AtomicBool::new(false))
            .await
    }

    /// As [`translate_article`](Self::translate_article), but ends behind the texts under way once
    /// `stop` is set.
    pub(crate) async fn translate_article_until(
        &self,
        id: ArticleId,
        stop: &AtomicBool,
    ) -> Result<Translated> {
        let article = self.article(id)?;
        if !article.row.is_foreign() {
            return Ok(Translated {
                texts: 0,
                missing: 0,
                first_failure: None,
            });
        }
        let supported = self.translator_of(&article.row.language)?;
        if supported.is_ok() {
            self.store().want_translation(id, false).await?;
        }
        let texts = texts_of(&article);
        let keys: Vec<[u8; 16]> = texts
            .iter()
            .map(|runs| TextKey::of(&article.row.language, runs).0)
            .collect();
        let outcome = self.translate(&article.row.language, texts, stop).await?;
        let done = keys
            .iter()
            .filter(|key| outcome.found.contains_key(&TextKey(**key)))
            .count();
        let translated = Translated {
            texts: u32::try_from(done).unwrap_or(u32::MAX),
            missing: u32::try_from(keys.len() - done).unwrap_or(u32::MAX),
            first_failure: outcome.first_failure.filter(|_| done < keys.len()),
        };
        self.keep_title(&article, &outcome.found).await?;
        if translated.missing == 0 {
            self.store().want_translation(id, true).await?;
        }
        let now = self.now();
        self.store().use_translations(keys, BYTES_MAX, now).await?;
        self.notifier().notify(Invalidation::Body(id));
        Ok(translated)
    }

    /// Translates titles and teasers that are not in English, newest first: of these countries, or of
    /// all. How many became so. Ends early when cancelled; what was done is kept.
    pub async fn translate_titles(
        &self,
        countries: &[CountryCode],
        cancel: &CancellationToken,
    ) -> Result<u32> {
        let engines = self.engines()?;
        let languages: Vec<String> = self
            .store()
            .untranslated_languages()?
            .into_iter()
            .filter(|language| {
                engines
                    .iter()
                    .any(|engine| engine.supports(language).is_ok())
            })
            .map(|language| primary(&language))
            .collect::<HashSet<_>>()
            .into_iter()
            .collect();
        self.translate_titles_of(&languages, countries, cancel)
            .await
    }

    async fn translate_titles_of(
        &self,
        languages: &[String],
        countries: &[CountryCode],
        cancel: &CancellationToken,
    ) -> Result<u32> {
        let known = self.store().untranslated(languages, countries, ROWS_MAX)?;
        let mut by_language: Vec<(String, Vec<UntranslatedRow>)> = Vec::new();
        for row in known {
            match by_language
                .iter_mut()
                .find(|(language, _)| *language == row.language)
            {
                Some((_, rows)) => rows.push(row),
                None => by_language.push((row.language.clone(), vec![row])),
            }
        }
        let mut done = 0;
        for (language, rows) in by_language {
            for rows in rows.chunks(ROWS_AT_ONCE) {
                let translating = self.translate_rows(&language, rows);
                let translated = tokio::select! {
                    biased;
                    () = cancel.cancelled() => return Ok(done),
                    translated = translating => translated?,
                };
                if translated == 0 {
                    // Nobody answers for this language now.
                    break;
                }
                done += translated;
                let mut changed: Vec<CountryCode> = rows.iter().map(|row| row.country).collect();
                changed.sort_unstable();
                changed.dedup();
                self.notifier().notify(Invalidation::Articles(changed));
            }
        }
        Ok(done)
    }

    async fn translate_rows(&self, language: &str, rows: &[UntranslatedRow]) -> Result<u32> {
        let texts = rows
            .iter()
            .flat_map(|row| [unstyled(&row.title), unstyled(&row.teaser)]);
        let texts: Vec<Vec<Run>> = texts.filter(|runs| has_words(runs)).collect();
        let stop = AtomicBool::new(false);
        let outcome = self.translate(language, texts, &stop).await?;
        let english = rows.iter().filter_map(|row| {
            let (title, teaser, by) =
                english_of(language, &row.title, &row.teaser, &outcome.found)?;
            Some((row.clone(), title, teaser, by))
        });
        let english: Vec<_> = english.collect();
        Ok(self.store().store_english_rows(english).await?)
    }

    async fn keep_title(
        &self,
        article: &Article,
        found: &HashMap<TextKey, StoredTranslation>,
    ) -> Result<()> {
        let row = &article.row;
        let Some((title, teaser, by)) = english_of(&row.language, &row.title, &row.teaser, found)
        else {
            return Ok(());
        };
        let untranslated = UntranslatedRow {
            id: row.id,
            country: row.country,
            language: row.language.clone(),
            title: row.title.clone(),
            teaser: row.teaser.clone(),
        };
        let rows = vec![(untranslated, title, teaser, by)];
        self.store().store_english_rows(rows).await?;
        Ok(())
    }

    /// Keeps texts that an edition brings with their English, and shows those of titles in lists; how
    /// many titles.
    pub async fn import_translations(&self, version: &str, texts: Vec<EditionText>) -> Result<u32> {
        let mut languages: Vec<String> = texts.iter().map(|text| primary(&text.language)).collect();
        languages.sort_unstable();
        languages.dedup();
        let by = TranslatedBy {
            engine: EngineKind::Edition,
            model: version.to_owned(),
        };
        let stored: Vec<StoredTranslation> = texts
            .into_iter()
            .map(|text| StoredTranslation {
                key: TextKey::of(&text.language, &text.original).0,
                by: by.clone(),
                runs: text.english,
            })
            .collect();
        self.store().store_translations(stored, self.now()).await?;
        let never = CancellationToken::new();
        let titles = self.translate_titles_of(&languages, &[], &never).await?;
        self.regroup(&never).await?;
        Ok(titles)
    }

    /// The models that are installed, by language.
    pub fn installed_models(&self) -> Vec<InstalledModel> {
        models::installed(self.firefox.folder())
    }

    /// The models that are offered at the address in the settings.
    ///
    /// # Errors
    /// [`Error::Invalid`] when no address is set, [`Error::Model`] when what is there is no list of
    /// models, [`Error::Http`] when no answer came.
    pub async fn offered_models(&self) -> Result<ModelManifest> {
        let url = self
            .translation_settings()?
            .manifest
            .ok_or_else(|| Error::Invalid("no address of a list of models is set".to_owned()))?;
        let request = Request {
            url,
            kind: Kind::Page,
            validators: None,
        };
        let fetched = self.client()?.fetch(&request, self.now()).await?;
        let Body::New { bytes, .. } = fetched.body else {
            return Ok(ModelManifest::default());
        };
        Ok(models::read_manifest(&bytes)?)
    }

    /// Downloads and installs a model; goes on with a download that was cut off. `progress` gets the
    /// bytes that are there. The model before works until this one is whole.
    ///
    /// # Errors
    /// [`Error::Model`], with what was being done; [`Error::Offline`].
    pub async fn install_model(
        &self,
        model: &Model,
        cancel: &CancellationToken,
        progress: &(dyn Fn(u64) + Send + Sync),
    ) -> Result<()> {
        let told = |bytes: u64| {
            progress(bytes);
            !cancel.is_cancelled()
        };
        let folder = self.firefox.folder();
        let installing = models::install(self.client()?, folder, model, self.now(), &told);
        tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(ModelError::Cancelled.into()),
            done = installing => done?,
        }
        self.notifier().notify(Invalidation::Follows);
        Ok(())
    }

    /// Removes the model of a language; whether one was there.
    pub fn remove_model(&self, language: &str) -> Result<bool> {
        Ok(models::remove(self.firefox.folder(), language)?)
    }

    /// Translates a text that a person types, to try an engine out.
    ///
    /// # Errors
    /// The engine's own, as [`Error::Translate`].
    pub async fn try_translation(
        &self,
        language: &str,
        text: &str,
    ) -> Result<(String, TranslatedBy)> {
        let stop = AtomicBool::new(false);
        let texts = vec![unstyled(text)];
        let outcome = self.translate(language, texts, &stop).await?;
        match (outcome.found.into_values().next(), outcome.first_failure) {
            (Some(found), _) => Ok((crate::model::plain(&found.runs), found.by)),
            (None, Some(error)) => Err(Error::Translate(error)),
            (None, None) => Err(Error::Translate(TranslateError::NotInstalled {
                language: language::name_of(language),
            })),
        }
    }

    /// An article's texts in English as far as they are kept.
    pub(crate) fn translation_of(&self, article: &Article) -> Result<Option<ArticleTranslation>> {
        if !article.row.is_foreign() {
            return Ok(None);
        }
        let language = article.row.language.as_str();
        let keys: Vec<[u8; 16]> = body_texts_of(article)
            .iter()
            .map(|runs| TextKey::of(language, runs).0)
            .collect();
        let order = self.translation_settings()?.order;
        let found = self.store().translations(&keys, &order)?;
        if found.is_empty() {
            return Ok(None);
        }
        let mut missing = 0;
        let mut english = |runs: &[Run]| {
            let known = found.get(&TextKey::of(language, runs).0);
            missing += u32::from(known.is_none() && !stays(runs, language));
            known.map(|known| known.runs.clone())
        };
        let blocks = map_texts(&article.blocks, &mut english);
        let lead = article
            .lead
            .as_ref()
            .map(|lead| map_image(lead, &mut english));
        let standfirst = article.standfirst.as_ref().map(|text| {
            let runs = english(&unstyled(text));
            runs.map_or_else(|| text.clone(), |runs| crate::model::plain(&runs))
        });
        let mut by: Vec<TranslatedBy> = found.into_values().map(|found| found.by).collect();
        by.sort();
        by.dedup();
        // A caption that is known from elsewhere is no translation of the article.
        if missing as usize * 2 > keys.len() {
            return Ok(None);
        }
        Ok(Some(ArticleTranslation {
            standfirst,
            lead,
            blocks,
            by,
            missing,
        }))
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

    /// What is kept of `texts`, and what the engines make of the rest, which is kept.
    async fn translate(
        &self,
        language: &str,
        texts: Vec<Vec<Run>>,
        stop: &AtomicBool,
    ) -> Result<Outcome> {
        let mut by_key: HashMap<TextKey, Vec<Run>> = HashMap::new();
        for runs in texts {
            if !stays(&runs, language) {
                by_key.insert(TextKey::of(language, &runs), runs);
            }
        }
        let keys: Vec<[u8; 16]> = by_key.keys().map(|key| key.0).collect();
        let mut outcome = Outcome {
            found: HashMap::new(),
            first_failure: None,
        };
        let order = self.translation_settings()?.order;
        let rank = |engine: EngineKind| {
            let place = order.iter().position(|known| *known == engine);
            place.unwrap_or(order.len())
        };
        for (key, kept) in self.store().translations(&keys, &order)? {
            outcome.found.insert(TextKey(key), kept);
        }
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
                    outcome.found.get(key).is_none_or(|known| {
                        rank(known.by.engine) > rank(by.engine)
                            || (known.by.engine == by.engine && known.by.model != by.model)
                    })
                })
                .map(|(key, runs)| (*key, runs.clone()))
                .collect();
            wanted.sort_unstable_by_key(|(key, _)| *key);
            for part in wanted.chunks(TEXTS_AT_ONCE) {
                if stop.load(Ordering::SeqCst) {
                    return Ok(outcome);
                }
                let runs: Vec<Vec<Run>> = part.iter().map(|(_, runs)| runs.clone()).collect();
                let answers = translate_texts(engine.as_ref(), language, &runs).await;
                let mut done = Vec::new();
                let mut nobody = true;
                for ((key, _), answer) in part.iter().zip(answers) {
                    match answer {
                        Ok(runs) => {
                            nobody = false;
                            let by = by.clone();
                            done.push(StoredTranslation {
                                key: key.0,
                                by,
                                runs,
                            });
                        }
                        Err(error) => {
                            outcome.first_failure.get_or_insert(error);
                        }
                    }
                }
                self.store()
                    .store_translations(done.clone(), self.now())
                    .await?;
                outcome
                    .found
                    .extend(done.into_iter().map(|done| (TextKey(done.key), done)));
                if nobody {
                    break;
                }
            }
        }
        Ok(outcome)
    }
}

/// Letters from which a text can be told to be in English among another language.
const ENGLISH_LETTERS: usize = 40;

/// Whether a text stays as it is: one in English, such as a quotation, within another language.
fn stays(runs: &[Run], language: &str) -> bool {
    let text = crate::model::plain(runs);
    text.chars().filter(|c| c.is_alphabetic()).count() >= ENGLISH_LETTERS
        && language::identify(&text, &[language, "en"]).as_deref() == Some("en")
}

/// A title and a teaser in English; `None` when the title is not.
fn english_of(
    language: &str,
    title: &str,
    teaser: &str,
    found: &HashMap<TextKey, StoredTranslation>,
) -> Option<(String, String, TranslatedBy)> {
    let of = |text: &str| found.get(&TextKey::of(language, &unstyled(text)));
    let english = of(title)?;
    let teaser = of(teaser).map_or_else(
        || teaser.to_owned(),
        |found| crate::model::plain(&found.runs),
    );
    Some((
        crate::model::plain(&english.runs),
        teaser,
        english.by.clone(),
    ))
}

/// The texts of an article's screen, each once, those of its row first.
fn texts_of(article: &Article) -> Vec<Vec<Run>> {
    let mut texts: Vec<Vec<Run>> = [&article.row.title, &article.row.teaser]
        .into_iter()
        .map(|text| unstyled(text))
        .filter(|runs| has_words(runs))
        .collect();
    for runs in body_texts_of(article) {
        if !texts.contains(&runs) && !stays(&runs, &article.row.language) {
            texts.push(runs);
        }
    }
    texts
}

fn body_texts_of(article: &Article) -> Vec<Vec<Run>> {
    let mut texts: Vec<Vec<Run>> = Vec::new();
    let mut note = |runs: &[Run]| {
        texts.push(runs.to_vec());
        None
    };
    if let Some(standfirst) = &article.standfirst {
        note(&unstyled(standfirst));
    }
    if let Some(lead) = &article.lead {
        map_image(lead, &mut note);
    }
    map_texts(&article.blocks, &mut note);
    texts
}
