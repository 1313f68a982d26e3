//! Bytes to text: byte order mark, then what the server and the document say, then a guess.
//!
//! Declarations lie (1 in 50 feeds of the wild), so they are checked against the bytes: a document
//! that has other than ASCII bytes and is valid UTF-8 *is* UTF-8, and a declared encoding in which
//! the bytes make no sense loses to the next one.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use url::{Host, Url};

/// A document as text.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    /// It was longer than [`MAX_DECODED`] and is cut.
    pub(crate) cut: bool,
}

/// Longest text after decoding, in bytes. One byte of a legacy encoding can become three of UTF-8;
/// what is over is cut off as if the document ended there.
pub(crate) const MAX_DECODED: usize = 16 * 1024 * 1024;

/// Decodes a document. `content_type` is the header as sent; `url` where it came from: the last
/// label of the host helps the guess.
pub(crate) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>, url: &Url) -> Decoded<'a> {
    if let Some(decoded) = wide(bytes) {
        return decoded;
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let declared = declared_in(bytes);
    let by_server = content_type.and_then(charset_of);
    if let Ok(text) = std::str::from_utf8(bytes) {
        // ISO-2022-JP is the one encoding that is all ASCII bytes and not ASCII.
        let seven_bit = declared == Some(ISO_2022_JP) || by_server == Some(ISO_2022_JP);
        return if seven_bit && bytes.contains(&0x1B) {
            decode_as(ISO_2022_JP, bytes)
        } else {
            borrowed(text)
        };
    }
    if mostly_utf8(bytes) {
        return decode_as(UTF_8, bytes);
    }
    // Servers put their default (Latin-1) on everything, so it counts only where the document
    // says nothing.
    let candidates = match (by_server, declared) {
        (Some(server), Some(document)) if server == WINDOWS_1252 => [Some(document), Some(server)],
        pair => [pair.0, pair.1],
    };
    for candidate in candidates.into_iter().flatten() {
        if candidate != UTF_8 && candidate.is_ascii_compatible() {
            let decoded = decode_as(candidate, bytes);
            if !decoded.text.contains('\u{FFFD}') {
                return decoded;
            }
        }
    }
    let tld = match url.host() {
        Some(Host::Domain(domain)) => domain.rsplit('.').next(),
        _ => None,
    };
    decode_as(guess(bytes, tld), bytes)
}

/// UTF-16 and UTF-32, by byte order mark or by the zero bytes around the first `<`.
fn wide(bytes: &[u8]) -> Option<Decoded<'_>> {
    match bytes {
        [0xFF, 0xFE, 0, 0, rest @ ..] | rest @ [b'<', 0, 0, 0, ..] => {
            Some(utf32(rest, u32::from_le_bytes))
        }
        [0, 0, 0xFE, 0xFF, rest @ ..] | rest @ [0, 0, 0, b'<', ..] => {
            Some(utf32(rest, u32::from_be_bytes))
        }
        [0xFF, 0xFE, rest @ ..] | rest @ ([b'<', 0, ..] | [b'{', 0, ..]) => {
            Some(decode_as(UTF_16LE, rest))
        }
        [0xFE, 0xFF, rest @ ..] | rest @ ([0, b'<', ..] | [0, b'{', ..]) => {
            Some(decode_as(UTF_16BE, rest))
        }
        _ => None,
    }
}

fn utf32(bytes: &[u8], read: fn([u8; 4]) -> u32) -> Decoded<'static> {
    let mut text = String::new();
    let mut cut = false;
    for unit in bytes.as_chunks::<4>().0 {
        if text.len() + 4 > MAX_DECODED {
            cut = true;
            break;
        }
        text.push(char::from_u32(read(*unit)).unwrap_or('\u{FFFD}'));
    }
    Decoded {
        text: Cow::Owned(text),
        cut,
    }
}

fn borrowed(text: &str) -> Decoded<'_> {
    if text.len() <= MAX_DECODED {
        return Decoded {
            text: Cow::Borrowed(text),
            cut: false,
        };
    }
    let end = text.floor_char_boundary(MAX_DECODED);
    Decoded {
        text: Cow::Borrowed(&text[..end]),
        cut: true,
    }
}

