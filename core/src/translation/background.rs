//! What is translated ahead of reading: titles after a sync, and what a better engine can do again.

use std::collections::{HashMap, HashSet};
use std::sync::{MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

use super::choose::is_better;
use super::engines::Request;
use super::pace::{Effort, Waits};
use super::{english_of, has_words};
use crate::error::unless_gone;
use crate::events::Invalidation;
use crate::language::{primary, unstyled};
use crate::model::{ArticleId, CountryCode, Run, TranslatedBy};
use crate::store::ForeignRow;
use crate::{Overview, Result};

/// The most titles that one run translates: two days of what a person follows.
const ROWS_MAX: usize = 1_000;
/// Rows of lists translated between two commits.
const ROWS_AT_ONCE: usize = 24;
/// How far back a run looks for titles that a better engine could do.
const LOOKED_AT_MAX: usize = 2_000;
/// The most titles that one run does again.
const REPLACED_ROWS_MAX: usize = 240;
/// The most articles whose bodies one run translates.
const BODIES_MAX: u32 = 30;

/// What translation in the background came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BackgroundReport {
    /// Titles that became English.
    pub titles: u32,
    /// Titles that were English, and that a better engine did again.
    pub replaced_titles: u32,
    /// Bodies that were wanted, or on the device whole, and are English now by the best engine.
    pub bodies: u32,
}

impl Overview {
    /// Says what the device can afford, for what is translated ahead of reading: titles after a
    /// sync, packs, and texts that a better engine does again. What runs follows at its next text.
    /// Never holds up an article that is opened. Not kept when the program ends.
    pub fn set_effort(&self, effort: Effort) {
        self.pace.set(effort);
    }

    /// What the device was said to afford.
    pub fn effort(&self) -> Effort {
        self.pace.get()
    }

    /// Does what translating ahead of reading there is, of these countries or of all, newest first
    /// and so much at a time: titles; then titles and bodies that a worse engine did than there is
    /// now; then bodies that are wanted in English, or packed. [`sync`](Self::sync) does it at its
    /// end; call it when a model was installed or the order of engines changed. Ends early when
    /// cancelled, or [paused](Effort::Paused); what was done is kept.
    pub async fn translate_in_background(
        &self,
        countries: &[CountryCode],
        cancel: &CancellationToken,
    ) -> Result<BackgroundReport> {
        let mut report = BackgroundReport {
            titles: self.translate_titles(countries, cancel).await?,
            ..BackgroundReport::default()
        };
        let best = self.best_engines(&self.store().foreign_languages()?)?;
        if !best.is_empty() {
            self.replace(countries, &best, cancel, &mut report).await?;
            self.catch_up(countries, &best, cancel, &mut report).await?;
        }
        Ok(report)
    }

    /// Who would translate from each of some languages; those that nobody does are left out.
    fn best_engines(&self, languages: &[String]) -> Result<HashMap<String, TranslatedBy>> {
        let mut best = HashMap::new();
        for language in languages {
            if let Ok(by) = self.translator_of(language)? {
                best.insert(language.clone(), by);
            }
        }
        Ok(best)
    }

    /// Translates titles and teasers that are not in English, newest first: of these countries, or of
    /// all. How many became so. Ends early when cancelled; what was done is kept.
    pub async fn translate_titles(
        &self,
        countries: &[CountryCode],
        cancel: &CancellationToken,
    ) -> Result<u32> {
        let languages = self.store().untranslated_languages()?;
        let best = self.best_engines(&languages)?;
        let languages: Vec<String> = best.into_keys().collect();
        self.translate_titles_of(&languages, countries, cancel)
            .await
    }

    /// As [`translate_titles`](Self::translate_titles), of languages by their first parts, of which
    /// the English is kept already.
    pub(super) async fn show_kept_titles(&self, languages: &HashSet<String>) -> Result<u32> {
        let mut tags = self.store().untranslated_languages()?;
        tags.retain(|tag| languages.contains(&primary(tag)));
        self.translate_titles_of(&tags, &[], &CancellationToken::new())
            .await
    }

    /// Of languages by their whole tags.
    async fn translate_titles_of(
        &self,
        languages: &[String],
        countries: &[CountryCode],
        cancel: &CancellationToken,
    ) -> Result<u32> {
        let known = self.store().untranslated(languages, countries, ROWS_MAX)?;
        self.translate_by_language(known, cancel).await
    }

