//! How an event is told, set in lines: takes, the reasons of labels, coverage, what is said of
//! American media. For the commands and for the reader.

use std::ops::Range;

use chrono::{DateTime, Utc};
use overview_core::model::{
    ArticleRow, Coverage, Evidence, Label, OverlookedClaim, OverlookedMark, OverlookedVerdict,
    PerspectiveKind, PublisherId, Story, Take,
};

use crate::output::figures::{age, ago, counted};
use crate::output::text;
use crate::prose::{Kind, Line, wrapped};

/// Columns of a bar.
const BAR: usize = 30;
/// Columns of what stands before a bar: the longest name of a region.
const NAME: usize = 28;

/// The shape of a perspective, the same as on a phone: meridian, square, diamond, quotation mark,
/// open triangle.
pub(crate) fn shape(kind: PerspectiveKind) -> char {
    match kind {
        PerspectiveKind::Opinion => '❝',
        PerspectiveKind::State => '■',
        PerspectiveKind::Party => '◆',
        PerspectiveKind::Region => '◍',
        PerspectiveKind::Publisher => '△',
    }
}

/// `◍ European Perspective`
pub(crate) fn label(kind: PerspectiveKind, name: &str) -> String {
    format!("{} {}", shape(kind), text::line(name))
}

/// `◌ 0 of 30 US`
pub(crate) fn overlooked(mark: &OverlookedMark) -> String {
    let ring = match mark.claim {
        OverlookedClaim::Overlooked => '◌',
        OverlookedClaim::UnderCovered => '◔',
    };
    format!("{ring} {} of {} US", mark.american_ran, mark.american_of)
}

/// `Le Journal · FR · 3 h`
pub(crate) fn byline(row: &ArticleRow, now: DateTime<Utc>) -> String {
    let publisher = text::line(&row.publisher_name);
    format!("{publisher} · {} · {}", row.country, age(now, row.sort_at))
}

/// The headline, or what stands for it.
pub(crate) fn headline(row: &ArticleRow, original: bool) -> String {
    let (title, teaser) = match original {
        true => (row.title.as_str(), row.teaser.as_str()),
        false => (row.shown_title(), row.shown_teaser()),
    };
    let words = [title, teaser].into_iter().map(text::line);
    words
        .into_iter()
        .find(|words| !words.is_empty())
        .unwrap_or_else(|| "(untitled)".to_owned())
}

/// The labels of an article of a story, the first of which names it.
pub(crate) fn labels_of<'s>(story: &'s Story, row: &ArticleRow) -> &'s [Label] {
    let telling = story.articles.iter().find(|one| one.row.id == row.id);
    telling.map_or(&[], |telling| &telling.labels)
}

/// The takes beside an article, as they stand under its headline, and the lines of each.
pub(crate) struct TakesBelow {
    pub(crate) lines: Vec<Line>,
    pub(crate) takes: Vec<Range<usize>>,
    /// The line of the article's own label.
    pub(crate) own: Option<usize>,
}

/// Own label, then each take: its number, label, who tells it, and how it is headed; then who ran
/// the story. Nothing for an article that is alone.
pub(crate) fn below(
    story: &Story,
    row: &ArticleRow,
    takes: &[Take],
    original: bool,
    width: usize,
    now: DateTime<Utc>,
) -> TakesBelow {
    let mut below = TakesBelow {
        lines: Vec::new(),
        takes: Vec::new(),
        own: None,
    };
    let own = labels_of(story, row);
    if let Some(first) = own.first() {
        below.own = Some(0);
        let chips: Vec<String> = own[1..].iter().map(|chip| text::line(&chip.name)).collect();
        let also = match chips.is_empty() {
            true => String::new(),
            false => format!("  also {}", chips.join(", ")),
        };
        let name = format!(" {} ", label(first.kind, &first.name));
        let room = width.saturating_sub(text::width(&name));
        below.lines.push(Line::of(
            Kind::OwnLabel(first.kind),
            name,
            text::fit(also, room),
        ));
    }
    for (at, take) in takes.iter().enumerate() {
        let from = below.lines.len();
        let name = format!("{} {}", at + 1, label(take.label.kind, &take.label.name));
        let room = width.saturating_sub(text::width(&name) + 2);
        let by = text::fit(byline(&take.row, now), room.max(12));
        below.lines.push(Line::of(
            Kind::Label(take.label.kind),
            name,
            format!("  {by}"),
        ));
        let head = headline(&take.row, original);
        below
            .lines
            .extend(wrapped(Kind::Text, &head, "  ", "  ", width));
        below.takes.push(from..below.lines.len());
    }
    if story.articles.len() > 1 {
        let line = in_short(story);
        below
            .lines
            .extend(wrapped(Kind::Meta, &line, "", "", width));
    }
    if let Some(claim) = claim_line(story) {
        below
            .lines
            .extend(wrapped(Kind::Claim, &claim, "", "", width));
    }
    below
}

