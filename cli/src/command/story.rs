use overview_core::Overview;
use overview_core::model::{ArticleId, ArticleRow, Story, StoryId, Take};
use serde::Serialize;

use super::show::painted;
use crate::args::StoryArgs;
use crate::failure::{Failure, Outcome, Result};
use crate::output::text;
use crate::prose::{Kind, Line, wrapped};
use crate::session::Session;
use crate::telling;

/// A story and the takes beside its lead.
#[derive(Serialize)]
struct Told<'s> {
    #[serde(flatten)]
    story: &'s Story,
    takes: &'s [Take],
}

pub(super) fn story(session: &mut Session, args: &StoryArgs) -> Result<Outcome> {
    let overview = session.open()?;
    let (story, lead) = find(&overview, &args.id)?;
    let takes = overview.takes_of(&story, lead.id);
    if session.out.is_json() {
        let told = Told {
            story: &story,
            takes: &takes,
        };
        session.out.value(&told)?;
        return Ok(Outcome::Done);
    }
    let width = session.out.text_width();
    let mut lines = wrapped(Kind::Title, &telling::headline(&lead, false), "", "", width);
    lines.push(Line::of(
        Kind::Meta,
        "",
        telling::byline(&lead, session.now),
    ));
    let own = telling::labels_of(&story, &lead).first();
    if let Some(own) = own {
        let name = telling::label(own.kind, &own.name);
        lines.push(Line::of(Kind::Label(own.kind), name, ""));
    }
    lines.push(blank());
    lines.extend(takes_lines(session, &story, &takes, width));
    lines.extend(telling::coverage(&story, width, session.now));
    if story.articles.len() > 1 {
        lines.push(blank());
        let words = format!("All {} articles", story.articles.len());
        lines.push(Line::of(Kind::Heading, "", words));
        for telling in &story.articles {
            let id = format!("{:>6}  ", telling.row.id);
            let by = telling::byline(&telling.row, session.now);
            let rest = " ".repeat(text::width(&id));
            let words = format!("{by}: {}", telling::headline(&telling.row, false));
            lines.extend(wrapped(Kind::Text, &words, &id, &rest, width));
        }
    }
    print(session, &lines)
}

pub(super) fn why(session: &mut Session, id: ArticleId) -> Result<Outcome> {
    let overview = session.open()?;
    let story = overview.story_of(id)?;
    let telling = story.articles.iter().find(|one| one.row.id == id);
    let telling = telling.ok_or(overview_core::Error::NoSuchArticle(id))?;
    if session.out.is_json() {
        session.out.value(&telling.labels)?;
        return Ok(Outcome::Done);
    }
    let width = session.out.text_width();
    let title = telling::headline(&telling.row, false);
    let mut lines = wrapped(Kind::Title, &title, "", "", width);
    let by = telling::byline(&telling.row, session.now);
    lines.push(Line::of(Kind::Meta, "", by));
    lines.push(blank());
    lines.extend(telling::why(&telling.labels, width));
    print(session, &lines)
}

/// By a story's id, or by an article of it; and the article that is spoken of.
fn find(overview: &Overview, id: &str) -> Result<(Story, ArticleRow)> {
    let (story, article) = match (id.parse::<StoryId>(), id.parse::<i64>()) {
        (Ok(id), _) => (overview.story(id)?, None),
        (Err(_), Ok(id)) => (overview.story_of(ArticleId(id))?, Some(ArticleId(id))),
        (Err(error), Err(_)) => {
            return Err(Failure::Invalid(format!(
                "{error}, and not the number of an article"
            )));
        }
    };
    let lead = match article {
        Some(id) => story.articles.iter().find(|one| one.row.id == id),
        // As lists of the world have it.
        None => {
            let times: Vec<_> = story.articles.iter().map(|one| one.row.sort_at).collect();
            overview_core::story::lead(&times).and_then(|at| story.articles.get(at))
        }
    };
    let lead = lead.or(story.articles.first()).map(|one| one.row.clone());
    match lead {
        Some(lead) => Ok((story, lead)),
        None => Err(overview_core::Error::NoSuchStory(story.id).into()),
    }
}

fn takes_lines(session: &Session, story: &Story, takes: &[Take], width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for take in takes {
        let name = telling::label(take.label.kind, &take.label.name);
        lines.push(Line::of(Kind::Label(take.label.kind), name, ""));
        let headline = telling::headline(&take.row, false);
        lines.extend(wrapped(Kind::Heading, &headline, "", "", width));
        if !take.first_sentence.is_empty() {
            lines.extend(wrapped(Kind::Text, &take.first_sentence, "", "", width));
        }
        let by = telling::byline(&take.row, session.now);
        let mut by = format!("{} · {by}", take.row.id);
        if let Some(also) = telling::also_in(story, take) {
            by = format!("{by} · {also}");
        }
        lines.extend(wrapped(Kind::Meta, &by, "", "", width));
        lines.push(blank());
    }
    lines
}

fn blank() -> Line {
    Line::of(Kind::Text, "", "")
}

fn print(session: &mut Session, lines: &[Line]) -> Result<Outcome> {
    for line in lines {
        session.out.line(painted(line).trim_end())?;
    }
    Ok(Outcome::Done)
}
