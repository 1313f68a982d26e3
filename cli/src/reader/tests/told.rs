//! Stories of the shelf: three articles in a row tell one event.

use overview_core::model::{
    Assessment, Condition, CountryCoverage, Coverage, Evidence, FirstReport, Label, LabelMark,
    OverlookedClaim, OverlookedMark, OverlookedVerdict, PanelCoverage, PerspectiveCount,
    PerspectiveKind, RegionCoverage, Story, StoryId, Take, Telling,
};

use super::super::state::Told;
use super::*;

/// Articles of one event.
const SIZE: i64 = 3;

fn mark(at: i64) -> Option<LabelMark> {
    let (perspective, name, kind) = match at.rem_euclid(4) {
        0 => (
            "national:ua",
            "Ukrainian Perspective",
            PerspectiveKind::Party,
        ),
        1 => (
            "region:europe",
            "European Perspective",
            PerspectiveKind::Region,
        ),
        2 => ("state:eg", "Egyptian State Media", PerspectiveKind::State),
        _ => return None,
    };
    Some(LabelMark {
        perspective: perspective.into(),
        name: name.to_owned(),
        kind,
    })
}

fn label(at: i64) -> Option<Label> {
    let mark = mark(at)?;
    Some(Label {
        perspective: mark.perspective,
        name: mark.name,
        kind: mark.kind,
        rule: "party".to_owned(),
        why: "The story is about Ukraine, and Steppe Post is at home there.".to_owned(),
        not_claimed: "It does not say that the press of a country agrees.".to_owned(),
        evidence: vec![
            Evidence::Registry {
                statement: "Steppe Post: country: UA".to_owned(),
                source: "https://steppe.example/about".to_owned(),
                as_of: "2026-11-01".parse().ok(),
            },
            Evidence::Sentence {
                text: "Rain was never so late.".to_owned(),
                probability: 0.93,
            },
            Evidence::Story {
                statement: "Ukraine is named in 3 of 3 headlines".to_owned(),
            },
        ],
        registry_version: "test".to_owned(),
    })
}

pub(super) fn row(lead: ArticleRow) -> StoryRow {
    let at = lead.id.0;
    StoryRow {
        id: StoryId(u64::from_ne_bytes(at.to_ne_bytes())),
        label: mark(at),
        articles: 3,
        publishers: 3,
        countries: 3,
        takes: 2,
        marks: vec![PerspectiveKind::Party, PerspectiveKind::Region],
        overlooked: (at % 5 == 0).then_some(OverlookedMark {
            claim: OverlookedClaim::Overlooked,
            american_ran: 0,
            american_of: 30,
            countries: Vec::new(),
        }),
        lead,
    }
}

pub(super) fn perspectives() -> Vec<PerspectiveCount> {
    (0..3)
        .filter_map(mark)
        .map(|mark| PerspectiveCount {
            perspective: mark.perspective,
            name: mark.name,
            kind: mark.kind,
            stories: 7,
        })
        .collect()
}

/// The story of an article: it and the two that stand beside it on the shelf.
pub(super) fn told(shelf: &Shelf, id: ArticleId) -> Told {
    let first = id.0.div_euclid(SIZE) * SIZE;
    let articles: Vec<Telling> = (first..first + SIZE)
        .chain((first..first + SIZE).contains(&id.0).then_some(id.0))
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .filter_map(|at| shelf.articles.get(&at))
        .map(|article| Telling {
            row: article.row.clone(),
            first_sentence: "After two months without rain the first showers reached the south."
                .to_owned(),
            form: overview_core::model::ArticleForm::News,
            labels: label(article.row.id.0).into_iter().collect(),
            copy_of: None,
        })
        .collect();
    let takes = articles
        .iter()
        .filter(|telling| telling.row.id != id)
        .filter_map(|telling| {
            Some(Take {
                label: telling.labels.first()?.clone(),
                chips: Vec::new(),
                row: telling.row.clone(),
                first_sentence: telling.first_sentence.clone(),
                also_in: Vec::new(),
            })
        })
        .collect();
    Told {
        story: Story {
            id: StoryId(7),
            articles,
            actors: Vec::new(),
            place: None,
            coverage: coverage(),
            assessment: assessment(first),
            rules_version: 1,
        },
        takes,
    }
}

fn coverage() -> Coverage {
    Coverage {
        publishers: 9,
        of: 74,
        countries: vec![CountryCoverage {
            country: "UA".parse().unwrap(),
            ran: 3,
            of: 4,
        }],
        regions: vec![
            RegionCoverage {
                region: Region::Europe,
                ran: 9,
                of: 40,
            },
            RegionCoverage {
                region: Region::NorthAmerica,
                ran: 0,
                of: 34,
            },
        ],
        first: Some(FirstReport {
            publisher: "steppe-post".into(),
            at: now() - TimeDelta::hours(31),
        }),
        hours: vec![1, 0, 2, 5, 1],
        american: PanelCoverage {
            ran: 0,
            of: 30,
            all: 33,
        },
    }
}

