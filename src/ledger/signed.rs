//! Files that the portal gives out under its signature.
//!
//! They are signed with the key that signs the ends of the chain, whose public half stands in `/open/ledger-heads.json`: anybody
//! can check a file without asking us. What is signed begins with words of its own, so that a signature under a file is none
//! under an end of the chain, and the other way round. The signature stands behind the file, as a comment of HTML.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::ecdsa::{
    Signature,
    signature::{Signer as _, Verifier as _},
};
use sha2::{Digest as _, Sha256};

use super::{LedgerError, base64, heads};
use crate::{
    db::Conn,
    platform::{Moment, keys::KeyRing},
};

/// With this line the signature begins; what stands before it is signed.
const BEGINS: &str = "<!-- yimen document 1\n";
/// So long is a signature with everything around it at most.
const LONGEST: usize = 400;

/// What is signed: three lines of text, each ended by a line feed.
fn spoken(file: &[u8], key: &str) -> String {
    format!("yimen document 1\n{}\n{key}\n", base64(&Sha256::digest(file)[..]))
}

/// A file with its signature behind it.
pub fn sign_file(c: &mut Conn, ring: &KeyRing, now: Moment, file: &str) -> Result<String, LedgerError> {
    let (key, signer) = heads::signer(c, ring, now)?;
    let signature: Signature = signer.sign(spoken(file.as_bytes(), &key).as_bytes());
    let signature = base64(&signature.to_bytes()[..]);
    Ok(format!("{file}{BEGINS}key {key}\nsignature {signature}\n-->\n"))
}

/// What of a file is signed, if it is one of ours and nothing in it was changed. Only a key that the ring itself vouches for
/// counts: whoever writes into the database can bring in none.
pub fn signed_file<'f>(
    c: &mut Conn,
    ring: &KeyRing,
    file: &'f [u8],
) -> Result<Option<&'f [u8]>, LedgerError> {
    let Some((body, key, signature)) = parts(file) else { return Ok(None) };
    let Some(known) = heads::keys(c)?.into_iter().find(|known| known.id == key) else { return Ok(None) };
    let Some(signer) = known.open(ring) else { return Ok(None) };
    let holds = signer.verifying_key().verify(spoken(body, key).as_bytes(), &signature).is_ok();
    Ok(holds.then_some(body))
}

/// A file in its parts: what is signed, by which key, and the signature.
fn parts(file: &[u8]) -> Option<(&[u8], &str, Signature)> {
    let from = file.len().saturating_sub(LONGEST);
    let end = file.get(from..)?;
    let at = from + end.windows(BEGINS.len()).rposition(|some| some == BEGINS.as_bytes())?;
    let lines = std::str::from_utf8(file.get(at + BEGINS.len()..)?).ok()?;
    let lines = lines.strip_prefix("key ")?.strip_suffix("\n-->\n")?;
    let (key, signature) = lines.split_once("\nsignature ")?;
    let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
    Some((file.get(..at)?, key, signature))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_signature_at_the_very_end_is_one() {
        let signature = base64(&[1; 64]);
        let file = |end: &str| format!("<p>1</p>\n{BEGINS}key k\nsignature {signature}{end}").into_bytes();
        let whole = file("\n-->\n");
        let (body, key, _) = parts(&whole).unwrap();
        assert_eq!((body, key), (&b"<p>1</p>\n"[..], "k"));
        for wrong in [file("\n-->"), file("\n-->\n<p>2</p>"), file(""), b"<p>1</p>".to_vec(), Vec::new()] {
            assert!(parts(&wrong).is_none(), "{}", String::from_utf8_lossy(&wrong));
        }
    }
}
