//! From what a person types to countries and publishers, with a guess when it is misspelt.

use overview_core::Overview;
use overview_core::model::{CountryCode, PublisherId, Scope};

use crate::args::ScopeArgs;
use crate::failure::{Failure, Result};

/// Codes that people use for a country and that are not its ISO code.
const OTHER_CODES: [(&str, &str); 2] = [("UK", "GB"), ("EL", "GR")];

/// How alike a name must be to be suggested, of 1 (Jaro and Winkler's measure).
const ALIKE: f64 = 0.82;

/// The names this store and its catalogue know.
pub(crate) struct Names<'a> {
    overview: &'a Overview,
}

/// A country or a publisher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Name {
    Country(CountryCode),
    Publisher(PublisherId),
}

impl<'a> Names<'a> {
    pub(crate) fn of(overview: &'a Overview) -> Self {
        Self { overview }
    }

    /// Two letters or an English name.
    pub(crate) fn country(&self, text: &str) -> Result<CountryCode> {
        match self.find_country(text)? {
            Some(country) => Ok(country),
            None => Err(self.unknown("country", text, false)),
        }
    }

    /// All of them, or the first that is unknown.
    pub(crate) fn countries(&self, texts: &[String]) -> Result<Vec<CountryCode>> {
        texts.iter().map(|text| self.country(text)).collect()
    }

    /// An id.
    pub(crate) fn publisher(&self, text: &str) -> Result<PublisherId> {
        match self.find_publisher(text)? {
            Some(publisher) => Ok(publisher),
            None => Err(self.unknown("publisher", text, true)),
        }
    }

    /// All of them, or the first that is unknown.
    pub(crate) fn publishers(&self, texts: &[String]) -> Result<Vec<PublisherId>> {
        texts.iter().map(|text| self.publisher(text)).collect()
    }

    /// Two letters are a country, anything else a publisher's id or a country's English name.
    pub(crate) fn either(&self, text: &str) -> Result<Name> {
        if let Some(country) = self.find_country(text)? {
            return Ok(Name::Country(country));
        }
        if text.trim().chars().count() == 2 {
            return Err(self.unknown("country", text, false));
        }
        match self.find_publisher(text)? {
            Some(publisher) => Ok(Name::Publisher(publisher)),
            None => Err(self.unknown("country or publisher", text, true)),
        }
    }

    /// What a person narrowed a list to.
    pub(crate) fn scope(
        &self,
        args: &ScopeArgs,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Result<Scope> {
        Ok(Scope {
            countries: self.countries(&args.country)?,
            regions: args.region.clone(),
            publishers: self.publishers(&args.publisher)?,
            languages: args.language.clone(),
            unread: args.unread,
            saved: args.saved,
            hidden: args.hidden,
            muted: args.muted,
            followed: args.followed,
            since: args.since.map(|since| since.moment(now, &chrono::Local)),
            text: args.search.clone(),
        })
    }

    /// In the catalogue, or gone from it with articles still here.
    fn find_country(&self, text: &str) -> Result<Option<CountryCode>> {
        let text = text.trim();
        let catalogue = self.overview.catalogue();
        let Ok(code) = text.parse::<CountryCode>() else {
            let named = |country: &&overview_core::catalogue::Country| {
                country.name.to_lowercase() == text.to_lowercase()
            };
            return Ok(catalogue
                .countries()
                .iter()
                .find(named)
                .map(|country| country.code));
        };
        let known = catalogue.country(code).is_some()
            || self
                .overview
                .countries()?
                .iter()
                .any(|known| known.country == code);
        Ok(known.then_some(code))
    }

    fn find_publisher(&self, text: &str) -> Result<Option<PublisherId>> {
        let id = PublisherId(text.trim().to_lowercase());
        let known = self.overview.catalogue().publisher(&id).is_some()
            || self
                .overview
                .publishers(&[])?
                .iter()
                .any(|known| known.id == id);
        Ok(known.then_some(id))
    }

    fn unknown(&self, what: &'static str, name: &str, publishers: bool) -> Failure {
        let guesses = self.guesses(name, what != "publisher", publishers);
        let advice = match guesses.split_last() {
            None if publishers => "`overview publishers` lists those there are".to_owned(),
            None => "`overview countries --all` lists those there are".to_owned(),
            Some((last, [])) => format!("did you mean {last}?"),
            Some((last, before)) => format!("did you mean {} or {last}?", before.join(", ")),
        };
        Failure::Unknown {
            what,
            name: name.to_owned(),
            advice,
        }
    }

    /// Up to three names that look alike, the best first, each as it may be typed.
    fn guesses(&self, text: &str, countries: bool, publishers: bool) -> Vec<String> {
        let catalogue = self.overview.catalogue();
        let text = text.trim().to_lowercase();
        let mut scored: Vec<(f64, String)> = Vec::new();
        if countries {
            for country in catalogue.countries() {
                let is_other_code = OTHER_CODES.iter().any(|(other, code)| {
                    text.eq_ignore_ascii_case(other) && *code == country.code.as_str()
                });
                let score = if is_other_code {
                    1.0
                } else {
                    likeness(&text, &country.name)
                };
                scored.push((score, format!("{} ({})", country.code, country.name)));
            }
        }
        if publishers {
            for publisher in catalogue.publishers() {
                let id = likeness(&text, publisher.id.as_str());
                let name = likeness(&text, &publisher.name);
                scored.push((id.max(name), publisher.id.to_string()));
            }
        }
        scored.retain(|(score, _)| *score >= ALIKE);
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        scored.into_iter().take(3).map(|(_, name)| name).collect()
    }
}

fn likeness(text: &str, name: &str) -> f64 {
    strsim::jaro_winkler(text, &name.to_lowercase())
}
