//! Reading from a store of 100,000 articles.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use chrono::{Duration, Utc};
use overview_core::Overview;
use overview_core::catalogue::{AddressRule, Catalogue};
use overview_core::model::{
    ArticleQuery, FeedPollState, Mark, MuteFor, Muted, Scope, SearchOrder, SearchQuery,
};
use overview_core::store::{FeedUpdate, IncomingArticle, Store};

use crate::figures::{Table, quantile};
use crate::tongues::{Dice, TONGUES, Tongue};
use crate::{pausing, publishers, syncing};

const ARTICLES: usize = 100_000;
const PUBLISHERS: usize = 240;
const COUNTRY: &str = "KE";
/// How often it is looked how many articles a mute hides by now.
const WATCHED_EVERY: std::time::Duration = std::time::Duration::from_millis(1);
/// How long a reader waits between two pages while a mute is applied: half a frame of a phone's screen.
const PAGE_EVERY: std::time::Duration = std::time::Duration::from_millis(4);

pub(crate) fn measure(dir: &Path, table: &mut Table) {
    let urls: Vec<String> = (0..PUBLISHERS)
        .map(|number| format!("http://publisher-{number}.localhost/feed"))
        .collect();
    let (home, catalogue) = (dir.join("large"), dir.join("large.json"));
    std::fs::create_dir(&home).unwrap();
    // Kenya among the first sixty countries or not, it has publishers here.
    let document = publishers::document(&urls);
    std::fs::write(&catalogue, &document).unwrap();
    fill(&home.join("overview.db"), &document);

    let code = first_country(&document);
    let opened: Vec<f64> = (0..20)
        .map(|_| {
            let output = Command::new(crate::this_program())
                .args(["open", &crate::text(&home), &crate::text(&catalogue), &code])
                .output()
                .unwrap();
            String::from_utf8(output.stdout)
                .unwrap()
                .trim()
                .parse()
                .expect("a number")
        })
        .collect();
    table.row(
        "100,000 articles: open, first 50 of a country",
        &opened,
        "ms",
        Some(5.0),
    );

    let overview = syncing::open(&crate::text(&home), &crate::text(&catalogue), 0);
    let scope = Scope {
        countries: vec![code.parse().unwrap()],
        ..Default::default()
    };
    let mut pages = Vec::new();
    for _ in 0..40 {
        let mut after = None;
        loop {
            let query = ArticleQuery {
                scope: scope.clone(),
                after,
                ..Default::default()
            };
            let (page, millis) = timed(|| overview.articles(&query).unwrap());
            pages.push(millis);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
    }
    table.row("next page, p99", &[quantile(&pages, 0.99)], "ms", Some(1.0));
    let counts: Vec<f64> = (0..500)
        .map(|_| timed(|| overview.countries().unwrap()).1)
        .collect();
    table.row("all counts", &counts, "ms", Some(1.0));
    let unread = Scope {
        unread: true,
        ..Default::default()
    };
    let unread = ArticleQuery {
        scope: unread,
        ..Default::default()
    };
    let newest: Vec<f64> = (0..200)
        .map(|_| timed(|| overview.articles(&unread).unwrap()).1)
        .collect();
    table.row("first 50 unread of the world", &newest, "ms", None);
    let words = Scope {
        text: Some("district river-77".into()),
        ..Default::default()
    };
    let words = ArticleQuery {
        scope: words,
        ..Default::default()
    };
    let found: Vec<f64> = (0..100)
        .map(|_| timed(|| overview.articles(&words).unwrap()).1)
        .collect();
    table.row("list narrowed by two words", &found, "ms", None);
    for (name, tag) in [
        ("English", "en"),
        ("Chinese", "zh"),
        ("Arabic", "ar"),
        ("Thai", "th"),
    ] {
        search(&overview, name, Tongue::of(tag), table);
    }
    let ids: Vec<_> = overview
        .articles(&unread)
        .unwrap()
        .rows
        .iter()
        .map(|row| row.id)
        .collect();
    let marks: Vec<f64> = ids
        .iter()
        .map(|id| timed(|| overview.mark(&[*id], Mark::Read).unwrap()).1)
        .collect();
    table.row("one mark, on the disk", &marks, "ms", None);
    mutes(&overview, &unread, table);
    pausing::in_a_judgement(&overview, table);
}

/// One to three words as they come in texts, the last half typed every other time.
fn search(overview: &Overview, name: &str, tongue: &Tongue, table: &mut Table) {
    let mut dice = Dice(7);
    let mut took = [Vec::new(), Vec::new()];
    for number in 0..600 {
        let mut words: Vec<String> = (0..=number % 3).map(|_| tongue.word(&mut dice)).collect();
        if number % 2 == 0
            && let Some(last) = words.last_mut()
        {
            let letters = last.chars().count();
            *last = last.chars().take(letters.div_ceil(2).max(3)).collect();
        }
        let by_rank = number % 4 == 3;
        let query = SearchQuery {
            text: words.join(" "),
            order: if by_rank {
                SearchOrder::Rank
            } else {
                SearchOrder::Time
            },
            limit: 20,
            ..SearchQuery::default()
        };
        let (_, millis) = timed(|| overview.search(&query).unwrap());
        if number >= 60 {
            took[usize::from(by_rank)].push(millis);
        }
    }
    let [time, rank] = took;
    table.row(
        &format!("search in {name} by time, p99"),
        &[quantile(&time, 0.99)],
        "ms",
        Some(10.0),
    );
    table.row(
        &format!("search in {name} by rank, p99"),
        &[quantile(&rank, 0.99)],
        "ms",
        Some(10.0),
    );
}

/// Mutes that hide a few thousand articles, while somebody reads.
fn mutes(overview: &Overview, first_page: &ArticleQuery, table: &mut Table) {
    let (mut added, mut first, mut pages) = (Vec::new(), Vec::new(), Vec::new());
    // Apart: mutes that hide nearly all there is.
    let (mut all, mut everything, mut pages_of_everything) = (Vec::new(), Vec::new(), Vec::new());
    let mut dice = Dice(3);
    let mut what: Vec<Muted> = TONGUES
        .iter()
        .take(8)
        .map(|tongue| Muted::Words(tongue.word(&mut dice)))
        .collect();
    // The same digits are in every tenth title, the last word in all of them.
    what.extend(["river-7", "river-77", "district"].map(|words| Muted::Words(words.into())));
    what.push(Muted::Country(COUNTRY.parse().unwrap()));
    for what in &what {
        let started = Instant::now();
        let (mute, millis) = timed(|| overview.mute(what, MuteFor::Day).unwrap());
        added.push(millis);
        let (_, listed) = timed(|| overview.articles(first_page).unwrap());
        // What it hides is hidden when the count of it grows no more; making room afterwards is not its.
        let (mut hidden, mut took) = (0, 0.0);
        std::thread::scope(|scope| {
            let settled = scope.spawn(|| overview.settle().unwrap());
            let read = scope.spawn(move || {
                let mut pages = Vec::new();
                while !settled.is_finished() {
                    pages.push(timed(|| overview.articles(first_page).unwrap()).1);
                    std::thread::sleep(PAGE_EVERY);
                }
                pages
            });
            loop {
                let ended = read.is_finished();
                let now_hidden = overview.mutes().unwrap()[0].articles;
                if now_hidden != hidden {
                    (hidden, took) = (now_hidden, started.elapsed().as_secs_f64() * 1_000.0);
                }
                if ended {
                    break;
                }
                std::thread::sleep(WATCHED_EVERY);
            }
            let meanwhile = read.join().unwrap();
            if hidden as usize > ARTICLES / 2 {
                pages_of_everything.extend(meanwhile);
            } else {
                pages.extend(meanwhile);
            }
        });
        println!(
            "  a mute hides {hidden} articles in {took:.0} ms, the first page in {listed:.1} ms"
        );
        if hidden as usize > ARTICLES / 2 {
            everything.push(took);
        } else {
            all.push(took);
            first.push(listed);
        }
        overview.unmute(mute.id).unwrap();
        overview.settle().unwrap();
    }
    table.row("a new mute, on the disk", &added, "ms", None);
    table.row("first page after it", &first, "ms", None);
    table.row(
        "all articles judged by it, slowest",
        &[quantile(&all, 1.0)],
        "ms",
        Some(1_000.0),
    );
    table.row(
        "the same of a word in every title",
        &everything,
        "ms",
        Some(1_000.0),
    );
    table.row(
        "a page meanwhile, p99",
        &[quantile(&pages, 0.99)],
        "ms",
        Some(5.0),
    );
    table.row(
        "a page while nearly all is being hidden, p99",
        &[quantile(&pages_of_everything, 0.99)],
        "ms",
        None,
    );
}

/// The child: opens the store, lists, prints the milliseconds since it began to.
pub(crate) fn child(dir: &str, catalogue: &str, country: &str) {
    let json = std::fs::read_to_string(catalogue).unwrap();
    let parsed = Catalogue::from_json(&json, AddressRule::AnyHttp).unwrap();
    // Closing it is not counted: that waits for a step of the upkeep.
    let ((rows, _open), millis) = timed(|| {
        let mut options = overview_core::OpenOptions::new(dir);
        options.catalogue = Some(parsed);
        let overview = overview_core::Overview::open(options).unwrap();
        let scope = Scope {
            countries: vec![country.parse().unwrap()],
            ..Default::default()
        };
        let page = overview.articles(&ArticleQuery {
            scope,
            ..Default::default()
        });
        (page.unwrap().rows.len(), overview)
    });
    assert_eq!(rows, 50);
    println!("{millis}");
}

fn first_country(document: &str) -> String {
    let catalogue = Catalogue::from_json(document, AddressRule::AnyHttp).unwrap();
    let wanted = COUNTRY.parse().unwrap();
    let code = if catalogue.publishers_of(wanted).is_empty() {
        catalogue.publishers()[0].country
    } else {
        wanted
    };
    code.to_string()
}

pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let started = Instant::now();
    let value = work();
    (value, started.elapsed().as_secs_f64() * 1_000.0)
}

