//! Turns `catalogue/*.toml`, which people review and edit, into one compact JSON document inside
//! the library, in the shape that `overview catalogue export` prints and `--catalogue` reads; and
//! compresses it with the other tables that the library carries (`src/compressed.rs`).
//!
//! A bad file fails the build with its name and what is wrong. What can be wrong across the whole
//! catalogue (real country codes, regions, dates, how many publishers) is judged by its tests.

// A build script has nothing but its output to say what is wrong with.
#![allow(clippy::print_stderr)]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountriesFile {
    reviewed: String,
    country: Vec<Country>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Country {
    code: String,
    name: String,
    region: String,
    lat: f64,
    lon: f64,
    languages: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    utc_offset: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PublishersFile {
    /// The country of every publisher in the file; absent where each says its own.
    country: Option<String>,
    publisher: Vec<Publisher>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Publisher {
    id: String,
    name: String,
    home: String,
    #[serde(default)]
    country: String,
    language: String,
    feeds: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ownership: Option<Ownership>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    alignments: Vec<Alignment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    panel: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Ownership {
    value: String,
    source: String,
    as_of: String,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Alignment {
    entity: String,
    stance: String,
    source: String,
    as_of: String,
}

#[derive(Serialize)]
struct Document<'a> {
    version: &'a str,
    countries: Vec<Country>,
    publishers: Vec<Publisher>,
}

/// The tables by the name that `compressed!` has for them, with their files.
const TABLES: [(&str, &str); 11] = [
    ("names.tsv", "gazetteer/names.tsv"),
    ("cities.tsv", "gazetteer/cities.tsv"),
    ("english-places.tsv", "gazetteer/english.tsv"),
    ("english-cities.tsv", "gazetteer/cities-en.tsv"),
    ("leaders.tsv", "gazetteer/leaders.tsv"),
    ("reviewed.tsv", "gazetteer/reviewed.tsv"),
    ("background.tsv", "src/story/english.tsv"),
    ("stance-weights.bin", "src/story/stance/weights.bin"),
    ("stance-lexicon.tsv", "src/story/stance/lexicon.tsv"),
    ("outlines.bin", "src/globe/outlines.bin"),
    ("entities.tsv", "src/feed/entities.tsv"),
];

/// The strongest: what it costs is paid once, here.
const LEVEL: i32 = 22;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("catalogue");
    println!("cargo:rerun-if-changed={}", folder.display());
    println!("cargo:rerun-if-changed=build.rs");

    let countries: CountriesFile = read(&folder.join("countries.toml"))?;
    let publishers = read_publishers(&folder, &countries.country)?;

    // The version names what is inside, so it is made of the content without itself.
    let mut document = Document {
        version: "",
        countries: countries.country,
        publishers,
    };
    let digest = Sha256::digest(serde_json::to_vec(&document)?);
    let mut version = format!("{}+", countries.reviewed);
    for byte in digest.iter().take(4) {
        write!(version, "{byte:02x}")?;
    }
    document.version = &version;

    compress("catalogue.json", &serde_json::to_vec(&document)?)?;
    compress("stop-words.tsv", stop_words().as_bytes())?;
    for (name, path) in TABLES {
        println!("cargo:rerun-if-changed={path}");
        compress(name, &fs::read(path).map_err(|e| format!("{path}: {e}"))?)?;
    }
    Ok(())
}

/// The lists of the crate `stop-words`, a line a language: its code, and the words. As the crate has
/// them they would be 15,000 addresses that are found out anew at every start.
fn stop_words() -> String {
    let letters = 'a'..='z';
    let mut lists = String::new();
    for first in letters.clone() {
        for second in letters.clone() {
            let language = String::from_iter([first, second]);
            // English needs no list: the background table knows how common its words are.
            if language != "en"
                && let Some(words) = stop_words::lookup(&language)
            {
                lists += &format!("{language}\t{}\n", words.join("\t"));
            }
        }
    }
    lists
}

fn compress(name: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?).join(format!("{name}.zst"));
    fs::write(out, zstd::encode_all(bytes, LEVEL)?)?;
    Ok(())
}

/// Every publisher of `publishers/*.toml` and `sanctioned.toml`, by country and id.
fn read_publishers(folder: &Path, countries: &[Country]) -> Result<Vec<Publisher>, Box<dyn Error>> {
    let mut files = vec![folder.join("sanctioned.toml")];
    for entry in fs::read_dir(folder.join("publishers"))? {
        files.push(entry?.path());
    }
    files.sort();

    let codes: HashSet<&str> = countries.iter().map(|c| c.code.as_str()).collect();
    let mut ids = HashSet::new();
    let mut seen_feeds = HashMap::new();
    let mut all = BTreeMap::new();
    for path in files {
        let file: PublishersFile = read(&path)?;
        if file.country.is_some() && file.country.as_deref() != stem(&path) {
            return Err(bad(
                &path,
                "`country` and the name of the file are not the same",
            ));
        }
        for mut publisher in file.publisher {
            if let Some(country) = &file.country {
                publisher.country.clone_from(country);
            }
            let wrong = check(&publisher, &codes);
            if !wrong.is_empty() {
                let wrong = format!("publisher {}: {wrong}", publisher.id);
                return Err(bad(&path, &wrong));
            }
            for feed in &publisher.feeds {
                if let Some(other) = seen_feeds.insert(feed.clone(), publisher.id.clone()) {
                    let wrong = format!("publisher {}: {other} has {feed} too", publisher.id);
                    return Err(bad(&path, &wrong));
                }
            }
            if !ids.insert(publisher.id.clone()) {
                let wrong = format!("two publishers are called {}", publisher.id);
                return Err(bad(&path, &wrong));
            }
            let key = (publisher.country.clone(), publisher.id.clone());
            all.insert(key, publisher);
        }
    }
    Ok(all.into_values().collect())
}

/// What is wrong with one publisher; empty when nothing is.
fn check(publisher: &Publisher, codes: &HashSet<&str>) -> String {
    if !codes.contains(publisher.country.as_str()) {
        return format!("country {:?} is not in countries.toml", publisher.country);
    }
    if publisher.feeds.is_empty() {
        return "it has no feed".to_owned();
    }
    if let Some(address) = std::iter::once(&publisher.home)
        .chain(&publisher.feeds)
        .find(|address| !address.starts_with("https://"))
    {
        return format!("{address} is not https");
    }
    String::new()
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|error| bad(path, &error.to_string()))?;
    toml::from_str(&text).map_err(|error| bad(path, &error.to_string()))
}

fn stem(path: &Path) -> Option<&str> {
    path.file_stem().and_then(|name| name.to_str())
}

fn bad(path: &Path, wrong: &str) -> Box<dyn Error> {
    format!("{}: {wrong}", path.display()).into()
}
