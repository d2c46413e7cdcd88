//! Backends that are asked by files: what has come is taken over as the portal would, and then the newest file is broken
//! in each way in which files have been seen to be. The folder itself is only read; what is broken is a copy of it.

mod broken;

use std::{fs, io, path::Path, time::Duration};

use url::Url;
use yimen_contract::protocol::{DailyFiles, Table};
use yimen_daily::{Came, Exchange, Folder, FolderError, Named, collect, open};
use yimen_drivers::{CallError, Endpoint, Memory, Ports, Store};

use self::broken::{Broken, beside, promised};
use super::{Course, Question, Target, Troubles, calling};
use crate::report::{Entry, Gravity};

/// The agency writes here.
const INWARD: &str = "to-portal";
const WITHIN: Duration = Duration::from_mins(1);

/// Takes over what has come, and says what of it cannot be.
pub async fn arrived(target: &Target<'_>) -> Vec<Entry> {
    let endpoint = Endpoint { address: target.address.clone(), secrets: target.secrets.clone() };
    match collect(&exchange(target, &endpoint, target.store)).await {
        Err(error) => {
            vec![entry(Gravity::Error, "files", error.to_string(), "Look at the folder and its address.")]
        }
        Ok(came) => {
            let tables = target.package.agency.backend.files.iter().flat_map(|files| &files.inbound);
            let absent =
                tables.filter(|table| !came.iter().any(|one| Named::of(&table.name, file_of(one)).is_some()));
            let absent = absent.map(|table| {
                let message = format!("No file of `{}` is there.", table.name);
                entry(
                    Gravity::Warning,
                    "no-file",
                    message,
                    "Write one: until then nobody is answered from it.",
                )
            });
            came.iter().filter_map(refused).chain(absent).collect()
        }
    }
}

fn file_of(came: &Came) -> &str {
    match came {
        Came::Taken { file, .. }
        | Came::Known { file }
        | Came::Refused { file, .. }
        | Came::Unfinished { file, .. } => file,
    }
}

fn refused(came: &Came) -> Option<Entry> {
    let (message, remedy) = match came {
        Came::Taken { left_out: 0, .. } | Came::Known { .. } => return None,
        Came::Taken { file, left_out, .. } => (
            format!("{file}: {left_out} lines are left out."),
            "The report beside it says which and why.".to_owned(),
        ),
        Came::Unfinished { file, companion: true } => (
            format!("{file}: its companion does not fit, so it counts as being written."),
            "Write the companion last, of the whole file.".to_owned(),
        ),
        Came::Unfinished { file, companion: false } => (
            format!("{file}: it has no companion, so it counts as being written."),
            "Write the companion that `backend.files.companion` names.".to_owned(),
        ),
        Came::Refused { file, problems } => {
            let first = problems.first();
            let why = first.map(|one| format!("line {}: {}", one.line, one.problem)).unwrap_or_default();
            (format!("{file} is refused: {why}"), first.map(|one| one.remedy.clone()).unwrap_or_default())
        }
    };
    Some(entry(Gravity::Error, "files", message, &remedy))
}

fn entry(gravity: Gravity, fault: &'static str, message: String, remedy: &str) -> Entry {
    Entry {
        gravity,
        file: "agency.toml".to_owned(),
        line: None,
        place: Some("backend.files".to_owned()),
        fault: Some(fault),
        message,
        remedy: remedy.to_owned(),
        curl: None,
    }
}

fn exchange<'a>(target: &Target<'a>, endpoint: &'a Endpoint, store: &'a dyn Store) -> Exchange<'a> {
    Exchange {
        agency: &target.package.slug,
        backend: &target.package.agency.backend,
        endpoint,
        ports: Ports { dialer: target.dialer, maps: target.maps, store },
        now: (target.now)(),
        within: WITHIN,
    }
}

/// Breaks the newest file of each table in a folder of the checker's own, and looks what the portal does.
pub async fn troubles(target: &Target<'_>, own: &Path) -> Result<Troubles, FolderError> {
    let Troubles { mut entries, mut courses } = Troubles::default();
    let Some(files) = &target.package.agency.backend.files else { return Ok(Troubles::default()) };
    let endpoint = Endpoint { address: target.address.clone(), secrets: target.secrets.clone() };
    let place = exchange(target, &endpoint, target.store);
    let folder = open(place.agency, place.backend, &endpoint, target.dialer, WITHIN).await?;
    for (number, table) in files.inbound.iter().enumerate() {
        let Some((name, good)) = newest(folder.as_ref(), table).await? else { continue };
        for broken in Broken::ALL {
            let twin = own.join(format!("{number}-{}", broken.word()));
            let came = met(target, &twin, files, (&name, &good), broken).await?;
            let (comes, then) = said(came.as_ref(), table.whole);
            if came.as_ref().is_some_and(|came| matches!(came, Came::Taken { .. }))
                && !may_be_taken(broken, table)
            {
                let message = format!("A broken file of `{}` is taken for a good one.", table.name);
                let remedy = "Tell those who keep the portal: this must never happen.";
                entries.push(entry(Gravity::Critical, broken.word(), message, remedy));
            }
            courses.push(Course {
                capability: format!("files.{}", table.name),
                file: "agency.toml".to_owned(),
                trouble: broken.word(),
                calls: 0,
                comes,
                then: then.to_owned(),
            });
        }
    }
    courses.extend(before_the_first(target).await);
    Ok(Troubles { entries, courses })
}

