//! A person takes everything of their own along to another device.

#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::path::Path;

use overview_core::model::{
    ArticleQuery, ArticleRow, Mark, MovedCounts, MuteFor, Muted, OwnPublisher, Scope, SearchQuery,
    StorageSettings,
};
use overview_core::moving::{FORMAT, MovingProgress, MovingReport};
use overview_core::page::text_of;
use overview_core::sync::SyncRequest;
use overview_core::{Error, Overview, Result};
use overview_tests::newsroom::Newsroom;
use overview_tests::refresh;
use overview_tests::world::Answer;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// A publisher of the newsroom that the person switches off.
const SWITCHED_OFF: &str = "publisher-2";

fn list(overview: &Overview, scope: Scope) -> Vec<ArticleRow> {
    let query = ArticleQuery {
        scope,
        ..ArticleQuery::default()
    };
    overview.articles(&query).unwrap().rows
}

fn export(overview: &Overview, file: &Path) -> Result<MovingReport> {
    overview.export(file, &CancellationToken::new(), &|_| ())
}

fn import(overview: &Overview, file: &Path) -> Result<MovingReport> {
    overview.import(file, &CancellationToken::new(), &|_| ())
}

/// What a person sees of what is theirs.
fn seen(overview: &Overview) -> impl PartialEq + std::fmt::Debug + use<> {
    let countries = overview.countries().unwrap().into_iter();
    let followed: Vec<_> = countries
        .filter(|row| row.followed)
        .map(|row| row.country)
        .collect();
    let publishers = overview.publishers(&[]).unwrap().into_iter();
    let chosen: Vec<_> = publishers
        .filter(|row| row.followed.is_some() || row.own)
        .map(|row| (row.id, row.name, row.country, row.followed, row.enabled))
        .collect();
    let mut mutes: Vec<_> = overview
        .mutes()
        .unwrap()
        .into_iter()
        .map(|mute| (mute.what, mute.made_at, mute.until))
        .collect();
    // All of one moment, which have no order of their own.
    mutes.sort_by_key(|mute| format!("{:?}", mute.0));
    let saved: Vec<_> = list(
        overview,
        Scope {
            saved: true,
            ..Scope::default()
        },
    )
    .into_iter()
    .map(|row| {
        let article = overview.article(row.id).unwrap();
        (
            row.title,
            row.state,
            row.sort_at,
            row.first_seen_at,
            text_of(&article.blocks),
        )
    })
    .collect();
    (
        followed,
        chosen,
        mutes,
        saved,
        overview.translation_settings().unwrap(),
        overview.storage_settings().unwrap(),
    )
}

