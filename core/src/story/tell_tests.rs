//! Stories told by the rules: small invented ones, rule by rule.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use url::Url;

use super::gazetteer::{Actors, Ignored};
use super::reading::Remark;
use super::test_publishers::{aligned, owned, publisher};
use super::*;
use crate::model::{
    ArticleForm, ArticleId, Assessment, Evidence, Label, OverlookedClaim, OverlookedVerdict,
    Ownership, Publisher, PublisherKind, Region, Stance,
};

fn start() -> DateTime<Utc> {
    "2026-11-20T06:00:00Z".parse().unwrap()
}

/// A telling: read from its text, an hour after the one before.
struct Text {
    publisher: Publisher,
    reading: Reading,
    vector: ArticleVector,
    published: DateTime<Utc>,
}

fn text(number: usize, publisher: &Publisher, title: &str, body: &str, address: &str) -> Text {
    let hours = TimeDelta::hours(i64::try_from(number).unwrap());
    let published = start() + hours;
    let url = Url::parse(address).ok();
    Text {
        reading: Reading::of(&ReadingInput {
            title,
            summary: "",
            body,
            language: "en",
            url: url.as_ref(),
            categories: &[],
            publisher,
        }),
        vector: ArticleVector::read(&Article {
            id: &format!("{number:03}"),
            publisher: publisher.id.as_str(),
            family: publisher.family(),
            language: "en",
            published: Some(published),
            title,
            summary: "",
            body,
        }),
        publisher: publisher.clone(),
        published,
    }
}

fn region_of(publisher: &Publisher) -> Region {
    country::region(publisher.country).unwrap()
}

fn members(texts: &[Text]) -> Vec<Member<'_>> {
    let numbered = texts.iter().enumerate();
    numbered
        .map(|(number, text)| Member {
            id: ArticleId(i64::try_from(number).unwrap() + 1),
            publisher: &text.publisher,
            region: region_of(&text.publisher),
            published: text.published,
            reading: &text.reading,
            vector: &text.vector,
        })
        .collect()
}

/// What is around a story.
struct World {
    watched: Vec<(Publisher, bool)>,
    elsewhere: Option<Elsewhere>,
    earlier: Option<Assessment>,
    age: i64,
}

impl World {
    fn quiet() -> Self {
        Self {
            watched: Vec::new(),
            elsewhere: None,
            earlier: None,
            age: 31,
        }
    }

    fn tell(&self, texts: &[Text]) -> Told {
        let watched: Vec<Watched<'_>> = self
            .watched
            .iter()
            .map(|(publisher, is_healthy)| Watched {
                publisher,
                region: region_of(publisher),
                is_healthy: *is_healthy,
            })
            .collect();
        tell(
            &members(texts),
            &Context {
                watched: &watched,
                registry_version: "7",
                american_elsewhere: &|| self.elsewhere.clone(),
                earlier: self.earlier.as_ref(),
                now: start() + TimeDelta::hours(self.age),
            },
        )
    }
}

const NEWS: &str = "https://a.example/news/1";
const OPINION: &str = "https://a.example/opinion/1";

/// Argentina's flood as told by so many publishers, each in few words of its own.
fn flood(publishers: &[Publisher]) -> Vec<Text> {
    let bodies = [
        "The river in Argentina rose by night.",
        "Argentina counts what its river took.",
        "Water stands in the streets of northern Argentina.",
        "In Argentina families wait on roofs.",
    ];
    let numbered = publishers.iter().enumerate();
    numbered
        .map(|(number, publisher)| {
            let body = bodies[number % bodies.len()];
            text(number, publisher, "Flood in Argentina", body, NEWS)
        })
        .collect()
}

fn rules(labels: &[Label]) -> Vec<&str> {
    labels.iter().map(|label| label.rule.as_str()).collect()
}

fn label<'a>(labels: &'a [Label], rule: &str) -> &'a Label {
    let found = labels.iter().find(|label| label.rule == rule);
    found.unwrap_or_else(|| panic!("no {rule} in {:?}", rules(labels)))
}

