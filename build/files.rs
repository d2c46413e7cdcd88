//! Reading a folder in a fixed order, and naming its content.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

/// Every file below `folder` with its path relative to it, in the order of the paths. Hidden files are
/// left out. Cargo is told to look again when anything in there changes.
pub fn below(folder: &Path) -> Vec<(String, PathBuf)> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut found = Vec::new();
    walk(folder, folder, &mut found);
    found.sort();
    found
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<(String, PathBuf)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("a readable folder").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a UTF-8 file name");
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            walk(root, &path, found);
        } else {
            let relative = path.strip_prefix(root).expect("below the root");
            let relative = relative.to_str().expect("a UTF-8 path").replace('\\', "/");
            found.push((relative, path));
        }
    }
}

/// The first `digits` hexadecimal digits of the content's SHA-256.
pub fn fingerprint(content: &[u8], digits: usize) -> String {
    let mut hex = String::new();
    for byte in Sha256::digest(content) {
        write!(hex, "{byte:02x}").expect("writing to a string");
    }
    hex.truncate(digits);
    hex
}
