//! Rules of ARCHITECTURE.md that the compiler does not know, read off the sources.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

/// Every Rust source of a folder of the repository.
fn sources(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut waiting: Vec<PathBuf> = vec![root.join(folder)];
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(
                std::fs::read_dir(path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else if path.extension().is_some_and(|end| end == "rs") {
            let name = path
                .strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            found.push((name, std::fs::read_to_string(path).unwrap()));
        }
    }
    assert!(!found.is_empty(), "{folder} has sources");
    found
}

/// Lines of code that hold a text; comments do not count.
fn uses(text: &str, wanted: &str) -> bool {
    text.lines()
        .any(|line| !line.trim_start().starts_with("//") && line.contains(wanted))
}

#[test]
fn each_library_is_known_to_one_module() {
    for (library, home) in [
        ("rusqlite::", "core/src/store/"),
        ("reqwest::", "core/src/http/"),
        ("quick_xml::", "core/src/feed/"),
        ("html5gum::", "core/src/page/"),
        ("whatlang::", "core/src/language/"),
        ("fxtranslate::", "core/src/language/"),
        ("gif::", "core/src/picture/"),
        ("image_webp::", "core/src/picture/"),
        ("jpeg_encoder::", "core/src/picture/"),
        ("png::", "core/src/picture/"),
        ("thumbhash::", "core/src/picture/"),
        ("zune_core::", "core/src/picture/"),
        ("zune_jpeg::", "core/src/picture/"),
        ("uniffi::", "bindings/"),
    ] {
        let strays: Vec<String> = sources("core/src")
            .into_iter()
            .chain(sources("cli/src"))
            .chain(sources("bindings/src"))
            .filter(|(name, text)| !name.starts_with(home) && uses(text, library))
            .map(|(name, _)| name)
            .collect();
        assert!(strays.is_empty(), "{library} outside {home}: {strays:?}");
    }
}

/// Modules of the core, and which of the others each may name. What is not here may name all.
const MAY_KNOW: [(&str, &[&str]); 11] = [
    ("model", &["overview"]),
    (
        "feed",
        &[
            "model",
            "page",
            "compressed",
            "dates",
            "encoding",
            "tracking",
        ],
    ),
    ("http", &["model"]),
    ("page", &["model", "dates", "encoding", "tracking"]),
    ("picture", &[]),
    ("language", &["model", "http"]),
    ("story", &["model", "language", "catalogue", "compressed"]),
    ("catalogue", &["model", "compressed"]),
    ("search", &["model", "dates"]),
    ("store", &["model", "catalogue", "search", "story"]),
    (
        "sync",
        &[
            "model",
            "catalogue",
            "clock",
            "feed",
            "http",
            "language",
            "page",
            "picture",
            "search",
            "store",
        ],
    ),
];

#[test]
fn no_arrow_points_back() {
    let mut wrong = Vec::new();
    for (module, allowed) in MAY_KNOW {
        for (name, text) in sources("core/src") {
            if !name.starts_with(&format!("core/src/{module}/")) {
                continue;
            }
            let code = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            for line in code {
                for known in line.split("crate::").skip(1) {
                    let end = known.find(|c: char| !(c.is_alphanumeric() || c == '_'));
                    let known = &known[..end.unwrap_or(known.len())];
                    let is_module = known.starts_with(|c: char| c.is_ascii_lowercase());
                    if is_module && known != module && !allowed.contains(&known) {
                        wrong.push(format!("{name} names {known}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn names_say_what_things_are() {
    let vague = ["utils", "util", "helpers", "helper", "common", "misc"];
    for folder in ["core/src", "cli/src", "bindings/src", "tests/src"] {
        for (name, _) in sources(folder) {
            let stem = name.trim_end_matches(".rs").trim_end_matches("/mod");
            let last = stem.rsplit('/').next().unwrap();
            assert!(
                !vague.contains(&last),
                "{name} says nothing of what is in it"
            );
        }
    }
}

#[test]
fn only_the_output_prints() {
    let all = ["core/src", "cli/src", "bindings/src"].map(sources);
    for (name, text) in all.into_iter().flatten() {
        assert!(
            !uses(&text, "println!(") && !uses(&text, "eprintln!("),
            "{name} prints"
        );
    }
}

/// The lint is off there, because what UniFFI writes is unsafe by nature; what people write is not.
#[test]
fn the_boundary_is_written_without_unsafe_code() {
    for (name, text) in sources("bindings/src") {
        assert!(!uses(&text, "unsafe"), "{name} has unsafe code");
    }
}

/// What a page shows and when a feed is due is decided in the core, which the terminal asks too.
#[test]
fn the_boundary_knows_the_facade_and_not_what_is_below_it() {
    for (name, text) in sources("bindings/src") {
        for below in [
            "store::Store,",
            "http::Client",
            "overview_core::feed",
            "overview_core::dates",
        ] {
            assert!(!uses(&text, below), "{name} knows {below}");
        }
    }
}

#[test]
fn every_table_is_explained() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src/store/migrations");
    for file in std::fs::read_dir(folder).unwrap() {
        let sql = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let lines: Vec<&str> = sql.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            if line.starts_with("CREATE TABLE") || line.starts_with("CREATE VIRTUAL TABLE") {
                // Two tables may share one explanation above the first.
                let above = lines[..at]
                    .iter()
                    .rev()
                    .find(|line| line.starts_with("--") || line.is_empty());
                assert!(above.is_some_and(|line| line.starts_with("--")), "{line}");
            }
        }
    }
}
