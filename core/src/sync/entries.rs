//! Entries of a feed to articles for the store. Pure.

use sha2::{Digest, Sha256};
use url::Url;

use crate::feed::{self, Entry, Feed};
use crate::language;
use crate::model::{Media, TARGET_LANGUAGE, primary_language};
use crate::search;
use crate::store::{IncomingArticle, PlannedFeed};

/// Characters of a teaser.
const TEASER_MAX: usize = 300;

/// The articles of one document, in its order. Entries with nothing to show, and those that nothing
/// identifies, are left out: they would come back as new with every refresh.
pub(super) fn articles(feed: &Feed, planned: &PlannedFeed) -> Vec<IncomingArticle> {
    let keys = feed::identity::entry_keys(planned.publisher.as_str(), &feed.entries);
    feed.entries
        .iter()
        .zip(keys)
        .filter(|(entry, keys)| {
            let shows_something =
                entry.title.is_some() || entry.url.is_some() || body(entry).is_some();
            shows_something && !keys.is_empty()
        })
        .map(|(entry, keys)| {
            let declared = entry
                .language
                .as_ref()
                .or(feed.language.as_ref())
                .filter(|declared| specific_enough(declared, &planned.language));
            let mut languages: Vec<&str> = declared.map(String::as_str).into_iter().collect();
            let reviewed = primary_language(&planned.language);
            if languages
                .iter()
                .all(|tag| primary_language(tag) != reviewed)
            {
                languages.push(&planned.language);
            }
            article(entry, keys.into_iter().collect(), &languages)
        })
        .collect()
}

/// Feeds often declare the language of their software's default, not of their articles. What a
/// person reviewed in the catalogue is believed unless the feed says the same more exactly, or
/// says something else than English.
fn specific_enough(declared: &str, reviewed: &str) -> bool {
    let declared = primary_language(declared);
    declared.len() >= 2 && (declared == primary_language(reviewed) || declared != TARGET_LANGUAGE)
}

/// Letters from which a title with its teaser tells its language.
const TELLING_LETTERS: usize = 20;

/// The language of an article of which some are declared, the likeliest first; see
/// [`language::identify`].
fn language_of(title: &str, teaser: &str, declared: &[&str]) -> String {
    let text = format!("{title} {teaser}");
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let found = match letters < TELLING_LETTERS {
        true => None,
        false => language::identify(&text, declared),
    };
    found.unwrap_or_else(|| declared.first().copied().unwrap_or_default().to_owned())
}

fn article(entry: &Entry, keys: Vec<[u8; 16]>, declared: &[&str]) -> IncomingArticle {
    let summary = entry.summary.as_deref().map(feed::plain_text);
    let content = entry.content.as_deref().map(feed::plain_text);
    let teaser = summary
        .as_deref()
        .filter(|text| !text.is_empty())
        .or(content.as_deref());
    let longer = match (&summary, &content) {
        (Some(summary), Some(content)) if content.len() < summary.len() => summary,
        (_, Some(content)) => content,
        (Some(summary), None) => summary,
        (None, None) => "",
    };
    let title = entry.title.clone().unwrap_or_default();
    let teaser = shortened(teaser.unwrap_or_default(), TEASER_MAX);
    let language = language_of(&title, &teaser, declared);
    IncomingArticle {
        keys,
        title,
        teaser,
        text: search::searched(longer).to_owned(),
        url: entry.url.clone(),
        image: image(&entry.media),
        published_at: entry.published,
        updated_at: entry.updated,
        summary: entry.summary.clone(),
        content: entry.content.clone(),
        authors: entry.authors.clone(),
        categories: entry.categories.clone(),
        media: entry.media.clone(),
        content_hash: content_hash(entry, &language),
        language,
    }
}

fn body(entry: &Entry) -> Option<&String> {
    entry.content.as_ref().or(entry.summary.as_ref())
}

/// Cut at a character, not a byte; nothing is added.
fn shortened(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => text[..end].trim_end().to_owned(),
        None => text.to_owned(),
    }
}

/// The first picture: one that says it is, else one whose address ends like one.
fn image(media: &[Media]) -> Option<Url> {
    let is_picture = |media: &&Media| match &media.media_type {
        Some(kind) => kind.starts_with("image/"),
        None => {
            let path = media.url.path().to_ascii_lowercase();
            [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"]
                .iter()
                .any(|end| path.ends_with(end))
        }
    };
    media.iter().find(is_picture).map(|media| media.url.clone())
}

/// Differs when anything the reader could see does. Each part is preceded by its length, so that
/// text moving from one to the next is a difference too.
fn content_hash(entry: &Entry, language: &str) -> [u8; 16] {
    let mut hash = Sha256::new();
    let mut part = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    };
    part(entry.title.as_deref().unwrap_or(""));
    // Not as it is decorated today.
    part(
        &entry
            .url
            .as_ref()
            .map(feed::identity::canonical_url)
            .unwrap_or_default(),
    );
    part(entry.summary.as_deref().unwrap_or(""));
    part(entry.content.as_deref().unwrap_or(""));
    part(language);
    part(
        &entry
            .published
            .map_or_else(String::new, |time| time.timestamp().to_string()),
    );
    for text in entry.authors.iter().chain(&entry.categories) {
        part(text);
    }
    for media in &entry.media {
        part(media.url.as_str());
    }
    let digest = hash.finalize();
    let mut short = [0; 16];
    short.copy_from_slice(&digest[..16]);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_in_the_language_of_its_words() {
        let ukrainian = "Після двох місяців без дощу перші зливи дійшли до південних областей";
        let russian = "После двух месяцев без дождя первые ливни дошли до южных областей";
        let english =
            "After two months without rain the first showers reached the southern regions";
        for (text, declared, language) in [
            (ukrainian, ["uk"].as_slice(), "uk"),
            (english, &["uk"], "en"),
            // A feed that says Russian, of a publisher that was reviewed as Ukrainian.
            (ukrainian, &["ru", "uk"], "uk"),
            (russian, &["ru", "uk"], "ru"),
            // Region and script stay as they are declared.
            (
                "O rio subiu dois metros durante a noite",
                &["pt-BR"],
                "pt-BR",
            ),
            // Too short to tell.
            ("Live", &["uk"], "uk"),
            ("", &["ja"], "ja"),
        ] {
            assert_eq!(language_of(text, "", declared), language, "{text}");
        }
    }
}
