//! Names of months in the languages of the catalogue.
//!
//! Written folded (see `fold`): lower case, without accents. A word is a month if it begins with a
//! stem; the longest stem counts. Month 0 marks weekdays that would be taken for a month.

/// Stems by month, 1 to 12, and 0 for what is none.
#[rustfmt::skip] // One name a line would hide the table.
const STEMS: [(u32, &[&str]); 13] = [
    (0, &[
        "mardi", "martes", "martedi", "marti", "marta",
    ]),
    (1, &[
        "jan", "ian", "ene", "gen", "jaan", "yan", "oca", "ocak", "sty", "led", "sijec", "tammi",
        "saus", "janv", "enero", "янв", "яну", "јан", "січ", "студз", "ιαν", "ינואר", "يناير",
        "جانفي", "ژانويه", "جنوري", "जन", "জানু", "มกรา", "มค", "იან", "հունվար", "qant",
        "қаңтар",
    ]),
    (2, &[
        "feb", "fev", "veebr", "vebr", "sub", "subat", "lut", "uno", "unor", "veljac", "helmi",
        "vasar", "peb", "shk", "shkurt", "фев", "феб", "лют", "φεβ", "פברואר", "فبراير", "فيفري",
        "شباط", "فوريه", "فروري", "फर", "फ़र", "ফেব", "กุมภา", "กพ", "თებ", "փետր", "ақпан",
    ]),
    (3, &[
        "mar", "marz", "mrz", "mrt", "maart", "mars", "maret", "mart", "mac", "machi", "bre",
        "brez", "ozuj", "maalis", "kov", "мар", "бер", "сак", "μαρ", "μαω", "מרץ", "מרס", "مارس",
        "اذار", "مارچ", "मार्च", "মার্চ", "มีนา", "มีค", "მარ", "մարտ", "наурыз",
    ]),
    (4, &[
        "apr", "abr", "avr", "avril", "nis", "kwi", "dub", "travanj", "travnj", "huhti", "baland",
        "pri", "prill", "апр", "квіт", "крас", "απρ", "אפריל", "ابريل", "افريل", "نيسان", "اوريل",
        "اپريل", "अप्र", "এপ্র", "เมษา", "เมย", "აპრ", "ապր", "сәуір",
    ]),
    (5, &[
        "may", "mai", "maj", "mei", "mag", "maig", "kve", "svib", "touko", "maujus", "geguz",
        "maij", "maio", "mayo", "маи", "мая", "мае", "мај", "трав", "μαι", "μαη", "מאי", "مايو",
        "ماي", "ايار", "مي", "مه", "ميي", "मई", "মে", "พฤษภา", "พค", "მაი", "մայ", "мамыр",
    ]),
    (6, &[
        "jun", "juin", "jui", "iun", "giu", "haz", "cze", "czerw", "cerven", "cervna", "lipanj",
        "lipnj", "kesa", "birz", "juun", "hun", "hunyo", "qer", "iyn", "iyun", "июн", "јун",
        "юни", "черв", "чэрв", "ιουν", "ιον", "יוני", "يونيو", "يونيه", "جوان", "حزيران", "ژوين",
        "جون", "जून", "জুন", "มิถุนา", "มิย", "ივნ", "հունիս", "маусым",
    ]),
    (7, &[
        "jul", "juil", "iul", "lug", "tem", "lip", "lipiec", "lipca", "cervenec", "cervence",
        "srpanj", "srpnj", "heina", "liep", "juul", "hul", "hulyo", "korr", "iyl", "iyul", "июл",
        "јул", "юли", "лип", "ліп", "ιουλ", "ιολ", "יולי", "يوليو", "يوليه", "يوليوز", "جويليه",
        "جويلية", "تموز", "ژوييه", "جولاي", "जुल", "জুল", "กรกฎา", "กค", "ივლ", "հուլ", "шілде",
    ]),
    (8, &[
        "aug", "ago", "aou", "agu", "ags", "agt", "avg", "avq", "sie", "sier", "srpen", "srpna",
        "srp", "kolovoz", "elo", "rugpj", "ogo", "gush", "agosto", "авг", "серп", "жнів", "αυγ",
        "אוגוסט", "اغسطس", "اوت", "غشت", "اب", "اگست", "अग", "আগ", "สิงหา", "สค", "აგვ", "օգոստ",
        "тамыз",
    ]),
    (9, &[
        "sep", "set", "szept", "wrz", "zari", "rujan", "rujn", "syys", "rugs", "eyl", "sht",
        "sen", "settembre", "setyembre", "сен", "сеп", "вер", "верас", "σεπ", "ספטמבר", "سبتمبر",
        "شتنبر", "ايلول", "سپتامبر", "ستمبر", "सित", "সেপ", "กันยา", "กย", "სექ", "սեպտ",
        "қыркүиек",
    ]),
    (10, &[
        "oct", "okt", "ott", "out", "paz", "rij", "rijen", "loka", "spal", "eki", "tet", "tetor",
        "окт", "жовт", "кастр", "οκτ", "אוקטובר", "اكتوبر", "اكتبر", "अक्ट", "अक्त", "অক্ট",
        "ตุลา", "ตค", "ოქტ", "հոկտ", "қазан",
    ]),
    (11, &[
        "nov", "noi", "noy", "nob", "nen", "lis", "list", "listopad", "studen", "marras", "lapkr",
        "kas", "ноя", "ное", "нов", "листоп", "ліст", "νοε", "νοεμ", "נובמבר", "نوفمبر", "نونبر",
        "نوامبر", "نومبر", "नव", "নভে", "พฤศจิกา", "พย", "ნოე", "նոյ", "қараша",
    ]),
    (12, &[
        "dec", "dez", "dic", "des", "dets", "dis", "dek", "gru", "prosin", "joulu", "gruod",
        "ara", "dhj", "дек", "дец", "груд", "снеж", "δεκ", "דצמבר", "ديسمبر", "دجنبر", "دسامبر",
        "دسمبر", "दिस", "ডিসে", "ธันวา", "ธค", "დეკ", "դեկ", "желтоқсан",
    ]),
];

