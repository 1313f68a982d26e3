//! A publisher's feed, in its dialect.

use quick_xml::escape::{escape, partial_escape};
use serde_json::json;

use crate::page;
use crate::picture;
use crate::publication::{Published, Reply};
use crate::world::{Body, Broken, Dialect, Publisher};

/// Writes the feed, the newest entry first.
pub(crate) fn write(publisher: &Publisher, entries: &[Published<'_>]) -> Reply {
    let (content_type, text) = match publisher.feed {
        Dialect::Rss => (
            "application/rss+xml; charset=utf-8",
            rss(publisher, entries),
        ),
        Dialect::Atom => (
            "application/atom+xml; charset=utf-8",
            atom(publisher, entries),
        ),
        Dialect::Json => ("application/feed+json", json_feed(publisher, entries)),
        Dialect::Rdf => (
            "application/rdf+xml; charset=utf-8",
            rdf(publisher, entries),
        ),
    };
    let text = match publisher.broken {
        Some(Broken::FeedBareAmpersands) => text.replace("&amp;", "&"),
        Some(Broken::FeedCutOff) => cut_off(&text),
        Some(Broken::PageUnclosedTags) | None => text,
    };
    Reply {
        content_type,
        body: text.into_bytes(),
    }
}

/// Ends inside the description of the last entry, behind its title and address.
fn cut_off(text: &str) -> String {
    match text.rfind("<description>") {
        Some(at) => {
            let end = at + "<description>".len() + 20;
            let end = (end..text.len()).find(|end| text.is_char_boundary(*end));
            text[..end.unwrap_or(text.len())].to_owned()
        }
        None => text.to_owned(),
    }
}

/// The article as HTML, where the feed carries it.
fn whole(entry: &Published<'_>) -> Option<String> {
    (entry.publisher.body == Body::Full).then(|| page::html(&entry.article.body))
}

fn rss(publisher: &Publisher, entries: &[Published<'_>]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:media=\"http://search.yahoo.com/mrss/\">\n<channel>\n\
         <title>{}</title>\n<link>{}</link>\n<description>{} (sample)</description>\n\
         <language>{}</language>\n",
        escape(&publisher.name),
        publisher.url("/"),
        escape(&publisher.name),
        publisher.language,
    );
    for entry in entries {
        let article = entry.article;
        out += &format!(
            "<item>\n<title>{}</title>\n<link>{}</link>\n<guid isPermaLink=\"false\">{}</guid>\n\
             <pubDate>{}</pubDate>\n",
            escape(&article.title),
            entry.url,
            guid(entry),
            entry.at.to_rfc2822(),
        );
        if !article.author.is_empty() {
            out += &format!("<dc:creator>{}</dc:creator>\n", escape(&article.author));
        }
        if !article.section.is_empty() {
            out += &format!("<category>{}</category>\n", escape(&article.section));
        }
        if let Some(url) = &entry.picture {
            out += &format!(
                "<media:content url=\"{url}\" medium=\"image\" type=\"image/png\" \
                 width=\"{}\" height=\"{}\"><media:description>{}</media:description>\
                 </media:content>\n",
                picture::LEAD.0,
                picture::LEAD.1,
                escape(&article.caption)
            );
        }
        out += &format!("<description>{}</description>\n", escape(&article.summary));
        if let Some(html) = whole(entry) {
            out += &format!("<content:encoded><![CDATA[{html}]]></content:encoded>\n");
        }
        out += "</item>\n";
    }
    out + "</channel>\n</rss>\n"
}

fn atom(publisher: &Publisher, entries: &[Published<'_>]) -> String {
    let updated = entries.first().map(Published::rfc3339).unwrap_or_default();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<title>{}</title>\n\
         <id>tag:{},2026:feed</id>\n<link rel=\"alternate\" href=\"{}\"/>\n\
         <updated>{updated}</updated>\n",
        publisher.language,
        escape(&publisher.name),
        publisher.host(),
        publisher.url("/"),
    );
    for entry in entries {
        let article = entry.article;
        let author = if article.author.is_empty() {
            &publisher.name
        } else {
            &article.author
        };
        out += &format!(
            "<entry>\n<title>{}</title>\n<id>{}</id>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
            escape(&article.title),
            guid(entry),
            entry.url,
        );
        if let Some(picture) = &entry.picture {
            out += &format!("<link rel=\"enclosure\" type=\"image/png\" href=\"{picture}\"/>\n");
        }
        out += &format!(
            "<published>{0}</published>\n<updated>{0}</updated>\n\
             <author><name>{1}</name></author>\n",
            entry.rfc3339(),
            escape(author),
        );
        if !article.section.is_empty() {
            out += &format!("<category term=\"{}\"/>\n", escape(&article.section));
        }
        out += &format!("<summary>{}</summary>\n", escape(&article.summary));
        if let Some(html) = whole(entry) {
            out += &format!(
                "<content type=\"html\">{}</content>\n",
                partial_escape(&html)
            );
        }
        out += "</entry>\n";
    }
    out + "</feed>\n"
}

fn rdf(publisher: &Publisher, entries: &[Published<'_>]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
         xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <channel rdf:about=\"{home}\">\n<title>{name}</title>\n<link>{home}</link>\n\
         <description>{name} (sample)</description>\n<dc:language>{}</dc:language>\n\
         <items><rdf:Seq>\n",
        publisher.language,
        home = publisher.url("/"),
        name = escape(&publisher.name),
    );
    for entry in entries {
        out += &format!("<rdf:li rdf:resource=\"{}\"/>\n", entry.url);
    }
    out += "</rdf:Seq></items>\n</channel>\n";
    for entry in entries {
        let article = entry.article;
        out += &format!(
            "<item rdf:about=\"{0}\">\n<title>{1}</title>\n<link>{0}</link>\n\
             <dc:date>{2}</dc:date>\n<description>{3}</description>\n",
            entry.url,
            escape(&article.title),
            entry.rfc3339(),
            escape(&article.summary),
        );
        if !article.author.is_empty() {
            out += &format!("<dc:creator>{}</dc:creator>\n", escape(&article.author));
        }
        out += "</item>\n";
    }
    out + "</rdf:RDF>\n"
}

fn json_feed(publisher: &Publisher, entries: &[Published<'_>]) -> String {
    let items: Vec<_> = entries
        .iter()
        .map(|entry| {
            let article = entry.article;
            let mut item = json!({
                "id": guid(entry),
                "url": entry.url,
                "title": article.title,
                "summary": article.summary,
                "date_published": entry.rfc3339(),
                "language": publisher.language,
            });
            match whole(entry) {
                Some(html) => item["content_html"] = html.into(),
                None => item["content_text"] = article.summary.clone().into(),
            }
            if let Some(picture) = &entry.picture {
                item["image"] = picture.clone().into();
            }
            if !article.author.is_empty() {
                item["authors"] = json!([{ "name": article.author }]);
            }
            if !article.section.is_empty() {
                item["tags"] = json!([article.section]);
            }
            item
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": publisher.name,
        "home_page_url": publisher.url("/"),
        "feed_url": publisher.url(publisher.feed_path()),
        "language": publisher.language,
        "items": items,
    });
    feed.to_string()
}

/// Stable over every moment of publication.
fn guid(entry: &Published<'_>) -> String {
    format!("tag:{},2026:{}", entry.publisher.host(), entry.article.id())
}
