#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use url::Url;

use super::*;
use crate::model::{Block, BodySource, Cell, Image, PageArticle, PageVerdict, Run};

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn page(html: &str) -> PageArticle {
    read_page(&PageInput {
        bytes: html.as_bytes(),
        url: &url("https://news.example/world/a-story"),
        content_type: Some("text/html; charset=utf-8"),
    })
}

fn fragment(html: &str) -> Vec<Block> {
    read_fragment(html, &url("https://news.example/world/a-story"))
}

fn run(text: &str) -> Run {
    Run {
        text: text.to_owned(),
        ..Run::default()
    }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph {
        runs: vec![run(text)],
    }
}

const RAIN: &str =
    "The river rose through the night, and by the morning the lower streets stood under water.";
const BOATS: &str =
    "Boats went from door to door, and the school took in whoever could not stay at home.";
const BRIDGE: &str =
    "The old bridge held, which nobody had expected after the winter that it has been through.";

/// A page with all that stands around an article.
fn surrounded(article: &str) -> String {
    format!(
        "<html lang=en><head><title>Rain | The Paper</title>\
         <meta property=og:title content=Rain><meta name=description content='It rained.'></head><body>\
         <nav><ul><li><a href=/a>Home</a><li><a href=/b>World</a></ul></nav>\
         <div class=cookie-banner><p>We and our 812 partners would like to keep some cookies on your device, please.</p></div>\
         <main><h1>Rain</h1>{article}\
         <div class='related-stories'><h3><a href=/c>Another town, another flood</a></h3>\
         <p>What happened there last year, and what the mayor says about it now, in a long teaser.</p></div></main>\
         <footer><p>The Paper is published by The Paper Company, 1 Paper Street, and printed on paper there.</p></footer>\
         </body></html>"
    )
}

#[test]
fn the_article_is_found_among_everything_else() {
    let html = surrounded(&format!(
        "<p class=byline>By Jane Doe</p><div class=text><p>{RAIN}</p><h2>Help</h2><p>{BOATS} <a href=/more?utm_source=x>More</a></p>\
         <ul><li>Blankets<li>Water</ul><p><a href=/d>Read also: the bridge, and what it cost</a></p><p>{BRIDGE}</p></div>\
         <div class=share><a href=#>Share</a></div>"
    ));
    let article = page(&html);
    assert_eq!(article.title, "Rain");
    assert_eq!(article.authors, ["Jane Doe"]);
    assert_eq!(article.language.as_deref(), Some("en"));
    assert_eq!(
        article.text(),
        format!("{RAIN}\nHelp\n{BOATS} More\nBlankets\nWater\n{BRIDGE}")
    );
    let Block::Paragraph { runs } = &article.blocks[2] else {
        panic!("{:?}", article.blocks)
    };
    assert_eq!(runs[1].link, Some(url("https://news.example/more")));
}

#[test]
fn facts_come_from_linked_data_first() {
    let article = page(&format!(
        r#"<html><head><meta property="og:title" content="Shared title">
        <script type="application/ld+json">{{"@graph": [{{"@type": "WebSite", "name": "The Paper"}},
        {{"@type": ["NewsArticle"], "headline": "Rain in the valley", "datePublished": "2026-03-01T08:00:00+01:00",
        "dateModified": "2026-03-01T09:30:00Z", "articleSection": ["Weather", "Home"], "inLanguage": "ar",
        "author": [{{"@type": "Person", "name": "Jane Doe"}}, {{"name": "By Ali Aziz"}}],
        "image": {{"url": "/rain.jpg", "width": "1200"}}}}]}};</script></head>
        <body><article><p>{RAIN}</p><p>{BOATS}</p></article></body></html>"#
    ));
    assert_eq!(article.title, "Rain in the valley");
    assert_eq!(article.authors, ["Jane Doe", "Ali Aziz"]);
    assert_eq!(
        article.published_at.unwrap().to_rfc3339(),
        "2026-03-01T07:00:00+00:00"
    );
    assert_eq!(
        article.modified_at.unwrap().to_rfc3339(),
        "2026-03-01T09:30:00+00:00"
    );
    assert_eq!(article.section.as_deref(), Some("Weather"));
    assert_eq!(article.direction, crate::model::Direction::RightToLeft);
    let lead = article.lead.unwrap();
    assert_eq!(lead.url, url("https://news.example/rain.jpg"));
    assert_eq!(lead.width, Some(1200));
}

