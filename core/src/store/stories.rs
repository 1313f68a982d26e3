//! Stories as they are kept: what grouping remembers of articles, and what telling made of them.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::error::{Doing, StoreError};
use super::facts;
use super::leads;
use super::sql::{self, Millis, from_json, json};
use crate::model::{
    ArticleId, Assessment, CountryCode, Coverage, Label, OverlookedClaim, PerspectiveId,
    PerspectiveKind, PublisherId, StoryId,
};

/// What is kept of an article's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReading {
    /// Which article.
    pub article: ArticleId,
    /// Version of what read it.
    pub version: u32,
    /// For grouping.
    pub vector: Vec<u8>,
    /// For telling, as JSON.
    pub facts: String,
}

/// An article of the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowArticle {
    /// What was kept of its text.
    pub reading: StoredReading,
    /// Names it to grouping; the same in every store.
    pub name: String,
    /// Who published it.
    pub publisher: PublisherId,
    /// When it was published or first seen.
    pub sort_at: DateTime<Utc>,
    /// The story it was in before.
    pub story: Option<StoryId>,
    /// How it was last told.
    pub told: Option<[u8; 16]>,
}

/// What a story's rows say.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryWrite {
    /// Which.
    pub id: StoryId,
    /// Its articles in the window.
    pub members: Vec<MemberWrite>,
    /// What is said of it; `None` for a story of one article.
    pub details: Option<StoryDetails>,
    /// Which article leads it under each perspective that one of its labels names.
    pub perspective_leads: Vec<(PerspectiveId, ArticleId)>,
}

/// One article of a [`StoryWrite`].
#[derive(Debug, Clone, PartialEq)]
pub struct MemberWrite {
    /// Which.
    pub article: ArticleId,
    /// Whether it stands for the story in its country's list.
    pub leads: bool,
    /// The first names it, the others are chips.
    pub labels: Vec<Label>,
    /// Whose text it prints.
    pub copy_of: Option<ArticleId>,
    /// Digest of the above and the story.
    pub told: [u8; 16],
}

/// What is said of a story of several articles.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryDetails {
    /// The article that leads it in lists of the world.
    pub lead: ArticleId,
    /// Sort time of its earliest article.
    pub first_at: DateTime<Utc>,
    /// Sort time of its newest.
    pub last_at: DateTime<Utc>,
    /// Articles.
    pub articles: u32,
    /// Publishers, those of one family once.
    pub publishers: u32,
    /// Countries of publishers.
    pub countries: u32,
    /// Different first labels.
    pub perspectives: u32,
    /// The kinds of those, each once.
    pub marks: Vec<PerspectiveKind>,
    /// What is claimed of American media.
    pub claim: Option<OverlookedClaim>,
    /// Where it happens.
    pub place: Option<CountryCode>,
    /// What it is about.
    pub actors: Vec<CountryCode>,
    /// Who ran it.
    pub coverage: Coverage,
    /// What is said of American media, and why.
    pub assessment: Assessment,
    /// Version of the rules.
    pub rules_version: u32,
    /// Digest of all of this.
    pub told: [u8; 16],
}

/// A story of several articles as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredStory {
    /// Which.
    pub id: StoryId,
    /// Where it happens.
    pub place: Option<CountryCode>,
    /// What it is about.
    pub actors: Vec<CountryCode>,
    /// Who ran it.
    pub coverage: Coverage,
    /// What is said of American media, and why.
    pub assessment: Assessment,
    /// Version of the rules.
    pub rules_version: u32,
    /// Digest of how it was last told.
    pub told: [u8; 16],
}

/// What is kept of an article beside its row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StoredTelling {
    /// Labels, the first names it.
    pub labels: Vec<Label>,
    /// Whose text it prints.
    pub copy_of: Option<ArticleId>,
    /// For telling, as JSON; empty when it was not read yet.
    pub facts: String,
}

/// A story's id as a column: its bits.
pub(super) fn column(id: StoryId) -> i64 {
    id.0.cast_signed()
}

/// A story's id from its column.
pub(super) fn id(column: i64) -> StoryId {
    StoryId(column.cast_unsigned())
}

