//! Pages of stories: by time, by breadth, by the strength of a claim.
//!
//! By time a list is the list of articles that lead (`store::list`), or the leads under one
//! perspective; by breadth and claim it walks the stories. Either is one index walk, or a merge of
//! some, and every page costs the same.

use rusqlite::types::Value;
use rusqlite::{Row, Transaction, params_from_iter};

use super::error::{Doing, StoreError};
use super::list::{Edge, Filter, ROW, pages, read_row};
use super::sql::{from_json, optional_json};
use super::stories;
use crate::model::{
    Cursor, LabelMark, OverlookedClaim, OverlookedMark, Page, PerspectiveCount, PerspectiveId,
    Scope, StoryId, StoryOrder, StoryQuery, StoryRow, StoryScope,
};

/// A row and its place in the list.
struct Placed {
    row: StoryRow,
    cursor: Cursor,
}

pub(super) fn page(tx: &Transaction<'_>, query: &StoryQuery) -> Result<Page<StoryRow>, StoreError> {
    let edge = Edge::of(query.after, query.before);
    let filter = story_filter(tx, &query.scope)?;
    let page = pages(
        edge,
        query.limit,
        |placed: &Placed| placed.cursor,
        |edge, limit| fetch(tx, query, &filter, edge, limit),
    )?;
    Ok(Page {
        rows: page.rows.into_iter().map(|placed| placed.row).collect(),
        previous: page.previous,
        next: page.next,
    })
}

/// The scope of a list of stories as SQL over `article`, the one that leads.
pub(super) fn story_filter(tx: &Transaction<'_>, scope: &StoryScope) -> Result<Filter, StoreError> {
    let mut filter = Filter::of(tx, &scope.articles)?;
    if scope.overlooked {
        filter.and(
            "article.story IN (SELECT id FROM story INDEXED BY story_by_claim WHERE claim > 0)",
            [],
        );
    }
    if scope.has_takes {
        filter.and(
            "EXISTS (SELECT 1 FROM story WHERE story.id = article.story AND perspectives > 1)",
            [],
        );
    }
    if let Some(country) = scope.actor {
        filter.and(
            "EXISTS (SELECT 1 FROM story_actor
                      WHERE story_actor.story = article.story AND story_actor.country = ?)",
            [Value::from(country.to_string())],
        );
    }
    Ok(filter)
}

fn fetch(
    tx: &Transaction<'_>,
    query: &StoryQuery,
    filter: &Filter,
    edge: Edge,
    limit: usize,
) -> Result<Vec<Placed>, StoreError> {
    const DOING: &str = "listing stories";
    let (select, values) = match (query.order, &query.scope.perspective) {
        (StoryOrder::Time, None) => by_time(filter, &query.scope.articles, edge, limit),
        (StoryOrder::Time, Some(perspective)) => {
            by_perspective(filter, &query.scope.articles, perspective, edge, limit)
        }
        (StoryOrder::Breadth, _) => by_story("breadth", filter, &query.scope, edge, limit),
        (StoryOrder::Claim, _) => by_story("strength", filter, &query.scope, edge, limit),
    };
    let direction = direction(edge);
    let sql = format!(
        "SELECT {ROW}, article.story, label.perspective, label.name, label.kind,
                coalesce(story.articles, 1), coalesce(story.publishers, 1),
                coalesce(story.countries, 1), coalesce(story.perspectives, 0), story.marks,
                story.claim, story.american_ran, story.american_of,
                CASE WHEN story.claim > 0 THEN story.coverage ->> '$.countries' END,
                CASE WHEN article.story IS NULL THEN
                     (SELECT lower(hex(min(key))) FROM article_key WHERE article = article.id) END,
                chosen.rank, chosen.at, chosen.key
           FROM ({select}) AS chosen
           CROSS JOIN article ON article.id = chosen.article
           CROSS JOIN publisher ON publisher.id = article.publisher
           LEFT JOIN story ON story.id = article.story
           LEFT JOIN label ON label.article = article.id AND label.place = 0
          ORDER BY chosen.rank {direction}, chosen.at {direction}, chosen.key {direction}"
    );
    let mut statement = tx.prepare_cached(&sql).doing(DOING)?;
    statement
        .query_map(params_from_iter(values), read_placed)
        .and_then(Iterator::collect)
        .doing(DOING)
}

