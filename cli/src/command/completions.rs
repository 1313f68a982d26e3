use clap::CommandFactory;

use crate::args::{Cli, Completions};
use crate::failure::{Outcome, Result};
use crate::session::Session;

pub(super) fn run(session: &mut Session, args: &Completions) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "overview", &mut script);
    session.out.raw(&script)?;
    Ok(Outcome::Done)
}
