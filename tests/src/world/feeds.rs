//! Invented news, the same for the same seed.

use std::fmt::Write;

use chrono::{DateTime, Duration, SecondsFormat, Utc};
use url::Url;

/// One invented piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InventedEntry {
    /// The guid; no address.
    pub id: String,
    /// Where its page is.
    pub url: Url,
    /// Plain text.
    pub title: String,
    /// One paragraph of HTML.
    pub summary: String,
    /// Three paragraphs of HTML.
    pub content: String,
    /// To the second.
    pub published: DateTime<Utc>,
}

const WHO: [&str; 12] = [
    "The harbour council",
    "A choir of night bakers",
    "The lighthouse union",
    "The river parliament",
    "A school of cartographers",
    "The tram drivers",
    "The ministry of orchards",
    "Two rival ferry lines",
    "The observatory",
    "The guild of clockmakers",
    "A village of beekeepers",
    "The national kite team",
];
const WHAT: [&str; 12] = [
    "opens",
    "postpones",
    "votes to keep",
    "repairs",
    "inherits",
    "argues over",
    "paints",
    "measures",
    "buys back",
    "celebrates",
    "reviews",
    "moves",
];
const WHICH: [&str; 12] = [
    "the old grain bridge",
    "a floating library",
    "the winter timetable",
    "its longest tunnel",
    "a forgotten canal",
    "the salt market",
    "three hundred street lamps",
    "the botanical archive",
    "a wind organ",
    "the mountain post office",
    "the town's only cinema",
    "a field of sunflowers",
];

/// Invented pieces of one publisher, the newest first and dated `now`, one every 20 minutes.
/// Entry `n` of a seed is the same however many are asked for.
pub fn entries(home: &Url, seed: u64, count: usize, now: DateTime<Utc>) -> Vec<InventedEntry> {
    let from = |list: [&'static str; 12], mixed: u64| list[usize::try_from(mixed % 12).unwrap()];
    (0..count)
        .map(|n| {
            let mixed = mix(seed, n as u64);
            let (who, what, which) = (
                from(WHO, mixed),
                from(WHAT, mixed >> 16),
                from(WHICH, mixed >> 32),
            );
            let number = mixed >> 48;
            let title = format!("{who} {what} {which}, in its {number}th year");
            let summary = format!(
                "<p>{title}. Nobody was hurt &amp; nothing was lost, said a person who was there \
                 and took notes of all of it.</p>"
            );
            let content = format!(
                "{summary}<p>Before that, {which} had been quiet for {} days, according to \
                 records kept by hand.</p><p>The next meeting is open to everyone who brings a \
                 chair.</p>",
                number % 90 + 2
            );
            InventedEntry {
                id: format!("piece-{seed}-{n}"),
                url: home.join(&format!("/news/{seed}/{n}")).unwrap(),
                title,
                summary,
                content,
                published: now - Duration::minutes(20 * i64::try_from(n).unwrap()),
            }
        })
        .collect()
}

/// An RSS 2.0 document of these entries.
pub fn rss(title: &str, home: &Url, entries: &[InventedEntry]) -> Vec<u8> {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml += "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">";
    write!(
        xml,
        "<channel>\n<title>{}</title><link>{home}</link><language>en</language>",
        escape(title)
    )
    .unwrap();
    for entry in entries {
        write!(
            xml,
            "\n<item><guid isPermaLink=\"false\">{}</guid><link>{}</link><title>{}</title>\
             <pubDate>{}</pubDate><description>{}</description>\
             <content:encoded><![CDATA[{}]]></content:encoded></item>",
            escape(&entry.id),
            escape(entry.url.as_str()),
            escape(&entry.title),
            entry.published.to_rfc2822(),
            escape(&entry.summary),
            entry.content,
        )
        .unwrap();
    }
    xml += "\n</channel></rss>\n";
    xml.into_bytes()
}

/// An Atom document of these entries.
pub fn atom(title: &str, home: &Url, entries: &[InventedEntry]) -> Vec<u8> {
    let date = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Secs, true);
    let updated = entries.iter().map(|e| e.published).max();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    write!(
        xml,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>{}</title>\
         <id>{home}</id><link href=\"{home}\"/><updated>{}</updated>",
        escape(title),
        date(updated.unwrap_or_default())
    )
    .unwrap();
    for entry in entries {
        write!(
            xml,
            "\n<entry><id>{}</id><link href=\"{}\"/><title>{}</title><published>{at}</published>\
             <updated>{at}</updated><summary type=\"html\">{}</summary>\
             <content type=\"html\">{}</content></entry>",
            escape(&entry.id),
            escape(entry.url.as_str()),
            escape(&entry.title),
            escape(&entry.summary),
            escape(&entry.content),
            at = date(entry.published),
        )
        .unwrap();
    }
    xml += "\n</feed>\n";
    xml.into_bytes()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// SplitMix64 (Steele, Lea and Flood, 2014), its `n`th number.
fn mix(seed: u64, n: u64) -> u64 {
    let mut z = seed.wrapping_add(n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_invents_the_same_news() {
        let home: Url = "https://herald.example/".parse().unwrap();
        let now = DateTime::from_timestamp(1_791_201_600, 0).unwrap();
        let thirty = entries(&home, 7, 30, now);
        assert_eq!(entries(&home, 7, 10, now), thirty[..10]);
        assert_ne!(entries(&home, 8, 30, now)[0].title, thirty[0].title);
        assert_eq!(rss("Herald", &home, &thirty), rss("Herald", &home, &thirty));
        assert!(atom("A & B", &home, &[]).starts_with(b"<?xml"));
    }
}