/// As many articles as a year of a busy reader, in the way a sync stores them.
fn fill(path: &Path, document: &str) {
    let store = Store::open(path).unwrap();
    store
        .apply_catalogue(&Catalogue::from_json(document, AddressRule::AnyHttp).unwrap())
        .unwrap();
    let feeds = store.plan(&[], &[]).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let now = Utc::now();
    for (number, feed) in feeds.iter().enumerate() {
        let each = ARTICLES / PUBLISHERS + usize::from(number < ARTICLES % PUBLISHERS);
        let articles = (0..each)
            .map(|n| {
                let unique = number * 1_000 + n;
                let mut key = [0; 16];
                key[..8].copy_from_slice(
                    &(unique as u64)
                        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                        .to_le_bytes(),
                );
                let tongue = &TONGUES[unique % TONGUES.len()];
                let mut dice = Dice(unique as u64);
                let title = tongue.text(&mut dice, 8);
                let text = tongue.text(&mut dice, 150);
                IncomingArticle {
                    keys: vec![key],
                    title: format!("{title} river-{} district {n}", unique % 997),
                    teaser: tongue.text(&mut dice, 30),
                    content: Some(format!("<p>{text}</p>")),
                    text,
                    language: tongue.tag.into(),
                    published_at: Some(now - Duration::minutes(unique as i64 % 500_000)),
                    content_hash: key,
                    ..IncomingArticle::default()
                }
            })
            .collect();
        let update = FeedUpdate {
            feed: feed.id,
            state: FeedPollState::default(),
            articles,
            now,
        };
        runtime.block_on(store.store_feed(update)).unwrap();
    }
}
