//! The tree as lines of text: what a browser without a style sheet would break into paragraphs.
//! Everything that decides what is article looks at these.

use std::ops::Range;

use super::tag::Tag;
use super::tree::{NodeId, Tree};

/// A run of inline content between two block boundaries.
#[derive(Debug)]
pub(super) struct Line {
    /// The nearest block element around it.
    pub(super) owner: NodeId,
    /// From its first to after its last text node.
    pub(super) nodes: Range<NodeId>,
    /// White space runs are one space, none at the ends; never empty.
    pub(super) text: String,
    /// Letters and digits of it.
    pub(super) letters: usize,
    /// Of those, inside links.
    pub(super) linked: usize,
}

impl Line {
    /// The share of its letters that are links, 0 to 1.
    pub(super) fn link_share(&self) -> f32 {
        self.linked as f32 / self.letters.max(1) as f32
    }

    /// Whether it ends as a sentence does, in any script.
    pub(super) fn ends_a_sentence(&self) -> bool {
        let end = self.text.trim_end_matches([
            '"', '\'', '”', '’', '»', '«', '“', '」', '』', ')', '）', ']', ' ', '\u{a0}',
        ]);
        end.ends_with([
            '.', '!', '?', '…', '。', '！', '？', '।', '॥', '؟', '۔', '։', '።', '．', ':', '：',
        ])
    }
}

/// Letters and digits; one of a script without spaces between words counts as three, because it
/// says as much as three of an alphabet.
pub(super) fn letters(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            _ if c.is_ascii() => usize::from(c.is_ascii_alphanumeric()),
            _ if is_sign(c) => 3,
            _ => usize::from(c.is_alphanumeric()),
        })
        .sum()
}

/// An ideograph or kana.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// All lines of a tree in document order, without those inside what `skip` names.
pub(super) fn lines(tree: &Tree, root: NodeId, skip: &dyn Fn(NodeId) -> bool) -> Vec<Line> {
    let mut reader = Reader {
        found: Vec::new(),
        text: String::new(),
        is_blank: true,
        nodes: root..root,
        linked: 0,
        owner: root,
    };
    // Where the open link ends.
    let mut link_until = 0;
    // Open blocks.
    let mut blocks: Vec<(NodeId, NodeId)> = Vec::new();
    let (mut at, end) = (root, tree.end(root));
    while at < end {
        while let Some(&(_, until)) = blocks.last()
            && until <= at
        {
            reader.flush();
            blocks.pop();
            reader.owner = blocks.last().map_or(root, |(id, _)| *id);
        }
        let Some(tag) = tree.tag(at) else {
            reader.push(at, tree.text(at), at < link_until);
            at += 1;
            continue;
        };
        if at != root && (tag.is_silent() || skip(at)) {
            if !tag.is_within_a_line() {
                reader.flush();
            }
            at = tree.end(at);
            continue;
        }
        match tag {
            Tag::Br => {
                // Two are a paragraph; one is a space.
                if next_is_break(tree, at) {
                    reader.flush();
                } else if !reader.is_blank {
                    reader.text.push(' ');
                }
            }
            Tag::A => link_until = link_until.max(tree.end(at)),
            _ if !tag.is_inline() => {
                reader.flush();
                blocks.push((at, tree.end(at)));
                reader.owner = at;
            }
            _ => {}
        }
        at += 1;
    }
    reader.flush();
    reader.found
}

/// Whether nothing but space stands between this `br` and the next.
fn next_is_break(tree: &Tree, at: NodeId) -> bool {
    (at + 1..tree.len())
        .find(|id| tree.tag(*id).is_some() || !tree.text(*id).trim().is_empty())
        .is_some_and(|id| tree.is(id, Tag::Br))
}

struct Reader {
    found: Vec<Line>,
    text: String,
    /// Nothing but space so far.
    is_blank: bool,
    nodes: Range<NodeId>,
    linked: usize,
    owner: NodeId,
}

impl Reader {
    fn push(&mut self, node: NodeId, text: &str, in_link: bool) {
        if self.is_blank {
            if text.trim().is_empty() {
                return;
            }
            self.is_blank = false;
            self.nodes = node..node;
        }
        self.nodes.end = node + 1;
        if in_link {
            self.linked += letters(text);
        }
        self.text.push_str(text);
    }

    fn flush(&mut self) {
        let text = super::tree::squeeze(&self.text);
        self.text.clear();
        self.is_blank = true;
        let linked = std::mem::take(&mut self.linked);
        if !text.is_empty() {
            self.found.push(Line {
                owner: self.owner,
                nodes: self.nodes.clone(),
                letters: letters(&text),
                text,
                linked,
            });
        }
    }
}
