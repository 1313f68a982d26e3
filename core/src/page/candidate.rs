//! Which address of a picture to take, and which pictures are none.

use url::Url;

use super::address::resolve;
use super::tag::Tag;
use super::tree::{NodeId, Tree};

/// Width in device pixels that a phone shows: 430 points at three pixels each, rounded up.
const WIDTH_WANTED: u32 = 1_400;

/// Attributes that scripts copy into `src` once a picture comes into view, best first.
const LAZY: [&str; 12] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-hi-res-src",
    "data-full-src",
    "data-image",
    "data-img",
    "data-url",
    "data-original-src",
    "data-echo",
    "data-defer-src",
];
const LAZY_SETS: [&str; 4] = [
    "data-srcset",
    "data-lazy-srcset",
    "data-original-set",
    "data-image-srcset",
];

/// A picture's address and what the page says of its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) url: Url,
    pub(super) width: Option<u32>,
    pub(super) height: Option<u32>,
}

/// The best address of an `img` element: of `picture`'s sources and its own sets the narrowest that
/// is wide enough, else the widest; the lazy attributes; `src`. `None` for pixels that only count
/// readers, and where there is nothing but a placeholder.
pub(super) fn best(tree: &Tree, img: NodeId, base: &Url) -> Option<Candidate> {
    let size = |name| tree.attribute(img, name).and_then(pixels);
    let (width, height) = (size("width"), size("height"));
    if is_pixel(width, height) {
        return None;
    }
    let sources = tree
        .parent(img)
        .filter(|parent| tree.is(*parent, Tag::Picture))
        .into_iter()
        .flat_map(|picture| tree.find(picture, Tag::Source));
    let sets = LAZY_SETS.iter().chain(&["srcset"]);
    let mut best: Option<(u32, Url)> = None;
    for element in std::iter::once(img).chain(sources) {
        // A source for another kind of screen, or in a format that is not read.
        if tree
            .attribute(element, "type")
            .is_some_and(|kind| kind.contains("svg"))
        {
            continue;
        }
        for set in sets.clone() {
            for (width, url) in tree
                .attribute(element, set)
                .into_iter()
                .flat_map(|set| from_set(set, base))
            {
                let better = best.as_ref().is_none_or(|(have, _)| {
                    if *have >= WIDTH_WANTED {
                        width >= WIDTH_WANTED && width < *have
                    } else {
                        width > *have
                    }
                });
                if better {
                    best = Some((width, url));
                }
            }
        }
    }
    let url = best.map(|(_, url)| url).or_else(|| {
        LAZY.iter()
            .chain(&["src"])
            .filter_map(|name| tree.attribute(img, name))
            .find_map(|written| resolve(written, base))
    })?;
    (!is_furniture(&url)).then_some(Candidate { url, width, height })
}

/// The addresses of a `srcset` with their widths in pixels; `2x` counts as twice a phone's width in
/// points. Addresses may hold commas, so a candidate ends at a comma with space behind it.
fn from_set<'t>(set: &'t str, base: &'t Url) -> impl Iterator<Item = (u32, Url)> + 't {
    let mut rest = set.trim();
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start_matches([',', ' ', '\n', '\t', '\r']);
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (url, after) = rest.split_at(end);
            let descriptor_end = if url.ends_with(',') {
                0
            } else {
                after.find(',').unwrap_or(after.len())
            };
            let descriptor = after[..descriptor_end].trim();
            rest = &after[descriptor_end..];
            let width = match descriptor.char_indices().last() {
                Some((at, 'w')) => descriptor[..at].trim().parse().ok(),
                Some((at, 'x')) => descriptor[..at]
                    .trim()
                    .parse::<f32>()
                    .ok()
                    .map(|times| (times * 430.0) as u32),
                _ => Some(430),
            };
            if let (Some(width), Some(url)) = (width, resolve(url.trim_end_matches(','), base)) {
                return Some((width, url));
            }
        }
    })
}

/// `640`, `640px`; not `100%`.
pub(super) fn pixels(value: &str) -> Option<u32> {
    let value = value.trim();
    let number = value.strip_suffix("px").unwrap_or(value);
    number
        .trim()
        .parse::<f32>()
        .ok()
        .filter(|n| *n > 0.0)
        .map(|n| n as u32)
}

/// Too small to be seen: there to count readers.
fn is_pixel(width: Option<u32>, height: Option<u32>) -> bool {
    matches!((width, height), (Some(0..=3), _) | (_, Some(0..=3)))
}

/// Addresses of pictures that belong to the page and not to the article.
pub(super) fn is_furniture(url: &Url) -> bool {
    const NAMES: [&str; 9] = [
        "pixel",
        "spacer",
        "blank",
        "placeholder",
        "1x1",
        "transparent",
        "tracking",
        "avatar",
        "gravatar",
    ];
    let path = url.path().to_ascii_lowercase();
    path.ends_with(".svg")
        || url
            .host_str()
            .is_some_and(|host| host.contains("gravatar") || host.contains("scorecardresearch"))
        || path
            .rsplit('/')
            .next()
            .is_some_and(|name| NAMES.iter().any(|furniture| name.starts_with(furniture)))
}
