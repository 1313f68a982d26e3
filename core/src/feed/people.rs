//! Who wrote it: names out of the ways feeds write them.

use super::limits::MAX_LABELS;
use super::names::El;
use super::scope::{Field, Scope, children};
use super::text;

/// The name in an author element: Atom's with `name`, `email` and `uri` inside, or RSS's line.
pub(super) fn name(field: &Field<'_>, scope: &Scope<'_>) -> Option<String> {
    if !text::has_elements(field.raw) {
        return field.line(scope).map(|line| name_in(&line));
    }
    let mut email = None;
    for child in children(field.raw, scope, MAX_LABELS) {
        match child.el {
            El::Name => {
                if let Some(name) = child.line(scope) {
                    return Some(name);
                }
            }
            El::Email => email = email.or_else(|| child.line(scope)),
            _ => {}
        }
    }
    // `<author>Jane <email>…</email></author>`: the text beside the elements.
    let beside = field.raw[..field.raw.find('<').unwrap_or(0)].trim();
    text::line(beside, true, scope.entities).or(email)
}

/// The name in `jane@example.org (Jane Doe)` and `Jane Doe <jane@example.org>`; other lines stay.
pub(super) fn name_in(line: &str) -> String {
    let line = line.trim().trim_start_matches("mailto:");
    if let Some((before, rest)) = line.split_once('(')
        && before.contains('@')
        && let Some((name, _)) = rest.rsplit_once(')')
        && !name.trim().is_empty()
    {
        return name.trim().to_owned();
    }
    if let Some((name, rest)) = line.split_once('<')
        && rest.contains('@')
        && !name.trim().is_empty()
    {
        return name.trim().trim_matches('"').to_owned();
    }
    if let Some((name, inside)) = line.split_once('(')
        && inside.contains('@')
        && !name.trim().is_empty()
    {
        return name.trim().to_owned();
    }
    line.to_owned()
}
