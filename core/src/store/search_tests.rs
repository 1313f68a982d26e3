//! What search finds and what mutes hide, checked on a file of its own.

use chrono::Duration;
use proptest::prelude::*;
use rusqlite::Connection;

use super::tests::{Fixture, article, country, noon};
use super::*;
use crate::model::{EngineKind, SearchOrder};

impl Fixture {
    fn search(&self, query: &SearchQuery) -> Page<ArticleRow> {
        let typed = Typed::search(&query.text);
        self.store.search(query, &typed).unwrap()
    }

    fn found(&self, text: &str) -> Vec<String> {
        self.found_in(text, Scope::default(), SearchOrder::Time)
    }

    fn found_in(&self, text: &str, articles: Scope, order: SearchOrder) -> Vec<String> {
        let query = SearchQuery {
            text: text.to_owned(),
            scope: StoryScope {
                articles,
                ..Default::default()
            },
            order,
            ..Default::default()
        };
        let rows = self.search(&query).rows;
        rows.into_iter().map(|row| row.title).collect()
    }

    fn translate(&self, title: &str, english: &str) {
        let row = self
            .list(Scope::default())
            .into_iter()
            .find(|row| row.title == title)
            .unwrap();
        let foreign = ForeignRow {
            id: row.id,
            country: row.country,
            language: row.language,
            title: row.title,
            teaser: row.teaser,
            by: None,
            has_body: false,
        };
        let by = TranslatedBy {
            engine: EngineKind::Edition,
            model: String::new(),
        };
        let rows = vec![(foreign, english.to_owned(), String::new(), by)];
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime
            .block_on(self.store.store_english_rows(rows))
            .unwrap();
    }

    fn settle(&self) {
        while self.store.mute_step(noon()).unwrap().more {}
    }

    fn mute(&self, what: Muted) -> MuteId {
        self.store.mute(&what, None, noon()).unwrap()
    }

    /// The counts that triggers keep, and those found by counting.
    fn counts(&self) -> (u32, u32) {
        let kept = self
            .store
            .countries()
            .unwrap()
            .iter()
            .map(|it| it.articles)
            .sum();
        let counted = self
            .store
            .readers
            .read(|tx| {
                tx.query_row("SELECT count(*) FROM article WHERE hidden = 0", [], |row| {
                    row.get(0)
                })
                .doing("counting")
            })
            .unwrap();
        (kept, counted)
    }
}

fn words(text: &str) -> Muted {
    Muted::Words(text.to_owned())
}

fn world() -> Fixture {
    let world = Fixture::new();
    let mut sport = article("Cup final tonight", 40);
    sport.categories = vec!["Sport".into(), "World News".into()];
    sport.text = "The grain price rose.".into();
    world.ingest(
        "dnipro-herald",
        vec![article("Ціна зерна зросла", 30), sport],
    );
    world.ingest("black-sea-post", vec![article("Grain leaves the port", 20)]);
    world.ingest(
        "rift-daily",
        vec![article("北京举行奥运会", 10), article("Rains", 400)],
    );
    world
}

#[test]
fn search_looks_into_titles_bodies_and_english_titles() {
    let world = world();
    world.translate("Ціна зерна зросла", "Grain price rises");
    assert_eq!(
        world.found("grain"),
        [
            "Grain leaves the port",
            "Ціна зерна зросла",
            "Cup final tonight"
        ]
    );
    assert_eq!(world.found("奥运"), ["北京举行奥运会"]);
    assert_eq!(world.found("ЗЕРНА harvest"), ["Ціна зерна зросла"]);
    let by_rank = world.found_in("grain price", Scope::default(), SearchOrder::Rank);
    assert_eq!(by_rank, ["Ціна зерна зросла", "Cup final tonight"]);
    let kenya = Scope {
        countries: vec![country("KE")],
        ..Default::default()
    };
    assert_eq!(
        world.found_in("harvest", kenya, SearchOrder::Time),
        ["北京举行奥运会", "Rains"]
    );
    // An edited title is not found by the English of the old one.
    let mut edited = article("Ціна зерна зросла", 30);
    edited.title = "Ціна впала".into();
    edited.content_hash = [7; 16];
    world.ingest("dnipro-herald", vec![edited]);
    assert_eq!(world.found("grain price"), ["Cup final tonight"]);
    assert_eq!(world.found("впала"), ["Ціна впала"]);
    world.forget(world.id_of("Ціна впала"));
    assert!(world.found("впала").is_empty());
}

