//! The search before "no American publisher told this": an article that hides is found, and where
//! there is none, none is.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use overview_core::story::{Article, ArticleVector, MAY_TELL, SecondSearch};
use overview_sample::SampleWorld;
use overview_tests::shared::shared;
use serde_json::Value;

/// Headline and first paragraph of an American article in words of their own, by hand.
const IN_OTHER_WORDS: [(&str, &str, &str); 10] = [
    (
        "cairo-manuscript/harbor-and-plain",
        "What a medieval skywatcher saw and nobody since",
        "More than a thousand years ago somebody on a rooftop beside the Nile looked up and made a \
         note of a light that had no business being there; for under three weeks he kept watch.",
    ),
    (
        "chess-final/cobalt-network-news",
        "Teenager takes the crown on sixty-four squares",
        "The girl kept her palms beneath her thighs, as a trainer had told her to do whenever she \
         felt certain, and took one more look before reaching out.",
    ),
    (
        "data-heat/harbor-and-plain",
        "Berlin tells server farms to warm the neighbours",
        "Lawmakers in Europe's largest economy have decided that big computing halls must hand over \
         what their fans blow out, at no cost, to municipalities close by.",
    ),
    (
        "elbe-barrier/tidewater-wire",
        "Gate stuck open in the storm, basements under water",
        "Part of a sea defence stayed up for most of an hour while the tide rushed in; several \
         people needed a doctor and many households are pumping.",
    ),
    (
        "lithium-vote/tidewater-wire",
        "Highland community says no to a battery-metal factory",
        "In a first for the region, people living on the high plain have turned down foreign \
         investors who hoped to pump salty groundwater there.",
    ),
    (
        "mexico-quake/tidewater-wire",
        "Ground shakes under seaside resorts",
        "At least a trio of deaths and scores of wounded are reported after a powerful jolt beneath \
         the ocean before sunrise, authorities announced.",
    ),
    (
        "moon-ice/cobalt-network-news",
        "A wager settled two decades on",
        "The researcher never threw away the scrap of paper on which it had all been agreed.",
    ),
    (
        "red-sea-ferry/tidewater-wire",
        "Everybody safe after passenger ship hits bottom",
        "Not one traveller was lost when a vessel got stuck on corals and boats worked for most of \
         the day to bring people ashore, according to the authorities.",
    ),
    (
        "sea-cable/tidewater-wire",
        "Two continents get a wire of their own",
        "Owners of a new undersea line say that it has begun to carry traffic and that messages no \
         longer have to make a long way round through the northern half of the world.",
    ),
    (
        "solar-tariff/prairie-bell-opinion",
        "Why a man of open markets changed his tune this once",
        "For three decades this writer has told you that duties at the border are levies dressed in \
         bunting, and he stands by it. Yet on this occasion he clapped.",
    ),
];

const NOTHING: &str = "Nobody had quite expected that it would come to this, and yet it did, slowly \
    at first and then in one go, as such things tend to.";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

/// A sample article in English, as it is or with another beginning.
fn read(
    world: &SampleWorld,
    article: &overview_sample::Article,
    beginning: Option<(&str, &str)>,
) -> ArticleVector {
    let (title, summary, body) = match &article.translation {
        Some(english) => (&english.title, &english.summary, &english.body),
        None => (&article.title, &article.summary, &article.body),
    };
    let publisher = &world.publisher_of(article).id;
    let rewritten = beginning.map(|(title, first)| {
        let (_, rest) = body.trim().split_once("\n\n").unwrap_or_default();
        (title, first, format!("{first}\n\n{rest}"))
    });
    let (title, summary, body) = match &rewritten {
        Some((title, first, body)) => (*title, *first, body.as_str()),
        None => (title.as_str(), summary.as_str(), body.as_str()),
    };
    ArticleVector::read(&Article {
        id: &article.id(),
        publisher,
        family: publisher,
        language: "en",
        published: Some(now() - TimeDelta::seconds((article.hours_ago * 3_600.0) as i64)),
        title,
        summary,
        body,
    })
}

