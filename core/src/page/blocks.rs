//! A part of the tree as blocks. What is not in the list of [`Block`] does not come out of here:
//! that is the whole of sanitising.

use url::Url;

use super::address::resolve;
use super::candidate::{self, pixels};
use super::inline::{Inline, Style};
use super::names::{self, Names};
use super::tag::Tag;
use super::tree::{NodeId, Tree};
use super::{embed, tree};
use crate::model::{Block, Cell, Image, Run, plain};

/// Longest alternative text, in bytes. It is for reading aloud.
const ALT_MAX: usize = 1_000;

/// Sides in pixels below which a picture in an article is an icon or a face.
const PICTURE_SIDE_MIN: u32 = 80;

/// What of the tree is wanted.
pub(super) struct Wanted<'t> {
    /// What addresses are relative to.
    pub(super) base: &'t Url,
    /// Nodes that are left out, with all that is in them.
    pub(super) left_out: &'t dyn Fn(NodeId) -> bool,
    /// Elements that are the frame of a picture, whatever they are called.
    pub(super) is_figure: &'t dyn Fn(NodeId) -> bool,
    /// Only pictures and embeds that an article would have, not icons, faces and advertisements.
    pub(super) article: bool,
}

/// The blocks of `root`'s content.
pub(super) fn blocks(tree: &Tree, root: NodeId, wanted: &Wanted<'_>) -> Vec<Block> {
    let mut walk = Walk {
        tree,
        wanted,
        picture_missing: false,
    };
    let mut flow = Flow::default();
    walk.element(root, &Style::default(), &mut flow);
    flow.finish().blocks
}

/// Blocks that follow each other, and the paragraph under way.
#[derive(Default)]
struct Flow {
    blocks: Vec<Block>,
    inline: Inline,
    attribution: Vec<Run>,
    in_quote: bool,
}

impl Flow {
    fn end_paragraph(&mut self) {
        if !self.inline.is_empty() {
            let runs = self.inline.take();
            if !runs.is_empty() {
                self.blocks.push(Block::Paragraph { runs });
            }
        }
    }

    fn push(&mut self, block: Block) {
        self.end_paragraph();
        self.blocks.push(block);
    }

    fn finish(mut self) -> Self {
        self.end_paragraph();
        self
    }
}

struct Walk<'t> {
    tree: &'t Tree,
    wanted: &'t Wanted<'t>,
    /// The last picture had no address: a `noscript` behind it may have one.
    picture_missing: bool,
}

