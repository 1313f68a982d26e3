#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::model::Region;

/// A small catalogue of invented publishers.
fn sample() -> Value {
    json!({
        "version": "mine",
        "countries": [
            {"code": "UA", "name": "Ukraine", "region": "Europe", "lat": 49.0, "lon": 31.4,
             "languages": ["uk", "ru"], "utc_offset": "+02:00"},
            {"code": "BR", "name": "Brazil", "region": "Latin America", "lat": -10.8, "lon": -52.9,
             "languages": ["pt-BR"]},
        ],
        "publishers": [
            {"id": "steppe-post", "name": "Steppe Post", "home": "https://steppe.example/",
             "country": "UA", "language": "uk", "feeds": ["https://steppe.example/rss"],
             "kind": "wire", "panel": true,
             "ownership": {"value": "state", "source": "a register", "as_of": "2026-10-01"}},
            {"id": "dnipro-daily", "name": "Dnipro Daily", "home": "https://dnipro.example/",
             "country": "UA", "language": "uk", "feeds": ["https://dnipro.example/feed"],
             "enabled": false, "note": "off"},
            {"id": "folha-de-exemplo", "name": "Folha de Exemplo", "home": "https://folha.example/",
             "country": "BR", "language": "pt-BR",
             "feeds": ["https://folha.example/a.xml", "https://folha.example/b.xml"]},
        ],
    })
}

fn read(document: &Value) -> Result<Catalogue, CatalogueError> {
    Catalogue::from_json(&document.to_string(), AddressRule::HttpsOnly)
}

fn code(text: &str) -> CountryCode {
    text.parse().unwrap()
}

#[test]
fn the_bundled_catalogue_passes_every_check_and_survives_export() {
    let bundled = Catalogue::bundled().unwrap();
    let json = bundled.to_json().unwrap();
    let again = Catalogue::from_json(&json, AddressRule::HttpsOnly).unwrap();
    assert!(again == *bundled);
    assert_eq!(again.hash(), bundled.hash());
}

#[test]
fn the_bundled_version_is_the_review_day_and_eight_digits() {
    let bundled = Catalogue::bundled().unwrap();
    let (day, digits) = bundled.version().split_once('+').unwrap();
    assert!(day.parse::<chrono::NaiveDate>().is_ok(), "{day}");
    assert_eq!(digits.len(), 8);
    assert!(digits.bytes().all(|b| b.is_ascii_hexdigit()), "{digits}");
}

#[test]
fn lookups_find_what_is_there_and_nothing_else() {
    let catalogue = read(&sample()).unwrap();
    let names: Vec<&str> = catalogue
        .countries()
        .iter()
        .map(|c| c.name.as_str())
        .collect();
    assert_eq!(names, ["Brazil", "Ukraine"]);
    let ids: Vec<&str> = catalogue
        .publishers()
        .iter()
        .map(|p| p.id.as_str())
        .collect();
    assert_eq!(ids, ["folha-de-exemplo", "dnipro-daily", "steppe-post"]);

    let ukraine = catalogue.country(code("ua")).unwrap();
    assert_eq!(ukraine.region, Region::Europe);
    assert_eq!(ukraine.utc_offset.unwrap().local_minus_utc(), 7200);
    assert!(catalogue.country(code("FR")).is_none());

    assert_eq!(
        catalogue.publisher(&"steppe-post".into()).unwrap().name,
        "Steppe Post"
    );
    assert!(catalogue.publisher(&"steppe".into()).is_none());
    assert_eq!(catalogue.publishers_of(code("UA")).len(), 2);
    assert_eq!(catalogue.publishers_of(code("BR")).len(), 1);
    assert!(catalogue.publishers_of(code("FR")).is_empty());
    assert_eq!(catalogue.us_panel().count(), 1);
    assert_eq!(catalogue.version(), "mine");
}

#[test]
fn every_bundled_publisher_is_found_by_its_id() {
    let bundled = Catalogue::bundled().unwrap();
    for publisher in bundled.publishers() {
        assert_eq!(bundled.publisher(&publisher.id), Some(publisher));
        assert!(bundled.publishers_of(publisher.country).contains(publisher));
        assert!(bundled.country(publisher.country).is_some());
    }
}

#[test]
fn a_family_has_two_members_or_more_whose_owner_is_known() {
    let catalogue = Catalogue::bundled().unwrap();
    let mut members: BTreeMap<&str, usize> = BTreeMap::new();
    for publisher in catalogue.publishers() {
        if let Some(family) = &publisher.family {
            assert!(publisher.ownership.is_some(), "{}", publisher.id);
            *members.entry(family).or_default() += 1;
        }
    }
    assert!(!members.is_empty());
    let alone: Vec<_> = members.iter().filter(|(_, many)| **many < 2).collect();
    assert!(alone.is_empty(), "{alone:?}");
}

#[test]
fn fields_of_later_versions_are_skipped() {
    let mut document = sample();
    document["signature"] = json!("…");
    document["countries"][0]["capital"] = json!("Kyiv");
    document["publishers"][0]["podcasts"] = json!([1, 2]);
    assert!(read(&document).unwrap() == read(&sample()).unwrap());
}

