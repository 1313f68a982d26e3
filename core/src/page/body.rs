//! Which part of a page is the article.
//!
//! ```text
//! lines -> what is chrome by name leaves -> weights of lines -> the subtree of the greatest sum
//!       -> the lines in it that are not the article leave
//! ```
//!
//! The subtree of the greatest sum is maximum subsequence segmentation (Pasternack and Roth,
//! "Extracting article text from the web with maximum subsequence segmentation", WWW 2009) over a
//! tree instead of a sequence of words: text weighs, links and scraps weigh against it, so growing
//! past the article loses more than it gains. Names (`article-body`, `related`) help where they are
//! clear and are never trusted with most of a page. All of it is arithmetic over the tree: no
//! language is known here.

use std::collections::HashSet;

use super::lines::{Line, lines};
use super::names::{self, Names};
use super::tag::Tag;
use super::tree::{NodeId, Tree};

/// Letters from which a line is text and not a label.
const TEXT_MIN: usize = 60;

/// The same for a line that ends as a sentence does.
const SENTENCE_MIN: usize = 25;

/// Share of links from which a line is a link with words around it.
const LINK_LINE: f32 = 0.5;

/// Share of links from which a line of the article is left out: a pointer to something else.
const POINTER: f32 = 0.7;

/// Weight in letters from which a part that is named as the body is believed, if it has
/// [`NAMED_SHARE`] of what the best part has.
const NAMED_MIN: i64 = 140;
const NAMED_SHARE: f32 = 0.3;

/// Share of a page's text up to which a part leaves because its name says that it is chrome, and
/// because its name leaves a doubt.
const CHROME_SHARE: f32 = 0.4;
const DOUBTFUL_SHARE: f32 = 0.1;

/// Letters up to which a part around a picture is its caption.
const CAPTION_MAX: i64 = 400;

/// Lines before the body among which the standfirst is looked for.
const STANDFIRST_WITHIN: usize = 12;

/// Letters from which a line can be a standfirst.
const STANDFIRST_MIN: usize = 40;

/// Where the article is.
pub(super) struct Body {
    /// The element around it.
    pub(super) root: NodeId,
    /// Lines before it that sum it up.
    pub(super) standfirst: Option<String>,
    /// For each node whether it is not part of the article.
    pub(super) left_out: Vec<bool>,
    /// For each node whether it is the frame of a picture.
    pub(super) figures: Vec<bool>,
    /// Letters of the article.
    pub(super) letters: usize,
    /// Letters of the page that are text and not chrome.
    pub(super) letters_of_page: usize,
}

/// Finds the article. `descriptions` are what the page says of itself in a sentence.
pub(super) fn find(tree: &Tree, descriptions: &[String]) -> Body {
    let names: Vec<Names> = (0..tree.len()).map(|id| Names::of(tree, id)).collect();
    let parts = Parts::new(tree, &names);
    let outside = |id: NodeId| parts.chrome[id] || parts.figures[id];
    let kept = lines(tree, 0, &outside);
    let sums = Sums::new(tree, &kept);
    let root = only_first_article(tree, root(tree, &names, &parts, &sums), &parts, &sums);

    let mut left_out = parts.chrome;
    let mut letters = 0;
    let inside: Vec<&Line> = kept
        .iter()
        .filter(|line| (root..tree.end(root)).contains(&line.nodes.start))
        .collect();
    let descriptions: Vec<String> = descriptions.iter().map(|text| folded(text)).collect();
    let summary = Summary {
        tree,
        names: &names,
        descriptions: &descriptions,
    };
    let stays = article_lines(tree, &inside);
    let (standfirst, article) = summary.apart(&inside, stays);
    for (line, is_article) in inside.iter().zip(&article) {
        if *is_article {
            letters += line.letters;
        } else {
            for id in line.nodes.clone().filter(|id| tree.tag(*id).is_none()) {
                left_out[id] = true;
            }
        }
    }
    // Pictures behind the last line belong to what comes next, unless they are set as figures.
    if let Some(last) = article.iter().rposition(|is_article| *is_article) {
        let behind = inside[last].nodes.end..tree.end(root);
        for id in behind.filter(|id| tree.is(*id, Tag::Img) && !parts.figures[*id]) {
            left_out[id] = true;
        }
    }
    let before: Vec<&Line> = kept
        .iter()
        .take_while(|line| line.nodes.start < root)
        .collect();
    let standfirst = standfirst.or_else(|| summary.before(&before));
    Body {
        root,
        standfirst,
        left_out,
        figures: parts.figures,
        letters,
        letters_of_page: kept
            .iter()
            .filter(|line| is_text(line))
            .map(|line| line.letters)
            .sum(),
    }
}

