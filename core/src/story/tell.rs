//! A group of articles -> a story: labels, copies, coverage, what is said of American media.

use chrono::{DateTime, Utc};

use super::copies::copies;
use super::coverage;
use super::gazetteer::Actors;
use super::overlooked::assess;
use super::perspective::{self, Scene};
use super::{ArticleVector, Reading};
use crate::model::{
    ArticleId, Assessment, CountryCode, Coverage, Label, OverlookedVerdict, Publisher, PublisherId,
    Region,
};

/// Changes when rules change: stories told under another number are told anew.
pub const RULES_VERSION: u32 = 2;

/// An article of a story, with all that the rules ask of it.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// Which.
    pub id: ArticleId,
    /// Who published it.
    pub publisher: &'a Publisher,
    /// The region of that publisher's country.
    pub region: Region,
    /// When it was published, or first seen.
    pub published: DateTime<Utc>,
    /// What was kept of its text.
    pub reading: &'a Reading,
    /// What grouping kept of it.
    pub vector: &'a ArticleVector,
}

/// A publisher that could have run a story.
#[derive(Debug, Clone, Copy)]
pub struct Watched<'a> {
    /// Which.
    pub publisher: &'a Publisher,
    /// The region of its country.
    pub region: Region,
    /// A feed of it answered in the window.
    pub is_healthy: bool,
}

/// What telling a story needs beside its articles.
pub struct Context<'a> {
    /// Every publisher that is switched on.
    pub watched: &'a [Watched<'a>],
    /// The catalogue's version.
    pub registry_version: &'a str,
    /// The second search: an American article that may tell the story though it was not grouped
    /// with it. Asked only before a claim.
    pub american_elsewhere: &'a dyn Fn() -> Option<Elsewhere>,
    /// What was said of the story before.
    pub earlier: Option<&'a Assessment>,
    /// Now.
    pub now: DateTime<Utc>,
}

/// What a second search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Elsewhere {
    /// The article.
    pub article: ArticleId,
    /// Its publisher.
    pub publisher: PublisherId,
    /// How alike it is to the story, 0 to 1.
    pub similarity: f32,
}

/// A story told.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The labels of each member, in the order of the members; the first names it.
    pub labels: Vec<Vec<Label>>,
    /// The member that each is a copy of.
    pub copy_of: Vec<Option<ArticleId>>,
    /// Countries it is about, the first the most.
    pub actors: Vec<CountryCode>,
    /// Where it happens.
    pub place: Option<CountryCode>,
    /// Publishers, those of one family counted once.
    pub families: u32,
    /// Who ran it.
    pub coverage: Coverage,
    /// What is said of American media.
    pub assessment: Assessment,
}

/// Tells a story. `members` by time, then id; at least one. Deterministic.
pub fn tell(members: &[Member<'_>], context: &Context<'_>) -> Told {
    let vectors: Vec<&ArticleVector> = members.iter().map(|member| member.vector).collect();
    let mut original_of: Vec<Option<usize>> = vec![None; members.len()];
    for group in copies(&vectors) {
        if let Some((first, rest)) = group.split_first() {
            for &at in rest {
                original_of[at] = Some(*first);
            }
        }
    }
    let texts: Vec<Member<'_>> = members
        .iter()
        .zip(&original_of)
        .filter(|(_, original)| original.is_none())
        .map(|(member, _)| *member)
        .collect();
    let actors = Actors::of_story(texts.iter().map(|text| &text.reading.actors));
    let scene = Scene::new(members, &texts, &actors, context.registry_version);
    let labels = members
        .iter()
        .zip(&original_of)
        .map(|(member, original)| {
            let original = original.map(|at| members[at]);
            // A correction is the publisher's own text.
            let original = original.filter(|one| one.vector.family != member.vector.family);
            perspective::labels(
                &scene,
                &perspective::Told {
                    member: *member,
                    original,
                },
            )
        })
        .collect();
    let ran = coverage::ran(members);
    let population = coverage::population(&ran, context);
    let coverage = coverage::coverage(members, &ran, &population, context);
    let assessment = assess(members, &ran, &population, &coverage, actors.place, context);
    Told {
        labels,
        copy_of: original_of
            .iter()
            .map(|original| original.map(|at| members[at].id))
            .collect(),
        actors: actors.parties(),
        place: actors.place,
        families: coverage::count(ran.len()),
        coverage,
        assessment,
    }
}

/// What is said of American media where nothing is.
pub fn nothing_claimed(now: DateTime<Utc>) -> Assessment {
    Assessment {
        verdict: OverlookedVerdict::NoClaim,
        text: String::new(),
        conditions: Vec::new(),
        strength: 0.0,
        since: now,
    }
}