#[test]
fn the_lead_picture_leaves_the_body_and_keeps_its_caption() {
    let article = page(&format!(
        "<html><head><meta property=og:image content=https://img.example/1200/flood-in-town.jpg></head><body><article>\
         <figure><img src=https://img.example/640/flood-in-town.jpg alt='A street'>\
         <figcaption>The lower town. <span class=credit>Photo: A. B.</span></figcaption></figure>\
         <p>{RAIN}</p><figure><img data-src=/b.jpg src=data:image/gif;base64,R0 width=800 height=600></figure><p>{BOATS}</p></article></body></html>"
    ));
    let lead = article.lead.unwrap();
    assert_eq!(lead.url, url("https://img.example/1200/flood-in-town.jpg"));
    assert_eq!(lead.alt, "A street");
    assert_eq!(crate::model::plain(&lead.caption), "The lower town.");
    assert_eq!(lead.credit, "Photo: A. B.");
    let pictures: Vec<&Block> = article
        .blocks
        .iter()
        .filter(|b| matches!(b, Block::Image(_)))
        .collect();
    assert_eq!(pictures.len(), 1);
    assert!(
        matches!(pictures[0], Block::Image(Image { url: found, width: Some(800), .. }) if *found == url("https://news.example/b.jpg"))
    );
}

#[test]
fn the_best_candidate_of_a_set_is_wide_enough_and_no_wider() {
    let widths = |html: &str| match &fragment(html)[..] {
        [Block::Image(image)] => image.url.path().to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        widths("<img src=/s.jpg srcset='/400.jpg 400w, /1600.jpg 1600w, /3200.jpg 3200w'>"),
        "/1600.jpg"
    );
    assert_eq!(
        widths("<img src=/s.jpg srcset='/400.jpg 400w, /800.jpg 800w'>"),
        "/800.jpg"
    );
    assert_eq!(
        widths("<img src=/s.jpg srcset='/one,two.jpg 1x, /three.jpg 2x'>"),
        "/three.jpg"
    );
    assert_eq!(
        widths("<picture><source srcset='/w.webp 1500w'><img src=/s.jpg></picture>"),
        "/w.webp"
    );
    assert_eq!(
        widths("<img src=data:x><noscript><img src=/n.jpg></noscript>"),
        "/n.jpg"
    );
    assert_eq!(
        fragment("<img src=/p.gif width=1 height=1><img src=/logo.svg>"),
        []
    );
}

#[test]
fn every_kind_of_block_is_read() {
    let blocks = fragment(
        "<h2>Head</h2><p>One<br>two <b>bold</b> <i>it</i> <code>x</code></p>\
         <blockquote><p>Said.</p><footer>Somebody</footer></blockquote>\
         <ol start=3><li>a<ul><li>b</ul><li>c</ol>\
         <table><caption>T</caption><tr><th>h<th>i<tr><td>1<td colspan=2>2</table>\
         <pre>a\n  b</pre><hr><iframe src='https://www.youtube.com/embed/x'></iframe>",
    );
    insta::assert_json_snapshot!(blocks);
}

#[test]
fn one_column_and_nested_tables_are_frames() {
    assert_eq!(
        fragment(
            "<table><tr><td><p>One</p></td></tr><tr><td><table><tr><td>Two</td></tr></table></td></tr></table>"
        ),
        [paragraph("One"), paragraph("Two")]
    );
}

