//! The ways in which daily files are broken.

use sha2::{Digest as _, Sha256};
use yimen_contract::protocol::Companion;
use yimen_drivers::auth::sign;

/// What is in no encoding that a file may be in.
const NO_TEXT: &[u8] = b"\xff\xff\xff\r\n";

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    NoFile,
    HalfFile,
    WrongDigest,
    NoCompanion,
    StrangeBytes,
    OtherHead,
    BadLine,
    Twice,
}

impl Broken {
    pub(super) const ALL: [Self; 8] = [
        Self::NoFile,
        Self::HalfFile,
        Self::WrongDigest,
        Self::NoCompanion,
        Self::StrangeBytes,
        Self::OtherHead,
        Self::BadLine,
        Self::Twice,
    ];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::NoFile => "no-file",
            Self::HalfFile => "half-file",
            Self::WrongDigest => "wrong-digest",
            Self::NoCompanion => "no-companion",
            Self::StrangeBytes => "strange-bytes",
            Self::OtherHead => "other-head",
            Self::BadLine => "bad-line",
            Self::Twice => "twice",
        }
    }

    /// The file that comes after the good one, and what its companion promises.
    pub(super) fn made_of(self, good: &[u8], companion: Companion) -> Option<(Vec<u8>, Option<String>)> {
        let end = good.iter().position(|byte| *byte == b'\n').map_or(good.len(), |at| at + 1);
        let (head, lines) = good.split_at(end);
        let whole = |bytes: Vec<u8>| {
            let promise = promised(companion, &bytes);
            Some((bytes, Some(promise)))
        };
        match self {
            Self::NoFile => None,
            // Of another file than the one before, which is known by its digest.
            Self::HalfFile => {
                let other = [good, lines].concat();
                Some((other[..other.len() / 2].to_vec(), Some(promised(companion, &other))))
            }
            Self::WrongDigest => Some(([good, lines].concat(), Some(promised(companion, b"something else")))),
            Self::NoCompanion => Some(([good, lines].concat(), None)),
            Self::StrangeBytes => whole([good, NO_TEXT].concat()),
            Self::OtherHead => whole([b"other,".as_slice(), head, lines].concat()),
            Self::BadLine => whole([good, b"?\r\n".as_slice()].concat()),
            Self::Twice => whole(good.to_vec()),
        }
    }
}

pub(super) fn beside(companion: Companion, name: &str) -> String {
    match companion {
        Companion::Sha256 => format!("{name}.sha256"),
        Companion::Ok => format!("{name}.ok"),
    }
}

pub(super) fn promised(companion: Companion, bytes: &[u8]) -> String {
    match companion {
        Companion::Sha256 => sign::hex(&Sha256::digest(bytes)),
        Companion::Ok => bytes.len().to_string(),
    }
}
