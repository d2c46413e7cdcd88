//! Files that belong to no application: taken in and encrypted like those that do, each in the folder that its room says.

use std::path::{Path, PathBuf};

use actix_web::HttpResponse;

use super::{
    FileId,
    give::given,
    kind::{self, Kind},
    picture, shown,
    store::Store,
    take::{self, Refused, blocking, laid_down},
};
use crate::{
    ledger::strongbox::FileKey,
    platform::{Moment, Texts},
    web::{ComingFile, Failure},
};

/// A picture that lies in a folder, with its key.
#[derive(Debug, Clone)]
pub struct Picture {
    pub id: FileId,
    pub media_type: String,
    pub size: u64,
    pub key: String,
}

/// Takes a picture in: what it is by what it holds, drawn anew, encrypted. Or why not, in words.
pub async fn keep(
    folder: PathBuf,
    now: Moment,
    t: Texts,
    bytes: Vec<u8>,
) -> Result<Result<Picture, String>, Failure> {
    let Some(kind @ (Kind::Jpeg | Kind::Png)) = Kind::of(&bytes) else {
        return Ok(Err(shown::said(t, Refused::NotThisKind)));
    };
    let drawn = match picture::redrawn(kind, bytes).await {
        Ok(drawn) => drawn,
        Err(picture::Refused::TooManyDots) => return Ok(Err(shown::said(t, Refused::TooManyDots))),
        Err(picture::Refused::Unreadable) => return Ok(Err(shown::said(t, Refused::Unreadable))),
    };
    let (key, store) = (FileKey::fresh().map_err(Failure::from)?, Store::new(&folder));
    let write = move || {
        let mut writing = store.begin(now, key, kind)?;
        writing.push(&drawn)?;
        writing.finish()
    };
    let written = blocking(write).await?;
    Ok(Ok(Picture {
        id: written.id,
        media_type: kind.media_type().to_owned(),
        size: written.size,
        key: written.key.text(),
    }))
}

/// A document or a picture that lies in a folder: what its room keeps of it, name, digest and key sealed.
#[derive(Debug, Clone)]
pub struct Document {
    pub id: FileId,
    pub name: String,
    pub media_type: String,
    pub size: u64,
    pub sha256: String,
    pub key: String,
}

/// Takes a document or a picture in, no larger than `most` bytes, as papers of applications are. Or why not, in words.
pub async fn take_in(
    folder: &Path,
    now: Moment,
    t: Texts,
    most: u64,
    file: ComingFile,
) -> Result<Result<Document, String>, Failure> {
    let given = file.name.clone();
    Ok(match laid_down(&Store::new(folder), now, file, (&Kind::ALL, most)).await? {
        Ok(written) => Ok(Document {
            id: written.id,
            name: kind::name_of(&given, written.kind),
            media_type: written.kind.media_type().to_owned(),
            size: written.size,
            sha256: written.sha256,
            key: written.key.text(),
        }),
        Err(refused) => Err(shown::said(t, refused)),
    })
}

/// Lets go of a file that its room did not keep after all.
pub async fn let_go(folder: &Path, id: FileId) -> Result<(), Failure> {
    take::remove(Store::new(folder), id).await
}

/// Which documents and pictures are taken, as browsers want it.
pub fn accepted() -> String {
    Kind::ALL.map(Kind::media_type).join(",")
}

/// The same in words, with the largest.
pub fn limits(t: Texts, most: u64) -> String {
    shown::takes(t, &Kind::ALL, most)
}

/// As people say how large a file is.
pub fn size(bytes: u64) -> String {
    shown::size(bytes)
}

/// Gives a document out, as a download under its own name.
pub async fn hand(folder: &Path, document: &Document) -> Result<HttpResponse, Failure> {
    let about = (document.name.as_str(), document.media_type.as_str(), document.size);
    given(folder, (document.id, &document.key), about).await
}

/// Gives a picture out, as a download.
pub async fn give(folder: &Path, picture: &Picture) -> Result<HttpResponse, Failure> {
    let kind = Kind::named(&picture.media_type).ok_or(Failure::NotFound)?;
    let name = format!("picture.{}", kind.ending());
    given(folder, (picture.id, &picture.key), (&name, &picture.media_type, picture.size)).await
}
