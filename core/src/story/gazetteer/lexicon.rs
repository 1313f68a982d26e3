//! The forms of one language, found in one pass over a text (Aho and Corasick 1975), then judged by
//! what stands around them.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use super::countries::{Body, Via};
use super::inflection::{self, Head, Inflected, Tail};
use super::tables::{self, Reviewed};
use super::text;
use crate::model::CountryCode;

/// What a form stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Target {
    Country(CountryCode, Via),
    Body(Body),
    /// A phrase that holds the name of a country and names none.
    Nothing,
}

/// Where a form stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) target: Target,
}

struct Word {
    stem: String,
    head: Head,
    tail: Tail,
    /// The form is the one for texts in capitals.
    shouted: bool,
}

struct Form {
    target: Target,
    first: Word,
    rest: Vec<Word>,
    marks: Marks,
}

/// What must hold around a form or in the text for it to count.
#[derive(Debug, Clone, Default)]
struct Marks {
    needs: Vec<&'static str>,
    unless: Vec<&'static str>,
    person: bool,
    initial: bool,
    /// "US" where everything is in capitals may be "us".
    never_shouted: bool,
}

pub(super) struct Lexicon {
    forms: Vec<Form>,
    automaton: Option<AhoCorasick>,
    places: Places,
}

/// Every name, capital and city in lower case, for datelines, with the countries that have one.
type Places = HashMap<String, Vec<Place>>;

/// What a name in a dateline stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) country: CountryCode,
    /// It is the country, not a city or state of it.
    pub(super) is_country: bool,
}

/// A language of the catalogue, and the tables that are its own.
const LANGUAGES: [(&str, &[&str]); 38] = [
    ("ar", &["ar"]),
    ("bg", &["bg"]),
    ("bn", &["bn"]),
    ("cs", &["cs"]),
    ("da", &["da"]),
    ("de", &["de"]),
    ("el", &["el"]),
    ("en", &["en"]),
    ("es", &["es"]),
    ("fi", &["fi"]),
    ("fr", &["fr"]),
    ("hr", &["hr"]),
    ("hu", &["hu"]),
    ("id", &["id"]),
    ("is", &["is"]),
    ("it", &["it"]),
    ("ja", &["ja"]),
    ("ka", &["ka"]),
    ("kk", &["kk"]),
    ("ko", &["ko"]),
    ("lt", &["lt"]),
    ("lv", &["lv"]),
    ("nb", &["nb"]),
    ("ne", &["ne"]),
    ("nl", &["nl"]),
    ("pl", &["pl"]),
    ("pt", &["pt-BR", "pt-PT"]),
    ("ro", &["ro"]),
    ("ru", &["ru"]),
    ("sk", &["sk"]),
    ("sr", &["sr-Latn", "sr-Cyrl"]),
    ("sv", &["sv"]),
    ("sw", &["sw"]),
    ("th", &["th"]),
    ("tr", &["tr"]),
    ("uk", &["uk"]),
    ("vi", &["vi"]),
    ("zh", &["zh-Hans", "zh-Hant"]),
];

/// The lexicon of a BCP 47 tag. A language without one reads as English: names of countries in
/// Latin letters are alike.
pub(super) fn lexicon(tag: &str) -> &'static Lexicon {
    static BUILT: [OnceLock<Lexicon>; LANGUAGES.len()] =
        [const { OnceLock::new() }; LANGUAGES.len()];
    static ENGLISH: OnceLock<Lexicon> = OnceLock::new();
    let primary = tag
        .split(['-', '_'])
        .next()
        .unwrap_or(tag)
        .to_ascii_lowercase();
    let primary = match primary.as_str() {
        "no" | "nn" => "nb",
        "bs" | "sh" => "hr",
        other => other,
    };
    let at = LANGUAGES
        .iter()
        .position(|(language, _)| *language == primary)
        .filter(|at| LANGUAGES[*at].0 != "en");
    match at {
        Some(at) => BUILT[at].get_or_init(|| Lexicon::build(LANGUAGES[at].1)),
        None => ENGLISH.get_or_init(|| Lexicon::build(&["en"])),
    }
}

impl Lexicon {
    fn build(languages: &[&str]) -> Self {
        let mut forms = Vec::new();
        let mut places = HashMap::new();
        for language in languages {
            collect(language, &mut forms, &mut places);
        }
        let stems: Vec<&str> = forms.iter().map(|form| form.first.stem.as_str()).collect();
        Self {
            automaton: AhoCorasick::new(stems).ok(),
            forms,
            places,
        }
    }

