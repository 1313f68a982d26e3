#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write as _;

use proptest::prelude::*;
use url::Url;

use super::{Feed, FeedContext, FeedError, MAX_DOCUMENT, MAX_ENTRIES, parse};

const ADDRESS: &str = "https://feeds.example.org/all/rss.xml";

fn read_bytes(bytes: &[u8]) -> Result<Feed, FeedError> {
    let url = Url::parse(ADDRESS).unwrap();
    parse(
        bytes,
        &FeedContext {
            url: &url,
            content_type: None,
            default_zone: None,
        },
    )
}

fn read(document: &str) -> Feed {
    read_bytes(document.as_bytes()).unwrap()
}

/// An RSS feed of one item.
fn item(fields: &str) -> super::Entry {
    let document = format!(
        "<rss version='2.0'><channel><title>T</title><link>https://news.example.org/</link><item>{fields}</item></channel></rss>"
    );
    read(&document).entries.remove(0)
}

/// An Atom feed of one entry.
fn entry(fields: &str) -> super::Entry {
    let document = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry>{fields}</entry></feed>"
    );
    read(&document).entries.remove(0)
}

fn url_of(entry: &super::Entry) -> &str {
    entry.url.as_ref().map_or("", Url::as_str)
}

/// A feed as a person would check it.
fn listing(feed: &Feed) -> String {
    let mut out = String::new();
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let home = feed.home.as_ref().map_or("-", Url::as_str);
    writeln!(
        out,
        "{} | {home} | {}",
        text(&feed.title),
        text(&feed.language)
    )
    .unwrap();
    writeln!(out, "{:?} truncated={}", feed.hints, feed.truncated).unwrap();
    for entry in &feed.entries {
        writeln!(out, "\n# {}", text(&entry.title)).unwrap();
        writeln!(out, "id {}", text(&entry.id)).unwrap();
        writeln!(out, "url {}", url_of(entry)).unwrap();
        writeln!(
            out,
            "published {:?} updated {:?}",
            entry.published, entry.updated
        )
        .unwrap();
        writeln!(
            out,
            "by {:?} in {:?} language {}",
            entry.authors,
            entry.categories,
            text(&entry.language)
        )
        .unwrap();
        writeln!(out, "summary {}", text(&entry.summary)).unwrap();
        writeln!(out, "content {}", text(&entry.content)).unwrap();
        for media in &entry.media {
            writeln!(
                out,
                "media {} {:?} {:?}x{:?} {:?}",
                media.url, media.media_type, media.width, media.height, media.length
            )
            .unwrap();
        }
    }
    out
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel>
  <title>Die Nordwarte &amp; Umland</title>
  <atom:link href="https://nordwarte.example/feed" rel="self" type="application/rss+xml"/>
  <link>https://nordwarte.example/</link>
  <description>Nachrichten</description>
  <language>de-DE</language>
  <ttl>30</ttl>
  <skipHours><hour>0</hour><hour>24</hour><hour>3</hour></skipHours>
  <skipDays><day>Sunday</day></skipDays>
  <image><title>Logo</title><url>https://nordwarte.example/logo.png</url><link>https://nordwarte.example/logo</link></image>
  <item>
    <title>Sturm &quot;Ada&quot;: Fähren bleiben im Hafen</title>
    <link>https://nordwarte.example/sturm-ada?utm_source=rss</link>
    <guid isPermaLink="false">nw-1001</guid>
    <pubDate>Mo, 05 Okt 2026 10:30:00 MESZ</pubDate>
    <dc:creator>Inge Nissen</dc:creator>
    <category>Wetter</category><category>Küste</category>
    <description><![CDATA[<p>Die Fähren fahren <a href="/fahrplan">nicht</a>.</p>]]></description>
    <content:encoded><![CDATA[<p>Ausführlich.</p>]]></content:encoded>
    <media:group>
      <media:content url="/bilder/ada.jpg" type="image/jpeg" width="1200" height="800" fileSize="93412"/>
      <media:thumbnail url="/bilder/ada-klein.jpg" width="150" height="100"/>
    </media:group>
    <enclosure url="https://nordwarte.example/ton.mp3" length="123456" type="audio/mpeg"/>
  </item>
  <item>
    <title><![CDATA[Rat & Stadt <em>einig</em>]]></title>
    <guid>https://nordwarte.example/rat</guid>
    <author>redaktion@nordwarte.example (Redaktion)</author>
    <pubDate>2026-10-05 08:00:00</pubDate>
    <description>Kurz &amp; b&uuml;ndig</description>
  </item>
</channel></rss>"#;

const ATOM: &str = r#"<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="pt-BR" xml:base="https://diario.example/blog/">
  <title type="html">Di&amp;aacute;rio do Vale</title>
  <link rel="self" href="feed.atom"/>
  <link href="."/>
  <author><name>Reda&#231;&#227;o</name></author>
  <id>tag:diario.example,2026:feed</id>
  <updated>2026-10-05T10:00:00-03:00</updated>
  <entry>
    <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Chuva <b>forte</b> &lt;hoje&gt;</div></title>
    <link rel="enclosure" type="audio/ogg" length="42" href="som.ogg"/>
    <link rel="alternate" type="text/html" href="chuva"/>
    <id>tag:diario.example,2026:1</id>
    <updated>2026-10-05T09:00:00-03:00</updated>
    <content type="xhtml" xml:base="chuva/"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>Choveu. <x:img src="foto.jpg"/></x:p></x:div></content>
    <category term="clima" label="Clima"/>
  </entry>
  <entry xml:lang="es">
    <title>Fútbol: 2 < 3</title>
    <link href="/f"/>
    <id>tag:diario.example,2026:2</id>
    <published>2026-10-04T20:00:00Z</published>
    <updated>2026-10-05T01:00:00Z</updated>
    <author><name>Ana</name></author><author><email>b@diario.example</email></author>
    <summary>a &lt; b</summary>
    <source><title>Outro</title><author><name>Agência</name></author></source>
  </entry>
</feed>"#;

const RDF: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://kawara.example/"><title>川原新報</title><link>https://kawara.example/</link>
<items><rdf:Seq><rdf:li rdf:resource="https://kawara.example/1"/></rdf:Seq></items></channel>
<item rdf:about="https://kawara.example/1"><title>橋が開通</title><link>https://kawara.example/1</link>
<d:date>2026-10-05T10:30:00+09:00</d:date><d:creator>佐藤</d:creator><d:subject>地域</d:subject></item>
</rdf:RDF>"#;

const JSON: &str = r#"{"version": "http://jsonfeed.org/version/1", "title": "Salt &amp; Light", "home_page_url": "https://salt.example/",
"language": "en", "authors": [{"name": "The Desk"}], "items": [
 {"id": 7, "url": "/seven", "title": "Seven <i>ships</i>", "content_html": "<p><img src='a.png'></p>", "date_published": "2026-10-05T10:30:00Z",
  "tags": ["sea", "sea", "trade"], "image": "https://salt.example/7.jpg",
  "attachments": [{"url": "https://salt.example/7.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 99}]},
 {"id": "8", "external_url": "https://other.example/8", "content_text": "1 < 2", "date_modified": "2026-10-05T11:00:00Z", "author": {"name": "Jo"}}
]}"#;

#[test]
fn rss() {
    insta::assert_snapshot!(listing(&read(RSS)));
}

#[test]
fn atom() {
    insta::assert_snapshot!(listing(&read(ATOM)));
}

#[test]
fn rdf() {
    insta::assert_snapshot!(listing(&read(RDF)));
}

#[test]
fn json() {
    insta::assert_snapshot!(listing(&read(JSON)));
}

#[test]
fn rss_in_json() {
    let feed = read(
        r##"{"rss": {"version": "2.0", "channel": {"title": "T", "link": "https://a.example/", "item": [
        {"title": "One", "link": "/1", "guid": {"isPermaLink": "false", "#value": "g1"}, "pubDate": "Mon, 05 Oct 2026 10:30:00 GMT",
         "description": "<p>x</p>", "enclosure": {"url": "/1.mp3", "length": "5", "type": "audio/mpeg"}}]}}}"##,
    );
    let entry = &feed.entries[0];
    assert_eq!(
        (entry.id.as_deref(), url_of(entry)),
        (Some("g1"), "https://a.example/1")
    );
    assert_eq!(entry.summary.as_deref(), Some("<p>x</p>"));
    assert_eq!(entry.media[0].length, Some(5));
}