impl Walk<'_> {
    fn children(&mut self, id: NodeId, style: &Style, flow: &mut Flow) {
        let mut child = id + 1;
        while child < self.tree.end(id) {
            if !(self.wanted.left_out)(child) {
                match self.tree.tag(child) {
                    Some(_) => self.element(child, style, flow),
                    None => flow.inline.push(self.tree.text(child), style),
                }
            }
            child = self.tree.end(child);
        }
    }

    fn element(&mut self, id: NodeId, style: &Style, flow: &mut Flow) {
        let Some(tag) = self.tree.tag(id) else { return };
        match tag {
            _ if tag.is_silent()
                && !matches!(
                    tag,
                    Tag::Noscript | Tag::Iframe | Tag::Video | Tag::Audio | Tag::Object
                ) => {}
            Tag::Img => self.image(id, style, flow),
            Tag::Noscript => self.noscript(id, style, flow),
            Tag::Iframe | Tag::Video | Tag::Audio | Tag::Embed | Tag::Object => {
                self.embed(id, tag, flow)
            }
            Tag::Br => flow.inline.line_break_or_end(&mut flow.blocks),
            Tag::Hr => flow.push(Block::Rule),
            Tag::Pre => self.code(id, flow),
            Tag::Ul | Tag::Ol | Tag::Menu => self.list(id, tag, style, flow),
            Tag::Table => self.table(id, style, flow),
            Tag::Figure => self.figure(id, style, flow),
            _ if !tag.is_inline() && (self.wanted.is_figure)(id) => self.figure(id, style, flow),
            Tag::Blockquote => self.quote(id, style, flow),
            Tag::Footer | Tag::Cite if flow.in_quote && self.is_child_of_a_quote(id) => {
                flow.end_paragraph();
                flow.attribution = self.runs(id);
            }
            _ if tag.is_heading() => self.heading(id, tag, style, flow),
            Tag::Sup if flow.inline.ends_in_digit() && self.power(id).is_some() => {
                flow.inline.push(&self.power(id).unwrap_or_default(), style);
            }
            _ if tag.is_inline() => {
                let styled = self.styled(id, tag, style);
                let quotes = tag == Tag::Q;
                if quotes {
                    flow.inline.push("“", &styled);
                }
                self.children(id, &styled, flow);
                if quotes {
                    flow.inline.push("”", &styled);
                }
                if styled.code && !style.code {
                    flow.inline.end_code();
                }
            }
            _ => {
                flow.end_paragraph();
                if tag == Tag::Dt {
                    let strong = Style {
                        strong: true,
                        ..style.clone()
                    };
                    self.children(id, &strong, flow);
                } else {
                    self.children(id, style, flow);
                }
                flow.end_paragraph();
            }
        }
    }

    /// A raised number: without it 10 to the power of 6 would read as 106.
    fn power(&self, id: NodeId) -> Option<String> {
        let line = self.tree.line(id);
        let raised = line.chars().map(|c| match c {
            '1' => Some('¹'),
            '2' => Some('²'),
            '3' => Some('³'),
            '0' | '4'..='9' => char::from_u32(u32::from('⁰') + (u32::from(c) - u32::from('0'))),
            '-' | '−' => Some('⁻'),
            '+' => Some('⁺'),
            _ => None,
        });
        raised
            .collect::<Option<String>>()
            .filter(|power| !power.is_empty())
    }

    fn styled(&self, id: NodeId, tag: Tag, style: &Style) -> Style {
        let mut styled = style.clone();
        match tag {
            Tag::B | Tag::Strong => styled.strong = true,
            Tag::I | Tag::Em | Tag::Cite | Tag::Var => styled.emphasis = true,
            Tag::Code | Tag::Kbd | Tag::Samp | Tag::Tt => styled.code = true,
            Tag::A => {
                styled.link = self
                    .tree
                    .attribute(id, "href")
                    .and_then(|href| resolve(href, self.wanted.base));
            }
            _ => {}
        }
        styled
    }

    /// Everything in `id` as one stretch of text.
    fn runs(&mut self, id: NodeId) -> Vec<Run> {
        let mut inline = Inline::default();
        self.push_runs(id, &Style::default(), &mut inline, &|_| false);
        inline.take()
    }

    fn push_runs(
        &self,
        id: NodeId,
        style: &Style,
        inline: &mut Inline,
        skip: &dyn Fn(NodeId) -> bool,
    ) {
        for child in self.tree.children(id) {
            match self.tree.tag(child) {
                None => inline.push(self.tree.text(child), style),
                Some(tag) if tag.is_silent() || skip(child) => {}
                Some(tag) => {
                    if !tag.is_inline() || tag == Tag::Br {
                        inline.push(" ", style);
                    }
                    let styled = self.styled(child, tag, style);
                    self.push_runs(child, &styled, inline, skip);
                    if styled.code && !style.code {
                        inline.end_code();
                    }
                    if !tag.is_inline() {
                        inline.push(" ", style);
                    }
                }
            }
        }
    }

    fn heading(&mut self, id: NodeId, tag: Tag, style: &Style, flow: &mut Flow) {
        flow.end_paragraph();
        let mut inside = Flow::default();
        self.children(id, style, &mut inside);
        let mut blocks = inside.finish().blocks;
        // The first text in it is the subhead; a picture may stand before it.
        let first = blocks
            .iter_mut()
            .find(|block| matches!(block, Block::Paragraph { .. }));
        if let Some(block) = first
            && let Block::Paragraph { runs } = block
        {
            let mut runs = std::mem::take(runs);
            for run in &mut runs {
                // A subhead is one line; all of it is bold already.
                run.text = run.text.replace('\n', " ");
                run.strong = false;
            }
            *block = Block::Heading {
                level: tag.heading_level().unwrap_or(2),
                runs: merged(runs),
            };
        }
        flow.blocks.extend(blocks);
    }

    fn quote(&mut self, id: NodeId, style: &Style, flow: &mut Flow) {
        let mut inside = Flow {
            in_quote: true,
            ..Flow::default()
        };
        self.children(id, style, &mut inside);
        let inside = inside.finish();
        if !inside.blocks.is_empty() {
            flow.push(Block::Quote {
                blocks: inside.blocks,
                attribution: inside.attribution,
            });
        } else if !inside.attribution.is_empty() {
            flow.push(Block::Paragraph {
                runs: inside.attribution,
            });
        }
    }

    fn is_child_of_a_quote(&self, id: NodeId) -> bool {
        self.tree
            .parent(id)
            .is_some_and(|parent| self.tree.is(parent, Tag::Blockquote))
    }

    fn list(&mut self, id: NodeId, tag: Tag, style: &Style, flow: &mut Flow) {
        let mut items: Vec<Vec<Block>> = Vec::new();
        // What stands between items belongs to the one before.
        let mut item = Flow::default();
        for child in self.tree.children(id) {
            if (self.wanted.left_out)(child) {
                continue;
            }
            match self.tree.tag(child) {
                Some(Tag::Li) => {
                    items.push(std::mem::take(&mut item).finish().blocks);
                    self.children(child, style, &mut item);
                    item.end_paragraph();
                }
                Some(_) => self.element(child, style, &mut item),
                None => item.inline.push(self.tree.text(child), style),
            }
        }
        items.push(item.finish().blocks);
        items.retain(|item| !item.is_empty());
        if !items.is_empty() {
            let start = (tag == Tag::Ol).then(|| {
                self.tree
                    .attribute(id, "start")
                    .and_then(|start| start.trim().parse().ok())
                    .unwrap_or(1)
            });
            flow.push(Block::List { start, items });
        }
    }

    fn table(&mut self, id: NodeId, style: &Style, flow: &mut Flow) {
        let nested = self.tree.find(id, Tag::Table).next().is_some();
        if nested {
            flow.end_paragraph();
            self.children(id, style, flow);
            flow.end_paragraph();
            return;
        }
        let caption = self
            .tree
            .find(id, Tag::Caption)
            .next()
            .filter(|caption| !(self.wanted.left_out)(*caption))
            .map(|caption| self.runs(caption))
            .unwrap_or_default();
        let mut rows = Vec::new();
        for row in self.rows(id) {
            let mut cells = Vec::new();
            for (cell, tag) in row {
                let mut inside = Flow::default();
                if !(self.wanted.left_out)(cell) {
                    self.children(cell, style, &mut inside);
                }
                let span = |name| {
                    self.tree
                        .attribute(cell, name)
                        .and_then(|span| span.trim().parse::<u16>().ok())
                        .map_or(1, |span| span.clamp(1, 100))
                };
                cells.push(Cell {
                    heading: tag == Tag::Th,
                    columns: span("colspan"),
                    rows: span("rowspan"),
                    blocks: inside.finish().blocks,
                });
            }
            if cells.iter().any(|cell| !cell.blocks.is_empty()) {
                rows.push(cells);
            }
        }
        flow.end_paragraph();
        if rows.iter().any(|row| row.len() > 1) {
            flow.blocks.push(Block::Table { caption, rows });
        } else {
            // One column is a frame around something, not a table.
            if !caption.is_empty() {
                flow.blocks.push(Block::Paragraph { runs: caption });
            }
            flow.blocks
                .extend(rows.into_iter().flatten().flat_map(|cell| cell.blocks));
        }
    }

    /// The cells of each row. Cells that stand in no row are in one of their own, as the standard
    /// has it.
    fn rows(&self, table: NodeId) -> Vec<Vec<(NodeId, Tag)>> {
        let mut rows: Vec<(NodeId, Vec<(NodeId, Tag)>)> = Vec::new();
        let mut row_ended = false;
        for node in self.tree.descendants(table) {
            match self.tree.tag(node) {
                Some(tag @ (Tag::Td | Tag::Th)) => {
                    let Some(parent) = self.tree.parent(node) else {
                        continue;
                    };
                    match rows.last_mut() {
                        Some((of, cells)) if *of == parent && !row_ended => cells.push((node, tag)),
                        _ => rows.push((parent, vec![(node, tag)])),
                    }
                    row_ended = false;
                }
                Some(Tag::Tr) => row_ended = true,
                _ => {}
            }
        }
        rows.retain(|(parent, _)| *parent == table || !self.is_left_out(*parent, table));
        rows.into_iter().map(|(_, cells)| cells).collect()
    }

    /// Whether `id` or something between it and `until` is left out.
    fn is_left_out(&self, id: NodeId, until: NodeId) -> bool {
        std::iter::once(id)
            .chain(self.tree.ancestors(id).take_while(|outer| *outer != until))
            .any(|id| (self.wanted.left_out)(id))
    }

    fn code(&self, id: NodeId, flow: &mut Flow) {
        let mut text = String::new();
        for node in self.tree.descendants(id) {
            match self.tree.tag(node) {
                Some(Tag::Br) => text.push('\n'),
                Some(_) => {}
                None => text.push_str(self.tree.text(node)),
            }
        }
        let text = text.strip_prefix('\n').unwrap_or(&text).trim_end();
        if !text.trim().is_empty() {
            flow.push(Block::Code {
                text: text.to_owned(),
            });
        }
    }

    fn image(&mut self, id: NodeId, style: &Style, flow: &mut Flow) {
        let alt = self.alt(id);
        let width = self.tree.attribute(id, "width").and_then(pixels);
        // A smiley is text.
        let named = self
            .tree
            .attribute(id, "class")
            .is_some_and(|class| class.contains("emoji") || class.contains("smiley"));
        if !alt.is_empty()
            && alt.chars().count() <= 8
            && (named || width.is_some_and(|width| width <= 40))
        {
            flow.inline.push(&alt, style);
            return;
        }
        if let Some(image) = self.picture(id, alt, style) {
            flow.push(Block::Image(image));
        }
    }

    fn alt(&self, id: NodeId) -> String {
        let alt = tree::squeeze(self.tree.attribute(id, "alt").unwrap_or_default());
        alt[..alt.floor_char_boundary(ALT_MAX)]
            .trim_end()
            .to_owned()
    }

    fn picture(&mut self, id: NodeId, alt: String, style: &Style) -> Option<Image> {
        let found = candidate::best(self.tree, id, self.wanted.base);
        self.picture_missing = found.is_none();
        let found = found?;
        let small = |side: Option<u32>| side.is_some_and(|side| side < PICTURE_SIDE_MIN);
        if self.wanted.article && (small(found.width) || small(found.height)) {
            return None;
        }
        Some(Image {
            alt,
            width: found.width,
            height: found.height,
            link: style.link.clone(),
            ..Image::at(found.url)
        })
    }

    /// Only for the pictures that a script would have put in the place before it.
    fn noscript(&mut self, id: NodeId, style: &Style, flow: &mut Flow) {
        if std::mem::take(&mut self.picture_missing)
            && let Some(img) = self.tree.find(id, Tag::Img).next()
        {
            self.image(img, style, flow);
        }
    }

    fn figure(&mut self, id: NodeId, style: &Style, flow: &mut Flow) {
        flow.end_paragraph();
        if let Some(embed) = self.embed_figure(id) {
            flow.blocks.push(embed);
            return;
        }
        let is_more_than_pictures = !self.wanted.article
            && self.tree.descendants(id).any(|node| {
                self.tree.tag(node).is_some_and(|tag| {
                    matches!(
                        tag,
                        Tag::Blockquote
                            | Tag::Table
                            | Tag::Pre
                            | Tag::Ul
                            | Tag::Ol
                            | Tag::Iframe
                            | Tag::Video
                            | Tag::Audio
                    ) || tag.is_heading()
                })
            });
        let is_more_than_pictures =
            is_more_than_pictures || (!self.wanted.article && self.has_text_beside_captions(id));
        let mut images = Flow::default();
        if !is_more_than_pictures {
            self.pictures(id, style, &mut images);
        }
        let Some(Block::Image(last)) = images.blocks.last_mut() else {
            if self.wanted.article {
                // A caption without its picture says nothing.
                self.embeds(id, flow);
            } else {
                // A film, a table or a quote with something written below.
                self.children(id, style, flow);
                flow.end_paragraph();
            }
            return;
        };
        let text = self.tree.find(id, Tag::Figcaption).next().unwrap_or(id);
        (last.caption, last.credit) = self.caption(text);
        flow.blocks.append(&mut images.blocks);
    }

    /// Whether a figure with captions has a paragraph that is in none of them.
    fn has_text_beside_captions(&self, figure: NodeId) -> bool {
        let (mut has_caption, mut has_text, mut caption_end) = (false, false, figure);
        for node in self.tree.descendants(figure) {
            match self.tree.tag(node) {
                Some(Tag::Figcaption) => {
                    has_caption = true;
                    caption_end = caption_end.max(self.tree.end(node));
                }
                Some(Tag::P) if node >= caption_end => {
                    has_text |= !self.tree.line(node).is_empty();
                }
                _ => {}
            }
        }
        has_caption && has_text
    }

    fn embeds(&mut self, id: NodeId, flow: &mut Flow) {
        for node in self.tree.descendants(id) {
            if let Some(tag @ (Tag::Iframe | Tag::Video | Tag::Audio)) = self.tree.tag(node) {
                self.embed(node, tag, flow);
            }
        }
    }

    /// The pictures of a figure, with the links around them.
    fn pictures(&mut self, id: NodeId, style: &Style, into: &mut Flow) {
        for child in self.tree.children(id).collect::<Vec<_>>() {
            match self.tree.tag(child) {
                Some(Tag::Img) => {
                    let alt = self.alt(child);
                    if let Some(image) = self.picture(child, alt, style) {
                        into.blocks.push(Block::Image(image));
                    }
                }
                Some(Tag::Noscript) => {
                    if std::mem::take(&mut self.picture_missing) {
                        self.pictures(child, style, into);
                    }
                }
                Some(Tag::Figcaption) | None => {}
                Some(tag) => {
                    let styled = self.styled(child, tag, style);
                    self.pictures(child, &styled, into);
                }
            }
        }
    }

    /// A caption, and apart from it who made the picture.
    fn caption(&self, id: NodeId) -> (Vec<Run>, String) {
        let is_credit = |node: NodeId| {
            matches!(self.tree.tag(node), Some(Tag::Small))
                || names::says(self.tree, node, Names::is_credit)
        };
        let mut caption = Inline::default();
        self.push_runs(id, &Style::default(), &mut caption, &is_credit);
        let mut credit = Inline::default();
        let mut node = id + 1;
        while node < self.tree.end(id) {
            if self.tree.tag(node).is_some() && is_credit(node) {
                credit.push(" ", &Style::default());
                self.push_runs(node, &Style::default(), &mut credit, &|_| false);
                node = self.tree.end(node);
            } else {
                node += 1;
            }
        }
        (caption.take(), plain(&credit.take()))
    }

    /// What [`html_of`](super::html_of) writes for an embed.
    fn embed_figure(&self, id: NodeId) -> Option<Block> {
        if self.tree.attribute(id, "class")? != "embed" {
            return None;
        }
        let link = self.tree.find(id, Tag::A).next()?;
        let url = resolve(self.tree.attribute(link, "href")?, self.wanted.base)?;
        let provider = self.tree.line(link);
        (!provider.is_empty()).then_some(Block::Embed { url, provider })
    }

    fn embed(&self, id: NodeId, tag: Tag, flow: &mut Flow) {
        let tiny = |name| {
            self.tree
                .attribute(id, name)
                .and_then(pixels)
                .is_some_and(|side| side <= 3)
        };
        let hidden =
            self.tree.attribute(id, "hidden").is_some() || names::is_hidden_by_style(self.tree, id);
        if tiny("width") || tiny("height") || hidden {
            return;
        }
        let addresses = ["src", "data-src", "data-lazy-src", "data"];
        let sources = self.tree.find(id, Tag::Source).collect::<Vec<_>>();
        let url = std::iter::once(id).chain(sources).find_map(|element| {
            addresses
                .iter()
                .filter_map(|name| self.tree.attribute(element, name))
                .find_map(|written| resolve(written, self.wanted.base))
        });
        let Some(url) = url else { return };
        let provider = match embed::provider(&url) {
            Some(name) => name.to_owned(),
            // An unknown frame in a page is as likely an advertisement as not.
            None if self.wanted.article && tag == Tag::Iframe => return,
            None => match url.host_str() {
                Some(host) => {
                    let bare = host.strip_prefix("www.").filter(|bare| !bare.is_empty());
                    bare.unwrap_or(host).to_owned()
                }
                None => return,
            },
        };
        flow.push(Block::Embed { url, provider });
    }
}

/// Neighbours of one style as one run.
fn merged(runs: Vec<Run>) -> Vec<Run> {
    let mut inline: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        match inline.last_mut() {
            Some(last)
                if last.strong == run.strong
                    && last.emphasis == run.emphasis
                    && last.code == run.code
                    && last.link == run.link =>
            {
                last.text.push_str(&run.text);
            }
            _ => inline.push(run),
        }
    }
    inline
}
