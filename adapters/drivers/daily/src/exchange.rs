//! Reading what has come, and writing what waits. The portal runs both on a schedule.

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use yimen_contract::{
    agency::Backend,
    protocol::{Companion, DailyFiles, Table},
};
use yimen_drivers::{Arrived, Endpoint, Ports, Waiting, Whose, auth::sign};

use crate::{
    folder::{Entry, Folder, FolderError, open},
    names::{Named, day},
    table::{self, Problem, Reading},
};

/// The agency writes here.
pub(crate) const INWARD: &str = "to-portal";
/// The portal writes here.
pub(crate) const OUTWARD: &str = "from-portal";
/// New files of one table that are taken over in one round. The next round goes on behind them.
const FILES: usize = 200;
/// Lines in one file.
const AT_ONCE: usize = 50_000;

/// What an exchange needs to know.
#[derive(Clone, Copy)]
pub struct Exchange<'a> {
    pub agency: &'a str,
    pub backend: &'a Backend,
    pub endpoint: &'a Endpoint,
    pub ports: Ports<'a>,
    pub now: DateTime<Utc>,
    pub within: Duration,
}

/// What came of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// Taken over: so many lines, and so many bad ones left out.
    Taken { file: String, lines: usize, left_out: usize },
    /// The same bytes were taken over before.
    Known { file: String },
    /// Refused whole; what the agency reads about it.
    Refused { file: String, problems: Vec<Problem> },
    /// Its companion is missing or does not fit: it is being written, or was broken on its way.
    Unfinished { file: String, companion: bool },
}

impl<'a> Exchange<'a> {
    fn files(&self) -> Result<&'a DailyFiles, FolderError> {
        let files = self.backend.files.as_ref();
        files.ok_or_else(|| FolderError::Impossible("the files are not described".to_owned()))
    }

    async fn open(&self) -> Result<Box<dyn Folder>, FolderError> {
        open(self.agency, self.backend, self.endpoint, self.ports.dialer, self.within).await
    }
}

/// Reads the files that have come. Of changes every one counts, so they are read oldest first, so many a round. A
/// file that holds everything stands in the place of all before it, so only the newest is read that can be.
pub async fn collect(exchange: &Exchange<'_>) -> Result<Vec<Came>, FolderError> {
    let files = exchange.files()?;
    let folder = exchange.open().await?;
    let entries: BTreeMap<String, Entry> =
        folder.list(INWARD).await?.into_iter().map(|entry| (entry.name.clone(), entry)).collect();
    let mut came = Vec::new();
    for table in &files.inbound {
        let named = |name: &String| Named::of(&table.name, name).map(|named| (named, name.clone()));
        let mut ours: Vec<(Named, String)> = entries.keys().filter_map(named).collect();
        ours.sort();
        if table.whole {
            ours.reverse();
        }
        let mut taken = 0;
        for (named, name) in ours {
            let entry = &entries[&name];
            let one =
                one(exchange, folder.as_ref(), (files.companion, table), named, entry, &entries).await?;
            taken += usize::from(matches!(one, Came::Taken { .. }));
            let newest = matches!(one, Came::Taken { .. } | Came::Known { .. });
            came.push(one);
            if (table.whole && newest) || taken == FILES {
                break;
            }
        }
    }
    Ok(came)
}

async fn one(
    exchange: &Exchange<'_>,
    folder: &dyn Folder,
    (companion, table): (Companion, &Table),
    named: Named,
    entry: &Entry,
    entries: &BTreeMap<String, Entry>,
) -> Result<Came, FolderError> {
    let file = entry.name.clone();
    let beside = beside(companion, &file);
    if !entries.contains_key(&beside) {
        return Ok(Came::Unfinished { file, companion: false });
    }
    let promise = folder.read(INWARD, &beside).await?;
    let whose = Whose { agency: exchange.agency, table: &table.name };
    // Known by the digest that its companion promises: years of old files are not read every day.
    if let Some(digest) = promised(companion, &promise)
        && exchange.ports.store.knows(whose, &digest).await?
    {
        return Ok(Came::Known { file });
    }
    let bytes = folder.read(INWARD, &file).await?;
    let digest = digest(&bytes);
    if !keeps(companion, &promise, &bytes, &digest) {
        return Ok(Came::Unfinished { file, companion: true });
    }
    let (good, bad) = match table::read(table, exchange.backend.encoding, &bytes) {
        Reading::Lines { good, bad } => (good, bad),
        Reading::Refused(problems) => {
            report(exchange, folder, &file, &digest, &problems).await?;
            return Ok(Came::Refused { file, problems });
        }
    };
    if !bad.is_empty() {
        report(exchange, folder, &file, &digest, &bad).await?;
    }
    let (lines, left_out) = (good.len(), bad.len());
    let time = named.time(entry.modified, exchange.now);
    let arrived = Arrived { name: file.clone(), digest, time, whole: table.whole, lines: good };
    let taken = exchange.ports.store.apply(whose, arrived).await?;
    Ok(if taken { Came::Taken { file, lines, left_out } } else { Came::Known { file } })
}

