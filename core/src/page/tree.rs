//! HTML as a tree in document order.
//!
//! The tokens are the standard's (html5gum); the tree above them is our own and simpler than the
//! standard's: void elements, implied end tags, scopes, but no adoption agency and no foster
//! parents. Two reasons. The standard's algorithm takes time with the square of the page on a
//! hostile one (100,000 open elements, each end tag walks them), and pages come from strangers.
//! And nodes that are never moved are numbered in document order: a subtree is a range of ids, so
//! any sum over it is a difference of two prefix sums. A wrong guess about broken markup costs a
//! paragraph its place, never safety: nothing of the tree is ever given to a browser.

use std::ops::Range;

use html5gum::{Emitter, Error, State, Tokenizer};

use super::tag::Tag;

/// Elements inside each other. Browsers stop at 512; articles have 30 or 40.
const DEPTH_MAX: usize = 256;

/// Tags of a page that are read. The longest of 342 real pages has 5,437.
const TAGS_MAX: usize = 150_000;

/// Attributes of an element that are read.
const ATTRIBUTES_MAX: usize = 64;

/// Bytes of an attribute's value that are read: inline pictures and state are longer, addresses not.
const VALUE_MAX: usize = 64 * 1024;

/// A node's place in document order; the root is 0.
pub(super) type NodeId = usize;

#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: u32,
    /// The first node after this one's subtree.
    pub(super) end: u32,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Element { tag: Tag, attributes: Range<u32> },
    Text(Range<u32>),
}

#[derive(Debug)]
struct Attribute {
    name: Range<u32>,
    value: Range<u32>,
}

/// A parsed document or fragment.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    /// All texts, names and values, one behind the other.
    text: String,
}

impl Tree {
    /// Reads a document or a fragment. Never fails: what is too deep is read as if it were less
    /// deep, and what comes after [`TAGS_MAX`] is left out.
    pub(super) fn parse(html: &str) -> Self {
        let mut builder = Builder::new(html.len());
        {
            let mut tokens = Tokenizer::new_with_emitter(html, &mut builder);
            // The emitter builds; the tokenizer only yields at its end.
            while tokens.next().is_some() {}
        }
        builder.finish()
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn tag(&self, id: NodeId) -> Option<Tag> {
        match self.nodes.get(id)?.kind {
            Kind::Element { tag, .. } => Some(tag),
            Kind::Text(_) => None,
        }
    }

    pub(super) fn is(&self, id: NodeId, tag: Tag) -> bool {
        self.tag(id) == Some(tag)
    }

    /// The text of a text node; empty for an element.
    pub(super) fn text(&self, id: NodeId) -> &str {
        match &self.nodes[id].kind {
            Kind::Text(range) => self.slice(range),
            Kind::Element { .. } => "",
        }
    }

    fn slice(&self, range: &Range<u32>) -> &str {
        self.text
            .get(range.start as usize..range.end as usize)
            .unwrap_or("")
    }

    /// The first node after the subtree of `id`.
    pub(super) fn end(&self, id: NodeId) -> NodeId {
        self.nodes[id].end as usize
    }

    /// `None` for the root.
    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        (id != 0).then(|| self.nodes[id].parent as usize)
    }

    /// The parent, its parent, and so on up to the root.
    pub(super) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.parent(id), |id| self.parent(*id))
    }

    pub(super) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let end = self.end(id);
        let first = id + 1;
        std::iter::successors((first < end).then_some(first), move |child| {
            let next = self.end(*child);
            (next < end).then_some(next)
        })
    }

    /// Everything inside `id`, in document order, without itself.
    pub(super) fn descendants(&self, id: NodeId) -> Range<NodeId> {
        id + 1..self.end(id)
    }

    /// Elements of one kind inside `id`, in document order.
    pub(super) fn find(&self, id: NodeId, tag: Tag) -> impl Iterator<Item = NodeId> {
        self.descendants(id).filter(move |node| self.is(*node, tag))
    }

    /// An attribute's value, by its name in lower case.
    pub(super) fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        self.attributes(id)
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value)
    }

    pub(super) fn attributes(&self, id: NodeId) -> impl Iterator<Item = (&str, &str)> {
        let range = match &self.nodes[id].kind {
            Kind::Element { attributes, .. } => attributes.start as usize..attributes.end as usize,
            Kind::Text(_) => 0..0,
        };
        self.attributes
            .get(range)
            .unwrap_or_default()
            .iter()
            .map(|attribute| (self.slice(&attribute.name), self.slice(&attribute.value)))
    }

    /// All text inside `id` that a reader sees, white space as it stands.
    pub(super) fn push_text(&self, id: NodeId, into: &mut String) {
        let (mut at, end) = (id, self.end(id));
        while at < end {
            match self.tag(at) {
                Some(tag) if tag.is_silent() && at != id => {
                    at = self.end(at);
                    continue;
                }
                Some(tag) if !tag.is_inline() || tag == Tag::Br => into.push(' '),
                Some(_) => {}
                None => into.push_str(self.text(at)),
            }
            at += 1;
        }
    }

    /// The same as one line: white space runs are one space.
    pub(super) fn line(&self, id: NodeId) -> String {
        let mut text = String::new();
        self.push_text(id, &mut text);
        squeeze(&text)
    }
}

