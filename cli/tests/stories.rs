//! Commands about events, on the sample world.
#![allow(clippy::unwrap_used, clippy::panic)]

mod program;

use program::{Ran, Reader, finish};
use serde_json::{Value, json};

fn sample(reader: &Reader, args: &[&str]) -> Ran {
    let ran = reader.run_bare(["--sample"].iter().chain(args));
    assert_eq!(ran.code, 0, "{ran:?}");
    ran
}

fn rows(reader: &Reader, args: &[&str]) -> Vec<Value> {
    let args: Vec<&str> = ["list", "--json"].iter().chain(args).copied().collect();
    sample(reader, &args).json()["rows"]
        .as_array()
        .unwrap()
        .clone()
}

#[test]
fn stories_are_listed_told_and_explained() {
    let reader = Reader::new();
    let all = rows(&reader, &["--limit", "200"]);
    let articles = rows(&reader, &["--articles", "--limit", "400"]);
    assert!(all.len() < articles.len(), "an event is one row");
    let keys = [
        "id",
        "lead",
        "label",
        "articles",
        "publishers",
        "countries",
        "takes",
        "marks",
        "overlooked",
    ];
    for key in keys {
        assert!(all[0].get(key).is_some(), "{key}: {}", all[0]);
    }

    // The broadest first, and none that one article tells alone.
    let broad = rows(&reader, &["--order", "breadth"]);
    let countries = |row: &Value| row["countries"].as_u64().unwrap();
    assert!(broad.is_sorted_by_key(|row| std::cmp::Reverse(countries(row))));
    assert!(broad.iter().all(|row| row["articles"].as_u64() > Some(1)));
    assert!(countries(&broad[0]) >= 4, "{}", broad[0]);

    // Each row of a perspective is led by an article that has it.
    let perspectives = sample(&reader, &["perspectives", "--json"]).json();
    let europe = perspectives.as_array().unwrap().iter();
    let europe = europe.filter(|one| one["perspective"] == "region:europe");
    let europe = europe.map(|one| one["stories"].as_u64()).next().flatten();
    let told = rows(
        &reader,
        &["--perspective", "region:europe", "--limit", "100"],
    );
    assert_eq!(Some(told.len() as u64), europe);
    let id = told[0]["lead"]["id"].to_string();
    let labels = sample(&reader, &["why", &id, "--json"]).json();
    let mut labels_of = labels.as_array().unwrap().iter();
    assert!(
        labels_of.any(|label| label["perspective"] == "region:europe"),
        "{labels}"
    );
    let abroad = rows(
        &reader,
        &["--country", "US", "--perspective", "region:europe"],
    );
    assert!(abroad.iter().all(|row| row["lead"]["country"] != "US"));

    // With takes, and about a country.
    let with_takes = rows(&reader, &["--takes", "--limit", "100"]);
    assert!(!with_takes.is_empty() && with_takes.len() < all.len());
    let about = rows(&reader, &["--about", "JP", "--limit", "100"]);
    assert!(!about.is_empty() && about.len() < all.len());

    // Whatever is claimed, the two lists agree.
    let claimed = rows(&reader, &["--overlooked", "--limit", "100"]);
    let strongest = rows(&reader, &["--order", "claim", "--limit", "100"]);
    assert_eq!(claimed.len(), strongest.len());

    story(&reader, &with_takes[0]);
    counts(&reader, all.len());
}