fn decode_as<'a>(encoding: &'static Encoding, bytes: &[u8]) -> Decoded<'a> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder
        .max_utf8_buffer_length(bytes.len())
        .map_or(MAX_DECODED, |worst| worst.min(MAX_DECODED));
    // Most text needs far less than the worst case, and memory that is reserved and never touched
    // costs nothing.
    let mut text = String::with_capacity(room);
    let (result, ..) = decoder.decode_to_string(bytes, &mut text, true);
    text.shrink_to_fit();
    let cut = result == encoding_rs::CoderResult::OutputFull;
    Decoded {
        text: Cow::Owned(text),
        cut,
    }
}

/// Whether what is valid of the UTF-8 in it far outweighs what is not: a stray byte or a cut-off
/// end, not another encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
        if bad > 1_000 && good < bad {
            return false;
        }
    }
    good > bad * 4
}

fn charset_of(content_type: &str) -> Option<&'static Encoding> {
    let at = content_type.to_ascii_lowercase().find("charset")?;
    let value = content_type
        .get(at + "charset".len()..)?
        .trim_start()
        .strip_prefix('=')?;
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    let end = value
        .find(['"', '\'', ';', ',', ' '])
        .unwrap_or(value.len());
    for_label(&value[..end])
}

/// What the XML declaration says, or the `meta` element of a page.
fn declared_in(bytes: &[u8]) -> Option<&'static Encoding> {
    in_xml_declaration(bytes).or_else(|| in_meta(bytes))
}

/// `<meta charset="…">` and `<meta http-equiv="Content-Type" content="…; charset=…">`. Browsers
/// look at the first 1,024 bytes; some pages have it behind long scripts.
fn in_meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(16 * 1024)]).to_ascii_lowercase();
    head.split("<meta").skip(1).find_map(|meta| {
        let meta = &meta[..meta.find('>').unwrap_or(meta.len())];
        charset_of(meta)
    })
}

fn in_xml_declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024)];
    let start = memchr::memmem::find(head, b"<?xml")?;
    let head = &head[start..];
    let head = &head[..memchr::memchr(b'>', head)?];
    let at = memchr::memmem::find(head, b"encoding")? + "encoding".len();
    let value = head[at..]
        .trim_ascii_start()
        .strip_prefix(b"=")?
        .trim_ascii_start();
    let (quote, value) = value.split_first()?;
    let end = value
        .iter()
        .position(|b| b == quote)
        .filter(|_| matches!(quote, b'"' | b'\''))?;
    for_label(std::str::from_utf8(&value[..end]).ok()?)
}

fn for_label(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label_no_replacement(label.trim().as_bytes()).or_else(|| {
        // Names outside the Encoding Standard that feeds use.
        let name = label.trim().to_ascii_lowercase().replace('_', "-");
        let known = match name.as_str() {
            "cp936" | "ms936" | "windows-936" => "gbk",
            "cp950" | "ms950" => "big5",
            "cp932" | "ms932" | "windows-932" => "shift_jis",
            "cp949" | "uhc" => "euc-kr",
            "utf" | "unicode" | "utf8mb4" => "utf-8",
            "ansi" | "ms-ansi" => "windows-1252",
            "ms-ee" => "windows-1250",
            "ms-cyrl" => "windows-1251",
            "ms-greek" => "windows-1253",
            "ms-turk" => "windows-1254",
            "ms-hebr" => "windows-1255",
            "ms-arab" => "windows-1256",
            "winbaltrim" => "windows-1257",
            "macroman" | "mac-roman" => "macintosh",
            "mac-cyrillic" | "maccyrillic" => "x-mac-cyrillic",
            _ => name
                .strip_prefix("win-")
                .or_else(|| name.strip_prefix("windows"))?,
        };
        Encoding::for_label_no_replacement(known.as_bytes())
            .or_else(|| Encoding::for_label_no_replacement(format!("windows-{known}").as_bytes()))
    })
}

fn guess(bytes: &[u8], tld: Option<&str>) -> &'static Encoding {
    // The detector reads some tens of megabytes a second: a megabyte from the first byte that
    // tells something is plenty.
    const SAMPLE: usize = 1024 * 1024;
    let start = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let sample = &bytes[start..bytes.len().min(start + SAMPLE)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    // The detector takes lower-case ASCII labels only, and panics on others.
    let tld = tld.filter(|t| t.bytes().all(|b| b.is_ascii_lowercase()));
    detector.guess(tld.map(str::as_bytes), Utf8Detection::Allow)
}