/// What leaves by its name or its element.
struct Parts {
    chrome: Vec<bool>,
    figures: Vec<bool>,
}

impl Parts {
    fn new(tree: &Tree, names: &[Names]) -> Self {
        let sums = Sums::new(tree, &lines(tree, 0, &|_| false));
        let total = sums.text(0, tree.len()) as f32;
        let mut parts = Self {
            chrome: vec![false; tree.len()],
            figures: vec![false; tree.len()],
        };
        let mut at = 1;
        while at < tree.len() {
            let Some(tag) = tree.tag(at) else {
                at += 1;
                continue;
            };
            let end = tree.end(at);
            let text = sums.text(at, end);
            let most = most_of_page(tree, at, tag, names[at]) * total;
            if most < 0.0 || text as f32 > most {
                at += 1;
                continue;
            }
            let has_picture = (tag == Tag::Figure || (names[at].is_figure && text <= CAPTION_MAX))
                && tree.find(at, Tag::Img).next().is_some();
            let marks = if has_picture {
                &mut parts.figures
            } else {
                &mut parts.chrome
            };
            marks[at..end].fill(true);
            at = end;
        }
        parts
    }
}

/// The share of a page's text up to which this element is not the article; negative when nothing
/// speaks against it.
fn most_of_page(tree: &Tree, id: NodeId, tag: Tag, names: Names) -> f32 {
    // Quotes are quotes, whatever their class: posts of others are embedded as such.
    if tag == Tag::Blockquote || is_in_quote(tree, id, tag) {
        return -1.0;
    }
    let holds_data = || {
        tree.descendants(id)
            .any(|inner| matches!(tree.tag(inner), Some(Tag::Table | Tag::Pre)))
    };
    if tag == Tag::Figure && holds_data() {
        return -1.0;
    }
    let chrome = names.is_chrome
        || matches!(
            tag,
            Tag::Nav | Tag::Footer | Tag::Aside | Tag::Figcaption | Tag::Figure
        )
        || names::is_hidden(tree, id, tag);
    // A class on a paragraph or a cell says how it looks; on a container, what it is.
    let is_container = !matches!(
        tag,
        Tag::P | Tag::Li | Tag::Tr | Tag::Td | Tag::Th | Tag::Tbody
    );
    if chrome {
        CHROME_SHARE
    } else if tag == Tag::Form || (names.is_doubtful && is_container) {
        DOUBTFUL_SHARE
    } else {
        -1.0
    }
}

/// `footer` and `cite` of a quote say whose words it has.
fn is_in_quote(tree: &Tree, id: NodeId, tag: Tag) -> bool {
    tag == Tag::Footer
        && tree
            .parent(id)
            .is_some_and(|parent| tree.is(parent, Tag::Blockquote))
}

fn is_text(line: &Line) -> bool {
    line.letters >= TEXT_MIN || (line.letters > SENTENCE_MIN && line.ends_a_sentence())
}

/// In an element whose lines are short by nature.
fn is_listed(tree: &Tree, line: &Line) -> bool {
    matches!(
        tree.tag(line.owner),
        Some(Tag::Li | Tag::Td | Tag::Th | Tag::Dt | Tag::Dd | Tag::Blockquote | Tag::Pre)
    )
}

