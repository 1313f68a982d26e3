//! Translation by a real Apertium server. The test starts itself again in a network namespace with
//! the server, so that nobody else can reach it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr
)]

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use overview_core::http::{Client, ClientOptions};
use overview_core::language::engine::{Server, ServerKind};
use overview_core::language::{Translator, translate_texts, unstyled};
use overview_core::model::{ArticleQuery, Block, Run, Scope, plain};
use overview_core::page::read_fragment;
use overview_core::translation::{TranslationSettings, TranslationState};
use overview_core::{Overview, language};
use overview_tests::chrf::chrf;
use overview_tests::refresh;
use overview_tests::sample::Sample;
use overview_tests::translators::PATIENCE;

/// Of the namespace, so that it is always free.
const PORT: u16 = 2737;

/// Sentences of a newspaper, written for this test, and their English by the same hand.
const SPANISH: [(&str, &str); 24] = [
    (
        "El presidente viajó el martes a Madrid para hablar sobre la guerra.",
        "The president travelled to Madrid on Tuesday to speak about the war.",
    ),
    (
        "La ciudad abrió un puente nuevo después de 18 meses de obras.",
        "The city opened a new bridge after 18 months of works.",
    ),
    (
        "Los vecinos dicen que nadie los avisó a tiempo.",
        "The neighbours say that nobody warned them in time.",
    ),
    (
        "El río subió 2 metros durante la noche.",
        "The river rose 2 metres during the night.",
    ),
    (
        "El gobierno prometió pagar la mitad de los daños antes de fin de año.",
        "The government promised to pay half of the damage before the end of the year.",
    ),
    (
        "La oposición considera que el dinero no es suficiente.",
        "The opposition considers that the money is not sufficient.",
    ),
    (
        "Las escuelas están cerradas hasta el lunes.",
        "The schools are closed until Monday.",
    ),
    (
        "Un informe de 2019 advertía del estado de la presa.",
        "A report of 2019 warned of the state of the dam.",
    ),
    (
        "El ministro de Salud visitará el hospital el jueves.",
        "The minister of Health will visit the hospital on Thursday.",
    ),
    (
        "Los médicos piden más camas y mejores salarios.",
        "The doctors ask for more beds and better salaries.",
    ),
    (
        "La empresa vendió 340 casas en el norte del país.",
        "The company sold 340 houses in the north of the country.",
    ),
    (
        "Muchas familias perdieron todo en el incendio.",
        "Many families lost everything in the fire.",
    ),
    (
        "El equipo ganó el partido en los últimos minutos.",
        "The team won the match in the last minutes.",
    ),
    (
        "La universidad publicó un estudio sobre el agua.",
        "The university published a study on the water.",
    ),
    (
        "El precio del pan subió un 7 por ciento en un año.",
        "The price of bread rose 7 percent in a year.",
    ),
    (
        "Los trabajadores del puerto empezaron una huelga.",
        "The workers of the port started a strike.",
    ),
    (
        "La policía busca a dos hombres que robaron un banco.",
        "The police are looking for two men who robbed a bank.",
    ),
    (
        "El tren llegó tarde porque había nieve en la montaña.",
        "The train arrived late because there was snow on the mountain.",
    ),
    (
        "La ley nueva protege los bosques y los animales.",
        "The new law protects the forests and the animals.",
    ),
    (
        "El tribunal decidió que la elección fue legal.",
        "The court decided that the election was legal.",
    ),
    (
        "La escritora recibió un premio por su primera novela.",
        "The writer received a prize for her first novel.",
    ),
    (
        "El museo tiene 1200 cuadros del siglo pasado.",
        "The museum has 1200 paintings of the last century.",
    ),
    (
        "Los niños comen gratis en las escuelas públicas.",
        "The children eat for free in the public schools.",
    ),
    (
        "La paz es posible, dijo el embajador después de la reunión.",
        "Peace is possible, the ambassador said after the meeting.",
    ),
];

/// Of the others one each: gist is what Apertium gives from them.
const OTHERS: [(&str, &str, &str); 3] = [
    (
        "ca",
        "El pont va costar 45 milions d'euros i obrirà al desembre, segons https://noticies.example/pont.",
        "bridge",
    ),
    (
        "mk",
        "Градот отвори нов мост по 18 месеци, пишува https://vesti.example/most.",
        "bridge",
    ),
    (
        "is",
        "Borgin opnaði nýja brú eftir 18 mánuði, segir https://frettir.example/bru.",
        "bridge",
    ),
];

/// The modes of an Apertium that can be started apart from the network. `None`, with a word on
/// standard error, where there is none.
fn apertium() -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("apertium");
    let words = |output: &[u8]| String::from_utf8_lossy(output).trim().to_owned();
    let ran = Command::new("sh")
        .arg(folder.join("setup.sh"))
        .output()
        .unwrap();
    let apart = unshare().arg("true").output();
    let why = if !ran.status.success() {
        words(&ran.stderr)
    } else {
        match apart {
            Ok(apart) if apart.status.success() => return Some(words(&ran.stdout)),
            Ok(apart) => words(&apart.stderr),
            Err(error) => error.to_string(),
        }
    };
    assert!(
        std::env::var_os("CI").is_none(),
        "CI must have Apertium: {why}"
    );
    eprintln!("SKIPPED: no Apertium to test with: {why}");
    None
}

/// A network namespace of its own; as a user of its own, where this is not root.
fn unshare() -> Command {
    let mut command = Command::new("unshare");
    command.arg("--map-root-user").arg("--net");
    command
}

#[test]
fn apertium_translates() {
    let Some(modes) = apertium() else { return };
    let inside = Path::new(env!("CARGO_MANIFEST_DIR")).join("apertium/inside.sh");
    let ran = unshare()
        .arg(inside)
        .args([&PORT.to_string(), &modes])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "apertium::inside", "--ignored", "--nocapture"])
        .status()
        .unwrap();
    assert!(ran.success(), "{ran}");
}