fn assessment(first: i64) -> Assessment {
    let condition = |name: &str, value: &str, bar: &str, holds| Condition {
        name: name.to_owned(),
        value: value.to_owned(),
        bar: bar.to_owned(),
        holds,
    };
    Assessment {
        // One of them is withdrawn, as it stays to be seen.
        verdict: match first % 2 {
            0 => OverlookedVerdict::Overlooked,
            _ => OverlookedVerdict::Withdrawn {
                claim: OverlookedClaim::Overlooked,
                article: Some(ArticleId(first)),
                why: "an American outlet has it by now.".to_owned(),
            },
        },
        text: "None of the 30 American outlets we follow had this story after 31 hours.".to_owned(),
        conditions: vec![
            condition(
                "countries outside the United States",
                "6",
                "at least 3",
                true,
            ),
            condition(
                "hours since the first report",
                "31",
                "at least 24",
                first % 2 == 0,
            ),
        ],
        strength: 3.0,
        since: now(),
    }
}

#[test]
fn a_story_at_three_sizes() {
    for size in [(60, 16), (100, 30), (160, 40)] {
        let (mut shelf, mut state) = opened(size, 40);
        shelf.type_in(&mut state, "\n\n");
        let mut screens = vec![drawn(&state)];
        for keys in ["t", "w", "c", "\u{1b}\u{1b}\u{1b}V", "\u{1b}kkjj\nf"] {
            shelf.type_in(&mut state, keys);
            screens.push(drawn(&state));
        }
        insta::assert_snapshot!(format!("story_{}x{}", size.0, size.1), screens.join("\n"));
    }
}

#[test]
fn a_take_is_opened_by_its_number_and_read_at_the_same_place() {
    let (mut shelf, mut state) = opened((100, 30), 40);
    shelf.type_in(&mut state, "\n\njjjj");
    let (lead, scroll) = (state.article.id, state.article.scroll);
    let take = state.article.told.as_ref().unwrap().takes[0].row.id;
    shelf.type_in(&mut state, "1");
    assert_eq!(
        (state.place, state.article.id),
        (Place::Article, Some(take))
    );
    assert_eq!(state.article.scroll, scroll);
    assert!(shelf.articles[&take.0].row.state.read, "it was opened");
    // What keys mark is the take, not the story in the list.
    shelf.type_in(&mut state, "s");
    assert!(shelf.articles[&take.0].row.state.saved);
    assert!(!shelf.articles[&lead.unwrap().0].row.state.saved);
    // Back to the article that the list led to, and from there to the list.
    shelf.type_in(&mut state, "\u{1b}");
    assert_eq!((state.place, state.article.id), (Place::Article, lead));
    shelf.type_in(&mut state, "\u{1b}");
    assert_eq!(state.place, Place::List);
}

#[test]
fn a_take_is_opened_with_an_arrow_and_with_the_mouse() {
    let (mut shelf, mut state) = opened((100, 30), 40);
    shelf.type_in(&mut state, "\n\n");
    let takes = state.article.told.as_ref().unwrap().takes.clone();
    for code in [KeyCode::Right, KeyCode::Enter] {
        shelf.tell(
            &mut state,
            Message::Key(KeyEvent::new(code, KeyModifiers::NONE)),
        );
    }
    assert_eq!(state.article.id, Some(takes[0].row.id));
    shelf.type_in(&mut state, "\u{1b}");
    let row = state.article.take_lines[0].start - state.article.scroll + 2;
    shelf.tell(
        &mut state,
        Message::Mouse(MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column: 10,
            row: u16::try_from(row).unwrap(),
            modifiers: KeyModifiers::NONE,
        }),
    );
    assert_eq!(state.article.id, Some(takes[0].row.id));
}

#[test]
fn a_list_is_narrowed_to_a_perspective_and_widened_again() {
    let (mut shelf, mut state) = opened((100, 30), 40);
    shelf.type_in(&mut state, "\nf");
    assert!(drawn(&state).contains("European Perspective"));
    let effects = {
        shelf.type_in(&mut state, "jj");
        update(
            &mut state,
            Message::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)),
        )
    };
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::LoadStories { query, .. } => query.scope.perspective.clone(),
        _ => None,
    });
    assert_eq!(asked, Some("region:europe".into()));
    assert!(drawn(&state).contains("as told by"));
    // A part of a list is not marked as a whole.
    assert_eq!(key(&mut state, 'A'), []);
    shelf.type_in(&mut state, "\u{1b}");
    assert_eq!((state.place, &state.list.perspective), (Place::List, &None));
}

#[test]
fn lists_by_breadth_name_their_formula() {
    let (mut shelf, mut state) = opened((100, 30), 40);
    shelf.type_in(&mut state, "\nb");
    assert!(drawn(&state).contains("countries, then publishers, then time"));
    assert_eq!(state.order(), StoryOrder::Breadth);
    shelf.type_in(&mut state, "V");
    assert_eq!(state.order(), StoryOrder::Claim);
    assert!(drawn(&state).contains("strongest claims first"));
    assert!(drawn(&state).contains("◌ 0 of 30 US"));
}
