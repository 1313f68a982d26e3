//! Pages built to hurt: they are read all the same, and what comes out is bounded by what went in.
//! `make bench` says how long 20 MB of each take.

#![allow(clippy::unwrap_used)]

use overview_core::page::{PageInput, read_fragment, read_page, text_of};
use overview_tests::hostile_pages::shapes;
use url::Url;

/// Small enough for a build without optimisation.
const BYTES: usize = 300_000;

#[test]
fn no_shape_hangs_or_grows() {
    let url = Url::parse("https://news.example/a/b").unwrap();
    for (name, html) in shapes(BYTES) {
        let article = read_page(&PageInput {
            bytes: html.as_bytes(),
            url: &url,
            content_type: None,
        });
        assert!(text_of(&article.blocks).len() <= 2 * BYTES, "{name}");
        let blocks = read_fragment(&html, &url);
        assert!(text_of(&blocks).len() <= 2 * BYTES, "{name}");
    }
}