fn is_heading(tree: &Tree, line: &Line) -> bool {
    tree.tag(line.owner).is_some_and(Tag::is_heading)
}

/// Weights of lines, in letters: text weighs for the article, links and scraps against it, and so
/// does the teaser in the card of a linked heading.
fn weights(tree: &Tree, lines: &[Line]) -> Vec<i64> {
    let mut card_until = 0;
    let mut weights = Vec::with_capacity(lines.len());
    for line in lines {
        let letters = line.letters as i64;
        let weight = if line.link_share() > LINK_LINE {
            -letters.min(60) - 10
        } else if is_text(line) {
            (letters as f32 * (1.0 - line.link_share())) as i64
        } else if is_listed(tree, line) || is_heading(tree, line) || tree.is(line.owner, Tag::P) {
            0
        } else {
            -10
        };
        if is_heading(tree, line) {
            card_until = if line.link_share() > POINTER {
                tree.ancestors(line.owner)
                    .nth(1)
                    .map_or(0, |card| tree.end(card))
            } else {
                0
            };
            weights.push(weight);
        } else {
            let teaser = is_text(line) && line.nodes.start < card_until;
            weights.push(if teaser { -weight.min(60) } else { weight });
            if is_text(line) {
                card_until = 0;
            }
        }
    }
    weights
}

/// The element that the article is in.
fn root(tree: &Tree, names: &[Names], parts: &Parts, sums: &Sums) -> NodeId {
    let mut best = (0, i64::MIN);
    let mut named = (0, i64::MIN);
    for (id, names) in names.iter().enumerate() {
        let Some(tag) = tree.tag(id) else { continue };
        if parts.chrome[id] || parts.figures[id] || tag.is_silent() {
            continue;
        }
        let sum = sums.weight(id, tree.end(id));
        let bonus = i64::from(names.article_words)
            + if matches!(tag, Tag::Article | Tag::Main) {
                3
            } else {
                0
            };
        let score = sum + sum.max(0) * bonus / 20;
        // Of equals the innermost.
        if score >= best.1 {
            best = (id, score);
        }
        if names.is_body && !tag.is_inline() && tag != Tag::P && sum >= named.1 {
            named = (id, sum);
        }
    }
    if named.1 >= NAMED_MIN && named.1 as f32 >= best.1 as f32 * NAMED_SHARE {
        named.0
    } else {
        best.0
    }
}

/// Where several articles follow each other on a page, the first is the one that was asked for.
fn only_first_article(tree: &Tree, root: NodeId, parts: &Parts, sums: &Sums) -> NodeId {
    let whole = sums.weight(root, tree.end(root));
    let mut long = Vec::new();
    let mut at = root + 1;
    while at < tree.end(root) {
        if tree.is(at, Tag::Article) && !parts.chrome[at] {
            if sums.weight(at, tree.end(at)) * 4 >= whole {
                long.push(at);
            }
            at = tree.end(at);
        } else {
            at += 1;
        }
    }
    match long[..] {
        [first, _, ..] => first,
        _ => root,
    }
}

/// For each line of the article's element whether it is the article: from the first text, or the
/// heading before it, to the last, without pointers elsewhere.
fn article_lines(tree: &Tree, inside: &[&Line]) -> Vec<bool> {
    let stays: Vec<bool> = inside
        .iter()
        .map(|line| {
            line.link_share() < POINTER && !tree.is(line.owner, Tag::H1) && !is_time(tree, line)
        })
        .collect();
    // Short paragraphs beside long ones are paragraphs; elsewhere they may be anything.
    let around_text: HashSet<Option<NodeId>> = inside
        .iter()
        .zip(&stays)
        .filter(|(line, stays)| **stays && is_text(line))
        .map(|(line, _)| tree.parent(line.owner))
        .collect();
    let can_end = |line: &Line| {
        is_text(line)
            || is_listed(tree, line)
            || (tree.is(line.owner, Tag::P) && around_text.contains(&tree.parent(line.owner)))
    };
    let kept: Vec<usize> = (0..inside.len()).filter(|at| stays[*at]).collect();
    let mut article = vec![false; inside.len()];
    let Some(last) = kept.iter().rposition(|at| can_end(inside[*at])) else {
        return article;
    };
    let first = kept.iter().position(|at| is_text(inside[*at])).unwrap_or(0);
    let before = first
        .checked_sub(1)
        .filter(|before| is_heading(tree, inside[kept[*before]]));
    for at in kept.get(before.unwrap_or(first)..=last).unwrap_or_default() {
        article[*at] = true;
    }
    article
}