/// A device that somebody used for a while.
async fn used(newsroom: &Newsroom) -> Overview {
    let overview = newsroom.reader();
    let site = newsroom.site(7);
    site.set("/own", Answer::feed(
        format!("<rss version=\"2.0\"><channel><item><title>Own words</title><guid>1</guid><link>{}</link><description>Own body</description></item></channel></rss>", site.url("/1"))
    ));
    overview
        .add_publisher(&OwnPublisher {
            name: "Own Paper".to_owned(),
            home: site.url("/"),
            country: "KE".parse().unwrap(),
            language: "en".to_owned(),
            feeds: vec![site.url("/own")],
        })
        .unwrap();
    refresh(&overview).await.unwrap();
    let (own, rows): (Vec<_>, Vec<_>) = list(&overview, Scope::default())
        .into_iter()
        .partition(|row| row.title == "Own words");
    // Entries of one time are listed as they arrived, which differs from run to run.
    let (off, rows): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|row| row.publisher.as_str() == SWITCHED_OFF);
    overview.mark(&[off[0].id], Mark::Read).unwrap();
    overview
        .mark(&[rows[0].id, rows[1].id], Mark::Read)
        .unwrap();
    overview.mark(&[rows[2].id], Mark::Hide).unwrap();
    overview.mark(&[own[0].id, rows[3].id], Mark::Save).unwrap();
    overview
        .follow_country("UA".parse().unwrap(), true)
        .unwrap();
    overview
        .follow_publisher(&SWITCHED_OFF.into(), Some(false))
        .unwrap();
    overview
        .mute(&Muted::Words("zeppelin".to_owned()), MuteFor::Week)
        .unwrap();
    overview
        .mute(&Muted::Country("PE".parse().unwrap()), MuteFor::Good)
        .unwrap();
    let mut settings = overview.translation_settings().unwrap();
    settings.order.truncate(2);
    overview.set_translation_settings(&settings).unwrap();
    overview
        .set_storage_settings(&StorageSettings {
            budget_bytes: Some(300_000_000),
            age_days: None,
        })
        .unwrap();
    overview.settle().unwrap();
    overview
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_of_ones_own_arrives_and_twice_is_once() {
    let newsroom = Newsroom::open(3, 6);
    let overview = used(&newsroom).await;
    let files = TempDir::new().unwrap();
    let file = files.path().join("overview.move");
    let told = std::sync::Mutex::new(Vec::new());
    let report = overview
        .export(
            &file,
            &CancellationToken::new(),
            &|state: &MovingProgress| {
                told.lock().unwrap().push(*state);
            },
        )
        .unwrap();
    assert!(!report.cancelled);
    assert_eq!((report.counts.own, report.counts.articles), (1, 2));
    let last = *told.lock().unwrap().last().unwrap();
    assert_eq!(last.done, last.planned);
    // Nothing but the file is left behind.
    assert_eq!(std::fs::read_dir(files.path()).unwrap().count(), 1);

    let other_dir = TempDir::new().unwrap();
    let other = Overview::open(newsroom.options_in(other_dir.path())).unwrap();
    let arrived = import(&other, &file).unwrap();
    assert_eq!(arrived.counts.articles, 2);
    assert_eq!(arrived.counts.left_out, 0);
    assert_eq!(seen(&other), seen(&overview));
    // What is saved is found by its words, without a network.
    let query = SearchQuery {
        text: "own body".to_owned(),
        ..SearchQuery::default()
    };
    assert_eq!(other.search(&query).unwrap().rows.len(), 1);
    // What was read is read as soon as it is fetched.
    let request = SyncRequest {
        countries: ["UA", "KE", "PE"]
            .map(|code| code.parse().unwrap())
            .to_vec(),
        ..SyncRequest::default()
    };
    let cancel = CancellationToken::new();
    other.sync(&request, &cancel, &|_| ()).await.unwrap();
    let everything = |overview: &Overview| {
        let hidden = list(
            overview,
            Scope {
                hidden: true,
                ..Scope::default()
            },
        );
        let mut rows: Vec<_> = list(overview, Scope::default())
            .into_iter()
            .chain(hidden)
            .map(|row| (row.title, row.state))
            .collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        rows
    };
    refresh(&overview).await.unwrap();
    assert_eq!(everything(&other), everything(&overview));
    let history = |overview: &Overview| {
        let page = overview.history(None, 50).unwrap().rows.into_iter();
        // The other device never fetched what is switched off.
        let fetched = page.filter(|entry| entry.row.publisher.as_str() != SWITCHED_OFF);
        let mut rows: Vec<_> = fetched
            .map(|entry| (entry.row.title, entry.read_at))
            .collect();
        // Read at one moment.
        rows.sort();
        rows
    };
    assert_eq!(history(&other), history(&overview));

    assert_eq!(
        import(&other, &file).unwrap().counts,
        MovedCounts::default()
    );
    // Into the device that it came from it changes nothing either.
    assert_eq!(
        import(&overview, &file).unwrap().counts,
        MovedCounts::default()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_damaged_newer_or_anothers_changes_nothing() {
    let newsroom = Newsroom::open(3, 6);
    let overview = used(&newsroom).await;
    let files = TempDir::new().unwrap();
    let file = files.path().join("overview.move");
    export(&overview, &file).unwrap();
    let other_dir = TempDir::new().unwrap();
    let other = Overview::open(newsroom.options_in(other_dir.path())).unwrap();
    let before = seen(&other);
    let bytes = std::fs::read(&file).unwrap();
    let mut lines = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice())
        .read_to_string(&mut lines)
        .unwrap();
    let packed = |text: &str| {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(text.as_bytes()).unwrap();
        out.finish().unwrap()
    };
    let broken = files.path().join("broken.move");
    let tried = |bytes: &[u8]| {
        std::fs::write(&broken, bytes).unwrap();
        import(&other, &broken).unwrap_err().code()
    };
    let newer = format!("\"format\":{}", FORMAT + 1);
    let newer = lines.replace(&format!("\"format\":{FORMAT}"), &newer);
    assert_eq!(tried(&packed(&newer)), "newer_file");
    assert_eq!(tried(b""), "not_ours");
    assert_eq!(tried(b"SQLite format 3\0"), "not_ours");
    assert_eq!(tried(&packed("{\"something\":\"else\"}\n")), "not_ours");
    assert_eq!(
        tried(&packed(&lines.replace("Own words", "Other words"))),
        "damaged_file"
    );
    let without_end = lines.trim_end().rsplit_once('\n').unwrap().0;
    assert_eq!(tried(&packed(without_end)), "damaged_file");
    assert_eq!(tried(&packed(&format!("{lines}more\n"))), "damaged_file");
    for cut in [bytes.len() / 3, bytes.len() / 2, bytes.len() - 4] {
        assert_eq!(tried(&bytes[..cut]), "damaged_file", "cut at {cut}");
    }
    let missing = import(&other, &files.path().join("missing")).unwrap_err();
    assert_eq!(missing.code(), "file");
    assert_eq!(
        export(&overview, &files.path().join("no/such/folder"))
            .unwrap_err()
            .code(),
        "file"
    );
    assert_eq!(seen(&other), before);

    // A line of a kind that a later version of the same format may write is passed over.
    let head_end = lines.find('\n').unwrap() + 1;
    let (head, rest) = lines.split_at(head_end);
    let records = rest.trim_end().rsplit_once('\n').unwrap().0;
    let body = format!("{head}{{\"is\":\"weather\",\"rain\":true}}\n{records}\n");
    let count = body.lines().count() - 1;
    let hash: String = {
        use sha2::Digest;
        sha2::Sha256::digest(body.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    };
    let later = format!("{body}{{\"end\":{{\"records\":{count},\"sha256\":\"{hash}\"}}}}\n");
    std::fs::write(&broken, packed(&later)).unwrap();
    assert_eq!(import(&other, &broken).unwrap().counts.left_out, 1);
    assert_eq!(seen(&other), seen(&overview));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cancelled_or_paused_leaves_no_trace() {
    let newsroom = Newsroom::open(3, 6);
    let overview = used(&newsroom).await;
    let files = TempDir::new().unwrap();
    let file = files.path().join("overview.move");
    let cancelled = CancellationToken::new();
    cancelled.cancel();
    assert!(
        overview
            .export(&file, &cancelled, &|_| ())
            .unwrap()
            .cancelled
    );
    assert_eq!(std::fs::read_dir(files.path()).unwrap().count(), 0);
    export(&overview, &file).unwrap();
    let other_dir = TempDir::new().unwrap();
    let other = Overview::open(newsroom.options_in(other_dir.path())).unwrap();
    let before = seen(&other);
    assert!(other.import(&file, &cancelled, &|_| ()).unwrap().cancelled);
    assert_eq!(seen(&other), before);
    other.pause().unwrap();
    assert!(matches!(import(&other, &file), Err(Error::Paused)));
    assert!(matches!(
        export(&other, &files.path().join("two")),
        Err(Error::Paused)
    ));
    other.resume().unwrap();
    assert_eq!(seen(&other), before);
    import(&other, &file).unwrap();
    assert_eq!(seen(&other), seen(&overview));
}