#[test]
fn publisher_facts_give_labels_with_their_source() {
    let state = owned(publisher("state", "RU"), Ownership::State);
    let public = owned(publisher("public", "GB"), Ownership::Public);
    let party = owned(publisher("party", "FR"), Ownership::Party);
    let private = owned(publisher("private", "AR"), Ownership::Private);
    let mut wire = publisher("wire", "BR");
    wire.kind = PublisherKind::Wire;
    let told = World::quiet().tell(&flood(&[state, public, party, private, wire]));
    let names = |at: usize| -> Vec<&str> {
        told.labels[at]
            .iter()
            .map(|label| label.name.as_str())
            .collect()
    };
    assert_eq!(
        names(0),
        ["Russian State Media", "Russian & Central Asian Perspective"]
    );
    assert_eq!(
        names(1),
        ["European Perspective", "British Public Broadcaster"]
    );
    assert_eq!(names(2), ["European Perspective", "Party Paper"]);
    assert_eq!(names(3), ["Argentine Perspective"]);
    // Of the event's own region, and no party to it.
    assert_eq!(names(4), ["Wire Report"]);
    for (at, rule) in [(0, "state-media"), (1, "public"), (2, "party")] {
        let label = label(&told.labels[at], rule);
        assert_eq!(label.registry_version, "7");
        assert!(label.evidence.iter().any(|evidence| matches!(
            evidence,
            Evidence::Registry { source, as_of: Some(_), .. } if !source.is_empty()
        )));
        assert!(!label.not_claimed.is_empty());
    }
    assert_eq!(
        label(&told.labels[0], "state-media").perspective.as_str(),
        "state:ru"
    );
    assert_eq!(
        label(&told.labels[3], "national").perspective.as_str(),
        "national:ar"
    );
    assert_eq!(
        label(&told.labels[1], "region").perspective.as_str(),
        "region:europe"
    );
    assert_eq!(told.place, Some("AR".parse().unwrap()));
    assert_eq!(told.actors, ["AR".parse().unwrap()]);
}

#[test]
fn a_story_of_one_country_has_no_national_and_no_regional_view() {
    let told = World::quiet().tell(&flood(&[publisher("a", "AR"), publisher("b", "AR")]));
    assert_eq!(told.labels, [vec![], vec![]]);
    // Two countries of one region: the other one is a neighbour, not another region.
    let told = World::quiet().tell(&flood(&[publisher("a", "AR"), publisher("b", "CL")]));
    assert_eq!(rules(&told.labels[0]), ["national"]);
    assert_eq!(rules(&told.labels[1]), Vec::<&str>::new());
}

#[test]
fn what_prints_a_wire_text_is_no_perspective_of_its_own() {
    let mut wire = publisher("wire", "US");
    wire.kind = PublisherKind::Wire;
    let report = "The river in Argentina rose by four metres in one night and took nine bridges, \
                  the civil defence said on Tuesday, as families waited on the roofs of two towns \
                  for boats that came only in the morning.";
    let texts = [
        text(0, &wire, "Flood in Argentina", report, NEWS),
        text(
            1,
            &publisher("gum", "AU"),
            "Nine bridges gone",
            report,
            NEWS,
        ),
        text(
            2,
            &publisher("penny", "GB"),
            "Flood",
            "Argentina waits for boats.",
            NEWS,
        ),
    ];
    let told = World::quiet().tell(&texts);
    assert_eq!(told.copy_of, [None, Some(ArticleId(1)), None]);
    assert_eq!(rules(&told.labels[1]), ["wire"]);
    assert!(
        told.labels[1][0].why.contains("WIRE"),
        "{}",
        told.labels[1][0].why
    );
    assert_eq!(told.families, 3);
}

/// A text of a form with given remarks about Dana Whitcombe.
fn piece(publisher: &Publisher, form: ArticleForm, remarks: &[bool]) -> Text {
    let address = match form {
        ArticleForm::Opinion => OPINION,
        _ => NEWS,
    };
    let body = "President Dana Whitcombe signed it. Whitcombe smiled.";
    let mut piece = text(0, publisher, "Whitcombe signs", body, address);
    piece.reading.form = form;
    piece.reading.remarks = remarks
        .iter()
        .map(|is_favourable| Remark {
            about: "Dana Whitcombe".to_owned(),
            text: "Whitcombe smiled.".to_owned(),
            is_favourable: *is_favourable,
            probability: 0.91,
        })
        .collect();
    piece
}

