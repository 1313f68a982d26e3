//! The promises of the bundled catalogue: who is in it, and that what it says is well-formed,
//! sourced and dated. Policy: core/catalogue/README.md.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use isolang::Language;
use overview_core::catalogue::Catalogue;
use overview_core::model::{CountryCode, Publisher, PublisherKind, Region};
use overview_tests::shared::shared;
use oxilangtag::LanguageTag;
use serde_json::Value;

/// The day the catalogue was last reviewed: the first part of its version, and no fact may be
/// younger.
const REVIEWED: &str = "2026-11-23";

fn catalogue() -> std::sync::Arc<Catalogue> {
    Catalogue::bundled().expect("the bundled catalogue opens")
}

fn enabled(catalogue: &Catalogue) -> impl Iterator<Item = &Publisher> {
    catalogue.publishers().iter().filter(|p| p.enabled)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/catalogue")
}

fn read_toml(path: &Path) -> toml::Table {
    let text = fs::read_to_string(path).expect("a catalogue file is there");
    text.parse().expect("a catalogue file is TOML")
}

/// Ids of the publishers of a file.
fn ids(file: &toml::Table) -> BTreeSet<String> {
    file["publisher"]
        .as_array()
        .expect("publishers")
        .iter()
        .map(|p| p["id"].as_str().expect("an id").to_owned())
        .collect()
}

#[test]
fn it_is_large_enough() {
    let catalogue = catalogue();
    let publishers = enabled(&catalogue).count();
    assert!(
        catalogue.countries().len() >= 60,
        "{}",
        catalogue.countries().len()
    );
    assert!(publishers >= 240, "{publishers}");
}

#[test]
fn every_country_has_three_publishers_to_read_and_at_most_eight() {
    let catalogue = catalogue();
    for country in catalogue.countries() {
        let of = catalogue.publishers_of(country.code);
        let on = of.iter().filter(|p| p.enabled).count();
        let most = if country.code.as_str() == "US" { 25 } else { 8 };
        assert!((3..=most).contains(&on), "{} has {on}", country.name);
    }
}

#[test]
fn every_region_has_a_country() {
    let catalogue = catalogue();
    let regions: HashSet<Region> = catalogue.countries().iter().map(|c| c.region).collect();
    for region in Region::ALL {
        assert!(regions.contains(&region), "{region}");
    }
}

#[test]
fn regions_are_those_the_words_say() {
    let catalogue = catalogue();
    let expected = [
        ("UA", Region::Europe),
        ("CY", Region::Europe),
        ("US", Region::NorthAmerica),
        ("CA", Region::NorthAmerica),
        ("MX", Region::LatinAmerica),
        ("CU", Region::LatinAmerica),
        ("DO", Region::LatinAmerica),
        ("IL", Region::MiddleEastNorthAfrica),
        ("IR", Region::MiddleEastNorthAfrica),
        ("TR", Region::MiddleEastNorthAfrica),
        ("EG", Region::MiddleEastNorthAfrica),
        ("SD", Region::SubSaharanAfrica),
        ("RU", Region::RussiaCentralAsia),
        ("KZ", Region::RussiaCentralAsia),
        ("GE", Region::RussiaCentralAsia),
        ("AM", Region::RussiaCentralAsia),
        ("AF", Region::SouthAsia),
        ("IN", Region::SouthAsia),
        ("TW", Region::EastAsia),
        ("MM", Region::SoutheastAsia),
        ("NZ", Region::Oceania),
    ];
    for (code, region) in expected {
        let code: CountryCode = code.parse().unwrap();
        assert_eq!(
            catalogue.country(code).expect("is there").region,
            region,
            "{code}"
        );
    }
}

#[test]
fn country_codes_are_assigned_and_centres_lie_on_earth() {
    for country in catalogue().countries() {
        assert!(
            rust_iso3166::from_alpha2(country.code.as_str()).is_some(),
            "{} is no ISO 3166-1 code",
            country.code
        );
        assert!((-60.0..=75.0).contains(&country.lat), "{}", country.name);
        assert!((-180.0..=180.0).contains(&country.lon), "{}", country.name);
    }
}