    /// Translates rows, and those of one language together; how many have another English now.
    async fn translate_by_language(
        &self,
        rows: Vec<ForeignRow>,
        cancel: &CancellationToken,
    ) -> Result<u32> {
        let mut by_language: Vec<(String, Vec<ForeignRow>)> = Vec::new();
        for row in rows {
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
                let translating = self.translate_rows(&language, rows, cancel);
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

    async fn translate_rows(
        &self,
        language: &str,
        rows: &[ForeignRow],
        stop: &CancellationToken,
    ) -> Result<u32> {
        let texts = rows
            .iter()
            .flat_map(|row| [unstyled(&row.title), unstyled(&row.teaser)]);
        let texts: Vec<Vec<Run>> = texts.filter(|runs| has_words(runs)).collect();
        let request = Request {
            language,
            waits: Waits::Nobody,
            stop,
            one_article: false,
        };
        let outcome = self.translate(request, texts).await?;
        let english = rows.iter().filter_map(|row| {
            let (title, teaser, by) =
                english_of(language, &row.title, &row.teaser, &outcome.found)?;
            (row.by.as_ref() != Some(&by)).then(|| (row.clone(), title, teaser, by))
        });
        let english: Vec<_> = english.collect();
        Ok(self.store().store_english_rows(english).await?)
    }

    /// What a worse engine translated than there is now. A body goes with its title, so that a row
    /// tells by its title whether anything is left.
    async fn replace(
        &self,
        countries: &[CountryCode],
        best: &HashMap<String, TranslatedBy>,
        cancel: &CancellationToken,
        report: &mut BackgroundReport,
    ) -> Result<()> {
        if self.effort() != Effort::Full {
            return Ok(());
        }
        let order = self.translation_settings()?.order;
        let mut rows = self.store().translated(countries, LOOKED_AT_MAX)?;
        rows.retain(|row| {
            let by = row.by.as_ref().zip(best.get(&row.language));
            by.is_some_and(|(known, best)| is_better(&order, best, known))
        });
        let (bodies, mut titles): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.has_body);
        titles.truncate(REPLACED_ROWS_MAX);
        report.replaced_titles += self.translate_by_language(titles, cancel).await?;
        let bodies = bodies.into_iter().map(|row| (row.id, row.language));
        let done = self.translate_bodies(bodies, best, cancel, report).await?;
        report.replaced_titles += done;
        Ok(())
    }

    /// Bodies that were asked for in English and are not, and of packs from a time without an engine.
    async fn catch_up(
        &self,
        countries: &[CountryCode],
        best: &HashMap<String, TranslatedBy>,
        cancel: &CancellationToken,
        report: &mut BackgroundReport,
    ) -> Result<()> {
        let languages: Vec<String> = best.keys().cloned().collect();
        let waiting = self
            .store()
            .wanted_bodies(&languages, countries, LOOKED_AT_MAX)?;
        self.translate_bodies(waiting, best, cancel, report).await?;
        Ok(())
    }

    /// Translates bodies with their titles until enough were; of how many all is by the best now.
    async fn translate_bodies(
        &self,
        bodies: impl IntoIterator<Item = (ArticleId, String)>,
        best: &HashMap<String, TranslatedBy>,
        cancel: &CancellationToken,
        report: &mut BackgroundReport,
    ) -> Result<u32> {
        let mut done = 0;
        // What an engine cannot do is not asked of it for every article, nor after every sync.
        let mut silent: HashSet<String> = HashSet::new();
        for (id, language) in bodies {
            let goes_on = report.bodies < BODIES_MAX && !cancel.is_cancelled();
            if !goes_on || self.effort() == Effort::Paused {
                break;
            }
            let Some(best) = best.get(&language).filter(|_| !silent.contains(&language)) else {
                continue;
            };
            let tried = (id, best.clone());
            if self.tried().contains(&tried) {
                continue;
            }
            let translating = self.translate_article_until(id, Waits::Nobody, cancel);
            let outcome = tokio::select! {
                biased;
                () = cancel.cancelled() => break,
                outcome = translating => outcome,
            };
            let Some(outcome) = unless_gone(outcome)? else {
                continue;
            };
            if outcome.translated.missing == 0 && outcome.is_best {
                report.bodies += 1;
                done += 1;
            } else if !cancel.is_cancelled() && self.effort() != Effort::Paused {
                silent.insert(language);
                self.tried().insert(tried);
            }
        }
        Ok(done)
    }

    fn tried(&self) -> MutexGuard<'_, HashSet<(ArticleId, TranslatedBy)>> {
        self.tried.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
