//! Pictures: what is known of them. Their bytes are files, named by their content.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction, params};
use url::Url;

use super::error::{Doing, StoreError};
use super::pages;
use super::sql::Millis;

/// A picture that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoredPicture {
    /// It is here.
    File(PictureFile),
    /// It is not to be had; why.
    Refused(String),
}

/// What is known of a picture's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureFile {
    /// SHA-256 of the file.
    pub hash: [u8; 32],
    /// Such as `image/jpeg`.
    pub media_type: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Length of the file.
    pub bytes: u32,
    /// A thumbhash.
    pub placeholder: Vec<u8>,
}

pub(super) fn write(
    tx: &Transaction<'_>,
    url: &Url,
    picture: &StoredPicture,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (refused, file) = match picture {
        StoredPicture::File(file) => (None, Some(file)),
        StoredPicture::Refused(why) => (Some(why), None),
    };
    tx.prepare_cached(
        "INSERT OR REPLACE INTO picture (url, fetched_at, refused, hash, media_type, width, height,
                                         bytes, placeholder)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )
    .and_then(|mut statement| {
        statement.execute(params![
            url.as_str(),
            Millis::from(now),
            refused,
            file.map(|file| file.hash),
            file.map(|file| &file.media_type),
            file.map(|file| file.width),
            file.map(|file| file.height),
            file.map(|file| file.bytes),
            file.map(|file| &file.placeholder),
        ])
    })
    .doing("storing a picture")?;
    pages::mark_ready_by_picture(tx, url)
}

pub(super) fn get(tx: &Transaction<'_>, url: &Url) -> Result<Option<StoredPicture>, StoreError> {
    tx.prepare_cached(
        "SELECT refused, hash, media_type, width, height, bytes, placeholder
           FROM picture WHERE url = ?1",
    )
    .and_then(|mut statement| {
        statement
            .query_row([url.as_str()], |row| {
                if let Some(why) = row.get(0)? {
                    return Ok(StoredPicture::Refused(why));
                }
                Ok(StoredPicture::File(PictureFile {
                    hash: row.get(1)?,
                    media_type: row.get(2)?,
                    width: row.get(3)?,
                    height: row.get(4)?,
                    bytes: row.get(5)?,
                    placeholder: row.get(6)?,
                }))
            })
            .optional()
    })
    .doing("looking for a picture")
}