/// White space that collapses. Only that of ASCII does: French sets no-break spaces before
/// punctuation, Chinese and Japanese part headlines by an ideographic one.
pub(super) fn is_space(c: char) -> bool {
    c.is_ascii_whitespace()
}

/// One line: runs of white space are one space, none at the ends.
pub(super) fn squeeze(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    let trimmed = line.trim();
    if trimmed.len() < line.len() {
        line = trimmed.to_owned();
    }
    line
}

/// Which kind of tag is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    Nothing,
    Start,
    End,
}

/// Takes tokens, makes nodes.
#[derive(Debug)]
struct Builder {
    tree: Tree,
    /// Open elements, the root first.
    open: Vec<(NodeId, Tag)>,
    /// How many of each kind are open, so that an end tag without a start costs nothing.
    open_of: [u32; Tag::COUNT],
    /// Elements that were too deep to be opened, and wait for their end tags.
    too_deep: usize,
    /// Becomes the tree's text. The tokenizer hands over pieces that may end inside a character.
    text: Vec<u8>,
    tags: usize,
    reading: Reading,
    name: Vec<u8>,
    self_closing: bool,
    attributes_from: usize,
    in_attribute: bool,
    last_start_tag: Vec<u8>,
}

impl Builder {
    fn new(length: usize) -> Self {
        let mut tree = Tree {
            nodes: Vec::with_capacity((length / 24).min(TAGS_MAX)),
            attributes: Vec::new(),
            text: String::new(),
        };
        tree.nodes.push(Node {
            parent: 0,
            end: 0,
            kind: Kind::Element {
                tag: Tag::Other,
                attributes: 0..0,
            },
        });
        Self {
            tree,
            open: vec![(0, Tag::Other)],
            open_of: [0; Tag::COUNT],
            too_deep: 0,
            text: Vec::with_capacity(length),
            tags: 0,
            reading: Reading::Nothing,
            name: Vec::new(),
            self_closing: false,
            attributes_from: 0,
            in_attribute: false,
            last_start_tag: Vec::new(),
        }
    }

    fn finish(mut self) -> Tree {
        while self.open.len() > 1 {
            self.pop();
        }
        let end = self.tree.nodes.len() as u32;
        self.tree.nodes[0].end = end;
        self.tree.text = text_of(self.text);
        self.tree
    }

    fn here(&self) -> u32 {
        self.text.len() as u32
    }

    fn pop(&mut self) {
        if self.open.len() > 1
            && let Some((id, tag)) = self.open.pop()
        {
            self.tree.nodes[id].end = self.tree.nodes.len() as u32;
            self.open_of[tag as usize] -= 1;
        }
    }

    /// Closes the innermost open element that `wanted` names, and all inside it, unless one that
    /// `stops` names is nearer.
    fn close(&mut self, wanted: impl Fn(Tag) -> bool, stops: impl Fn(Tag) -> bool) -> bool {
        for at in (1..self.open.len()).rev() {
            let tag = self.open[at].1;
            if wanted(tag) {
                while self.open.len() > at {
                    self.pop();
                }
                return true;
            }
            if stops(tag) {
                return false;
            }
        }
        false
    }

    fn is_open(&self, tag: Tag) -> bool {
        self.open_of[tag as usize] > 0
    }

    fn current(&self) -> Tag {
        self.open.last().map_or(Tag::Other, |(_, tag)| *tag)
    }

