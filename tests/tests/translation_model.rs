//! Firefox Translations with a real model, from Portuguese. What it says exactly differs between
//! processors, so what is compared is how good it is and what must be kept.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, Utc};
use overview_core::language::engine::Firefox;
use overview_core::language::{Translator, translate_texts, unstyled};
use overview_core::model::{Block, Run, plain};
use overview_core::page::read_fragment;
use overview_sample::{Publication, SampleWorld, edition_texts};
use overview_tests::chrf::chrf;
use overview_tests::translators::{folder_with, portuguese_model};

fn opened() -> Option<(PathBuf, tempfile::TempDir, Firefox)> {
    let model = portuguese_model()?;
    let folder = folder_with(&model);
    let engine = Firefox::new(folder.path());
    Some((model, folder, engine))
}

/// The sample world's Portuguese texts and their English, by the same hand.
fn pairs() -> Vec<(Vec<Run>, String)> {
    let at: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
    let world = SampleWorld::bundled().unwrap();
    let publication = Publication::new(world.clone(), at);
    let texts = edition_texts(&publication, &world);
    let portuguese = texts
        .into_iter()
        .filter(|text| text.language.starts_with("pt"));
    portuguese
        .filter(|text| plain(&text.original).split(' ').count() >= 8)
        .map(|text| (text.original, plain(&text.english)))
        .collect()
}

#[tokio::test]
async fn the_whole_path_is_as_good_as_the_engine_alone() {
    let Some((model, _folder, engine)) = opened() else {
        return;
    };
    let pairs: Vec<(Vec<Run>, String)> = pairs().into_iter().take(150).collect();
    assert!(pairs.len() >= 100, "{}", pairs.len());
    let texts: Vec<Vec<Run>> = pairs.iter().map(|(text, _)| text.clone()).collect();
    let ours = translate_texts(&engine, "pt", &texts).await;
    let ours: Vec<(String, String)> = ours
        .into_iter()
        .zip(&pairs)
        .map(|(ours, (_, reference))| (plain(&ours.unwrap()), reference.clone()))
        .collect();
    let path = |name: &str| model.join(name).to_str().unwrap().to_owned();
    let vocabulary = path("vocabulary.spm");
    let alone = fxtranslate::engine::Engine::load(path("model.bin"), &vocabulary, &vocabulary)
        .unwrap()
        .with_shortlist_bytes(&std::fs::read(path("shortlist.bin")).unwrap());
    let alone: Vec<(String, String)> = pairs
        .iter()
        .map(|(text, reference)| (alone.translate_long(&plain(text)), reference.clone()))
        .collect();
    let (ours, alone) = (chrf(&ours), chrf(&alone));
    println!(
        "chrF of {} texts: {ours:.2}, of the engine alone {alone:.2}",
        pairs.len()
    );
    assert!(ours >= alone - 1.0, "{ours} and {alone}");
    assert!(ours > 50.0, "{ours}");
}