/// Weekdays only Croatian, Serbian and Bosnian have.
const CROATIAN_WEEKDAYS: [&str; 5] = ["ponedjeljak", "utorak", "srijeda", "petak", "nedjelja"];

/// The month a folded word names. `text` is the whole date.
pub(super) fn month(word: &str, text: &str) -> Option<u32> {
    // Hebrew writes "in" before the name.
    let word = word
        .strip_prefix('ב')
        .filter(|rest| rest.chars().count() > 2)
        .unwrap_or(word);
    let mut best: Option<(usize, u32)> = None;
    for (month, stems) in STEMS {
        for stem in stems {
            if !word.starts_with(stem) {
                continue;
            }
            // Short names of the Arabic script begin too many words: only as a whole.
            let short = stem.starts_with(|c: char| ('\u{600}'..'\u{700}').contains(&c))
                && stem.chars().count() < 3;
            let fits = !short || word == *stem;
            if fits && best.is_none_or(|(length, _)| length < stem.len()) {
                best = Some((stem.len(), month));
            }
        }
    }
    let (_, month) = best.filter(|(_, month)| *month > 0)?;
    if month == 11
        && word.starts_with("listopad")
        && CROATIAN_WEEKDAYS.iter().any(|day| text.contains(day))
    {
        return Some(10);
    }
    Some(month)
}

/// The Levantine months that share a first word.
pub(super) fn two_words(first: &str, second: &str) -> Option<u32> {
    let second_of_two = match second {
        "الاول" => false,
        "الثاني" => true,
        _ => return None,
    };
    match (first, second_of_two) {
        ("كانون", true) => Some(1),
        ("تشرين", false) => Some(10),
        ("تشرين", true) => Some(11),
        ("كانون", false) => Some(12),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::STEMS;

    #[test]
    fn stems_are_folded() {
        for (month, stems) in STEMS {
            for stem in stems {
                assert_eq!(fold(stem), *stem, "of month {month}");
            }
        }
    }
}
