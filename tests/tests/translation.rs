//! Reading in English: from sync to page and pack, with engines that fail in every way, and models
//! that are not what was offered.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use overview_core::http::{Client, ClientOptions};
use overview_core::language::engine::{PlatformTranslator, Server, ServerKind};
use overview_core::language::models::{FileRole, Model, ModelFile};
use overview_core::language::{
    TranslateError, identify, is_foreign_stretch, translate_texts, unstyled,
};
use overview_core::model::{ArticleQuery, EngineKind, Run, Scope, plain};
use overview_core::pack::{PackEnd, PackRequest};
use overview_core::page::read_fragment;
use overview_core::translation::{TranslationSettings, TranslationState};
use overview_core::{OpenOptions, Overview};
use overview_sample::{SampleWorld, edition_texts};
use overview_tests::disk::Disk;
use overview_tests::sample::Sample;
use overview_tests::translators::{PATIENCE, Said, TranslationServer, libretranslate, pretend};
use overview_tests::world::{Answer, World};
use overview_tests::{refresh, shared};
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

/// Stands for a phone's translator, and counts how often each text comes.
#[derive(Default)]
struct Phone {
    texts: Mutex<HashMap<String, usize>>,
    calls: AtomicUsize,
}

impl PlatformTranslator for Phone {
    fn supports(&self, language: &str) -> Result<String, TranslateError> {
        match language {
            "xx" => Err(TranslateError::NotInstalled {
                language: language.to_owned(),
            }),
            _ => Ok("7".to_owned()),
        }
    }

    fn translate(&self, _language: &str, texts: &[String]) -> Result<Vec<String>, TranslateError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let mut seen = self.texts.lock().unwrap();
        for text in texts {
            *seen.entry(text.clone()).or_default() += 1;
        }
        Ok(texts.iter().map(|text| pretend(text)).collect())
    }
}

fn list(overview: &Overview, country: &str) -> Vec<overview_core::model::ArticleRow> {
    let query = ArticleQuery {
        scope: Scope {
            countries: vec![country.parse().unwrap()],
            ..Scope::default()
        },
        ..ArticleQuery::default()
    };
    overview.articles(&query).unwrap().rows
}

#[tokio::test]
async fn a_list_is_in_english_after_a_sync_and_an_article_when_opened() {
    let sample = Sample::open();
    let overview = Overview::open(sample.options()).unwrap();
    overview.set_platform_translator(Some(Arc::new(Phone::default())));
    refresh(&overview).await.unwrap();
    let rows = list(&overview, "BR");
    assert!(!rows.is_empty());
    for row in &rows {
        let english = row.translation.as_ref().unwrap();
        assert_eq!(english.title, pretend(&row.title));
        assert_eq!(english.by.to_string(), "this device (7)");
    }
    let id = rows[0].id;
    overview.fetch_article(id).await.unwrap();
    // Its title is not its body.
    assert_eq!(overview.article(id).unwrap().translation, None);
    let done = overview.translate_article(id).await.unwrap();
    assert_eq!((done.missing, done.first_failure), (0, None));
    let article = overview.article(id).unwrap();
    let english = article.translation.as_ref().unwrap();
    assert_eq!(
        (english.blocks.len(), english.missing),
        (article.blocks.len(), 0)
    );
    assert!(matches!(
        overview.translation_state(&article).unwrap(),
        TranslationState::Translated { language, .. } if language == "Portuguese"
    ));
    // The original stays.
    assert_ne!(article.in_english().blocks, article.blocks);
}

#[tokio::test]
async fn nothing_is_translated_without_an_engine_and_it_says_why() {
    let sample = Sample::open();
    let overview = Overview::open(sample.options()).unwrap();
    refresh(&overview).await.unwrap();
    let id = list(&overview, "UA")
        .into_iter()
        .find(|row| row.is_foreign())
        .unwrap()
        .id;
    let done = overview.translate_article(id).await.unwrap();
    assert_eq!(done.first_failure.unwrap().code(), "not_installed");
    let article = overview.article(id).unwrap();
    let state = overview.translation_state(&article).unwrap();
    let TranslationState::NotTranslated {
        language,
        why,
        offer: None,
    } = state
    else {
        panic!("{state:?}");
    };
    assert_eq!(
        (language.as_str(), why.unwrap().to_string().as_str()),
        ("Ukrainian", "no model for Ukrainian is installed")
    );
}

