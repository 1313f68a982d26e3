//! What the commands say about languages.
#![allow(clippy::unwrap_used, clippy::panic)]

mod program;

use program::Reader;

const HARBOUR: &str = r#"<?xml version="1.0"?>
<rss version="2.0"><channel><title>港ニュース</title>
  <item><title>朝市が始まる</title><guid>1</guid><link>/market</link></item>
</channel></rss>"#;

const MODELS: &str = r#"{"models": [{"language": "ja", "version": "1.2", "licence": "MPL-2.0", "files": [
  {"role": "model", "url": "https://models.example/model.bin", "bytes": 18000000,
   "sha256": "0000000000000000000000000000000000000000000000000000000000000000"},
  {"role": "vocabulary", "url": "https://models.example/vocab.spm", "bytes": 812889,
   "sha256": "0000000000000000000000000000000000000000000000000000000000000000"}]}]}"#;

#[test]
fn an_article_that_nobody_translates_says_which_model_would_and_what_it_takes() {
    let reader = Reader::new();
    let port = program::serve(&[("/harbour/rss", HARBOUR), ("/models.json", MODELS)]);
    reader.publishers_at(port);
    assert_eq!(reader.run(["sync"]).code, 0);
    let listed = reader.run(["list", "--articles", "--json"]).json();
    let id = listed["rows"][0]["id"].to_string();
    let shown = reader.run(["show", &id]).out;
    assert!(
        shown.contains("Not translated: no model for Japanese installed.")
            && !shown.contains("Get"),
        "{shown}"
    );
    let manifest = format!("http://127.0.0.1:{port}/models.json");
    let ran = reader.run(["languages", "manifest", &manifest]);
    assert!(ran.out.contains("18.8 MB"), "{ran:?}");
    // Known from now on, also when nobody answers there.
    reader.publishers_at(1);
    let shown = reader.run(["show", &id]).out;
    let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("installed. Get it (19 MB): overview languages install ja."),
        "{shown}"
    );
    // Of another list nothing is known.
    let ran = reader.run(["languages", "manifest", "http://127.0.0.1:1/other.json"]);
    assert!(ran.err.contains("could not be read"), "{ran:?}");
    assert!(!reader.run(["show", &id]).out.contains("Get it"));
}
