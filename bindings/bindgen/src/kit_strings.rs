//! Writes the words of both kits from `kit-strings/*.json`: one function a text, so that a text that
//! is not there, or is given other values, does not compile.
//!
//! `kit-strings FOLDER WORDS.kt WORDS.swift`. A text is a string with `{placeholders}`, or an object
//! with one string a plural category, chosen by `{count}`. An object without `other` is a list of
//! names by code. Keys with `@` are facts about the language.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Map, Value};

type Result<T> = std::result::Result<T, String>;

/// A text's forms by plural category.
type Forms = BTreeMap<String, String>;

struct Language {
    facts: BTreeMap<String, String>,
    texts: BTreeMap<String, Forms>,
    names: BTreeMap<String, Forms>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, kotlin, swift] = arguments.as_slice() else {
        fail("usage: kit-strings FOLDER WORDS.kt WORDS.swift");
    };
    if let Err(reason) = run(Path::new(folder), Path::new(kotlin), Path::new(swift)) {
        fail(&reason);
    }
}

#[allow(clippy::print_stderr)]
fn fail(reason: &str) -> ! {
    eprintln!("kit-strings: {reason}");
    std::process::exit(1)
}

fn run(folder: &Path, kotlin: &Path, swift: &Path) -> Result<()> {
    let mut languages = BTreeMap::new();
    let mut own_names = Forms::new();
    let listed = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for entry in listed {
        let path = entry.map_err(|e| e.to_string())?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{name}: {e}"))?;
        let object: Map<String, Value> =
            serde_json::from_str(&text).map_err(|e| format!("{name}: {e}"))?;
        if name == "own-names" {
            own_names = forms(&name, &object)?;
        } else {
            languages.insert(name.into_owned(), language(object)?);
        }
    }
    let english = languages.get("en").ok_or("there is no en.json")?;
    for (name, other) in &languages {
        agree(name, english, other)?;
    }
    write(kotlin, &in_kotlin(english, &languages, &own_names)?)?;
    write(swift, &in_swift(english, &languages, &own_names)?)
}

/// Replaced only when it changes: compilers look at the time of a file.
fn write(path: &Path, text: &str) -> Result<()> {
    if std::fs::read_to_string(path).is_ok_and(|before| before == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| e.to_string())?;
    }
    std::fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))
}

fn forms(key: &str, object: &Map<String, Value>) -> Result<Forms> {
    let text = |(name, value): (&String, &Value)| {
        let value = value.as_str().ok_or(format!("{key}.{name} is no text"))?;
        Ok((name.clone(), value.to_owned()))
    };
    object.iter().map(text).collect()
}

fn language(object: Map<String, Value>) -> Result<Language> {
    let mut read = Language {
        facts: BTreeMap::new(),
        texts: BTreeMap::new(),
        names: BTreeMap::new(),
    };
    for (key, value) in object {
        match value {
            Value::String(text) if key.starts_with('@') => {
                read.facts.insert(key[1..].to_owned(), text);
            }
            Value::String(text) => {
                read.texts
                    .insert(key, Forms::from([("other".to_owned(), text)]));
            }
            Value::Object(object) if object.contains_key("other") => {
                let forms = forms(&key, &object)?;
                read.texts.insert(key, forms);
            }
            Value::Object(object) => {
                let forms = forms(&key, &object)?;
                read.names.insert(key, forms);
            }
            _ => return Err(format!("{key} is neither a text nor a list of them")),
        }
    }
    for fact in ["language", "plural", "group", "months"] {
        if !read.facts.contains_key(fact) {
            return Err(format!("@{fact} is missing"));
        }
    }
    if read.facts["months"].split(' ').count() != 12 {
        return Err("@months are twelve".to_owned());
    }
    Ok(read)
}

