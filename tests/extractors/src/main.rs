//! Extractors of articles side by side.
//!
//! ```text
//! extractors text NAME PAGE URL       the article's text, as `tools/extract_score.py` scores it
//! extractors time FOLDER...           milliseconds a page, of every compressed page below
//! ```
//!
//! Each is called as its documentation shows, with its defaults, but that comments are left out
//! where one can say so, and that trafilatura tries again where it finds little.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use overview_core::page::{PageInput, read_page};
use url::Url;

type Extractor = fn(&[u8], &Url) -> String;

const EXTRACTORS: [(&str, Extractor); 4] = [
    ("overview", overview),
    ("dom_smoothie", readability),
    ("trafilatura", trafilatura_rs),
    ("rs-trafilatura", rs_trafilatura),
];

fn overview(bytes: &[u8], url: &Url) -> String {
    let article = read_page(&PageInput {
        bytes,
        url,
        content_type: Some("text/html; charset=utf-8"),
    });
    article.text()
}

fn readability(bytes: &[u8], url: &Url) -> String {
    let html = String::from_utf8_lossy(bytes);
    dom_smoothie::Readability::new(html.as_ref(), Some(url.as_str()), None)
        .and_then(|mut readability| readability.parse())
        .map(|article| article.text_content.to_string())
        .unwrap_or_default()
}

fn trafilatura_rs(bytes: &[u8], url: &Url) -> String {
    let mut options = trafilatura::Options::default();
    options.original_url = Some(url.clone());
    options.exclude_comments = true;
    options.enable_fallback = true;
    trafilatura::extract(&String::from_utf8_lossy(bytes), &options)
        .map(|extracted| extracted.content_text)
        .unwrap_or_default()
}

fn rs_trafilatura(bytes: &[u8], url: &Url) -> String {
    let options = rs_trafilatura::Options {
        include_comments: false,
        url: Some(url.to_string()),
        ..rs_trafilatura::Options::default()
    };
    rs_trafilatura::extract_with_options(&String::from_utf8_lossy(bytes), &options)
        .map(|extracted| extracted.content_text)
        .unwrap_or_default()
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["text", name, page, url] => {
            let (_, extract) = EXTRACTORS.iter().find(|(known, _)| known == name).unwrap();
            let bytes = std::fs::read(page).unwrap();
            println!("{}", extract(&bytes, &Url::parse(url).unwrap()));
        }
        ["time", folders @ ..] => {
            let mut pages = Vec::new();
            for folder in folders {
                gather(Path::new(folder), &mut pages);
            }
            time(&pages);
        }
        _ => {
            eprintln!("extractors text NAME PAGE URL | extractors time FOLDER...");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// One after the other on one core; the first round, which warms up, does not count.
fn time(pages: &[Vec<u8>]) {
    println!("milliseconds a page, {} pages", pages.len());
    println!("{:<16}{:>10}{:>10}{:>10}", "", "median", "95 %", "slowest");
    let url = Url::parse("https://news.example/world/story").unwrap();
    for (name, extract) in EXTRACTORS {
        let mut times = Vec::new();
        for round in 0..2 {
            times.clear();
            for page in pages {
                let start = Instant::now();
                // A page that makes an extractor panic costs what it cost until then.
                let text = std::panic::catch_unwind(|| extract(page, &url));
                times.push(start.elapsed().as_secs_f64() * 1_000.0);
                if round == 0 && text.is_err() {
                    eprintln!("{name} panicked on a page of {} bytes", page.len());
                }
            }
        }
        times.sort_by(f64::total_cmp);
        let at = |share: usize| times[(times.len() - 1) * share / 100];
        println!(
            "{name:<16}{:>10.2}{:>10.2}{:>10.2}",
            at(50),
            at(95),
            at(100)
        );
    }
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
