//! Who translates, and the models on the device.

use std::sync::Arc;

use overview_core::translation::TranslationSettings;

use crate::model::{TranslationModel, TranslationTrial};
use crate::{ModelTask, Overview, OverviewError};

#[uniffi::export]
impl Overview {
    /// Who translates, as the person set it.
    pub async fn translation_settings(&self) -> Result<TranslationSettings, OverviewError> {
        self.calls.query(|core| core.translation_settings()).await
    }

    /// Sets who translates, from the next text on. What is translated stays.
    pub async fn set_translation_settings(
        &self,
        settings: TranslationSettings,
    ) -> Result<(), OverviewError> {
        let set = move |core: &overview_core::Overview| core.set_translation_settings(&settings);
        self.calls.query(set).await
    }

    /// The models on this device, by language.
    pub async fn installed_models(&self) -> Result<Vec<TranslationModel>, OverviewError> {
        let installed = |core: &overview_core::Overview| {
            let models = core.installed_models().into_iter();
            Ok(models.map(|installed| installed.model.into()).collect())
        };
        self.calls.query(installed).await
    }

    /// Asks for the models that are offered at the address in the settings, and remembers them.
    pub async fn offered_models(&self) -> Result<Vec<TranslationModel>, OverviewError> {
        self.calls
            .fetch(|core| async move {
                let offered = core.offered_models().await?.models;
                Ok(offered.into_iter().map(TranslationModel::from).collect())
            })
            .await
    }

    /// The models that were offered when they were last asked for. Needs no network.
    pub async fn known_models(&self) -> Result<Vec<TranslationModel>, OverviewError> {
        let known = |core: &overview_core::Overview| {
            let models = core.known_models()?.models.into_iter();
            Ok(models.map(TranslationModel::from).collect())
        };
        self.calls.query(known).await
    }

    /// Downloads and installs the known model of a language (BCP 47). Returns at once with the task;
    /// one for a language that no model is known of ends as `NotFound`.
    pub fn install_model(&self, language: String) -> Result<Arc<ModelTask>, OverviewError> {
        ModelTask::start(&self.calls, language)
    }

    /// Removes the model of a language; whether one was there. What it translated stays.
    pub async fn remove_model(&self, language: String) -> Result<bool, OverviewError> {
        self.calls
            .query(move |core| core.remove_model(&language))
            .await
    }

    /// Translates a text that a person types, to try an engine out.
    pub async fn try_translation(
        &self,
        language: String,
        text: String,
    ) -> Result<TranslationTrial, OverviewError> {
        self.calls
            .fetch(move |core| async move {
                let (text, by) = core.try_translation(&language, &text).await?;
                Ok(TranslationTrial { text, by })
            })
            .await
    }
}

/// A sentence of a language (BCP 47), written for trying an engine out; nothing for languages that nobody
/// wrote one in.
#[uniffi::export]
pub fn specimen_sentence(language: String) -> Option<String> {
    overview_core::language::specimen(&language).map(str::to_owned)
}
