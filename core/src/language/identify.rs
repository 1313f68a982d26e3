//! Does a text keep to the language it is said to be in?
//!
//! A title alone is too short to tell languages apart for sure, so the titles of a feed are judged
//! together: first by their script, then by whatlang's trigrams (Cavnar and Trenkle, "N-Gram-Based
//! Text Categorization", 1994). Languages too close to be told apart are not held against each
//! other.

use whatlang::{Detector, Lang, Script};

/// Below this many letters a title says nothing.
const MIN_LETTERS: usize = 10;
/// Below this many titles a feed says nothing.
const MIN_TITLES: usize = 3;
/// More text than this adds time, not certainty.
const MAX_LETTERS: usize = 4_000;

/// The languages that can be told apart, by ISO 639-1 or else 639-3. The rest of what whatlang
/// knows (Esperanto, Latin, Javanese, …) would only be guessed wrongly.
const KNOWN: &[(&str, Lang)] = &[
    ("af", Lang::Afr),
    ("am", Lang::Amh),
    ("ar", Lang::Ara),
    ("az", Lang::Aze),
    ("be", Lang::Bel),
    ("bg", Lang::Bul),
    ("bn", Lang::Ben),
    ("ca", Lang::Cat),
    ("cs", Lang::Ces),
    ("da", Lang::Dan),
    ("de", Lang::Deu),
    ("el", Lang::Ell),
    ("en", Lang::Eng),
    ("es", Lang::Spa),
    ("et", Lang::Est),
    ("fa", Lang::Pes),
    ("fi", Lang::Fin),
    ("fil", Lang::Tgl),
    ("fr", Lang::Fra),
    ("gu", Lang::Guj),
    ("he", Lang::Heb),
    ("hi", Lang::Hin),
    ("hr", Lang::Hrv),
    ("hu", Lang::Hun),
    ("hy", Lang::Hye),
    ("id", Lang::Ind),
    ("it", Lang::Ita),
    ("ja", Lang::Jpn),
    ("ka", Lang::Kat),
    ("km", Lang::Khm),
    ("kn", Lang::Kan),
    ("ko", Lang::Kor),
    ("lt", Lang::Lit),
    ("lv", Lang::Lav),
    ("mk", Lang::Mkd),
    ("ml", Lang::Mal),
    ("mr", Lang::Mar),
    ("my", Lang::Mya),
    ("nb", Lang::Nob),
    ("ne", Lang::Nep),
    ("nl", Lang::Nld),
    ("nn", Lang::Nob),
    ("no", Lang::Nob),
    ("or", Lang::Ori),
    ("pa", Lang::Pan),
    ("pl", Lang::Pol),
    ("pt", Lang::Por),
    ("ro", Lang::Ron),
    ("ru", Lang::Rus),
    ("si", Lang::Sin),
    ("sk", Lang::Slk),
    ("sl", Lang::Slv),
    ("sn", Lang::Sna),
    ("sr", Lang::Srp),
    ("sv", Lang::Swe),
    ("ta", Lang::Tam),
    ("te", Lang::Tel),
    ("th", Lang::Tha),
    ("tl", Lang::Tgl),
    ("tr", Lang::Tur),
    ("uk", Lang::Ukr),
    ("ur", Lang::Urd),
    ("uz", Lang::Uzb),
    ("vi", Lang::Vie),
    ("yi", Lang::Yid),
    ("zh", Lang::Cmn),
    ("zu", Lang::Zul),
];

/// Languages that headlines do not tell apart.
const ALIKE: &[&[Lang]] = &[
    &[Lang::Dan, Lang::Nob],
    &[Lang::Hrv, Lang::Srp, Lang::Slv],
    &[Lang::Ces, Lang::Slk],
    &[Lang::Bul, Lang::Mkd],
    &[Lang::Spa, Lang::Cat],
    &[Lang::Nld, Lang::Afr],
    &[Lang::Tur, Lang::Aze],
    &[Lang::Hin, Lang::Mar, Lang::Nep],
    &[Lang::Heb, Lang::Yid],
];

