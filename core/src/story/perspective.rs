//! The rules of perspectives, in one table. `docs/perspectives.md` is written from it (`make docs`).

mod document;
mod rules;
mod scene;

pub use document::perspectives_document;
pub(super) use scene::Scene;

use super::tell::Member;
use crate::model::{Evidence, Label, PerspectiveId, PerspectiveKind};

/// A rule of [`RULES`].
pub(super) struct Rule {
    /// Names it in labels and in the documentation.
    id: &'static str,
    /// The ids of its perspectives.
    perspective: &'static str,
    /// How its labels read.
    wording: &'static str,
    kind: PerspectiveKind,
    /// When it fires.
    fires: &'static str,
    /// What a label by it does not say.
    not_claimed: &'static str,
    /// What to do about a label that is wrong.
    correction: &'static str,
    apply: for<'a> fn(&Scene<'a>, &Told<'a>) -> Option<Finding>,
}

/// An article to which the rules are applied.
pub(super) struct Told<'a> {
    pub(super) member: Member<'a>,
    /// Of another publisher's text, the earliest article with it.
    pub(super) original: Option<Member<'a>>,
}

/// What a rule found.
struct Finding {
    perspective: String,
    name: String,
    why: String,
    evidence: Vec<Evidence>,
}

const PUBLISHER_FACTS: &str = "Ownership, kind and country stand in `core/catalogue/publishers`, \
    ownership with its source and day. Open an issue or a pull request that changes the \
    fact and names a source that others can open; where sources disagree, the fact is left out.";
const MODEL_ERROR: &str = "The sentences are quoted, so judge for yourself. A sentence that is not \
    about its target, or quotes somebody, is an error of the reading: open an issue with the \
    address of the article. A stated alignment is a fact of the catalogue and is corrected there.";
const ACTORS: &str = "Which countries a story is about is counted in its articles. If a country is \
    misread, open an issue with the sentence; `core/gazetteer` holds the names.";
const FORM: &str = "The form is read from the address, the section and the headline's own mark. If \
    a section is misread, open an issue with the address; `core/src/story/form.rs` lists them.";

