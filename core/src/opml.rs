//! Lists of feeds as other readers write and read them (OPML): what is followed and what was added goes
//! out, and comes in as publishers of the catalogue that are followed and as publishers of one's own.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use url::Url;

use crate::catalogue::{self, Catalogue, Guess, guess};
use crate::events::Invalidation;
use crate::feed::opml::{self, Opml, OpmlCountry, OpmlFeed, Outline};
use crate::model::{CountryCode, OwnPublisher, PublisherId};
use crate::store::StoredOwn;
use crate::{Overview, Result};

pub use crate::feed::opml::{FAULTS_MAX, OpmlFault};

/// How to take a list over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpmlRequest {
    /// The country of feeds of which nothing tells theirs; without it they are left out, and told.
    pub country: Option<CountryCode>,
    /// Only say what would come of it.
    pub look_only: bool,
}

/// What came of a list, or would.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct OpmlReport {
    /// Feeds that it names.
    pub feeds: u32,
    /// Publishers that are added, or were changed, with how many of those feeds.
    pub added: u32,
    /// Publishers of the catalogue that are followed now.
    pub followed: u32,
    /// Feeds of publishers that were followed or added before.
    pub known: u32,
    /// Feeds that were left out because nothing tells their country.
    pub without_country: u32,
    /// What could not be taken over, at most [`FAULTS_MAX`].
    pub faults: Vec<OpmlFault>,
    /// The list broke off, or has more than is read.
    pub truncated: bool,
}

/// A site of a list with its feeds.
struct Site<'a> {
    first: &'a Outline,
    feeds: Vec<Url>,
}

impl Overview {
    /// Takes over a list of feeds. A feed that the catalogue has makes its publisher followed, any other
    /// a publisher of one's own, several feeds of one front page together. The country is the one that
    /// the list says, or that folder, address or language tells. Fetches nothing. All or nothing, on
    /// the disk when it returns.
    ///
    /// # Errors
    /// [`Error::Opml`](crate::Error::Opml) for what is no list; what is wrong in it is in the report.
    pub fn import_opml(&self, bytes: &[u8], request: &OpmlRequest) -> Result<OpmlReport> {
        let list = opml::parse(bytes)?;
        let mut taking = Taking::new(self, &list)?;
        for site in sites(&list.outlines) {
            taking.site(self, &list, &site, request);
        }
        let Taking {
            mut report,
            own,
            followed,
            countries,
            ..
        } = taking;
        report.added = length(own.len());
        report.followed = length(followed.len());
        if request.look_only || (own.is_empty() && followed.is_empty() && countries.is_empty()) {
            return Ok(report);
        }
        let changed: Vec<PublisherId> = followed.iter().cloned().collect();
        let followed = followed.into_iter().collect();
        self.store()
            .take_list(own, followed, countries, self.now())?;
        self.publishers_changed()?;
        self.notifier().notify(Invalidation::Follows);
        changed
            .iter()
            .try_for_each(|id| self.choose_leads_anew(id))?;
        Ok(report)
    }

    /// What is followed and what was added, as OPML 2.0: a folder a country, with country and region as
    /// attributes that other readers pass over. A country that is followed comes with all its
    /// publishers that are not switched off.
    pub fn export_opml(&self) -> Result<String> {
        let countries: HashMap<CountryCode, bool> = self
            .countries()?
            .into_iter()
            .map(|row| (row.country, row.followed))
            .collect();
        let mut folders: Vec<OpmlCountry> = Vec::new();
        for row in self.publishers(&[])? {
            let by_country = countries.get(&row.country).copied().unwrap_or_default();
            let wanted = row.followed == Some(true) || row.own || by_country;
            if !wanted || !row.enabled {
                continue;
            }
            let Some(country) = self.catalogue().country(row.country) else {
                continue;
            };
            if folders
                .last()
                .is_none_or(|folder| folder.code != row.country)
            {
                folders.push(OpmlCountry {
                    code: row.country,
                    name: country.name.clone(),
                    region: row.region,
                    followed: by_country,
                    feeds: Vec::new(),
                });
            }
            let Some(folder) = folders.last_mut() else {
                continue;
            };
            folder.feeds.extend(row.feeds.iter().map(|feed| OpmlFeed {
                title: row.name.clone(),
                publisher: row.id.to_string(),
                feed: feed.url.clone(),
                home: row.home.clone(),
                language: row.language.clone(),
                followed: row.followed == Some(true),
            }));
        }
        folders.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(opml::write(&folders, self.now()))
    }
}

