//! What an article is by its form: a report, comment, analysis, an office's statement. Told only
//! by what its publisher says of it: the address, the sections, a mark in the headline, and what
//! the publisher is. Never by how the text sounds.

use super::reading::ReadingInput;
use crate::model::{ArticleForm, PublisherKind};

/// Sections that are comment, as addresses, feeds and headlines name them: lower case, without
/// accents where the script is Latin, words joined by hyphens.
const OPINION: &[&str] = &[
    // English
    "opinion",
    "opinions",
    "op-ed",
    "op-eds",
    "oped",
    "comment",
    "commentary",
    "commentisfree",
    "column",
    "columns",
    "columnist",
    "columnists",
    "editorial",
    "editorials",
    "leader",
    "leaders",
    "letters",
    "letters-to-the-editor",
    "viewpoint",
    "viewpoints",
    "guest-essay",
    "guest-column",
    // German, Dutch, Scandinavian
    "meinung",
    "meinungen",
    "kommentar",
    "kommentare",
    "kommentarer",
    "kolumne",
    "kolumnen",
    "leitartikel",
    "glosse",
    "gastbeitrag",
    "opinie",
    "opinies",
    "debatt",
    "debat",
    "ledare",
    "leder",
    "kronikk",
    "meninger",
    // French
    "edito",
    "editos",
    "editoriaux",
    "tribune",
    "tribunes",
    "chronique",
    "chroniques",
    "billet",
    "humeur",
    "humeurs",
    // Spanish, Portuguese, Italian, Romanian
    "opinion-es",
    "columna",
    "columnas",
    "columnistas",
    "tribuna",
    "opiniao",
    "coluna",
    "colunas",
    "colunistas",
    "artigo-de-opiniao",
    "opinione",
    "opinioni",
    "commento",
    "commenti",
    "editoriale",
    "editoriali",
    "opinii",
    // Polish, Czech, Slovak, Croatian, Serbian, Bosnian, Slovene
    "komentarz",
    "komentarze",
    "felieton",
    "felietony",
    "nazory",
    "komentare",
    "komentar",
    "komentari",
    "kolumne",
    "misljenje",
    "misljenja",
    "mnenja",
    // Hungarian, Finnish, Turkish, Indonesian, Greek
    "velemeny",
    "mielipide",
    "mielipiteet",
    "kolumni",
    "kolumnit",
    "paakirjoitus",
    "paakirjoitukset",
    "kose-yazisi",
    "kose-yazilari",
    "gorus",
    "yorum",
    "opini",
    "γνωμη",
    "αποψεις",
    "apopseis",
    // Ukrainian, Russian, Bulgarian
    "думка",
    "думки",
    "колонка",
    "колонки",
    "dumka",
    "dumky",
    "kolonky",
    "мнение",
    "мнения",
    "mneniya",
    "mnenie",
    "коментари",
    // Arabic, Persian, Hebrew, Hindi, Chinese, Japanese, Korean
    "رأي",
    "الرأي",
    "آراء",
    "مقالات-الرأي",
    "دیدگاه",
    "דעות",
    "विचार",
    "评论",
    "評論",
    "社论",
    "社論",
    "观点",
    "觀點",
    "社説",
    "論説",
    "コラム",
    "オピニオン",
    "사설",
    "칼럼",
    "오피니언",
];

/// Sections that explain.
const ANALYSIS: &[&str] = &[
    "analysis",
    "analyses",
    "news-analysis",
    "explainer",
    "explainers",
    "explained",
    "analyse",
    "analysen",
    "analisis",
    "analise",
    "analises",
    "analisi",
    "analiza",
    "analizy",
    "analyza",
    "analyzy",
    "analyser",
    "analys",
    "analyysi",
    "analyysit",
    "elemzes",
    "analiz",
    "decryptage",
    "decryptages",
    "αναλυση",
    "аналіз",
    "аналітика",
    "анализ",
    "аналитика",
    "تحليل",
    "تحليلات",
    "विश्लेषण",
    "分析",
    "解説",
    "분석",
    "해설",
];

