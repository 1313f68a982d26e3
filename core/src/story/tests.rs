#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn article(id: &str, title: &str, body: &str, hours_ago: i64) -> ArticleVector {
    in_language("en", id, title, body, hours_ago)
}

fn in_language(language: &str, id: &str, title: &str, body: &str, hours_ago: i64) -> ArticleVector {
    ArticleVector::read(&Article {
        id,
        publisher: id,
        family: id,
        language,
        published: Some(now() - TimeDelta::hours(hours_ago)),
        title,
        summary: "",
        body,
    })
}

const FERRY: [&str; 3] = [
    "The ferry Amarella ran aground off Port Linden and 212 passengers were rescued by fishing boats.",
    "Fishing boats rescued all 212 passengers of the ferry Amarella after it struck a reef near Port Linden.",
    "An inquiry into the grounding of the Amarella off Port Linden will ask why the ferry left its course.",
];
const BRIDGE: [&str; 3] = [
    "Engineers closed the Wessel bridge in Tarn after inspectors found cracks in two steel cables.",
    "Cracks in steel cables shut the Wessel bridge; commuters in Tarn face detours until spring.",
    "Tarn council says repairs of the Wessel bridge and its cracked cables cost nine million.",
];

fn window_of_two() -> Vec<ArticleVector> {
    let tell = |name: &str, texts: [&str; 3], since: i64| -> Vec<ArticleVector> {
        (0..)
            .zip(texts)
            .map(|(at, text)| article(&format!("{name}{at}"), &text[..40], text, since - 3 * at))
            .collect()
    };
    [tell("ferry", FERRY, 40), tell("bridge", BRIDGE, 44)].concat()
}

fn partition(stories: &[Story]) -> BTreeSet<Vec<String>> {
    stories.iter().map(|story| story.articles.clone()).collect()
}

#[test]
fn two_events_are_two_stories() {
    let mut window = Window::new();
    window_of_two()
        .into_iter()
        .for_each(|article| window.add(article));
    let stories = window.regroup(now(), None).stories;
    let found: Vec<usize> = stories.iter().map(|story| story.articles.len()).collect();
    assert_eq!(found, [3, 3], "{stories:?}");
}

#[test]
fn a_hundred_orders_of_arrival_end_alike() {
    let articles = window_of_two();
    let mut expected = None;
    let mut seed = 7_u64;
    for _ in 0..100 {
        let mut order: Vec<usize> = (0..articles.len()).collect();
        for last in (1..order.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            order.swap(last, (seed >> 33) as usize % (last + 1));
        }
        let mut window = Window::new();
        for at in order {
            window.add(articles[at].clone());
            window.regroup(now(), None);
        }
        let settled = window.regroup(now(), None).stories;
        assert_eq!(*expected.get_or_insert(settled.clone()), settled);
    }
}

#[test]
fn an_id_stays_while_a_story_grows_and_follows_a_merge() {
    let young = |id: &str, text: &str, ago| article(id, &text[..40], text, ago);
    let mut window = Window::new();
    window.add(young("b", FERRY[0], 3));
    window.add(young("c", FERRY[1], 2));
    let first = window.regroup(now(), None).stories;
    assert_eq!(first.len(), 1);
    // An older article arrives late: the id is not renamed after it.
    window.add(young("a", FERRY[2], 5));
    let grown = window.regroup(now(), None);
    assert_eq!(grown.stories.len(), 1);
    assert_eq!(grown.stories[0].id, first[0].id);
    assert_eq!(grown.successors, []);

    let mut merged = Window::new();
    for (id, story) in [("a", 1), ("b", 2), ("c", 2)] {
        merged.remember(id.to_owned(), StoryId(story));
    }
    for (id, text) in [("a", FERRY[0]), ("b", FERRY[1]), ("c", FERRY[2])] {
        merged.add(young(id, text, 3));
    }
    let merged = merged.regroup(now(), None);
    assert_eq!(merged.stories[0].id, StoryId(2));
    let to_the_larger = Successor {
        old: StoryId(1),
        new: StoryId(2),
    };
    assert_eq!(merged.successors, [to_the_larger]);
}

#[test]
fn a_split_leaves_the_id_with_the_larger_part() {
    let mut window = Window::new();
    for article in window_of_two()
        .into_iter()
        .filter(|article| article.id != "ferry0")
    {
        window.remember(article.id.clone(), StoryId(9));
        window.add(ArticleVector {
            published: Some(now()),
            ..article
        });
    }
    let split = window.regroup(now(), None).stories;
    let kept = split.iter().find(|story| story.id == StoryId(9)).unwrap();
    assert_eq!(kept.articles, ["bridge0", "bridge1", "bridge2"]);
    assert_eq!(split.len(), 2);
}

