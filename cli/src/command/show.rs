use chrono::{DateTime, Utc};
use overview_core::Overview;
use overview_core::model::{Article, Mark};
use url::Url;

use crate::args::Show;
use crate::failure::{Outcome, Result};
use crate::interrupt;
use crate::output::figures::{ago, date};
use crate::output::{CLAIM, DIM, PLAIN, STRONG, paint, text};
use crate::prose::{self, Kind, Line, Pictures};
use crate::session::Session;

pub(super) fn run(session: &mut Session, args: &Show) -> Result<Outcome> {
    let overview = session.open()?;
    let mut article = if args.whole {
        interrupt::run(
            &session.out,
            "Fetching the page",
            "starting to fetch the page",
            async |cancel, _| {
                tokio::select! {
                    () = cancel.cancelled() => overview.article(args.id),
                    article = overview.fetch_article(args.id) => article,
                }
            },
        )??
    } else {
        overview.article(args.id)?
    };
    if args.mark_read {
        overview.mark(&[args.id], Mark::Read)?;
        article.row.state.read = true;
    }
    if session.out.is_json() {
        session.out.value(&article)?;
        return Ok(Outcome::Done);
    }
    let translation = match args.original {
        true => None,
        false => {
            if args.whole {
                translate(session, &overview, &mut article)?;
            }
            let command = |language: &str| format!("overview languages install {language}");
            prose::translation_note(&overview.translation_state(&article)?, command)
        }
    };
    if !args.original {
        article = article.in_english();
    }
    let country = overview.catalogue().country(article.row.country);
    let country = country.map_or(article.row.country.as_str(), |country| &country.name);
    let page = page(
        &article,
        country,
        translation,
        session.out.text_width(),
        session.now,
        date,
    );
    session.out.line(page.trim_end())?;
    Ok(Outcome::Done)
}

/// Translates what is not in English yet; why it could not is told in the note above the text.
fn translate(session: &Session, overview: &Overview, article: &mut Article) -> Result<()> {
    let id = article.row.id;
    interrupt::run(
        &session.out,
        "Translating",
        "starting to translate",
        async |cancel, _| {
            tokio::select! {
                () = cancel.cancelled() => Ok(()),
                done = overview.translate_article(id) => done.map(drop),
            }
        },
    )??;
    *article = overview.article(id)?;
    Ok(())
}

/// Headline, who and when, the text, what comes with it.
fn page(
    article: &Article,
    country: &str,
    translation: Option<String>,
    width: usize,
    now: DateTime<Utc>,
    date: impl Fn(DateTime<Utc>) -> String,
) -> String {
    let row = &article.row;
    let when = match row.published_at {
        Some(at) => format!("{} ({})", date(at), ago(now, at)),
        None => format!("Undated, first seen {}", date(row.first_seen_at)),
    };
    let mut meta = vec![format!("{}, {country}. {when}", row.publisher_name)];
    if let Some(at) = article.updated_at {
        meta.push(format!("Updated {} ({})", date(at), ago(now, at)));
    }
    if !article.authors.is_empty() {
        meta.push(format!("By {}", article.authors.join(", ")));
    }
    meta.extend(row.url.as_ref().map(Url::to_string));
    let states = [
        (!row.state.read, "unread"),
        (row.state.saved, "saved"),
        (row.state.hidden, "hidden"),
    ];
    let states: Vec<&str> = states
        .iter()
        .filter(|(set, _)| *set)
        .map(|(_, state)| *state)
        .collect();
    if !states.is_empty() {
        meta.push(format!("[{}]", states.join(", ")));
    }
    meta.extend(translation);
    let prose = prose::set(article, &meta, Vec::new(), width, &Pictures::new());
    let mut lines: Vec<String> = prose.lines.iter().map(painted).collect();
    if !article.media.is_empty() {
        lines.push(String::new());
        lines.extend(article.media.iter().map(|media| {
            let kind = media.media_type.as_deref().unwrap_or("media");
            paint(DIM, format!("{}: {}", text::line(kind), media.url))
        }));
    }
    if !article.categories.is_empty() {
        let filed = format!("Filed under {}", article.categories.join(", "));
        lines.push(String::new());
        lines.extend(
            text::paragraphs(&filed, width)
                .lines()
                .map(|line| paint(DIM, line)),
        );
    }
    lines.join("\n")
}

