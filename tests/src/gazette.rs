//! An invented Portuguese press: six publishers with ten articles each, no text of which stands in
//! two of them.

use std::sync::Arc;

use overview_core::catalogue::{AddressRule, Catalogue};
use overview_core::model::ArticleRow;
use overview_core::{Clock, OpenOptions, Overview};
use serde_json::json;
use tempfile::TempDir;

use crate::world::feeds::{InventedEntry, rss};
use crate::world::{Answer, World, WorldClock};

/// How many publishers.
pub const PUBLISHERS: usize = 6;
/// How many articles of each.
pub const ARTICLES: usize = 10;

const TOWNS: [&str; PUBLISHERS] = [
    "Vila Serena",
    "Porto Manso",
    "Ribeira Alta",
    "Monte Claro",
    "Fonte Velha",
    "Campo Largo",
];

/// A title and what is told, each with a town and a number.
const STORIES: [[&str; 6]; ARTICLES] = [
    [
        "A ponte de TOWN reabre depois de NUM dias de obras",
        "A câmara de TOWN reabriu na terça-feira a ponte velha, fechada há NUM dias. Os primeiros carros passaram às oito da manhã.",
        "As obras custaram NUM mil euros e foram pagas em partes iguais por TOWN e pelo governo. Ninguém esperava que durassem tanto.",
        "Durante o fecho, NUM moradores de TOWN atravessavam o rio de barco. O barqueiro diz que vai sentir a falta deles.",
        "Segundo os engenheiros, a ponte de TOWN aguenta agora NUM toneladas. Antes os autocarros tinham de dar a volta pelo norte.",
        "A festa da reabertura em TOWN começa no sábado com NUM músicos. A entrada é livre e haverá pão quente.",
    ],
    [
        "A escola de TOWN recebe NUM alunos novos",
        "A escola de TOWN abriu as portas com NUM alunos a mais do que no ano passado. Faltam ainda duas professoras.",
        "A diretora explicou que NUM famílias se mudaram para TOWN por causa das casas baratas. Muitas vieram da capital.",
        "Para os receber, TOWN comprou NUM mesas e pintou as salas de azul. Os pais ajudaram durante as férias.",
        "Os autocarros da escola fazem agora NUM viagens por semana entre TOWN e as aldeias. O primeiro parte às seis e meia.",
        "O ministério prometeu a TOWN mais NUM mil euros para livros. O dinheiro deve chegar antes do inverno.",
    ],
    [
        "Os padeiros de TOWN fazem greve durante NUM horas",
        "Os padeiros de TOWN pararam os fornos durante NUM horas para pedir turnos mais curtos. As ruas ficaram sem o cheiro do pão.",
        "O sindicato diz que NUM dos trabalhadores de TOWN começam antes das duas da manhã. Muitos dormem apenas quatro horas.",
        "Os donos das padarias de TOWN oferecem NUM euros por mês a mais. O sindicato considera que é pouco.",
        "Nos supermercados de TOWN venderam-se NUM pães congelados num só dia. Alguns clientes fizeram pão em casa.",
        "As conversas continuam na quinta-feira em TOWN, na sala NUM da câmara. As duas partes dizem que querem um acordo.",
    ],
    [
        "O rio em TOWN sobe NUM centímetros numa noite",
        "O rio subiu NUM centímetros durante a noite em TOWN e entrou em várias caves. Ninguém ficou ferido.",
        "Os bombeiros de TOWN retiraram água de NUM casas até ao amanhecer. Pediram aos moradores que não usassem os elevadores.",
        "A chuva em TOWN foi a mais forte dos últimos NUM anos, segundo o serviço de meteorologia. O pior já passou.",
        "Uma comerciante de TOWN perdeu NUM caixas de fruta que estavam no chão. O seguro paga apenas metade.",
        "A barragem acima de TOWN abriu NUM comportas para aliviar a pressão. A água deve baixar até domingo.",
    ],
    [
        "TOWN planta NUM árvores nas ruas do centro",
        "A câmara de TOWN mandou plantar NUM árvores nas ruas mais quentes do centro. A maioria são freixos e tílias.",
        "No verão passado mediram-se em TOWN NUM graus numa praça sem sombra. Os mais velhos deixaram de sair de casa.",
        "Cada árvore custa a TOWN NUM euros, com rega durante três anos. As escolas escolheram os nomes.",
        "Alguns motoristas de TOWN queixam-se de perder NUM lugares de estacionamento. A câmara promete um parque novo.",
        "Os biólogos esperam que NUM espécies de aves voltem a TOWN. As primeiras já fizeram ninho junto ao rio.",
    ],
    [
        "A biblioteca de TOWN empresta NUM livros por dia",
        "A biblioteca de TOWN emprestou em média NUM livros por dia neste outono. É o número mais alto desde a sua abertura.",
        "A bibliotecária de TOWN conta que NUM leitores novos se inscreveram em setembro. Quase todos têm menos de trinta anos.",
        "O livro mais pedido em TOWN é um romance de NUM páginas sobre o mar. Há uma lista de espera.",
        "Aos sábados, NUM crianças de TOWN ouvem histórias no primeiro andar. Os avós tomam café no pátio.",
        "A biblioteca de TOWN quer ficar aberta até às NUM horas do dia durante os exames. Falta contratar um guarda.",
    ],
    [
        "Um comboio antigo volta a TOWN depois de NUM anos",
        "Um comboio a vapor chegou a TOWN no domingo, NUM anos depois da última viagem. Centenas de pessoas esperavam na estação.",
        "Os voluntários de TOWN trabalharam NUM fins de semana na velha máquina. As peças que faltavam foram feitas à mão.",
        "O bilhete até TOWN custa NUM euros e inclui uma visita ao museu. As crianças viajam sem pagar.",
        "O comboio leva NUM passageiros e demora uma hora até TOWN. Pelo caminho passa por três túneis.",
        "Se o tempo ajudar, haverá mais NUM viagens a TOWN até dezembro. Os lugares junto às janelas já acabaram.",
    ],
    [
        "O hospital de TOWN contrata NUM enfermeiros",
        "O hospital de TOWN vai contratar NUM enfermeiros até ao fim do mês. As filas nas urgências duravam a noite inteira.",
        "Em outubro, NUM doentes esperaram em TOWN mais de seis horas. O diretor pediu desculpa.",
        "Os salários em TOWN sobem NUM euros para quem trabalha à noite. O sindicato aplaudiu a decisão.",
        "A ala nova do hospital de TOWN tem NUM camas e vista para o rio. Abre na próxima semana.",
        "Os médicos de TOWN pedem também NUM ambulâncias novas. As atuais têm mais de quinze anos.",
    ],
    [
        "Os pescadores de TOWN vendem NUM quilos de sardinha",
        "Os pescadores de TOWN venderam NUM quilos de sardinha na primeira manhã da época. O preço manteve-se baixo.",
        "O barco mais antigo de TOWN saiu às três horas com NUM homens a bordo. Voltou com as redes cheias.",
        "As regras novas permitem a TOWN pescar NUM dias por ano. Os biólogos dizem que o peixe está a voltar.",
        "Na lota de TOWN trabalham NUM mulheres que separam o peixe por tamanho. A mais nova tem vinte anos.",
        "Para o verão, TOWN prepara uma festa com NUM mesas ao longo do cais. O peixe será oferecido.",
    ],
    [
        "O teatro de TOWN estreia uma peça de NUM minutos",
        "O teatro de TOWN estreou uma peça de NUM minutos sobre a seca. O autor nasceu na aldeia ao lado.",
        "Na sala de TOWN couberam NUM pessoas, algumas sentadas nas escadas. No fim aplaudiram de pé.",
        "Os atores de TOWN ensaiaram durante NUM noites depois do trabalho. Nenhum deles é profissional.",
        "Os vestidos foram feitos em TOWN com NUM metros de pano velho. A costureira não quis dinheiro.",
        "A peça fica em TOWN até janeiro e visita depois NUM aldeias. Os bilhetes compram-se na farmácia.",
    ],
];

