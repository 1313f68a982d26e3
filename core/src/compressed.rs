//! Tables that the library carries compressed, which halves what they weigh in an app: `build.rs`
//! packs them, and they are unpacked when they are first read.

use std::sync::OnceLock;

/// A table by its name in `build.rs`.
macro_rules! compressed {
    ($name:literal) => {
        $crate::compressed::Compressed::new(include_bytes!(concat!(
            env!("OUT_DIR"),
            "/",
            $name,
            ".zst"
        )))
    };
}
pub(crate) use compressed;

/// A compressed table.
pub(crate) struct Compressed {
    compressed: &'static [u8],
    kept: OnceLock<Vec<u8>>,
}

impl Compressed {
    pub(crate) const fn new(compressed: &'static [u8]) -> Self {
        Self {
            compressed,
            kept: OnceLock::new(),
        }
    }

    /// The table for whoever reads it once. Never empty: it was compressed by this very build, and the
    /// tests of each table read it.
    pub(crate) fn unpack(&self) -> Vec<u8> {
        zstd::decode_all(self.compressed).unwrap_or_default()
    }

    /// The table, kept for whoever borrows from it.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.kept.get_or_init(|| self.unpack())
    }

    /// The same as text.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }
}
