//! Models of Firefox Translations on this device: what is offered, what is installed, installing,
//! removing.
//!
//! ```text
//! models/pt-en/          model.json and the files it names: installed
//! models/pt-en.part/     files under way; gone on with by the next install
//! ```

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;

use crate::http::{Client, HttpError};

/// A list of models that somebody offers, as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelManifest {
    /// In any order.
    pub models: Vec<Model>,
}

/// A model from one language to English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Model {
    /// What it translates from, BCP 47.
    pub language: String,
    /// Its version, such as `1.2`.
    pub version: String,
    /// Under which licence, SPDX.
    pub licence: String,
    /// Its files.
    pub files: Vec<ModelFile>,
}

/// A file of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelFile {
    /// What it is for.
    pub role: FileRole,
    /// Where it is.
    pub url: Url,
    /// SHA-256 of it, 64 hexadecimal digits.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: u64,
}

/// What a file of a model is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileRole {
    /// The weights.
    Model,
    /// The pieces of words of both languages.
    Vocabulary,
    /// Those of the original's alone.
    SourceVocabulary,
    /// Those of English alone.
    TargetVocabulary,
    /// Which words are likely for which: makes it faster.
    Shortlist,
}

impl FileRole {
    fn file_name(self) -> &'static str {
        match self {
            Self::Model => "model.bin",
            Self::Vocabulary => "vocabulary.spm",
            Self::SourceVocabulary => "source.spm",
            Self::TargetVocabulary => "target.spm",
            Self::Shortlist => "shortlist.bin",
        }
    }
}

impl Model {
    /// Bytes of all its files.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// Its name: `pt-en 1.2`.
    pub fn name(&self) -> String {
        format!("{}-en {}", self.language, self.version)
    }

    fn has(&self, role: FileRole) -> bool {
        self.files.iter().any(|file| file.role == role)
    }

    /// # Errors
    /// What is missing or makes no sense.
    fn check(&self) -> Result<(), ModelError> {
        let language = super::primary(&self.language);
        let bad = |reason: &str| ModelError::Manifest {
            reason: format!("model {}: {reason}", self.name()),
        };
        let sound =
            (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
        if !sound || language == "en" {
            return Err(bad("no language that is translated"));
        }
        let vocabularies = self.has(FileRole::Vocabulary)
            || (self.has(FileRole::SourceVocabulary) && self.has(FileRole::TargetVocabulary));
        if !self.has(FileRole::Model) || !vocabularies {
            return Err(bad("a model and its vocabularies are needed"));
        }
        for file in &self.files {
            if file.bytes == 0 || file.bytes > FILE_BYTES_MAX {
                return Err(bad("a file's length makes no sense"));
            }
            if file.sha256.len() != 64 || !file.sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
                return Err(bad("a file's SHA-256 is not 64 hexadecimal digits"));
            }
        }
        Ok(())
    }
}

/// The longest file, in bytes. The largest models have under 60 MB.
const FILE_BYTES_MAX: u64 = 200_000_000;

/// What went wrong with a model.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The manifest is not one.
    #[error("the list of models cannot be used: {reason}")]
    Manifest {
        /// Why.
        reason: String,
    },
    /// The manifest offers none for the language.
    #[error("no model for {language} is offered")]
    NotOffered {
        /// Which.
        language: String,
    },
    /// A file is not what the manifest says.
    #[error("{file} of the model {model} is not what was offered: {reason}")]
    Damaged {
        /// Which model.
        model: String,
        /// Which file.
        file: &'static str,
        /// What is wrong: its length or its hash.
        reason: String,
    },
    /// The network.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The disk.
    #[error("{doing} {}: {source}", path.display())]
    Disk {
        /// "writing".
        doing: &'static str,
        /// Which file.
        path: PathBuf,
        /// The system's word.
        source: io::Error,
    },
    /// Somebody cancelled.
    #[error("the download was cancelled")]
    Cancelled,
}

impl ModelError {
    /// A short word for programs that never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Manifest { .. } => "model_manifest",
            Self::NotOffered { .. } => "model_not_offered",
            Self::Damaged { .. } => "model_damaged",
            Self::Http(error) => error.code(),
            Self::Disk { source, .. } if source.kind() == io::ErrorKind::StorageFull => "disk_full",
            Self::Disk { .. } => "model_disk",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A model that is installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InstalledModel {
    /// What it is.
    #[serde(flatten)]
    pub model: Model,
    /// Its folder.
    pub folder: PathBuf,
}

impl InstalledModel {
    /// Where a file is; `None` where the model has none of that role.
    pub fn path(&self, role: FileRole) -> Option<PathBuf> {
        self.model
            .has(role)
            .then(|| self.folder.join(role.file_name()))
    }
}

/// Reads a manifest.
///
/// # Errors
/// [`ModelError::Manifest`], also when one model of it makes no sense.
pub fn read_manifest(bytes: &[u8]) -> Result<ModelManifest, ModelError> {
    let manifest: ModelManifest =
        serde_json::from_slice(bytes).map_err(|error| ModelError::Manifest {
            reason: error.to_string(),
        })?;
    manifest.models.iter().try_for_each(Model::check)?;
    Ok(manifest)
}

/// The models in a folder, by language. What is not whole is not there.
pub fn installed(folder: &Path) -> Vec<InstalledModel> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<InstalledModel> = entries
        .filter_map(|entry| {
            let folder = entry.ok()?.path();
            folder.to_str()?.ends_with("-en").then_some(())?;
            let text = fs::read(folder.join("model.json")).ok()?;
            let model: Model = serde_json::from_slice(&text).ok()?;
            model.check().ok()?;
            let whole = model.files.iter().all(|file| {
                fs::metadata(folder.join(file.role.file_name()))
                    .is_ok_and(|found| found.len() == file.bytes)
            });
            whole.then_some(InstalledModel { model, folder })
        })
        .collect();
    found.sort_by(|a, b| a.model.language.cmp(&b.model.language));
    found
}