/// The sites of a list: feeds of one publisher of ours, or of one front page, are one.
fn sites(outlines: &[Outline]) -> Vec<Site<'_>> {
    let mut sites: Vec<Site<'_>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for outline in outlines {
        let name = match (&outline.publisher, &outline.home) {
            (Some(id), _) => Some(format!("id {id}")),
            (None, Some(home)) => Some(format!("at {home}")),
            (None, None) => None,
        };
        let place = name.as_ref().and_then(|name| places.get(name).copied());
        if let Some(site) = place.and_then(|place| sites.get_mut(place)) {
            site.feeds.push(outline.feed.clone());
            continue;
        }
        if let Some(name) = name {
            places.insert(name, sites.len());
        }
        sites.push(Site {
            first: outline,
            feeds: vec![outline.feed.clone()],
        });
    }
    sites
}

/// What is being taken over, with what it is compared to.
struct Taking {
    report: OpmlReport,
    own: Vec<(PublisherId, OwnPublisher)>,
    followed: HashSet<PublisherId>,
    countries: Vec<CountryCode>,
    /// Whose feeds there are.
    owners: HashMap<String, PublisherId>,
    chosen: HashSet<PublisherId>,
    kept: Vec<StoredOwn>,
    /// Places in `kept`, by front page and by feed.
    by_home: HashMap<Url, usize>,
    by_feed: HashMap<Url, usize>,
    ids: HashSet<PublisherId>,
    folders: HashMap<String, CountryCode>,
    opened: bool,
}

impl Taking {
    fn new(overview: &Overview, list: &Opml) -> Result<Self> {
        let kept = overview.store().own_publishers()?;
        let summaries = overview.publishers(&[])?;
        let chosen = summaries.iter().filter(|row| row.followed == Some(true));
        let catalogue = overview.catalogue();
        let known = |code: &CountryCode| catalogue.country(*code).is_some();
        Ok(Self {
            report: OpmlReport {
                feeds: length(list.outlines.len()),
                faults: list.faults.clone(),
                truncated: list.truncated,
                ..OpmlReport::default()
            },
            own: Vec::new(),
            followed: HashSet::new(),
            countries: list.followed.iter().copied().filter(known).collect(),
            owners: overview.store().publishers_of_feeds()?,
            chosen: chosen.map(|row| row.id.clone()).collect(),
            by_home: places(&kept, |own| vec![own.publisher.home.clone()]),
            by_feed: places(&kept, |own| own.publisher.feeds.clone()),
            ids: kept.iter().map(|own| own.id.clone()).collect(),
            kept,
            folders: folders(catalogue),
            opened: overview.http_options().allow_private_addresses,
        })
    }

