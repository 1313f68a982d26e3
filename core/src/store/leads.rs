//! Who stands for a story, chosen anew where a publisher was switched off or a mute began or ended.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{Transaction, params};

use super::error::{Doing, StoreError};
use super::sql::{self, json};
use crate::model::PerspectiveKind;
use crate::story;

/// An article that may lead: whether it is not switched off and not muted.
struct Candidate {
    id: i64,
    country: String,
    sort_at: DateTime<Utc>,
    may_lead: bool,
}

/// Chooses who leads a story in each country, in the world and under each perspective, and counts the
/// perspectives of what is shown. A story of nothing but muted articles keeps its leads: no list shows
/// them.
pub(super) fn choose_anew(tx: &Transaction<'_>, story: i64) -> Result<(), StoreError> {
    const DOING: &str = "noting who leads a story";
    let members = members(tx, story)?;
    let shown: Vec<&Candidate> = members.iter().filter(|member| member.may_lead).collect();
    if members.len() < 2 || shown.is_empty() {
        return Ok(());
    }
    let mut by_country: BTreeMap<&str, Vec<&Candidate>> = BTreeMap::new();
    for candidate in &shown {
        by_country
            .entry(&candidate.country)
            .or_default()
            .push(candidate);
    }
    let leads: Vec<i64> = by_country.values().filter_map(|own| lead(own)).collect();
    for member in &members {
        tx.prepare_cached("UPDATE article SET leads = ?2 WHERE id = ?1 AND leads <> ?2")
            .and_then(|mut statement| {
                statement.execute(params![member.id, leads.contains(&member.id)])
            })
            .doing(DOING)?;
    }
    if let Some(world) = lead(&shown) {
        tx.prepare_cached("UPDATE story SET lead = ?2 WHERE id = ?1 AND lead <> ?2")
            .and_then(|mut statement| statement.execute([story, world]))
            .doing(DOING)?;
    }
    by_perspective(tx, story, &shown)
}

/// Of some articles by time, the one that stands for them.
fn lead(candidates: &[&Candidate]) -> Option<i64> {
    let times: Vec<DateTime<Utc>> = candidates.iter().map(|it| it.sort_at).collect();
    candidates.get(story::lead(&times)?).map(|it| it.id)
}

fn members(tx: &Transaction<'_>, story: i64) -> Result<Vec<Candidate>, StoreError> {
    const DOING: &str = "looking who may lead a story";
    let mut statement = tx
        .prepare_cached(
            "SELECT article.id, article.country, article.sort_at,
                    article.hidden & 2 = 0 AND coalesce(publisher_choice.followed, 1)
               FROM article INDEXED BY article_by_story
               JOIN publisher ON publisher.id = article.publisher
               LEFT JOIN publisher_choice USING (slug)
              WHERE story = ?1
              ORDER BY article.sort_at, article.id",
        )
        .doing(DOING)?;
    statement
        .query_map([story], |row| {
            Ok(Candidate {
                id: row.get(0)?,
                country: row.get(1)?,
                sort_at: sql::time(row, 2)?,
                may_lead: row.get(3)?,
            })
        })
        .and_then(Iterator::collect)
        .doing(DOING)
}

fn by_perspective(
    tx: &Transaction<'_>,
    story: i64,
    shown: &[&Candidate],
) -> Result<(), StoreError> {
    const DOING: &str = "keeping a story's perspectives";
    let mut labels = tx
        .prepare_cached(
            "SELECT perspective, place, kind, copy_of FROM label
               LEFT JOIN reading ON reading.article = label.article
              WHERE label.article = ?1 ORDER BY place",
        )
        .doing(DOING)?;
    let mut under: BTreeMap<String, Vec<&Candidate>> = BTreeMap::new();
    let mut first: BTreeMap<String, PerspectiveKind> = BTreeMap::new();
    for candidate in shown {
        let mut rows = labels.query([candidate.id]).doing(DOING)?;
        while let Some(row) = rows.next().doing(DOING)? {
            let (perspective, place, copy_of): (String, i64, Option<i64>) =
                (|| Ok((row.get(0)?, row.get(1)?, row.get(3)?)))().doing(DOING)?;
            if place == 0 && copy_of.is_none() {
                let kind = sql::from_json(row, 2).doing(DOING)?;
                first.insert(perspective.clone(), kind);
            }
            under.entry(perspective).or_default().push(candidate);
        }
    }
    tx.prepare_cached("DELETE FROM perspective_lead WHERE story = ?1")
        .and_then(|mut statement| statement.execute([story]))
        .doing(DOING)?;
    for (perspective, candidates) in &under {
        if let Some(article) = lead(candidates) {
            tx.prepare_cached(
                "INSERT INTO perspective_lead (perspective, story, article, sort_at)
                 SELECT ?1, ?2, id, sort_at FROM article WHERE id = ?3",
            )
            .and_then(|mut statement| statement.execute(params![perspective, story, article]))
            .doing(DOING)?;
        }
    }
    let perspectives = i64::try_from(first.len()).unwrap_or(i64::MAX);
    let mut marks: Vec<PerspectiveKind> = first.values().copied().collect();
    marks.sort_unstable();
    marks.dedup();
    marks.truncate(4);
    tx.prepare_cached("UPDATE story SET perspectives = ?2, marks = ?3 WHERE id = ?1")
        .and_then(|mut statement| statement.execute(params![story, perspectives, json(&marks)?]))
        .map(drop)
        .doing(DOING)
}

/// Whether a mute hides an article of a story.
pub(super) fn has_muted(tx: &Transaction<'_>, story: i64) -> Result<bool, StoreError> {
    tx.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM article INDEXED BY article_by_story
                         WHERE story = ?1 AND hidden & 2)",
    )
    .and_then(|mut statement| statement.query_row([story], |row| row.get(0)))
    .doing("looking whether a story is muted")
}