    /// Ends what the start of `tag` ends without an end tag (HTML standard, 13.2.6.4.7 and the
    /// table modes after it).
    fn imply_ends(&mut self, tag: Tag) {
        if tag.closes_paragraph() && self.is_open(Tag::P) {
            self.close(|t| t == Tag::P, |t| t.is_barrier() || t == Tag::Button);
        }
        match tag {
            _ if tag.is_heading() && self.current().is_heading() => self.pop(),
            Tag::Li if self.is_open(Tag::Li) => {
                self.close(
                    |t| t == Tag::Li,
                    |t| t.is_special() && !matches!(t, Tag::Address | Tag::Div | Tag::P),
                );
            }
            Tag::Dd | Tag::Dt => {
                self.close(
                    |t| matches!(t, Tag::Dd | Tag::Dt),
                    |t| t.is_special() && !matches!(t, Tag::Address | Tag::Div | Tag::P),
                );
            }
            Tag::Option | Tag::Optgroup if self.current() == Tag::Option => self.pop(),
            Tag::A if self.is_open(Tag::A) => {
                self.close(|t| t == Tag::A, Tag::is_special);
            }
            Tag::Button if self.is_open(Tag::Button) => {
                self.close(|t| t == Tag::Button, Tag::is_barrier);
            }
            Tag::Tr => {
                self.close(|t| t == Tag::Tr, |t| t == Tag::Table);
            }
            Tag::Td | Tag::Th => {
                self.close(
                    |t| matches!(t, Tag::Td | Tag::Th),
                    |t| t == Tag::Table || t == Tag::Tr,
                );
            }
            Tag::Tbody | Tag::Thead | Tag::Tfoot => {
                self.close(
                    |t| matches!(t, Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Caption),
                    |t| t == Tag::Table,
                );
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        // One of each is enough; the attributes of a second are not worth having.
        if matches!(tag, Tag::Html | Tag::Body | Tag::Head) && self.is_open(tag) {
            self.forget_attributes();
            return;
        }
        if self.open.len() >= DEPTH_MAX && !tag.is_void() {
            self.too_deep += 1;
            self.forget_attributes();
            return;
        }
        self.imply_ends(tag);
        let id = self.push(Kind::Element {
            tag,
            attributes: self.attributes_from as u32..self.tree.attributes.len() as u32,
        });
        let closed = tag.is_void() || (self.self_closing && matches!(tag, Tag::Svg | Tag::Math));
        if !closed {
            self.open.push((id, tag));
            self.open_of[tag as usize] += 1;
        }
    }

    fn forget_attributes(&mut self) {
        self.tree.attributes.truncate(self.attributes_from);
    }

    fn end(&mut self, tag: Tag) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if tag.is_heading() {
            self.close(Tag::is_heading, Tag::is_barrier);
        } else if tag == Tag::P && !self.close(|t| t == tag, |t| t.is_barrier() || t == Tag::Button)
        {
            // The standard's: a paragraph without a start, empty, but an end of what was before it.
            self.push_empty(tag);
        } else if self.is_open(tag) && !matches!(tag, Tag::Html | Tag::Body) {
            match tag {
                Tag::Table | Tag::Template | Tag::Svg | Tag::Math => {
                    self.close(|t| t == tag, |_| false)
                }
                Tag::Td
                | Tag::Th
                | Tag::Tr
                | Tag::Tbody
                | Tag::Thead
                | Tag::Tfoot
                | Tag::Caption => self.close(|t| t == tag, |t| t == Tag::Table),
                Tag::Li => self.close(
                    |t| t == tag,
                    |t| t.is_barrier() || matches!(t, Tag::Ul | Tag::Ol),
                ),
                _ if tag.is_special() => self.close(|t| t == tag, Tag::is_barrier),
                // Nameless ones all look alike: the nearest is the likeliest.
                _ => self.close(|t| t == tag, Tag::is_special),
            };
        }
    }

    fn push_empty(&mut self, tag: Tag) {
        let none = self.tree.attributes.len() as u32;
        self.push(Kind::Element {
            tag,
            attributes: none..none,
        });
    }

    fn push(&mut self, kind: Kind) -> NodeId {
        let id = self.tree.nodes.len();
        let parent = self.open.last().map_or(0, |(id, _)| *id) as u32;
        self.tree.nodes.push(Node {
            parent,
            end: id as u32 + 1,
            kind,
        });
        id
    }

    /// How the tokenizer reads what stands behind a start tag. As in a reader without scripts,
    /// `noscript` holds markup.
    fn state_after(tag: Tag) -> Option<State> {
        match tag {
            Tag::Textarea | Tag::Title => Some(State::RcData),
            Tag::Plaintext => Some(State::PlainText),
            Tag::Script => Some(State::ScriptData),
            Tag::Style | Tag::Iframe | Tag::Xmp | Tag::Noembed | Tag::Noframes => {
                Some(State::RawText)
            }
            _ => None,
        }
    }
}

/// What the tokenizer hands over is UTF-8, because it was given a `str`; only a value that was cut
/// can end inside a character. Such bytes become question marks, so that no range moves.
fn text_of(mut bytes: Vec<u8>) -> String {
    let mut valid = 0;
    while let Err(error) = std::str::from_utf8(&bytes[valid..]) {
        let from = valid + error.valid_up_to();
        valid = error
            .error_len()
            .map_or(bytes.len(), |length| from + length);
        bytes[from..valid].fill(b'?');
    }
    String::from_utf8(bytes).unwrap_or_default()
}

impl Emitter for &mut Builder {
    type Token = ();

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        self.last_start_tag.clear();
        self.last_start_tag
            .extend_from_slice(last_start_tag.unwrap_or_default());
    }