/// One event, by the number of its lead and by its own id.
fn story(reader: &Reader, row: &Value) {
    let id = row["lead"]["id"].to_string();
    let story = sample(reader, &["story", &id, "--json"]).json();
    assert_eq!(story["id"], row["id"]);
    assert_eq!(
        story["articles"].as_array().map(Vec::len),
        row["articles"]
            .as_u64()
            .and_then(|count| usize::try_from(count).ok())
    );
    let takes = story["takes"].as_array().unwrap();
    assert!(!takes.is_empty());
    let ran = sample(reader, &["story", &id]);
    for words in ["By region", "American media", "All "] {
        assert!(ran.out.contains(words), "{words}: {ran:?}");
    }
    for take in takes {
        let name = take["label"]["name"].as_str().unwrap();
        assert!(ran.out.contains(name), "{name}: {ran:?}");
    }
    let by_id = sample(reader, &["story", row["id"].as_str().unwrap(), "--json"]).json();
    assert_eq!(by_id["coverage"], story["coverage"]);
    let ran = sample(reader, &["why", &id]);
    assert!(
        ran.out.contains("Rule: ") && ran.out.contains("What it does not say")
            || ran.out.contains("No rule fired"),
        "{ran:?}"
    );
    let ran = reader.run_bare(["--sample", "story", "nothing"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let ran = reader.run_bare(["--sample", "story", "0123456789abcdef", "--json"]);
    assert_eq!(ran.error().0, "no_such_story", "{ran:?}");
}

/// What countries count, and what is new by country, are stories.
fn counts(reader: &Reader, stories: usize) {
    let countries = sample(reader, &["countries", "--json"]).json();
    let of = |key: &str| -> u64 {
        let countries = countries.as_array().unwrap().iter();
        countries
            .map(|country| country[key].as_u64().unwrap())
            .sum()
    };
    assert!(
        of("stories") >= stories as u64,
        "each in every country that tells it"
    );
    assert!(of("stories") < of("articles"));
    assert_eq!(of("unread_stories"), of("stories"));
    let sections = sample(reader, &["--json"]).json();
    assert!(sections[0]["newest"][0]["lead"]["title"].is_string());
    assert!(sample(reader, &[]).out.contains("unread stories in"));
}

#[test]
fn articles_of_standard_input_are_told() {
    let report = |id: u32, publisher: &str, country: &str, title: &str| {
        json!({
            "id": id,
            "publisher": publisher,
            "country": country,
            "language": "en",
            "published": "2026-11-23T09:30:00Z",
            "title": title,
            "summary": "The night train from Marrow to Alderholm runs again after 13 years.",
            "body": "The night train from Marrow to Alderholm runs again after 13 years, the \
                     railway of Ukraine said in Kyiv on Monday. It left Marrow with 240 people.",
        })
        .to_string()
    };
    let input = [
        report(
            1,
            "interfax-ukraine",
            "",
            "Night train from Marrow to Alderholm runs again in Ukraine",
        ),
        report(
            2,
            "Invented Post",
            "FR",
            "Ukraine: night train from Marrow to Alderholm is back",
        ),
        report(
            3,
            "nobody-knows",
            "",
            "Night train Marrow to Alderholm runs again",
        ),
    ]
    .join("\n");
    let reader = Reader::new();
    let explain = |args: &[&str]| {
        let mut command = reader.command();
        command.args(["inspect", "stories"]).args(args);
        let ran = finish(command, input.as_bytes());
        assert_eq!(ran.code, 0, "{ran:?}");
        let lines = ran
            .out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap());
        lines.collect::<Vec<Value>>()
    };
    let (plain, explained) = (explain(&[]), explain(&["--explain"]));
    assert_eq!(plain.len(), 3);
    for (plain, explained) in plain.iter().zip(&explained) {
        assert_eq!(plain["story"], explained["story"]);
        assert!(plain.get("labels").is_none());
    }
    for line in &explained[..2] {
        for key in [
            "labels",
            "takes",
            "coverage",
            "assessment",
            "form",
            "actors",
        ] {
            assert!(line.get(key).is_some(), "{key}: {line}");
        }
    }
    assert_eq!(explained[0]["story"], explained[1]["story"]);
    assert_eq!(explained[0]["coverage"]["publishers"], 2);
    // Of one whose country is not known nothing can be said.
    assert!(explained[2].get("labels").is_none());
    assert!(!reader.path("data").exists(), "looking needs no store");
}