/// `14 publishers in 7 countries ran it, 21 articles in all.`
pub(crate) fn in_short(story: &Story) -> String {
    let publishers = story.coverage.publishers;
    let countries = u32::try_from(story.coverage.countries.len()).unwrap_or(u32::MAX);
    let articles = u32::try_from(story.articles.len()).unwrap_or(u32::MAX);
    let articles = counted(articles, "article", "articles");
    if publishers == 0 {
        return format!("{articles} about this.");
    }
    format!(
        "{} in {} ran it, {articles} in all.",
        counted(publishers, "publisher", "publishers"),
        counted(countries, "country", "countries"),
    )
}

/// What is claimed, or is no longer, in one line; nothing where nothing is.
fn claim_line(story: &Story) -> Option<String> {
    let panel = story.coverage.american;
    let numbers = format!("{} of {} American outlets ran it", panel.ran, panel.of);
    match &story.assessment.verdict {
        OverlookedVerdict::Overlooked => {
            Some(format!("◌ Overlooked by American media: {numbers}."))
        }
        OverlookedVerdict::UnderCovered => {
            Some(format!("◔ Under-covered by American media: {numbers}."))
        }
        OverlookedVerdict::Withdrawn { why, .. } => {
            Some(format!("A claim about American media was withdrawn: {why}"))
        }
        OverlookedVerdict::NoClaim
        | OverlookedVerdict::LocalStory { .. }
        | OverlookedVerdict::PanelUnhealthy => None,
    }
}

/// "Why this label?" for each label: rule, evidence, what it does not say.
pub(crate) fn why(labels: &[Label], width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if labels.is_empty() {
        let words = "No rule fired, so this article has no label. A label needs a sourced fact \
                     about its publisher, or sentences of an opinion piece.";
        return wrapped(Kind::Text, words, "", "", width);
    }
    for (at, one) in labels.iter().enumerate() {
        if at > 0 {
            lines.push(blank());
        }
        lines.push(Line::of(
            Kind::Label(one.kind),
            label(one.kind, &one.name),
            if at == 0 { "" } else { "  also" },
        ));
        lines.extend(wrapped(Kind::Text, &one.why, "", "", width));
        lines.push(Line::of(
            Kind::Meta,
            "",
            format!("Rule: {}", text::line(&one.rule)),
        ));
        for evidence in &one.evidence {
            lines.extend(evidence_lines(evidence, width));
        }
        if !one.not_claimed.is_empty() {
            lines.push(Line::of(Kind::Heading, "", "What it does not say"));
            lines.extend(wrapped(Kind::Text, &one.not_claimed, "", "", width));
        }
    }
    let version = labels.first().map(|label| &label.registry_version);
    lines.push(blank());
    let words = format!(
        "Facts of catalogue {}. docs/perspectives.md has every rule, and how to correct a fact.",
        version
            .map(|version| text::line(version))
            .unwrap_or_default()
    );
    lines.extend(wrapped(Kind::Meta, &words, "", "", width));
    lines
}

