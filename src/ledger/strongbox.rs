//! Files at rest: encrypted piece by piece under a key of their own, so that neither writing nor reading one needs
//! more memory than a piece. The key is kept like any personal data: sealed for its owner, opened with a warrant.
//!
//! Each piece carries its number and whether it is the last, so that pieces that are missing, doubled, moved or taken
//! from another file are found, and a file that was cut off is never taken for a whole one.

use std::{fmt, io};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    Key, KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};

use super::LedgerError;
use crate::platform::{keys::KeyError, random};

/// How much of a file is encrypted at once, in bytes.
pub const PIECE: usize = 64 * 1024;
/// By so much a piece grows.
const TAG: usize = 16;

/// The key of one file.
#[derive(Clone, PartialEq, Eq)]
pub struct FileKey([u8; 32]);

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileKey(…)")
    }
}

impl FileKey {
    /// A key that no other file has: numbers of pieces would otherwise repeat under one key.
    pub fn fresh() -> Result<Self, LedgerError> {
        random::bytes().map(Self).map_err(|error| KeyError::from(error).into())
    }

    /// As it is put into what is then sealed for the file's owner.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    pub fn read(text: &str) -> Result<Self, LedgerError> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| LedgerError::Sealed)?;
        bytes.try_into().map(Self).map_err(|_| LedgerError::Sealed)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.0))
    }
}

fn nonce(number: u32, last: bool) -> XNonce {
    let mut nonce = [0; 24];
    nonce[..4].copy_from_slice(&number.to_be_bytes());
    nonce[4] = u8::from(last);
    XNonce::from(nonce)
}

/// Encrypts a file on its way out.
pub struct Locking<W> {
    cipher: XChaCha20Poly1305,
    /// What the file is: a piece of one is none of another, whatever key it has.
    name: Vec<u8>,
    number: u32,
    held: Vec<u8>,
    out: W,
}

impl<W: io::Write> Locking<W> {
    pub fn new(key: &FileKey, name: &[u8], out: W) -> Self {
        let held = Vec::with_capacity(PIECE);
        Self { cipher: key.cipher(), name: name.to_vec(), number: 0, held, out }
    }

