//! Runs of text under way: white space as a browser shows it, styles, links.

use url::Url;

use super::tree::is_space;
use crate::model::{Block, Run};

/// How text looks at a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) code: bool,
    pub(super) link: Option<Url>,
}

/// Collects the runs of a paragraph.
#[derive(Debug, Default)]
pub(super) struct Inline {
    runs: Vec<Run>,
    /// Space was seen and nothing behind it yet.
    space: bool,
}

impl Inline {
    pub(super) fn push(&mut self, text: &str, style: &Style) {
        for (at, word) in text.split(is_space).enumerate() {
            if at > 0 {
                self.space = true;
            }
            if !word.is_empty() {
                self.word(word, style);
            }
        }
    }

    fn word(&mut self, word: &str, style: &Style) {
        let word = if self.runs.is_empty() || self.at_break() {
            // Paragraphs are set apart by the screen, not by a wide space at their beginning.
            word.trim_start()
        } else {
            word
        };
        if word.is_empty() {
            return;
        }
        let space = std::mem::take(&mut self.space) && !self.runs.is_empty() && !self.at_break();
        match self.runs.last_mut() {
            Some(run) if is_styled(run, style) => {
                if space {
                    run.text.push(' ');
                }
                run.text.push_str(word);
            }
            last => {
                // The space between two styles goes to the one without a link, where it is not
                // underlined; else to the first.
                let mut text = String::with_capacity(word.len() + 1);
                if space {
                    match last {
                        Some(run) if run.link.is_none() || style.link.is_some() => {
                            run.text.push(' ')
                        }
                        _ => text.push(' '),
                    }
                }
                text.push_str(word);
                self.runs.push(Run {
                    text,
                    strong: style.strong,
                    emphasis: style.emphasis,
                    code: style.code,
                    link: style.link.clone(),
                });
            }
        }
    }

    /// A line break inside a paragraph; the second of two ends it.
    pub(super) fn line_break_or_end(&mut self, blocks: &mut Vec<Block>) {
        self.space = false;
        if self.at_break() {
            let runs = self.take();
            if !runs.is_empty() {
                blocks.push(Block::Paragraph { runs });
            }
        } else if let Some(run) = self.runs.last_mut() {
            run.text.push('\n');
        }
    }

    fn at_break(&self) -> bool {
        self.runs.last().is_some_and(|run| run.text.ends_with('\n'))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// What was collected, without space or breaks at its end.
    pub(super) fn take(&mut self) -> Vec<Run> {
        self.space = false;
        let mut runs = std::mem::take(&mut self.runs);
        while let Some(run) = runs.last_mut() {
            let kept = run.text.trim_end().len();
            run.text.truncate(kept);
            if kept > 0 {
                break;
            }
            runs.pop();
        }
        runs
    }
}

fn is_styled(run: &Run, style: &Style) -> bool {
    run.strong == style.strong
        && run.emphasis == style.emphasis
        && run.code == style.code
        && run.link == style.link
}
