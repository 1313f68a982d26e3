//! Packs: what is ready is read on a train, and a run that is cut off costs nothing twice.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use overview_core::model::{ArticleId, ArticleQuery, Mark, PictureState, Scope};
use overview_core::pack::{IN_WORK, PackEnd, PackReport, PackRequest};
use overview_core::{Error, Overview};
use overview_sample::Article;
use overview_tests::refresh;
use overview_tests::sample::Sample;
use overview_tests::world::{Answer, Gate};
use tokio_util::sync::CancellationToken;

const COUNTRIES: [&str; 2] = ["UA", "FR"];
const NEWEST: usize = 5;

fn request() -> PackRequest {
    PackRequest {
        countries: COUNTRIES.iter().map(|code| code.parse().unwrap()).collect(),
        newest: NEWEST,
        byte_budget: 20_000_000,
        ..PackRequest::default()
    }
}

/// The pictures of the articles that are packed, drawn once: that is slow without optimisation. The
/// others share the first.
fn picture(sample: &Sample, article: &Article) -> Vec<u8> {
    static DRAWN: Mutex<BTreeMap<String, Vec<u8>>> = Mutex::new(BTreeMap::new());
    let world = sample.publication.world();
    let publisher = world.publisher_of(article);
    let newer = world.articles.iter().filter(|other| {
        world.publisher_of(other).country == publisher.country
            && other.hours_ago < article.hours_ago
    });
    let is_packed = COUNTRIES.contains(&publisher.country.as_str()) && newer.count() < NEWEST;
    let mut drawn = DRAWN.lock().unwrap();
    if is_packed || drawn.is_empty() {
        let path = format!("{}.png", article.path(publisher));
        let draw = || {
            sample
                .publication
                .answer(&publisher.host(), &path)
                .unwrap()
                .body
        };
        return drawn.entry(article.id()).or_insert_with(draw).clone();
    }
    drawn.values().next().unwrap().clone()
}

/// The sample world with pictures, pages and pictures behind a gate if there is one.
async fn opened(gate: Option<&Gate>) -> (Sample, Overview) {
    let sample = Sample::open();
    for article in &sample.publication.world().articles {
        let publisher = sample.publication.world().publisher_of(article);
        let (host, path) = (publisher.host(), article.path(publisher));
        let site = sample.world.site(&host);
        let mut page = Answer::page(sample.publication.answer(&host, &path).unwrap().body);
        let shown = article.scene.map(|_| picture(&sample, article));
        let mut file = Answer::ok(shown.unwrap_or_default()).header("Content-Type", "image/png");
        if let Some(gate) = gate {
            (page, file) = (page.behind(gate), file.behind(gate));
        }
        site.set(&path, page);
        site.set(&format!("{path}.png"), file);
    }
    let overview = Overview::open(sample.options()).unwrap();
    refresh(&overview).await.unwrap();
    sample.world.forget_requests();
    (sample, overview)
}

async fn pack(overview: &Overview, request: &PackRequest) -> PackReport {
    overview
        .pack(request, &CancellationToken::new(), &|_| ())
        .await
        .unwrap()
}

