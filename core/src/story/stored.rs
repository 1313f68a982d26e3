//! An [`ArticleVector`] as bytes, for a store.
//!
//! ```text
//! version, flags, id, publisher, family, [seconds, nanoseconds],
//! terms: number, (gap, count and kind)...   details: number, gap...   sketch: number, gap...
//! ```
//!
//! Numbers are LEB128; what is sorted is kept as gaps; texts follow their length.

use chrono::{DateTime, Utc};

use super::copies::Sketch;
use super::vector::{ArticleVector, Term, TermId, TermKind};

/// Changes whenever the same article would give another vector, or other bytes. Vectors of another
/// version are not read: their articles are to be read again.
pub const VECTOR_VERSION: u32 = 3;

const IS_DIGEST: u8 = 1;
const IS_DATED: u8 = 2;
const SKETCH_IS_CUT: u8 = 4;
const IS_CORRECTION: u8 = 8;

/// Why stored bytes are no vector of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoredVectorError {
    /// Another version wrote them.
    #[error("reading a stored article vector: its version is {0}, not {VECTOR_VERSION}")]
    Version(u32),
    /// They end too early.
    #[error("reading a stored article vector: its {0} is cut off")]
    CutOff(&'static str),
    /// A value that is never written.
    #[error("reading a stored article vector: its {0} is not one that is ever written")]
    Invalid(&'static str),
}

impl ArticleVector {
    /// As bytes, about a kilobyte.
    pub fn to_bytes(&self) -> Vec<u8> {
        let (hashes, is_cut) = self.sketch.parts();
        let mut bytes =
            Vec::with_capacity(64 + 5 * (self.terms.len() + self.details.len()) + 4 * hashes.len());
        put(&mut bytes, u64::from(VECTOR_VERSION));
        let flag = |is_set: bool, flag: u8| if is_set { flag } else { 0 };
        bytes.push(
            flag(self.is_digest, IS_DIGEST)
                | flag(self.published.is_some(), IS_DATED)
                | flag(is_cut, SKETCH_IS_CUT)
                | flag(self.is_correction, IS_CORRECTION),
        );
        for text in [&self.id, &self.publisher, &self.family] {
            put(&mut bytes, text.len() as u64);
            bytes.extend_from_slice(text.as_bytes());
        }
        if let Some(published) = self.published {
            bytes.extend_from_slice(&published.timestamp().to_le_bytes());
            put(&mut bytes, u64::from(published.timestamp_subsec_nanos()));
        }
        put(&mut bytes, self.terms.len() as u64);
        let mut before = 0;
        for term in &self.terms {
            put_gap(&mut bytes, term.id.0, &mut before);
            let kind = match term.kind {
                TermKind::Word => 0,
                TermKind::Name => 1,
                TermKind::FullName => 2,
            };
            put(&mut bytes, u64::from(term.count) << 2 | kind);
        }
        put(&mut bytes, self.details.len() as u64);
        let mut before = 0;
        for detail in &self.details {
            put_gap(&mut bytes, detail.0, &mut before);
        }
        put(&mut bytes, hashes.len() as u64);
        let mut before = 0;
        for hash in hashes {
            put_gap(&mut bytes, *hash, &mut before);
        }
        bytes
    }

    /// What [`to_bytes`](Self::to_bytes) gave.
    ///
    /// # Errors
    /// When another version wrote the bytes, or nobody did.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoredVectorError> {
        let mut bytes = Bytes(bytes);
        let version: u32 = bytes.number("version")?;
        if version != VECTOR_VERSION {
            return Err(StoredVectorError::Version(version));
        }
        let [flags] = bytes.take("flags")?;
        if flags > IS_DIGEST | IS_DATED | SKETCH_IS_CUT | IS_CORRECTION {
            return Err(StoredVectorError::Invalid("flags"));
        }
        let id = bytes.text("id")?;
        let publisher = bytes.text("publisher")?;
        let family = bytes.text("family")?;
        let published = if flags & IS_DATED == 0 {
            None
        } else {
            Some(bytes.time("time")?)
        };
        let count = bytes.length("number of terms")?;
        let mut terms = Vec::with_capacity(count);
        let mut before = None;
        for _ in 0..count {
            let id = TermId(bytes.gap("terms", &mut before)?);
            let packed: u32 = bytes.number("terms")?;
            let kind = match packed & 3 {
                0 => TermKind::Word,
                1 => TermKind::Name,
                2 => TermKind::FullName,
                _ => return Err(StoredVectorError::Invalid("terms")),
            };
            match u16::try_from(packed >> 2) {
                Ok(count) if count > 0 => terms.push(Term { id, count, kind }),
                _ => return Err(StoredVectorError::Invalid("terms")),
            }
        }
        let details = bytes
            .ascending("details")?
            .into_iter()
            .map(TermId)
            .collect();
        let hashes = bytes.ascending("sketch")?;
        if !bytes.0.is_empty() {
            return Err(StoredVectorError::Invalid("end"));
        }
        Ok(Self {
            id,
            publisher,
            family,
            published,
            terms,
            details,
            sketch: Sketch::from_parts(hashes, flags & SKETCH_IS_CUT != 0),
            is_digest: flags & IS_DIGEST != 0,
            is_correction: flags & IS_CORRECTION != 0,
        })
    }
}

fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn put_gap(bytes: &mut Vec<u8>, value: u32, before: &mut u32) {
    put(bytes, u64::from(value.wrapping_sub(*before)));
    *before = value;
}

/// What is left to read.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<const LENGTH: usize>(
        &mut self,
        what: &'static str,
    ) -> Result<[u8; LENGTH], StoredVectorError> {
        let (taken, rest) = self
            .0
            .split_first_chunk()
            .ok_or(StoredVectorError::CutOff(what))?;
        self.0 = rest;
        Ok(*taken)
    }

    fn number<N: TryFrom<u64>>(&mut self, what: &'static str) -> Result<N, StoredVectorError> {
        let mut number = 0_u64;
        for shift in (0..63).step_by(7) {
            let [byte] = self.take(what)?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return N::try_from(number).map_err(|_| StoredVectorError::Invalid(what));
            }
        }
        Err(StoredVectorError::Invalid(what))
    }

    /// How many of something follow. Each takes a byte at least, so that no number makes us reserve
    /// more than what there is to read.
    fn length(&mut self, what: &'static str) -> Result<usize, StoredVectorError> {
        let length: usize = self.number(what)?;
        if length > self.0.len() {
            return Err(StoredVectorError::CutOff(what));
        }
        Ok(length)
    }

    fn text(&mut self, what: &'static str) -> Result<String, StoredVectorError> {
        let length = self.length(what)?;
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        match str::from_utf8(text) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err(StoredVectorError::Invalid(what)),
        }
    }

    fn time(&mut self, what: &'static str) -> Result<DateTime<Utc>, StoredVectorError> {
        let seconds = i64::from_le_bytes(self.take(what)?);
        let nanoseconds = self.number(what)?;
        DateTime::from_timestamp(seconds, nanoseconds).ok_or(StoredVectorError::Invalid(what))
    }

    fn gap(
        &mut self,
        what: &'static str,
        before: &mut Option<u32>,
    ) -> Result<u32, StoredVectorError> {
        let gap: u32 = self.number(what)?;
        let value = match *before {
            None => Some(gap),
            Some(before) if gap > 0 => before.checked_add(gap),
            Some(_) => None,
        };
        *before = value;
        value.ok_or(StoredVectorError::Invalid(what))
    }

    fn ascending(&mut self, what: &'static str) -> Result<Vec<u32>, StoredVectorError> {
        let length = self.length(what)?;
        let mut before = None;
        (0..length).map(|_| self.gap(what, &mut before)).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::super::Article;
    use super::*;

    fn read(title: &str, body: &str, seconds: Option<i64>) -> ArticleVector {
        ArticleVector::read(&Article {
            id: "an id",
            publisher: "a publisher",
            family: "семья",
            language: "en",
            published: seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 17)),
            title,
            summary: "",
            body,
        })
    }

    proptest! {
        #[test]
        fn a_vector_comes_back_as_it_was(
            title in ".{0,80}",
            body in "([A-Z]?[a-z]{1,9}|[0-9]{1,5}|[. \n]){0,400}",
            seconds in prop::option::of(any::<i32>()),
        ) {
            let vector = read(&title, &body, seconds.map(i64::from));
            prop_assert_eq!(ArticleVector::from_bytes(&vector.to_bytes()), Ok(vector));
        }

        #[test]
        fn any_bytes_are_an_error_or_a_vector(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let mut claimed = vec![VECTOR_VERSION as u8];
            claimed.extend(&bytes);
            for bytes in [bytes, claimed] {
                if let Ok(vector) = ArticleVector::from_bytes(&bytes) {
                    prop_assert_eq!(ArticleVector::from_bytes(&vector.to_bytes()), Ok(vector));
                }
            }
        }

        #[test]
        fn a_cut_or_a_flipped_bit_is_no_panic(at in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let text = "The ferry Amarella ran aground off Port Linden. 212 were saved.\n".repeat(9);
            let whole = read("Ferry aground", &text, Some(1_800_000_000)).to_bytes();
            let at = at.index(whole.len());
            prop_assert!(ArticleVector::from_bytes(&whole[..at]).is_err());
            let mut flipped = whole;
            flipped[at] ^= 1 << bit;
            if let Ok(vector) = ArticleVector::from_bytes(&flipped) {
                prop_assert_eq!(ArticleVector::from_bytes(&vector.to_bytes()), Ok(vector));
            }
        }
    }

    #[test]
    fn another_version_is_told() {
        let mut bytes = read("Ferry aground", "", None).to_bytes();
        bytes[0] = 99;
        assert_eq!(
            ArticleVector::from_bytes(&bytes),
            Err(StoredVectorError::Version(99))
        );
    }

    #[test]
    fn a_length_beyond_the_end_reserves_nothing() {
        let bytes = [VECTOR_VERSION as u8, 0, 0xff, 0xff, 0xff, 0xff, 0x0f];
        let error = ArticleVector::from_bytes(&bytes).unwrap_err();
        assert_eq!(error, StoredVectorError::CutOff("id"));
    }
}
