//! How much may be kept, and for how long: settings, and the steps that keep to them.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};

use crate::events::Invalidation;
use crate::model::{ArticleId, CountryCode, StoragePart, StorageSettings, StorageShare};
use crate::picture::ContentHash;
use crate::store::{Limits, PictureName, Store, StoreError};
use crate::{Error, Overview, Result, sync};

/// The name under which the settings are kept.
const SETTING: &str = "storage";

/// Articles opened last that are not removed: one of them is on the screen.
const OPENED_LAST: usize = 20;

/// How often it is looked for what nothing refers to.
const SWEPT_EVERY: TimeDelta = TimeDelta::days(1);

/// Files this young may be about to be noted.
const YOUNG: Duration = Duration::from_secs(3_600);

fn limits(settings: StorageSettings, now: DateTime<Utc>) -> Limits {
    Limits {
        // A hundredth of air, so that the disk does not hold more while room is made.
        bytes: settings.budget_bytes.map(|bytes| bytes - bytes / 100),
        arrived_since: settings
            .age_days
            .and_then(|days| now.checked_sub_signed(TimeDelta::days(i64::from(days)))),
    }
}

/// Articles a person may be looking at.
#[derive(Debug, Default)]
pub(crate) struct Opened(Mutex<VecDeque<ArticleId>>);

impl Opened {
    pub(crate) fn note(&self, id: ArticleId) {
        let mut ids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ids.retain(|known| *known != id);
        ids.push_back(id);
        if ids.len() > OPENED_LAST {
            ids.pop_front();
        }
    }

    fn list(&self) -> Vec<ArticleId> {
        let ids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ids.iter().copied().collect()
    }
}

/// One step of keeping to the settings.
pub(crate) struct Kept {
    /// Whose articles were removed.
    pub(crate) countries: Vec<CountryCode>,
    /// Whether there may be more to do.
    pub(crate) more: bool,
}

/// Does the next bounded step of what the settings ask for.
pub(crate) fn keep_to_settings(
    store: &Store,
    data_dir: &Path,
    opened: &Opened,
    now: DateTime<Utc>,
) -> std::result::Result<Kept, StoreError> {
    let limits = limits(settings(store)?, now);
    keep_within(store, data_dir, opened, &limits, now)
}

fn keep_within(
    store: &Store,
    data_dir: &Path,
    opened: &Opened,
    limits: &Limits,
    now: DateTime<Utc>,
) -> std::result::Result<Kept, StoreError> {
    let nothing = |more| Kept {
        countries: Vec::new(),
        more,
    };
    if let Some(files) = store.sweep(now - SWEPT_EVERY, now)? {
        remove_files(data_dir, &files);
        remove_strays(store, data_dir)?;
        store.remove_old_aside(now);
        return Ok(nothing(true));
    }
    if let Some(removed) = store.remove_step(limits, &opened.list(), now)? {
        remove_files(data_dir, &removed.files);
        return Ok(Kept {
            countries: removed.countries.into_iter().collect(),
            // When none of them could go, none can.
            more: removed.articles > 0,
        });
    }
    if store.vacuum_step(limits)? {
        return Ok(nothing(true));
    }
    // Last, because all of the above goes through it.
    store.empty_log()?;
    Ok(nothing(false))
}

fn settings(store: &Store) -> std::result::Result<StorageSettings, StoreError> {
    let kept = store.setting(SETTING)?;
    // Settings of a later version that this one cannot read are left alone, and not followed.
    Ok(kept
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default())
}

/// A file that stays takes room until the next sweep and does no other harm.
pub(crate) fn remove_files(data_dir: &Path, files: &[PictureName]) {
    for (hash, media_type) in files {
        let _ = std::fs::remove_file(sync::path_of(data_dir, hash, media_type));
    }
}

/// Removes files of pictures that nothing names: their program ended before it could.
fn remove_strays(store: &Store, data_dir: &Path) -> std::result::Result<(), StoreError> {
    let known = store.picture_hashes()?;
    let is_known = |path: &Path| {
        let name = path.file_stem().and_then(|name| name.to_str());
        let hash = name.and_then(|name| name.parse::<ContentHash>().ok());
        hash.is_some_and(|hash| known.contains(hash.as_bytes()))
    };
    for path in picture_files(data_dir) {
        let is_young = std::fs::metadata(&path)
            .and_then(|metadata| metadata.modified())
            .is_ok_and(|at| SystemTime::now().duration_since(at).unwrap_or_default() < YOUNG);
        if !is_young && !is_known(&path) {
            let _ = std::fs::remove_file(path);
        }
    }
    Ok(())
}