/// Sections that print statements of an office.
const OFFICIAL: &[&str] = &[
    "press-release",
    "press-releases",
    "pressrelease",
    "pressreleases",
    "official-statement",
    "official-statements",
    "authorised-release",
    "authorized-release",
    "communique",
    "communiques",
    "communiques-de-presse",
    "pressemitteilung",
    "pressemitteilungen",
    "comunicado-de-prensa",
    "comunicados-de-prensa",
    "授权发布",
    "授權發布",
];

/// Words of the lists that are common in headlines without saying what the piece is: "Leaders:",
/// "Debat:". They count in addresses and sections only.
const NOT_IN_HEADLINES: &[&str] = &[
    "leader",
    "leaders",
    "letters",
    "tribune",
    "tribunes",
    "billet",
    "debat",
    "debatt",
    "communique",
    "communiques",
    "column",
    "columns",
];

/// Segments of an address that are looked at: sections come first, the headline last.
const SEGMENTS: usize = 12;
/// Sections of a feed's entry that are looked at.
const CATEGORIES: usize = 32;
/// Characters of a section, or of the mark before a headline.
const SECTION: usize = 40;

/// The form of an article. What stands later is asked only when what stands before says nothing:
/// the publisher is an office, the address, the sections, the headline, the publisher is mainly
/// comment.
pub(super) fn form(input: &ReadingInput<'_>) -> ArticleForm {
    if input.publisher.kind == PublisherKind::Official {
        return ArticleForm::Official;
    }
    by_address(input)
        .or_else(|| {
            let categories = input.categories.iter().take(CATEGORIES);
            categories.filter_map(|category| by_section(category)).max()
        })
        .or_else(|| by_headline(input.title))
        .unwrap_or(match input.publisher.kind {
            PublisherKind::Opinion => ArticleForm::Opinion,
            _ => ArticleForm::News,
        })
}

