//! The world that the Swift and Kotlin suites read: the sample world, and beside it publishers that
//! try the boundary. Lives until its standard input ends.
//!
//! `boundary-world FOLDER` writes `catalogue.json`, `sample.json` (the sample alone), `hosts.tsv`
//! (name, tab, address), `english.tsv`, `started.txt` (milliseconds since 1970) and `nobody.txt` (an
//! address where nobody listens) there, then prints `ready`.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::Utc;
use overview_core::http::HostOverride;
use overview_core::language::{SPECIMEN_ENGLISH, specimen};
use overview_core::model::Run;
use overview_sample::{Publication, SampleWorld, Server, edition_texts};
use overview_tests::world::{Answer, Fault, World};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// One sentence in each of twenty scripts, and what else a string can hold.
const SCRIPTS: [(&str, &str); 24] = [
    ("latin", "The ferry sails again"),
    ("cyrillic", "Паром знову ходить"),
    ("greek", "Το πλοίο ταξιδεύει ξανά"),
    ("arabic", "العبّارة تبحر من جديد"),
    ("hebrew", "המעבורת מפליגה שוב"),
    ("devanagari", "नौका फिर चलती है"),
    ("bengali", "ফেরি আবার চলছে"),
    ("gurmukhi", "ਬੇੜੀ ਫਿਰ ਚੱਲਦੀ ਹੈ"),
    ("gujarati", "હોડી ફરી ચાલે છે"),
    ("tamil", "படகு மீண்டும் செல்கிறது"),
    ("telugu", "పడవ మళ్ళీ నడుస్తుంది"),
    ("kannada", "ದೋಣಿ ಮತ್ತೆ ಹೊರಡುತ್ತದೆ"),
    ("malayalam", "വള്ളം വീണ്ടും പോകുന്നു"),
    ("sinhala", "බෝට්ටුව නැවත යයි"),
    ("thai", "เรือข้ามฟากแล่นอีกครั้ง"),
    ("lao", "ເຮືອແລ່ນອີກ"),
    ("burmese", "ကူးတို့သင်္ဘော ပြန်ထွက်သည်"),
    ("khmer", "សាឡាងចេញដំណើរម្តងទៀត"),
    ("georgian", "ბორანი ისევ დადის"),
    ("armenian", "Լաստանավը կրկին նավարկում է"),
    ("ethiopic", "ጀልባው እንደገና ይጓዛል"),
    ("hangul", "여객선이 다시 다닙니다"),
    ("han", "渡轮再次启航 𠮷野家"),
    ("beyond", "👩🏽‍🚒🇺🇦 e\u{301} \u{202e}abc\u{202c} ﷽"),
];

/// Characters of the large body, at least.
const LARGE: usize = 1_000_000;

/// Country, host and name of each publisher beside the sample's.
const PUBLISHERS: [(&str, &str, &str); 5] = [
    ("KE", "scripts.example", "Twenty Scripts"),
    ("CA", "large.example", "Large Bodies"),
    ("NZ", "empty.example", "Nothing New"),
    ("IS", "silent.example", "Silence"),
    ("NO", "broken.example", "Broken"),
];

/// A site to add.
const VILLAGE: &str = "village.example";
/// Bytes of a model.
const MODEL: usize = 2_000_000;
/// Languages that there is a model of.
const MODELS: [&str; 2] = ["pt", "ja"];

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap());
    std::fs::create_dir_all(&folder).unwrap();

    let sample = SampleWorld::bundled().unwrap();
    let publication = Publication::new(Arc::clone(&sample), Utc::now());
    std::fs::write(folder.join("english.tsv"), english(&publication, &sample)).unwrap();
    let server = Server::start(publication).unwrap();
    // What the kits of the suites take for now: ages are whole hours then.
    let started = Utc::now().timestamp_millis();
    let world = World::start();
    publish(&world);

    let mut hosts: BTreeMap<String, String> = server
        .client_options()
        .hosts
        .into_iter()
        .filter_map(|(name, instead)| match instead {
            HostOverride::Connect(address) => Some((name, address.to_string())),
            HostOverride::Resolve(_) => None,
        })
        .collect();
    for (_, host, _) in PUBLISHERS {
        hosts.insert(host.to_owned(), world.address().to_string());
    }
    // A site that is in no catalogue.
    hosts.insert(VILLAGE.to_owned(), world.address().to_string());
    hosts.insert("models.example".to_owned(), world.address().to_string());
    // A port that was free and that nobody listens on.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = closed.local_addr().unwrap().to_string();
    drop(closed);
    hosts.insert("nobody.example".to_owned(), nobody.clone());

    let mut lines = String::new();
    for (name, address) in &hosts {
        writeln!(lines, "{name}\t{address}").unwrap();
    }
    std::fs::write(folder.join("hosts.tsv"), lines).unwrap();
    std::fs::write(folder.join("started.txt"), started.to_string()).unwrap();
    std::fs::write(folder.join("nobody.txt"), &nobody).unwrap();
    let mut scripts = String::new();
    for (name, sentence) in SCRIPTS {
        writeln!(scripts, "{name}\t{sentence}").unwrap();
    }
    std::fs::write(folder.join("scripts.tsv"), scripts).unwrap();
    std::fs::write(folder.join("catalogue.json"), catalogue(&sample)).unwrap();
    let only_sample = sample.catalogue().unwrap().to_json().unwrap();
    std::fs::write(folder.join("sample.json"), only_sample).unwrap();
    println!("ready");
    // Ends when whoever started it does.
    let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
}