fn may_be_taken(broken: Broken, table: &Table) -> bool {
    broken == Broken::BadLine && !table.whole
}

async fn newest(folder: &dyn Folder, table: &Table) -> Result<Option<(String, Vec<u8>)>, FolderError> {
    let all = folder.list(INWARD).await?;
    let named = all.into_iter().filter_map(|entry| Some((Named::of(&table.name, &entry.name)?, entry.name)));
    let Some((_, name)) = named.max() else { return Ok(None) };
    let bytes = folder.read(INWARD, &name).await?;
    Ok(Some((name, bytes)))
}

/// What becomes of a broken file that comes after a good one; nothing where none comes.
async fn met(
    target: &Target<'_>,
    twin: &Path,
    files: &DailyFiles,
    (name, good): (&str, &[u8]),
    broken: Broken,
) -> Result<Option<Came>, FolderError> {
    let away = |error: io::Error| FolderError::Away(error.kind().to_string());
    let inward = twin.join(INWARD);
    fs::create_dir_all(&inward).map_err(away)?;
    let put = |name: &str, bytes: &[u8], promise: Option<String>| {
        fs::write(inward.join(name), bytes)?;
        match promise {
            Some(promise) => fs::write(inward.join(beside(files.companion, name)), promise),
            None => Ok(()),
        }
    };
    put(name, good, Some(promised(files.companion, good))).map_err(away)?;
    let address = twin.canonicalize().map_err(away)?;
    let address =
        Url::from_directory_path(&address).map_err(|()| FolderError::Away("no such folder".to_owned()))?;
    let (endpoint, store) = (Endpoint { address, secrets: target.secrets.clone() }, Memory::default());
    collect(&exchange(target, &endpoint, &store)).await?;
    let Some((bytes, promise)) = broken.made_of(good, files.companion) else { return Ok(None) };
    // Later on the same day.
    let next = format!("{}-9999.csv", day_of(name));
    put(&next, &bytes, promise).map_err(away)?;
    let came = collect(&exchange(target, &endpoint, &store)).await?;
    Ok(came.into_iter().find(|one| file_of(one) == next))
}

/// `TABLE-yyyyMMdd` of a file's name.
fn day_of(name: &str) -> &str {
    let stem = name.strip_suffix(".csv").unwrap_or(name);
    match stem.rsplit_once('-') {
        Some((day, number)) if number.len() < 8 => day,
        _ => stem,
    }
}

const fn said(came: Option<&Came>, whole: bool) -> (&'static str, &'static str) {
    match (came, whole) {
        (None, _) => ("none", "answers from the file before, with its time"),
        (Some(Came::Unfinished { .. }), _) => {
            ("unfinished", "waits for the rest, and answers from the file before, with its time")
        }
        (Some(Came::Refused { .. }), _) => {
            ("refused", "writes you a report, and answers from the file before, with its time")
        }
        (Some(Came::Known { .. }), _) => ("known", "takes it once"),
        (Some(Came::Taken { .. }), true) => ("taken", "answers from it"),
        (Some(Came::Taken { .. }), false) => {
            ("taken", "takes the good lines, and writes you a report about the others")
        }
    }
}

/// What a question hears before the first file has come.
async fn before_the_first(target: &Target<'_>) -> Option<Course> {
    let mut asked = target.package.samples.iter().filter(|(_, sample)| sample.answer.is_some());
    let (path, question) = asked.find_map(|(path, sample)| {
        let question = Question::of(sample).filter(|question| !question.capability.writes())?;
        Some((path, question))
    })?;
    let ids = ((target.fresh)(), (target.fresh)());
    let empty = Memory::default();
    let made = calling(target, question, &target.secrets, ids, target.dialer, async |mut call| {
        call.ports.store = &empty;
        target.driver.call(&call).await
    })
    .await;
    let (comes, then) = match made {
        Err(CallError::NotSent(_)) => ("not-sent", "says that the agency cannot be asked now"),
        Err(error) => (error.tag(), "says that the agency cannot be asked now"),
        Ok(_) => ("answer", "shows the answer"),
    };
    Some(Course {
        capability: question.capability.name().to_owned(),
        file: path.to_owned(),
        trouble: "before-the-first-file",
        calls: 0,
        comes,
        then: then.to_owned(),
    })
}
