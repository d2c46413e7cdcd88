//! `adapter pack`, `adapter unpack` and `adapter diff`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::json;
use yimen_tools::{
    difference::{self, Weight},
    draft::Draft,
    pack::{self, PackError},
};

use super::{drafts::write, loaded, open};
use crate::app::commands::{Outcome, Printed};

pub(in crate::app) fn adapter_pack(json: bool, folder: &Path, to: Option<PathBuf>) -> Result<(), Outcome> {
    let (slug, files) = open(folder)?;
    let mut out = Printed::new();
    let packed = match pack::pack(&slug, &files) {
        Ok(packed) => packed,
        Err(PackError::Refused(findings)) => {
            if json {
                out.line(format_args!("{}", json!({ "package": slug, "findings": findings })));
            } else {
                out.line(format_args!("{slug}: not packed\n{findings}"));
            }
            return Err(Outcome::Findings);
        }
        Err(PackError::Failed(error)) => return Err(Outcome::unavailable(error)),
    };
    let to = to.unwrap_or_else(|| PathBuf::from(format!("{slug}.{}", pack::ENDING)));
    fs::write(&to, &packed.bytes)
        .map_err(|error| Outcome::Unavailable(format!("{}: {error}", to.display())))?;
    let (size, print) = (packed.bytes.len(), packed.fingerprint);
    if json {
        let file = to.display().to_string();
        out.line(format_args!(
            "{}",
            json!({ "package": slug, "file": file, "bytes": size, "fingerprint": print, "findings": packed.warnings })
        ));
    } else {
        out.line(format_args!("{}: {size} bytes, fingerprint {print}", to.display()));
    }
    Ok(())
}

/// Writes a packed package's files into a folder that is not there yet, or is empty.
pub(in crate::app) fn adapter_unpack(json: bool, file: &Path, folder: &Path) -> Result<(), Outcome> {
    let (_, files) = open(file)?;
    if files.refused().has_errors() {
        return Err(Outcome::Usage(format!("{}: not unpacked\n{}", file.display(), files.refused())));
    }
    let mut draft = Draft::default();
    files.iter().for_each(|(path, text)| draft.text(path, text));
    write(&draft, folder)?;
    let mut out = Printed::new();
    if json {
        let paths: Vec<&str> = files.iter().map(|(path, _)| path).collect();
        out.line(format_args!("{}", json!({ "folder": folder.display().to_string(), "files": paths })));
    } else {
        files.iter().for_each(|(path, _)| out.line(format_args!("{}", folder.join(path).display())));
    }
    Ok(())
}

pub(in crate::app) fn adapter_diff(json: bool, old: &Path, new: &Path) -> Result<(), Outcome> {
    let changes = difference::changes(&loaded(old)?, &loaded(new)?);
    let mut out = Printed::new();
    if json {
        out.line(format_args!("{}", json!({ "changes": changes })));
    } else if changes.is_empty() {
        out.line(format_args!("nothing is different"));
    } else {
        for change in &changes {
            out.line(format_args!("{change}"));
        }
    }
    let breaks = changes.iter().any(|change| change.weight == Weight::Breaks);
    if breaks { Err(Outcome::Findings) } else { Ok(()) }
}
