//! A year of a busy reader under a storage budget: 365 days of 500 articles, each with its page and a
//! picture.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, Duration, Utc};
use overview_core::catalogue::{AddressRule, Catalogue};
use overview_core::model::StorageSettings;
use overview_core::model::{
    ArticleQuery, Block, BodySource, Direction, FeedPollState, Mark, PageVerdict, Run, Scope,
};
use overview_core::store::{
    FeedUpdate, IncomingArticle, PictureFile, PlannedFeed, Store, StoredPage, StoredPicture,
};
use overview_core::{OpenOptions, Overview};
use overview_tests::world::WorldClock;
use url::Url;

use crate::figures::{Table, quantile};
use crate::publishers;
use crate::tongues::{Dice, TONGUES};

const PUBLISHERS: usize = 25;
/// New articles of each a day.
const A_DAY: usize = 20;
/// Articles that each feed lists.
const LISTED: usize = 40;
const BUDGET: u64 = 300_000_000;
const PICTURE_BYTES: usize = 24_000;

pub(crate) fn measure(dir: &Path, days: usize, table: &mut Table) {
    let urls: Vec<String> = (0..PUBLISHERS)
        .map(|number| format!("http://publisher-{number}.localhost/feed"))
        .collect();
    let document = publishers::document(&urls);
    let catalogue = || Catalogue::from_json(&document, AddressRule::AnyHttp).unwrap();
    let clock = WorldClock::default();
    let overview = Overview::open(OpenOptions {
        catalogue: Some(catalogue()),
        clock: Arc::new(clock.clone()),
        ..OpenOptions::new(dir)
    })
    .unwrap();
    overview
        .set_storage_settings(&StorageSettings {
            budget_bytes: Some(BUDGET),
            age_days: None,
        })
        .unwrap();
    // What a sync and a pack write, by the way they write it.
    let store = Store::open(&dir.join("overview.db")).unwrap();
    let feeds = store.plan(&[], &[]).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let (mut storing, mut room, mut held) = (Vec::new(), Vec::new(), Vec::new());
    for day in 0..days {
        clock.advance(Duration::days(1));
        let now = overview_core::Clock::now(&clock);
        let started = Instant::now();
        for (number, feed) in feeds.iter().enumerate() {
            runtime.block_on(arrive(&store, dir, feed, number, day, now));
        }
        read(&overview, day);
        storing.push(started.elapsed().as_secs_f64() * 1_000.0);
        let started = Instant::now();
        overview.settle().unwrap();
        room.push(started.elapsed().as_secs_f64() * 1_000.0);
        held.push(bytes_of(dir));
        if day % 30 == 29 {
            println!(
                "  day {:>3}: {:.1} MB, stored in {:.0} ms, room made in {:.0} ms",
                day + 1,
                held[day] as f64 / 1e6,
                quantile(&storing[day - 29..], 0.5),
                quantile(&room[day - 29..], 0.5),
            );
        }
    }
    for share in overview.storage_shares().unwrap() {
        println!("  {:?}: {:.1} MB", share.part, share.bytes as f64 / 1e6);
    }
    let largest = held.iter().max().copied().unwrap_or(0);
    table.row(
        "a year's storage, the most over its budget",
        &[100.0 * (largest as f64 / BUDGET as f64 - 1.0)],
        "%",
        Some(2.0),
    );
    let month = |samples: &[f64], from: usize| {
        let to = (from + 30).min(samples.len());
        quantile(&samples[from.min(to - 1)..to], 0.5)
    };
    let total: Vec<f64> = storing.iter().zip(&room).map(|(a, b)| a + b).collect();
    // The first weeks have nothing to remove.
    let (early, late) = (month(&total, 30), month(&total, days.saturating_sub(30)));
    table.row("a day of the second month", &[early], "ms", None);
    table.row("a day of the last month", &[late], "ms", None);
    table.row("the last over the second", &[late / early], "x", Some(1.2));
    table.row("making room, a day", &room, "ms", None);
    assert_eq!(overview.doctor().unwrap().damage, None);
}