/// Scripts of languages that whatlang does not know, or that have one of their own.
const SCRIPTS: &[(&str, &[Script])] = &[
    (
        "ja",
        &[Script::Hiragana, Script::Katakana, Script::Mandarin],
    ),
    ("kk", &[Script::Cyrillic, Script::Latin]),
    ("ky", &[Script::Cyrillic]),
    ("ps", &[Script::Arabic]),
    ("ga", &[Script::Latin]),
    ("is", &[Script::Latin]),
    ("lg", &[Script::Latin]),
    ("ms", &[Script::Latin]),
    ("mt", &[Script::Latin]),
    ("rw", &[Script::Latin]),
    ("sw", &[Script::Latin]),
    ("tn", &[Script::Latin]),
    ("wo", &[Script::Latin]),
    // Written in either; the tag's script says which.
    ("sr", &[Script::Cyrillic, Script::Latin]),
    ("uz", &[Script::Cyrillic, Script::Latin]),
];

/// What most of some texts are in, instead of what was declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// "Russian", or "the Cyrillic script" where only that is sure.
    pub found: String,
    /// Texts that are in it.
    pub differing: usize,
    /// Texts that were long enough to tell.
    pub judged: usize,
}

/// Whether most of `texts`, such as the titles of a feed, are surely not in the language
/// `declared`, a BCP 47 tag. `None` when they are in it, and whenever that cannot be told: too few
/// or too short, a language that is not known, or two that are too alike.
pub fn mismatch<'a>(declared: &str, texts: impl IntoIterator<Item = &'a str>) -> Option<Mismatch> {
    let texts: Vec<&str> = texts
        .into_iter()
        .filter(|text| text.chars().filter(|c| c.is_alphabetic()).count() >= MIN_LETTERS)
        .collect();
    if texts.len() < MIN_TITLES {
        return None;
    }
    let primary = super::primary(declared);
    let script = script_tag(declared);
    other_script(&primary, script, &texts).or_else(|| other_language(&primary, script, &texts))
}

/// The language of a text (BCP 47), of which some were declared: by its feed, its page or the
/// catalogue, the likeliest first. One that is declared alone is believed unless the script says
/// otherwise; among several, and English, the trigrams decide. With none declared only a sure answer
/// counts. `None` when nothing can be told.
pub fn identify(text: &str, declared: &[&str]) -> Option<String> {
    let by_letters = by_letters(text);
    if let Some(certain) = by_letters
        && !declared.iter().any(|tag| super::primary(tag) == certain)
    {
        return Some(certain.to_owned());
    }
    let script = whatlang::detect_script(text);
    let fits = |tag: &&&str| match (script, scripts_of(tag)) {
        (Some(found), Some(scripts)) => scripts.contains(&found),
        _ => true,
    };
    let possible: Vec<&str> = declared.iter().filter(fits).copied().collect();
    match possible.as_slice() {
        [only] => return Some((*only).to_owned()),
        [] => {}
        [first, ..] => {
            let known: Vec<(&str, Lang)> = possible
                .iter()
                .filter_map(|tag| Some((*tag, named(KNOWN, &super::primary(tag))?)))
                .collect();
            // Among languages of which it knows one, whatlang would take every text for that.
            let strange = possible
                .iter()
                .find(|tag| named(KNOWN, &super::primary(tag)).is_none());
            if let Some(strange) = strange {
                let all = KNOWN.iter().map(|(_, lang)| *lang).collect();
                let sure = Detector::with_allowlist(all).detect(text);
                let sure = sure.filter(whatlang::Info::is_reliable);
                let found =
                    sure.and_then(|sure| known.iter().find(|(_, lang)| *lang == sure.lang()));
                return Some(found.map_or(*strange, |(tag, _)| *tag).to_owned());
            }
            let allowed = known.iter().map(|(_, lang)| *lang).collect();
            let found = Detector::with_allowlist(allowed).detect_lang(text);
            let found = found.and_then(|lang| known.iter().find(|(_, known)| *known == lang));
            return Some(found.map_or(*first, |(tag, _)| *tag).to_owned());
        }
    }
    let all = KNOWN.iter().map(|(_, lang)| *lang).collect();
    let found = Detector::with_allowlist(all).detect(text)?;
    let tag = KNOWN.iter().find(|(_, lang)| *lang == found.lang())?.0;
    found.is_reliable().then(|| tag.to_owned())
}

