//! Packages to try the tools on.

use std::path::PathBuf;

use yimen_contract::Files;
use yimen_maps::{Pool, Settings};

/// A package with a backend, which the checker finds nothing wrong with.
pub fn backed() -> Files {
    folder("adapters/contract/tests/contract/backed")
}

pub fn folder(path: &str) -> Files {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    Files::read_folder(&root.join(path))
}

/// The same with some texts in place of others. An empty text takes the file away.
pub fn with(files: &Files, changes: &[(&str, &str)]) -> Files {
    let kept = files.iter().filter(|(path, _)| !changes.iter().any(|(changed, _)| changed == path));
    let new = changes.iter().filter(|(_, text)| !text.is_empty()).copied();
    Files::gather(kept.chain(new).map(|(path, text)| (path, text.as_bytes())))
}

/// The same with one text changed within a file; the text must be there.
pub fn edited(files: &Files, path: &str, from: &str, to: &str) -> Files {
    let text = files.get(path).unwrap();
    assert!(text.contains(from), "{path} holds no {from}");
    with(files, &[(path, &text.replacen(from, to, 1))])
}

/// Maps run in the worker that the maps' crate builds.
pub fn maps() -> Pool {
    let program = std::env::current_exe().unwrap();
    let folder = program.parent().and_then(|deps| deps.parent()).unwrap();
    Pool::new(Settings {
        program: folder.join("map-worker"),
        arguments: Vec::new(),
        workers: 2,
        longest: yimen_maps::LONGEST,
    })
}
