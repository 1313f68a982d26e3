//! An article set in lines of a terminal: for `show` and for the reader.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use overview_core::language::TranslateError;
use overview_core::model::{
    Article, Block, BodySource, Cell, EngineKind, Image, PageVerdict, PerspectiveKind, Run, plain,
};
use overview_core::page::WordCount;
use overview_core::translation::TranslationState;
use textwrap::{Options, WordSplitter};
use url::Url;

use crate::output::figures::megabytes;
use crate::output::text;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Title,
    /// Who, where and when.
    Meta,
    /// Something to know about the text itself.
    Note,
    Standfirst,
    Heading,
    Text,
    Quote,
    Caption,
    Code,
    TableHead,
    /// Where a number in brackets leads.
    Link,
    /// Begins with the name of a perspective, or with bars that count for one.
    Label(PerspectiveKind),
    /// Of the article itself.
    OwnLabel(PerspectiveKind),
    /// Of American media, and what of it holds.
    Claim,
}

/// How a part of a line looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) strong: bool,
    pub(crate) emphasis: bool,
    pub(crate) linked: bool,
}

/// A line, in logical order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) kind: Kind,
    /// Bars of quotes, bullets, indents.
    pub(crate) prefix: String,
    pub(crate) text: String,
    /// Parts of the text that look otherwise than their kind, in order.
    pub(crate) looks: Vec<(Range<usize>, Look)>,
    /// A row of a picture, instead of text.
    pub(crate) cells: Vec<HalfBlocks>,
}

/// Red, green and blue of the upper and the lower half of a cell.
pub(crate) type HalfBlocks = [[u8; 3]; 2];

/// Columns of a picture.
pub(crate) const PICTURE_COLUMNS: u32 = 56;

/// A picture as wide as it is shown, or narrower.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pixels {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// A row behind the other.
    pub(crate) rgb: Vec<[u8; 3]>,
}

impl Pixels {
    /// The colour at a place, black outside.
    fn at(&self, column: usize, row: usize) -> [u8; 3] {
        let there = column < self.width && row < self.height;
        let found = there
            .then(|| self.rgb.get(row * self.width + column))
            .flatten();
        found.copied().unwrap_or_default()
    }
}

/// The pictures that can be shown, by address.
pub(crate) type Pictures = HashMap<Url, Arc<Pixels>>;

/// A set article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Prose {
    pub(crate) lines: Vec<Line>,
    /// The addresses that the numbers in brackets stand for, from 1.
    pub(crate) links: Vec<Url>,
    /// The line that each block of the body begins with.
    pub(crate) starts: Vec<usize>,
    /// The first line of what stands below the headline.
    pub(crate) below: usize,
}

impl Line {
    /// A line without looks of its own.
    pub(crate) fn of(kind: Kind, prefix: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            kind,
            prefix: prefix.into(),
            text: text.into(),
            looks: Vec::new(),
            cells: Vec::new(),
        }
    }
}

/// Words of anybody's in lines of at most `width` columns; `first` stands before the first of them,
/// `rest` before the others.
pub(crate) fn wrapped(kind: Kind, words: &str, first: &str, rest: &str, width: usize) -> Vec<Line> {
    let words = text::line(words);
    let taken = text::width(first).max(text::width(rest));
    wrap(&words, width.saturating_sub(taken).max(8))
        .into_iter()
        .enumerate()
        .map(|(at, range)| Line::of(kind, if at == 0 { first } else { rest }, &words[range]))
        .collect()
}

/// Sets an article in lines of at most `width` columns. `meta` stands below the headline, a line
/// each, and `below` behind it.
pub(crate) fn set(
    article: &Article,
    meta: &[String],
    below: Vec<Line>,
    width: usize,
    pictures: &Pictures,
) -> Prose {
    let mut setter = Setter {
        width,
        pictures,
        prose: Prose::default(),
    };
    setter.article(article, meta, below);
    setter.prose
}

/// What stands between two texts.
pub(crate) const GUTTER: &str = "  │  ";

