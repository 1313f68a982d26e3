//! Models of Firefox Translations: what is offered, installing, removing.

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::events::Invalidation;
use crate::http::{Body, Kind, Request};
use crate::language::models::{self, InstalledModel, Model, ModelError, ModelManifest};
use crate::language::primary;
use crate::{Error, Overview, Result};

/// The name under which the list that was read last is kept.
const OFFERED: &str = "models_offered";

/// A list of models as it was read last.
#[derive(Serialize, Deserialize)]
struct Offered {
    /// From where.
    url: Url,
    manifest: ModelManifest,
}

/// A model that could be installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelOffer {
    /// What it translates from, BCP 47.
    pub language: String,
    /// What it takes, in bytes.
    pub bytes: u64,
}

impl Overview {
    /// The models that are installed, by language.
    pub fn installed_models(&self) -> Vec<InstalledModel> {
        models::installed(self.firefox.folder())
    }

    /// Asks for the models that are offered at the address in the settings, and remembers them.
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
            url: url.clone(),
            kind: Kind::Page,
            validators: None,
        };
        let fetched = self.client()?.fetch(&request, self.now()).await?;
        let Body::New { bytes, .. } = fetched.body else {
            return Ok(ModelManifest::default());
        };
        let manifest = models::read_manifest(&bytes)?;
        let offered = Offered { url, manifest };
        let text = serde_json::to_string(&offered)
            .map_err(|error| Error::Invalid(format!("this list cannot be kept: {error}")))?;
        self.store().set_setting(OFFERED, text, self.now())?;
        Ok(offered.manifest)
    }

    /// The models that were offered when [`offered_models`](Self::offered_models) last asked the
    /// address that is set; none when it never did. Needs no network.
    pub fn known_models(&self) -> Result<ModelManifest> {
        let Some(wanted) = self.translation_settings()?.manifest else {
            return Ok(ModelManifest::default());
        };
        // What another version kept, and this one cannot read, is asked for again.
        let kept = self.store().setting(OFFERED)?;
        let kept = kept.and_then(|text| serde_json::from_str::<Offered>(&text).ok());
        Ok(kept
            .filter(|kept| kept.url == wanted)
            .map(|kept| kept.manifest)
            .unwrap_or_default())
    }

    /// The model of a language (BCP 47) that could be installed, as far as is
    /// [known](Self::known_models).
    pub fn model_offer(&self, language: &str) -> Result<Option<ModelOffer>> {
        let model = self.known_model(language)?;
        Ok(model.map(|model| ModelOffer {
            bytes: model.bytes(),
            language: model.language,
        }))
    }

    fn known_model(&self, language: &str) -> Result<Option<Model>> {
        let wanted = primary(language);
        let mut known = self.known_models()?.models.into_iter();
        Ok(known.find(|model| primary(&model.language) == wanted))
    }

    /// Installs the [known](Self::known_models) model of a language (BCP 47), as
    /// [`install_model`](Self::install_model) does.
    ///
    /// # Errors
    /// [`Error::Unknown`] when none is known; those of `install_model`.
    pub async fn install_model_of(
        &self,
        language: &str,
        cancel: &CancellationToken,
        progress: &(dyn Fn(u64) + Send + Sync),
    ) -> Result<()> {
        let model = self.known_model(language)?.ok_or_else(|| Error::Unknown {
            what: "translation model",
            name: language.to_owned(),
        })?;
        self.install_model(&model, cancel, progress).await
    }

    /// Downloads and installs a model; goes on with a download that was cut off. `progress` gets the
    /// bytes that are there. The model before works until this one is whole. What it can do now is
    /// done by [`translate_in_background`](Self::translate_in_background).
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
}
