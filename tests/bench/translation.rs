//! Reading in English with a real model.

use std::path::Path;
use std::time::Instant;

use overview_core::language::engine::Firefox;
use overview_core::language::{translate_texts, unstyled};
use overview_core::model::ArticleRow;
use overview_core::pack::PackRequest;
use overview_core::{OpenOptions, Overview};
use overview_tests::gazette::Gazette;
use overview_tests::refresh;
use overview_tests::sample::Sample;

use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

use crate::figures::Table;

const SENTENCES: [&str; 12] = [
    "O presidente da câmara anunciou na terça-feira que a ponte reabre em dezembro.",
    "A obra custou 12,5 milhões de euros e atrasou sete meses.",
    "Segundo a agência, o rio subiu dois metros durante a noite.",
    "Os moradores dizem que ninguém os avisou a tempo.",
    "“Perdemos tudo o que estava no primeiro andar”, contou uma comerciante.",
    "O governo prometeu pagar metade dos prejuízos até ao fim do ano.",
    "A oposição considera que o valor é insuficiente.",
    "Os bombeiros retiraram 230 pessoas de três bairros.",
    "As escolas continuam fechadas pelo menos até segunda-feira.",
    "O serviço de meteorologia prevê mais chuva para o fim de semana.",
    "Um relatório de 2019 já alertava para o estado da barragem.",
    "O ministro do Ambiente visita a cidade na quinta-feira.",
];

/// Adds its rows, where a model can be had.
pub(crate) fn measure(table: &mut Table) {
    let Some(model) = overview_tests::translators::portuguese_model() else {
        return;
    };
    let folder = overview_tests::translators::folder_with(&model);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let idle = std::time::Duration::from_millis(200);
    let engine = Firefox::new(folder.path()).with_idle(idle);
    let texts: Vec<_> = SENTENCES.iter().map(|text| unstyled(text)).collect();
    let mut millis = Vec::new();
    let before = resident();
    for _ in 0..8 {
        let begin = Instant::now();
        for translated in runtime.block_on(translate_texts(&engine, "pt", &texts)) {
            translated.unwrap();
        }
        millis.push(begin.elapsed().as_secs_f64() * 1_000.0);
    }
    let with_model = resident();
    while engine.in_memory().is_some() {
        std::thread::sleep(idle);
    }
    table.row(
        "12 sentences from Portuguese, first",
        &millis[..1],
        "ms",
        Some(400.0),
    );
    table.row(
        "12 sentences from Portuguese, then",
        &millis[1..],
        "ms",
        Some(400.0),
    );
    table.row(
        "  memory with its model, beyond before",
        &[with_model - before],
        "MB",
        Some(80.0),
    );
    table.row(
        "  memory once it is idle, beyond before",
        &[resident() - before],
        "MB",
        Some(48.0),
    );
    cached(table, &model, &runtime);
}

/// Opening what is in English already: the longest Portuguese article of the sample world, and the
/// 60 of the invented press after they were packed.
fn cached(table: &mut Table, model: &Path, runtime: &Runtime) {
    let none = CancellationToken::new();
    let sample = Sample::open();
    let overview = with_model(model, sample.options());
    let longest = runtime.block_on(async {
        refresh(&overview).await.unwrap();
        let mut found: Option<(usize, ArticleRow)> = None;
        for row in Gazette::rows(&overview) {
            if !row.language.starts_with("pt") {
                continue;
            }
            let blocks = overview.fetch_article(row.id).await.unwrap().blocks.len();
            if found.as_ref().is_none_or(|(most, _)| blocks > *most) {
                found = Some((blocks, row));
            }
        }
        let (_, row) = found.unwrap();
        let done = overview.translate_article(row.id).await.unwrap();
        assert_eq!(done.missing, 0);
        row
    });
    let millis: Vec<f64> = (0..200).map(|_| open(&overview, &longest)).collect();
    table.row("opening a translated article", &millis, "ms", Some(2.0));

    let gazette = Gazette::open();
    let overview = with_model(model, gazette.options());
    let request = PackRequest {
        newest: 60,
        ..PackRequest::default()
    };
    let begin = Instant::now();
    let report = runtime.block_on(async {
        refresh(&overview).await.unwrap();
        overview.pack(&request, &none, &|_| ()).await.unwrap()
    });
    assert_eq!(report.progress.ready, 60);
    let seconds = begin.elapsed().as_secs_f64();
    let rows = Gazette::rows(&overview);
    let millis: Vec<f64> = rows.iter().map(|row| open(&overview, row)).collect();
    table.row("  each of 60 of a pack, once", &millis, "ms", Some(2.0));
    table.row(
        "60 articles fetched, packed, translated",
        &[seconds],
        "s",
        None,
    );
}

/// Milliseconds from the store to what is shown, with who translated it.
fn open(overview: &Overview, row: &ArticleRow) -> f64 {
    let begin = Instant::now();
    let article = overview.article(row.id).unwrap();
    overview.translation_state(&article).unwrap();
    let shown = article.in_english();
    let millis = begin.elapsed().as_secs_f64() * 1_000.0;
    assert_eq!(article.translation.unwrap().missing, 0);
    drop(shown);
    millis
}

fn with_model(model: &Path, options: OpenOptions) -> Overview {
    let folder = overview_tests::translators::folder_with(model);
    std::fs::rename(folder.path(), options.data_dir.join("models")).unwrap();
    Overview::open(options).unwrap()
}

/// Megabytes of this process that are in memory; 0 where the system does not tell.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1_024.0
}