/// Two settings of one article beside each other, both `width` columns wide: each block begins on
/// one line in both.
pub(crate) fn beside(left: Prose, right: Prose, width: usize) -> Prose {
    let parts = |prose: &Prose| -> Vec<Range<usize>> {
        let mut bounds = vec![0];
        bounds.extend(&prose.starts);
        bounds.push(prose.lines.len());
        bounds.windows(2).map(|pair| pair[0]..pair[1]).collect()
    };
    let mut joined = Prose {
        links: left.links.clone(),
        below: left.below,
        ..Prose::default()
    };
    for (at, (left_part, right_part)) in parts(&left).into_iter().zip(parts(&right)).enumerate() {
        if at > 0 {
            joined.starts.push(joined.lines.len());
        }
        for row in 0..left_part.len().max(right_part.len()) {
            let line = |prose: &Prose, part: &Range<usize>| {
                prose
                    .lines
                    .get(part.start + row)
                    .filter(|_| row < part.len())
                    .cloned()
            };
            let (left, right) = (line(&left, &left_part), line(&right, &right_part));
            joined.lines.push(side_by_side(left, right, width));
        }
    }
    joined
}

fn side_by_side(left: Option<Line>, right: Option<Line>, width: usize) -> Line {
    let empty = || Line::of(Kind::Text, "", "");
    let (mut joined, right) = (left.unwrap_or_else(empty), right.unwrap_or_else(empty));
    let taken = text::width(&joined.prefix) + text::width(&joined.text);
    joined.text += &" ".repeat(width.saturating_sub(taken));
    joined.text += GUTTER;
    joined.text += &right.prefix;
    let offset = joined.text.len();
    joined.text += &right.text;
    let moved = right.looks.into_iter();
    joined
        .looks
        .extend(moved.map(|(range, look)| (range.start + offset..range.end + offset, look)));
    joined
}

/// How long reading takes, in words.
pub(crate) fn reading_time(blocks: &[Block]) -> Option<String> {
    let minutes = WordCount::of(blocks).reading_time().as_secs() / 60;
    (minutes > 0).then(|| format!("{minutes} min"))
}

/// What is to be known about the language: who translated, or why nobody did; `how_to_get` says what
/// to do to install the model of a language.
pub(crate) fn translation_note(
    state: &TranslationState,
    how_to_get: impl Fn(&str) -> String,
) -> Option<String> {
    match state {
        TranslationState::Original => None,
        TranslationState::Translated { language, by } => {
            let edition = by.iter().all(|by| by.engine == EngineKind::Edition);
            let names: Vec<String> = by.iter().map(ToString::to_string).collect();
            Some(if edition {
                format!("Translated from {language} by {}.", names.join(", "))
            } else {
                format!(
                    "Machine-translated from {language} by {}.",
                    names.join(", ")
                )
            })
        }
        TranslationState::NotTranslated {
            language,
            why: Some(TranslateError::NotInstalled { .. }),
            offer,
        } => {
            let get = offer.as_ref().map(|offer| {
                let how = how_to_get(&offer.language);
                format!(" Get it ({}): {how}.", megabytes(offer.bytes))
            });
            Some(format!(
                "Not translated: no model for {language} installed.{}",
                get.unwrap_or_default()
            ))
        }
        TranslationState::NotTranslated { language, why, .. } => Some(match why {
            Some(why) => format!("In {language}, not translated: {why}."),
            None => format!("In {language}, not translated yet."),
        }),
    }
}

/// What is to be known about the text: that it is not the whole article, and why.
fn note(article: &Article) -> Option<&'static str> {
    let page = article.page?;
    match (page.verdict, page.body) {
        (PageVerdict::Full, BodySource::PageIsOther) => {
            Some("The page speaks of something else: this is what the feed gives.")
        }
        (PageVerdict::Full, _) => None,
        (PageVerdict::SummaryOnly, _) => Some("The publisher gives no more than this."),
        (PageVerdict::Paywall, _) => Some("Only the beginning: the rest is for who pays."),
        (PageVerdict::ConsentWall, _) => {
            Some("The page asks for consent first: this is what the feed gives.")
        }
        (PageVerdict::Challenge, _) => {
            Some("The page lets only browsers in: this is what the feed gives.")
        }
        (PageVerdict::Gallery, _) => Some("The article is its pictures."),
        (PageVerdict::Video, _) => Some("The article is a film."),
        (PageVerdict::Gone, _) => {
            Some("The publisher took the page away: this is what the feed gave.")
        }
        _ => Some("The page is a list of others: this is what the feed gives."),
    }
}