    fn site(&mut self, overview: &Overview, list: &Opml, site: &Site<'_>, request: &OpmlRequest) {
        let outline = site.first;
        let mut feeds = Vec::new();
        for feed in &site.feeds {
            let asked = self.secure(feed);
            match self.owners.get(asked.as_str()).cloned() {
                Some(owner) if owner.is_own() => self.report.known += 1,
                Some(owner) => {
                    // In a list of ours, one of a country that is followed may not be followed itself.
                    let wanted = !list.ours || outline.followed || outline.publisher.is_none();
                    if self.chosen.contains(&owner) || !wanted {
                        self.report.known += 1;
                    } else {
                        self.followed.insert(owner);
                    }
                }
                None => feeds.push(asked),
            }
        }
        if feeds.is_empty() {
            return;
        }
        let catalogue = overview.catalogue();
        let told = outline
            .country
            .filter(|code| catalogue.country(*code).is_some());
        let of_folder = || {
            let mut names = outline.folders.iter().rev();
            names.find_map(|name| self.folders.get(&name.to_lowercase()).copied())
        };
        let home = outline.home.as_ref().map(|home| self.secure(home));
        let site_address = home.as_ref().or(feeds.first());
        let (guessed, language) = guess(
            catalogue,
            &Guess {
                home: site_address,
                feed_languages: outline.language.as_deref().into_iter().collect(),
                ..Guess::default()
            },
        );
        let country = told
            .or_else(of_folder)
            .or(guessed.map(|(code, _)| code))
            .or(request.country);
        let Some(country) = country else {
            self.report.without_country += length(feeds.len());
            self.fault(outline, "nothing tells of which country it is");
            return;
        };
        let main = || {
            let languages = catalogue.country(country).map(|known| &known.languages);
            languages.and_then(|all| all.first().cloned())
        };
        let Some(first) = feeds.first().cloned() else {
            return;
        };
        let front = home.clone().or_else(|| first.join("/").ok());
        let front = front.unwrap_or_else(|| first.clone());
        let name = match outline.title.as_str() {
            "" => front.host_str().unwrap_or_default().to_owned(),
            title => title.to_owned(),
        };
        let own = OwnPublisher {
            name,
            country,
            language: language
                .map(|(tag, _)| tag)
                .or_else(main)
                .unwrap_or_else(|| "en".to_owned()),
            feeds,
            home: front,
        };
        if let Some(fault) = catalogue::fault(&own, overview.address_rule()) {
            self.fault(outline, &format!("its {fault}"));
            return;
        }
        let id = self.id(outline, &own, home.as_ref());
        for feed in &own.feeds {
            self.owners.insert(feed.to_string(), id.clone());
        }
        self.ids.insert(id.clone());
        self.own.push((id, own));
    }

    /// The id that it had here or there before, or one made of its front page, or of its feed.
    fn id(&self, outline: &Outline, own: &OwnPublisher, home: Option<&Url>) -> PublisherId {
        let before = home
            .and_then(|home| self.by_home.get(home))
            .or_else(|| own.feeds.iter().find_map(|feed| self.by_feed.get(feed)));
        if let Some(known) = before.and_then(|place| self.kept.get(*place)) {
            return known.id.clone();
        }
        let is_taken = |id: &PublisherId| self.ids.contains(id);
        let theirs = outline.publisher.clone().map(PublisherId);
        let theirs = theirs.filter(|id| id.is_own() && id.is_well_formed() && !is_taken(id));
        theirs.unwrap_or_else(|| {
            let named_by = home.or(own.feeds.first()).unwrap_or(&own.home);
            catalogue::own_id(named_by, is_taken)
        })
    }

    /// As it is asked: plain http only where that was opened.
    fn secure(&self, url: &Url) -> Url {
        let mut url = url.clone();
        if !self.opened && url.scheme() == "http" {
            // Cannot fail between these two.
            let _ = url.set_scheme("https");
        }
        url
    }

    fn fault(&mut self, outline: &Outline, why: &str) {
        if self.report.faults.len() < FAULTS_MAX {
            self.report.faults.push(OpmlFault {
                title: outline.title.clone(),
                address: outline.feed.to_string(),
                why: why.to_owned(),
            });
        }
    }
}

fn places(kept: &[StoredOwn], of: impl Fn(&StoredOwn) -> Vec<Url>) -> HashMap<Url, usize> {
    let each = kept.iter().enumerate();
    each.flat_map(|(place, own)| of(own).into_iter().map(move |url| (url, place)))
        .collect()
}

/// What folders are called that hold a country's feeds: its name or its code.
fn folders(catalogue: &Catalogue) -> HashMap<String, CountryCode> {
    let mut names = HashMap::new();
    for country in catalogue.countries() {
        names.insert(country.name.to_lowercase(), country.code);
        names.insert(country.code.as_str().to_lowercase(), country.code);
    }
    names
}

fn length(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
