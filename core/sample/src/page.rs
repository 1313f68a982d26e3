//! Article pages as publishers build them: the article, and much that is not.
//!
//! Well-formed as XML unless the publisher is one that is deliberately broken.

use pulldown_cmark::{Options, Parser};
use quick_xml::escape::escape;
use serde_json::json;

use crate::picture;
use crate::publication::{Published, Reply};
use crate::world::{Broken, Form, Layout, Publisher};

/// CommonMark with tables as HTML.
pub(crate) fn html(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() * 5 / 4);
    pulldown_cmark::html::push_html(&mut out, Parser::new_ext(markdown, Options::ENABLE_TABLES));
    out
}

/// A publisher's front page: its headlines.
pub(crate) fn front(publisher: &Publisher, articles: &[Published<'_>]) -> Reply {
    let list: String = articles.iter().map(link).collect();
    let head = format!(
        "<title>{0}</title>\n<link rel=\"alternate\" type=\"{1}\" title=\"{0}\" href=\"{2}\" />",
        escape(&publisher.name),
        match publisher.feed {
            crate::Dialect::Atom => "application/atom+xml",
            crate::Dialect::Json => "application/feed+json",
            crate::Dialect::Rss | crate::Dialect::Rdf => "application/rss+xml",
        },
        publisher.feed_path(),
    );
    reply(document(
        publisher,
        &head,
        &format!(
            "<main><h1>{}</h1><ul>\n{list}</ul></main>",
            escape(&publisher.name)
        ),
    ))
}

/// An article's page; `others` are all of the publisher's.
pub(crate) fn article(published: &Published<'_>, others: &[Published<'_>]) -> Reply {
    let publisher = published.publisher;
    let body = html(&published.article.body);
    let body = if publisher.broken == Some(Broken::PageUnclosedTags) {
        body.replace("</p>", "")
    } else {
        body
    };
    let related: String = others
        .iter()
        .filter(|other| other.url != published.url)
        .take(4)
        .map(link)
        .collect();
    let top = top(published);
    let content = match publisher.layout {
        Layout::Article => format!(
            "<main>\n<article>\n<header>{top}</header>\n{body}</article>\n\
             <aside><h2>{}</h2><ul>\n{related}</ul></aside>\n</main>",
            escape(&publisher.name)
        ),
        Layout::Story => format!(
            "<div class=\"wrap\">\n<div class=\"promo\"><p>Newsletter: the day in five minutes. \
             <a href=\"/newsletter\">Sign up</a></p></div>\n\
             <div class=\"story\">\n<div class=\"story-head\">{top}</div>\n\
             <div class=\"share\"><a href=\"/share\">Share</a> <a href=\"/save\">Save</a></div>\n\
             <div class=\"story-body\">{body}</div>\n\
             <div class=\"author-box\"><p>{}</p></div>\n</div>\n\
             <div class=\"related\"><ul>\n{related}</ul></div>\n</div>",
            escape(&published.article.author)
        ),
        Layout::Plain => format!("<main>{top}\n{body}</main>\n<ul class=\"more\">\n{related}</ul>"),
    };
    reply(document(publisher, &head(published), &content))
}

fn reply(text: String) -> Reply {
    Reply {
        content_type: "text/html; charset=utf-8",
        body: text.into_bytes(),
    }
}

fn document(publisher: &Publisher, head: &str, content: &str) -> String {
    let direction = if publisher.language == "ar" {
        "rtl"
    } else {
        "ltr"
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n\
         <meta charset=\"utf-8\" />\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n\
         {head}\n</head>\n<body>\n\
         <header class=\"site\"><a href=\"/\">{name}</a>\
         <nav><ul><li><a href=\"/\">1</a></li><li><a href=\"/about\">2</a></li></ul></nav></header>\n\
         {content}\n\
         <footer><p>{name} is an invented publisher of the Overview sample world.</p></footer>\n\
         </body>\n</html>\n",
        language = publisher.language,
        name = escape(&publisher.name),
    )
}

/// What the page says of itself: OpenGraph and JSON-LD.
fn head(published: &Published<'_>) -> String {
    let article = published.article;
    let at = published.rfc3339();
    let kind = match article.form {
        Form::Opinion => "OpinionNewsArticle",
        Form::Analysis => "AnalysisNewsArticle",
        Form::Live => "LiveBlogPosting",
        Form::News | Form::Digest | Form::Correction | Form::Official => "NewsArticle",
    };
    let author = if article.author.is_empty() {
        json!({ "@type": "Organization", "name": published.publisher.name })
    } else {
        json!({ "@type": "Person", "name": article.author })
    };
    let data = json!({
        "@context": "https://schema.org",
        "@type": kind,
        "headline": article.title,
        "description": article.summary,
        "datePublished": at,
        "dateModified": at,
        "inLanguage": published.publisher.language,
        "articleSection": article.section,
        "author": author,
        "publisher": { "@type": "NewsMediaOrganization", "name": published.publisher.name },
        "image": published.picture,
        "mainEntityOfPage": published.url,
    });
    // Neither a tag nor an entity may begin inside, in HTML or in XML.
    let data = data
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026");
    let picture = published
        .picture
        .iter()
        .map(|picture| {
            format!(
                "<meta property=\"og:image\" content=\"{picture}\" />\n\
                 <meta property=\"og:image:alt\" content=\"{}\" />\n",
                escape(&article.caption)
            )
        })
        .collect::<String>();
    format!(
        "<title>{title} | {name}</title>\n\
         <link rel=\"canonical\" href=\"{url}\" />\n\
         <meta name=\"description\" content=\"{summary}\" />\n\
         <meta property=\"og:type\" content=\"article\" />\n\
         <meta property=\"og:title\" content=\"{title}\" />\n\
         <meta property=\"og:url\" content=\"{url}\" />\n{picture}\
         <meta property=\"article:published_time\" content=\"{at}\" />\n\
         <script type=\"application/ld+json\">{data}</script>",
        title = escape(&article.title),
        name = escape(&published.publisher.name),
        summary = escape(&article.summary),
        url = published.url,
    )
}

/// Headline, byline, date and picture.
fn top(published: &Published<'_>) -> String {
    let article = published.article;
    let at = published.rfc3339();
    let shown = published.at.format("%Y-%m-%d %H:%M");
    let byline = if article.author.is_empty() {
        String::new()
    } else {
        format!("<p class=\"byline\">{}</p>\n", escape(&article.author))
    };
    let (width, height) = picture::LEAD;
    let figure = published
        .picture
        .iter()
        .map(|url| {
            format!(
                "<figure><img src=\"{url}\" width=\"{width}\" height=\"{height}\" \
                 alt=\"{0}\" /><figcaption>{0}</figcaption></figure>\n",
                escape(&article.caption)
            )
        })
        .collect::<String>();
    format!(
        "<p class=\"section\">{}</p>\n<h1>{}</h1>\n<p class=\"standfirst\">{}</p>\n{byline}\
         <time datetime=\"{at}\">{shown} UTC</time>\n{figure}",
        escape(&article.section),
        escape(&article.title),
        escape(&article.summary),
    )
}

fn link(published: &Published<'_>) -> String {
    format!(
        "<li><a href=\"{}\">{}</a></li>\n",
        published.url,
        escape(&published.article.title)
    )
}
