//! What each rule asks. The table in the module above says the same in words.

use super::scene::{Scene, Target, TargetKind};
use super::{Finding, Told};
use crate::model::{
    Alignment, ArticleForm, CountryCode, Evidence, Fact, Ownership, Publisher, PublisherKind,
    Region, Stance,
};
use crate::story::country;
use crate::story::reading::Remark;

/// Sentences that show a stance by themselves.
const SENTENCES: usize = 2;
/// Sentences that are quoted.
const QUOTED: usize = 4;

pub(super) fn critical(scene: &Scene<'_>, told: &Told<'_>) -> Option<Finding> {
    stance(scene, told, Stance::Against)
}

pub(super) fn pro(scene: &Scene<'_>, told: &Told<'_>) -> Option<Finding> {
    stance(scene, told, Stance::For)
}

fn stance(scene: &Scene<'_>, told: &Told<'_>, stance: Stance) -> Option<Finding> {
    let form = match told.member.reading.form {
        ArticleForm::Opinion => "an opinion piece",
        ArticleForm::Analysis => "an analysis",
        // A report of bad news sounds like criticism and is none.
        ArticleForm::News | ArticleForm::Official => return None,
    };
    let mut targets = scene.people.iter().chain(&scene.policies);
    targets.find_map(|target| toward(scene, told, stance, form, target))
}

/// The stance of an article toward one person or policy.
fn toward(
    scene: &Scene<'_>,
    told: &Told<'_>,
    stance: Stance,
    form: &str,
    target: &Target,
) -> Option<Finding> {
    let all = told.member.reading.remarks.iter();
    let remarks: Vec<&Remark> = all.filter(|remark| target.is(&remark.about)).collect();
    let agrees = |remark: &&Remark| remark.is_favourable == (stance == Stance::For);
    if remarks.is_empty() || !remarks.iter().all(agrees) {
        return None;
    }
    let alignment =
        alignment(told.member.publisher, target).filter(|alignment| alignment.stance == stance);
    if remarks.len() < SENTENCES && alignment.is_none() {
        return None;
    }
    let mut evidence: Vec<Evidence> = remarks
        .iter()
        .take(QUOTED)
        .map(|remark| Evidence::Sentence {
            text: remark.text.clone(),
            probability: remark.probability,
        })
        .collect();
    evidence.extend(alignment.map(declared));
    evidence.push(named(target.whole(), target.named_in, scene.texts));
    let called = &target.called;
    let (tone, other, id) = match stance {
        Stance::Against => ("critical of", "favourable to", "critical"),
        Stance::For => ("favourable to", "critical of", "pro"),
    };
    let name = match (stance, target.kind) {
        (Stance::Against, TargetKind::Person) => format!("Critical of {called}'s Approach"),
        (Stance::For, TargetKind::Person) => format!("Pro-{called} Perspective"),
        (Stance::Against, TargetKind::Policy) => format!("Critical of {called}"),
        (Stance::For, TargetKind::Policy) => format!("In Favour of {called}"),
    };
    let sentences = match remarks.len() {
        1 => "1 sentence of the author is".to_owned(),
        many => format!("{many} sentences of the author are"),
    };
    let declares = match alignment.map(|alignment| alignment.stance) {
        None => String::new(),
        Some(stance) => format!(
            " {} has openly declared itself {} {}.",
            told.member.publisher.name,
            word(stance),
            target.name
        ),
    };
    Some(Finding {
        perspective: format!("{id}:{}", slug(target.short())),
        name,
        why: format!(
            "Automatic, from {form}: {sentences} {tone} {called}, and none is {other} \
             {called}.{declares}"
        ),
        evidence,
    })
}

pub(super) fn state_media(_: &Scene<'_>, told: &Told<'_>) -> Option<Finding> {
    let publisher = told.member.publisher;
    let fact = ownership(publisher, Ownership::State)?;
    Some(Finding {
        perspective: format!("state:{}", lower(publisher.country)),
        name: of(publisher.country, "State Media"),
        why: format!(
            "{} is owned or editorially controlled by a state; its home is {}.",
            publisher.name,
            country::name(publisher.country)
        ),
        evidence: vec![owned(fact, "state"), home(publisher)],
    })
}

