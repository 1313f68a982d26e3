use chrono::{DateTime, Utc};
use overview_core::model::{Article, Mark};

use crate::args::Show;
use crate::failure::{Outcome, Result};
use crate::output::figures::{ago, date};
use crate::output::{DIM, STRONG, paint, text};
use crate::session::Session;

pub(super) fn run(session: &mut Session, args: &Show) -> Result<Outcome> {
    let overview = session.open()?;
    let mut article = overview.article(args.id)?;
    if args.mark_read {
        overview.mark(&[args.id], Mark::Read)?;
        article.row.state.read = true;
    }
    if session.out.is_json() {
        session.out.value(&article)?;
        return Ok(Outcome::Done);
    }
    let country = overview.catalogue().country(article.row.country);
    let country = country.map_or(article.row.country.as_str(), |country| &country.name);
    let page = page(
        &article,
        country,
        session.out.text_width(),
        session.now,
        date,
    );
    session.out.line(page.trim_end())?;
    Ok(Outcome::Done)
}

/// Headline, who and when, the text, what comes with it.
fn page(
    article: &Article,
    country: &str,
    width: usize,
    now: DateTime<Utc>,
    date: impl Fn(DateTime<Utc>) -> String,
) -> String {
    let row = &article.row;
    let mut parts = Vec::new();
    let block = |style, words: &str| {
        let wrapped = text::paragraphs(words, width);
        wrapped
            .lines()
            .map(|line| paint(style, line))
            .collect::<Vec<_>>()
            .join("\n")
    };

    let title = if row.title.trim().is_empty() {
        "(untitled)"
    } else {
        &row.title
    };
    let mut head = vec![block(STRONG, title)];
    let when = match row.published_at {
        Some(at) => format!("{} ({})", date(at), ago(now, at)),
        None => format!("Undated, first seen {}", date(row.first_seen_at)),
    };
    head.push(block(
        DIM,
        &format!("{}, {country}. {when}", row.publisher_name),
    ));
    if !article.authors.is_empty() {
        head.push(block(DIM, &format!("By {}", article.authors.join(", "))));
    }
    if let Some(url) = &row.url {
        // Whole, so that a terminal makes it a link.
        head.push(paint(DIM, url.as_str()));
    }
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
        head.push(paint(DIM, format!("[{}]", states.join(", "))));
    }
    parts.push(head.join("\n"));

    let body: Vec<String> = text::paragraphs(&article.text, width)
        .trim_end()
        .lines()
        .map(|line| match line.strip_prefix("## ") {
            Some(subhead) => paint(STRONG, subhead),
            None => line.to_owned(),
        })
        .collect();
    parts.push(if body.is_empty() {
        paint(DIM, "The feed gives no text for this article.")
    } else {
        body.join("\n")
    });

    if !article.media.is_empty() {
        let media = article.media.iter().map(|media| {
            let kind = media.media_type.as_deref().unwrap_or("media");
            paint(DIM, format!("{}: {}", text::line(kind), media.url))
        });
        parts.push(media.collect::<Vec<_>>().join("\n"));
    }
    if !article.categories.is_empty() {
        parts.push(block(
            DIM,
            &format!("Filed under {}", article.categories.join(", ")),
        ));
    }
    parts.join("\n\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use overview_core::model::Media;

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
            text: "After two months without rain the first showers reached the south on Monday, \
                   the weather service said.\n\nFarmers \u{1b}[31mwelcomed\u{1b}[0m it.\n\nДощ \
                   пройшов у південних областях, і річки знову наповнилися водою вперше з вересня."
                .to_owned(),
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
        let page = page(article, "Ukraine", 76, now, utc);
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
        article.text.clear();
        article.authors.clear();
        article.media.clear();
        article.categories.clear();
        insta::assert_snapshot!(drawn(&article));
    }
}