/// The files below the folder of pictures.
fn picture_files(data_dir: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = |dir: PathBuf| std::fs::read_dir(dir).into_iter().flatten().flatten();
    entries(data_dir.join("pictures"))
        .flat_map(move |folder| entries(folder.path()))
        .map(|file| file.path())
}

/// Bytes of the files below a folder.
fn folder_bytes(dir: &Path) -> u64 {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => folder_bytes(&entry.path()),
            Ok(metadata) => metadata.len(),
            Err(_) => 0,
        })
        .sum()
}

/// What a table is counted as.
fn part_of(table: &str) -> StoragePart {
    match table {
        "article" | "article_key" | "listing" | "tombstone" | "muted" => StoragePart::Lists,
        "body" | "page" | "article_picture" | "picture" => StoragePart::Texts,
        "translation" => StoragePart::Translations,
        "reading" | "story" | "story_actor" | "story_successor" | "label" | "perspective_lead" => {
            StoragePart::Stories
        }
        "mark" | "bulk_mark" | "bulk_mark_key" => StoragePart::Marks,
        name if name.starts_with("article_text") || name.starts_with("article_english") => {
            StoragePart::Search
        }
        _ => StoragePart::Rest,
    }
}

impl Overview {
    /// How much is kept, as the person set it.
    pub fn storage_settings(&self) -> Result<StorageSettings> {
        Ok(settings(self.store())?)
    }

    /// Keeps what the person set. What has to go by it goes in the background.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a budget below [`StorageSettings::BUDGET_MIN`] or an age of no day.
    pub fn set_storage_settings(&self, settings: &StorageSettings) -> Result<()> {
        if let Some(problem) = settings.problem() {
            return Err(Error::Invalid(problem));
        }
        let text = serde_json::to_string(settings)
            .map_err(|error| Error::Invalid(format!("these settings cannot be kept: {error}")))?;
        self.store().set_setting(SETTING, text, self.now())?;
        self.upkeep().nudge();
        Ok(())
    }

    /// Removes the least valuable until texts and pictures take at most so many bytes, whatever the
    /// settings say, as far as that goes: a device may be short of room. Takes some milliseconds an
    /// article.
    pub fn make_room(&self, bytes: u64) -> Result<()> {
        let limits = Limits {
            bytes: Some(bytes),
            arrived_since: None,
        };
        loop {
            let (opened, now) = (self.opened(), self.now());
            let kept = keep_within(self.store(), self.data_dir(), opened, &limits, now)?;
            if !kept.countries.is_empty() {
                self.notifier()
                    .notify(Invalidation::Articles(kept.countries));
            }
            if !kept.more {
                return Ok(());
            }
        }
    }

    /// Removes the damaged databases that were moved aside, which are otherwise kept for a month. What
    /// was not rescued from them can then be rescued no more.
    pub fn remove_moved_aside(&self) {
        self.store().remove_aside();
    }

    /// What takes how many bytes of the device, the most first. Reads the whole database.
    pub fn storage_shares(&self) -> Result<Vec<StorageShare>> {
        let taken = self.store().taken()?;
        let mut shares: Vec<StorageShare> = Vec::new();
        let mut add = |part, bytes| match shares.iter_mut().find(|share| share.part == part) {
            Some(share) => share.bytes += bytes,
            None => shares.push(StorageShare { part, bytes }),
        };
        for (table, bytes) in self.store().table_bytes()? {
            add(part_of(&table), bytes);
        }
        add(StoragePart::Free, taken.free);
        add(StoragePart::Log, self.store().log_bytes());
        add(StoragePart::Aside, self.store().aside_bytes());
        add(
            StoragePart::Pictures,
            folder_bytes(&self.data_dir().join("pictures")),
        );
        add(
            StoragePart::Models,
            folder_bytes(&self.data_dir().join("models")),
        );
        shares.retain(|share| share.bytes > 0);
        shares.sort_by_key(|share| (std::cmp::Reverse(share.bytes), share.part));
        Ok(shares)
    }
}