#[test]
fn a_digest_of_both_stays_single() {
    let items = "Ferry aground\nThe ferry Amarella ran aground off Port Linden; 212 were rescued.\n\
        Bridge shut\nCracks in cables closed the Wessel bridge in Tarn until spring.\n\
        Goats\nA herd of goats blocked the northern railway for an hour.\n\
        Cricket\nHollowfield won by six wickets after rain had delayed play.\n\
        Weather\nFrost inland, mild on the coast, with gusts towards nightfall.";
    let mut window = Window::new();
    window_of_two()
        .into_iter()
        .for_each(|article| window.add(article));
    window.add(article(
        "digest",
        "Early edition: ferry, bridge, goats",
        items,
        39,
    ));
    let stories = window.regroup(now(), None).stories;
    assert!(
        stories.iter().any(|story| story.articles == ["digest"]),
        "{stories:?}"
    );
}

#[test]
fn wire_copy_is_one_take() {
    let wire = format!("{} {} {}", FERRY[0], FERRY[1], BRIDGE[0]);
    let longer = format!("{wire} {}", BRIDGE[2]);
    let members = [
        article("late", "Rewritten headline", &longer, 1),
        article("early", "Wire headline", &wire, 2),
        article(
            "own",
            "Own report",
            &format!("{} {}", FERRY[2], BRIDGE[1]),
            3,
        ),
    ];
    let members: Vec<&ArticleVector> = members.iter().collect();
    assert_eq!(copies(&members), [vec![2], vec![1, 0]]);
    assert_eq!(families(members), 3);
}

#[test]
fn untranslated_text_meets_within_its_language() {
    let articles = [
        in_language("zh", "a", "青岭大桥拉索发现裂缝 当局宣布封闭", "", 2),
        in_language("zh", "b", "青岭大桥因拉索裂缝封闭", "", 1),
        in_language("zh", "c", "科学家在土壤中发现新型抗生素", "", 1),
    ];
    let articles: Vec<&ArticleVector> = articles.iter().collect();
    assert_eq!(group(&articles, None), [vec![0, 1], vec![2]]);
}

#[test]
fn bad_input_ends_soon_in_singles() {
    let long = "endless headline ".repeat(60_000);
    let strange = [
        ("e1", "", ""),
        ("e2", "", ""),
        ("long", &long, ""),
        ("nul", "\0\u{301}’", "\n\n"),
    ];
    let mut articles: Vec<ArticleVector> = strange
        .iter()
        .map(|(id, title, body)| in_language("tlh-Nonsense", id, title, body, -9_000))
        .collect();
    articles.extend(
        (0..5_000).map(|n| article(&format!("copy{n}"), &FERRY[0][..40], FERRY[0], n % 70)),
    );
    let mut window = Window::new();
    articles.into_iter().for_each(|article| window.add(article));
    let stories = window.regroup(now(), None).stories;
    assert_eq!(stories.len(), 5);
    let copied = stories
        .iter()
        .find(|story| story.articles.len() == 5_000)
        .unwrap();
    let members: Vec<&ArticleVector> = copied
        .articles
        .iter()
        .map(|id| window.article(id).unwrap())
        .collect();
    assert_eq!(copies(&members).len(), 1);
    assert!(
        window
            .articles()
            .all(|article| article.published <= Some(now()))
    );
}

proptest! {
    #[test]
    fn joining_one_by_one_equals_a_full_regroup(
        chosen in prop::collection::vec((0_usize..6, 0_i64..90, "[a-d]{1,3} [a-d]{1,3}"), 1..24),
    ) {
        let texts = [FERRY, BRIDGE].concat();
        let articles: Vec<ArticleVector> = (0..)
            .zip(&chosen)
            .map(|(at, (text, ago, extra))| {
                article(&format!("{at:02}"), extra, &format!("{} {extra}", texts[*text]), *ago)
            })
            .collect();
        let mut window = Window::new();
        for article in &articles {
            window.add(article.clone());
            window.regroup(now(), None);
        }
        let step_by_step = window.regroup(now(), None).stories;
        let mut fresh = Window::new();
        articles.iter().rev().for_each(|article| fresh.add(article.clone()));
        let at_once = fresh.regroup(now(), None).stories;
        prop_assert_eq!(partition(&step_by_step), partition(&at_once));
    }
}
