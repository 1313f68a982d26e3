use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::countries::Via;
use super::leaders::fold;
use super::lexicon::{Target, lexicon};
use super::text;

/// What a title before a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Of a state.
    President,
    /// Premier, taoiseach too.
    PrimeMinister,
    /// Head of a government.
    Chancellor,
    /// Of any department.
    Minister,
}

/// A person that a text names more than once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonMention {
    /// The full name as the text first writes it, without title; the family name alone where the
    /// text has no more.
    pub name: String,
    /// Where the full name or the family name stands, in bytes of the text, in order.
    pub ranges: Vec<Range<usize>>,
    /// What a title before the name says.
    pub role: Option<Role>,
}

/// Persons named in an English text, in order of their first mention. No table of people is used:
/// a person is a run of two to four capitalised words inside a sentence that comes back, at least
/// by its last word alone, or that stands beside a title, an age or a verb of saying; or one such
/// word that comes back, once with a title. Organisations
/// and places come back by their whole name or with an article, and so are left out.
pub fn people(text: &str) -> Vec<PersonMention> {
    let runs = runs(text);
    let mut found: Vec<Candidate<'_>> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    let mut by_family: HashMap<String, usize> = HashMap::new();
    for run in &runs {
        let name = &text[run.range.clone()];
        if run.words < 2 || run.loose {
            continue;
        }
        let family = last_word(name);
        let at = *by_name.entry(fold(name)).or_insert_with(|| {
            by_family.entry(fold(family)).or_insert(found.len());
            found.push(Candidate {
                name,
                ranges: Vec::new(),
                role: None,
                told: false,
            });
            found.len() - 1
        });
        let candidate = &mut found[at];
        candidate.ranges.push(run.range.clone());
        candidate.role = candidate.role.or(run.role);
        candidate.told |= run.titled || is_told(text, run.range.end);
    }
    // "President Whitcombe" in a text that takes the given name for known.
    for run in &runs {
        let name = &text[run.range.clone()];
        if run.words == 1 && run.titled && !run.loose && !by_family.contains_key(&fold(name)) {
            by_family.insert(fold(name), found.len());
            found.push(Candidate {
                name,
                ranges: Vec::new(),
                role: None,
                told: true,
            });
        }
    }
    for run in &runs {
        if run.words == 1
            && let Some(at) = by_family.get(&fold(&text[run.range.clone()]))
        {
            let candidate = &mut found[*at];
            candidate.ranges.push(run.range.clone());
            candidate.role = candidate.role.or(run.role);
            candidate.told = true;
        }
    }
    found
        .into_iter()
        .filter(|candidate| candidate.told && candidate.ranges.len() >= 2)
        .map(|mut candidate| {
            candidate.ranges.sort_by_key(|range| range.start);
            PersonMention {
                name: candidate.name.to_owned(),
                ranges: candidate.ranges,
                role: candidate.role,
            }
        })
        .collect()
}

struct Candidate<'a> {
    name: &'a str,
    ranges: Vec<Range<usize>>,
    role: Option<Role>,
    /// Something says that it is a person.
    told: bool,
}

/// Capitalised words in a row, without titles before them.
struct Run {
    range: Range<usize>,
    /// Words that are no particle.
    words: usize,
    role: Option<Role>,
    titled: bool,
    /// It has an article, a word of organisations or of places, or stands in a headline.
    loose: bool,
}

pub(super) fn last_word(name: &str) -> &str {
    name.rsplit([' ', '\u{a0}']).next().unwrap_or(name)
}

fn runs(text: &str) -> Vec<Run> {
    let countries: Vec<(Range<usize>, bool)> = lexicon("en")
        .find(text)
        .into_iter()
        .filter_map(|found| match found.target {
            Target::Country(_, Via::Name | Via::Demonym | Via::Metonym) | Target::Body(_) => {
                Some((found.range, true))
            }
            Target::Country(..) => Some((found.range, false)),
            Target::Nothing => None,
        })
        .collect();
    let tokens = tokens(text);
    let mut runs = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !is_name_word(&text[tokens[at].clone()]) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < tokens.len() && joins(text, &tokens[end - 1], &tokens[end]) {
            let word = &text[tokens[end].clone()];
            if is_name_word(word) {
                end += 1;
            } else if is_particle(word)
                && end + 1 < tokens.len()
                && joins(text, &tokens[end], &tokens[end + 1])
                && is_name_word(&text[tokens[end + 1].clone()])
            {
                end += 2;
            } else {
                break;
            }
        }
        if let Some(run) = run(text, &tokens[at..end], &countries) {
            runs.push(run);
        }
        at = end;
    }
    runs
}