#[test]
fn a_stance_needs_comment_enough_sentences_and_one_sign() {
    use ArticleForm::{Analysis, News, Official, Opinion};
    let plain = publisher("plain", "US");
    let against = aligned(plain.clone(), "Dana Whitcombe", Stance::Against);
    let (bad, good) = (false, true);
    let cases: [(&Publisher, ArticleForm, &[bool], Option<&str>); 14] = [
        (&plain, Opinion, &[bad, bad], Some("critical")),
        (&plain, Opinion, &[good, good], Some("pro")),
        (&plain, Analysis, &[bad, bad, bad], Some("critical")),
        (&plain, Opinion, &[bad], None),
        (&plain, Opinion, &[], None),
        (&plain, Opinion, &[bad, bad, good], None),
        // However sure: never on a report or a statement.
        (&plain, News, &[bad, bad, bad, bad], None),
        (&plain, Official, &[bad, bad], None),
        (&against, News, &[bad, bad, bad, bad], None),
        // With a declared alignment one sentence does, if it agrees.
        (&against, Opinion, &[bad], Some("critical")),
        (&against, Opinion, &[good], None),
        (&against, Opinion, &[bad, good], None),
        (&against, Opinion, &[], None),
        (&against, Opinion, &[good, good], Some("pro")),
    ];
    for (of, form, remarks, expected) in cases {
        let told = World::quiet().tell(&[piece(of, form, remarks)]);
        let stances: Vec<&str> = rules(&told.labels[0])
            .into_iter()
            .filter(|rule| ["critical", "pro"].contains(rule))
            .collect();
        let expected: Vec<&str> = expected.into_iter().collect();
        assert_eq!(stances, expected, "{form:?} {remarks:?}");
    }
}

#[test]
fn a_stance_quotes_its_sentences_and_is_about_one_of_the_story() {
    let plain = publisher("plain", "US");
    let critical = piece(&plain, ArticleForm::Opinion, &[false, false]);
    let told = World::quiet().tell(&[critical]);
    let found = &told.labels[0][0];
    assert_eq!(found.name, "Critical of Whitcombe's Approach");
    assert_eq!(found.perspective.as_str(), "critical:whitcombe");
    let sentences = found.evidence.iter().filter(|evidence| {
        matches!(evidence, Evidence::Sentence { text, probability }
            if text == "Whitcombe smiled." && *probability > 0.9)
    });
    assert_eq!(sentences.count(), 2);
    // In a story whose other texts do not name her, she is not what it is about.
    let mut texts = vec![piece(&plain, ArticleForm::Opinion, &[true, true])];
    for (number, country) in [(1, "FR"), (2, "DE")] {
        let other = publisher(country.to_lowercase().as_str(), country);
        texts.push(text(
            number,
            &other,
            "Duties rise",
            "Panels cost more.",
            NEWS,
        ));
    }
    let told = World::quiet().tell(&texts);
    assert!(!rules(&told.labels[0]).contains(&"pro"));
}

#[test]
fn a_policy_with_a_name_is_criticised_and_praised_as_a_person_is() {
    let gb = publisher("gb", "GB");
    let against = "MPs passed the Clean Rivers Act last night.\n\
        The Clean Rivers Act is a shameful, cruel and disastrous betrayal of every voter.\n\
        The Act is a corrupt and dangerous failure.";
    let told = World::quiet().tell(&[text(0, &gb, "Enough", against, OPINION)]);
    let found = &told.labels[0][0];
    assert_eq!(
        found.name, "Critical of the Clean Rivers Act",
        "{:#?}",
        told.labels
    );
    assert_eq!(found.perspective.as_str(), "critical:clean-rivers-act");
    assert!(
        found
            .why
            .contains("2 sentences of the author are critical of the Clean Rivers Act")
    );
    let quoted = found.evidence.iter().filter_map(|evidence| match evidence {
        Evidence::Sentence { text, .. } => Some(text),
        _ => None,
    });
    assert!(quoted.clone().count() == 2 && quoted.clone().all(|it| against.contains(it)));
    let praise = "MPs passed the Clean Rivers Act last night.\n\
        The Clean Rivers Act is a brilliant, generous and wonderful success.\n\
        We love the Clean Rivers Act: it is great, wise and fair.";
    let told = World::quiet().tell(&[text(0, &gb, "At last", praise, OPINION)]);
    assert_eq!(told.labels[0][0].name, "In Favour of the Clean Rivers Act");
    let told = World::quiet().tell(&[text(0, &gb, "Enough", against, NEWS)]);
    assert_eq!(rules(&told.labels[0]), Vec::<&str>::new());
}