/// A language has the texts of English, and each the same placeholders.
fn agree(name: &str, english: &Language, other: &Language) -> Result<()> {
    let keys = |of: &Language| of.texts.keys().cloned().collect::<BTreeSet<_>>();
    if let Some(key) = keys(english).symmetric_difference(&keys(other)).next() {
        return Err(format!("{name}: {key} is in one of it and English only"));
    }
    for (key, forms) in &other.texts {
        let wanted = placeholders(&english.texts[key]);
        for (category, form) in forms {
            let here = placeholders(&Forms::from([(category.clone(), form.clone())]));
            // A form may do without the number: "one story".
            let lacks = wanted.difference(&here).any(|lack| lack != "count");
            if lacks || !here.is_subset(&wanted) {
                return Err(format!("{name}: {key} ({category}) has other placeholders"));
            }
        }
    }
    Ok(())
}

fn placeholders(forms: &Forms) -> BTreeSet<String> {
    let of = |form: &String| {
        let parts = form.split('{').skip(1);
        let names = parts.filter_map(|part| part.split_once('}').map(|(name, _)| name.to_owned()));
        names.collect::<Vec<_>>()
    };
    forms.values().flat_map(of).collect()
}

/// `stories.unread_of` as `storiesUnreadOf`.
fn camel(key: &str) -> String {
    let mut name = String::new();
    for part in key.split(['.', '_']) {
        if name.is_empty() {
            name.push_str(part);
        } else {
            name.extend(part.chars().take(1).map(|first| first.to_ascii_uppercase()));
            name.push_str(&part[1..]);
        }
    }
    name
}

/// A literal; Swift's interpolation starts with a backslash, which JSON escapes, Kotlin's with `$`.
fn literal(text: &str, is_kotlin: bool) -> String {
    let quoted = Value::from(text).to_string();
    if is_kotlin {
        quoted.replace('$', "\\$")
    } else {
        quoted
    }
}

const HEAD: &str = "// Written from kit-strings/ by bindings/generate.sh; change it there.\n\n";

fn in_kotlin(
    english: &Language,
    languages: &BTreeMap<String, Language>,
    own_names: &Forms,
) -> Result<String> {
    let map = |of: &Forms| {
        let pairs = of
            .iter()
            .map(|(k, v)| format!("{} to {}", literal(k, true), literal(v, true)));
        format!("mapOf({})", pairs.collect::<Vec<_>>().join(", "))
    };
    let mut out = format!("{HEAD}package app.overview.kit\n\n");
    out.push_str("/** What the screens say, in one language. */\n");
    out.push_str("class Words internal constructor(internal val table: Table) {\n");
    for (key, forms) in &english.texts {
        let names = placeholders(forms);
        let (name, comment) = (camel(key), &forms["other"]);
        writeln!(out, "    /** {comment} */").map_err(|e| e.to_string())?;
        let fills: Vec<String> = names
            .iter()
            .filter(|name| *name != "count")
            .map(|name| format!(", \"{name}\" to {name}"))
            .collect();
        let count = if names.contains("count") {
            "count"
        } else {
            "null"
        };
        let call = format!("table.fill(\"{key}\", {count}{})", fills.concat());
        let line = if names.is_empty() {
            format!("    val {name}: String get() = {call}\n")
        } else {
            let parameters: Vec<String> = names
                .iter()
                .map(|name| {
                    let of = if name == "count" { "Long" } else { "String" };
                    format!("{name}: {of}")
                })
                .collect();
            format!(
                "    fun {name}({}): String = {call}\n",
                parameters.join(", ")
            )
        };
        out.push_str(&line);
    }
    for key in english.names.keys() {
        let name = camel(key);
        out.push_str(&format!(
            "    fun {name}(code: String): String? = table.name(\"{key}\", code)\n"
        ));
    }
    out.push_str("}\n\ninternal val tables: List<Table> =\n    listOf(\n");
    for read in languages.values() {
        out.push_str("        Table(\n");
        for fact in ["language", "plural", "group", "months"] {
            out.push_str(&format!(
                "            {fact} = {},\n",
                literal(&read.facts[fact], true)
            ));
        }
        for (field, list) in [("texts", &read.texts), ("names", &read.names)] {
            out.push_str(&format!("            {field} =\n                mapOf(\n"));
            for (key, forms) in list {
                out.push_str(&format!(
                    "                    {} to {},\n",
                    literal(key, true),
                    map(forms)
                ));
            }
            out.push_str("                ),\n");
        }
        out.push_str("        ),\n");
    }
    out.push_str(&format!(
        "    )\n\ninternal val ownNames: Map<String, String> =\n    {}\n",
        map(own_names)
    ));
    Ok(out)
}

