//! Addresses between two standards. The core's follow the URL standard of browsers, which leaves
//! characters as they are that RFC 3986 forbids; `java.net.URI` refuses those, and one odd address
//! in a feed must not fail a whole page of rows.

/// What the URL standard lets stand in a path, query or fragment and RFC 3986 does not, with the
/// escape that stands for it. Its digits are in lower case, by which [`from_rfc3986`] tells it from
/// an escape of the publisher's, as a rule in upper case: an address that comes back must be the
/// one that went out, because pictures are found by it. (A publisher's own `%7c` comes back as `|`,
/// which every server takes for the same.)
const ODD: [(char, &str); 7] = [
    ('|', "%7c"),
    ('[', "%5b"),
    (']', "%5d"),
    ('^', "%5e"),
    ('{', "%7b"),
    ('}', "%7d"),
    ('\\', "%5c"),
];

/// The address as RFC 3986 writes it.
pub(super) fn to_rfc3986(address: String) -> String {
    let tail = address.len() - after_host(&address).len();
    // Nearly all are as they should be.
    if address.bytes().skip(tail).all(is_plain) {
        return address;
    }
    let mut written = address[..tail].to_owned();
    let mut rest = address[tail..].chars();
    let mut fragment = false;
    while let Some(character) = rest.next() {
        match character {
            // A second `#`, and what no escape stands for.
            '#' if fragment => written.push_str("%23"),
            '`' => written.push_str("%60"),
            '%' if !is_escape(rest.as_str()) => written.push_str("%25"),
            _ => match ODD.iter().find(|(odd, _)| *odd == character) {
                Some((_, escape)) => written.push_str(escape),
                None => written.push(character),
            },
        }
        fragment |= character == '#';
    }
    written
}

/// Whether a character is the same in both standards, wherever it stands in a path or query.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~/?&=+,:;@".contains(&byte)
}

/// The address as the core wrote it.
pub(super) fn from_rfc3986(address: &str) -> String {
    let tail = address.len() - after_host(address).len();
    let mut written = address[tail..].to_owned();
    for (odd, escape) in ODD {
        written = written.replace(escape, odd.encode_utf8(&mut [0; 4]));
    }
    format!("{}{written}", &address[..tail])
}

/// Path, query and fragment: brackets stand in a host of numbers by right.
fn after_host(address: &str) -> &str {
    let Some((_, after)) = address.split_once("://") else {
        return address;
    };
    after
        .find(['/', '?', '#'])
        .map_or("", |from| &after[from..])
}

/// Whether two digits follow a `%`.
fn is_escape(after: &str) -> bool {
    after.len() >= 2 && after.bytes().take(2).all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::*;

    /// RFC 3986, section 2: unreserved, reserved and escapes.
    fn is_rfc3986(address: &str) -> bool {
        let tail = after_host(address);
        tail.matches('#').count() <= 1
            && tail.char_indices().all(|(at, character)| match character {
                '%' => is_escape(&tail[at + 1..]),
                _ => {
                    character.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=".contains(character)
                }
            })
    }

    #[test]
    fn what_publishers_write_comes_back_as_it_was() {
        for address in [
            "https://cdn.example/a|b/[1]^{x}.jpg?size={w}|{h}&t=%7C%5B#a|b",
            "https://[2001:db8::1]:8443/x?y",
            "https://news.example/%D0%9A%D0%B8%D1%97%D0%B2",
            "https://news.example",
        ] {
            let address = Url::parse(address).unwrap();
            let written = to_rfc3986(address.clone().into());
            assert!(is_rfc3986(&written), "{written}");
            assert_eq!(from_rfc3986(&written), address.as_str());
        }
    }

    #[test]
    fn what_no_escape_stands_for_is_escaped_for_good() {
        assert_eq!(
            to_rfc3986("https://news.example/50%/`a`#b#c".to_owned()),
            "https://news.example/50%25/%60a%60#b%23c"
        );
    }

    proptest! {
        #[test]
        fn any_address_is_written_so_that_both_languages_read_it(tail in "[ -~\u{e9}]{0,40}") {
            if let Ok(address) = Url::parse(&format!("https://news.example/{tail}")) {
                let written = to_rfc3986(address.clone().into());
                prop_assert!(is_rfc3986(&written), "{written}");
                Url::parse(&from_rfc3986(&written)).unwrap();
            }
        }
    }
}