fn by_address(input: &ReadingInput<'_>) -> Option<ArticleForm> {
    let url = input.url?;
    let host = url.host_str().and_then(|host| host.split('.').next());
    let decoded = |segment: &str| {
        let mut bytes = Vec::with_capacity(segment.len());
        let mut rest = segment.as_bytes();
        while let Some((&byte, after)) = rest.split_first() {
            let escaped = (byte == b'%')
                .then(|| after.get(..2))
                .flatten()
                .and_then(|digits| std::str::from_utf8(digits).ok())
                .and_then(|digits| u8::from_str_radix(digits, 16).ok());
            match escaped {
                Some(escaped) => {
                    bytes.push(escaped);
                    rest = after.get(2..).unwrap_or_default();
                }
                None => {
                    bytes.push(byte);
                    rest = after;
                }
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    };
    host.into_iter()
        .chain(url.path_segments().into_iter().flatten().take(SEGMENTS))
        .find_map(|segment| by_section(&decoded(segment)))
}

/// A section by its name, whatever its case, accents and separators.
fn by_section(name: &str) -> Option<ArticleForm> {
    let name = folded(name)?;
    let has = |list: &[&str]| list.contains(&name.as_str());
    if has(OFFICIAL) {
        Some(ArticleForm::Official)
    } else if has(ANALYSIS) {
        Some(ArticleForm::Analysis)
    } else if has(OPINION) {
        Some(ArticleForm::Opinion)
    } else {
        None
    }
}

/// "Opinion: …", "Analysis | …", "[Kommentar] …", "… | Opinion".
fn by_headline(title: &str) -> Option<ArticleForm> {
    let title = title.trim();
    let start: &str = match title.char_indices().nth(SECTION) {
        Some((end, _)) => &title[..end],
        None => title,
    };
    let bracketed = start
        .strip_prefix(['[', '(', '【', '［'])
        .and_then(|rest| rest.split_once([']', ')', '】', '］']))
        .map(|(mark, _)| mark);
    let before = start
        .split_once([':', '|', '：', '｜', '／'])
        .or_else(|| start.split_once(" - "))
        .or_else(|| start.split_once(" – "))
        .or_else(|| start.split_once(" — "))
        .map(|(mark, _)| mark);
    let after = title.rsplit_once(" | ").map(|(_, mark)| mark);
    [bracketed, before, after]
        .into_iter()
        .flatten()
        .filter(|mark| folded(mark).is_some_and(|mark| !NOT_IN_HEADLINES.contains(&mark.as_str())))
        .find_map(by_section)
}

/// Lower case, without accents on Latin and Greek letters, words joined by hyphens; `None` for
/// what is too long to be a section.
fn folded(name: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization as _;
    let name = name.trim();
    if name.is_empty() || name.chars().nth(SECTION).is_some() {
        return None;
    }
    let folded: String = name
        .nfd()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36f}'))
        .nfc()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ı' => 'i',
            'ø' => 'o',
            'ł' => 'l',
            ' ' | '_' | '\u{a0}' => '-',
            c => c,
        })
        .collect();
    Some(folded.trim_matches('-').to_owned())
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::model::Publisher;
    use crate::story::test_publishers::publisher;

    fn of(publisher: &Publisher, title: &str, url: &str, categories: &[&str]) -> ArticleForm {
        let url = Url::parse(url).ok();
        let categories: Vec<String> = categories.iter().map(|c| (*c).to_owned()).collect();
        form(&ReadingInput {
            title,
            summary: "",
            body: "",
            language: "en",
            url: url.as_ref(),
            categories: &categories,
            publisher,
        })
    }

    #[test]
    fn by_address_section_and_headline() {
        use ArticleForm::{Analysis, News, Official, Opinion};
        let national = publisher("a", "GB");
        for (title, url, categories, expected) in [
            ("Rain", "https://a.example/world/rain", vec!["World"], News),
            ("Rain", "https://a.example/opinion/rain", vec![], Opinion),
            ("Rain", "https://a.example/2026/11/op-ed/1", vec![], Opinion),
            ("Rain", "https://opinion.a.example/1", vec![], Opinion),
            ("Rain", "https://a.example/Meinung/regen", vec![], Opinion),
            ("Rain", "https://a.example/opini%C3%A3o/x", vec![], Opinion),
            (
                "Rain",
                "https://a.example/%D8%A7%D9%84%D8%B1%D8%A3%D9%8A/1",
                vec![],
                Opinion,
            ),
            ("Rain", "https://a.example/analysis/1", vec![], Analysis),
            // A headline in the address is no section.
            (
                "Opinion polls",
                "https://a.example/news/opinion-polls-rise",
                vec![],
                News,
            ),
            ("Rain", "", vec!["Opinión"], Opinion),
            ("Rain", "", vec!["Humeurs"], Opinion),
            ("Rain", "", vec!["Explained", "World"], Analysis),
            ("Rain", "", vec!["授权发布"], Official),
            ("Rain", "", vec!["Sport", "Letters to the Editor"], Opinion),
            ("Opinion: Rain is good", "", vec![], Opinion),
            ("OPINION | Rain is good", "", vec![], Opinion),
            ("Analysis | Rain", "", vec![], Analysis),
            ("Kommentar: Regen", "", vec![], Opinion),
            ("[Editorial] Rain", "", vec![], Opinion),
            ("【社説】雨", "", vec![], Opinion),
            ("Rain is good | Opinion", "", vec![], Opinion),
            ("Leaders: what they said", "", vec![], News),
            ("Opinion divided over rain", "", vec![], News),
            ("The opinion: the court's text", "", vec![], News),
        ] {
            let found = of(&national, title, url, &categories);
            assert_eq!(found, expected, "{title} {url} {categories:?}");
        }
    }

    #[test]
    fn a_publisher_that_is_comment_or_an_office() {
        let mut of_kind = publisher("a", "GB");
        of_kind.kind = PublisherKind::Opinion;
        assert_eq!(of(&of_kind, "Rain", "", &[]), ArticleForm::Opinion);
        let explains = of(&of_kind, "Rain", "https://a.example/analysis/1", &[]);
        assert_eq!(explains, ArticleForm::Analysis);
        of_kind.kind = PublisherKind::Official;
        let url = "https://a.example/opinion/1";
        assert_eq!(of(&of_kind, "Rain", url, &[]), ArticleForm::Official);
    }
}