#[test]
fn every_version_is_read() {
    let item = "<item><title>A</title><link>https://a.example/1</link></item>";
    for document in [
        format!("<rss><channel>{item}</channel></rss>"),
        format!("<RSS VERSION='0.93'><Channel>{}</Channel></RSS>", item.replace("item", "ITEM")),
        format!("<rss version='2.0.1'><channel>{item}</channel></rss>"),
        format!("<rss version='2' xmlns='http://backend.userland.com/rss2'><channel>{item}</channel></rss>"),
        format!("<r:rss xmlns:r='http://purl.org/rss/1.0/'><r:channel>{}</r:channel></r:rss>",
            "<r:item><r:title>A</r:title><r:link>https://a.example/1</r:link></r:item>"),
        format!("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel/>{item}</rdf:RDF>"),
        format!("<Channel xmlns='http://purl.org/net/rss1.1#'><items>{item}</items></Channel>"),
        format!("<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'x'><rss version='0.91'><channel>{item}</channel></rss>"),
        format!("junk before \u{feff}<?xml version='1.0'?><!-- c --><xml><rss><channel>{item}</channel></rss></xml>"),
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title>A</title><link href='https://a.example/1'/></entry></feed>".to_owned(),
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>A</a:title><a:link href='https://a.example/1'/></a:entry></a:feed>".to_owned(),
        "<entry xmlns='http://www.w3.org/2005/Atom'><title>A</title><link href='https://a.example/1'/></entry>".to_owned(),
        "<CHANNEL HREF='https://a.example/'><ITEM HREF='1'><TITLE>A</TITLE></ITEM></CHANNEL>".to_owned(),
    ] {
        let feed = read_bytes(document.as_bytes()).unwrap_or_else(|error| panic!("{error}: {document}"));
        assert_eq!(feed.entries.len(), 1, "{document}");
        assert_eq!(feed.entries[0].title.as_deref(), Some("A"), "{document}");
        assert_eq!(url_of(&feed.entries[0]), "https://a.example/1", "{document}");
        assert!(!feed.truncated, "{document}");
    }
}