/// Articles since a time that were not read by this version, the newest first.
pub(super) fn unread_by(
    tx: &Transaction<'_>,
    version: u32,
    since: DateTime<Utc>,
    limit: usize,
) -> Result<Vec<ArticleId>, StoreError> {
    const DOING: &str = "looking for articles to compare";
    let part = |index: &str, hidden: &str| {
        format!(
            "SELECT article.id AS id, article.sort_at AS sort_at
               FROM article INDEXED BY {index} LEFT JOIN reading ON reading.article = article.id
              WHERE hidden {hidden} AND sort_at >= ?1 AND coalesce(version, 0) <> ?2"
        )
    };
    let sql = format!(
        "SELECT id FROM ({} UNION ALL {}) ORDER BY sort_at DESC, id DESC LIMIT {limit}",
        part("article_by_time", "= 0"),
        part("article_hidden", "> 0")
    );
    let mut statement = tx.prepare_cached(&sql).doing(DOING)?;
    statement
        .query_map(params![Millis::from(since), version], |row| {
            row.get(0).map(ArticleId)
        })
        .and_then(Iterator::collect)
        .doing(DOING)
}

pub(super) fn write_readings(
    tx: &Transaction<'_>,
    readings: &[StoredReading],
) -> Result<(), StoreError> {
    const DOING: &str = "keeping what was read of articles";
    let mut statement = tx
        .prepare_cached(
            "INSERT INTO reading (article, name, version, vector, facts)
             SELECT ?1, (SELECT lower(hex(min(key))) FROM article_key WHERE article = ?1), ?2, ?3, ?4
              WHERE EXISTS (SELECT 1 FROM article_key WHERE article = ?1)
             ON CONFLICT (article) DO UPDATE SET version = ?2, vector = ?3, facts = ?4",
        )
        .doing(DOING)?;
    for reading in readings {
        statement
            .execute(params![
                reading.article.0,
                reading.version,
                reading.vector,
                reading.facts
            ])
            .doing(DOING)?;
    }
    Ok(())
}

/// Every article since a time that was read by this version and whose publisher is not switched
/// off.
pub(super) fn window(
    tx: &Transaction<'_>,
    version: u32,
    since: DateTime<Utc>,
) -> Result<Vec<WindowArticle>, StoreError> {
    const DOING: &str = "reading the articles to compare";
    let part = |index: &str, hidden: &str| {
        format!(
            "SELECT article.id, reading.name, version, vector, facts, publisher.slug, sort_at, story, told
               FROM article INDEXED BY {index}
               CROSS JOIN reading ON reading.article = article.id
               CROSS JOIN publisher ON publisher.id = article.publisher
               LEFT JOIN publisher_choice USING (slug)
              WHERE hidden {hidden} AND sort_at >= ?1 AND version = ?2
                AND coalesce(publisher_choice.followed, 1)"
        )
    };
    let sql = format!(
        "{} UNION ALL {}",
        part("article_by_time", "= 0"),
        part("article_hidden", "> 0")
    );
    let mut statement = tx.prepare_cached(&sql).doing(DOING)?;
    statement
        .query_map(params![Millis::from(since), version], |row| {
            Ok(WindowArticle {
                reading: StoredReading {
                    article: ArticleId(row.get(0)?),
                    version: row.get(2)?,
                    vector: row.get(3)?,
                    facts: row.get(4)?,
                },
                name: row.get(1)?,
                publisher: PublisherId(row.get(5)?),
                sort_at: sql::time(row, 6)?,
                story: row.get::<_, Option<i64>>(7)?.map(id),
                told: row.get(8)?,
            })
        })
        .and_then(Iterator::collect)
        .doing(DOING)
}

/// The publishers that could have run a story: fetched, and whether a feed of theirs answered since.
pub(super) fn watched(
    tx: &Transaction<'_>,
    since: DateTime<Utc>,
) -> Result<Vec<(PublisherId, bool)>, StoreError> {
    const DOING: &str = "looking which publishers answer";
    let mut statement = tx
        .prepare_cached(
            "SELECT slug, coalesce((SELECT max(succeeded_at) >= ?1 FROM feed
                                     WHERE feed.publisher = publisher.id AND listed), 0)
               FROM publisher LEFT JOIN publisher_choice USING (slug)
              WHERE publisher.listed AND coalesce(publisher_choice.followed, publisher.enabled)
              ORDER BY slug",
        )
        .doing(DOING)?;
    statement
        .query_map([Millis::from(since)], |row| {
            Ok((PublisherId(row.get(0)?), row.get(1)?))
        })
        .and_then(Iterator::collect)
        .doing(DOING)
}