/// A line with the styles of its kind and of its parts.
pub(super) fn painted(line: &Line) -> String {
    let style = match line.kind {
        Kind::Title | Kind::Heading | Kind::TableHead | Kind::Standfirst => STRONG,
        Kind::Meta | Kind::Note | Kind::Caption | Kind::Link | Kind::Label(_) => DIM,
        Kind::Text | Kind::Quote | Kind::Code | Kind::OwnLabel(_) => PLAIN,
        Kind::Claim => CLAIM,
    };
    let of_prefix = match line.kind {
        Kind::Label(_) | Kind::OwnLabel(_) => STRONG,
        _ => DIM,
    };
    let mut out = paint(of_prefix, &line.prefix);
    let mut at = 0;
    for (range, look) in &line.looks {
        out += &paint(style, &line.text[at..range.start]);
        let mut of_part = style;
        if look.strong {
            of_part = of_part.bold();
        }
        if look.emphasis {
            of_part = of_part.italic();
        }
        if look.linked {
            of_part = of_part.underline();
        }
        out += &paint(of_part, &line.text[range.clone()]);
        at = range.end;
    }
    out + &paint(style, &line.text[at..])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use overview_core::model::{Direction, Media};
    use overview_core::page;

    use super::*;

    fn article() -> Article {
        let mut row = crate::command::list::tests::rows().remove(0);
        row.url = Some("https://steppe.example/2026/rain".parse().unwrap());
        row.published_at = Some("2026-11-23T09:30:00Z".parse().unwrap());
        Article {
            row,
            authors: vec!["Olena Invented".to_owned(), "Petro Made-Up".to_owned()],
            categories: vec!["Weather".to_owned()],
            updated_at: None,
            standfirst: None,
            lead: None,
            blocks: page::read_fragment(
                "<p>After two months <b>without rain</b> the first showers reached the south on \
                 Monday, the <a href='/weather'>weather service</a> said.</p><h2>Welcome</h2>\
                 <blockquote><p>Farmers \u{1b}[31mwelcomed\u{1b}[0m it.</p><footer>A \
                 farmer</footer></blockquote><ul><li>Odesa<li>Kherson, where it had not rained \
                 since the second week of August and wells were low</ul><table><tr><th>Town<th>mm\
                 <tr><td>Odesa<td>12</table><p>Дощ пройшов у південних областях, і річки знову \
                 наповнилися водою вперше з вересня.</p>",
                &"https://steppe.example/".parse().unwrap(),
            ),
            direction: Direction::LeftToRight,
            page: None,
            translation: None,
            media: vec![Media {
                url: "https://steppe.example/rain.jpg".parse().unwrap(),
                media_type: Some("image/jpeg".to_owned()),
                width: None,
                height: None,
                length: None,
            }],
        }
    }

    fn drawn(article: &Article) -> String {
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let utc = |at: DateTime<Utc>| at.format("%-d %B %Y, %H:%M").to_string();
        let page = super::page(article, "Ukraine", None, 76, now, utc);
        anstream::adapter::strip_str(&page).to_string()
    }

    #[test]
    fn an_article_reads_well() {
        let drawn = drawn(&article());
        assert!(
            drawn
                .lines()
                .all(|line| text::width(line) <= 76 && !line.contains('\u{1b}'))
        );
        insta::assert_snapshot!(drawn);
    }

    #[test]
    fn an_article_of_nothing_says_so() {
        let mut article = article();
        article.row.title.clear();
        article.row.published_at = None;
        article.row.url = None;
        article.row.state.read = true;
        article.blocks.clear();
        article.authors.clear();
        article.media.clear();
        article.categories.clear();
        insta::assert_snapshot!(drawn(&article));
    }
}