#[test]
fn two_line_breaks_are_a_paragraph() {
    assert_eq!(
        fragment("One<br><br>Two<br> <br/>Three"),
        [paragraph("One"), paragraph("Two"), paragraph("Three")]
    );
}

#[test]
fn broken_markup_loses_no_text() {
    assert_eq!(
        fragment("<p>One<p>Two<div>Three</p>Four</div></i></b><li>Five<td>Six"),
        ["One", "Two", "Three", "Four", "Five", "Six"].map(paragraph)
    );
    let deep = format!("{}<p>Still here</p>", "<div><b>".repeat(50_000));
    assert_eq!(text_of(&fragment(&deep)), "Still here");
}

#[test]
fn a_fragment_keeps_what_is_easily_lost() {
    let text = |html: &str| text_of(&fragment(html));
    assert_eq!(
        text("<p>10<sup>6</sup> and 2<sup>-32</sup></p>"),
        "10⁶ and 2⁻³²"
    );
    assert_eq!(text("<p>a note<sup>1</sup></p>"), "a note1");
    assert_eq!(
        text("<p><math><mi>E</mi><mo>=</mo><mn>3</mn><annotation>x^2</annotation></math></p>"),
        "E=3"
    );
    let slide = fragment(
        "<figure><figcaption>The boats</figcaption><img src='/b.jpg'><p>They left at dawn.</p></figure>",
    );
    assert_eq!(slide.len(), 3, "{slide:?}");
    let words = fragment("<p>run <code>go</code> <code>get</code> now</p>");
    assert_eq!(
        html_of(&words).trim(),
        "<p>run <code>go</code> <code>get</code> now</p>"
    );
    let rows = fragment(
        "<table><tbody><tr><td>a</td><td>b</td></tr><th>c</th><th>d</th><tr><td>e</td><td>f</td></tr></tbody></table>",
    );
    let Some(Block::Table { rows, .. }) = rows.first() else {
        panic!("{rows:?}")
    };
    assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 2]);
}

#[test]
fn nothing_that_runs_or_loads_comes_out() {
    for attack in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' jAvAsCrIpT:alert(1)'>x</a>",
        "<a href='java\nscript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<object data='javascript:alert(1)'></object>",
        "<p style='background:url(javascript:alert(1))' onclick=alert(1)>x</p>",
        "<form action=javascript:alert(1)><button>x</button></form>",
        "<base href='javascript:alert(1)//'><a href='x'>x</a>",
        "<xmp><script>alert(1)</script></xmp>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ] {
        let html = html_of(&fragment(attack));
        let lower = html.to_ascii_lowercase();
        for bad in [
            "<script",
            "<img src=\"x\" on",
            "javascript:",
            "<svg",
            "<style",
            "<iframe",
            "<object",
            "<form",
            " on",
            "srcdoc",
            "data:",
        ] {
            let harmless = bad == " on" || !lower.contains(bad);
            assert!(harmless, "{bad} in {html} from {attack}");
        }
        assert_eq!(fragment(&html), fragment(attack), "{attack}");
    }
}

#[test]
fn verdicts() {
    let verdict = |html: &str| page(html).verdict;
    let long = [RAIN, BOATS, BRIDGE, RAIN, BOATS, BRIDGE]
        .map(|text| format!("<p>{text}</p>"))
        .concat();
    assert_eq!(verdict(&surrounded(&long)), PageVerdict::Full);
    assert_eq!(
        verdict(&surrounded(&format!("<p>{RAIN}</p>"))),
        PageVerdict::SummaryOnly
    );
    assert_eq!(
        verdict(&surrounded(&format!(
            "<div class=article-body><p>{RAIN}</p><p>{BOATS}</p></div><div class=paywall>Subscribe</div>"
        ))),
        PageVerdict::Paywall
    );
    assert_eq!(
        verdict(
            "<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x.js></script><p>Checking your browser</p>"
        ),
        PageVerdict::Challenge
    );
    assert_eq!(
        verdict(
            "<title>The Paper</title><h1>Your choice</h1><p>Cookies, cookies and more cookies are what this page is about.</p><form action=https://consent.example/save><button>Accept</button></form>"
        ),
        PageVerdict::ConsentWall
    );
    let links: String = (0..40)
        .map(|n| format!("<li><a href=/{n}>A headline of some length, number {n}</a></li>"))
        .collect();
    assert_eq!(
        verdict(&format!("<title>The Paper</title><ul>{links}</ul>")),
        PageVerdict::Index
    );
    assert_eq!(verdict(""), PageVerdict::SummaryOnly);
}