    /// Everything that is named in a text, in order, without overlaps: where forms overlap, the
    /// first, and of those that begin together the longest.
    pub(super) fn find(&self, text: &str) -> Vec<Found> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let mut holds: HashMap<usize, bool> = HashMap::new();
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        for hit in automaton.find_overlapping_iter(text) {
            let at = hit.pattern().as_usize();
            let form = &self.forms[at];
            let Some(range) = form.at(text, hit.range()) else {
                continue;
            };
            if *holds.entry(at).or_insert_with(|| form.marks.hold_in(text))
                && form.marks.hold_at(text, &range)
            {
                found.push((range, at));
            }
        }
        found.sort_by_key(|(range, at)| (range.start, Reverse(range.end), *at));
        let mut end = 0;
        found
            .into_iter()
            .filter(|(range, _)| {
                let free = range.start >= end;
                if free {
                    end = range.end;
                }
                free
            })
            .map(|(range, at)| Found {
                range,
                target: self.forms[at].target,
            })
            .collect()
    }

    /// Countries that have a place of that name, in any case.
    pub(super) fn place(&self, name: &str) -> &[Place] {
        self.places
            .get(&name.to_lowercase())
            .map_or(&[], Vec::as_slice)
    }

    /// The longest place whose name stands anywhere in a short text.
    pub(super) fn longest_place_in(&self, text: &str) -> Option<Place> {
        self.places
            .iter()
            .filter(|(name, _)| text.contains(name.as_str()))
            .max_by_key(|(name, _)| (name.len(), Reverse(*name)))
            .and_then(|(_, places)| places.first().copied())
    }
}

/// Forms of a language, reviewed ones first, so that they win over generated ones.
fn collect(language: &str, forms: &mut Vec<Form>, places: &mut Places) {
    let rules: Vec<Reviewed> = tables::reviewed()
        .filter(|row| row.language == language)
        .collect();
    let dropped: HashSet<(&str, &str)> = rules
        .iter()
        .filter(|row| row.kind == "drop")
        .flat_map(|row| row.forms().map(move |form| (row.of, form)))
        .collect();
    let mut seen: HashSet<(Target, &str)> = HashSet::new();
    let mut add = |target: Target, form: &'static str| {
        let code = match &target {
            Target::Country(country, _) => country.as_str(),
            Target::Body(_) | Target::Nothing => "-",
        };
        if form.is_empty() || !seen.insert((target, form)) {
            return;
        }
        if let Target::Country(country, via) = target
            && !matches!(via, Via::Demonym | Via::Metonym)
        {
            let known = places.entry(form.to_lowercase()).or_default();
            if !known.iter().any(|place| place.country == country) {
                known.push(Place {
                    country,
                    is_country: via == Via::Name,
                });
            }
        }
        let marks = Marks::of(code, form, &rules);
        push(language, target, form, &marks, forms);
    };

    for row in &rules {
        for form in row.forms() {
            match (row.of.parse(), row.kind) {
                (Ok(country), "name") => add(Target::Country(country, Via::Name), form),
                (Ok(country), "demonym") => add(Target::Country(country, Via::Demonym), form),
                (Ok(country), "capital") => add(Target::Country(country, Via::Capital), form),
                (Ok(country), "city") => add(Target::Country(country, Via::City), form),
                (Ok(country), "metonym") => add(Target::Country(country, Via::Metonym), form),
                (_, "body") => {
                    if let Some(body) = Body::of(row.of) {
                        add(Target::Body(body), form);
                    }
                }
                (_, "none") => add(Target::Nothing, form),
                _ => {}
            }
        }
    }
    let kept = |country: &CountryCode, form: &str| !dropped.contains(&(country.as_str(), form));
    for (country, name) in tables::names(language).filter(|(code, name)| kept(code, name)) {
        add(Target::Country(country, Via::Name), name);
    }
    if language == "en" {
        for (country, kind, form) in tables::english().filter(|(code, _, form)| kept(code, form)) {
            let via = if kind == "capital" {
                Via::Capital
            } else {
                Via::Demonym
            };
            add(Target::Country(country, via), form);
        }
        for (country, city) in tables::english_cities().filter(|(code, city)| kept(code, city)) {
            add(Target::Country(country, Via::City), city);
        }
    }
    for (country, city) in tables::cities(language).filter(|(code, city)| kept(code, city)) {
        add(Target::Country(country, Via::Capital), city);
    }
    // Places of datelines, and English ones in every language: wire copy keeps them.
    for row in rules.iter().filter(|row| row.kind == "dateline") {
        for form in row.forms() {
            if let Ok(country) = row.of.parse() {
                places.entry(form.to_lowercase()).or_default().push(Place {
                    country,
                    is_country: false,
                });
            }
        }
    }
    if language != "en" {
        for (country, kind, form) in tables::english() {
            if kind == "capital" {
                let known = places.entry(form.to_lowercase()).or_default();
                if known.is_empty() {
                    known.push(Place {
                        country,
                        is_country: false,
                    });
                }
            }
        }
    }
}

