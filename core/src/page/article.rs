//! From the bytes of a page to the article in it.

use std::ops::ControlFlow;

use url::Url;

use super::blocks::{Wanted, blocks};
use super::body::{self, Body, folded};
use super::facts::Facts;
use super::lines::lines;
use super::tag::Tag;
use super::tree::{NodeId, Tree, squeeze};
use super::verdict::verdict;
use super::{address, plain};
use crate::encoding;
use crate::model::{Block, Image, PageArticle, Run, plain as text_of_runs};

/// Letters from which a body in JSON-LD is one.
const DECLARED_MIN: usize = 250;

/// A page as it was fetched.
#[derive(Debug, Clone, Copy)]
pub struct PageInput<'a> {
    /// The body of the answer.
    pub bytes: &'a [u8],
    /// Where it came from, after redirects: what its addresses are relative to.
    pub url: &'a Url,
    /// The `Content-Type` header as sent.
    pub content_type: Option<&'a str>,
}

/// Reads an article's page.
///
/// Never fails: a page without an article gives one without blocks, and the verdict says what the
/// page is instead. Linear in the length of the page, of which at most 16 MB and 150,000 tags are
/// read.
pub fn read_page(input: &PageInput<'_>) -> PageArticle {
    let decoded = encoding::decode(input.bytes, input.content_type, input.url);
    let tree = Tree::parse(&decoded.text);
    let base = address::base(&tree, input.url);
    let facts = Facts::of(&tree, &base);
    let body = body::find(&tree, &facts.descriptions);
    let wanted = Wanted {
        base: &base,
        left_out: &|id| body.left_out[id],
        is_figure: &|id| body.figures[id],
        article: true,
    };
    let mut found = blocks(&tree, body.root, &wanted);
    if let Some(declared) = declared(&facts, &body) {
        found = declared;
    }
    let verdict = verdict(&tree, &facts, &body, &found);
    let lead = lead(&tree, &wanted, &facts, &body, &mut found);
    drop_repeated_title(&mut found, &facts.title);
    PageArticle {
        standfirst: body
            .standfirst
            .filter(|text| folded(text) != folded(&facts.title)),
        title: facts.title,
        authors: facts.authors,
        published_at: facts.published_at,
        modified_at: facts.modified_at,
        section: facts.section,
        language: facts.language,
        direction: facts.direction,
        lead,
        blocks: found,
        verdict,
    }
}

/// Reads a fragment of HTML whole: the body that a feed carries. Nothing that runs or loads code
/// comes out, and nothing of the text is left out.
pub fn read_fragment(html: &str, base: &Url) -> Vec<Block> {
    let tree = Tree::parse(html);
    let base = address::base(&tree, base);
    blocks(
        &tree,
        0,
        &Wanted {
            base: &base,
            left_out: &|_| false,
            is_figure: &|_| false,
            article: false,
        },
    )
}

/// A body that a feed carries, its picture apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedBody {
    /// The picture it begins with.
    pub lead: Option<Image>,
    /// All else.
    pub blocks: Vec<Block>,
}

/// Reads the HTML that a feed carries for the article at `url`. `lead` is the picture that is shown
/// above it if it is known: the same one at its beginning leaves.
pub fn read_feed_body(html: &str, url: Option<&Url>, lead: Option<Image>) -> FeedBody {
    // Without an address only absolute ones can be read; this one is nobody's (RFC 2606).
    let nowhere = || Url::parse("https://invalid.invalid/");
    let mut blocks = match url.cloned().map_or_else(nowhere, Ok) {
        Ok(base) => read_fragment(html, &base),
        Err(_) => Vec::new(),
    };
    let first = match blocks.first() {
        Some(Block::Image(first))
            if lead
                .as_ref()
                .is_none_or(|lead| is_same_picture(first, lead)) =>
        {
            match blocks.remove(0) {
                Block::Image(first) => Some(first),
                _ => None,
            }
        }
        _ => None,
    };
    let lead = match (lead, first) {
        (Some(lead), Some(first)) => Some(with_caption_of(lead, first)),
        (lead, first) => lead.or(first),
    };
    FeedBody { lead, blocks }
}

