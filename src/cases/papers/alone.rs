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

/// A picture or a document that shows something, in a folder, with its key. It has no name: what people call their files says
/// more about them than they mean to.
#[derive(Debug, Clone)]
pub struct Exhibit {
    pub id: FileId,
    pub media_type: String,
    pub size: u64,
    pub key: String,
}

/// What is taken of those.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// From whoever is not to be known by it: a document often says who made it.
    Pictures,
    All,
}

impl Takes {
    /// What it is, or in words why it is not taken.
    fn kind(self, t: Texts, bytes: &[u8]) -> Result<Kind, String> {
        match (self, Kind::of(bytes)) {
            (Self::Pictures, None | Some(Kind::Pdf)) => Err(t.papers_pictures_only().to_owned()),
            (Self::All, None) => Err(shown::said(t, Refused::NotThisKind)),
            (_, Some(kind)) => Ok(kind),
        }
    }
}

/// Takes in what shows something: what it is by what it holds, drawn anew or looked through, encrypted. Or why not, in words.
pub async fn keep(
    folder: PathBuf,
    now: Moment,
    t: Texts,
    (takes, bytes): (Takes, Vec<u8>),
) -> Result<Result<Exhibit, String>, Failure> {
    let kind = match takes.kind(t, &bytes) {
        Ok(kind) => kind,
        Err(why) => return Ok(Err(why)),
    };
    let bytes = match kind {
        Kind::Pdf => bytes,
        Kind::Jpeg | Kind::Png => match picture::redrawn(kind, bytes).await {
            Ok(drawn) => drawn,
            Err(picture::Refused::TooManyDots) => return Ok(Err(shown::said(t, Refused::TooManyDots))),
            Err(picture::Refused::Unreadable) => return Ok(Err(shown::said(t, Refused::Unreadable))),
        },
    };
    let (key, store) = (FileKey::fresh().map_err(Failure::from)?, Store::new(&folder));
    let into = store.clone();
    let write = move || {
        let mut writing = into.begin(now, key, kind)?;
        writing.push(&bytes)?;
        writing.finish()
    };
    let written = blocking(write).await?;
    if let Some(why) = written.refused {
        take::remove(store, written.id).await?;
        return Ok(Err(shown::said(t, Refused::from(why))));
    }
    Ok(Ok(Exhibit {
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

/// Gives out what shows something, as a download.
pub async fn give(folder: &Path, exhibit: &Exhibit) -> Result<HttpResponse, Failure> {
    let kind = Kind::named(&exhibit.media_type).ok_or(Failure::NotFound)?;
    let name = match kind {
        Kind::Pdf => "document",
        Kind::Jpeg | Kind::Png => "picture",
    };
    let name = format!("{name}.{}", kind.ending());
    given(folder, (exhibit.id, &exhibit.key), (&name, &exhibit.media_type, exhibit.size)).await
}
