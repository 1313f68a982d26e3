//! Fetches a picture and makes it ready to be kept.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use url::Url;

use crate::clock::Clock;
use crate::http::{Body, Client, HttpError, HttpFailure, Kind, Request};
use crate::picture::{self, ContentHash, MediaType, Options, PictureKind};
use crate::store::PictureFile;

/// What came of asking for a picture.
#[derive(Debug)]
pub(crate) enum FetchedPicture {
    /// A file to be kept, and what is to be noted of it.
    File(Vec<u8>, PictureFile),
    /// None is to be had, now or later; why.
    Refused(String),
}

/// Fetches a picture.
///
/// # Errors
/// What is the network's or the server's trouble of the moment.
pub(crate) async fn fetch_picture(
    client: &Client,
    clock: &dyn Clock,
    url: &Url,
) -> Result<FetchedPicture, HttpError> {
    let request = Request {
        url: url.clone(),
        kind: Kind::Image,
        validators: None,
    };
    let bytes = match client.fetch(&request, clock.now()).await {
        Ok(fetched) => match fetched.body {
            Body::New { bytes, .. } => bytes,
            Body::NotModified => Vec::new(),
        },
        Err(error) if is_final(&error.failure) => {
            return Ok(FetchedPicture::Refused(error.failure.to_string()));
        }
        Err(error) => return Err(error),
    };
    // Decoding takes tens of milliseconds of computing, which would hold up other answers.
    let prepared =
        tokio::task::spawn_blocking(move || picture::prepare(&bytes, &Options::default()));
    Ok(match prepared.await {
        Ok(Ok(picture)) if !is_furniture(picture.kind) => {
            let file = PictureFile {
                hash: *picture::content_hash(&picture.bytes).as_bytes(),
                media_type: picture.media_type.as_str().to_owned(),
                width: picture.width,
                height: picture.height,
                bytes: u32::try_from(picture.bytes.len()).unwrap_or(u32::MAX),
                placeholder: picture.placeholder,
            };
            FetchedPicture::File(picture.bytes, file)
        }
        Ok(Ok(picture)) => FetchedPicture::Refused(format!(
            "it is no picture of the article: {:?}",
            picture.kind
        )),
        Ok(Err(error)) => FetchedPicture::Refused(error.to_string()),
        Err(error) => FetchedPicture::Refused(format!("reading it failed: {error}")),
    })
}

/// Asking again would bring the same.
fn is_final(failure: &HttpFailure) -> bool {
    matches!(
        failure,
        HttpFailure::Gone
            | HttpFailure::Status { status: 400..=499 }
            | HttpFailure::TooLarge { .. }
            | HttpFailure::WrongKind { .. }
            | HttpFailure::BadUrl(_)
            | HttpFailure::Blocked { .. }
            | HttpFailure::Login { .. }
            | HttpFailure::Downgrade
            | HttpFailure::PrivateAddress { .. }
    )
}

fn is_furniture(kind: PictureKind) -> bool {
    matches!(kind, PictureKind::TrackingPixel | PictureKind::Blank)
}

/// Where a picture's file is below a directory: `pictures/ab/abcdef….jpg`.
pub(crate) fn path_of(dir: &Path, hash: &[u8; 32], media_type: &str) -> PathBuf {
    let name = ContentHash::from(*hash).to_string();
    let extension = [MediaType::Jpeg, MediaType::Png, MediaType::WebP]
        .into_iter()
        .find(|known| known.as_str() == media_type)
        .map_or("img", MediaType::extension);
    dir.join("pictures")
        .join(&name[..2])
        .join(format!("{name}.{extension}"))
}

/// Writes a file whole or not at all. One that is there already is the same.
pub(crate) fn keep(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    let dir = path.parent().unwrap_or(path);
    std::fs::create_dir_all(dir)?;
    let mut partial = tempfile::NamedTempFile::new_in(dir)?;
    partial.write_all(bytes)?;
    partial.persist(path).map_err(|error| error.error)?;
    Ok(())
}
