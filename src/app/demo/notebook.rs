//! What a demo city writes down beside its database: the seed of its people, their passwords, and the sandbox's
//! secret and ports. Losing it loses nothing for good: whoever's password is not written down gets another. Chance makes the secrets, never the seed, and only the owner can read the file.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use serde::{Deserialize, Serialize};
use yimen_sandbox::{BackendPorts, Ports, Secret};

use crate::{accounts::totp, app::commands::Outcome, platform::random};

const FILE: &str = "demo.json";
/// Settings by which the portal finds the sandbox, in the form in which an operator writes them.
const SETTINGS: &str = "sandbox.toml";
/// Without letters and digits that look like others, as people type passwords from a screen.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// The notebook of one data folder.
#[derive(Serialize, Deserialize)]
pub(super) struct Notebook {
    pub(super) seed: u64,
    secret: String,
    #[serde(default)]
    pub(super) ports: Ports,
    #[serde(default)]
    pub(super) backends: BackendPorts,
    /// What was bound to each agency's backend, as a digest: bound so already, nothing has to be looked at.
    #[serde(default)]
    pub(super) bound: BTreeMap<String, String>,
    /// By telephone number or login name.
    #[serde(default)]
    passwords: BTreeMap<String, String>,
    /// What the portal keeps of those passwords: another one there means that somebody changed it.
    #[serde(default)]
    hashes: BTreeMap<String, String>,
    /// Secrets of staff's authenticator apps, by login name.
    #[serde(default)]
    apps: BTreeMap<String, String>,
    #[serde(skip)]
    path: PathBuf,
}

impl Notebook {
    /// Opens the folder's notebook, or begins one. A city keeps the people it began with.
    pub(super) fn open(data: &Path, seed: Option<u64>) -> Result<Self, Outcome> {
        let path = data.join(FILE);
        let notebook = match fs::read_to_string(&path) {
            Ok(text) => {
                let read: Self = serde_json::from_str(&text).map_err(|error| {
                    Outcome::Usage(format!(
                        "{}: {error}. Move it away to begin with new passwords.",
                        path.display()
                    ))
                })?;
                Self { path, ..read }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let secret = BASE64.encode(random::bytes::<32>().map_err(Outcome::unavailable)?);
                Self {
                    seed: seed.unwrap_or(1),
                    secret,
                    ports: Ports::default(),
                    backends: BackendPorts::default(),
                    bound: BTreeMap::new(),
                    passwords: BTreeMap::new(),
                    hashes: BTreeMap::new(),
                    apps: BTreeMap::new(),
                    path,
                }
            }
            Err(error) => return Err(Outcome::Unavailable(format!("{}: {error}", path.display()))),
        };
        match seed {
            Some(seed) if seed != notebook.seed => Err(Outcome::Usage(format!(
                "the people of {} come from seed {}. Choose another folder with --data for the people of seed {seed}.",
                data.display(),
                notebook.seed,
            ))),
            _ => Ok(notebook),
        }
    }

    pub(super) fn save(&self) -> Result<(), Outcome> {
        let text = serde_json::to_string_pretty(self).map_err(Outcome::unavailable)?;
        write_privately(&self.path, &text)
    }

    /// The sandbox's secret.
    pub(super) fn secret(&self) -> Result<Secret, Outcome> {
        let bytes = BASE64.decode(&self.secret).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Secret::new).ok_or_else(|| {
            Outcome::Usage(format!("{}: the secret is none. Move the file away.", self.path.display()))
        })
    }

    /// Whether somebody's password is written down.
    pub(super) fn knows(&self, whose: &str) -> bool {
        self.passwords.contains_key(whose)
    }

    /// Whether this is what the portal was given for the password that is written down. What was begun before
    /// such things were noted is believed.
    pub(super) fn agrees(&self, whose: &str, hash: &str) -> bool {
        self.hashes.get(whose).is_none_or(|noted| noted == hash)
    }

    pub(super) fn note(&mut self, whose: &str, hash: &str) {
        self.hashes.insert(whose.to_owned(), hash.to_owned());
    }

    /// Somebody's password: the one from last time, or a new one.
    pub(super) fn password(&mut self, whose: &str) -> Result<String, Outcome> {
        if let Some(known) = self.passwords.get(whose) {
            return Ok(known.clone());
        }
        let bytes = random::bytes::<15>().map_err(Outcome::unavailable)?;
        let letters: Vec<u8> = bytes.iter().map(|byte| LETTERS[usize::from(byte % 32)]).collect();
        let groups: Vec<String> =
            letters.chunks(5).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
        let password = groups.join("-");
        self.passwords.insert(whose.to_owned(), password.clone());
        Ok(password)
    }

    /// The secret of somebody's authenticator app: the one from last time, or a new one.
    pub(super) fn app(&mut self, whose: &str) -> Result<String, Outcome> {
        if let Some(known) = self.apps.get(whose) {
            return Ok(known.clone());
        }
        let secret = totp::new_secret().map_err(Outcome::unavailable)?;
        self.apps.insert(whose.to_owned(), secret.clone());
        Ok(secret)
    }
}

/// The file of settings that the sandbox asks for, where a sandbox belongs to the folder.
pub(super) fn settings(data: &Path) -> Option<PathBuf> {
    Some(data.join(SETTINGS)).filter(|path| path.is_file())
}

/// Writes these settings, or none.
pub(super) fn write_settings(data: &Path, text: Option<&str>) -> Result<(), Outcome> {
    let path = data.join(SETTINGS);
    match text {
        Some(text) => write_privately(&path, text),
        None => match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unwritable(&path, &error)),
            _ => Ok(()),
        },
    }
}

/// Replaces a file whole, readable by its owner only.
fn write_privately(path: &Path, text: &str) -> Result<(), Outcome> {
    let fresh = path.with_extension("new");
    let write = || {
        let _: io::Result<()> = fs::remove_file(&fresh);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&fresh)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&fresh, path)
    };
    write().map_err(|error| unwritable(path, &error))
}

fn unwritable(path: &Path, error: &io::Error) -> Outcome {
    Outcome::Unavailable(format!(
        "{} cannot be written: {error}. Give this user the right to write its folder, or choose another with --data.",
        path.display()
    ))
}