/// Removes the model of a language and what there is of one under way; whether one was there.
///
/// # Errors
/// [`ModelError::Disk`].
pub fn remove(folder: &Path, language: &str) -> Result<bool, ModelError> {
    let language = super::primary(language);
    let mut was_there = false;
    for name in [format!("{language}-en"), format!("{language}-en.part")] {
        let path = folder.join(name);
        match fs::remove_dir_all(&path) {
            Ok(()) => was_there = true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => {
                return Err(ModelError::Disk {
                    doing: "removing",
                    path,
                    source,
                });
            }
        }
    }
    Ok(was_there)
}

/// Downloads a model, goes on with what is there of it, checks each file, and puts it in the place of
/// the one before in one step. `progress` gets the bytes that are there; when it answers `false` the
/// download ends. Until the last step the model before works on.
///
/// # Errors
/// See [`ModelError`].
pub async fn install(
    client: &Client,
    folder: &Path,
    model: &Model,
    now: DateTime<Utc>,
    progress: &(dyn Fn(u64) -> bool + Send + Sync),
) -> Result<(), ModelError> {
    model.check()?;
    let language = super::primary(&model.language);
    let part = folder.join(format!("{language}-en.part"));
    fs::create_dir_all(&part).map_err(disk("making", &part))?;
    let mut before = 0;
    for file in &model.files {
        let told = |bytes: u64| progress(before + bytes);
        fetch_file(client, &part, model, file, now, &told).await?;
        before += file.bytes;
    }
    let text = serde_json::to_vec_pretty(model).map_err(|error| ModelError::Manifest {
        reason: error.to_string(),
    })?;
    let note = part.join("model.json");
    File::create(&note)
        .and_then(|mut file| file.write_all(&text).and_then(|()| file.sync_all()))
        .map_err(disk("writing", &note))?;
    let place = folder.join(format!("{language}-en"));
    let old = folder.join(format!("{language}-en.old"));
    let _ = fs::remove_dir_all(&old);
    if place.exists() {
        fs::rename(&place, &old).map_err(disk("replacing", &place))?;
    }
    if let Err(source) = fs::rename(&part, &place) {
        let _ = fs::rename(&old, &place);
        return Err(disk("installing", &place)(source));
    }
    let _ = fs::remove_dir_all(&old);
    Ok(())
}

fn disk<'a>(doing: &'static str, path: &'a Path) -> impl Fn(io::Error) -> ModelError + 'a {
    move |source| ModelError::Disk {
        doing,
        path: path.to_owned(),
        source,
    }
}

async fn fetch_file(
    client: &Client,
    part: &Path,
    model: &Model,
    file: &ModelFile,
    now: DateTime<Utc>,
    progress: &(dyn Fn(u64) -> bool + Send + Sync),
) -> Result<(), ModelError> {
    let path = part.join(file.role.file_name());
    let have = fs::metadata(&path).map_or(0, |found| found.len());
    if have == file.bytes && hash_of(&path)?.eq_ignore_ascii_case(&file.sha256) {
        progress(have);
        return Ok(());
    }
    let have = if have < file.bytes { have } else { 0 };
    let mut open = OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(have == 0)
        .open(&path)
        .map_err(disk("writing", &path))?;
    use std::io::Seek as _;
    open.seek(io::SeekFrom::Start(have))
        .map_err(disk("writing", &path))?;
    let mut got = have;
    let done = client
        .download(&file.url, have, file.bytes, now, &mut |again, bytes| {
            if again {
                got = 0;
                open.set_len(0)
                    .and_then(|()| open.rewind())
                    .map_err(disk("writing", &path))?;
            }
            open.write_all(bytes).map_err(disk("writing", &path))?;
            got += bytes.len() as u64;
            match progress(got) {
                true => Ok::<(), ModelError>(()),
                false => Err(ModelError::Cancelled),
            }
        })
        .await;
    let synced = open.sync_all().map_err(disk("writing", &path));
    done.and(synced)?;
    let found = hash_of(&path)?;
    if found.eq_ignore_ascii_case(&file.sha256) {
        return Ok(());
    }
    // Going on with it would never end well.
    let _ = fs::remove_file(&path);
    Err(ModelError::Damaged {
        model: model.name(),
        file: file.role.file_name(),
        reason: format!("its SHA-256 is {found}, offered was {}", file.sha256),
    })
}

fn hash_of(path: &Path) -> Result<String, ModelError> {
    let mut file = File::open(path).map_err(disk("reading", path))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = io::Read::read(&mut file, &mut buffer).map_err(disk("reading", path))?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
    }
    Ok(HEXLOWER.encode(&hash.finalize()))
}
