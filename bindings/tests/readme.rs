//! The lines that the README shows are those that the suites run.

#![allow(clippy::unwrap_used)]

use std::path::Path;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_ten_lines_are_compiled_and_run() {
    let readme = read("README.md");
    for (language, file) in [
        ("swift", "../tests/swift/Tests/BoundaryTests/TenLines.swift"),
        (
            "kotlin",
            "../tests/kotlin/src/test/kotlin/app/overview/tests/TenLines.kt",
        ),
    ] {
        let (_, block) = readme.split_once(&format!("```{language}\n")).unwrap();
        let (block, _) = block.split_once("```").unwrap();
        // Below a package's name, which an app has its own of.
        assert!(read(file).ends_with(block), "{file} has other lines");
        assert!(
            block.lines().count() <= 12,
            "ten lines, and two of no weight"
        );
    }
}
