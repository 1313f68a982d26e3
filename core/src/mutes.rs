//! Mutes: words, publishers, countries and categories that a person does not want to see, for a while
//! or for good. Nothing is deleted, and whatever is hidden says by what.

use crate::events::Invalidation;
use crate::model::{ArticleId, Mute, MuteFor, MuteId, Muted};
use crate::search::{Typed, indexed};
use crate::{Error, Overview, Result};

impl Overview {
    /// Mutes something; on the disk when it returns. Lists leave it out at once, counts follow within
    /// a moment. What is muted already gets this end instead of its own.
    ///
    /// # Errors
    /// [`Error::Invalid`] for words or a category without a letter, [`Error::Unknown`] for a country
    /// or a publisher that neither the catalogue nor the store knows.
    pub fn mute(&self, what: &Muted, lasts: MuteFor) -> Result<Mute> {
        match what {
            Muted::Words(words) if Typed::phrase(words).is_empty() => {
                return Err(Error::Invalid(format!("{words:?} has no word to mute")));
            }
            Muted::Category(name) if indexed(name).is_empty() => {
                return Err(Error::Invalid(format!("{name:?} is no category")));
            }
            Muted::Words(_) | Muted::Category(_) => {}
            Muted::Publisher(id) => self.know_publishers(std::slice::from_ref(id))?,
            Muted::Country(code) => self.know_countries(&[*code])?,
        }
        let now = self.now();
        let id = self.store().mute(what, lasts.until(now), now)?;
        self.mutes_changed();
        let mutes = self.store().mutes(now)?;
        mutes
            .into_iter()
            .find(|mute| mute.id == id)
            .ok_or_else(|| Error::Invalid("what ends in the past mutes nothing".to_owned()))
    }

    /// Ends a mute; on the disk when it returns. What only it hid is in lists again within a moment.
    /// To take that back, [`mute`](Self::mute) the same until the same time.
    ///
    /// # Errors
    /// [`Error::Invalid`] when there is no such mute.
    pub fn unmute(&self, id: MuteId) -> Result<()> {
        if !self.store().unmute(id)? {
            return Err(Error::Invalid(format!("there is no mute {id}")));
        }
        self.mutes_changed();
        Ok(())
    }

    /// The mutes that hold, the newest first.
    pub fn mutes(&self) -> Result<Vec<Mute>> {
        Ok(self.store().mutes(self.now())?)
    }

    /// The mutes that hide an article.
    pub fn mutes_of(&self, article: ArticleId) -> Result<Vec<Mute>> {
        Ok(self.store().mutes_of(article, self.now())?)
    }

    fn mutes_changed(&self) {
        self.upkeep().nudge();
        self.notifier().notify(Invalidation::Mutes);
    }
}
