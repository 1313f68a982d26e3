//! One file a command: from its arguments to what is printed.

mod catalogue;
mod completions;
mod countries;
mod doctor;
mod explain;
mod follow;
pub(crate) mod history;
mod inspect;
pub(crate) mod languages;
mod list;
mod man;
mod mark;
mod moving;
pub(crate) mod mute;
mod news;
mod opml;
mod own;
mod pack;
mod perspectives;
mod publishers;
mod search;
mod show;
mod storage;
mod stories;
mod story;
mod sync;

pub(crate) use doctor::rescued;

use crate::args::Command;
use crate::failure::{Outcome, Result};
use crate::session::Session;

/// Runs what was asked for.
pub(crate) fn run(session: &mut Session, command: Option<&Command>) -> Result<Outcome> {
    let Some(command) = command else {
        return news::run(session);
    };
    match command {
        Command::Sync(args) => sync::run(session, args),
        Command::Pack(args) => pack::run(session, args),
        Command::Countries(args) => countries::run(session, args),
        Command::Publishers(args) => publishers::run(session, args),
        Command::List(args) => list::run(session, args),
        Command::Story(args) => story::story(session, args),
        Command::Why { id } => story::why(session, *id),
        Command::Perspectives(args) => perspectives::run(session, args),
        Command::Show(args) => show::run(session, args),
        Command::Mark(args) => mark::run(session, args),
        Command::Search(args) => search::run(session, args),
        Command::Mute { change } => mute::run(session, change.as_ref()),
        Command::Follow(args) => follow::follow(session, args),
        Command::Unfollow(args) => follow::unfollow(session, args),
        Command::History(args) => history::run(session, args),
        Command::Undo(args) => history::undo(session, args),
        Command::Opml(what) => opml::run(session, what),
        Command::Export { file } => moving::export(session, file),
        Command::Import { file } => moving::import(session, file),
        Command::Languages { change } => languages::run(session, change.as_ref()),
        Command::Storage(args) => storage::run(session, args),
        Command::Doctor => doctor::run(session),
        Command::Inspect(args) => inspect::run(session, args),
        Command::Catalogue(args) => catalogue::run(session, args),
        Command::Completions(args) => completions::run(session, args),
        Command::Man(args) => man::run(session, args),
    }
}