/// Letters from which a text can be told to be in another script than the text around it.
const SCRIPT_LETTERS: usize = 40;
/// Letters from which a text can be told to be in another language of the same script.
const STRETCH_LETTERS: usize = 120;

/// Whether a stretch of an article in `language`, such as a quotation, is surely in another: in a
/// script of its own, or long enough for the trigrams to be sure of a language that is not alike.
pub fn is_foreign_stretch(text: &str, language: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters < SCRIPT_LETTERS {
        return false;
    }
    if let (Some(found), Some(own)) = (whatlang::detect_script(text), scripts_of(language))
        && !own.contains(&found)
    {
        return true;
    }
    if identify(text, &[language, super::TARGET_LANGUAGE]).as_deref()
        == Some(super::TARGET_LANGUAGE)
    {
        return super::primary(language) != super::TARGET_LANGUAGE;
    }
    letters >= STRETCH_LETTERS
        && other_language(&super::primary(language), script_tag(language), &[text]).is_some()
}

/// The script that a tag names.
fn script_tag(tag: &str) -> Option<&str> {
    tag.split('-').skip(1).find(|subtag| subtag.len() == 4)
}

/// Whether a text is in `language` for sure, and not in English.
pub(super) fn is_surely(text: &str, language: &str) -> bool {
    let primary = super::primary(language);
    let Some(lang) = named(KNOWN, &primary).filter(|lang| *lang != Lang::Eng) else {
        return false;
    };
    let detector = Detector::with_allowlist(vec![lang, Lang::Eng]);
    detector
        .detect(text)
        .is_some_and(|found| found.lang() == lang && found.is_reliable())
}

/// The English name of a language.
pub(super) fn english_name(primary: &str) -> Option<&'static str> {
    const OTHERS: &[(&str, &str)] = &[
        ("bs", "Bosnian"),
        ("cy", "Welsh"),
        ("eo", "Esperanto"),
        ("eu", "Basque"),
        ("ga", "Irish"),
        ("gl", "Galician"),
        ("is", "Icelandic"),
        ("kk", "Kazakh"),
        ("ky", "Kyrgyz"),
        ("lg", "Ganda"),
        ("lo", "Lao"),
        ("mn", "Mongolian"),
        ("ms", "Malay"),
        ("mt", "Maltese"),
        ("nb", "Norwegian"),
        ("pa", "Punjabi"),
        ("ps", "Pashto"),
        ("rw", "Kinyarwanda"),
        ("sq", "Albanian"),
        ("sw", "Swahili"),
        ("tg", "Tajik"),
        ("tk", "Turkmen"),
        ("tn", "Tswana"),
        ("wo", "Wolof"),
        ("zh", "Chinese"),
    ];
    named(OTHERS, primary).or_else(|| named(KNOWN, primary).map(|lang| lang.eng_name()))
}

/// Languages that letters of their own give away.
fn by_letters(text: &str) -> Option<&'static str> {
    let has = |letters: &[char]| text.contains(letters);
    let lower = text.to_lowercase();
    if lower.contains(['ў']) {
        Some("be")
    } else if lower.contains(['ї', 'є', 'ґ']) && !lower.contains(['ы', 'э', 'ъ']) {
        Some("uk")
    } else if has(&['ٹ', 'ڈ', 'ڑ', 'ں', 'ے']) {
        Some("ur")
    } else if has(&['پ', 'چ', 'گ']) && has(&['ی', 'ک']) {
        Some("fa")
    } else {
        None
    }
}