fn in_swift(
    english: &Language,
    languages: &BTreeMap<String, Language>,
    own_names: &Forms,
) -> Result<String> {
    let map = |of: &Forms| {
        let pairs = of
            .iter()
            .map(|(k, v)| format!("{}: {}", literal(k, false), literal(v, false)));
        format!("[{}]", pairs.collect::<Vec<_>>().join(", "))
    };
    let mut out = format!("{HEAD}/// What the screens say, in one language.\n");
    out.push_str("public struct Words: Sendable {\n  let table: Table\n\n");
    for (key, forms) in &english.texts {
        let names = placeholders(forms);
        let (name, comment) = (camel(key), &forms["other"]);
        writeln!(out, "  /// {}", comment.replace('\n', " ")).map_err(|e| e.to_string())?;
        let fills: Vec<String> = names
            .iter()
            .filter(|name| *name != "count")
            .map(|name| format!("\"{name}\": {name}"))
            .collect();
        let fills = if fills.is_empty() {
            ":".to_owned()
        } else {
            fills.join(", ")
        };
        let count = if names.contains("count") {
            "count"
        } else {
            "nil"
        };
        let call = format!("table.fill(\"{key}\", {count}, [{fills}])");
        if names.is_empty() {
            out.push_str(&format!("  public var {name}: String {{ {call} }}\n"));
        } else {
            let parameters: Vec<String> = names
                .iter()
                .map(|name| {
                    let of = if name == "count" { "Int64" } else { "String" };
                    format!("{name}: {of}")
                })
                .collect();
            out.push_str(&format!(
                "  public func {name}({}) -> String {{ {call} }}\n",
                parameters.join(", ")
            ));
        }
    }
    for key in english.names.keys() {
        let name = camel(key);
        out.push_str(&format!(
            "  public func {name}(_ code: String) -> String? {{ table.name(\"{key}\", code) }}\n"
        ));
    }
    out.push_str("}\n\nlet tables: [Table] = [\n");
    for read in languages.values() {
        out.push_str("  Table(\n");
        for fact in ["language", "plural", "group", "months"] {
            out.push_str(&format!(
                "    {fact}: {},\n",
                literal(&read.facts[fact], false)
            ));
        }
        // Typed line by line: the compiler would take long over one large literal.
        out.push_str(
            "    texts: textsOf_LANG, names: namesOf_LANG),\n"
                .replace("LANG", &symbol(read))
                .as_str(),
        );
    }
    out.push_str("]\n");
    for read in languages.values() {
        for (field, list) in [("texts", &read.texts), ("names", &read.names)] {
            out.push_str(&format!(
                "\nprivate let {field}Of_{}: [String: [String: String]] = [\n",
                symbol(read)
            ));
            for (key, forms) in list {
                out.push_str(&format!("  {}: {},\n", literal(key, false), map(forms)));
            }
            out.push_str("]\n");
        }
    }
    out.push_str(&format!(
        "\nlet ownNames: [String: String] = {}\n",
        map(own_names)
    ));
    Ok(out)
}

/// A language as part of a name.
fn symbol(language: &Language) -> String {
    language.facts["language"].replace('-', "_")
}