#[test]
fn items_behind_the_end_of_the_feed_count() {
    let feed = read(
        "<rss><channel><title>T</title><item><title>one</title></item></channel></rss>\
         <title>not the feed's</title><item><title>two</title></item>",
    );
    let titles: Vec<_> = feed.entries.iter().map(|e| e.title.as_deref()).collect();
    assert_eq!(titles, [Some("one"), Some("two")]);
    assert_eq!((feed.title.as_deref(), feed.truncated), (Some("T"), false));
}

#[test]
fn what_is_no_feed_says_so() {
    assert_eq!(read_bytes(b""), Err(FeedError::Empty));
    assert_eq!(read_bytes(b" \n\xEF\xBB\xBF\0"), Err(FeedError::Empty));
    assert_eq!(
        read_bytes(b"<!DOCTYPE html><html><head></head></html>"),
        Err(FeedError::Html)
    );
    assert_eq!(
        read_bytes(b"<html xmlns='http://www.w3.org/1999/xhtml'/>"),
        Err(FeedError::Html)
    );
    assert_eq!(read_bytes(b"<div>Please wait</div>"), Err(FeedError::Html));
    for other in [
        "hello",
        "<opml/>",
        "<svg xmlns='x'>",
        "{}",
        "{\"a\": [1",
        "[]",
        "{\"title\": \"a\"}",
        "\u{1}\u{2}",
    ] {
        assert!(
            matches!(
                read_bytes(other.as_bytes()),
                Err(FeedError::NotAFeed(_) | FeedError::Empty)
            ),
            "{other}"
        );
    }
    let limit = MAX_DOCUMENT;
    let long = vec![b' '; limit + 1];
    assert_eq!(
        read_bytes(&long),
        Err(FeedError::TooLarge {
            bytes: limit + 1,
            limit
        })
    );
    assert_eq!(read("<rss/>").entries, []);
    assert_eq!(
        read("<feed xmlns='http://www.w3.org/2005/Atom'></feed>").entries,
        []
    );
}

