//! A text with marked stretches, as engines take and give it.

use url::Url;

use crate::model::Run;

/// A text, and which of its stretches belong to which mark. What a mark means the engine need not
/// know: it keeps the mark on the words that translate the marked ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// Plain text.
    pub text: String,
    /// In order, apart from each other, none empty.
    pub marks: Vec<Mark>,
}

/// A marked stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Where it begins, in bytes of the text.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// Which mark; from 0.
    pub id: usize,
}

impl Passage {
    /// A text without marks.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            marks: Vec::new(),
        }
    }

    /// Adds `text` at the end, with a mark or without. A stretch that goes on is one.
    pub fn push(&mut self, text: &str, id: Option<usize>) {
        let start = self.text.len();
        self.text.push_str(text);
        let Some(id) = id.filter(|_| !text.is_empty()) else {
            return;
        };
        match self.marks.last_mut() {
            Some(last) if last.id == id && last.end == start => last.end = self.text.len(),
            _ => self.marks.push(Mark {
                start,
                end: self.text.len(),
                id,
            }),
        }
    }

    /// Adds all of `other` at the end.
    pub fn append(&mut self, other: &Self) {
        for (text, id) in other.stretches() {
            self.push(text, id);
        }
    }

    /// The part between two places, in bytes.
    pub fn slice(&self, start: usize, end: usize) -> Self {
        let mut part = Self::default();
        let mut at = 0;
        for (text, id) in self.stretches() {
            let from = start.clamp(at, at + text.len());
            let to = end.clamp(at, at + text.len());
            if from < to {
                part.push(&text[from - at..to - at], id);
            }
            at += text.len();
        }
        part
    }

    /// The mark at a place, in bytes.
    pub fn mark_at(&self, place: usize) -> Option<usize> {
        let found = self.marks.partition_point(|mark| mark.end <= place);
        let mark = self.marks.get(found)?;
        (mark.start <= place).then_some(mark.id)
    }

    /// The whole text, stretch by stretch.
    pub fn stretches(&self) -> impl Iterator<Item = (&str, Option<usize>)> {
        let mut at = 0;
        let ends = self
            .marks
            .iter()
            .flat_map(|mark| [(mark.start, None), (mark.end, Some(mark.id))]);
        ends.chain(std::iter::once((self.text.len(), None)))
            .map(move |(end, id)| {
                let text = &self.text[at..end];
                at = end;
                (text, id)
            })
            .filter(|(text, _)| !text.is_empty())
    }

    /// Without space at either end.
    pub fn trimmed(&self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        self.slice(start, self.text.trim_end().len().max(start))
    }
}

/// What the marks of a passage mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Styles(Vec<Style>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Style {
    strong: bool,
    emphasis: bool,
    code: bool,
    link: Option<Url>,
}

/// Runs as a passage: each style that is not plain is a mark of its own, each link too.
pub(super) fn of_runs(runs: &[Run]) -> (Passage, Styles) {
    let (mut passage, mut styles) = (Passage::default(), Styles::default());
    for run in runs {
        let style = Style {
            strong: run.strong,
            emphasis: run.emphasis,
            code: run.code,
            link: run.link.clone(),
        };
        let id = (style != Style::default()).then(|| {
            let known = styles.0.iter().position(|known| *known == style);
            known.unwrap_or_else(|| {
                styles.0.push(style);
                styles.0.len() - 1
            })
        });
        passage.push(&run.text, id);
    }
    (passage, styles)
}

/// A passage as runs.
pub(super) fn to_runs(passage: &Passage, styles: &Styles) -> Vec<Run> {
    passage
        .stretches()
        .map(|(text, id)| {
            let style = id.and_then(|id| styles.0.get(id)).cloned();
            let style = style.unwrap_or_default();
            Run {
                text: text.to_owned(),
                strong: style.strong,
                emphasis: style.emphasis,
                code: style.code,
                link: style.link,
            }
        })
        .collect()
}

impl Styles {
    /// Whether a mark is of code, which no engine may touch.
    pub(super) fn is_code(&self, id: usize) -> bool {
        self.0.get(id).is_some_and(|style| style.code)
    }
}
