//! A sentence of each language, written by us for trying a translator out.

use super::primary;

/// What each of them says.
pub const SPECIMEN_ENGLISH: &str =
    "The train came late this morning because it had rained heavily during the night.";

const SENTENCES: &[(&str, &str)] = &[
    (
        "ar",
        "وصل القطار متأخرا هذا الصباح لأن المطر هطل بغزارة أثناء الليل.",
    ),
    (
        "be",
        "Цягнік прыйшоў сёння раніцай са спазненнем, бо ўначы ішоў моцны дождж.",
    ),
    (
        "bg",
        "Влакът пристигна тази сутрин със закъснение, защото през нощта валя силен дъжд.",
    ),
    ("bn", "রাতে প্রবল বৃষ্টি হওয়ায় আজ সকালে ট্রেন দেরিতে এসেছে।"),
    (
        "bs",
        "Voz je jutros kasnio jer je tokom noći padala jaka kiša.",
    ),
    (
        "ca",
        "El tren ha arribat tard aquest matí perquè ha plogut molt durant la nit.",
    ),
    (
        "cs",
        "Vlak dnes ráno přijel pozdě, protože v noci silně pršelo.",
    ),
    (
        "da",
        "Toget kom for sent i morges, fordi det havde regnet kraftigt om natten.",
    ),
    (
        "de",
        "Der Zug kam heute Morgen zu spät, weil es in der Nacht stark geregnet hatte.",
    ),
    (
        "el",
        "Το τρένο έφτασε αργά σήμερα το πρωί επειδή έβρεχε δυνατά τη νύχτα.",
    ),
    (
        "es",
        "El tren llegó tarde esta mañana porque había llovido mucho durante la noche.",
    ),
    (
        "et",
        "Rong jäi täna hommikul hiljaks, sest öösel sadas tugevat vihma.",
    ),
    (
        "eu",
        "Trena berandu iritsi da gaur goizean, gauean euri asko egin duelako.",
    ),
    ("fa", "قطار امروز صبح دیر رسید، چون دیشب باران شدیدی بارید."),
    (
        "fi",
        "Juna oli tänä aamuna myöhässä, koska yöllä satoi rankasti.",
    ),
    (
        "fr",
        "Le train est arrivé en retard ce matin parce qu'il avait beaucoup plu pendant la nuit.",
    ),
    (
        "gl",
        "O tren chegou tarde esta mañá porque chovera moito durante a noite.",
    ),
    ("he", "הרכבת איחרה הבוקר כי ירד גשם כבד במשך הלילה."),
    ("hi", "रात में तेज़ बारिश होने के कारण आज सुबह ट्रेन देर से आई।"),
    (
        "hr",
        "Vlak je jutros kasnio jer je tijekom noći padala jaka kiša.",
    ),
    (
        "hu",
        "A vonat ma reggel késett, mert éjszaka erősen esett az eső.",
    ),
    (
        "id",
        "Kereta datang terlambat pagi ini karena hujan deras turun semalam.",
    ),
    (
        "is",
        "Lestin kom of seint í morgun af því að það rigndi mikið í nótt.",
    ),
    (
        "it",
        "Questa mattina il treno è arrivato in ritardo perché di notte aveva piovuto molto.",
    ),
    (
        "ja",
        "夜に激しい雨が降ったため、今朝は電車が遅れて到着しました。",
    ),
    (
        "ko",
        "밤사이 비가 많이 내려서 오늘 아침 기차가 늦게 도착했다.",
    ),
    ("lt", "Šįryt traukinys vėlavo, nes naktį smarkiai lijo."),
    ("lv", "Vilciens šorīt kavējās, jo naktī stipri lija."),
    (
        "mk",
        "Возот доцнеше утрово затоа што ноќта паѓаше силен дожд.",
    ),
    (
        "ms",
        "Kereta api tiba lewat pagi ini kerana hujan lebat pada waktu malam.",
    ),
    (
        "nb",
        "Toget kom for sent i morges fordi det hadde regnet kraftig om natten.",
    ),
    (
        "nl",
        "De trein kwam vanmorgen te laat omdat het 's nachts hard had geregend.",
    ),
    (
        "pl",
        "Pociąg spóźnił się dziś rano, bo w nocy mocno padał deszcz.",
    ),
    (
        "pt",
        "O comboio chegou atrasado esta manhã porque choveu muito durante a noite.",
    ),
    (
        "ro",
        "Trenul a ajuns târziu în această dimineață pentru că a plouat mult în timpul nopții.",
    ),
    (
        "ru",
        "Поезд сегодня утром опоздал, потому что ночью шёл сильный дождь.",
    ),
    ("sk", "Vlak dnes ráno meškal, pretože v noci silno pršalo."),
    (
        "sl",
        "Vlak je danes zjutraj zamudil, ker je ponoči močno deževalo.",
    ),
    (
        "sq",
        "Treni mbërriti vonë sot në mëngjes sepse gjatë natës ra shumë shi.",
    ),
    (
        "sr",
        "Воз је јутрос каснио јер је током ноћи падала јака киша.",
    ),
    (
        "sv",
        "Tåget kom för sent i morse eftersom det hade regnat kraftigt under natten.",
    ),
    ("th", "เช้านี้รถไฟมาช้าเพราะเมื่อคืนฝนตกหนัก"),
    (
        "tr",
        "Gece çok yağmur yağdığı için tren bu sabah geç geldi.",
    ),
    (
        "uk",
        "Потяг сьогодні вранці запізнився, бо вночі йшов сильний дощ.",
    ),
    (
        "ur",
        "رات کو تیز بارش ہونے کی وجہ سے آج صبح ٹرین دیر سے پہنچی۔",
    ),
    ("vi", "Sáng nay tàu đến muộn vì đêm qua trời mưa to."),
    ("zh", "因为夜里下了大雨，今天早上火车晚点了。"),
];

/// A sentence of a language (BCP 47) that says [`SPECIMEN_ENGLISH`]; `None` for languages that nobody wrote
/// one in.
pub fn specimen(language: &str) -> Option<&'static str> {
    let language = primary(language);
    let found = SENTENCES.iter().find(|(known, _)| *known == language);
    found.map(|(_, sentence)| *sentence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{identify, name_of};

    #[test]
    fn each_sentence_is_in_its_language() {
        for (language, sentence) in SENTENCES {
            assert_eq!(primary(language), *language);
            assert_ne!(name_of(language), *language, "a name for people");
            let found = identify(sentence, &[language, "en"]);
            assert_eq!(found.as_deref(), Some(*language), "{sentence}");
        }
    }
}