pub(super) fn national(scene: &Scene<'_>, told: &Told<'_>) -> Option<Finding> {
    let publisher = told.member.publisher;
    if told.original.is_some() || scene.countries < 2 {
        return None;
    }
    let (country, named_in) = scene
        .parties
        .iter()
        .find(|(country, _)| *country == publisher.country)?;
    let name = country::name(*country);
    Some(Finding {
        perspective: format!("national:{}", lower(*country)),
        name: of(*country, "Perspective"),
        why: format!(
            "The story is about {}, and {} is at home there.",
            parties(scene),
            publisher.name
        ),
        evidence: vec![home(publisher), named(&name, *named_in, scene.texts)],
    })
}

pub(super) fn region(scene: &Scene<'_>, told: &Told<'_>) -> Option<Finding> {
    let publisher = told.member.publisher;
    let own = told.member.region;
    if told.original.is_some() || scene.regions < 2 || scene.region == Some(own) {
        return None;
    }
    let place = match (scene.place, scene.region) {
        (Some(place), Some(region)) => {
            format!("The story happens in {} ({region})", country::name(place))
        }
        (Some(place), None) => format!("The story happens in {}", country::name(place)),
        (None, Some(region)) => format!("The story is most about a country of {region}"),
        (None, None) => "Where the story happens is not known".to_owned(),
    };
    Some(Finding {
        perspective: format!("region:{}", region_slug(own)),
        name: format!("{} Perspective", region_adjective(own)),
        why: format!("{place}. {} is at home in {own}.", publisher.name),
        evidence: vec![
            home(publisher),
            Evidence::Story {
                statement: format!("{place}; publishers of {} regions tell it", scene.regions),
            },
        ],
    })
}

pub(super) fn wire(_: &Scene<'_>, told: &Told<'_>) -> Option<Finding> {
    let publisher = told.member.publisher;
    let agency = told
        .original
        .map_or(publisher, |original| original.publisher);
    let of = [agency, publisher]
        .into_iter()
        .find(|publisher| publisher.kind == PublisherKind::Wire)?;
    let why = if of.id == publisher.id {
        format!("{} is an agency whose copy others print.", publisher.name)
    } else {
        format!(
            "{} prints a text of {}, an agency whose copy others print.",
            publisher.name, of.name
        )
    };
    Some(Finding {
        perspective: "wire".to_owned(),
        name: "Wire Report".to_owned(),
        why,
        evidence: vec![said("kind: wire", of)],
    })
}

pub(super) fn public(_: &Scene<'_>, told: &Told<'_>) -> Option<Finding> {
    let publisher = told.member.publisher;
    let fact = ownership(publisher, Ownership::Public)?;
    Some(Finding {
        perspective: format!("public:{}", lower(publisher.country)),
        name: of(publisher.country, "Public Broadcaster"),
        why: format!(
            "{} is a medium in public service of {}.",
            publisher.name,
            country::name(publisher.country)
        ),
        evidence: vec![owned(fact, "public"), home(publisher)],
    })
}

pub(super) fn aligned(scene: &Scene<'_>, told: &Told<'_>) -> Option<Finding> {
    let publisher = told.member.publisher;
    scene.people.iter().find_map(|person| {
        let alignment = alignment(publisher, person)?;
        let word = word(alignment.stance);
        Some(Finding {
            perspective: format!("aligned:{word}-{}", slug(&person.called)),
            name: format!("Openly {word} {}", person.called),
            why: format!(
                "{} has openly declared itself {word} {}, whom the story is about.",
                publisher.name, alignment.entity
            ),
            evidence: vec![
                declared(alignment),
                named(person.whole(), person.named_in, scene.texts),
            ],
        })
    })
}

pub(super) fn party(_: &Scene<'_>, told: &Told<'_>) -> Option<Finding> {
    let publisher = told.member.publisher;
    let fact = ownership(publisher, Ownership::Party)?;
    Some(Finding {
        perspective: "party".to_owned(),
        name: "Party Paper".to_owned(),
        why: format!("A political party or campaign owns {}.", publisher.name),
        evidence: vec![owned(fact, "party")],
    })
}

pub(super) fn opinion(_: &Scene<'_>, told: &Told<'_>) -> Option<Finding> {
    let publisher = told.member.publisher;
    if told.member.reading.form != ArticleForm::Opinion {
        return None;
    }
    let mut found = by_form(told, "opinion", "Opinion", "comment");
    if publisher.kind == PublisherKind::Opinion {
        found.why = format!("{} publishes mainly comment.", publisher.name);
        found.evidence = vec![said("kind: opinion", publisher)];
    }
    Some(found)
}

pub(super) fn analysis(_: &Scene<'_>, told: &Told<'_>) -> Option<Finding> {
    (told.member.reading.form == ArticleForm::Analysis)
        .then(|| by_form(told, "analysis", "Analysis", "analysis"))
}

