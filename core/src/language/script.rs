//! The script of a text.

use whatlang::Script;

/// The script that most letters of a text are in; `None` without letters.
pub(super) fn of(text: &str) -> Option<Script> {
    whatlang::detect_script(text)
}