/// One change of the sample, and what the message must say.
#[test]
fn messages_name_the_publisher_and_the_field() {
    let cases: [(&str, Value, &[&str]); 22] = [
        (
            "/publishers/0/id",
            json!("Steppe Post"),
            &["Steppe Post", "id"],
        ),
        (
            "/publishers/0/id",
            json!("dnipro-daily"),
            &["dnipro-daily", "twice"],
        ),
        ("/publishers/0/id", json!(7), &["publisher number 1", "id"]),
        ("/publishers/0/name", json!(" "), &["steppe-post", "name"]),
        (
            "/publishers/0/home",
            json!("steppe"),
            &["steppe-post", "home"],
        ),
        (
            "/publishers/0/home",
            json!("http://steppe.example/"),
            &["home", "https"],
        ),
        (
            "/publishers/0/home",
            json!("https://a:b@steppe.example/"),
            &["home", "password"],
        ),
        ("/publishers/0/feeds", json!([]), &["steppe-post", "feeds"]),
        (
            "/publishers/0/feeds/0",
            json!("https://127.0.0.1/rss"),
            &["feeds", "127.0.0.1"],
        ),
        (
            "/publishers/0/feeds/0",
            json!("https://[::1]/rss"),
            &["feeds", "::1"],
        ),
        (
            "/publishers/0/feeds/0",
            json!("https://newsroom/rss"),
            &["feeds", "public"],
        ),
        (
            "/publishers/0/feeds/0",
            json!("https://printer.local/"),
            &["feeds", "public"],
        ),
        (
            "/publishers/0/feeds/0",
            json!("file:///etc/passwd"),
            &["feeds", "host"],
        ),
        (
            "/publishers/0/feeds/0",
            json!("https://dnipro.example/feed"),
            &["dnipro-daily", "steppe-post"],
        ),
        (
            "/publishers/0/country",
            json!("FR"),
            &["steppe-post", "country", "FR"],
        ),
        (
            "/publishers/0/country",
            json!("Ukraine"),
            &["steppe-post", "country", "Ukraine"],
        ),
        (
            "/publishers/0/language",
            json!("Ukrainian language"),
            &["steppe-post", "language"],
        ),
        (
            "/publishers/0/kind",
            json!("tabloid"),
            &["steppe-post", "kind", "tabloid"],
        ),
        (
            "/publishers/0/ownership/source",
            json!(""),
            &["steppe-post", "source"],
        ),
        (
            "/publishers/0/ownership/as_of",
            json!("yesterday"),
            &["steppe-post", "as_of"],
        ),
        ("/countries/0/lat", json!(149.0), &["country UA", "lat"]),
        (
            "/countries/0/utc_offset",
            json!("EET"),
            &["country UA", "utc_offset", "EET"],
        ),
    ];
    for (place, value, words) in cases {
        let mut document = sample();
        *document.pointer_mut(place).unwrap() = value.clone();
        let message = read(&document).expect_err(place).to_string();
        for word in words {
            assert!(message.contains(word), "{place} = {value}: {message}");
        }
    }
}

#[test]
fn a_missing_field_is_named() {
    for field in ["id", "name", "home", "country", "language", "feeds"] {
        let mut document = sample();
        document["publishers"][1]
            .as_object_mut()
            .unwrap()
            .remove(field);
        let message = read(&document).expect_err(field).to_string();
        assert!(message.contains(&format!("`{field}`")), "{message}");
        let called = if field == "id" {
            "publisher number 2"
        } else {
            "publisher dnipro-daily"
        };
        assert!(message.contains(called), "{message}");
    }
    for field in ["version", "countries", "publishers"] {
        let mut document = sample();
        document.as_object_mut().unwrap().remove(field);
        let message = read(&document).expect_err(field).to_string();
        assert!(message.contains(&format!("`{field}`")), "{message}");
    }
}

#[test]
fn a_test_world_may_use_http_and_loopback_when_that_is_opened() {
    let mut document = sample();
    document["publishers"][0]["feeds"] = json!(["http://127.0.0.1:8080/rss"]);
    let text = document.to_string();
    assert!(Catalogue::from_json(&text, AddressRule::HttpsOnly).is_err());
    assert!(Catalogue::from_json(&text, AddressRule::AnyHttp).is_ok());
    document["publishers"][0]["feeds"] = json!(["ftp://127.0.0.1/rss"]);
    assert!(Catalogue::from_json(&document.to_string(), AddressRule::AnyHttp).is_err());
}

/// Places of the sample that a mutation may change.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{place}"), into);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                places(field, &format!("{at}/{name}"), into);
            }
        }
        _ => {}
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        "https?://[a-z0-9.:@\\[\\]-]{0,20}/[a-z]{0,5}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
    ]
}

proptest! {
    #[test]
    fn changed_values_never_panic_and_what_is_accepted_survives_export(
        place in any::<prop::sample::Index>(),
        value in any_value(),
    ) {
        let mut document = sample();
        let mut all = Vec::new();
        places(&document, "", &mut all);
        *document.pointer_mut(&all[place.index(all.len())]).unwrap() = value;
        if let Ok(catalogue) = read(&document) {
            let json = catalogue.to_json().unwrap();
            let again = Catalogue::from_json(&json, AddressRule::HttpsOnly).unwrap();
            prop_assert!(again == catalogue);
        }
    }

    #[test]
    fn changed_text_never_panics(
        at in any::<prop::sample::Index>(),
        length in 0usize..40,
        put in ".{0,8}",
    ) {
        let text: Vec<char> = sample().to_string().chars().collect();
        let start = at.index(text.len());
        let end = (start + length).min(text.len());
        let changed: String =
            text[..start].iter().copied().chain(put.chars()).chain(text[end..].iter().copied()).collect();
        let _ = Catalogue::from_json(&changed, AddressRule::AnyHttp);
    }
}
