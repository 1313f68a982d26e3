//! The file: lines of JSON in gzip. The first says what it is, the last how many there are between and
//! what they hash to.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::MovingError;
use crate::model::Moved;

/// The format that is written, and the newest that is read.
pub const FORMAT: u32 = 1;

/// What the first line says that it is.
const KIND: &str = "moving house";

/// Longest line, in bytes: an article with the longest body that a feed or a page may have, escaped.
const LINE_MAX: u64 = 64 * 1024 * 1024;

/// The most that a file may unpack to, in bytes.
const TOTAL_MAX: u64 = 4 * 1024 * 1024 * 1024;

#[derive(Serialize, Deserialize)]
struct Head {
    overview: String,
    format: u32,
    written_at: DateTime<Utc>,
    by: String,
}

#[derive(Serialize, Deserialize)]
struct Tail {
    end: End,
}

#[derive(Serialize, Deserialize)]
struct End {
    records: u64,
    sha256: String,
}

/// Writes a file beside its place, and puts it there when it is whole.
pub(super) struct Writer {
    path: PathBuf,
    out: GzEncoder<BufWriter<NamedTempFile>>,
    hash: Sha256,
    records: u64,
}

impl Writer {
    pub(super) fn begin(path: &Path, now: DateTime<Utc>) -> Result<Self, MovingError> {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let file = NamedTempFile::new_in(folder).map_err(|error| writing(path, &error))?;
        let mut writer = Self {
            path: path.to_owned(),
            out: GzEncoder::new(BufWriter::new(file), Compression::default()),
            hash: Sha256::new(),
            records: 0,
        };
        let head = Head {
            overview: KIND.to_owned(),
            format: FORMAT,
            written_at: now,
            by: env!("CARGO_PKG_VERSION").to_owned(),
        };
        writer.line(&head)?;
        Ok(writer)
    }

    pub(super) fn write(&mut self, moved: &Moved) -> Result<(), MovingError> {
        self.records += 1;
        self.line(moved)
    }

    fn line(&mut self, value: &impl Serialize) -> Result<(), MovingError> {
        let mut line =
            serde_json::to_vec(value).map_err(|error| writing(&self.path, &error.into()))?;
        line.push(b'\n');
        self.hash.update(&line);
        self.out
            .write_all(&line)
            .map_err(|error| writing(&self.path, &error))
    }

    /// The last line, and the file in its place.
    pub(super) fn finish(mut self) -> Result<(), MovingError> {
        let sha256 = HEXLOWER.encode(&self.hash.finalize_reset());
        let records = self.records;
        self.line(&Tail {
            end: End { records, sha256 },
        })?;
        let path = &self.path;
        let failed = |error: &std::io::Error| writing(path, error);
        let out = self.out.finish().map_err(|error| failed(&error))?;
        let file = out.into_inner().map_err(|error| failed(error.error()))?;
        file.as_file().sync_all().map_err(|error| failed(&error))?;
        file.persist(path).map_err(|error| failed(&error.error))?;
        Ok(())
    }
}

fn writing(path: &Path, error: &std::io::Error) -> MovingError {
    MovingError::File {
        doing: "writing",
        path: path.to_owned(),
        reason: error.to_string(),
    }
}

/// Reads a file line by line, and knows at its end whether it was whole.
pub(super) struct Reader {
    path: PathBuf,
    lines: BufReader<std::io::Take<GzDecoder<BufReader<File>>>>,
    hash: Sha256,
    records: u64,
    ended: bool,
}

impl Reader {
    pub(super) fn open(path: &Path) -> Result<Self, MovingError> {
        let file = File::open(path).map_err(|error| MovingError::File {
            doing: "reading",
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
        let mut file = BufReader::new(file);
        let begins = file.fill_buf().map_err(|error| MovingError::File {
            doing: "reading",
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
        if !begins.starts_with(&[0x1f, 0x8b]) {
            return Err(MovingError::NotOurs {
                path: path.to_owned(),
            });
        }
        let mut reader = Self {
            path: path.to_owned(),
            lines: BufReader::new(GzDecoder::new(file).take(TOTAL_MAX)),
            hash: Sha256::new(),
            records: 0,
            ended: false,
        };
        let line = reader.line()?;
        // Of any version: only what tells which.
        #[derive(Deserialize)]
        struct Kind {
            overview: String,
            format: u32,
        }
        let head: Option<Kind> = serde_json::from_slice(&line).ok();
        match head {
            Some(head) if head.overview == KIND && head.format <= FORMAT => {
                reader.hash.update(&line);
                Ok(reader)
            }
            Some(head) if head.overview == KIND => Err(MovingError::Newer {
                path: path.to_owned(),
                found: head.format,
                known: FORMAT,
            }),
            _ => Err(MovingError::NotOurs {
                path: path.to_owned(),
            }),
        }
    }

    /// The next thing; `None` once all are read and the last line vouches for them.
    pub(super) fn next(&mut self) -> Result<Option<Moved>, MovingError> {
        if self.ended {
            return Ok(None);
        }
        let line = self.line()?;
        if line.is_empty() {
            return Err(self.damaged("its end is missing"));
        }
        if line.starts_with(b"{\"end\"") {
            let tail: Tail = serde_json::from_slice(&line)
                .map_err(|error| self.damaged(&format!("its last line: {error}")))?;
            let hash = HEXLOWER.encode(&self.hash.finalize_reset());
            if tail.end.records != self.records || tail.end.sha256 != hash {
                return Err(self.damaged("its checksum is another"));
            }
            if !self.line()?.is_empty() {
                return Err(self.damaged("there is something behind its end"));
            }
            self.ended = true;
            return Ok(None);
        }
        self.hash.update(&line);
        self.records += 1;
        let moved = serde_json::from_slice(&line)
            .map_err(|error| self.damaged(&format!("line {}: {error}", self.records + 1)))?;
        Ok(Some(moved))
    }

    fn line(&mut self) -> Result<Vec<u8>, MovingError> {
        let mut line = Vec::new();
        let read = (&mut self.lines)
            .take(LINE_MAX)
            .read_until(b'\n', &mut line);
        match read {
            Err(error) => Err(self.damaged(&error.to_string())),
            Ok(_) if !line.is_empty() && !line.ends_with(b"\n") => {
                Err(self.damaged("a line is cut off or longer than any"))
            }
            Ok(_) => Ok(line),
        }
    }

    fn damaged(&self, reason: &str) -> MovingError {
        MovingError::Damaged {
            path: self.path.clone(),
            reason: reason.to_owned(),
        }
    }
}
