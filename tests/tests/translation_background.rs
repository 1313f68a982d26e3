//! What is translated ahead of reading: at the pace that the device can afford, and again by a better
//! engine, without anybody who reads noticing.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use overview_core::language::TranslateError;
use overview_core::language::engine::{PlatformTranslator, Server, ServerKind};
use overview_core::model::{ArticleId, EngineKind, Mark, TranslatedBy};
use overview_core::pack::{PackEnd, PackRequest};
use overview_core::page::{find_position, position_at};
use overview_core::translation::{Effort, TranslationSettings};
use overview_core::{Overview, pack};
use overview_tests::gazette::{ARTICLES, Gazette, PUBLISHERS};
use overview_tests::refresh;
use overview_tests::scripted::Scripted;
use overview_tests::translators::{
    PATIENCE, Said, TranslationServer, folder_with, libretranslate, portuguese_model, pretend,
};
use tokio_util::sync::CancellationToken;

/// A phone's translator that answers every text with nothing.
struct Silent;

impl PlatformTranslator for Silent {
    fn supports(&self, _language: &str) -> Result<String, TranslateError> {
        Ok("silent".to_owned())
    }

    fn translate(&self, _language: &str, _texts: &[String]) -> Result<Vec<String>, TranslateError> {
        Ok(Vec::new())
    }
}

/// The press, read, with a translator that counts.
async fn opened() -> (Gazette, Arc<Overview>, Arc<Scripted>) {
    let gazette = Gazette::open();
    let overview = Arc::new(Overview::open(gazette.options()).unwrap());
    refresh(&overview).await.unwrap();
    let phone = Arc::new(Scripted::default());
    phone.set_model("1");
    overview.set_platform_translator(Some(Arc::clone(&phone) as Arc<_>));
    (gazette, overview, phone)
}

fn request(newest: usize) -> PackRequest {
    PackRequest {
        newest,
        ..PackRequest::default()
    }
}

