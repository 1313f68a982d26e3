//! Reading in English with a real model.

use std::time::Instant;

use overview_core::language::engine::Firefox;
use overview_core::language::{translate_texts, unstyled};

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
}

/// Megabytes of this process that are in memory; 0 where the system does not tell.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1_024.0
}
