use std::io::Read;
use std::path::Path;

use overview_core::opml::{OpmlReport, OpmlRequest};

use crate::args::Opml;
use crate::failure::{Failure, Outcome, Result};
use crate::names::Names;
use crate::output::figures::counted;
use crate::output::{Cell, Column, Table, text};
use crate::session::Session;

pub(super) fn run(session: &mut Session, what: &Opml) -> Result<Outcome> {
    match what {
        Opml::Import {
            file,
            country,
            look,
        } => import(session, file, country.as_deref(), *look),
        Opml::Export { file } => export(session, file.as_deref()),
    }
}

fn import(
    session: &mut Session,
    file: &Path,
    country: Option<&str>,
    look_only: bool,
) -> Result<Outcome> {
    let overview = session.open()?;
    let country = match country {
        Some(name) => Some(Names::of(&overview).country(name)?),
        None => None,
    };
    let mut bytes = Vec::new();
    let failed = |source| Failure::Io {
        doing: format!("reading {}", file.display()),
        source,
    };
    if file == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes).map_err(failed)?;
    } else {
        bytes = std::fs::read(file).map_err(failed)?;
    }
    let request = OpmlRequest { country, look_only };
    let report = overview.import_opml(&bytes, &request)?;
    if session.out.is_json() {
        session.out.value(&report)?;
        return Ok(Outcome::Done);
    }
    session.out.sentence(&sum(&report, look_only))?;
    if !report.faults.is_empty() {
        let columns = [
            Column::left("Left out").at_most(30),
            Column::left("Address").at_most(40),
            Column::left("Why"),
        ];
        let mut table = Table::new(session.out.layout(), &columns).wrapping();
        for fault in &report.faults {
            table.row([
                Cell::plain(&fault.title),
                Cell::dim(&fault.address),
                Cell::plain(&fault.why),
            ]);
        }
        session.out.table(table)?;
    }
    if report.without_country > 0 {
        session
            .out
            .note("--country says of which country the feeds are of which nothing tells.")?;
    }
    Ok(Outcome::Done)
}

fn sum(report: &OpmlReport, look_only: bool) -> String {
    let added = counted(report.added, "publisher", "publishers");
    let followed = counted(report.followed, "publisher", "publishers");
    let mut sum = format!("{}: ", counted(report.feeds, "feed", "feeds"));
    sum += &if look_only {
        format!("{added} would be added and {followed} of the catalogue followed.")
    } else {
        format!("{added} added and {followed} of the catalogue followed.")
    };
    if report.known > 0 {
        sum += &format!(
            " {} had been here before.",
            counted(report.known, "feed", "feeds")
        );
    }
    if report.truncated {
        sum += " The list breaks off.";
    }
    sum
}

fn export(session: &mut Session, file: Option<&Path>) -> Result<Outcome> {
    let list = session.open()?.export_opml()?;
    match file {
        Some(file) if file != Path::new("-") => {
            std::fs::write(file, list).map_err(|source| Failure::Io {
                doing: format!("writing {}", file.display()),
                source,
            })?;
            if session.out.is_json() {
                session.out.value(&serde_json::json!({ "file": file }))?;
            } else {
                let name = text::line(&file.display().to_string());
                session.out.note(format!("Written to {name}."))?;
            }
        }
        _ if session.out.is_json() => session.out.value(&serde_json::json!({ "opml": list }))?,
        _ => session.out.raw(list.as_bytes())?,
    }
    Ok(Outcome::Done)
}