#[test]
fn languages_are_well_formed_and_exist() {
    let catalogue = catalogue();
    let of_countries = catalogue
        .countries()
        .iter()
        .flat_map(|c| c.languages.iter().map(move |tag| (c.name.as_str(), tag)));
    let of_publishers = catalogue
        .publishers()
        .iter()
        .map(|p| (p.id.as_str(), &p.language));
    for (whose, tag) in of_countries.chain(of_publishers) {
        let parsed = LanguageTag::parse_and_normalize(tag)
            .unwrap_or_else(|error| panic!("{whose}: {tag}: {error}"));
        assert_eq!(parsed.as_str(), tag, "{whose}: not in the usual form");
        let primary = parsed.primary_language();
        let known = Language::from_639_1(primary).or_else(|| Language::from_639_3(primary));
        assert!(known.is_some(), "{whose}: {tag} is no ISO 639 language");
    }
}

#[test]
fn addresses_are_https_and_no_feed_is_there_twice() {
    let catalogue = catalogue();
    let mut seen = HashMap::new();
    for publisher in catalogue.publishers() {
        for address in publisher.feeds.iter().chain([&publisher.home]) {
            assert_eq!(address.scheme(), "https", "{}: {address}", publisher.id);
            assert!(
                !address
                    .host_str()
                    .unwrap_or_default()
                    .ends_with("news.google.com"),
                "{}: {address}",
                publisher.id
            );
        }
        assert!((1..=2).contains(&publisher.feeds.len()), "{}", publisher.id);
        for feed in &publisher.feeds {
            // The same place under two spellings would be fetched twice too.
            let place = feed
                .as_str()
                .trim_end_matches('/')
                .replace("://www.", "://");
            if let Some(other) = seen.insert(place, &publisher.id) {
                panic!("{} and {other} both have {feed}", publisher.id);
            }
        }
    }
}

#[test]
fn ids_are_slugs_and_unique_and_names_are_unique_in_a_country() {
    let catalogue = catalogue();
    let mut seen_ids = HashSet::new();
    let mut seen_names = HashSet::new();
    for publisher in catalogue.publishers() {
        assert!(publisher.id.is_well_formed(), "{}", publisher.id);
        assert!(seen_ids.insert(&publisher.id), "{}", publisher.id);
        assert!(
            seen_names.insert((publisher.country, publisher.name.to_lowercase())),
            "two publishers of {} are called {}",
            publisher.country,
            publisher.name
        );
        assert_eq!(publisher.name.trim(), publisher.name, "{}", publisher.id);
    }
}

#[test]
fn every_fact_has_a_source_and_a_day_not_after_the_review() {
    let catalogue = catalogue();
    let reviewed: NaiveDate = REVIEWED.parse().unwrap();
    assert!(
        catalogue.version().starts_with(&format!("{REVIEWED}+")),
        "set REVIEWED to the day in countries.toml; the version is {}",
        catalogue.version()
    );
    let earliest = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
    let mut facts = 0;
    for publisher in catalogue.publishers() {
        let ownership = publisher.ownership.iter().map(|f| (&f.source, f.as_of));
        let alignments = publisher.alignments.iter().map(|a| (&a.source, a.as_of));
        for (source, as_of) in ownership.chain(alignments) {
            assert!(source.len() > 10, "{}: {source:?}", publisher.id);
            assert!(
                (earliest..=reviewed).contains(&as_of),
                "{}: {as_of}",
                publisher.id
            );
            facts += 1;
        }
    }
    assert!(facts >= 100, "only {facts} facts are sourced");
}

#[test]
fn the_american_panel_is_at_least_fifteen_national_outlets() {
    let catalogue = catalogue();
    let panel: Vec<&Publisher> = catalogue.us_panel().collect();
    assert!(panel.len() >= 15, "{}", panel.len());
    for publisher in panel {
        assert_eq!(publisher.country.as_str(), "US", "{}", publisher.id);
        assert!(
            matches!(
                publisher.kind,
                PublisherKind::National | PublisherKind::Wire
            ),
            "{}",
            publisher.id
        );
    }
    let stray = catalogue
        .publishers()
        .iter()
        .find(|p| p.panel && !p.enabled);
    assert!(stray.is_none(), "{stray:?}");
}