/// Writes stories that changed.
pub(super) fn write(tx: &Transaction<'_>, stories: &[StoryWrite]) -> Result<(), StoreError> {
    for story in stories {
        for member in &story.members {
            write_member(tx, story.id, member)?;
        }
        for lead in story.members.iter().filter(|member| member.leads) {
            retire_older_leads(tx, story.id, lead.article)?;
        }
        write_details(tx, story.id, story.details.as_ref())?;
        write_perspectives(tx, story)?;
        // Who tells stories does not know what the person does not want to see.
        if leads::has_muted(tx, column(story.id))? {
            leads::choose_anew(tx, column(story.id))?;
        }
    }
    Ok(())
}

/// Writes where the readers of stories that are gone find them.
pub(super) fn write_successors(
    tx: &Transaction<'_>,
    successors: &[(StoryId, StoryId)],
) -> Result<(), StoreError> {
    for (old, new) in successors {
        tx.prepare_cached("INSERT OR REPLACE INTO story_successor (old, new) VALUES (?1, ?2)")
            .and_then(|mut statement| statement.execute([column(*old), column(*new)]))
            .doing("noting where a story went")?;
    }
    Ok(())
}

/// Articles older than the window that led the story in this lead's country lead it no more.
fn retire_older_leads(
    tx: &Transaction<'_>,
    story: StoryId,
    lead: ArticleId,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE article SET leads = 0
          WHERE story = ?1 AND leads = 1 AND id <> ?2
            AND country = (SELECT country FROM article WHERE id = ?2)",
    )
    .and_then(|mut statement| statement.execute(params![column(story), lead.0]))
    .map(drop)
    .doing("noting who leads a story")
}

fn write_member(
    tx: &Transaction<'_>,
    story: StoryId,
    member: &MemberWrite,
) -> Result<(), StoreError> {
    const DOING: &str = "keeping an article's story";
    let article = member.article.0;
    tx.prepare_cached(
        "UPDATE article SET story = ?2, leads = ?3
          WHERE id = ?1 AND (story, leads) IS NOT (?2, ?3)",
    )
    .and_then(|mut statement| statement.execute(params![article, column(story), member.leads]))
    .doing(DOING)?;
    tx.prepare_cached("UPDATE reading SET copy_of = ?2, told = ?3 WHERE article = ?1")
        .and_then(|mut statement| {
            statement.execute(params![
                article,
                member.copy_of.map(|copy| copy.0),
                member.told
            ])
        })
        .doing(DOING)?;
    tx.prepare_cached("DELETE FROM label WHERE article = ?1")
        .and_then(|mut statement| statement.execute([article]))
        .doing(DOING)?;
    for (place, label) in (0_u32..).zip(&member.labels) {
        tx.prepare_cached(
            "INSERT INTO label (article, place, perspective, name, kind, label)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM article WHERE id = ?1)",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                article,
                place,
                label.perspective.as_str(),
                label.name,
                json(&label.kind)?,
                json(label)?
            ])
        })
        .doing(DOING)?;
    }
    Ok(())
}