#[test]
fn the_body_of_linked_data_stands_in_for_a_page_that_scripts_fill() {
    let body = [RAIN, BOATS, BRIDGE, RAIN].join("\\n\\n");
    let article = page(&format!(
        r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Rain","articleBody":"{body}"}}</script><div id=app></div>"#
    ));
    assert_eq!(article.text().lines().count(), 4);
    assert_eq!(article.verdict, PageVerdict::Full);
}

#[test]
fn charsets_are_the_headers_then_the_pages() {
    let latin = b"<html><head><meta charset=iso-8859-1></head><body><article><p>Le caf\xe9 \xe9tait ferm\xe9 ce matin, et personne ne savait encore pourquoi il le serait.</p></article>";
    let read = |content_type| {
        read_page(&PageInput {
            bytes: latin,
            url: &url("https://journal.example/a"),
            content_type,
        })
        .text()
    };
    assert!(read(None).starts_with("Le café était"));
    assert!(read(Some("text/html; charset=windows-1252")).starts_with("Le café était"));
}

#[test]
fn a_page_is_chosen_when_it_beats_the_feed_and_is_about_the_same() {
    let page = page(&surrounded(&format!(
        "<p>{RAIN}</p><p>{BOATS}</p><p>{BRIDGE}</p>"
    )));
    assert_eq!(
        choose_body(&page, vec![paragraph(RAIN)]).source,
        BodySource::Page
    );
    let longer = paragraph(&[RAIN, BOATS, BRIDGE, RAIN].join(" "));
    assert_eq!(
        choose_body(&page, vec![longer]).source,
        BodySource::FeedHasAsMuch
    );
    let other = "Completely different words about cooking lentils slowly with onions, garlic, cumin and lemon";
    assert_eq!(
        choose_body(&page, vec![paragraph(other)]).source,
        BodySource::PageIsOther
    );
    let wall = PageArticle {
        verdict: PageVerdict::Challenge,
        ..page
    };
    assert_eq!(
        choose_body(&wall, vec![paragraph("x")]).source,
        BodySource::PageIsNone(PageVerdict::Challenge)
    );
}

#[test]
fn words_are_counted_in_any_script() {
    let count = |text: &str| WordCount::of(&[paragraph(text)]);
    assert_eq!(
        count("It isn't raining, is it?"),
        WordCount { words: 5, signs: 0 }
    );
    assert_eq!(count("東京は雨です"), WordCount { words: 0, signs: 6 });
    assert_eq!(count(&"word ".repeat(600)).reading_time().as_secs(), 180);
}

fn runs() -> impl Strategy<Value = Vec<Run>> {
    let run = (
        "[a-zé&<>\"' 漢]{0,8}[a-z&<>漢]",
        any::<(bool, bool, bool, bool)>(),
    )
        .prop_map(|(text, (strong, emphasis, code, linked))| Run {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            strong,
            emphasis,
            code,
            link: linked.then(|| url("https://a.example/x?a=1&b=2")),
        });
    prop::collection::vec(run, 1..4).prop_map(|runs| {
        // As the reader gives them: neighbours differ in style.
        let mut kept: Vec<Run> = Vec::new();
        for run in runs {
            let differs = kept.last().is_none_or(|last| {
                (last.strong, last.emphasis, last.code, &last.link)
                    != (run.strong, run.emphasis, run.code, &run.link)
            });
            if differs {
                kept.push(run);
            }
        }
        kept
    })
}