fn server() -> Server {
    Server {
        kind: ServerKind::Apertium,
        url: format!("http://127.0.0.1:{PORT}").parse().unwrap(),
        key: None,
    }
}

fn engine() -> Box<dyn Translator> {
    server().into_engine(Client::new(ClientOptions::default()).unwrap())
}

async fn ready() {
    let asking = async {
        while tokio::net::TcpStream::connect(("127.0.0.1", PORT))
            .await
            .is_err()
        {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, asking).await.unwrap();
}

/// Started by the test above beside a server.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a server: started by another"]
async fn inside() {
    ready().await;
    spanish_is_understood().await;
    numbers_addresses_and_links_are_kept().await;
    a_pair_that_is_not_installed_is_told_by_its_language().await;
    an_article_is_read_in_english().await;
}

async fn english(language: &str, texts: &[&str]) -> Vec<String> {
    let texts: Vec<Vec<Run>> = texts.iter().map(|text| unstyled(text)).collect();
    let answers = translate_texts(engine().as_ref(), language, &texts).await;
    answers
        .into_iter()
        .map(|answer| plain(&answer.unwrap()))
        .collect()
}

async fn spanish_is_understood() {
    let texts: Vec<&str> = SPANISH.iter().map(|(text, _)| *text).collect();
    let translated = english("es", &texts).await;
    for (text, (_, reference)) in translated.iter().zip(SPANISH) {
        println!("{text}\n  {reference}");
        for number in reference
            .split(' ')
            .filter(|word| word.parse::<u32>().is_ok())
        {
            assert!(text.contains(number), "{number} in {text}");
        }
    }
    let references = SPANISH.iter().map(|(_, reference)| (*reference).to_owned());
    let score = chrf(&translated.into_iter().zip(references).collect::<Vec<_>>());
    println!("chrF from Spanish: {score:.1}");
    assert!(score >= BAR, "{score}");
}

/// 81.8 was measured. These sentences are plain; on FLORES-200, which are not, the same pair gives 46.5.
/// What a broken path loses (a wrong pair, words of marks, entities that stay) is more than the
/// seven points between, and a newer package may lose or win some.
const BAR: f64 = 75.0;

async fn numbers_addresses_and_links_are_kept() {
    for (language, text, word) in OTHERS {
        let translated = english(language, &[text]).await.remove(0);
        println!("{language}: {translated}");
        let number = if language == "ca" { "45" } else { "18" };
        let address = text.split(' ').next_back().unwrap().trim_end_matches('.');
        for kept in [number, address, word] {
            assert!(translated.contains(kept), "{kept} in {translated}");
        }
    }
    let html = "<p>El <b>gobierno</b> aprobó <a href='/ley'>la ley nueva</a> el 12 de marzo.</p>";
    let blocks = read_fragment(html, &"https://diario.example/".parse().unwrap());
    let Some(Block::Paragraph { runs }) = blocks.first() else {
        panic!("{blocks:?}");
    };
    let answer = translate_texts(engine().as_ref(), "es", std::slice::from_ref(runs)).await;
    let answer = answer.into_iter().next().unwrap().unwrap();
    let of = |wanted: &dyn Fn(&Run) -> bool| -> String {
        let runs: Vec<Run> = answer.iter().filter(|run| wanted(run)).cloned().collect();
        plain(&runs).trim().to_owned()
    };
    assert_eq!(of(&|run| run.strong), "government");
    assert!(
        of(&|run| run.link.is_some()).contains("new law"),
        "{answer:?}"
    );
}

async fn a_pair_that_is_not_installed_is_told_by_its_language() {
    let engine = engine();
    assert_eq!(engine.supports("cy").unwrap().model, "cym-eng");
    let texts = [unstyled("Cyrhaeddodd y trên yn hwyr y bore yma.")];
    let error = translate_texts(engine.as_ref(), "cy", &texts)
        .await
        .remove(0);
    let error = error.unwrap_err();
    assert_eq!(error.code(), "unsupported_pair", "{error}");
    assert_eq!(error.to_string(), "Apertium does not translate from Welsh");
    // Nobody is asked what nobody can.
    assert_eq!(
        engine.supports("pt").unwrap_err().code(),
        "unsupported_pair"
    );
}

async fn an_article_is_read_in_english() {
    let sample = Sample::open();
    let overview = Overview::open(sample.options()).unwrap();
    let settings = TranslationSettings {
        server: Some(server()),
        ..TranslationSettings::default()
    };
    overview.set_translation_settings(&settings).unwrap();
    let refreshing = tokio::time::timeout(Duration::from_secs(300), refresh(&overview));
    refreshing.await.unwrap().unwrap();
    let query = ArticleQuery {
        scope: Scope {
            countries: vec!["AR".parse().unwrap(), "MX".parse().unwrap()],
            ..Scope::default()
        },
        ..ArticleQuery::default()
    };
    let rows = overview.articles(&query).unwrap().rows;
    let spanish =
        |row: &&overview_core::model::ArticleRow| language::primary(&row.language) == "es";
    let row = rows.iter().find(spanish).unwrap();
    let title = row.translation.as_ref().unwrap();
    assert_eq!(title.by.to_string(), "Apertium (spa-eng)");
    overview.fetch_article(row.id).await.unwrap();
    let done = overview.translate_article(row.id).await.unwrap();
    assert_eq!((done.missing, done.first_failure), (0, None));
    let article = overview.article(row.id).unwrap();
    assert!(matches!(
        overview.translation_state(&article).unwrap(),
        TranslationState::Translated { language, .. } if language == "Spanish"
    ));
}
