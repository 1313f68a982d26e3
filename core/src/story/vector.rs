use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::article::{Article, beginning};
use super::copies::Sketch;
use super::words::{Kind, Reader, Word};
use super::{background, correction, digest, weights};

/// Characters of headline that are read.
const TITLE: usize = 300;
/// Characters of summary and body that count as terms: the lead says what happened, the rest of an
/// article is background that other stories share.
const LEAD: usize = 1_200;
/// Characters of body out of which details are taken.
const TEXT: usize = 10_000;
/// Details that are kept.
const DETAILS: usize = 48;
/// A word of the headline counts as often as so many of the lead.
const TITLE_WEIGHT: u16 = 2;

/// A term by its hash: 32 bits of FNV-1a. A window holds some 200,000 different terms, of which a
/// handful share a hash; that costs less than keeping the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TermId(pub u32);

impl TermId {
    pub(super) fn of(term: &str) -> Self {
        let hash = fnv(term.as_bytes());
        Self((hash ^ (hash >> 32)) as u32)
    }
}

/// FNV-1a (Fowler, Noll, Vo), 64 bits: the same on every machine and in every version, because
/// terms and story ids are stored.
pub(super) fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    })
}

/// A term of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Term {
    /// Which.
    pub id: TermId,
    /// How often, headline words twice.
    pub count: u16,
    /// What it looked like.
    pub kind: TermKind,
}

/// What a term looked like, which says how much it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermKind {
    /// A word.
    Word,
    /// A capitalised word inside a sentence, or a number.
    Name,
    /// Two capitalised words in a row.
    FullName,
}

/// All that grouping keeps of an article: about a kilobyte, made once from its text.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleVector {
    /// As in [`Article`].
    pub id: String,
    /// As in [`Article`].
    pub publisher: String,
    /// As in [`Article`].
    pub family: String,
    /// As in [`Article`].
    pub published: Option<DateTime<Utc>>,
    /// Sorted by id, each once.
    pub terms: Vec<Term>,
    /// The words, names and numbers of the rest of the body that tell most, none of which is among
    /// `terms`; sorted. Stories are not made by them, [`SecondSearch`](super::SecondSearch) looks at them.
    pub details: Vec<TermId>,
    /// Its wording, for finding copies.
    pub sketch: Sketch,
    /// It tells many things in a row and belongs to no story.
    pub is_digest: bool,
    /// It says that it corrects an earlier article of its publisher.
    pub is_correction: bool,
}

impl ArticleVector {
    /// Reads an article.
    pub fn read(article: &Article<'_>) -> Self {
        let reader = Reader::new(article.language);
        let title = reader.words(beginning(article.title, TITLE));
        let summary = beginning(article.summary, LEAD);
        let rest = LEAD - summary.chars().count();
        let mut lead = reader.words(summary);
        lead.extend(reader.words(beginning(article.body, rest)));
        let terms = terms(&title, &lead);
        let details = details(&terms, &reader.words(beginning(article.body, TEXT)));
        Self {
            id: article.id.to_owned(),
            publisher: article.publisher.to_owned(),
            family: article.family.to_owned(),
            published: article.published,
            terms,
            details,
            sketch: Sketch::of(article),
            is_digest: digest::is_digest(article, &reader),
            is_correction: correction::is_correction(article),
        }
    }
}

fn terms(title: &[Word], lead: &[Word]) -> Vec<Term> {
    let mut found: HashMap<TermId, (u32, TermKind)> = HashMap::new();
    count(lead, 1, true, &mut found);
    // In a headline that capitalises every word, capitals tell nothing.
    let capitals = title.iter().filter(|word| is_capitalised(word)).count();
    let tells_names = capitals * 10 <= title.len() * 6;
    count(title, u32::from(TITLE_WEIGHT), tells_names, &mut found);
    let mut terms: Vec<Term> = found
        .into_iter()
        .map(|(id, (count, kind))| Term {
            id,
            count: u16::try_from(count).unwrap_or(u16::MAX),
            kind,
        })
        .collect();
    terms.sort_unstable_by_key(|term| term.id);
    terms
}

/// What tells most of the whole text by TF-IDF, without what is known already.
fn details(known: &[Term], text: &[Word]) -> Vec<TermId> {
    let mut found: HashMap<TermId, (u32, TermKind)> = HashMap::new();
    count(text, 1, true, &mut found);
    let mut weighted: Vec<(f32, TermId)> = found
        .into_iter()
        .filter(|(id, _)| known.binary_search_by_key(id, |term| term.id).is_err())
        .map(|(id, (count, kind))| {
            let tells = -background::share(id).ln() * weights::factor(kind);
            ((1.0 + (count as f32).ln()) * tells, id)
        })
        .collect();
    weighted.sort_unstable_by(|(a, id), (b, other)| b.total_cmp(a).then(id.cmp(other)));
    let mut details: Vec<TermId> = weighted
        .into_iter()
        .take(DETAILS)
        .map(|(_, id)| id)
        .collect();
    details.sort_unstable();
    details
}

fn count(
    words: &[Word],
    times: u32,
    tells_names: bool,
    found: &mut HashMap<TermId, (u32, TermKind)>,
) {
    let mut before: Option<&Word> = None;
    for word in words {
        let id = TermId::of(&word.stem);
        let entry = found.entry(id).or_insert((0, TermKind::Word));
        entry.0 += times;
        let tells = match word.kind {
            Kind::Name => tells_names && word.stem.chars().nth(1).is_some(),
            Kind::Number => word.stem.len() > 1,
            Kind::Plain | Kind::Opening => false,
        };
        if tells {
            entry.1 = TermKind::Name;
        }
        if let Some(before) = before
            && word.adjoins
            && is_capitalised(before)
            && is_capitalised(word)
        {
            let id = TermId::of(&format!("{} {}", before.stem, word.stem));
            // A headline in capitals only repeats pairs that the lead shows to be names.
            if tells_names || found.contains_key(&id) {
                found.entry(id).or_insert((0, TermKind::FullName)).0 += times;
            }
        }
        before = Some(word);
    }
}

fn is_capitalised(word: &Word) -> bool {
    matches!(word.kind, Kind::Name | Kind::Opening)
}
