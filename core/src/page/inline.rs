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
    /// An element of code ended and nothing was seen behind it yet.
    code_ended: bool,
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
        let code_ended = std::mem::take(&mut self.code_ended);
        let beside_code = self
            .runs
            .last()
            .is_some_and(|run| run.code && (code_ended || !is_styled(run, style)));
        if space && style.code && beside_code {
            // Two words of code, not one of two.
            self.runs.push(Run {
                text: " ".to_owned(),
                link: style.link.clone().filter(|link| {
                    self.runs.last().and_then(|run| run.link.as_ref()) == Some(link)
                }),
                ..Run::default()
            });
            return self.push_run(word.to_owned(), style);
        }
        match self.runs.last_mut() {
            Some(run) if is_styled(run, style) => {
                if space {
                    run.text.push(' ');
                }
                run.text.push_str(word);
            }
            last => {
                // The space between two styles goes to the one where it is not seen: without a
                // link it is not underlined, outside code it has no ground; else to the first.
                let mut text = String::with_capacity(word.len() + 1);
                if space {
                    let seen = |link: &Option<Url>, code: bool| (link.is_some(), code);
                    match last {
                        Some(run) if seen(&run.link, run.code) <= seen(&style.link, style.code) => {
                            run.text.push(' ')
                        }
                        _ => text.push(' '),
                    }
                }
                text.push_str(word);
                self.push_run(text, style);
            }
        }
    }

    fn push_run(&mut self, text: String, style: &Style) {
        self.runs.push(Run {
            text,
            strong: style.strong,
            emphasis: style.emphasis,
            code: style.code,
            link: style.link.clone(),
        });
    }

    /// An element of code ends here.
    pub(super) fn end_code(&mut self) {
        self.code_ended = true;
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

    /// Whether a digit stands directly before what comes next.
    pub(super) fn ends_in_digit(&self) -> bool {
        let last = self.runs.last().and_then(|run| run.text.chars().last());
        !self.space && last.is_some_and(|last| last.is_ascii_digit())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// What was collected, without space or breaks at its end.
    pub(super) fn take(&mut self) -> Vec<Run> {
        self.space = false;
        self.code_ended = false;
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