    /// More of the file. A full piece waits until it is known whether it is the last.
    pub fn push(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            if self.held.len() == PIECE {
                self.piece(false)?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(PIECE - self.held.len()));
            self.held.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// The end of the file. What was written is the caller's again.
    pub fn finish(mut self) -> io::Result<W> {
        self.piece(true)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn piece(&mut self, last: bool) -> io::Result<()> {
        let payload = Payload { msg: &self.held, aad: &self.name };
        let sealed = self.cipher.encrypt(&nonce(self.number, last), payload);
        self.out.write_all(&sealed.map_err(|_| broken("a piece cannot be encrypted"))?)?;
        self.number = self.number.checked_add(1).ok_or_else(|| broken("the file has too many pieces"))?;
        self.held.clear();
        Ok(())
    }
}

/// Decrypts a file on its way in, piece by piece.
pub struct Unlocking<R> {
    cipher: XChaCha20Poly1305,
    name: Vec<u8>,
    number: u32,
    /// The next piece, read ahead to see whether another follows it.
    next: Vec<u8>,
    over: bool,
    from: R,
}

impl<R: io::Read> Unlocking<R> {
    pub fn new(key: &FileKey, name: &[u8], mut from: R) -> io::Result<Self> {
        let next = piece_of(&mut from)?;
        Ok(Self { cipher: key.cipher(), name: name.to_vec(), number: 0, next, over: false, from })
    }

    /// The next piece; nothing after the last. An error: the file is not as it was written.
    pub fn piece(&mut self) -> io::Result<Option<Vec<u8>>> {
        if self.over {
            return Ok(None);
        }
        let ahead = piece_of(&mut self.from)?;
        let piece = std::mem::replace(&mut self.next, ahead);
        let last = self.next.is_empty();
        let payload = Payload { msg: &piece, aad: &self.name };
        let plain = self.cipher.decrypt(&nonce(self.number, last), payload);
        self.number = self.number.checked_add(1).ok_or_else(|| broken("the file has too many pieces"))?;
        self.over = last;
        plain.map(Some).map_err(|_| broken("the file is not as it was written"))
    }
}

fn piece_of(from: &mut impl io::Read) -> io::Result<Vec<u8>> {
    let mut piece = Vec::with_capacity(PIECE + TAG);
    io::Read::read_to_end(&mut io::Read::take(from, (PIECE + TAG) as u64), &mut piece)?;
    Ok(piece)
}

fn broken(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn locked(key: &FileKey, name: &[u8], plain: &[u8], step: usize) -> Vec<u8> {
        let mut locking = Locking::new(key, name, Vec::new());
        plain.chunks(step.max(1)).for_each(|bytes| locking.push(bytes).unwrap());
        locking.finish().unwrap()
    }

    fn unlocked(key: &FileKey, name: &[u8], sealed: &[u8]) -> io::Result<Vec<u8>> {
        let (mut from, mut plain) = (Unlocking::new(key, name, sealed)?, Vec::new());
        while let Some(piece) = from.piece()? {
            plain.extend_from_slice(&piece);
        }
        Ok(plain)
    }

    fn key(byte: u8) -> FileKey {
        FileKey([byte; 32])
    }

    /// Lengths around the borders of pieces.
    fn length() -> impl Strategy<Value = usize> {
        (0_usize..4, 0_usize..3).prop_map(|(pieces, more)| (pieces * PIECE + more).saturating_sub(1))
    }

    fn sealed_pieces(sealed: &[u8]) -> Vec<Vec<u8>> {
        sealed.chunks(PIECE + TAG).map(<[u8]>::to_vec).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn what_was_locked_is_unlocked(length in length(), step in 1_usize..200_000) {
            let plain: Vec<u8> = (0..=250_u8).cycle().take(length).collect();
            let sealed = locked(&key(1), b"a", &plain, step);
            prop_assert_eq!(unlocked(&key(1), b"a", &sealed).unwrap(), plain);
            prop_assert!(unlocked(&key(2), b"a", &sealed).is_err());
            prop_assert!(unlocked(&key(1), b"b", &sealed).is_err());
        }

        #[test]
        fn a_file_that_was_cut_is_found(length in length(), share in 0.0_f64..1.0) {
            let sealed = locked(&key(1), b"a", &vec![7; length], PIECE);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a small file")]
            let cut = (sealed.len() as f64 * share) as usize;
            prop_assert!(unlocked(&key(1), b"a", &sealed[..cut]).is_err());
            for pieces in 0..sealed_pieces(&sealed).len() {
                prop_assert!(unlocked(&key(1), b"a", &sealed[..pieces * (PIECE + TAG)]).is_err());
            }
            let longer = [sealed.as_slice(), &[0]].concat();
            prop_assert!(unlocked(&key(1), b"a", &longer).is_err());
        }

        #[test]
        fn pieces_that_were_moved_doubled_or_bent_are_found(pieces in 2_usize..4, from in 0_usize..4, to in 0_usize..4, at in 0_usize..1000) {
            let sealed = locked(&key(1), b"a", &vec![7; pieces * PIECE], PIECE);
            let (from, to) = (from % pieces, to % pieces);
            let mut moved = sealed_pieces(&sealed);
            moved.swap(from, to);
            prop_assert_eq!(unlocked(&key(1), b"a", &moved.concat()).is_ok(), from == to);
            let mut doubled = sealed_pieces(&sealed);
            doubled.insert(to, doubled[from].clone());
            prop_assert!(unlocked(&key(1), b"a", &doubled.concat()).is_err());
            // A piece of another file with the same number does not fit, not even under the same key.
            let other = sealed_pieces(&locked(&key(1), b"b", &vec![7; pieces * PIECE], PIECE));
            let mut swapped = sealed_pieces(&sealed);
            swapped[to].clone_from(&other[to]);
            prop_assert!(unlocked(&key(1), b"a", &swapped.concat()).is_err());
            let mut bent = sealed;
            let at = at % bent.len();
            bent[at] ^= 1;
            prop_assert!(unlocked(&key(1), b"a", &bent).is_err());
        }
    }
}