/// What every story ends with.
const ENDINGS: [&str; 7] = [
    "O presidente da câmara de TOWN falou durante NUM minutos e respondeu a todas as perguntas. Depois ficou a conversar na praça.",
    "A rádio de TOWN recebeu NUM chamadas sobre o assunto numa só manhã. A maior parte era de gente contente.",
    "Um comerciante com NUM anos de loja em TOWN disse que nunca tinha visto nada assim. A filha dele concorda.",
    "Na aldeia vizinha, NUM pessoas assinaram uma carta a pedir o mesmo que TOWN tem. A resposta ainda não chegou.",
    "O jornal de TOWN publica no domingo um suplemento de NUM páginas com fotografias. As mais antigas são do século passado.",
    "A próxima reunião em TOWN está marcada para a sala NUM do mercado. Quem quiser falar deve inscrever-se antes.",
    "Esta notícia de TOWN foi corrigida NUM minutos depois de publicada. A primeira versão tinha um nome errado.",
];

/// Texts of an article: a title and its paragraphs.
pub const TEXTS: usize = 6 + ENDINGS.len();

/// The press, and a data directory to read it into.
pub struct Gazette {
    /// Where it is served.
    pub world: World,
    /// Where the reader keeps everything.
    pub dir: TempDir,
    clock: WorldClock,
    catalogue: Catalogue,
}