/// The scripts a language is written in, as far as they are known.
fn scripts_of(tag: &str) -> Option<Vec<Script>> {
    let primary = super::primary(tag);
    match (named(SCRIPTS, &primary), named(KNOWN, &primary)) {
        (Some(scripts), _) => Some(scripts.to_vec()),
        (None, Some(lang)) => script_of(lang).map(|script| vec![script]),
        (None, None) => None,
    }
}

fn other_script(primary: &str, script: Option<&str>, texts: &[&str]) -> Option<Mismatch> {
    let expected: &[Script] = match (script, named(SCRIPTS, primary), named(KNOWN, primary)) {
        (Some("Latn"), ..) => &[Script::Latin],
        (Some("Cyrl"), ..) => &[Script::Cyrillic],
        (_, Some(scripts), _) => scripts,
        (_, None, Some(lang)) => &[script_of(lang)?],
        (_, None, None) => return None,
    };
    let found: Vec<Script> = texts
        .iter()
        .filter_map(|text| whatlang::detect_script(text))
        .filter(|script| !expected.contains(script))
        .collect();
    let most = found
        .iter()
        .copied()
        .max_by_key(|script| found.iter().filter(|other| *other == script).count())?;
    (found.len() * 2 > texts.len()).then(|| Mismatch {
        found: match most {
            // whatlang's name for Chinese characters, whoever uses them.
            Script::Mandarin => "the Han script".to_owned(),
            _ => format!("the {most} script"),
        },
        differing: found.len(),
        judged: texts.len(),
    })
}

fn other_language(primary: &str, script: Option<&str>, texts: &[&str]) -> Option<Mismatch> {
    let declared = match (primary, script) {
        // whatlang knows Serbian in Cyrillic only; in Latin letters it looks Croatian.
        ("sr", Some("Latn")) => Lang::Hrv,
        _ => named(KNOWN, primary)?,
    };
    let alike = ALIKE.iter().find(|group| group.contains(&declared));
    let allowed = KNOWN
        .iter()
        .map(|(_, lang)| *lang)
        .filter(|lang| *lang == declared || !alike.is_some_and(|group| group.contains(lang)))
        .collect();
    let detector = Detector::with_allowlist(allowed);

    let mut together = String::new();
    for text in texts {
        together.push_str(text);
        together.push('\n');
        if together.len() > MAX_LETTERS {
            break;
        }
    }
    let whole = detector.detect(&together)?;
    if !whole.is_reliable() || whole.lang() == declared {
        return None;
    }
    let differing = texts
        .iter()
        .filter(|text| detector.detect_lang(text) == Some(whole.lang()))
        .count();
    (differing * 2 > texts.len()).then(|| Mismatch {
        found: whole.lang().eng_name().to_owned(),
        differing,
        judged: texts.len(),
    })
}

/// The script that a language is written in.
fn script_of(lang: Lang) -> Option<Script> {
    Script::all()
        .iter()
        .copied()
        .find(|script| script.langs().contains(&lang))
}