fn direction(edge: Edge) -> &'static str {
    if matches!(edge, Edge::NewerThan(_)) {
        "ASC"
    } else {
        "DESC"
    }
}

fn by_time(filter: &Filter, scope: &Scope, edge: Edge, limit: usize) -> (String, Vec<Value>) {
    let mut filter = filter.clone();
    filter.one_a_story(scope);
    let (walk, values) = filter.select(edge, Some(limit));
    let sql = format!("SELECT id AS article, 0 AS rank, sort_at AS at, id AS key FROM ({walk})");
    (sql, values)
}

/// The stories of the scope, each led by the article under a perspective, whoever published it.
fn by_perspective(
    filter: &Filter,
    scope: &Scope,
    perspective: &PerspectiveId,
    edge: Edge,
    limit: usize,
) -> (String, Vec<Value>) {
    let mut sql = String::from(
        "SELECT article.id AS article, 0 AS rank, taken.sort_at AS at, article.id AS key
           FROM perspective_lead AS taken INDEXED BY perspective_lead_by_time
           CROSS JOIN article ON article.id = taken.article
          WHERE taken.perspective = ?",
    );
    let mut values = vec![Value::from(perspective.as_str().to_owned())];
    lead_conditions(filter, scope, &mut sql, &mut values);
    told_in_scope(filter, "taken.story", &mut sql, &mut values);
    if let Some((comparison, cursor)) = edge.beyond() {
        sql.push_str(&format!(
            " AND (taken.sort_at, taken.article) {comparison} (?, ?)"
        ));
        values.extend([Value::from(cursor.sort_at), Value::from(cursor.id)]);
    }
    let direction = direction(edge);
    sql.push_str(&format!(
        " ORDER BY taken.sort_at {direction}, taken.article {direction} LIMIT {limit}"
    ));
    (sql, values)
}

/// Stories of several articles by a column of theirs; each led by the scope's newest lead, or by the
/// world's.
fn by_story(
    rank: &str,
    filter: &Filter,
    scope: &StoryScope,
    edge: Edge,
    limit: usize,
) -> (String, Vec<Value>) {
    let mut values = Vec::new();
    let lead = if let Some(perspective) = &scope.perspective {
        values.push(Value::from(perspective.as_str().to_owned()));
        "(SELECT article FROM perspective_lead AS taken
           WHERE taken.perspective = ? AND taken.story = story.id)"
            .to_owned()
    } else if filter.is_everything() {
        "story.lead".to_owned()
    } else {
        let (member, more) = filter.membership("member");
        values.extend(more);
        format!(
            "(SELECT member.id FROM article AS member INDEXED BY article_by_story
               WHERE member.story = story.id AND member.hidden = 0 AND {member}
               ORDER BY member.sort_at DESC, member.id DESC LIMIT 1)"
        )
    };
    let index = match rank {
        "strength" => "INDEXED BY story_by_claim",
        _ => "INDEXED BY story_by_breadth",
    };
    let claimed = if rank == "strength" {
        "story.claim > 0"
    } else {
        "true"
    };
    let mut sql = format!(
        "SELECT article.id AS article, story.{rank} AS rank, story.last_at AS at, story.id AS key
           FROM story {index} CROSS JOIN article ON article.id = {lead} WHERE {claimed}"
    );
    lead_conditions(filter, &scope.articles, &mut sql, &mut values);
    if scope.perspective.is_some() {
        told_in_scope(filter, "story.id", &mut sql, &mut values);
    }
    if let Some((comparison, cursor)) = edge.beyond() {
        sql.push_str(&format!(
            " AND (story.{rank}, story.last_at, story.id) {comparison} (?, ?, ?)"
        ));
        values.extend([
            Value::from(cursor.rank),
            Value::from(cursor.sort_at),
            Value::from(cursor.id),
        ]);
    }
    let direction = direction(edge);
    sql.push_str(&format!(
        " ORDER BY story.{rank} {direction}, story.last_at {direction}, story.id {direction}
          LIMIT {limit}"
    ));
    (sql, values)
}

