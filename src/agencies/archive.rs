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
use yimen_contract::Files;

/// No archive of ours unpacks to more; one that would was not made by us.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Lays the files out one after another, in the order of their paths.
pub(super) fn lay_out(files: &Files) -> Vec<u8> {
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
pub(super) fn fingerprint(run: &[u8]) -> String {
    let mut hex = String::with_capacity(32);
    for byte in &Sha256::digest(run)[..16] {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

pub(super) fn deflate(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::fast());
    encoder.write_all(bytes)?;
    encoder.finish()
}

pub(super) fn inflate(packed: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(packed.len() * 6);
    DeflateDecoder::new(packed).take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The files of an archive.
pub(super) fn open(packed: &[u8]) -> io::Result<Files> {
    let run = inflate(packed)?;
    let mut rest = &run[..];
    let mut entries = Vec::new();
    while !rest.is_empty() {
        let path = part(&mut rest)?;
        let content = part(&mut rest)?;
        let path = str::from_utf8(path).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        entries.push((path, content));
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
}