/// In their order: the first that fires names the take, the others are chips.
pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "critical",
        perspective: "critical:<person or policy>",
        wording: "Critical of X's Approach, Critical of the X Act",
        kind: PerspectiveKind::Opinion,
        fires: "The article is comment or analysis by its form. X is one of the three persons, or \
            of the three laws, treaties and programmes with a name of their own, that the story \
            names most, and at least half of its texts name X. Either two sentences or more \
            in the author's own voice are critical of X, each with a probability of 0.8 or more, \
            and none is favourable; or the publisher's documented alignment is against X, and at \
            least one such sentence is critical and none favourable. Never fires on a news report.",
        not_claimed: "It does not say that the author is right or wrong, nor what the publisher \
            thinks, nor that criticism of X is all there is in it.",
        correction: MODEL_ERROR,
        apply: rules::critical,
    },
    Rule {
        id: "pro",
        perspective: "pro:<person or policy>",
        wording: "Pro-X Perspective, In Favour of the X Act",
        kind: PerspectiveKind::Opinion,
        fires: "As `critical`, with favourable sentences and none critical, or a documented \
            alignment for X, at least one favourable sentence and none critical. Never fires on a \
            news report.",
        not_claimed: "It does not say that the author is right or wrong, nor what the publisher \
            thinks, nor that praise of X is all there is in it.",
        correction: MODEL_ERROR,
        apply: rules::pro,
    },
    Rule {
        id: "state-media",
        perspective: "state:<country>",
        wording: "Russian State Media",
        kind: PerspectiveKind::State,
        fires: "The catalogue says, with a source, that the publisher is owned or editorially \
            controlled by a state. A broadcaster in public service, and a party's paper, are not.",
        not_claimed: "It does not say that this article is untrue, or that an office ordered it.",
        correction: PUBLISHER_FACTS,
        apply: rules::state_media,
    },
    Rule {
        id: "national",
        perspective: "national:<country>",
        wording: "Ukrainian Perspective",
        kind: PerspectiveKind::Party,
        fires: "The publisher's home country is one of the at most two countries that the story is \
            about, and publishers of at least two countries tell it. Not for a copy of another \
            publisher's text.",
        not_claimed: "It does not say that the publisher speaks for its country or takes its side.",
        correction: ACTORS,
        apply: rules::national,
    },
    Rule {
        id: "region",
        perspective: "region:<region>",
        wording: "European Perspective",
        kind: PerspectiveKind::Region,
        fires: "The publisher's region is another one than where the story happens, and publishers \
            of at least two regions tell it. Where it happens is what most datelines say, else the \
            country it is most about; where neither is known, every region counts as another. Not \
            for a copy of another publisher's text.",
        not_claimed: "It does not say that the press of a region agrees, or that this publisher \
            stands for it.",
        correction: ACTORS,
        apply: rules::region,
    },
    Rule {
        id: "wire",
        perspective: "wire",
        wording: "Wire Report",
        kind: PerspectiveKind::Publisher,
        fires: "The catalogue lists the publisher as an agency whose copy others print, or the \
            article is a copy of such an agency's text.",
        not_claimed: "It does not say that the report is neutral.",
        correction: PUBLISHER_FACTS,
        apply: rules::wire,
    },
    Rule {
        id: "public",
        perspective: "public:<country>",
        wording: "Japanese Public Broadcaster",
        kind: PerspectiveKind::Publisher,
        fires: "The catalogue says, with a source, that the publisher is a medium in public \
            service, editorially apart from the government.",
        not_claimed: "It does not say that the report is neutral, or that the government had no \
            influence on it.",
        correction: PUBLISHER_FACTS,
        apply: rules::public,
    },
    Rule {
        id: "aligned",
        perspective: "aligned:for-<person>, aligned:against-<person>",
        wording: "Openly for X, Openly against X",
        kind: PerspectiveKind::Publisher,
        fires: "The catalogue documents that the publisher has openly declared itself for or \
            against X, and X is one of the three persons the story names most, named in at least \
            half of its texts.",
        not_claimed: "It does not say that this article takes that side.",
        correction: PUBLISHER_FACTS,
        apply: rules::aligned,
    },
    Rule {
        id: "party",
        perspective: "party",
        wording: "Party Paper",
        kind: PerspectiveKind::Publisher,
        fires: "The catalogue says, with a source, that a political party or campaign owns the \
            publisher.",
        not_claimed: "It does not say that this article takes the party's side.",
        correction: PUBLISHER_FACTS,
        apply: rules::party,
    },
    Rule {
        id: "opinion",
        perspective: "form:opinion",
        wording: "Opinion",
        kind: PerspectiveKind::Opinion,
        fires: "The publisher marks the article as comment, by its address, section or headline, \
            or publishes mainly comment.",
        not_claimed: "It does not say what the opinion is.",
        correction: FORM,
        apply: rules::opinion,
    },
    Rule {
        id: "analysis",
        perspective: "form:analysis",
        wording: "Analysis",
        kind: PerspectiveKind::Opinion,
        fires: "The publisher marks the article as analysis or explanation, by its address, section \
            or headline.",
        not_claimed: "It does not say that the analysis is right.",
        correction: FORM,
        apply: rules::analysis,
    },
    Rule {
        id: "official",
        perspective: "form:official",
        wording: "Official Statement",
        kind: PerspectiveKind::Opinion,
        fires: "The publisher is a government's or party's own office, or marks the article as an \
            office's statement by its address, section or headline.",
        not_claimed: "It does not say that the statement is untrue, or that it is confirmed.",
        correction: FORM,
        apply: rules::official,
    },
];

/// The labels of an article, by the order of the rules. None where no rule fires.
pub(super) fn labels<'a>(scene: &Scene<'a>, told: &Told<'a>) -> Vec<Label> {
    RULES
        .iter()
        .filter_map(|rule| {
            let found = (rule.apply)(scene, told)?;
            Some(Label {
                perspective: PerspectiveId(found.perspective),
                name: found.name,
                kind: rule.kind,
                rule: rule.id.to_owned(),
                why: found.why,
                not_claimed: rule.not_claimed.to_owned(),
                evidence: found.evidence,
                registry_version: scene.registry_version.to_owned(),
            })
        })
        .collect()
}
