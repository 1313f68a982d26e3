//! Lists of feeds of other readers: taken over, given out, and read as far as they can be.

#![allow(clippy::unwrap_used)]

use overview_core::feed::opml::{FAULTS_MAX, OUTLINES_MAX, OpmlError, parse};
use overview_core::model::{ArticleQuery, Scope};
use overview_core::opml::{OpmlReport, OpmlRequest};
use overview_core::{OpenOptions, Overview};
use overview_tests::newsroom::Newsroom;
use overview_tests::refresh;

fn opened() -> (tempfile::TempDir, Overview) {
    let dir = tempfile::tempdir().unwrap();
    let overview = Overview::open(OpenOptions::new(dir.path())).unwrap();
    (dir, overview)
}

fn import(overview: &Overview, list: &str) -> OpmlReport {
    overview
        .import_opml(list.as_bytes(), &OpmlRequest::default())
        .unwrap()
}

fn names(overview: &Overview) -> Vec<String> {
    let own = overview.own_publishers().unwrap().into_iter();
    own.map(|(id, own)| format!("{id} {} {} {}", own.country, own.language, own.feeds.len()))
        .collect()
}

#[test]
fn a_nested_list_becomes_publishers_of_ones_own_and_follows() {
    let (_dir, overview) = opened();
    let known = overview.catalogue().publishers()[40].clone();
    let list = format!(
        r#"<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
        <outline text="News"><outline text="Ukraine">
          <outline text="Dnipro" type="rss" xmlUrl="https://dnipro.example.com/feed" htmlUrl="https://dnipro.example.com/"/>
          <outline text="Dnipro sports" type="rss" xmlUrl="http://dnipro.example.com/sports" htmlUrl="https://dnipro.example.com/"/>
        </outline></outline>
        <outline title="Kyoto" text="x" xmlUrl="feed://kyoto.example.jp/rss"/>
        <outline text="Nowhere" xmlUrl="https://nowhere.example.com/rss"/>
        <outline text="Again" xmlUrl="https://nowhere.example.com/rss"/>
        <outline text="Known" xmlUrl="{}"/>
        <outline text="A link" type="link" url="https://link.example.com/"/>
        </body></opml>"#,
        known.feeds[0]
    );
    let look_only = OpmlRequest {
        look_only: true,
        ..OpmlRequest::default()
    };
    let report = overview.import_opml(list.as_bytes(), &look_only).unwrap();
    assert_eq!((report.feeds, report.added, report.followed), (5, 2, 1));
    assert_eq!(names(&overview), [""; 0]);
    assert_eq!(import(&overview, &list), report);
    assert_eq!(report.without_country, 1);
    let why: Vec<&str> = report
        .faults
        .iter()
        .map(|fault| fault.why.as_str())
        .collect();
    assert_eq!(
        why,
        ["it names no feed", "nothing tells of which country it is"]
    );
    assert_eq!(
        names(&overview),
        [
            "own-dnipro-example-com UA uk 2",
            "own-kyoto-example-jp-rss JP ja 1"
        ]
    );
    let followed = overview.publishers(&[]).unwrap();
    assert!(
        followed
            .iter()
            .any(|row| row.id == known.id && row.followed == Some(true))
    );

    // Once more changes nothing; with a country nothing is left out.
    let again = import(&overview, &list);
    assert_eq!((again.added, again.followed, again.known), (0, 0, 4));
    let kenya = OpmlRequest {
        country: Some("KE".parse().unwrap()),
        look_only: false,
    };
    let report = overview.import_opml(list.as_bytes(), &kenya).unwrap();
    assert_eq!((report.added, report.without_country), (1, 0));
    assert_eq!(names(&overview).len(), 3);
}

