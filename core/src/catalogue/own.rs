//! Publishers that a person adds: what they are called, what is wrong with them, and what their
//! addresses and languages tell.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use url::{Host, Url};

use super::{AddressRule, Catalogue, check};
use crate::model::{
    CountryCode, OwnPublisher, Publisher, PublisherId, PublisherKind, SiteSign, primary_language,
};

/// Longest name made of an address, in bytes.
const ID_MAX: usize = 60;

/// Endings of two letters that are sold to everybody, so that they say nothing of a country.
const SOLD_TO_ALL: [&str; 22] = [
    "ac", "ag", "ai", "bz", "cc", "cd", "co", "fm", "gg", "im", "io", "is", "la", "me", "nu", "sc",
    "sh", "st", "to", "tv", "vc", "ws",
];

/// The id of a publisher by its front page: the same whenever it is added, so that what is kept by its
/// id is found again. `is_taken` says whether another publisher has an id.
pub(crate) fn own_id(home: &Url, is_taken: impl Fn(&PublisherId) -> bool) -> PublisherId {
    let host = home.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let port = home.port().map(|port| port.to_string()).unwrap_or_default();
    let mut id = "own".to_owned();
    for word in [host, &port, home.path()]
        .into_iter()
        .flat_map(|part| part.split(|c: char| !c.is_ascii_alphanumeric()))
        .filter(|word| !word.is_empty())
    {
        if id.len() + word.len() + 1 > ID_MAX {
            break;
        }
        id.push('-');
        id.push_str(&word.to_ascii_lowercase());
    }
    let plain = PublisherId(id);
    if plain.as_str() != "own" && !is_taken(&plain) {
        return plain;
    }
    let hash = Sha256::digest(home.as_str().as_bytes());
    let tail = HEXLOWER.encode(&hash[..4]);
    PublisherId(format!("{plain}-{tail}"))
}

/// What is wrong with a publisher that a person adds, in a sentence.
pub(crate) fn fault(own: &OwnPublisher, addresses: AddressRule) -> Option<String> {
    check::own_fault(&as_publisher("own".into(), own), addresses)
}

/// The publisher that stories are told by.
pub(crate) fn as_publisher(id: PublisherId, own: &OwnPublisher) -> Publisher {
    Publisher {
        id,
        name: own.name.clone(),
        home: own.home.clone(),
        country: own.country,
        language: own.language.clone(),
        feeds: own.feeds.clone(),
        kind: PublisherKind::default(),
        ownership: None,
        alignments: Vec::new(),
        panel: false,
        family: None,
        enabled: true,
        note: None,
    }
}

/// What is known of a site before a country and a language are concluded.
#[derive(Debug, Default)]
pub(crate) struct Guess<'a> {
    /// Its address.
    pub(crate) home: Option<&'a Url>,
    /// What the page says that it is in.
    pub(crate) page_language: Option<&'a str>,
    /// What the page tells other sites, such as `en_GB`.
    pub(crate) locale: Option<&'a str>,
    /// What its feeds say that they are in.
    pub(crate) feed_languages: Vec<&'a str>,
    /// What the titles are in.
    pub(crate) titles: Option<&'a str>,
}

/// What a site seems to be of, and what tells.
pub(crate) type Told<T> = Option<(T, SiteSign)>;

/// The country and the language that a site seems to be of, each with what tells.
pub(crate) fn guess(catalogue: &Catalogue, guess: &Guess<'_>) -> (Told<CountryCode>, Told<String>) {
    let declared = [
        guess.page_language.map(|tag| (tag, SiteSign::PageLanguage)),
        guess.locale.map(|tag| (tag, SiteSign::Locale)),
    ];
    let feeds = guess
        .feed_languages
        .iter()
        .map(|tag| (*tag, SiteSign::FeedLanguage));
    let declared: Vec<(String, SiteSign)> = declared
        .into_iter()
        .flatten()
        .chain(feeds)
        .filter_map(|(tag, sign)| Some((well_formed(tag)?, sign)))
        .collect();
    // English is what software is set to when nobody set it; titles in another language know better.
    let titles = guess.titles.map(|tag| (tag.to_owned(), SiteSign::Titles));
    let language = match (&titles, declared.first()) {
        (Some((tag, _)), Some((said, _)))
            if primary_language(said) == "en" && primary_language(tag) != "en" =>
        {
            titles
        }
        (_, Some(said)) => Some(said.clone()),
        (titles, None) => titles.clone(),
    };
    let known = |code: CountryCode| catalogue.country(code).is_some().then_some(code);
    let country = guess
        .home
        .and_then(country_of_host)
        .and_then(known)
        .map(|code| (code, SiteSign::Domain))
        .or_else(|| {
            let mut regions = declared.iter().filter(|(tag, sign)| {
                // The default of much software.
                !(*sign != SiteSign::PageLanguage && tag.eq_ignore_ascii_case("en-US"))
            });
            regions.find_map(|(tag, sign)| Some((known(region_of(tag)?)?, *sign)))
        })
        .or_else(|| {
            let (tag, _) = language.as_ref()?;
            Some((country_of_language(catalogue, tag)?, SiteSign::Language))
        });
    (country, language)
}

