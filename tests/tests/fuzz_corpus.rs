//! The fuzz targets' corpus, run without a fuzzer: nothing in it panics or hangs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

fn run(target: &str, body: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("the corpus is committed")
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 10, "the corpus of {target} is missing");
    for file in files {
        body(&std::fs::read(&file).unwrap());
    }
}

#[test]
fn feeds() {
    run("feed", overview_tests::fuzz::feed);
}

#[test]
fn pages() {
    run("page", overview_tests::fuzz::page);
}

#[test]
fn dates() {
    run("date", overview_tests::fuzz::date);
}
