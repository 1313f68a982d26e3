//! What the program says of itself, and how it refuses.
#![allow(clippy::unwrap_used, clippy::panic)]

mod program;

use program::Reader;

#[test]
fn the_help_explains_the_program() {
    let reader = Reader::new();
    let ran = reader.run_bare(["--help"]);
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!("overview", ran.out);
    // The short one is the first that many see.
    insta::assert_snapshot!("overview_short", reader.run_bare(["-h"]).out);
}

#[test]
fn every_command_explains_itself() {
    let reader = Reader::new();
    let commands: &[&[&str]] = &[
        &["sync"],
        &["countries"],
        &["publishers"],
        &["list"],
        &["show"],
        &["mark"],
        &["mark", "all-read"],
        &["mark", "undo"],
        &["follow"],
        &["unfollow"],
        &["doctor"],
        &["inspect", "feed"],
        &["catalogue", "check"],
        &["catalogue", "export"],
        &["completions"],
        &["man"],
    ];
    let mut all = String::new();
    for command in commands {
        let ran = reader.run_bare(command.iter().copied().chain(["--help"]));
        assert_eq!(ran.code, 0, "{ran:?}");
        // What every command has is in the program's own help.
        let (own, _) = ran
            .out
            .split_once("\nEverywhere:")
            .unwrap_or((&ran.out, ""));
        all.push_str(&format!("$ overview {} --help\n{own}\n", command.join(" ")));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn exit_codes_are_in_the_manual() {
    let reader = Reader::new();
    let ran = reader.run_bare(["man"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.out.starts_with(".ie") && ran.out.contains("Exit codes"),
        "{}",
        ran.out
    );

    let ran = reader.run_bare(["man", "--dir", reader.path("man").to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for page in ["overview.1", "overview-list.1", "overview-mark-all-read.1"] {
        assert!(reader.path("man").join(page).is_file(), "{page}");
    }
}

#[test]
fn completions_know_the_commands_and_regions() {
    let reader = Reader::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = reader.run_bare(["completions", shell]);
        assert_eq!(ran.code, 0);
        for word in ["sync", "byte-budget", "inspect"] {
            assert!(ran.out.contains(word), "{shell} does not know {word}");
        }
    }
    assert!(
        reader
            .run_bare(["completions", "bash"])
            .out
            .contains("sub-saharan-africa")
    );
}

#[test]
fn a_command_line_without_sense_is_exit_code_2() {
    let reader = Reader::new();
    let lines: &[&[&str]] = &[
        &["sink"],
        &["list", "--region", "atlantis"],
        &["list", "--after", "yesterday"],
        &["list", "--after", "1.2", "--before", "1.2"],
        &["list", "--since", "yesterday"],
        &["list", "--limit", "0"],
        &["show", "first"],
        &["show", "0"],
        &["mark", "read"],
        &["mark", "position", "1", "0", "1001"],
        &["mark", "position", "1", "-1"],
        &["sync", "--deadline", "soon"],
        &["sync", "--byte-budget", "much"],
        &["--allow-private-addresses", "sync"],
        &["completions", "cmd"],
        &["inspect", "feed", "file", "no address"],
    ];
    for line in lines {
        let ran = reader.run_bare(line.iter().copied());
        assert_eq!(ran.code, 2, "{line:?}: {ran:?}");
        assert!(
            ran.out.is_empty() && ran.err.contains("error:"),
            "{line:?}: {ran:?}"
        );

        let ran = reader.run_bare(line.iter().copied().chain(["--json"]));
        assert_eq!(ran.code, 2, "{line:?}: {ran:?}");
        let (code, message) = ran.error();
        assert_eq!(code, "usage");
        assert!(!message.is_empty());
    }
    assert!(
        !reader.path("data").exists(),
        "a refused command line leaves nothing behind"
    );
}

#[test]
fn a_misspelt_command_is_guessed() {
    let ran = Reader::new().run_bare(["publisher"]);
    assert!(ran.err.contains("publishers"), "{ran:?}");
}