fn heading_runs() -> impl Strategy<Value = Vec<Run>> {
    "[a-z&]{1,8}".prop_map(|text| vec![run(&text)])
}

fn image() -> impl Strategy<Value = Image> {
    (
        "[a-z&\"]{0,12}",
        prop::option::of(90_u32..2_000),
        prop::option::of(heading_runs()),
        "[a-z]{0,5}",
    )
        .prop_map(|(alt, width, caption, credit)| Image {
            url: url("https://img.example/p.jpg?w=10,5"),
            alt,
            caption: caption.unwrap_or_default(),
            credit,
            width,
            height: None,
            link: None,
        })
}

fn block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        (1_u8..=6, heading_runs()).prop_map(|(level, runs)| Block::Heading { level, runs }),
        runs().prop_map(|runs| Block::Paragraph { runs }),
        image().prop_map(Block::Image),
        "[a-z<&\n ]{0,20}[a-z<]".prop_map(|text| Block::Code { text }),
        Just(Block::Rule),
        Just(Block::Embed {
            url: url("https://video.example/v"),
            provider: "Video".to_owned()
        }),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let blocks = prop::collection::vec(inner, 1..4);
        let cell = (
            any::<bool>(),
            1_u16..4,
            prop::collection::vec(runs().prop_map(|runs| Block::Paragraph { runs }), 1..3),
        )
            .prop_map(|(heading, columns, blocks)| Cell {
                heading,
                columns,
                rows: 1,
                blocks,
            });
        prop_oneof![
            (blocks.clone(), prop::option::of(heading_runs())).prop_map(|(blocks, attribution)| {
                Block::Quote {
                    blocks,
                    attribution: attribution.unwrap_or_default(),
                }
            }),
            (
                prop::option::of(-3_i64..40),
                prop::collection::vec(blocks, 1..3)
            )
                .prop_map(|(start, items)| Block::List { start, items }),
            (
                heading_runs(),
                prop::collection::vec(prop::collection::vec(cell, 2..4), 1..3)
            )
                .prop_map(|(caption, rows)| Block::Table { caption, rows }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 256 } else { 4_096 }))]

    #[test]
    fn html_of_blocks_read_again_is_the_same_blocks(blocks in prop::collection::vec(block(), 0..5)) {
        let html = html_of(&blocks);
        prop_assert_eq!(fragment(&html), blocks, "{}", html);
    }

    #[test]
    fn text_of_any_page_is_text_of_the_page(parts in prop::collection::vec(prop_oneof![
        Just("<div class=article-body>"), Just("</div>"), Just("<p>"), Just("</p>"), Just("<table><tr><td>"), Just("<li>"), Just("<ul>"),
        Just("<a href=/x>"), Just("</a>"), Just("<b>"), Just("<nav>"), Just("</nav>"), Just("<script>"), Just("</script>"), Just("<br>"), Just("<h2>"), Just("</h2>"),
        Just("<figure><img src=/a.jpg><figcaption>"), Just("</figure>"), Just("<blockquote>"), Just("One two three four. "), Just("&amp; & < > &lt;b&gt; "), Just("<!-- x -->"),
        Just("The river rose through the night, and by the morning the streets stood under water. "),
    ], 0..40)) {
        let html = parts.concat();
        let article = page(&html);
        let all: String = tree::Tree::parse(&html).line(0).chars().filter(|c| !c.is_whitespace()).collect();
        let mut rest = all.chars();
        for wanted in text_of(&article.blocks).chars().filter(|c| !c.is_whitespace()) {
            prop_assert!(rest.any(|c| c == wanted), "{wanted:?} of {:?} is not in {all:?} in this order", article.blocks);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_page(&PageInput { bytes: &bytes, url: &url("https://a.example/"), content_type: None });
    }
}
