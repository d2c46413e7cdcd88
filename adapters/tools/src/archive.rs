//! A package's files as one run of bytes, for the database and for the binary.
//!
//! `length of path, path, length of content, content`, again and again, lengths as four bytes, smallest first;
//! the whole deflated. The build script writes the same form.

use std::{
    fmt::Write as _,
    io::{self, Read as _, Write as _},
};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use sha2::{Digest as _, Sha256};
use yimen_contract::{Files, files::COUNT_LIMIT};

/// No archive of ours unpacks to more; one that would was not made by us.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Lays the files out one after another, in the order of their paths.
pub fn lay_out(files: &Files) -> Vec<u8> {
    let mut run = Vec::new();
    for (path, text) in files.iter() {
        for part in [path.as_bytes(), text.as_bytes()] {
            // The loader lets no file through that is longer than a few megabytes.
            let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
            run.extend_from_slice(&length.to_le_bytes());
            run.extend_from_slice(part);
        }
    }
    run
}

/// Names the content: the first sixteen bytes of its digest.
pub fn fingerprint(run: &[u8]) -> String {
    let mut hex = String::with_capacity(32);
    for byte in &Sha256::digest(run)[..16] {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

pub fn deflate(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::fast());
    encoder.write_all(bytes)?;
    encoder.finish()
}

pub fn inflate(packed: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(packed.len() * 6);
    DeflateDecoder::new(packed).take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The files of an archive.
pub fn open(packed: &[u8]) -> io::Result<Files> {
    let run = inflate(packed)?;
    let mut rest = &run[..];
    let mut entries = Vec::new();
    // One more than there may be is enough to refuse them all: a small file can name millions of empty ones.
    while !rest.is_empty() && entries.len() <= COUNT_LIMIT {
        let path = part(&mut rest)?;
        let content = part(&mut rest)?;
        // A name that is no text keeps a mark in its place, and is refused by it like any other that cannot be used.
        entries.push((String::from_utf8_lossy(path), content));
    }
    Ok(Files::gather(entries))
}

fn part<'a>(rest: &mut &'a [u8]) -> io::Result<&'a [u8]> {
    let short = || io::Error::from(io::ErrorKind::UnexpectedEof);
    let (length, after) = rest.split_first_chunk::<4>().ok_or_else(short)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| short())?;
    let (part, after) = after.split_at_checked(length).ok_or_else(short)?;
    *rest = after;
    Ok(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_back_as_they_went_in() {
        let files = Files::gather([("README.md", "一门"), ("agency.toml", "format = 1")]);
        let packed = deflate(&lay_out(&files)).unwrap();
        let back = open(&packed).unwrap();
        assert_eq!(back.iter().collect::<Vec<_>>(), files.iter().collect::<Vec<_>>());
        assert!(open(&packed[..packed.len() / 2]).is_err());
    }

    /// A run as somebody could write it by hand.
    fn run(entries: &[(&[u8], &[u8])]) -> Vec<u8> {
        let parts = entries.iter().flat_map(|(path, content)| [*path, *content]);
        parts.fold(Vec::new(), |mut run, part| {
            run.extend_from_slice(&u32::try_from(part.len()).unwrap().to_le_bytes());
            run.extend_from_slice(part);
            run
        })
    }

    #[test]
    fn what_must_not_come_in_is_named() {
        let refused = |entries: &[(&[u8], &[u8])]| {
            open(&deflate(&run(entries)).unwrap()).unwrap().refused().to_string()
        };
        assert!(refused(&[(b"services/\xff\xfe.toml", b"")]).contains("services/\u{fffd}\u{fffd}.toml"));
        assert!(refused(&[(b"../agency.toml", b"")]).starts_with("../agency.toml: "));
        assert!(refused(&[(b"/etc/passwd", b"")]).contains("/etc/passwd"));
        assert!(refused(&[(b"a.toml", b"\xff")]).starts_with("a.toml:1: "));
        assert!(refused(&[(b"a.toml", b""), (b"a.toml", b"")]).contains("twice"));
    }

    #[test]
    fn what_unpacks_without_end_is_not_unpacked_to_its_end() {
        let many = deflate(&vec![0; 40 * 1024 * 1024]).unwrap();
        assert!(many.len() < 300_000);
        let files = open(&many).unwrap();
        assert!(files.is_empty() && files.refused().len() <= COUNT_LIMIT + 2);
        let bomb = run(&[(b"README.md", &vec![b'a'; 40 * 1024 * 1024])]);
        assert!(open(&deflate(&bomb).unwrap()).unwrap().refused().to_string().starts_with("README.md: "));
        // Lengths that promise more than there is.
        let mut lying = run(&[(b"README.md", b"")]);
        let end = lying.len();
        lying[end - 4..].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(open(&deflate(&lying).unwrap()).is_err());
    }
}
