//! Files that an agency's answer names: photographs of a violation, a report. Fetched for whoever was shown the answer,
//! when they look, and not kept.
//!
//! The address of a file is sealed for one person and one service, so that it can be neither guessed nor passed on.
//! What the file is, its bytes say: a picture is shown, anything else is handed over for keeping, and nothing of it
//! runs on the portal's own address.

use actix_web::{
    HttpResponse,
    http::header,
    web::{Data, Path},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use sha2::{Digest, Sha256};
use yimen_contract::capability::{
    Outcome,
    file::{GetInput, GetOutput},
};

use super::{page::PATIENCE, party};
use crate::{
    accounts::acting::Party,
    catalogue::{Shelf, present::urls},
    gateway::{About, Gateway, Request},
    ledger::CitizenId,
    platform::{Moment, keys::KeyRing},
    web::{Failure, Site, Visitor},
};

/// For so long the address of a file leads to it: as long as somebody reads a page.
const READING: chrono::TimeDelta = chrono::TimeDelta::hours(1);
/// Longer names of files agencies do not have.
const NAME: usize = 200;

/// The addresses of the files in an answer, for whoever asked.
pub struct FileLinks<'a> {
    pub ring: &'a KeyRing,
    pub now: Moment,
    pub citizen: CitizenId,
    pub service: &'a str,
}

impl<'a> FileLinks<'a> {
    pub fn of(ring: &'a KeyRing, now: Moment, party: &Party, service: &'a str) -> Self {
        Self { ring, now, citizen: About::service(party, 0, &[]).citizen, service }
    }

    /// `None`: such a name no file has.
    pub fn url(&self, id: &str) -> Option<String> {
        if id.is_empty() || id.len() > NAME {
            return None;
        }
        let until = (self.now + READING).timestamp();
        let sealed = self.ring.seal(&place(self.citizen, self.service), format!("{until} {id}").as_bytes());
        let sealed = sealed.inspect_err(|error| tracing::error!(%error, "no address for a file")).ok()?;
        Some(format!("{}/files/{}", urls::service(self.service), BASE64.encode(sealed)))
    }
}

fn place(citizen: CitizenId, service: &str) -> String {
    format!("file/{citizen}/{service}")
}

fn opened(ring: &KeyRing, now: Moment, citizen: CitizenId, service: &str, token: &str) -> Option<String> {
    let sealed = BASE64.decode(token).ok()?;
    let plain = ring.open_sealed(&place(citizen, service), &sealed).ok()?;
    let text = String::from_utf8(plain).ok()?;
    let (until, id) = text.split_once(' ')?;
    (now.timestamp() <= until.parse().ok()?).then(|| id.to_owned())
}

/// `GET /services/{code}/files/{file}`.
pub async fn file(
    visitor: Visitor,
    (site, shelf, gateway): (Data<Site>, Data<Shelf>, Data<Gateway>),
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (code, token) = path.into_inner();
    let edition = shelf.edition()?;
    let entry = edition.catalogue.service(&code).ok_or(Failure::NotFound)?;
    let party = party(&visitor, &site, &entry.service).await?.map_err(|_| Failure::Refused)?;
    let (party, level) = party.ok_or(Failure::NotFound)?;
    let about = About::service(&party, level, &[]);
    let id = opened(&site.keys, site.clock.now(), about.citizen, &code, &token).ok_or(Failure::NotFound)?;
    let request = Request {
        agency: &edition.catalogue.agency_of(entry).slug,
        service: Some(&code),
        question: GetInput { id, person: None },
        about: Some(about),
        within: PATIENCE,
    };
    match gateway.call(request).await? {
        Outcome::Fresh(file) | Outcome::Stale { value: file, .. } => sent(&file),
        Outcome::Empty | Outcome::NotEntitled => Err(Failure::NotFound),
        Outcome::Unavailable { .. } => Err(Failure::Busy),
    }
}

fn sent(file: &GetOutput) -> Result<HttpResponse, Failure> {
    let bytes = base64::engine::general_purpose::STANDARD.decode(&file.content).map_err(Failure::broken)?;
    let digest = Sha256::digest(&bytes).iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    if digest != file.sha256 {
        return Err(Failure::broken("a file is not what its digest says"));
    }
    let (kind, shown) = kind_of(&bytes);
    let way = if shown { "inline" } else { "attachment" };
    let name: String =
        file.name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, kind))
        .insert_header((header::CONTENT_DISPOSITION, format!("{way}; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .body(bytes))
}

/// What it is by its first bytes, whatever the agency calls it; and whether it is shown.
fn kind_of(bytes: &[u8]) -> (&'static str, bool) {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => ("image/png", true),
        [0xff, 0xd8, 0xff, ..] => ("image/jpeg", true),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => ("image/webp", true),
        [b'%', b'P', b'D', b'F', ..] => ("application/pdf", false),
        _ => ("application/octet-stream", false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_picture_is_never_shown() {
        for (bytes, shown) in [
            (&b"\x89PNG\r\n"[..], true),
            (b"\xff\xd8\xff\xe0", true),
            (b"RIFF\0\0\0\0WEBP", true),
            (b"%PDF-1.7", false),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>", false),
            (b"<html>", false),
            (b"", false),
        ] {
            assert_eq!(kind_of(bytes).1, shown, "{bytes:?}");
        }
    }
}