fn ready(overview: &Overview) -> Vec<ArticleId> {
    let mut found = Vec::new();
    let mut query = ArticleQuery::default();
    loop {
        let page = overview.articles(&query).unwrap();
        found.extend(page.rows.iter().filter(|row| row.ready).map(|row| row.id));
        match page.next {
            Some(next) => query.after = Some(next),
            None => return found,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_countries_are_read_on_a_train() {
    let (sample, overview) = opened(None).await;
    let report = pack(&overview, &request()).await;
    assert_eq!(report.end, PackEnd::Completed, "{report:?}");
    assert_eq!(report.progress.ready as usize, COUNTRIES.len() * NEWEST);
    assert!(report.progress.kept_bytes <= 20_000_000);
    drop(overview);

    // The program is started again where there is no network.
    let overview = Overview::open(sample.options()).unwrap();
    overview.set_offline(true);
    sample.world.forget_requests();
    let ids = ready(&overview);
    assert_eq!(ids.len(), COUNTRIES.len() * NEWEST);
    let mut pictures = 0;
    for id in ids {
        let article = overview.article(id).unwrap();
        assert!(!article.blocks.is_empty());
        for url in article.pictures() {
            let PictureState::Here { path, .. } = overview.picture(url).unwrap() else {
                panic!("{url} of {id} is not here");
            };
            assert!(std::fs::metadata(path).unwrap().len() > 0);
            pictures += 1;
        }
    }
    assert!(pictures >= NEWEST);
    assert_eq!(sample.world.requests().len(), 0);
    assert!(matches!(
        overview
            .pack(&request(), &CancellationToken::new(), &|_| ())
            .await,
        Err(Error::Offline)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_cut_off_costs_nothing_twice() {
    // Pages and pictures of ten articles are at most twenty answers; how far those that passed have
    // come when the run is cut differs from round to round.
    let moments = std::env::var("OVERVIEW_CUTS").map_or(6, |rounds| rounds.parse().unwrap());
    for moment in (0..moments).map(|round| round * 7 % 16) {
        let gate = Gate::closed();
        let (sample, overview) = opened(Some(&gate)).await;
        gate.let_pass(moment);
        let cancel = CancellationToken::new();
        let run = {
            let (overview, cancel) = (&overview, cancel.clone());
            async move { overview.pack(&request(), &cancel, &|_| ()).await.unwrap() }
        };
        let cut = async {
            // Until nothing more can pass: the same number of requests twice, after the answers.
            while sample.world.requests().len() <= moment {
                tokio::task::yield_now().await;
            }
            cancel.cancel();
        };
        let (report, ()) = tokio::join!(run, cut);
        assert_eq!(report.end, PackEnd::Cancelled, "at {moment}");
        gate.open();
        let report = pack(&overview, &request()).await;
        assert_eq!(report.end, PackEnd::Completed);
        assert_eq!(report.progress.ready as usize, COUNTRIES.len() * NEWEST);
        let mut asked: HashMap<String, usize> = HashMap::new();
        for request in sample.world.requests() {
            *asked
                .entry(format!("{}{}", request.host, request.path))
                .or_default() += 1;
        }
        let again: usize = asked.values().map(|times| times - 1).sum();
        // Each of those in work had at most one file under way.
        assert!(again <= IN_WORK, "{again} asked twice at {moment}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pack_for_wifi_waits_for_it() {
    let (sample, overview) = opened(None).await;
    let request = PackRequest {
        unmetered_only: true,
        ..request()
    };
    overview.set_metered(true);
    assert_eq!(pack(&overview, &request).await.end, PackEnd::Metered);
    assert_eq!(sample.world.requests().len(), 0);
    overview.set_metered(false);
    // It leaves the house with the first article.
    let report = overview
        .pack(&request, &CancellationToken::new(), &|progress| {
            overview.set_metered(progress.done > 0);
        })
        .await
        .unwrap();
    assert_eq!(report.end, PackEnd::Metered);
    assert!((report.progress.done as usize) < COUNTRIES.len() * NEWEST);
    // What may cost money is not kept waiting.
    let anywhere = PackRequest {
        unmetered_only: false,
        ..request
    };
    assert_eq!(pack(&overview, &anywhere).await.end, PackEnd::Completed);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_budget_is_held_and_what_was_read_makes_room() {
    let (_sample, overview) = opened(None).await;
    let whole = pack(
        &overview,
        &PackRequest {
            newest: 2,
            ..request()
        },
    )
    .await
    .progress
    .kept_bytes;
    let small = PackRequest {
        newest: NEWEST,
        byte_budget: whole + 100,
        ..request()
    };
    let report = pack(&overview, &small).await;
    assert_eq!(report.end, PackEnd::BudgetReached);
    assert!(
        report.progress.kept_bytes <= small.byte_budget,
        "{report:?}"
    );
    let kept = ready(&overview);
    overview.mark(&kept, Mark::Read).unwrap();
    overview.mark(&kept[..1], Mark::Save).unwrap();
    let report = pack(
        &overview,
        &PackRequest {
            newest: 2,
            ..small.clone()
        },
    )
    .await;
    assert!(
        report.progress.kept_bytes <= small.byte_budget,
        "{report:?}"
    );
    let now = ready(&overview);
    assert!(now.contains(&kept[0]), "what is saved stays");
    assert!(
        now.iter().any(|id| !kept.contains(id)),
        "{kept:?} then {now:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_whose_picture_is_missing_for_now_is_not_ready() {
    let (sample, overview) = opened(None).await;
    let scope = Scope {
        countries: vec!["UA".parse().unwrap()],
        ..Scope::default()
    };
    let query = ArticleQuery {
        scope,
        ..ArticleQuery::default()
    };
    let rows = overview.articles(&query).unwrap().rows;
    let mut checked = 0;
    for row in rows.iter().take(4) {
        let article = overview.fetch_article(row.id).await.unwrap();
        let Some(lead) = &article.lead else { continue };
        assert!(!article.row.ready);
        let site = sample.world.site(lead.url.host_str().unwrap());
        site.set(lead.url.path(), Answer::status(500));
        assert!(overview.fetch_picture(&lead.url).await.is_err());
        assert!(!overview.article(row.id).unwrap().row.ready);
        // Gone for good is an answer: there is nothing more to wait for.
        site.set(lead.url.path(), Answer::status(404));
        let state = overview.fetch_picture(&lead.url).await.unwrap();
        assert!(matches!(state, PictureState::Refused { .. }), "{state:?}");
        assert!(overview.article(row.id).unwrap().row.ready);
        checked += 1;
    }
    assert!(checked > 0);
}