/// A language tag as BCP 47 has it; pages and feeds also write `en_GB`.
fn well_formed(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let tag = oxilangtag::LanguageTag::parse_and_normalize(&tag).ok()?;
    let primary = tag.primary_language();
    ((2..=3).contains(&primary.len()) && primary != "und").then(|| tag.as_str().to_owned())
}

/// The country of a tag such as `pt-BR`.
fn region_of(tag: &str) -> Option<CountryCode> {
    let tag = oxilangtag::LanguageTag::parse(tag).ok()?;
    tag.region()?.parse().ok()
}

/// The country of a name's ending.
fn country_of_host(url: &Url) -> Option<CountryCode> {
    let Some(Host::Domain(name)) = url.host() else {
        return None;
    };
    let ending = name.trim_end_matches('.').rsplit('.').next()?;
    match ending {
        "uk" => "GB".parse().ok(),
        // Names of whole unions and of no country.
        "eu" | "su" => None,
        ending if ending.len() == 2 && !SOLD_TO_ALL.contains(&ending) => ending.parse().ok(),
        _ => None,
    }
}

/// The one country of the catalogue whose main language it is.
fn country_of_language(catalogue: &Catalogue, tag: &str) -> Option<CountryCode> {
    let wanted = primary_language(tag);
    let mut having = catalogue.countries().iter().filter(|country| {
        let main = country.languages.first();
        main.is_some_and(|main| primary_language(main) == wanted)
    });
    let only = having.next()?.code;
    having.next().is_none().then_some(only)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn the_same_site_has_the_same_id() {
        let id = |home: &str| own_id(&url(home), |_| false).0;
        assert_eq!(id("https://www.dnipro.example/"), "own-dnipro-example");
        assert_eq!(id("http://dnipro.example"), "own-dnipro-example");
        assert_eq!(
            id("https://blog.example/@Anna/News/"),
            "own-blog-example-anna-news"
        );
        assert_eq!(
            id("https://xn--80ak6aa92e.example/"),
            "own-xn-80ak6aa92e-example"
        );
        for home in [
            "https://1.example:8443/",
            "https://a.example/ж",
            "https://[::1]/",
        ] {
            let id = own_id(&url(home), |_| false);
            assert!(id.is_well_formed() && id.is_own(), "{id}");
        }
        let taken = own_id(&url("https://a.b-c.example/"), |id| {
            id.0 == "own-a-b-c-example"
        });
        assert!(taken.0.starts_with("own-a-b-c-example-") && taken.is_well_formed());
        let long = own_id(
            &url(&format!("https://a.example/{}", "word/".repeat(40))),
            |_| false,
        );
        assert!(long.is_well_formed() && long.0.len() <= ID_MAX);
    }

    fn guessed(with: &Guess<'_>) -> (Option<String>, Option<String>) {
        let catalogue = Catalogue::bundled().unwrap();
        let (country, language) = guess(&catalogue, with);
        (
            country.map(|(code, sign)| format!("{code} {sign:?}")),
            language.map(|(tag, sign)| format!("{tag} {sign:?}")),
        )
    }

    fn pair(country: &str, language: &str) -> (Option<String>, Option<String>) {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (some(country), some(language))
    }

    #[test]
    fn country_and_language_come_of_the_strongest_sign() {
        let home = url("https://news.example.ua/");
        let com = url("https://news.example.com/");
        let tv = url("https://news.example.tv/");
        let uk = url("https://news.example.co.uk/");
        let at = |home| Guess {
            home: Some(home),
            ..Guess::default()
        };
        assert_eq!(guessed(&at(&home)), pair("UA Domain", ""));
        assert_eq!(guessed(&at(&uk)), pair("GB Domain", ""));
        assert_eq!(guessed(&at(&tv)), pair("", ""));
        assert_eq!(
            guessed(&Guess {
                page_language: Some("pt_br"),
                ..at(&com)
            }),
            pair("BR PageLanguage", "pt-BR PageLanguage")
        );
        assert_eq!(
            guessed(&Guess {
                locale: Some("en_US"),
                titles: Some("uk"),
                ..at(&com)
            }),
            pair("UA Language", "uk Titles"),
        );
        assert_eq!(
            guessed(&Guess {
                feed_languages: vec!["en-us"],
                ..at(&com)
            }),
            pair("", "en-US FeedLanguage"),
        );
        assert_eq!(
            guessed(&Guess {
                page_language: Some("!"),
                ..at(&com)
            }),
            pair("", "")
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        let own = OwnPublisher {
            name: "Dnipro".to_owned(),
            home: url("https://dnipro.example.ua/"),
            country: "UA".parse().unwrap(),
            language: "uk".to_owned(),
            feeds: vec![url("https://dnipro.example.ua/feed")],
        };
        assert_eq!(fault(&own, AddressRule::HttpsOnly), None);
        let wrong = |change: fn(&mut OwnPublisher)| {
            let mut own = own.clone();
            change(&mut own);
            fault(&own, AddressRule::HttpsOnly).unwrap()
        };
        assert_eq!(wrong(|own| own.feeds.clear()), "feeds: there is none");
        assert_eq!(wrong(|own| own.name = " ".to_owned()), "name: is empty");
        assert!(wrong(|own| own.language = "??".to_owned()).starts_with("language"));
        assert!(wrong(|own| own.home = "https://10.0.0.1/".parse().unwrap()).starts_with("home"));
    }
}
