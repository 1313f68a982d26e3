//! The sample's own translations, text by text, as an edition would bring them.

use overview_core::language::{map_image, map_texts, unstyled};
use overview_core::model::{Block, Run};
use overview_core::page::{PageInput, read_fragment, read_page};
use overview_core::translation::EditionText;
use pulldown_cmark::{Options, Parser, html};
use url::Url;

use crate::{Article, Publication, SampleWorld, Translation};

/// Characters of a teaser; what is longer is cut there.
const TEASER_MAX: usize = 300;

/// Every text of an article that is not in English, with its English.
pub fn edition_texts(publication: &Publication, world: &SampleWorld) -> Vec<EditionText> {
    let mut texts = Vec::new();
    for article in &world.articles {
        let language = &world.publisher_of(article).language;
        if let Some(translation) = &article.translation {
            let mut pair = |original: Vec<Run>, english: Vec<Run>| {
                texts.push(EditionText {
                    language: language.clone(),
                    original,
                    english,
                });
            };
            let (title, english_title) = (&article.title, &translation.title);
            let (summary, english) = (&article.summary, &translation.summary);
            pair(unstyled(title), unstyled(english_title));
            pair(unstyled(summary), unstyled(english));
            // As they come out of a feed.
            pair(unstyled(&spaced(title)), unstyled(english_title));
            pair(
                unstyled(&spaced(&teaser(summary))),
                unstyled(&teaser(english)),
            );
            body(publication, article, translation, &mut pair);
        }
    }
    texts
}

/// With plain spaces: French keeps its no-break spaces on pages only.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn teaser(summary: &str) -> String {
    let cut: String = summary.chars().take(TEASER_MAX).collect();
    cut.trim_end().to_owned()
}

/// The texts of the page, beside those of the translation. Both are read by the core, so that they
/// are what it asks for.
fn body(
    publication: &Publication,
    article: &Article,
    translation: &Translation,
    pair: &mut impl FnMut(Vec<Run>, Vec<Run>),
) {
    let Ok(url) = Url::parse(&publication.url(article)) else {
        return;
    };
    let Some(reply) = url
        .host_str()
        .and_then(|host| publication.answer(host, url.path()))
    else {
        return;
    };
    let page = read_page(&PageInput {
        bytes: &reply.body,
        url: &url,
        content_type: Some(reply.content_type),
    });
    if let Some(lead) = &page.lead {
        map_image(lead, &mut |runs| {
            pair(runs.to_vec(), unstyled(&translation.caption));
            None
        });
    }
    let mut written = String::new();
    let parser = Parser::new_ext(&translation.body, Options::ENABLE_TABLES);
    html::push_html(&mut written, parser);
    let originals = units(&page.blocks);
    let english = units(&read_fragment(&written, &url));
    if originals.len() == english.len() {
        for (original, english) in originals.into_iter().zip(english) {
            pair(original, english);
        }
    }
}

fn units(blocks: &[Block]) -> Vec<Vec<Run>> {
    let mut found = Vec::new();
    map_texts(blocks, &mut |runs| {
        found.push(runs.to_vec());
        None
    });
    found
}