/// Tells the agency what is wrong with a file, once for these bytes.
async fn report(
    exchange: &Exchange<'_>,
    folder: &dyn Folder,
    file: &str,
    digest: &str,
    problems: &[Problem],
) -> Result<(), FolderError> {
    let name = format!("{}-{}.report.csv", file.trim_end_matches(".csv"), &digest[..8]);
    let bytes = table::report(problems, exchange.backend.encoding).map_err(FolderError::Impossible)?;
    // Whatever keeps it from being read, it is not known to be there, and is written.
    if folder.read(OUTWARD, &name).await.is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    put(exchange.files()?.companion, folder, &name, &bytes).await
}

/// Writes the lines that wait, and says how many went out of each table.
///
/// Should the portal stop between writing and remembering, the next run writes the same lines under the same
/// name again if no others have come; otherwise the agency sees them twice, each with the key it had.
pub async fn deliver(exchange: &Exchange<'_>) -> Result<BTreeMap<String, usize>, FolderError> {
    let files = exchange.files()?;
    let (store, mut sent) = (exchange.ports.store, BTreeMap::new());
    let mut folder = None;
    for table in &files.outbound {
        let whose = Whose { agency: exchange.agency, table: &table.name };
        let waiting = store.waiting(whose, AT_ONCE).await?;
        if waiting.is_empty() {
            continue;
        }
        let lines = waiting.iter().map(|waiting| &waiting.line);
        let bytes = table::write(table, exchange.backend.encoding, lines).map_err(FolderError::Impossible)?;
        if folder.is_none() {
            folder = Some(exchange.open().await?);
        }
        if let Some(folder) = &folder {
            put(files.companion, folder.as_ref(), &outward_name(exchange, table, &waiting), &bytes).await?;
        }
        let keys: Vec<String> = waiting.into_iter().map(|waiting| waiting.key).collect();
        store.sent(whose, &keys).await?;
        sent.insert(table.name.clone(), keys.len());
    }
    Ok(sent)
}

fn outward_name(exchange: &Exchange<'_>, table: &Table, waiting: &[Waiting]) -> String {
    let keys: Vec<&str> = waiting.iter().map(|waiting| waiting.key.as_str()).collect();
    let which = digest(keys.join("\n").as_bytes());
    let day = day(exchange.now).unwrap_or_else(|| exchange.now.date_naive());
    format!("{}-{}-{}.csv", table.name, day.format("%Y%m%d"), &which[..8])
}

/// A file and then its companion, which says that it is whole.
async fn put(companion: Companion, folder: &dyn Folder, name: &str, bytes: &[u8]) -> Result<(), FolderError> {
    folder.write(OUTWARD, name, bytes).await?;
    let promise = match companion {
        Companion::Sha256 => format!("{}  {name}\n", digest(bytes)),
        Companion::Ok => format!("{}\n", bytes.len()),
    };
    folder.write(OUTWARD, &beside(companion, name), promise.as_bytes()).await
}

fn beside(companion: Companion, name: &str) -> String {
    match companion {
        Companion::Sha256 => format!("{name}.sha256"),
        Companion::Ok => format!("{name}.ok"),
    }
}

/// The digest that a companion promises, where it is of that kind.
fn promised(companion: Companion, promise: &[u8]) -> Option<String> {
    let digest = first(promise).to_ascii_lowercase();
    (companion == Companion::Sha256 && digest.len() == 64).then_some(digest)
}

fn keeps(companion: Companion, promise: &[u8], bytes: &[u8], digest: &str) -> bool {
    match companion {
        Companion::Sha256 => promised(companion, promise).as_deref() == Some(digest),
        Companion::Ok => first(promise).parse() == Ok(bytes.len()),
    }
}

/// A digest is usually followed by the file's name.
fn first(promise: &[u8]) -> &str {
    std::str::from_utf8(promise).ok().and_then(|text| text.split_whitespace().next()).unwrap_or_default()
}

fn digest(bytes: &[u8]) -> String {
    sign::hex(&Sha256::digest(bytes))
}