fn named<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    table
        .iter()
        .find(|(tag, _)| *tag == name)
        .map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use proptest::prelude::*;

    use super::*;

    const ENGLISH: &[&str] = &[
        "Parliament approves next year's budget after a long night",
        "Storm leaves thousands of homes without power in the north",
        "New bridge over the river opens to traffic on Monday",
        "Teachers and the ministry agree on pay after weeks of talks",
        "Farmers warn that a dry spring will make bread more expensive",
    ];
    const UKRAINIAN: &[&str] = &[
        "Парламент ухвалив бюджет на наступний рік після довгої ночі",
        "Через негоду тисячі родин на півночі залишилися без світла",
        "Новий міст через річку відкриють для руху в понеділок",
        "Вчителі та міністерство домовилися про підвищення зарплати",
        "Фермери попереджають, що суха весна зробить хліб дорожчим",
    ];
    const RUSSIAN: &[&str] = &[
        "Парламент принял бюджет на следующий год после долгой ночи",
        "Из-за шторма тысячи семей на севере остались без электричества",
        "Новый мост через реку откроют для движения в понедельник",
        "Учителя и министерство договорились о повышении зарплаты",
        "Фермеры предупреждают, что сухая весна сделает хлеб дороже",
    ];
    const PORTUGUESE: &[&str] = &[
        "Parlamento aprova o orçamento do próximo ano depois de uma longa noite",
        "Tempestade deixa milhares de casas sem energia no norte do país",
        "Nova ponte sobre o rio abre ao trânsito na segunda-feira",
        "Professores e ministério chegam a acordo sobre os salários",
        "Agricultores avisam que a primavera seca vai encarecer o pão",
    ];
    const GERMAN: &[&str] = &[
        "Parlament beschließt nach langer Nacht den Haushalt für das nächste Jahr",
        "Sturm: Tausende Haushalte im Norden ohne Strom",
        "Neue Brücke über den Fluss wird am Montag für den Verkehr geöffnet",
        "Lehrer und Ministerium einigen sich nach Wochen auf mehr Gehalt",
        "Bauern warnen: Trockener Frühling macht das Brot teurer",
    ];
    const ARABIC: &[&str] = &[
        "البرلمان يقر ميزانية العام المقبل بعد ليلة طويلة",
        "العاصفة تترك آلاف المنازل بلا كهرباء في الشمال",
        "افتتاح الجسر الجديد فوق النهر أمام حركة المرور يوم الاثنين",
        "المعلمون والوزارة يتفقون على زيادة الرواتب بعد أسابيع",
    ];
    const PERSIAN: &[&str] = &[
        "مجلس بودجه سال آینده را پس از شبی طولانی تصویب کرد",
        "طوفان هزاران خانه را در شمال کشور بی‌برق گذاشت",
        "پل جدید روی رودخانه روز دوشنبه برای رفت و آمد باز می‌شود",
        "معلمان و وزارتخانه پس از چند هفته بر سر حقوق توافق کردند",
    ];
    const JAPANESE: &[&str] = &[
        "国会は長い夜の末に来年度予算を可決した",
        "嵐のため北部の数千世帯で停電が続いている",
        "新しい橋は月曜日に開通する予定です",
        "教員の給与引き上げで合意、数週間の交渉の末",
    ];
    const CHINESE: &[&str] = &[
        "议会经过漫长的一夜通过了明年的预算案",
        "暴风雨导致北部数千户家庭停电",
        "河上新桥将于星期一正式通车",
        "教师与教育部经过数周谈判达成加薪协议",
    ];
    const SERBIAN_LATIN: &[&str] = &[
        "Skupština usvojila budžet za sledeću godinu posle duge noći",
        "Oluja ostavila hiljade domaćinstava na severu bez struje",
        "Novi most preko reke otvara se za saobraćaj u ponedeljak",
        "Nastavnici i ministarstvo dogovorili se o platama",
    ];

    fn judge(declared: &str, texts: &[&'static str]) -> Option<Mismatch> {
        mismatch(declared, texts.iter().copied())
    }

    #[test]
    fn a_quotation_in_another_language_is_one() {
        let arabic = "وصل القطار متأخرا هذا الصباح لأن المطر هطل بغزارة أثناء الليل.";
        let german = "Der Zug kam heute Morgen zu spät, weil es in der Nacht stark geregnet hatte, \
                      und die Menschen warteten lange auf dem kalten Bahnsteig, sagte die Bahn.";
        let icelandic = "Lestin kom of seint í morgun af því að það rigndi mikið í nótt, og fólkið \
                         beið lengi á brautarpallinum þar sem enginn vissi neitt um framhaldið.";
        let english = "The train came late this morning because it had rained heavily.";
        for (text, language, foreign) in [
            (arabic, "pt", true),
            (arabic, "ar", false),
            (german, "pt", true),
            (german, "uk", true),
            (german, "de-AT", false),
            (icelandic, "is", false),
            (english, "is", true),
            (english, "pt", true),
            (english, "en", false),
            // Too short to be sure.
            ("Guten Morgen", "pt", false),
        ] {
            assert_eq!(
                is_foreign_stretch(text, language),
                foreign,
                "{language}: {text}"
            );
        }
    }

    #[test]
    fn titles_in_the_declared_language_are_left_alone() {
        let right: [(&str, &[&'static str]); 12] = [
            ("en", ENGLISH),
            ("en-GB", ENGLISH),
            ("uk", UKRAINIAN),
            ("ru", RUSSIAN),
            ("pt-BR", PORTUGUESE),
            ("de", GERMAN),
            ("ar", ARABIC),
            ("fa-AF", PERSIAN),
            ("ja", JAPANESE),
            ("zh-Hant", CHINESE),
            ("sr-Latn", SERBIAN_LATIN),
            ("sr", SERBIAN_LATIN),
        ];
        for (declared, texts) in right {
            assert_eq!(judge(declared, texts), None, "{declared}");
        }
    }

    #[test]
    fn another_language_of_the_same_script_is_named() {
        let wrong: [(&str, &[&'static str], &str); 6] = [
            ("uk", RUSSIAN, "Russian"),
            ("ru", UKRAINIAN, "Ukrainian"),
            ("de", ENGLISH, "English"),
            ("es", PORTUGUESE, "Portuguese"),
            ("ar", PERSIAN, "Persian"),
            ("fa", ARABIC, "Arabic"),
        ];
        for (declared, texts, found) in wrong {
            let mismatch = judge(declared, texts).expect(declared);
            assert_eq!(mismatch.found, found, "{declared}");
            assert!(mismatch.differing * 2 > mismatch.judged, "{mismatch:?}");
        }
    }

    #[test]
    fn another_script_is_named_also_for_a_language_that_is_not_known() {
        let wrong: [(&str, &[&'static str], &str); 6] = [
            ("uk", ENGLISH, "the Latin script"),
            ("sw", ARABIC, "the Arabic script"),
            ("ps", ENGLISH, "the Latin script"),
            ("sr-Cyrl", SERBIAN_LATIN, "the Latin script"),
            ("zh-Hans", ENGLISH, "the Latin script"),
            ("en", CHINESE, "the Han script"),
        ];
        for (declared, texts, found) in wrong {
            assert_eq!(
                judge(declared, texts).expect(declared).found,
                found,
                "{declared}"
            );
        }
    }

    #[test]
    fn languages_too_alike_are_not_held_against_each_other() {
        assert_eq!(judge("hr", SERBIAN_LATIN), None);
        assert_eq!(judge("sl", SERBIAN_LATIN), None);
    }

    #[test]
    fn a_few_foreign_titles_do_not_count() {
        let mut titles = UKRAINIAN.to_vec();
        titles.extend(&ENGLISH[..2]);
        titles.extend(&RUSSIAN[..2]);
        assert_eq!(judge("uk", &titles), None);
    }

    #[test]
    fn too_little_says_nothing() {
        assert_eq!(judge("uk", &RUSSIAN[..2]), None);
        assert_eq!(
            judge("uk", &["Live", "Video", "2:1", "Photo", "News"]),
            None
        );
        assert_eq!(judge("xx", ENGLISH), None);
        assert_eq!(judge("", ENGLISH), None);
    }

    proptest! {
        #[test]
        fn any_titles_and_tag_are_taken(
            declared in ".{0,12}",
            titles in prop::collection::vec(".{0,60}", 0..8),
        ) {
            if let Some(found) = mismatch(&declared, titles.iter().map(String::as_str)) {
                prop_assert!(found.differing <= found.judged);
                prop_assert!(found.judged <= titles.len());
            }
        }
    }
}