fn run(text: &str, tokens: &[Range<usize>], countries: &[(Range<usize>, bool)]) -> Option<Run> {
    let (mut role, mut titled) = (None, false);
    let mut begin = 0;
    let in_country = |token: &Range<usize>| {
        let next = countries.partition_point(|(range, _)| range.end <= token.start);
        countries
            .get(next)
            .filter(|(range, _)| range.start < token.end)
            .map(|(range, strict)| (range.clone(), *strict))
    };
    while begin < tokens.len() {
        let word = text[tokens[begin].clone()].trim_end_matches('.');
        let next = tokens
            .get(begin + 1)
            .map_or("", |token| &text[token.clone()]);
        if let Some((says, words)) = title(word, next) {
            role = says.or(role);
            titled = true;
            begin += words;
        } else if is_function_word(word)
            || in_country(&tokens[begin])
                .is_some_and(|(range, strict)| strict && range.end <= tokens[begin].end)
        {
            titled = false;
            begin += 1;
        } else {
            break;
        }
    }
    let tokens = tokens.get(begin..)?;
    let (first, last) = (tokens.first()?, tokens.last()?);
    // "Zelenskyy's": the name ends before.
    let mut end = last.end;
    let word = &text[last.clone()];
    if let Some(bare) = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")) {
        end = last.start + bare.len();
    }
    let range = first.start..end;
    let words = tokens
        .iter()
        .filter(|token| !is_particle(&text[(*token).clone()]))
        .count();
    let is_place = tokens
        .iter()
        .any(|token| in_country(token).is_some_and(|(_, strict)| strict))
        || in_country(first).is_some_and(|(found, _)| found.end >= last.end && words > 1);
    let has_article = text::previous_word(text, range.start)
        .is_some_and(|word| matches!(word, "the" | "The" | "a" | "an" | "A" | "An"));
    let loose = is_place
        || has_article
        || words > 4
        || tokens
            .iter()
            .any(|token| is_no_person(&text[token.clone()]))
        || text::is_title_case(text, range.start);
    Some(Run {
        range,
        words,
        role,
        titled,
        loose,
    })
}

/// Words, with the hyphens and apostrophes inside them.
pub(super) fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    let mut inner = None;
    for (at, c) in text.char_indices() {
        if text::is_word(c) {
            inner = None;
            start.get_or_insert(at);
        } else if matches!(c, '-' | '\'' | '’') && start.is_some() && inner.is_none() {
            inner = Some(at);
        } else if let Some(begin) = start.take() {
            tokens.push(begin..inner.take().unwrap_or(at));
        }
    }
    if let Some(begin) = start {
        tokens.push(begin..inner.unwrap_or(text.len()));
    }
    tokens
}

/// Whether nothing but a space parts two words, or the point of an initial or a title.
pub(super) fn joins(text: &str, before: &Range<usize>, after: &Range<usize>) -> bool {
    match &text[before.end..after.start] {
        " " | "\u{a0}" => true,
        ". " => {
            let word = &text[before.clone()];
            word.chars().count() == 1
                || matches!(
                    word,
                    "Dr" | "Mr" | "Mrs" | "Ms" | "St" | "Sen" | "Rep" | "Gov" | "Gen" | "Prof"
                )
        }
        _ => false,
    }
}

/// Capitalised and not in capitals all through: a name, and no heading.
pub(super) fn is_name_word(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase)
        && (word.chars().count() <= 3 || chars.any(char::is_lowercase))
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "da"
            | "di"
            | "do"
            | "du"
            | "dos"
            | "das"
            | "del"
            | "della"
            | "der"
            | "den"
            | "van"
            | "von"
            | "zu"
            | "la"
            | "le"
            | "el"
            | "al"
            | "bin"
            | "bint"
            | "ibn"
            | "ben"
            | "wa"
            | "y"
            | "e"
            | "ter"
            | "ten"
            | "af"
            | "av"
    ) || word.starts_with("al-")
        || word.starts_with("el-")
}

