//! Keys at rest: the ring that encrypts fields, and the keyed hash by which an encrypted value is found.
//!
//! The ring is a small file, one key per line (`number:base64`), newest last. New values are sealed with the
//! newest key; older ones stay so that what they sealed can still be opened. Two independent keys are derived
//! from each: one encrypts, one hashes.

use std::{
    collections::BTreeMap,
    fmt, fs,
    io::{self, Write as _},
    path::Path,
};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use chacha20poly1305::{
    Key, KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use secrecy::{ExposeSecret as _, SecretBox};
use sha2::Sha256;

use super::random;

const NONCE: usize = 24;
const HEADER: usize = 4;

/// The keys of one installation.
pub struct KeyRing {
    keys: BTreeMap<u32, SecretBox<[u8; 32]>>,
    newest: u32,
}

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("{path}: {source}")]
    File { path: String, source: io::Error },
    #[error("{path} cannot be written: {source}. Give this user the right to, or change keys.file.")]
    Unwritable { path: String, source: io::Error },
    #[error("{path}:{line}: {problem}. Each line is NUMBER:KEY, the key being 32 bytes in base64.")]
    Line { path: String, line: usize, problem: &'static str },
    #[error("{path}: holds no key. Write one with `yimen keys new`.")]
    Empty { path: String },
    #[error("no randomness could be had: {0}")]
    Randomness(#[from] getrandom::Error),
    /// Deliberately says no more: whoever tampers learns nothing.
    #[error("the value cannot be opened with this key ring")]
    Sealed,
}

impl KeyRing {
    /// A ring with one fresh key.
    pub fn fresh() -> Result<Self, KeyError> {
        let key = SecretBox::new(Box::new(random::bytes()?));
        Ok(Self { keys: BTreeMap::from([(1, key)]), newest: 1 })
    }

    /// Reads the ring, or writes a fresh one where there is no file yet.
    pub fn open_or_create(path: &Path) -> Result<Self, KeyError> {
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&path.display().to_string(), &text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let ring = Self::fresh()?;
                ring.write(path)
                    .map_err(|source| KeyError::Unwritable { path: path.display().to_string(), source })?;
                Ok(ring)
            }
            Err(source) => Err(KeyError::File { path: path.display().to_string(), source }),
        }
    }

    /// Reads the ring from its file.
    pub fn open(path: &Path) -> Result<Self, KeyError> {
        let text = fs::read_to_string(path)
            .map_err(|source| KeyError::File { path: path.display().to_string(), source })?;
        Self::parse(&path.display().to_string(), &text)
    }

    fn parse(path: &str, text: &str) -> Result<Self, KeyError> {
        let mut keys = BTreeMap::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |problem| KeyError::Line { path: path.to_owned(), line: index + 1, problem };
            let (number, key) = line.split_once(':').ok_or_else(|| wrong("there is no colon"))?;
            let number: u32 = number.trim().parse().map_err(|_| wrong("the number is not a number"))?;
            let key = BASE64.decode(key.trim()).map_err(|_| wrong("the key is not base64"))?;
            let key: [u8; 32] = key.try_into().map_err(|_| wrong("the key is not 32 bytes long"))?;
            if keys.insert(number, SecretBox::new(Box::new(key))).is_some() {
                return Err(wrong("the number is taken by an earlier line"));
            }
        }
        let newest = *keys.keys().last().ok_or_else(|| KeyError::Empty { path: path.to_owned() })?;
        Ok(Self { keys, newest })
    }

    fn write(&self, path: &Path) -> io::Result<()> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        writeln!(
            file,
            "# Encrypts personal data at rest. Lose it and the data is lost; leak it and it is public."
        )?;
        for (number, key) in &self.keys {
            writeln!(file, "{number}:{}", BASE64.encode(key.expose_secret()))?;
        }
        file.sync_all()
    }

    fn derive(key: &[u8; 32], purpose: &str) -> [u8; 32] {
        let mut derived = [0; 32];
        // 32 bytes are always within what the expansion can give.
        let _ = Hkdf::<Sha256>::new(None, key).expand(purpose.as_bytes(), &mut derived);
        derived
    }

    /// Encrypts `plain` for one `place` (table, column, row): moved elsewhere, it does not open.
    pub fn seal(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>, KeyError> {
        let key = self.keys.get(&self.newest).ok_or(KeyError::Sealed)?;
        let nonce: [u8; NONCE] = random::bytes()?;
        let cipher = XChaCha20Poly1305::new(&Key::from(Self::derive(key.expose_secret(), "seal")));
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: place.as_bytes() })
            .map_err(|_| KeyError::Sealed)?;
        let mut out = Vec::with_capacity(HEADER + NONCE + sealed.len());
        out.extend_from_slice(&self.newest.to_be_bytes());
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Opens what [`KeyRing::seal`] made for the same place, with whichever key sealed it.
    pub fn open_sealed(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, KeyError> {
        let (number, rest) = sealed.split_first_chunk::<HEADER>().ok_or(KeyError::Sealed)?;
        let (nonce, body) = rest.split_first_chunk::<NONCE>().ok_or(KeyError::Sealed)?;
        let key = self.keys.get(&u32::from_be_bytes(*number)).ok_or(KeyError::Sealed)?;
        let cipher = XChaCha20Poly1305::new(&Key::from(Self::derive(key.expose_secret(), "seal")));
        cipher
            .decrypt(&XNonce::from(*nonce), Payload { msg: body, aad: place.as_bytes() })
            .map_err(|_| KeyError::Sealed)
    }

    /// The hash by which an encrypted value is looked up. It is keyed with the oldest key, which stays, so that
    /// a rotation does not lose what was stored before.
    pub fn lookup(&self, place: &str, value: &[u8]) -> [u8; 32] {
        self.mac("lookup", place, value)
    }

    /// A keyed digest for tokens that the portal hands out and takes back.
    pub fn sign(&self, purpose: &str, value: &[u8]) -> [u8; 32] {
        self.mac("sign", purpose, value)
    }

    fn mac(&self, kind: &str, purpose: &str, value: &[u8]) -> [u8; 32] {
        let oldest = self.keys.values().next();
        let key =
            oldest.map_or([0; 32], |key| Self::derive(key.expose_secret(), &format!("{kind}/{purpose}")));
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new(&key.into_mac_key());
        mac.update(value);
        mac.finalize().into_bytes().into()
    }
}