    fn emit_eof(&mut self) {}
    fn emit_error(&mut self, _error: Error) {}
    fn should_emit_errors(&mut self) -> bool {
        false
    }
    fn pop_token(&mut self) -> Option<()> {
        None
    }

    fn emit_string(&mut self, text: &[u8]) {
        if self.tags > TAGS_MAX {
            return;
        }
        let start = self.here();
        self.text.extend_from_slice(text);
        let end = self.here();
        // Texts come in pieces, around entities for one.
        let parent = self.open.last().map_or(0, |(id, _)| *id) as u32;
        if let Some(Node {
            parent: of,
            kind: Kind::Text(range),
            ..
        }) = self.tree.nodes.last_mut()
            && *of == parent
            && range.end == start
        {
            range.end = end;
        } else {
            self.push(Kind::Text(start..end));
        }
    }

    fn init_start_tag(&mut self) {
        self.reading = Reading::Start;
        self.name.clear();
        self.self_closing = false;
        self.in_attribute = false;
        self.attributes_from = self.tree.attributes.len();
    }

    fn init_end_tag(&mut self) {
        self.init_start_tag();
        self.reading = Reading::End;
    }

    fn init_comment(&mut self) {
        self.reading = Reading::Nothing;
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        let tag = Tag::of(&self.name);
        self.tags += 1;
        let reading = self.reading;
        let past = self.tags > TAGS_MAX;
        if past || reading == Reading::End {
            self.forget_attributes();
        }
        match reading {
            Reading::Start => {
                let name = std::mem::take(&mut self.name);
                self.last_start_tag.clear();
                self.last_start_tag.extend_from_slice(&name);
                self.name = name;
                if !past {
                    self.start(tag);
                }
                Builder::state_after(tag)
            }
            Reading::End if !past => {
                // `</br>` is a line break, of all end tags.
                if tag == Tag::Br {
                    self.start(tag)
                } else {
                    self.end(tag)
                }
                None
            }
            Reading::End | Reading::Nothing => None,
        }
    }

    fn emit_current_comment(&mut self) {}
    fn emit_current_doctype(&mut self) {}
    fn set_self_closing(&mut self) {
        self.self_closing = true;
    }
    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, name: &[u8]) {
        // No name that matters is longer.
        if self.name.len() < 64 {
            self.name.extend_from_slice(name);
        }
    }

    fn push_comment(&mut self, _: &[u8]) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn init_doctype(&mut self) {
        self.reading = Reading::Nothing;
    }

    fn init_attribute(&mut self) {
        self.in_attribute = self.reading == Reading::Start
            && self.tags < TAGS_MAX
            && self.tree.attributes.len() - self.attributes_from < ATTRIBUTES_MAX;
        if self.in_attribute {
            let here = self.here();
            self.tree.attributes.push(Attribute {
                name: here..here,
                value: here..here,
            });
        }
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        if self.in_attribute {
            self.text.extend_from_slice(name);
            let here = self.here();
            if let Some(attribute) = self.tree.attributes.last_mut() {
                attribute.name.end = here;
                attribute.value = here..here;
            }
        }
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        if self.in_attribute
            && let Some(attribute) = self.tree.attributes.last_mut()
            && attribute.value.len() < VALUE_MAX
        {
            self.text.extend_from_slice(value);
            attribute.value.end = self.text.len() as u32;
        }
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.reading == Reading::End && !self.name.is_empty() && self.name == self.last_start_tag
    }
}