fn write_details(
    tx: &Transaction<'_>,
    id: StoryId,
    details: Option<&StoryDetails>,
) -> Result<(), StoreError> {
    const DOING: &str = "keeping a story";
    let id = column(id);
    let Some(details) = details else {
        return tx
            .prepare_cached("DELETE FROM story WHERE id = ?1")
            .and_then(|mut statement| statement.execute([id]))
            .map(drop)
            .doing(DOING);
    };
    let claim = match details.claim {
        None => 0,
        Some(OverlookedClaim::UnderCovered) => 1,
        Some(OverlookedClaim::Overlooked) => 2,
    };
    #[allow(clippy::cast_possible_truncation)] // strengths are small
    let strength = (f64::from(details.assessment.strength) * 1e6) as i64;
    tx.prepare_cached(
        "INSERT OR REPLACE INTO story (id, first_at, last_at, lead, articles, publishers, countries,
             breadth, perspectives, marks, claim, strength, american_ran, american_of, place, actors,
             coverage, assessment, rules_version, told)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7 * 10000 + ?6, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,
                 ?16, ?17, ?18, ?19)",
    )
    .and_then(|mut statement| {
        statement.execute(params![
            id,
            Millis::from(details.first_at),
            Millis::from(details.last_at),
            details.lead.0,
            details.articles,
            details.publishers,
            details.countries,
            details.perspectives,
            json(&details.marks)?,
            claim,
            strength,
            details.coverage.american.ran,
            details.coverage.american.of,
            details.place,
            json(&details.actors)?,
            json(&details.coverage)?,
            json(&details.assessment)?,
            details.rules_version,
            details.told,
        ])
    })
    .doing(DOING)?;
    // Replacing the row took these along.
    for country in &details.actors {
        tx.prepare_cached("INSERT OR IGNORE INTO story_actor (country, story) VALUES (?1, ?2)")
            .and_then(|mut statement| statement.execute(params![country, id]))
            .doing(DOING)?;
    }
    Ok(())
}

fn write_perspectives(tx: &Transaction<'_>, story: &StoryWrite) -> Result<(), StoreError> {
    const DOING: &str = "keeping a story's perspectives";
    let id = column(story.id);
    tx.prepare_cached("DELETE FROM perspective_lead WHERE story = ?1")
        .and_then(|mut statement| statement.execute([id]))
        .doing(DOING)?;
    for (perspective, article) in &story.perspective_leads {
        tx.prepare_cached(
            "INSERT INTO perspective_lead (perspective, story, article, sort_at)
             SELECT ?1, ?2, id, sort_at FROM article WHERE id = ?3",
        )
        .and_then(|mut statement| statement.execute(params![perspective.as_str(), id, article.0]))
        .doing(DOING)?;
    }
    Ok(())
}

/// Takes away what is kept of stories that no article of the window is in any more, though some of
/// these were.
pub(super) fn forget(tx: &Transaction<'_>, gone: &[StoryId]) -> Result<(), StoreError> {
    const DOING: &str = "forgetting a story";
    for id in gone {
        let id = column(*id);
        // Articles older than the window may still be in it.
        for sql in [
            "DELETE FROM story WHERE id = ?1
                AND NOT EXISTS (SELECT 1 FROM article WHERE article.story = ?1)",
            "DELETE FROM perspective_lead WHERE story = ?1
                AND NOT EXISTS (SELECT 1 FROM article WHERE article.story = ?1)",
        ] {
            tx.prepare_cached(sql)
                .and_then(|mut statement| statement.execute([id]))
                .doing(DOING)?;
        }
    }
    Ok(())
}

/// Notes in `fact` when stories were found last.
const REGROUPED: &str = "regrouped_at";

/// When stories were found last.
pub(super) fn regrouped_at(tx: &Transaction<'_>) -> Result<Option<DateTime<Utc>>, StoreError> {
    let value = facts::get(tx, REGROUPED, "looking when stories were found last")?;
    Ok(value.and_then(|value| value.parse().ok()))
}

pub(super) fn set_regrouped_at(tx: &Transaction<'_>, now: DateTime<Utc>) -> Result<(), StoreError> {
    let value = now.to_rfc3339();
    facts::set(tx, REGROUPED, &value, "noting that stories were found")
}

const STORY: &str = "id, place, actors, coverage, assessment, rules_version, told";

fn read_story(row: &Row<'_>) -> rusqlite::Result<StoredStory> {
    Ok(StoredStory {
        id: id(row.get(0)?),
        place: row.get(1)?,
        actors: from_json(row, 2)?,
        coverage: from_json(row, 3)?,
        assessment: from_json(row, 4)?,
        rules_version: row.get(5)?,
        told: row.get(6)?,
    })
}

/// A story of several articles.
pub(super) fn get(tx: &Transaction<'_>, id: StoryId) -> Result<Option<StoredStory>, StoreError> {
    tx.prepare_cached(&format!("SELECT {STORY} FROM story WHERE id = ?1"))
        .and_then(|mut statement| statement.query_row([column(id)], read_story).optional())
        .doing("reading a story")
}

