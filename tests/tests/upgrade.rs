//! A database of every schema that was ever shipped is opened by today's code, with everything in
//! it. A fixture is the dump of a store as that version wrote it.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};

use overview_core::catalogue::{AddressRule, Catalogue};
use overview_core::model::{
    ArticleQuery, PageVerdict, PictureState, ReadingPosition, Scope, SearchQuery, StoryId,
    StoryOrder, StoryQuery,
};
use overview_core::page::text_of;
use overview_core::{OpenOptions, Overview};
use overview_tests::world::WorldClock;
use rusqlite::Connection;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// A data directory with the database that a fixture describes.
fn restored(schema: u32) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let dump = fixtures().join(format!("schema-{schema:03}.sql"));
    let sql = std::fs::read_to_string(&dump)
        .unwrap_or_else(|error| panic!("schema {schema} has no fixture: {error}"));
    let database = Connection::open(dir.path().join("overview.db")).unwrap();
    database.execute_batch(&sql).unwrap();
    dir
}

fn open(dir: &Path) -> Overview {
    let json = std::fs::read_to_string(fixtures().join("catalogue.json")).unwrap();
    let mut options = OpenOptions::new(dir);
    options.catalogue = Some(Catalogue::from_json(&json, AddressRule::HttpsOnly).unwrap());
    // Soon after they were written, so that nothing is too old to stay.
    let then = "2026-11-24T12:00:00Z".parse().unwrap();
    options.clock = std::sync::Arc::new(WorldClock::at(then));
    Overview::open(options).unwrap()
}

#[test]
fn every_schema_ever_shipped_opens_with_everything_in_it() {
    let today = open(tempfile::tempdir().unwrap().path())
        .doctor()
        .unwrap()
        .schema_version;
    for schema in 1..=today {
        let dir = restored(schema);
        let overview = open(dir.path());
        let facts = overview.doctor().unwrap();
        assert_eq!(
            (facts.schema_version, facts.damage),
            (today, None),
            "from schema {schema}"
        );
        let list = |scope| {
            let query = ArticleQuery {
                scope,
                ..ArticleQuery::default()
            };
            overview.articles(&query).unwrap().rows
        };
        let titles: Vec<String> = list(Scope::default())
            .into_iter()
            .map(|row| row.title)
            .collect();
        assert_eq!(
            titles,
            ["Long rains arrive early", "Річка повертається"],
            "from schema {schema}"
        );
        let saved = list(Scope {
            saved: true,
            ..Scope::default()
        });
        assert_eq!(saved[0].title, "Річка повертається");
        assert!(saved[0].state.read);
        // Of a body that was not counted in blocks yet.
        let position = ReadingPosition {
            block: 0,
            thousandths: 420,
            digest: 0,
        };
        assert_eq!(saved[0].state.position, Some(position));
        assert_eq!(
            list(Scope {
                hidden: true,
                ..Scope::default()
            })[0]
                .title,
            "Tea by weight"
        );
        assert_eq!(
            list(Scope {
                text: Some("rains".into()),
                ..Scope::default()
            })
            .len(),
            1
        );
        overview.settle().unwrap();
        let found = |text: &str| {
            let query = SearchQuery {
                text: text.into(),
                ..SearchQuery::default()
            };
            let rows = overview.search(&query).unwrap().rows;
            rows.into_iter().map(|hit| hit.row.id).collect::<Vec<_>>()
        };
        assert_eq!(found("пором ХОДИТЬ"), [saved[0].id], "from schema {schema}");
        if schema >= 3 {
            assert_eq!(found("river ret"), [saved[0].id], "from schema {schema}");
        }
        let mutes = overview.mutes().unwrap();
        if schema >= 5 {
            assert_eq!((mutes.len(), mutes[0].articles), (1, 1));
            let muted = list(Scope {
                muted: true,
                ..Scope::default()
            });
            assert_eq!(muted[0].title, "Tea by weight");
            assert!(muted[0].state.hidden, "by the person, too");
            assert_eq!(overview.mutes_of(muted[0].id).unwrap(), mutes);
        } else {
            assert!(mutes.is_empty());
        }
        let article = overview.article(saved[0].id).unwrap();
        let text = text_of(&article.blocks);
        if schema >= 2 {
            assert_eq!(text, "Пором ходить знову, щогодини.\nРозклад");
            assert_eq!(article.page.unwrap().verdict, PageVerdict::Full);
            assert_eq!(
                article.standfirst.as_deref(),
                Some("Річка знову в берегах.")
            );
            assert!(article.row.ready);
            let lead = article.lead.unwrap();
            assert_eq!(lead.alt, "Річка");
            let picture = overview.picture(&lead.url).unwrap();
            assert!(matches!(picture, PictureState::Refused { .. }));
            if schema >= 3 {
                assert_eq!(article.row.shown_title(), "The river returns");
                let english = article.translation.unwrap();
                assert_eq!(
                    text_of(&english.blocks),
                    "The ferry runs again, every hour.\nTimetable"
                );
                assert_eq!(english.missing, 0);
                let manifest = overview.translation_settings().unwrap().manifest.unwrap();
                assert_eq!(manifest.host_str(), Some("models.example"));
            }
        } else {
            assert_eq!((text.as_str(), article.page), ("Пором ходить знову.", None));
        }
        let story = overview.story_of(saved[0].id).unwrap();
        if schema >= 4 {
            assert_eq!(story.articles.len(), 2);
            assert_eq!(overview.story(story.id).unwrap(), story);
            assert_eq!(overview.story(StoryId(7)).unwrap().id, story.id);
            let telling = story.articles.iter().find(|it| it.row.id == saved[0].id);
            assert_eq!(telling.unwrap().labels[0].name, "Ukrainian Perspective");
            let query = StoryQuery {
                order: StoryOrder::Breadth,
                ..StoryQuery::default()
            };
            let rows = overview.stories(&query).unwrap().rows;
            assert_eq!((rows.len(), rows[0].countries), (1, 2));
        } else {
            assert_eq!(story.articles.len(), 1);
        }
        // Until they are compared, each article is a story of its own.
        let query = StoryQuery::default();
        assert_eq!(
            overview.stories(&query).unwrap().rows.len(),
            if schema >= 4 { 1 } else { 2 }
        );
        let own = overview.own_publishers().unwrap();
        let history = overview.history(None, 50).unwrap().rows;
        if schema >= 7 {
            assert_eq!((own.len(), own[0].1.name.as_str()), (1, "Own Gazette"));
            assert_eq!(history[0].row.id, saved[0].id);
            let kenya = &overview.countries().unwrap()[0];
            assert_eq!((kenya.publishers, kenya.followed), (2, false));
        } else {
            assert!(own.is_empty() && history.is_empty());
        }
        let ukraine = &overview.countries().unwrap()[1];
        assert_eq!(
            (ukraine.name.as_str(), ukraine.unread, ukraine.followed),
            ("Ukraine", 0, true)
        );
    }
}
