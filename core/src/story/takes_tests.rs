//! Which takes are chosen.
#![allow(clippy::unwrap_used)]

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::test_publishers::{owned, publisher};
use super::{nothing_claimed, takes};
use crate::model::{
    ArticleForm, ArticleId, ArticleRow, Coverage, Label, Ownership, PerspectiveId, PerspectiveKind,
    Publisher, PublisherId, ReadState, Story, StoryId, Telling,
};

fn start() -> DateTime<Utc> {
    "2026-11-20T06:00:00Z".parse().unwrap()
}

fn label(perspective: &str) -> Label {
    Label {
        perspective: PerspectiveId::from(perspective),
        name: perspective.to_owned(),
        kind: PerspectiveKind::Region,
        rule: "region".to_owned(),
        why: String::new(),
        not_claimed: String::new(),
        evidence: Vec::new(),
        registry_version: "7".to_owned(),
    }
}

/// A telling by a publisher of a country, under a perspective if any, as a copy of another.
fn telling(id: i64, of: &Publisher, perspective: &str, copy_of: Option<i64>) -> Telling {
    let at = start() + TimeDelta::hours(id);
    Telling {
        row: ArticleRow {
            muted: false,
            id: ArticleId(id),
            title: format!("Article {id}"),
            teaser: String::new(),
            publisher: of.id.clone(),
            publisher_name: of.name.clone(),
            country: of.country,
            language: "en".to_owned(),
            url: None,
            published_at: Some(at),
            first_seen_at: at,
            sort_at: at,
            image: None,
            ready: false,
            state: ReadState::default(),
            translation: None,
        },
        first_sentence: String::new(),
        form: ArticleForm::News,
        labels: Some(perspective)
            .filter(|perspective| !perspective.is_empty())
            .map(label)
            .into_iter()
            .collect(),
        copy_of: copy_of.map(ArticleId),
    }
}

fn story(articles: Vec<Telling>) -> Story {
    Story {
        id: StoryId(1),
        articles,
        actors: Vec::new(),
        place: None,
        coverage: Coverage::default(),
        assessment: nothing_claimed(start()),
        rules_version: 1,
    }
}

fn chosen(story: &Story, shown: i64, publishers: &[Publisher]) -> Vec<i64> {
    let find = |id: &PublisherId| publishers.iter().find(|publisher| publisher.id == *id);
    takes(story, ArticleId(shown), &find)
        .iter()
        .map(|take| take.row.id.0)
        .collect()
}

#[test]
fn one_a_perspective_the_farthest_first() {
    use Ownership::{Private, Public, State};
    let of = [
        owned(publisher("us", "US"), Private),
        owned(publisher("gb", "GB"), Private),
        owned(publisher("fr", "FR"), Public),
        owned(publisher("cn", "CN"), State),
        owned(publisher("mx", "MX"), Private),
    ];
    let [us, gb, fr, cn, mx] = &of;
    let story = story(vec![
        telling(1, us, "national:us", None),
        telling(2, gb, "region:europe", None),
        telling(3, us, "opinion", None),
        telling(4, us, "national:us", None),
        telling(5, fr, "region:europe", None),
        telling(6, mx, "region:latin-america", None),
        telling(7, cn, "state:cn", None),
        telling(8, gb, "", None),
    ]);
    // 5 before 7 and 2: region and ownership are new, and it is the earliest such. Then 7, both
    // new again; 6 has a new region, 3 nothing new.
    assert_eq!(chosen(&story, 1, &of), [5, 7, 6, 3]);
    // Beside an article without a label, everything else stands.
    assert_eq!(chosen(&story, 8, &of), [7, 1, 6, 5, 3]);
}

#[test]
fn copies_stand_as_also_in() {
    let of = [
        publisher("us", "US"),
        publisher("gb", "GB"),
        publisher("au", "AU"),
    ];
    let [us, gb, au] = &of;
    let story = story(vec![
        telling(1, us, "wire", None),
        telling(2, gb, "wire", Some(1)),
        telling(3, au, "wire", Some(1)),
        telling(4, gb, "region:europe", None),
    ]);
    let find = |id: &PublisherId| of.iter().find(|publisher| publisher.id == *id);
    let beside = takes(&story, ArticleId(4), &find);
    assert_eq!(beside.len(), 1);
    assert_eq!(beside[0].row.id, ArticleId(1));
    assert_eq!(beside[0].also_in, [gb.id.clone(), au.id.clone()]);
    // Beside a copy its own text is no take.
    assert_eq!(chosen(&story, 3, &of), [4]);
    assert_eq!(chosen(&story, 1, &of), [4]);
}

#[test]
fn eight_at_most_and_none_for_a_story_of_one() {
    let one = publisher("us", "US");
    let articles = (1..=20).map(|id| telling(id, &one, &format!("p{id}"), None));
    let many = story(articles.collect());
    assert_eq!(
        chosen(&many, 1, std::slice::from_ref(&one)),
        [2, 3, 4, 5, 6, 7, 8, 9]
    );
    let alone = story(vec![telling(1, &one, "wire", None)]);
    assert_eq!(
        chosen(&alone, 1, std::slice::from_ref(&one)),
        Vec::<i64>::new()
    );
    assert_eq!(chosen(&alone, 99, &[]), [1]);
}

proptest! {
    #[test]
    fn the_order_of_the_articles_does_not_matter(
        facts in proptest::collection::vec((0usize..5, 0usize..6), 1..16),
        seed in any::<u64>(),
    ) {
        let of: Vec<Publisher> = ["US", "GB", "CN", "KE", "AR"]
            .iter()
            .zip([Ownership::Private, Ownership::Public, Ownership::State, Ownership::Private, Ownership::State])
            .map(|(country, ownership)| owned(publisher(&country.to_lowercase(), country), ownership))
            .collect();
        let names = ["", "wire", "region:europe", "state:cn", "national:ke", "opinion"];
        let mut articles: Vec<Telling> = (1..)
            .zip(&facts)
            .map(|(id, (publisher, name))| telling(id, &of[*publisher], names[*name], None))
            .collect();
        let first = chosen(&story(articles.clone()), 1, &of);
        let own = articles[0].labels.first().map(|label| label.perspective.clone());
        let mut state = seed;
        articles.sort_by_key(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state >> 33
        });
        let again = story(articles);
        prop_assert_eq!(&first, &chosen(&again, 1, &of));
        let mut perspectives: Vec<&PerspectiveId> = first
            .iter()
            .map(|id| &again.articles.iter().find(|one| one.row.id.0 == *id).unwrap().labels[0].perspective)
            .collect();
        prop_assert!(perspectives.iter().all(|perspective| Some(*perspective) != own.as_ref()));
        perspectives.sort();
        perspectives.dedup();
        prop_assert_eq!(perspectives.len(), first.len());
    }
}