/// What the scope asks of the article that leads, but not whose it is.
fn lead_conditions(filter: &Filter, scope: &Scope, sql: &mut String, values: &mut Vec<Value>) {
    sql.push_str(" AND ");
    sql.push_str(Filter::visibility(scope));
    if scope.saved {
        sql.push_str(" AND article.saved = 1");
    }
    if scope.unread {
        sql.push_str(" AND article.read = 0");
    }
    let (rest, more) = filter.rest();
    sql.push_str(rest);
    values.extend(more.iter().cloned());
}

/// Some article of the scope tells the story.
fn told_in_scope(filter: &Filter, story: &str, sql: &mut String, values: &mut Vec<Value>) {
    if filter.is_everything() {
        return;
    }
    let (member, more) = filter.sources("member");
    sql.push_str(&format!(
        " AND EXISTS (SELECT 1 FROM article AS member INDEXED BY article_by_story
                       WHERE member.story = {story} AND {member})"
    ));
    values.extend(more);
}

fn read_placed(row: &Row<'_>) -> rusqlite::Result<Placed> {
    let lead = read_row(row)?;
    let id = match row.get::<_, Option<i64>>(21)? {
        Some(story) => stories::id(story),
        None => StoryId::first(&row.get::<_, Option<String>>(34)?.unwrap_or_default()),
    };
    let perspective: Option<String> = row.get(22)?;
    let label = match perspective {
        Some(perspective) => Some(LabelMark {
            perspective: PerspectiveId(perspective),
            name: row.get(23)?,
            kind: from_json(row, 24)?,
        }),
        None => None,
    };
    let perspectives: u32 = row.get(28)?;
    let marks = optional_json(row, 29)?.unwrap_or_default();
    let claim = match row.get::<_, Option<u8>>(30)? {
        Some(1) => Some(OverlookedClaim::UnderCovered),
        Some(2) => Some(OverlookedClaim::Overlooked),
        _ => None,
    };
    let overlooked = match claim {
        Some(claim) => Some(OverlookedMark {
            claim,
            american_ran: row.get(31)?,
            american_of: row.get(32)?,
            countries: optional_json(row, 33)?.unwrap_or_default(),
        }),
        None => None,
    };
    Ok(Placed {
        row: StoryRow {
            id,
            articles: row.get(25)?,
            publishers: row.get(26)?,
            countries: row.get(27)?,
            takes: perspectives.saturating_sub(u32::from(label.is_some())),
            marks,
            overlooked,
            label,
            lead,
        },
        cursor: Cursor {
            rank: row.get(35)?,
            sort_at: row.get(36)?,
            id: row.get(37)?,
        },
    })
}

/// The perspectives under which stories of a scope are told, with how many, most first.
pub(super) fn perspectives(
    tx: &Transaction<'_>,
    scope: &StoryScope,
) -> Result<Vec<PerspectiveCount>, StoreError> {
    const DOING: &str = "counting perspectives";
    let filter = story_filter(tx, scope)?;
    let mut sql = String::from(
        "SELECT taken.perspective, min(label.name), min(label.kind), count(*)
           FROM perspective_lead AS taken
           CROSS JOIN article ON article.id = taken.article
           CROSS JOIN label ON label.article = article.id AND label.perspective = taken.perspective
          WHERE true",
    );
    let mut values = Vec::new();
    lead_conditions(&filter, &scope.articles, &mut sql, &mut values);
    told_in_scope(&filter, "taken.story", &mut sql, &mut values);
    sql.push_str(" GROUP BY taken.perspective ORDER BY count(*) DESC, taken.perspective");
    let mut statement = tx.prepare_cached(&sql).doing(DOING)?;
    statement
        .query_map(params_from_iter(values), |row| {
            Ok(PerspectiveCount {
                perspective: PerspectiveId(row.get(0)?),
                name: row.get(1)?,
                kind: from_json(row, 2)?,
                stories: row.get(3)?,
            })
        })
        .and_then(Iterator::collect)
        .doing(DOING)
}