#[tokio::test]
async fn an_edition_brings_its_english_and_a_better_engine_does_not_undo_it() {
    let sample = Sample::open();
    let overview = Overview::open(sample.options()).unwrap();
    refresh(&overview).await.unwrap();
    let texts = edition_texts(&sample.publication, sample.publication.world());
    overview.import_translations("1", texts).await.unwrap();
    let phone = Arc::new(Phone::default());
    overview.set_platform_translator(Some(Arc::clone(&phone) as Arc<_>));
    for row in ["BR", "UA", "FR", "DE", "AR", "MX"]
        .iter()
        .flat_map(|code| list(&overview, code))
    {
        if row.is_foreign() {
            let by = row.translation.as_ref().map(|english| english.by.engine);
            assert_eq!(by, Some(EngineKind::Edition), "{row:?}");
            overview.fetch_article(row.id).await.unwrap();
            let done = overview.translate_article(row.id).await.unwrap();
            assert_eq!(done.missing, 0, "{}", row.title);
        }
    }
    // Whole articles came with it, so that nothing was left for another engine.
    assert_eq!(phone.calls.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_pack_cut_off_at_twenty_moments_translates_no_text_twice() {
    let sample = Sample::open();
    let overview = Overview::open(sample.options()).unwrap();
    refresh(&overview).await.unwrap();
    let phone = Arc::new(Phone::default());
    overview.set_platform_translator(Some(Arc::clone(&phone) as Arc<_>));
    let request = PackRequest {
        countries: ["BR", "AR", "MX", "FR", "UA"]
            .map(|code| code.parse().unwrap())
            .to_vec(),
        newest: 12,
        pictures: false,
        ..PackRequest::default()
    };
    for round in 0..20 {
        let cancel = CancellationToken::new();
        let stop = phone.calls.load(Ordering::SeqCst) + 1 + round % 5;
        let progress = |_: &_| {
            if phone.calls.load(Ordering::SeqCst) >= stop {
                cancel.cancel();
            }
        };
        overview.pack(&request, &cancel, &progress).await.unwrap();
    }
    let report = overview
        .pack(&request, &CancellationToken::new(), &|_| ())
        .await
        .unwrap();
    assert_eq!(report.end, PackEnd::Completed);
    assert!(report.progress.planned >= 55, "{report:?}");
    let mut foreign = 0;
    for id in overview.plan_pack(&request).unwrap().articles {
        let article = overview.article(id).unwrap();
        if article.row.is_foreign() {
            foreign += 1;
            assert_eq!(article.translation.unwrap().missing, 0);
        }
    }
    assert!(foreign >= 30, "{foreign}");
    let twice: Vec<(String, usize)> = phone
        .texts
        .lock()
        .unwrap()
        .iter()
        .filter(|(_, times)| **times > IN_WORK_TWICE)
        .map(|(text, times)| (text.clone(), *times))
        .collect();
    assert!(twice.is_empty(), "{twice:?}");
}

/// A text may stand in two articles that are in work at the same time (wire copy).
const IN_WORK_TWICE: usize = 2;

fn client() -> Client {
    Client::new(ClientOptions {
        idle_timeout: Duration::from_millis(400),
        ..ClientOptions::default()
    })
    .unwrap()
}

async fn ask(
    server: &TranslationServer,
    kind: ServerKind,
    texts: &[Vec<Run>],
) -> Vec<Result<Vec<Run>, TranslateError>> {
    let server = Server {
        kind,
        url: server.url.clone(),
        key: Some("secret-key".to_owned()),
    };
    assert!(!format!("{server:?}").contains("secret"), "{server:?}");
    let engine = server.into_engine(client());
    tokio::time::timeout(PATIENCE, translate_texts(engine.as_ref(), "uk", texts))
        .await
        .unwrap()
}

fn styled() -> Vec<Run> {
    let html = "<p>Уряд <b>схвалив</b> <a href='/b'>новий бюджет</a> 12 березня, пише https://a.example/x.</p>";
    let blocks = read_fragment(html, &"https://news.example/".parse().unwrap());
    match blocks.into_iter().next() {
        Some(overview_core::model::Block::Paragraph { runs }) => runs,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn libretranslate_keeps_links_and_addresses() {
    let server =
        TranslationServer::start(|_, asked| Said::ok(libretranslate(asked, pretend))).await;
    let answers = ask(&server, ServerKind::LibreTranslate, &[styled()]).await;
    let runs = answers[0].clone().unwrap();
    assert!(runs.iter().any(|run| run.strong));
    assert!(
        runs.iter()
            .any(|run| run.link.as_ref().is_some_and(|link| link.path() == "/b"))
    );
    let text = plain(&runs);
    assert!(
        text.contains("https://a.example/x") && text.contains("12"),
        "{text}"
    );
    let asked = server.asked();
    assert_eq!((asked.len(), asked[0].path.as_str()), (1, "/translate"));
    assert!(
        !asked[0].body.contains("a.example"),
        "addresses stay here: {}",
        asked[0].body
    );
}

#[tokio::test]
async fn deepl_is_asked_as_its_documents_say() {
    let server = TranslationServer::start(|_, asked| {
        let question: serde_json::Value = serde_json::from_str(&asked.body).unwrap();
        assert_eq!(question["source_lang"], "UK");
        assert_eq!(question["tag_handling"], "html");
        let key = asked
            .headers
            .iter()
            .find(|(name, _)| name == "authorization")
            .unwrap();
        assert_eq!(key.1, "DeepL-Auth-Key secret-key");
        let texts: Vec<serde_json::Value> = question["text"]
            .as_array()
            .unwrap()
            .iter()
            .map(|text| {
                let text = pretend(text.as_str().unwrap());
                serde_json::json!({ "detected_source_language": "UK", "text": text })
            })
            .collect();
        Said::ok(serde_json::json!({ "translations": texts }).to_string())
    })
    .await;
    let texts: Vec<Vec<Run>> = (0..120)
        .map(|n| unstyled(&format!("Новина номер {n}.")))
        .collect();
    let answers = ask(&server, ServerKind::DeepL, &texts).await;
    for (n, answer) in answers.into_iter().enumerate() {
        assert!(plain(&answer.unwrap()).contains(&n.to_string()));
    }
    // Fifty texts at once.
    assert_eq!(server.asked().len(), 3);
    assert!(
        server
            .asked()
            .iter()
            .all(|asked| asked.path == "/v2/translate")
    );
}

#[tokio::test]
async fn a_server_that_fails_is_told_by_name_and_not_asked_in_a_storm() {
    let text = [unstyled(
        "Уряд схвалив новий бюджет після довгої ночі, і опозиція проголосувала проти нього.",
    )];
    let good = |text: &str| serde_json::json!({ "translatedText": [text] }).to_string();
    let header = |seconds: &str| vec![("retry-after", seconds.to_owned())];
    let cases: Vec<(&str, Said, &str, usize)> = vec![
        (
            "429 with a delay",
            Said::Answer(429, header("3600"), String::new()),
            "slow_down",
            1,
        ),
        ("429 without", Said::status(429), "slow_down", 1),
        ("456", Said::status(456), "quota", 1),
        (
            "403",
            Said::Answer(403, Vec::new(), "{\"error\":\"Invalid API key\"}".into()),
            "refused",
            1,
        ),
        ("500", Said::status(500), "unreachable", 3),
        ("silence", Said::Nothing, "unreachable", 3),
        (
            "a cut answer",
            Said::Cut(good("The government"), 20),
            "unreachable",
            3,
        ),
        (
            "fewer texts",
            Said::ok("{\"translatedText\":[]}"),
            "bad_answer",
            1,
        ),
        (
            "more texts",
            Said::ok("{\"translatedText\":[\"a\",\"b\"]}"),
            "bad_answer",
            1,
        ),
        ("an empty text", Said::ok(good(" ")), "bad_answer", 1),
        (
            "HTML",
            Said::ok("<html><body>Sign in</body></html>"),
            "bad_answer",
            1,
        ),
        (
            "another language",
            Said::ok(good(
                "Уряд схвалив новий бюджет після довгої ночі, і опозиція проголосувала проти нього.",
            )),
            "bad_answer",
            1,
        ),
    ];
    for (name, said, code, asked) in cases {
        let server = TranslationServer::start(move |_, _| said.clone()).await;
        let answers = ask(&server, ServerKind::LibreTranslate, &text).await;
        let error = answers[0].clone().unwrap_err();
        assert_eq!(error.code(), code, "{name}: {error}");
        assert_eq!(server.asked().len(), asked, "{name}");
    }
}

#[tokio::test]
async fn a_short_pause_is_waited_for() {
    let server = TranslationServer::start(|number, asked| match number {
        0 => Said::Answer(429, vec![("retry-after", "0".to_owned())], String::new()),
        _ => Said::ok(libretranslate(asked, pretend)),
    })
    .await;
    let answers = ask(
        &server,
        ServerKind::LibreTranslate,
        &[unstyled("Річка повертається")],
    )
    .await;
    // What a server calls 0 s is taken for a minute, as for every other host.
    match &answers[0] {
        Ok(_) => assert_eq!(server.asked().len(), 2),
        Err(error) => assert_eq!(error.code(), "slow_down"),
    }
}

#[tokio::test]
async fn a_failing_server_leaves_the_original_and_keeps_nothing() {
    let sample = Sample::open();
    let overview = Overview::open(sample.options()).unwrap();
    let server = TranslationServer::start(|_, _| Said::status(456)).await;
    let settings = TranslationSettings {
        server: Some(Server {
            kind: ServerKind::LibreTranslate,
            url: server.url.clone(),
            key: None,
        }),
        ..TranslationSettings::default()
    };
    overview.set_translation_settings(&settings).unwrap();
    assert_eq!(overview.translation_settings().unwrap(), settings);
    refresh(&overview).await.unwrap();
    let row = list(&overview, "BR").remove(0);
    assert_eq!(
        (row.translation.as_ref(), row.shown_title()),
        (None, row.title.as_str())
    );
    let done = overview.translate_article(row.id).await.unwrap();
    assert!(done.missing > 0);
    let codes: Vec<&str> = done
        .first_failure
        .iter()
        .map(TranslateError::code)
        .collect();
    assert!(
        codes == ["quota"] || codes == ["not_installed"],
        "{codes:?}"
    );
    // One question for the titles of each language, one for the article: no storm.
    assert!(server.asked().len() < 20, "{}", server.asked().len());
    assert_eq!(overview.article(row.id).unwrap().translation, None);
}

/// A model of made-up bytes, offered by a world.
fn offer(world: &World, bytes: &[u8], version: &str) -> Model {
    let file = |role: FileRole, name: &str, bytes: &[u8]| {
        let path = format!("/{version}/{name}");
        world.set(&path, Answer::ok(bytes.to_vec()));
        ModelFile {
            role,
            url: world.url(&path),
            sha256: Sha256::digest(bytes)
                .iter()
                .map(|b| format!("{b:02x}"))
                .collect(),
            bytes: bytes.len() as u64,
        }
    };
    Model {
        language: "pt".to_owned(),
        version: version.to_owned(),
        licence: "MPL-2.0".to_owned(),
        files: vec![
            file(FileRole::Model, "model.bin", bytes),
            file(FileRole::Vocabulary, "vocabulary.spm", b"words"),
        ],
    }
}

async fn install(overview: &Overview, model: &Model) -> overview_core::Result<()> {
    overview
        .install_model(model, &CancellationToken::new(), &|_| ())
        .await
}

#[tokio::test]
async fn a_model_is_installed_whole_or_not_at_all() {
    let world = World::start();
    let dir = tempfile::tempdir().unwrap();
    let overview = Overview::open(OpenOptions {
        http: world.opened(),
        ..OpenOptions::new(dir.path())
    })
    .unwrap();
    let bytes = vec![7; 300_000];
    let one = offer(&world, &bytes, "1");
    install(&overview, &one).await.unwrap();
    assert_eq!(overview.installed_models()[0].model, one);

    // One byte changed, and cut short: the hash and the length tell, and the old one works on.
    let two = offer(&world, &bytes, "2");
    let mut changed = bytes.clone();
    changed[1_000] = 8;
    world.set("/2/model.bin", Answer::ok(changed));
    let error = install(&overview, &two).await.unwrap_err();
    assert_eq!(error.code(), "model_damaged", "{error}");
    assert!(error.to_string().contains("SHA-256"), "{error}");
    world.set("/2/model.bin", Answer::ok(bytes[..200_000].to_vec()));
    let error = install(&overview, &two).await.unwrap_err();
    assert_eq!(error.code(), "truncated", "{error}");
    assert_eq!(overview.installed_models()[0].model.version, "1");

    // What was cut off is gone on with.
    world.forget_requests();
    world.set("/2/model.bin", Answer::ok(bytes.clone()));
    install(&overview, &two).await.unwrap();
    let asked = world.requests_for("/2/model.bin");
    assert_eq!(asked[0].header("range"), Some("bytes=200000-"));
    assert_eq!(overview.installed_models()[0].model.version, "2");

    // Of a language that is not translated, or of none.
    let mut english = one.clone();
    english.language = "en".to_owned();
    assert_eq!(
        install(&overview, &english).await.unwrap_err().code(),
        "model_manifest"
    );

    // Made-up bytes are no model: a clear word, and no crash.
    let error = overview
        .try_translation("pt", "O rio subiu.")
        .await
        .unwrap_err();
    assert_eq!(error.code(), "broken_model", "{error}");
    assert!(overview.remove_model("pt").unwrap());
    assert!(!overview.remove_model("pt").unwrap());
    assert!(overview.installed_models().is_empty());
}

#[tokio::test]
async fn a_disk_that_fills_up_leaves_the_old_model() {
    let Some(disk) = Disk::of(4_000) else { return };
    let world = World::start();
    let overview = Overview::open(OpenOptions {
        http: world.opened(),
        ..OpenOptions::new(disk.path())
    })
    .unwrap();
    let one = offer(&world, &vec![7; 300_000], "1");
    install(&overview, &one).await.unwrap();
    let two = offer(&world, &vec![9; 6_000_000], "2");
    let error = install(&overview, &two).await.unwrap_err();
    assert_eq!(error.code(), "disk_full", "{error}");
    assert_eq!(overview.installed_models()[0].model, one);
}

#[test]
fn every_article_of_the_sample_is_in_its_language() {
    let world = SampleWorld::bundled().unwrap();
    let languages: Vec<&str> = world
        .publishers
        .iter()
        .map(|one| one.language.as_str())
        .collect();
    let mut wrong = Vec::new();
    for article in &world.articles {
        let language = &world.publisher_of(article).language;
        let beginning: String = article.body.chars().take(400).collect();
        let text = format!("{} {} {beginning}", article.title, article.summary);
        let found = identify(&text, &languages);
        if found.as_deref() != Some(language.as_str()) {
            wrong.push(format!("{}: {language}, found {found:?}", article.id()));
        }
    }
    // And no paragraph of it is taken for a quotation in another.
    for article in &world.articles {
        let language = &world.publisher_of(article).language;
        for paragraph in article.body.split("\n\n") {
            if is_foreign_stretch(paragraph, language) {
                wrong.push(format!("{}: {language}, {paragraph}", article.id()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}: {wrong:#?}",
        wrong.len(),
        world.articles.len()
    );
}

/// Titles of real feeds that declare a language, told apart from English by its rule.
#[test]
fn titles_of_real_feeds_are_in_the_language_they_declare() {
    let Some(folder) = shared::shared("data/feeds") else {
        return;
    };
    let (mut right, mut all) = (0, 0);
    for file in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let url = "https://feed.example/".parse().unwrap();
        let context = overview_core::feed::FeedContext {
            url: &url,
            content_type: None,
            default_zone: None,
        };
        let Ok(feed) = overview_core::feed::parse(&bytes, &context) else {
            continue;
        };
        let Some(declared) = feed.language.clone() else {
            continue;
        };
        for title in feed
            .entries
            .iter()
            .filter_map(|entry| entry.title.as_deref())
        {
            all += 1;
            let found = identify(title, &[&declared]).unwrap_or_default();
            right += usize::from(found == declared);
        }
    }
    println!("{right} of {all} titles");
    assert!(all > 300 && right * 100 >= all * 97, "{right} of {all}");
}
