//! Giving a file out: as a download, decrypted piece by piece.

use std::{io, path::Path};

use actix_web::{HttpResponse, http::header};
use bytes::Bytes;
use futures_util::stream;

use super::{
    kept::{FileId, Paper},
    kind::Kind,
    store::Store,
    take::blocking,
};
use crate::{
    ledger::strongbox::FileKey,
    web::{Failure, Site},
};

/// A file as a download: never shown in the portal's own name, whatever it holds.
pub(in crate::cases) async fn given_out(site: &Site, paper: Paper) -> Result<HttpResponse, Failure> {
    let about = (paper.name.as_str(), paper.media_type.as_str(), paper.size);
    given(&site.files.folder, (paper.id, &paper.key), about).await
}

/// The same for a file of any folder: name, kind and size.
pub(super) async fn given(
    folder: &Path,
    (id, key): (FileId, &str),
    (name, media_type, size): (&str, &str, u64),
) -> Result<HttpResponse, Failure> {
    let key = FileKey::read(key).map_err(Failure::from)?;
    let store = Store::new(folder);
    let opened = blocking(move || store.open(id, &key)).await?;
    let pieces = stream::unfold(Some(opened), |from| async move {
        let mut from = from?;
        let read = tokio::task::spawn_blocking(move || from.piece().map(|piece| (piece, from))).await;
        match read.unwrap_or_else(|_| Err(io::Error::other("reading a paper ended early"))) {
            Ok((Some(piece), from)) => Some((Ok(Bytes::from(piece)), Some(from))),
            Ok((None, _)) => None,
            Err(error) => {
                // The download breaks off: half a paper must not look like a whole one.
                tracing::error!(%error, "a paper cannot be read");
                Some((Err(error), None))
            }
        }
    });
    let kind = Kind::named(media_type).map_or("application/octet-stream", Kind::media_type);
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, kind))
        .insert_header((header::CONTENT_DISPOSITION, disposition(name)))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        // It is packed already; and whoever downloads it is told how much there is to come.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .no_chunking(size)
        .streaming(Box::pin(pieces)))
}

/// A download under the file's own name, for browsers of all ages.
fn disposition(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let whole = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    format!("attachment; filename=\"file.{ending}\"; filename*=UTF-8''{whole}")
}
