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

/// Forty articles of twelve events, told in words that events share.
fn busy_window() -> Vec<ArticleVector> {
    let towns = ["Tarn", "Port Linden", "Hollowfield", "Zelenyi Hai"];
    let happened = [
        "closed the old bridge after cracks were found in its cables",
        "elected a new mayor who promises cheaper buses and longer hours",
        "opened a museum of lighthouses in the former customs house",
    ];
    let tellers = [
        "Officials said",
        "Residents said",
        "The council confirmed",
        "Reports say",
    ];
    let mut articles = window_of_two();
    for (at, town) in towns.iter().enumerate() {
        for (what, happened) in happened.iter().enumerate() {
            for (n, teller) in tellers.iter().take(2 + (at + what) % 3).enumerate() {
                let id = format!("{at}{what}{n}");
                let text =
                    format!("{teller} on Monday that {town} {happened}; it is call {n}{at}.");
                let ago = 25 + (at * 11 + what * 7 + n * 3) as i64 % 40;
                articles.push(article(&id, &format!("{town} {happened}"), &text, ago));
            }
        }
    }
    articles
}

fn shuffle<T>(items: &mut [T], seed: &mut u64) {
    for last in (1..items.len()).rev() {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        items.swap(last, (*seed >> 33) as usize % (last + 1));
    }
}

