//! A pack of 60 Portuguese articles: whole, and in English.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::sync::Arc;
use std::time::Instant;

use overview_core::Overview;
use overview_core::pack::{PackEnd, PackRequest};
use overview_tests::gazette::{Gazette, TEXTS};
use overview_tests::refresh;
use overview_tests::scripted::Scripted;
use overview_tests::translators::{folder_with, portuguese_model};
use tokio_util::sync::CancellationToken;

fn request() -> PackRequest {
    PackRequest {
        newest: 60,
        ..PackRequest::default()
    }
}

/// All 60 are ready and wholly in English.
fn check(overview: &Overview) {
    let rows = Gazette::rows(overview);
    assert_eq!(rows.len(), 60);
    for row in rows {
        assert!(row.ready, "{}", row.title);
        assert!(row.translation.is_some(), "{}", row.title);
        let article = overview.article(row.id).unwrap();
        assert_eq!(article.blocks.len(), TEXTS - 1);
        assert_eq!(article.translation.unwrap().missing, 0, "{}", row.title);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cut_off_at_twenty_random_moments_no_text_is_translated_twice() {
    let gazette = Gazette::open();
    let mut overview = Overview::open(gazette.options()).unwrap();
    refresh(&overview).await.unwrap();
    let phone = Arc::new(Scripted::default());
    // A small linear congruence, so that a failure can be had again.
    let mut seed: u64 = 20;
    let mut cut = 0;
    while cut < 20 {
        overview.set_platform_translator(Some(Arc::clone(&phone) as Arc<_>));
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let moment = phone.calls() + 1 + usize::try_from((seed >> 33) % 3).unwrap();
        let cancel = CancellationToken::new();
        let stop = cancel.clone();
        phone.on_call(move |call| {
            if call == moment {
                stop.cancel();
            }
        });
        let report = overview.pack(&request(), &cancel, &|_| ()).await.unwrap();
        assert_eq!(report.end, PackEnd::Cancelled, "after {cut} cuts");
        cut += 1;
        // The program ends, too.
        drop(overview);
        overview = Overview::open(gazette.options()).unwrap();
    }
    overview.set_platform_translator(Some(Arc::clone(&phone) as Arc<_>));
    phone.on_call(|_| ());
    let report = overview
        .pack(&request(), &CancellationToken::new(), &|_| ())
        .await
        .unwrap();
    assert_eq!(
        (report.end, report.progress.ready),
        (PackEnd::Completed, 60)
    );
    check(&overview);
    let texts = phone.texts();
    assert_eq!(texts.len(), 60 * TEXTS);
    let twice: Vec<_> = texts.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_model_makes_all_of_it_english() {
    let Some(model) = portuguese_model() else {
        return;
    };
    let gazette = Gazette::open();
    let folder = folder_with(&model);
    std::fs::rename(folder.path(), gazette.dir.path().join("models")).unwrap();
    let overview = Overview::open(gazette.options()).unwrap();
    refresh(&overview).await.unwrap();
    let began = Instant::now();
    let report = overview
        .pack(&request(), &CancellationToken::new(), &|_| ())
        .await
        .unwrap();
    println!(
        "60 articles packed and translated in {:.1} s",
        began.elapsed().as_secs_f64()
    );
    assert_eq!(
        (report.end, report.progress.ready),
        (PackEnd::Completed, 60)
    );
    check(&overview);
}
