use chrono::{DateTime, Utc};

/// What grouping reads of an article. The texts are English where the article is English or was
/// translated, else the original.
#[derive(Debug, Clone, Copy)]
pub struct Article<'a> {
    /// Identity inside the window; any string that is unique and does not change.
    pub id: &'a str,
    /// Id of the publisher.
    pub publisher: &'a str,
    /// Publishers of one owner that share their texts give one family and count once. Without a
    /// family, the publisher's id.
    pub family: &'a str,
    /// BCP 47 tag of the texts below, as far as known. It picks a stemmer and a list of stop words,
    /// so a wrong one costs quality and nothing else.
    pub language: &'a str,
    /// When it was published. `None` keeps the article comparable with every other.
    pub published: Option<DateTime<Utc>>,
    /// Headline, as plain text.
    pub title: &'a str,
    /// The feed's summary, as plain text; may be empty.
    pub summary: &'a str,
    /// Start of the body as plain text, a paragraph a line; may be empty. What stands after about
    /// 4,000 characters is not read.
    pub body: &'a str,
}

/// The beginning of a text, at most so many characters.
pub(super) fn beginning(text: &str, characters: usize) -> &str {
    match text.char_indices().nth(characters) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}