/// The stories that had an article since a time.
pub(super) fn since(
    tx: &Transaction<'_>,
    time: DateTime<Utc>,
) -> Result<Vec<StoredStory>, StoreError> {
    const DOING: &str = "reading stories";
    let mut statement = tx
        .prepare_cached(&format!("SELECT {STORY} FROM story WHERE last_at >= ?1"))
        .doing(DOING)?;
    statement
        .query_map([Millis::from(time)], read_story)
        .and_then(Iterator::collect)
        .doing(DOING)
}

/// The articles of a story, the earliest first.
pub(super) fn members(tx: &Transaction<'_>, id: StoryId) -> Result<Vec<ArticleId>, StoreError> {
    const DOING: &str = "reading a story's articles";
    let mut statement = tx
        .prepare_cached(
            "SELECT id FROM article INDEXED BY article_by_story WHERE story = ?1
              ORDER BY sort_at, id",
        )
        .doing(DOING)?;
    statement
        .query_map([column(id)], |row| row.get(0).map(ArticleId))
        .and_then(Iterator::collect)
        .doing(DOING)
}

/// The story an article is in.
pub(super) fn of_article(
    tx: &Transaction<'_>,
    article: ArticleId,
) -> Result<Option<StoryId>, StoreError> {
    tx.prepare_cached("SELECT story FROM article WHERE id = ?1")
        .and_then(|mut statement| {
            statement
                .query_row([article.0], |row| row.get::<_, Option<i64>>(0))
                .optional()
        })
        .map(|story| story.flatten().map(id))
        .doing("looking for an article's story")
}

/// The name of an article to grouping, also of one that was not compared yet.
pub(super) fn name(tx: &Transaction<'_>, article: ArticleId) -> Result<Option<String>, StoreError> {
    tx.prepare_cached(
        "SELECT coalesce((SELECT name FROM reading WHERE article = ?1),
                         (SELECT lower(hex(min(key))) FROM article_key WHERE article = ?1))",
    )
    .and_then(|mut statement| statement.query_row([article.0], |row| row.get(0)))
    .doing("looking for an article's name")
}

/// Where a story went whose id is gone, step by step.
pub(super) fn successor(tx: &Transaction<'_>, id: StoryId) -> Result<Option<StoryId>, StoreError> {
    tx.prepare_cached("SELECT new FROM story_successor WHERE old = ?1")
        .and_then(|mut statement| {
            statement
                .query_row([column(id)], |row| row.get::<_, i64>(0))
                .optional()
        })
        .map(|new| new.map(self::id))
        .doing("looking where a story went")
}

/// What is kept of an article beside its row.
pub(super) fn telling(
    tx: &Transaction<'_>,
    article: ArticleId,
) -> Result<StoredTelling, StoreError> {
    const DOING: &str = "reading an article's labels";
    let mut statement = tx
        .prepare_cached("SELECT label FROM label WHERE article = ?1 ORDER BY place")
        .doing(DOING)?;
    let labels = statement
        .query_map([article.0], |row| from_json(row, 0))
        .and_then(Iterator::collect)
        .doing(DOING)?;
    let (copy_of, facts) = tx
        .prepare_cached("SELECT copy_of, facts FROM reading WHERE article = ?1")
        .and_then(|mut statement| {
            statement
                .query_row([article.0], |row| {
                    Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, String>(1)?))
                })
                .optional()
        })
        .doing(DOING)?
        .unwrap_or_default();
    Ok(StoredTelling {
        labels,
        copy_of: copy_of.map(ArticleId),
        facts,
    })
}

/// What is kept of the articles that are led, or could be, by a publisher: their stories.
pub(super) fn stories_of_publisher(
    tx: &Transaction<'_>,
    publisher: &PublisherId,
) -> Result<Vec<StoryId>, StoreError> {
    const DOING: &str = "looking for a publisher's stories";
    let mut statement = tx
        .prepare_cached(
            "SELECT DISTINCT story FROM article JOIN publisher ON publisher.id = article.publisher
              WHERE slug = ?1 AND story IS NOT NULL",
        )
        .doing(DOING)?;
    statement
        .query_map([publisher.as_str()], |row| row.get(0).map(id))
        .and_then(Iterator::collect)
        .doing(DOING)
}
