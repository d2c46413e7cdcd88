//! The name by which an agency asks for a file: it holds for this agency only, for a while, and cannot be guessed. It is
//! the same in every repeat of a submission.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta};
use subtle::ConstantTimeEq as _;

use super::kept::FileId;
use crate::platform::{Moment, keys::KeyRing};

/// How long an agency may fetch a file after it was handed in. Who needs it longer keeps it as a file of its own.
pub const GOOD_FOR: TimeDelta = TimeDelta::days(30);
const PURPOSE: &str = "case-files";
const PROOF: usize = 16;

/// The name of a file for an agency, good for a while from `since`.
pub fn name(ring: &KeyRing, agency: &str, id: FileId, since: Moment) -> String {
    let until = u32::try_from((since + GOOD_FOR).timestamp()).unwrap_or(u32::MAX).to_be_bytes();
    let body = [id.uuid().as_bytes().as_slice(), &until].concat();
    let proof = proof(ring, agency, &body);
    URL_SAFE_NO_PAD.encode([body.as_slice(), &proof].concat())
}

/// The file that a name stands for, if it is this agency's and still good.
pub fn file(ring: &KeyRing, agency: &str, name: &str, now: Moment) -> Option<FileId> {
    let bytes = URL_SAFE_NO_PAD.decode(name).ok()?;
    let (body, given) = bytes.split_at_checked(20)?;
    if !bool::from(given.ct_eq(&proof(ring, agency, body))) {
        return None;
    }
    let (id, until) = body.split_at_checked(16)?;
    let until = u32::from_be_bytes(until.try_into().ok()?);
    let until = DateTime::from_timestamp(until.into(), 0)?;
    (now < until).then_some(())?;
    Some(FileId::from(uuid::Uuid::from_slice(id).ok()?))
}

fn proof(ring: &KeyRing, agency: &str, body: &[u8]) -> [u8; PROOF] {
    let whole = ring.sign(PURPOSE, &[agency.as_bytes(), b"/", body].concat());
    let mut proof = [0; PROOF];
    proof.copy_from_slice(&whole[..PROOF]);
    proof
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_good_for_one_agency_and_for_a_while() {
        let (ring, other) = (KeyRing::fresh().unwrap(), KeyRing::fresh().unwrap());
        let since: Moment = "2026-11-20T04:00:00Z".parse().unwrap();
        let id = FileId::new();
        let name = name(&ring, "transport", id, since);
        assert_eq!(name, super::name(&ring, "transport", id, since));
        assert!(name.len() <= 64 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)));
        assert_eq!(file(&ring, "transport", &name, since), Some(id));
        assert_eq!(file(&ring, "transport", &name, since + GOOD_FOR), None);
        assert_eq!(file(&ring, "tax", &name, since), None);
        assert_eq!(file(&other, "transport", &name, since), None);
        assert_eq!(file(&ring, "transport", &id.to_string(), since), None);
        for at in 0..name.len() {
            let mut bent = name.clone().into_bytes();
            bent[at] = if bent[at] == b'A' { b'B' } else { b'A' };
            assert_eq!(file(&ring, "transport", &String::from_utf8(bent).unwrap(), since), None, "{at}");
        }
    }
}