trait IntoMacKey {
    fn into_mac_key(self) -> hmac::digest::Key<Hmac<Sha256>>;
}

impl IntoMacKey for [u8; 32] {
    /// HMAC pads a short key with zeros to its block.
    fn into_mac_key(self) -> hmac::digest::Key<Hmac<Sha256>> {
        let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
        block[..32].copy_from_slice(&self);
        block
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyRing").field("keys", &self.keys.len()).field("newest", &self.newest).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_only_in_its_own_place() {
        let ring = KeyRing::fresh().unwrap();
        let sealed = ring.seal("people.phone", "0990-5550123".as_bytes()).unwrap();
        assert_eq!(ring.open_sealed("people.phone", &sealed).unwrap(), b"0990-5550123");
        assert!(ring.open_sealed("people.name", &sealed).is_err());
        assert!(ring.open_sealed("people.phone", &sealed[..20]).is_err());
        let mut bent = sealed.clone();
        *bent.last_mut().unwrap() ^= 1;
        assert!(ring.open_sealed("people.phone", &bent).is_err());
    }

    #[test]
    fn a_newer_key_seals_and_the_older_one_still_opens_and_finds() {
        let old = KeyRing::parse("keys", &format!("1:{}", BASE64.encode([7; 32]))).unwrap();
        let new =
            KeyRing::parse("keys", &format!("1:{}\n2:{}", BASE64.encode([7; 32]), BASE64.encode([8; 32])))
                .unwrap();
        let sealed = old.seal("x", b"value").unwrap();
        assert_eq!(new.open_sealed("x", &sealed).unwrap(), b"value");
        assert!(old.open_sealed("x", &new.seal("x", b"value").unwrap()).is_err());
        assert_eq!(old.lookup("x", b"value"), new.lookup("x", b"value"));
    }

    #[test]
    fn a_mistake_in_the_key_file_is_named_with_its_line_and_never_shown() {
        let error = KeyRing::parse("keys", "# ours\n1:c2hvcnQ=").unwrap_err().to_string();
        assert!(error.starts_with("keys:2: the key is not 32 bytes long"), "{error}");
        assert!(!error.contains("c2hvcnQ"));
        assert!(!format!("{:?}", KeyRing::fresh().unwrap()).contains("key:"));
    }
}