/// What of the sample is not in English, tab, the same in English: for a translator of a suite.
fn english(publication: &Publication, sample: &SampleWorld) -> String {
    let plain = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    let mut lines = String::new();
    for text in edition_texts(publication, sample) {
        writeln!(lines, "{}\t{}", plain(&text.original), plain(&text.english)).unwrap();
    }
    // What a person tries a translator with.
    for sentence in MODELS.iter().filter_map(|language| specimen(language)) {
        writeln!(lines, "{sentence}\t{SPECIMEN_ENGLISH}").unwrap();
    }
    lines
}

/// The sample's catalogue and the publishers beside it.
fn catalogue(sample: &SampleWorld) -> String {
    let bundled = overview_core::catalogue::Catalogue::bundled().unwrap();
    let mut document: Value =
        serde_json::from_str(&sample.catalogue().unwrap().to_json().unwrap()).unwrap();
    for (country, host, name) in PUBLISHERS {
        let code = country.parse().unwrap();
        let countries = document["countries"].as_array_mut().unwrap();
        if !countries.iter().any(|known| known["code"] == country) {
            countries.push(json!(bundled.country(code).unwrap()));
        }
        document["publishers"].as_array_mut().unwrap().push(json!({
            "id": host.replace(".example", "-press"),
            "name": name,
            "home": format!("http://{host}/"),
            "country": country,
            "language": "en",
            "feeds": [format!("http://{host}/feed")],
            "ownership": { "value": "nonprofit", "source": "invented", "as_of": "2026-11-23" },
        }));
    }
    document.to_string()
}

fn publish(world: &World) {
    let scripts = SCRIPTS
        .iter()
        .map(|(name, sentence)| item("scripts.example", name, sentence, sentence))
        .collect::<String>();
    // Where nobody answers, in three ways, and an address that RFC 3986 forbids.
    let odd = item("silent.example", "silent", "Where silence is", "")
        + &item("nobody.example", "nobody", "Where nobody is", "")
        + &item("broken.example", "broken", "A server that fails", "")
        + &item("scripts.example", "odd|path?a=[1]", "An odd address", "");
    let site = world.site("scripts.example");
    site.set("/feed", Answer::feed(feed(&(scripts + &odd))));
    offer_models(world);
    world
        .site("broken.example")
        .set("/broken", Answer::status(500));

    let sentence = "A sentence of a very long report. ";
    let body = format!("<p>{}</p>", sentence.repeat(40)).repeat(LARGE / (sentence.len() * 40) + 1);
    let large = item("large.example", "large", "A very long report", &body);
    // What the boundary is timed with.
    let sixty = format!("<p>{}</p>", sentence.repeat(6)).repeat(60);
    let sixty = item("large.example", "sixty", "Sixty paragraphs", &sixty);
    world
        .site("large.example")
        .set("/feed", Answer::feed(feed(&(large + &sixty))));
    let paper = item(VILLAGE, "bridge", "The bridge is open", "It is open again.")
        + &item(
            VILLAGE,
            "market",
            "The market moves",
            "It moves to the square.",
        )
        + &item(VILLAGE, "choir", "The choir sings", "It sings on Sunday.");
    let sports = item(VILLAGE, "match", "The match is drawn", "Two each.");
    let front = "<!doctype html><html lang=\"en-NZ\"><head><title>Village Paper</title>\
         <link rel=\"alternate\" type=\"application/rss+xml\" href=\"/news.xml\">\
         <link rel=\"alternate\" type=\"application/rss+xml\" href=\"/sports.xml\">\
         </head><body></body></html>";
    world
        .site(VILLAGE)
        .set("/", Answer::page(front))
        .set("/news.xml", Answer::feed(feed(&paper)))
        .set("/sports.xml", Answer::feed(feed(&sports)));
    world
        .site("empty.example")
        .set("/feed", Answer::feed(feed("")));
    world
        .site("silent.example")
        .set("/feed", Answer::fault(Fault::Silent))
        .set("/silent", Answer::fault(Fault::Silent));
}

/// Translation models of made-up bytes at `http://models.example/list.json`: one that is fetched, and
/// one whose server falls silent half way.
fn offer_models(world: &World) {
    let site = world.site("models.example");
    let bytes = vec![7; MODEL];
    let file = |role: &str, path: &str, bytes: &[u8]| {
        let hash: String = Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        json!({ "role": role, "url": format!("http://models.example{path}"), "sha256": hash, "bytes": bytes.len() })
    };
    let model = |language: &str| {
        let files = [
            file("model", &format!("/{language}/model.bin"), &bytes),
            file("vocabulary", "/vocabulary.spm", b"words"),
        ];
        json!({ "language": language, "version": "1", "licence": "MPL-2.0", "files": files })
    };
    let list = json!({ "models": MODELS.map(model) });
    site.set("/list.json", Answer::ok(list.to_string()))
        .set("/vocabulary.spm", Answer::ok("words"))
        .set("/pt/model.bin", Answer::ok(bytes.clone()))
        .set(
            "/ja/model.bin",
            Answer::ok(bytes.clone()).with_fault(Fault::SilentAfter(MODEL / 2)),
        );
}

fn feed(items: &str) -> String {
    format!("<rss version=\"2.0\"><channel><title>News</title>{items}</channel></rss>")
}

fn item(host: &str, path: &str, title: &str, body: &str) -> String {
    let date = Utc::now().to_rfc2822();
    format!(
        "<item><guid isPermaLink=\"false\">{path}</guid><title><![CDATA[{title}]]></title>\
         <link>http://{host}/{path}</link><pubDate>{date}</pubDate>\
         <description><![CDATA[{body}]]></description></item>"
    )
}
