//! A store with marks and saved articles, and ways to damage its file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use overview_core::Overview;
use overview_core::model::{ArticleId, ArticleQuery, ArticleRow, Mark, MuteFor, Muted, Scope};
use overview_core::page::text_of;

use crate::newsroom::Newsroom;
use crate::refresh;

/// What the person said, which no damage may take that leaves its bytes alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Addresses of the articles that were read.
    pub read: BTreeSet<String>,
    /// Of those that are saved, with their texts.
    pub saved: BTreeSet<(String, String)>,
    /// Countries that are followed.
    pub follows: BTreeSet<String>,
    /// Words that are muted.
    pub mutes: BTreeSet<String>,
}

/// Reads all of a scope.
#[allow(clippy::missing_errors_doc)]
pub fn rows(overview: &Overview, scope: &Scope) -> overview_core::Result<Vec<ArticleRow>> {
    let mut query = ArticleQuery {
        scope: scope.clone(),
        ..ArticleQuery::default()
    };
    let mut rows = Vec::new();
    loop {
        let page = overview.articles(&query)?;
        rows.extend(page.rows);
        match page.next {
            Some(next) => query.after = Some(next),
            None => return Ok(rows),
        }
    }
}

fn address(row: &ArticleRow) -> String {
    row.url
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// What is known of what the person said.
#[allow(clippy::missing_errors_doc)]
pub fn said(overview: &Overview) -> overview_core::Result<Said> {
    let all = rows(overview, &Scope::default())?;
    let saved = Scope {
        saved: true,
        ..Scope::default()
    };
    let mut texts = BTreeSet::new();
    for row in rows(overview, &saved)? {
        let article = overview.article(row.id)?;
        texts.insert((address(&row), text_of(&article.blocks)));
    }
    let followed = overview.countries()?;
    Ok(Said {
        read: all
            .iter()
            .filter(|row| row.state.read)
            .map(address)
            .collect(),
        saved: texts,
        follows: followed
            .into_iter()
            .filter(|country| country.followed)
            .map(|country| country.name)
            .collect(),
        mutes: overview
            .mutes()?
            .into_iter()
            .map(|mute| format!("{:?}", mute.what))
            .collect(),
    })
}

/// A store of many articles, of which a third was read and each twentieth saved. The program that had
/// it open has ended.
#[allow(clippy::missing_panics_doc, clippy::unwrap_used)]
pub async fn kept_store(newsroom: &Newsroom, dir: &Path) -> Said {
    let overview = Overview::open(newsroom.options_in(dir)).unwrap();
    refresh(&overview).await.unwrap();
    let ids: Vec<ArticleId> = rows(&overview, &Scope::default())
        .unwrap()
        .iter()
        .map(|row| row.id)
        .collect();
    let every = |step: usize| ids.iter().step_by(step).copied().collect::<Vec<_>>();
    overview.mark(&every(3), Mark::Read).unwrap();
    overview.mark(&every(20), Mark::Save).unwrap();
    overview
        .follow_country("KE".parse().unwrap(), true)
        .unwrap();
    overview
        .mute(&Muted::Words("nobody writes this".into()), MuteFor::Good)
        .unwrap();
    overview.settle().unwrap();
    said(&overview).unwrap()
}

/// The database of a folder.
pub fn database(dir: &Path) -> PathBuf {
    dir.join("overview.db")
}

/// Copies the files of a store.
#[allow(clippy::missing_panics_doc, clippy::unwrap_used)]
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        if entry.metadata().unwrap().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// Files that were moved aside.
#[allow(clippy::missing_panics_doc, clippy::unwrap_used)]
pub fn moved_aside(dir: &Path) -> usize {
    std::fs::read_dir(dir)
        .unwrap()
        .flatten()
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name.starts_with("overview-damaged-") && name.ends_with(".db")
        })
        .count()
}