#[test]
fn bad_markup_is_repaired() {
    let titles = |document: &str| {
        let feed = read(document);
        feed.entries
            .into_iter()
            .map(|entry| entry.title.unwrap_or_default())
            .collect::<Vec<_>>()
    };
    // Ampersands, illegal characters, stray brackets, HTML's entities.
    assert_eq!(
        titles(
            "<rss><channel><item><title>A & B\u{8} &nbsp; 1 < 2 &copy;</title></item></channel></rss>"
        ),
        ["A & B 1 < 2 ©"]
    );
    // End tags that are missing or wrong.
    assert_eq!(
        titles("<rss><channel><item><title>A</title><item><title>B</item></chanel></rss>"),
        ["A", "B"]
    );
    assert_eq!(
        titles(
            "<rss><channel><item><title>A<link>https://a.example/</link><description>d</description></item></channel></rss>"
        ),
        ["A"]
    );
    assert_eq!(
        titles("<rss><channel><item><title>A</title</item></channel></rss>"),
        ["A"]
    );
    // A prefix that is not declared, an entity of the document's own.
    let document = "<!DOCTYPE rss [<!ENTITY paper 'Küste'>]><rss><channel><item><dc:title>&paper;</dc:title></item></channel></rss>";
    assert_eq!(titles(document), ["Küste"]);
    // An opening without an end.
    assert_eq!(
        titles("<rss><channel><!-- <item><title>A</title></item></channel></rss>"),
        ["A"]
    );
    assert_eq!(
        titles(
            "<rss><channel><item><title><![CDATA[A</title></item><item><title>B</title></item></channel></rss>"
        ),
        ["A", "B"]
    );
}

#[test]
fn titles_are_plain_text() {
    let rss = |title: &str| {
        item(&format!("<title>{title}</title>"))
            .title
            .unwrap_or_default()
    };
    assert_eq!(rss("  A\n\t B  "), "A B");
    assert_eq!(rss("AT&amp;T"), "AT&T");
    assert_eq!(rss("AT&amp;amp;T &amp;#8217;"), "AT&T ’");
    assert_eq!(
        rss("&lt;b&gt;Bold&lt;/b&gt; and &lt;script&gt;evil()&lt;/script&gt; more"),
        "Bold and more"
    );
    assert_eq!(
        rss("<![CDATA[One<br/>two &amp; three]]>"),
        "One two & three"
    );
    assert_eq!(rss("<b>Naked</b> markup"), "Naked markup");
    assert_eq!(rss("Vec&lt;String&gt; grows"), "Vec<String> grows");
    assert_eq!(rss("1 &lt; 2 &amp;&amp; 3 &gt; 2"), "1 < 2 && 3 > 2");
    assert_eq!(rss("&#146;quoted&#146;"), "’quoted’");
    let atom = |title: &str| entry(title).title.unwrap_or_default();
    assert_eq!(
        atom("<title type='text'>The &lt;b&gt; tag</title>"),
        "The <b> tag"
    );
    assert_eq!(
        atom("<title type='html'>The &amp;lt;b&amp;gt; tag</title>"),
        "The <b> tag"
    );
    assert_eq!(
        atom("<title type='text/html' mode='base64'>PGI+QTwvYj4=</title>"),
        "A"
    );
    assert_eq!(
        atom("<hello><title>Wrong</title></hello><title>Right</title>"),
        "Right"
    );
}

