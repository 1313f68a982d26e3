//! What is the person's own: publishers that they add, what they read, and taking back what they did.

use std::sync::Arc;

use url::Url;

use crate::catalogue::{self, AddressRule, Catalogue};
use crate::events::Invalidation;
use crate::model::{
    Change, ChangeId, ChangeKind, Cursor, FoundSite, HistoryRow, OwnPublisher, Page, Publisher,
    PublisherId,
};
use crate::store::{Store, StoredOwn};
use crate::{Error, Overview, Result, sync};

/// The catalogue with the publishers that the person added.
pub(crate) fn known(catalogue: &Arc<Catalogue>, store: &Store) -> Result<Arc<Catalogue>> {
    let own = store.own_publishers()?;
    if own.is_empty() {
        return Ok(Arc::clone(catalogue));
    }
    let listed = own
        .into_iter()
        .filter(|own| !own.removed)
        .map(|own| catalogue::as_publisher(own.id, &own.publisher));
    Ok(Arc::new(catalogue.with_own(listed)))
}

impl Overview {
    /// Looks for the feeds of a site by an address as a person types it: of its front page, of one of
    /// its articles, or of a feed. Gives what was found, with the country and the language that it
    /// seems to be of; adds nothing. Needs a tokio runtime with time and I/O.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what is no address of the web, [`Error::Offline`] while nothing is to be
    /// fetched, [`Error::Http`] when the address does not answer. A site without a feed is an answer.
    pub async fn find_site(&self, address: &str) -> Result<FoundSite> {
        let url = typed_address(address)?;
        let catalogue = self.shared_catalogue();
        let opened = self.http_options().allow_private_addresses;
        let mut site =
            sync::discover(self.client()?, self.clock(), &catalogue, &url, opened).await?;
        for feed in &mut site.feeds {
            feed.known = self.store().publisher_of_feed(&feed.url)?;
        }
        Ok(site)
    }

    /// Adds a publisher, or puts back one with the same front page or a feed of the same address as the
    /// person says it now: its articles and what was read of them are there again. It is fetched with
    /// every sync of what is followed, unless it is switched off. On the disk when it returns.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an empty name, no feed, an address that is not public, or a feed that
    /// another publisher has; [`Error::Unknown`] for a country that the catalogue does not have.
    pub fn add_publisher(&self, own: &OwnPublisher) -> Result<PublisherId> {
        let kept = self.store().own_publishers()?;
        let id = self.own_id(own, &kept);
        self.check_own(&id, own)?;
        self.put(vec![(id.clone(), own.clone())])?;
        Ok(id)
    }

    /// Changes what the person said of a publisher that they added. On the disk when it returns.
    ///
    /// # Errors
    /// As of [`add_publisher`](Self::add_publisher); [`Error::Unknown`] for a publisher that was not
    /// added or was removed.
    pub fn edit_publisher(&self, id: &PublisherId, own: &OwnPublisher) -> Result<()> {
        self.own_publisher(id)?;
        self.check_own(id, own)?;
        self.put(vec![(id.clone(), own.clone())])
    }

    /// Removes a publisher that the person added: it is not fetched any more, and its articles leave
    /// the lists, but for what is saved. [`undo_change`](Self::undo_change) puts it back for a day,
    /// adding it again does so later; what was read stays read. On the disk when it returns.
    ///
    /// # Errors
    /// [`Error::Unknown`] for a publisher that was not added or was removed already.
    pub fn remove_publisher(&self, id: &PublisherId) -> Result<()> {
        if !self.store().remove_own_publisher(id, self.now())? {
            return Err(not_added(id));
        }
        self.publishers_changed()?;
        self.choose_leads_anew(id)
    }

    /// What the person said of a publisher that they added.
    ///
    /// # Errors
    /// [`Error::Unknown`] for a publisher that was not added or was removed.
    pub fn own_publisher(&self, id: &PublisherId) -> Result<OwnPublisher> {
        let kept = self.store().own_publishers()?;
        let own = kept.into_iter().find(|own| own.id == *id && !own.removed);
        Ok(own.ok_or_else(|| not_added(id))?.publisher)
    }

    /// The publishers that the person added, by name.
    pub fn own_publishers(&self) -> Result<Vec<(PublisherId, OwnPublisher)>> {
        let kept = self.store().own_publishers()?.into_iter();
        let mut own: Vec<(PublisherId, OwnPublisher)> = kept
            .filter(|own| !own.removed)
            .map(|own| (own.id, own.publisher))
            .collect();
        own.sort_by(|a, b| (&a.1.name, &a.0).cmp(&(&b.1.name, &b.0)));
        Ok(own)
    }

    /// What is known of a publisher: what the catalogue says, or the person who added it.
    pub fn publisher(&self, id: &PublisherId) -> Option<Publisher> {
        self.shared_catalogue().publisher(id).cloned()
    }

    /// The articles that were opened, the last first, those that are still here.
    pub fn history(&self, after: Option<Cursor>, limit: usize) -> Result<Page<HistoryRow>> {
        Ok(self.store().history(after, limit)?)
    }

    /// Forgets what was opened when; what was read stays read. On the disk when it returns.
    pub fn clear_history(&self) -> Result<()> {
        self.store().clear_history()?;
        self.notifier().notify(Invalidation::Marks(Vec::new()));
        Ok(())
    }

    /// What was done in the last day and can be taken back, the latest first: bulk marks, countries and
    /// publishers that are no longer followed, publishers that were removed.
    pub fn changes(&self) -> Result<Vec<Change>> {
        Ok(self.store().changes(self.now())?)
    }