pub(super) fn official(_: &Scene<'_>, told: &Told<'_>) -> Option<Finding> {
    let publisher = told.member.publisher;
    if told.member.reading.form != ArticleForm::Official {
        return None;
    }
    let mut found = by_form(
        told,
        "official",
        "Official Statement",
        "an office's statement",
    );
    if publisher.kind == PublisherKind::Official {
        found.why = format!("{} is an office's own medium.", publisher.name);
        found.evidence = vec![said("kind: official", publisher)];
    }
    Some(found)
}

fn by_form(told: &Told<'_>, id: &str, name: &str, what: &str) -> Finding {
    Finding {
        perspective: format!("form:{id}"),
        name: name.to_owned(),
        why: format!(
            "{} marks the article as {what}.",
            told.member.publisher.name
        ),
        evidence: vec![Evidence::Story {
            statement: format!(
                "its address, section or headline is marked as {what} by the publisher"
            ),
        }],
    }
}

fn ownership(publisher: &Publisher, value: Ownership) -> Option<&Fact<Ownership>> {
    publisher
        .ownership
        .as_ref()
        .filter(|fact| fact.value == value)
}

fn alignment<'a>(publisher: &'a Publisher, target: &Target) -> Option<&'a Alignment> {
    publisher
        .alignments
        .iter()
        .find(|alignment| target.is(&alignment.entity))
}

fn owned(fact: &Fact<Ownership>, value: &str) -> Evidence {
    Evidence::Registry {
        statement: format!("ownership: {value}"),
        source: fact.source.clone(),
        as_of: Some(fact.as_of),
    }
}

fn declared(alignment: &Alignment) -> Evidence {
    Evidence::Registry {
        statement: format!("openly {} {}", word(alignment.stance), alignment.entity),
        source: alignment.source.clone(),
        as_of: Some(alignment.as_of),
    }
}

fn home(publisher: &Publisher) -> Evidence {
    said(&format!("country: {}", publisher.country), publisher)
}

/// What nobody disputes and no source is kept for; of a publisher that the person added, what they said.
fn said(statement: &str, publisher: &Publisher) -> Evidence {
    Evidence::Registry {
        statement: format!("{}: {statement}", publisher.name),
        source: match publisher.id.is_own() {
            true => "said when the publisher was added".to_owned(),
            false => String::new(),
        },
        as_of: None,
    }
}

fn named(whom: &str, named_in: usize, texts: usize) -> Evidence {
    let whom = match whom.strip_prefix("the ") {
        Some(rest) => format!("The {rest}"),
        None => whom.to_owned(),
    };
    let articles = if texts == 1 { "article" } else { "articles" };
    Evidence::Story {
        statement: format!(
            "{whom} is named in {named_in} of {texts} {articles}, copies counted once"
        ),
    }
}

/// "Ukraine and Russia".
fn parties(scene: &Scene<'_>) -> String {
    let names: Vec<String> = scene
        .parties
        .iter()
        .map(|(country, _)| country::name(*country))
        .collect();
    names.join(" and ")
}

fn word(stance: Stance) -> &'static str {
    match stance {
        Stance::For => "for",
        Stance::Against => "against",
    }
}

/// "Kenyan State Media", or "State Media of ZZ" where nobody knows the adjective.
fn of(country: CountryCode, what: &str) -> String {
    match country::adjective(country) {
        Some(adjective) => format!("{adjective} {what}"),
        None => format!("{what} of {}", country::name(country)),
    }
}

fn lower(country: CountryCode) -> String {
    country.as_str().to_ascii_lowercase()
}

fn region_adjective(region: Region) -> &'static str {
    match region {
        Region::Europe => "European",
        Region::NorthAmerica => "North American",
        Region::LatinAmerica => "Latin American",
        Region::MiddleEastNorthAfrica => "Middle Eastern & North African",
        Region::SubSaharanAfrica => "Sub-Saharan African",
        Region::RussiaCentralAsia => "Russian & Central Asian",
        Region::SouthAsia => "South Asian",
        Region::EastAsia => "East Asian",
        Region::SoutheastAsia => "Southeast Asian",
        Region::Oceania => "Oceanian",
    }
}

fn region_slug(region: Region) -> String {
    slug(region.name())
}

/// Lower-case letters and digits joined by hyphens; letters keep no accents where they can do
/// without.
fn slug(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let plain: String = name
        .nfd()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36f}'))
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<&str> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join("-")
}
