//! Taking a file in, from the first byte to the row in the database. At no time more than a piece of it is held, but for
//! pictures, which are drawn one at a time.

use std::io;

use super::{
    kept::{self, About, FileId, Slot},
    kind::{self, Kind},
    pdf, picture,
    places::Place,
    store::{Store, Writing, Written},
};
use crate::{
    cases::CaseError,
    db::Conn,
    ledger::strongbox::FileKey,
    platform::Moment,
    web::{ComingFile, Failure, Site},
};

/// So much is gathered before it is written.
const GATHERED: usize = 256 * 1024;

/// Why a file is not taken; the person is told in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    Empty,
    NotThisKind,
    /// In megabytes.
    TooLarge(u64),
    /// All files together; in megabytes.
    TooMuch(u64),
    /// More files than a place or an application may have.
    TooMany,
    TooManyDots,
    Active,
    Locked,
    Unreadable,
}

impl From<pdf::Refused> for Refused {
    fn from(why: pdf::Refused) -> Self {
        match why {
            pdf::Refused::Active => Self::Active,
            pdf::Refused::Locked => Self::Locked,
            pdf::Refused::Unreadable => Self::Unreadable,
        }
    }
}

/// What became of a file.
pub type Taken = Result<Result<FileId, Refused>, Failure>;

/// Takes one file for a place of somebody's draft.
pub async fn take(site: &Site, slot: &Slot, place: &Place, file: ComingFile) -> Taken {
    let store = Store::new(&site.files.folder);
    let most = place.most_bytes.unwrap_or(u64::MAX).min(site.files.file_bytes);
    let given = file.name.clone();
    let written = match laid_down(&store, site.clock.now(), file, (&place.kinds, most)).await? {
        Ok(written) => written,
        Err(refused) => return Ok(Err(refused)),
    };
    let (id, kind, length) = (written.id, written.kind, written.size);
    let about = About { name: kind::name_of(&given, kind), key: written.key.text(), sha256: written.sha256 };
    let (ring, now, slot, at) = (site.keys.clone(), site.clock.now(), *slot, place.at.clone());
    let all = site.files.application_bytes;
    let add = move |c: &mut Conn| kept::add(c, &ring, now, (&slot, &at), (id, kind, length, &about), all);
    let added = site.db.tx(add).await;
    match added {
        Ok(Ok(())) => Ok(Ok(id)),
        Ok(Err(refused)) => {
            remove(store, id).await?;
            Ok(Err(refused))
        }
        Err(error) => {
            remove(store, id).await?;
            Err(error.into())
        }
    }
}

/// Lays a file down in a folder, if it is of one of these kinds and no larger than `most`: looked through or drawn anew,
/// encrypted. No row knows of it yet.
pub(super) async fn laid_down(
    store: &Store,
    since: Moment,
    mut file: ComingFile,
    (kinds, most): (&[Kind], u64),
) -> Result<Result<Written, Refused>, Failure> {
    let (head, kind) = match begun(&mut file).await? {
        Ok(begun) => begun,
        Err(refused) => return Ok(Err(refused)),
    };
    if !kinds.contains(&kind) {
        return Ok(Err(Refused::NotThisKind));
    }
    // Pictures are held to be drawn.
    let largest = if kind == Kind::Pdf { most } else { most.min(picture::LARGEST) };
    match written(store, since, &mut file, head, (kind, largest)).await? {
        Ok(written) => settled(store, since, written).await,
        Err(refused) => Ok(Err(refused)),
    }
}

/// What it begins with, and what it is.
async fn begun(file: &mut ComingFile) -> Result<Result<(Vec<u8>, Kind), Refused>, Failure> {
    let mut head = Vec::new();
    while head.len() < Kind::HEAD {
        match file.chunk().await? {
            Some(bytes) => head.extend_from_slice(&bytes),
            None => break,
        }
    }
    if head.is_empty() {
        return Ok(Err(Refused::Empty));
    }
    Ok(Kind::of(&head).map(|kind| (head, kind)).ok_or(Refused::NotThisKind))
}

async fn written(
    store: &Store,
    since: Moment,
    file: &mut ComingFile,
    head: Vec<u8>,
    (kind, most): (Kind, u64),
) -> Result<Result<Written, Refused>, Failure> {
    let (key, store) = (FileKey::fresh().map_err(Failure::from)?, store.clone());
    let mut writing = blocking(move || store.begin(since, key, kind)).await?;
    let (mut gathered, mut sum) = (head, 0);
    loop {
        let next = file.chunk().await?;
        let last = next.is_none();
        gathered.extend_from_slice(&next.unwrap_or_default());
        if last || gathered.len() >= GATHERED {
            let bytes = std::mem::take(&mut gathered);
            sum += bytes.len() as u64;
            if sum > most {
                return Ok(Err(Refused::TooLarge(most >> 20)));
            }
            writing = blocking(move || writing.push(&bytes).map(|()| writing)).await?;
        }
        if last {
            return blocking(move || writing.finish()).await.map(Ok);
        }
    }
}

/// The file as it is kept: a document that is inert, or a picture drawn anew.
async fn settled(
    store: &Store,
    since: Moment,
    written: Written,
) -> Result<Result<Written, Refused>, Failure> {
    let refused = match written.kind {
        Kind::Pdf => written.refused.map(Refused::from),
        kind => match redrawn(store, since, &written, kind).await {
            Ok(Ok(drawn)) => {
                remove(store.clone(), written.id).await?;
                return Ok(Ok(drawn));
            }
            Ok(Err(picture::Refused::TooManyDots)) => Some(Refused::TooManyDots),
            Ok(Err(picture::Refused::Unreadable)) => Some(Refused::Unreadable),
            Err(failure) => {
                remove(store.clone(), written.id).await?;
                return Err(failure);
            }
        },
    };
    match refused {
        None => Ok(Ok(written)),
        Some(refused) => {
            remove(store.clone(), written.id).await?;
            Ok(Err(refused))
        }
    }
}

async fn redrawn(
    store: &Store,
    since: Moment,
    written: &Written,
    kind: Kind,
) -> Result<Result<Written, picture::Refused>, Failure> {
    let (folder, id, key) = (store.clone(), written.id, written.key.clone());
    let read = move || {
        let (mut from, mut all) = (folder.open(id, &key)?, Vec::new());
        while let Some(piece) = from.piece()? {
            all.extend_from_slice(&piece);
        }
        Ok(all)
    };
    let bytes = blocking(read).await?;
    let drawn = match picture::redrawn(kind, bytes).await {
        Ok(drawn) => drawn,
        Err(refused) => return Ok(Err(refused)),
    };
    let (key, folder) = (FileKey::fresh().map_err(Failure::from)?, store.clone());
    let write = move || {
        let mut writing: Writing = folder.begin(since, key, kind)?;
        writing.push(&drawn)?;
        writing.finish()
    };
    blocking(write).await.map(Ok)
}

pub(super) async fn remove(store: Store, id: FileId) -> Result<(), Failure> {
    blocking(move || store.remove(id)).await
}

/// Work with the disk, off the threads that answer.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Failure> {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(Failure::broken(CaseError::Stored(format!("the folder of papers: {error}")))),
        Err(_) => Err(Failure::broken("work with the folder of papers ended early")),
    }
}