/// A day's articles of one feed, with their pages and pictures.
async fn arrive(
    store: &Store,
    dir: &Path,
    feed: &PlannedFeed,
    publisher: usize,
    day: usize,
    now: DateTime<Utc>,
) {
    let last = (day + 1) * A_DAY;
    let articles: Vec<IncomingArticle> = (last.saturating_sub(LISTED)..last)
        .rev()
        .map(|number| article(publisher, number))
        .collect();
    let urls: Vec<Url> = articles
        .iter()
        .take(A_DAY)
        .map(|article| article.image.clone().unwrap())
        .collect();
    let update = FeedUpdate {
        feed: feed.id,
        state: FeedPollState::default(),
        articles,
        now,
    };
    let ingested = store.store_feed(update).await.unwrap();
    assert_eq!(ingested.new as usize, A_DAY, "nothing comes back");
    let query = ArticleQuery {
        scope: Scope {
            publishers: vec![feed.publisher.clone()],
            ..Scope::default()
        },
        limit: A_DAY,
        ..ArticleQuery::default()
    };
    for (number, (row, url)) in store
        .articles(&query)
        .unwrap()
        .rows
        .iter()
        .zip(urls)
        .enumerate()
    {
        let mut dice = Dice((publisher * 1_000_000 + day * 100 + number) as u64);
        let blocks = (0..6)
            .map(|_| Block::Paragraph {
                runs: vec![Run {
                    text: TONGUES[0].text(&mut dice, 60),
                    strong: false,
                    emphasis: false,
                    code: false,
                    link: None,
                }],
            })
            .collect();
        let page = StoredPage {
            fetched_at: now,
            verdict: PageVerdict::Full,
            source: BodySource::Page,
            authors: Vec::new(),
            direction: Direction::LeftToRight,
            standfirst: None,
            lead: None,
            blocks: Some(blocks),
            pictures: vec![url.clone()],
        };
        let text = TONGUES[0].text(&mut dice, 360);
        store.store_page(row.id, page, Some(text)).await.unwrap();
        let picture = picture(dir, &mut dice);
        store.store_picture(url, picture, now).await.unwrap();
    }
}

fn article(publisher: usize, number: usize) -> IncomingArticle {
    let unique = (publisher * 1_000_000 + number) as u64;
    let mut dice = Dice(unique);
    let tongue = &TONGUES[number % TONGUES.len()];
    let key = |salt: u64| {
        let mut key = [0; 16];
        let mut mixed = Dice(unique ^ salt);
        key[..8].copy_from_slice(&mixed.next().to_bits().to_le_bytes());
        key[8..].copy_from_slice(&mixed.next().to_bits().to_le_bytes());
        key
    };
    let text = tongue.text(&mut dice, 150);
    let address = |path: &str| {
        Url::parse(&format!(
            "https://publisher-{publisher}.example/{path}/{number}"
        ))
        .unwrap()
    };
    IncomingArticle {
        keys: vec![key(1 << 40), key(1 << 41)],
        title: tongue.text(&mut dice, 9),
        teaser: tongue.text(&mut dice, 30),
        content: Some(format!("<p>{text}</p>")),
        text,
        url: Some(address("news")),
        image: Some(address("pictures")),
        language: tongue.tag.into(),
        content_hash: key(1 << 42),
        ..IncomingArticle::default()
    }
}

/// A file of bytes that mean nothing, where a picture would be.
fn picture(dir: &Path, dice: &mut Dice) -> StoredPicture {
    let mut bytes = Vec::with_capacity(PICTURE_BYTES);
    while bytes.len() < PICTURE_BYTES {
        bytes.extend(dice.next().to_bits().to_le_bytes());
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(&bytes[..32]);
    let name: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let folder = dir.join("pictures").join(&name[..2]);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.jpg")), &bytes).unwrap();
    StoredPicture::File(PictureFile {
        hash,
        media_type: "image/jpeg".into(),
        width: 640,
        height: 360,
        bytes: PICTURE_BYTES as u32,
        placeholder: vec![0; 25],
    })
}

/// The person reads half of what is new and saves one.
fn read(overview: &Overview, day: usize) {
    let mut query = ArticleQuery {
        scope: Scope {
            unread: true,
            ..Scope::default()
        },
        ..ArticleQuery::default()
    };
    for page in 0..6 {
        let found = overview.articles(&query).unwrap();
        let ids: Vec<_> = found.rows.iter().map(|row| row.id).collect();
        overview.mark(&ids, Mark::Read).unwrap();
        if page == 0 && day.is_multiple_of(2) {
            overview.mark(&ids[..1], Mark::Save).unwrap();
        }
        query.after = found.next;
        if query.after.is_none() {
            break;
        }
    }
}

/// Bytes of all files.
fn bytes_of(dir: &Path) -> u64 {
    let mut waiting: Vec<PathBuf> = vec![dir.to_owned()];
    let mut bytes = 0;
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let metadata = entry.metadata().unwrap();
            if metadata.is_dir() {
                waiting.push(entry.path());
            } else {
                bytes += metadata.len();
            }
        }
    }
    bytes
}
