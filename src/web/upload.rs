//! A form with a file in it, taken only after it proved to be ours: the token stands before the file, and without it
//! not a byte of the file is read. What is too long is not read to its end.

use std::{future::Future, pin::Pin};

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use bytes::Bytes;
use futures_util::StreamExt as _;

use super::{Failure, Site, Submitted, Visitor, csrf, form::sender, headers};

/// The longest file. The largest package of a city is a tenth of it.
const LONGEST: usize = 8 * 1024 * 1024;
/// As much of what is too long is read past; whoever sends more is cut off.
const READ_PAST: usize = 8 * LONGEST;
/// So many fields a form with a file has at most.
const FIELDS: usize = 50;
/// So many answers may stand before files that are part of a form filled in: as many as a large form has.
const ANSWERS: usize = 1000;
/// Of a file's name as much is kept.
const NAME: usize = 100;

/// A file as somebody sent it: nothing is known about it but its length.
#[derive(Debug, Clone, Default)]
pub struct UploadedFile {
    /// What it is called where it comes from, without folders. Shown, never used as a path.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The answers of a form with a file. Getting one means that the token was checked.
#[derive(Debug, Clone, Default)]
pub struct Uploaded {
    pub form: Submitted,
    /// `None`: no file was chosen.
    pub file: Option<UploadedFile>,
}

impl FromRequest for Uploaded {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if !headers::is_form_with_files(request) {
            // Nothing was chosen, or it is no form of ours: judged like any other.
            let form = Submitted::from_request(request, payload);
            return Box::pin(async move { Ok(Self { form: form.await?, file: None }) });
        }
        let parts = Multipart::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let (site, visitor) = sender(&request).await?;
            let parts = parts.await.map_err(|_| Failure::BadRequest)?;
            read(&site, &visitor, &request, parts).await
        })
    }
}

async fn read(
    site: &Site,
    visitor: &Visitor,
    request: &HttpRequest,
    mut parts: Multipart,
) -> Result<Uploaded, Failure> {
    let (mut answers, mut file) = (Vec::new(), None);
    let mut left = site.max_form_bytes;
    let token = |answers: &[(String, String)]| csrf::check(site, visitor, request, csrf::given(answers));
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(failure)?;
        let name = part.name().unwrap_or_default().to_owned();
        if let Some(called) = called(&part) {
            token(&answers)?;
            let bytes = whole(&mut part, LONGEST).await?;
            // A field in which nothing was chosen comes without a name and without content.
            let chosen = !(called.is_empty() && bytes.is_empty());
            file = file.or(chosen.then_some(UploadedFile { name: called, bytes }));
        } else {
            let bytes = whole(&mut part, left).await?;
            left = left.saturating_sub(bytes.len() + name.len());
            answers.push((name, String::from_utf8(bytes).map_err(|_| Failure::BadRequest)?));
        }
        if answers.len() > FIELDS {
            return Err(Failure::TooLarge);
        }
    }
    token(&answers)?;
    Ok(Uploaded { form: Submitted::of(answers), file })
}

/// What a file is called; nothing where the part is no file.
fn called(part: &Field) -> Option<String> {
    let name = part.content_disposition()?.get_filename()?;
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    Some(name.chars().filter(|c| !c.is_control()).take(NAME).collect())
}

/// All of a part, or that it is too long: then the rest is read past, so that the sender comes to hear of it.
async fn whole(part: &mut Field, most: usize) -> Result<Vec<u8>, Failure> {
    let (mut bytes, mut over) = (Vec::new(), 0);
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(failure)?;
        if over > 0 || bytes.len() + chunk.len() > most {
            over += chunk.len();
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&chunk);
        }
        if over > READ_PAST {
            break;
        }
    }
    if over > 0 { Err(Failure::TooLarge) } else { Ok(bytes) }
}

fn failure(_: MultipartError) -> Failure {
    Failure::BadRequest
}

/// A form with files that are too large to be held: what stands before the files has been read and the token
/// checked, and of the files nothing yet.
pub struct Coming {
    pub form: Submitted,
    parts: Option<Multipart>,
    first: Option<(String, Field)>,
}

impl FromRequest for Coming {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if !headers::is_form_with_files(request) {
            let form = Submitted::from_request(request, payload);
            return Box::pin(async move { Ok(Self { form: form.await?, parts: None, first: None }) });
        }
        let parts = Multipart::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let (site, visitor) = sender(&request).await?;
            let mut parts = parts.await.map_err(|_| Failure::BadRequest)?;
            let (mut answers, mut left) = (Vec::new(), site.max_form_bytes);
            let mut first = None;
            while let Some(part) = parts.next().await {
                let mut part = part.map_err(failure)?;
                if let Some(called) = called(&part) {
                    first = Some((called, part));
                    break;
                }
                let name = part.name().unwrap_or_default().to_owned();
                let bytes = whole(&mut part, left).await?;
                left = left.saturating_sub(bytes.len() + name.len());
                answers.push((name, String::from_utf8(bytes).map_err(|_| Failure::BadRequest)?));
                if answers.len() > ANSWERS {
                    return Err(Failure::TooLarge);
                }
            }
            csrf::check(&site, &visitor, &request, csrf::given(&answers))?;
            Ok(Self { form: Submitted::of(answers), parts: Some(parts), first })
        })
    }
}

impl Coming {
    /// The next file that was chosen. The one before must be let go first: there is one stream for all.
    pub async fn next(&mut self) -> Result<Option<ComingFile>, Failure> {
        loop {
            let (name, mut part) = if let Some(first) = self.first.take() {
                first
            } else {
                let Some(parts) = self.parts.as_mut() else { return Ok(None) };
                let Some(part) = parts.next().await else { return Ok(None) };
                let part = part.map_err(failure)?;
                let Some(called) = called(&part) else { continue };
                (called, part)
            };
            let ahead = part.next().await.transpose().map_err(failure)?;
            // A field in which nothing was chosen comes without a name and without content.
            if !name.is_empty() || ahead.is_some() {
                let field = part.name().unwrap_or_default().to_owned();
                let over = ahead.is_none();
                return Ok(Some(ComingFile { field, name, part, ahead, over }));
            }
        }
    }

    /// Reads past what is not wanted, up to a bound, so that the sender comes to hear why.
    pub async fn read_past(&mut self, most: u64) {
        let mut left = most;
        while let Ok(Some(mut file)) = self.next().await {
            while let Ok(Some(bytes)) = file.chunk().await {
                left = left.saturating_sub(bytes.len() as u64);
                if left == 0 {
                    return;
                }
            }
        }
    }
}

/// A file on its way in: nothing is known about it.
pub struct ComingFile {
    /// What the form calls the field.
    pub field: String,
    /// What it is called where it comes from, without folders. Shown, never used as a path.
    pub name: String,
    part: Field,
    ahead: Option<Bytes>,
    /// Nothing follows: a part that has ended must not be asked for more.
    over: bool,
}

impl ComingFile {
    /// More of it; nothing at its end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Failure> {
        if let Some(bytes) = self.ahead.take() {
            return Ok(Some(bytes));
        }
        if self.over {
            return Ok(None);
        }
        let next = self.part.next().await.transpose().map_err(failure)?;
        self.over = next.is_none();
        Ok(next)
    }
}
