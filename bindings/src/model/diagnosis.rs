//! Facts about an installation.

use overview_core::model::{
    Diagnosis, SalvageReport, StoragePart, StorageSettings, StorageShare, StorageUse,
};

use crate::{FilePath, Timestamp};

/// The facts about an installation that someone who helps would ask for. Holds nothing of what
/// was read.
#[uniffi::remote(Record)]
pub struct Diagnosis {
    /// Version of this library.
    pub version: String,
    /// Version of the SQLite inside it.
    pub sqlite_version: String,
    /// Where everything is kept.
    pub data_dir: FilePath,
    /// The database file.
    pub database: FilePath,
    /// Bytes of the database with its log.
    pub database_bytes: u64,
    /// The schema's number; what this library writes.
    pub schema_version: u32,
    /// `None` when the database's own check found nothing, else what it found.
    pub damage: Option<String>,
    /// Version of the catalogue: the day it was reviewed and a hash.
    pub catalogue_version: String,
    /// Countries with a listed publisher.
    pub countries: u32,
    /// Publishers of the catalogue.
    pub publishers: u32,
    /// Feeds that are polled.
    pub feeds: u32,
    /// Feeds whose last check failed.
    pub failing_feeds: u32,
    /// Stored articles.
    pub articles: u32,
    /// Marks kept, also of articles that are no longer stored.
    pub marks: u32,
    /// What takes how many bytes, the most first.
    pub storage: Vec<StorageShare>,
    /// What was rescued when the database was damaged; `None` when it never was, or the notice was
    /// dismissed.
    pub salvage: Option<SalvageReport>,
    /// Whether plain http and private addresses are open.
    pub private_addresses_allowed: bool,
}

/// What was rescued from a database that was damaged.
#[uniffi::remote(Record)]
pub struct SalvageReport {
    /// When it was found.
    pub at: Timestamp,
    /// Where the damaged file is now.
    pub moved_to: FilePath,
    /// SQLite's word for the damage.
    pub reason: String,
    /// Articles' keys that are still known as read, saved or hidden. Most articles have two.
    pub marks: u32,
    /// Saved articles that are still here.
    pub saved: u32,
    /// Articles known to be saved whose text is lost. They are saved again when their feed lists them.
    pub saved_missing: u32,
    /// Choices of countries and publishers.
    pub follows: u32,
    /// Mutes.
    pub mutes: u32,
    /// Groups of settings.
    pub settings: u32,
}

/// What takes room on the device.
#[uniffi::remote(Enum)]
pub enum StoragePart {
    /// The rows of lists, and what identifies articles.
    Lists,
    /// Bodies, from feeds and pages.
    Texts,
    /// What articles are found by.
    Search,
    /// Texts in English.
    Translations,
    /// Stories, and what was read of articles to find them.
    Stories,
    /// What was read and saved.
    Marks,
    /// Files of pictures.
    Pictures,
    /// Models that translate.
    Models,
    /// Publishers, feeds, settings and the rest.
    Rest,
    /// Room in the database that is free.
    Free,
    /// The database's log.
    Log,
    /// Damaged databases that were moved aside; removed after a month.
    Aside,
}

/// Bytes of one such.
#[uniffi::remote(Record)]
pub struct StorageShare {
    /// What takes them.
    pub part: StoragePart,
    /// How many.
    pub bytes: u64,
}

/// How much is kept, as the person set it.
#[uniffi::remote(Record)]
pub struct StorageSettings {
    /// Bytes that texts and pictures may take together; `None` for no bound.
    pub budget_bytes: Option<u64>,
    /// Days after its arrival that an article goes; `None` for as long as there is room.
    pub age_days: Option<u32>,
}

/// What Overview takes of the device, and for what.
#[uniffi::remote(Record)]
pub struct StorageUse {
    /// Bytes of the database with its log; the pages of articles are in it.
    pub database_bytes: u64,
    /// Bytes of what was kept to be read offline: pages and pictures. What a pack's budget bounds.
    pub kept_bytes: u64,
    /// Of those, the pictures'.
    pub kept_picture_bytes: u64,
    /// Stored articles.
    pub articles: u32,
    /// Those of them that are whole on this device, with their pictures.
    pub ready_articles: u64,
}