#[test]
fn a_declared_alignment_is_said_where_the_story_is_about_that_person() {
    let of = aligned(publisher("bell", "US"), "Dana Whitcombe", Stance::For);
    let told = World::quiet().tell(&[piece(&of, ArticleForm::News, &[])]);
    let found = label(&told.labels[0], "aligned");
    assert_eq!(found.name, "Openly for Whitcombe");
    assert_eq!(found.perspective.as_str(), "aligned:for-whitcombe");
    let told = World::quiet().tell(&flood(&[of]));
    assert_eq!(told.labels, [vec![]]);
}

#[test]
fn comment_analysis_and_statements_are_named_last() {
    let gb = publisher("gb", "GB");
    let mut office = publisher("office", "GB");
    office.kind = PublisherKind::Official;
    for (of, address, rule) in [
        (&gb, OPINION, Some("opinion")),
        (&gb, "https://a.example/analysis/1", Some("analysis")),
        (&office, NEWS, Some("official")),
        (&gb, NEWS, None),
    ] {
        let told = World::quiet().tell(&[text(0, of, "Rain", "It rained in Wales.", address)]);
        assert_eq!(rules(&told.labels[0]), rule.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn the_authors_own_sentences_are_found_in_comment_only() {
    let body = "President Dana Whitcombe is a shameless liar who betrayed the voters and disgraced \
                the office.\nWhitcombe is a corrupt, cruel and incompetent leader.\n\
                “Whitcombe is a disgrace. Whitcombe is a liar,” a man said.";
    let gb = publisher("gb", "GB");
    let opinion = text(0, &gb, "Enough", body, OPINION);
    assert_eq!(
        opinion.reading.remarks.len(),
        2,
        "{:?}",
        opinion.reading.remarks
    );
    for remark in &opinion.reading.remarks {
        assert!(body.contains(&remark.text));
        assert!(!remark.is_favourable && remark.probability >= 0.8);
        assert_eq!(remark.about, "Dana Whitcombe");
    }
    let told = World::quiet().tell(std::slice::from_ref(&opinion));
    assert_eq!(told.labels[0][0].name, "Critical of Whitcombe's Approach");
    assert_eq!(text(0, &gb, "Enough", body, NEWS).reading.remarks, []);
    // Words of a translation are not the author's.
    let mut french = publisher("fr", "FR");
    french.language = "fr".to_owned();
    assert_eq!(
        text(0, &french, "Enough", body, OPINION).reading.remarks,
        []
    );
}

/// So many publishers of a country.
fn some(count: usize, country: &str) -> Vec<Publisher> {
    let id = country.to_lowercase();
    (0..count)
        .map(|number| publisher(&format!("{id}{number}"), country))
        .collect()
}

/// 150 publishers, 30 of them the American panel.
fn panel() -> Vec<(Publisher, bool)> {
    let mut all = some(30, "US");
    for country in ["GB", "FR", "KE", "IN", "AR", "JP", "DE", "AU"] {
        all.extend(some(15, country));
    }
    all.into_iter().map(|publisher| (publisher, true)).collect()
}

fn ran(counts: &[(usize, &str)]) -> Vec<Text> {
    let publishers: Vec<Publisher> = counts
        .iter()
        .flat_map(|(count, country)| some(*count, country))
        .collect();
    flood(&publishers)
}

fn watched(watched: Vec<(Publisher, bool)>) -> World {
    World {
        watched,
        ..World::quiet()
    }
}

const ABROAD: [(usize, &str); 6] = [
    (2, "AR"),
    (2, "GB"),
    (2, "FR"),
    (1, "KE"),
    (1, "IN"),
    (1, "JP"),
];

#[test]
fn none_of_thirty_after_a_day() {
    let told = watched(panel()).tell(&ran(&ABROAD));
    let assessment = &told.assessment;
    assert_eq!(assessment.verdict, OverlookedVerdict::Overlooked);
    assert_eq!(
        assessment.text,
        "None of the 30 American outlets we follow had this story after 31 hours; 9 outlets in 6 \
         countries did."
    );
    assert!(
        assessment
            .conditions
            .iter()
            .all(|condition| condition.holds)
    );
    assert_eq!(assessment.conditions.len(), 6);
    // log2(10 / 122) - log2(1 / 32), times ln 7.
    let expected = ((10.0_f32 / 122.0).log2() + 5.0) * 7.0_f32.ln();
    assert!((assessment.strength - expected).abs() < 1e-4);
    assert_eq!(told.coverage.american.ran, 0);
    assert_eq!(
        (told.coverage.american.of, told.coverage.american.all),
        (30, 30)
    );
    assert_eq!((told.coverage.publishers, told.coverage.of), (9, 150));
}

#[test]
fn each_bar_alone_stops_the_claim() {
    let none = |world: &World, texts: &[Text], name: &str| {
        let told = world.tell(texts);
        let broken: Vec<&str> = told
            .assessment
            .conditions
            .iter()
            .filter(|condition| !condition.holds)
            .map(|condition| condition.name.as_str())
            .collect();
        assert_eq!(
            told.assessment.verdict,
            OverlookedVerdict::NoClaim,
            "{name}"
        );
        assert!(
            broken.len() == 1 && broken[0].contains(name),
            "{name}: {broken:?}"
        );
        assert!(told.assessment.strength.abs() < f32::EPSILON);
    };
    let mut young = watched(panel());
    young.age = 23;
    none(&young, &ran(&ABROAD), "hours");
    none(
        &watched(panel()),
        &ran(&[(5, "AR"), (5, "GB")]),
        "countries",
    );
    // Too few outlets for chance to be out of the question.
    none(
        &watched(panel()),
        &ran(&[(2, "AR"), (2, "GB"), (2, "FR")]),
        "chance",
    );
    let mut found = watched(panel());
    found.elsewhere = Some(Elsewhere {
        article: ArticleId(77),
        publisher: "us3".into(),
        similarity: 0.2,
    });
    none(&found, &ran(&ABROAD), "second");
}

#[test]
fn the_second_search_is_asked_only_before_a_claim() {
    let asked = std::cell::Cell::new(0);
    let texts = ran(&[(2, "AR"), (2, "GB")]);
    let panel = panel();
    let watched: Vec<Watched<'_>> = panel
        .iter()
        .map(|(publisher, _)| Watched {
            publisher,
            region: region_of(publisher),
            is_healthy: true,
        })
        .collect();
    let search = || {
        asked.set(asked.get() + 1);
        None
    };
    let context = Context {
        watched: &watched,
        registry_version: "7",
        american_elsewhere: &search,
        earlier: None,
        now: start() + TimeDelta::hours(31),
    };
    tell(&members(&texts), &context);
    assert_eq!(asked.get(), 0);
    tell(&members(&ran(&ABROAD)), &context);
    assert_eq!(asked.get(), 1);
}

#[test]
fn one_of_thirty_where_many_abroad_have_it() {
    let many = [
        (1, "US"),
        (6, "AR"),
        (6, "GB"),
        (6, "FR"),
        (3, "KE"),
        (3, "IN"),
    ];
    let told = watched(panel()).tell(&ran(&many));
    assert_eq!(told.assessment.verdict, OverlookedVerdict::UnderCovered);
    assert_eq!(
        told.assessment.text,
        "1 of the 30 American outlets we follow had this story after 31 hours; 24 outlets in 5 \
         countries did."
    );
    let mut two = many;
    two[0].0 = 2;
    let told = watched(panel()).tell(&ran(&two));
    assert_eq!(told.assessment.verdict, OverlookedVerdict::NoClaim);
}

#[test]
fn nothing_is_said_when_the_panel_does_not_answer() {
    for (silent, expected) in [
        (6, OverlookedVerdict::Overlooked),
        (7, OverlookedVerdict::PanelUnhealthy),
    ] {
        let mut all = panel();
        for one in all.iter_mut().take(silent) {
            one.1 = false;
        }
        let told = watched(all).tell(&ran(&ABROAD));
        assert_eq!(told.assessment.verdict, expected, "{silent}");
    }
    let none = watched(Vec::new()).tell(&ran(&ABROAD));
    assert_eq!(none.assessment.verdict, OverlookedVerdict::PanelUnhealthy);
    assert_eq!(
        none.assessment.text,
        "We follow no American outlet, so nothing is said of American media."
    );
}

#[test]
fn a_story_of_one_country_that_happens_there_is_local() {
    let told = watched(panel()).tell(&ran(&[(15, "AR")]));
    let country = "AR".parse().unwrap();
    assert_eq!(
        told.assessment.verdict,
        OverlookedVerdict::LocalStory { country }
    );
    assert_eq!(
        told.assessment.text,
        "Only outlets in Argentina had this story."
    );
}

#[test]
fn an_american_paper_outside_the_panel_stops_the_claim_too() {
    let mut local = publisher("local", "US");
    local.panel = false;
    let mut texts = ran(&ABROAD);
    texts.extend(flood(&[local]));
    let told = watched(panel()).tell(&texts);
    assert_eq!(told.assessment.verdict, OverlookedVerdict::NoClaim);
    assert!(told.assessment.text.contains("1 other American outlet did"));
}

#[test]
fn a_family_counts_once() {
    let mut sisters = some(5, "GB");
    for sister in &mut sisters {
        sister.family = Some("sisters".to_owned());
    }
    let told = watched(panel()).tell(&flood(&sisters));
    assert_eq!((told.families, told.coverage.publishers), (1, 1));
}

#[test]
fn what_was_claimed_is_withdrawn_and_stays_so() {
    let mut world = watched(panel());
    let claimed = world.tell(&ran(&ABROAD)).assessment;
    // Unchanged: it is what it was since then.
    world.earlier = Some(claimed.clone());
    world.age = 40;
    let later = world.tell(&ran(&ABROAD)).assessment;
    assert_eq!(later.since, claimed.since);
    // An American outlet has it.
    let mut texts = ran(&ABROAD);
    texts.extend(ran(&[(3, "US")]));
    let withdrawn = world.tell(&texts).assessment;
    let OverlookedVerdict::Withdrawn {
        claim,
        article,
        why,
    } = &withdrawn.verdict
    else {
        panic!("{:?}", withdrawn.verdict);
    };
    assert_eq!(*claim, OverlookedClaim::Overlooked);
    assert_eq!(*article, Some(ArticleId(10)));
    assert_eq!(why, "US0 has the story.");
    assert_eq!(
        withdrawn.text,
        "We said that no American outlet we follow had this story, and take it back. US0 has the \
         story."
    );
    // It stays withdrawn when that article is gone.
    world.earlier = Some(withdrawn.clone());
    world.age = 50;
    let after = world.tell(&ran(&ABROAD)).assessment;
    assert_eq!(
        (&after.verdict, after.since),
        (&withdrawn.verdict, withdrawn.since)
    );
    // A claim that the second search ends.
    world.earlier = Some(claimed.clone());
    world.elsewhere = Some(Elsewhere {
        article: ArticleId(77),
        publisher: "us3".into(),
        similarity: 0.2,
    });
    let found = world.tell(&ran(&ABROAD)).assessment;
    assert!(matches!(
        found.verdict,
        OverlookedVerdict::Withdrawn {
            article: Some(ArticleId(77)),
            ..
        }
    ));
    // A panel that fell silent ends it for as long as it is silent.
    let mut silent = watched(panel());
    for one in silent.watched.iter_mut().take(20) {
        one.1 = false;
    }
    silent.earlier = Some(claimed);
    let unhealthy = silent.tell(&ran(&ABROAD)).assessment;
    assert!(matches!(
        unhealthy.verdict,
        OverlookedVerdict::Withdrawn { article: None, .. }
    ));
    world.elsewhere = None;
    world.earlier = Some(unhealthy);
    assert_eq!(
        world.tell(&ran(&ABROAD)).assessment.verdict,
        OverlookedVerdict::Overlooked
    );
}

#[test]
fn coverage_counts_countries_regions_and_hours() {
    let told = watched(panel()).tell(&ran(&[(2, "GB"), (1, "AR")]));
    let coverage = &told.coverage;
    let countries: Vec<(&str, u32, u32)> = coverage
        .countries
        .iter()
        .map(|one| (one.country.as_str(), one.ran, one.of))
        .collect();
    assert_eq!(countries, [("GB", 2, 15), ("AR", 1, 15)]);
    let silent: Vec<Region> = coverage
        .regions
        .iter()
        .filter(|region| region.ran == 0)
        .map(|region| region.region)
        .collect();
    assert!(silent.contains(&Region::EastAsia) && !silent.contains(&Region::Europe));
    assert_eq!(coverage.first.as_ref().unwrap().publisher.as_str(), "gb0");
    assert_eq!(coverage.hours, [1, 1, 1]);
}

#[test]
fn what_is_kept_of_an_article_survives_json() {
    let body = "KYIV, Ukraine (AP) — Dana Whitcombe is a shameless, corrupt liar. Whitcombe left.";
    let read = text(
        0,
        &publisher("gb", "GB"),
        "Whitcombe in Kyiv",
        body,
        OPINION,
    )
    .reading;
    assert_eq!(read.actors.place, Some("UA".parse().unwrap()));
    let json = serde_json::to_string(&read).unwrap();
    assert_eq!(serde_json::from_str::<Reading>(&json).unwrap(), read);
    let told = watched(panel()).tell(&ran(&ABROAD));
    let json = serde_json::to_string(&(&told.labels, &told.coverage, &told.assessment)).unwrap();
    let (labels, coverage, assessment) = serde_json::from_str(&json).unwrap();
    assert_eq!((told.labels, told.coverage), (labels, coverage));
    let kept: Assessment = assessment;
    assert_eq!(told.assessment, kept);
}

#[test]
fn a_megabyte_is_read_in_part() {
    let body = "Whitcombe smiled at the press in Kyiv. ".repeat(30_000);
    let read = text(0, &publisher("gb", "GB"), &body, &body, OPINION).reading;
    assert!(read.first_sentence.len() < 400);
    assert!(read.remarks.len() <= 12);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_and_told(
        title in "\\PC{0,80}",
        body in "(\\PC|[ .\n]|Whitcombe |President |“|said ){0,300}",
        address in "(https://a\\.example/)?(opinion/|analysis/)?\\PC{0,20}",
    ) {
        let texts: Vec<Text> = ["GB", "US", "ZZ"]
            .iter()
            .enumerate()
            .filter(|(_, country)| **country != "ZZ")
            .map(|(at, country)| text(at, &publisher(&country.to_lowercase(), country), &title, &body, &address))
            .collect();
        for one in &texts {
            for remark in &one.reading.remarks {
                prop_assert!(body.contains(&remark.text));
            }
        }
        let world = watched(panel());
        prop_assert_eq!(world.tell(&texts), world.tell(&texts));
    }

    #[test]
    fn any_numbers_give_a_verdict_whose_conditions_agree(
        us in 0usize..4, gb in 0usize..12, ar in 0usize..12, fr in 0usize..12, jp in 0usize..12,
        silent in 0usize..12, age in 0i64..80,
    ) {
        let texts = ran(&[(us, "US"), (gb, "GB"), (ar, "AR"), (fr, "FR"), (jp, "JP")]);
        prop_assume!(!texts.is_empty());
        let mut world = watched(panel());
        for one in world.watched.iter_mut().take(silent) {
            one.1 = false;
        }
        world.age = age;
        let found = world.tell(&texts).assessment;
        let holds = found.conditions.iter().all(|condition| condition.holds);
        match found.verdict {
            OverlookedVerdict::Overlooked => {
                prop_assert!(holds && us == 0 && age >= 24 && found.strength > 0.0);
            }
            OverlookedVerdict::UnderCovered => prop_assert!(holds && us <= 1 && age >= 24),
            OverlookedVerdict::LocalStory { .. } => prop_assert!(us == 0 && gb + fr + jp == 0),
            _ => prop_assert!(!holds),
        }
        prop_assert!(found.text.ends_with('.') && !found.text.contains("  "));
    }
}

#[test]
fn a_person_is_known_by_the_family_name_with_a_title() {
    let actors = Actors::of_article(
        "A tax",
        "",
        "I applaud President Whitcombe. Nothing else Whitcombe did was right.",
        "en",
        None,
        &Ignored::default(),
    );
    let names: Vec<&str> = actors
        .people
        .iter()
        .map(|(person, _)| person.name.as_str())
        .collect();
    assert_eq!(names, ["Whitcombe"]);
}
