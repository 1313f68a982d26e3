//! Reading and checking a catalogue that somebody wrote. Every message says which country or
//! publisher and which field.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;

use oxilangtag::LanguageTag;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::{Host, Url};

use super::{CatalogueError, Country, Document};
use crate::model::Publisher;

/// Which addresses a catalogue may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AddressRule {
    /// `https` to a public host name: what the bundled catalogue keeps to.
    #[default]
    HttpsOnly,
    /// Also plain `http`, and private or loopback addresses: for a test's world or a newsroom's own
    /// network.
    AnyHttp,
}

/// The parts of a document as they stand, to be read one by one so that a message can name them.
#[derive(Deserialize)]
struct Raw {
    version: String,
    countries: Vec<Value>,
    publishers: Vec<Value>,
}

/// Parses a document.
pub(super) fn read(json: &str) -> Result<Document, CatalogueError> {
    let raw: Raw = serde_json::from_str(json).map_err(|error| CatalogueError(error.to_string()))?;
    Ok(Document {
        version: raw.version,
        countries: parts(raw.countries, "country", "code")?,
        publishers: parts(raw.publishers, "publisher", "id")?,
    })
}

fn parts<T: DeserializeOwned>(
    values: Vec<Value>,
    what: &str,
    name: &str,
) -> Result<Vec<T>, CatalogueError> {
    values
        .into_iter()
        .enumerate()
        .map(|(place, value)| {
            let called = match value.get(name).and_then(Value::as_str) {
                Some(called) => format!("{what} {called}"),
                None => format!("{what} number {}", place + 1),
            };
            serde_path_to_error::deserialize(value).map_err(|error| {
                let path = error.path().to_string();
                let inner = error.into_inner();
                CatalogueError(match path.as_str() {
                    // A missing field: the message names it.
                    "." | "?" => format!("{called}: {inner}"),
                    _ => format!("{called}: {path}: {inner}"),
                })
            })
        })
        .collect()
}

/// Checks what types cannot.
pub(super) fn check(document: &Document, addresses: AddressRule) -> Result<(), CatalogueError> {
    if document.version.trim().is_empty() {
        return Err(CatalogueError("version: is empty".to_owned()));
    }
    let mut codes = HashSet::new();
    for country in &document.countries {
        let wrong = match country_fault(country) {
            None if !codes.insert(country.code) => Some("code: is there twice".to_owned()),
            fault => fault,
        };
        if let Some(wrong) = wrong {
            return Err(CatalogueError(format!("country {}: {wrong}", country.code)));
        }
    }
    let mut ids = HashSet::new();
    let mut feeds: HashMap<&Url, &str> = HashMap::new();
    for publisher in &document.publishers {
        let mut wrong = publisher_fault(publisher, addresses);
        if wrong.is_none() && !ids.insert(&publisher.id) {
            wrong = Some("id: is there twice".to_owned());
        }
        if wrong.is_none() && !codes.contains(&publisher.country) {
            let code = publisher.country;
            wrong = Some(format!("country: {code} is not among the countries"));
        }
        if wrong.is_none() {
            wrong = publisher.feeds.iter().find_map(|feed| {
                let other = feeds.insert(feed, publisher.id.as_str())?;
                Some(format!("feeds: {other} has {feed} too"))
            });
        }
        if let Some(wrong) = wrong {
            return Err(CatalogueError(format!(
                "publisher {}: {wrong}",
                publisher.id
            )));
        }
    }
    Ok(())
}

fn country_fault(country: &Country) -> Option<String> {
    if country.name.trim().is_empty() {
        return Some("name: is empty".to_owned());
    }
    if !(-90.0..=90.0).contains(&country.lat) {
        return Some(format!("lat: {} is not between -90 and 90", country.lat));
    }
    if !(-180.0..=180.0).contains(&country.lon) {
        return Some(format!("lon: {} is not between -180 and 180", country.lon));
    }
    if country.languages.is_empty() {
        return Some("languages: there is none".to_owned());
    }
    country
        .languages
        .iter()
        .find_map(|tag| Some(format!("languages: {}", language_fault(tag)?)))
}

fn publisher_fault(publisher: &Publisher, addresses: AddressRule) -> Option<String> {
    if !publisher.id.is_well_formed() {
        return Some("id: must be lower-case ASCII words joined by hyphens".to_owned());
    }
    if publisher.id.is_own() {
        return Some("id: \"own-\" begins the names of publishers that a person adds".to_owned());
    }
    if publisher.name.trim().is_empty() {
        return Some("name: is empty".to_owned());
    }
    if let Some(fault) = language_fault(&publisher.language) {
        return Some(format!("language: {fault}"));
    }
    if let Some(fault) = address_fault(&publisher.home, addresses) {
        return Some(format!("home: {fault}"));
    }
    if publisher.feeds.is_empty() {
        return Some("feeds: there is none".to_owned());
    }
    let fault = |feed| Some(format!("feeds: {}", address_fault(feed, addresses)?));
    if let Some(fault) = publisher.feeds.iter().find_map(fault) {
        return Some(fault);
    }
    if let Some(ownership) = &publisher.ownership
        && ownership.source.trim().is_empty()
    {
        return Some("ownership.source: is empty; every fact needs one".to_owned());
    }
    publisher.alignments.iter().find_map(|alignment| {
        if alignment.entity.trim().is_empty() {
            Some("alignments.entity: is empty".to_owned())
        } else if alignment.source.trim().is_empty() {
            Some("alignments.source: is empty; every fact needs one".to_owned())
        } else {
            None
        }
    })
}

/// What is wrong with a publisher that a person adds.
pub(super) fn own_fault(publisher: &Publisher, addresses: AddressRule) -> Option<String> {
    let mut listed = publisher.clone();
    listed.id = "listed".into();
    publisher_fault(&listed, addresses)
}

fn language_fault(tag: &str) -> Option<String> {
    LanguageTag::parse(tag)
        .is_err()
        .then(|| format!("{tag:?} is not a language tag (BCP 47, such as uk or pt-BR)"))
}

fn address_fault(address: &Url, addresses: AddressRule) -> Option<String> {
    let Some(host) = address.host() else {
        return Some(format!("{address} names no host"));
    };
    if !matches!(address.scheme(), "http" | "https") {
        return Some(format!("{address} is not a web address"));
    }
    if !address.username().is_empty() || address.password().is_some() {
        return Some(format!("{address} holds a user name or password"));
    }
    if addresses == AddressRule::AnyHttp {
        return None;
    }
    if address.scheme() != "https" {
        return Some(format!("{address} is not https"));
    }
    match host {
        Host::Domain(name) if is_public_name(name) => None,
        Host::Domain(_) => Some(format!("{address} is not a public host name")),
        Host::Ipv4(ip) => Some(ip_fault(address, ip.into())),
        Host::Ipv6(ip) => Some(ip_fault(address, ip.into())),
    }
}

fn ip_fault(address: &Url, ip: IpAddr) -> String {
    format!("{address} names the bare address {ip}, not a public host name")
}

/// Not `localhost`, not a name without a dot, nor one of the endings kept for private networks
/// (RFC 6761, RFC 6762, RFC 8375).
fn is_public_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    match name.rsplit_once('.') {
        None => false,
        Some((_, ending)) => {
            !matches!(
                ending,
                "localhost" | "local" | "internal" | "test" | "invalid" | "onion"
            ) && !name.ends_with(".home.arpa")
        }
    }
}