#[tokio::test]
async fn numbers_addresses_and_handles_are_kept() {
    let Some((_, _folder, engine)) = opened() else {
        return;
    };
    let mut cases: Vec<(Vec<Run>, Vec<Vec<String>>)> = Vec::new();
    // A small linear congruence, so that the cases are the same everywhere.
    let mut seed: u64 = 42;
    let mut next = |below: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for _ in 0..1_000 {
        let (whole, decimals) = (next(900) + 20, next(90) + 10);
        let thousands = format!("{}.{:03}", next(900) + 1, next(1_000));
        let (path, handle) = (next(10_000), next(1_000));
        let address = format!("https://noticia{path}.example/pt/{path}?a={handle}");
        let mail = format!("redacao{handle}@jornal.example");
        let english = |number: &str| number.replace('.', "X").replace(',', ".").replace('X', ",");
        let number = |number: String| vec![english(&number), number];
        let (text, kept) = match next(5) {
            0 => (
                format!(
                    "O preço subiu {whole},{decimals}% em {thousands} cidades, segundo {address}."
                ),
                vec![
                    number(format!("{whole},{decimals}")),
                    number(thousands),
                    vec![address],
                ],
            ),
            1 => (
                format!(
                    "A @reporter{handle} publicou em {address} que {whole} pessoas votaram em #eleições{handle}."
                ),
                vec![
                    vec![format!("@reporter{handle}")],
                    vec![address],
                    vec![whole.to_string()],
                    vec![format!("#eleições{handle}")],
                ],
            ),
            2 => (
                format!(
                    "Escreva para {mail} até às {}h{decimals} ou ligue {handle}-{whole}.",
                    next(23)
                ),
                vec![
                    vec![mail],
                    vec![decimals.to_string()],
                    vec![whole.to_string()],
                ],
            ),
            3 => (
                format!(
                    "Foram {thousands} casos em {whole} municípios, {decimals} a mais do que na semana passada."
                ),
                vec![
                    number(thousands),
                    vec![whole.to_string()],
                    vec![decimals.to_string()],
                ],
            ),
            _ => (
                format!(
                    "O clube pagou R$ {whole},{decimals} milhões 🏆 por www.loja{path}.com em 20{}.",
                    next(27) + 10
                ),
                vec![
                    number(format!("{whole},{decimals}")),
                    vec!["🏆".to_owned()],
                    vec![format!("www.loja{path}.com")],
                ],
            ),
        };
        cases.push((unstyled(&text), kept));
    }
    let texts: Vec<Vec<Run>> = cases.iter().map(|(text, _)| text.clone()).collect();
    let translated = translate_texts(&engine, "pt", &texts).await;
    for ((text, kept), translated) in cases.iter().zip(translated) {
        let english = plain(&translated.unwrap());
        for any in kept {
            // 7.50 may become 7.5.
            let there = any.iter().any(|form| {
                let short = form.trim_end_matches('0');
                english.contains(form) || (form.contains('.') && english.contains(short))
            });
            assert!(there, "{any:?} of {:?} in {english:?}", plain(text));
        }
    }
}

/// Thirty paragraphs of links and emphasis, to be read by a person.
#[tokio::test]
async fn links_and_emphasis_are_on_the_right_words() {
    let Some((_, _folder, engine)) = opened() else {
        return;
    };
    let html = include_str!("../fixtures/styled-portuguese.html");
    let url = "https://jornal.example/".parse().unwrap();
    let texts: Vec<Vec<Run>> = read_fragment(html, &url)
        .into_iter()
        .filter_map(|block| match block {
            Block::Paragraph { runs } | Block::Heading { runs, .. } => Some(runs),
            _ => None,
        })
        .collect();
    assert_eq!(texts.len(), 30);
    let translated = translate_texts(&engine, "pt", &texts).await;
    let mut page = String::new();
    for (text, translated) in texts.iter().zip(translated) {
        let translated = translated.unwrap();
        let marks = |runs: &[Run]| {
            let mut links: Vec<String> = runs
                .iter()
                .filter_map(|run| Some(run.link.as_ref()?.to_string()))
                .collect();
            links.dedup();
            links.sort();
            (
                links,
                runs.iter().any(|run| run.strong),
                runs.iter().any(|run| run.emphasis),
            )
        };
        assert_eq!(marks(text), marks(&translated), "{translated:?}");
        page += &format!("{}\n{}\n\n", written(text), written(&translated));
    }
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        insta::assert_snapshot!(page);
    }
}

fn written(runs: &[Run]) -> String {
    runs.iter()
        .map(|run| {
            let mut text = run.text.clone();
            if run.code {
                text = format!("`{text}`");
            }
            if run.emphasis {
                text = format!("_{text}_");
            }
            if run.strong {
                text = format!("*{text}*");
            }
            match &run.link {
                Some(link) => format!("[{text}]({})", link.path()),
                None => text,
            }
        })
        .collect()
}

#[tokio::test]
async fn a_model_leaves_memory_when_nobody_translates() {
    let Some(model) = portuguese_model() else {
        return;
    };
    let folder = folder_with(&model);
    let engine = Firefox::new(folder.path()).with_idle(Duration::from_millis(50));
    assert_eq!(engine.in_memory(), None);
    let texts = [unstyled("O rio subiu durante a noite.")];
    translate_texts(&engine, "pt", &texts).await[0]
        .clone()
        .unwrap();
    let left = async {
        while engine.in_memory().is_some() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(overview_tests::translators::PATIENCE, left)
        .await
        .unwrap();
    // And comes back.
    translate_texts(&engine, "pt", &texts).await[0]
        .clone()
        .unwrap();
    assert_eq!(engine.supports("pt-BR").unwrap().model, "pt-en 1.0");
    assert_eq!(engine.supports("uk").unwrap_err().code(), "not_installed");
}