#[test]
fn addresses_become_absolute() {
    assert_eq!(
        url_of(&item("<link>a.html</link>")),
        "https://news.example.org/a.html"
    );
    assert_eq!(
        url_of(&item("<link> https://x.example/a b </link>")),
        "https://x.example/a%20b"
    );
    assert_eq!(
        url_of(&item("<guid>https://x.example/g</guid>")),
        "https://x.example/g"
    );
    assert_eq!(
        url_of(&item(
            "<guid isPermaLink='false'>https://x.example/g</guid>"
        )),
        ""
    );
    assert_eq!(
        url_of(&item("<guid isPermaLink='true'>/g</guid>")),
        "https://news.example.org/g"
    );
    assert_eq!(url_of(&item("<guid>17</guid>")), "");
    assert_eq!(url_of(&item("<link>javascript:alert(1)</link>")), "");
    assert_eq!(
        url_of(&item(
            "<link>https://f.example/1</link><feedburner:origLink>https://x.example/1</feedburner:origLink>"
        )),
        "https://x.example/1"
    );
    assert_eq!(
        url_of(&item(
            "<atom:link rel='self' href='/s'/><atom:link rel='alternate' href='/a'/>"
        )),
        "https://news.example.org/a"
    );
    assert_eq!(
        url_of(&entry("<link href='a'/>")),
        "https://feeds.example.org/all/a"
    );
    assert_eq!(
        url_of(&entry("<link xml:base='https://b.example/c/' href='a'/>")),
        "https://b.example/c/a"
    );
    assert_eq!(
        url_of(&entry(
            "<link type='application/json' href='/j'/><link type='text/html' href='/h'/>"
        )),
        "https://feeds.example.org/h"
    );
    let body = item(
        "<link>/n/1</link><description>&lt;a href=\"2?a=1&amp;amp;b\"&gt; &lt;img src='//c.example/p'&gt; &lt;a href='#x'&gt;</description>",
    );
    assert_eq!(
        body.summary.as_deref(),
        Some(
            "<a href=\"https://news.example.org/n/2?a=1&amp;b\"> <img src='https://c.example/p'> <a href='#x'>"
        )
    );
}

#[test]
fn the_first_readable_date_counts() {
    let published = |fields: &str| {
        item(fields)
            .published
            .map(|date| date.to_rfc3339())
            .unwrap_or_default()
    };
    assert_eq!(
        published("<pubDate>soon</pubDate><dc:date>2026-10-05</dc:date>"),
        "2026-10-05T00:00:00+00:00"
    );
    assert_eq!(
        published("<dcterms:modified>2026-10-05</dcterms:modified>"),
        "2026-10-05T00:00:00+00:00"
    );
    let both = entry("<published>2026-10-04</published><updated>2026-10-05</updated>");
    assert_eq!(
        both.published.unwrap().to_rfc3339(),
        "2026-10-04T00:00:00+00:00"
    );
    assert_eq!(
        both.updated.unwrap().to_rfc3339(),
        "2026-10-05T00:00:00+00:00"
    );
}

#[test]
fn authors_are_names() {
    assert_eq!(
        item("<author>a@b.example (Ann Lee)</author>").authors,
        ["Ann Lee"]
    );
    assert_eq!(
        item("<author>Ann Lee &lt;a@b.example&gt;</author>").authors,
        ["Ann Lee"]
    );
    assert_eq!(
        item("<author>a@b.example</author><dc:creator>Ann</dc:creator>").authors,
        ["Ann"]
    );
    assert_eq!(
        item("<author>a@b.example</author>").authors,
        ["a@b.example"]
    );
    assert_eq!(item("<itunes:author>Pod</itunes:author>").authors, ["Pod"]);
}