struct Setter<'p> {
    width: usize,
    pictures: &'p Pictures,
    prose: Prose,
}

impl Setter<'_> {
    fn article(&mut self, article: &Article, meta: &[String], below: Vec<Line>) {
        let title = text::line(&article.row.title);
        self.words(
            if title.is_empty() {
                "(untitled)"
            } else {
                &title
            },
            Kind::Title,
        );
        self.blank("");
        for line in meta {
            if line.contains("://") {
                // Whole, so that a terminal makes it a link.
                self.push(Kind::Meta, String::new(), text::line(line), Vec::new());
            } else {
                self.words(line, Kind::Meta);
            }
        }
        if let Some(note) = note(article) {
            self.words(note, Kind::Note);
        }
        self.blank("");
        if !below.is_empty() {
            self.prose.below = self.prose.lines.len();
            self.prose.lines.extend(below);
            self.blank("");
        }
        if let Some(lead) = &article.lead
            && (!caption(lead).is_empty() || self.pictures.contains_key(&lead.url))
        {
            self.image(lead, "", "");
            self.blank("");
        }
        if let Some(standfirst) = &article.standfirst {
            self.words(standfirst, Kind::Standfirst);
            self.blank("");
        }
        if article.blocks.is_empty() {
            self.words("The feed carries no text for this article.", Kind::Text);
        }
        for (at, block) in article.blocks.iter().enumerate() {
            if at > 0 {
                self.blank("");
            }
            self.prose.starts.push(self.prose.lines.len());
            self.block(block, "", "", Kind::Text);
        }
        if !self.prose.links.is_empty() {
            self.blank("");
            for (at, url) in self.prose.links.clone().iter().enumerate() {
                self.push(
                    Kind::Link,
                    format!("[{}] ", at + 1),
                    url.to_string(),
                    Vec::new(),
                );
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block], first: &str, rest: &str, kind: Kind, tight: bool) {
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 && !tight {
                self.blank(rest);
            }
            self.block(block, if at == 0 { first } else { rest }, rest, kind);
        }
    }

    /// `first` stands before the first line, `rest` before the others.
    fn block(&mut self, block: &Block, first: &str, rest: &str, kind: Kind) {
        match block {
            Block::Heading { runs, .. } => self.runs(runs, first, rest, Kind::Heading),
            Block::Paragraph { runs } => self.runs(runs, first, rest, kind),
            Block::Quote {
                blocks,
                attribution,
            } => {
                let (first, rest) = (format!("{first}▏ "), format!("{rest}▏ "));
                self.blocks(blocks, &first, &rest, Kind::Quote, false);
                if !attribution.is_empty() {
                    self.runs(
                        attribution,
                        &format!("{rest}— "),
                        &format!("{rest}  "),
                        Kind::Meta,
                    );
                }
            }
            Block::List { start, items } => self.list(*start, items, first, rest, kind),
            Block::Image(image) => self.image(image, first, rest),
            Block::Table { caption, rows } => {
                if !caption.is_empty() {
                    self.runs(caption, first, rest, Kind::Caption);
                }
                self.table(rows, rest);
            }
            Block::Code { text: code } => {
                for line in code.lines() {
                    self.code(&text::lines(line), rest);
                }
            }
            Block::Rule => self.push(Kind::Meta, first.to_owned(), "* * *".to_owned(), Vec::new()),
            Block::Embed { url, provider } => {
                let run = Run {
                    text: format!("▶ {provider}"),
                    link: Some(url.clone()),
                    ..Run::default()
                };
                self.runs(&[run], first, rest, Kind::Caption);
            }
        }
    }

    fn list(
        &mut self,
        start: Option<i64>,
        items: &[Vec<Block>],
        first: &str,
        rest: &str,
        kind: Kind,
    ) {
        let tight = items.iter().all(|item| item.len() == 1);
        let markers: Vec<String> = match start {
            Some(start) => (0..)
                .take(items.len())
                .map(|at| format!("{}. ", start.saturating_add(at)))
                .collect(),
            None => vec!["• ".to_owned(); items.len()],
        };
        let widest = markers
            .iter()
            .map(|marker| text::width(marker))
            .max()
            .unwrap_or(0);
        for (at, (item, marker)) in items.iter().zip(&markers).enumerate() {
            if at > 0 && !tight {
                self.blank(rest);
            }
            let before = if at == 0 { first } else { rest };
            let first = format!(
                "{before}{}{marker}",
                " ".repeat(widest - text::width(marker))
            );
            let rest = format!("{rest}{}", " ".repeat(widest));
            self.blocks(item, &first, &rest, kind, tight);
        }
    }

    fn image(&mut self, image: &Image, first: &str, rest: &str) {
        if let Some(pixels) = self.pictures.get(&image.url) {
            self.pixels(&Arc::clone(pixels), rest);
            let shown = caption(image);
            if !shown.is_empty() {
                self.wrapped(&shown, &[], rest, rest, Kind::Caption);
            }
            return;
        }
        let shown = caption(image);
        let shown = if shown.is_empty() { "Picture" } else { &shown };
        self.wrapped(
            shown,
            &[],
            &format!("{first}▨ "),
            &format!("{rest}  "),
            Kind::Caption,
        );
    }

    /// A picture, two of its rows a line. Where it is too wide every nth pixel is taken.
    fn pixels(&mut self, pixels: &Pixels, prefix: &str) {
        let columns = pixels.width.min(self.room(prefix));
        if columns == 0 {
            return;
        }
        let rows = pixels.height * columns / pixels.width;
        let at = |column: usize, row: usize| {
            pixels.at(
                column * pixels.width / columns,
                row * pixels.width / columns,
            )
        };
        for pair in 0..rows.div_ceil(2) {
            self.push(Kind::Text, prefix.to_owned(), String::new(), Vec::new());
            if let Some(line) = self.prose.lines.last_mut() {
                line.cells = (0..columns)
                    .map(|column| {
                        [
                            at(column, 2 * pair),
                            at(column, (2 * pair + 1).min(rows - 1)),
                        ]
                    })
                    .collect();
            }
        }
    }

    /// A line as it is, broken only where the screen ends.
    fn code(&mut self, line: &str, prefix: &str) {
        let room = self.room(prefix);
        let mut part = String::new();
        for c in line.chars() {
            if text::width(&part) >= room {
                self.push(
                    Kind::Code,
                    prefix.to_owned(),
                    std::mem::take(&mut part),
                    Vec::new(),
                );
            }
            part.push(c);
        }
        self.push(Kind::Code, prefix.to_owned(), part, Vec::new());
    }

    fn table(&mut self, rows: &[Vec<Cell>], prefix: &str) {
        let cells: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                row.iter()
                    .map(|cell| text::line(&overview_core::page::text_of(&cell.blocks)))
                    .collect()
            })
            .collect();
        let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
        let mut widths: Vec<usize> = (0..columns)
            .map(|column| {
                let of_column = cells.iter().filter_map(|row| row.get(column));
                of_column
                    .map(|cell| text::width(cell))
                    .max()
                    .unwrap_or(0)
                    .max(1)
            })
            .collect();
        let room = self
            .room(prefix)
            .saturating_sub(2 * columns.saturating_sub(1));
        if columns * 4 > room {
            // Too many for the screen: a line of its own for each row.
            for row in &cells {
                self.wrapped(&row.join(" · "), &[], prefix, prefix, Kind::Text);
            }
            return;
        }
        while widths.iter().sum::<usize>() > room {
            if let Some(widest) = widths.iter_mut().max() {
                *widest -= 1;
            }
        }
        for (row, shown) in rows.iter().zip(&cells) {
            let kind = if row.iter().all(|cell| cell.heading) {
                Kind::TableHead
            } else {
                Kind::Text
            };
            let set: Vec<Vec<String>> = shown
                .iter()
                .zip(&widths)
                .map(|(cell, width)| {
                    wrap(cell, *width)
                        .into_iter()
                        .map(|range| cell[range].to_owned())
                        .collect()
                })
                .collect();
            for at in 0..set.iter().map(Vec::len).max().unwrap_or(0) {
                let mut line = String::new();
                for (cell, width) in set.iter().zip(&widths) {
                    let part = cell.get(at).map_or("", String::as_str);
                    line.push_str(part);
                    line.push_str(&" ".repeat(width.saturating_sub(text::width(part)) + 2));
                }
                self.push(
                    kind,
                    prefix.to_owned(),
                    line.trim_end().to_owned(),
                    Vec::new(),
                );
            }
        }
    }

    fn runs(&mut self, runs: &[Run], first: &str, rest: &str, kind: Kind) {
        let mut line = String::new();
        let mut looks = Vec::new();
        for (at, run) in runs.iter().enumerate() {
            let from = line.len();
            line.push_str(&text::lines(&run.text));
            let look = Look {
                strong: run.strong,
                emphasis: run.emphasis,
                linked: run.link.is_some(),
            };
            if look != Look::default() {
                looks.push((from..line.len(), look));
            }
            let ends = runs.get(at + 1).is_none_or(|next| next.link != run.link);
            if let Some(link) = run.link.as_ref().filter(|_| ends) {
                let number = self.number(link);
                let at = line.trim_end().len();
                line.insert_str(at, &format!("[{number}]"));
            }
        }
        let mut from = 0;
        for (at, part) in line.split('\n').enumerate() {
            let to = from + part.len();
            let inside: Vec<(Range<usize>, Look)> = looks
                .iter()
                .filter(|(range, _)| range.start < to && range.end > from)
                .map(|(range, look)| {
                    (
                        range.start.max(from) - from..range.end.min(to) - from,
                        *look,
                    )
                })
                .collect();
            self.wrapped(
                part,
                &inside,
                if at == 0 { first } else { rest },
                rest,
                kind,
            );
            from = to + 1;
        }
    }

    /// The number of a link, the same for the same address.
    fn number(&mut self, link: &Url) -> usize {
        let links = &mut self.prose.links;
        links
            .iter()
            .position(|known| known == link)
            .unwrap_or_else(|| {
                links.push(link.clone());
                links.len() - 1
            })
            + 1
    }

    fn words(&mut self, words: &str, kind: Kind) {
        self.wrapped(&text::line(words), &[], "", "", kind);
    }

    fn wrapped(
        &mut self,
        words: &str,
        looks: &[(Range<usize>, Look)],
        first: &str,
        rest: &str,
        kind: Kind,
    ) {
        let width = self.room(if first.len() > rest.len() {
            first
        } else {
            rest
        });
        for (at, range) in wrap(words, width).into_iter().enumerate() {
            let looks = looks
                .iter()
                .filter(|(look, _)| look.start < range.end && look.end > range.start)
                .map(|(look, how)| {
                    let (from, to) = (look.start.max(range.start), look.end.min(range.end));
                    (from - range.start..to - range.start, *how)
                })
                .collect();
            let prefix = if at == 0 { first } else { rest };
            self.push(kind, prefix.to_owned(), words[range].to_owned(), looks);
        }
    }

    /// Columns that a prefix leaves.
    fn room(&self, prefix: &str) -> usize {
        self.width.saturating_sub(text::width(prefix)).max(8)
    }

    fn blank(&mut self, prefix: &str) {
        self.push(
            Kind::Text,
            prefix.trim_end().to_owned(),
            String::new(),
            Vec::new(),
        );
    }

    fn push(&mut self, kind: Kind, prefix: String, text: String, looks: Vec<(Range<usize>, Look)>) {
        self.prose.lines.push(Line {
            kind,
            prefix,
            text,
            looks,
            cells: Vec::new(),
        });
    }
}

/// The lines of a text, as ranges of it.
fn wrap(words: &str, width: usize) -> Vec<Range<usize>> {
    // Splitting at hyphens breaks names and addresses for little gain.
    let options = Options::new(width).word_splitter(WordSplitter::NoHyphenation);
    let mut from = 0;
    textwrap::wrap(words, options)
        .iter()
        .map(|line| {
            // Lines are parts of the text in order; only spaces between them are left out.
            let start = words[from..]
                .find(line.as_ref())
                .map_or(from, |at| from + at);
            from = start + line.len();
            start..from
        })
        .collect()
}

/// A picture in words.
fn caption(image: &Image) -> String {
    let caption = plain(&image.caption);
    let words = if caption.is_empty() {
        &image.alt
    } else {
        &caption
    };
    let credit = [words.as_str(), image.credit.as_str()];
    let parts: Vec<&str> = credit.into_iter().filter(|part| !part.is_empty()).collect();
    text::line(&parts.join(" "))
}