/// What a title says and how many words it has.
fn title(word: &str, next: &str) -> Option<(Option<Role>, usize)> {
    let two = match (word, next) {
        ("Prime", "Minister") => Some(Some(Role::PrimeMinister)),
        ("Vice", "President") | ("Vice", "Chancellor") => Some(None),
        ("Wing", "Commander") | ("Chief", "Executive") | ("Chief", "Justice") => Some(None),
        (_, "Minister") if !is_function_word(word) => Some(Some(Role::Minister)),
        _ => None,
    };
    if let Some(says) = two {
        return Some((says, 2));
    }
    let says = match word {
        "President" => Some(Role::President),
        "Premier" | "Taoiseach" => Some(Role::PrimeMinister),
        "Chancellor" => Some(Role::Chancellor),
        "Minister" => Some(Role::Minister),
        "Dr" | "Mr" | "Mrs" | "Ms" | "Sir" | "Dame" | "Lord" | "Lady" | "Professor" | "Prof"
        | "Senator" | "Sen" | "Representative" | "Rep" | "Governor" | "Gov" | "Mayor" | "Judge"
        | "Justice" | "General" | "Gen" | "Captain" | "Colonel" | "Commander" | "Admiral"
        | "Ambassador" | "Secretary" | "Speaker" | "King" | "Queen" | "Prince" | "Princess"
        | "Pope" | "Bishop" | "Archbishop" | "Cardinal" | "Imam" | "Sheikh" | "Elder" | "Chief"
        | "Coach" | "Director" | "Deputy" | "Former" => None,
        _ => return None,
    };
    Some((says, 1))
}

/// Words that begin sentences and no names.
fn is_function_word(word: &str) -> bool {
    const WORDS: [&str; 78] = [
        "a", "an", "the", "in", "on", "at", "by", "for", "from", "to", "of", "with", "and", "but",
        "or", "if", "as", "when", "while", "where", "why", "how", "what", "who", "which", "that",
        "this", "these", "those", "it", "its", "he", "she", "his", "her", "they", "their", "we",
        "our", "you", "your", "i", "my", "after", "before", "since", "until", "under", "over",
        "between", "against", "about", "like", "not", "no", "yes", "so", "then", "now", "there",
        "here", "once", "only", "also", "even", "still", "yet", "both", "each", "every", "some",
        "one", "two", "three", "new", "old", "said", "says",
    ];
    WORDS.contains(&word.to_lowercase().as_str())
}

/// Words of organisations, places, times and works.
fn is_no_person(word: &str) -> bool {
    const WORDS: [&str; 116] = [
        "university",
        "college",
        "school",
        "institute",
        "academy",
        "museum",
        "library",
        "ministry",
        "department",
        "council",
        "committee",
        "commission",
        "parliament",
        "senate",
        "congress",
        "assembly",
        "court",
        "party",
        "union",
        "association",
        "federation",
        "league",
        "club",
        "society",
        "foundation",
        "agency",
        "authority",
        "office",
        "bureau",
        "board",
        "bank",
        "group",
        "company",
        "corp",
        "corporation",
        "inc",
        "ltd",
        "plc",
        "gmbh",
        "industries",
        "holdings",
        "hospital",
        "clinic",
        "center",
        "centre",
        "house",
        "hall",
        "palace",
        "castle",
        "church",
        "cathedral",
        "mosque",
        "temple",
        "theatre",
        "theater",
        "stadium",
        "park",
        "square",
        "street",
        "road",
        "avenue",
        "bridge",
        "station",
        "airport",
        "port",
        "river",
        "lake",
        "sea",
        "ocean",
        "bay",
        "gulf",
        "strait",
        "island",
        "islands",
        "mountain",
        "mountains",
        "mount",
        "valley",
        "desert",
        "forest",
        "county",
        "province",
        "state",
        "states",
        "district",
        "region",
        "city",
        "town",
        "village",
        "republic",
        "kingdom",
        "empire",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "times",
        "post",
        "news",
        "tribune",
        "gazette",
        "radio",
        "television",
        "cup",
        "games",
        "award",
        "prize",
        "act",
        "treaty",
        "agreement",
        "january",
        "february",
    ];
    const TIMES: [&str; 18] = [
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "christmas",
        "easter",
    ];
    let word = word.to_lowercase();
    let word = word
        .strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .unwrap_or(&word);
    WORDS.contains(&word) || TIMES.contains(&word)
}

/// Whether a verb of saying or an age follows a name.
fn is_told(text: &str, end: usize) -> bool {
    if let Some(word) = text::next_word(text, end) {
        return matches!(
            word,
            "said"
                | "says"
                | "told"
                | "tells"
                | "added"
                | "adds"
                | "asked"
                | "asks"
                | "argued"
                | "argues"
                | "wrote"
                | "writes"
                | "insisted"
                | "insists"
                | "explained"
                | "explains"
        );
    }
    text[end..]
        .strip_prefix(", ")
        .map(|after| text::word_after(after, 0))
        .is_some_and(|word| matches!(word.parse::<u8>(), Ok(5..=110)) || word == "who")
}
