//! How a name changes in a sentence, language by language: what may follow its stem, what may
//! stand before it in the same word.
//!
//! Rules are coarse on purpose. A name is its form in the table without the ending that changes,
//! and after it only endings of the language's nouns may follow. Short names are matched whole:
//! their stems are stems of other words.

/// Letters that a stem must have.
const STEM: usize = 4;

/// What may follow a stem in the same word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    /// Nothing.
    End,
    /// One of these; "" among them if the stem is a form itself.
    One(&'static [&'static str]),
    /// At most so many letters.
    Upto(usize),
    /// Anything: the script puts no spaces between words.
    Open,
}

/// What may stand before a name in the same word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// Nothing.
    Start,
    /// One of these or nothing: Arabic writes "and", "in", "to" and "the" onto the word.
    One(&'static [&'static str]),
    /// Exactly one of these: a name that has the article, without it.
    Article(&'static [&'static str]),
    /// Anything.
    Open,
    /// Anything but katakana, and the same after: a name in katakana is no part of a longer one.
    Katakana,
}

/// Stem, what goes before it, what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Inflected<'a> {
    pub(super) stem: &'a str,
    pub(super) head: Head,
    pub(super) tail: Tail,
}

struct Rule {
    /// Endings of the form in the table, longest first.
    strip: &'static [&'static str],
    /// Endings after a stem that lost one.
    after: &'static [&'static str],
    /// Endings after a form that lost none.
    whole: &'static [&'static str],
}

const RUSSIAN: Rule = Rule {
    strip: &["а", "я", "о", "е", "ы", "и", "ь", "й"],
    after: &[
        "а", "я", "о", "е", "ы", "и", "ь", "й", "у", "ю", "ой", "ей", "ою", "ею", "ом", "ем", "ам",
        "ах", "ами", "ях", "ям", "ью", "ов",
    ],
    whole: &["", "а", "у", "ом", "е", "ы"],
};
const UKRAINIAN: Rule = Rule {
    strip: &["а", "я", "о", "е", "є", "и", "і", "ї", "ь", "й"],
    after: &[
        "а", "я", "о", "е", "є", "и", "і", "ї", "ь", "й", "у", "ю", "ою", "ею", "єю", "ом", "ем",
        "єм", "ам", "ах", "ами", "ях", "ям", "ові", "еві", "єві", "ів",
    ],
    whole: &["", "а", "у", "ом", "і", "ові"],
};
const POLISH: Rule = Rule {
    strip: &["a", "e", "o", "y", "i"],
    after: &[
        "", "a", "e", "o", "y", "i", "ę", "ą", "u", "ie", "em", "iem", "om", "ami", "ach", "ii",
        "ych", "ym", "ymi", "ej",
    ],
    whole: &["", "u", "em", "iem", "ie", "owi", "a"],
};
const CZECH: Rule = Rule {
    strip: &["a", "e", "o", "i", "y", "ie"],
    after: &[
        "a", "e", "o", "i", "y", "ie", "í", "u", "ě", "ou", "em", "om", "ami", "ách", "ích", "ům",
        "ii", "iou", "iu", "ých", "ým", "ými", "é",
    ],
    whole: &["", "u", "em", "om", "e"],
};
const SERBIAN: Rule = Rule {
    strip: &["a", "e", "o", "i", "а", "е", "о", "и"],
    after: &[
        "a", "e", "o", "i", "u", "om", "em", "ama", "а", "е", "о", "и", "у", "ом", "ем", "ама",
    ],
    whole: &["", "a", "u", "om", "em", "а", "у", "ом", "ем"],
};
const LITHUANIAN: Rule = Rule {
    strip: &["as", "is", "us", "ys", "os", "ė", "a"],
    after: &[
        "as", "is", "us", "ys", "os", "ė", "a", "o", "ai", "ą", "oje", "ui", "e", "u", "ės", "ei",
        "ę", "ėje", "io", "iui", "į", "yje", "iu", "į",
    ],
    whole: &[""],
};
const LATVIAN: Rule = Rule {
    strip: &["a", "e", "s", "as"],
    after: &[
        "a", "e", "s", "as", "ai", "u", "ā", "es", "ei", "i", "ē", "ī", "am", "ām",
    ],
    whole: &[""],
};
const FINNISH: Rule = Rule {
    strip: &[],
    after: &[],
    whole: &[
        "", "n", "a", "ä", "ta", "tä", "ssa", "ssä", "sta", "stä", "an", "än", "in", "en", "on",
        "un", "lla", "llä", "lta", "ltä", "lle", "ksi", "lainen", "laisen", "laiset", "ssakin",
        "iin", "ia", "issa", "ista", "ien",
    ],
};
const GREEK: Rule = Rule {
    strip: &["ος", "α", "η", "ο", "ς", "ες"],
    after: &["α", "ας", "η", "ης", "ος", "ου", "ο", "ες", "ων", "ς"],
    whole: &[""],
};
const ROMANIAN: Rule = Rule {
    strip: &["a", "ă"],
    after: &["a", "ă", "ei", "e"],
    whole: &["", "ul", "ului"],
};
const ICELANDIC: Rule = Rule {
    strip: &["a"],
    after: &["a", "u"],
    whole: &["", "s", "i", "ar"],
};
const GERMANIC: Rule = Rule {
    strip: &[],
    after: &[],
    whole: &["", "s"],
};
const KOREAN: Rule = Rule {
    strip: &[],
    after: &[],
    whole: &[
        "",
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "의",
        "에",
        "에서",
        "와",
        "과",
        "도",
        "로",
        "으로",
        "에게",
        "에도",
        "에는",
        "에선",
        "만",
        "인",
        "군",
        "측",
        "산",
        "발",
        "간",
        "이나",
        "이라",
        "인들",
        "정부",
        "대통령",
        "총리",
        "여행",
        "대사관",
        "국민",
    ],
};
const NEPALI: Rule = Rule {
    strip: &[],
    after: &[],
    whole: &["", "को", "का", "की", "ले", "मा", "लाई", "बाट", "सँग", "ी"],
};
const BENGALI: Rule = Rule {
    strip: &[],
    after: &[],
    whole: &["", "র", "ের", "ে", "য়", "কে", "তে", "ও", "ের"],
};
const EXACT: Rule = Rule {
    strip: &[],
    after: &[],
    whole: &[""],
};