/// The body in the page's JSON-LD, where the page itself shows less than a third of it: some
/// publishers put the article on the screen by a script.
fn declared(facts: &Facts, body: &Body) -> Option<Vec<Block>> {
    let written = facts.declared_body.as_deref()?;
    let mut tree = Tree::parse(written);
    if tree.len() <= 2 && written.contains("&lt;") {
        // Escaped twice.
        tree = Tree::parse(tree.text(1));
    }
    let lines = lines(&tree, 0, &|_| false);
    let letters: usize = lines.iter().map(|line| line.letters).sum();
    if letters < DECLARED_MIN || body.letters * 3 >= letters {
        return None;
    }
    // Text without markup has line breaks for paragraphs.
    let texts = if lines.len() > 1 {
        lines.into_iter().map(|line| line.text).collect()
    } else {
        tree.text(1)
            .lines()
            .map(squeeze)
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
    };
    Some(
        texts
            .into_iter()
            .map(|text| Block::Paragraph {
                runs: vec![Run {
                    text,
                    ..Run::default()
                }],
            })
            .collect(),
    )
}

/// The picture above the article: what the page shows others, else the first one before any text.
/// Where the article has the same picture in it, it leaves and its caption stays.
fn lead(
    tree: &Tree,
    wanted: &Wanted<'_>,
    facts: &Facts,
    body: &Body,
    found: &mut Vec<Block>,
) -> Option<Image> {
    let first = found
        .iter()
        .position(|block| matches!(block, Block::Image(_)))
        .filter(|at| *at <= 1);
    let is_same = |at: usize, lead: &Image| matches!(&found[at], Block::Image(image) if is_same_picture(image, lead));
    let take = |found: &mut Vec<Block>, at: usize| match found.remove(at) {
        Block::Image(image) => Some(image),
        other => {
            found.insert(at, other);
            None
        }
    };
    match (&facts.lead, first) {
        (Some(lead), Some(at)) if is_same(at, lead) => {
            take(found, at).map(|shown| with_caption_of(lead.clone(), shown))
        }
        (Some(lead), _) => {
            // Often it stands in the header, outside of the article's element.
            let shown = figures(tree, wanted, body.root).find(|image| is_same_picture(image, lead));
            Some(match shown {
                Some(shown) => with_caption_of(lead.clone(), shown),
                None => lead.clone(),
            })
        }
        (None, Some(0)) => take(found, 0),
        (None, _) => None,
    }
}

fn with_caption_of(lead: Image, shown: Image) -> Image {
    Image {
        alt: if lead.alt.is_empty() {
            shown.alt
        } else {
            lead.alt
        },
        caption: shown.caption,
        credit: shown.credit,
        width: lead.width.or(shown.width),
        height: lead.height.or(shown.height),
        ..lead
    }
}

/// The pictures of the figures before the article.
fn figures<'t>(
    tree: &'t Tree,
    wanted: &'t Wanted<'t>,
    root: NodeId,
) -> impl Iterator<Item = Image> + 't {
    tree.find(0, Tag::Figure)
        .take_while(move |figure| *figure < root)
        .flat_map(move |figure| blocks(tree, figure, wanted))
        .filter_map(|block| match block {
            Block::Image(image) => Some(image),
            _ => None,
        })
}

/// Whether two addresses are of one picture: publishers serve each in many sizes, which differ in
/// parameters, in a part of the path or in the end of the name.
fn is_same_picture(a: &Image, b: &Image) -> bool {
    fn name(url: &Url) -> String {
        let last = url
            .path_segments()
            .and_then(|mut parts| parts.next_back())
            .unwrap_or_default();
        let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
        stem.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, 'x' | '_' | '-'))
            .to_ascii_lowercase()
    }
    let (first, second) = (name(&a.url), name(&b.url));
    a.url == b.url
        || (a.url.path() == b.url.path() && a.url.query().is_none() && b.url.query().is_none())
        || (first.len() >= 6 && first == second)
}

/// Takes the headline out of the body, where it stands first.
fn drop_repeated_title(found: &mut Vec<Block>, title: &str) {
    let title = folded(title);
    let at = found
        .iter()
        .try_fold(0, |at, block| match block {
            Block::Heading { runs, .. } if folded(&text_of_runs(runs)) == title => {
                ControlFlow::Break(Some(at))
            }
            Block::Image(_) => ControlFlow::Continue(at + 1),
            _ => ControlFlow::Break(None),
        })
        .break_value()
        .flatten();
    if let Some(at) = at {
        found.remove(at);
    }
}

impl PageArticle {
    /// Standfirst and body as plain text, a block a line.
    pub fn text(&self) -> String {
        let body = plain::text_of(&self.blocks);
        match &self.standfirst {
            Some(standfirst) => format!("{standfirst}\n{body}"),
            None => body,
        }
    }
}