/// A text of an article, with its town and a number of its own.
fn text(template: &str, publisher: usize, article: usize, place: usize) -> String {
    let number = 11 + place + TEXTS * (article + ARTICLES * publisher);
    template
        .replace("TOWN", TOWNS[publisher])
        .replace("NUM", &number.to_string())
}

impl Gazette {
    /// Serves the feeds and the pages.
    ///
    /// # Panics
    /// When the machine has no loopback or no temporary directory.
    #[allow(clippy::expect_used)]
    pub fn open() -> Self {
        let (world, clock) = (World::start(), WorldClock::default());
        let mut publishers = Vec::new();
        for (publisher, town) in TOWNS.iter().enumerate() {
            let site = world.site(&format!("jornal-{publisher}.localhost"));
            let mut entries = Vec::new();
            for (article, story) in STORIES.iter().enumerate() {
                let texts: Vec<String> = story
                    .iter()
                    .chain(&ENDINGS)
                    .enumerate()
                    .map(|(place, template)| text(template, publisher, article, place))
                    .collect();
                let path = format!("/noticias/{article}");
                let paragraphs: String = texts[1..]
                    .iter()
                    .map(|text| format!("<p>{text}</p>"))
                    .collect();
                let page = format!(
                    "<!doctype html><html lang=\"pt\"><head><title>{title}</title></head><body>\
                     <article><h1>{title}</h1>{paragraphs}</article></body></html>",
                    title = texts[0]
                );
                site.set(&path, Answer::page(page));
                let minutes = i64::try_from(article * PUBLISHERS + publisher).unwrap_or(0);
                entries.push(InventedEntry {
                    id: format!("noticia-{publisher}-{article}"),
                    url: site.url(&path),
                    title: texts[0].clone(),
                    summary: String::new(),
                    content: String::new(),
                    published: clock.now() - chrono::Duration::minutes(minutes),
                });
            }
            let name = format!("Jornal de {town}");
            site.set("/feed", Answer::feed(rss(&name, &site.url("/"), &entries)));
            publishers.push(json!({
                "id": format!("jornal-{publisher}"), "name": name, "language": "pt",
                "home": site.url("/"), "country": "PT", "feeds": [site.url("/feed")],
            }));
        }
        let document = json!({
            "version": "gazette",
            "countries": [{
                "code": "PT", "name": "Portugal", "region": "Europe", "lat": 0, "lon": 0,
                "languages": ["pt"],
            }],
            "publishers": publishers,
        });
        Self {
            catalogue: Catalogue::from_json(&document.to_string(), AddressRule::AnyHttp)
                .expect("its catalogue is sound"),
            dir: tempfile::tempdir().expect("there is a temporary directory"),
            clock,
            world,
        }
    }

    /// How the reader opens it.
    pub fn options(&self) -> OpenOptions {
        OpenOptions {
            catalogue: Some(self.catalogue.clone()),
            http: self.world.opened(),
            clock: Arc::new(self.clock.clone()),
            ..OpenOptions::new(self.dir.path())
        }
    }

    /// All that is listed, the newest first.
    ///
    /// # Panics
    /// When the store cannot be read.
    #[allow(clippy::expect_used)]
    pub fn rows(overview: &Overview) -> Vec<ArticleRow> {
        let mut query = overview_core::model::ArticleQuery::default();
        let mut rows = Vec::new();
        loop {
            let page = overview.articles(&query).expect("the store can be read");
            rows.extend(page.rows);
            match page.next {
                Some(next) => query.after = Some(next),
                None => return rows,
            }
        }
    }
}
