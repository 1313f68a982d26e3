//! What class names, ids and roles tell about a part of a page.
//!
//! The words were chosen by counting, over pages of 150 publishers, how often each stands around
//! text of the article and around everything else; only words that mean the same on any site were
//! kept.

use super::tag::Tag;
use super::tree::{NodeId, Tree};

/// Around text that is not the article, hardly ever around the article itself.
#[rustfmt::skip] // One word a line would hide the table.
const CHROME: &[&str] = &[
    "ads", "adsense", "adslot", "advert", "advertisement", "advertising", "author", "authors",
    "bio", "breadcrumb", "breadcrumbs", "byline", "caption", "carousel", "categories", "colophon",
    "comment", "comments", "consent", "cookie", "cookies", "copyright", "credit", "credits",
    "crosslink", "crosslinks", "disclaimer", "disqus", "donate", "donation", "dropdown",
    "figcaption", "footer", "gallery", "gdpr", "infobox", "legal", "linkbox", "linklist",
    "livefyre", "login", "mainnav", "masthead", "menu", "menuitem", "meta", "metadata", "modal",
    "mostread", "nav", "navbar", "navigation", "newsletter", "newsletters", "offcanvas",
    "outbrain", "pager", "pagination", "piano", "playlist", "poll", "popular", "popup", "posts",
    "promo", "promobox", "promos", "promotion", "rating", "readmore", "recirc", "recirculation",
    "recommend", "recommendation", "recommendations", "recommended", "related", "respond",
    "share", "sharebar", "shares", "sharing", "signup", "social", "socials", "sponsor",
    "sponsored", "stories", "submenu", "subnav", "subscribe", "subscription", "taboola",
    "taglist", "tags", "taxonomy", "teaser", "teasers", "textwidget", "timestamp", "toolbar",
    "tooltip", "topics", "topnav", "trending", "upsell", "viafoura", "visuallyhidden", "whatsapp",
];

/// Mostly around other text, but on some sites around the article as well.
#[rustfmt::skip]
const DOUBTFUL: &[&str] = &[
    "about", "account", "actions", "ad", "aside", "banner", "button", "buttons", "channel",
    "contact", "cta", "date", "dateline", "facebook", "factbox", "feedback", "follow", "hidden",
    "hide", "icons", "image", "img", "info", "label", "latest", "links", "media", "more", "most",
    "notice", "only", "photo", "print", "profile", "rail", "reader", "recent", "screen", "search",
    "sidebar", "skip", "slider", "sr", "tab", "tabs", "tag", "time", "toggle", "topic", "twitter",
    "user", "video", "widget",
];

/// Of parts that show pictures: what they say is a caption.
#[rustfmt::skip]
const FIGURE: &[&str] = &[
    "caption", "carousel", "figcaption", "figure", "gallery", "image", "img", "media", "photo", "picture",
    "slider", "slideshow", "thumbnail",
];

/// Of who made a picture.
const CREDIT: &[&str] = &[
    "agency",
    "attribution",
    "copyright",
    "credit",
    "credits",
    "source",
];

/// Around the article.
#[rustfmt::skip]
const ARTICLE: &[&str] = &[
    "article", "articlebody", "articulo", "artikel", "body", "content", "copy", "detail", "entry",
    "main", "news", "noticia", "page", "paragraph", "paragraphs", "post", "prose", "richtext",
    "story", "storybody", "text",
];

/// Of the lines between the headline and the body that sum it up.
#[rustfmt::skip]
const STANDFIRST: &[&str] = &[
    "abstract", "annotation", "bajada", "chapo", "deck", "dek", "description", "entradilla",
    "excerpt", "headertext", "ingress", "intro", "introduction", "kurzfassung", "lead",
    "leadtext", "lede", "perex", "sapo", "standfirst", "strapline", "subhead", "subheading",
    "subheadline", "subtitle", "subtitulo", "summary", "tagline", "teaser", "vorspann",
];

/// `article-body`, `story__content`, `entryText`: a word for an article before one for what it says.
#[rustfmt::skip]
const WHOLES: &[&str] = &[
    "article", "articulo", "artikel", "blog", "detail", "entry", "main", "materia", "news",
    "nota", "noticia", "page", "post", "single", "story",
];
#[rustfmt::skip]
const BODIES: &[&str] = &[
    "body", "bodytext", "content", "contents", "copy", "corpo", "cuerpo", "inhalt", "paragraphs",
    "text", "texto",
];

