//! Prints `docs/perspectives.md` from the table of rules: `make docs`.

#![allow(clippy::print_stdout)]

fn main() {
    print!("{}", overview_core::story::perspectives_document());
}
