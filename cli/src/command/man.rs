use clap::CommandFactory;

use crate::args::{Cli, Man};
use crate::failure::{Failure, Outcome, Result};
use crate::session::Session;

pub(super) fn run(session: &mut Session, args: &Man) -> Result<Outcome> {
    match &args.dir {
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page)?;
            session.out.raw(&page)?;
        }
        Some(dir) => {
            let failed = |source| Failure::Io {
                doing: format!("writing the manual into {}", dir.display()),
                source,
            };
            std::fs::create_dir_all(dir).map_err(failed)?;
            clap_mangen::generate_to(Cli::command(), dir).map_err(failed)?;
        }
    }
    Ok(Outcome::Done)
}
