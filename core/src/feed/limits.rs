//! How much of a document is read and kept. All of them are far above any real feed and low enough
//! that the worst document stays within 64 MB and a second on a phone.

/// Longest document, in bytes: what the fetcher lets through.
pub const MAX_DOCUMENT: usize = 15 * 1024 * 1024;

/// Most entries of one feed. Full archives of blogs reach a thousand or two; news feeds 500.
pub const MAX_ENTRIES: usize = 5_000;

/// Most bytes of all strings of all entries together. Addresses repeat their base and escaping
/// lengthens text, so the output is bounded on its own and not only by the input.
pub(super) const MAX_OUTPUT: usize = 16 * 1024 * 1024;

/// Longest summary or content, in bytes: a whole book chapter. The rest is cut off.
pub(super) const MAX_BODY: usize = 1024 * 1024;

/// Longest title, name or label, in bytes of plain text. The rest is cut off.
pub(super) const MAX_LINE: usize = 2_000;

/// Longest id and address, in bytes. A longer one is ignored, since a cut one would lie.
pub(super) const MAX_ADDRESS: usize = 4_096;

/// Most authors of an entry, and most of its categories.
pub(super) const MAX_LABELS: usize = 64;

/// Most pictures and recordings of an entry.
pub(super) const MAX_MEDIA: usize = 16;

/// Most relative addresses inside bodies that are made absolute, per document.
pub(super) const MAX_BODY_LINKS: usize = 50_000;

/// Most attributes of one element that are looked at.
pub(super) const MAX_ATTRIBUTES: usize = 64;

/// Most namespace prefixes in force at one place.
pub(super) const MAX_PREFIXES: usize = 64;

/// Most elements open at once. Unclosed `<br>` of a whole feed add up, so this is not a nesting
/// depth of any sense; beyond it the document counts as broken off.
pub(super) const MAX_OPEN: usize = 100_000;

/// Most containers (rss, channel, items) inside one another.
pub(super) const MAX_CONTAINERS: usize = 16;

/// Longest element name, in bytes.
pub(super) const MAX_NAME: usize = 256;

/// Most bytes that the document type's own entities may add.
pub(super) const MAX_EXPANSION: usize = 64 * 1024;
