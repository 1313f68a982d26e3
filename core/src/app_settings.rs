//! What apps keep of a person's choices, such as the size of text: kept with the rest that is the
//! person's own, so that it moves house.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::model::AppSetting;
use crate::overview::Overview;

impl Overview {
    /// What was set, by name.
    pub fn app_settings(&self) -> Result<BTreeMap<String, String>> {
        Ok(self.store().app_settings()?)
    }

    /// Sets what is named, and leaves the rest. What is so already keeps the time at which it was set:
    /// of two devices the later one counts, setting by setting.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a name or a value that an [`AppSetting`] cannot have; nothing is set then.
    pub fn set_app_settings(&self, settings: Vec<AppSetting>) -> Result<()> {
        if let Some(problem) = settings.iter().find_map(AppSetting::problem) {
            return Err(Error::Invalid(problem));
        }
        Ok(self.store().set_app_settings(settings, self.now())?)
    }
}
