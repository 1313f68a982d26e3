//! Pages to blocks.

use std::io::Read as _;
use std::path::Path;
use std::time::Instant;

use overview_core::page::{PageInput, read_page};
use overview_tests::hostile_pages::shapes;
use overview_tests::shared::shared;
use url::Url;

use crate::figures::Table;

/// Bytes of a hostile page.
const HOSTILE: usize = 20_000_000;

pub(crate) fn measure(table: &mut Table) {
    if let Some(folder) = shared("data") {
        let mut pages = Vec::new();
        for set in [
            "fundus-evaluation",
            "fundus-pages",
            "article-extraction-benchmark",
        ] {
            gather(&folder.join(set), &mut pages);
        }
        let times: Vec<f64> = pages.iter().map(|page| read(page)).collect();
        let name = format!("a page to blocks, median of {} real ones", pages.len());
        table.row(&name, &times, "ms", Some(10.0));
    }
    let times: Vec<f64> = shapes(HOSTILE)
        .into_iter()
        .map(|(_, html)| read(html.as_bytes()))
        .collect();
    let slowest = times.iter().copied().fold(0.0, f64::max);
    table.row(
        "the slowest of the hostile pages, 20 MB",
        &[slowest],
        "ms",
        Some(1_000.0),
    );
}

/// Milliseconds for one page.
fn read(bytes: &[u8]) -> f64 {
    let url = Url::parse("https://news.example/world/story").unwrap();
    let start = Instant::now();
    let article = read_page(&PageInput {
        bytes,
        url: &url,
        content_type: Some("text/html; charset=utf-8"),
    });
    let took = start.elapsed();
    std::hint::black_box(article);
    took.as_secs_f64() * 1_000.0
}

/// Every compressed page below a folder.
fn gather(folder: &Path, into: &mut Vec<Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, into);
        } else if path.to_string_lossy().ends_with(".gz") {
            let mut bytes = Vec::new();
            let file = std::fs::File::open(&path).unwrap();
            flate2::read::GzDecoder::new(file)
                .read_to_end(&mut bytes)
                .unwrap();
            into.push(bytes);
        }
    }
}