fn evidence_lines(evidence: &Evidence, width: usize) -> Vec<Line> {
    match evidence {
        Evidence::Registry {
            statement,
            source,
            as_of,
        } => {
            let mut lines = wrapped(Kind::Text, statement, "• ", "  ", width);
            let as_of = as_of.map(|day| format!("as of {}", day.format("%-d %B %Y")));
            let from: Vec<String> = [(!source.is_empty()).then(|| text::line(source)), as_of]
                .into_iter()
                .flatten()
                .collect();
            if !from.is_empty() {
                lines.extend(wrapped(Kind::Meta, &from.join(", "), "  ", "  ", width));
            }
            lines
        }
        Evidence::Sentence { text, probability } => {
            let mut lines = wrapped(Kind::Quote, &format!("“{text}”"), "▏ ", "▏ ", width);
            let sure = format!(
                "The model of tone is {:.0} % sure of it.",
                probability * 100.0
            );
            lines.push(Line::of(Kind::Meta, "▏ ", sure));
            lines
        }
        Evidence::Story { statement } => wrapped(Kind::Text, statement, "• ", "  ", width),
    }
}

/// Who ran the story: by region as bars, by country, over time, the American panel, and what is said
/// of it.
pub(crate) fn coverage(story: &Story, width: usize, now: DateTime<Utc>) -> Vec<Line> {
    let coverage = &story.coverage;
    let mut lines = Vec::new();
    let mut words = in_short(story);
    if coverage.of > 0 {
        words = format!(
            "{words} {} could have: followed, and their feeds answered.",
            counted(coverage.of, "publisher", "publishers")
        );
    }
    if let Some(first) = &coverage.first {
        let publisher = publisher_name(story, &first.publisher);
        words = format!("{words} First: {publisher}, {}.", ago(now, first.at));
    }
    lines.extend(wrapped(Kind::Text, &words, "", "", width));
    if !coverage.regions.is_empty() {
        lines.push(blank());
        lines.push(Line::of(Kind::Heading, "", "By region"));
        let most = coverage.regions.iter().map(|region| region.of).max();
        let most = most.unwrap_or(1).max(1);
        for region in &coverage.regions {
            let silent = if region.ran == 0 { "  silent" } else { "" };
            let counts = format!(" {} of {}{silent}", region.ran, region.of);
            let room = width.saturating_sub(NAME + 16).clamp(6, BAR);
            let bar = bar(region.ran, region.of, most, room);
            lines.push(named(Kind::Text, region.region.name(), &bar, room, &counts));
        }
        let countries: Vec<String> = coverage
            .countries
            .iter()
            .map(|one| format!("{} {} of {}", one.country, one.ran, one.of))
            .collect();
        if !countries.is_empty() {
            lines.push(blank());
            let words = countries.join(" · ");
            lines.extend(wrapped(Kind::Meta, &words, "", "", width));
        }
    }
    if coverage.hours.len() > 1 {
        lines.push(blank());
        lines.push(Line::of(
            Kind::Heading,
            "",
            "Articles by the hour since the first",
        ));
        lines.push(Line::of(Kind::Text, "", hours(&coverage.hours, width)));
    }
    lines.push(blank());
    lines.extend(american(coverage, width));
    lines.extend(assessment(story, width));
    lines
}

/// The American panel, an outlet a mark: filled ran it, open did not.
fn american(coverage: &Coverage, width: usize) -> Vec<Line> {
    let mut lines = vec![Line::of(Kind::Heading, "", "American media")];
    let panel = coverage.american;
    if panel.all == 0 {
        let words = "No American panel is in this catalogue.";
        lines.extend(wrapped(Kind::Meta, words, "", "", width));
        return lines;
    }
    let counts = format!(" {} of {}", panel.ran, panel.of);
    let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let room = width.saturating_sub(NAME + 16).clamp(6, BAR);
    let marks = match count(panel.of) <= room {
        true => format!(
            "{}{}",
            "●".repeat(count(panel.ran)),
            "○".repeat(count(panel.of.saturating_sub(panel.ran)))
        ),
        false => bar(panel.ran, panel.of, panel.of, room),
    };
    lines.push(named(
        Kind::Claim,
        "National outlets",
        &marks,
        room,
        &counts,
    ));
    if panel.of < panel.all {
        let words = format!(
            "{} of the {} national outlets answered in this time.",
            panel.of, panel.all
        );
        lines.extend(wrapped(Kind::Meta, &words, "", "", width));
    }
    lines
}

