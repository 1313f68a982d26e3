//! The sample world in a directory of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use overview_core::model::{ArticleQuery, Mark, Scope};
use overview_core::sync::{SyncProgress, SyncRequest};
use overview_core::{OpenOptions, Overview};
use overview_sample::{Publication, SampleWorld, Server, edition_texts};

use crate::failure::{Failure, Result};
use crate::interrupt;
use crate::output::Output;

/// From this age on it is published anew, so that its news are of today.
const STALE: TimeDelta = TimeDelta::hours(1);

/// The version of the translations that come with it.
const EDITION: &str = "the sample's own";

/// Said wherever the sample is read.
pub(crate) const NOTICE: &str =
    "This is the sample world: its publishers, people and news are invented.";

/// Opens the sample world, and loads it when it is not there or of another day.
pub(crate) fn open(
    out: &mut Output,
    dir: PathBuf,
    now: DateTime<Utc>,
) -> Result<(Overview, Server)> {
    let world = SampleWorld::bundled().map_err(|error| Failure::Invalid(error.to_string()))?;
    let publication = Publication::new(Arc::clone(&world), now);
    let server = Server::start(publication.clone()).map_err(|source| Failure::Io {
        doing: "publishing the sample world on this machine".to_owned(),
        source,
    })?;
    let open = |dir: &Path| -> Result<Overview> {
        let catalogue = world.catalogue().map_err(overview_core::Error::from)?;
        Ok(Overview::open(OpenOptions {
            catalogue: Some(catalogue),
            http: server.client_options(),
            ..OpenOptions::new(dir)
        })?)
    };
    out.warn(NOTICE);
    let overview = open(&dir)?;
    let loaded = overview
        .countries()?
        .iter()
        .filter_map(|c| c.refreshed_at)
        .max();
    let Some(at) = loaded else {
        load(out, &overview, &world, &publication)?;
        return Ok((overview, server));
    };
    if now - at < STALE {
        return Ok((overview, server));
    }
    let marks = marks(&overview)?;
    drop(overview);
    std::fs::remove_dir_all(&dir).map_err(|source| Failure::Io {
        doing: format!("removing the old sample world in {}", dir.display()),
        source,
    })?;
    let overview = open(&dir)?;
    load(out, &overview, &world, &publication)?;
    mark_again(&overview, &marks)?;
    Ok((overview, server))
}

fn load(
    out: &Output,
    overview: &Overview,
    world: &SampleWorld,
    publication: &Publication,
) -> Result<()> {
    let starting = "loading the sample world";
    let loaded = interrupt::run(
        out,
        "Loading the sample",
        starting,
        async |cancel, progress| {
            let shown = |state: &SyncProgress| {
                progress.update(state.done, state.planned, String::new());
            };
            let request = SyncRequest {
                fetch_only: true,
                ..SyncRequest::default()
            };
            overview.sync(&request, cancel, &shown).await?;
            // Its English comes with it, as an edition's would, and stories are found by that.
            let texts = edition_texts(publication, world);
            overview.import_translations(EDITION, texts).await
        },
    )?;
    loaded?;
    Ok(())
}

/// What the person did to an article, by its address.
struct Marked {
    url: String,
    read: bool,
    saved: bool,
}

fn marks(overview: &Overview) -> Result<Vec<Marked>> {
    let mut marks = Vec::new();
    each_row(overview, |row| {
        if let Some(url) = &row.url
            && (row.state.read || row.state.saved)
        {
            marks.push(Marked {
                url: url.to_string(),
                read: row.state.read,
                saved: row.state.saved,
            });
        }
    })?;
    Ok(marks)
}

fn mark_again(overview: &Overview, marks: &[Marked]) -> Result<()> {
    let (mut read, mut saved) = (Vec::new(), Vec::new());
    each_row(overview, |row| {
        let url = row.url.as_ref().map(url::Url::as_str);
        if let Some(mark) = marks.iter().find(|mark| Some(mark.url.as_str()) == url) {
            if mark.read {
                read.push(row.id);
            }
            if mark.saved {
                saved.push(row.id);
            }
        }
    })?;
    overview.mark(&read, Mark::Read)?;
    overview.mark(&saved, Mark::Save)?;
    Ok(())
}

fn each_row(
    overview: &Overview,
    mut each: impl FnMut(&overview_core::model::ArticleRow),
) -> Result<()> {
    let mut query = ArticleQuery {
        scope: Scope::default(),
        limit: 50,
        ..ArticleQuery::default()
    };
    loop {
        let page = overview.articles(&query)?;
        page.rows.iter().for_each(&mut each);
        match page.next {
            Some(next) => query.after = Some(next),
            None => return Ok(()),
        }
    }
}