#[test]
fn pages_of_what_is_found_have_every_article_once() {
    let world = Fixture::new();
    let mut articles: Vec<_> = (0..70)
        .map(|number| article(&format!("river {number}"), 500 - number))
        .collect();
    for (number, article) in articles.iter_mut().enumerate() {
        // Many at one second, and some before 1970.
        let minutes = i64::try_from(number / 7).unwrap();
        article.published_at = Some(noon() - Duration::minutes(minutes * 6_000_000));
        if number % 3 == 0 {
            article.title = format!("bridge {number}");
            article.text = "the river".into();
        }
    }
    world.ingest("rift-daily", articles);
    for order in [SearchOrder::Time, SearchOrder::Rank] {
        let mut query = SearchQuery {
            text: "river".into(),
            order,
            limit: 9,
            ..Default::default()
        };
        let mut seen = Vec::new();
        loop {
            let page = world.search(&query);
            seen.extend(page.rows.into_iter().map(|row| row.id));
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
        let unique: std::collections::HashSet<_> = seen.iter().collect();
        assert_eq!((seen.len(), unique.len()), (70, 70), "{order:?}");
    }
}

#[test]
fn what_is_muted_leaves_lists_at_once_and_counts_soon() {
    let world = world();
    world.translate("Ціна зерна зросла", "Grain price rises");
    let mute = world.mute(words("grain"));
    // Before any verdict.
    let shown = ["北京举行奥运会", "Cup final tonight", "Rains"];
    assert_eq!(world.titles(Scope::default()), shown);
    world.settle();
    assert_eq!(world.titles(Scope::default()), shown);
    assert_eq!(world.counts(), (3, 3));
    assert!(
        world.found("grain leaves").is_empty(),
        "search leaves it out, too"
    );
    let muted = Scope {
        muted: true,
        ..Default::default()
    };
    assert_eq!(
        world.titles(muted.clone()),
        ["Grain leaves the port", "Ціна зерна зросла"]
    );
    let hidden = world.list(muted.clone()).remove(0);
    assert!(hidden.muted && !hidden.state.hidden);
    let by = world.store.mutes_of(hidden.id, noon()).unwrap();
    assert_eq!((by[0].id, by[0].articles), (mute, 2));
    // What arrives later is judged when it does.
    world.ingest("rift-daily", vec![article("A ship with grain", 1)]);
    assert_eq!(world.titles(Scope::default()), shown);
    assert!(world.store.unmute(mute).unwrap());
    world.settle();
    assert_eq!(world.titles(Scope::default()).len(), 6);
    assert_eq!(world.counts(), (6, 6));
    assert!(world.store.mutes(noon()).unwrap().is_empty());
}

#[test]
fn publishers_countries_and_categories_can_be_muted_and_mutes_end() {
    let world = world();
    let ukraine = world.mute(Muted::Country(country("UA")));
    let sport = world.mute(Muted::Category("SPORT".into()));
    assert_eq!(world.titles(Scope::default()), ["北京举行奥运会", "Rains"]);
    world.settle();
    assert_eq!(world.titles(Scope::default()), ["北京举行奥运会", "Rains"]);
    // Hidden by two: one of them is not enough to show it again.
    world.store.unmute(ukraine).unwrap();
    world.settle();
    assert!(
        !world
            .titles(Scope::default())
            .contains(&"Cup final tonight".to_owned())
    );
    world.store.unmute(sport).unwrap();
    let tomorrow = noon() + Duration::days(1);
    let rift = Muted::Publisher("rift-daily".into());
    world.store.mute(&rift, Some(tomorrow), noon()).unwrap();
    world.settle();
    assert_eq!(world.titles(Scope::default()).len(), 3);
    assert_eq!(world.store.next_mute_end().unwrap(), Some(tomorrow));
    while world.store.mute_step(tomorrow).unwrap().more {}
    assert_eq!(world.titles(Scope::default()).len(), 5);
    assert_eq!(world.counts(), (5, 5));
}

#[test]
fn a_persons_marks_and_mutes_do_not_touch_each_other() {
    let world = world();
    let grain = world.id_of("Grain leaves the port");
    world.store.mark(&[grain], Mark::Save, noon()).unwrap();
    world.mute(words("grain"));
    world.settle();
    let saved = Scope {
        saved: true,
        ..Default::default()
    };
    assert_eq!(
        world.titles(saved),
        ["Grain leaves the port"],
        "what is saved stays"
    );
    world.store.mark(&[grain], Mark::Hide, noon()).unwrap();
    world.store.mark(&[grain], Mark::Unhide, noon()).unwrap();
    assert!(
        !world
            .titles(Scope::default())
            .contains(&"Grain leaves the port".to_owned())
    );
    let marks: i64 = Connection::open(world.path())
        .unwrap()
        .query_row("SELECT max(hidden) FROM mark", [], |row| row.get(0))
        .unwrap();
    assert_eq!(marks, 0, "a mute is no mark");
}

#[test]
fn saying_it_again_moves_the_end() {
    let world = world();
    let first = world.mute(words("Grain"));
    let tomorrow = noon() + Duration::days(1);
    let again = world
        .store
        .mute(&words("GRÁIN"), Some(tomorrow), noon())
        .unwrap();
    assert_eq!(first, again);
    let mutes = world.store.mutes(noon()).unwrap();
    assert_eq!((mutes.len(), mutes[0].until), (1, Some(tomorrow)));
}

#[test]
fn lists_leave_out_what_a_mute_has_not_reached_yet() {
    let world = Fixture::new();
    // More than one step judges, and more than a list leaves out before it looks for all.
    let mut articles: Vec<_> = (0..2_600)
        .map(|number| article(&format!("grain {number}"), number))
        .collect();
    articles.push(article("river", 2_700));
    world.ingest("rift-daily", articles);
    world.mute(words("grain"));
    let (_, judged) = world.counts();
    assert!(
        judged > 1 && judged < 2_601,
        "one step of several: {judged}"
    );
    assert_eq!(world.titles(Scope::default()), ["river"]);
    assert!(world.found("grain").is_empty());
    world.settle();
    assert_eq!(world.titles(Scope::default()), ["river"]);
    assert_eq!(world.counts(), (1, 1));
}

fn title() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("grain"),
        Just("Grain's"),
        Just("port"),
        Just("北京"),
        Just("京都人"),
        Just("зерно"),
        Just("대통령이"),
        Just("el"),
        Just("río"),
        Just("กรุงเทพ"),
    ];
    prop::collection::vec(word, 1..5).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nothing_typed_is_an_error(text in ".{0,40}", operators in "[\"*^:()+\\-{}a ]{0,12}") {
        let world = world();
        world.found(&text);
        world.found(&operators);
        world.found_in(&format!("{text}{operators}"), Scope { text: Some(operators), ..Default::default() }, SearchOrder::Rank);
    }

    #[test]
    fn the_verdict_is_the_same_before_and_after_an_article_arrives(
        titles in prop::collection::hash_set(title(), 1..12),
        muted in prop_oneof![Just("grain"), Just("京"), Just("北京"), Just("대통령"), Just("rio"), Just("port el"), Just("เทพ")],
    ) {
        let (before, after) = (Fixture::new(), Fixture::new());
        let articles = || titles.iter().zip(1..).map(|(title, at)| article(title, at)).collect::<Vec<_>>();
        before.mute(words(muted));
        before.settle();
        before.ingest("rift-daily", articles());
        after.ingest("rift-daily", articles());
        after.mute(words(muted));
        let pending = after.titles(Scope::default());
        after.settle();
        prop_assert_eq!(before.titles(Scope::default()), after.titles(Scope::default()));
        prop_assert_eq!(pending, after.titles(Scope::default()));
        prop_assert_eq!(after.counts().0, after.counts().1);
    }
}

/// Another device goes by when it was muted: the later one says how long.
#[test]
fn what_is_muted_again_is_muted_anew() {
    let world = world();
    let what = words("grain");
    let later = noon() + Duration::hours(1);
    let id = world.mute(what.clone());
    for (ended, at) in [(false, later), (true, later + Duration::hours(1))] {
        if ended {
            world.store.unmute(id).unwrap();
        }
        assert_eq!(world.store.mute(&what, None, at).unwrap(), id);
        let mutes = world.store.mutes(at).unwrap();
        assert_eq!(
            mutes.iter().map(|mute| mute.made_at).collect::<Vec<_>>(),
            [at]
        );
    }
}
