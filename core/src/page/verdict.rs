//! Whether a page gave the whole article. The marks are of the pages themselves: what they declare,
//! what stands in the place of the text, how much text there is. No sentence of any language but
//! those that the operators of walls against robots send everybody.

use super::body::Body;
use super::facts::Facts;
use super::lines::{letters, lines};
use super::plain::text_of;
use super::tag::Tag;
use super::tree::{NodeId, Tree};
use crate::model::{Block, PageVerdict};

/// Letters from which a text is more than a summary.
const SUMMARY_MAX: usize = 280;

/// Letters up to which an article that is not free is only its beginning.
const PREVIEW_MAX: usize = 1_800;

/// Letters up to which a page can be nothing but a wall.
const WALL_MAX: usize = 1_500;

/// Letters up to which an article with a film or many pictures is there for those.
const CAPTIONS_MAX: usize = 700;

/// Pictures from which a page is a gallery.
const GALLERY_MIN: usize = 5;

/// Titles of the pages that walls against robots send.
const CHALLENGE_TITLES: [&str; 9] = [
    "just a moment",
    "attention required",
    "access denied",
    "are you a robot",
    "pardon our interruption",
    "verifying you are human",
    "ddos-guard",
    "one more step",
    "security check",
];

/// Parts of the names and addresses that such pages are made of.
const CHALLENGE_MARKS: [&str; 9] = [
    "cf-challenge",
    "cf_chl",
    "challenge-platform",
    "px-captcha",
    "captcha-delivery.com",
    "_incapsula_resource",
    "ddos-guard",
    "awswafcaptcha",
    "geo.captcha",
];

/// Parts of the names and addresses of pages that ask for consent before anything else.
const CONSENT_MARKS: [&str; 5] = [
    "consent.",
    "/consent",
    "cookiewall",
    "cookie-wall",
    "consent-wall",
];

pub(super) fn verdict(tree: &Tree, facts: &Facts, body: &Body, blocks: &[Block]) -> PageVerdict {
    let length = letters(&text_of(blocks));
    if body.letters_of_page < WALL_MAX {
        if is_challenge(tree, &facts.title) {
            return PageVerdict::Challenge;
        }
        if length < CAPTIONS_MAX && !facts.is_article && is_consent_wall(tree) {
            return PageVerdict::ConsentWall;
        }
    }
    let pays =
        facts.is_free == Some(false) || (length < PREVIEW_MAX && has_paywall(tree, body.root));
    if pays && length < PREVIEW_MAX {
        return PageVerdict::Paywall;
    }
    if length < CAPTIONS_MAX {
        let pictures = blocks
            .iter()
            .filter(|block| matches!(block, Block::Image(_)))
            .count();
        let films = blocks
            .iter()
            .any(|block| matches!(block, Block::Embed { .. }));
        if pictures >= GALLERY_MIN {
            return PageVerdict::Gallery;
        }
        if facts.is_video || (films && length < SUMMARY_MAX) {
            return PageVerdict::Video;
        }
        if !facts.is_article
            && (facts.is_collection || length < SUMMARY_MAX)
            && is_mostly_links(tree)
        {
            return PageVerdict::Index;
        }
    }
    // Some pages give others the whole of a short article as their description.
    let summary = facts
        .descriptions
        .iter()
        .map(|text| letters(text))
        .filter(|letters| *letters < 2 * SUMMARY_MAX)
        .max()
        .unwrap_or(0);
    if length < SUMMARY_MAX || length < summary * 5 / 4 {
        PageVerdict::SummaryOnly
    } else {
        PageVerdict::Full
    }
}

fn is_challenge(tree: &Tree, title: &str) -> bool {
    let title = title.to_lowercase();
    CHALLENGE_TITLES
        .iter()
        .any(|known| title.starts_with(known))
        || has_mark(tree, 0, &CHALLENGE_MARKS)
}

fn is_consent_wall(tree: &Tree) -> bool {
    has_mark(tree, 0, &CONSENT_MARKS) || tree.line(0).to_lowercase().matches("cookie").count() >= 3
}

fn has_paywall(tree: &Tree, root: NodeId) -> bool {
    // In the article or right behind it: pages without a wall carry its template elsewhere.
    let until = (tree.end(root) + 200).min(tree.len());
    (root..until).any(|id| {
        ["class", "id"]
            .iter()
            .filter_map(|name| tree.attribute(id, name))
            .any(|value| {
                value
                    .split(|c: char| !c.is_ascii_alphanumeric())
                    .any(|word| {
                        word.eq_ignore_ascii_case("paywall") || word.eq_ignore_ascii_case("regwall")
                    })
            })
    })
}

/// Whether a name or address in `id` has one of the marks in it.
fn has_mark(tree: &Tree, id: NodeId, marks: &[&str]) -> bool {
    tree.descendants(id).any(|node| {
        let is_code = tree.is(node, Tag::Script);
        let in_code = is_code
            && tree.children(node).any(|text| {
                let text = tree.text(text);
                let text = text[..text.floor_char_boundary(20_000)].to_ascii_lowercase();
                marks.iter().any(|mark| text.contains(mark))
            });
        in_code
            || ["class", "id", "src", "action"]
                .iter()
                .filter_map(|name| tree.attribute(node, name))
                .any(|value| {
                    let value = value.to_ascii_lowercase();
                    marks.iter().any(|mark| value.contains(mark))
                })
    })
}

fn is_mostly_links(tree: &Tree) -> bool {
    let lines = lines(tree, 0, &|_| false);
    let (all, linked) = lines.iter().fold((0, 0), |(all, linked), line| {
        (all + line.letters, linked + line.linked)
    });
    linked * 2 > all
}