#[test]
fn any_declared_or_undeclared_encoding() {
    let document = |declared: &str, title: &str| {
        format!(
            "<?xml version=\"1.0\"{declared}?><rss><channel><item><title>{title}</title></item></channel></rss>"
        )
    };
    let title = |bytes: &[u8]| read_bytes(bytes).unwrap().entries[0].title.clone().unwrap();
    let russian = "Паром вышел из порта, и все островитяне вздохнули с облегчением";
    for (label, encoding) in [
        ("windows-1251", encoding_rs::WINDOWS_1251),
        ("koi8-r", encoding_rs::KOI8_R),
    ] {
        let declared = document(&format!(" encoding=\"{label}\""), russian);
        assert_eq!(
            title(&encoding.encode(&declared).0),
            russian,
            "{label} declared"
        );
        assert_eq!(
            title(&encoding.encode(&document("", russian)).0),
            russian,
            "{label} undeclared"
        );
        let lie = document(" encoding=\"utf-8\"", russian);
        assert_eq!(
            title(&encoding.encode(&lie).0),
            russian,
            "{label} called UTF-8"
        );
    }
    let lie = document(" encoding=\"windows-1251\"", russian);
    assert_eq!(title(lie.as_bytes()), russian, "UTF-8 called windows-1251");
    let japanese = document(" encoding=\"iso-2022-jp\"", "橋が開通");
    assert_eq!(
        title(&encoding_rs::ISO_2022_JP.encode(&japanese).0),
        "橋が開通"
    );
    for mark in ["", "\u{feff}"] {
        let text = format!("{mark}{}", document(" encoding=\"utf-16\"", "Été"));
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let wide: Vec<u8> = text
            .chars()
            .flat_map(|c| u32::from(c).to_be_bytes())
            .collect();
        assert_eq!(
            (title(&little), title(&big), title(&wide)),
            ("Été".into(), "Été".into(), "Été".into())
        );
    }
    // One stray byte does not make it another encoding.
    let mut stray = document("", russian).into_bytes();
    let at = stray.len() - 50;
    stray.insert(at, 0xE9);
    assert!(read_bytes(&stray).is_ok());
    let url = Url::parse(ADDRESS).unwrap();
    let context = FeedContext {
        url: &url,
        content_type: Some("text/xml; charset=\"windows-1250\""),
        default_zone: None,
    };
    let bytes = encoding_rs::WINDOWS_1250
        .encode(&document("", "Žlutý kůň"))
        .0
        .into_owned();
    assert_eq!(
        parse(&bytes, &context).unwrap().entries[0].title.as_deref(),
        Some("Žlutý kůň")
    );
}

#[test]
fn too_many_entries_are_cut() {
    let items = "<item><guid>a</guid></item>".repeat(MAX_ENTRIES + 1);
    let feed = read(&format!("<rss><channel>{items}</channel></rss>"));
    assert_eq!((feed.entries.len(), feed.truncated), (MAX_ENTRIES, true));
}

proptest! {
    #[test]
    fn any_bytes_give_entries_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_bytes(&bytes);
    }

    #[test]
    fn pieces_of_feeds_in_any_order(pieces in proptest::collection::vec(0_usize..PIECES.len(), 0..60)) {
        let document: String = pieces.iter().map(|piece| PIECES[*piece]).collect();
        let _ = read(&format!("<rss>{document}"));
        let _ = read_bytes(document.as_bytes());
    }

    #[test]
    fn a_feed_that_breaks_off_keeps_what_was_complete(at in 0_usize..RSS.len().max(ATOM.len()), which in 0_usize..3) {
        let document = [RSS, ATOM, JSON][which];
        let mut at = at % document.len();
        while !document.is_char_boundary(at) {
            at -= 1;
        }
        let whole = read(document);
        let complete = match which {
            0 => document[..at].matches("</item>").count(),
            1 => document[..at].matches("</entry>").count(),
            _ => usize::from(at > document.find("{\"id\": \"8\"").unwrap()) ,
        };
        match read_bytes(&document.as_bytes()[..at]) {
            Ok(feed) => {
                prop_assert!(feed.entries.len() >= complete);
                for (kept, known) in feed.entries.iter().zip(&whole.entries).take(complete) {
                    prop_assert_eq!(&kept.id, &known.id);
                    prop_assert_eq!(&kept.title, &known.title);
                    prop_assert_eq!(&kept.url, &known.url);
                }
            }
            Err(_) => prop_assert_eq!(complete, 0),
        }
    }
}

const PIECES: [&str; 44] = [
    "<channel>",
    "</channel>",
    "<item>",
    "</item>",
    "<title>",
    "</title>",
    "<link>",
    "</link>",
    "<link href='a' rel=\"b\"/>",
    "<description>",
    "</description>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<",
    ">",
    "&",
    "&amp;",
    "&#x41;",
    "&#",
    ";",
    "text",
    "<p>",
    "</p>",
    "<br/>",
    "\"",
    "'",
    "<a href=\"b>",
    "<media:group>",
    "</media:group>",
    "<media:content url='x'/>",
    "<author><name>n</name></author>",
    "<feed>",
    "<entry>",
    "</entry>",
    "<?xml",
    "?>",
    "<!DOCTYPE x [",
    "]>",
    "\u{1}",
    "é",
    " xml:base='b'",
    "<content type='xhtml'><div>d</div></content>",
];
