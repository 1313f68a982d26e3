//! Pictures and recordings of an entry.

use url::Url;

use crate::model::Media;

use super::limits::MAX_MEDIA;
use super::names::El;
use super::scope::{Field, Scope, children};
use super::{links, text};

/// What an element says of a picture or recording, its groups opened. The type of a picture whose
/// exact type is not told is `image/*`.
pub(super) fn collect<'t>(
    field: &Field<'t>,
    scope: &Scope<'t>,
    base: &Url,
    media: &mut Vec<Media>,
) {
    let scope = field.scope(scope);
    match field.el {
        El::MediaGroup => {
            for child in children(field.raw, &scope, 4 * MAX_MEDIA) {
                if matches!(child.el, El::MediaContent | El::MediaThumbnail) {
                    collect(&child, &scope, base, media);
                }
            }
        }
        El::MediaContent => {
            add(field, &scope, base, "url", media);
            for child in children(field.raw, &scope, MAX_MEDIA) {
                if child.el == El::MediaThumbnail {
                    add(&child, &scope, base, "url", media);
                }
            }
        }
        El::ItunesImage | El::Link => add(field, &scope, base, "href", media),
        El::Image => {
            let address = children(field.raw, &scope, MAX_MEDIA).find(|child| child.el == El::Uri);
            if let Some(address) = address.and_then(|url| url.text(&scope)) {
                push(field, &scope, base, &address, media);
            } else {
                add(field, &scope, base, "url", media);
            }
        }
        _ => add(field, &scope, base, "url", media),
    }
}

fn add(field: &Field<'_>, scope: &Scope<'_>, base: &Url, attribute: &str, media: &mut Vec<Media>) {
    let address = field
        .tag
        .attribute(attribute, scope.entities)
        .map(|address| address.into_owned())
        .or_else(|| {
            (!text::has_elements(field.raw))
                .then(|| field.text(scope))
                .flatten()
        });
    if let Some(address) = address {
        push(field, scope, base, &address, media);
    }
}

fn push(field: &Field<'_>, scope: &Scope<'_>, base: &Url, address: &str, media: &mut Vec<Media>) {
    if media.len() >= MAX_MEDIA {
        return;
    }
    let base = scope.base.as_deref().unwrap_or(base);
    let Some(url) = links::resolve(address, Some(base)) else {
        return;
    };
    let number = |name| {
        let value = field.tag.attribute(name, scope.entities)?;
        value.trim().trim_end_matches("px").parse::<u64>().ok()
    };
    let size = |name| {
        number(name)
            .and_then(|n| u32::try_from(n).ok())
            .filter(|n| *n > 0)
    };
    let medium = field.tag.attribute("medium", scope.entities);
    let picture = matches!(field.el, El::MediaThumbnail | El::ItunesImage | El::Image)
        || medium.is_some_and(|m| m.trim().eq_ignore_ascii_case("image"));
    let media_type = field
        .tag
        .attribute("type", scope.entities)
        .map(|t| text::cut(t.trim(), 100).to_ascii_lowercase())
        .filter(|t| t.contains('/'))
        .or_else(|| picture.then(|| "image/*".to_owned()));
    let new = Media {
        url,
        media_type,
        width: size("width"),
        height: size("height"),
        length: number("length")
            .or_else(|| number("fileSize"))
            .filter(|n| *n > 0),
    };
    match media.iter_mut().find(|known| known.url == new.url) {
        // The same thing told twice: whatever the second telling adds.
        Some(known) => {
            known.width = known.width.or(new.width);
            known.height = known.height.or(new.height);
            known.length = known.length.or(new.length);
            if known.media_type.is_none() {
                known.media_type = new.media_type;
            }
        }
        None => media.push(new),
    }
}