/// A form as it is written, and as it is in capitals.
fn push(language: &str, target: Target, form: &str, marks: &Marks, forms: &mut Vec<Form>) {
    let spellings = if form.contains('\'') {
        vec![form.to_owned(), form.replace('\'', "’")]
    } else {
        vec![form.to_owned()]
    };
    for spelling in spellings {
        for shouted in [false, true] {
            let mut words: Vec<Word> = spelling
                .split(' ')
                .map(str::to_owned)
                .collect::<Vec<_>>()
                .iter()
                .rev()
                .enumerate()
                .map(|(nth, word)| {
                    let inflected = if nth == 0 {
                        inflection::last_word(language, word)
                    } else {
                        inflection::early_word(language, word)
                    };
                    Word::new(&inflected, shouted)
                })
                .collect();
            words.reverse();
            let mut words = words.into_iter();
            let Some(first) = words.next() else { continue };
            let rest: Vec<Word> = words.collect();
            let changed = spelling != spelling.to_uppercase();
            if shouted && !changed {
                continue;
            }
            forms.push(Form {
                target,
                first,
                rest,
                marks: marks.clone(),
            });
        }
    }
}

impl Word {
    fn new(inflected: &Inflected<'_>, shouted: bool) -> Self {
        Self {
            stem: if shouted {
                inflected.stem.to_uppercase()
            } else {
                inflected.stem.to_owned()
            },
            head: inflected.head,
            tail: inflected.tail,
            shouted,
        }
    }

    /// Where the word ends, if what follows its stem may follow it.
    fn end(&self, text: &str, stem_end: usize) -> Option<usize> {
        let follows = match self.tail {
            Tail::Open => "",
            _ => text::word_after(text, stem_end),
        };
        let fits = match self.tail {
            Tail::Open => {
                self.head != Head::Katakana
                    || !text[stem_end..]
                        .chars()
                        .next()
                        .is_some_and(inflection::is_katakana)
            }
            Tail::End => follows.is_empty(),
            Tail::One(endings) if self.shouted => {
                let follows = follows.to_lowercase();
                endings.contains(&follows.as_str())
            }
            Tail::One(endings) => endings.contains(&follows),
            Tail::Upto(letters) => follows.chars().count() <= letters,
        };
        fits.then_some(stem_end + follows.len())
    }

    /// Where the word begins, if what stands before its stem may stand there.
    fn start(&self, text: &str, stem_start: usize) -> Option<usize> {
        let before = match self.head {
            Head::Open => "",
            Head::Katakana => {
                let last = text[..stem_start].chars().next_back();
                return (!last.is_some_and(inflection::is_katakana)).then_some(stem_start);
            }
            _ => text::word_before(text, stem_start),
        };
        let fits = match self.head {
            Head::Start => before.is_empty() && !text[..stem_start].ends_with('@'),
            Head::One(heads) => before.is_empty() || heads.contains(&before),
            Head::Article(heads) => heads.contains(&before),
            Head::Open | Head::Katakana => true,
        };
        fits.then_some(stem_start - before.len())
    }
}

impl Form {
    /// The place of the whole form whose first stem was found.
    fn at(&self, text: &str, stem: Range<usize>) -> Option<Range<usize>> {
        let start = self.first.start(text, stem.start)?;
        let mut end = self.first.end(text, stem.end)?;
        for word in &self.rest {
            let space = text[end..]
                .chars()
                .next()
                .filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\n'))?;
            let from = end + space.len_utf8();
            if !text[from..].starts_with(word.stem.as_str()) {
                return None;
            }
            end = word.end(text, from + word.stem.len())?;
        }
        // "US$5bn" is money.
        (!text[end..].starts_with('$')).then_some(start..end)
    }
}

impl Marks {
    fn of(code: &str, form: &str, rules: &[Reviewed]) -> Self {
        let mut marks = Self {
            never_shouted: form == "US" || form == "AS",
            ..Self::default()
        };
        for row in rules.iter().filter(|row| row.of == code) {
            if !row.forms().any(|known| known == form) {
                continue;
            }
            match row.kind {
                "needs" => marks.needs.extend(row.conditions()),
                "unless" => marks.unless.extend(row.conditions()),
                "person" => marks.person = true,
                "initial" => marks.initial = true,
                _ => {}
            }
        }
        marks
    }

    /// What the text as a whole must hold.
    fn hold_in(&self, text: &str) -> bool {
        (self.needs.is_empty() || self.needs.iter().any(|needed| text.contains(needed)))
            && !self.unless.iter().any(|other| text.contains(other))
    }

    /// What must hold beside the form.
    fn hold_at(&self, text: &str, range: &Range<usize>) -> bool {
        if self.never_shouted && text::shouts(text, range.start) {
            return false;
        }
        if self.initial
            && (text::begins_sentence(text, range.start) || text::shouts(text, range.start))
        {
            return false;
        }
        if !self.person || text::is_title_case(text, range.start) || text::shouts(text, range.start)
        {
            return true;
        }
        let beside = text::previous_word(text, range.start)
            .is_some_and(|word| text::is_capitalised(word) && !text::is_before_places(word));
        // "Jordan Peterson", but "London Mayor": only a form that asks for context is so often a
        // given name.
        let given = !self.needs.is_empty()
            && text::next_word(text, range.end).is_some_and(text::is_capitalised);
        !beside && !given
    }
}