const ARABIC_HEADS: &[&str] = &[
    "و", "ف", "ب", "ل", "ك", "وب", "ول", "ال", "وال", "بال", "لل",
];
const ARABIC_ARTICLES: &[&str] = &["ال", "وال", "بال", "لل", "فال", "كال", "ولل", "وبال"];
const ARABIC_TAILS: &[&str] = &["", "ي", "ية", "يين", "يون"];

fn rule(language: &str) -> &'static Rule {
    match language {
        "ru" => &RUSSIAN,
        "uk" => &UKRAINIAN,
        "pl" => &POLISH,
        "cs" | "sk" => &CZECH,
        "hr" | "sr-Latn" | "sr-Cyrl" => &SERBIAN,
        "lt" => &LITHUANIAN,
        "lv" => &LATVIAN,
        "fi" => &FINNISH,
        "el" => &GREEK,
        "ro" => &ROMANIAN,
        "is" => &ICELANDIC,
        "de" | "sv" | "da" | "nb" | "nl" => &GERMANIC,
        "ko" => &KOREAN,
        "ne" => &NEPALI,
        "bn" => &BENGALI,
        _ => &EXACT,
    }
}

/// How the last word of a name, or its only one, is looked for.
pub(super) fn last_word<'a>(language: &str, word: &'a str) -> Inflected<'a> {
    let plain = |stem, tail| Inflected {
        stem,
        head: Head::Start,
        tail,
    };
    match language {
        "zh-Hans" | "zh-Hant" | "th" => Inflected {
            stem: word,
            head: Head::Open,
            tail: Tail::Open,
        },
        "ja" => Inflected {
            stem: word,
            head: if word.chars().any(is_katakana) {
                Head::Katakana
            } else {
                Head::Open
            },
            tail: Tail::Open,
        },
        "ar" => arabic(word),
        "hu" => agglutinated(word, &["a", "e"], 6),
        "ka" => agglutinated(word, &["ი", "ა", "ე", "ო"], 5),
        "kk" => agglutinated(word, &[], 6),
        _ => {
            let rule = rule(language);
            let stripped = rule
                .strip
                .iter()
                .filter_map(|ending| word.strip_suffix(ending))
                .find(|stem| stem.chars().count() >= STEM);
            match stripped {
                Some(stem) => plain(stem, Tail::One(rule.after)),
                None if word.chars().count() >= STEM || language == "ko" => {
                    plain(word, Tail::One(rule.whole))
                }
                None => plain(word, Tail::End),
            }
        }
    }
}

/// How a word of a name that is not the last is looked for: mostly an adjective, whose endings
/// are many; what follows tells that it is the name.
pub(super) fn early_word<'a>(language: &str, word: &'a str) -> Inflected<'a> {
    let inflects = matches!(
        language,
        "ru" | "uk" | "pl" | "cs" | "sk" | "hr" | "sr-Latn" | "sr-Cyrl" | "lt" | "lv" | "el" | "fi"
    );
    let keep = word.chars().count().saturating_sub(2);
    if !inflects || keep < 3 {
        return Inflected {
            stem: word,
            head: Head::Start,
            tail: Tail::End,
        };
    }
    let end = word
        .char_indices()
        .nth(keep)
        .map_or(word.len(), |(end, _)| end);
    Inflected {
        stem: &word[..end],
        head: Head::Start,
        tail: Tail::Upto(5),
    }
}

fn agglutinated<'a>(word: &'a str, strip: &[&str], letters: usize) -> Inflected<'a> {
    let stem = strip
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .unwrap_or(word);
    let tail = if stem.chars().count() >= STEM {
        Tail::Upto(letters)
    } else {
        Tail::End
    };
    Inflected {
        stem: if tail == Tail::End { word } else { stem },
        head: Head::Start,
        tail,
    }
}

fn arabic(word: &str) -> Inflected<'_> {
    match word.strip_prefix("ال") {
        Some(bare) if bare.chars().count() >= 3 => Inflected {
            stem: bare,
            head: Head::Article(ARABIC_ARTICLES),
            tail: Tail::One(ARABIC_TAILS),
        },
        _ => Inflected {
            stem: word,
            head: Head::One(ARABIC_HEADS),
            tail: if word.chars().count() >= 3 {
                Tail::One(ARABIC_TAILS)
            } else {
                Tail::End
            },
        },
    }
}

pub(super) fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}')
}