#[test]
fn a_hundred_orders_of_arrival_end_alike() {
    let mut articles = busy_window();
    let mut expected = None;
    let mut seed = 7_u64;
    for _ in 0..100 {
        shuffle(&mut articles, &mut seed);
        let mut window = Window::new();
        // They arrive while stories are young, and are looked at again when they have settled.
        for (at, batch) in (0..).zip(articles.chunks(9)) {
            batch.iter().for_each(|article| window.add(article.clone()));
            window.regroup(now() - TimeDelta::hours(20 - 4 * at), None);
        }
        // Dates after the window's clock were taken for now; the store gives them as they are.
        articles
            .iter()
            .for_each(|article| window.add(article.clone()));
        let settled = window.regroup(now(), None).stories;
        assert!(settled.len() > 3, "{settled:#?}");
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
    let regrouped = window.regroup(now(), None);
    // The id still names a story, so nobody has to follow it elsewhere.
    assert_eq!(regrouped.successors, []);
    let split = regrouped.stories;
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
fn a_report_with_a_table_is_no_digest() {
    let body = "The ferry Amarella ran aground off Port Linden; 212 were rescued.\n\
        Cracks in cables had closed the Wessel bridge in Tarn until spring.\n\
        A herd of goats blocked the northern railway for an hour.\n\
        Hollowfield won by six wickets after rain had delayed play.\n\
        Frost inland, mild on the coast, with gusts towards nightfall.\n\
        Crossing | Passengers\nPort Linden | Few\nTarn | Many\nHollowfield | None";
    assert!(!article("table", "How a coast travels", body, 38).is_digest);
}

#[test]
fn a_teaser_joins_the_story_it_is_plainly_of_and_no_other() {
    let mut window = Window::new();
    window_of_two()
        .into_iter()
        .for_each(|article| window.add(article));
    window.add(article(
        "teaser",
        "Harbour pilots want radar, longer shifts and a tug since the night of the Amarella",
        "",
        1,
    ));
    window.add(article(
        "neither",
        "Storms, budgets and what a mayor makes of them",
        "",
        39,
    ));
    let stories = window.regroup(now(), None).stories;
    let of = |id: &str| {
        stories
            .iter()
            .find(|story| story.articles.iter().any(|it| it == id))
    };
    assert_eq!(
        of("teaser").unwrap().id,
        of("ferry0").unwrap().id,
        "{stories:?}"
    );
    assert_eq!(of("neither").unwrap().articles, ["neither"]);
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
fn readers_of_a_story_that_splits_into_larger_ones_follow_its_larger_part() {
    let mut window = Window::new();
    for article in window_of_two() {
        // Old story 9 held two articles of one event and one of the other, 4 and 5 the rest.
        let story = match article.id.as_str() {
            "ferry0" | "ferry1" | "bridge0" => 9,
            "ferry2" => 4,
            _ => 5,
        };
        window.remember(article.id.clone(), StoryId(story));
        window.add(ArticleVector {
            published: Some(now()),
            ..article
        });
    }
    let regrouped = window.regroup(now(), None);
    let id_of = |article: &str| {
        let mut stories = regrouped.stories.iter();
        stories
            .find(|story| story.articles.iter().any(|id| id == article))
            .map(|story| story.id)
    };
    assert_eq!(id_of("ferry2"), Some(StoryId(9)));
    assert_eq!(id_of("bridge0"), Some(StoryId(5)));
    let to_the_larger = Successor {
        old: StoryId(4),
        new: StoryId(9),
    };
    assert_eq!(regrouped.successors, [to_the_larger]);
}

#[test]
fn a_correction_is_no_new_take_and_a_family_counts_once() {
    let text = format!("{} {} {}", FERRY[0], FERRY[1], FERRY[2]);
    let of = |id: &str, publisher: &str, family: &str, body: &str, ago| ArticleVector {
        publisher: publisher.to_owned(),
        family: family.to_owned(),
        ..article(id, "Ferry aground", body, ago)
    };
    let members = [
        of("first", "the-gull", "harbour-group", &text, 5),
        of(
            "corrected",
            "the-gull",
            "harbour-group",
            &text.replace("212 passengers were", "221 passengers were"),
            3,
        ),
        of("sister", "the-tern", "harbour-group", &text, 4),
        of("other", "the-heron", "the-heron", BRIDGE[0], 2),
    ];
    let members: Vec<&ArticleVector> = members.iter().collect();
    assert_eq!(copies(&members), [vec![0, 2, 1], vec![3]]);
    assert_eq!(families(members[..3].iter().copied()), 1);
    assert_eq!(families(members), 2);
}

#[test]
fn a_correction_in_other_words_joins_what_its_publisher_told_first() {
    let of = |id: &str, publisher: &str, title: &str, body: &str, ago| ArticleVector {
        publisher: publisher.to_owned(),
        ..article(id, title, body, ago)
    };
    let own = "A reader's account of the night on the reef, with pictures of the rescue.";
    let members = [
        of("live", "the-gull", "Ferry aground, live", FERRY[0], 4),
        of("account", "the-gull", "What I saw", own, 3),
        of(
            "corrected",
            "the-gull",
            "221 saved (corrected)",
            FERRY[1],
            5,
        ),
        of("other", "the-heron", "Correction: 221 saved", FERRY[2], 2),
    ];
    let members: Vec<&ArticleVector> = members.iter().collect();
    // The heron had told nothing before: its correction stands alone.
    assert_eq!(copies(&members), [vec![0, 2], vec![1], vec![3]]);
}

#[test]
fn texts_that_share_all_words_but_a_number_are_singles() {
    let mut window = Window::new();
    for n in 0..5_000 {
        let text = format!("Lottery numbers of the week: the winning ticket is number {n}0{n}.");
        window.add(article(&n.to_string(), "Lottery results", &text, n % 70));
    }
    assert_eq!(window.regroup(now(), None).stories.len(), 5_000);
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

/// What happens to a window.
#[derive(Debug, Clone)]
enum Change {
    /// An article by number, told in some text some hours ago: added, or replaced when it is there.
    Put(usize, usize, i64, String),
    Remove(usize),
    Hours(i64),
}

fn change() -> impl Strategy<Value = Change> {
    let put = (0_usize..20, 0_usize..6, -2_i64..90, "[a-d]{1,3} [a-d]{1,3}");
    prop_oneof![
        8 => put.prop_map(|(id, text, ago, extra)| Change::Put(id, text, ago, extra)),
        2 => (0_usize..20).prop_map(Change::Remove),
        1 => (1_i64..20).prop_map(Change::Hours),
    ]
}

proptest! {
    #[test]
    fn after_any_changes_stories_are_those_of_a_window_made_anew(
        batches in prop::collection::vec(prop::collection::vec(change(), 1..6), 1..8),
    ) {
        let texts = [FERRY, BRIDGE].concat();
        let mut at = now();
        let mut window = Window::new();
        for change in batches.iter().flatten().map(Some).chain([None]) {
            match change {
                Some(Change::Put(id, text, ago, extra)) => {
                    let text = format!("{} {extra}", texts[*text]);
                    window.add(article(&format!("{id:02}"), extra, &text, *ago));
                }
                Some(Change::Remove(id)) => window.remove(&format!("{id:02}")),
                Some(Change::Hours(hours)) => at += TimeDelta::hours(*hours),
                None => {}
            }
            let step_by_step = window.regroup(at, None);
            // What a store gives back: the same articles, in another order, out of bytes.
            let mut stored: Vec<Vec<u8>> = window.articles().map(ArticleVector::to_bytes).collect();
            stored.reverse();
            let mut fresh = Window::new();
            for bytes in stored {
                fresh.add(ArticleVector::from_bytes(&bytes).unwrap());
            }
            let at_once = fresh.regroup(at, None);
            prop_assert_eq!(partition(&step_by_step.stories), partition(&at_once.stories));
            let mut ids: Vec<StoryId> = step_by_step.stories.iter().map(|it| it.id).collect();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), step_by_step.stories.len());
        }
    }
}