/// Waits for what happens on other threads.
async fn until(happened: impl Fn() -> bool) {
    let waiting = async {
        while !happened() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.unwrap();
}

async fn in_background(overview: &Overview) -> (u32, u32, u32) {
    let done = overview
        .translate_in_background(&[], &CancellationToken::new())
        .await
        .unwrap();
    (done.titles, done.replaced_titles, done.bodies)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_is_hot_translates_nothing_but_what_is_opened() {
    let (_gazette, overview, phone) = opened().await;
    overview.set_effort(Effort::Paused);
    assert_eq!(in_background(&overview).await, (0, 0, 0));
    assert_eq!(phone.calls(), 0);
    let id = Gazette::rows(&overview)[0].id;
    overview.fetch_article(id).await.unwrap();
    let done = overview.translate_article(id).await.unwrap();
    assert_eq!((done.missing, done.first_failure), (0, None));
    // Cool again: the rest follows.
    overview.set_effort(Effort::Full);
    let titles = u32::try_from(PUBLISHERS * ARTICLES - 1).unwrap();
    assert_eq!(in_background(&overview).await, (titles, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pack_waits_while_paused_and_goes_on_after() {
    let (gazette, overview, phone) = opened().await;
    gazette.world.forget_requests();
    overview.set_effort(Effort::Paused);
    let (pack, cancel) = (request(pack::IN_WORK), CancellationToken::new());
    let packing = overview.pack(&pack, &cancel, &|_| ());
    let cooling = async {
        // All pages are here, so that nothing but translation is left.
        until(|| gazette.world.requests().len() == pack::IN_WORK).await;
        assert_eq!(phone.calls(), 0);
        overview.set_effort(Effort::Full);
    };
    let (report, ()) = tokio::join!(packing, cooling);
    let report = report.unwrap();
    assert_eq!(
        (report.end, report.progress.ready),
        (PackEnd::Completed, u32::try_from(pack::IN_WORK).unwrap())
    );
    assert!(phone.calls() > 0);
}

/// What is not in English by then is not ready, and that is said.
#[tokio::test(flavor = "multi_thread")]
async fn a_pack_whose_translator_fails_says_what_is_missing() {
    let (_gazette, overview, _phone) = opened().await;
    overview.set_platform_translator(Some(Arc::new(Silent)));
    let (asked, cancel) = (request(2), CancellationToken::new());
    let report = overview.pack(&asked, &cancel, &|_| ()).await.unwrap();
    let progress = report.progress;
    assert_eq!(
        (report.end, progress.done, progress.ready, progress.failed),
        (PackEnd::Completed, 2, 0, 2)
    );
    assert!(report.first_failure.is_some(), "{report:?}");
    // With one that answers, the next run completes it.
    let phone = Arc::new(Scripted::default());
    phone.set_model("1");
    overview.set_platform_translator(Some(phone));
    let report = overview.pack(&asked, &cancel, &|_| ()).await.unwrap();
    assert_eq!((report.progress.ready, report.progress.failed), (2, 0));
    assert_eq!(report.first_failure, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_pack_can_be_cancelled() {
    let (gazette, overview, phone) = opened().await;
    gazette.world.forget_requests();
    overview.set_effort(Effort::Paused);
    let (pack, cancel) = (request(pack::IN_WORK), CancellationToken::new());
    let packing = overview.pack(&pack, &cancel, &|_| ());
    let giving_up = async {
        until(|| gazette.world.requests().len() == pack::IN_WORK).await;
        cancel.cancel();
    };
    let (report, ()) = tokio::join!(packing, giving_up);
    assert_eq!(report.unwrap().end, PackEnd::Cancelled);
    assert_eq!(phone.calls(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gentle_device_does_one_thing_at_a_time_and_nothing_twice() {
    let (gazette, overview, phone) = opened().await;
    overview.set_effort(Effort::Gentle);
    gazette.world.forget_requests();
    // The first is held until the others are about to begin, too.
    let (hold, held) = std::sync::mpsc::channel::<()>();
    let held = Mutex::new(held);
    phone.on_call(move |call| {
        if call == 1 {
            let _ = held.lock().unwrap().recv();
        }
    });
    let (pack, cancel) = (request(pack::IN_WORK), CancellationToken::new());
    let packing = overview.pack(&pack, &cancel, &|_| ());
    let others = async {
        until(|| gazette.world.requests().len() == pack::IN_WORK && phone.calls() == 1).await;
        hold.send(()).unwrap();
    };
    let (report, ()) = tokio::join!(packing, others);
    assert_eq!(
        report.unwrap().progress.ready,
        u32::try_from(pack::IN_WORK).unwrap()
    );
    assert_eq!(phone.most_at_once(), 1);
    // What is in English already waits for better times.
    let rest = u32::try_from(PUBLISHERS * ARTICLES - pack::IN_WORK).unwrap();
    phone.set_model("2");
    assert_eq!(in_background(&overview).await, (rest, 0, 0));
}

/// Who translated what an article shows.
fn by(overview: &Overview, id: ArticleId) -> Vec<TranslatedBy> {
    overview.article(id).unwrap().translation.unwrap().by
}

/// Who translated the titles, each once.
fn titles_by(overview: &Overview) -> Vec<String> {
    let mut by: Vec<String> = Gazette::rows(overview)
        .into_iter()
        .map(|row| row.translation.unwrap().by.to_string())
        .collect();
    by.sort();
    by.dedup();
    by
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_model_does_titles_and_bodies_again_and_nobody_sees_it_at_work() {
    let (_gazette, overview, phone) = opened().await;
    in_background(&overview).await;
    let packed = 3;
    let none = CancellationToken::new();
    overview
        .pack(&request(packed), &none, &|_| ())
        .await
        .unwrap();
    assert_eq!(titles_by(&overview), ["this device (1)"]);

    // Somebody reads the first, and is in the middle of its third block.
    let id = Gazette::rows(&overview)[0].id;
    let before = overview.article(id).unwrap();
    let position = position_at(&before.blocks, 2, 500).unwrap();
    overview.mark(&[id], Mark::Position(position)).unwrap();

    phone.set_model("2");
    let (watched, seen) = (Arc::downgrade(&overview), Arc::new(AtomicUsize::new(0)));
    let looks = Arc::clone(&seen);
    phone.on_call(move |_| {
        let overview = watched.upgrade().unwrap();
        for row in Gazette::rows(&overview).iter().take(packed) {
            let article = overview.article(row.id).unwrap();
            let english = article.translation.unwrap();
            assert_eq!(english.by.len(), 1, "half in other words: {:?}", english.by);
            assert_eq!(english.missing, 0);
            assert!(row.ready, "still to be read offline");
            looks.fetch_add(1, Ordering::SeqCst);
        }
    });
    let (titles, replaced, bodies) = in_background(&overview).await;
    let all = u32::try_from(PUBLISHERS * ARTICLES).unwrap();
    assert_eq!((titles, replaced, bodies), (0, all, 3));
    assert!(seen.load(Ordering::SeqCst) > 0);
    assert_eq!(titles_by(&overview), ["this device (2)"]);
    let after = overview.article(id).unwrap();
    assert_eq!(by(&overview, id)[0].model, "2");
    // The position is where it was: of the same block, which has its English beside it.
    assert_eq!(after.row.state.position, Some(position));
    assert_eq!(find_position(&after.blocks, position), Some((2, 500)));
    assert_eq!(after.blocks, before.blocks);
    let english = after.translation.unwrap().blocks;
    assert_eq!(english.len(), after.blocks.len());
    // Done is done.
    let calls = phone.calls();
    assert_eq!(in_background(&overview).await, (0, 0, 0));
    assert_eq!(phone.calls(), calls);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_that_is_set_before_another_takes_its_place_and_half_of_it_is_not_shown() {
    let (gazette, overview, phone) = opened().await;
    in_background(&overview).await;
    let none = CancellationToken::new();
    overview.pack(&request(2), &none, &|_| ()).await.unwrap();
    let id = Gazette::rows(&overview)[0].id;
    assert_eq!(by(&overview, id)[0].engine, EngineKind::Platform);

    // The server's quota ends behind the titles and the first texts of the first body.
    let answers = Arc::new(AtomicUsize::new(11));
    let left = Arc::clone(&answers);
    let server = TranslationServer::start(move |_, asked| {
        let one_less = |left: usize| left.checked_sub(1);
        match left.try_update(Ordering::SeqCst, Ordering::SeqCst, one_less) {
            Ok(_) => Said::ok(libretranslate(asked, pretend)),
            Err(_) => Said::status(456),
        }
    })
    .await;
    let settings = TranslationSettings {
        order: vec![EngineKind::LibreTranslate, EngineKind::Platform],
        server: Some(Server {
            kind: ServerKind::LibreTranslate,
            url: server.url.clone(),
            key: None,
        }),
        manifest: None,
    };
    overview.set_translation_settings(&settings).unwrap();
    in_background(&overview).await;
    assert_eq!(by(&overview, id).len(), 1);
    assert_eq!(by(&overview, id)[0].engine, EngineKind::Platform);
    // 58 titles by six, the first texts of a body, and one refusal: no storm.
    assert_eq!(server.asked().len(), 12);

    // It has its quota again; the reader starts the program anew.
    answers.store(usize::MAX, Ordering::SeqCst);
    drop(overview);
    let overview = Overview::open(gazette.options()).unwrap();
    overview.set_platform_translator(Some(Arc::clone(&phone) as Arc<_>));
    in_background(&overview).await;
    assert_eq!(by(&overview, id).len(), 1);
    assert_eq!(by(&overview, id)[0].engine, EngineKind::LibreTranslate);
    assert_eq!(titles_by(&overview), ["LibreTranslate"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_run_does_a_bounded_number_of_bodies_and_can_be_cancelled() {
    let (_gazette, overview, phone) = opened().await;
    let none = CancellationToken::new();
    overview.pack(&request(60), &none, &|_| ()).await.unwrap();
    phone.set_model("2");
    let cancel = CancellationToken::new();
    let (stop, at) = (cancel.clone(), phone.calls() + 10);
    phone.on_call(move |call| {
        if call >= at {
            stop.cancel();
        }
    });
    let cut = overview
        .translate_in_background(&[], &cancel)
        .await
        .unwrap();
    assert!(cut.bodies < 30, "{cut:?}");
    phone.on_call(|_| ());
    let (_, replaced, bodies) = in_background(&overview).await;
    assert_eq!((replaced, bodies), (30, 30));
    let (_, replaced, bodies) = in_background(&overview).await;
    assert_eq!((replaced, bodies), (30 - cut.bodies, 30 - cut.bodies));
    assert_eq!(titles_by(&overview), ["this device (2)"]);
}

/// What was packed when no engine was there is translated once a model is.
#[tokio::test(flavor = "multi_thread")]
async fn a_pack_from_before_the_model_is_translated_once_it_is_here() {
    let Some(model) = portuguese_model() else {
        return;
    };
    let gazette = Gazette::open();
    let overview = Overview::open(gazette.options()).unwrap();
    refresh(&overview).await.unwrap();
    let none = CancellationToken::new();
    let report = overview.pack(&request(2), &none, &|_| ()).await.unwrap();
    assert_eq!(report.progress.ready, 2);
    assert_eq!(in_background(&overview).await, (0, 0, 0));
    drop(overview);
    let folder = folder_with(&model);
    std::fs::rename(folder.path(), gazette.dir.path().join("models")).unwrap();
    let overview = Overview::open(gazette.options()).unwrap();
    let (titles, _, bodies) = in_background(&overview).await;
    assert_eq!((titles, bodies), (60, 2));
    let id = Gazette::rows(&overview)[0].id;
    assert_eq!(
        by(&overview, id)[0].to_string(),
        "Firefox Translations (pt-en 1.0)"
    );
}
