//! What bytes are, from their beginning.

/// How many bytes are needed before [`html_beginning`] is asked.
pub(super) const ENOUGH: usize = 1024;

/// Of an HTML page that came instead of a feed this much is kept, in bytes.
pub(super) const HTML_KEPT: usize = 512 * 1024;

/// What the bytes are, when they cannot be any feed; with its article.
pub(super) fn cannot_be_feed(bytes: &[u8]) -> Option<&'static str> {
    const SIGNS: [(&[u8], &str); 14] = [
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"BM", "a picture"),
        (b"OggS", "a recording"),
        (b"ID3", "a recording"),
        (b"fLaC", "a recording"),
        (b"\xff\xfb", "a recording"),
        (b"\x7fELF", "a program"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"wOF", "a font"),
    ];
    if let Some((_, found)) = SIGNS.iter().find(|(sign, _)| bytes.starts_with(sign)) {
        return Some(found);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some("a picture");
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some("a film");
    }
    None
}

/// Whether the bytes begin like a web page. XHTML counts, with its XML declaration before it.
pub(super) fn html_beginning(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(ENOUGH)];
    let text = String::from_utf8_lossy(start).to_ascii_lowercase();
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    // Skip what may stand before the first tag: declaration, comments.
    loop {
        let end = if rest.starts_with("<?") {
            rest.find("?>").map(|at| at + 2)
        } else if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else {
            None
        };
        match end {
            Some(at) => rest = rest[at..].trim_start(),
            None => break,
        }
    }
    ["<!doctype html", "<html", "<head", "<body", "<script"]
        .iter()
        .any(|tag| rest.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_from_feeds() {
        assert!(html_beginning(b"<!DOCTYPE html><html>"));
        assert!(html_beginning(b"\xef\xbb\xbf\n <HTML lang=en>"));
        assert!(html_beginning(
            b"<?xml version=\"1.0\"?><!-- x --><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\">"
        ));
        assert!(!html_beginning(
            b"<?xml version=\"1.0\"?><rss version=\"2.0\">"
        ));
        assert!(!html_beginning(
            b"{\"version\": \"https://jsonfeed.org/version/1.1\"}"
        ));
        assert!(!html_beginning(b"<!-- never closed"));
        assert!(!html_beginning(b""));
    }

    #[test]
    fn binary_kinds_are_named() {
        assert_eq!(cannot_be_feed(b"%PDF-1.7"), Some("a PDF document"));
        assert_eq!(
            cannot_be_feed(b"RIFF\x00\x00\x00\x00WEBP"),
            Some("a picture")
        );
        assert_eq!(cannot_be_feed(b"\xff\xfe<\x00?\x00"), None);
        assert_eq!(cannot_be_feed(b"<rss>"), None);
        assert_eq!(cannot_be_feed(b""), None);
    }
}