/// Longest value whose words are looked at, in bytes: style sheets that are built from classes make
/// long ones.
const VALUE_MAX: usize = 1_000;

/// What the names of an element say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// Not the article.
    pub(super) is_chrome: bool,
    /// Perhaps not the article.
    pub(super) is_doubtful: bool,
    /// Around a picture.
    pub(super) is_figure: bool,
    /// Who made a picture.
    pub(super) is_credit: bool,
    /// Sums the article up.
    pub(super) is_standfirst: bool,
    /// Words that stand around articles, up to 2.
    pub(super) article_words: u8,
    /// Says in so many words that it is an article's body.
    pub(super) is_body: bool,
}

impl Names {
    /// Reads the names of an element.
    pub(super) fn of(tree: &Tree, id: NodeId) -> Self {
        let mut names = Self::default();
        for (name, value) in tree.attributes(id) {
            if matches!(
                name,
                "class"
                    | "id"
                    | "role"
                    | "itemprop"
                    | "data-area"
                    | "data-component"
                    | "data-module"
                    | "data-qa"
                    | "data-testid"
                    | "data-type"
            ) {
                words(value, |word| names.add(word));
                names.is_body |= says_body(value);
            }
        }
        names
    }

    fn add(&mut self, word: &str) {
        self.is_chrome |= CHROME.contains(&word);
        self.is_doubtful |= DOUBTFUL.contains(&word);
        self.is_figure |= FIGURE.contains(&word);
        self.is_credit |= CREDIT.contains(&word);
        self.is_standfirst |= STANDFIRST.contains(&word);
        if ARTICLE.contains(&word) {
            self.article_words = (self.article_words + 1).min(2);
        }
    }

    pub(super) fn is_credit(self) -> bool {
        self.is_credit
    }
}

/// Whether the names of an element say so.
pub(super) fn says(tree: &Tree, id: NodeId, what: impl Fn(Names) -> bool) -> bool {
    what(Names::of(tree, id))
}

/// Calls `each` with every word of a value in lower case: split at what is neither letter nor
/// digit, and before a capital behind a small letter.
fn words(value: &str, mut each: impl FnMut(&str)) {
    let mut word = String::new();
    let mut small = false;
    for c in value[..value.floor_char_boundary(VALUE_MAX)].chars() {
        if (!c.is_ascii_alphanumeric() || (c.is_ascii_uppercase() && small)) && !word.is_empty() {
            each(&word);
            word.clear();
        }
        small = c.is_ascii_lowercase() || c.is_ascii_digit();
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        }
    }
    if !word.is_empty() {
        each(&word);
    }
}

fn says_body(value: &str) -> bool {
    value[..value.floor_char_boundary(VALUE_MAX)]
        .split_ascii_whitespace()
        .any(|token| {
            let letters: String = token
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .map(|c| c.to_ascii_lowercase())
                .collect();
            WHOLES.iter().any(|whole| {
                letters
                    .strip_prefix(whole)
                    .is_some_and(|rest| BODIES.contains(&rest))
            })
        })
}

/// Not shown, by an attribute or by its own style.
pub(super) fn is_hidden(tree: &Tree, id: NodeId, tag: Tag) -> bool {
    tree.attribute(id, "hidden").is_some()
        // Paragraphs behind a payment wall are often marked so, and shown to whoever has paid.
        || (tree.attribute(id, "aria-hidden") == Some("true") && tag != Tag::P)
        || is_hidden_by_style(tree, id)
}

/// Not shown, by its own style: taken out, or cut down to nothing for who listens only.
pub(super) fn is_hidden_by_style(tree: &Tree, id: NodeId) -> bool {
    tree.attribute(id, "style").is_some_and(|style| {
        let style: String = style
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        [
            "display:none",
            "visibility:hidden",
            "clip:rect(0",
            "clip:rect(1px",
            "clip-path:inset(50%",
        ]
        .iter()
        .any(|hiding| style.contains(hiding))
    })
}