#[test]
fn sanctioned_publishers_are_off_and_say_why() {
    let catalogue = catalogue();
    let sanctioned = ids(&read_toml(&folder().join("sanctioned.toml")));
    for id in [
        "rt",
        "ria-novosti",
        "rossiyskaya-gazeta",
        "izvestia",
        "lenta-ru",
        "press-tv",
        "tasnim",
    ] {
        assert!(sanctioned.contains(id), "{id}");
    }
    for publisher in catalogue.publishers() {
        assert_eq!(
            !publisher.enabled,
            sanctioned.contains(publisher.id.as_str()),
            "{}: only sanctioned publishers are switched off, and all of them",
            publisher.id
        );
        if !publisher.enabled {
            let note = publisher.note.as_deref().unwrap_or_default();
            assert!(note.contains("sanction"), "{}: {note}", publisher.id);
            assert!(note.contains("Source:"), "{}: {note}", publisher.id);
        }
    }
}

#[test]
fn files_are_named_by_the_country_they_hold_and_ordered_by_id() {
    let catalogue = catalogue();
    let mut files = BTreeSet::new();
    for entry in fs::read_dir(folder().join("publishers")).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let file = read_toml(&path);
        assert_eq!(
            file["country"].as_str(),
            Some(stem.as_str()),
            "{}",
            path.display()
        );
        let listed: Vec<&str> = file["publisher"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p["id"].as_str().unwrap())
            .collect();
        assert!(listed.is_sorted(), "{}: {listed:?}", path.display());
        let code: CountryCode = stem.parse().unwrap();
        let compiled: BTreeSet<String> = catalogue
            .publishers_of(code)
            .iter()
            .filter(|p| p.enabled)
            .map(|p| p.id.to_string())
            .collect();
        assert_eq!(ids(&file), compiled, "{}", path.display());
        files.insert(stem);
    }
    let countries: BTreeSet<String> = catalogue
        .countries()
        .iter()
        .map(|c| c.code.to_string())
        .collect();
    assert_eq!(files, countries);
}

#[test]
fn export_reads_back_as_the_same_catalogue() {
    let catalogue = catalogue();
    let json = catalogue.to_json().unwrap();
    let shape: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        shape.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["countries", "publishers", "version"]
    );
    let again =
        Catalogue::from_json(&json, overview_core::catalogue::AddressRule::HttpsOnly).unwrap();
    assert!(again == *catalogue);
}

/// No address is invented: each occurs in the public lists the catalogue was drawn from. Publishers
/// that a person adds by pull request are not in them; leave their ids out here then.
#[test]
fn every_publisher_was_drawn_from_the_candidates() {
    let Some(candidates) = shared("catalogue-candidates.json") else {
        return;
    };
    let text = fs::read_to_string(candidates).unwrap();
    let candidates: Value = serde_json::from_str(&text).unwrap();
    let by_id: BTreeMap<&str, &Value> = candidates["publishers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| (p["id"].as_str().unwrap(), p))
        .collect();

    for publisher in catalogue().publishers() {
        let id = publisher.id.as_str();
        let candidate = by_id
            .get(id)
            .unwrap_or_else(|| panic!("{id} is no candidate"));
        assert_eq!(candidate["country"], publisher.country.as_str(), "{id}");
        assert_eq!(candidate["language"], publisher.language, "{id}");
        assert_eq!(candidate["home"], publisher.home.as_str(), "{id}");
        let addresses: HashSet<&str> = candidate["feeds"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        for feed in &publisher.feeds {
            assert!(
                addresses.contains(feed.as_str()),
                "{id}: {feed} is no candidate's"
            );
        }
        if !publisher.enabled {
            continue;
        }
        assert_ne!(candidate["confidence"], "low", "{id}");
        assert!(
            candidate["policy"].is_null(),
            "{id}: {}",
            candidate["policy"]
        );
        let doubt = candidate["doubt"].as_str().unwrap_or_default();
        assert!(!doubt.contains("sanction"), "{id}: {doubt}");
        if publisher.panel {
            let last_ok = candidate["last_ok"].as_str().unwrap_or_default();
            assert!(
                last_ok.starts_with("2026"),
                "{id}: last seen working {last_ok:?}"
            );
        }
        if let Some(ownership) = &publisher.ownership {
            let stated = serde_json::to_value(ownership.value).unwrap();
            assert_eq!(candidate["ownership"], stated, "{id}");
        }
    }
}