/// Nothing but a date.
fn is_time(tree: &Tree, line: &Line) -> bool {
    line.letters < TEXT_MIN
        && line
            .nodes
            .clone()
            .filter(|id| !tree.text(*id).trim().is_empty())
            .all(|id| {
                tree.ancestors(id)
                    .take_while(|outer| *outer != line.owner)
                    .any(|outer| tree.is(outer, Tag::Time))
            })
}

/// Finds the line between headline and body that sums the article up: it is named so, or it is what
/// the page says of itself.
struct Summary<'t> {
    tree: &'t Tree,
    names: &'t [Names],
    /// Folded.
    descriptions: &'t [String],
}

impl Summary<'_> {
    fn is_named(&self, line: &Line) -> bool {
        std::iter::once(line.owner)
            .chain(self.tree.ancestors(line.owner).take(2))
            .any(|id| self.names[id].is_standfirst)
    }

    fn is_description(&self, line: &Line) -> bool {
        let text = folded(&line.text);
        self.descriptions
            .iter()
            .any(|known| known.len() > 30 && (text.contains(known) || known.contains(&text)))
    }

    fn can_be(line: &Line) -> bool {
        line.letters >= STANDFIRST_MIN && line.link_share() < 0.3
    }

    /// Before the article's element.
    fn before(&self, before: &[&Line]) -> Option<String> {
        before[before.len().saturating_sub(STANDFIRST_WITHIN)..]
            .iter()
            .rev()
            .take_while(|line| !self.tree.is(line.owner, Tag::H1))
            .find(|line| Self::can_be(line) && (self.is_named(line) || self.is_description(line)))
            .map(|line| line.text.clone())
    }

    /// In it, as its first line. Many pages describe themselves by their first paragraph, which is
    /// part of the body: a standfirst is named so, or a date or a name stands between.
    fn apart(&self, inside: &[&Line], mut article: Vec<bool>) -> (Option<String>, Vec<bool>) {
        let mut lines = (0..inside.len()).filter(|at| article[*at]);
        let (Some(first), Some(second)) = (lines.next(), lines.next()) else {
            return (None, article);
        };
        let line = inside[first];
        let is_apart = self.is_named(line) || (second > first + 1 && self.is_description(line));
        if !Self::can_be(line) || is_heading(self.tree, line) || !is_apart {
            return (None, article);
        }
        article[first] = false;
        (Some(line.text.clone()), article)
    }
}

/// Letters and digits in lower case: what two writings of a text have in common.
pub(super) fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Sums of weights over any subtree, as differences of prefix sums.
struct Sums {
    weight: Vec<i64>,
    text: Vec<i64>,
}

impl Sums {
    fn new(tree: &Tree, lines: &[Line]) -> Self {
        let mut weight = vec![0; tree.len() + 1];
        let mut text = vec![0; tree.len() + 1];
        for (line, of_line) in lines.iter().zip(weights(tree, lines)) {
            weight[line.nodes.start + 1] += of_line;
            text[line.nodes.start + 1] += of_line.max(0);
        }
        for at in 1..weight.len() {
            weight[at] += weight[at - 1];
            text[at] += text[at - 1];
        }
        Self { weight, text }
    }

    fn weight(&self, from: NodeId, to: NodeId) -> i64 {
        self.weight[to] - self.weight[from]
    }

    /// Only what weighs for the article.
    fn text(&self, from: NodeId, to: NodeId) -> i64 {
        self.text[to] - self.text[from]
    }
}
