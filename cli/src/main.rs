//! `overview`: the world's news by country, in the terminal.
//!
//! ```text
//! args -> command/* -> overview_core::Overview -> output -> the terminal
//! ```

mod args;
mod command;
mod failure;
mod interrupt;
mod names;
mod output;
mod prose;
mod reader;
mod sample;
mod session;
mod since;
mod telling;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, ColorWhen};
use output::Output;
use session::Session;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    let mut session = Session::new(cli.global);
    let ended = command::run(&mut session, cli.command.as_ref())
        .and_then(|outcome| Ok(session.out.flush().map(|()| outcome)?));
    match ended {
        Ok(outcome) => outcome.into(),
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            // What was found before it failed comes first.
            let _ = session.out.flush();
            session.out.error(failure.code(), &failure.to_string());
            ExitCode::FAILURE
        }
    }
}

/// Prints help, the version or what is wrong with the command line: for a program as JSON.
fn refuse(error: &clap::Error) -> ExitCode {
    let asked_for_json = std::env::args_os()
        .take_while(|arg| arg != "--")
        .any(|arg| arg == "--json");
    if asked_for_json && error.use_stderr() {
        let message = error.render().to_string();
        let message = message.trim().trim_start_matches("error: ");
        Output::new(true, ColorWhen::Never).error("usage", message);
    } else {
        // Nobody is left to tell when this fails.
        let _ = error.print();
    }
    // 0 for help and the version, else 2.
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}