/// What is said, and each condition with its number and its bar.
pub(crate) fn assessment(story: &Story, width: usize) -> Vec<Line> {
    let assessment = &story.assessment;
    let mut lines = Vec::new();
    let heading = match &assessment.verdict {
        OverlookedVerdict::Overlooked => "◌ Overlooked by American media",
        OverlookedVerdict::UnderCovered => "◔ Under-covered by American media",
        OverlookedVerdict::NoClaim => "Nothing is claimed",
        OverlookedVerdict::LocalStory { .. } => "A local story: nothing is claimed",
        OverlookedVerdict::PanelUnhealthy => "Too few American outlets answer for a claim",
        OverlookedVerdict::Withdrawn { .. } => "Claim withdrawn",
    };
    lines.push(blank());
    lines.push(Line::of(Kind::Claim, "", heading));
    if !assessment.text.is_empty() {
        lines.extend(wrapped(Kind::Text, &assessment.text, "", "", width));
    }
    if let OverlookedVerdict::Withdrawn {
        claim,
        article,
        why,
    } = &assessment.verdict
    {
        let claimed = match claim {
            OverlookedClaim::Overlooked => "overlooked",
            OverlookedClaim::UnderCovered => "under-covered",
        };
        if !assessment.text.contains(why.as_str()) {
            let words = format!("It was called {claimed}. {why}");
            lines.extend(wrapped(Kind::Text, &words, "", "", width));
        }
        let found = article.and_then(|id| story.articles.iter().find(|one| one.row.id == id));
        if let Some(found) = found {
            let words = format!(
                "{}: {}",
                text::line(&found.row.publisher_name),
                headline(&found.row, false)
            );
            lines.extend(wrapped(Kind::Quote, &words, "▏ ", "▏ ", width));
        }
    }
    if !assessment.conditions.is_empty() {
        lines.push(blank());
    }
    for condition in &assessment.conditions {
        let tick = if condition.holds { "✓ " } else { "✗ " };
        let words = format!(
            "{}: {} ({})",
            condition.name, condition.value, condition.bar
        );
        lines.extend(wrapped(Kind::Text, &words, tick, "  ", width));
    }
    lines
}

/// The publisher's name as its articles have it, else its id.
pub(crate) fn publisher_name(story: &Story, id: &PublisherId) -> String {
    let telling = story.articles.iter().find(|one| one.row.publisher == *id);
    text::line(telling.map_or(id.as_str(), |telling| &telling.row.publisher_name))
}

/// `also in Kyiv Post, Lviv Daily`
pub(crate) fn also_in(story: &Story, take: &Take) -> Option<String> {
    let names: Vec<String> = take
        .also_in
        .iter()
        .map(|id| publisher_name(story, id))
        .collect();
    (!names.is_empty()).then(|| format!("also in {}", names.join(", ")))
}

/// A bar as long as `of` is of `most`, filled as far as `ran` is of `of`; of `room` columns at most.
fn bar(ran: u32, of: u32, most: u32, room: usize) -> String {
    let most = usize::try_from(most).unwrap_or(usize::MAX).max(1);
    // One column a publisher where they all fit.
    let columns = |number: u32| {
        let number = usize::try_from(number).unwrap_or(usize::MAX);
        match most <= room {
            true => number,
            false => (number.saturating_mul(room)).div_ceil(most),
        }
    };
    let length = columns(of);
    let filled = columns(ran).min(length);
    format!("{}{}", "█".repeat(filled), "░".repeat(length - filled))
}

fn named(kind: Kind, name: &str, bar: &str, room: usize, counts: &str) -> Line {
    let gap = " ".repeat(room.saturating_sub(text::width(bar)));
    Line::of(kind, "", format!("{name:<NAME$} {bar}{gap}{counts}"))
}

/// Articles of each hour as heights.
fn hours(hours: &[u32], width: usize) -> String {
    const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = hours.iter().copied().max().unwrap_or(0).max(1);
    hours
        .iter()
        .take(width)
        .map(|number| match number {
            0 => '·',
            number => {
                let at = usize::try_from(number * 7 / most).unwrap_or(7);
                HEIGHTS[at.min(7)]
            }
        })
        .collect()
}

fn blank() -> Line {
    Line::of(Kind::Text, "", "")
}
