//! Everything in English: titles at sync, bodies when opened or packed.
//!
//! ```text
//! texts -> keys -> what is kept -> the engines in the person's order, each for what the one before
//!       did not do -> kept
//! ```
//!
//! The original is never replaced: a translation stands beside it, block by block, and a position in
//! one is the same position in the other.

mod background;
mod choose;
mod engines;
mod models;
mod pace;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError};

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::events::Invalidation;
use crate::language::engine::{Platform, PlatformTranslator, Server};
use crate::language::{
    self, TextKey, TranslateError, has_words, is_foreign_stretch, map_image, map_texts, primary,
    unstyled,
};
use crate::model::{Article, ArticleId, ArticleTranslation, EngineKind, Run, TranslatedBy};
use crate::store::{ForeignRow, StoredTranslation};
use crate::{Error, Overview, Result};

pub use background::BackgroundReport;
use choose::{is_better, of_one_engine};
use engines::Request;
pub use models::ModelOffer;
pub use pace::Effort;
pub(crate) use pace::{Pace, Waits};

/// The most bytes that translations may take.
const BYTES_MAX: u64 = 64_000_000;

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
    /// Where models are offered: the address of a [`ModelManifest`](crate::language::models::ModelManifest) as
    /// JSON.
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
        /// A model that would change that, where one is known.
        offer: Option<ModelOffer>,
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

/// What translating a body came to.
pub(crate) struct BodyOutcome {
    pub(crate) translated: Translated,
    /// All of it is by the engine that stands first of those that can.
    pub(crate) is_best: bool,
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
        self.store().set_setting(SETTING, text, self.now())?;
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
        let offer = match why {
            Some(TranslateError::NotInstalled { .. }) => self.model_offer(&article.row.language)?,
            _ => None,
        };
        Ok(TranslationState::NotTranslated {
            language,
            why,
            offer,
        })
    }

    /// Translates what an article's screen shows and is not translated, or was by a worse engine than
    /// there is now. What was done is kept, also when the future is dropped.
    pub async fn translate_article(&self, id: ArticleId) -> Result<Translated> {
        let stop = CancellationToken::new();
        let done = self.translate_article_until(id, Waits::Reader, &stop);
        Ok(done.await?.translated)
    }

    /// As [`translate_article`](Self::translate_article), but ends behind the texts under way once
    /// `stop` is cancelled, and at the pace of who waits for it.
    pub(crate) async fn translate_article_until(
        &self,
        id: ArticleId,
        waits: Waits,
        stop: &CancellationToken,
    ) -> Result<BodyOutcome> {
        let article = self.read_article(id)?;
        if !article.row.is_foreign() {
            return Ok(BodyOutcome {
                translated: Translated {
                    texts: 0,
                    missing: 0,
                    first_failure: None,
                },
                is_best: true,
            });
        }
        let language = article.row.language.as_str();
        let texts = texts_of(&article);
        let keys: Vec<[u8; 16]> = texts
            .iter()
            .map(|runs| TextKey::of(language, runs).0)
            .collect();
        let best = self.translator_of(language)?.ok();
        // What is only done again stays ready meanwhile.
        if best.is_some() && self.store().translations(&keys)?.len() < keys.len() {
            self.store().want_translation(id, false).await?;
        }
        let request = Request {
            language,
            waits,
            stop,
            one_article: true,
        };
        let outcome = self.translate(request, texts).await?;
        let order = self.translation_settings()?.order;
        let is_best = outcome.found.values().all(|found| {
            let best = best.as_ref();
            best.is_none_or(|best| !is_better(&order, best, &found.by))
        });
        let done = keys
            .iter()
            .filter(|key| outcome.found.contains_key(&TextKey(**key)))
            .count();
        let translated = Translated {
            texts: u32::try_from(done).unwrap_or(u32::MAX),
            missing: u32::try_from(keys.len() - done).unwrap_or(u32::MAX),
            first_failure: outcome.first_failure.filter(|_| done < keys.len()),
        };
        // A title tells whether its body is done, see `background`.
        if article.row.translation.is_none() || (translated.missing == 0 && is_best) {
            self.keep_title(&article, &outcome.found).await?;
        }
        if translated.missing == 0 {
            self.store().want_translation(id, true).await?;
        }
        let now = self.now();
        self.store().use_translations(keys, BYTES_MAX, now).await?;
        self.notifier().notify(Invalidation::Body(id));
        Ok(BodyOutcome {
            translated,
            is_best,
        })
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
        let untranslated = ForeignRow {
            id: row.id,
            country: row.country,
            language: row.language.clone(),
            title: row.title.clone(),
            teaser: row.teaser.clone(),
            by: None,
            has_body: true,
        };
        let rows = vec![(untranslated, title, teaser, by)];
        self.store().store_english_rows(rows).await?;
        Ok(())
    }

    /// Keeps texts that an edition brings with their English, and shows those of titles in lists; how
    /// many titles.
    pub async fn import_translations(&self, version: &str, texts: Vec<EditionText>) -> Result<u32> {
        let languages: HashSet<String> = texts.iter().map(|text| primary(&text.language)).collect();
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
        let titles = self.show_kept_titles(&languages).await?;
        self.regroup(&CancellationToken::new()).await?;
        Ok(titles)
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
        let request = Request {
            language,
            waits: Waits::Reader,
            stop: &CancellationToken::new(),
            one_article: false,
        };
        let outcome = self.translate(request, vec![unstyled(text)]).await?;
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
        let found = of_one_engine(self.store().translations(&keys)?, &order);
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
}

/// Whether a text stays as it is: one in English or a third language, such as a quotation, within
/// another.
fn stays(runs: &[Run], language: &str) -> bool {
    is_foreign_stretch(&crate::model::plain(runs), language)
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