#[test]
fn a_list_that_was_given_out_comes_back_the_same() {
    let (_dir, overview) = opened();
    let kenya = "KE".parse().unwrap();
    overview.follow_country(kenya, true).unwrap();
    let known = overview.catalogue().publishers()[7].clone();
    overview.follow_publisher(&known.id, Some(true)).unwrap();
    import(
        &overview,
        r#"<opml version="2.0"><body>
        <outline text="&lt;b&gt;Bold&lt;/b&gt; &amp; brave" xmlUrl="https://bold.example.ua/rss" language="uk-UA"/>
        <outline text="Two" xmlUrl="https://two.example.ua/a?x=1&amp;y=2" htmlUrl="https://two.example.ua/"/>
        <outline text="Two" xmlUrl="https://two.example.ua/b" htmlUrl="https://two.example.ua/"/>
        </body></opml>"#,
    );
    let list = overview.export_opml().unwrap();
    let (_other_dir, other) = opened();
    let report = import(&other, &list);
    assert_eq!((report.added, report.followed), (2, 1));
    assert!(report.faults.is_empty() && !report.truncated);
    assert_eq!(
        other.own_publishers().unwrap(),
        overview.own_publishers().unwrap()
    );
    let followed = |overview: &Overview| {
        let countries = overview.countries().unwrap().into_iter();
        let countries = countries.filter(|row| row.followed).map(|row| row.name);
        let publishers = overview.publishers(&[]).unwrap().into_iter();
        let publishers = publishers
            .filter(|row| row.followed == Some(true))
            .map(|row| row.name);
        countries.chain(publishers).collect::<Vec<_>>()
    };
    assert_eq!(followed(&other), followed(&overview));
    let without_date = |list: String| {
        let lines = list.lines().filter(|line| !line.contains("dateCreated"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        without_date(other.export_opml().unwrap()),
        without_date(list)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_list_brings_is_read_by_the_next_sync() {
    let newsroom = Newsroom::open(2, 3);
    let mut options = newsroom.options();
    // Of another catalogue, so that nothing of it is known.
    let other = Newsroom::open(0, 0);
    options.catalogue = Some(other.catalogue.clone());
    let overview = Overview::open(options).unwrap();
    let list = format!(
        r#"<opml><body><outline text="Ukraine"><outline text="One" xmlUrl="{}"/></outline></body></opml>"#,
        newsroom.site(0).url("/feed")
    );
    import(&overview, &list);
    refresh(&overview).await.unwrap();
    let query = ArticleQuery {
        scope: Scope {
            countries: vec!["UA".parse().unwrap()],
            ..Scope::default()
        },
        ..ArticleQuery::default()
    };
    assert_eq!(overview.articles(&query).unwrap().rows.len(), 3);
}

/// A list of so many feeds in folders.
fn long(feeds: usize) -> String {
    let mut list = String::from("<opml version=\"2.0\"><head/><body>");
    for n in 0..feeds {
        if n % 50 == 0 {
            list += if n == 0 { "" } else { "</outline>" };
            list += "<outline text=\"Kenya\">";
        }
        list += &format!(
            "<outline type=\"rss\" text=\"Paper {n}\" xmlUrl=\"https://p{n}.example.com/feed\" htmlUrl=\"https://p{n}.example.com/\"/>"
        );
    }
    list + "</outline></body></opml>"
}

#[test]
fn five_thousand_feeds_are_taken_over_at_once() {
    let (_dir, overview) = opened();
    let report = import(&overview, &long(5_000));
    assert_eq!(
        (report.feeds, report.added, report.faults.len()),
        (5_000, 5_000, 0)
    );
    let summaries = overview.publishers(&["KE".parse().unwrap()]).unwrap();
    assert_eq!(summaries.iter().filter(|row| row.own).count(), 5_000);
    let again = import(&overview, &long(5_000));
    assert_eq!((again.added, again.known), (0, 5_000));
}

/// What a malformed list gives: feeds, faults, and whether it says that it broke off.
type Given = Result<(usize, usize, bool), &'static str>;

const FEED: &str = r#"<outline text="A" xmlUrl="https://a.example/feed"/>"#;

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark
        .then_some(0xfeff)
        .into_iter()
        .chain(text.encode_utf16());
    units
        .flat_map(|unit| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        })
        .collect()
}

/// A letter as windows-1251 has it.
fn windows_1251(letter: char) -> u8 {
    match letter {
        'і' => 0xb3,
        'А'..='я' => u8::try_from(u32::from(letter) - 0x410 + 0xc0).unwrap(),
        letter => u8::try_from(letter).unwrap(),
    }
}

#[allow(clippy::too_many_lines)] // a table
fn malformed() -> Vec<(&'static str, Vec<u8>, Given)> {
    let list = |body: &str| format!("<opml version=\"2.0\"><head/><body>{body}</body></opml>");
    let text = |text: &str| text.as_bytes().to_vec();
    let cyrillic = "<?xml version=\"1.0\" encoding=\"utf-8\"?><opml><body><outline text=\"Дніпро сьогодні\" xmlUrl=\"https://a.example/feed\"/></body></opml>"
        .chars()
        .map(windows_1251)
        .collect();
    let unclosed =
        |depth: usize| format!("<opml><body>{}{FEED}", "<outline text=\"f\">".repeat(depth));
    vec![
        ("empty", Vec::new(), Err("empty")),
        ("white space", text(" \n\t\r\n"), Err("empty")),
        (
            "a byte order mark and nothing",
            vec![0xef, 0xbb, 0xbf],
            Err("empty"),
        ),
        ("zero bytes", vec![0; 512], Err("empty")),
        ("words", text("just some words"), Err("not_opml")),
        (
            "a web page",
            text("<!DOCTYPE html><html><body><p>Hello</p></body></html>"),
            Err("not_opml"),
        ),
        (
            "a feed",
            text("<rss version=\"2.0\"><channel><item/></channel></rss>"),
            Err("not_opml"),
        ),
        (
            "a JSON list",
            text("{\"feeds\": [\"https://a.example/feed\"]}"),
            Err("not_opml"),
        ),
        (
            "a picture",
            vec![0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13],
            Err("not_opml"),
        ),
        (
            "too long",
            vec![b' '; 15 * 1024 * 1024 + 1],
            Err("too_large"),
        ),
        (
            "no body",
            text("<opml version=\"2.0\"><head><title>x</title></head></opml>"),
            Ok((0, 0, false)),
        ),
        ("an empty root", text("<opml/>"), Ok((0, 0, true))),
        ("outlines without a root", text(FEED), Ok((1, 0, false))),
        (
            "a body without a root",
            text(&format!("<body>{FEED}</body>")),
            Ok((1, 0, false)),
        ),
        (
            "junk before it",
            text(&format!("<br>\nWarning: x in line 3 {}", list(FEED))),
            Ok((1, 0, false)),
        ),
        (
            "junk behind it",
            text(&(list(FEED) + "<script>1</script>&&&")),
            Ok((1, 0, false)),
        ),
        (
            "cut inside a tag",
            text(&format!(
                "<opml><body>{FEED}<outline text=\"B\" xmlUrl=\"https://b.exa"
            )),
            Ok((1, 0, true)),
        ),
        (
            "cut between tags",
            text(&format!("<opml><body>{FEED}")),
            Ok((1, 0, true)),
        ),
        (
            "no end of a folder",
            text(&format!(
                "<opml><body><outline text=\"f\">{FEED}</body></opml>"
            )),
            Ok((1, 0, false)),
        ),
        (
            "too many ends",
            text(&format!(
                "<opml><body></outline></outline>{FEED}</outline></body></opml>"
            )),
            Ok((1, 0, false)),
        ),
        (
            "ends in the wrong order",
            text(&format!(
                "<opml><body><outline text=\"f\">{FEED}</body></outline></opml>"
            )),
            Ok((1, 0, false)),
        ),
        (
            "nested without an end a thousand times",
            text(&unclosed(1_000)),
            Ok((1, 0, true)),
        ),
        (
            "nested without an end 120,000 times",
            text(&unclosed(120_000)),
            Ok((0, 0, true)),
        ),
        (
            "feeds with ends apart",
            text(&list(
                "<outline xmlUrl=\"https://a.example/1\"></outline><outline xmlUrl=\"https://a.example/2\"></outline>",
            )),
            Ok((2, 0, false)),
        ),
        (
            "a list that includes itself",
            text(&list(
                "<outline type=\"include\" text=\"me\" url=\"https://a.example/me.opml\"/>",
            )),
            Ok((0, 1, false)),
        ),
        (
            "entities that stand for each other",
            text(&format!(
                "<!DOCTYPE opml [<!ENTITY a \"&b;&b;\"><!ENTITY b \"&a;&a;\">]>{}",
                list("<outline text=\"&a;\" xmlUrl=\"https://a.example/feed\"/>")
            )),
            Ok((1, 0, false)),
        ),
        (
            "an entity of a file",
            text(&format!(
                "<!DOCTYPE opml [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>{}",
                list("<outline text=\"&f;\" xmlUrl=\"https://a.example/feed\"/>")
            )),
            Ok((1, 0, false)),
        ),
        (
            "bare ampersands",
            text(&list(
                "<outline text=\"A & B\" xmlUrl=\"https://a.example/feed?a=1&b=2\"/>",
            )),
            Ok((1, 0, false)),
        ),
        (
            "escaped twice",
            text(&list(
                "<outline text=\"A &amp;amp; B\" xmlUrl=\"https://a.example/feed?a=1&amp;amp;b=2\"/>",
            )),
            Ok((1, 0, false)),
        ),
        (
            "HTML in a title",
            text(&list(
                "<outline text=\"<b>Bold</b> & <i>brave\" xmlUrl=\"https://a.example/feed\"/>",
            )),
            Ok((1, 0, false)),
        ),
        (
            "HTML around it",
            text(&list(&format!("<p>Hello<ul><li>{FEED}</ul>"))),
            Ok((1, 0, false)),
        ),
        (
            "control characters",
            text(&list(
                "<outline text=\"A\u{8}\u{c}B\" xmlUrl=\"https://a.example/feed\"/>",
            )),
            Ok((1, 0, false)),
        ),
        (
            "capitals",
            text(
                "<OPML><BODY><OUTLINE TEXT=\"A\" XMLURL=\"https://a.example/feed\"/></BODY></OPML>",
            ),
            Ok((1, 0, false)),
        ),
        (
            "no quotes",
            text(&list(
                "<outline text=A xmlUrl=https://a.example/feed></outline>",
            )),
            Ok((1, 0, false)),
        ),
        (
            "single quotes and line breaks",
            text(&list(
                "<outline\n text='A\nB'\n xmlUrl='https://a.example/feed'\n/>",
            )),
            Ok((1, 0, false)),
        ),
        (
            "an attribute twice",
            text(&list(
                "<outline text=\"A\" text=\"B\" xmlUrl=\"https://a.example/feed\" xmlUrl=\"https://b.example/\"/>",
            )),
            Ok((1, 0, false)),
        ),
        (
            "UTF-16 without a mark",
            utf16(&list(FEED), true, false),
            Ok((1, 0, false)),
        ),
        (
            "UTF-16 the other way around",
            utf16(&list(FEED), false, true),
            Ok((1, 0, false)),
        ),
        (
            "says UTF-8 and is windows-1251",
            cyrillic,
            Ok((1, 0, false)),
        ),
        (
            "says UTF-16 and is UTF-8",
            text(&format!(
                "<?xml version=\"1.0\" encoding=\"UTF-16\"?>{}",
                list(FEED)
            )),
            Ok((1, 0, false)),
        ),
        (
            "an encoding that does not exist",
            text(&format!(
                "<?xml version=\"1.0\" encoding=\"klingon\"?>{}",
                list(FEED)
            )),
            Ok((1, 0, false)),
        ),
        (
            "bytes that are no text",
            [list(FEED).as_bytes(), &[0xff, 0xfe, 0x80]].concat(),
            Ok((1, 0, false)),
        ),
        (
            "addresses that are none",
            text(&list(
                "<outline text=\"1\" xmlUrl=\"nonsense\"/><outline text=\"2\" xmlUrl=\"mailto:a@b.example\"/><outline text=\"3\" xmlUrl=\"https://\"/><outline text=\"4\" xmlUrl=\"file:///etc/passwd\"/><outline text=\"5\" xmlUrl=\"https://me:word@a.example/\"/>",
            )),
            Ok((0, 5, false)),
        ),
        (
            "an address longer than any",
            text(&list(&format!(
                "<outline text=\"A\" xmlUrl=\"https://a.example/{}\"/>{FEED}",
                "a".repeat(5_000)
            ))),
            Ok((1, 1, false)),
        ),
        (
            "the same feed a hundred times",
            text(&list(&FEED.repeat(100))),
            Ok((1, 0, false)),
        ),
        (
            "outlines that name nothing",
            text(&list(
                "<outline/><outline text=\"only words\"/><outline xmlUrl=\"\"/>",
            )),
            Ok((0, 3, false)),
        ),
        (
            "a title of a megabyte",
            text(&list(&format!(
                "<outline text=\"{}\" xmlUrl=\"https://a.example/feed\"/>",
                "word ".repeat(200_000)
            ))),
            Ok((1, 0, false)),
        ),
    ]
}

#[test]
fn malformed_lists_give_what_can_be_read_and_say_what_could_not() {
    let cases = malformed();
    assert!(cases.len() >= 40);
    for (name, bytes, expected) in cases {
        let read =
            parse(&bytes).map(|list| (list.outlines.len(), list.faults.len(), list.truncated));
        assert_eq!(
            read.as_ref().map_err(OpmlError::code),
            expected.as_ref().map_err(|code| *code),
            "{name}"
        );
    }
    let titled = |name: &str| {
        let cases = malformed();
        let (_, bytes, _) = cases
            .into_iter()
            .find(|(case, _, _)| *case == name)
            .unwrap();
        parse(&bytes).unwrap().outlines.remove(0)
    };
    assert_eq!(
        titled("says UTF-8 and is windows-1251").title,
        "Дніпро сьогодні"
    );
    assert_eq!(titled("HTML in a title").title, "Bold & brave");
    assert_eq!(titled("bare ampersands").title, "A & B");
    assert_eq!(
        titled("bare ampersands").feed.as_str(),
        "https://a.example/feed?a=1&b=2"
    );
    assert_eq!(
        titled("escaped twice").feed.as_str(),
        "https://a.example/feed?a=1&b=2"
    );
    assert!(titled("a title of a megabyte").title.len() <= 2_000);
    assert!(!titled("an entity of a file").title.contains("root"));
}

#[test]
fn a_list_without_end_is_read_to_its_bounds() {
    let one = |n: usize| format!("<outline text=\"{n}\" xmlUrl=\"https://a.example/{n}\"/>");
    let many: String = (0..=OUTLINES_MAX).map(one).collect();
    let list = parse(format!("<opml><body>{many}</body></opml>").as_bytes()).unwrap();
    assert_eq!((list.outlines.len(), list.truncated), (OUTLINES_MAX, true));
    let wrong = "<outline text=\"x\"/>".repeat(FAULTS_MAX + 5);
    let list = parse(format!("<opml><body>{wrong}</body></opml>").as_bytes()).unwrap();
    assert_eq!(list.faults.len(), FAULTS_MAX);
}