#[test]
fn an_american_article_in_other_words_is_found_and_silence_stays_silence() {
    let world = SampleWorld::bundled().unwrap();
    let is_american =
        |article: &overview_sample::Article| world.publisher_of(article).country.as_str() == "US";
    let vectors: Vec<ArticleVector> = world
        .articles
        .iter()
        .map(|article| read(&world, article, None))
        .collect();
    let by_hand: BTreeMap<&str, (&str, &str)> = IN_OTHER_WORDS
        .into_iter()
        .map(|(id, title, first)| (id, (title, first)))
        .collect();
    let mut rewritten = BTreeSet::new();
    let mut silent = 0;
    for event in world.events.iter().filter(|event| !event.local) {
        let of_event = |at: &usize| world.articles[*at].event == event.id;
        let abroad: Vec<&ArticleVector> = (0..vectors.len())
            .filter(|at| of_event(at) && !is_american(&world.articles[*at]))
            .map(|at| &vectors[at])
            .collect();
        let unrelated: Vec<&ArticleVector> = (0..vectors.len())
            .filter(|at| !of_event(at) && is_american(&world.articles[*at]))
            .map(|at| &vectors[at])
            .collect();
        if event.overlooked_by_us {
            let nearest = SecondSearch::new(&unrelated).nearest(&abroad).unwrap();
            println!("{:<18} silent    {nearest:?}", event.id);
            assert!(!nearest.may_tell(), "{}: {nearest:?}", event.id);
            silent += 1;
        }
        for article in world
            .articles
            .iter()
            .filter(|article| article.event == event.id && is_american(article))
        {
            let id = article.id();
            let wordings = [Some(("Read this", NOTHING)), by_hand.get(&*id).copied()];
            for beginning in wordings.into_iter().flatten() {
                let hidden = read(&world, article, Some(beginning));
                let mut searched = unrelated.clone();
                searched.push(&hidden);
                let nearest = SecondSearch::new(&searched).nearest(&abroad).unwrap();
                println!("{:<18} rewritten {nearest:?}", event.id);
                assert!(nearest.may_tell(), "{id}: {nearest:?}");
                assert_eq!(nearest.article, id);
            }
            rewritten.insert(id);
        }
    }
    assert_eq!(silent, 9);
    assert!(by_hand.keys().all(|id| rewritten.contains(*id)));
    assert!(rewritten.len() > 30, "{}", rewritten.len());
}

/// What the threshold was chosen by: one article of each story is hidden, and everything that is not
/// of the story is a false alarm above the threshold. `make score` runs it.
#[test]
#[ignore = "takes minutes without optimisation"]
fn of_hidden_articles_of_one_story_96_in_100_are_found() {
    let Some(file) = shared("data/stories/allsides-roundups.jsonl") else {
        return;
    };
    let mut stories: Vec<Vec<ArticleVector>> = Vec::new();
    for (at, line) in std::fs::read_to_string(file).unwrap().lines().enumerate() {
        let line: Value = serde_json::from_str(line).unwrap();
        let told = line["news"].as_object().unwrap().iter();
        let told = told.map(|(side, told)| {
            ArticleVector::read(&Article {
                id: &format!("{at}-{side}"),
                publisher: side,
                family: side,
                language: "en",
                // Undated, so that all are compared with all.
                published: None,
                title: told["newsTitle"].as_str().unwrap_or_default(),
                summary: "",
                body: &lines(&told["newBody"]),
            })
        });
        stories.push(told.collect());
    }
    let all: Vec<&ArticleVector> = stories.iter().flatten().collect();
    let search = SecondSearch::new(&all);
    let (mut hidden, mut unrelated, mut nearest_unrelated) = (vec![], vec![], vec![]);
    for (at, story) in stories
        .iter()
        .enumerate()
        .filter(|(_, story)| story.len() > 1)
    {
        let hides = &story[at % story.len()];
        let rest: Vec<&ArticleVector> = story.iter().filter(|it| it.id != hides.id).collect();
        let mut nearest = 0.0_f32;
        for (article, similarity) in search.similarities(&rest) {
            if article.id == hides.id {
                hidden.push(similarity);
            } else {
                unrelated.push(similarity);
                nearest = nearest.max(similarity);
            }
        }
        nearest_unrelated.push(nearest);
    }
    let share = |of: &[f32], least: f32| {
        of.iter().filter(|similarity| **similarity >= least).count() as f32 / of.len() as f32
    };
    println!(
        "threshold  found  false alarms an article  stories with one of {}",
        all.len()
    );
    for hundredths in [6, 8, 10, 12, 14, 18, 22_u8] {
        let least = f32::from(hundredths) / 100.0;
        println!(
            "{least:.2}  {:.3}  {:.4}  {:.3}",
            share(&hidden, least),
            share(&unrelated, least),
            share(&nearest_unrelated, least)
        );
    }
    assert!(share(&hidden, MAY_TELL) >= 0.96);
    assert!(share(&unrelated, MAY_TELL) <= 0.03);
}

fn lines(value: &Value) -> String {
    match value {
        Value::Array(lines) => lines.iter().map(lines_of).collect::<Vec<_>>().join("\n"),
        other => lines_of(other),
    }
}

fn lines_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
