//! Pictures.

use overview_core::model::PictureState;

use crate::FilePath;

/// A picture as far as it is known.
#[uniffi::remote(Enum)]
pub enum PictureState {
    /// Not asked for yet.
    Unknown,
    /// Here.
    Here {
        /// Its file.
        path: FilePath,
        /// Such as `image/jpeg`.
        media_type: String,
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
        /// A thumbhash, to be shown until the file is read.
        placeholder: Vec<u8>,
    },
    /// Not to be had.
    Refused {
        /// Why.
        why: String,
    },
}