    /// Takes back a change, the latest when none is named; what it was. On the disk when it returns.
    ///
    /// # Errors
    /// [`Error::Invalid`] when there is none to take back: none was made in the last day, or it was
    /// taken back already.
    pub fn undo_change(&self, change: Option<ChangeId>) -> Result<ChangeKind> {
        let undone = self.store().undo_change(change, self.now())?;
        let undone = undone.ok_or_else(|| {
            Error::Invalid("there is nothing to take back from the last day".to_owned())
        })?;
        match &undone {
            ChangeKind::MarkedAllRead { .. } => {
                self.notifier().notify(Invalidation::Marks(Vec::new()));
            }
            ChangeKind::UnfollowedCountry { .. } => self.notifier().notify(Invalidation::Follows),
            ChangeKind::UnfollowedPublisher { publisher } => {
                self.choose_leads_anew(publisher)?;
                self.notifier().notify(Invalidation::Follows);
            }
            ChangeKind::RemovedPublisher { publisher } => {
                self.publishers_changed()?;
                self.choose_leads_anew(publisher)?;
            }
        }
        Ok(undone)
    }

    /// The id of a publisher that is added: that of the same one before, else one made of its address.
    pub(crate) fn own_id(&self, own: &OwnPublisher, kept: &[StoredOwn]) -> PublisherId {
        let shares_a_feed = |known: &&StoredOwn| {
            let mut feeds = known.publisher.feeds.iter();
            feeds.any(|feed| own.feeds.contains(feed))
        };
        let same_home = |known: &&StoredOwn| known.publisher.home == own.home;
        let before = kept.iter().find(same_home);
        let before = before.or_else(|| kept.iter().find(shares_a_feed));
        before.map_or_else(
            || catalogue::own_id(&own.home, |id| kept.iter().any(|known| known.id == *id)),
            |known| known.id.clone(),
        )
    }

    pub(crate) fn check_own(&self, id: &PublisherId, own: &OwnPublisher) -> Result<()> {
        if self.catalogue().country(own.country).is_none() {
            return Err(Error::Unknown {
                what: "country",
                name: own.country.to_string(),
            });
        }
        if let Some(fault) = catalogue::fault(own, self.address_rule()) {
            return Err(Error::Invalid(format!("this publisher's {fault}")));
        }
        for feed in &own.feeds {
            if let Some(other) = self.store().publisher_of_feed(feed)?
                && other != *id
            {
                return Err(Error::Invalid(format!(
                    "{feed} is a feed of {other} already"
                )));
            }
        }
        Ok(())
    }

    /// Where publishers that a person adds may be: on the internet, or anywhere where that was opened.
    pub(crate) fn address_rule(&self) -> AddressRule {
        match self.http_options().allow_private_addresses {
            true => AddressRule::AnyHttp,
            false => AddressRule::HttpsOnly,
        }
    }

    pub(crate) fn put(&self, publishers: Vec<(PublisherId, OwnPublisher)>) -> Result<()> {
        let ids: Vec<PublisherId> = publishers.iter().map(|(id, _)| id.clone()).collect();
        self.store().put_own_publishers(publishers, self.now())?;
        self.publishers_changed()?;
        ids.iter().try_for_each(|id| self.choose_leads_anew(id))
    }

    pub(crate) fn publishers_changed(&self) -> Result<()> {
        self.know_own_publishers()?;
        self.upkeep().nudge();
        self.notifier().notify(Invalidation::Catalogue);
        self.notifier().notify(Invalidation::Follows);
        Ok(())
    }
}

fn not_added(id: &PublisherId) -> Error {
    Error::Unknown {
        what: "publisher of your own",
        name: id.to_string(),
    }
}

/// An address as people type it: without `https://`, with spaces around, or as a `feed:` link.
fn typed_address(text: &str) -> Result<Url> {
    let wrong = || Error::Invalid(format!("{text:?} is no address of a site"));
    let mut bare = text.trim();
    for scheme in ["feed://", "feed:"] {
        bare = bare.strip_prefix(scheme).unwrap_or(bare);
    }
    if bare.is_empty() || bare.contains(char::is_whitespace) {
        return Err(wrong());
    }
    let url = if bare.contains("://") {
        Url::parse(bare)
    } else {
        Url::parse(&format!("https://{}", bare.trim_start_matches('/')))
    };
    let mut url = url.map_err(|_| wrong())?;
    let has_name = url
        .host_str()
        .is_some_and(|host| host.contains('.') || host.contains(':'));
    let may_be = matches!(url.scheme(), "http" | "https") && (has_name || bare.contains("://"));
    if !may_be || !url.username().is_empty() || url.password().is_some() {
        return Err(wrong());
    }
    url.set_fragment(None);
    Ok(url)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn addresses_are_taken_as_people_type_them() {
        for (typed, url) in [
            (" dnipro.example ", "https://dnipro.example/"),
            (
                "https://dnipro.example/news#top",
                "https://dnipro.example/news",
            ),
            (
                "feed:https://dnipro.example/rss",
                "https://dnipro.example/rss",
            ),
            ("feed://dnipro.example/rss", "https://dnipro.example/rss"),
            ("//dnipro.example", "https://dnipro.example/"),
            ("дніпро.example", "https://xn--d1asddf4k.example/"),
        ] {
            assert_eq!(typed_address(typed).unwrap().as_str(), url, "{typed}");
        }
        for typed in [
            "",
            " ",
            "dnipro",
            "two words.example",
            "ftp://a.example/",
            "javascript:1",
            "https://name:word@a.example/",
            "mailto:a@b.example",
        ] {
            assert_eq!(
                typed_address(typed).unwrap_err().code(),
                "invalid",
                "{typed}"
            );
        }
    }
}
