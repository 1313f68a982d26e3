//! What a page says of itself in JSON-LD (schema.org).

use serde_json::Value;

use super::tag::Tag;
use super::tree::Tree;

/// Scripts of a page that are read, and bytes of one.
const SCRIPTS_MAX: usize = 32;
const SCRIPT_MAX: usize = 2 * 1024 * 1024;

/// Objects of all scripts that are looked at.
const OBJECTS_MAX: usize = 2_000;

/// Ends of the names of types that are articles: `NewsArticle`, `LiveBlogPosting`.
const ARTICLES: [&str; 5] = [
    "Article",
    "BlogPosting",
    "LiveBlogPosting",
    "Report",
    "Review",
];

/// The objects of every JSON-LD script, outer before inner.
pub(super) fn objects(tree: &Tree) -> Vec<Value> {
    let mut found = Vec::new();
    let scripts = tree
        .find(0, Tag::Script)
        .filter(|id| {
            tree.attribute(*id, "type")
                .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
        })
        .take(SCRIPTS_MAX);
    for script in scripts {
        let text: String = tree.descendants(script).map(|id| tree.text(id)).collect();
        if text.len() <= SCRIPT_MAX
            && let Some(value) = read(&text)
        {
            flatten(value, &mut found);
        }
    }
    found
}

/// Reads what is meant to be JSON: publishers leave line breaks in strings, comments around it and
/// a semicolon behind it.
fn read(text: &str) -> Option<Value> {
    let start = text.find(['{', '['])?;
    let text = text.get(start..)?;
    // `<![CDATA[` is no array.
    let text = match text.strip_prefix("[CDATA[") {
        Some(rest) => rest.get(rest.find(['{', '['])?..)?,
        None => text,
    };
    let text = text.get(..=text.rfind(['}', ']'])?)?.trim_end_matches("]]");
    serde_json::from_str(text).ok().or_else(|| {
        let plain: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        serde_json::from_str(&plain).ok()
    })
}

fn flatten(value: Value, into: &mut Vec<Value>) {
    if into.len() >= OBJECTS_MAX {
        return;
    }
    match value {
        Value::Array(values) => {
            for value in values {
                flatten(value, into);
            }
        }
        Value::Object(mut object) => {
            let inner = ["@graph", "mainEntity", "mainEntityOfPage"].map(|key| object.remove(key));
            into.push(Value::Object(object));
            for value in inner.into_iter().flatten() {
                flatten(value, into);
            }
        }
        _ => {}
    }
}

/// The object that is the article, if one is.
pub(super) fn article(objects: &[Value]) -> Option<&Value> {
    objects.iter().find(|object| is_article(object))
}

/// Whether any object is of a type whose name ends so.
pub(super) fn has(objects: &[Value], kind: &str) -> bool {
    objects
        .iter()
        .any(|object| types(object).any(|name| name.ends_with(kind)))
}

fn is_article(object: &Value) -> bool {
    types(object).any(|name| ARTICLES.iter().any(|kind| name.ends_with(kind)))
}

fn types(object: &Value) -> impl Iterator<Item = &str> {
    strings(&object["@type"])
}

/// A string, or the strings of an array.
pub(super) fn strings(value: &Value) -> impl Iterator<Item = &str> {
    each(value).filter_map(Value::as_str)
}

/// A value, or the values of an array.
pub(super) fn each(value: &Value) -> impl Iterator<Item = &Value> {
    let (one, many) = match value {
        Value::Array(values) => (None, values.as_slice()),
        Value::Null => (None, [].as_slice()),
        value => (Some(value), [].as_slice()),
    };
    one.into_iter().chain(many)
}
