//! A package as one file, the same bytes for the same texts: what is handed in, and what is kept.

use std::{fs, io, path::Path};

use yimen_contract::{Files, Findings, package};

use crate::archive;

/// How packed packages' files are called: the agency's public name, and this.
pub const ENDING: &str = "yimen";

/// A package, packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    pub bytes: Vec<u8>,
    /// Names the content.
    pub fingerprint: String,
    /// What could be better about it; nothing here keeps it from being handed in.
    pub warnings: Findings,
}

/// Why a package is not packed.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    #[error("the package has mistakes")]
    Refused(Findings),
    #[error(transparent)]
    Failed(#[from] io::Error),
}

/// Packs a package that the portal would take.
pub fn pack(slug: &str, files: &Files) -> Result<Packed, PackError> {
    let findings = package::read(slug, files).findings;
    if findings.has_errors() {
        return Err(PackError::Refused(findings));
    }
    let run = archive::lay_out(files);
    let fingerprint = archive::fingerprint(&run);
    Ok(Packed { bytes: archive::deflate(&run)?, fingerprint, warnings: findings })
}

/// The name and the files of a package, whether it is a folder or was packed.
pub fn open(path: &Path) -> io::Result<(String, Files)> {
    let path = fs::canonicalize(path)?;
    let packed = path.extension().is_some_and(|ending| ending == ENDING) && path.is_file();
    let name = if packed { path.file_stem() } else { path.file_name() };
    let name = name.and_then(|name| name.to_str()).map(str::to_owned);
    let name = name.ok_or_else(|| io::Error::other("it has no name that could be a package's"))?;
    if !packed {
        return Ok((name, Files::read_folder(&path)));
    }
    let largest = 16 << 20;
    if fs::metadata(&path)?.len() > largest {
        return Err(io::Error::other("no package is that large"));
    }
    Ok((name, archive::open(&fs::read(&path)?)?))
}
